"""Frozen facts with validity intervals: office holders, countries, outlets, states of the world."""

from perturbations.knowledge.load import load
from perturbations.knowledge.location import data_folder, knowledge_folder
from perturbations.knowledge.model import (
    AddressGrammar,
    Country,
    DatedId,
    KnowledgeError,
    Membership,
    Office,
    Organisation,
    Outlet,
    Person,
    Precision,
    Presupposition,
    State,
    StatePattern,
    Status,
    TableInfo,
    Term,
    Truth,
    Turn,
    UnknownIdError,
)
from perturbations.knowledge.reference import Reference
from perturbations.knowledge.tables import Knowledge

__all__ = [
    "AddressGrammar",
    "Country",
    "DatedId",
    "Knowledge",
    "KnowledgeError",
    "Membership",
    "Office",
    "Organisation",
    "Outlet",
    "Person",
    "Precision",
    "Presupposition",
    "Reference",
    "State",
    "StatePattern",
    "Status",
    "TableInfo",
    "Term",
    "Truth",
    "Turn",
    "UnknownIdError",
    "data_folder",
    "knowledge_folder",
    "load",
]

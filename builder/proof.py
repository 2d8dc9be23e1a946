"""Proofs in words: what a witness says of a text, and the facts that it was held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from builder.facts import fact_in_words
from perturbations.defects import Defect, Rule, Witness
from perturbations.knowledge import Knowledge
from perturbations.text import Article

MEANINGS: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.DATE_ORDER: "two dates stand in an order that cannot be",
        Rule.ORDER: "what the text says of before and after goes in a circle",
        Rule.CALENDAR: "the calendar has no such date, or no such weekday on it",
        Rule.INTERVAL: "the claim lies outside the days on which it was so",
        Rule.ARITHMETIC: "the numbers do not add up",
        Rule.SLOT: "two mentions of one thing give it two values",
        Rule.SET: "markers, entries and their numbers do not fit together",
        Rule.NEAR_DUPLICATE: "two passages are more alike than prose is",
        Rule.PATTERN: "prose does not take this form",
        Rule.URL: "the outlet cannot have had this address",
        Rule.REFERENCE: "the entry is not what the table of references holds",
    }
)
"""What a witness of each rule says where it holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a witness, in words: `claim` is held against the rest."""

    rule: str
    meaning: str
    claim: tuple[str, ...]
    against: tuple[str, ...]
    field: str | None
    """The metadata that the claim is held against, with its value: `published 2022-06-15`."""
    basis: str | None
    """Why two mentions fill one slot: constructed, annotated or anchored."""


@dataclass(frozen=True, slots=True)
class FactInWords:
    """A fact of the knowledge that a defect is held against."""

    id: str
    role: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a defect is one."""

    defect: str
    type: str
    root: str | None
    explanation: str
    steps: tuple[Step, ...]
    facts: tuple[FactInWords, ...]

    def to_json(self) -> dict[str, Any]:
        """As `data/schemas/perturb.schema.json` describes it."""
        return {
            "defect": self.defect,
            "type": self.type,
            "root": self.root,
            "explanation": self.explanation,
            "steps": [
                {
                    "rule": step.rule,
                    "meaning": step.meaning,
                    "claim": list(step.claim),
                    "against": list(step.against),
                    "field": step.field,
                    "basis": step.basis,
                }
                for step in self.steps
            ],
            "facts": [
                {"id": fact.id, "role": fact.role, "sentence": fact.sentence} for fact in self.facts
            ],
        }


def proof_of(defect: Defect, article: Article, knowledge: Knowledge) -> Proof:
    """Puts a defect's witness and evidence in words.

    Args:
        defect: in the coordinates of the article's text.
        article: what it is a defect of.
        knowledge: the tables that its facts stand in.
    """
    return Proof(
        defect.id,
        defect.type,
        defect.root,
        defect.explanation,
        tuple(_steps(defect.witness, article)) if defect.witness else (),
        tuple(
            FactInWords(
                evidence.fact,
                evidence.role,
                fact_in_words(evidence.fact, knowledge) or evidence.fact,
            )
            for evidence in defect.evidence
            if evidence.fact is not None
        ),
    )


def _steps(witness: Witness, article: Article) -> Iterator[Step]:
    for part in witness.all_of:
        yield from _steps(part, article)
    if witness.rule is not None:
        basis = witness.expect.get("basis")
        yield Step(
            str(witness.rule),
            MEANINGS[witness.rule],
            tuple(span.text for span in witness.claim),
            tuple(span.text for span in witness.against),
            _field(witness.field, article) if witness.field else None,
            str(basis) if basis is not None else None,
        )


def _field(name: str, article: Article) -> str:
    value = article.to_json().get(name)
    return f"{name} {value}" if value is not None else name

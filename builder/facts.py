"""Facts of the knowledge in words, with their dates and sources, whatever table holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from perturbations.knowledge import Knowledge, Precision, Term
from perturbations.knowledge.load import TABLES
from perturbations.knowledge.overlay import SUBJECTS
from perturbations.reading.date_styles import render

_STYLES = {
    Precision.DAY: "{d} {Month} {yyyy}",
    Precision.MONTH: "{Month} {yyyy}",
    Precision.YEAR: "{yyyy}",
}


def fact_in_words(key: str, knowledge: Knowledge) -> str | None:
    """What the tables hold under an id, with dates, status and sources; None for no such fact."""
    for table in TABLES:
        fact = _found(getattr(knowledge, table, ()), key)
        if fact is not None:
            until = knowledge.known_until(table, getattr(fact, SUBJECTS.get(table, "id")))
            parts = [_said(fact, knowledge), _interval(fact, until), _standing(fact)]
            return " ".join(part for part in parts if part)
    return None


def day_in_words(day: date, precision: Precision = Precision.DAY) -> str:
    """A date as far as it is known: `26 December 2012`, `April 2016`, `2016`."""
    return render(_STYLES[precision], day)


def _found(facts: Any, key: str) -> Any:
    if isinstance(facts, Mapping):
        return facts.get(key)
    return next((fact for fact in facts if fact.id == key), None)


def _said(fact: Any, knowledge: Knowledge) -> str:
    """A fact without its dates: a term names its person and office, a state its statement."""
    if isinstance(fact, Term):
        office = knowledge.offices[fact.office]
        country = knowledge.countries[office.country].name
        acting = "acting " if fact.acting else ""
        return f"{knowledge.people[fact.person].name}, {acting}{office.titles[0]} ({country}),"
    if hasattr(fact, "organisation") and hasattr(fact, "member"):
        return f"{_name(fact.member, knowledge)}, member of {_name(fact.organisation, knowledge)},"
    for field in ("statement", "title", "name"):
        if hasattr(fact, field):
            return f"“{getattr(fact, field)}”" if field != "name" else str(fact.name)
    return str(fact.id)


def _name(key: str, knowledge: Knowledge) -> str:
    for table in ("countries", "organisations"):
        found = getattr(knowledge, table, {}).get(key)
        if found is not None:
            return str(found.name)
    return key


def _interval(fact: Any, known_until: date) -> str:
    if not hasattr(fact, "start"):
        return ""
    start = day_in_words(fact.start, fact.start_precision)
    if fact.end is None:
        return f"from {start}, and still on {day_in_words(known_until)}"
    return f"from {start} until {day_in_words(fact.end, fact.end_precision)}"


def _standing(fact: Any) -> str:
    status = str(fact.status).replace("_", " ") if hasattr(fact, "status") else ""
    return f"({'; '.join(filter(None, [status, ', '.join(fact.sources)]))})"

"""How a date of the tables and a date of Wikidata agree, and which sources are independent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from builder.knowledge_refresh.results import Day
from builder.knowledge_refresh.tables import SOURCE
from perturbations.knowledge import Precision, TableInfo
from perturbations.knowledge.model import possible_days

_ONE_DAY = timedelta(days=1)
_KIN = (SOURCE, "wikipedia", "dbpedia", "infobox")
"""Words in the name or description of a source that lives off Wikidata, or Wikidata off it."""
_ORDER = (Precision.DAY, Precision.MONTH, Precision.YEAR)


class Agreement(StrEnum):
    """How two dates agree."""

    SAME = "same"
    """To the day, or both open."""
    WITHIN = "within"
    """One of them is known to the month or year, in which the other lies."""
    FINER = "finer"
    """As `within`, and Wikidata is the one that knows more."""
    DIFFERS = "differs"


def agreement(ours: Day | None, theirs: Day | None, known_until: date, *, end: bool) -> Agreement:
    """Compares two dates.

    An end in the tables is the first day on which it is no longer so; Wikidata writes that day or
    the last one on which it was, so that either agrees. An open end says that it was so on
    `known_until`, and a later end does not contradict it.
    """
    if ours is None or theirs is None:
        later = ours is None and theirs is not None and theirs.day > known_until
        return Agreement.SAME if ours is theirs or later else Agreement.DIFFERS
    days = [ours.day, ours.day - _ONE_DAY] if end else [ours.day]
    if ours.precision is theirs.precision is Precision.DAY:
        return Agreement.SAME if theirs.day in days else Agreement.DIFFERS
    if _ORDER.index(theirs.precision) < _ORDER.index(ours.precision):
        first, last = possible_days(ours.day, ours.precision)
        return Agreement.FINER if first <= theirs.day <= last else Agreement.DIFFERS
    first, last = possible_days(theirs.day, theirs.precision)
    return Agreement.WITHIN if any(first <= day <= last for day in days) else Agreement.DIFFERS


def independent(sources: Iterable[str], info: TableInfo, stated_in: Iterable[str]) -> bool:
    """Whether a row has a source that owes nothing to Wikidata, nor Wikidata to it.

    Args:
        sources: of the row.
        info: what `tables.json` says of them.
        stated_in: what the statement names as its own sources, in lower case.
    """
    return SOURCE not in sources and any(
        _stands_alone(key, info.sources.get(key, ""), stated_in) for key in sources
    )


def _stands_alone(key: str, description: str, stated_in: Iterable[str]) -> bool:
    said = f"{key} {description}".casefold()
    named = (title.removeprefix("the ") for title in stated_in)
    return not any(word in said for word in (*_KIN, *named))

"""How something with dated intervals stands in a period: to come, so, or over; or undecided.

Lopsided on purpose, as office holders are: nothing is decided within a margin of a boundary (time
zones, ceremonies before and after, news written beforehand), wherever an uncertain interval lies,
or after the table's end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perturbations.knowledge.model import Membership, Presupposition, State, Status, days_around
from perturbations.knowledge.timeline import MARGIN_DAYS

Dated = State | Membership
"""What has an interval that is not an office's."""


def standing(
    intervals: Sequence[Dated], first: date, last: date, known_until: date
) -> frozenset[Presupposition]:
    """Tells what is surely so on every day from `first` through `last`.

    Of several intervals, one that is over and another still to come give both. Without any, it is
    still to come, however long that takes.

    Returns:
        *holds* alone; *not yet* and *over* as far as they are so; empty where it is undecided.

    Raises:
        ValueError: `last` lies before `first`.
    """
    if last < first:
        raise ValueError(f"standing needs first <= last, got {first} and {last}")
    if last > known_until or any(_in_doubt(one, first, last) for one in intervals):
        return frozenset()
    if any(one.start <= first and (one.end is None or last < one.end) for one in intervals):
        return frozenset({Presupposition.HOLDS})
    found = set()
    if any(one.end is not None and one.end <= first for one in intervals):
        found.add(Presupposition.OVER)
    if not intervals or any(last < one.start for one in intervals):
        found.add(Presupposition.NOT_YET)
    return frozenset(found)


def _in_doubt(one: Dated, first: date, last: date) -> bool:
    """Whether a boundary, or any day of an uncertain interval, lies in the period."""
    begin = days_around(one.start, one.start_precision, MARGIN_DAYS)
    end = days_around(one.end, one.end_precision, MARGIN_DAYS) if one.end else None
    if one.status is Status.UNCERTAIN:
        return begin[0] <= last and (end is None or first <= end[1])
    return any(zone[0] <= last and first <= zone[1] for zone in (begin, end) if zone)

"""Durations against dates: the calendrical distance of two days, and whether a mention fits it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from perturbations.knowledge import Truth
from perturbations.reading.mentions import DurationMention

_HALF_YEAR = 6
_HALF_MONTH = 15
_HALF_WEEK = 3
_APPROXIMATE_SHARE = 0.25
"""How far an approximate amount must be off, as a share of itself, to be wrong."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time from one day to another, never negative, in three ways.

    `total_days` alone; `total_months` alone (whole months); or `years`, `months` (0 to 11) and
    `days` together. A month is over on the same day of the next month, or on its last day where
    there is no such day (31 January + 1 month = 28 or 29 February).
    """

    total_days: int
    total_months: int
    years: int
    months: int
    days: int


def elapsed(first: date, second: date) -> Elapsed:
    """Measures the time between two days, in either order, by the calendar."""
    first, second = min(first, second), max(first, second)
    months = (second.year - first.year) * 12 + second.month - first.month
    if min(first.day, monthrange(second.year, second.month)[1]) > second.day:
        months -= 1
    rest = (second - add_months(first, months)).days
    return Elapsed((second - first).days, months, months // 12, months % 12, rest)


def add_months(day: date, months: int) -> date:
    """The day so many months later (or earlier), on the month's last day where it has no such day.

    Raises:
        ValueError: the result lies outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{day} and {months} months lead to the year {year}, outside 1 to 9999")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def duration_matches(mention: DurationMention, first: date, second: date) -> Truth:
    """Tells whether what is written fits the time between two days.

    HOLDS where the time, rounded down or to the nearest, gives what is written, counted in its
    smallest unit ("three years" from 2 years 6 months up to 4 years less a day). FAILS where it is
    off by two of its smallest units or more; an approximate amount ("about", "more than", a half,
    a decade) must besides be off by a quarter of itself. Anything between is UNKNOWN.
    """
    first, second = min(first, second), max(first, second)
    try:
        predicted = _later(first, mention)
    except (OverflowError, ValueError):
        return Truth.UNKNOWN
    gap = elapsed(predicted, second)
    unit = smallest_unit(mention)
    whole = {
        "years": gap.years,
        "months": gap.total_months,
        "weeks": gap.total_days // 7,
        "days": gap.total_days,
    }[unit]
    if (whole == 0) if second >= predicted else _is_within_half(gap, unit):
        return Truth.HOLDS
    if whole < 2:
        return Truth.UNKNOWN
    written = (predicted - first).days
    if mention.approximate and gap.total_days < _APPROXIMATE_SHARE * written:
        return Truth.UNKNOWN
    return Truth.FAILS


def smallest_unit(mention: DurationMention) -> str:
    """The smallest unit that is written: `days`, `weeks`, `months` or `years`."""
    for unit in ("days", "weeks", "months"):
        if getattr(mention, unit):
            return unit
    return "years"


def _is_within_half(gap: Elapsed, unit: str) -> bool:
    if unit == "years":
        return (gap.total_months, gap.days) <= (_HALF_YEAR, 0)
    return gap.total_days <= {"months": _HALF_MONTH, "weeks": _HALF_WEEK, "days": 0}[unit]


def _later(day: date, mention: DurationMention) -> date:
    moved = add_months(day, 12 * mention.years + mention.months)
    return moved + timedelta(weeks=mention.weeks, days=mention.days)

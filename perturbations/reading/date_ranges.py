"""Reads "16-18 February 2022", "January to March", "2019-21": two ends that share their parts."""

from __future__ import annotations

import re
from dataclasses import replace

from perturbations.reading.date_form import Form
from perturbations.reading.date_patterns import DASHES, EDGES, FIFTHS, GAPS
from perturbations.reading.date_words import read_single

_WORD_LINK = re.compile(rf"[{GAPS}]+(?:to|through|until|till|and)[{GAPS}]+", re.IGNORECASE)
_DASH_LINK = re.compile(rf"[{GAPS}]?[{DASHES}][{GAPS}]?")
_JOINED = re.compile(
    rf"(?:{'|'.join([*EDGES, *FIFTHS])}|Q[0-9]|[0-9]Q|[0-9]+-[A-Za-z]+\.?-)", re.IGNORECASE
)
"""Beginnings whose dash links no range: mid-August, third-quarter, Q3-2024, 16-Feb-2022."""
_SHORT_YEARS = re.compile(rf"([0-9]{{4}})([{DASHES}])([0-9]{{2}})")
_OLDEST = 1800
"""Years of ranges without a cue begin here: "1500-2000 troops" is none."""
_NAMES = ("day", "month", "year", "weekday")


def read_range(text: str, start: int, cue: str | None) -> Form | None:
    """Reads the expression from `start` on as a range, or answers None."""
    if _JOINED.match(text, start):
        return None
    if (years := _SHORT_YEARS.fullmatch(text, start)) is not None:
        return _short_years(years, start)
    link = _WORD_LINK.search(text, start) or _DASH_LINK.search(text, start)
    if link is None:
        return None
    left = read_single(text, start, link.start())
    right = read_single(text, link.end(), len(text))
    if left is None or right is None:
        return None
    if "and" in link.group().lower() and cue != "between" and not _is_pair(left, right):
        return None
    ends = _shared(left, right)
    if ends is None or not _is_plausible(*ends, link=link.group(), cue=cue, written=(left, right)):
        return None
    return Form(start, len(text), ends=ends, link=link.group())


def _short_years(found: re.Match[str], start: int) -> Form | None:
    first, last = int(found[1]), int(found[1][:2] + found[3])
    if not _OLDEST <= first < last:
        return None
    left = read_single(found.string, start, found.end(1))
    if left is None:
        return None
    spot = (("year", found.start(3), found.end(3)),)
    right = Form(found.start(3), found.end(3), "{yy}", spot, year=last)
    return Form(start, found.end(), ends=(left, right), link=found[2])


def _is_pair(left: Form, right: Form) -> bool:
    """Whether one month is written for two days: "6 and 7 December"."""
    one_month = (left.month is None) != (right.month is None)
    return one_month and left.day is not None and right.day is not None


def _shared(left: Form, right: Form) -> tuple[Form, Form] | None:
    """Gives each end what only the other one writes; None where the two are of different kinds."""
    if right.month is None and right.day is not None:
        right = replace(right, month=left.month)
    elif left.month is None and left.day is not None:
        left = replace(left, month=right.month)
    if left.year is None and left.month is not None and right.year is not None:
        turns = right.month is not None and left.month > right.month
        left = replace(left, year=right.year - turns)
    if right.year is None and right.month is not None and left.year is not None:
        turns = left.month is not None and left.month > right.month
        right = replace(right, year=left.year + turns)
    kinds = [tuple(getattr(end, name) is None for name in _NAMES[:3]) for end in (left, right)]
    return (left, right) if kinds[0] == kinds[1] else None


def _is_plausible(
    left: Form, right: Form, *, link: str, cue: str | None, written: tuple[Form, Form]
) -> bool:
    dashed = _DASH_LINK.fullmatch(link) is not None
    if left.month is None and left.year is not None:
        early = left.year < _OLDEST or right.year is None
        return left.year < (right.year or 0) and (cue is not None or (dashed and not early))
    if left.month is None:
        return left.weekday is not None and left.day is None
    same_month = (left.year, left.month) == (right.year, right.month)
    if same_month and left.day is not None and right.day is not None and left.day >= right.day:
        return False
    # "In February 16 - 18 people ..." is no range; with a year, or a tight dash, it is.
    loose = dashed and link.strip() != link
    return not (loose and written[1].month is None and written[1].year is None)

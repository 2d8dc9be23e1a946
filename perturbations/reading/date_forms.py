"""Reads one date expression: from its words and digits to what it says and how it is written.

A form is worked out from the expression alone; `perturbations.reading.date_values` finds the days
that it means at an article's time.
"""

from __future__ import annotations

import re
from functools import lru_cache

from perturbations.reading.date_form import Form
from perturbations.reading.date_patterns import CUES, GAPS, SHIFTS
from perturbations.reading.date_ranges import read_range
from perturbations.reading.date_words import read_single

_CUE = re.compile(
    rf"(?P<cue>{'|'.join(sorted(CUES, key=len, reverse=True))})[{GAPS}]+"
    rf"(?:the[{GAPS}]+(?!{'|'.join(SHIFTS)}))?(?:year[{GAPS}]+)?",
    re.IGNORECASE | re.ASCII,
)
_NUMERIC = re.compile(r"([0-9]+)([-/.])([0-9]+)\2([0-9]+)")
_LONGEST_MONTH = 31


@lru_cache(maxsize=8192)
def read_form(text: str, *, cued: bool = True) -> Form | None:
    """Reads an expression, with or without its cue in front ("in", "since").

    Args:
        text: the expression, from its cue to its last character.
        cued: whether a month or year alone needs a cue to be a date.

    Returns:
        The form (its `start` lies behind the cue), or None where this is no date after all.
    """
    if (numeric := _NUMERIC.fullmatch(text)) is not None:
        return _read_numeric(numeric)
    found = _CUE.match(text)
    start = found.end() if found else 0
    cue = found.group("cue").lower() if found else None
    form = read_range(text, start, cue if cued else "between")
    form = form or read_single(text, start, len(text), cue)
    if form is None:
        return None
    if form.year is None and form.day is not None and form.day > _LONGEST_MONTH:
        return None
    if cued and cue is None and form.is_bare and form.edge is None:
        return None
    return form


def _read_numeric(found: re.Match[str]) -> Form | None:
    first, mark, second, third = found.groups()
    if len(first) == 4:
        year, month, day = first, second, third
        names = ("year", "month", "day")
        ambiguous = False
    else:
        # Above 12 it can only be a day; otherwise day first, until something tells otherwise.
        month_first = int(second) > 12 >= int(first)
        day, month = (second, first) if month_first else (first, second)
        year = third
        names = ("month", "day", "year") if month_first else ("day", "month", "year")
        ambiguous = int(first) <= 12 and int(second) <= 12 and first != second
        if len(year) == 2 and (int(day) > 31 or int(month) > 12):
            return None
    if not int(day) or not int(month) or (int(day) > 31 and int(month) > 12):
        return None
    tokens = {
        "year": "{yyyy}" if len(year) == 4 else "{yy}",
        "month": "{mm}" if _is_padded(month, day) else "{m}",
        "day": "{dd}" if _is_padded(day, month) else "{d}",
    }
    parts = tuple(
        (name, found.start(group), found.end(group))
        for name, group in zip(names, (1, 3, 4), strict=True)
    )
    return Form(
        start=found.start(),
        end=found.end(),
        template=mark.join(tokens[name] for name in names),
        parts=parts,
        day=int(day),
        month=int(month),
        year=int(year) if len(year) == 4 else _full_year(int(year)),
        swapped=ambiguous,
    )


def _is_padded(number: str, other: str) -> bool:
    return len(number) == 2 and (number[0] == "0" or len(other) == 2)


def _full_year(pair: int) -> int:
    """A year of two digits: 1970 to 2069, as POSIX reads them within a year."""
    return pair + (1900 if pair >= 70 else 2000)

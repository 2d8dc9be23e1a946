"""The time an article speaks at: from an explicit cue in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perturbations.reading.date_patterns import DASHES, GAPS
from perturbations.reading.mentions import AsOf, DateMention
from perturbations.text import Span

_AS_OF = re.compile(rf"\bas[{GAPS}]of[{GAPS}](?:early[{GAPS}]|late[{GAPS}]|mid-)?\Z", re.IGNORECASE)
_STAMP = re.compile(
    rf"\b(?:published|updated|posted|dated)(?:[{GAPS}]on)?:?[{GAPS}]\Z", re.IGNORECASE
)
_PLACE = re.compile(
    rf"(?:^|\n)[{GAPS}]*[^\W\d_a-z](?:[^\n\d]{{0,60}})[,(][{GAPS}]*(?:on[{GAPS}])?\Z"
)
_DATELINE_END = re.compile(
    rf"\)?[{GAPS}]*(?:\([^()\n]{{2,30}}\)[{GAPS}]*)?(?:[{DASHES}]|\.[{GAPS}]*[{DASHES}]|:|/|\n|\Z)"
)
_LINE_START = re.compile(rf"(?:\A|\n)[{GAPS}]*\Z")
_LINE_END = re.compile(rf"[{GAPS}]*(?:\n|\Z)")
_DATELINE_REACH = 400
"""Code points from the start of the body within which a dateline stands."""


def as_of_from(dates: Iterable[DateMention], text: str, body_start: int) -> AsOf | None:
    """Finds the time an article speaks at from the explicit cues of its text.

    Cues are "As of August 2025", a dateline ("BRUSSELS, 27 June 2024 —"), a line with nothing but a
    date near the top of the body, and "Published 3 March 2024". Where there is none, or where cues
    contradict each other, the answer is None; where they agree, the days that all of them allow.

    Args:
        dates: the dates of the text, read without a reference time.
        text: the text.
        body_start: where its body begins.
    """
    cues = list(_cues(dates, text, body_start))
    first = max((cue.first for cue in cues), default=None)
    last = min((cue.last for cue in cues), default=None)
    if first is None or last is None or first > last:
        return None
    return AsOf(first, last, cues[0].cue)


def _cues(dates: Iterable[DateMention], text: str, body_start: int) -> Iterator[AsOf]:
    for date in dates:
        if date.first is None or date.last is None or date.relative or date.ambiguous or date.ends:
            continue
        before = text[max(0, date.span.start - 80) : date.span.start]
        cue = _AS_OF.search(before) or _STAMP.search(before)
        if cue is None and not _is_dateline(date, text, before, body_start):
            continue
        start = date.span.start - (len(before) - cue.start() if cue else 0)
        yield AsOf(date.first, date.last, Span.of(text, start, date.span.end))


def _is_dateline(date: DateMention, text: str, before: str, body_start: int) -> bool:
    reach = date.span.start - body_start
    if not date.is_full or not 0 <= reach <= _DATELINE_REACH:
        return False
    behind = text[date.span.end : date.span.end + 40]
    if _LINE_START.search(before) or not before:
        return _LINE_END.match(behind) is not None
    place = _PLACE.search(before)
    return place is not None and _in_capitals(place.group()) and bool(_DATELINE_END.match(behind))


def _in_capitals(place: str) -> bool:
    """Whether the place of a dateline begins with a word in capitals ("NEW YORK, N.Y.")."""
    word = re.match(r"[\W_]*([^\W\d_]+)", place)
    return word is not None and word.group(1).isupper() and len(word.group(1)) > 1

"""Quotations: what stands between quotation marks, with the marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import re2

from perturbations.reading.offsets import Encoded
from perturbations.text import Span

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "”": "”"}
"""What closes a quotation that a mark opens; a wrongly typed ” may open one too."""
_OPENING_BEFORE = frozenset("([{—–-/“‘\"'*_>…")
"""Signs, beside white space, behind which a mark opens."""
_CLIPPED = ("em", "til", "tis", "twas", "cause", "n", "round")
"""Words whose clipped beginning typesetters mark with an opening single quote."""


@cache
def _marks() -> Any:
    options = re2.Options()
    options.never_capture = True
    return re2.compile('["“”„«»‘’]'.encode(), options)


def find_quotations(source: Encoded, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Finds the quotations of every paragraph, outermost only.

    A quotation that is not closed ends with its paragraph, as in one that runs over several
    paragraphs, each of which opens anew. Apostrophes and signs of inches open none.
    """
    marks = [source.point(found.start()) for found in _marks().finditer(source.data)]
    out: list[Span] = []
    if not marks:
        return ()
    for paragraph in paragraphs:
        first = bisect_left(marks, paragraph.start)
        last = bisect_left(marks, paragraph.end, lo=first)
        if first < last:
            out.extend(_in_paragraph(source.text, paragraph, marks[first:last]))
    return tuple(out)


def _in_paragraph(text: str, paragraph: Span, marks: Sequence[int]) -> Iterator[Span]:
    index = 0
    while index < len(marks):
        start = marks[index]
        index += 1
        if not _opens(text, start):
            continue
        closing = _closing(text, marks, index - 1)
        if closing is None:
            # A single mark without its partner is an apostrophe more likely than a quotation.
            if text[start] != "‘":
                yield Span.of(text, start, paragraph.end)
                return
            continue
        yield Span.of(text, start, marks[closing] + 1)
        index = closing + 1


def _opens(text: str, at: int) -> bool:
    mark, before, behind = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if mark not in _CLOSING:
        return False
    free = not before or before.isspace() or before in _OPENING_BEFORE
    if mark == "‘":
        word = text[at + 1 : at + 7].lower()
        clipped = any(
            word.startswith(clip) and not word[len(clip) : len(clip) + 1].isalpha()
            for clip in _CLIPPED
        )
        return free and bool(behind) and not (behind.isspace() or behind.isdigit() or clipped)
    if mark == "”":
        return free and behind.isalnum()
    if mark == '"':
        return free and bool(behind)
    return True


def _closing(text: str, marks: Sequence[int], opening: int) -> int | None:
    """The index of the mark that closes the one at index `opening`, if any does."""
    mark = text[marks[opening]]
    if mark == "‘":
        return _closing_single(text, marks, opening)
    depth = 1
    for index in range(opening + 1, len(marks)):
        other = text[marks[index]]
        if other in _CLOSING[mark]:
            depth -= 1
        elif other == mark:
            depth += 1
        if not depth:
            return index
    return None


def _closing_single(text: str, marks: Sequence[int], opening: int) -> int | None:
    """Finds the ’ that closes a ‘, not an apostrophe (it’s) and, if possible, not a genitive."""
    genitive = None
    for index in range(opening + 1, len(marks)):
        at = marks[index]
        if text[at] == "‘":
            break
        before, behind = text[at - 1], text[at + 1 : at + 2]
        if text[at] != "’" or behind.isalnum():
            continue
        # In "the workers’ strike" the mark closes nothing, unless no other one does.
        if before == "s" and behind == " " and text[at + 2 : at + 3].islower():
            genitive = index if genitive is None else genitive
            continue
        return index
    return genitive

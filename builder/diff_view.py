"""A text and its edits as an inline diff: what is deleted, inserted and marked, in context."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from rich.text import Text

from perturbations.text import Ledger, Span
from perturbations.text.terminal import inert

WORDS = 8
"""Words that are shown before and after an edit or a mark."""

ELLIPSIS = " ... "

_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"\n[^\S\n]*\n|\A|\Z")
"""Where a paragraph begins or ends."""


class Context(StrEnum):
    """How much is shown around an edit."""

    WORDS = "words"
    PARAGRAPH = "paragraph"


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"
    OMITTED = "omitted"
    """Kept, too, and not shown."""


_STYLES = {
    Change.KEPT: "",
    Change.DELETED: "red strike",
    Change.INSERTED: "green",
    Change.OMITTED: "dim",
}
_SIGNS = {Change.DELETED: ("[-", "-]"), Change.INSERTED: ("{+", "+}")}
"""What stands around words where there are no colours."""

MARKED = ("<!", "!>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one fate; `marked` where a defect's span covers it."""

    text: str
    change: Change
    marked: bool = False


def pieces(
    source: str,
    ledger: Ledger,
    marks: Iterable[Span] = (),
    context: Context = Context.WORDS,
) -> list[Piece]:
    """Lays out what the edits do to a text, leaving out what is far from any edit or mark.

    Args:
        source: the text before.
        ledger: the edits, in its coordinates.
        marks: spans of the outcome that are underlined.
        context: how much stands around edits and marks.
    """
    marked = sorted((span.start, span.end) for span in marks if span.text)
    whole = list(_whole(source, ledger, marked))
    outcome = ledger.apply(source)
    shown = _windows(outcome, _places(ledger, marked), context)
    return list(_cut(whole, shown))


def _whole(
    source: str, ledger: Ledger, marks: Sequence[tuple[int, int]]
) -> Iterator[tuple[Piece, int]]:
    """Every piece, with its place in the outcome."""
    at = there = 0
    for edit in (*ledger, None):
        end = edit.start if edit else len(source)
        yield from _split(source[at:end], there, Change.KEPT, marks)
        there += end - at
        if edit is None:
            return
        if edit.before:
            yield Piece(edit.before, Change.DELETED), there
        yield from _split(edit.after, there, Change.INSERTED, marks)
        there += len(edit.after)
        at = edit.end


def _split(
    text: str, start: int, change: Change, marks: Sequence[tuple[int, int]]
) -> Iterator[tuple[Piece, int]]:
    """One stretch of the outcome, cut at the borders of the marks."""
    end = start + len(text)
    borders = {start, end} | {at for mark in marks for at in mark if start < at < end}
    for one, two in pairwise(sorted(borders)):
        covered = any(first <= one and two <= last for first, last in marks)
        yield Piece(text[one - start : two - start], change, covered), one


def _places(ledger: Ledger, marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    outcomes = [ledger.outcome(index) for index in range(len(ledger))]
    return sorted([*((span.start, span.end) for span in outcomes), *marks])


def _windows(
    text: str, places: Sequence[tuple[int, int]], context: Context
) -> list[tuple[int, int]]:
    """The stretches of the outcome that are shown, in order, not overlapping."""
    around = _paragraph_around if context is Context.PARAGRAPH else _words_around
    borders = _borders(text, context)
    windows: list[tuple[int, int]] = []
    for place in places:
        start, end = around(borders, *place)
        if windows and start <= windows[-1][1] + 1:
            windows[-1] = windows[-1][0], max(end, windows[-1][1])
        else:
            windows.append((start, end))
    return windows


def _borders(text: str, context: Context) -> list[tuple[int, int]]:
    pattern = _BREAK if context is Context.PARAGRAPH else _WORD
    return [found.span() for found in pattern.finditer(text)]


def _words_around(words: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    first = bisect_left(words, start, key=lambda word: word[1])
    last = bisect_left(words, end, key=lambda word: word[0])
    before = words[max(first - WORDS, 0) : first]
    after = words[last : last + WORDS]
    return before[0][0] if before else start, after[-1][1] if after else end


def _paragraph_around(breaks: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    before = [stop for _, stop in breaks if stop <= start]
    after = [begin for begin, _ in breaks if begin >= end]
    return before[-1] if before else 0, after[0] if after else end


def _cut(whole: Iterable[tuple[Piece, int]], windows: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The pieces inside the windows; whatever lies between is one piece that says so."""
    omitted = Piece(ELLIPSIS, Change.OMITTED)
    last: Piece | None = None
    for piece, at in whole:
        parts = _visible(piece, at, windows) if piece.change is Change.KEPT else [piece]
        for part in parts:
            found = omitted if part is None else part
            if found is not omitted or last is not omitted:
                yield found
            last = found


def _visible(piece: Piece, at: int, windows: Sequence[tuple[int, int]]) -> Iterator[Piece | None]:
    """A kept piece, cut at the borders of the windows; None for what no window shows."""
    end = at + len(piece.text)
    borders = {at, end} | {border for window in windows for border in window if at < border < end}
    for one, two in pairwise(sorted(borders)):
        inside = any(start <= one and two <= stop for start, stop in windows)
        yield replace(piece, text=piece.text[one - at : two - at]) if inside else None


def styled(parts: Iterable[Piece], *, colours: bool) -> Text:
    """The pieces for a terminal: colours and lines, or signs where there are none."""
    text = Text()
    for part in parts:
        words = inert(part.text)
        if colours:
            line = " underline" if part.marked else ""
            text.append(words, style=f"{_STYLES[part.change]}{line}".strip())
            continue
        before, after = _SIGNS.get(part.change, ("", ""))
        one, two = MARKED if part.marked else ("", "")
        text.append(f"{before}{one}{words}{two}{after}")
    return text

"""Where a reference list stands: under a heading, as labelled lines, or in one paragraph.

A numbered list of ordinary items is no reference list: its entries must show an outlet, an
address, a quoted title or a date, and the less a list is marked as one, the more they must show.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Literal

import re2

from perturbations.reading.citation_draft import EntryContext
from perturbations.reading.citation_entries import MAX_LENGTH, Label, coverage, parse_entry
from perturbations.reading.citation_markers import MAX_NUMBER, superscript_number
from perturbations.reading.mentions import Entry, ReferenceList
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

_TITLES = (
    r"(?:notes and references|references and notes|references|reference list|sources|source list|"
    r"notes|footnotes|endnotes|bibliography|works cited|citations|sources and notes|"
    r"sources and references|links and sources)"
)
_HEADING = re2.compile(
    (
        rf"(?mi)^[ \t]*(?:#{{1,6}}[ \t]*)?[*_=]{{0,3}}[ \t]*({_TITLES})"
        r"[ \t]*:?[ \t]*[*_=]{0,3}:?[ \t]*$"
    ).encode()
)
_LOOSE_HEADING = re2.compile(
    rb"(?mi)^[ \t]*(?:#{1,6}[ \t]*)?[*_=]{0,3}[ \t]*((?:source )?documents)"
    rb"[ \t]*:?[ \t]*[*_=]{0,3}:?[ \t]*$"
)
"""A heading that may stand over lists of another kind, and so counts over `[1]` alone."""
_RUN_IN = re2.compile(rf"(?mi)^[ \t]*[*_]{{0,2}}({_TITLES}):[*_]{{0,2}}[ \t]*\S".encode())
_LABEL = re2.compile(
    (
        r"(?m)^[ \t]*(?:[-*•][ \t]+)?(?:(\[([1-9]\d{0,2})\]:?)|(([1-9]\d{0,2})[.)])[ \t]"
        r"|(\(([1-9]\d{0,2})\))[ \t]|(([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[.)]?)|(\[\^([1-9]\d{0,2})\]:))[ \t]*\S"
    ).encode()
)
_CONTINUES = re2.compile(
    rb"^(?:[ \t]{2,}\S|[ \t]*(?i:https?://|www\.|retrieved|accessed|available))"
)
_BULLET = re2.compile("^[ \t]*[-*•–][ \t]+".encode())

_PROSE_AFTER = re2.compile(r"^[\s.]*(?:[(\[]?(?i:retrieved|accessed|archived)[^.\n]{0,60}[.)\]]?)?")


LabelKind = Literal["bracket", "dot", "round", "superscript", "caret"]
"""How a line is labelled: `[1]`, `1.` or `1)`, `(1)`, `¹`, `[^1]:`."""

MAX_ENTRIES = 2 * MAX_NUMBER
"""A longer run of labelled lines is a table or a log, not a list of references."""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line, as byte offsets without the line end."""

    start: int
    end: int
    kind: LabelKind
    label: tuple[int, int]
    digits: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """A list that was found, with the line on which its heading stands, and its weight."""

    references: ReferenceList
    weight: tuple[int, int, int]


def find_list(
    source: Encoded, context: EntryContext, brackets: Sequence[tuple[int, int]]
) -> ReferenceList | None:
    """Finds the article's reference list; where several could be it, the best supported one."""
    headings = [m.span(1) for m in _HEADING.finditer(source.data)]
    run_in = [m.span(1) for m in _RUN_IN.finditer(source.data)]
    found = [
        *_labelled_lists(source, context, brackets, headings),
        *_running_lists(source, context, brackets, run_in),
        *_plain_lists(source, context, headings),
    ]
    return max(found, key=lambda f: f.weight).references if found else None


def labelled_lines(source: Encoded) -> list[Line]:
    """Every line that begins as an entry may: `[1]`, `1.`, `1)`, `(1)`, `¹`, `[^1]:`."""
    kinds: tuple[LabelKind, ...] = ("bracket", "dot", "round", "superscript", "caret")
    lines = []
    for match in _LABEL.finditer(source.data):
        group = next(g for g in (1, 3, 5, 7, 9) if match.span(g) != (-1, -1))
        start, end = match.start(group), _line_end(source.data, match.end())
        lines.append(Line(start, end, kinds[group // 2], match.span(group), match.span(group + 1)))
    return lines


def _labelled_lists(
    source: Encoded,
    context: EntryContext,
    brackets: Sequence[tuple[int, int]],
    headings: Sequence[tuple[int, int]],
) -> Iterator[_Found]:
    loose = [m.span(1) for m in _LOOSE_HEADING.finditer(source.data)]
    for run in _runs(source.data, labelled_lines(source)):
        if len(run) > MAX_ENTRIES:
            continue
        pieces = [p for line in run for p in _pieces(source, context, line, brackets)]
        heading = _heading_before(source.data, headings, run[0].start)
        if heading is None and run[0].kind == "bracket":
            heading = _heading_before(source.data, loose, run[0].start)
        entries = [parse_entry(context, whole, label) for whole, label in pieces]
        marked = heading is not None or run[0].kind in ("bracket", "superscript", "caret")
        if entries and _is_reference_list(entries, headed=heading is not None, marked=marked):
            yield _weighed(source, entries, heading, inline=len(entries) > len(run))


def _running_lists(
    source: Encoded,
    context: EntryContext,
    brackets: Sequence[tuple[int, int]],
    run_in: Sequence[tuple[int, int]],
) -> Iterator[_Found]:
    """Lists inside a paragraph: behind `References:`, or behind the last sentence of the prose."""
    data = source.data
    line_end = -1
    for start, _ in brackets:
        if start < line_end:
            continue
        line_start, line_end = data.rfind(b"\n", 0, start) + 1, _line_end(data, start)
        if not data[line_start:start].strip(b" \t*_#-"):
            continue
        first = bisect_left(brackets, (start, 0))
        above = bisect_left(run_in, (line_start, 0))
        heading = run_in[above] if above < len(run_in) and run_in[above][0] < start else None
        pieces = _split(source, context, brackets, first, line_end)
        entries = [parse_entry(context, whole, label) for whole, label in pieces]
        if heading is None:
            entries = list(dropwhile(lambda entry: not _is_sound(entry), entries))
        sound = sum(_is_sound(e) for e in entries)
        if entries and sound * 4 >= len(entries) * 3:
            yield _weighed(source, entries, heading, inline=True)


def _plain_lists(
    source: Encoded, context: EntryContext, headings: Sequence[tuple[int, int]]
) -> Iterator[_Found]:
    """Lines without labels under a heading, as long as they look like entries."""
    for heading in headings:
        entries: list[Entry] = []
        at = _line_end(source.data, heading[1]) + 1
        while at < len(source.data):
            end = _line_end(source.data, at)
            line = source.data[at:end]
            if line.strip():
                if _LABEL.search(line) or _RUN_IN.search(line) or len(line) > 4 * MAX_LENGTH:
                    break
                bullet = _BULLET.search(line)
                start = at + (bullet.end() if bullet else len(line) - len(line.lstrip()))
                entry = parse_entry(context, source.span(start, at + len(line.rstrip())), None)
                plausible = _is_sound(entry) or (bullet and _strength(entry))
                if not plausible or len(entries) == MAX_ENTRIES:
                    break
                entries.append(entry)
            at = end + 1
        if entries:
            yield _weighed(source, entries, heading, inline=False)


def _weighed(
    source: Encoded, entries: list[Entry], heading: tuple[int, int] | None, *, inline: bool
) -> _Found:
    start, end = entries[0].span.start, entries[-1].span.end
    return _Found(
        ReferenceList(
            Span.of(source.text, start, end),
            tuple(entries),
            "inline" if inline else "lines",
            source.span(*heading) if heading else None,
        ),
        (sum(_is_sound(e) for e in entries), int(heading is not None), start),
    )


def _runs(data: bytes, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Groups labelled lines of one kind that follow each other, or with continuations between."""
    run: list[Line] = []
    for line in lines:
        if run and (line.kind != run[-1].kind or not _continue(data, run[-1].end, line.start)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continue(data: bytes, end: int, start: int) -> bool:
    """Whether nothing but blank lines and continuations of an entry stand between."""
    if start - end > 2 * MAX_LENGTH:
        return False
    between = data[end : data.rfind(b"\n", 0, start) + 1]
    return all(not line.strip() or _CONTINUES.search(line) for line in between.split(b"\n"))


def _pieces(
    source: Encoded, context: EntryContext, line: Line, brackets: Sequence[tuple[int, int]]
) -> list[tuple[Span, Label | None]]:
    """The entries of one labelled line with its continuations."""
    end = _with_continuations(source.data, line.end)
    if line.kind == "bracket":
        first = bisect_left(brackets, (line.label[0], 0))
        return _split(source, context, brackets, first, end)
    whole = source.span(line.start, _rstripped(source.data, line.start, end))
    digits = source.span(*line.digits)
    number = superscript_number(digits.text)
    if number > MAX_NUMBER or len(whole.text) > MAX_LENGTH:
        return []
    return [(whole, Label(source.span(*line.label), digits, number))]


def _split(
    source: Encoded,
    context: EntryContext,
    brackets: Sequence[tuple[int, int]],
    first: int,
    end: int,
) -> list[tuple[Span, Label | None]]:
    """Cuts a stretch at each `[n]` that begins an entry, from bracket `first` up to `end`."""
    data = source.data
    starts: list[tuple[int, int]] = []
    for index in range(first, len(brackets)):
        start, stop = brackets[index]
        if start >= end:
            break
        if len(starts) == MAX_ENTRIES:
            return []
        digits = data[start + 1 : stop - 1]
        if digits.isdigit() and int(digits) <= MAX_NUMBER:
            starts.append((start, stop))
    pieces: list[tuple[Span, Label | None]] = []
    for index, (start, stop) in enumerate(starts):
        last = index + 1 == len(starts)
        close = _rstripped(data, start, end if last else starts[index + 1][0])
        if last and index:
            close = _without_prose(source, context, stop, close)
        whole = source.span(start, close)
        if len(whole.text) > MAX_LENGTH:
            break
        digits_span = source.span(start + 1, stop - 1)
        label = Label(source.span(start, stop), digits_span, int(digits_span.text))
        pieces.append((whole, label))
    return pieces


def _without_prose(source: Encoded, context: EntryContext, start: int, end: int) -> int:
    """Cuts the prose that goes on behind the address of the last entry in a paragraph."""
    span = source.span(start, end)
    index = bisect_left(context.addresses, span.start, key=lambda s: s.start)
    if index == len(context.addresses) or context.addresses[index].end > span.end:
        return end
    address = context.addresses[index]
    tail = source.text[address.end : span.end]
    kept = _PROSE_AFTER.search(tail)
    rest = tail[kept.end() :] if kept else tail
    if len(rest.split()) < 6:
        return end
    cut = tail[: kept.end()].rstrip() if kept else ""
    return end - len(
        source.text[address.end + len(cut) : span.end].encode("utf-8", "surrogatepass")
    )


def _with_continuations(data: bytes, end: int) -> int:
    while end < len(data):
        stop = _line_end(data, end + 1)
        line = data[end + 1 : stop]
        if not line.strip() or _LABEL.search(line) or not _CONTINUES.search(line):
            break
        end = stop
    return end


def _is_reference_list(entries: Sequence[Entry], *, headed: bool, marked: bool) -> bool:
    """Whether a run of entries is a list; the less it is marked as one, the more it must show."""
    if headed or marked:
        return 2 * sum(_strength(e) > 0 for e in entries) >= len(entries)
    return 3 * sum(_is_sound(e) and coverage(e) >= 0.5 for e in entries) >= 2 * len(entries)


def _strength(entry: Entry) -> int:
    """How many of the parts that make an entry it has."""
    outlet = entry.outlet is not None or entry.outlet_id is not None
    return sum((outlet, *(p is not None for p in (entry.headline, entry.date, entry.address))))


def _is_sound(entry: Entry) -> bool:
    """Whether it shows enough to be an entry wherever it stands."""
    return _strength(entry) >= 2 or (entry.address is not None and coverage(entry) >= 0.5)


def _heading_before(
    data: bytes, headings: Sequence[tuple[int, int]], start: int
) -> tuple[int, int] | None:
    """The heading that stands right above a line."""
    index = bisect_left(headings, (start, 0)) - 1
    if index >= 0 and not data[headings[index][1] : start].strip(b" \t\n:*_=#-"):
        return headings[index]
    return None


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


def _rstripped(data: bytes, start: int, end: int) -> int:
    return start + len(data[start:end].rstrip())

"""Citation markers in prose: `[3]`, `[1, 2]`, `[1–3]`, `[^3]`, raised digits, names and years."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import re2

from perturbations.reading.mentions import Entry, Marker, NamedMarker
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

MAX_NUMBER = 299
"""The highest number a marker may bear; what is higher is a year or a case number."""

_LONGEST_RANGE = 30

_NUMBER = rb"[1-9]\d{0,2}"
_DASH = "(?:-|–|—)".encode()
_ITEM = _NUMBER + rb"(?:\s?" + _DASH + rb"\s?" + _NUMBER + rb")?"
_BRACKET = re2.compile(rb"\[(" + _ITEM + rb"(?:[,;]\s?" + _ITEM + rb")*)\]")
_ITEMS = re2.compile(rb"(" + _NUMBER + rb")(?:\s?" + _DASH + rb"\s?(" + _NUMBER + rb"))?")

_CARET = re2.compile(rb"\[\^(" + _NUMBER + rb")\]")
_NAMED = re2.compile(rb"\((\p{Lu}[^()\n]{1,80}?),? ((?:19|20)\d\d)[a-z]?\)")

_WHOLE_NAME = re2.compile(r"(?:The )?\p{Lu}[\pL’'-]+(?: \p{Lu}[\pL’'-]+){1,3}")
_CITES_SO = 2
"""So many markers that name entries show that an article cites by name and year."""

_SUPERSCRIPT = re2.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}".encode())
_UNIT_BEFORE = re2.compile(r"(?:^|[^\pL])(?:[kcdmnµ]?m|mi|ft|in|yd|CO|mc|\pL|\d[\d.,]*)$".encode())
"""A unit, a figure, a formula or a single letter at the end."""


def find_brackets(source: Encoded) -> list[tuple[int, int]]:
    """Finds every bracket that holds nothing but numbers, as byte offsets: labels and markers."""
    return [m.span() for m in _BRACKET.finditer(source.data)]


def bracket_markers(source: Encoded, start: int, end: int) -> tuple[Marker, ...]:
    """Reads the markers of one bracket; empty where its numbers can be no references."""
    whole = source.span(start, end)
    items = [
        (m.span(1), m.span(2) if m.group(2) else None)
        for m in _ITEMS.finditer(source.data, start + 1, end - 1)
    ]
    markers: list[Marker] = []
    for index, (first, last) in enumerate(items):
        if last is None:
            cut = _cut(items, index, start, end)
            number = int(source.data[slice(*first)])
            markers.append(Marker(source.span(*cut), number, source.span(*first), whole))
        else:
            markers += _range_markers(source, first, last, whole)
    numbers = [m.number for m in markers]
    sound = numbers and max(numbers) <= MAX_NUMBER and len(set(numbers)) == len(numbers)
    return tuple(markers) if sound else ()


def _cut(
    items: list[tuple[tuple[int, int], tuple[int, int] | None]], index: int, start: int, end: int
) -> tuple[int, int]:
    """What goes when one number goes: the bracket, or the number with one separator."""
    if len(items) == 1:
        return start, end
    here = items[index][0]
    if index + 1 < len(items):
        return here[0], items[index + 1][0][0]
    before = items[index - 1]
    return (before[1] or before[0])[1], here[1]


def _range_markers(
    source: Encoded, first: tuple[int, int], last: tuple[int, int], whole: Span
) -> Iterator[Marker]:
    low, high = int(source.data[slice(*first)]), int(source.data[slice(*last)])
    if not low < high <= low + _LONGEST_RANGE:
        return
    both = source.span(first[0], last[1])
    for number in range(low, high + 1):
        digits = {low: source.span(*first), high: source.span(*last)}.get(number, both)
        yield Marker(whole, number, digits, whole, in_range=True)


def caret_markers(source: Encoded) -> Iterator[Marker]:
    """Yields the markers of Markdown's footnotes, `[^3]`, but for those that label a note."""
    for match in _CARET.finditer(source.data):
        start, end = match.span()
        labels = source.data[end : end + 1] == b":" and _begins_line(source.data, start)
        number = int(match.group(1))
        if number <= MAX_NUMBER and not labels:
            span = source.span(start, end)
            yield Marker(span, number, source.span(*match.span(1)), span)


def _begins_line(data: bytes, start: int) -> bool:
    return not data[data.rfind(b"\n", 0, start) + 1 : start].strip(b" \t")


def named_markers(source: Encoded, entries: Sequence[Entry]) -> list[NamedMarker]:
    """Finds the markers that name an outlet or author, with a year, of a list without numbers.

    A bracket that names nobody of the list cites nothing ("(Brussels, 2025)" may be a place),
    unless the article cites so throughout and the bracket holds a whole name.
    """
    if not entries or any(entry.number is not None for entry in entries):
        return []
    names = [_names(entry) for entry in entries]
    found, strange = [], []
    for match in _NAMED.finditer(source.data):
        name, year = source.span(*match.span(1)), source.span(*match.span(2))
        meant = [index for index, known in enumerate(names) if _plain(name.text) in known]
        dated = tuple(i for i in meant if _year(entries[i]) == int(year.text))
        marker = NamedMarker(source.span(*match.span()), name, year, dated)
        if meant:
            found.append(marker)
        elif _WHOLE_NAME.fullmatch(name.text):
            strange.append(marker)
    if len(found) >= _CITES_SO:
        found = sorted(found + strange, key=lambda marker: marker.span)
    return found


def _names(entry: Entry) -> frozenset[str]:
    """What an entry may be cited as: its outlet, its author, or the author's surname."""
    names = {_plain(part.text) for part in (entry.outlet, entry.author) if part is not None}
    if entry.author is not None:
        author = entry.author.text
        names.add(_plain(author.split(",")[0] if "," in author else author.split()[-1]))
    return frozenset(names)


def _plain(name: str) -> str:
    return name.strip().removeprefix("The ").removeprefix("the ").casefold()


def _year(entry: Entry) -> int | None:
    return entry.date.first.year if entry.date and entry.date.first else None


def superscript_markers(source: Encoded, known: frozenset[int]) -> Iterator[tuple[int, Marker]]:
    """Yields superscript markers with their byte offsets, where a list of references stands.

    A superscript behind a unit, a figure or a single letter is a power (`km²`, `10⁶`), not a
    marker; so is a number far beyond those of the list.
    """
    highest = max(known, default=0) + len(known)
    for match in _SUPERSCRIPT.finditer(source.data) if known else ():
        start, end = match.span()
        number = superscript_number(source.span(start, end).text)
        if 1 <= number <= highest and not _unit_before(source.data, start):
            span = source.span(start, end)
            yield start, Marker(span, number, span, span)


def superscript_number(digits: str) -> int:
    """Reads superscript digits: `¹²` is 12."""
    return int(unicodedata.normalize("NFKC", digits))


def _unit_before(data: bytes, start: int) -> bool:
    return _UNIT_BEFORE.search(data[max(0, start - 12) : start]) is not None

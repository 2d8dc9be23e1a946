"""Rule `set`, of entries: one that no marker cites, and a number or address that stands twice.

A bibliography without markers is no error, so an entry is an orphan only where every other one is
cited. Notes may cite one source again and again, so an address stands twice too often only in a
list of references.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.citation_addresses import host_and_path
from perturbations.reading.citation_styles import raised
from perturbations.reading.mentions import Entry, Reading
from perturbations.text import Span

CITED, ONCE = "cited", "once"
"""What a witness says in `expect.of`: this entry should be cited; these should not be the same."""
MIN_ENTRIES = 3
"""In a shorter list, "every other entry is cited" says too little."""
_LONG_SEGMENT = 12
"""The last part of an article's path is this long, or longer: `/news` and `/data` are pages that
may serve several entries."""


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads list and markers again; `expect.of` is `CITED` (an entry) or `ONCE` (two places)."""
    entries = reading.citations.entries
    if witness.expect.get("of") == CITED:
        for index, entry in enumerate(entries):
            if entry.span == witness.claim[0]:
                return _orphaned(index, reading)
        return Truth.UNKNOWN
    one, two = witness.claim
    by_address = [e for e in entries if e.address in (one, two)]
    if len(by_address) == 2:
        return same_address(by_address[0], by_address[1], reading)
    by_number = [e for e in entries if e.digits in (one, two)]
    if len(by_number) == 2:
        return _same_number(by_number[0], by_number[1], reading)
    return Truth.UNKNOWN


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every entry that alone is not cited, and every number and address that stands twice."""
    entries = reading.citations.entries
    uncited = uncited_entries(reading)
    if uncited is not None and len(uncited) == 1:
        yield _orphan(entries[uncited[0]], reading)
    for one, two in pairwise(entries):
        if _same_number(one, two, reading) is Truth.HOLDS and one.digits and two.digits:
            yield _twice(one.digits, two.digits, f"Two entries bear the number {two.number}.")
    with_address = [entry for entry in entries if entry.address is not None]
    if len({_plain(e.address) for e in with_address if e.address}) == len(with_address):
        return
    for one, two in combinations(with_address, 2):
        if one.address and two.address and same_address(one, two, reading) is Truth.HOLDS:
            yield _twice(one.address, two.address, "Two entries have the same address.")


def uncited_entries(reading: Reading) -> tuple[int, ...] | None:
    """The entries that no marker cites, by their places; None where that can't be told."""
    citations = reading.citations
    entries = citations.entries
    if len(entries) < MIN_ENTRIES:
        return None
    numbers = [entry.number for entry in entries]
    if citations.markers and None not in numbers and len(set(numbers)) == len(numbers):
        cited = {marker.number for marker in citations.markers}
        if not cited <= set(numbers):
            return None
        return tuple(
            index
            for index, number in enumerate(numbers)
            if number is not None and number not in cited and not _raised(number, reading)
        )
    if set(numbers) == {None} and citations.named_markers:
        meant = {index for marker in citations.named_markers for index in marker.entries}
        rest = tuple(index for index in range(len(entries)) if index not in meant)
        return None if any(_is_named(entries[index], reading) for index in rest) else rest
    return None


def same_address(one: Entry, two: Entry, reading: Reading) -> Truth:
    """Whether two entries have one address; unknown where a list may cite a source again."""
    if one.address is None or two.address is None:
        return Truth.UNKNOWN
    if _plain(one.address) != _plain(two.address):
        return Truth.FAILS
    path = host_and_path(one.address.text)[1].rstrip("/")
    whole = len(path.rpartition("/")[2]) >= _LONG_SEGMENT
    return Truth.HOLDS if whole and not reading.citations.are_notes else Truth.UNKNOWN


def _orphaned(index: int, reading: Reading) -> Truth:
    uncited = uncited_entries(reading)
    if uncited is None:
        return Truth.UNKNOWN
    if index not in uncited:
        return Truth.FAILS
    return Truth.HOLDS if len(uncited) == 1 else Truth.UNKNOWN


def _same_number(one: Entry, two: Entry, reading: Reading) -> Truth:
    """Whether two neighbours of a list in lines bear one number, all others counting up."""
    references = reading.citations.references
    if references is None or references.layout != "lines":
        return Truth.UNKNOWN
    numbers = [entry.number for entry in references.entries]
    counted = [number for number in numbers if number is not None]
    sound = len(counted) == len(numbers) and all(0 <= b - a <= 1 for a, b in pairwise(counted))
    if one.number != two.number:
        return Truth.FAILS
    alone = sum(a == b for a, b in pairwise(counted)) == 1
    return Truth.HOLDS if sound and alone and one.number is not None else Truth.UNKNOWN


def _raised(number: int, reading: Reading) -> bool:
    """Whether its superscript stands somewhere, though it was not taken for a marker (`km²`)."""
    return raised(number) in reading.text[: _list_start(reading)]


def _is_named(entry: Entry, reading: Reading) -> bool:
    """Whether the prose speaks of an entry's outlet or author in any way."""
    prose = reading.text[: _list_start(reading)]
    return any(part is not None and part.text in prose for part in (entry.outlet, entry.author))


def _list_start(reading: Reading) -> int:
    references = reading.citations.references
    return references.span.start if references else len(reading.text)


def _plain(address: Span) -> str:
    text = address.text.partition("#")[0].partition("://")[2] or address.text
    return text.removeprefix("www.").rstrip("/")


def _orphan(entry: Entry, reading: Reading) -> Defect:
    markers = reading.citations.markers or reading.citations.named_markers
    return finding(
        "orphan_reference",
        [entry.label or entry.span],
        [Evidence("marker of another entry", span=markers[0].span)],
        "No marker cites this entry, while every other entry is cited.",
        Witness(Rule.SET, claim=(entry.span,), expect={"of": CITED}),
        kind=EvidenceKind.REFERENCE,
        scope=Scope.GLOBAL,
    )


def _twice(one: Span, two: Span, explanation: str) -> Defect:
    return finding(
        "orphan_reference",
        [two],
        [Evidence("first occurrence", span=one)],
        explanation,
        Witness(Rule.SET, claim=(one, two), expect={"of": ONCE}),
        kind=EvidenceKind.REFERENCE,
    )

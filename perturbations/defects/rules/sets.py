"""Rule `set`: numbers of a reference list against their sequence, markers against entries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.mentions import Entry, NamedMarker, Reading
from perturbations.text import Span


def numbered(reading: Reading) -> tuple[Entry, ...]:
    """The entries of the list, if every one of them bears a number; else none."""
    entries = reading.citations.entries
    whole = all(entry.number is not None and entry.digits is not None for entry in entries)
    return entries if whole else ()


def counts(reading: Reading) -> bool:
    """Whether the list's numbers count its entries; footnotes of Markdown are counted anew."""
    return all(e.label is None or not e.label.text.startswith("[^") for e in numbered(reading))


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads list and markers again; `expect.check` is `sequence` or `entry`."""
    if witness.expect.get("check") == "sequence":
        return _gap_between(witness.claim[0], witness.claim[1], reading)
    return _without_entry(witness.claim[0], reading)


def _gap_between(one: Span, two: Span, reading: Reading) -> Truth:
    entries = numbered(reading)
    if not counts(reading):
        return Truth.UNKNOWN
    for first, second in pairwise(entries):
        if first.digits == one and second.digits == two:
            step = (second.number or 0) - (first.number or 0)
            return Truth.HOLDS if step > 1 else Truth.FAILS
    places = [entry.digits for entry in entries]
    # Both stand in the list, but not side by side: nothing is missing between neighbours.
    return Truth.FAILS if one in places and two in places else Truth.UNKNOWN


def _without_entry(claim: Span, reading: Reading) -> Truth:
    """Whether a marker has no entry; `claim` is its digits, or all of one by name and year."""
    for named in reading.citations.named_markers:
        if named.span == claim:
            return _unnamed(named, reading)
    entries = numbered(reading)
    marker = next((m for m in reading.citations.markers if m.digits == claim), None)
    if marker is None or not entries:
        return Truth.UNKNOWN
    known = {entry.number for entry in entries}
    return Truth.FAILS if marker.number in known else Truth.HOLDS


def _unnamed(marker: NamedMarker, reading: Reading) -> Truth:
    """Whether it is the only marker by name and year that names no entry."""
    if marker.entries:
        return Truth.FAILS
    strange = [m for m in reading.citations.named_markers if not m.entries]
    return Truth.HOLDS if len(strange) == 1 else Truth.UNKNOWN


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every hole in the numbers, and every marker without an entry."""
    entries = numbered(reading)
    for first, second in pairwise(entries if counts(reading) else ()):
        if first.digits and second.digits and second.number and first.number:
            if second.number - first.number <= 1:
                continue
            yield finding(
                "numbering_gap",
                [second.label or second.digits],
                [Evidence("entry before", span=first.label or first.digits)],
                f"The list goes from {first.number} to {second.number}.",
                Witness(
                    Rule.SET,
                    claim=(first.digits, second.digits),
                    expect={"check": "sequence"},
                ),
                kind=EvidenceKind.SURFACE,
            )
    yield from _dangling(reading)


def _dangling(reading: Reading) -> Iterator[Defect]:
    """Every marker, by number or by name and year, that has no entry."""
    entries = numbered(reading)
    known = {entry.number for entry in entries}
    places = [
        (m.span, m.digits, f"The reference list has no entry {m.number}.")
        for m in (reading.citations.markers if entries else ())
        if m.number not in known
    ]
    places += [
        (m.span, m.span, f"The reference list has no entry of {m.name.text}, {m.year.text}.")
        for m in reading.citations.named_markers
        if _unnamed(m, reading) is Truth.HOLDS
    ]
    for marker, claim, explanation in places:
        yield finding(
            "dangling_marker",
            [marker],
            [Evidence("reference list", span=_list_span(reading))],
            explanation,
            Witness(Rule.SET, claim=(claim,), expect={"check": "entry"}),
            kind=EvidenceKind.REFERENCE,
            scope=Scope.GLOBAL,
        )


def _list_span(reading: Reading) -> Span:
    references = reading.citations.references
    return references.span if references else reading.article.title_span

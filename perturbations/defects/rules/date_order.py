"""Rule `date_order`: two dates in an order that cannot be.

Proves what a reference list says against the article's own day: an entry dated after the article
was published, or retrieved before it appeared. One day of difference decides nothing (time zones).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.mentions import DateMention, Entry, Reading
from perturbations.text import Span

SLACK = 1
"""Days by which two dates may differ without deciding anything."""


def later(one: DateMention, than: tuple[date, date]) -> Truth:
    """Whether all of `one` lies after all of `than` (first and last day, inclusive)."""
    if one.first is None or one.last is None or one.relative or one.ambiguous:
        return Truth.UNKNOWN
    if (one.first - than[1]).days > SLACK:
        return Truth.HOLDS
    return Truth.FAILS if one.last <= than[0] else Truth.UNKNOWN


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the entry's dates again; `expect.of` says which of them is claimed to be wrong.

    Unknown where `against` names anything but what that date is held against: the item's own
    date, or the cue that tells the article's time.
    """
    claim, against = witness.claim[0], set(witness.against)
    for entry in reading.citations.items:
        if witness.expect.get("of") == "accessed":
            if entry.accessed and entry.accessed.span == claim:
                beside = entry.date is not None and against <= {entry.date.span}
                return _retrieved_early(entry) if beside else Truth.UNKNOWN
        elif entry.date and entry.date.span == claim:
            cue = _cue(entry.date, reading)
            return _dated_late(entry, reading) if against <= {cue} else Truth.UNKNOWN
    return Truth.UNKNOWN


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every entry that is dated or retrieved when it cannot have been."""
    for entry in reading.citations.items:
        if entry.date is not None and _dated_late(entry, reading) is Truth.HOLDS:
            yield _late_finding(entry.date, reading)
        if entry.accessed and entry.date and _retrieved_early(entry) is Truth.HOLDS:
            yield finding(
                "citation_date_conflict",
                [entry.accessed.span],
                [Evidence("date of the item", span=entry.date.span)],
                f"The item was retrieved on {entry.accessed.span.text}, before it appeared on "
                f"{entry.date.span.text}.",
                Witness(
                    Rule.DATE_ORDER,
                    claim=(entry.accessed.span,),
                    against=(entry.date.span,),
                    expect={"of": "accessed"},
                ),
                kind=EvidenceKind.REFERENCE,
            )


def _dated_late(entry: Entry, reading: Reading) -> Truth:
    when = reading.as_of_at(entry.date.span) if entry.date is not None else None
    if entry.date is None or when is None:
        return Truth.UNKNOWN
    return later(entry.date, (when.first, when.last))


def _cue(dated: DateMention, reading: Reading) -> Span | None:
    """The words that tell the time which a date is held against, where no metadata does."""
    when = reading.as_of_at(dated.span)
    return when.cue if when is not None else None


def _retrieved_early(entry: Entry) -> Truth:
    """Whether the item's date lies after the day it was retrieved on."""
    seen = entry.accessed
    if seen is None or entry.date is None or seen.first is None or seen.last is None:
        return Truth.UNKNOWN
    return later(entry.date, (seen.first, seen.last))


def _late_finding(entry_date: DateMention, reading: Reading) -> Defect:
    cue = _cue(entry_date, reading)
    field = reading.article.reference_field
    against = Evidence("time of the article", span=cue, field=None if cue else field)
    day = f"speaks “{cue.text}”" if cue else f"is of {reading.article.reference_date}"
    return finding(
        "citation_date_conflict",
        [entry_date.span],
        [against],
        f"The item is dated {entry_date.span.text}, but the article {day}.",
        Witness(
            Rule.DATE_ORDER,
            claim=(entry_date.span,),
            field=None if cue else field,
            against=(cue,) if cue else (),
            expect={"of": "entry"},
        ),
        kind=EvidenceKind.METADATA,
        scope=Scope.GLOBAL,
    )

"""Rule `calendar`: a date that the calendar does not have, or not on the weekday named."""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.dates import read_date
from perturbations.reading.mentions import DateMention, Reading

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def impossible(date: DateMention) -> Truth:
    """Whether a date expression can be no date; unknown where it says too little to tell."""
    if date.problem is not None:
        return Truth.HOLDS
    if date.first is None or date.relative or date.first != date.last:
        return Truth.UNKNOWN
    if date.weekday is None or date.first.weekday() == date.weekday:
        return Truth.FAILS
    return Truth.UNKNOWN if date.ambiguous else Truth.HOLDS


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the date at the claim again and asks the calendar."""
    date = read_date(witness.claim[0].text)
    return Truth.UNKNOWN if date is None else impossible(date)


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every impossible date outside quotations, where it would be the speaker's."""
    for date in reading.dates:
        if impossible(date) is Truth.HOLDS and not reading.layout.quoted(date.span):
            part = date.part("weekday") or date.part("day") or date.span
            yield finding(
                "impossible_date",
                [date.span],
                [Evidence("day or weekday", span=part)],
                explain(date),
                Witness(Rule.CALENDAR, claim=(date.span,)),
                kind=EvidenceKind.SURFACE,
                scope=Scope.SENTENCE,
            )


def explain(date: DateMention) -> str:
    """A sentence that says what the calendar has against the date."""
    if date.problem is not None:
        return f"“{date.span.text}” is no date: {date.problem}."
    if date.first is None or date.weekday is None:
        return f"“{date.span.text}” can be no date."
    named, real = WEEKDAYS[date.weekday], WEEKDAYS[date.first.weekday()]
    return f"{date.first.isoformat()} was a {real}, not a {named}."

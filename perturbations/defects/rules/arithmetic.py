"""Rule `arithmetic`: a stated length of time against the two dates it is said to lie between.

Two constructions say which dates are meant: "<length> after|before <date>", where the other date
is the only other full date of the sentence, or, in a sentence that begins with "That was", "This
was" or "It was", the only full date of the sentence before; and "<length> later|earlier, on
<date>", where the other date stands before it in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perturbations.defects.defect import Defect, Evidence, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.durations import duration_matches
from perturbations.reading.mentions import DateMention, DurationMention, Reading
from perturbations.text import Span

_ANCHORED = frozenset({"after", "before", "since"})
_SEQUENT = frozenset({"later", "earlier"})
_POINTS_BACK = re.compile(r"(?:That|This|It) (?:was|is|came|fell)\b")
_OF_A_THING = re.compile(r"\b(?:of|dated|from) $")
"""Stands before a date that tells which report or law is meant, not when something happened."""
_GAP = re.compile(r"\s+|,? on (?:\w+, )?")


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A length of time and the two dates it is said to lie between, in no order."""

    duration: DurationMention
    one: DateMention
    two: DateMention


def elapsed_claims(reading: Reading) -> Iterator[Elapsed]:
    """Every length of time whose two dates the text names by one of the two constructions."""
    full = [d for d in reading.dates if d.is_full]
    for duration in reading.durations:
        if duration.relation is None or duration.approximate:
            continue
        anchor = _anchor(duration, full, reading.text)
        if anchor is None:
            continue
        other = _other(duration, anchor, full, reading)
        if other is not None:
            yield Elapsed(duration, anchor, other)


def _anchor(duration: DurationMention, dates: list[DateMention], text: str) -> DateMention | None:
    """The date right behind the relation word."""
    relation = duration.relation
    if relation is None or relation.text.casefold() not in _ANCHORED | _SEQUENT:
        return None
    for date in dates:
        if date.span.start >= relation.end:
            between = text[relation.end : date.span.start]
            return date if _GAP.fullmatch(between) else None
    return None


def _other(
    duration: DurationMention, anchor: DateMention, dates: list[DateMention], reading: Reading
) -> DateMention | None:
    sentence = reading.layout.sentence_at(duration.span.start)
    if sentence is None or not sentence.covers(anchor.span):
        return None
    inside = [d for d in dates if sentence.covers(d.span) and d is not anchor]
    if inside:
        return inside[0] if len(inside) == 1 and not _names_thing(inside[0], reading) else None
    if not _POINTS_BACK.match(sentence.text):
        return None
    at = reading.layout.sentences.index(sentence)
    if at == 0:
        return None
    before = reading.layout.sentences[at - 1]
    found = [d for d in dates if before.covers(d.span)]
    return found[0] if len(found) == 1 else None


def _names_thing(date: DateMention, reading: Reading) -> bool:
    start = date.span.start
    return _OF_A_THING.search(reading.text[max(0, start - 12) : start]) is not None


def conflict(claim: Elapsed) -> Truth:
    """Whether the length surely is not the difference of the dates."""
    first, second = claim.one.first, claim.two.first
    if first is None or second is None:
        return Truth.UNKNOWN
    fits = duration_matches(claim.duration, min(first, second), max(first, second))
    return {Truth.HOLDS: Truth.FAILS, Truth.FAILS: Truth.HOLDS}.get(fits, Truth.UNKNOWN)


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Finds the construction at the claim again, and reckons."""
    spans = set(witness.against)
    for claim in elapsed_claims(reading):
        if claim.duration.span == witness.claim[0] and {claim.one.span, claim.two.span} == spans:
            return conflict(claim)
    return Truth.UNKNOWN


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every stated length of time that is not the difference of its dates."""
    for claim in elapsed_claims(reading):
        if conflict(claim) is Truth.HOLDS and not reading.layout.quoted(claim.duration.span):
            dates: tuple[Span, Span] = (claim.one.span, claim.two.span)
            yield finding(
                "duration_conflict",
                [claim.duration.span],
                [Evidence("date", span=span) for span in dates],
                explain(claim),
                Witness(Rule.ARITHMETIC, claim=(claim.duration.span,), against=dates),
                kind=EvidenceKind.INTERNAL,
            )


def explain(claim: Elapsed) -> str:
    """A sentence that gives the true difference in days."""
    first, second = claim.one.first, claim.two.first
    days = abs((second - first).days) if first and second else 0
    return (
        f"“{claim.duration.span.text}” is said to lie between {claim.one.span.text} and "
        f"{claim.two.span.text}, which are {days} days apart."
    )

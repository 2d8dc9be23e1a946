"""Rule `date_order` of clauses: an event told as past whose date is to come, or the reverse.

`expect.of` is *event* where a past clause is dated after the article, and *epoch* where a future
clause is dated long before it. Only clauses whose verb and date are plainly tied are weighed.
"""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.mentions import AsOf, DateMention, Reading
from perturbations.reading.time_mentions import DatedClause, Tense

EVENT, EPOCH = "event", "epoch"
AHEAD = 3
"""Days after the article that an event told as past may be dated: time zones and embargoes."""
BEHIND = 30
"""Days before the article that an event to come may be dated: texts lie before they appear."""


def recheck_event(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the clause at the claim again: is it past, and its date after the article?"""
    return _recheck(witness, reading, EVENT)


def recheck_epoch(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the clause at the claim again: is it future, and its date long before the article?"""
    return _recheck(witness, reading, EPOCH)


def _recheck(witness: Witness, reading: Reading, kind: str) -> Truth:
    if witness.against:
        return Truth.UNKNOWN  # the article's own time is what a clause is held against
    inside = [c for c in reading.timing.clauses if witness.claim[0].covers(c.date)]
    if len(inside) != 1:
        return Truth.UNKNOWN
    return out_of_time(inside[0], reading, kind)


def out_of_time(clause: DatedClause, reading: Reading, kind: str) -> Truth:
    """Whether tense and date of a clause contradict the article's time, in the way named."""
    date, when = reading.date_at(clause.date), reading.as_of_at(clause.date)
    if date is None or when is None or date.first is None or date.last is None:
        return Truth.UNKNOWN
    if _fits(clause, date, when):
        return Truth.FAILS
    if not clause.firm or date.relative or date.ambiguous or date.problem:
        return Truth.UNKNOWN
    if kind == EVENT:
        wrong = clause.tense is Tense.PAST and (date.first - when.last).days > AHEAD
    else:
        wrong = clause.tense is Tense.FUTURE and (when.first - date.last).days > BEHIND
    return Truth.HOLDS if wrong else Truth.UNKNOWN


def _fits(clause: DatedClause, date: DateMention, when: AsOf) -> bool:
    if date.first is None or date.last is None:
        return False
    if clause.tense is Tense.PAST:
        return date.first <= when.first
    return clause.tense is Tense.FUTURE and date.last >= when.last


def find_events(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every event that is told as past although its date is still to come."""
    for clause in reading.timing.clauses:
        if clause.tense is Tense.PAST and out_of_time(clause, reading, EVENT) is Truth.HOLDS:
            yield _finding("future_as_past", clause, reading, EVENT)


def find_epochs(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every event that is told as still to come although its date is long past."""
    for clause in reading.timing.clauses:
        if clause.tense is Tense.FUTURE and out_of_time(clause, reading, EPOCH) is Truth.HOLDS:
            yield _finding("epoch_mismatch", clause, reading, EPOCH)


def _finding(slug: str, clause: DatedClause, reading: Reading, kind: str) -> Defect:
    when = reading.as_of_at(clause.date)
    cue = when.cue if when else None
    field = None if cue else reading.article.reference_field
    return finding(
        slug,
        [clause.phrase],
        [Evidence("time of the article", span=cue, field=field)],
        explain(clause.verb.text, clause.phrase.text, clause.tense, reading),
        Witness(Rule.DATE_ORDER, claim=(clause.phrase,), field=field, expect={"of": kind}),
        kind=EvidenceKind.METADATA,
        scope=Scope.GLOBAL,
    )


def explain(verb: str, phrase: str, tense: Tense, reading: Reading) -> str:
    """A sentence that says what tense and date of a clause have against each other."""
    told = "past" if tense is Tense.PAST else "still to come"
    lies = "after" if tense is Tense.PAST else "long before"
    day = reading.article.reference_date
    when = f"{day}, the article's own day" if day else "the article's own time"
    return f"“{verb} … {phrase}” tells as {told} what lies {lies} {when}."

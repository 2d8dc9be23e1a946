"""A sentence that says which of two dated events of the article came first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations

from perturbations.affairs import drawn_affairs
from perturbations.dating import MIN_SHIFT, REACHES, day_before, house_forms, is_prose, own_time
from perturbations.defects.rules.order import DatedEvent, dated_events
from perturbations.draw import Draw
from perturbations.naming import capitalised
from perturbations.order_frames import (
    LEADS,
    SMALL_FIRST,
    frames_for,
    in_frame,
    inside,
    is_clause,
    sustained_sentences,
)
from perturbations.proposal import (
    Subject,
)
from perturbations.reading.dates import render
from perturbations.reading.leaning import LEANING
from perturbations.reading.mentions import Reading
from perturbations.reading.orders import same_event, verbs
from perturbations.reading.time_mentions import Tense
from perturbations.text import Ledger
from perturbations.timeline import placed

_SPEAKER = re.compile(r"\b(?:I|me|my|we|us|our)\b")
_SUBORDINATE = re.compile(r"\b(?:who|whom|which|that|when|where|while|if|because|although)\b")
"""Words that open a clause inside the clause, which a date may belong to."""
_MAYBE_VERB = re.compile(r"[a-z]{2}ed\b")
_BELONGING = re.compile(
    r" (?:with|in|at|by|from|against|near) (?:(?!\b(?:to|and|where|as|for|after|before|when|who|"
    r"which|that)\b)[^,.;:()\[\]—–\n])+"
)
"""What belongs to a clause right behind its date: with whom, and where."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A dated event, and the clause that restates it, as it stands inside a sentence."""

    event: DatedEvent
    clause: str


class Chronology:
    """Adds, at the end of the body, which of two dated events of the article came first.

    Where the article has no two that can be told side by side, two invented affairs are told.
    """

    name = "chronology"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds it; none where the article says so itself, and dates bear it out.

        Raises:
            NotApplicable: the article's day is unknown.
        """
        reading = subject.reading
        if sustained_sentences(reading):
            return Ledger()
        own_time(reading)
        pairs = list(_pairs(reading))
        if pairs:
            early, late = draw.choice(pairs)
            return Ledger.of(placed(_ordered(early.clause, late.clause, draw), reading))
        return Ledger.of(placed(_affairs(reading, draw), reading))


def _ordered(early: str, late: str, draw: Draw) -> str:
    """The sentence that says which of two clauses came first, in a drawn form."""
    frame = draw.choice(frames_for(early, late))
    return capitalised(draw.choice(LEADS) + in_frame(frame, early, late))


def _affairs(reading: Reading, draw: Draw) -> str:
    """Two dated affairs, and which of them came first."""
    label, affairs = drawn_affairs(draw, 2)
    early, late = (affair.told(Tense.PAST) for affair in affairs)
    last = day_before(reading, draw)
    first = last - timedelta(days=MIN_SHIFT + draw.below(draw.choice(REACHES)))
    form = draw.choice(house_forms(reading, draw))
    notes = draw.shuffled(
        [f"{early} on {render(form, first)}.", f"{late} on {render(form, last)}."]
    )
    gap = draw.choice((" ", "\n\n"))
    order = _ordered(inside(early), inside(late), draw)
    return f"{label}{' '.join(notes)}{gap}{order}"


def _pairs(reading: Reading) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of events that can be told side by side, the earlier first."""
    events = dated_events(reading)
    told = [one for event in events if (one := _told(event, events, reading)) is not None]
    for early, late in permutations(told, 2):
        if early.event.before(late.event) and not same_event(early.clause, late.clause):
            yield early, late


def _told(event: DatedEvent, events: list[DatedEvent], reading: Reading) -> _Told | None:
    """The event's clause without its date, if it can stand beside another and names it alone."""
    segment = event.segment
    sentence = reading.layout.sentence_at(segment.start)
    if sentence is None or sentence.start != segment.start or not is_prose(segment, reading):
        return None
    clause = _restated(event)
    if clause is None or not is_clause(clause) or clause.count(",") > 1:
        return None
    first, second = clause.split()[:2]
    if first.casefold() in LEANING or _SPEAKER.search(clause) or _SUBORDINATE.search(clause):
        return None
    if not _begins_plainly(first, second, reading):
        return None
    same = [other for other in events if same_event(clause, other.words)]
    return _Told(event, inside(clause)) if same == [event] else None


def _restated(event: DatedEvent) -> str | None:
    """The clause without its date: up to the date, and what belongs to it right behind.

    Behind a date at its start it is the whole rest, where no comma cuts that.
    """
    segment, phrase, verb = event.segment, event.clause.phrase, event.clause.verb
    ahead = segment.text[: verb.start - segment.start].rstrip()
    if ahead.endswith(",") or verbs(ahead) or _MAYBE_VERB.search(ahead):
        return None  # a participle behind its noun: "the treaty, signed on"
    at = phrase.start - segment.start
    before, behind = segment.text[:at].rstrip(" ,"), segment.text[at + len(phrase.text) :]
    if verb.start > phrase.start:
        rest = behind.strip(" ,").removesuffix(".")
        lone = not before and behind.rstrip().endswith(".") and "," not in rest
        return capitalised(rest) if lone else None
    more = _BELONGING.match(behind)
    return before + more.group().rstrip(" ,.") if more else before


def _begins_plainly(first: str, second: str, reading: Reading) -> bool:
    """Whether it is sure how the first word is written inside a sentence."""
    if first.casefold() in SMALL_FIRST or (second[:1].isupper() and first[:1].isupper()):
        return True
    # A name stands with its capital inside other sentences, too.
    return re.search(rf"[a-z,] {re.escape(first)}\b", reading.text) is not None

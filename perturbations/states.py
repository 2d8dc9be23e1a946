"""Defects about states of the world: what is told as so, as over or as to come on the wrong day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from perturbations.background import (
    ASKED,
    WHEN_FRAMES,
    Background,
    Question,
    askable,
    framed,
)
from perturbations.defects import EvidenceKind, Rule, Scope
from perturbations.defects.rules.states import evidence, explain, is_false, type_of, witness_of
from perturbations.draw import Draw
from perturbations.knowledge import Truth
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.state_mentions import StateMention
from perturbations.text import Ledger, Span
from perturbations.turns import NEAR, REACH, Event, near

_CLOSING = frozenset(",.;:)")


class StaleState:
    """Tells an event that has come as still to come, or one still to come as having come.

    "Sweden, which has yet to join NATO" in 2025; "Sweden, a NATO member" in 2022; and so for what
    has ended. The control tells it as it stood, in other words.
    """

    name: ClassVar[str] = "dates.stale_state"
    type: ClassVar[str] = "stale_state"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the same state as it stood on that day, in other words"
    preparation: ClassVar[Preparation | None] = Background()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per mention, in drawn order.

        Raises:
            NotApplicable: the article's time is unknown, or it speaks of no event near its day.
        """
        found = _tellings(subject)
        if not found:
            raise NotApplicable("no state of the world that turned near the article's day")
        for mention, event, come in draw.shuffled(found):
            wrong = _others(mention, event, subject, still_open=come)
            right = _others(mention, event, subject, still_open=not come)
            if wrong and right:
                edits = draw.choice(wrong), draw.choice(right)
                yield _proposal(mention, event, edits, subject, still_open=come, note=self.control)


class StaleConditional:
    """Asks what happens if something comes that had come by then.

    The control asks the same of something that was still open on that day. Each question serves in
    both: before its event in controls, after it in variants.
    """

    name: ClassVar[str] = "dates.conditional"
    type: ClassVar[str] = "stale_conditional"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL, Rule.PATTERN)
    control: ClassVar[str] = "the same clause about something that was still open"
    preparation: ClassVar[Preparation | None] = Question()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals for each question that the article asks, in drawn order.

        Raises:
            NotApplicable: the article's time is unknown, it asks no question that can be exchanged,
                or none near its day was settled and another open.
        """
        reading, knowledge = subject.reading, subject.knowledge
        if reading.as_of is None:
            raise NotApplicable("the article's time is unknown")
        asked = [m for m in reading.states if m.hypothetical and _in_frame(m, subject, ASKED)]
        if not asked:
            raise NotApplicable("no question what happens if something comes")
        around = [(e, come) for e, come in near(reading.as_of, knowledge, NEAR) if askable(e)]
        for mention in asked:
            settled = [event for event, come in around if come]
            still = [e for e, come in around if not come and not e.mention(mention)]
            if not settled or not still:
                continue
            for event in draw.shuffled(settled):
                yield self._exchanged(mention, event, draw.choice(still), subject, draw)

    def _exchanged(
        self, mention: StateMention, wrong: Event, right: Event, subject: Subject, draw: Draw
    ) -> Proposal:
        form = draw.below(len(wrong.questions("x")))
        edits = tuple(
            (mention.span, event.questions(draw.choice(event.turn.who))[form])
            for event in (wrong, right)
        )
        return _proposal(mention, wrong, edits, subject, still_open=True, note=self.control)


def _tellings(subject: Subject) -> list[tuple[StateMention, Event, bool]]:
    """True mentions of what an event near the article's day turned round, with that event."""
    reading, knowledge = subject.reading, subject.knowledge
    if reading.as_of is None:
        raise NotApplicable("the article's time is unknown")
    around = near(reading.as_of, knowledge, REACH)
    return [
        (mention, event, come)
        for mention in reading.states
        if not mention.hypothetical and is_false(mention, reading, knowledge) is Truth.FAILS
        for event, come in around
        if event.mention(mention)
    ]


def _others(
    mention: StateMention, event: Event, subject: Subject, *, still_open: bool
) -> list[tuple[Span, str]]:
    """Edits that tell the event as open, or as come, in words that do not stand there yet."""
    text, span = subject.reading.text, mention.span
    if _in_frame(mention, subject, WHEN_FRAMES):
        written = [c for who in event.turn.who for c in event.clauses(who, still_open=still_open)]
        return [(span, words) for words in written if words != span.text]
    who, comma, rest = span.text.partition(", ")
    behind = text[span.end : span.end + 1]
    if not comma or behind not in _CLOSING:
        return []
    place = Span.of(text, span.end - len(rest), span.end)
    written = [
        phrase.removeprefix(f"{who}, ") for phrase in event.phrases(who, still_open=still_open)
    ]
    return [(place, words) for words in written if words != rest]


def _in_frame(mention: StateMention, subject: Subject, frames: tuple[str, ...]) -> bool:
    sentence = subject.reading.layout.sentence_at(mention.span.start)
    return sentence is not None and framed(sentence.text, mention.span.text, frames)


def _proposal(
    mention: StateMention,
    event: Event,
    edits: tuple[tuple[Span, str], ...],
    subject: Subject,
    *,
    still_open: bool,
    note: str,
) -> Proposal:
    """The proposal that writes the first edit in the variant and the second in the control."""
    reading = subject.reading
    ledgers: list[Ledger] = []
    for place, words in edits:
        revision = Revision(reading.text)
        revision.replace(place, words)
        ledgers.append(revision.ledger())
    variant = ledgers[0]
    claim = Span.of(variant.apply(reading.text), *_moved(mention.span, variant))
    state, member, organisation = event.key
    told = replace(
        mention,
        span=claim,
        says=event.says(still_open=still_open),
        state=state,
        member=member,
        organisation=organisation,
    )
    found = defect(
        type_of(told),
        [claim],
        evidence(told, reading, subject.knowledge),
        explain(told, reading, subject.knowledge),
        witness_of(told, claim, reading),
        scope=Scope.GLOBAL,
        kind=EvidenceKind.WORLD,
    )
    return Proposal(variant, (found,), Control(ledgers[1], note))


def _moved(span: Span, ledger: Ledger) -> tuple[int, int]:
    place = ledger.forward(span.start, span.end)
    if place is None:
        raise NotApplicable("an edit cuts through the claim")
    return place

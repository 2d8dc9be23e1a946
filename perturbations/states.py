"""Defects about states of the world: what is told as so, as over or as to come on the wrong day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from perturbations.background import ASKED, WHEN_FRAMES, Background, Question, framed
from perturbations.defects import EvidenceKind, Rule, Scope
from perturbations.defects.rules.states import evidence, explain, is_false, type_of, witness_of
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, Truth
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Subject,
    defect,
)
from perturbations.prospects import CLAUSES, COUNTRIES, ORGANISATIONS, Cell, blocks, drawn
from perturbations.reading.state_mentions import StateMention
from perturbations.text import Edit, Ledger, Span
from perturbations.turns import Event, near

_CLOSING = frozenset(",.;:)")
ATTEMPTS = 3
"""Exchanges that are drawn for one question."""


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
                state, member, organisation = event.key
                claimed = replace(
                    mention,
                    says=event.says(still_open=come),
                    state=state,
                    member=member,
                    organisation=organisation,
                )
                yield _proposal(mention, claimed, edits, subject, note=self.control)


class StaleConditional:
    """Asks what happens if a country joins what it had joined by then.

    The control asks about an accession that was open on that day. Two countries and two
    organisations are crossed, so that each name stands as often in variants as in controls.
    """

    name: ClassVar[str] = "dates.conditional"
    type: ClassVar[str] = "stale_conditional"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL, Rule.PATTERN)
    control: ClassVar[str] = "the same clause about an accession that was still open"
    preparation: ClassVar[Preparation | None] = Question()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals for each such question of the article, in drawn order.

        Raises:
            NotApplicable: the article's time is unknown, or it asks no question of this form.
        """
        reading, knowledge = subject.reading, subject.knowledge
        if reading.as_of is None:
            raise NotApplicable("the article's time is unknown")
        asked = [m for m in reading.states if m.hypothetical and _in_frame(m, subject, ASKED)]
        if not asked:
            raise NotApplicable("no question what happens if a country joins something")
        found = blocks(reading.as_of, reading, knowledge)
        for mention in asked:
            here = _cell_of(mention, knowledge)
            around = [block for block in found if here is not None and block.beside(here)]
            if here is None or not around:
                continue
            for _ in range(ATTEMPTS):
                block, form = drawn(around, draw), draw.below(len(CLAUSES))
                right = block.beside(here)
                if right is not None:
                    yield self._exchanged(mention, (draw.choice(block.come), right), form, subject)

    def _exchanged(
        self, mention: StateMention, cells: tuple[Cell, Cell], form: int, subject: Subject
    ) -> Proposal:
        wrong, right = cells
        claimed = replace(
            mention, state=None, member=wrong.country.id, organisation=wrong.organisation.id
        )
        edits = (mention.span, wrong.clause(form)), (mention.span, right.clause(form))
        return _proposal(mention, claimed, edits, subject, note=self.control)


def _cell_of(mention: StateMention, knowledge: Knowledge) -> Cell | None:
    """The accession that a mention supposes, as far as it is one between the listed countries."""
    for country in COUNTRIES:
        for organisation in ORGANISATIONS:
            if country in knowledge.countries and organisation in knowledge.organisations:
                cell = Cell(knowledge.countries[country], knowledge.organisations[organisation])
                if any(cell.clause(k) == mention.span.text for k in range(len(CLAUSES))):
                    return cell
    return None


def _tellings(subject: Subject) -> list[tuple[StateMention, Event, bool]]:
    """True mentions of what an event near the article's day turned round, with that event."""
    reading, knowledge = subject.reading, subject.knowledge
    if reading.as_of is None:
        raise NotApplicable("the article's time is unknown")
    around = near(reading.as_of, knowledge)
    return [
        (mention, event, come)
        for mention in reading.states
        if not mention.hypothetical and is_false(mention, reading, knowledge) is Truth.FAILS
        for event, come in around
        if event.is_of(mention)
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
    claimed: StateMention,
    edits: tuple[tuple[Span, str], tuple[Span, str]],
    subject: Subject,
    *,
    note: str,
) -> Proposal:
    """The proposal that writes the first edit in the variant and the second in the control.

    `claimed` is the mention with what the variant's words say.
    """
    reading = subject.reading
    variant, control = (Ledger.of(Edit.replace(place, words)) for place, words in edits)
    claim = Span.of(variant.apply(reading.text), *_moved(mention.span, variant))
    told = replace(claimed, span=claim)
    found = defect(
        type_of(told),
        [claim],
        evidence(told, reading, subject.knowledge),
        explain(told, reading, subject.knowledge),
        witness_of(told, claim, reading),
        scope=Scope.GLOBAL,
        kind=EvidenceKind.WORLD,
    )
    return Proposal(variant, (found,), Control(control, note))


def _moved(span: Span, ledger: Ledger) -> tuple[int, int]:
    place = ledger.forward(span.start, span.end)
    if place is None:
        raise NotApplicable("an edit cuts through the claim")
    return place

"""Defects about who is meant: somebody else's name in a chain, a pronoun of the wrong person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Literal

from perturbations.cells import Cell
from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.incumbents import peers
from perturbations.person_boxes import OfficeBox, OfficeLine, WhoBox, annotated_in_body, since
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.protagonists import FORMS, Change, Pair, changes, crossed, holder_of
from perturbations.reading.boxes import OFFICE_LINES, office_boxes
from perturbations.reading.frames import restatements
from perturbations.reading.mentions import PersonMention
from perturbations.text import Span


class Mention:
    """Names somebody else in one of two mentions of one person.

    Two people and two mentions are crossed: the variant has the other one in this mention alone, or
    everywhere but there; the control in neither, or throughout.
    """

    name: ClassVar[str] = "leaders.mention"
    type: ClassVar[str] = "mention_swap"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the same person in another form, or the other one throughout"
    preparation: ClassVar[Preparation | None] = WhoBox()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals for each pair of mentions and end that changes, in drawn order.

        Raises:
            NotApplicable: nothing ties two mentions of one person in the body.
        """
        pairs = list(_tied(subject))
        if not pairs:
            raise NotApplicable("nothing ties two mentions of one person in the body")
        for pair in draw.shuffled(pairs):
            try:
                for change in changes(pair, subject, draw):
                    if change.elsewhere is not None:
                        yield self._proposal(pair, change, crossed(change, pair, subject, draw))
            except NotApplicable:
                continue  # another mention may be written where this one can't

    def _proposal(self, pair: Pair, change: Change, variant: Revision) -> Proposal:
        claim, against = variant.moved(pair.moving), variant.moved(pair.staying)
        found = defect(
            self.type,
            [claim],
            [Evidence("other mention", span=against)],
            f"Of one person, one mention says {claim.text} and another {against.text}.",
            Witness(
                Rule.SLOT,
                claim=(claim,),
                against=(against,),
                expect={"type": "person", "basis": pair.basis, "slot": pair.slot},
            ),
            scope=Scope.GLOBAL,
            kind=EvidenceKind.INTERNAL,
        )
        return Proposal(variant.ledger(), (found,), Control(change.control, change.note))


def _tied(subject: Subject) -> Iterator[Pair]:
    """Two mentions of one person in the body, each once as the one that moves."""
    for slot, mentions in annotated_in_body(subject):
        yield Pair(mentions[0], mentions[-1], "annotated", slot)
        yield Pair(mentions[-1], mentions[0], "annotated", slot)
    for again in restatements(subject.reading):
        if again.frame == "who":
            yield Pair(again.restated, again.mention, "constructed", "who")
            yield Pair(again.mention, again.restated, "constructed", "who")


class PronounOf:
    """Gives a leader a pronoun of the other gender, in a line that nobody else can be meant in.

    Two leaders, a man and a woman, and two pronouns give four cells, two of them true. Variants
    are drawn from the false ones and controls from the true ones, all written in one form.
    """

    name: ClassVar[str] = "leaders.pronoun"
    type: ClassVar[str] = "mention_swap"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "person and pronoun of one gender, in the same form"
    preparation: ClassVar[Preparation | None] = OfficeBox()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each office box, in drawn order.

        Raises:
            NotApplicable: no box says since when somebody holds an office.
        """
        boxes = list(office_boxes(subject.reading))
        if not boxes:
            raise NotApplicable("no box says since when somebody holds an office")
        proposals = [p for box in boxes if (p := self._crossed(*box, subject, draw)) is not None]
        if not proposals:
            raise NotApplicable("no leader of the other gender could stand in the box")
        yield from draw.shuffled(proposals)

    def _crossed(
        self, pronoun: Span, mention: PersonMention, subject: Subject, draw: Draw
    ) -> Proposal | None:
        claim, knowledge = holder_of(mention, subject), subject.knowledge
        if claim is None:
            return None
        # Peers are of one gender: these are of somebody like the holder in all but that.
        turned = replace(claim.person, gender=_OTHER[claim.person.gender])
        others = [
            Cell(person, office)
            for person, office in peers(replace(claim, person=turned), subject, prominent=False)
            if since(Cell(person, office), knowledge)
        ]
        text = subject.reading.text
        end = text.find("\n", pronoun.end)
        end = len(text) if end < 0 else end
        box = Span.of(text, text.rfind("\n", 0, mention.span.start) + 1, end)
        lines = [OfficeLine(form, said) for form in FORMS[:2] for said in OFFICE_LINES]
        cell = Cell(claim.person, claim.office)
        lines = [line for line in lines if line.written(cell, None, knowledge) != box.text]
        if not others:
            return None
        line, other = draw.choice(lines), draw.choice(others)
        wrong, right = draw.choice([cell, other]), draw.choice([cell, other])
        variant = Revision(text)
        variant.replace(box, line.written(wrong, _OTHER[wrong.person.gender], knowledge))
        control = Revision(text)
        control.replace(box, line.written(right, None, knowledge))
        return self._proposal(variant, control)

    def _proposal(self, variant: Revision, control: Revision) -> Proposal:
        written = variant.ledger().outcome(0)
        name, his = _parts(written)
        found = defect(
            self.type,
            [his],
            [Evidence("whom it means", span=name)],
            f"“{his.text}” can only mean {name.text}, and is of the other gender.",
            Witness(
                Rule.SLOT,
                claim=(written,),
                against=(written,),
                expect={"of": "pronoun", "type": "person", "basis": "constructed"},
            ),
            scope=Scope.SENTENCE,
            kind=EvidenceKind.INTERNAL,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), self.control))


_OTHER: dict[str, Literal["m", "f"]] = {"m": "f", "f": "m"}
_PARTS = re.compile(r"(?P<name>.+?) (?:took up|has held) (?P<pronoun>his|her) ")


def _parts(line: Span) -> tuple[Span, Span]:
    """The name and the pronoun of an office box's line."""
    found = _PARTS.match(line.text)
    if found is None:
        raise NotApplicable("the box says it in other words")
    places = found.span("name"), found.span("pronoun")
    one, two = (Span(line.start + a, line.start + b, line.text[a:b]) for a, b in places)
    return one, two

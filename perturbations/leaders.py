"""Defects about office holders: the wrong incumbent, and two people named for one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.incumbents import (
    Claim,
    claims,
    drawn_style,
    first_mention,
    former_claims,
    incumbent_proposal,
    is_aside,
    is_living_predecessor,
    peers,
    replacements,
    rewrite,
    succession,
)
from perturbations.knowledge import Office, Person
from perturbations.naming import Style, is_state, whole
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.protagonists import Pair, other_holder, other_name
from perturbations.reading.frames import restatements
from perturbations.teaser import Teaser, annotated_persons


class OtherHolder:
    """Puts a predecessor or successor into an office, throughout the article.

    The control writes the right holder in the same style; or it names the same predecessor,
    correctly marked as a former holder.
    """

    name: ClassVar[str] = "leaders.other_holder"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the right holder in the same style, or the other one marked as former"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim and replacement, in drawn order.

        Raises:
            NotApplicable: no sitting holder is named with the office in the body.
        """
        for claim in draw.shuffled(claims(subject)):
            for other in draw.shuffled(replacements(claim, subject))[:2]:
                proposal = self._swapped(claim, other, subject, draw)
                if proposal is not None:
                    yield proposal

    def _swapped(
        self, claim: Claim, other: Person, subject: Subject, draw: Draw
    ) -> Proposal | None:
        reading, knowledge = subject.reading, subject.knowledge
        style = drawn_style(claim, subject, draw)
        if style is None:
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        rewrite(claim, other, first_mention(claim, other, style, subject), variant)
        former = draw.chance(0.5) and is_living_predecessor(other, claim, knowledge)
        if former and is_aside(claim, reading):
            note = "the other holder, marked as a former one"
            text = first_mention(claim, other, style, subject, former=True)
            rewrite(claim, other, text, control, untitled=True)
        else:
            note = "the right holder, in the same style"
            control.replace(
                whole(claim.mention, reading.text),
                first_mention(claim, claim.person, style, subject),
            )
        return incumbent_proposal(claim, other, variant, control, note, subject)


class OtherCountry:
    """Gives an office of one country to the holder of the same office elsewhere.

    Either the name is exchanged or the country; the control writes holder and country as they
    were, in the same style.
    """

    name: ClassVar[str] = "leaders.other_country"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "holder and country as they were, in the same style"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim and direction, in drawn order.

        Raises:
            NotApplicable: no sitting holder is named with the office in the body.
        """
        for claim in draw.shuffled(claims(subject)):
            if not is_state(subject.knowledge.countries[claim.office.country]):
                continue
            others = peers(claim.office, claim.person, claim.as_of, subject)
            for other, office in draw.shuffled(others)[:2]:
                style = drawn_style(claim, subject, draw)
                if style is not None:
                    yield self._swapped(claim, other, office, style, subject, draw)

    def _swapped(
        self,
        claim: Claim,
        other: Person,
        office: Office,
        style: Style,
        subject: Subject,
        draw: Draw,
    ) -> Proposal:
        text = subject.reading.text
        variant, control = Revision(text), Revision(text)
        right = first_mention(claim, claim.person, style, subject)
        if draw.chance(0.5):
            rewrite(claim, other, first_mention(claim, other, style, subject), variant)
        else:
            claim = replace(claim, office=office)
            wrong = first_mention(claim, claim.person, style, subject)
            variant.replace(whole(claim.mention, text), wrong)
            other = claim.person
        control.replace(whole(claim.mention, text), right)
        note = "holder and country as they were, in the same style"
        return incumbent_proposal(claim, other, variant, control, note, subject)


class Former:
    """Calls a sitting holder a former one, or a former holder a sitting one.

    A sitting holder's predecessor is named beside, and "former" is given to the one in the variant
    and to the other in the control. For a former holder the word is dropped, or kept.
    """

    name: ClassVar[str] = "leaders.former"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "former said of the predecessor, or kept, in the same words"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim, sitting or former, in drawn order.

        Raises:
            NotApplicable: no holder is named with the office in the body.
        """
        found = [*former_claims(subject)]
        try:
            found += claims(subject)
        except NotApplicable:
            if not found:
                raise
        for claim in draw.shuffled(found):
            style = drawn_style(claim, subject, draw, beside_former=True)
            if style is not None:
                yield from self._turned(claim, style, subject, draw)

    def _turned(
        self, claim: Claim, style: Style, subject: Subject, draw: Draw
    ) -> Iterator[Proposal]:
        text, place = subject.reading.text, whole(claim.mention, subject.reading.text)
        variant, control = Revision(text), Revision(text)
        former = bool(claim.mention.modifiers)
        wrong = first_mention(claim, claim.person, style, subject, former=not former)
        right = first_mention(claim, claim.person, style, subject, former=former)
        note = "the same holder with the right status, in the same style"
        length = len(wrong)
        if not former:
            phrase = succession(claim, subject, draw)
            if phrase is None:
                return
            # The same words on both sides: only where "former" stands tells them apart.
            wrong, right = wrong + phrase.sitting, right + phrase.former
            note = "former said of the predecessor, in the same words"
        variant.replace(place, wrong)
        control.replace(place, right)
        if control.edits:
            yield incumbent_proposal(
                claim, claim.person, variant, control, note, subject, length=length
            )


class Protagonist:
    """Names somebody else in the headline, or where the body repeats it, for the same act.

    The control writes the same person in the form that the variant uses.
    """

    name: ClassVar[str] = "leaders.protagonist"
    type: ClassVar[str] = "protagonist_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the same person in another form"
    preparation: ClassVar[Preparation | None] = Teaser()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per pair of mentions and end that changes, in drawn order.

        Raises:
            NotApplicable: nobody is named both in the headline and for the same act in the body.
        """
        reading = subject.reading
        ends = []
        for slot, mentions in annotated_persons(subject):
            ends.append(Pair(mentions[0], mentions[-1], "annotated", slot))
        for again in restatements(reading):
            if again.frame == "headline":
                ends.append(Pair(again.restated, again.mention, "constructed", "headline"))
                ends.append(Pair(again.mention, again.restated, "constructed", "headline"))
        if not ends:
            raise NotApplicable("nobody is named for one act in headline and body")
        for pair in draw.shuffled(ends):
            change = other_holder(pair, subject, draw) or other_name(pair, subject, draw)
            if change is not None:
                yield self._swapped(pair, *change, subject)

    def _swapped(self, pair: Pair, wrong: str, right: str, subject: Subject) -> Proposal:
        text = subject.reading.text
        variant, control = Revision(text), Revision(text)
        variant.replace(pair.moving, wrong)
        control.replace(pair.moving, right)
        claim, against = variant.ledger().outcome(0), variant.moved(pair.staying)
        in_headline = pair.moving.end <= len(subject.reading.article.title)
        here, there = ("the headline", "the body") if in_headline else ("the body", "the headline")
        found = defect(
            self.type,
            [claim],
            [Evidence("body" if in_headline else "headline", span=against)],
            f"For one act {here} names {claim.text}, and {there} {against.text}.",
            Witness(
                Rule.SLOT,
                claim=(claim,),
                against=(against,),
                expect={"type": "person", "basis": pair.basis, "slot": pair.slot},
            ),
            scope=Scope.GLOBAL,
            kind=EvidenceKind.METADATA,
        )
        note = "the same person in another form"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

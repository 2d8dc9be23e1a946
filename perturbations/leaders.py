"""Defects about office holders: the wrong incumbent, and two people named for one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from perturbations.cells import Cell, drawn_style, proposal_of, swapped_proposal
from perturbations.claims import Claim, claims, former_claims, may_be_former
from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.exchange import can_be_exchanged
from perturbations.incumbents import (
    SUCCESSOR_SHARE,
    UNCROSSED_SHARE,
    drawn_peers,
    exclude_each_other,
    least_named_first,
    predecessors,
    sitting_holder,
    successors,
    times_named,
)
from perturbations.knowledge import Person
from perturbations.naming import is_state
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.protagonists import Change, Pair, changes
from perturbations.reading.frames import restatements
from perturbations.teaser import Teaser, annotated_persons


class OtherHolder:
    """Puts a predecessor or successor into an office, throughout the article.

    The control names the right holder in the same style; or, where a former holder could stand
    as well, the predecessor, marked as a former one.
    """

    name: ClassVar[str] = "leaders.other_holder"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the right holder, or the other one marked as former, in one style"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim, in drawn order.

        Raises:
            NotApplicable: nobody is named by office, or nobody else held it in those years.
        """
        found = _crossings(subject, draw)
        for claim in claims(subject, required=not found):
            if not any(claim.mention is crossing.claim.mention for crossing in found):
                found.append(_Crossing(claim, claim.person, None))
        for crossing in _least_named_first(found, draw):
            claim, before = crossing.claim, crossing.before
            if before is None and not draw.chance(UNCROSSED_SHARE):
                continue  # an office has few other holders, and none of them is right there
            style = drawn_style(claim, subject, draw, beside_former=before is not None)
            later = [] if claim.former else successors(claim, subject)
            earlier = [before] if before else predecessors(claim, subject, living=False)
            choices = later if later and draw.chance(SUCCESSOR_SHARE) else earlier or later
            if style is not None and choices:
                cells = Cell(draw.choice(choices), claim.office), draw.choice(crossing.true_cells)
                yield proposal_of(claim, cells, style, self.control, subject)


class Former:
    """Calls a sitting holder a former one, throughout the article.

    The control names the right holder in the same style, or a predecessor as a former one.
    """

    name: ClassVar[str] = "leaders.former"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the right holder, or the other one marked as former, in one style"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim, in drawn order.

        Raises:
            NotApplicable: nobody is named by office where a former holder could stand as well.
        """
        found = [crossing for crossing in _crossings(subject, draw) if crossing.sitting]
        if not found:
            claims(subject)
            raise NotApplicable("only the office's holder could stand where one is named")
        for crossing in _least_named_first(found, draw):
            claim, sitting = crossing.claim, crossing.sitting
            style = drawn_style(claim, subject, draw, beside_former=True)
            if style is not None and sitting is not None:
                wrong = Cell(sitting, claim.office, former=True)
                cells = wrong, draw.choice(crossing.true_cells)
                yield proposal_of(claim, cells, style, self.control, subject)


class OtherCountry:
    """Gives an office of one country to the holder of the same office elsewhere.

    Either name or country is exchanged, throughout the article; the control exchanges neither, in
    the same style, or both, where nothing else in the article speaks of the country. Two holders
    whom the article names change names with each other, so that every word stands on both sides;
    or the one who is named less is given the other's office.
    """

    name: ClassVar[str] = "leaders.other_country"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "name and country exchanged together, or neither, in the same style"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim and direction, in drawn order.

        Raises:
            NotApplicable: no sitting holder is named with the office in the body.
        """
        found = least_named_first(claims(subject), draw)
        first, second = draw.shuffled([self._swaps, self._neighbours])
        yield from first(found, subject, draw)
        yield from second(found, subject, draw)
        for claim in found:
            country = subject.knowledge.countries[claim.office.country]
            if not is_state(country):
                continue
            both = can_be_exchanged(claim, country, subject.reading)
            if not both and not draw.chance(UNCROSSED_SHARE):
                continue
            for other, office in drawn_peers(claim, subject, draw)[:2]:
                style = drawn_style(claim, subject, draw, also=office)
                if style is None:
                    continue
                wrong = [Cell(other, claim.office), Cell(claim.person, office)]
                right = [Cell(claim.person, claim.office)] + [Cell(other, office)] * both
                cells = draw.choice(wrong), draw.choice(right)
                try:
                    proposal = proposal_of(claim, cells, style, self.control, subject)
                except NotApplicable:
                    continue  # another country may be written where this one can't
                yield proposal

    def _swaps(self, found: list[Claim], subject: Subject, draw: Draw) -> Iterator[Proposal]:
        pairs = [pair for pair in combinations(found, 2) if exclude_each_other(*pair, subject)]
        for pair in draw.shuffled(pairs)[:2]:
            one, two = (drawn_style(claim, subject, draw) for claim in pair)
            if one is not None and two is not None:
                yield swapped_proposal(pair, (one, two), self.control, subject)

    def _neighbours(self, found: list[Claim], subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Gives a holder the office that is another's in the same article."""
        pairs = [(c, o) for c in found for o in found if exclude_each_other(c, o, subject)]
        for claim, other in sorted(pairs, key=lambda p: times_named(p[0]) - times_named(p[1]))[:2]:
            style = drawn_style(claim, subject, draw, also=other.office)
            if style is not None:
                cells = Cell(claim.person, other.office), Cell(claim.person, claim.office)
                try:
                    proposal = proposal_of(claim, cells, style, self.control, subject)
                except NotApplicable:
                    continue
                yield proposal


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A claim with the sitting holder (None: unsure) and a former one who could stand there."""

    claim: Claim
    sitting: Person | None
    before: Person | None

    @property
    def true_cells(self) -> list[Cell]:
        """What a control may say."""
        office = self.claim.office
        cells = [Cell(self.before, office, former=True)] if self.before else []
        return [*cells, Cell(self.sitting, office)] if self.sitting else cells


def _least_named_first(found: list[_Crossing], draw: Draw) -> list[_Crossing]:
    """Crossings in the order of their claims; those with a former holder in front."""
    ordered = least_named_first((crossing.claim for crossing in found), draw)
    place = {id(claim): number for number, claim in enumerate(ordered)}
    return sorted(found, key=lambda c: (c.before is None, place[id(c.claim)]))


def _crossings(subject: Subject, draw: Draw) -> list[_Crossing]:
    """Claims where holder and former holder can be exchanged, so that all four cells occur."""
    found = [
        _Crossing(claim, sitting_holder(claim, subject), claim.person)
        for claim in former_claims(subject)
    ]
    for claim in claims(subject, required=False):
        before = predecessors(claim, subject) if may_be_former(claim, subject.reading) else []
        if before:
            found.append(_Crossing(claim, claim.person, draw.choice(before)))
    return found


class Protagonist:
    """Names somebody else in the headline, or where the body repeats it, for the same act.

    The control writes the same person in the form that the variant uses, or names the other
    person throughout the article.
    """

    name: ClassVar[str] = "leaders.protagonist"
    type: ClassVar[str] = "protagonist_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the same person in another form, or the other one throughout"
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
            for change in changes(pair, subject, draw):
                yield self._proposal(pair, change, subject)

    def _proposal(self, pair: Pair, change: Change, subject: Subject) -> Proposal:
        text = subject.reading.text
        variant = Revision(text)
        variant.replace(pair.moving, change.wrong)
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
        return Proposal(variant.ledger(), (found,), Control(change.control, change.note))

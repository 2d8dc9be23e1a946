"""Defects about what people are: offices that stand apart from the name, roles never theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from perturbations.bound_offices import Crossing, bound_proposal, crossings, in_full
from perturbations.cells import Cell
from perturbations.claims import can_follow
from perturbations.defects import Rule
from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Preparation, Proposal, Subject
from perturbations.role_cells import RoleCrossing, led, role_crossings, role_proposal, titled_as

_NOBODY = "nobody can be named in a holder's place, nor any other office be theirs"
_APART = "name and office apart in one manner, both of the holder, or of the other one throughout"


class OfficeMention:
    """Writes name and office of a holder apart, once, and gives the person another office there.

    "Kishida, the Canadian prime minister, ..." in an article about the prime minister of Japan.
    The control writes both apart in the same manner, and true.
    """

    name: ClassVar[str] = "leaders.office_mention"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = _APART
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per holder and other office, in drawn order.

        Raises:
            NotApplicable: nobody surely holds an office, or nobody can be written so.
        """
        found = False
        for crossing in crossings(subject, draw):
            own, other = crossing.own, crossing.other
            story, office = (own, other.office)
            if crossing.both and draw.chance(0.5):
                story, office = other, own.office
            wrong = story, Cell(story.person, office)
            right = draw.choice(crossing.truths)
            try:
                proposal = bound_proposal(crossing, wrong, right, self.control, subject, draw)
            except NotApplicable:
                continue  # this one has a form that the other can't take; the next may
            found = True
            yield proposal
        if not found:
            raise NotApplicable(_NOBODY)


class NameMention:
    """Names somebody else wherever a holder is named, while their office stays, or the reverse.

    Name and office stand apart once ("Suga, the Japanese prime minister, ..."), and each later
    mention by office alone means the wrong person with it. Somebody whom the article names beside
    the holder takes their place in that one mention alone. The control writes both apart, and true.
    """

    name: ClassVar[str] = "leaders.name_mention"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = _APART
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per holder and other person, in drawn order.

        Raises:
            NotApplicable: nobody surely holds an office, or nobody can be written so.
        """
        found = False
        for crossing in crossings(subject, draw):
            own, other = crossing.own, crossing.other
            said = Cell(other.person, own.office)
            if crossing.both and draw.chance(0.5):
                said = Cell(own.person, other.office)
            story = said
            if crossing.nearby:
                story, crossing = own, in_full(crossing)
                if own.person.gender != other.person.gender or _meets_oneself(crossing, subject):
                    continue
            elif not can_follow(crossing.claim, subject.reading):
                continue
            right = draw.choice(crossing.truths)
            try:
                cells = story, said
                proposal = bound_proposal(crossing, cells, right, self.control, subject, draw)
            except NotApplicable:
                continue
            found = True
            yield proposal
        if not found:
            raise NotApplicable(_NOBODY)


def _meets_oneself(crossing: Crossing, subject: Subject) -> bool:
    """Whether the site's sentence names the other one, too: "Biden thanked Joe Biden, the ..."."""
    sentence = subject.reading.layout.sentence_at(crossing.site.place.start)
    return sentence is not None and any(
        sentence.covers(mention.span)
        for mention in subject.reading.people
        if crossing.other.person.id in mention.people
    )


class Role:
    """Gives a holder a title that nobody in their country bears, as a holder elsewhere does.

    "Japanese Chancellor Fumio Kishida". The control writes the person's own title in the same
    style, or names the other one, with title and country, throughout the article.
    """

    name: ClassVar[str] = "leaders.role"
    type: ClassVar[str] = "role_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the person's own title in the same style, or the other one throughout"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per holder and other title, in drawn order.

        Raises:
            NotApplicable: no head of state or government is named by office, or no title is
                surely foreign to their country.
        """
        yield from _proposals(self.control, titled_as, subject, draw)


class Nationality:
    """Makes a head of state or government one of another country.

    "The Italian leader Olaf Scholz", "French Chancellor Olaf Scholz". The control writes the right
    country in the same style, or names the other one throughout the article.
    """

    name: ClassVar[str] = "leaders.nationality"
    type: ClassVar[str] = "role_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the right country in the same style, or the other one throughout"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per holder and other country, in drawn order.

        Raises:
            NotApplicable: no head of state or government is named by office, or no country is
                surely not theirs.
        """
        yield from _proposals(self.control, led, subject, draw)


def _proposals(note: str, cross: RoleCrossing, subject: Subject, draw: Draw) -> Iterator[Proposal]:
    found = False
    for claim, other, both in role_crossings(subject, draw):
        written = cross(claim, other, both, subject, draw)
        if written is None:
            continue
        try:
            proposal = role_proposal(claim, written, note, subject, draw)
        except NotApplicable:
            continue
        found = True
        yield proposal
    if not found:
        raise NotApplicable("no role is surely foreign to the holders who are named by office")

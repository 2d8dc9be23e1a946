"""Defects about who met whom: another counterpart, and a party that meets itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from perturbations.cells import Cell
from perturbations.claims import Claim
from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.encounter_box import EncounterBox
from perturbations.knowledge import Office
from perturbations.naming import adjective, adjust_possessive, clings, is_state, with_article
from perturbations.person_boxes import OfficeLine, since
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.protagonists import FORMS, Change, Pair, changes, crossed, formed, holder_of
from perturbations.reading.accounts import accounts
from perturbations.reading.boxes import OFFICE_LINES, office_boxes
from perturbations.reading.encounter_mentions import Encounter, Party
from perturbations.reading.frames import Restatement, restatements
from perturbations.reading.mentions import Reading
from perturbations.text import Span

_ANCHORED, _CONSTRUCTED, _ANNOTATED = "anchored", "constructed", "annotated"


class Counterpart:
    """Names somebody else as a party of an encounter, in one of the two places that tell of it.

    Two parties and two places are crossed: the variant has the other one in this place alone, or
    everywhere but there; the control in neither, or throughout.
    """

    name: ClassVar[str] = "leaders.counterpart"
    type: ClassVar[str] = "wrong_counterpart"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the same party in another form, or the other one throughout"
    preparation: ClassVar[Preparation | None] = EncounterBox()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals for each place and party, in drawn order.

        Raises:
            NotApplicable: no encounter is told twice.
        """
        # The party whom a source always names first is the same in all of its articles.
        wanted: list[list[Pair]] = [[], []]
        for pair in _told_twice(subject):
            if _ends(pair.moving, subject.reading) and _ends(pair.staying, subject.reading):
                wanted[_is_first(pair.moving, subject.reading)].append(pair)
        lines = list(_exchangeable(subject, draw))
        if not any(wanted) and not lines:
            raise NotApplicable("no encounter of two known people is told twice")
        for again, office, words in draw.shuffled(lines):
            yield self._exchanged(again, office, words, subject)
        for pair in (*draw.shuffled(wanted[0]), *draw.shuffled(wanted[1])):
            try:
                for change in changes(pair, subject, draw):
                    if change.elsewhere is not None:
                        yield self._proposal(pair, change, crossed(change, pair, subject, draw))
            except NotApplicable:
                continue  # another party may be followed through the article

    def _exchanged(
        self, again: Restatement, office: Span, words: _Words, subject: Subject
    ) -> Proposal:
        """Two leaders change places between the line of the parties and the line of an office."""
        sides = []
        for party, line in ((words[0][1], words[1][0]), (words[0][0], words[1][1])):
            sides.append(Revision(subject.reading.text))
            sides[-1].replace(again.mention, party)
            sides[-1].replace(office, line)
        change = Change("", sides[1].ledger(), "the same parties, in other forms")
        pair = Pair(again.mention, again.restated, _CONSTRUCTED, "encounter")
        return self._proposal(pair, change, sides[0])

    def _proposal(self, pair: Pair, change: Change, variant: Revision) -> Proposal:
        claim, against = variant.moved(pair.moving), variant.moved(pair.staying)
        expect = {"type": "person", "basis": pair.basis, "slot": pair.slot}
        if pair.basis == _ANCHORED:
            expect |= {"of": "counterpart", "type": "party"}
        found = defect(
            self.type,
            [claim],
            [Evidence("other account", span=against)],
            f"Of one encounter, one account names {claim.text} and the other {against.text}.",
            Witness(Rule.SLOT, claim=(claim,), against=(against,), expect=expect),
            scope=Scope.GLOBAL,
            kind=EvidenceKind.INTERNAL,
        )
        return Proposal(variant.ledger(), (found,), Control(change.control, change.note))


_Words = tuple[tuple[str, str], tuple[str, str]]
"""How party and other leader are written as a party, and in the line of an office."""


def _exchangeable(subject: Subject, draw: Draw) -> Iterator[tuple[Restatement, Span, _Words]]:
    """A party in a box, the line below on another leader's office, and both in both places."""
    reading, knowledge = subject.reading, subject.knowledge
    for pronoun, mention in office_boxes(reading):
        text = reading.text
        end = text.find("\n", pronoun.end)
        office = Span.of(text, mention.span.start, len(text) if end < 0 else end)
        other = holder_of(mention, subject)
        for again in restatements(reading):
            inside = [m for m in reading.people if again.mention.covers(m.span)]
            party = holder_of(inside[0], subject) if again.frame == "encounter" and inside else None
            # The first party is often the publisher's own leader, who is right in every control.
            if _is_first(again.restated, reading):
                continue
            if other is None or party is None or other.person.gender != party.person.gender:
                continue
            cells = Cell(party.person, party.office), Cell(other.person, other.office)
            form, line = draw.choice(FORMS[:2]), draw.choice(OFFICE_LINES)
            said = OfficeLine(draw.choice(FORMS[:2]), line)
            if all(since(cell, knowledge) for cell in cells):
                parties = formed(form, cells[0], knowledge), formed(form, cells[1], knowledge)
                lines = [said.written(cell, None, knowledge) for cell in cells]
                yield again, office, (parties, (lines[0], lines[1]))


def _told_twice(subject: Subject) -> Iterator[Pair]:
    """Two mentions of one party of one encounter, each once as the one that moves."""
    for slot, kind, mentions in subject.slots:
        if kind == "party" and len(mentions) > 1:
            yield Pair(mentions[0], mentions[-1], _ANNOTATED, slot)
            yield Pair(mentions[-1], mentions[0], _ANNOTATED, slot)
    for head, lede in accounts(subject.reading):
        for one in head.parties:
            for two in lede.parties:
                if _name_one(one, two):
                    yield Pair(one.span, two.span, _ANCHORED, "encounter")
                    yield Pair(two.span, one.span, _ANCHORED, "encounter")


_GOES_ON = re.compile(r" (?:[A-Z]|bin\b|ibn\b|[ae]l-)|-\w")


def _ends(span: Span, reading: Reading) -> bool:
    """Whether a name ends where its mention does: not "Amir Sheikh Tamim" before "bin Hamad"."""
    goes_on = _GOES_ON.match(reading.text, span.end)
    return goes_on is None or span.end <= len(reading.article.title)


def _is_first(span: Span, reading: Reading) -> bool:
    """Whether a span is the first party of an encounter."""
    return any(span.overlaps(encounter.parties[0].span) for encounter in reading.encounters)


def _name_one(one: Party, two: Party) -> bool:
    people = [party.person.person for party in (one, two) if party.person is not None]
    return len(people) == 2 and people[0] is not None and people[0] == people[1]


class SelfMeeting:
    """Puts one party of an encounter into both places.

    Two parties and two places give four cells: each party may stand in both (variants), or each in
    one, in this order or the other, where the verb lets them change places (controls). All four
    are written in the same forms.
    """

    name: ClassVar[str] = "leaders.self_meeting"
    type: ClassVar[str] = "wrong_counterpart"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "both parties in other forms, or in the other order"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each encounter, in drawn order.

        Raises:
            NotApplicable: no encounter of two parties that can be written anew.
        """
        frames = [
            frame
            for encounter in subject.reading.encounters
            if not (encounter.more or encounter.quoted)
            and (frame := _frame(encounter, subject, draw)) is not None
        ]
        if not frames:
            raise NotApplicable("no encounter of two parties that can be written anew")
        for frame in draw.shuffled(frames):
            first, second = draw.choice([(0, 0), (1, 1)])
            orders = [(0, 1), (1, 0)] if frame.can_turn else [(0, 1)]
            control = frame.write(*draw.choice(orders), subject)
            if control.edits:
                yield self._proposal(frame, (first, second), control, subject)

    def _proposal(
        self, frame: _Frame, cell: tuple[int, int], control: Revision, subject: Subject
    ) -> Proposal:
        variant = frame.write(*cell, subject)
        ends = [variant.moved(place) for place in frame.places]
        foreign = 1 if cell == (0, 0) else 0
        claim, against = ends[foreign], ends[1 - foreign]
        found = defect(
            self.type,
            [claim],
            [Evidence("other party", span=against)],
            f"“{frame.encounter.head.text}” needs two parties; “{ends[0].text}” and "
            f"“{ends[1].text}” are one.",
            Witness(
                Rule.SLOT,
                claim=(claim,),
                against=(against,),
                expect={"of": "self_meeting", "type": "party", "basis": _ANCHORED},
            ),
            scope=Scope.SENTENCE,
            kind=EvidenceKind.INTERNAL,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), self.control))


@dataclass(frozen=True, slots=True)
class _Frame:
    """An encounter and how each party is written in each place: `words[place][party]`."""

    encounter: Encounter
    words: tuple[tuple[str, str], tuple[str, str]]
    places: tuple[Span, Span]
    can_turn: bool
    """Whether the parties can change places and all that is said stays so."""

    def write(self, first: int, second: int, subject: Subject) -> Revision:
        """The edits that put parties `first` and `second` into the two places."""
        revision = Revision(subject.reading.text)
        parties = zip(self.encounter.parties, self.places, (first, second), strict=True)
        for place, (party, span, who) in enumerate(parties):
            words = self.words[place][who]
            revision.replace(span, words)
            if party.person is not None and span.text != words:
                adjust_possessive(party.person, words, revision)
        return revision


def _frame(encounter: Encounter, subject: Subject, draw: Draw) -> _Frame | None:
    one, two = encounter.parties
    if one.country and two.country:
        return _of_countries(encounter, one.country, two.country, subject, draw)
    return _of_people(encounter, subject, draw)


_LEANS = re.compile(r"\b(?:he|she|him|his|her|to|its?|former|latter)\b", re.IGNORECASE)
"""What ties the rest of a sentence to one of the parties, so that they can't change places."""


_POINTS = re.compile(r"\b(?:the|that|this|his|her) (?:country|nation)\b")
"""What needs a country named before it, which most forms leave out."""


def _of_people(encounter: Encounter, subject: Subject, draw: Draw) -> _Frame | None:
    reading, knowledge = subject.reading, subject.knowledge
    holders = []
    for party in encounter.parties:
        claim = _rewritable(party, encounter, subject)
        if claim is None:
            return None
        holders.append(claim)
    if holders[0].person.id == holders[1].person.id:
        return None
    cells = [Cell(claim.person, claim.office) for claim in holders]
    last = encounter.parties[1].person
    # A bare surname is for headlines, and for who has been introduced.
    usable = FORMS if encounter.in_headline else FORMS[:-1]
    forms = [draw.choice(usable), draw.choice(usable)]
    by_office = last is not None and last.possessive is None and not encounter.in_headline
    words = [[formed(form, cell, knowledge) for cell in cells] for form in forms]
    if by_office and draw.chance(_BY_OFFICE) and all(_small(c.office) for c in cells):
        words[1] = [_office_alone(cell.office, subject) for cell in cells]
    sentence = reading.layout.sentence_at(encounter.span.start)
    rest = reading.text[encounter.span.end : sentence.end] if sentence else ""
    if _POINTS.search(rest):
        return None
    return _Frame(
        encounter,
        ((words[0][0], words[0][1]), (words[1][0], words[1][1])),
        (encounter.parties[0].span, encounter.parties[1].span),
        can_turn=encounter.mutual and not _LEANS.search(rest),
    )


_BY_OFFICE = 0.25
"""How often the second party is written by its office alone: the Japanese prime minister."""

_SMALL = frozenset({"president", "prime minister", "vice president", "chancellor", "king", "queen"})


def _small(office: Office) -> bool:
    return office.titles[0].casefold() in _SMALL


def _office_alone(office: Office, subject: Subject) -> str:
    country = subject.knowledge.countries[office.country]
    return f"the {adjective(country)} {office.titles[0].lower()}"


_STYLE = re.compile(r"\b(?:Holiness|Majesty|Highness|Excellency) $")
"""What is said of one party and can't be of the other: His Majesty."""


def _rewritable(party: Party, encounter: Encounter, subject: Subject) -> Claim | None:
    """The party as a sitting holder whose mention can be written in any form."""
    mention, reading = party.person, subject.reading
    between = reading.text[encounter.parties[0].span.end : party.span.start]
    joined = between == " and "  # the frame's own word, to which nothing clings
    if mention is None or mention.shared_title or mention.apposition or mention.capitals:
        return None
    if mention.quoted or mention.in_reference or mention.modifiers:
        return None
    if not joined and clings(party.span, reading.text):
        return None
    if _STYLE.search(reading.text[: party.span.start]) or reading.text.startswith(
        " (", party.span.end
    ):
        return None
    claim = holder_of(mention, subject)
    country = subject.knowledge.countries[claim.office.country] if claim else None
    return claim if country is not None and country.adjectives and is_state(country) else None


def _of_countries(
    encounter: Encounter, one: str, two: str, subject: Subject, draw: Draw
) -> _Frame | None:
    """Both countries as they are written, or by their usual names."""
    if one == two:
        return None
    countries = [subject.knowledge.countries[id] for id in (one, two)]
    places = [_with_the(party.span, subject.reading) for party in encounter.parties]
    written = [place.text for place in places]
    usual = [with_article(country) for country in countries]
    words = [draw.choice([written, usual]) for _ in places]
    return _Frame(
        encounter,
        ((words[0][0], words[0][1]), (words[1][0], words[1][1])),
        (places[0], places[1]),
        can_turn=True,
    )


def _with_the(span: Span, reading: Reading) -> Span:
    """A country with the article before it."""
    start = span.start - len("the ")
    lead = reading.text[max(0, start) : span.start]
    return Span.of(reading.text, start, span.end) if lead == "the " else span

"""Defects about office holders: the wrong incumbent, and two protagonists for one act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.invention import invented_name
from perturbations.knowledge import Knowledge, Office, Person, Truth
from perturbations.naming import (
    Style,
    adjective,
    apostrophe_of,
    capitalised,
    clings,
    is_plain,
    is_state,
    rename,
    starts_sentence,
    styles_for,
    surname_of,
    whole,
    written,
)
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.frames import restatements
from perturbations.reading.mentions import AsOf, PersonForm, PersonMention, Reading
from perturbations.teaser import Teaser, annotated_persons
from perturbations.text import Span

REACH_YEARS = 16
"""How far from the article's day a replacement may have held the office."""

RECENT_YEARS = 8
"""How long ago a former holder who still meets people in the news may have left."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A holder that an article names by office: the mention that proves it, and all others."""

    mention: PersonMention
    chain: tuple[PersonMention, ...]
    person: Person
    office: Office
    as_of: AsOf


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
        if former and not _named_later_by_office(claim):
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
                style = drawn_style(claim, subject, draw, with_country=True)
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

    The control writes the holder in the same style and with the status that is right.
    """

    name: ClassVar[str] = "leaders.former"
    type: ClassVar[str] = "wrong_incumbent"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the right status, in the same style"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per claim, sitting or former, in drawn order.

        Raises:
            NotApplicable: no holder is named with the office in the body.
        """
        found = [*_former_claims(subject)]
        try:
            found += claims(subject)
        except NotApplicable:
            if not found:
                raise
        for claim in draw.shuffled(found):
            style = drawn_style(claim, subject, draw, with_country=True)
            if style is not None:
                yield from self._turned(claim, style, subject, draw)

    def _turned(
        self, claim: Claim, style: Style, subject: Subject, draw: Draw
    ) -> Iterator[Proposal]:
        text, place = subject.reading.text, whole(claim.mention, subject.reading.text)
        was_former = bool(claim.mention.modifiers)
        variant, control = Revision(text), Revision(text)
        wrong = first_mention(claim, claim.person, style, subject, former=not was_former)
        variant.replace(place, wrong)
        others = [
            p
            for p in replacements(claim, subject)
            if is_living_predecessor(p, claim, subject.knowledge)
        ]
        if not was_former and others and draw.chance(0.5) and not _named_later_by_office(claim):
            other = draw.choice(others)
            right = first_mention(claim, other, style, subject, former=True)
            rewrite(claim, other, right, control, untitled=True)
            note = "somebody who is a former holder, in the same style"
        else:
            right = first_mention(claim, claim.person, style, subject, former=was_former)
            control.replace(place, right)
            note = "the same holder with the right status, in the same style"
        if control.edits:
            yield incumbent_proposal(claim, claim.person, variant, control, note, subject)


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
            ends.append(_Pair(mentions[0], mentions[-1], "annotated", slot))
        for again in restatements(reading):
            if again.frame == "headline":
                ends.append(_Pair(again.restated, again.mention, "constructed", "headline"))
                ends.append(_Pair(again.mention, again.restated, "constructed", "headline"))
        if not ends:
            raise NotApplicable("nobody is named for one act in headline and body")
        for pair in draw.shuffled(ends):
            change = _renamed(pair, subject, draw) or _renamed_unknown(pair, subject, draw)
            if change is not None:
                yield self._swapped(pair, *change, subject)

    def _swapped(self, pair: _Pair, wrong: str, right: str, subject: Subject) -> Proposal:
        text = subject.reading.text
        variant, control = Revision(text), Revision(text)
        variant.replace(pair.moving, wrong)
        control.replace(pair.moving, right)
        claim, against = variant.ledger().outcome(0), variant.moved(pair.staying)
        in_headline = pair.moving.end <= len(subject.reading.article.title)
        found = defect(
            self.type,
            [claim],
            [Evidence("body" if in_headline else "headline", span=against)],
            f"One act has two doers: {claim.text} {'in the headline' if in_headline else 'here'}, "
            f"{against.text} {'in the body' if in_headline else 'in the headline'}.",
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


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two mentions of one doer: the one to be changed, and the other."""

    moving: Span
    staying: Span
    basis: str
    slot: str


_FORMS = ("{adjective} {title} {full}", "{title} {full}", "{title} {short}", "{full}", "{short}")
"""How headline and teaser may name a holder."""


def _renamed(pair: _Pair, subject: Subject, draw: Draw) -> tuple[str, str] | None:
    """Another sitting holder and the same person, in one form that the mention has not."""
    reading, knowledge = subject.reading, subject.knowledge
    mention = next((m for m in reading.people if pair.moving.covers(m.span)), None)
    if mention is None or reading.as_of is None or mention.person is None or mention.modifiers:
        return None
    if clings(pair.moving, reading.text):
        return None
    person, own = knowledge.people[mention.person], reading.as_of.last
    if mention.form is PersonForm.OFFICE or (
        mention.possessive and len(mention.possessive.text) < 2
    ):
        return None
    for term in knowledge.offices_of(person.id, own):
        office = knowledge.offices[term.office]
        others = peers(office, person, reading.as_of, subject)
        if not others or not is_state(knowledge.countries[office.country]):
            continue
        other, elsewhere = draw.choice(others)
        for form in draw.shuffled(_FORMS):
            right = _formed(form, person, office, knowledge)
            if right not in (pair.moving.text, mention.span.text):
                return _formed(form, other, elsewhere, knowledge), right
    return None


def _formed(form: str, person: Person, office: Office, knowledge: Knowledge) -> str:
    return form.format(
        adjective=adjective(knowledge.countries[office.country]),
        title=office.titles[0],
        full=person.name,
        short=(person.surnames or (person.surname,))[0],
    )


def _renamed_unknown(pair: _Pair, subject: Subject, draw: Draw) -> tuple[str, str] | None:
    """For somebody in no table: an invented name and their own, as surname or as full name."""
    reading = subject.reading
    known = any(p.overlaps(m.span) for m in reading.people for p in (pair.moving, pair.staying))
    if known or pair.basis != "annotated":
        return None
    surname, other = surname_of(pair.moving.text), surname_of(pair.staying.text)
    invented = invented_name(reading.text, draw)
    if surname == other != pair.moving.text:
        return invented.split()[-1], surname
    whole_name = pair.staying.text.split()
    given = len(whole_name) - len(surname.split()) - 1
    if surname == other and given >= 0:
        return invented, " ".join(whole_name[given:])
    return None


def claims(subject: Subject) -> list[Claim]:
    """Sitting holders that the body names by office, each by its first plain mention.

    Raises:
        NotApplicable: there is none; the message gives the commonest reason.
    """
    reading, knowledge = subject.reading, subject.knowledge
    if reading.as_of is None:
        raise NotApplicable("the article's time is unknown")
    found: list[Claim] = []
    seen: set[int] = set()
    for mention in reading.people:
        if mention.chain in seen or mention.in_headline or not mention.claims_office:
            continue
        if len(mention.offices) != 1 or not is_plain(mention, reading.text):
            continue
        person, office = mention.person or "", mention.offices[0]
        days = reading.as_of.first, reading.as_of.last
        if knowledge.in_office(person, office, *days) is not Truth.HOLDS:
            continue
        seen.add(mention.chain)
        chain = reading.chain(mention.chain)
        if _can_follow(chain, knowledge.people[person], reading):
            found.append(
                Claim(
                    mention,
                    chain,
                    knowledge.people[person],
                    knowledge.offices[office],
                    reading.as_of,
                )
            )
    if not found:
        raise NotApplicable(
            "no sitting holder is named with the office and can be changed throughout"
            if seen
            else "no sitting holder is named with the office in the body"
        )
    return found


def _former_claims(subject: Subject) -> Iterator[Claim]:
    """Mentions of former holders, marked as such, whose mark could be dropped."""
    reading, knowledge = subject.reading, subject.knowledge
    if reading.as_of is None:
        return
    for mention in reading.people:
        words = [m.text.casefold() for m in mention.modifiers]
        ready = mention.form is PersonForm.TITLED and len(mention.offices) == 1 and mention.person
        if words != ["former"] or not ready or mention.quoted or mention.historical:
            continue
        if mention.in_headline or mention.in_reference or not is_plain(mention, reading.text):
            continue
        person, office = mention.person or "", mention.offices[0]
        days = reading.as_of.first, reading.as_of.last
        if knowledge.in_office(person, office, *days) is Truth.FAILS:
            yield Claim(
                mention,
                reading.chain(mention.chain),
                knowledge.people[person],
                knowledge.offices[office],
                reading.as_of,
            )


def _can_follow(chain: Sequence[PersonMention], person: Person, reading: Reading) -> bool:
    """Whether every trace of the person is a mention that can be written anew."""
    if any(m.quoted or m.modifiers or m.in_reference for m in chain):
        return False
    if any(m.title and m.title.text.casefold().endswith("s") for m in chain):
        return False
    rest, at = [], 0
    for mention in sorted(chain, key=lambda m: m.span):
        rest.append(reading.text[at : mention.span.start])
        at = mention.span.end
    rest.append(reading.text[at:])
    names = {person.surname, *person.surnames}
    pattern = re.compile("|".join(rf"\b{re.escape(name)}" for name in names), re.IGNORECASE)
    return not any(pattern.search(piece) for piece in rest)


def replacements(claim: Claim, subject: Subject) -> list[Person]:
    """Other holders of the office, not in it at the article's time, not named in the article."""
    knowledge = subject.knowledge
    days = claim.as_of.first, claim.as_of.last
    named = {person for m in subject.reading.people for person in m.people}
    found: dict[str, Person] = {}
    for term in knowledge.terms_of(office=claim.office.id):
        person = knowledge.people[term.person]
        near = abs(term.start.year - claim.as_of.last.year) <= REACH_YEARS
        if not near or term.acting or person.id in named or not _fits(person, claim):
            continue
        if knowledge.in_office(person.id, claim.office.id, *days) is Truth.FAILS:
            found[person.id] = person
    return list(found.values())


def peers(
    office: Office, person: Person, as_of: AsOf, subject: Subject
) -> list[tuple[Person, Office]]:
    """Sitting holders of an office with the same title in another country."""
    knowledge = subject.knowledge
    named = {p for m in subject.reading.people for p in m.people}
    days = as_of.first, as_of.last
    found = []
    for other in knowledge.offices.values():
        same = other.titles[0] == office.titles[0] and other.role == office.role
        country = knowledge.countries[other.country]
        if not same or other.country == office.country or not is_state(country):
            continue
        for term in knowledge.holders(other.id, as_of.last):
            holder = knowledge.people[term.person]
            if holder.id in named or holder.gender != person.gender or not country.adjectives:
                continue
            if knowledge.in_office(holder.id, other.id, *days) is Truth.HOLDS:
                found.append((holder, other))
    return found


def _fits(person: Person, claim: Claim) -> bool:
    """Whether pronouns stay right, and the two names can't be taken for one another."""
    other, own = person.surname.casefold(), claim.person.surname.casefold()
    return person.gender == claim.person.gender and other not in own and own not in other


def is_living_predecessor(person: Person, claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the person left the office before the article's time, and may still act."""
    if person.died is not None and person.died <= claim.as_of.last:
        return False
    terms = knowledge.terms_of(person=person.id, office=claim.office.id)
    return any(
        term.end is not None
        and term.end < claim.as_of.first
        and claim.as_of.first.year - term.end.year <= RECENT_YEARS
        for term in terms
    )


def _named_later_by_office(claim: Claim) -> bool:
    """Whether the chain goes on by the office alone, which a former holder has not."""
    return any(m.form is PersonForm.OFFICE for m in claim.chain)


def drawn_style(
    claim: Claim, subject: Subject, draw: Draw, *, with_country: bool = False
) -> Style | None:
    """A style for the first mention in which it would read otherwise than it does."""
    found = [
        style
        for style in styles_for(claim.office, subject.knowledge)
        if first_mention(claim, claim.person, style, subject) != claim.mention.span.text
    ]
    return draw.choice(found) if found else None


def first_mention(
    claim: Claim, person: Person, style: Style, subject: Subject, *, former: bool = False
) -> str:
    """Writes the claim's first mention for a person, with "former" where asked for."""
    reading = subject.reading
    if former and style is Style.POSSESSIVE:
        style = Style.OF_COUNTRY
    text = written(
        person, claim.office, style, subject.knowledge, apostrophe=apostrophe_of(reading)
    )
    if former:
        text = f"former {text}"
    place = whole(claim.mention, reading.text)
    return capitalised(text) if starts_sentence(place, reading) else text


def rewrite(
    claim: Claim, other: Person, first: str, revision: Revision, *, untitled: bool = False
) -> None:
    """Lets every mention of the chain name `other`; the claim's own mention becomes `first`.

    With `untitled`, later mentions lose their title, which a former holder does not carry.
    """
    for mention in claim.chain:
        if mention is claim.mention:
            revision.replace(whole(mention, revision.text), first)
            continue
        later = mention.span.start > claim.mention.span.start
        if untitled and mention.form is PersonForm.TITLED:
            surname = (other.surnames or (other.surname,))[0]
            title = mention.title.text if mention.title else ""
            revision.replace(mention.span, surname if later else f"former {title} {surname}")
            continue
        rename(mention, other, revision)


def incumbent_proposal(
    claim: Claim, other: Person, variant: Revision, control: Revision, note: str, subject: Subject
) -> Proposal:
    """The proposal that a changed claim makes: the defect stands at its first mention."""
    knowledge, reading = subject.knowledge, subject.reading
    span = variant.moved(whole(claim.mention, reading.text))
    renamed = [m for m in claim.chain if m.form is PersonForm.TITLED and m is not claim.mention]
    also = [variant.moved(m.span) for m in renamed] if other is not claim.person else []
    terms = dict.fromkeys(
        term.id
        for term in (
            *knowledge.terms_of(person=other.id, office=claim.office.id),
            *knowledge.holders(claim.office.id, claim.as_of.last),
        )
    )
    cue = claim.as_of.cue
    field = None if cue else ("updated" if reading.article.updated else "published")
    when = Evidence("time of the article", span=variant.moved(cue) if cue else None, field=field)
    day = claim.as_of.last.isoformat()
    right = " and ".join(
        knowledge.people[t.person].name
        for t in knowledge.holders(claim.office.id, claim.as_of.last)
    )
    country = knowledge.countries[claim.office.country].name
    found = defect(
        "wrong_incumbent",
        [span, *also],
        [*(Evidence("term of office", fact=term) for term in terms), when],
        f"“{span.text}” does not fit {day}: the office of {claim.office.titles[0]} ({country}) "
        f"was held by {right}.",
        Witness(Rule.INTERVAL, claim=(span,), field=field),
        scope=Scope.GLOBAL,
        kind=EvidenceKind.WORLD,
    )
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

"""Holders of offices in an article: who can be exchanged, for whom, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, Office, Person, Truth
from perturbations.naming import (
    Style,
    apostrophe_of,
    capitalised,
    is_plain,
    is_state,
    rename,
    starts_sentence,
    styles_for,
    whole,
    written,
)
from perturbations.proposal import Control, NotApplicable, Proposal, Revision, Subject, defect
from perturbations.reading.mentions import AsOf, PersonForm, PersonMention, Reading
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


def former_claims(subject: Subject) -> Iterator[Claim]:
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


_ASIDE = frozenset({"with", "met", "thanked", "welcomed", "congratulated", "joined", "alongside"})


def is_aside(claim: Claim, reading: Reading) -> bool:
    """Whether the person is mentioned once, as somebody whom others meet.

    Only there can a former holder stand in for a sitting one without doing what only an office
    can: sign an order, lead a delegation, be named in the headline.
    """
    before = reading.text[: claim.mention.span.start].rsplit(maxsplit=1)[-1:]
    return len(claim.chain) == 1 and bool(before) and before[0].casefold() in _ASIDE


@dataclass(frozen=True, slots=True)
class Succession:
    """Words about a holder's predecessor, without and with "former"."""

    sitting: str
    former: str


def succession(claim: Claim, subject: Subject, draw: Draw) -> Succession | None:
    """An apposition that names the predecessor, as the tables know it; None where they do not.

    None, too, where the mention cannot carry one: before a possessive suffix, or for a predecessor
    who has died, or is named in the article.
    """
    knowledge, text = subject.knowledge, subject.reading.text
    current = [t for t in knowledge.holders(claim.office.id, claim.as_of.last) if not t.acting]
    if claim.mention.possessive is not None or len(current) != 1:
        return None
    named = {person for m in subject.reading.people for person in m.people}
    for term in knowledge.terms_of(office=claim.office.id):
        other = knowledge.people[term.person]
        followed = term.end == current[0].start and not term.acting
        dead = other.died is not None and other.died <= claim.as_of.last
        if not followed or dead or other.id in named or other.id == claim.person.id:
            continue
        title = claim.office.titles[0]
        link = draw.choice((", the successor of {}", ", successor to {}"))
        behind = text[claim.mention.span.end : claim.mention.span.end + 1]
        close = "" if behind in ("", ",", ".", ";", ":", ")", "\n") else ","
        return Succession(
            link.format(f"{title} {other.name}") + close,
            link.format(f"former {title} {other.name}") + close,
        )
    return None


def drawn_style(
    claim: Claim, subject: Subject, draw: Draw, *, beside_former: bool = False
) -> Style | None:
    """A style for the first mention in which it would read otherwise than it does.

    With `beside_former`, one before which "former" can stand ("former Japan's ..." can't).
    """
    found = [
        style
        for style in styles_for(claim.office, subject.knowledge)
        if not (beside_former and style is Style.POSSESSIVE)
        and first_mention(claim, claim.person, style, subject) != claim.mention.span.text
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
    claim: Claim,
    other: Person,
    variant: Revision,
    control: Revision,
    note: str,
    subject: Subject,
    *,
    length: int | None = None,
) -> Proposal:
    """The proposal that a changed claim makes: the defect stands at its first mention.

    `length` cuts the span to so many code points, where the new words go on about somebody else.
    """
    knowledge, reading = subject.knowledge, subject.reading
    place = variant.moved(whole(claim.mention, reading.text))
    span = place if length is None else Span(place.start, place.start + length, place.text[:length])
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
        Witness(Rule.INTERVAL, claim=(place,), field=field),
        scope=Scope.GLOBAL,
        kind=EvidenceKind.WORLD,
    )
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

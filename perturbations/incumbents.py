"""Holders of offices in an article: who can be exchanged, for whom, and what follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from perturbations.draw import Draw
from perturbations.knowledge import Country, Office, Person, Truth
from perturbations.knowledge.rules import GROUPS
from perturbations.naming import (
    is_plain,
    is_state,
)
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.mentions import AsOf, PersonForm, PersonMention, Reading

REACH_YEARS = 16
"""How far from the article's day a successor may have come into the office."""

RECENT_YEARS = 8
"""How long ago a former holder who still meets people in the news may have left."""

SUCCESSOR_SHARE = 0.35
"""How often a later holder takes the place of an earlier one, who alone can be called former."""

_MET = frozenset(
    [
        *("with", "met", "meets", "meeting", "thanked", "welcomed", "congratulated", "joined"),
        *("called", "telephoned", "greeted", "hosted", "praised", "invited", "told", "received"),
        *("alongside", "thank", "welcome", "host", "meet", "congratulate"),
    ]
)
"""What stands before somebody who is met or spoken to."""

_SPEAKS = frozenset(
    [
        *("said", "says", "told", "welcomed", "praised", "criticised", "criticized", "attended"),
        *("came", "visited", "expressed", "condemned", "paid", "thanked", "arrived", "stayed"),
    ]
)
"""What stands behind somebody who does no more than anybody could."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A holder whom an article names by office: the first mention in the body, and all others.

    `person` is who is named, `former` whether as a former holder.
    """

    mention: PersonMention
    chain: tuple[PersonMention, ...]
    person: Person
    office: Office
    as_of: AsOf
    former: bool = False


def claims(subject: Subject, *, required: bool = True) -> list[Claim]:
    """Sitting holders that the body names by office, each by its first plain mention.

    Raises:
        NotApplicable: there is none, and one is `required`; the message gives the reason.
    """
    reading, knowledge = subject.reading, subject.knowledge
    if reading.as_of is None:
        if not required:
            return []
        raise NotApplicable("the article's time is unknown")
    found: list[Claim] = []
    seen: set[int] = set()
    for mention in reading.people:
        if mention.chain in seen or mention.in_headline or not mention.claims_office:
            continue
        if reading.as_of_at(mention.span) != reading.as_of:
            continue  # a look-back speaks of its own day
        if len(mention.offices) != 1 or not is_plain(mention, reading.text):
            continue
        claim = _claim(mention, subject, reading.as_of)
        days = reading.as_of.first, reading.as_of.last
        if knowledge.in_office(claim.person.id, claim.office.id, *days) is not Truth.HOLDS:
            continue
        seen.add(mention.chain)
        if not any(m.modifiers for m in claim.chain) and can_follow(claim, reading):
            found.append(claim)
    if not found and required:
        raise NotApplicable(
            "no sitting holder is named with the office and can be changed throughout"
            if seen
            else "no sitting holder is named with the office in the body"
        )
    return found


def holders(subject: Subject) -> list[Claim]:
    """People of the body who surely hold an office of a state, each with all of their mentions.

    The office is the one that the article names; where it names none, the only one that the tables
    have. `mention` is the first one in the body, in whatever form.

    Raises:
        NotApplicable: there is none; the message gives the reason.
    """
    reading = subject.reading
    if reading.as_of is None:
        raise NotApplicable("the article's time is unknown")
    found = []
    for number in dict.fromkeys(m.chain for m in reading.people if m.chain >= 0):
        chain = reading.chain(number)
        body = [m for m in chain if not (m.in_headline or m.in_reference or m.quoted)]
        if body and not any(m.modifiers or m.courtesy for m in chain):
            office = _office_held(chain, subject, reading.as_of)
            if office is not None:
                person = subject.knowledge.people[body[0].person or ""]
                found.append(Claim(body[0], chain, person, office, reading.as_of))
    if not found:
        raise NotApplicable("nobody in the body surely holds an office of a state")
    return found


def _office_held(chain: tuple[PersonMention, ...], subject: Subject, as_of: AsOf) -> Office | None:
    """The one office of a chain's person, if it is surely theirs and no other is named."""
    knowledge, person = subject.knowledge, chain[0].person or ""
    named = {office for m in chain for office in m.offices}
    held = {
        term.office
        for term in knowledge.offices_of(person, as_of.last)
        if knowledge.in_office(person, term.office, as_of.first, as_of.last) is Truth.HOLDS
    }
    if len(named | held) > 1 and len(named) != 1:
        return None
    fitting = named & held if named else held
    if len(fitting) != 1:
        return None
    office = knowledge.offices[fitting.pop()]
    return office if is_state(knowledge.countries[office.country]) else None


def former_claims(subject: Subject) -> Iterator[Claim]:
    """Former holders that the body marks as such, each by a mention whose mark could be dropped."""
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
        if reading.as_of_at(mention.span) != reading.as_of:
            continue
        claim = replace(_claim(mention, subject, reading.as_of), former=True)
        days = reading.as_of.first, reading.as_of.last
        over = knowledge.in_office(claim.person.id, claim.office.id, *days) is Truth.FAILS
        once = sum(m.form is PersonForm.TITLED for m in claim.chain) == 1
        if over and once and can_follow(claim, reading):
            yield claim


def _claim(mention: PersonMention, subject: Subject, as_of: AsOf) -> Claim:
    knowledge = subject.knowledge
    return Claim(
        mention,
        subject.reading.chain(mention.chain),
        knowledge.people[mention.person or ""],
        knowledge.offices[mention.offices[0]],
        as_of,
    )


def can_follow(claim: Claim, reading: Reading) -> bool:
    """Whether every trace of the person is a mention that can be written anew."""
    chain, person = claim.chain, claim.person
    if any(m.quoted or m.in_reference or m.shared_title or m.apposition for m in chain):
        return False
    if any(m.title and m.title.text.casefold().endswith("s") for m in chain):
        return False
    if any(reading.text.endswith("Dear ", 0, m.span.start) for m in chain):
        return False  # a letter's own form of address
    return not stands_elsewhere({person.surname, *person.surnames}, chain, reading)


def stands_elsewhere(
    words: Iterable[str], chain: Iterable[PersonMention], reading: Reading
) -> bool:
    """Whether one of the words stands in the text outside the mentions given, in any case."""
    rest, at = [], 0
    for mention in sorted(chain, key=lambda m: m.span):
        rest.append(reading.text[at : mention.span.start])
        at = mention.span.end
    rest.append(reading.text[at:])
    pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)
    return any(pattern.search(piece) for piece in rest)


def words_of(country: Country) -> set[str]:
    """Every word that names the country, its people or its capital."""
    return {
        *(country.name, country.long),
        *country.aliases,
        *country.adjectives,
        *country.demonyms,
        *country.capitals,
    }


def may_be_former(claim: Claim, reading: Reading) -> bool:
    """Whether a former holder could stand where the claim stands.

    So it is where the person is met, spoken to, or says something; not where they do what only an
    office can (sign an order, chair a summit), nor where the text goes on about "the president".
    """
    if any(m.form is PersonForm.OFFICE for m in claim.chain):
        return False
    before = reading.text[: claim.mention.span.start].rsplit(maxsplit=1)[-1:]
    if before and before[0].casefold() in _MET:
        return True
    after = reading.text[claim.mention.span.end :].split(maxsplit=1)[:1]
    speaks = bool(after) and after[0].casefold() in _SPEAKS
    return speaks and not any(m.in_headline for m in claim.chain)


def predecessors(claim: Claim, subject: Subject, *, living: bool = True) -> list[Person]:
    """People who held the office in recent years and are not named in the article."""
    return [
        person
        for person, last in _others(claim, subject)
        if last is not None
        and last < claim.as_of.first
        and claim.as_of.first.year - last.year <= RECENT_YEARS
        and not (living and person.died is not None and person.died <= claim.as_of.last)
    ]


def successors(claim: Claim, subject: Subject) -> list[Person]:
    """People who came into the office only later, and are not named in the article."""
    knowledge = subject.knowledge
    return [
        person
        for person, _ in _others(claim, subject)
        if all(
            claim.as_of.last < term.start and term.start.year - claim.as_of.last.year <= REACH_YEARS
            for term in knowledge.terms_of(person=person.id, office=claim.office.id)
        )
    ]


def _others(claim: Claim, subject: Subject) -> Iterator[tuple[Person, date | None]]:
    """Others who surely do not hold the office then, with the end of their last term before it."""
    knowledge = subject.knowledge
    days = claim.as_of.first, claim.as_of.last
    named = {person for m in subject.reading.people for person in m.people}
    ends: dict[str, date | None] = {}
    for term in knowledge.terms_of(office=claim.office.id):
        over = term.end is not None and term.end < claim.as_of.first
        if not term.acting and (over or term.person not in ends):
            ends[term.person] = term.end  # who came back later was a former holder in between
    for id, end in ends.items():
        person = knowledge.people[id]
        if id in named or not _fits(person, claim.person):
            continue
        if knowledge.in_office(id, claim.office.id, *days) is Truth.FAILS:
            yield person, end


def sitting_holder(claim: Claim, subject: Subject) -> Person | None:
    """Who surely holds the office at the article's time, if the article does not name them."""
    knowledge = subject.knowledge
    named = {person for m in subject.reading.people for person in m.people}
    for term in knowledge.holders(claim.office.id, claim.as_of.last):
        person = knowledge.people[term.person]
        days = claim.as_of.first, claim.as_of.last
        sure = knowledge.in_office(person.id, claim.office.id, *days) is Truth.HOLDS
        if sure and person.id not in named and _fits(person, claim.person):
            return person
    return None


MINOR_SHARE = 0.8
"""How often the holder whom an article names least is tried first.

Who is named most is often right throughout a whole corpus; pairs about others, whom such a name or
office is crossed with, keep it from being right wherever it stands.
"""

UNCROSSED_SHARE = 0.5
"""How often a holder is tried in whose place nobody else could truly stand.

Only one name and office can be right there. Where a corpus has one such holder in most of its
articles, each pair more teaches whose name is right.
"""

FAMILIAR = GROUPS["G20"] | GROUPS["Ukraine"]
"""Countries whose leaders stand in the news everywhere."""

FAMILIAR_SHARE = 0.8
"""How often a leader of one of them comes first: a name that is right in many other articles."""

PROMINENT = frozenset().union(*GROUPS.values())
"""Countries that the news names often; theirs are exchanged among each other."""


def peers(claim: Claim, subject: Subject) -> list[tuple[Person, Office]]:
    """Sitting holders of an office with the same title in a country that the article leaves out.

    A holder in a prominent country is exchanged for one in another, where there is one, because a
    name that is seldom right anywhere would tell on itself.
    """
    title, role = claim.office.titles[0], claim.office.role
    found = sitting_abroad(claim, subject, lambda o: o.titles[0] == title and o.role == role)
    alike = [pair for pair in found if pair[1].country in PROMINENT]
    return alike if alike and claim.office.country in PROMINENT else found


def least_named_first(found: Iterable[Claim], draw: Draw) -> list[Claim]:
    """Claims in drawn order, mostly by how often the article mentions their persons."""
    ordered = draw.shuffled(list(found))
    if draw.chance(MINOR_SHARE):
        ordered.sort(key=times_named)
    return ordered


def times_named(claim: Claim) -> int:
    """How often the article mentions the person."""
    return len(claim.chain)


def drawn_peers(claim: Claim, subject: Subject, draw: Draw) -> list[tuple[Person, Office]]:
    """The peers in drawn order, mostly with those in front whose names many articles hold."""
    found = draw.shuffled(peers(claim, subject))
    if draw.chance(FAMILIAR_SHARE):
        found.sort(key=lambda pair: pair[1].country not in FAMILIAR)
    return found


def sitting_abroad(
    claim: Claim, subject: Subject, fits: Callable[[Office], bool]
) -> list[tuple[Person, Office]]:
    """Sitting holders of fitting offices in states that the article leaves out; of one gender."""
    knowledge, as_of = subject.knowledge, claim.as_of
    named = {p for m in subject.reading.people for p in m.people}
    folded = subject.reading.text.casefold()
    found = []
    for other in knowledge.offices.values():
        country = knowledge.countries[other.country]
        if other.country == claim.office.country or not is_state(country) or not fits(other):
            continue
        words = words_of(country)
        written = any(word.casefold() in folded for word in words)
        if not country.adjectives or (written and stands_elsewhere(words, (), subject.reading)):
            continue
        for term in knowledge.holders(other.id, as_of.last):
            holder = knowledge.people[term.person]
            if holder.id in named or holder.gender != claim.person.gender:
                continue
            sure = knowledge.in_office(holder.id, other.id, as_of.first, as_of.last)
            if sure is Truth.HOLDS:
                found.append((holder, other))
    return found


def _fits(person: Person, instead_of: Person) -> bool:
    """Whether pronouns stay right, and the two names can't be taken for one another."""
    other, own = person.surname.casefold(), instead_of.surname.casefold()
    return person.gender == instead_of.gender and other not in own and own not in other


def exclude_each_other(one: Claim, two: Claim, subject: Subject) -> bool:
    """Whether two holders can change names: neither surely has the other's office."""
    days = one.as_of.first, one.as_of.last
    crossed = ((one.person.id, two.office.id), (two.person.id, one.office.id))
    sure = all(subject.knowledge.in_office(*pair, *days) is Truth.FAILS for pair in crossed)
    return sure and _fits(one.person, two.person)

"""Who could stand in a holder's place: predecessors, successors, peers, and who comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from perturbations.claims import Claim as Claim
from perturbations.claims import stands_elsewhere, words_of
from perturbations.draw import Draw
from perturbations.invention import ORDINARY_WORDS
from perturbations.knowledge import Knowledge, Office, Person, Truth
from perturbations.knowledge.rules import GROUPS
from perturbations.naming import is_state
from perturbations.proposal import Subject
from perturbations.reading.mentions import AsOf, Reading

REACH_YEARS = 16
"""How far from the article's day a successor may have come into the office."""

RECENT_YEARS = 8
"""How long ago a former holder who still meets people in the news may have left."""

SUCCESSOR_SHARE = 0.35
"""How often a later holder takes the place of an earlier one, who alone can be called former."""


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
        if id in named or not _fits(person, claim.person) or is_misread(person, knowledge):
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


def peers(claim: Claim, subject: Subject, *, prominent: bool = True) -> list[tuple[Person, Office]]:
    """Sitting holders of an office with the same title in a country that the article leaves out.

    A holder in a prominent country is exchanged for one in another, where there is one, because a
    name that is seldom right anywhere would tell on itself; not so without `prominent`.
    """
    title, role = claim.office.titles[0], claim.office.role
    found = sitting_abroad(claim, subject, lambda o: o.titles[0] == title and o.role == role)
    alike = [pair for pair in found if pair[1].country in PROMINENT]
    return alike if prominent and alike and claim.office.country in PROMINENT else found


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
    named = {p for m in subject.reading.people for p in m.people}
    left_out = _left_out(subject.reading, subject.knowledge)
    return [
        (holder, other)
        for holder, other in _sitting(subject.knowledge, claim.as_of)
        if other.country != claim.office.country
        and other.country in left_out
        and fits(other)
        and holder.id not in named
        and holder.gender == claim.person.gender
    ]


@lru_cache(maxsize=4)
def _left_out(reading: Reading, knowledge: Knowledge) -> frozenset[str]:
    """The states that an article does not name in any way; every claim of it asks for them."""
    folded = reading.text.casefold()
    return frozenset(
        state
        for state, words, small in _words_of_states(knowledge)
        if not any(word in folded for word in small) or not stands_elsewhere(words, (), reading)
    )


@lru_cache(maxsize=4)
def _words_of_states(knowledge: Knowledge) -> tuple[tuple[str, list[str], list[str]], ...]:
    """Every state that an office can be written with, its words, and these in small letters."""
    return tuple(
        (country.id, sorted(words), sorted({word.casefold() for word in words}))
        for country in knowledge.countries.values()
        if is_state(country) and country.adjectives
        for words in [words_of(country)]
    )


@lru_cache(maxsize=64)
def _sitting(knowledge: Knowledge, as_of: AsOf) -> tuple[tuple[Person, Office], ...]:
    """Who surely holds which office at a time, in the table's order, but for misread surnames."""
    return tuple(
        (knowledge.people[term.person], office)
        for office in knowledge.offices.values()
        for term in knowledge.holders(office.id, as_of.last)
        if knowledge.in_office(term.person, office.id, as_of.first, as_of.last) is Truth.HOLDS
        and not is_misread(knowledge.people[term.person], knowledge)
    )


def _fits(person: Person, instead_of: Person) -> bool:
    """Whether pronouns stay right, and the two names can't be taken for one another."""
    other, own = person.surname.casefold(), instead_of.surname.casefold()
    return person.gender == instead_of.gender and other not in own and own not in other


def is_misread(person: Person, knowledge: Knowledge) -> bool:
    """Whether the surname alone is a word, a country or a capital: John Key, Luís Montenegro."""
    words = _other_words(knowledge)
    return person.surname in words or not words.isdisjoint(person.surnames)


@lru_cache(maxsize=4)
def _other_words(knowledge: Knowledge) -> frozenset[str]:
    countries = knowledge.countries.values()
    capitals = (capital for country in countries for capital in country.capitals)
    return frozenset((*ORDINARY_WORDS, *(country.name for country in countries), *capitals))


def exclude_each_other(one: Claim, two: Claim, subject: Subject) -> bool:
    """Whether two holders can change names: neither surely has the other's office."""
    days = one.as_of.first, one.as_of.last
    crossed = ((one.person.id, two.office.id), (two.person.id, one.office.id))
    sure = all(subject.knowledge.in_office(*pair, *days) is Truth.FAILS for pair in crossed)
    return sure and _fits(one.person, two.person)

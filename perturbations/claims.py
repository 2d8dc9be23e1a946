"""Holders of offices in an article: who is named by office, and what follows from a change.

Every operator on office holders begins with a `Claim`; `perturbations.incumbents` says who could
stand in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from perturbations.knowledge import Country, Knowledge, Office, Person, Truth
from perturbations.naming import is_plain, is_state
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.mentions import AsOf, PersonForm, PersonMention, Reading
from perturbations.text import Cover

_MET = frozenset(
    [
        *("with", "met", "meets", "meeting", "thanked", "welcomed", "congratulated", "joined"),
        *("called", "telephoned", "greeted", "hosted", "praised", "invited", "told", "received"),
        *("alongside", "thank", "welcome", "host", "meet", "congratulate", "interviewed", "quoted"),
        *("accompanied", "thanking", "congratulating", "hosting", "contacted", "phoned", "briefed"),
        *("criticised", "criticized", "accused", "urged", "consulted", "reminded", "assured"),
    ]
)
"""What stands before somebody who is met or spoken to."""

_SPEAKS = frozenset(
    [
        *("said", "says", "told", "welcomed", "praised", "criticised", "criticized", "attended"),
        *("came", "visited", "expressed", "condemned", "paid", "thanked", "arrived", "stayed"),
        *(
            "warned",
            "argued",
            "wrote",
            "spoke",
            "recalled",
            "appeared",
            "joked",
            "urged",
            "accused",
        ),
        *("described", "noted", "added", "replied", "tweeted", "posted", "mourned", "watched"),
    ]
)
"""What stands behind somebody who does no more than anybody could."""

_PREDICATE_BEFORE = re.compile(r"[,;—–] with $")
"""It opens a phrase of its own, "with President Widodo in the chair", and nobody is met."""

_IN_OFFICE = re.compile(
    r"\b(?:sign(?:s|ed|ing)?|chair(?:s|ed|ing)?|in the chair|presid(?:es|ed|ing)|decrees?|"
    r"order(?:s|ed)|appoint\w*|nominat\w*|dissol\w*|veto\w*|pardon\w*|ratif\w*|swor[en]\w*|"
    r"proclaim\w*|inaugurat\w*|elect(?:ed|ion)|re-?elect\w*|[Jj]oint [Ss]tatement|"
    r"(?:his|her) (?:government|cabinet|administration|ministers?|coalition|presidency|country|"
    r"term)|"
    r"sent (?:[A-Z]\w+ )*Minister)\b"
)
"""What only the holder of an office does or has."""

_DETERMINED = re.compile(r"\b(?:an?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Ii]ts|[Mm]y) $")
"""It takes a title behind it, and no name alone: "our Prime Minister Johnson"."""

_STYLES = ("Highness", "Majesty", "Holiness")
"""How nobody but a prince, a monarch or a pope is styled."""


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
    if subject.reading.as_of is None:
        if not required:
            return []
        raise NotApplicable("the article's time is unknown")
    found, named = _changeable(subject.reading, subject.knowledge)
    if not found and required:
        raise NotApplicable(
            "no sitting holder is named with the office and can be changed throughout"
            if named
            else "no sitting holder is named with the office in the body"
        )
    return list(found)


@lru_cache(maxsize=4)
def _changeable(reading: Reading, knowledge: Knowledge) -> tuple[tuple[Claim, ...], bool]:
    """The claims that can be changed throughout, and whether there are any; all operators ask."""
    found: list[Claim] = []
    seen: set[int] = set()
    if reading.as_of is None:
        return (), False
    for mention in reading.people:
        if mention.chain in seen or mention.in_headline or not mention.claims_office:
            continue
        if reading.as_of_at(mention.span) != reading.as_of:
            continue  # a look-back speaks of its own day
        if len(mention.offices) != 1 or not is_plain(mention, reading.text):
            continue
        claim = _claim(mention, reading, reading.as_of, knowledge)
        days = reading.as_of.first, reading.as_of.last
        if knowledge.in_office(claim.person.id, claim.office.id, *days) is not Truth.HOLDS:
            continue
        seen.add(mention.chain)
        if not any(m.modifiers for m in claim.chain) and can_follow(claim, reading):
            found.append(claim)
    return tuple(found), bool(seen)


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
        claim = replace(_claim(mention, reading, reading.as_of, knowledge), former=True)
        days = reading.as_of.first, reading.as_of.last
        over = knowledge.in_office(claim.person.id, claim.office.id, *days) is Truth.FAILS
        once = sum(m.form is PersonForm.TITLED for m in claim.chain) == 1
        if over and once and can_follow(claim, reading):
            yield claim


def _claim(mention: PersonMention, reading: Reading, as_of: AsOf, knowledge: Knowledge) -> Claim:
    return Claim(
        mention,
        reading.chain(mention.chain),
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
    for mention in chain:
        before = reading.text[max(0, mention.span.start - 8) : mention.span.start]
        styled = mention.honorific is not None and mention.honorific.text.endswith(_STYLES)
        if styled or (mention.title and _DETERMINED.search(before)):
            return False
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
    text, span = reading.text, claim.mention.span
    if any(m.form is PersonForm.OFFICE for m in claim.chain) or claim.mention.possessive:
        return False
    if _acts_in_office(claim, reading) or _title_alone(claim, reading):
        return False
    before = text[: span.start].rsplit(maxsplit=1)[-1:]
    if before and before[0].casefold() in _MET:
        return not _PREDICATE_BEFORE.search(text, max(0, span.start - 8), span.start)
    after = text[span.end :].split(maxsplit=1)[:1]
    speaks = bool(after) and after[0].casefold() in _SPEAKS
    return speaks and not any(m.in_headline for m in claim.chain)


def _acts_in_office(claim: Claim, reading: Reading) -> bool:
    """Whether a sentence that names the person tells what only the holder of an office does."""
    sentences = (reading.layout.sentence_at(m.span.start) for m in claim.chain if not m.in_headline)
    texts = [sentence.text for sentence in sentences if sentence is not None]
    if any(m.in_headline for m in claim.chain):
        texts.append(reading.article.title)
    return any(_IN_OFFICE.search(text) for text in texts)


def _title_alone(claim: Claim, reading: Reading) -> bool:
    """Whether the title stands somewhere without a name: "she and Prime Minister agreed"."""
    titles = "|".join(map(re.escape, claim.office.titles))
    alone = re.compile(rf"(?<!Vice )\b(?:{titles})s?\b(?!-| (?-i:[A-Z]))", re.IGNORECASE)
    named = _named(reading)
    return any(
        not named.overlaps(found.start(), found.start() + 1)
        for found in alone.finditer(reading.text)
    )


@lru_cache(maxsize=4)
def _named(reading: Reading) -> Cover:
    """Where people are mentioned; each claim of the article asks."""
    return Cover(mention.span for mention in reading.people)

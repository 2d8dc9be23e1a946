"""Holders of offices in an article: who can be exchanged, for whom, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.knowledge import Country, Office, Person, Truth
from perturbations.knowledge.rules import GROUPS
from perturbations.naming import (
    Style,
    adjective,
    adjust_possessive,
    apostrophe_of,
    capitalised,
    has_article,
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


@dataclass(frozen=True, slots=True)
class Cell:
    """Who is named, in which office, and whether as a former holder.

    Two people and two statuses give four cells, two of them true. Variants are drawn from the
    false ones and controls from the true ones, so that neither a name nor the word "former" tells
    them apart; two people and two countries do the same.
    """

    person: Person
    office: Office
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
        if len(mention.offices) != 1 or not is_plain(mention, reading.text):
            continue
        claim = _claim(mention, subject, reading.as_of)
        days = reading.as_of.first, reading.as_of.last
        if knowledge.in_office(claim.person.id, claim.office.id, *days) is not Truth.HOLDS:
            continue
        seen.add(mention.chain)
        if not any(m.modifiers for m in claim.chain) and _can_follow(claim, reading):
            found.append(claim)
    if not found and required:
        raise NotApplicable(
            "no sitting holder is named with the office and can be changed throughout"
            if seen
            else "no sitting holder is named with the office in the body"
        )
    return found


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
        claim = replace(_claim(mention, subject, reading.as_of), former=True)
        days = reading.as_of.first, reading.as_of.last
        over = knowledge.in_office(claim.person.id, claim.office.id, *days) is Truth.FAILS
        once = sum(m.form is PersonForm.TITLED for m in claim.chain) == 1
        if over and once and _can_follow(claim, reading):
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


def _can_follow(claim: Claim, reading: Reading) -> bool:
    """Whether every trace of the person is a mention that can be written anew."""
    chain, person = claim.chain, claim.person
    if any(m.quoted or m.in_reference or m.shared_title or m.apposition for m in chain):
        return False
    if any(m.title and m.title.text.casefold().endswith("s") for m in chain):
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
    """Others who surely do not hold the office at the time, with the end of their last term."""
    knowledge = subject.knowledge
    days = claim.as_of.first, claim.as_of.last
    named = {person for m in subject.reading.people for person in m.people}
    ends: dict[str, date | None] = {}
    for term in knowledge.terms_of(office=claim.office.id):
        if not term.acting:
            ends[term.person] = term.end
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


PROMINENT = frozenset().union(*GROUPS.values())
"""Countries that the news names often; theirs are exchanged among each other."""


def peers(claim: Claim, subject: Subject) -> list[tuple[Person, Office]]:
    """Sitting holders of an office with the same title in a country that the article leaves out.

    A holder in a prominent country is exchanged for one in another, where there is one, because a
    name that is seldom right anywhere would tell on itself.
    """
    found = _peers(claim, subject)
    alike = [pair for pair in found if pair[1].country in PROMINENT]
    return alike if alike and claim.office.country in PROMINENT else found


def _peers(claim: Claim, subject: Subject) -> list[tuple[Person, Office]]:
    knowledge, office, person = subject.knowledge, claim.office, claim.person
    as_of = claim.as_of
    named = {p for m in subject.reading.people for p in m.people}
    days = as_of.first, as_of.last
    found = []
    for other in knowledge.offices.values():
        same = other.titles[0] == office.titles[0] and other.role == office.role
        country = knowledge.countries[other.country]
        if not same or other.country == office.country or not is_state(country):
            continue
        if stands_elsewhere(words_of(country), (), subject.reading):
            continue
        for term in knowledge.holders(other.id, as_of.last):
            holder = knowledge.people[term.person]
            if holder.id in named or holder.gender != person.gender or not country.adjectives:
                continue
            if knowledge.in_office(holder.id, other.id, *days) is Truth.HOLDS:
                found.append((holder, other))
    return found


def _fits(person: Person, instead_of: Person) -> bool:
    """Whether pronouns stay right, and the two names can't be taken for one another."""
    other, own = person.surname.casefold(), instead_of.surname.casefold()
    return person.gender == instead_of.gender and other not in own and own not in other


def drawn_style(
    claim: Claim, subject: Subject, draw: Draw, *, beside_former: bool = False
) -> Style | None:
    """A style for the first mention in which it would read otherwise than it does.

    With `beside_former`, one before which "former" can stand ("former Japan's ..." can't).
    """
    same = Cell(claim.person, claim.office, claim.former)
    own = whole(claim.mention, subject.reading.text).text
    found = [
        style
        for style in styles_for(claim.office, subject.knowledge)
        if not (beside_former and style is Style.POSSESSIVE)
        and first_mention(claim, same, style, subject).casefold() != own.casefold()
    ]
    return draw.choice(found) if found else None


def first_mention(claim: Claim, cell: Cell, style: Style, subject: Subject) -> str:
    """Writes the claim's first mention for a cell."""
    reading = subject.reading
    text = written(
        cell.person, cell.office, style, subject.knowledge, apostrophe=apostrophe_of(reading)
    )
    if cell.former:
        text = f"former {text}"
    place = whole(claim.mention, reading.text)
    return capitalised(text) if starts_sentence(place, reading) else text


def rewrite(claim: Claim, cell: Cell, style: Style, subject: Subject) -> Revision:
    """Lets every mention of the chain speak of a cell: the edits of a variant or a control.

    The claim's own mention is written in `style`. Others keep their form, but for the name, the
    country and the status; those behind it lose their title, which a former holder does not carry,
    so that all four cells are written alike.
    """
    revision = Revision(subject.reading.text)
    for mention in claim.chain:
        place = whole(mention, revision.text)
        if mention is claim.mention:
            first = first_mention(claim, cell, style, subject)
            revision.replace(place, first)
            adjust_possessive(mention, first, revision)
        elif mention.form is not PersonForm.TITLED or mention.name is None:
            rename(mention, cell.person, revision)
        elif mention.span.start > claim.mention.span.start:
            short = (cell.person.surnames or (cell.person.surname,))[0]
            if mention.capitals:
                short = short.upper()
            revision.replace(
                place, f"{mention.honorific.text} {short}" if mention.honorific else short
            )
            adjust_possessive(mention, short, revision)
        else:
            earlier = _earlier(mention, claim, cell, subject)
            if mention.capitals:
                earlier = earlier.upper()
            starts = starts_sentence(place, subject.reading)
            revision.replace(place, capitalised(earlier) if starts else earlier)
            adjust_possessive(mention, cell.person.name, revision)
    return revision


def _earlier(mention: PersonMention, claim: Claim, cell: Cell, subject: Subject) -> str:
    """A titled mention before the claim's own, as a headline has it: in its own form."""
    if mention.name is None:
        return mention.span.text
    short = len(mention.name.text.split()) == 1
    name = (cell.person.surnames or (cell.person.surname,))[0] if short else cell.person.name
    pieces = [(mention.name, name)]
    if mention.country is not None and cell.office is not claim.office:
        pieces.append((mention.country, country_like(mention.country.text, claim, cell, subject)))
    text, start = mention.span.text, mention.span.start
    for span, after in sorted(pieces, reverse=True):
        text = text[: span.start - start] + after + text[span.end - start :]
    return f"former {text}" if cell.former else text


def country_like(text: str, claim: Claim, cell: Cell, subject: Subject) -> str:
    """The cell's country in the form in which the claim's is written.

    Raises:
        NotApplicable: the form is neither its name nor an adjective of it.
    """
    old = subject.knowledge.countries[claim.office.country]
    new = subject.knowledge.countries[cell.office.country]
    bare = text.removesuffix("’s").removesuffix("'s")
    if bare in old.adjectives:
        return adjective(new)
    if bare in (old.name, old.long, *old.aliases):
        if has_article(old) or has_article(new):
            raise NotApplicable("a country's name takes an article, which the other does not")
        return new.name + text[len(bare) :]
    raise NotApplicable(f"the country is written in a form of its own, {text!r}")


def proposal_of(
    claim: Claim, cells: tuple[Cell, Cell], style: Style, note: str, subject: Subject
) -> Proposal:
    """The proposal that writes a false cell in the variant and a true one in the control."""
    wrong, right = cells
    variant = rewrite(claim, wrong, style, subject)
    control = rewrite(claim, right, style, subject)
    knowledge, reading = subject.knowledge, subject.reading
    span = variant.moved(whole(claim.mention, reading.text))
    holders = knowledge.holders(wrong.office.id, claim.as_of.last)
    terms = dict.fromkeys(
        term.id
        for term in (
            *knowledge.terms_of(person=wrong.person.id, office=wrong.office.id),
            *holders,
        )
    )
    cue = claim.as_of.cue
    field = None if cue else reading.article.reference_field
    when = Evidence("time of the article", span=variant.moved(cue) if cue else None, field=field)
    names = " and ".join(knowledge.people[term.person].name for term in holders)
    country = knowledge.countries[wrong.office.country].name
    found = defect(
        "wrong_incumbent",
        [span],
        [*(Evidence("term of office", fact=term) for term in terms), when],
        f"“{span.text}” does not fit {claim.as_of.last.isoformat()}: the office of "
        f"{wrong.office.titles[0]} ({country}) was held by {names}.",
        Witness(Rule.INTERVAL, claim=(span,), field=field),
        scope=Scope.GLOBAL,
        kind=EvidenceKind.WORLD,
    )
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

"""Name and office apart: where an article could write them so, and how it is written.

"Fumio Kishida, the Japanese prime minister, ..." and its like can stand wherever the article names
a holder by name, by office, or by both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from perturbations.cells import Cell
from perturbations.claims import Claim
from perturbations.draw import Draw
from perturbations.knowledge import Country, Office
from perturbations.naming import (
    adjective,
    apostrophe_of,
    capitalised,
    clings,
    has_article,
    is_plain,
    owner_of,
    whole,
    with_article,
)
from perturbations.proposal import Subject
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.reading.roles import Binding
from perturbations.reading.titles import small_title
from perturbations.text import Span


class Order(StrEnum):
    """What stands first, and what joins the two."""

    NAME_FIRST = "name_first"
    """Fumio Kishida, the Japanese prime minister."""
    OFFICE_FIRST = "office_first"
    """The Japanese prime minister, Fumio Kishida."""
    RELATIVE = "relative"
    """Fumio Kishida, who is the Japanese prime minister."""
    COPULA = "copula"
    """Fumio Kishida is the Japanese prime minister: only where the article writes it so."""


class Phrase(StrEnum):
    """How the office is written with its country."""

    ADJECTIVE = "adjective"
    """The Japanese prime minister."""
    OF_COUNTRY = "of_country"
    """The prime minister of Japan."""
    POSSESSIVE = "possessive"
    """Japan's prime minister."""


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to write name and office apart, the same for variant and control."""

    order: Order
    phrase: Phrase
    capitals: bool
    """Whether the article writes titles that stand alone with capitals."""


@dataclass(frozen=True, slots=True)
class Site:
    """A mention that can be written anew: what is replaced, and the mention it replaces."""

    mention: PersonMention
    place: Span
    surname: str | None = None
    """The surname, with a courtesy word, that stands there and can stay."""
    copula: bool = False


_ARTICLE = re.compile(r"\b[Tt]he $")
_GOES_ON = re.compile(
    r"(?: (?!(?:and|or|nor|as well as|of|at|who|which|then)\b)[a-z]|[.;)]|"
    r",(?! (?:and|or|the|an?|his|her|its|their|then|former)\b| [A-Z\d]))"
)
"""Behind a place that takes an apposition; what has one already takes no other."""
_GOES_ON_BEHIND_NAME = re.compile(
    r"[.;),]| (?:\w+ed|is|was|has|had|will|would|can|could|may|must|also|later|today|said|says|"
    r"told|met|made|took|gave|went|came|spoke|won|left|held|led|sent|wrote|saw|began|set|put|ran|"
    r"drew|felt|brought|kept|paid|stood|flew|chose|lost|found|in|on|at|for|to|from|with|by|during|"
    r"after|before|during|about|into|over|against|as)\b"
)
"""Behind a name that is none of a compound: not "all Biden appointees"."""
_LIST_BEFORE = re.compile(r"(?:\b(?:and|or|both|between|&)|[A-Z]\w*,) $")
_ENDED = re.compile(r"[.!?]['’\"”)]*(?:\[\d+\])*$")


def sites(claim: Claim, subject: Subject) -> Iterator[Site]:
    """Every mention of the chain where name and office could stand apart, in order."""
    reading = subject.reading
    copulas = {
        role.mention.span.start: role.mention.span
        for role in reading.roles
        if role.binding is Binding.COPULA and role.mention.person == claim.person.id
    }
    for mention in claim.chain:
        if not _is_open(mention, claim, reading):
            continue
        copula = copulas.get(mention.span.start)
        place = copula or _place(mention, claim, reading)
        if place is None or not _stands_free(place, reading):
            continue
        bare = mention.title is None and copula is None
        if bare and not _GOES_ON_BEHIND_NAME.match(reading.text, place.end):
            continue
        if any(place.overlaps(m.span) for m in reading.people if m.chain != claim.mention.chain):
            continue
        yield Site(mention, place, _surname(mention), copula is not None)


def _is_open(mention: PersonMention, claim: Claim, reading: Reading) -> bool:
    """Whether the mention speaks of the article's own time, in the article's own words."""
    if mention.in_headline or mention.quoted or mention.in_reference or mention.historical:
        return False
    if mention.modifiers or mention.shared_title or mention.capitals or mention.possessive:
        return False
    if mention.offices and mention.offices != (claim.office.id,):
        return False
    return reading.as_of_at(mention.span) == reading.as_of


def _place(mention: PersonMention, claim: Claim, reading: Reading) -> Span | None:
    """What would be replaced: an office with its article, an apposition, title and name, a name."""
    text, span = reading.text, mention.span
    if mention.form is PersonForm.OFFICE or mention.apposition:
        article = _ARTICLE.search(text, max(0, span.start - 4), span.start)
        if article is not None:
            return Span.of(text, article.start(), span.end)
        named = mention.name is not None and mention.name.start == span.start
        return span if named or _is_owned(mention, text) else None
    if mention.form is PersonForm.TITLED:
        return whole(mention, text) if is_plain(mention, text) else None
    return None if mention.country is not None or clings(span, text) else span


def _is_owned(mention: PersonMention, text: str) -> bool:
    """Whether a possessive country stands for the article: Japan's prime minister."""
    country = mention.country
    if country is None or country.start != mention.span.start:
        return False
    return text[country.end : country.end + 1] in ("'", "’")


def _surname(mention: PersonMention) -> str | None:
    if mention.form is not PersonForm.SURNAME or mention.name is None:
        return None
    return mention.span.text


def _stands_free(place: Span, reading: Reading) -> bool:
    """Whether the words around would take an apposition: running text, no list, no compound."""
    text = reading.text
    sentence = reading.layout.sentence_at(place.start)
    if sentence is None or not sentence.covers(place) or not _ENDED.search(sentence.text):
        return False
    if any(heading.overlaps(place) for heading in reading.layout.headings):
        return False
    before = text[sentence.start : place.start]
    if _LIST_BEFORE.search(before) or before.rstrip()[-1:] in ("(", "—", "–", "/", "-", "*", ":"):
        return False
    return _GOES_ON.match(text, place.end) is not None


def drawn_manner(
    claim: Claim, site: Site, cells: list[Cell], subject: Subject, draw: Draw
) -> Manner:
    """A manner in which every one of the cells can be written."""
    countries = [subject.knowledge.countries[cell.office.country] for cell in cells]
    phrases = [Phrase.ADJECTIVE, Phrase.OF_COUNTRY]
    if not any(has_article(country) for country in countries):
        phrases.append(Phrase.POSSESSIVE)
    orders = [Order.NAME_FIRST, Order.NAME_FIRST]
    if not subject.reading.text.startswith((", who", ", which"), site.place.end):
        orders.append(Order.RELATIVE)
    if site.surname is None:
        orders += [Order.OFFICE_FIRST, Order.OFFICE_FIRST]
    order = Order.COPULA if site.copula else draw.choice(orders)
    return Manner(order, draw.choice(phrases), _in_capitals(claim))


def _in_capitals(claim: Claim) -> bool:
    """Whether the chain's titles that stand without a name begin with a capital."""
    alone = [m.title.text for m in claim.chain if m.form is PersonForm.OFFICE and m.title]
    return bool(alone) and sum(title[:1].isupper() for title in alone) * 2 > len(alone)


def written_apart(cell: Cell, site: Site, manner: Manner, subject: Subject) -> str:
    """Writes the cell's name and office at the site, with the comma that closes an apposition."""
    reading = subject.reading
    office = office_phrase(cell.office, manner, subject)
    name = _name(cell, site)
    if manner.order is Order.COPULA:
        return f"{name} is {office}"
    if manner.order is Order.OFFICE_FIRST:
        text = f"{office}, {name}"
    else:
        text = f"{name}, {'who is ' if manner.order is Order.RELATIVE else ''}{office}"
    if reading.text[site.place.end : site.place.end + 1] not in (",", ".", ";", ")"):
        text += ","
    sentence = reading.layout.sentence_at(site.place.start)
    starts = sentence is None or sentence.start == site.place.start
    return capitalised(text) if starts else text


def _name(cell: Cell, site: Site) -> str:
    """The cell's name: in full, or as a surname with the courtesy word of the site."""
    if site.surname is None or site.mention.name is None:
        return cell.person.name
    surname = (cell.person.surnames or (cell.person.surname,))[0]
    if site.mention.person == cell.person.id:
        surname = site.mention.name.text
    honorific = site.mention.honorific
    return f"{honorific.text} {surname}" if honorific else surname


def office_phrase(office: Office, manner: Manner, subject: Subject) -> str:
    """The office with its article and country."""
    country: Country = subject.knowledge.countries[office.country]
    title = office.titles[0] if manner.capitals else small_title(office.titles[0])
    if manner.phrase is Phrase.ADJECTIVE:
        return f"the {adjective(country)} {title}"
    if manner.phrase is Phrase.OF_COUNTRY:
        return f"the {title} of {with_article(country, subject.reading.text)}"
    owner = owner_of(country, apostrophe_of(subject.reading), subject.reading.text)
    return f"{owner} {title}"

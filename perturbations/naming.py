"""How a holder of an office is written: the forms that variants and controls both draw from."""

from __future__ import annotations

import re
from enum import StrEnum

from perturbations.knowledge import Country, Knowledge, Office, Person
from perturbations.proposal import NotApplicable, Revision
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.text import Span


class Style(StrEnum):
    """Ways to write office and holder at a first mention."""

    ADJECTIVE = "adjective"
    """Japanese Prime Minister Fumio Kishida."""
    OF_COUNTRY = "of_country"
    """Prime Minister Fumio Kishida of Japan."""
    POSSESSIVE = "possessive"
    """Japan's Prime Minister Fumio Kishida."""


def written(
    person: Person,
    office: Office,
    style: Style,
    knowledge: Knowledge,
    *,
    apostrophe: str = "’",
    like: str = "",
) -> str:
    """Writes office and full name in one of the styles, the country as the text `like` has it."""
    country = knowledge.countries[office.country]
    named = titled(office.titles[0], person.name)
    if style is Style.ADJECTIVE:
        return f"{adjective(country)} {named}"
    if style is Style.OF_COUNTRY:
        return f"{named} of {with_article(country, like)}"
    return f"{owner_of(country, apostrophe, like)} {named}"


def owner_of(country: Country, apostrophe: str, like: str = "") -> str:
    """The country's name in the possessive, as the text `like` has it."""
    name = name_in(country, like)
    return name + (apostrophe if name.endswith("s") else f"{apostrophe}s")


def titled(title: str, name: str) -> str:
    """Title and name; a monarch's name that bears the title already ("King Felipe VI") alone."""
    return name if name.startswith(f"{title} ") else f"{title} {name}"


def styles_for(office: Office, knowledge: Knowledge) -> tuple[Style, ...]:
    """The styles that sound right for an office.

    Organisations and titles that name their institution take none, nor does the Pope, whom nobody
    calls by his state; countries with a definite article take no possessive ("the United
    States's").
    """
    country = knowledge.countries[office.country]
    if (
        not is_state(country)
        or country.id == "VA"
        or (" " in office.titles[0] and " of " in office.titles[0])
    ):
        return ()
    styles = (Style.ADJECTIVE, Style.OF_COUNTRY) if country.adjectives else (Style.OF_COUNTRY,)
    return styles if has_article(country) else (*styles, Style.POSSESSIVE)


def is_state(country: Country) -> bool:
    """Whether it is a country rather than an organisation that holds offices."""
    return len(country.id) == 2 and country.id not in ("EU", "UN")


def adjective(country: Country) -> str:
    """The adjective that stands before a title; for the United States the abbreviation."""
    return "U.S." if country.id == "US" else country.adjectives[0]


DEFINITE = frozenset(
    [
        *("AE", "BS", "CD", "CF", "CG", "CZ", "DO", "EU", "GB", "GM", "KM", "MH", "MV", "NL"),
        *("PH", "SB", "SC", "UN", "US"),
    ]
)
"""Countries whose usual English name takes "the" (the Netherlands, but Ukraine)."""


def has_article(country: Country) -> bool:
    """Whether the country's name takes "the"."""
    return country.id in DEFINITE


def with_article(country: Country, like: str = "") -> str:
    """The name as it stands behind "of", as the text `like` has it."""
    return f"the {country.name}" if has_article(country) else name_in(country, like)


RENAMED = frozenset({"TR", "SZ", "MM", "MK", "CI", "CV", "TL"})
"""Countries that the news calls by two names: Turkey or Türkiye, Burma or Myanmar."""


def name_in(country: Country, text: str) -> str:
    """The name of the country that a text uses, where it has two and the usual one is not used."""
    if country.id not in RENAMED or country.name in text:
        return country.name
    short = (alias for alias in country.aliases if " of " not in alias and not alias.isupper())
    return next((alias for alias in short if alias in text), country.name)


def whole(mention: PersonMention, text: str) -> Span:
    """The mention with its modifiers."""
    start = min((mention.span.start, *(m.start for m in mention.modifiers)))
    end = max((mention.span.end, *(m.end for m in mention.modifiers)))
    return Span.of(text, start, end)


def is_plain(mention: PersonMention, text: str) -> bool:
    """Whether title and name stand side by side, in the singular, with nothing that clings to them.

    Such a mention can be written anew in any style.
    """
    if mention.name is None or mention.title is None or mention.capitals:
        return False
    between = text[mention.title.end : mention.name.start]
    place = whole(mention, text)
    return between == " " and not clings(place, text) and mention.title.text[:1].isupper()


_CLINGING = frozenset(
    {"a", "an", "the", "his", "her", "their", "our", "its", "my", "former", "and"}
)
_APPOSED = re.compile(r", [A-Z][\w ]{2,24}(?:\n|$|;)| of (?:the )?[A-Z]")


def clings(place: Span, text: str) -> bool:
    """Whether a determiner, possessive or abbreviation stands right before, or a country behind.

    A mention there is half of a phrase, and can't take words of its own: "the ...", "US President
    ...", "Japan's Kishida", "Chancellor Scholz, Germany", "Russian President Putin of Russia".
    """
    if _APPOSED.match(text, place.end):
        return True
    before = text[max(0, place.start - 24) : place.start]
    if not before.endswith(" ") or not before.split():
        return False
    last = before.split()[-1]
    owner = last.endswith(("'s", "’s", "s'", "s’"))
    return owner or last.casefold() in _CLINGING or (last.isupper() and len(last) > 1)


def rename(mention: PersonMention, person: Person, revision: Revision) -> None:
    """Lets a mention name another person, in the form in which it named the first.

    Raises:
        NotApplicable: the mention has no name of its own to replace, and is no bare office.
    """
    if mention.form is PersonForm.OFFICE:
        return
    if mention.name is None:
        raise NotApplicable("a mention without a name")
    short = mention.form is PersonForm.SURNAME or len(mention.name.text.split()) == 1
    name = (person.surnames or (person.surname,))[0] if short else person.name
    if mention.capitals:
        name = name.upper()
    revision.replace(mention.name, name)
    adjust_possessive(mention, name, revision)


def adjust_possessive(mention: PersonMention, name: str, revision: Revision) -> None:
    """Makes the possessive suffix behind a mention fit another name: Harris' but Kishida's."""
    suffix = mention.possessive
    if suffix is None:
        return
    if len(suffix.text) == 1 and not name.casefold().endswith("s"):
        revision.replace(suffix, suffix.text + ("S" if mention.capitals else "s"))


def apostrophe_of(reading: Reading) -> str:
    """The apostrophe that the article uses."""
    return "'" if "'" in reading.text and "’" not in reading.text else "’"


def capitalised(text: str) -> str:
    """With its first letter in upper case, for the start of a sentence."""
    return text[:1].upper() + text[1:]


def starts_sentence(span: Span, reading: Reading) -> bool:
    """Whether a span stands first in its sentence."""
    sentence = reading.layout.sentence_at(span.start)
    return sentence is None or sentence.start == span.start


_PARTICLES = frozenset(
    [
        *("ní", "nic", "mac", "ó", "uí", "de", "da", "di", "du", "del", "della", "la", "le"),
        *("van", "von", "der", "den", "ten", "ter", "al", "bin", "ibn", "st", "st."),
    ]
)


def surname_of(name: str) -> str:
    """The surname of a written name, with its particles: Ní Chonaill, de Vries."""
    words = name.split()
    start = len(words) - 1
    while start > 0 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])

"""All names, titles and countries that mentions are made of, in one automaton over UTF-8 bytes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from perturbations.knowledge import Country, Knowledge, Person
from perturbations.reading.offsets import Encoded
from perturbations.reading.people_words import NAME_PREFIXES
from perturbations.reading.titles import title_forms

_WORD_BYTES = bytes(byte < 128 and (chr(byte).isalnum() or chr(byte) == "_") for byte in range(256))
"""1 for each byte that is an ASCII letter, digit or underscore."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one surface form can mean; a form may mean several things (Jordan, Park)."""

    people: tuple[str, ...] = ()
    """Persons with this full name."""
    surnames: tuple[str, ...] = ()
    """Persons with this surname."""
    title: str | None = None
    """The title as the tables write it first."""
    offices: tuple[str, ...] = ()
    """Every office with this title."""
    plural: bool = False
    """Whether the title is a plural."""
    countries: tuple[str, ...] = ()
    """Countries with this name."""
    adjectives: tuple[str, ...] = ()
    """Countries with this adjective."""

    @property
    def is_country(self) -> bool:
        """Whether it can name a country, as a noun or as an adjective."""
        return bool(self.countries or self.adjectives)

    @property
    def is_name(self) -> bool:
        """Whether it can name a person."""
        return bool(self.people or self.surnames)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text, from code point `start` to `end`."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class _Draft:
    people: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, None] = field(default_factory=dict)
    titles: dict[str, None] = field(default_factory=dict)
    plural: bool = False
    offices: dict[str, None] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    adjectives: dict[str, None] = field(default_factory=dict)

    def entry(self) -> Entry:
        return Entry(
            people=tuple(self.people),
            surnames=tuple(self.surnames),
            title=next(iter(self.titles), None),
            offices=tuple(self.offices),
            plural=self.plural,
            countries=tuple(self.countries),
            adjectives=tuple(self.adjectives),
        )


class Gazetteer:
    """Finds names, titles and countries of the knowledge tables in a text.

    Build it once per knowledge; looking up is one pass over the bytes and does not depend on the
    number of names.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        drafts: dict[str, _Draft] = {}
        for country in knowledge.countries.values():
            _add_country(drafts, country)
        for office in knowledge.offices.values():
            for title in office.titles:
                for form, plural in title_forms(title):
                    draft = drafts.setdefault(form, _Draft())
                    draft.titles[title] = None
                    draft.offices[office.id] = None
                    draft.plural = plural
        for person in knowledge.people.values():
            _add_person(drafts, person)
        self.entries = tuple(draft.entry() for draft in drafts.values())
        self._index = dict(zip(drafts, self.entries, strict=True))
        self._automaton = BytesAhoCorasick(
            [form.encode() for form in drafts], matchkind=MatchKind.Standard
        )
        self._held = _offices_held(knowledge)

    def __len__(self) -> int:
        return len(self.entries)

    def lookup(self, form: str) -> Entry | None:
        """What a surface form means, without searching a text."""
        return self._index.get(form)

    def offices_held(self, person: str) -> frozenset[str]:
        """Every office a person ever held."""
        return self._held.get(person, frozenset())

    def find(self, source: Encoded) -> list[Hit]:
        """Every entry in the text that stands between word boundaries; leftmost, longest, in order.

        Overlapping matches are asked for and cut down here, because a longer match that fails at
        its boundary ("ser·vice president") must not hide a shorter one.
        """
        padded = b" " + source.data + b" "
        kept: list[tuple[int, int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            if _WORD_BYTES[padded[start - 1]] or _WORD_BYTES[padded[end]]:
                continue
            if (padded[start - 1] | padded[end]) > 127 and _inside_word(padded, start, end):
                continue
            kept.append((start, -end, index))
        kept.sort()
        hits = []
        reached = 0
        byte = point = 0
        for start, minus_end, index in kept:
            if start < reached:
                continue
            reached = -minus_end
            first = point + _points(padded[byte + 1 : start])
            point = first + _points(padded[start:reached])
            byte = reached - 1
            hits.append(Hit(first, point, self.entries[index]))
        return hits


def _points(part: bytes) -> int:
    """How many code points the bytes hold; cheaper between few hits than a map of all offsets."""
    return len(part) if part.isascii() else len(part.decode("utf-8", "surrogatepass"))


def _inside_word(padded: bytes, start: int, end: int) -> bool:
    """Whether a letter or digit outside ASCII stands right before `start` or right behind `end`."""
    before = padded[max(0, start - 4) : start].decode("utf-8", "ignore")
    behind = padded[end : end + 4].decode("utf-8", "ignore")
    return _joins(before[-1:]) or _joins(behind[:1])


def _joins(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character or " ").startswith("M")


def _offices_held(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for term in knowledge.terms:
        held.setdefault(term.person, set()).add(term.office)
    return {person: frozenset(offices) for person, offices in held.items()}


def _add_country(drafts: dict[str, _Draft], country: Country) -> None:
    for name in (country.name, country.long, *country.aliases):
        bare = name.removeprefix("the ").removeprefix("The ")
        for form in _country_forms(bare):
            drafts.setdefault(form, _Draft()).countries[country.id] = None
    for adjective in country.adjectives:
        for form in _country_forms(adjective):
            drafts.setdefault(form, _Draft()).adjectives[country.id] = None


def _country_forms(name: str) -> Iterator[str]:
    forms = dict.fromkeys((*_spellings(name), name.upper()))
    yield from (form for form in forms if len(form) > 1)


def _add_person(drafts: dict[str, _Draft], person: Person) -> None:
    accepted = (person.name, *person.aliases)
    for name in dict.fromkeys(_bare_names(accepted)):
        for form in _person_forms(name, person.surnames):
            drafts.setdefault(form, _Draft()).people[person.id] = None
    for surname in (person.surname, *person.surnames):
        for form in _surname_forms(surname):
            drafts.setdefault(form, _Draft()).surnames[person.id] = None


def _bare_names(accepted: Iterable[str]) -> Iterator[str]:
    """Names without the titles that tables write into them: King Charles III is Charles III."""
    for name in accepted:
        words = name.split(" ")
        while len(words) > 1 and words[0] in NAME_PREFIXES:
            words = words[1:]
        bare = " ".join(words)
        if len(words) > 1 or bare == name:
            yield bare
        elif name.split(" ")[0] in ("Lord", "Lady", "Baroness", "Baron"):
            yield name


def _person_forms(name: str, surnames: Iterable[str]) -> Iterator[str]:
    for spelling in _spellings(name):
        yield spelling
        yield spelling.upper()
        for surname in surnames:
            for form in _spellings(surname):
                if spelling.startswith(f"{form} "):
                    yield form.upper() + spelling[len(form) :]
                elif spelling.endswith(f" {form}"):
                    yield spelling[: -len(form)] + form.upper()


def _surname_forms(surname: str) -> Iterator[str]:
    for spelling in _spellings(surname):
        yield spelling
        yield spelling[:1].upper() + spelling[1:]
        yield spelling.upper()


def _spellings(name: str) -> Iterator[str]:
    """The name as given, without diacritics, and with the other apostrophe."""
    plain = unicodedata.normalize("NFKD", name)
    folded = "".join(c for c in plain if not unicodedata.combining(c))
    for spelling in dict.fromkeys((name, folded)):
        yield spelling
        if "'" in spelling or "’" in spelling:
            yield spelling.replace("'", "’")
            yield spelling.replace("’", "'")

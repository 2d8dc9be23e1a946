"""Mentions of people who hold or held office, and of their offices, each tied to who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.mentions import (
    AsOf,
    Citations,
    DateMention,
    Layout,
    PersonForm,
    PersonMention,
)
from perturbations.reading.offsets import Encoded
from perturbations.reading.people_chains import Resolver
from perturbations.reading.people_context import Scene
from perturbations.reading.people_names import with_initials
from perturbations.reading.people_offices import Meaning, OfficeReader
from perturbations.reading.people_phrases import Phrase, PhraseFinder
from perturbations.reading.roles import RoleClaim, find_roles

_NO_OFFICE_BEHIND = re.compile(
    r"[-‑](?!elect|designate)\w| (?:of|and CEO|and chief|pro tem|pro tempore|in chief)\b|"
    r"(?:['’]s?)? [A-Z]|(?:['’]s?)? office\b"
)
"""What makes an office alone something else: "the president of the club", "the King Center"."""

_AND = re.compile(r",? (?:and|&) |, ")


def find_people(
    source: Encoded,
    gazetteer: Gazetteer,
    layout: Layout,
    dates: Sequence[DateMention] = (),
    citations: Citations | None = None,
    title_end: int = 0,
    as_of: AsOf | None = None,
) -> tuple[PersonMention, ...]:
    """Finds every mention of an office holder, and of an office; see `find_people_and_roles`."""
    return find_people_and_roles(source, gazetteer, layout, dates, citations, title_end, as_of)[0]


def find_people_and_roles(
    source: Encoded,
    gazetteer: Gazetteer,
    layout: Layout,
    dates: Sequence[DateMention] = (),
    citations: Citations | None = None,
    title_end: int = 0,
    as_of: AsOf | None = None,
) -> tuple[tuple[PersonMention, ...], tuple[RoleClaim, ...]]:
    """Finds every mention of an office holder and of an office, and what roles people are given.

    Both in the order of the text.

    Args:
        source: the text.
        gazetteer: built once per knowledge.
        layout: paragraphs, sentences, quotations and headings of the text.
        dates: date expressions of the text: a date of another year makes its sentence historical.
        citations: mentions in the reference list or in an address are marked as such.
        title_end: where the headline ends (0 where there is none).
        as_of: the time the article speaks at; without it no date makes history.
    """
    text = source.text
    hits = with_initials(text, gazetteer.find(source), gazetteer)
    if not hits:
        return (), ()
    scene = Scene(text, layout, dates, citations or Citations(), title_end, as_of)
    phrases = list(PhraseFinder(text, hits, gazetteer).phrases())
    offices = OfficeReader(scene, gazetteer)
    read = list(_PeopleReader(scene, gazetteer, offices, phrases).mentions())
    roles = tuple(find_roles(read, scene, gazetteer, offices))
    return tuple(mention for _, mention in read if mention is not None), roles


class _PeopleReader:
    """Turns the phrases of one text into mentions: names first, then the offices they explain."""

    def __init__(
        self,
        scene: Scene,
        gazetteer: Gazetteer,
        offices: OfficeReader,
        phrases: Sequence[Phrase],
    ) -> None:
        self._scene = scene
        self._phrases = phrases
        self._offices = offices
        self._names = Resolver(scene, gazetteer, offices, phrases)

    def mentions(self) -> Iterator[tuple[Phrase, PersonMention | None]]:
        """Yields every phrase in order, with the mention that it is, if it is one."""
        found = [self._named(phrase) for phrase in self._phrases]
        self._carry_modifiers(found)
        holders = [m for m in found if m is not None and _tells_holder(m)]
        for phrase, mention in zip(self._phrases, found, strict=True):
            if mention is None and phrase.name is None:
                mention = self._office_alone(phrase, holders)
            yield phrase, mention

    def _named(self, phrase: Phrase) -> PersonMention | None:
        if phrase.name is None:
            return None
        meaning = self._names.name(phrase, phrase.name)
        if meaning is None:
            return None
        if phrase.title is not None:
            return self._mention(phrase, PersonForm.TITLED, meaning)
        form = PersonForm.FULL if phrase.is_full else PersonForm.SURNAME
        return self._mention(phrase, form, meaning)

    def _carry_modifiers(self, mentions: list[PersonMention | None]) -> None:
        """Lets "former" and its like hold where they are not written again.

        They carry over a comma or "and" to the next title ("former President Clinton and Secretary
        of State Clinton"), and to later mentions of the same person by the same bare title and
        surname: courtesy, once the article has said that the office is not theirs.
        """
        marked: set[tuple[int, tuple[str, ...]]] = set()
        before: PersonMention | None = None
        for place, (phrase, mention) in enumerate(zip(self._phrases, mentions, strict=True)):
            if mention is None or mention.form is not PersonForm.TITLED:
                continue
            key = (mention.chain, mention.offices)
            if mention.modifiers:
                marked.add(key)
            else:
                bare = phrase.country is None and not phrase.is_full
                if self._joins(before, mention) or (bare and key in marked):
                    mention = mentions[place] = replace(mention, historical=True)
            before = mention

    def _joins(self, before: PersonMention | None, mention: PersonMention) -> bool:
        """Whether a mention stands right behind one that is marked, in one list with it."""
        if before is None or not before.modifiers:
            return False
        return _AND.fullmatch(self._scene.text, before.span.end, mention.span.start) is not None

    def _office_alone(
        self, phrase: Phrase, holders: Sequence[PersonMention]
    ) -> PersonMention | None:
        scene = self._scene
        if _NO_OFFICE_BEHIND.match(scene.text, phrase.end) or scene.is_becoming(phrase.start):
            return None
        if not (scene.has_article(phrase.start) or self._is_owned(phrase)):
            return None
        headline = scene.in_headline(phrase.start)
        told = [m for m in holders if headline or m.span.start < phrase.start]
        meaning = self._offices.alone(phrase, [m for m in told if not m.historical])
        if meaning is None or not meaning.people:
            meaning = self._offices.alone(phrase, told)
        return self._mention(phrase, PersonForm.OFFICE, meaning) if meaning else None

    def _is_owned(self, phrase: Phrase) -> bool:
        """Whether a country stands for the article: Japan's prime minister."""
        country, title = phrase.country, phrase.title
        if country is None or title is None or country.start > title.start:
            return False
        owned = self._scene.text[country.end : country.end + 1] in ("'", "’")
        return owned or self._scene.is_title_case(phrase.start)

    def _mention(self, phrase: Phrase, form: PersonForm, meaning: Meaning) -> PersonMention:
        scene = self._scene
        start = phrase.start if meaning.honorific is None else meaning.honorific[0]
        span = scene.span(start, phrase.end)
        modifiers = scene.modifiers(phrase)
        people = () if form is PersonForm.OFFICE and modifiers else meaning.people
        title, country = phrase.title, phrase.country
        name = scene.span(phrase.name.start, phrase.name_end) if phrase.name else None
        letters = name.text if name else span.text
        titled = form is PersonForm.TITLED
        return PersonMention(
            span=span,
            form=form,
            name=name,
            title=scene.span(title.start, title.end) if title else None,
            country=scene.span(country.start, country.end) if country else None,
            modifiers=modifiers,
            people=people,
            offices=meaning.offices,
            chain=self._names.chain(people),
            possessive=scene.possessive(phrase.end),
            quoted=scene.layout.quoted(span),
            in_reference=scene.in_reference(span),
            in_headline=scene.in_headline(start),
            historical=scene.is_historical(phrase),
            capitals=letters.isupper() and len(letters) > 2,
            honorific=scene.span(*meaning.honorific) if meaning.honorific else None,
            shared_title=phrase.shared,
            apposition=phrase.apposition,
            courtesy=titled and self._offices.is_courtesy(phrase, meaning),
        )


def _tells_holder(mention: PersonMention) -> bool:
    """Whether a mention says who holds an office, for offices that stand alone later."""
    return (
        mention.form is PersonForm.TITLED
        and mention.person is not None
        and bool(mention.offices)
        and not (mention.modifiers or mention.courtesy)
    )

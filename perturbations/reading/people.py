"""Mentions of people who hold or held office, and of their offices, each tied to who is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
from perturbations.reading.people_chains import Meaning, Resolver
from perturbations.reading.people_context import Scene
from perturbations.reading.people_names import with_initials
from perturbations.reading.people_phrases import Phrase, PhraseFinder

_NO_OFFICE_BEHIND = re.compile(
    r"[-‑](?!elect|designate)\w| (?:of|for|and CEO|and chief|pro tem|pro tempore|in chief)\b|"
    r"(?:['’]s?)? [A-Z]|(?:['’]s?)? office\b"
)
"""What makes an office alone something else: "the president of the club", "the King Center"."""


def find_people(
    source: Encoded,
    gazetteer: Gazetteer,
    layout: Layout,
    dates: Sequence[DateMention] = (),
    citations: Citations | None = None,
    title_end: int = 0,
    as_of: AsOf | None = None,
) -> tuple[PersonMention, ...]:
    """Finds every mention of an office holder, and of an office, in order.

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
        return ()
    scene = Scene(text, layout, dates, citations or Citations(), title_end, as_of)
    phrases = list(PhraseFinder(text, hits, gazetteer).phrases())
    resolver = Resolver(scene, gazetteer, phrases)
    found = [_named(scene, resolver, phrase) for phrase in phrases]
    holders = [
        (mention.span.start, mention.people[0], mention.offices)
        for mention in found
        if mention is not None and mention.form is PersonForm.TITLED and _tells_holder(mention)
    ]
    mentions = []
    for phrase, mention in zip(phrases, found, strict=True):
        if mention is None and phrase.name is None:
            headline = scene.in_headline(phrase.start)
            known = [(p, o) for at, p, o in holders if headline or at < phrase.start]
            mention = _office(scene, resolver, phrase, known)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


def _tells_holder(mention: PersonMention) -> bool:
    return mention.person is not None and bool(mention.offices) and not mention.modifiers


def _named(scene: Scene, resolver: Resolver, phrase: Phrase) -> PersonMention | None:
    if phrase.name is None:
        return None
    meaning = resolver.name(phrase, phrase.name)
    if meaning is None:
        return None
    if phrase.title is not None:
        form = PersonForm.TITLED
    elif phrase.name.entry.people:
        form = PersonForm.FULL
    else:
        form = PersonForm.SURNAME
    return _mention(scene, resolver, phrase, form, meaning)


def _office(
    scene: Scene, resolver: Resolver, phrase: Phrase, holders: Sequence[tuple[str, Sequence[str]]]
) -> PersonMention | None:
    if _NO_OFFICE_BEHIND.match(scene.text, phrase.end) or scene.is_becoming(phrase.start):
        return None
    if not (scene.has_article(phrase.start) or _is_owned(scene, phrase)):
        return None
    meaning = resolver.office(phrase, holders)
    if meaning is None:
        return None
    return _mention(scene, resolver, phrase, PersonForm.OFFICE, meaning)


def _is_owned(scene: Scene, phrase: Phrase) -> bool:
    """Whether a country stands for the article: Japan's prime minister."""
    country, title = phrase.country, phrase.title
    if country is None or title is None or country.start > title.start:
        return False
    owned = scene.text[country.end : country.end + 1] in ("'", "’")
    return owned or scene.is_title_case(phrase.start)


def _mention(
    scene: Scene, resolver: Resolver, phrase: Phrase, form: PersonForm, meaning: Meaning
) -> PersonMention:
    start = phrase.start if meaning.honorific is None else meaning.honorific[0]
    span = scene.span(start, phrase.end)
    modifiers = scene.modifiers(phrase)
    people = meaning.people
    if form is PersonForm.OFFICE and modifiers:
        people = ()
    name, title, country = phrase.name, phrase.title, phrase.country
    letters = scene.span(name.start, phrase.name_end) if name else span
    return PersonMention(
        span=span,
        form=form,
        name=scene.span(name.start, phrase.name_end) if name else None,
        title=scene.span(title.start, title.end) if title else None,
        country=scene.span(country.start, country.end) if country else None,
        modifiers=modifiers,
        people=people,
        offices=meaning.offices,
        chain=resolver.chain(people),
        possessive=scene.possessive(phrase.end),
        quoted=scene.layout.quoted(span),
        in_reference=scene.in_reference(span),
        in_headline=scene.in_headline(start),
        historical=scene.is_historical(phrase),
        capitals=letters.text.isupper() and len(letters.text) > 2,
        honorific=scene.span(*meaning.honorific) if meaning.honorific else None,
        shared_title=phrase.shared,
        apposition=phrase.apposition,
    )

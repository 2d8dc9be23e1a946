"""Items whose headlines restate the sentences that cite them: where the two can come to differ.

Headline and sentence agree in the source. The headline keeps the sentence's own words, under the
label of a column of the invented outlet, and is of the article's own day.
"""

from __future__ import annotations

import re

from perturbations.added_lists import with_numbered_list
from perturbations.cited_items import Item, date_template, invented_items
from perturbations.draw import Draw
from perturbations.markers import sentences_for_markers
from perturbations.other_values import other_value
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.citation_styles import STYLES, StyleError, write_entry
from perturbations.reading.cited_values import cited_sentences, values_in
from perturbations.reading.dates import render
from perturbations.reading.leaning import LEANING
from perturbations.reading.mentions import Reading
from perturbations.text import Ledger, Span

MIN_ENTRIES, MAX_ENTRIES = 3, 6
MAX_RESTATED = 3
MIN_WORDS, MAX_WORDS = 7, 28

LABELS = (
    "In brief",
    "News in brief",
    "Morning edition",
    "Evening edition",
    "Round-up",
    "Daily digest",
    "From the newsroom",
    "Bulletin",
    "Front page",
    "The day in short",
)
"""Columns under which invented outlets print what has happened."""

_JOINED = re.compile(r"[;:()\[\]“”\"«»…*_|<>]|\s[–—-]\s|—|\w[’']\s|\.\s|https?://")
"""Signs of a sentence that makes no headline: asides, quotations, a second sentence."""
_SPEAKER = re.compile(r"\b(?:I|me|my|we|us|our|you|your)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:he|she|they|it|him|them|himself|herself|itself|themselves|this|these|those|such|latter|"
    r"that (?:year|month|week|day|time|number|point)|there|here|instead|also|too)\b"
    r"|^(?:some|many|most|all|none|neither|each|others|in addition|as a result|for example)\b"
    r"|^the (?:two|three|four|five|six|seven|eight|nine|ten|other|others|same|pair|former)\b"
    r"|\b(?:except|apart)\b.*\beach\b"
    r"|^(?:\S+ ){0,3}(?:his|her|their|its|my|our)\b",
    re.IGNORECASE,
)
"""Words that point out of the sentence: a headline has nothing before it to point to."""
_ARTICLE = re.compile(r"^(?:The|A|An) (?=\w)")


class CitedHeadlines:
    """Adds a list in which up to three headlines restate the sentences that cite them."""

    name = "cited_headlines"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add list and markers; none where headlines restate sentences already.

        Raises:
            NotApplicable: the article has a list of its own or no date, or no sentence of it makes
                a headline with a value that can be another.
        """
        reading = subject.reading
        if any(cited_sentences(reading, subject.knowledge)):
            return Ledger()
        if reading.citations.references is not None or reading.citations.markers:
            raise NotApplicable("a reference list whose headlines restate nothing")
        if reading.as_of is None:
            raise NotApplicable("no reference list, and no date that one could be made for")
        places = sentences_for_markers(reading)
        if len(places) < MIN_ENTRIES:
            raise NotApplicable("fewer than three sentences that could carry a marker")
        restated = [p for p in draw.shuffled(places) if _has_value(p, subject, draw)]
        if not restated:
            raise NotApplicable("no sentence that makes a headline with a value in it")
        chosen = restated[:MAX_RESTATED]
        free = [place for place in draw.shuffled(places) if place not in chosen]
        least, most = max(0, MIN_ENTRIES - len(chosen)), MAX_ENTRIES - len(chosen)
        others = free[: least + draw.below(most - least + 1)]
        cited = _entries(chosen, others, subject, draw)
        return with_numbered_list(cited, reading.text, draw)


def statement(sentence: Span, reading: Reading) -> str | None:
    """The sentence as a headline: without its first article and its full stop; None for others."""
    words = sentence.text.split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or not sentence.text[:1].isupper():
        return None
    leans = words[0].strip(",").casefold() in LEANING or _POINTING.search(sentence.text)
    if leans or _SPEAKER.search(sentence.text):
        return None
    if _JOINED.search(sentence.text) or "\n" in sentence.text or reading.layout.quoted(sentence):
        return None
    bare = _ARTICLE.sub("", sentence.text.rstrip("."))
    return bare[:1].upper() + bare[1:]


def _has_value(place: Span, subject: Subject, draw: Draw) -> bool:
    """Whether a sentence makes a headline and holds an exact value that could be another."""
    if statement(place, subject.reading) is None:
        return False
    values = values_in(place, subject.reading, subject.knowledge)
    return any(not v.hedged and other_value(v, subject, draw) is not None for v in values)


def _entries(
    chosen: list[Span], others: list[Span], subject: Subject, draw: Draw
) -> dict[Span, str]:
    """Sentences with the entry that each cites, all in one style, without addresses."""
    reading = subject.reading
    if reading.as_of is None:
        raise NotApplicable("no reference list, and no date that one could be made for")
    template = date_template(reading)
    styles = draw.shuffled([style for style in STYLES if style != "markdown"])
    items = invented_items(len(chosen) + len(others), subject, draw)
    labels = [draw.choice(LABELS) for _ in chosen]
    for style in styles:
        cited = {}
        try:
            for place, item, label in zip(chosen, items, labels, strict=False):
                headline = f"{label}: {statement(place, reading)}"
                today = Item(item.outlet, headline, reading.as_of.first, reading.as_of.first)
                cited[place] = _written(today, style, template)
            for place, item in zip(others, items[len(chosen) :], strict=True):
                cited[place] = _written(item, style, template)
        except StyleError:
            continue
        return cited
    raise NotApplicable("no citation style can carry the headlines")


def _written(item: Item, style: str, template: str) -> str:
    return write_entry(style, None, item.outlet, item.headline, render(template, item.day), None)

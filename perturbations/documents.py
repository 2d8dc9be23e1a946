"""Citations of real documents for articles that have none: what a chimera is made from.

The documents come out of the table of references: older than the article, and on what one of its
sentences speaks of. That sentence cites them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from perturbations.added_lists import with_numbered_list
from perturbations.cited_items import date_template, invented_items
from perturbations.draw import Draw
from perturbations.knowledge import Precision, Reference, Status
from perturbations.markers import sentences_for_markers
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.citation_styles import STYLES, StyleError, write_entry
from perturbations.reading.dates import render
from perturbations.reading.documents import words_of
from perturbations.text import Ledger, Span

MAX_DOCUMENTS, MIN_ENTRIES, MAX_ENTRIES = 4, 3, 7
AGE = timedelta(days=8)
"""How much older than the article a document must be, at the least."""

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = ("comma", "typographic", "full_stop")
"""Styles that put titles in quotation marks."""
_DESIGNATIONS = {
    "unsc_resolution": "Security Council Resolution {number}",
    "unga_resolution": "General Assembly Resolution {number}",
    "us_law": "Public Law {number}",
    "us_order": "Executive Order {number}",
    "eu_act": "{number}",
}


class Documents:
    """Adds a list with one to four real documents, and invented items besides."""

    name = "documents"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add list and markers; none where the article cites a known document.

        Raises:
            NotApplicable: the article has a list of its own or no date, or no sentence of it
                speaks of what two documents of one kind are about.
        """
        reading = subject.reading
        if any(mention.date or mention.issuers for mention in reading.documents):
            return Ledger()
        citations = reading.citations
        if citations.references is not None or citations.markers:
            raise NotApplicable("a reference list of its own, without a known document")
        if reading.as_of is None:
            raise NotApplicable("no reference list, and no date that one could be made for")
        places = sentences_for_markers(reading)
        if len(places) < MIN_ENTRIES:
            raise NotApplicable("fewer than three sentences that could carry a marker")
        style = draw.choice([name for name in STYLES if name != "markdown"])
        cited = _documents(places, style, subject, draw)
        if not cited:
            raise NotApplicable("no two documents of one kind on what a sentence speaks of")
        free = [place for place in draw.shuffled(places) if place not in cited]
        least, most = max(0, MIN_ENTRIES - len(cited)), MAX_ENTRIES - len(cited)
        count = min(len(free), least + draw.below(most - least + 1))
        template = date_template(reading)
        for place, item in zip(free, invented_items(count, subject, draw), strict=False):
            cited[place] = item.written(style, template, accessed=False)
        return with_numbered_list(cited, reading.text, draw)


def _documents(places: list[Span], style: str, subject: Subject, draw: Draw) -> dict[Span, str]:
    """Sentences with the document that each cites, as an entry."""
    chosen: dict[Span, str] = {}
    spoken = {place: spoken_words([place]) for place in places}
    most = 1 + draw.below(MAX_DOCUMENTS)
    for item in draw.shuffled(citable(subject, spoken_words(places))):
        free = [p for p, words in spoken.items() if p not in chosen and words & set(item.topics)]
        try:
            entry = written(item, style, subject)
        except StyleError:
            continue
        if free:
            chosen[draw.choice(free)] = entry
        if len(chosen) == most:
            break
    return chosen


def spoken_words(spans: Iterable[Span]) -> set[str]:
    """The words of some spans in small letters."""
    return {word.casefold() for span in spans for word in _WORD.findall(span.text)}


def citable(subject: Subject, spoken: set[str]) -> list[Reference]:
    """Documents on what is spoken of, older than the article, that have a fellow of their kind.

    Args:
        subject: whose article could cite them.
        spoken: words of the article in small letters.

    Raises:
        NotApplicable: the article's day is unknown.
    """
    as_of = subject.reading.as_of
    if as_of is None:
        raise NotApplicable("the article's time is unknown")
    kinds: defaultdict[str, list[Reference]] = defaultdict(list)
    for item in subject.knowledge.references.values():
        old = max(end for _, end in item.dates[:1]) < as_of.first - AGE
        named = item.number is not None or len(words_of(item.title)) > 1
        sure = bool(item.authors) and item.status is not Status.UNCERTAIN
        if old and named and sure and spoken & set(item.topics):
            kinds[item.kind].append(item)
    return [item for items in kinds.values() if len(items) > 1 for item in items]


def designation(item: Reference) -> str:
    """The words that say which document is meant: kind and number, or the title."""
    return _DESIGNATIONS.get(item.kind, item.title).format(number=item.number)


def headline(item: Reference) -> str:
    """How an entry names a document: its number with title or subject, or its title."""
    if item.number is None:
        return item.title
    joint = " on " if item.kind == "unsc_resolution" else ": "
    return f"{designation(item)}{joint}{item.title}"


def day_like(item: Reference, template: str) -> str:
    """The document's date as precisely as it is known; days are written by `template`."""
    if item.precision is Precision.DAY:
        return render(template, item.day)
    form = "{Month} {yyyy}" if item.precision is Precision.MONTH else "{yyyy}"
    return render(form, item.day)


def written(item: Reference, style: str, subject: Subject) -> str:
    """The document as an entry of a style, without label.

    Raises:
        StyleError: the style cannot carry its title.
    """
    if item.precision is Precision.YEAR and style not in _MARKED:
        raise StyleError(f"style {style!r} shows no title beside a bare year")
    day = day_like(item, date_template(subject.reading))
    return write_entry(style, None, item.authors[0], headline(item), day, None)

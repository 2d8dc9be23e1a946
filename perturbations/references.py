"""Consistent citations for articles that have none: what citation defects start from.

Real articles rarely carry references, so they are added to the *source* row first, in one of the
ways papers and web pages use: numbered lists, footnotes, names with years, links in the prose.
"""

from __future__ import annotations

from perturbations.added_lists import HEADINGS, heading_for, with_list
from perturbations.cited_items import Item, date_template, invented_items
from perturbations.draw import Draw
from perturbations.markers import MarkerPlace, sentences_for_markers
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.citation_styles import NUMBERINGS, STYLES
from perturbations.reading.dates import render
from perturbations.text import Ledger, Span

MIN_ENTRIES, MAX_ENTRIES = 3, 12
MAX_LINKS = 6

_NUMBERED_SHARE, _NAMED_SHARE = 0.68, 0.2
"""How often a list is numbered, or cited by name and year; the rest are links in the prose."""
_LEFT_FREE = 2
"""Sentences left without a marker where there are enough: operators add markers there."""
_ACCESSED_SHARE = 0.4
_NUMBERINGS = (*NUMBERINGS, NUMBERINGS[0], NUMBERINGS[-1])
"""Brackets are the commonest way, and drawn twice as often; so are footnotes of Markdown, whose
labels stand for themselves: any of them can be without a note."""


class References:
    """Adds markers to sentences and a list at the article's end, or links to sentences."""

    name = "references"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add citations; none where the article has a list.

        Raises:
            NotApplicable: the article's day is unknown, or too few sentences can carry a marker.
        """
        reading = subject.reading
        if reading.citations.references is not None:
            return Ledger()
        if reading.as_of is None:
            raise NotApplicable("no reference list, and no date that one could be made for")
        if reading.citations.markers:
            raise NotApplicable("markers without a reference list")
        places = sentences_for_markers(reading)
        if len(places) < MIN_ENTRIES:
            raise NotApplicable("fewer than three sentences that could carry a marker")
        most = max(MIN_ENTRIES, min(MAX_ENTRIES, len(places) - _LEFT_FREE))
        count = MIN_ENTRIES + draw.below(most - MIN_ENTRIES + 1)
        kind = draw.uniform()
        if kind >= _NUMBERED_SHARE + _NAMED_SHARE:
            return _links(min(count, MAX_LINKS), places, subject, draw)
        chosen = sorted(draw.shuffled(places)[:count])
        items = invented_items(count, subject, draw)
        if kind < _NUMBERED_SHARE:
            return _numbered(chosen, items, subject, draw)
        return _named(chosen, items, subject, draw)


class CitedAddresses:
    """Leaves articles alone that cite addresses of known outlets; gives references to others."""

    name = "cited_addresses"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add citations; none where a known outlet's address is cited.

        Raises:
            NotApplicable: as `References` does.
        """
        if any(item.hosts for item in subject.reading.citations.items):
            return Ledger()
        return References().prepare(subject, draw)


def _numbered(chosen: list[Span], items: list[Item], subject: Subject, draw: Draw) -> Ledger:
    """Markers with numbers, and a numbered list."""
    numbering = draw.choice(_NUMBERINGS)
    inside = draw.chance(0.5)
    place = MarkerPlace(inside, spaced=inside and numbering.marker == "[{n}]")
    markers = [
        place.edit(sentence, numbering.write_marker(number))
        for number, sentence in enumerate(chosen, start=1)
    ]
    lines = _lines(items, subject, draw)
    labels = [numbering.write_label(number) for number in range(1, len(items) + 1)]
    listed = [label + line for label, line in zip(labels, lines, strict=True)]
    return with_list(markers, heading_for(numbering, draw), listed, subject.reading.text)


def _named(chosen: list[Span], items: list[Item], subject: Subject, draw: Draw) -> Ledger:
    """Markers by name and year, and a list in the order of the names."""
    place = MarkerPlace(inside=True, spaced=True)
    markers = [
        place.edit(sentence, f"({item.outlet}, {item.day.year})")
        for sentence, item in zip(chosen, items, strict=True)
    ]
    lines = sorted(_lines(items, subject, draw, style="author_date"), key=str.casefold)
    return with_list(markers, draw.choice(HEADINGS[:2]), lines, subject.reading.text)


def _lines(items: list[Item], subject: Subject, draw: Draw, style: str | None = None) -> list[str]:
    """The entries in one style, without labels."""
    chosen = style or draw.choice(STYLES)
    template = date_template(subject.reading)
    accessed = draw.chance(_ACCESSED_SHARE)
    return [item.written(chosen, template, accessed=accessed) for item in items]


def _links(count: int, places: list[Span], subject: Subject, draw: Draw) -> Ledger:
    """Sentences that end in a bracket with a link, the outlet and the day: entries in the prose."""
    template = date_template(subject.reading)
    place = MarkerPlace(inside=True, spaced=True)
    chosen = sorted(draw.shuffled(places)[:count])
    items = invented_items(count, subject, draw)
    joint = draw.choice((", ", " — "))
    edits = []
    for sentence, item in zip(chosen, items, strict=True):
        day = render(template, item.day)
        written = f"([{item.headline}]({item.address}){joint}{item.outlet}, {day})"
        edits.append(place.edit(sentence, written))
    return Ledger(tuple(edits))

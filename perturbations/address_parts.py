"""Addresses under edit: the day, the number and the slug that a cited address tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from perturbations.knowledge import Knowledge, Outlet
from perturbations.proposal import Revision
from perturbations.reading.citation_addresses import MONTHS, AddressTells, tellings
from perturbations.reading.mentions import Entry, Reading
from perturbations.text import Span

ABOUT_DAYS = 7
"""An item that appeared so near a day of the prose may report what happened then."""
_ABBREVIATIONS = {number: name for name, number in MONTHS.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """A cited item with an address that tells something, and whose grammar it was read by.

    `outlet` is None for an invented outlet.
    """

    item: Entry
    address: Span
    tells: AddressTells
    outlet: Outlet | None

    def part(self, name: str) -> Span | None:
        """Where in the text a part of the address stands: `year`, `month`, `day`, `id`."""
        place = self.tells.place(name)
        if place is None:
            return None
        text = self.address.text[place[0] : place[1]]
        return Span(self.address.start + place[0], self.address.start + place[1], text)

    def redate(self, revision: Revision, year: int, month: int, day: int) -> None:
        """Writes another day into the address, possible or not, as the first is written.

        One edit from the first part to the last: parts that happen to stay would tell how far the
        day has moved.
        """
        parts = {"year": str(year), "month": str(month), "day": str(day)}
        places = [(name, span) for name in parts if (span := self.part(name)) is not None]
        figures = [p.text for name, p in places if name != "year" and p.text.isdigit()]
        padded = all(len(text) == 2 for text in figures)
        start = min(span.start for _, span in places)
        whole = Span.of(revision.text, start, max(span.end for _, span in places))
        text = whole.text
        for name, span in sorted(places, key=lambda place: place[1], reverse=True):
            written = parts[name]
            if name == "month" and span.text.isalpha():
                written = _ABBREVIATIONS[month]
            elif name != "year" and padded:
                written = written.zfill(2)
            text = text[: span.start - start] + written + text[span.end - start :]
        revision.replace(whole, text)

    def redate_to(self, revision: Revision, day: date) -> None:
        """Writes a day into the address."""
        self.redate(revision, day.year, day.month, day.day)


def told_items(reading: Reading, knowledge: Knowledge) -> list[Told]:
    """Every cited item whose address its grammar reads in one way, in order."""
    found = (told_of(item, knowledge) for item in reading.citations.items)
    return [told for told in found if told is not None]


def told_of(item: Entry, knowledge: Knowledge) -> Told | None:
    """What an item's address tells, where it is read in one way alone."""
    if item.address is None:
        return None
    ways = tellings(item.address.text, [knowledge.outlets[id] for id in item.hosts])
    if len({(outlet.id if outlet else None, tells.places) for tells, outlet in ways}) != 1:
        return None
    tells, outlet = ways[0]
    return Told(item, item.address, tells, outlet)


def told_elsewhere(item: Entry, reading: Reading) -> bool:
    """Whether the prose names a day about an item's own: what it reports then has that day."""
    if item.date is None or item.date.first is None:
        return False
    own, references = item.date.first, reading.citations.references
    return any(
        mention.first is not None
        and mention.is_full
        and abs((mention.first - own).days) <= ABOUT_DAYS
        and not item.span.covers(mention.span)
        and not (references is not None and references.span.covers(mention.span))
        for mention in reading.dates
    )


def dated(items: Iterable[Told]) -> list[Told]:
    """Those whose address names a day that can be, by figures or a month's abbreviation."""
    return [t for t in items if t.tells.date is not None and _can_be_rewritten(t)]


def _can_be_rewritten(told: Told) -> bool:
    month = told.part("month")
    return month is not None and (month.text.isdigit() or month.text in MONTHS)

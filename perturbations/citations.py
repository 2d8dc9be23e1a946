"""Citation defects: holes in the numbers, markers without an entry, dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention, Entry, Marker, Reading
from perturbations.references import References, marker_edit, sentences_for_markers
from perturbations.text import Span

REACH_DAYS = 200
"""How far from the article's day, in either direction, a moved citation date may lie."""

_DATE_PATHS = ("%Y/%m/%d", "%Y-%m-%d", "%Y/%b/%d", "%Y%m%d")
"""How addresses write a day; tried in this order, in lower case."""


class NumberingGap:
    """Drops one entry of a numbered reference list and leaves the numbers as they were: [1] [3].

    The control drops the same entry and renumbers the rest, in list and text. Source of the rule:
    references in the numeric system count up from 1 without holes (ISO 690:2021).
    """

    name: ClassVar[str] = "citations.numbering_gap"
    type: ClassVar[str] = "numbering_gap"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "the same entry dropped, the rest renumbered in list and text"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each entry that is neither first nor last, in drawn order.

        Raises:
            NotApplicable: fewer than three entries, or their numbers do not run from 1.
        """
        reading = subject.reading
        entries = counted_entries(reading)
        for index in draw.shuffled(range(1, len(entries) - 1)):
            yield self._without(index, entries, reading)

    def _without(self, index: int, entries: tuple[Entry, ...], reading: Reading) -> Proposal:
        variant, control = Revision(reading.text), Revision(reading.text)
        for revision in (variant, control):
            _drop_entry(index, entries, revision)
            for marker in _markers_of(index + 1, reading):
                _drop_marker(marker, revision)
        for entry in entries[index + 1 :]:
            control.replace(_digits(entry), str((entry.number or 0) - 1))
        for marker in reading.citations.markers:
            if marker.number > index + 1:
                control.replace(marker.digits, str(marker.number - 1))
        before, after = entries[index - 1], entries[index + 1]
        claim = variant.moved(_digits(before)), variant.moved(_digits(after))
        found = defect(
            self.type,
            [variant.moved(after.label or _digits(after))],
            [Evidence("entry before", span=variant.moved(before.label or _digits(before)))],
            f"The list goes from {before.number} to {after.number}.",
            Witness(Rule.SET, claim=claim, expect={"check": "sequence"}),
            scope=Scope.LOCAL,
        )
        note = "the entry dropped and the rest renumbered"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


class DanglingMarker:
    """Leaves a marker without its entry: by a marker too many, or by an entry too few.

    The control cites the last entry that is there. Its number is one less, so that neither the
    number nor the length of the text tells which it is.
    """

    name: ClassVar[str] = "citations.dangling_marker"
    type: ClassVar[str] = "dangling_marker"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "the last entry that is there is cited"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields an added marker and a dropped entry, in drawn order.

        Raises:
            NotApplicable: fewer than three entries, or their numbers do not run from 1.
        """
        reading = subject.reading
        entries = counted_entries(reading)
        makers = [self._added, self._dropped]
        for make in draw.shuffled(makers):
            proposal = make(entries, reading, draw)
            if proposal is not None:
                yield proposal

    def _added(self, entries: tuple[Entry, ...], reading: Reading, draw: Draw) -> Proposal | None:
        places = sentences_for_markers(reading)
        if not places or not reading.citations.markers:
            return None
        place = draw.choice(places)
        first = reading.citations.markers[0].span.start
        inside = reading.text[first - 1] == " "
        number = len(entries) + 1
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.edits.append(marker_edit(place, number, inside=inside))
        control.edits.append(marker_edit(place, len(entries), inside=inside))
        added = variant.ledger().outcome(0)
        text = variant.ledger().apply(reading.text)
        at = text.index("[", added.start)
        marker = Span.of(text, at, added.end)
        digits = Span.of(text, at + 1, added.end - 1)
        note = "the added marker cites the last entry"
        return self._proposal(variant, control, marker, digits, number, reading, note)

    def _dropped(self, entries: tuple[Entry, ...], reading: Reading, draw: Draw) -> Proposal | None:
        last = entries[-1].number or 0
        markers = _markers_of(last, reading)
        if not markers:
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        for revision in (variant, control):
            _drop_entry(len(entries) - 1, entries, revision)
        for marker in markers:
            control.replace(marker.digits, str(last - 1))
        moved, digits = variant.moved(markers[0].span), variant.moved(markers[0].digits)
        note = "the marker of the dropped entry cites the one before"
        return self._proposal(variant, control, moved, digits, last, reading, note)

    def _proposal(
        self,
        variant: Revision,
        control: Revision,
        marker: Span,
        digits: Span,
        number: int,
        reading: Reading,
        note: str,
    ) -> Proposal:
        references = reading.citations.references
        if references is None:
            raise NotApplicable("no reference list")
        kept = references.span
        listed = variant.ledger().forward(references.entries[0].span.start, kept.end)
        shown = _listed(variant, references.entries, listed)
        found = defect(
            self.type,
            [marker],
            [Evidence("reference list", span=shown)],
            f"The reference list has no entry {number}.",
            Witness(Rule.SET, claim=(digits,), expect={"check": "entry"}),
            scope=Scope.GLOBAL,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


class DateConflict:
    """Dates an item after the article that cites it, or its retrieval before the item.

    The control moves the same date to another day that can be, in the same form. Where the
    item's address tells its day, the address follows in both.
    """

    name: ClassVar[str] = "citations.date_conflict"
    type: ClassVar[str] = "citation_date_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.DATE_ORDER,)
    control: ClassVar[str] = "the same date moved to another day that can be"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per dated entry, in drawn order.

        Raises:
            NotApplicable: the article's day is unknown, or no entry has a full date.
        """
        reading = subject.reading
        if reading.as_of is None:
            raise NotApplicable("the article's time is unknown")
        entries = [e for e in reading.citations.entries if e.date and movable_date(e.date)]
        if not entries:
            raise NotApplicable("no reference with a full date")
        for entry in draw.shuffled(entries):
            if entry.accessed is None:
                yield self._late(entry, reading, draw)
            elif movable_date(entry.accessed):
                proposal = self._early(entry, reading, draw)
                if proposal is not None:
                    yield proposal

    def _late(self, entry: Entry, reading: Reading, draw: Draw) -> Proposal:
        if reading.as_of is None or entry.date is None or entry.date.first is None:
            raise NotApplicable("the article's time is unknown")
        after = reading.as_of.last + timedelta(days=3 + draw.below(REACH_DAYS))
        before = _other_day(entry.date.first, reading.as_of.first, draw)
        variant, control = Revision(reading.text), Revision(reading.text)
        for revision, day in ((variant, after), (control, before)):
            revision.replace(entry.date.span, render(entry.date.template, day))
            _redate_address(entry, day, revision)
        claim = variant.moved(entry.date.span)
        cue = reading.as_of.cue
        field = None if cue else reading.article.reference_field
        against = variant.moved(cue) if cue else None
        spoken = f"speaks “{cue.text}”" if cue else f"is of {reading.article.reference_date}"
        found = defect(
            self.type,
            [claim],
            [Evidence("time of the article", span=against, field=field)],
            f"The item is dated {claim.text}, but the article {spoken}.",
            Witness(
                Rule.DATE_ORDER,
                claim=(claim,),
                against=(against,) if against else (),
                field=field,
                expect={"of": "entry"},
            ),
            scope=Scope.GLOBAL,
            kind=EvidenceKind.METADATA,
        )
        note = "the item dated on another day before the article"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

    def _early(self, entry: Entry, reading: Reading, draw: Draw) -> Proposal | None:
        seen, item = entry.accessed, entry.date
        if seen is None or item is None or item.first is None or reading.as_of is None:
            return None
        room = (reading.as_of.first - item.first).days
        days = [item.first + timedelta(days=k) for k in range(room + 1)]
        others = [day for day in days if day != seen.first]
        if not others:
            return None
        early = item.first - timedelta(days=3 + draw.below(max(room, 14)))
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(seen.span, render(seen.template, early))
        control.replace(seen.span, render(seen.template, draw.choice(others)))
        claim, against = variant.moved(seen.span), variant.moved(item.span)
        found = defect(
            self.type,
            [claim],
            [Evidence("date of the item", span=against)],
            f"The item was retrieved on {claim.text}, before it appeared on {against.text}.",
            Witness(Rule.DATE_ORDER, claim=(claim,), against=(against,), expect={"of": "accessed"}),
            scope=Scope.SENTENCE,
            kind=EvidenceKind.REFERENCE,
        )
        note = "retrieved on another day after the item appeared"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def counted_entries(reading: Reading) -> tuple[Entry, ...]:
    """The entries of a list that counts 1, 2, 3 ... and whose markers stand one by one.

    Raises:
        NotApplicable: it does not, or has fewer than three entries.
    """
    entries = reading.citations.entries
    if len(entries) < 3:
        raise NotApplicable("fewer than three numbered references")
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        raise NotApplicable("the references are not numbered 1, 2, 3 ...")
    if any(m.in_range or (m.bracket and m.bracket != m.span) for m in reading.citations.markers):
        raise NotApplicable("several numbers share a marker's brackets")
    return entries


def movable_date(mention: DateMention) -> bool:
    """Whether a citation's date names one day, in a form that can be written anew."""
    return mention.is_full and mention.weekday is None


def _digits(entry: Entry) -> Span:
    if entry.digits is None:
        raise NotApplicable("a reference without a number")
    return entry.digits


def _markers_of(number: int, reading: Reading) -> list[Marker]:
    return [m for m in reading.citations.markers if m.number == number]


def _drop_entry(index: int, entries: tuple[Entry, ...], revision: Revision) -> None:
    """Takes out an entry with the white space that parts it from its neighbour."""
    if index + 1 < len(entries):
        start, end = entries[index].span.start, entries[index + 1].span.start
    else:
        start, end = entries[index - 1].span.end, entries[index].span.end
    revision.delete(Span.of(revision.text, start, end))


def _drop_marker(marker: Marker, revision: Revision) -> None:
    start = marker.span.start
    if start and revision.text[start - 1] == " ":
        start -= 1
    revision.delete(Span.of(revision.text, start, marker.span.end))


def _listed(variant: Revision, entries: tuple[Entry, ...], place: tuple[int, int] | None) -> Span:
    """The list as it stands in the variant; its first entry where the whole can't be carried."""
    if place is None:
        return variant.moved(entries[0].span)
    return Span.of(variant.ledger().apply(variant.text), *place)


def _other_day(day: date, last: date, draw: Draw) -> date:
    """Another day up to `last`, within reach and at least three days from `day`."""
    for _ in range(8):
        other = last - timedelta(days=draw.below(REACH_DAYS))
        if abs((other - day).days) >= 3:
            return other
    return day - timedelta(days=3 + draw.below(30))


def _redate_address(entry: Entry, day: date, revision: Revision) -> None:
    """Lets the item's day in its address follow, where the address tells it."""
    if entry.address is None or entry.date is None or entry.date.first is None:
        return
    lowered = entry.address.text.casefold()
    for form in _DATE_PATHS:
        written = entry.date.first.strftime(form).casefold()
        at = lowered.find(written)
        if at >= 0:
            start = entry.address.start + at
            old = Span.of(revision.text, start, start + len(written))
            revision.replace(old, day.strftime(form).casefold())
            return

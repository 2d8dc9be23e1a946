"""Citation defects of numbers: holes in the list, and markers without an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from perturbations.defects import Defect, Evidence, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.markers import marker_like, place_of_markers, sentences_for_markers
from perturbations.numbered_lists import (
    MIN_ENTRIES,
    NumberedList,
    digits_of,
    drop_entry,
    drop_marker,
)
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.citation_styles import number_like
from perturbations.reading.mentions import Entry, Reading
from perturbations.references import References
from perturbations.text import Span


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
            NotApplicable: fewer than three entries, their numbers do not run from 1, or Markdown
                would count them anew.
        """
        numbered = NumberedList.of(subject.reading)
        if numbered.is_markup:
            raise NotApplicable("footnotes of Markdown are counted anew, holes or not")
        for number in draw.shuffled(range(2, len(numbered))):
            yield self._without(number, numbered)

    def _without(self, number: int, numbered: NumberedList) -> Proposal:
        text = numbered.reading.text
        variant, control = Revision(text), Revision(text)
        for revision in (variant, control):
            numbered.drop(number, revision)
            for marker in numbered.markers_of(number):
                drop_marker(marker, revision)
        numbered.renumber(control, number, -1)
        before, after = numbered.entries[number - 2], numbered.entries[number]
        claim = variant.moved(digits_of(before)), variant.moved(digits_of(after))
        found = defect(
            self.type,
            [variant.moved(after.label or digits_of(after))],
            [Evidence("entry before", span=variant.moved(before.label or digits_of(before)))],
            f"The list goes from {before.number} to {after.number}.",
            Witness(Rule.SET, claim=claim, expect={"check": "sequence"}),
            scope=Scope.LOCAL,
        )
        note = "the entry dropped and the rest renumbered"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


class DanglingMarker:
    """Leaves a marker without its entry, where any entry can go: notes of Markdown, names, years.

    The control drops the same entry, and the marker cites another one that is drawn as that was,
    so that neither a number nor a name tells which it is.
    """

    name: ClassVar[str] = "citations.dangling_marker"
    type: ClassVar[str] = "dangling_marker"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "the marker cites another entry that is there"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each entry but the first, in drawn order.

        Raises:
            NotApplicable: the list counts its entries, or has fewer than four that can go.
        """
        reading = subject.reading
        if reading.citations.named_markers:
            proposals = self._by_name(reading, draw)
        else:
            numbered = NumberedList.of(reading)
            if not numbered.is_markup:
                raise NotApplicable("the list counts its entries")
            proposals = self._by_label(numbered, draw)
        found = list(proposals)
        if not found:
            raise NotApplicable("fewer than three entries that are cited")
        yield from found

    def _by_label(self, numbered: NumberedList, draw: Draw) -> Iterator[Proposal]:
        """A footnote of Markdown is dropped: its label stood for it alone."""
        numbers = [n for n in range(2, len(numbered) + 1) if numbered.markers_of(n)]
        for dropped in draw.shuffled(numbers) if len(numbers) > 1 else ():
            other = draw.choice([n for n in numbers if n != dropped])
            revisions = Revision(numbered.reading.text), Revision(numbered.reading.text)
            for revision in revisions:
                numbered.drop(dropped, revision)
            for marker in numbered.markers_of(dropped):
                revisions[1].replace(marker.digits, number_like(marker.digits.text, other))
            first = numbered.markers_of(dropped)[0]
            words = f"The reference list has no entry {dropped}."
            yield _dangling(revisions, first.span, first.digits, words, numbered.entries)

    def _by_name(self, reading: Reading, draw: Draw) -> Iterator[Proposal]:
        """An entry is dropped that one marker cites by name and year."""
        entries, markers = reading.citations.entries, reading.citations.named_markers
        cited = [m.entries[0] for m in markers if len(m.entries) == 1]
        # A surname alone would not be known for a marker once its entry is gone.
        alone = [
            m
            for m in markers
            if len(m.entries) == 1
            and cited.count(m.entries[0]) == 1
            and len(m.name.text.removeprefix("The ").split()) > 1
        ]
        for marker in draw.shuffled(alone) if len(alone) >= MIN_ENTRIES else ():
            other = draw.choice([m for m in alone if m != marker])
            revisions = Revision(reading.text), Revision(reading.text)
            for revision in revisions:
                drop_entry(marker.entries[0], entries, revision)
            revisions[1].replace(marker.span, other.span.text)
            words = f"The reference list has no entry of {marker.name.text}, {marker.year.text}."
            yield _dangling(revisions, marker.span, marker.span, words, entries)


class NumberBeyond:
    """Cites a number beyond the last, in a list that counts: by a marker more, or an entry less.

    The control cites the last entry that is there. Its number is one less, which no drawing can
    hide for long: where a number dangles, it is the highest. A second marker, of any number, is
    added beside it, and lists are of many lengths; but this operator should be rarer than others.
    """

    name: ClassVar[str] = "citations.number_beyond"
    type: ClassVar[str] = "dangling_marker"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "the last entry that is there is cited"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields an added marker and a dropped entry, in drawn order.

        Raises:
            NotApplicable: fewer than three entries, their numbers do not count, or no marker can
                be added or left behind.
        """
        numbered = NumberedList.of(subject.reading)
        if numbered.is_markup:
            raise NotApplicable("footnotes of Markdown are counted anew, holes or not")
        made = [make(numbered, draw) for make in draw.shuffled([self._added, self._dropped])]
        proposals = [proposal for proposal in made if proposal is not None]
        if not proposals:
            raise NotApplicable("no marker can be added, and none cites what can be dropped")
        yield from proposals

    def _added(self, numbered: NumberedList, draw: Draw) -> Proposal | None:
        """One marker beyond the last entry, or of it; and one of any entry in either."""
        reading, last = numbered.reading, len(numbered)
        places = draw.shuffled(sentences_for_markers(reading))
        if not places or not reading.citations.markers:
            return None
        place = place_of_markers(reading)
        revisions = Revision(reading.text), Revision(reading.text)
        for revision, number in zip(revisions, (last + 1, last), strict=True):
            revision.edits.append(place.edit(places[0], marker_like(reading, number)))
            for sentence in places[1:2]:
                beside = marker_like(reading, 1 + draw.below(last))
                revision.edits.append(place.edit(sentence, beside))
        ledger = revisions[0].ledger()
        index = next(i for i, edit in enumerate(ledger) if edit.start >= places[0].end - 1)
        written = ledger.outcome(index)
        start = written.start + len(written.text) - len(written.text.lstrip())
        marker = Span(start, written.end, written.text.lstrip())
        digits = _digits_in(marker)
        listed = _listed(revisions[0], numbered.entries)
        found = _defect(marker, digits, listed, f"The reference list has no entry {last + 1}.")
        note = "the added marker cites the last entry"
        return Proposal(ledger, (found,), Control(revisions[1].ledger(), note))

    def _dropped(self, numbered: NumberedList, draw: Draw) -> Proposal | None:
        """The last entry is dropped, its markers are left; in the control they cite another."""
        last = len(numbered)
        markers = numbered.markers_of(last)
        if not markers:
            return None
        revisions = Revision(numbered.reading.text), Revision(numbered.reading.text)
        for revision in revisions:
            numbered.drop(last, revision)
        for marker in markers:
            revisions[1].replace(marker.digits, number_like(marker.digits.text, last - 1))
        words = f"The reference list has no entry {last}."
        return _dangling(revisions, markers[0].span, markers[0].digits, words, numbered.entries)


def _dangling(
    revisions: tuple[Revision, Revision],
    marker: Span,
    claim: Span,
    words: str,
    entries: tuple[Entry, ...],
) -> Proposal:
    """The proposal that leaves a marker of the source, which the control lets cite another."""
    variant, control = revisions
    found = _defect(variant.moved(marker), variant.moved(claim), _listed(variant, entries), words)
    note = "the marker of the dropped entry cites another"
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _defect(marker: Span, claim: Span, listed: Span, words: str) -> Defect:
    return defect(
        "dangling_marker",
        [marker],
        [Evidence("reference list", span=listed)],
        words,
        Witness(Rule.SET, claim=(claim,), expect={"check": "entry"}),
        scope=Scope.GLOBAL,
    )


def _digits_in(marker: Span) -> Span:
    """The figures of a marker, common or superscript."""
    start = next(i for i, sign in enumerate(marker.text) if sign.isdigit())
    figures = marker.text[start:].rstrip("]")
    return Span(marker.start + start, marker.start + start + len(figures), figures)


def _listed(variant: Revision, entries: tuple[Entry, ...]) -> Span:
    """The list as it stands in the variant, without the entry at its end that was dropped."""
    for last in reversed(entries):
        for first in entries:
            place = variant.ledger().forward(first.span.start, last.span.end)
            if place is not None and place[0] < place[1]:
                return Span.of(variant.ledger().apply(variant.text), *place)
    raise NotApplicable("no entry is left")

"""Citation defects of numbers: holes in the list, and markers without an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.markers import marker_like, place_of_markers, sentences_for_markers
from perturbations.numbered_lists import NumberedList, digits_of, drop_marker
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
from perturbations.reading.mentions import Entry
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
    """Leaves a marker without its entry: by a marker too many, or by an entry too few.

    In footnotes of Markdown any entry can go, and the control cites any other. Where numbers
    count, only a number beyond the last can dangle: the control cites the last entry that is
    there, one less, and a second marker, whose number is drawn in either, is added beside it.
    """

    name: ClassVar[str] = "citations.dangling_marker"
    type: ClassVar[str] = "dangling_marker"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "an entry that is there is cited"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields an added marker and a dropped entry, in drawn order.

        Raises:
            NotApplicable: fewer than three entries, their numbers do not run from 1, or no marker
                can be added or left behind.
        """
        numbered = NumberedList.of(subject.reading)
        made = 0
        makers = [self._dropped] if numbered.is_markup else [self._added, self._dropped]
        for make in draw.shuffled(makers):
            proposal = make(numbered, draw)
            if proposal is not None:
                made += 1
                yield proposal
        if not made:
            raise NotApplicable("no marker can be added, and none cites what can be dropped")

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
        variant, control = revisions
        ledger = variant.ledger()
        index = min(i for i, edit in enumerate(ledger) if edit.start >= places[0].end - 1)
        written = ledger.outcome(index)
        marker = Span(written.end - len(written.text.lstrip()), written.end, written.text.lstrip())
        note = "the added marker cites the last entry"
        return self._proposal(variant, control, marker, last + 1, numbered, note)

    def _dropped(self, numbered: NumberedList, draw: Draw) -> Proposal | None:
        """An entry is dropped, its markers are left; in the control they cite another."""
        last = len(numbered)
        dropped = 2 + draw.below(last - 1) if numbered.is_markup else last
        others = [n for n in range(1, last + 1) if n != dropped]
        cited = draw.choice(others) if numbered.is_markup else last - 1
        markers = numbered.markers_of(dropped)
        if not markers:
            return None
        variant, control = Revision(numbered.reading.text), Revision(numbered.reading.text)
        for revision in (variant, control):
            numbered.drop(dropped, revision)
        for marker in markers:
            control.replace(marker.digits, number_like(marker.digits.text, cited))
        note = "the marker of the dropped entry cites another"
        moved = variant.moved(markers[0].span)
        return self._proposal(variant, control, moved, dropped, numbered, note)

    def _proposal(
        self,
        variant: Revision,
        control: Revision,
        marker: Span,
        number: int,
        numbered: NumberedList,
        note: str,
    ) -> Proposal:
        start = next(i for i, sign in enumerate(marker.text) if sign.isdigit())
        length = len(marker.text.rstrip("]")) - start
        digits = Span(
            marker.start + start,
            marker.start + start + length,
            marker.text[start : start + length],
        )
        found = defect(
            self.type,
            [marker],
            [Evidence("reference list", span=_listed(variant, numbered.entries))],
            f"The reference list has no entry {number}.",
            Witness(Rule.SET, claim=(digits,), expect={"check": "entry"}),
            scope=Scope.GLOBAL,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _listed(variant: Revision, entries: tuple[Entry, ...]) -> Span:
    """The list as it stands in the variant; its first entry where the whole can't be carried."""
    place = variant.ledger().forward(entries[0].span.start, entries[-1].span.end)
    if place is None:
        return variant.moved(entries[0].span)
    return Span.of(variant.ledger().apply(variant.text), *place)

"""Citation defects of entries: one that no marker cites, and a number or an address twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from perturbations.cited_items import Item, invented_items
from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.defects.rules.orphans import CITED, ONCE
from perturbations.draw import Draw
from perturbations.markers import marker_like, place_of_markers, sentences_for_markers
from perturbations.numbered_lists import NumberedList, digits_of
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.mentions import Entry, Reading
from perturbations.references import References
from perturbations.text import Edit, Span


class Orphan:
    """Adds an entry that no marker cites: the marker that is added with it cites another one.

    The control adds the same entry and the same marker, which cites it. The entry stands where a
    marker at that place would put it, and the number in the variant is drawn from such places too.
    """

    name: ClassVar[str] = "citations.orphan"
    type: ClassVar[str] = "orphan_reference"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "the added marker cites the added entry"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each sentence that can carry one marker more, in drawn order.

        Raises:
            NotApplicable: the article has no list whose entries are all cited, no sentence is
                left, or nothing invented can stand beside the entries.
        """
        reading = subject.reading
        if reading.citations.named_markers:
            [item] = invented_items(1, subject, draw, taken=_taken(reading))
            yield from self._named(item, reading, draw)
            return
        numbered = NumberedList.of(reading)
        body = _new_body(numbered, subject, draw)
        numbers = {s: numbered.number_at(s) for s in _places(reading)}
        for sentence, number in draw.shuffled(list(numbers.items())):
            others = [n for n in numbers.values() if n != number]
            others = others or [n for n in range(2, len(numbered) + 2) if n != number]
            variant, control = Revision(reading.text), Revision(reading.text)
            for revision, cited in ((variant, draw.choice(others)), (control, number)):
                numbered.renumber(revision, number - 1, 1)
                revision.edits.append(numbered.insertion(body, number))
                _mark(revision, sentence, cited, reading)
            yield self._proposal(variant, control)

    def _named(self, item: Item, reading: Reading, draw: Draw) -> Iterator[Proposal]:
        """The same with names and years; the entry stands where its name belongs."""
        entries = reading.citations.entries
        text = item.written_like(entries[0])
        joint = reading.text[entries[0].span.end : entries[1].span.start]
        added = Edit.insert(entries[0].span.start, text + joint)
        for entry in entries:
            if entry.span.text.casefold() < text.casefold():
                added = Edit.insert(entry.span.end, joint + text)
        place = place_of_markers(reading)
        places = draw.shuffled(sentences_for_markers(reading))
        if not places:
            raise NotApplicable("no sentence is left that could carry a marker")
        for sentence in places:
            other = draw.choice(reading.citations.named_markers).span.text
            variant, control = Revision(reading.text), Revision(reading.text)
            own = f"({item.outlet}, {item.day.year})"
            for revision, marker in ((variant, other), (control, own)):
                revision.edits.append(added)
                revision.edits.append(place.edit(sentence, marker))
            yield self._proposal(variant, control)

    def _proposal(self, variant: Revision, control: Revision) -> Proposal:
        marker, entry = _inserted(variant)
        found = defect(
            self.type,
            [entry],
            [Evidence("added marker, which cites another entry", span=marker)],
            "No marker cites this entry, while every other entry is cited.",
            Witness(Rule.SET, claim=(entry,), expect={"of": CITED}),
            scope=Scope.GLOBAL,
        )
        note = "the added marker cites the added entry"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


class Twice:
    """Adds an entry that is there already: the same item, under a second number.

    The control adds one of its own, cited from the same sentence.
    """

    name: ClassVar[str] = "citations.twice"
    type: ClassVar[str] = "orphan_reference"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "a second, distinct entry"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each sentence that can carry one marker more, in drawn order.

        Raises:
            NotApplicable: the article has no numbered list of invented items, its list is one of
                notes, or no sentence is left.
        """
        reading = subject.reading
        numbered = NumberedList.of(reading)
        if reading.citations.are_notes:
            raise NotApplicable("notes may cite a source again")
        copies = _invented(numbered)
        if not copies:
            raise NotApplicable("no entry of an invented outlet with an address")
        body = _new_body(numbered, subject, draw)
        for sentence in draw.shuffled(_places(reading)):
            copied, address = draw.choice(copies)
            number = numbered.number_at(sentence)
            variant, control = Revision(reading.text), Revision(reading.text)
            for revision, words in ((variant, numbered.body(copied)), (control, body)):
                numbered.renumber(revision, number - 1, 1)
                revision.edits.append(numbered.insertion(words, number))
                _mark(revision, sentence, number, reading)
            yield _twice(variant, control, variant.moved(address), address.text, "address")


class NumberTwice:
    """Adds an entry under its neighbour's number, and leaves the others' as they are.

    The control gives it a number of its own, and the rest moves on. The numbers behind it are one
    less than the control's, so this operator should be rarer than others.
    """

    name: ClassVar[str] = "citations.number_twice"
    type: ClassVar[str] = "orphan_reference"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SET,)
    control: ClassVar[str] = "the same entry under a number of its own, the rest renumbered"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each sentence that can carry one marker more, in drawn order.

        Raises:
            NotApplicable: the article has no numbered list, no sentence is left, or nothing
                invented can stand beside the entries.
        """
        reading = subject.reading
        numbered = NumberedList.of(reading)
        body = _new_body(numbered, subject, draw)
        for sentence in draw.shuffled(_places(reading)):
            number = numbered.number_at(sentence)
            below = number > len(numbered) or draw.chance(0.5)
            shown = number - 1 if below else number
            variant, control = Revision(reading.text), Revision(reading.text)
            numbered.renumber(control, number - 1, 1)
            for revision, label in ((variant, shown), (control, number)):
                revision.edits.append(numbered.insertion(body, number, label))
                _mark(revision, sentence, label, reading)
            neighbour = numbered.entries[number - 2 if below else number - 1]
            first = variant.moved(digits_of(neighbour))
            yield _twice(variant, control, first, first.text, "number")


def _twice(variant: Revision, control: Revision, first: Span, words: str, what: str) -> Proposal:
    """The proposal whose added entry repeats `words`, which stand at `first` too."""
    _, entry = _inserted(variant)
    at = entry.start + entry.text.index(words)
    second = Span(at, at + len(words), words)
    found = defect(
        "orphan_reference",
        [second],
        [Evidence("other entry", span=first)],
        f"Two entries have the same {what}.",
        Witness(Rule.SET, claim=tuple(sorted((first, second))), expect={"of": ONCE}),
        scope=Scope.LOCAL,
    )
    note = f"the added entry has its own {what}"
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _new_body(numbered: NumberedList, subject: Subject, draw: Draw) -> str:
    """An invented item, written as the list's entries are."""
    [item] = invented_items(1, subject, draw, taken=_taken(numbered.reading))
    return numbered.body_like_others(item)


def _places(reading: Reading) -> list[Span]:
    """Sentences that can carry a marker, behind the first that does.

    Raises:
        NotApplicable: there are none.
    """
    first = min((m.span.start for m in reading.citations.markers), default=len(reading.text))
    found = [s for s in sentences_for_markers(reading) if s.start > first]
    if not found:
        raise NotApplicable("no sentence is left that could carry a marker")
    return found


def _invented(numbered: NumberedList) -> list[tuple[Entry, Span]]:
    """Entries with their addresses, but for those of known outlets.

    An invented item would not stand beside those as one of their kind.
    """
    return [(e, e.address) for e in numbered.entries if e.address and not (e.hosts or e.outlet_id)]


def _mark(revision: Revision, sentence: Span, number: int, reading: Reading) -> None:
    revision.edits.append(place_of_markers(reading).edit(sentence, marker_like(reading, number)))


def _inserted(revision: Revision) -> tuple[Span, Span]:
    """The marker and the entry that were put in, as they stand in the outcome."""
    ledger = revision.ledger()
    spans = [ledger.outcome(i) for i, edit in enumerate(ledger) if not edit.before]
    marker, entry = sorted(spans)
    return _stripped(marker), _stripped(entry)


def _stripped(span: Span) -> Span:
    """Without the white space round it."""
    text = span.text.strip()
    start = span.start + span.text.index(text)
    return Span(start, start + len(text), text)


def _taken(reading: Reading) -> set[str]:
    """Outlets and headlines that the list holds."""
    parts = [p for e in reading.citations.entries for p in (e.outlet, e.headline)]
    return {part.text for part in parts if part is not None}

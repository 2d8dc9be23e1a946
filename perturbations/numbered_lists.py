"""Numbered reference lists under edit: entries and markers taken out, put in, and renumbered."""

from __future__ import annotations

from dataclasses import dataclass

from perturbations.cited_items import Item
from perturbations.proposal import NotApplicable, Revision
from perturbations.reading.citation_styles import number_like
from perturbations.reading.mentions import Entry, Marker, Reading
from perturbations.text import Edit, Span

MIN_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list whose numbers run 1, 2, 3 ..., and whose markers stand one by one."""

    reading: Reading
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, reading: Reading) -> NumberedList:
        """The article's list.

        Raises:
            NotApplicable: it does not count so, or has fewer than three entries.
        """
        entries = reading.citations.entries
        if len(entries) < MIN_ENTRIES or any(entry.number is None for entry in entries):
            raise NotApplicable("fewer than three numbered references")
        if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
            raise NotApplicable("the references are not numbered 1, 2, 3 ...")
        if any(
            m.in_range or (m.bracket and m.bracket != m.span) for m in reading.citations.markers
        ):
            raise NotApplicable("several numbers share a marker's brackets")
        return cls(reading, entries)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def is_markup(self) -> bool:
        """Whether the numbers are labels of Markdown's footnotes, which are counted anew."""
        label = self.entries[0].label
        return label is not None and label.text.startswith("[^")

    def markers_of(self, number: int) -> list[Marker]:
        """The markers that bear a number."""
        return [m for m in self.reading.citations.markers if m.number == number]

    def number_at(self, sentence: Span) -> int:
        """The number of an entry that is cited first in a sentence: behind all cited before it."""
        before = [m.number for m in self.reading.citations.markers if m.span.start < sentence.start]
        return 1 + max(before, default=0)

    def renumber(self, revision: Revision, after: int, by: int, *, markers: bool = True) -> None:
        """Moves every number above `after`, in list and prose (`markers`), by one step."""
        for number, entry in enumerate(self.entries, start=1):
            if number > after:
                digits = digits_of(entry)
                revision.replace(digits, number_like(digits.text, number + by))
        for marker in self.reading.citations.markers if markers else ():
            if marker.number > after:
                revision.replace(marker.digits, number_like(marker.digits.text, marker.number + by))

    def drop(self, number: int, revision: Revision) -> None:
        """Takes out an entry with the white space that parts it from its neighbour."""
        drop_entry(number - 1, self.entries, revision)

    def body(self, entry: Entry) -> str:
        """An entry without its label."""
        return entry.span.text[len(self._label(entry)) :]

    def body_like_others(self, item: Item) -> str:
        """An invented item as the list's entries are written, without a label.

        Raises:
            NotApplicable: nothing invented can stand beside them.
        """
        first = self.entries[0]
        return item.written_like(first)[len(self._label(first)) :]

    def label(self, number: int) -> str:
        """The label of a number, with the space behind it, as the first entry's is written."""
        first = self.entries[0]
        written, digits = self._label(first), digits_of(first)
        start = digits.start - first.span.start
        return (
            written[:start] + number_like(digits.text, number) + written[start + len(digits.text) :]
        )

    def insertion(self, body: str, number: int, shown: int | None = None) -> Edit:
        """Puts an entry in as number `number` (2 or more), labelled so or as `shown`."""
        joint = self.reading.text[self.entries[0].span.end : self.entries[1].span.start]
        at = self.entries[number - 2].span.end
        return Edit.insert(at, joint + self.label(shown or number) + body)

    def _label(self, entry: Entry) -> str:
        if entry.label is None:
            raise NotApplicable("a reference without a number")
        text = entry.span.text
        end = entry.label.end - entry.span.start
        return text[: end + len(text[end:]) - len(text[end:].lstrip())]


def digits_of(entry: Entry) -> Span:
    """Where an entry's number stands.

    Raises:
        NotApplicable: it has none.
    """
    if entry.digits is None:
        raise NotApplicable("a reference without a number")
    return entry.digits


def drop_entry(index: int, entries: tuple[Entry, ...], revision: Revision) -> None:
    """Takes an entry out of a list with the white space that parts it from its neighbour."""
    if index + 1 < len(entries):
        start, end = entries[index].span.start, entries[index + 1].span.start
    else:
        start, end = entries[index - 1].span.end, entries[index].span.end
    revision.delete(Span.of(revision.text, start, end))


def drop_marker(marker: Marker, revision: Revision) -> None:
    """Takes a marker out, with the space before it."""
    start = marker.span.start
    if start and revision.text[start - 1] == " ":
        start -= 1
    revision.delete(Span.of(revision.text, start, marker.span.end))

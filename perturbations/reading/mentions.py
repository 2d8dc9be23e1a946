"""What recognisers find: typed mentions, each with the spans of its parts and how it is written.

A mention knows enough to write another value in its own manner, so that perturbations and their
controls never search the text again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from perturbations.reading.document_mentions import DocumentMention
from perturbations.reading.state_mentions import StateMention
from perturbations.reading.time_mentions import Timing
from perturbations.text import Article, Span

if TYPE_CHECKING:
    from perturbations.reading.encounter_mentions import Encounter, Pronoun, Stranger
    from perturbations.reading.roles import RoleClaim


class Placed(Protocol):
    """What stands at a place of the text."""

    @property
    def span(self) -> Span:
        """Its place."""
        ...


Spanned = TypeVar("Spanned", bound=Placed)


class Precision(StrEnum):
    """How exactly a date expression names its time."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression.

    `first` and `last` are the earliest and latest day it can mean (inclusive), or None where that
    is not known: relative to an unknown `as_of`, without a year, or no possible day.
    `template` writes another date the same way, by tokens: `{Weekday} {Wkd} {Month} {Mon} {d} {dd}
    {do} {m} {mm} {yyyy} {yy}` (`{do}` is `16th`); everything else stands for itself; see
    `perturbations.reading.dates.render`. `parts` holds the spans of `weekday`, `day`, `month`,
    `year` as far as they are written; for a range, `parts` is empty and `ends` holds both ends.
    """

    span: Span
    first: date | None
    last: date | None
    precision: Precision
    template: str
    parts: tuple[tuple[str, Span], ...] = ()
    relative: bool = False
    """Whether the value was worked out from `as_of` ("yesterday", "Wednesday", no year)."""
    weekday: int | None = None
    """The weekday that is written, Monday = 0."""
    problem: str | None = None
    """Why this can be no date ("February 2022 has 28 days"), where it can't."""
    ends: tuple[DateMention, ...] = ()
    ambiguous: bool = False
    """Whether another reading is as good (03/04/2022)."""

    @property
    def is_full(self) -> bool:
        """Whether it names one day by day, month and year, by itself."""
        day = self.precision is Precision.DAY and self.first is not None
        return day and not self.relative and not self.ambiguous

    def part(self, name: Literal["weekday", "day", "month", "year"]) -> Span | None:
        """The span of one written part."""
        return dict(self.parts).get(name)


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time: "three years and two months", "426 days", "a fortnight".

    `relation` is the word that ties it to a time, as far as one stands right behind it ("after",
    "later", "since", "before", "earlier", "ago"), with its span. `spelt` tells words from digits,
    `hyphenated` tells "a 14-month delay".
    """

    span: Span
    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    spelt: bool = False
    hyphenated: bool = False
    approximate: bool = False
    """Whether a hedge stands before it: about, almost, more than, nearly ..."""
    relation: Span | None = None


class PersonForm(StrEnum):
    """How a person is mentioned."""

    TITLED = "titled"
    """Title and name: Prime Minister Fumio Kishida, Prime Minister Kishida."""
    FULL = "full"
    """A full name alone: Fumio Kishida."""
    SURNAME = "surname"
    """A surname alone, chained to an earlier mention: Kishida."""
    OFFICE = "office"
    """An office alone: the Japanese prime minister, the Prime Minister of Japan."""


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A mention of an office holder known to the knowledge tables, or of an office by itself.

    `span` covers country, title and name as written, without a possessive suffix and without
    `modifiers` ("former", "then", "acting", "late" ...), which have spans of their own.
    `people` are the ids it can mean (one where it is resolved), `offices` those its title and
    country can mean. `chain` numbers the person in this article: mentions with the same number
    mean the same person; -1 where unresolved.
    """

    span: Span
    form: PersonForm
    name: Span | None = None
    title: Span | None = None
    country: Span | None = None
    modifiers: tuple[Span, ...] = ()
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    chain: int = -1
    possessive: Span | None = None
    """The suffix ('s, ’s, ') right behind the mention."""
    quoted: bool = False
    """Inside a quotation: the speaker's words, not the article's."""
    in_reference: bool = False
    """Inside a reference list or an address."""
    in_headline: bool = False
    historical: bool = False
    """Its clause speaks of another time (a year or date of the past, served, had been ...)."""
    capitals: bool = False
    """Written in capitals throughout, as in some headings."""
    honorific: Span | None = None
    """A courtesy word that belongs to a mention without title and lies in its span: Mr., Sir."""
    shared_title: bool = False
    """The title is a plural before several names ("Presidents Biden and Xi"): it lies outside
    `span`, which then covers the name alone (and its country)."""
    apposition: bool = False
    """Title and name are joined by a comma, in either order: Fumio Kishida, the Japanese prime
    minister."""
    courtesy: bool = False
    """A US title kept for life: bare title and name of one who had left office by `as_of`, with no
    act behind it that only the holder can do ("President Obama said" in 2025)."""

    @property
    def person(self) -> str | None:
        """The one person meant, where that is clear."""
        return self.people[0] if len(self.people) == 1 else None

    @property
    def claims_office(self) -> bool:
        """Whether it claims that the person holds the office at the article's time.

        Needs a title beside the name, one person, at least one office, and nothing that makes it
        history or another's words.
        """
        return (
            self.form is PersonForm.TITLED
            and self.person is not None
            and bool(self.offices)
            and not (self.modifiers or self.quoted or self.in_reference or self.historical)
        )


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation marker in the prose: `[3]`; one per number (`[1, 2]` gives two)."""

    span: Span
    """What is deleted to take the marker out, without the space before it."""
    number: int
    digits: Span
    bracket: Span | None = None
    """The whole `[1, 2]`; its own span in `[3]`. To take out every number of it, delete this."""
    in_range: bool = False
    """Whether it belongs to `[1–3]`, which gives 1, 2 and 3: `span` is the whole bracket then, and
    the `digits` of a number between the ends are the whole `1–3`."""


@dataclass(frozen=True, slots=True)
class NamedMarker:
    """A citation marker by name and year, `(Alder Courier, 2025)`, of a list without numbers."""

    span: Span
    """With its brackets, without the space before it."""
    name: Span
    year: Span
    entries: tuple[int, ...]
    """Which entries it can mean, by their place in the list; none where none has name and year."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list, with its parts as far as they could be told apart."""

    span: Span
    """The whole entry, from its marker to its last character, without the line end."""
    number: int | None
    digits: Span | None
    label: Span | None
    """The marker with its brackets or dot: `[3]`, `3.`"""
    outlet: Span | None = None
    outlet_id: str | None = None
    headline: Span | None = None
    date: DateMention | None = None
    accessed: DateMention | None = None
    address: Span | None = None
    author: Span | None = None
    named: tuple[str, ...] = ()
    """Ids of every outlet that the words of `outlet` can mean."""
    hosts: tuple[str, ...] = ()
    """Ids of every outlet that publishes under the address's host."""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A reference list: where it stands, its heading, how it is laid out."""

    span: Span
    entries: tuple[Entry, ...]
    layout: Literal["lines", "inline"]
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A textual attribution: "told Reuters", "according to the Alderwick Courier"."""

    span: Span
    outlet: Span
    """The name without a small article: `BBC` in "told the BBC", `The Guardian` in "The Guardian
    reported"."""
    outlet_id: str | None
    quoted: bool = False
    """Inside a quotation: the speaker's words, not the article's."""


@dataclass(frozen=True, slots=True)
class Citations:
    """All that an article cites."""

    markers: tuple[Marker, ...] = ()
    references: ReferenceList | None = None
    attributions: tuple[Attribution, ...] = ()
    addresses: tuple[Span, ...] = ()
    """Every web address in the text, in the list or outside it."""
    named_markers: tuple[NamedMarker, ...] = ()
    """Markers by name and year, in order."""
    cited: tuple[Entry, ...] = ()
    """What is cited in the prose itself, in order: each address outside the list, with the source
    in brackets before it, or with the link, outlet and date round it."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the reference list, in order."""
        return self.references.entries if self.references else ()

    @property
    def items(self) -> tuple[Entry, ...]:
        """Everything that is cited with its parts: in the prose, then in the reference list."""
        return (*self.cited, *self.entries)

    @property
    def are_notes(self) -> bool:
        """Whether the list is one of notes, which may cite a source more than once."""
        if self.references is None:
            return False
        heading = self.references.heading.text.casefold() if self.references.heading else ""
        label = self.references.entries[0].label
        raised = any(not marker.digits.text.isascii() for marker in self.markers)
        return "notes" in heading or raised or (label is not None and label.text[:2] == "[^")


@dataclass(frozen=True, slots=True)
class AsOf:
    """The time an article speaks at: every day of `first..last` is possible.

    `cue` is the span of an explicit cue ("As of August 2025") where the metadata told nothing.
    """

    first: date
    last: date
    cue: Span | None = None

    @classmethod
    def day(cls, day: date) -> AsOf:
        """A time known to the day."""
        return cls(day, day)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text is cut: spans without their surrounding white space, in order."""

    paragraphs: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    quotations: tuple[Span, ...] = ()
    """With their marks."""
    headings: tuple[Span, ...] = ()

    def sentence_at(self, start: int) -> Span | None:
        """The sentence in which code point `start` stands."""
        return _at(self.sentences, start)

    def paragraph_at(self, start: int) -> Span | None:
        """The paragraph in which code point `start` stands."""
        return _at(self.paragraphs, start)

    def quoted(self, span: Span) -> bool:
        """Whether `span` overlaps a quotation."""
        return any(q.overlaps(span) for q in self.quotations)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was recognised in one article, once."""

    article: Article
    text: str
    as_of: AsOf | None
    layout: Layout
    dates: tuple[DateMention, ...] = ()
    durations: tuple[DurationMention, ...] = ()
    people: tuple[PersonMention, ...] = ()
    citations: Citations = field(default_factory=Citations)
    encounters: tuple[Encounter, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    pronouns: tuple[Pronoun, ...] = ()
    roles: tuple[RoleClaim, ...] = ()
    """What the article says that people are, in order: offices, and "leader" of a country."""
    times: tuple[tuple[Span, AsOf | None], ...] = ()
    """Passages that speak at another time than the article, each with that time."""
    documents: tuple[DocumentMention, ...] = ()
    """Documents of the table of references that are cited, in order."""
    timing: Timing = field(default_factory=Timing)
    states: tuple[StateMention, ...] = ()
    """Words that take a state of the world for granted, in order."""

    def __hash__(self) -> int:
        """By article and text alone, which tell readings apart; all that was found is a lot."""
        return hash((self.article.id, self.text))

    def as_of_at(self, span: Span) -> AsOf | None:
        """The time at which the words of a span speak: the article's, or that of a dated look-back.

        Everything that weighs a claim against the world asks for the time of its own place.
        """
        for passage, when in self.times:
            if passage.covers(span):
                return when
        return self.as_of

    def date_at(self, span: Span) -> DateMention | None:
        """The date mention that stands at a span, whole."""
        index = bisect_right(self.dates, span.start, key=lambda date: date.span.start) - 1
        found = self.dates[index] if index >= 0 else None
        return found if found is not None and found.span == span else None

    def chain(self, number: int) -> tuple[PersonMention, ...]:
        """Every mention of one person of this article, in order."""
        return tuple(m for m in self.people if m.chain == number)


def within(mentions: Sequence[Spanned], place: Span) -> list[Spanned]:
    """The mentions, which stand in the order of the text, that a place covers."""
    first = bisect_left(mentions, place.start, key=_start)
    last = bisect_left(mentions, place.end, lo=first, key=_start)
    return [mention for mention in mentions[first:last] if place.covers(mention.span)]


def _start(mention: Placed) -> int:
    return mention.span.start


def _at(spans: tuple[Span, ...], start: int) -> Span | None:
    index = bisect_right(spans, start, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 and start < spans[index].end else None

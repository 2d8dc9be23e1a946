"""What a sentence and the headline of the item that it cites both say: values of one statement.

A headline restates a sentence where its words, but for a label or a value, are the sentence's own.
Then two values of one kind, between the same neighbours, fill one place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from perturbations.knowledge import Knowledge
from perturbations.reading.duration_words import NUMBERS
from perturbations.reading.mentions import (
    DateMention,
    Entry,
    PersonForm,
    PersonMention,
    Precision,
    Reading,
    within,
)
from perturbations.text import Span

MIN_SHARED = 4
"""Words, besides the value, that a headline and a sentence have in common at the least."""

SHARE = 0.6
"""How many of the headline's words must be the sentence's."""


class ValueKind(StrEnum):
    """What a value is."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a sentence or a headline.

    `key` is what it means: two values of a kind with two keys differ. `before` and `after` are the
    words beside it, in small letters.
    """

    kind: ValueKind
    span: Span
    key: str
    before: str = ""
    after: str = ""
    hedged: bool = False
    """Whether it is given as rough: about, nearly, more than ..."""
    date: DateMention | None = None
    person: PersonMention | None = None


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence, the one entry that it cites, and the values that both give."""

    sentence: Span
    entry: Entry
    headline: Span
    values: tuple[tuple[Value, Value], ...]
    """Values of the sentence, each with that of the headline."""


DIRECTIONS: tuple[tuple[str, str], ...] = (
    ("rose", "fell"),
    ("increased", "decreased"),
    ("climbed", "dropped"),
    ("grew", "shrank"),
    ("widened", "narrowed"),
    ("raised", "lowered"),
    ("approved", "rejected"),
    ("strengthened", "weakened"),
    ("accelerated", "slowed"),
)
"""Verbs with their opposites."""

_TURNED = {a: b for pair in DIRECTIONS for a, b in (pair, pair[::-1])}

_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_SMALL = frozenset(["the", "a", "an"])
_NUMBER = re.compile(
    r"(?<=[$£€])(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{1,2})?(?= [a-z])"
    r"|(?<![\w$£€.,:/–-])(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{1,2})?"
    r"(?= (?:(?:million|billion|percent|per cent) )?[a-z]{3,})"
    rf"|(?<![\w-])(?i:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?= [a-z]{{3,}})(?![\w-])"
)
_SCALE = re.compile(r" (million|billion|percent|per cent)\b")
_HEDGE = re.compile(
    r"(?i)\b(?:about|around|some|nearly|almost|over|than|least|most|up to|approximately|roughly|"
    r"estimated|under|fewer|every|another|one|between|from|to|or|and|of|age|aged|number|only)\s$"
)
"""Words before a number that make it rough, or a part of another."""
_NO_NOUN = frozenset(
    [
        *("of", "and", "or", "to", "in", "per", "for", "from", "by", "at", "on", "out", "with"),
        *("the", "other", "others", "more", "less", "was", "were", "are", "has", "have", "had"),
        *("did", "who", "that", "than", "times", "year", "years", "month", "months", "week"),
        *("weeks", "day", "days", "hour", "hours", "minute", "minutes", "decade", "decades"),
        *("percent", "point", "points", "old"),
    ]
)
"""Words behind a number that name nothing counted, or a length of time, which has its own rule."""
_STOPS = (".", "!", "?")
_STOPPED = re.compile(r"[.!?](?:\s|\[|$)|\n")
_POINTED = frozenset({"the", "these", "those", "his", "her", "their", "its", "both", "a"})
"""Words before a number that point back to what was counted before: the two leaders."""
_CAPITALISED = re.compile(r"[A-Z][\w’'-]+(?: (?:of |and )?[A-Z][\w’'-]+){0,3}")
_APPOSED = re.compile(r", [A-Z]")
_PREPOSED = re.compile(r"\b(?:in|from|near|across|outside|throughout|through) (?:the )?$")


def cited_sentences(reading: Reading, knowledge: Knowledge) -> Iterator[CitedSentence]:
    """Every sentence that one marker cites an entry for whose headline restates it."""
    entries = reading.citations.entries
    numbers = [entry.number for entry in entries]
    for at, index in single_markers(reading):
        entry = entries[index]
        sentence = sentence_before(at, reading)
        if sentence is None or entry.headline is None or numbers.count(entry.number) > 1:
            continue
        values = tuple(_shared(sentence, entry.headline, reading, knowledge))
        if values:
            yield CitedSentence(sentence, entry, entry.headline, values)


def values_in(span: Span, reading: Reading, knowledge: Knowledge) -> tuple[Value, ...]:
    """The values of a sentence or headline, in order."""
    dates, people = within(reading.dates, span), within(reading.people, span)
    lengths = [mention.span for mention in within(reading.durations, span)]
    taken = [*(m.span for m in dates), *(m.span for m in people), *lengths]
    words = [word.at(span) for word in _word_values(span.text, knowledge)]
    free = [value for value in words if not any(other.overlaps(value.span) for other in taken)]
    found = [*free, *_dates(span, dates), *_people(span, people)]
    return tuple(sorted(found, key=lambda value: value.span))


def opposite(verb: str) -> str | None:
    """The opposite of a verb of direction, with its capitals."""
    turned = _TURNED.get(verb.casefold())
    if turned is None:
        return None
    return turned.capitalize() if verb[:1].isupper() else turned


def restates(headline: Span, sentence: Span, without: tuple[Span, Span]) -> bool:
    """Whether a headline's words, but for one value in each, are the sentence's."""
    heard = _words_without(headline, without[1])
    said = set(_words_without(sentence, without[0]))
    shared = [word for word in heard if word in said]
    return len(shared) >= MIN_SHARED and len(shared) >= SHARE * len(heard)


def _shared(
    sentence: Span, headline: Span, reading: Reading, knowledge: Knowledge
) -> Iterator[tuple[Value, Value]]:
    said = values_in(sentence, reading, knowledge)
    for heard in values_in(headline, reading, knowledge):
        fits = [value for value in said if _one_place(value, heard)]
        if len(fits) == 1 and restates(headline, sentence, (fits[0].span, heard.span)):
            yield fits[0], heard


def _one_place(one: Value, other: Value) -> bool:
    """Whether two values of a kind stand between the same words."""
    if one.kind is not other.kind:
        return False
    behind = one.after == other.after
    if one.kind is ValueKind.NUMBER:
        return behind and bool(one.after)
    ahead = one.before == other.before
    return (behind and ahead) or (behind and bool(one.after)) or (ahead and bool(one.before))


def single_markers(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where each sentence's only marker stands, and the one entry that it means, by its place."""
    citations = reading.citations
    places = {entry.number: index for index, entry in enumerate(citations.entries)}
    for marker in citations.markers:
        alone = marker.bracket in (None, marker.span) and not marker.in_range
        if alone and marker.number in places:
            yield marker.span.start, places[marker.number]
    for named in citations.named_markers:
        if len(named.entries) == 1:
            yield named.span.start, named.entries[0]


def sentence_before(at: int, reading: Reading) -> Span | None:
    """The sentence in which a marker stands, or behind whose full stop it stands, up to it.

    None where another marker cites a part of it.
    """
    sentence = next((s for s in map(reading.layout.sentence_at, (at - 1, at - 2)) if s), None)
    if sentence is None or at < 2:
        return None
    text = reading.text
    stop = _STOPPED.search(text, at)
    near = _marked_between(sentence.start, stop.start() if stop else len(text), reading)
    # Markers behind full stops end sentences that the layout may not have parted.
    ends = [m.end for m in near if m.start < at and text.endswith(_STOPS, 0, m.start)]
    start = max([sentence.start, *ends])
    start += len(text[start:at]) - len(text[start:at].lstrip())
    others = [m.start for m in near if start <= m.start != at]
    shared = any(not text.endswith(_STOPS, at, other) for other in others)
    own = text[sentence.start : at].rstrip().endswith(_STOPS)
    if any(other < at for other in others) or (shared and not own) or start >= at:
        return None
    return Span.of(text, start, at)


def _marked_between(start: int, end: int, reading: Reading) -> tuple[Span, ...]:
    """The markers that begin from `start` up to `end`, and the last one before them, in order."""
    marked = _marked(reading)
    first = bisect_left(marked, start, key=lambda span: span.start)
    last = bisect_right(marked, end, lo=first, key=lambda span: span.start)
    return marked[max(0, first - 1) : last]


@lru_cache(maxsize=4)
def _marked(reading: Reading) -> tuple[Span, ...]:
    """Every marker with its brackets, in order; each of them asks for those around it."""
    markers, named = reading.citations.markers, reading.citations.named_markers
    return tuple(sorted([*(m.bracket or m.span for m in markers), *(m.span for m in named)]))


def _words_without(span: Span, hole: Span) -> list[str]:
    before, after = span.text[: hole.start - span.start], span.text[hole.end - span.start :]
    words = _WORD.findall(before) + _WORD.findall(after)
    return [word.casefold() for word in words if word.casefold() not in _SMALL]


def _beside_mention(span: Span, mention: Span) -> tuple[str, str]:
    return _beside(span.text, mention.start - span.start, mention.end - span.start)


@lru_cache(maxsize=512)
def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a value, in small letters; empty at the text's ends."""
    before, after = _WORD.findall(text[:start]), _WORD.findall(text[end:])
    return (before[-1].casefold() if before else "", after[0].casefold() if after else "")


class _Word(NamedTuple):
    """A value that a text's own words give, as a `Value` has it, with offsets in the text."""

    kind: ValueKind
    start: int
    end: int
    key: str
    before: str
    after: str
    hedged: bool = False

    def at(self, span: Span) -> Value:
        """The value in its article, in the span whose text was read."""
        text = span.text[self.start : self.end]
        place = Span(span.start + self.start, span.start + self.end, text)
        return Value(self.kind, place, self.key, self.before, self.after, self.hedged)


@lru_cache(maxsize=512)
def _word_values(text: str, knowledge: Knowledge) -> tuple[_Word, ...]:
    """The numbers, places and verbs of direction; sentences are read anew in every variant."""
    return (*_numbers(text), *_places(text, knowledge), *_directions(text))


def _numbers(text: str) -> Iterator[_Word]:
    for match in _NUMBER.finditer(text):
        ahead = text[: match.start()]
        # A name holds its number: Route 9, Bus 41, Article 5.
        last = ahead.split()[-1:] if ahead.strip() else []
        named = bool(last) and last[0][:1].isupper() and len(ahead.split()) > 1
        scale = _SCALE.match(text, match.end())
        before, after = _beside(text, *match.span())
        if scale is not None:
            noun = _WORD.search(text, scale.end())
            after = f"{scale.group(1)} {noun.group().casefold() if noun else ''}"
        counted = before not in _POINTED
        money = ahead.endswith(("$", "£", "€"))
        countable = scale is not None or money or after not in _NO_NOUN
        if named or not counted or not after.split() or not countable:
            continue
        key = _number_key(match.group())
        if key is not None:
            hedged = _HEDGE.search(ahead.rstrip("$£€")) is not None
            yield _Word(ValueKind.NUMBER, *match.span(), key, before, after, hedged)


def _number_key(text: str) -> str | None:
    word = NUMBERS.get(text.casefold())
    number = Decimal(word) if word is not None else Decimal(text.replace(",", ""))
    return str(number.normalize()) if number >= 2 else None


def _dates(span: Span, dates: list[DateMention]) -> Iterator[Value]:
    for mention in dates:
        month = mention.precision is Precision.MONTH and not mention.relative
        if mention.first is None or mention.weekday is not None or mention.ambiguous:
            continue
        if mention.is_full or month:
            before, after = _beside_mention(span, mention.span)
            yield Value(
                ValueKind.DATE, mention.span, mention.first.isoformat(), before, after, date=mention
            )


def _people(span: Span, people: list[PersonMention]) -> Iterator[Value]:
    for mention in people:
        whole = mention.form in (PersonForm.TITLED, PersonForm.FULL) and not mention.modifiers
        if whole and mention.person is not None:
            before, after = _beside_mention(span, mention.span)
            yield Value(
                ValueKind.PERSON, mention.span, mention.person, before, after, person=mention
            )


@lru_cache(maxsize=4)
def place_names(knowledge: Knowledge) -> dict[str, str]:
    """Names of countries and capitals to the country's id; a capital's begins with `capital:`."""
    found: dict[str, str] = {}
    for country in knowledge.countries.values():
        for capital in country.capitals:
            found[capital] = f"capital:{country.id}"
    for country in knowledge.countries.values():
        for name in (country.name, *country.aliases):
            found[name.removeprefix("the ")] = country.id
    return found


def _places(text: str, knowledge: Knowledge) -> Iterator[_Word]:
    names = place_names(knowledge)
    for match in _CAPITALISED.finditer(text):
        if match.group() not in names or not _PREPOSED.search(text[: match.start()]):
            continue
        if _APPOSED.match(text, match.end()) is None:
            key = names[match.group()]
            yield _Word(ValueKind.PLACE, *match.span(), key, *_beside(text, *match.span()))


def _directions(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        word = match.group()
        if word in _TURNED:
            pair = next(p for p in DIRECTIONS if word in p)
            key = f"{'/'.join(pair)}:{pair.index(word)}"
            yield _Word(ValueKind.DIRECTION, *match.span(), key, *_beside(text, *match.span()))

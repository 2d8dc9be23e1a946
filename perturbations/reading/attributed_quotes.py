"""Attributions to outlets of words that something else attributes, too: an entry, or a repetition.

What ties the two together is a quotation of six words or more that both hold, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perturbations.reading.cited_values import sentence_before, single_markers
from perturbations.reading.mentions import Attribution, Reading
from perturbations.text import Span

MIN_QUOTED = 6
"""Words of a quotation that nobody repeats by chance."""

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_PRINTED = re.compile(r"(?i)\b(?:reported|published|quoted|wrote|printed|broadcast)\b")
"""Cues that name who brought the words out; one who was told them may not be the one cited."""


@dataclass(frozen=True, slots=True)
class TwiceAttributed:
    """Two namings of the outlet of one quotation, and the ids of the outlets, where known."""

    one: Span
    other: Span
    ids: tuple[str | None, str | None]


def twice_attributed(reading: Reading) -> Iterator[TwiceAttributed]:
    """Every quotation whose outlet an attribution names, and an entry or an attribution again."""
    plain = [a for a in reading.citations.attributions if not a.quoted]
    if plain:
        yield from _against_entries(plain, reading)
        yield from _against_each_other(plain, reading)


def _against_entries(plain: list[Attribution], reading: Reading) -> Iterator[TwiceAttributed]:
    for at, index in single_markers(reading):
        entry, sentence = reading.citations.entries[index], sentence_before(at, reading)
        if sentence is None or entry.outlet is None or entry.headline is None:
            continue
        here = [a for a in plain if sentence.covers(a.span)]
        if len(here) != 1 or not _PRINTED.search(here[0].span.text):
            continue
        paragraph = reading.layout.paragraph_at(sentence.start)
        said = _quotations(paragraph, reading) if paragraph else []
        if any(_within(words, _words(entry.headline.text)) for words in said):
            yield TwiceAttributed(
                here[0].outlet, entry.outlet, (here[0].outlet_id, entry.outlet_id)
            )


def _against_each_other(plain: list[Attribution], reading: Reading) -> Iterator[TwiceAttributed]:
    spoken: dict[tuple[str, ...], list[Attribution]] = {}
    for attribution in plain:
        sentence = reading.layout.sentence_at(attribution.span.start)
        beside = [a for a in plain if sentence is not None and sentence.covers(a.span)]
        quoted = _quotations(sentence, reading) if sentence is not None else []
        if len(beside) == 1 and len(quoted) == 1:
            spoken.setdefault(quoted[0], []).append(attribution)
    for attributions in spoken.values():
        first = attributions[0]
        for again in attributions[1:]:
            yield TwiceAttributed(again.outlet, first.outlet, (again.outlet_id, first.outlet_id))


def _quotations(span: Span, reading: Reading) -> list[tuple[str, ...]]:
    found = (_words(q.text) for q in reading.layout.quotations if span.covers(q))
    return [words for words in found if len(words) >= MIN_QUOTED]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def outlet_words(name: str) -> tuple[str, ...]:
    """The words of an outlet's name without its article."""
    words = _words(name)
    return words[1:] if words[:1] == ("the",) else words

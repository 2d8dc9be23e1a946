"""Restatements: places where an article says one thing twice in the same words, but for one value.

Four frames are known. *Timeline*: a line `16 February 2022: statement`, whose statement repeats a
sentence that holds a date, with the date taken out. *Headline*: a line of the body that repeats
the headline but for one mention of a person. *Encounter* and *who*: boxes that name the parties of
an encounter once more, or the doer of a sentence (`perturbations.reading.boxes`). All stand in real
pages as fact boxes and teasers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from perturbations.reading.boxes import encounter_boxes, who_boxes
from perturbations.reading.mentions import DateMention, PersonMention, Reading, within
from perturbations.text import Span

MIN_WORDS = 4
"""A statement of fewer words says too little to be recognised as a restatement."""

_WORDS = re.compile(r"\w+", re.UNICODE)
_BEFORE_DATE = re.compile(r"(?:\b[Oo]n\s+)?$")
_AFTER_LABEL = re.compile(r"\s*(?::|–|—|-)\s+")


@dataclass(frozen=True, slots=True)
class Restatement:
    """Two mentions of one value: the one in the frame, and the one that it restates."""

    frame: Literal["timeline", "headline", "encounter", "who"]
    mention: Span
    restated: Span


def restatements(reading: Reading) -> tuple[Restatement, ...]:
    """Every restatement of the article, in order of the frame's line."""
    return (
        *_timelines(reading),
        *_headlines(reading),
        *(Restatement("encounter", *pair) for pair in encounter_boxes(reading)),
        *(Restatement("who", *pair) for pair in who_boxes(reading)),
    )


def statement_without(sentence: Span, date: DateMention) -> str | None:
    """The sentence with "on <date>" taken out, or None where that leaves no sentence.

    The date must stand at the sentence's start ("On 3 May, X did Y") or end ("X did Y on 3 May.").
    """
    at = date.span.start - sentence.start
    before, after = sentence.text[:at], sentence.text[at + len(date.span.text) :]
    cue = _BEFORE_DATE.search(before)
    if cue is None or not cue.group():
        return None
    before = before[: cue.start()]
    if not before.strip() and after.startswith(","):
        rest = after[1:].strip()
        return rest[:1].upper() + rest[1:] if rest else None
    if before.strip() and after.strip() in (".", "!"):
        return before.rstrip().rstrip(",") + "."
    return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORDS.findall(text))


def _timelines(reading: Reading) -> Iterator[Restatement]:
    labels = list(_labels(reading))
    if not labels:
        return
    statements: dict[tuple[str, ...], list[DateMention]] = {}
    for date in reading.dates:
        sentence = reading.layout.sentence_at(date.span.start)
        if sentence is None or not sentence.covers(date.span):
            continue
        statement = statement_without(sentence, date)
        if statement is not None:
            statements.setdefault(_words(statement), []).append(date)
    for label, words in labels:
        restated = statements.get(words, [])
        # Two sentences that differ by their dates alone tell of two events, so which is meant?
        if len(restated) == 1 and len(words) >= MIN_WORDS:
            yield Restatement("timeline", label.span, restated[0].span)


def _labels(reading: Reading) -> Iterator[tuple[DateMention, tuple[str, ...]]]:
    for date in reading.dates:
        if not _at_line_start(reading.text, date.span.start):
            continue
        line_end = reading.text.find("\n", date.span.end)
        rest = reading.text[date.span.end : line_end if line_end >= 0 else None]
        cue = _AFTER_LABEL.match(rest)
        if cue is not None:
            yield date, _words(rest[cue.end() :])


def _at_line_start(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return not line.strip(" \t*-•–")


def _headlines(reading: Reading) -> Iterator[Restatement]:
    title = reading.article.title
    if len(_words(title)) < MIN_WORDS:
        return
    heads = [m for m in reading.people if m.in_headline]
    for line in _lines(reading):
        mentions = within(reading.people, line)
        if len(mentions) != len(heads):
            continue
        for k, (head, body) in enumerate(zip(heads, mentions, strict=True)):
            if _frame(title, 0, heads, k) == _frame(line.text, line.start, mentions, k):
                yield Restatement("headline", body.span, head.span)


def _lines(reading: Reading) -> Iterator[Span]:
    at = reading.article.body_start
    for line in reading.text[at:].split("\n"):
        if line.strip():
            yield Span(at, at + len(line), line)
        at += len(line) + 1


def _frame(text: str, offset: int, mentions: list[PersonMention], hole: int) -> tuple[str, ...]:
    """The words around mention `hole`, modifiers counted into the hole."""
    mention = mentions[hole]
    start = min((mention.span.start, *(m.start for m in mention.modifiers))) - offset
    end = max((mention.span.end, *(m.end for m in mention.modifiers))) - offset
    return (*_words(text[:start]), "\0", *_words(text[end:]))

"""Durations in a text: what they say, whether two dates bear them out, and how to write others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from perturbations.reading.date_patterns import GAPS
from perturbations.reading.duration_patterns import HEDGES, RELATIONS, scanner, whole
from perturbations.reading.duration_times import Elapsed, duration_matches, elapsed
from perturbations.reading.duration_words import (
    NUMBERS,
    PLURALS,
    ROUND_UNITS,
    UNITS,
    Unit,
    read_number,
)
from perturbations.reading.duration_writing import DurationError, rewordings, write_duration
from perturbations.reading.mentions import DurationMention
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

__all__ = [
    "DurationError",
    "Elapsed",
    "duration_matches",
    "elapsed",
    "find_durations",
    "read_duration",
    "rewordings",
    "write_duration",
]


def _words(words: tuple[str, ...]) -> str:
    return "|".join(
        word.replace(" ", f"[{GAPS}]+") for word in sorted(words, key=len, reverse=True)
    )


_HALF = rf"[{GAPS}]+and[{GAPS}]+a[{GAPS}]+half"
_HEDGE = re.compile(rf"(?:{_words(HEDGES)})[{GAPS}]+", re.IGNORECASE)
_RELATION = re.compile(
    rf"(?:[{GAPS}]+to[{GAPS}]+the[{GAPS}]+day)?[{GAPS}]+({_words(RELATIONS)})\Z", re.IGNORECASE
)
_OR_SO = re.compile(rf"[{GAPS}]+or[{GAPS}]+(?:so|more)\Z", re.IGNORECASE)
_BELOW_HUNDRED = _words(tuple(NUMBERS))
_PART = re.compile(
    rf"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|half[{GAPS}]+an?"
    rf"|(?:{_BELOW_HUNDRED}|a)[{GAPS}]+hundred(?:[{GAPS}]+and[{GAPS}]+(?:{_BELOW_HUNDRED}))?"
    rf"|{_BELOW_HUNDRED}|an?)"
    rf"(?P<half>½|{_HALF})?[{GAPS}-]+(?P<unit>{_words((*PLURALS, *UNITS))})(?P<more>{_HALF})?",
    re.IGNORECASE,
)
_AGE = re.compile(rf"-olds?\b|[{GAPS}]olds?\b|[{GAPS}]of[{GAPS}]age\b", re.IGNORECASE)
_RATE = re.compile(
    r"(?:[0-9%€£¥]|\b(?:times|once|twice|million|billion|trillion|thousand|hundred|percent|dollars"
    rf"|euros|pounds|cents|hours|minutes|days|weeks|months|people|tons|tonnes))[{GAPS}]\Z",
    re.IGNORECASE,
)
"""What stands before a rate: "$5 a year", "twice a week"."""
_BEFORE_LENGTH = re.compile(
    r"\b(?:for|in|within|after|than|of|least|by|under|during|only|just|exactly|lasted|takes?|took"
    rf"|last|lasting|spent|spend)[{GAPS}]\Z",
    re.IGNORECASE,
)
"""What makes a length of "a year" that has neither hedge nor relation."""
_PHRASE_END = re.compile(rf"[{GAPS}]*(?:[,.;:!?)\n—–]|\Z|from\b)")
"""What follows "on" where it ends the phrase: "three years on, ..."."""
_STRETCH = re.compile(rf"\b(?:last|past|next|coming|first)[{GAPS}]\Z", re.IGNORECASE)
"""Before a stretch that its own word places: "in the past three days after heavy rain"."""
_JOINTS = frozenset("$€£¥#.,/-–_")
"""Signs before a number that make it part of something else."""
_LOOK_BACK = 24
_DAYS_OF_MONTH = 30
_FIELDS: tuple[Unit, ...] = ("years", "months", "weeks", "days")


def find_durations(source: Encoded) -> tuple[DurationMention, ...]:
    """Finds every duration of a text, in order.

    Hedges and relations stay outside the span. Ages ("18-year-old") and rates ("twice a year") are
    left out, and so is "a year" or "one day" where nothing shows that a length is meant.
    """
    return tuple(_durations(source))


def read_duration(text: str) -> DurationMention | None:
    """Reads a text that is one duration and nothing else ("three years", "14-month")."""
    if whole().fullmatch(text.encode("utf-8", "surrogatepass")) is None:
        return None
    return _read(text, 0, hedged=False, relation=None)


def _durations(source: Encoded) -> Iterator[DurationMention]:
    for found in scanner().finditer(source.data):
        start, end = (source.point(byte) for byte in found.span())
        mention = _in_context(source.text, start, end)
        if mention is not None:
            yield mention


def _in_context(text: str, start: int, end: int) -> DurationMention | None:
    """Reads the hit `start..end`, hedge and relation included, unless what is around it objects."""
    before, behind = text[max(0, start - _LOOK_BACK) : start], text[end : end + 1]
    if before[-1:].isalnum() or before[-1:] in _JOINTS or behind.isalnum() or behind == "_":
        return None
    hit = text[start:end]
    hedge = _HEDGE.match(hit)
    begin = hedge.end() if hedge else 0
    relation = _RELATION.search(hit, begin)
    stop = relation.start() if relation else len(hit)
    loose = _OR_SO.search(hit, begin, stop)
    stop = loose.start() if loose else stop
    if _AGE.match(text, start + stop):
        return None
    tie = None if _STRETCH.search(before) else _tie(text, start, relation)
    amount = hit[begin:stop]
    if hedge is None and tie is None and not _is_length(amount, before):
        return None
    return _read(amount, start + begin, hedged=bool(hedge or loose), relation=tie)


def _is_length(amount: str, before: str) -> bool:
    """Whether "a year" or "one day", without hedge and relation, is a length of time."""
    lower = amount.lower()
    if lower.startswith(("a ", "an ")):
        return _BEFORE_LENGTH.search(before) is not None and not _RATE.search(before)
    return lower != "one day" or _BEFORE_LENGTH.search(before) is not None


def _tie(text: str, start: int, relation: re.Match[str] | None) -> Span | None:
    if relation is None:
        return None
    span = Span.of(text, start + relation.start(1), start + relation.end(1))
    # "three years on a project" is no relation, "three years on, ..." is one.
    if span.text.lower() == "on" and not _PHRASE_END.match(text, span.end):
        return None
    return span


def _read(text: str, start: int, *, hedged: bool, relation: Span | None) -> DurationMention | None:
    """Adds up the amounts of an expression that begins at code point `start`.

    None where an amount is too small to count, or the units do not go down ("two days, a year").
    """
    amounts = _amounts(text)
    if amounts is None:
        return None
    years, months, weeks, days, rounded = amounts
    return DurationMention(
        span=Span(start, start + len(text), text),
        years=years,
        months=months,
        weeks=weeks,
        days=days,
        spelt=not any(char.isdigit() for char in text),
        hyphenated="-" in text and _singular(text.rsplit("-", 1)[-1]) in UNITS,
        approximate=hedged or rounded,
        relation=relation,
    )


@lru_cache(maxsize=1024)
def _amounts(text: str) -> tuple[int, int, int, int, bool] | None:
    """Years, months, weeks and days of an expression, and whether its words are round ones."""
    totals: dict[Unit, Fraction] = {}
    rounded = False
    for part in _PART.finditer(text):
        unit, factor = _unit(part["unit"])
        if any(_FIELDS.index(unit) <= _FIELDS.index(before) for before in totals):
            return None
        number = _number(part["number"]) + Fraction(bool(part["half"]) + bool(part["more"]), 2)
        totals[unit] = number * factor
        rounded |= number.denominator != 1 or _singular(part["unit"]) in ROUND_UNITS
    years, months, weeks, days = _whole_units(totals)
    return (years, months, weeks, days, rounded) if years or months or weeks or days else None


def _singular(word: str) -> str:
    return PLURALS.get(word.lower(), word.lower())


def _unit(word: str) -> tuple[Unit, int]:
    return UNITS[_singular(word)]


def _number(word: str) -> Fraction:
    lower = " ".join(word.lower().split())
    if lower[0].isdigit():
        return Fraction(lower.replace(",", ""))
    return Fraction(1, 2) if lower.startswith("half") else Fraction(read_number(lower))


def _whole_units(totals: dict[Unit, Fraction]) -> tuple[int, int, int, int]:
    """Carries halves down: half a year is 6 months, half a month 15 days, half a week 3."""
    years, months, weeks, days = (totals.get(unit, Fraction(0)) for unit in _FIELDS)
    months += years % 1 * 12
    days += months % 1 * _DAYS_OF_MONTH + weeks % 1 * 7
    return int(years), int(months), int(weeks), int(days)

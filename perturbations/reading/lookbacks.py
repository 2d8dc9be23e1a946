"""Passages that a line of their own dates: "From our report of 16 February 2022" and what follows.

Newspapers and timelines set earlier text into later text in this manner. What such a passage says,
it says of the day in its line, not of the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perturbations.reading.mentions import AsOf, DateMention, Layout
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

_LINE = re.compile(
    r"(?:as (?:we|this newspaper) (?:first )?(?:reported|wrote)"
    r"|(?:from |in )?(?:(?:our|the|an|this newspaper[’']s) )?(?:(?:earlier|previous) )?"
    r"(?:archives?|reports?|coverage|files|article))(?: (?:of|on|from|dated))?[,:]? *\x00:?",
    re.IGNORECASE,
)
"""A line that dates what follows; the date stands as a NUL."""

LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Lookback:
    """A passage with a day of its own: the line, its date, the paragraph behind it."""

    line: Span
    date: DateMention
    passage: Span

    @property
    def as_of(self) -> AsOf | None:
        """The time at which the passage speaks; its cue is the date in the line."""
        if self.date.first is None or self.date.last is None:
            return None
        return AsOf(self.date.first, self.date.last, cue=self.date.span)


def find_lookbacks(
    source: Encoded, layout: Layout, dates: Sequence[DateMention]
) -> tuple[Lookback, ...]:
    """Every paragraph that is nothing but such a line, with the paragraph behind it."""
    return tuple(_found(layout, [date for date in dates if date.is_full]))


def _found(layout: Layout, dates: Sequence[DateMention]) -> Iterator[Lookback]:
    short = {p.start: i for i, p in enumerate(layout.paragraphs) if len(p.text) <= LONGEST_LINE}
    if not short:
        return
    for date in dates:
        paragraph = layout.paragraph_at(date.span.start)
        if paragraph is None or paragraph.start not in short:
            continue
        at = short[paragraph.start]
        before = paragraph.text[: date.span.start - paragraph.start]
        after = paragraph.text[date.span.end - paragraph.start :]
        if at + 1 < len(layout.paragraphs) and _LINE.fullmatch(f"{before}\0{after}"):
            yield Lookback(paragraph, date, layout.paragraphs[at + 1])

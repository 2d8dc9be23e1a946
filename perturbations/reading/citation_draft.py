"""An entry while its parts are told apart, and what the whole text gives to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.mentions import DateMention
from perturbations.text import Span

DATE, ADDRESS, HEADLINE, OTHER = "\x00", "\x01", "\x02", "\x03"
"""What stands in a draft's mask where a part was taken."""

BREAK = re.compile(
    r'[\x00-\x03]+|[,;:|()\[\]*_“”"]|\s[-–—]\s'
    r"|(?<![A-Z]\.[A-Z])(?<!\s[A-Z])(?<!^[A-Z])[.?!](?=\s|$)"
)
"""Where one part of an entry can end and the next begin; no dot behind an initial."""


@dataclass(frozen=True, slots=True)
class EntryContext:
    """What was found in the whole text, in order, that an entry's parts are taken from."""

    text: str
    outlets: OutletIndex
    names: Sequence[Span]
    """Outlets that are named."""
    known: Sequence[bool]
    """Which of them are known and can mean nothing else; the rest have to stand alone."""
    addresses: Sequence[Span]
    dates: Sequence[DateMention]


@dataclass(slots=True)
class Draft:
    """An entry without its label; `mask` is its text with a sign where a part was taken."""

    at: int
    """Where the entry's text begins in the article."""
    text: str
    mask: str
    parts: dict[str, Span] = field(default_factory=dict)
    date: DateMention | None = None
    accessed: DateMention | None = None
    marked: bool = False
    """Whether marks or a link showed which words are the headline."""

    @property
    def whole(self) -> Span:
        """The entry's text as a span of the article."""
        return Span(self.at, self.at + len(self.text), self.text)

    def take(self, start: int, end: int, sign: str) -> None:
        """Puts a sign in place of every code point of a range (offsets in the entry)."""
        self.mask = self.mask[:start] + sign * (end - start) + self.mask[end:]

    def name(self, part: str, start: int, end: int) -> None:
        """Records a part (offsets in the entry)."""
        self.parts[part] = Span(self.at + start, self.at + end, self.text[start:end])

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of a range has been taken."""
        return not set(self.mask[start:end]) & {DATE, ADDRESS, HEADLINE, OTHER}


def stripped(mask: str, start: int, end: int) -> tuple[int, int]:
    """Narrows a range to what stands between white space and connecting punctuation."""
    text = mask[start:end]
    start += len(text) - len(text.lstrip(" \t\n.,;:|–—-*_(>"))
    text = mask[start:end].rstrip(" \t\n.,;:|–—-*_(<")
    return start, start + len(text)


def inside(spans: Sequence[Span], whole: Span) -> list[int]:
    """The indexes of those spans, sorted by start, that lie wholly in another."""
    first = bisect_left(spans, whole.start, key=lambda s: s.start)
    found = []
    for index in range(first, len(spans)):
        if spans[index].start >= whole.end:
            break
        if spans[index].end <= whole.end:
            found.append(index)
    return found

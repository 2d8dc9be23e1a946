"""The words of an address, its slug, and what an item says of itself: both as word stems."""

from __future__ import annotations

import re

from perturbations.reading.citation_addresses import path_place
from perturbations.reading.mentions import Entry, Reading
from perturbations.text import Span

_STEM = 4
"""Words are the same where so many letters are: "elections", "elected"."""

_RUN = re.compile(r"(?<![^/_-])[a-z]+(?:-[a-z]+){3,}(?![^/_.-])")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = frozenset(
    "the and for with from over after into amid says say said that this who what how why are was "  # noqa: SIM905
    "has have had will not but its his her their out off than more all new news live updates "
    "update latest article articles world index html story".split()
)
"""Words that tell nothing of what is reported."""


def slug_span(address: Span) -> Span | None:
    """The longest run of words, joined by hyphens, in an address's path."""
    at, path = path_place(address.text)
    runs = sorted(_RUN.finditer(path), key=lambda m: m.end() - m.start())
    if not runs:
        return None
    start = address.start + at + runs[-1].start()
    return Span(start, start + len(runs[-1].group()), runs[-1].group())


def context_of(item: Entry, reading: Reading) -> str | None:
    """What an item says of itself: its headline, or the paragraph that cites it."""
    if item.headline is not None:
        return item.headline.text
    if item.number is not None or item.date is not None:
        return None
    paragraph = reading.layout.paragraph_at(item.span.start)
    if paragraph is None:
        return None
    text = paragraph.text
    for address in reading.citations.addresses:
        if paragraph.covers(address):
            text = text.replace(address.text, " ")
    return text


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, hyphens apart, without the small words."""
    words = (word.casefold() for word in _WORD.findall(text.replace("-", " ")))
    return frozenset(word[:_STEM] for word in words if word not in _SMALL)

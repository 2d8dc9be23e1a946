"""The words of an address, its slug, against what it is cited for.

A slug proves a mismatch only where it says nothing of its own item and speaks at length of
another one of the same article: headlines change, and paraphrases share few words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturbations.knowledge import Truth
from perturbations.reading.citation_addresses import host_and_path
from perturbations.reading.mentions import Entry, Reading
from perturbations.text import Span

MIN_WORDS = 4
"""A slug of fewer words says too little."""
MIN_FOREIGN = 3
"""So many of its words, and half of them at least, must be another item's."""
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
    host, path = host_and_path(address.text)
    at = address.text.find(path, address.text.casefold().find(host) + len(host))
    runs = sorted(_RUN.finditer(path), key=lambda m: m.end() - m.start())
    if not runs:
        return None
    start = address.start + at + runs[-1].start()
    return Span(start, start + len(runs[-1].group()), runs[-1].group())


def foreign_slug(item: Entry, reading: Reading) -> Truth:
    """Whether an item's slug is another's: nothing of its own, and much of one other."""
    slug = slug_span(item.address) if item.address is not None and item.hosts else None
    words = _stems(slug.text) if slug is not None else frozenset()
    own = _context(item, reading)
    if len(words) < MIN_WORDS or own is None:
        return Truth.UNKNOWN
    shared = words & _stems(own)
    if len(shared) >= 2:
        return Truth.FAILS
    if shared:
        return Truth.UNKNOWN
    needed = max(MIN_FOREIGN, (len(words) + 1) // 2)
    others = (_stems(text) for text in _other_contexts(item, own, reading))
    return Truth.HOLDS if any(len(words & other) >= needed for other in others) else Truth.UNKNOWN


def _other_contexts(item: Entry, own: str, reading: Reading) -> Iterator[str]:
    seen = {own}
    for other in reading.citations.items:
        text = _context(other, reading)
        if other is not item and text is not None and text not in seen:
            seen.add(text)
            yield text


def _context(item: Entry, reading: Reading) -> str | None:
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


def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text.replace("-", " ")))
    return frozenset(word[:_STEM] for word in words if word not in _SMALL)

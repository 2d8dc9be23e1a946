"""The words of an address, its slug, against what it is cited for.

A slug proves a mismatch only where it says nothing of its own item and speaks at length of
another one of the same article: headlines change, and paraphrases share few words.
"""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.knowledge import Truth
from perturbations.reading.citation_slugs import context_of, slug_span, stems
from perturbations.reading.mentions import Entry, Reading

MIN_WORDS = 4
"""A slug of fewer words says too little."""
MIN_FOREIGN = 3
"""So many of its words, and half of them at least, must be another item's."""


def foreign_slug(item: Entry, reading: Reading) -> Truth:
    """Whether an item's slug is another's: nothing of its own, and much of one other."""
    slug = slug_span(item.address) if item.address is not None and item.hosts else None
    words = stems(slug.text) if slug is not None else frozenset()
    own = context_of(item, reading)
    if len(words) < MIN_WORDS or own is None:
        return Truth.UNKNOWN
    shared = words & stems(own)
    if len(shared) >= 2:
        return Truth.FAILS
    if shared:
        return Truth.UNKNOWN
    needed = max(MIN_FOREIGN, (len(words) + 1) // 2)
    others = (stems(text) for text in _other_contexts(item, own, reading))
    return Truth.HOLDS if any(len(words & other) >= needed for other in others) else Truth.UNKNOWN


def _other_contexts(item: Entry, own: str, reading: Reading) -> Iterator[str]:
    seen = {own}
    for other in reading.citations.items:
        text = context_of(other, reading)
        if other is not item and text is not None and text not in seen:
            seen.add(text)
            yield text

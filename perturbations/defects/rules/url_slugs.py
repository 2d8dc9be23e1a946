"""The words of an address, its slug, against what it is cited for.

A slug proves a mismatch only where it says nothing of its own item and speaks at length of
another one of the same article: headlines change, and paraphrases share few words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property

from perturbations.knowledge import Truth
from perturbations.reading.citation_slugs import context_of, slug_span, stems
from perturbations.reading.mentions import Entry, Reading

MIN_WORDS = 4
"""A slug of fewer words says too little."""
MIN_FOREIGN = 3
"""So many of its words, and half of them at least, must be another item's."""


class Contexts:
    """What the items of an article say of themselves, by the stems of their words; read once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def _holding(self) -> Mapping[str, frozenset[str]]:
        """The wordings that hold a stem."""
        told = (context_of(item, self.reading) for item in self.reading.citations.items)
        holding: defaultdict[str, set[str]] = defaultdict(set)
        for text in {text for text in told if text is not None}:
            for stem in stems(text):
                holding[stem].add(text)
        return {stem: frozenset(texts) for stem, texts in holding.items()}

    def most_shared(self, words: frozenset[str], without: str) -> int:
        """How many of the stems one wording holds, at the most; one wording is left out."""
        counted = Counter(text for word in words for text in self._holding.get(word, ()))
        del counted[without]
        return max(counted.values(), default=0)


def foreign_slug(item: Entry, contexts: Contexts) -> Truth:
    """Whether an item's slug is another's: nothing of its own, and much of one other."""
    slug = slug_span(item.address) if item.address is not None and item.hosts else None
    words = stems(slug.text) if slug is not None else frozenset()
    own = context_of(item, contexts.reading)
    if len(words) < MIN_WORDS or own is None:
        return Truth.UNKNOWN
    shared = words & stems(own)
    if len(shared) >= 2:
        return Truth.FAILS
    if shared:
        return Truth.UNKNOWN
    needed = max(MIN_FOREIGN, (len(words) + 1) // 2)
    return Truth.HOLDS if contexts.most_shared(words, own) >= needed else Truth.UNKNOWN

"""Anchors: what shows, without anybody's mark, that two spans speak of one and the same thing.

Either both stand with one quotation, word for word the same and no shorter than six words; or the
sentences round them share a head noun and, apart from it and from the spans, two content words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturbations.reading.mentions import Reading
from perturbations.text import Span

MIN_QUOTED = 6
"""Words of a quotation that nobody repeats by chance."""

MIN_SHARED = 2
"""Content words that two sentences share beside their head noun."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?$")
_EMPTY = _listed(
    """
    a an the and or but nor if than then so as of in on at to by for with from into over under
    after before between about against during since until while also not no it its he she they
    them his her their him hers theirs we us our i my me you your this that these those there here
    who whom whose which what when where why how is are was were be been being has have had do
    does did will would can could may might shall should must said says say told today yesterday
    tomorrow one two more most other another such same own new last first all any some each both
    very just only still again today’s
    """
)
"""Words that bind or say when, and so are shared by sentences about anything."""


def share_quotation(one: Span, two: Span, reading: Reading) -> bool:
    """Whether the sentences of both spans hold the same quotation of six words or more."""
    first, second = _quoted(one, reading), _quoted(two, reading)
    return any(words in second for words in first)


def share_head(one: Span, two: Span, heads: frozenset[str], reading: Reading) -> bool:
    """Whether both sentences name one head noun, and two content words besides.

    Args:
        one: the first span, which counts for nothing itself.
        two: the second.
        heads: the forms of the head noun, in small letters: call, calls, spoke.
        reading: of the text.

    Two spans in one sentence share nothing but their place.
    """
    first, second = _sentence(one, reading), _sentence(two, reading)
    if first is None or second is None or first == second:
        return False
    here, there = set(_words(first, one, reading)), set(_words(second, two, reading))
    if not (here & heads and there & heads):
        return False
    return len((here & there) - heads - _EMPTY) >= MIN_SHARED


def _sentence(span: Span, reading: Reading) -> Span | None:
    sentence = reading.layout.sentence_at(span.start)
    return sentence if sentence is not None and sentence.covers(span) else None


def _words(sentence: Span, without: Span, reading: Reading) -> Iterator[str]:
    """The sentence's words in small letters, possessive suffixes off, the span's left out."""
    for start, end in ((sentence.start, without.start), (without.end, sentence.end)):
        for word in _WORD.findall(reading.text[start:end]):
            yield _POSSESSIVE.sub("", word.casefold())


def _quoted(span: Span, reading: Reading) -> set[tuple[str, ...]]:
    """The long quotations in a span's sentence, outside of which the span stands."""
    sentence = reading.layout.sentence_at(span.start)
    if sentence is None or reading.layout.quoted(span):
        return set()
    found = set()
    for quotation in reading.layout.quotations:
        if quotation.overlaps(sentence):
            words = tuple(word.casefold() for word in _WORD.findall(quotation.text))
            if len(words) >= MIN_QUOTED:
                found.add(words)
    return found

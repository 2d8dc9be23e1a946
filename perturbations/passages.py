"""Passages that stand by themselves: what of one article can be set into another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perturbations.defects.rules.interval import is_false
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.leaning import LEANING
from perturbations.reading.mentions import AsOf, PersonMention, Reading
from perturbations.text import Span

MIN_WORDS, MAX_WORDS = 12, 110

_POINTING = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|above|below|aforementioned|earlier|"
    r"the (?:two|three|four|pair|leaders?|presidents?|ministers?|both))\b"
)
"""Words that point outside the passage, to speakers or to people named before."""

_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening|week|month|year)|"
    r"(?:last|next) (?:week|month|year|night)|ago|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
"""Times that only the day of their own article fixes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that names office holders, with the time and the article that it comes from."""

    text: str
    as_of: AsOf
    claims: tuple[tuple[Span, PersonMention], ...]
    """Its claims of office: where each stands in the passage, and how its own article has it."""
    article: str
    """The id of that article."""

    def stands_at(self, when: AsOf, knowledge: Knowledge) -> Truth:
        """Whether what it says of office holders is so at another time.

        *holds* where every claim is surely true then, *fails* where one is surely false.
        """
        answers = {is_false(claim, when, knowledge) for _, claim in self.claims}
        if Truth.HOLDS in answers:
            return Truth.FAILS
        return Truth.HOLDS if answers == {Truth.FAILS} else Truth.UNKNOWN


def passages_of(reading: Reading) -> tuple[Passage, ...]:
    """The passages of an article; none where its day is unknown."""
    when = reading.as_of
    if when is None or when.first != when.last:
        return ()
    return tuple(
        Passage(
            paragraph.text,
            when,
            tuple((claim.span.shifted(-paragraph.start), claim) for claim in claims),
            reading.article.id,
        )
        for paragraph, claims in _candidates(reading)
    )


def _candidates(reading: Reading) -> Iterator[tuple[Span, tuple[PersonMention, ...]]]:
    for paragraph in prose(reading):
        words = paragraph.text.split()
        if not MIN_WORDS <= len(words) <= MAX_WORDS or words[0].casefold() in LEANING:
            continue
        if _POINTING.search(paragraph.text) or _RELATIVE.search(paragraph.text):
            continue
        named = [mention for mention in reading.people if paragraph.overlaps(mention.span)]
        claims = tuple(mention for mention in named if mention.claims_office)
        if claims and _introduces_all(named, claims) and not _borrows(paragraph, reading):
            yield paragraph, claims


def _introduces_all(named: Sequence[PersonMention], claims: Sequence[PersonMention]) -> bool:
    """Whether everybody is named in full at first, so that nothing leans on earlier text."""
    seen: set[int] = set()
    for mention in named:
        if mention.chain in seen:
            continue
        if mention.person is None or mention.name is None or " " not in mention.name.text.strip():
            return False
        seen.add(mention.chain)
    return bool(claims)


def _borrows(paragraph: Span, reading: Reading) -> bool:
    """Whether it holds words of others, citations or addresses, which belong where they stand."""
    cited = reading.citations
    return (
        reading.layout.quoted(paragraph)
        or any(paragraph.overlaps(marker.span) for marker in cited.markers)
        or any(paragraph.overlaps(address) for address in cited.addresses)
    )


def prose(reading: Reading) -> list[Span]:
    """The paragraphs of the body that are running text: no heading, list, table or reference."""
    references = reading.citations.references
    headings = set(reading.layout.headings)
    return [
        paragraph
        for paragraph in reading.layout.paragraphs
        if paragraph.start >= reading.article.body_start
        and paragraph not in headings
        and paragraph.text[0].isalnum()
        and paragraph.text[-1] in ".!?"
        and "\n" not in paragraph.text
        and not (references and references.span.overlaps(paragraph))
        and all(not passage.overlaps(paragraph) for passage, _ in reading.times)
    ]

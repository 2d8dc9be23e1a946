"""Passages that stand by themselves: what of one article can be set into another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perturbations.defects.rules.interval import is_false
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.leaning import LEANING
from perturbations.reading.mentions import AsOf, DateMention, PersonMention, Reading
from perturbations.text import Span

MIN_WORDS, MAX_WORDS = 12, 110

_POINTING = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|above|below|aforementioned|earlier|Earlier|also|[Yy]esterday|"
    r"the (?:two|three|four|pair|leaders?|presidents?|ministers?|both))\b|"
    r"\b(?:hour|day|week|month|year)s? (?:before|later|after)[.,]|"
    r"\b(?:[Dd]uring|[Aa]t|[Aa]fter|[Ff]ollowing|[Ii]n) the \w+,"
)
"""Words that point outside the passage, to speakers, people and times named before."""

_SURNAMED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Sen|Rep|Gov)\.? ([A-Z][\w’'-]+)(?! [A-Z])")
"""Somebody called by title and surname, who has been named before."""

_KNOWN = re.compile(
    r"\b[Tt]he (agreement|deal|decision|accord|newcomer|treaty|announcement|vote|plan|proposal|law|"
    r"bill|resolution|ruling|election|result|pact|attack|trip|others)\b"
    r"(?! (?:of|to|on|for|that|between|with|in|by|against|which|under)\b)"
)
"""What a passage speaks of as known; it stands by itself where it has named that before."""

_MOURNED = re.compile(r"\b(?:passing|death|funeral|memory) of\b|\bthe late\b")
"""Words by which an office is told of the dead."""

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,}.{0,30}?[—–-] ")
"""A line of place, and perhaps of date, by which a report begins and no paragraph inside one."""

_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|hers?|herself)\b", re.IGNORECASE)


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


def passages_of(reading: Reading, knowledge: Knowledge) -> tuple[Passage, ...]:
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
        for paragraph, claims in _candidates(reading, knowledge)
    )


def _candidates(
    reading: Reading, knowledge: Knowledge
) -> Iterator[tuple[Span, tuple[PersonMention, ...]]]:
    for paragraph in prose(reading):
        for part in _beginnings(paragraph, reading):
            claims = _claims(part, reading, knowledge)
            if claims:
                yield part, claims
                break


def _beginnings(paragraph: Span, reading: Reading) -> Iterator[Span]:
    """The paragraph, then ever fewer of its first sentences: what follows may lean on what went."""
    for sentence in reversed(reading.layout.sentences):
        if paragraph.covers(sentence):
            yield Span.of(reading.text, paragraph.start, sentence.end)


def _claims(part: Span, reading: Reading, knowledge: Knowledge) -> tuple[PersonMention, ...] | None:
    """The claims of office of a passage that stands by itself; None where it does not."""
    words = part.text.split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or words[0].casefold() in LEANING:
        return None
    if _POINTING.search(part.text) or _DATELINE.match(part.text) or _borrows(part, reading):
        return None
    if words[0] == "The" and words[1][0].islower():
        return None  # "The announcement" announces something that stood before
    if _MOURNED.search(part.text) or "*" in part.text or _speaks_of_known(part.text):
        return None
    if any(_names_day(d) and part.overlaps(d.span) for d in reading.dates):
        return None  # what names its day says by itself that it is of another time
    named = [mention for mention in reading.people if part.overlaps(mention.span)]
    if not _introduces_all(named) or not _pronouns_follow(part, named, knowledge):
        return None
    return tuple(mention for mention in named if mention.claims_office)


def _names_day(date: DateMention) -> bool:
    """Whether a date, or an end of a range, names a day of a month: "July 13-16"."""
    return any(one.part("day") for one in (date, *date.ends))


def _speaks_of_known(text: str) -> bool:
    """Whether it speaks of something or somebody as known that it has not named itself."""
    things = (found[1] not in text[: found.start()].casefold() for found in _KNOWN.finditer(text))
    people = (found[1] not in text[: found.start()] for found in _SURNAMED.finditer(text))
    return any(things) or any(people)


def _pronouns_follow(paragraph: Span, named: Sequence[PersonMention], knowledge: Knowledge) -> bool:
    """Whether "he" and "she" stand behind somebody of the passage whom they can mean."""
    for found in _PRONOUN.finditer(paragraph.text):
        gender = "m" if found[0].casefold() in ("he", "him", "his", "himself") else "f"
        at = paragraph.start + found.start()
        before = [mention for mention in named if mention.span.end <= at and mention.person]
        if gender not in {knowledge.people[mention.person or ""].gender for mention in before}:
            return False
    return True


def _introduces_all(named: Sequence[PersonMention]) -> bool:
    """Whether everybody is named in full at first, so that nothing leans on earlier text."""
    seen: set[int] = set()
    for mention in named:
        if mention.chain in seen:
            continue
        if mention.person is None or mention.name is None or " " not in mention.name.text.strip():
            return False
        seen.add(mention.chain)
    return True


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

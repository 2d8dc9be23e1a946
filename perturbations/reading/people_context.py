"""What stands round a mention: modifiers, cues of another time, articles, possessives."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import re2

from perturbations.reading.mentions import AsOf, Citations, DateMention, Layout
from perturbations.reading.people_phrases import Phrase
from perturbations.reading.people_words import OFFICE_MODIFIERS, OFFICE_SUFFIXES, PLAIN_ADJECTIVES
from perturbations.text import Cover, Span

_SPACE = r"[ \u00a0\u202f]"
_ADJECTIVE = "|".join(re.escape(word) for word in sorted(PLAIN_ADJECTIVES, key=len, reverse=True))
_MODIFIER = "|".join(re.escape(word) for word in sorted(OFFICE_MODIFIERS, key=len, reverse=True))
_BEFORE = re.compile(
    rf"\b(?P<word>{_MODIFIER})(?:[-‑]|{_SPACE}|(?<=cessor),{_SPACE})(?:(?:{_ADJECTIVE}){_SPACE})*$",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"\b(?:{_MODIFIER})\b", re.IGNORECASE)
_BEHIND = re.compile(rf"(?:-|,?{_SPACE})(?P<word>{'|'.join(OFFICE_SUFFIXES)})\b", re.IGNORECASE)
_THE = re.compile(
    rf"\bthe{_SPACE}(?:(?:{_MODIFIER}|{_ADJECTIVE})(?:{_SPACE}|[-‑]))*$", re.IGNORECASE
)
_BECOMING = re.compile(
    rf"\b(?:as|become|becomes|became|becoming|elected|elect|named|appointed|be|is|was|been|being|"
    rf"remain|remains|remained){_SPACE}(?:the{_SPACE})?(?:(?:{_MODIFIER}|{_ADJECTIVE}){_SPACE})*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:['’][sS](?!\w)|(?<=[sSxzXZ])['’](?=\s[\w]))")

_CUE_IN_SENTENCE = re2.compile(
    r"(?i)\b(?:served|serving under|had been|had (?:served|held|won|become|taken|led|left|signed)|"
    r"was then|at (?:that|the) time|in the (?:early |late |mid-?)?(?:1[89]|20)\d0s|"
    r"(?:years?|decades?|months?|century|centuries) (?:ago|earlier|before|later)|"
    r"predecessors?|succeed(?:ed|ing|s)?|replac(?:ed|ing|es)|ousted|toppled|deposed|overthr[eo]wn?|"
    r"assassinated|assassination|resign(?:ed|s|ing|ation)|stepp(?:ed|ing) down|anniversary|"
    r"formerly|sworn in|inaugurat(?:ed|ion)|(?:take|takes|took|taken|taking|leave|leaves|left|"
    r"leaving|assum(?:e|es|ed|ing)) (?:office|power)|(?:first|second|previous) (?:term|government)|"
    r"(?:when|since|after|before|until) (?:[\w.’'-]+ ){1,5}(?:was|were|became|took|came|left|won|"
    r"entered|assumed) (?:in )?(?:president|prime minister|chancellor|king|queen|office|power|the "
    r"presidency|vice president|secretary))\b",
)
_CUE_BEFORE = re.compile(
    rf"\b(?:under|(?:presidency|administration|premiership|tenure|term|reign|era|chancellorship|"
    rf"death|funeral|assassination|legacy|days|time) of|"
    rf"(?:appointed|nominated|named|selected|tapped|chosen|commissioned|confirmed|picked|awarded|"
    rf"pardoned|commuted|proclaimed|established|created|founded|first \w+)"
    rf"(?:{_SPACE}[\w-]+){{0,4}}{_SPACE}by|"
    rf"(?:chief{_SPACE}of{_SPACE}staff|advis[eo]r|aide|counsel|counselor|assistant|speechwriter|"
    rf"secretary|ambassador|"
    rf"nominee) (?:to|of|for))"
    rf"{_SPACE}(?:the{_SPACE}|both{_SPACE})?$",
    re.IGNORECASE,
)
_CUE_BEHIND = re.compile(
    rf"['’]s?{_SPACE}(?:\w+{_SPACE})?(?:term|presidency|premiership|tenure|reign|era|time{_SPACE}in|"
    r"death|funeral|assassination|legacy|memoirs?|book|resignation|ouster|predecessor|successor|"
    r"impeachment|chancellorship|departure)\b|"
    rf",?{_SPACE}\(?(?:who{_SPACE}(?:was|served|died|had|resigned|left|stepped|held|lost)|then\b|"
    rf"(?:the|a|an|another){_SPACE}(?:former|late|then|ex)\b|at{_SPACE}the{_SPACE}time|"
    rf"(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_ACT = (
    r"(?:sign|veto|nominat|appoint|order|declar|proclaim|approv|grant|pardon|commut|"
    r"authori[sz])"
)
_TODAY = rf"(?:today|yesterday|this{_SPACE}(?:week|morning))"
_ACTING = re.compile(
    rf"{_SPACE}(?:(?:(?:today|will|to|is|also|just){_SPACE}){{0,2}}{_ACT}(?:e?s|ing)|"
    rf"(?:will|to){_SPACE}{_ACT}e?|today{_SPACE}{_ACT}e?d|"
    rf"{_ACT}e?d\b[^.\n]*\b{_TODAY})\b",
    re.IGNORECASE,
)
"""Acts of office, in the present or on the day: what nobody out of office does."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_TITLE_CASE_SHARE = 0.8
_NEAR_FUTURE_YEARS = 2
"""Dates further ahead are goals ("net zero by 2050"), which do not move the clause to that time."""


class Scene:
    """One text with its layout, dates and citations, as far as mentions of people need them."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        dates: Sequence[DateMention],
        citations: Citations,
        title_end: int,
        as_of: AsOf | None,
    ) -> None:
        self.text = text
        self.layout = layout
        self.title_end = title_end
        self.as_of = as_of
        self._dated = Cover(date.span for date in dates)
        self._cited = Cover(
            [*citations.addresses, *([citations.references.span] if citations.references else ())]
        )
        self._headed = Cover(layout.headings)
        self._past_sentences: dict[int, bool] = {}
        self._title_cased: dict[tuple[int, int], bool] = {}
        self._other_times = [d.span.start for d in dates if _is_another_time(d, as_of)]

    def span(self, start: int, end: int) -> Span:
        """The span `start..end` of the text."""
        return Span.of(self.text, start, end)

    def sentence(self, start: int) -> tuple[int, int]:
        """Where the sentence at `start` begins and ends; its line, where the layout knows none."""
        found = self.layout.sentence_at(start)
        if found is not None:
            return found.start, found.end
        end = self.text.find("\n", start)
        return self.text.rfind("\n", 0, start) + 1, len(self.text) if end < 0 else end

    def in_headline(self, start: int) -> bool:
        """Whether `start` stands in the headline."""
        return start < self.title_end

    def is_title_case(self, start: int) -> bool:
        """Whether the line is written as headlines are, so that capitals tell no names."""
        if self._headed.overlaps(start, start + 1) or self.in_headline(start):
            return True
        first, last = self.sentence(start)
        if (first, last) not in self._title_cased:
            words = [word for word in self.text[first:last].split() if len(word) > 3]
            capitalised = sum(word[:1].isupper() for word in words)
            enough = capitalised >= _TITLE_CASE_SHARE * len(words)
            self._title_cased[first, last] = len(words) > 2 and enough
        return self._title_cased[first, last]

    def is_capitals(self, start: int) -> bool:
        """Whether the line is written in capitals throughout."""
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", start)
        return self.text[first : None if last < 0 else last].isupper()

    def in_date(self, start: int, end: int) -> bool:
        """Whether `start..end` is part of a date expression ("May 2017")."""
        return self._dated.overlaps(start, end)

    def in_reference(self, span: Span) -> bool:
        """Whether the span stands in the reference list or in an address."""
        return self._cited.overlaps(span.start, span.end)

    def modifiers(self, phrase: Phrase) -> tuple[Span, ...]:
        """Every modifier before, inside and right behind the phrase's title, in order."""
        first = phrase.title.start if phrase.shared and phrase.title else phrase.start
        line = self.text.rfind("\n", 0, first) + 1
        found: list[tuple[int, int]] = []
        at = first
        while (before := _BEFORE.search(self.text, max(line, at - 60), at)) is not None:
            found.append(before.span("word"))
            at = before.start()
        title = phrase.title
        if title is not None:
            if phrase.country is not None and phrase.country.end <= title.start:
                inside = _INSIDE.finditer(self.text, phrase.country.end, title.start)
                found.extend(match.span() for match in inside)
            if phrase.apposition and phrase.name is not None and phrase.name.start < title.start:
                head = phrase.country.start if phrase.country else title.start
                between = _INSIDE.finditer(self.text, phrase.name_end, min(head, title.start))
                found.extend(match.span() for match in between)
            behind = _BEHIND.match(self.text, title.end)
            if behind is not None:
                found.append(behind.span("word"))
        return tuple(self.span(*part) for part in sorted(set(found)))

    def is_historical(self, phrase: Phrase) -> bool:
        """Whether the clause speaks of another time than the article's."""
        first, last = self.sentence(phrase.start)
        if self._speaks_of_another_time(first, last):
            return True
        begin = phrase.title.start if phrase.shared and phrase.title else phrase.start
        if _CUE_BEFORE.search(self.text, max(first, begin - 80), begin):
            return True
        return _CUE_BEHIND.match(self.text, phrase.end) is not None

    def in_another_time(self, start: int) -> bool:
        """Whether a date or a cue in the sentence at `start` speaks of another time."""
        return self._speaks_of_another_time(*self.sentence(start))

    def _speaks_of_another_time(self, first: int, last: int) -> bool:
        """Whether a date or a cue in the sentence says so; asked once per sentence."""
        known = self._past_sentences.get(first)
        if known is None:
            index = bisect_left(self._other_times, first)
            dated = any(start < last for start in self._other_times[index : index + 1])
            known = dated or bool(_CUE_IN_SENTENCE.search(self._plain(first, last)))
            self._past_sentences[first] = known
        return known

    def _plain(self, first: int, last: int) -> str:
        """The text from `first` to `last`; lone surrogates, which RE2 refuses, as spaces."""
        part = self.text[first:last]
        return part if part.isascii() else _SURROGATE.sub(" ", part)

    def is_acting(self, end: int) -> bool:
        """Whether an act that only the holder of an office can do follows right behind `end`."""
        return _ACTING.match(self.text, end) is not None

    def possessive(self, end: int) -> Span | None:
        """The possessive suffix right behind `end`."""
        found = _POSSESSIVE.match(self.text, end)
        return self.span(*found.span()) if found else None

    def has_article(self, start: int) -> bool:
        """Whether "the" stands before `start`, with at most adjectives and modifiers between."""
        line = self.text.rfind("\n", 0, start) + 1
        return _THE.search(self.text, max(line, start - 60), start) is not None

    def is_becoming(self, start: int) -> bool:
        """Whether somebody becomes, is or acts "as" what stands at `start`."""
        return _BECOMING.search(self.text, max(0, start - 60), start) is not None


def _is_another_time(found: DateMention, as_of: AsOf | None) -> bool:
    if found.first is None or found.last is None or as_of is None:
        return False
    if found.last < as_of.first:
        return found.last.year != as_of.first.year
    if found.first > as_of.last:
        return 0 < found.first.year - as_of.last.year <= _NEAR_FUTURE_YEARS
    return False

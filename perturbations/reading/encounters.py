"""Who met whom: frames that put two parties side by side, between mentions that are read already.

People are tied by what stands between two neighbouring mentions ("X spoke today with Y"), before
them ("a call between X and Y") or behind them ("X and Y met"); countries by the nouns that ask for
two parties ("talks between Japan and Italy").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import re2

from perturbations.reading.encounter_mentions import Encounter, EncounterKind, Party
from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.mentions import Citations, Layout, PersonMention
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

_CALL, _MEETING = EncounterKind.CALL, EncounterKind.MEETING
_AGREEMENT, _ADDRESS = EncounterKind.AGREEMENT, EncounterKind.ADDRESS

NOUNS = {
    **dict.fromkeys(("call", "calls", "phone call", "telephone call"), _CALL),
    **dict.fromkeys(("conversation", "conversations", "talks", "discussion", "discussions"), _CALL),
    **dict.fromkeys(("meeting", "meetings", "summit", "session"), _MEETING),
    **dict.fromkeys(("agreement", "treaty", "deal", "pact", "accord", "ceasefire"), _AGREEMENT),
    **dict.fromkeys(("negotiations", "dialogue", "partnership", "alliance", "truce"), _AGREEMENT),
}
"""Nouns that need two parties."""

WITH = {
    **dict.fromkeys(("spoke", "speaks", "talked", "talks", "conferred", "confers"), _CALL),
    **dict.fromkeys(("met", "meets", "dined"), _MEETING),
}
"""Verbs that take "with": both parties do it."""

DIRECT = {
    **dict.fromkeys(("telephoned", "phoned", "telephones", "phones"), _CALL),
    **dict.fromkeys(("met", "meets"), _MEETING),
    **dict.fromkeys(("hosted", "hosts", "received", "receives", "welcomed", "welcomes"), _MEETING),
    **dict.fromkeys(("greeted", "greets"), _MEETING),
    **dict.fromkeys(("thanked", "thanks", "congratulated", "congratulates"), _ADDRESS),
    **dict.fromkeys(("invited", "invites"), _ADDRESS),
}
"""Verbs that take the other party right behind them."""

HEADS = {**DIRECT, **WITH, **NOUNS, "meet": _MEETING, "speak": _CALL, "talk": _CALL}
"""What every head, noun or verb, says the parties did."""

_S = r"[ \u00a0\u202f]"
_NOUN = "|".join(sorted(NOUNS, key=len, reverse=True))
_FILLER = r"(?:[ \u00a0\u202f,][^.;:!?\n“”\"()]{0,90}?)?"
_ARTICLE = rf"(?:{_S}(?:the|(?:His|Her){_S}(?:Holiness|Majesty)))?"
_ADVERBS = rf"(?:,?{_S}(?:[a-z]+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)){{0,4}}?,?"
_GAP = re.compile(
    rf"(?P<before>{_ADVERBS}){_S}(?:"
    rf"(?P<verb>{'|'.join(WITH)})(?P<mid>{_FILLER}){_S}(?:with|to)"
    rf"|(?:held|holds|had|has){_S}(?:an?{_S})?(?:[\w-]+{_S}){{0,3}}?"
    rf"(?P<noun>{_NOUN})(?P<tail>{_FILLER}){_S}with"
    rf"|(?:came|comes|went|goes|flew|flies|travell?ed|travels|arrived|is|was)(?P<way>{_FILLER})"
    rf"{_S}for{_S}(?:[\w-]+{_S}){{0,2}}?(?P<purpose>{_NOUN}){_S}with"
    rf"|(?P<direct>{'|'.join(DIRECT)})(?:{_S}(?:with|today|yesterday|again|briefly))?"
    rf"){_ARTICLE}{_S}"
)
"""What stands between two parties that a verb ties."""

_WHOSE = re.compile(
    rf"(?:['’]s?)?{_S}(?:[\w-]+{_S}){{0,3}}?(?P<head>{_NOUN}){_S}with{_ARTICLE}{_S}", re.IGNORECASE
)
"""What stands between the parties of a noun: X's phone call with Y."""

_JOINED = re.compile(rf"{_S}(?:and|&){_ARTICLE}{_S}")
_BEFORE_PAIR = re.compile(
    rf"\b(?P<head>{_NOUN})(?:{_S}held)?{_S}between{_ARTICLE}{_S}$", re.IGNORECASE
)
_BEHIND_PAIR = re.compile(
    rf"(?:,?{_S}who)?(?:{_S}(?:today|also|both|have|had|jointly|recently|again)){{0,2}}{_S}"
    rf"(?:(?P<verb>spoke|talked|met|meet|speak|talk)\b(?!{_S}(?:with|to)\b)"
    rf"|(?:held|hold){_S}(?:an?{_S})?(?:[\w-]+{_S}){{0,3}}?(?P<noun>{_NOUN})\b(?!{_S}with\b))"
)
_LIST_BEFORE = re.compile(rf"{_S}(?:and|&){_ARTICLE}{_S}$")
_LIST_BEHIND = re.compile(
    rf",?{_S}(?:and|&|as{_S}well{_S}as|along{_S}with|together{_S}with){_S}(?:\w+{_S}){{0,3}}[A-Z]"
    rf"|,{_S}[A-Z][\w.’'-]*{_S}[A-Z]"
)
_TIES_NOTHING = re.compile(
    r"\b(?:and|or|nor|who|whom|whose|which|that|but|after|before|as|while|when|whether|if|not|"
    r"never|will|would|could|might|without|instead|because|since|until|than|refused|declined|himself|herself)\b",
    re.IGNORECASE,
)
"""Words of a filler that begin another clause, or deny the encounter."""

_GOES_ON = re.compile(rf"['’\-‑&]|,?{_S}[A-Z]")
"""A name, or a list, that goes on behind a country: Georgia Tech; Japan, Korea and China."""

_LONGEST_GAP = 150
_WINDOW = 70


def find_encounters(
    source: Encoded,
    gazetteer: Gazetteer,
    layout: Layout,
    people: Sequence[PersonMention],
    citations: Citations,
    title_end: int = 0,
) -> tuple[Encounter, ...]:
    """Finds encounters of two people, or of two countries, in order.

    Args:
        source: the text.
        gazetteer: tells which country a name means.
        layout: sentences and quotations.
        people: the mentions of people, in order.
        citations: what stands in the reference list is no encounter of the article's.
        title_end: where the headline ends (0 where there is none).
    """
    finder = _Finder(source.text, layout, title_end)
    found = [*finder.of_people(people), *finder.of_countries(source, gazetteer)]
    if citations.references is not None:
        listed = citations.references.span
        found = [e for e in found if not listed.overlaps(e.span)]
    return tuple(sorted(found, key=lambda encounter: encounter.span))


def reach(mention: PersonMention, text: str) -> Span:
    """A mention with its modifiers: former Prime Minister Fumio Kishida."""
    start = min((mention.span.start, *(m.start for m in mention.modifiers)))
    end = max((mention.span.end, *(m.end for m in mention.modifiers)))
    return Span.of(text, start, end)


class _Finder:
    """Looks for frames in one text."""

    def __init__(self, text: str, layout: Layout, title_end: int) -> None:
        self._text = text
        self._layout = layout
        self._title_end = title_end

    # ---- people

    def of_people(self, people: Sequence[PersonMention]) -> Iterator[Encounter]:
        """Encounters of neighbouring mentions in one sentence."""
        for first, second in pairwise(people):
            if second.span.start - first.span.end > _LONGEST_GAP:
                continue
            one, two = self._party(first), self._party(second)
            if second.possessive is not None:
                continue  # "welcomed the president's offer" meets nobody
            if one.span.end >= two.span.start or "\n" in self._text[one.span.end : two.span.start]:
                continue
            found = self._tied(first, one, two)
            if found is not None and self._in_one_sentence(found):
                yield found

    def _party(self, mention: PersonMention) -> Party:
        return Party(reach(mention, self._text), person=mention)

    def _tied(self, first: PersonMention, one: Party, two: Party) -> Encounter | None:
        text, start, end = self._text, one.span.end, two.span.start
        if first.possessive is None:
            gap = _GAP.fullmatch(text, start, end)
            if gap is not None:
                fillers = (gap["before"], gap["mid"], gap["tail"], gap["way"])
                if any(_TIES_NOTHING.search(filler or "") for filler in fillers):
                    return None
                groups = ("direct", "verb", "noun", "purpose")
                group = next(name for name in groups if gap[name])
                return self._encounter(one, two, gap.span(group), mutual=group != "direct")
        whose = _WHOSE.fullmatch(text, start, end)
        if whose is not None:
            return self._encounter(one, two, whose.span("head"), mutual=True)
        if _JOINED.fullmatch(text, start, end):
            return self._joined(one, two)
        return None

    def _joined(self, one: Party, two: Party) -> Encounter | None:
        """A call between X and Y; X and Y, who spoke."""
        text, at = self._text, one.span.start
        between = _BEFORE_PAIR.search(text, max(0, at - _WINDOW), at)
        if between is not None:
            return self._encounter(one, two, between.span("head"), mutual=True)
        behind = _BEHIND_PAIR.match(text, two.span.end)
        if behind is None:
            return None
        head = behind.span("verb" if behind["verb"] else "noun")
        found = self._encounter(one, two, head, mutual=True)
        # Behind a comma two names are the end of a list, or behind an opening clause.
        return replace(found, more=True) if text[max(0, at - 2) : at] == ", " else found

    # ---- countries

    def of_countries(self, source: Encoded, gazetteer: Gazetteer) -> Iterator[Encounter]:
        """Encounters of two countries: talks between Japan and Italy."""
        for match in _countries().finditer(source.data):
            head, first, second = (source.span(*match.span(group)) for group in (1, 2, 3))
            parties = [_country(span, gazetteer) for span in (first, second)]
            if _GOES_ON.match(self._text, second.end):
                continue
            if parties[0] is not None and parties[1] is not None:
                pair = parties[0], parties[1]
                yield self._encounter(*pair, (head.start, head.end), mutual=True)

    # ---- both

    def _encounter(
        self, one: Party, two: Party, head: tuple[int, int], *, mutual: bool
    ) -> Encounter:
        text = self._text
        place = Span.of(text, min(one.span.start, head[0]), max(two.span.end, head[1]))
        at = one.span.start
        before = _LIST_BEFORE.search(text, max(0, at - 12), at)
        more = before is not None or _LIST_BEHIND.match(text, two.span.end) is not None
        return Encounter(
            span=place,
            kind=HEADS[text[slice(*head)].casefold()],
            head=Span.of(text, *head),
            parties=(one, two),
            mutual=mutual,
            more=more,
            in_headline=at < self._title_end,
            quoted=self._layout.quoted(place),
        )

    def _in_one_sentence(self, found: Encounter) -> bool:
        sentence = self._layout.sentence_at(found.span.start)
        return sentence is None or found.span.end <= sentence.end


@cache
def _countries() -> Any:
    name = r"(?:U\.S\.|U\.K\.|U\.A\.E\.|\p{Lu}[\p{L}-]+(?: (?:and |of |the )?\p{Lu}[\p{L}-]+){0,3})"
    nouns = "|".join(sorted(NOUNS, key=len, reverse=True))
    pattern = rf"\b((?i:{nouns}))(?: held)? between (?:the )?({name}) and (?:the )?({name})"
    return re2.compile(pattern.encode())


def _country(span: Span, gazetteer: Gazetteer) -> Party | None:
    """The country that a name means, where it means one and nobody's surname."""
    entry = gazetteer.lookup(span.text)
    if entry is None or len(entry.countries) != 1 or entry.is_name:
        return None
    return Party(span, country=entry.countries[0])

"""How hits stand together: country, title and name become one phrase, by what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perturbations.reading.gazetteer import Gazetteer, Hit
from perturbations.reading.people_words import (
    HONORIFICS,
    OFFICE_SUFFIXES,
    OTHER_OFFICES,
    keeps_office,
)

_SPACE = r"[ \u00a0\u202f]"
_HONORIFIC = "|".join(re.escape(word) for word in sorted(HONORIFICS, key=len, reverse=True))
_SUFFIX = "|".join(OFFICE_SUFFIXES)
_TITLE_NAME = re.compile(
    rf"(?:(?:-|{_SPACE})(?:{_SUFFIX}))?(?P<comma>,)?{_SPACE}(?:(?:{_HONORIFIC}){_SPACE}){{0,3}}",
    re.IGNORECASE,
)
_COUNTRY_TITLE = re.compile(
    rf"(?P<possessive>['’]s?)?{_SPACE}(?P<words>(?:[\w'’-]+{_SPACE}){{0,3}}(?:(?:then|ex)-)?)",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"{_SPACE}of{_SPACE}(?:the{_SPACE})?"
    rf"(?:(?:Republic|Kingdom|State){_SPACE}of{_SPACE}(?:the{_SPACE})?)?"
)
_NAME_OF = re.compile(rf",?{_SPACE}of{_SPACE}(?:the{_SPACE})?")
_NAME_TITLE = re.compile(rf",{_SPACE}(?:the{_SPACE})?(?P<words>(?:[\w-]+{_SPACE}){{0,2}})")
_AND = re.compile(rf",?{_SPACE}(?:and|&){_SPACE}|,{_SPACE}")
_JUNIOR = re.compile(rf",?{_SPACE}Jr\b\.?")
_OFFICE_BEFORE = re.compile(rf"(\w+)(?:['’]s)?(?:{_SPACE}|-)$")
_PREPOSITION = re.compile(
    rf"\b(?:in|to|from|with|for|at|on|into|against|between|across|toward|towards|inside|outside)"
    rf"{_SPACE}(?P<the>the{_SPACE})?$",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(rf"{_SPACE}(?:of{_SPACE}|de{_SPACE}|for{_SPACE})?[A-Z][\w.’'-]*")
_CLOSED = re.compile(r"\s*(?:[,.;:)\]—–\n]|$)")
_LIST_GOES_ON = re.compile(
    rf",?{_SPACE}(?:and|or|as well as){_SPACE}|,{_SPACE}(?:the{_SPACE})?[A-Z]"
)

_WINDOW = 80
"""How many code points before a phrase are looked at."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hits that belong together, before anybody asks whom they mean."""

    start: int
    end: int
    title: Hit | None = None
    name: Hit | None = None
    name_end: int = 0
    """Where the name ends with its "Jr."."""
    country: Hit | None = None
    shared: bool = False
    """The title is a plural that stands before several names: Presidents Biden and Xi."""
    apposition: bool = False
    """Title and name are joined by a comma: Fumio Kishida, the Japanese prime minister,"""

    @property
    def is_full(self) -> bool:
        """Whether it holds a full name."""
        return self.name is not None and bool(self.name.entry.people)


class PhraseFinder:
    """Joins the hits of one text into phrases, left to right; no hit belongs to two of them."""

    def __init__(self, text: str, hits: Sequence[Hit], gazetteer: Gazetteer) -> None:
        self._text = text
        self._hits = hits
        self._gazetteer = gazetteer

    def phrases(self) -> Iterator[Phrase]:
        """Yields titles (with country and names, as far as they stand beside) and names alone."""
        place = 0
        while place < len(self._hits):
            hit = self._hits[place]
            following = self._hits[place + 1] if place + 1 < len(self._hits) else None
            if hit.entry.title is not None and not self._is_rather_name(hit, following):
                found, place = self._titled(place)
                yield from found
            elif hit.entry.is_name and not self._is_rather_country(hit):
                phrase, place = self._named(place)
                yield phrase
            else:
                place += 1

    # ---- hits that can mean two things

    def _is_rather_name(self, hit: Hit, following: Hit | None) -> bool:
        """A surname that is also a title ("Prince"), with no name behind it."""
        if not hit.entry.is_name:
            return False
        return following is None or not self._joins_title_to_name(hit, following)

    def _is_rather_country(self, hit: Hit) -> bool:
        """A surname that is also a country ("Jordan"): a surname only behind a title."""
        return hit.entry.is_country and not hit.entry.people

    # ---- phrases that begin with a title

    def _titled(self, place: int) -> tuple[list[Phrase], int]:
        title = self._hits[place]
        country = self._country_before(place)
        behind = place + 1
        if self._is_barred(country.start if country else title.start, title):
            return [], behind
        end = title.end
        if country is None:
            after = self._country_after(title, behind, _OF)
            if after is not None:
                country, end, behind = after, after.end, behind + 1
        if title.entry.plural:
            return self._several(title, behind, end)
        name = self._name_after(title, end, behind)
        start = min(title.start, country.start) if country else title.start
        if name is None:
            return [Phrase(start, end, title=title, country=country)], behind
        name_end = self._with_junior(name)
        end = name_end
        behind += 1
        if country is None:
            after = self._country_after(name, behind, _NAME_OF, name_end)
            if after is not None:
                country, end, behind = after, after.end, behind + 1
        phrase = Phrase(
            start,
            end,
            title=title,
            name=name,
            name_end=name_end,
            country=country,
            apposition="," in self._text[title.end : name.start],
        )
        return [phrase], behind

    def _several(self, title: Hit, place: int, end: int) -> tuple[list[Phrase], int]:
        """Presidents Biden and Xi: one phrase per name, each with the plural as its title."""
        found: list[Phrase] = []
        gap = _TITLE_NAME
        while place < len(self._hits):
            name = self._hits[place]
            if not name.entry.is_name or not gap.fullmatch(self._text, end, name.start):
                break
            end = name_end = self._with_junior(name)
            place += 1
            country = self._country_after(name, place, _NAME_OF, name_end)
            if country is not None:
                end, place = country.end, place + 1
            found.append(
                Phrase(
                    name.start,
                    end,
                    title=title,
                    name=name,
                    name_end=name_end,
                    country=country,
                    shared=True,
                )
            )
            gap = _AND
        return found, place

    def _country_before(self, place: int) -> Hit | None:
        if place == 0:
            return None
        title, country = self._hits[place], self._hits[place - 1]
        if not country.entry.is_country or title.start - country.end > 50:
            return None
        gap = _COUNTRY_TITLE.fullmatch(self._text, country.end, title.start)
        if gap is None or not all(_passes(word) for word in gap["words"].split()):
            return None
        if gap["possessive"]:
            return country if country.entry.countries else None
        return None if self._ends_a_clause(country, place) else country

    def _ends_a_clause(self, country: Hit, place: int) -> bool:
        """Whether a country before a title and name is no part of them: "In Japan Prime Minister".

        So it is behind a preposition; abbreviations ("U.S."), which are adjectives too, only where
        the article shows the noun: "in the U.S. President Biden said".
        """
        following = self._hits[place + 1] if place + 1 < len(self._hits) else None
        if following is None or not self._joins_title_to_name(self._hits[place], following):
            return False
        abbreviation = self._text[country.start : country.end].isupper()
        if country.entry.adjectives and not abbreviation:
            return False
        before = _PREPOSITION.search(self._text, max(0, country.start - 20), country.start)
        if before is None:
            return False
        return before["the"] is not None or not country.entry.adjectives

    def _country_after(
        self, hit: Hit, place: int, gap: re.Pattern[str], end: int | None = None
    ) -> Hit | None:
        """The country behind "of", unless it is only the beginning of a longer name."""
        if place >= len(self._hits):
            return None
        country = self._hits[place]
        if not country.entry.countries or country.start - hit.end > 40:
            return None
        if not gap.fullmatch(self._text, hit.end if end is None else end, country.start):
            return None
        following = self._hits[place + 1] if place + 1 < len(self._hits) else None
        if (
            following is not None
            and following.entry.is_name
            and _TITLE_NAME.fullmatch(self._text, country.end, following.start)
        ):
            return country
        if self._text[country.end : country.end + 2] in ("'s", "’s"):
            return None if hit.entry.title else country
        if hit.entry.title and _CAPITALISED.match(self._text, country.end):
            return None
        return country

    def _name_after(self, title: Hit, end: int, place: int) -> Hit | None:
        if place >= len(self._hits):
            return None
        name = self._hits[place]
        if not name.entry.is_name:
            return None
        gap = _TITLE_NAME.fullmatch(self._text, end, name.start)
        if gap is None:
            return None
        if not gap["comma"]:
            return name
        return name if self._is_apposition(title, name, self._country_near(place)) else None

    def _country_near(self, place: int) -> Hit | None:
        """The country written with the title right before the name at `place`."""
        before = self._hits[place - 1]
        if before.entry.is_country:
            return before
        return self._country_before(place - 1)

    def _is_apposition(self, title: Hit, name: Hit, country: Hit | None) -> bool:
        """Tells "Japan's prime minister, Fumio Kishida, ..." from a list of two people.

        Only a full name of somebody who ever held such an office is taken, or one between commas
        after which no list goes on.
        """
        if not name.entry.people:
            return False
        if self._ever_held(title, name, country):
            return True
        return (
            country is not None
            and _CLOSED.match(self._text, name.end) is not None
            and _LIST_GOES_ON.match(self._text, name.end) is None
        )

    def _ever_held(self, title: Hit, name: Hit, country: Hit | None) -> bool:
        offices = set(title.entry.offices)
        if country is not None:
            held_by = {*country.entry.countries, *country.entry.adjectives}
            known = self._gazetteer.knowledge.offices
            offices = {office for office in offices if known[office].country in held_by}
        people = name.entry.people or name.entry.surnames
        return any(offices & self._gazetteer.offices_held(person) for person in people)

    def _joins_title_to_name(self, title: Hit, name: Hit) -> bool:
        return (
            name.entry.is_name
            and _TITLE_NAME.fullmatch(self._text, title.end, name.start) is not None
        )

    def _is_barred(self, start: int, title: Hit) -> bool:
        """Whether the word before makes another office of the title."""
        before = _OFFICE_BEFORE.search(self._text, max(0, start - _WINDOW), start)
        if before is not None and before[1].casefold() in OTHER_OFFICES:
            return True
        inner = _OFFICE_BEFORE.search(self._text, max(start, title.start - _WINDOW), title.start)
        return inner is not None and inner[1].casefold() in OTHER_OFFICES

    # ---- phrases that begin with a name

    def _named(self, place: int) -> tuple[Phrase, int]:
        name = self._hits[place]
        name_end = self._with_junior(name)
        plain = Phrase(name.start, name_end, name=name, name_end=name_end)
        behind = place + 1
        if not name.entry.people:
            return plain, behind
        apposed = self._title_behind_name(name, name_end, behind)
        if apposed is not None:
            return apposed
        country = self._country_after(name, behind, _NAME_OF, name_end)
        if country is None:
            return plain, behind
        return (
            Phrase(name.start, country.end, name=name, name_end=name_end, country=country),
            behind + 1,
        )

    def _title_behind_name(self, name: Hit, name_end: int, place: int) -> tuple[Phrase, int] | None:
        """Reads a title behind its name: Fumio Kishida, the Japanese prime minister, ..."""
        first = place
        if place < len(self._hits) and self._hits[place].entry.is_country:
            place += 1
        if place >= len(self._hits):
            return None
        title = self._hits[place]
        if title.entry.title is None or title.entry.plural or title.start - name_end > 60:
            return None
        country = self._country_before(place) if place > first else None
        if place > first and country is None:
            return None
        start = country.start if country else title.start
        gap = _NAME_TITLE.fullmatch(self._text, name_end, start)
        if gap is None or not all(_passes(word) for word in gap["words"].split()):
            return None
        if self._is_barred(start, title):
            return None
        end, behind = title.end, place + 1
        if country is None:
            country = self._country_after(title, behind, _OF)
            if country is not None:
                end, behind = country.end, behind + 1
        if country is None or not _CLOSED.match(self._text, end):
            return None
        if behind < len(self._hits) and self._joins_title_to_name(
            Hit(end, end, title.entry), self._hits[behind]
        ):
            return None
        article = "the" in gap[0].split()
        if article and not self._ever_held(title, name, country):
            return None
        phrase = Phrase(
            name.start,
            end,
            title=title,
            name=name,
            name_end=name_end,
            country=country,
            apposition=True,
        )
        return phrase, behind

    def _with_junior(self, name: Hit) -> int:
        if not name.entry.people:
            return name.end
        junior = _JUNIOR.match(self._text, name.end)
        if junior is None:
            return name.end
        return junior.end()


def _passes(word: str) -> bool:
    """Whether a word between country and title leaves the two together."""
    return keeps_office(word) or "-" in word.removesuffix("-")

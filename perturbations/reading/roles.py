"""What an article says somebody is: title beside the name, apposition, copula, or "leader".

A `RoleClaim` holds the values that a rule needs to weigh it: who, which offices the words can mean,
and which countries they name. It is put together from phrases and mentions that are read already;
only the few code points between a name and an office are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from perturbations.reading.people_words import OPENERS, keeps_office
from perturbations.text import Span

if TYPE_CHECKING:  # mentions hold role claims, so that neither module can wait for the other
    from perturbations.reading.gazetteer import Gazetteer
    from perturbations.reading.mentions import PersonMention
    from perturbations.reading.people_context import Scene
    from perturbations.reading.people_offices import OfficeReader
    from perturbations.reading.people_phrases import Phrase


class Binding(StrEnum):
    """What ties the name to the role."""

    TITLED = "titled"
    """They stand side by side: Japanese Prime Minister Fumio Kishida."""
    APPOSITION = "apposition"
    """A comma stands between them, in either order."""
    COPULA = "copula"
    """A verb does: Fumio Kishida is Japan's prime minister; Kishida, who is ..."""


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A role that the article gives to a person whom it names.

    `mention` is the claim as if title and name stood side by side: its span covers both, and its
    `offices` are those that title and country can mean, none where the tables know no such office.
    """

    mention: PersonMention
    name: Span
    role: Span
    """The words of the role, with the country where it is written."""
    binding: Binding
    title: str | None
    """The title as the tables write it; None for a role that is no office ("leader")."""
    countries: tuple[str, ...] = ()
    """What country the words name; none where none is written."""

    @property
    def apart(self) -> bool:
        """Whether name and role stand apart."""
        return self.binding is not Binding.TITLED


_SPACE = r"[ \u00a0\u202f]"
_WORDS = rf"(?P<words>(?:[\w-]+{_SPACE}){{0,2}})"
_APPOSED = re.compile(rf",{_SPACE}(?:the{_SPACE})?{_WORDS}")
_COPULA = re.compile(
    rf"(?:,{_SPACE}who)?{_SPACE}(?:currently{_SPACE})?(?:is|serves{_SPACE}as|remains)"
    rf"(?:{_SPACE}(?:still|currently))?{_SPACE}(?:the{_SPACE})?{_WORDS}"
)
_ENDS = re.compile(r"[,.;:)]|$")
_LIST_GOES_ON = re.compile(
    rf",{_SPACE}(?:and|or|as{_SPACE}well|along|plus|then){_SPACE}|,{_SPACE}(?:the{_SPACE})?[A-Z]"
)
_OPENING = re.compile(
    rf"(?:^|[.;:]{_SPACE})(?:In|At|On|From|After|Before|During|For|Since|Later|Meanwhile|"
    rf"Earlier)\b[^,]*,{_SPACE}$"
)
_UNSURE = re.compile(
    r"\b(?:if|whether|when|while|until|unless|suppos\w*|imagin\w*|pretend\w*|claim\w*|believ\w*|"
    r"thinks?|thought|mistak\w*|suggest\w*|rumou?r\w*|den(?:y|ies|ied)|joke[sd]?)\b",
    re.IGNORECASE,
)
_LEADER_BEFORE = re.compile(
    rf"(?P<country>[A-Z][\w.’'-]*(?:{_SPACE}(?:of{_SPACE})?[A-Z][\w.’'-]*){{0,2}})"
    rf"{_SPACE}(?P<noun>leader){_SPACE}$"
)
_LEADER_BEHIND = re.compile(
    rf",{_SPACE}(?:the{_SPACE})?"
    rf"(?P<country>[A-Z][\w.’'-]*(?:{_SPACE}[A-Z][\w.’'-]*){{0,2}}){_SPACE}(?P<noun>leader)"
    r"(?=[,.;:)]|$)"
)
_WINDOW = 60


def find_roles(
    read: Sequence[tuple[Phrase, PersonMention | None]],
    scene: Scene,
    gazetteer: Gazetteer,
    offices: OfficeReader,
) -> Iterator[RoleClaim]:
    """Yields what every named person is said to be, in order.

    Args:
        read: the phrases of the text, each with the mention that it became, if any.
        scene: the text and what stands round its mentions.
        gazetteer: what names, titles and countries mean.
        offices: which offices a title can mean.
    """
    reader = _RoleReader(scene, gazetteer, offices)
    for place, (phrase, mention) in enumerate(read):
        if mention is None or mention.name is None:
            continue
        if mention.title is not None:
            yield _titled(phrase, mention, mention.name, scene)
        elif mention.person is not None:
            behind = read[place + 1][0] if place + 1 < len(read) else None
            found = reader.apart(mention, behind) or reader.leader(mention)
            if found is not None:
                yield found


def _titled(phrase: Phrase, mention: PersonMention, name: Span, scene: Scene) -> RoleClaim:
    parts = [part for part in (mention.title, mention.country) if part is not None]
    role = scene.span(min(parts).start, max(parts).end)
    if role.overlaps(name):
        role = min(parts)  # the country stands behind the name, or the title before several
    return RoleClaim(
        mention=mention,
        name=name,
        role=role,
        binding=Binding.APPOSITION if mention.apposition else Binding.TITLED,
        title=phrase.title.entry.title if phrase.title else None,
        countries=_countries(phrase),
    )


def _countries(phrase: Phrase) -> tuple[str, ...]:
    if phrase.country is None:
        return ()
    entry = phrase.country.entry
    return tuple(dict.fromkeys((*entry.countries, *entry.adjectives)))


class _RoleReader:
    """Reads roles that stand apart from the name, by what lies between the two."""

    def __init__(self, scene: Scene, gazetteer: Gazetteer, offices: OfficeReader) -> None:
        self._scene = scene
        self._gazetteer = gazetteer
        self._offices = offices

    def apart(self, mention: PersonMention, behind: Phrase | None) -> RoleClaim | None:
        """The office with its country that an apposition or a copula gives to a name."""
        if behind is None or behind.title is None or behind.name is not None:
            return None
        if behind.country is None or behind.title.entry.plural or behind.start < mention.span.end:
            return None
        binding = self._binding(mention, behind)
        if binding is None:
            return None
        scene = self._scene
        if mention.name is None or scene.is_title_case(mention.span.start):
            return None
        role, modifiers = scene.span(behind.start, behind.end), scene.modifiers(behind)
        # "former" behind a name makes history of the name alone, not of a claim that has the word.
        historical = scene.is_historical(behind) or (mention.historical and not modifiers)
        written = replace(
            mention,
            span=scene.span(mention.span.start, behind.end),
            title=scene.span(behind.title.start, behind.title.end),
            country=scene.span(behind.country.start, behind.country.end),
            form=type(mention.form).TITLED,
            offices=self._offices.of_country(behind),
            modifiers=tuple(sorted({*mention.modifiers, *modifiers})),
            historical=historical,
            apposition=binding is Binding.APPOSITION,
            possessive=None,
        )
        return RoleClaim(
            mention=written,
            name=mention.name,
            role=role,
            binding=binding,
            title=behind.title.entry.title,
            countries=_countries(behind),
        )

    def _binding(self, mention: PersonMention, behind: Phrase) -> Binding | None:
        text, end = self._scene.text, mention.span.end
        if behind.start - end > _WINDOW:
            return None
        for pattern, binding in ((_APPOSED, Binding.APPOSITION), (_COPULA, Binding.COPULA)):
            gap = pattern.fullmatch(text, end, behind.start)
            if gap is None or not all(_passes(word) for word in gap["words"].split()):
                continue
            if binding is Binding.COPULA:
                return binding if self._asserts(mention.span.start, behind.end) else None
            return binding if self._is_apposed(mention.span.start, behind.end) else None
        return None

    def _asserts(self, start: int, end: int) -> bool:
        """Whether a copula says so itself, and goes on with nothing that changes the office."""
        first, _ = self._scene.sentence(start)
        text = self._scene.text
        if _UNSURE.search(text, first, start):
            return False
        return _ENDS.match(text, end) is not None or text.startswith((" and ", " but "), end)

    def _is_apposed(self, start: int, end: int) -> bool:
        """Tells an apposition from a list of two people: "Olaf Scholz, the Japanese PM, and"."""
        text = self._scene.text
        if _ENDS.match(text, end) is None or _LIST_GOES_ON.match(text, end):
            return False
        first, _ = self._scene.sentence(start)
        before = text[first:start]
        if not before.rstrip().endswith(","):
            return True
        words = before.rstrip(" ,").split()
        last = words[-1] if words else ""
        return _OPENING.search(before) is not None or not last[:1].isupper() or last in OPENERS

    def leader(self, mention: PersonMention) -> RoleClaim | None:
        """The country whose leader the article calls somebody."""
        scene, name = self._scene, mention.name
        if name is None or mention.span != name:
            return None  # an honorific or a country belongs to it
        text = scene.text
        binding = Binding.TITLED
        found = _LEADER_BEFORE.search(text, max(0, name.start - _WINDOW), name.start)
        if found is None:
            binding = Binding.APPOSITION
            found = _LEADER_BEHIND.match(text, name.end)
            if found is None or not self._is_apposed(name.start, found.end()):
                return None
        start, countries = self._country(found["country"], found.start("country"))
        if not countries or (start > 0 and text[start - 1] in "-‑"):
            return None
        if text[max(0, start - 7) : start] == "former ":
            return None
        role = scene.span(start, found.end("noun"))
        span = scene.span(min(start, name.start), max(found.end("noun"), name.end))
        country = scene.span(start, found.end("country"))
        written = replace(
            mention,
            span=span,
            form=type(mention.form).TITLED,
            title=scene.span(*found.span("noun")),
            country=country,
            apposition=binding is Binding.APPOSITION,
            possessive=None,
        )
        return RoleClaim(
            mention=written,
            name=name,
            role=role,
            binding=binding,
            title=None,
            countries=countries,
        )

    def _country(self, words: str, start: int) -> tuple[int, tuple[str, ...]]:
        """The countries that the last of the words mean, and where those begin."""
        parts = words.split(" ")
        for first in range(len(parts)):
            form = " ".join(parts[first:])
            entry = self._gazetteer.lookup(form.removesuffix("’s").removesuffix("'s"))
            if entry is not None and entry.is_country:
                at = start + len(words) - len(form)
                return at, tuple(dict.fromkeys((*entry.countries, *entry.adjectives)))
        return start, ()


def _passes(word: str) -> bool:
    """Whether a word between name and office leaves the two together."""
    return keeps_office(word)

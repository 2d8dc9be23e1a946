"""Who is meant by a name, and the chains that tie mentions of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perturbations.reading.gazetteer import Gazetteer, Hit
from perturbations.reading.people_context import Scene
from perturbations.reading.people_names import (
    Standing,
    honorific_before,
    honorific_fits,
    last_word,
    next_word,
    standing,
    surname_comes_first,
)
from perturbations.reading.people_offices import Meaning, OfficeReader
from perturbations.reading.people_phrases import Phrase
from perturbations.reading.people_words import NAME_PARTICLES, OPENERS, keeps_office


class Resolver:
    """Resolves the names of one text, in order; remembers who was introduced under which name."""

    def __init__(
        self,
        scene: Scene,
        gazetteer: Gazetteer,
        offices: OfficeReader,
        phrases: Sequence[Phrase],
    ) -> None:
        self._scene = scene
        self._gazetteer = gazetteer
        self._knowledge = gazetteer.knowledge
        self._offices = offices
        self._named_in_full = self._full_names(phrases)
        self._introduced: dict[str, None] = {}
        self._strangers: set[str] = set()
        self._namesakes = self._longer_names(phrases)
        self._chains: dict[str, int] = {}

    def chain(self, people: Sequence[str]) -> int:
        """The number of the one person meant, counted by first mention; -1 where it is open."""
        if len(people) != 1:
            return -1
        return self._chains.setdefault(people[0], len(self._chains))

    # ---- names

    def name(self, phrase: Phrase, hit: Hit) -> Meaning | None:
        """Whom a phrase with a name means; None where it means no office holder."""
        if hit.entry.people:
            meaning = self._full_name(phrase, hit)
        elif phrase.title is not None:
            meaning = self._titled_surname(phrase, hit)
        else:
            meaning = self._surname(hit)
        if meaning is None:
            return None
        if phrase.title is not None or hit.entry.people:
            for person in meaning.people:
                self._introduced[person] = None
                self._strangers.discard(person)
        if phrase.title is None:
            return meaning
        return Meaning(
            meaning.people, self._offices.written(phrase, meaning.people), meaning.honorific
        )

    def _full_names(self, phrases: Iterable[Phrase]) -> dict[str, int]:
        """Where each person is first named in full."""
        found: dict[str, int] = {}
        for phrase in phrases:
            if phrase.name is not None:
                for person in phrase.name.entry.people:
                    if self._is_junior_right(phrase, person):
                        found.setdefault(person, phrase.name.start)
        return found

    def _is_junior_right(self, phrase: Phrase, person: str) -> bool:
        """Donald Trump Jr. is another person; Joseph R. Biden Jr. is not."""
        if phrase.name is None or phrase.name_end == phrase.name.end:
            return True
        return any("Jr" in alias for alias in self._knowledge.aliases(person))

    def _full_name(self, phrase: Phrase, hit: Hit) -> Meaning | None:
        people = tuple(p for p in hit.entry.people if self._is_junior_right(phrase, p))
        if not people:
            self._strangers.update(hit.entry.people)
            return None
        if self._scene.text[max(0, hit.start - 1) : hit.start] in ("-", "@", "#"):
            return None
        if phrase.title is not None:
            people = self._narrowed(people, phrase)
            return Meaning(people)
        return Meaning(people, honorific=honorific_before(self._scene.text, hit.start))

    def _narrowed(self, people: tuple[str, ...], phrase: Phrase) -> tuple[str, ...]:
        """Those who ever held an office of the phrase's title and country, if there are such."""
        for offices in (
            self._offices.of_country(phrase),
            phrase.title and phrase.title.entry.offices,
        ):
            fitting = tuple(
                p for p in people if self._gazetteer.offices_held(p) & set(offices or ())
            )
            if fitting:
                people = fitting
        return people

    def _titled_surname(self, phrase: Phrase, hit: Hit) -> Meaning | None:
        """Title and surname: among all who ever held an office of that title."""
        title = phrase.title
        if title is None:
            return None
        held = self._gazetteer.offices_held
        fitting = tuple(p for p in hit.entry.surnames if held(p) & set(title.entry.offices))
        named = tuple(p for p in hit.entry.surnames if p in self._named_in_full)
        if not fitting:
            fitting = tuple(p for p in named if p in self._introduced and p not in self._strangers)
        fitting = tuple(p for p in fitting if p in named or p not in self._namesakes)
        if not any(p in named for p in fitting):
            fitting = self._by_given_name(phrase, hit) or fitting
        if not fitting or not self._surname_ends(hit):
            return None
        if not any(p in named for p in fitting) and self._has_foreign_owner(phrase):
            return None
        if len(fitting) > 1:
            fitting = self._by_earlier_name(fitting, hit) or self._by_country(fitting, phrase)
        if not fitting or self._is_abroad(phrase, hit, fitting, named):
            return None
        return Meaning(fitting)

    def _longer_names(self, phrases: Iterable[Phrase]) -> set[str]:
        """Persons whose surname, behind a title, begins somebody else's name in this article.

        After "President Mohamed bin Zayed", "President Mohamed" means him and no other Mohamed.
        """
        found: set[str] = set()
        for phrase in phrases:
            name = phrase.name
            if phrase.title is not None and name is not None and not name.entry.people:
                line = name.start
                if not self._scene.is_title_case(line) and not self._surname_ends(name):
                    found.update(name.entry.surnames)
        return found

    def _by_given_name(self, phrase: Phrase, hit: Hit) -> tuple[str, ...]:
        """Who is called by title and given name, as Arab heads of state are: President Mohamed.

        Only somebody whom the article names in full and who held an office of that title.
        """
        written = self._scene.text[hit.start : hit.end]
        offices = set(phrase.title.entry.offices) if phrase.title else set()
        return tuple(
            person
            for person in self._named_in_full
            if self._gazetteer.offices_held(person) & offices
            and any(a.startswith(f"{written} ") for a in self._knowledge.aliases(person))
        )

    def _is_abroad(
        self, phrase: Phrase, hit: Hit, people: Sequence[str], named: Sequence[str]
    ) -> bool:
        """Whether the country written is none that these ever held the office in.

        That is a wrong claim about them where the surname can mean nobody else ("Japanese Prime
        Minister Modi"); a surname that several bear needs the full name in the article.
        """
        if phrase.country is None:
            return False
        offices = set(self._offices.of_country(phrase))
        if any(self._gazetteer.offices_held(p) & offices for p in people):
            return False
        return len(hit.entry.surnames) > 1 and not any(p in named for p in people)

    def _by_earlier_name(self, people: tuple[str, ...], hit: Hit) -> tuple[str, ...]:
        """The one of them who was introduced before, or whose full name follows in the article."""
        known = tuple(p for p in people if p in self._introduced)
        if len(known) == 1:
            return known
        full = tuple(p for p in people if p in self._named_in_full)
        earlier = tuple(p for p in full if self._named_in_full[p] < hit.start)
        if len(earlier) == 1:
            return earlier
        return full if len(full) == 1 else ()

    def _by_country(self, people: tuple[str, ...], phrase: Phrase) -> tuple[str, ...]:
        offices = set(self._offices.of_country(phrase))
        return tuple(p for p in people if self._gazetteer.offices_held(p) & offices) or people

    def _surname_ends(self, hit: Hit) -> bool:
        """Whether the surname is all of the name: not "President Park Won-soon"."""
        text = self._scene.text
        following = next_word(text, hit.end)
        if text[hit.end : hit.end + 1] in ("-", "‑") or following in NAME_PARTICLES:
            return False
        if not following[:1].isupper() or following in OPENERS:
            return True
        if not self._scene.is_title_case(hit.start):
            return False
        surname = text[hit.start : hit.end]
        known = self._knowledge.people
        first = any(surname_comes_first(known[p].name, surname) for p in hit.entry.surnames)
        return not (("-" in following and first) or following.casefold().startswith("al-"))

    def _has_foreign_owner(self, phrase: Phrase) -> bool:
        """Whether a name before the title makes it somebody else's: World Bank President Kim."""
        if phrase.country is not None or self._scene.is_title_case(phrase.start):
            return False
        start = phrase.title.start if phrase.title else phrase.start
        word = last_word(self._scene.text, start)
        if not word[:1].isupper() or word in OPENERS or keeps_office(word):
            return False
        opens = self._scene.sentence(start)[0] == start - len(word) - 1
        return not (opens and word.endswith(("ing", "ed", "ly")))

    def _surname(self, hit: Hit) -> Meaning | None:
        scene = self._scene
        title_case = scene.is_title_case(hit.start)
        sentence_start = scene.sentence(hit.start)[0]
        kind = standing(
            scene.text,
            hit.start,
            hit.end,
            title_case=title_case,
            sentence_start=sentence_start,
        )
        if kind is Standing.STRANGER:
            self._strangers.update(hit.entry.surnames)
        if kind is not Standing.ALONE or scene.in_date(hit.start, hit.end):
            return None
        written = scene.text[hit.start : hit.end]
        if written.isupper() and len(written) > 1 and not scene.is_capitals(hit.start):
            return None
        honorific = honorific_before(scene.text, hit.start)
        word = scene.text[slice(*honorific)] if honorific else None
        early = self._named_in_full if scene.in_headline(hit.start) else {}
        people = tuple(
            p
            for p in hit.entry.surnames
            if (p in early or (p in self._introduced and p not in self._strangers))
            and honorific_fits(word, self._knowledge.people[p].gender)
        )
        return Meaning(people, honorific=honorific) if people else None

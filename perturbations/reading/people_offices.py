"""Which office a title means: by the country beside it, by who bears it, or by the chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.mentions import PersonMention
from perturbations.reading.people_context import Scene
from perturbations.reading.people_phrases import Phrase


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a phrase means: no person where nobody fits, several where it stays open."""

    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    honorific: tuple[int, int] | None = None


class OfficeReader:
    """Reads the offices of one text's titles, as they are written, true or not."""

    def __init__(self, scene: Scene, gazetteer: Gazetteer) -> None:
        self._scene = scene
        self._gazetteer = gazetteer
        self._knowledge = gazetteer.knowledge

    def of_country(self, phrase: Phrase) -> tuple[str, ...]:
        """The offices that title and country can mean, as written."""
        if phrase.title is None or phrase.country is None:
            return ()
        entry = phrase.country.entry
        countries = {*entry.countries, *entry.adjectives}
        known = self._knowledge.offices
        return tuple(o for o in phrase.title.entry.offices if known[o].country in countries)

    def written(self, phrase: Phrase, people: Sequence[str]) -> tuple[str, ...]:
        """What the title claims: by the country beside it, or by the offices of who is meant."""
        if phrase.title is None:
            return ()
        if phrase.country is not None:
            return self.of_country(phrase)
        offices = phrase.title.entry.offices
        held = {office for p in people for office in self._gazetteer.offices_held(p)}
        found = tuple(office for office in offices if office in held)
        if found:
            return found
        homes = {self._knowledge.offices[office].country for office in held}
        return tuple(o for o in offices if self._knowledge.offices[o].country in homes)

    def is_courtesy(self, phrase: Phrase, meaning: Meaning) -> bool:
        """Whether a US title stands before the name of one who no longer held the office.

        Such titles are kept for life. Where a country stands beside, or an act of office follows,
        the title means the office.
        """
        as_of = self._scene.as_of
        if as_of is None or phrase.country is not None or len(meaning.people) != 1:
            return False
        known = self._knowledge
        if not meaning.offices or any(known.offices[o].country != "US" for o in meaning.offices):
            return False
        if self._scene.is_acting(phrase.end):
            return False
        terms = [
            term
            for office in meaning.offices
            for term in known.terms_of(person=meaning.people[0], office=office)
        ]
        return bool(terms) and all(
            term.end is not None and term.end <= as_of.first for term in terms
        )

    def alone(self, phrase: Phrase, holders: Iterable[PersonMention]) -> Meaning | None:
        """What an office alone means, given the mentions that call somebody its holder here.

        None where neither a country nor a holder tells which office it is.
        """
        if phrase.title is None:
            return None
        written = self.of_country(phrase) if phrase.country else phrase.title.entry.offices
        if not written:
            return None
        people: dict[str, None] = {}
        offices: dict[str, None] = {}
        for holder in holders:
            shared = [office for office in holder.offices if office in written]
            if shared and holder.person is not None:
                people[holder.person] = None
                offices.update(dict.fromkeys(shared))
        if phrase.country is None and not people:
            return None
        return Meaning(tuple(people), written if phrase.country else tuple(offices))

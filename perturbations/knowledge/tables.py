"""Knowledge: the tables together, with look-ups by person, office, title and day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from perturbations.knowledge.model import (
    Country,
    Membership,
    Office,
    Organisation,
    Outlet,
    Person,
    Presupposition,
    State,
    TableInfo,
    Term,
    Truth,
    UnknownIdError,
)
from perturbations.knowledge.reference import Reference
from perturbations.knowledge.standing import standing
from perturbations.knowledge.timeline import Timeline

_Entry = TypeVar("_Entry")

TERMS = "terms"
"""Name of the table of terms, in `tables.json` and as a file."""
MEMBERSHIPS, STATES = "memberships", "states"
"""Names of the tables of memberships and of states of the world."""


class Knowledge:
    """Frozen facts with validity intervals, indexed for look-ups by day.

    Build it with `perturbations.knowledge.load`. Nothing changes it afterwards; it can be shared
    between threads and sent to another process.
    """

    def __init__(
        self,
        *,
        version: str,
        digest: str,
        tables: Mapping[str, TableInfo],
        countries: Iterable[Country],
        offices: Iterable[Office],
        people: Iterable[Person],
        terms: Iterable[Term],
        outlets: Iterable[Outlet] = (),
        states: Iterable[State] = (),
        organisations: Iterable[Organisation] = (),
        memberships: Iterable[Membership] = (),
        references: Iterable[Reference] = (),
        parts: Mapping[str, str] | None = None,
    ) -> None:
        self.version = version
        """As `tables.json` gives it."""
        self.digest = digest
        """blake2b over the bytes of the tables: 32 hex digits."""
        self.parts: Mapping[str, str] = parts or {}
        """Digests of the tables `shipped` and of an `overlay`; empty without an overlay."""
        self.tables = tables
        self.countries: Mapping[str, Country] = {country.id: country for country in countries}
        self.offices: Mapping[str, Office] = {office.id: office for office in offices}
        self.people: Mapping[str, Person] = {person.id: person for person in people}
        self.outlets: Mapping[str, Outlet] = {outlet.id: outlet for outlet in outlets}
        self.states: Mapping[str, State] = {state.id: state for state in states}
        self.references: Mapping[str, Reference] = {item.id: item for item in references}
        self.organisations: Mapping[str, Organisation] = {one.id: one for one in organisations}
        self.memberships: Sequence[Membership] = tuple(sorted(memberships, key=_by_start))
        self._by_member = _by_pair(self.memberships)
        self.terms: Sequence[Term] = tuple(sorted(terms, key=_by_start))
        self._by_office = _grouped(self.terms, "office")
        self._by_person = _grouped(self.terms, "person")
        self._starts = {
            office: [term.start for term in terms] for office, terms in self._by_office.items()
        }
        self._by_title = _offices_by_title(self.offices.values())
        self._timelines: dict[str, Timeline] = {}

    def known_until(self, table: str, subject: str | None = None) -> date:
        """Tells the last day about which a table speaks.

        Args:
            table: its name.
            subject: what is asked about (the office of a term, or else a row's id): an overlay may
                know more, or less, of what it holds.

        Raises:
            UnknownIdError: there is no such table.
        """
        info = _known(self.tables, table, "table")
        return info.known_until if subject is None else info.overlaid.get(subject, info.known_until)

    def holders(self, office: str, day: date) -> tuple[Term, ...]:
        """Lists the terms of an office that cover a day, by start; none after the table's end.

        Raises:
            UnknownIdError: there is no such office.
        """
        _known(self.offices, office, "office")
        if day > self.known_until(TERMS, office):
            return ()
        begun = bisect_right(self._starts.get(office, []), day)
        return tuple(term for term in self._by_office.get(office, ())[:begun] if term.covers(day))

    def offices_of(self, person: str, day: date) -> tuple[Term, ...]:
        """Lists the terms of a person that cover a day, by start; none after the table's end.

        Raises:
            UnknownIdError: there is no such person.
        """
        _known(self.people, person, "person")
        return tuple(
            term
            for term in self._by_person.get(person, ())
            if term.covers(day) and day <= self.known_until(TERMS, term.office)
        )

    terms_at = offices_of

    def terms_of(self, *, person: str | None = None, office: str | None = None) -> tuple[Term, ...]:
        """Lists the terms of a person, of an office, or of a person in an office, by start.

        Raises:
            UnknownIdError: there is no such person or office.
            ValueError: neither is given.
        """
        if person is not None:
            _known(self.people, person, "person")
        if office is not None:
            _known(self.offices, office, "office")
        if person is not None:
            return tuple(
                term
                for term in self._by_person.get(person, ())
                if office is None or term.office == office
            )
        if office is not None:
            return self._by_office.get(office, ())
        raise ValueError("terms_of needs a person or an office; read `terms` for all of them")

    def aliases(self, person: str) -> tuple[str, ...]:
        """Lists every accepted full name of a person, the usual one first.

        Raises:
            UnknownIdError: there is no such person.
        """
        found = _known(self.people, person, "person")
        return (found.name, *found.aliases)

    def in_office(self, person: str, office: str, first: date, last: date) -> Truth:
        """Answers whether a person surely held an office on every day, or on none, of first..last.

        Careful on purpose; `perturbations.knowledge.timeline` lists when the answer is *unknown*.

        Raises:
            UnknownIdError: there is no such person or office.
            ValueError: `last` lies before `first`.
        """
        if last < first:
            raise ValueError(f"in_office needs first <= last, got {first} and {last}")
        _known(self.people, person, "person")
        return self.timeline(office).truth(person, first, last)

    def timeline(self, office: str) -> Timeline:
        """Lays out who surely held an office; computed once per office.

        Raises:
            UnknownIdError: there is no such office.
        """
        found = self._timelines.get(office)
        if found is None:
            entry = _known(self.offices, office, "office")
            until = self.known_until(TERMS, office)
            found = Timeline.of(entry, self._by_office.get(office, ()), until)
            self._timelines[office] = found
        return found

    def memberships_of(self, member: str, organisation: str) -> tuple[Membership, ...]:
        """Lists the memberships of a country, or organisation, in an organisation, by start."""
        return self._by_member.get((member, organisation), ())

    def member_standing(
        self, member: str, organisation: str, first: date, last: date
    ) -> frozenset[Presupposition]:
        """Tells how a country surely stood to an organisation on every day of first..last.

        Who is not listed is no member of a complete organisation, and undecided (empty) of another.

        Raises:
            UnknownIdError: there is no such organisation.
        """
        entry = _known(self.organisations, organisation, "organisation")
        listed = self.memberships_of(member, organisation)
        until = self.known_until(MEMBERSHIPS, organisation)
        if not listed and (not entry.complete or first <= entry.founded):
            return frozenset()
        return standing(listed, first, last, until)

    def state_standing(self, state: str, first: date, last: date) -> frozenset[Presupposition]:
        """Tells whether a state of the world surely was to come, held or was over in first..last.

        Raises:
            UnknownIdError: there is no such state.
        """
        entry = _known(self.states, state, "state")
        return standing((entry,), first, last, self.known_until(STATES, state))

    def title_holders(self, title: str, country: str | None = None) -> tuple[str, ...]:
        """Lists the offices with that English title, ignoring case, of one country or of all."""
        found = self._by_title.get(title.casefold(), ())
        return tuple(
            office for office in found if country is None or self.offices[office].country == country
        )


def _by_start(fact: Term | Membership) -> tuple[date, str]:
    return fact.start, fact.id


def _by_pair(memberships: Iterable[Membership]) -> dict[tuple[str, str], tuple[Membership, ...]]:
    groups: defaultdict[tuple[str, str], list[Membership]] = defaultdict(list)
    for one in memberships:
        groups[one.member, one.organisation].append(one)
    return {pair: tuple(group) for pair, group in groups.items()}


def _grouped(terms: Iterable[Term], field: str) -> dict[str, tuple[Term, ...]]:
    groups: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        groups[getattr(term, field)].append(term)
    return {key: tuple(group) for key, group in groups.items()}


def _offices_by_title(offices: Iterable[Office]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for office in offices:
        for title in dict.fromkeys(title.casefold() for title in office.titles):
            groups[title].append(office.id)
    return {title: tuple(sorted(ids)) for title, ids in groups.items()}


def _known(mapping: Mapping[str, _Entry], key: str, kind: str) -> _Entry:
    try:
        return mapping[key]
    except KeyError:
        near = get_close_matches(key, mapping, n=1)
        hint = f"; the nearest known one is '{near[0]}'" if near else ""
        raise UnknownIdError(f"the knowledge holds no {kind} '{key}'{hint}") from None

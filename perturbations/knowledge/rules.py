"""What the facts of the knowledge must obey among themselves, rule by rule.

Shapes are checked where the tables are read; these rules look across facts, and each one yields
what breaks it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import re2

from perturbations.knowledge.membership_rules import events, memberships
from perturbations.knowledge.model import Membership, Precision, State, Status, Term
from perturbations.knowledge.overlay import SUBJECTS
from perturbations.knowledge.reference_rules import documents
from perturbations.knowledge.tables import Knowledge

PERIOD_START = date(2000, 1, 1)
"""First day that the tables mean to cover."""


def _ids(text: str) -> frozenset[str]:
    return frozenset(text.split())


G20 = _ids("AR AU BR CA CN DE FR GB ID IN IT JP KR MX RU SA TR US ZA")
"""States of the G20; its two unions stand among the organisations."""

EU_MEMBERS = _ids(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
)
"""Members of the European Union since the United Kingdom left on 31 January 2020."""

NATO_MEMBERS = _ids(
    "AL BE BG CA CZ DE DK EE ES FI FR GB GR HR HU IS IT LT LU LV ME MK NL NO PL PT RO SE "
    "SI SK TR US"
)
"""Members of NATO since Sweden joined on 7 March 2024."""

ORGANISATIONS = _ids("EU IAEA IMF NATO UN WBG WHO WTO")
"""Unions and organisations whose heads the tables hold."""

GROUPS: dict[str, frozenset[str]] = {
    "G20": G20,
    "EU": EU_MEMBERS,
    "NATO": NATO_MEMBERS,
    "Ukraine": frozenset({"UA"}),
    "organisations": ORGANISATIONS,
}
"""Groups of countries that the tables promise to cover; they overlap."""

ROLES = frozenset(
    {"head_of_state", "head_of_government", "both", "deputy", "minister", "head_of_organisation"}
)
"""What somebody in an office may be."""

ASPECTS = frozenset({"membership", "name", "war", "currency", "agreement", "office", "other"})
"""What a state of the world may be about."""

_ONE_DAY = timedelta(days=1)

Broken = tuple[str, str, str]
"""Table, id and message of a fault."""


def _unique_ids(knowledge: Knowledge) -> Iterator[Broken]:
    for key, times in Counter(term.id for term in knowledge.terms).items():
        if times > 1:
            yield "terms", key, f"the id stands {times} times; ids are unique"


def _references(knowledge: Knowledge) -> Iterator[Broken]:
    for term in knowledge.terms:
        if term.person not in knowledge.people:
            yield "terms", term.id, f"no person '{term.person}'"
        if term.office not in knowledge.offices:
            yield "terms", term.id, f"no office '{term.office}'"
    for office in knowledge.offices.values():
        if office.country not in knowledge.countries:
            yield "offices", office.id, f"no country '{office.country}'"
    for outlet in knowledge.outlets.values():
        if outlet.country is not None and outlet.country not in knowledge.countries:
            yield "outlets", outlet.id, f"no country '{outlet.country}'"


def _sources(knowledge: Knowledge) -> Iterator[Broken]:
    for table, facts in _tables(knowledge).items():
        info = knowledge.tables.get(table)
        if info is None:
            yield table, table, "tables.json does not name the table"
            continue
        for fact in facts:
            if not fact.sources:
                yield table, fact.id, "a fact needs a source"
            for source in fact.sources:
                if source not in info.sources:
                    yield table, fact.id, f"tables.json names no source '{source}' of {table}"


def _status(knowledge: Knowledge) -> Iterator[Broken]:
    tables = _tables(knowledge)
    for table in ("terms", "outlets", "states", "memberships"):
        for fact in tables.get(table, ()):
            if fact.status is Status.VERIFIED and len(set(fact.sources)) < 2:
                yield table, fact.id, "a verified fact needs two sources, it has one"


def _interval(knowledge: Knowledge) -> Iterator[Broken]:
    for table, facts in _dated(knowledge):
        for fact in facts:
            if fact.end is not None and fact.end <= fact.start:
                yield table, fact.id, f"must end after {fact.start}, ends {fact.end}"
    for outlet in knowledge.outlets.values():
        for part in outlet.grammar:
            if part.since and part.until and part.until <= part.since:
                yield "outlets", outlet.id, f"a grammar from {part.since} ends {part.until}"


def _precision(knowledge: Knowledge) -> Iterator[Broken]:
    for table, facts in _dated(knowledge):
        for fact in facts:
            for day, precision in (
                (fact.start, fact.start_precision),
                (fact.end, fact.end_precision),
            ):
                if day is None and precision is not Precision.DAY:
                    yield table, fact.id, f"an open end has no precision, got '{precision}'"
                if day is not None and day != _rounded(day, precision):
                    yield table, fact.id, f"{day} is finer than its precision '{precision}'"


def _known_until(knowledge: Knowledge) -> Iterator[Broken]:
    for table, facts in _dated(knowledge):
        for fact in facts:
            subject = getattr(fact, SUBJECTS.get(table, "id"))
            limit = knowledge.known_until(table, subject)
            if fact.start > limit:
                yield table, fact.id, f"starts {fact.start}, after known_until {limit}"
            if fact.end is not None and fact.end > limit + _ONE_DAY:
                yield table, fact.id, f"ends {fact.end}, after known_until {limit}"


def _no_two_holders(knowledge: Knowledge) -> Iterator[Broken]:
    for office in knowledge.offices.values():
        terms = knowledge.terms_of(office=office.id)
        for one, other in combinations(terms, 2):
            if one.person == other.person and _overlap(one, other):
                yield "terms", other.id, f"overlaps '{one.id}', the same person's term"
        if office.collective:
            continue
        full = [term for term in terms if not term.acting]
        for one, other in combinations(full, 2):
            if one.person != other.person and _overlap(one, other):
                yield "terms", other.id, f"overlaps '{one.id}'; the office has one holder"


def _people(knowledge: Knowledge) -> Iterator[Broken]:
    for person in knowledge.people.values():
        terms = knowledge.terms_of(person=person.id)
        if not terms:
            yield "people", person.id, "a person needs a term"
        if person.gender not in ("m", "f"):
            yield "people", person.id, f"gender must be 'm' or 'f', got '{person.gender}'"
        if person.surname not in person.surnames:
            yield "people", person.id, f"surname '{person.surname}' must stand among surnames"
        names = [person.name, *person.aliases]
        if len(set(names)) != len(names):
            yield "people", person.id, "a name stands twice"
        for term in terms:
            if person.died and (term.end is None or term.end > person.died + _ONE_DAY):
                yield "people", person.id, f"died {person.died} but '{term.id}' goes on"


def _names(knowledge: Knowledge) -> Iterator[Broken]:
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for term in knowledge.terms:
        office, person = knowledge.offices.get(term.office), knowledge.people.get(term.person)
        if office is None or person is None:
            continue
        for name in (person.name, *person.aliases):
            owners[office.country, name.casefold()].add(person.id)
    for (country, name), people in owners.items():
        if len(people) > 1:
            yield "people", min(people), f"'{name}' of {country} names {sorted(people)}"
    places: defaultdict[str, set[str]] = defaultdict(set)
    for entry in knowledge.countries.values():
        for name in (entry.name, entry.long, *entry.aliases):
            places[name.casefold()].add(entry.id)
    for name, countries in places.items():
        if len(countries) > 1:
            yield "countries", min(countries), f"'{name}' names {sorted(countries)}"


def _vocabulary(knowledge: Knowledge) -> Iterator[Broken]:
    for office in knowledge.offices.values():
        if office.role not in ROLES:
            yield "offices", office.id, f"role must be one of {sorted(ROLES)}, got '{office.role}'"
        if not office.titles:
            yield "offices", office.id, "an office needs a title"
        if not knowledge.terms_of(office=office.id):
            yield "offices", office.id, "an office needs a term"
    for state in knowledge.states.values():
        if state.aspect not in ASPECTS:
            yield "states", state.id, f"aspect '{state.aspect}' is none of {sorted(ASPECTS)}"
        phrases = [pattern.phrase for pattern in state.patterns]
        if not phrases or len(set(phrases)) != len(phrases):
            yield "states", state.id, "needs phrases, each once"
        for phrase in phrases:
            if phrase != phrase.lower():
                yield "states", state.id, f"phrases are lower-case, got '{phrase}'"


def _grammars(knowledge: Knowledge) -> Iterator[Broken]:
    for outlet in knowledge.outlets.values():
        known = [entry for entry in outlet.ids if entry.status is not Status.UNCERTAIN]
        for before, after in pairwise(known):
            if after.id <= before.id or after.day < before.day:
                yield "outlets", outlet.id, f"id {after.id} must grow with time from {before.id}"
        for part in outlet.grammar:
            try:
                pattern = re2.compile(part.pattern)
            except re2.error as error:
                yield "outlets", outlet.id, f"pattern '{part.pattern}' is no RE2: {error}"
                continue
            if not set(part.tells) <= set(pattern.groupindex):
                yield "outlets", outlet.id, f"'{part.pattern}' names no group of {part.tells}"
            if part.example is not None and not pattern.search(part.example):
                yield "outlets", outlet.id, f"'{part.example}' does not match its own pattern"


def _complete(knowledge: Knowledge) -> Iterator[Broken]:
    """Every country of a promised group has its heads from the start of the period to its end."""
    for country in sorted(frozenset().union(*GROUPS.values())):
        offices = [office for office in knowledge.offices.values() if office.country == country]
        wanted = (
            [{"head_of_organisation"}]
            if country in ORGANISATIONS
            else [{"head_of_state", "both"}, {"head_of_government", "both"}]
        )
        for roles in wanted:
            for day in (PERIOD_START, knowledge.known_until("terms")):
                if not any(o.role in roles and knowledge.holders(o.id, day) for o in offices):
                    yield "offices", country, f"nobody is {' or '.join(sorted(roles))} on {day}"


RULES: dict[str, Callable[[Knowledge], Iterable[Broken]]] = {
    "unique ids": _unique_ids,
    "references": _references,
    "sources": _sources,
    "status": _status,
    "interval": _interval,
    "precision": _precision,
    "known until": _known_until,
    "one holder": _no_two_holders,
    "people": _people,
    "names": _names,
    "vocabulary": _vocabulary,
    "memberships": memberships,
    "events": events,
    "grammar": _grammars,
    "complete": _complete,
    "documents": documents,
}
"""Every rule by its name; each yields table, id and message of what breaks it."""


def _tables(knowledge: Knowledge) -> dict[str, Iterable[Any]]:
    documents = {"references": knowledge.references.values()} if knowledge.references else {}
    belonging: dict[str, Iterable[Any]] = {}
    if knowledge.organisations or knowledge.memberships:
        belonging["organisations"] = knowledge.organisations.values()
        belonging["memberships"] = knowledge.memberships
    return {
        "countries": knowledge.countries.values(),
        "offices": knowledge.offices.values(),
        "people": knowledge.people.values(),
        "terms": knowledge.terms,
        "outlets": knowledge.outlets.values(),
        "states": knowledge.states.values(),
        **documents,
        **belonging,
    }


def _dated(knowledge: Knowledge) -> Iterator[tuple[str, Iterable[Term | State | Membership]]]:
    yield "terms", knowledge.terms
    yield "states", knowledge.states.values()
    if knowledge.memberships:
        yield "memberships", knowledge.memberships


def _rounded(day: date, precision: Precision) -> date:
    if precision is Precision.YEAR:
        return date(day.year, 1, 1)
    return day.replace(day=1) if precision is Precision.MONTH else day


def _overlap(one: Term, other: Term) -> bool:
    return (one.end is None or other.start < one.end) and (
        other.end is None or one.start < other.end
    )

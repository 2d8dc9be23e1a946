"""People whom the tables do not hold yet, and other names of those whom they do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from builder.knowledge_refresh.plan import Plan, Unused
from builder.knowledge_refresh.statements import Interval, Value
from builder.knowledge_refresh.tables import (
    SOURCE,
    Row,
    Tables,
    Unmatched,
    cite,
    folded,
    names_in,
    slug,
)


def new_person(one: Interval, tables: Tables) -> str:
    """Adds the person of a term; only where gender and surname are known.

    Raises:
        Unmatched: something is missing, or the id is taken.
    """
    name, family, gender = one.subject.label, one.person.get("family"), one.person.get("gender")
    if name is None:
        raise Unmatched("a new person without a name in English")
    if gender is None:
        raise Unmatched("a new person whose gender is not given as male or female")
    if family is None or folded(family) not in folded(name):
        raise Unmatched("a new person whose surname is not known; add the row to people.jsonl")
    row: Row = {
        "id": slug(name),
        "name": name,
        "surname": family,
        "aliases": [],
        "surnames": [family],
        "gender": gender,
        "died": one.person.get("died"),
        "sources": [SOURCE],
        "wikidata": one.subject.id,
    }
    cite(row, one.source)
    return tables.add("people", slug(name), row)


@dataclass(slots=True)
class AliasRefresh:
    """Adds other names of people."""

    tables: Tables
    plan: Plan
    reasons: defaultdict[tuple[str, str], list[str]]

    def take(self, values: list[Value]) -> None:
        """Weighs each name: a full name of its person, and of nobody else in the country."""
        for one in values:
            try:
                key = self._person(one)
                self._take(one, key)
            except Unmatched as reason:
                self.plan.unmatched.append(
                    Unused(one.kind, one.subject.id, one.subject.label, one.value, str(reason))
                )

    def _person(self, one: Value) -> str:
        country = self.tables.country(one.country)
        known = None if country is None else self.tables.people_of(country)
        return self.tables.find(("people",), one.subject, known)[1]

    def _take(self, one: Value, key: str) -> None:
        row = self.tables.rows["people"][key]
        if one.value in (row["name"], *row["aliases"]):
            self.plan.agreeing["a name that is known"] += 1
            return
        if " " not in one.value or not _bears_surname(one.value, names_in(row, ("surnames",))):
            raise Unmatched("no full name: it lacks every surname of the person")
        others = self.tables.named("people", one.value) - {key}
        if others:
            raise Unmatched(f"the name of somebody else, too: {', '.join(sorted(others))}")
        row["aliases"] = [*row["aliases"], one.value]
        cite(row, one.source)
        self.reasons["people", key].append("another name")


def _bears_surname(name: str, surnames: list[str]) -> bool:
    words = folded(name).split()
    return any(set(folded(surname).split()) <= set(words) for surname in surnames)

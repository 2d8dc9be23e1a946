"""Terms and memberships against Wikidata: confirmed, sharpened, doubted, contradicted, added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from builder.knowledge_refresh.agreement import Agreement, agreement, independent
from builder.knowledge_refresh.people import new_person
from builder.knowledge_refresh.plan import Conflict, Plan, Unused
from builder.knowledge_refresh.results import Day
from builder.knowledge_refresh.spans import (
    chains_of,
    dates_of,
    day_of,
    inside,
    nearest,
    overlaps,
    rivals,
    write,
)
from builder.knowledge_refresh.statements import Interval, merged
from builder.knowledge_refresh.tables import SOURCE, Row, Tables, Unmatched, cite
from perturbations.knowledge.overlay import subject_of

_OTHER = frozenset({Agreement.DIFFERS, Agreement.FINER})
"""Where Wikidata's date would take the place of the row's."""


@dataclass(frozen=True, slots=True)
class IntervalTable:
    """A table of facts about two things from one day to another.

    `subject` and `object` are the fields that name them; `more` holds what else a new row needs.
    """

    name: str
    subject: str
    object: str
    more: Mapping[str, Any]


TABLES: Mapping[str, IntervalTable] = MappingProxyType(
    {
        "holders": IntervalTable("terms", "person", "office", MappingProxyType({})),
        "memberships": IntervalTable(
            "memberships",
            "member",
            "organisation",
            MappingProxyType({"applied": None, "notified": None}),
        ),
    }
)
"""Where the statements of each kind go."""


@dataclass(slots=True)
class IntervalRefresh:
    """Holds statements against the tables, and changes those that agree or that are accepted."""

    tables: Tables
    plan: Plan
    accept: frozenset[str]
    known_until: Mapping[str, date]
    """By table: the last day about which it speaks from now on."""
    reasons: defaultdict[tuple[str, str], list[str]]
    """Table and id to why a row changes."""
    still: set[tuple[str, str]] = field(default_factory=set)
    """Table and id of open rows of which a statement says that it is still so."""

    def take(self, intervals: Iterable[Interval]) -> None:
        """Weighs all statements, those of the same two things together."""
        groups: defaultdict[tuple[str, str, str], list[Interval]] = defaultdict(list)
        for one in sorted(intervals, key=lambda interval: interval.start.day):
            try:
                groups[(one.kind, *self._matched(one))].append(one)
            except Unmatched as reason:
                self._unused(one, str(reason))
        for (kind, subject, of), part in groups.items():
            self._weigh(TABLES[kind], subject, of, list(merged(part)))
        self._drop_rivals()

    def _matched(self, one: Interval) -> tuple[str, str]:
        """The rows that a statement is about; a person who is new is added."""
        if one.kind == "memberships":
            of = self.tables.find(("organisations",), one.object)[1]
            return self.tables.find(("countries", "organisations"), one.subject)[1], of
        office = self.tables.office(one.object, one.country)
        country = self.tables.rows["offices"][office]["country"]
        key = self.tables.item("people", one.subject)
        if key is None and self.tables.named("people", one.subject.label):
            known = self.tables.people_of(country)
            key = self.tables.find(("people",), one.subject, known)[1]
        return key or new_person(one, self.tables), office

    def _weigh(
        self, table: IntervalTable, subject: str, of: str, statements: list[Interval]
    ) -> None:
        rows = [
            row
            for row in self.tables.rows[table.name].values()
            if row[table.subject] == subject and row[table.object] == of
        ]
        chains = chains_of(rows)
        for one in statements:
            chain = nearest(one, chains)
            if chain is not None:
                chains.remove(chain)
                self._compare(table, one, chain)
            elif any(inside(one, row) for row in rows):
                self.plan.agreeing["inside a row"] += 1
            elif any(overlaps(one, row) for row in rows):
                self._unused(one, "overlaps a row that another statement is about")
            else:
                self._add(table, one, subject, of)

    def _compare(self, table: IntervalTable, one: Interval, chain: Sequence[Row]) -> None:
        """Rows that follow on each other are one interval: its outer dates are compared."""
        info = self.tables.info[table.name]
        limit = info.overlaid.get(subject_of(table.name, chain[0]), info.known_until)
        for place, row in enumerate(chain):
            found: dict[str, Agreement] = {}
            if place == 0:
                found["start"] = agreement(day_of(row, "start"), one.start, limit, end=False)
            if place == len(chain) - 1:
                found["end"] = agreement(day_of(row, "end"), one.end, limit, end=True)
            if found:
                self._settle(table, one, row, found)

    def _settle(
        self, table: IntervalTable, one: Interval, row: Row, found: Mapping[str, Agreement]
    ) -> None:
        if row["id"] in self.accept and set(found.values()) & _OTHER:
            self._conflict(table, one, row, accepted=True)
            self._take_over(table, one, row, found)
        elif Agreement.DIFFERS in found.values():
            self._disagree(table, one, row, found)
        elif Agreement.FINER in found.values():
            self._sharpen(table, one, row, found)
        elif Agreement.WITHIN in found.values():
            self.plan.agreeing["as far as it is known"] += 1
        else:
            self._confirm(table, one, row, whole=len(found) == 2)
        self._end_what_was_open(table, one, row, found)

    def _confirm(self, table: IntervalTable, one: Interval, row: Row, *, whole: bool) -> None:
        info = self.tables.info[table.name]
        alone = independent(row["sources"], info, one.source.stated_in)
        if row["status"] == "single_source" and whole and alone:
            row["status"] = "verified"
            self._cite(table, one, row, "confirmed by a second source, to the day")
        else:
            self.plan.agreeing["to the day"] += 1

    def _sharpen(
        self, table: IntervalTable, one: Interval, row: Row, found: Mapping[str, Agreement]
    ) -> None:
        if row["status"] == "verified":
            self._conflict(table, one, row, "a verified date is known more exactly")
            return
        for name, how in found.items():
            if how is Agreement.FINER:
                write(row, name, one.start if name == "start" else one.end)
        self._cite(table, one, row, "known more exactly")

    def _disagree(
        self, table: IntervalTable, one: Interval, row: Row, found: Mapping[str, Agreement]
    ) -> None:
        if set(row["sources"]) == {SOURCE}:
            self._take_over(table, one, row, found)
        elif row["status"] == "verified":
            self._conflict(table, one, row)
        elif row["status"] == "single_source":
            row["status"] = "uncertain"
            self._cite(table, one, row, "contradicted by a second source", says=dates_of(one))
        else:
            self.plan.agreeing["in doubt already"] += 1

    def _take_over(
        self, table: IntervalTable, one: Interval, row: Row, found: Mapping[str, Agreement]
    ) -> None:
        """Wikidata's dates in the place of the row's, whose own are kept beside them."""
        replaced = {name: row[name] for name in ("start", "end", "status", "sources")}
        for name, how in found.items():
            if how in _OTHER:
                write(row, name, one.start if name == "start" else self._end(table, one))
        row["status"], row["sources"] = "single_source", [SOURCE]
        self._cite(table, one, row, "Wikidata's dates taken over", replaced=replaced)

    def _end_what_was_open(
        self, table: IntervalTable, one: Interval, row: Row, found: Mapping[str, Agreement]
    ) -> None:
        """A row that was open on the last day so far ends where the table now knows more."""
        if row["end"] is None and one.end is None and "end" in found:
            self.still.add((table.name, row["id"]))
        end = self._end(table, one)
        agrees = found.get("end") is Agreement.SAME and not _OTHER.intersection(found.values())
        if row["end"] is None and end is not None and agrees:
            write(row, "end", end)
            row["status"] = "single_source" if row["status"] == "verified" else row["status"]
            self._cite(table, one, row, "ended after the last day so far")

    def _end(self, table: IntervalTable, one: Interval) -> Day | None:
        """The end of a statement, unless it lies beyond what the table speaks about."""
        limit = self.known_until[table.name] + timedelta(days=1)
        return None if one.end is None or one.end.day > limit else one.end

    def _add(self, table: IntervalTable, one: Interval, subject: str, of: str) -> None:
        if one.start.day > self.known_until[table.name]:
            self._unused(
                one,
                f"starts after {self.known_until[table.name]}, the last day of {table.name}; move "
                "it with --known-until",
            )
            return
        key = _new_id(table, one, subject, of, self.tables.rows[table.name])
        row: Row = {"id": key, table.subject: subject, table.object: of}
        write(row, "start", one.start)
        write(row, "end", self._end(table, one))
        row |= {**table.more, **({"acting": one.acting} if table.name == "terms" else {})}
        row |= {"status": "single_source", "sources": [SOURCE]}
        try:
            self.tables.add(table.name, key, row)
        except Unmatched as reason:
            self._unused(one, str(reason))
            return
        self._cite(table, one, row, "new")
        if one.end is None:
            self.still.add((table.name, key))

    def _cite(
        self, table: IntervalTable, one: Interval, row: Row, reason: str, **more: Any
    ) -> None:
        cite(row, one.source, **more)
        self.reasons[table.name, row["id"]].append(reason)

    def _conflict(
        self,
        table: IntervalTable,
        one: Interval,
        row: Row,
        reason: str = "a verified fact is contradicted",
        *,
        accepted: bool = False,
    ) -> None:
        fields = ("start", "start_precision", "end", "end_precision", "status", "sources")
        self.plan.conflicts.append(
            Conflict(
                table.name,
                row["id"],
                reason if not accepted else "accepted",
                {name: row[name] for name in fields},
                dates_of(one),
                one.source.statements,
                accepted,
            )
        )

    def _unused(self, one: Interval, reason: str) -> None:
        value = " ".join(
            str(part)
            for part in (one.object.label or one.object.id, *dates_of(one).values())
            if part
        )
        self.plan.unmatched.append(
            Unused(one.kind, one.subject.id, one.subject.label, value, reason)
        )

    def _drop_rivals(self) -> None:
        """An added term that overlaps another holder's is a conflict, not a second holder."""
        terms = self.tables.rows["terms"]
        for key in [key for key in terms if key not in self.tables.before["terms"]]:
            row = terms[key]
            rival = next((other for other in terms.values() if rivals(row, other)), None)
            if rival is None or self.tables.rows["offices"][row["office"]]["collective"]:
                continue
            accepted = key in self.accept
            fields = ("id", "person", "start", "end", "status", "sources")
            self.plan.conflicts.append(
                Conflict(
                    "terms",
                    key,
                    "another person holds the office on some of these days",
                    {name: rival[name] for name in fields},
                    {name: row[name] for name in fields[1:4]},
                    tuple(row["provenance"][0]["statements"]),
                    accepted,
                )
            )
            if not accepted:
                self.tables.remove("terms", key)
        self._drop_people_without_terms()

    def _drop_people_without_terms(self) -> None:
        holders = {row["person"] for row in self.tables.rows["terms"].values()}
        for key in [key for key in self.tables.rows["people"] if key not in holders]:
            if key not in self.tables.before["people"]:
                self.tables.remove("people", key)


def _new_id(
    table: IntervalTable, one: Interval, subject: str, of: str, rows: Mapping[str, Row]
) -> str:
    """The id of a new row, in the form of its table's other ids."""
    if table.name == "terms":
        return f"{of}:{subject}:{one.start.day.isoformat()}"
    key, number = f"{of}.{subject}", 1
    while key in rows:
        number += 1
        key = f"{of}.{subject}-{number}"
    return key

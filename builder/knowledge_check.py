"""Proves that the knowledge tables keep their rules, and says how much they cover, and how surely.

`check` is a pure function of the loaded tables; `builder knowledge check` prints what `render`
makes of its report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from rich.console import Group
from rich.table import Table

from builder.knowledge_coverage import QUANTILES, Reach, reach
from perturbations.knowledge import Knowledge, Office, Precision, Status
from perturbations.knowledge.rules import GROUPS, PERIOD_START, RULES

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a fact breaks."""

    rule: str
    table: str
    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two terms of an office on which the table names nobody."""

    office: str
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tables hold for one group of countries."""

    group: str
    countries: int
    offices: int
    terms: dict[str, int]
    """Status to number of terms."""
    day_precise: int
    """Terms whose start and end are known to the day."""
    decided: float
    """Share of office-days from `PERIOD_START` on, on which somebody surely held the office."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found."""

    version: str
    digest: str
    counts: dict[str, int]
    """Table to number of facts."""
    faults: tuple[Fault, ...]
    gaps: tuple[Gap, ...]
    coverage: tuple[Coverage, ...]
    reach: Reach

    @property
    def ok(self) -> bool:
        """Whether every rule holds."""
        return not self.faults

    def to_json(self) -> dict[str, Any]:
        """Turns the report into JSON values; dates become ISO strings."""
        report = asdict(self) | {"ok": self.ok}
        for gap in report["gaps"]:
            gap.update(first=gap["first"].isoformat(), last=gap["last"].isoformat())
        for heads in report["reach"]["heads"]:
            heads["earliest"] = [day.isoformat() for day in heads["earliest"]]
        return report


def check(knowledge: Knowledge) -> Report:
    """Holds every rule against the tables and measures what they cover."""
    faults = [Fault(name, *broken) for name, rule in RULES.items() for broken in rule(knowledge)]
    counts = {
        name: len(getattr(knowledge, name))
        for name in (
            *("countries", "offices", "people", "terms", "outlets", "states", "references"),
            *("organisations", "memberships"),
        )
    }
    return Report(
        version=knowledge.version,
        digest=knowledge.digest,
        counts=counts,
        faults=tuple(faults),
        gaps=tuple(_gaps(knowledge)),
        coverage=tuple(_coverage(knowledge)),
        reach=reach(knowledge),
    )


def _gaps(knowledge: Knowledge) -> Iterator[Gap]:
    """Yields the days between two terms that no term covers, from `PERIOD_START` on."""
    for office in knowledge.offices.values():
        terms = knowledge.terms_of(office=office.id)
        if office.collective or not terms:
            continue
        covered = terms[0].end
        for term in terms[1:]:
            if covered is None:
                break
            if term.start > covered >= PERIOD_START:
                yield Gap(office.id, covered, term.start - _ONE_DAY, (term.start - covered).days)
            covered = None if term.end is None else max(covered, term.end)


def _coverage(knowledge: Knowledge) -> Iterator[Coverage]:
    promised = frozenset().union(*GROUPS.values())
    others = frozenset(knowledge.countries) - promised
    for group, countries in (*GROUPS.items(), ("others", others)):
        offices = [office for office in knowledge.offices.values() if office.country in countries]
        terms = [term for office in offices for term in knowledge.terms_of(office=office.id)]
        yield Coverage(
            group=group,
            countries=len({office.country for office in offices}),
            offices=len(offices),
            terms=dict(Counter(str(term.status) for term in terms)),
            day_precise=sum(
                term.start_precision is Precision.DAY and term.end_precision is Precision.DAY
                for term in terms
            ),
            decided=_decided_share(knowledge, offices),
        )


def _decided_share(knowledge: Knowledge, offices: Iterable[Office]) -> float:
    after = knowledge.known_until("terms") + _ONE_DAY
    decided = total = 0
    for office in offices:
        if office.collective:
            continue
        stretches = knowledge.timeline(office.id).stretches
        ends = [*(stretch.start for stretch in stretches[1:]), after]
        for stretch, end in zip(stretches, ends, strict=True):
            days = (min(end, after) - max(stretch.start, PERIOD_START)).days
            total += max(days, 0)
            decided += max(days, 0) if stretch.holder is not None else 0
    return decided / total if total else 0.0


def render(report: Report) -> Group:
    """Lays the report out for a terminal: facts, coverage by status, gaps, faults."""
    counts = ", ".join(f"{number} {table}" for table, number in report.counts.items())
    summary = Table(title=f"Knowledge {report.version} ({report.digest[:12]})", box=None)
    summary.add_column(counts)
    parts = [summary, *_reach_tables(report.reach), _coverage_table(report), _gap_table(report)]
    if report.faults:
        parts.append(_fault_table(report))
    else:
        summary.add_row(f"every rule holds: {', '.join(RULES)}")
    return Group(*parts)


def _reach_tables(found: Reach) -> tuple[Table, Table, Table]:
    statuses = Table(title="Facts by status")
    statuses.add_column("table")
    names = [str(status) for status in Status]
    for name in names:
        statuses.add_column(name, justify="right")
    for table, counts in found.statuses.items():
        statuses.add_row(table, *(str(counts.get(name, 0)) for name in names))
    heads = Table(
        title="Heads of the 193 members of the United Nations",
        caption=f"no office for one of the two: {' '.join(found.missing) or 'none'}",
    )
    heads.add_column("head")
    decades = list(found.heads[0].decided)
    days = [f"sure from ({quantile:.0%})" for quantile in QUANTILES]
    for name in ("members", "held", *days, *(f"sure {decade}" for decade in decades)):
        heads.add_column(name, justify="right")
    for row in found.heads:
        numbers = [row.members, row.held, *row.earliest, *[""] * (len(days) - len(row.earliest))]
        shares = (f"{row.decided[decade]:.1%}" for decade in decades)
        heads.add_row(row.kind, *map(str, numbers), *shares)
    outlets = Table(title="Outlets and their addresses")
    for name in asdict(found.outlets):
        outlets.add_column(name.replace("_", " "), justify="right")
    outlets.add_row(*map(str, asdict(found.outlets).values()))
    return statuses, heads, outlets


def _coverage_table(report: Report) -> Table:
    table = Table(title="Office holders by status")
    table.add_column("group")
    statuses = [str(status) for status in Status]
    for name in ("countries", "offices", *statuses, "to the day", "decided days"):
        table.add_column(name, justify="right")
    for row in report.coverage:
        numbers = [row.countries, row.offices, *(row.terms.get(name, 0) for name in statuses)]
        table.add_row(row.group, *map(str, numbers), str(row.day_precise), f"{row.decided:.1%}")
    return table


def _gap_table(report: Report) -> Table:
    long = sorted(report.gaps, key=lambda gap: -gap.days)
    table = Table(title=f"{len(report.gaps)} gaps between terms, the longest first")
    for name in ("office", "first day", "last day", "days"):
        table.add_column(name)
    for gap in long[:15]:
        table.add_row(gap.office, gap.first.isoformat(), gap.last.isoformat(), str(gap.days))
    return table


def _fault_table(report: Report) -> Table:
    table = Table(title=f"{len(report.faults)} faults")
    for name in ("rule", "table", "id", "what is wrong"):
        table.add_column(name, overflow="fold")
    for fault in report.faults:
        table.add_row(fault.rule, fault.table, fault.id, fault.message)
    return table

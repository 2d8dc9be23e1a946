"""A refresh from results to plan; `write` makes it so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from builder.errors import BuilderError, UsageError
from builder.knowledge_refresh.intervals import TABLES, IntervalRefresh
from builder.knowledge_refresh.people import AliasRefresh
from builder.knowledge_refresh.plan import Added, Changed, Plan
from builder.knowledge_refresh.results import read_results
from builder.knowledge_refresh.statements import Interval, Value, read_statements
from builder.knowledge_refresh.tables import Tables
from builder.knowledge_refresh.websites import WebsiteRefresh
from perturbations.knowledge import KnowledgeError, knowledge_folder
from perturbations.knowledge.load import Layers
from perturbations.knowledge.overlay import subject_of

LINKED = "linked to its item"
STILL_SO = "still so on the last day that the table now speaks about"


@dataclass(frozen=True, slots=True)
class Options:
    """What a refresh was asked to do.

    `into` is the folder that is written: None for the shipped tables, or one that is (to be) laid
    over them. `known_until` is the last day that was looked up, and moves that of the tables that
    the results are about. `accept` names rows that take Wikidata's word.
    """

    into: Path | None = None
    known_until: date | None = None
    retrieved: date | None = None
    accept: frozenset[str] = frozenset()

    @property
    def overlays(self) -> bool:
        """Whether another folder than the shipped one is written."""
        return self.into is not None and self.into.resolve() != knowledge_folder().resolve()

    @property
    def folder(self) -> Path:
        """The folder that is written."""
        return self.into if self.into is not None and self.overlays else knowledge_folder()

    @property
    def overlay(self) -> Path | None:
        """The folder that lies over the shipped tables already."""
        if self.overlays and self.folder.is_dir() and any(self.folder.glob("*.jsonl")):
            return self.folder
        return None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A plan, the rows as they would be, and which of them go into the folder."""

    options: Options
    plan: Plan
    tables: Tables
    written: tuple[tuple[str, str], ...]
    """Table and id of every row to write."""
    concerned: tuple[str, ...]
    """The tables whose last day moves with `known_until`."""


def refresh(paths: Sequence[Path], options: Options) -> Refreshed:
    """Holds results of the Wikidata query service against the tables; writes nothing.

    Raises:
        UsageError: a file is missing, `into` is no folder, or `accept` names no conflict.
        BuilderError: a file or a table is malformed.
    """
    if options.into is not None and options.into.exists() and not options.into.is_dir():
        raise UsageError(f"--into must name a folder, got {options.into}")
    statements, skipped = read_statements([read_results(p) for p in paths], options.retrieved)
    tables = Tables.of(_layers(options))
    concerned = tuple(dict.fromkeys(TABLES[one.kind].name for one in _intervals(statements)))
    plan = Plan(statements=len(statements), skipped=skipped)
    reasons: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    until = {
        table: options.known_until or _own_until(tables, table, options) for table in concerned
    }
    intervals = IntervalRefresh(tables, plan, options.accept, until, reasons)
    intervals.take(_intervals(statements))
    values = [one for one in statements if isinstance(one, Value)]
    AliasRefresh(tables, plan, reasons).take([v for v in values if v.kind == "aliases"])
    WebsiteRefresh(tables, plan, options.accept, reasons).take(
        [v for v in values if v.kind == "websites"]
    )
    _check_accepted(options, plan)
    extended = _extended(intervals, options)
    changed = tuple(sorted({*_worth_writing(tables, options), *extended}))
    plan.unconfirmed = sorted(_unconfirmed(intervals, changed, options))
    _describe(plan, tables, changed, reasons)
    return Refreshed(options, plan, tables, changed, concerned)


def _intervals(statements: Sequence[Interval | Value]) -> list[Interval]:
    return [one for one in statements if isinstance(one, Interval)]


def _layers(options: Options) -> Layers:
    try:
        return Layers.of(knowledge_folder(), options.overlay)
    except (KnowledgeError, FileNotFoundError) as error:
        raise BuilderError(str(error)) from None


def _own_until(tables: Tables, table: str, options: Options) -> date:
    """The last day about which a table of the folder speaks: an overlay may have its own."""
    info = tables.info[table]
    return (
        max(info.overlaid.values(), default=info.known_until)
        if options.overlays
        else (info.known_until)
    )


def _worth_writing(tables: Tables, options: Options) -> Iterator[tuple[str, str]]:
    """Rows that differ; a link alone is no reason to lay a whole row over the shipped one."""
    for table, key in tables.changed():
        before = tables.before[table].get(key, {})
        linked = before | {"wikidata": tables.rows[table][key].get("wikidata")}
        if not options.overlays or tables.rows[table][key] != linked:
            yield table, key


def _check_accepted(options: Options, plan: Plan) -> None:
    known = [conflict.id for conflict in plan.conflicts]
    for name in sorted(options.accept):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"--accept: no conflict about {name!r}{hint}")


def _extended(intervals: IntervalRefresh, options: Options) -> set[tuple[str, str]]:
    """Open rows that an overlay repeats because it vouches for them until a later day."""
    if not options.overlays or options.known_until is None:
        return set()
    return {(table, key) for table, key in intervals.still if key in intervals.tables.rows[table]}


def _unconfirmed(
    intervals: IntervalRefresh, changed: Sequence[tuple[str, str]], options: Options
) -> Iterator[str]:
    """Open rows of subjects about which the folder would speak longer than the tables do now."""
    tables = intervals.tables
    for table, until in intervals.known_until.items():
        part, info = tables.rows[table], tables.info[table]
        touched = {subject_of(table, part[key]) for name, key in changed if name == table}
        for key, row in part.items():
            subject = subject_of(table, row)
            longer = until > info.overlaid.get(subject, info.known_until)
            concerned = subject in touched or not options.overlays
            if longer and concerned and row["end"] is None and (table, key) not in intervals.still:
                yield key


def _describe(
    plan: Plan,
    tables: Tables,
    changed: Sequence[tuple[str, str]],
    reasons: defaultdict[tuple[str, str], list[str]],
) -> None:
    """Puts every row that is written into the plan."""
    for table, key in changed:
        before, after = tables.before[table].get(key), tables.rows[table][key]
        if before is None:
            plan.added.append(Added(table, key, after))
            continue
        fields = {
            name: (before.get(name), after.get(name))
            for name in after
            if before.get(name) != after.get(name)
        }
        why = reasons.get((table, key)) or ([LINKED] if fields else [STILL_SO])
        plan.changed.append(Changed(table, key, fields, tuple(dict.fromkeys(why))))

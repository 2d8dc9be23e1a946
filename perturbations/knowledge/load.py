"""Reads the knowledge tables: JSON Lines in, typed facts out, errors with file and line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from perturbations.knowledge.location import knowledge_folder
from perturbations.knowledge.model import (
    AddressGrammar,
    Country,
    DatedId,
    KnowledgeError,
    Office,
    Outlet,
    Person,
    TableInfo,
    Term,
)
from perturbations.knowledge.overlay import check_folder, check_rows, merged_info
from perturbations.knowledge.reference import read_reference
from perturbations.knowledge.row import Row
from perturbations.knowledge.state_rows import read_membership, read_organisation, read_state
from perturbations.knowledge.tables import Knowledge

_Fact = TypeVar("_Fact")

INFO = "tables.json"
"""The file that says what the tables are."""

TABLES = (
    *("countries", "offices", "people", "terms", "outlets", "states", "references"),
    *("organisations", "memberships"),
)
"""The tables, each `<name>.jsonl`."""

OPTIONAL = frozenset({"outlets", "references", "organisations", "memberships"})
"""Tables that may be absent; their look-ups are empty then."""


def load(folder: Path | None = None, *, overlay: Path | None = None) -> Knowledge:
    """Reads the tables of a folder, by default the shipped ones, and lays a user's own over them.

    Shapes are checked here, field by field, and so is what an overlay refers to; what the facts
    must obey among themselves is checked by `builder.knowledge_check`.

    Args:
        folder: all tables.
        overlay: a folder with any of them; `perturbations.knowledge.overlay` says how it counts.

    Raises:
        FileNotFoundError: a folder, or a table that is not optional, is missing.
        KnowledgeError: a line is no fact of its table, or an overlay names what is not there.
    """
    layers = Layers.of(knowledge_folder() if folder is None else folder, overlay)
    return Knowledge(
        version=layers.version,
        digest=layers.digest,
        parts=layers.parts,
        tables=layers.tables,
        countries=_facts(layers, "countries", _country),
        offices=_facts(layers, "offices", _office),
        people=_facts(layers, "people", _person),
        terms=_facts(layers, "terms", _term),
        outlets=_facts(layers, "outlets", _outlet),
        states=_facts(layers, "states", read_state),
        organisations=_facts(layers, "organisations", read_organisation),
        memberships=_facts(layers, "memberships", read_membership),
        references=_facts(layers, "references", read_reference),
    )


@dataclass(frozen=True, slots=True)
class Layers:
    """The rows of all tables by id, an overlay's in the place of those that it replaces."""

    version: str
    digest: str
    tables: dict[str, TableInfo]
    rows: dict[str, dict[str, Row]]
    parts: dict[str, str] = field(default_factory=dict)
    """Digests of `shipped` and `overlay`, where there are both."""

    @classmethod
    def of(cls, folder: Path, overlay: Path | None = None) -> Layers:
        """Reads the rows of a folder, and of an overlay; raises as `load` does."""
        info = _info(folder / INFO)
        tables = {name: _table_info(row) for name, row in info.rows("tables").items()}
        base = {name: _by_id(folder, name) for name in TABLES}
        if overlay is None:
            return cls(info.text("version"), digest(folder), tables, base)
        check_folder(overlay, TABLES)
        path = overlay / INFO
        more = _info(path) if path.exists() else None
        own = {t: _by_id(overlay, t) for t in TABLES if (overlay / f"{t}.jsonl").exists()}
        tables = merged_info(tables, more, own)
        union = {name: part | own.get(name, {}) for name, part in base.items()}
        check_rows(own, union, tables)
        label = more.text_or_none("version") if more is not None else None
        parts = {"shipped": digest(folder), "overlay": digest(overlay)}
        whole = blake2b("".join(parts.values()).encode(), digest_size=16).hexdigest()
        return cls(f"{info.text('version')}+{label or 'overlay'}", whole, tables, union, parts)


def digest(folder: Path) -> str:
    """Hashes the tables' names and bytes: 32 hex digits of blake2b."""
    state = blake2b(digest_size=16)
    for name in (INFO, *(f"{table}.jsonl" for table in TABLES)):
        path = folder / name
        content = path.read_bytes() if path.exists() else b""
        state.update(f"{name}\0{len(content)}\0".encode())
        state.update(content)
    return state.hexdigest()


def rows(folder: Path, table: str) -> Iterator[Row]:
    """Yields the lines of one table as rows that know where they stand; blank lines are skipped.

    Raises:
        FileNotFoundError: the table is missing and not optional.
        KnowledgeError: a line is no JSON object, or the file is not UTF-8.
    """
    path = folder / f"{table}.jsonl"
    if not path.exists():
        if table in OPTIONAL:
            return
        raise FileNotFoundError(
            f"knowledge table '{path}' is missing; it must hold one fact a line"
        )
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            yield Row(_json_object(line, f"{path} line {number}"), f"{path} line {number}")


def _by_id(folder: Path, table: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows(folder, table):
        key = row.text("id")
        if key in found:
            raise KnowledgeError(f"id '{key}' stands twice in {table}, again in {row.where}")
        found[key] = row
    return found


def _facts(layers: Layers, table: str, build: Callable[[Row], _Fact]) -> list[_Fact]:
    return [build(row) for row in layers.rows[table].values()]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError(
            f"'{path}' is not UTF-8: {error.reason} at byte {error.start}; save it as UTF-8"
        ) from error


def _json_object(text: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides broken JSON: a number of thousands of digits, brackets thousands deep.
        raise KnowledgeError(f"no JSON in {where}: {error}") from error
    if not isinstance(value, dict):
        raise KnowledgeError(f"a fact must be a JSON object, got {text.strip()[:60]} in {where}")
    return value


def _info(path: Path) -> Row:
    if not path.exists():
        raise FileNotFoundError(f"'{path}' is missing; it must name the tables, see {INFO}")
    return Row(_json_object(_text(path), str(path)), str(path))


def _table_info(row: Row) -> TableInfo:
    return TableInfo(
        known_until=row.day("known_until"),
        sources=row.texts_by_key("sources"),
        closed=row.flag("closed"),
    )


def _country(row: Row) -> Country:
    return Country(
        id=row.text("id"),
        name=row.text("name"),
        long=row.text("long"),
        aliases=row.texts("aliases"),
        adjectives=row.texts("adjectives"),
        demonyms=row.texts("demonyms"),
        capitals=row.texts("capitals"),
        currency=row.text_or_none("currency"),
        sources=row.texts("sources"),
    )


def _office(row: Row) -> Office:
    return Office(
        id=row.text("id"),
        country=row.text("country"),
        role=row.text("role"),
        titles=row.texts("titles"),
        collective=row.flag("collective"),
        sources=row.texts("sources"),
    )


def _person(row: Row) -> Person:
    return Person(
        id=row.text("id"),
        name=row.text("name"),
        surname=row.text("surname"),
        aliases=row.texts("aliases"),
        surnames=row.texts("surnames"),
        gender=row.text("gender"),
        died=row.day_or_none("died"),
        sources=row.texts("sources"),
    )


def _term(row: Row) -> Term:
    return Term(
        id=row.text("id"),
        person=row.text("person"),
        office=row.text("office"),
        start=row.day("start"),
        start_precision=row.precision("start_precision"),
        end=row.day_or_none("end"),
        end_precision=row.precision("end_precision"),
        acting=row.flag("acting"),
        status=row.status(),
        sources=row.texts("sources"),
    )


def _outlet(row: Row) -> Outlet:
    return Outlet(
        id=row.text("id"),
        name=row.text("name"),
        aliases=row.texts("aliases"),
        domains=row.texts("domains"),
        grammar=tuple(_grammar(part) for part in row.parts("grammar")),
        country=row.text_or_none("country"),
        status=row.status(),
        sources=row.texts("sources"),
        ids=tuple(_dated_id(part) for part in row.parts("ids")),
    )


def _dated_id(row: Row) -> DatedId:
    return DatedId(
        id=row.number("id"),
        day=row.day("date"),
        status=row.status(),
        note=row.text_or_none("note"),
    )


def _grammar(row: Row) -> AddressGrammar:
    since: date | None = row.day_or_none("from")
    return AddressGrammar(
        pattern=row.text("pattern"),
        tells=row.texts("tells"),
        since=since,
        until=row.day_or_none("until"),
        example=row.text_or_none("example"),
        note=row.text_or_none("note"),
    )

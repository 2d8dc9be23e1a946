"""Writes a refresh into its folder: whole or not at all, and only if the tables stay sound."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.knowledge_check import Fault, check
from builder.knowledge_refresh.refresh import Refreshed
from builder.knowledge_refresh.tables import DESCRIPTION, SOURCE, Row
from builder.release.staging import replaced
from perturbations.knowledge import KnowledgeError, load
from perturbations.knowledge.load import INFO

SHOWN = 5
"""Faults or rows that an error names."""


def write(refreshed: Refreshed) -> None:
    """Writes the rows that are new or changed, and what `tables.json` says of their source.

    Lines that stay are kept as they are, byte for byte; without anything new, so is the folder.

    Raises:
        BuilderError: a table would speak longer than was looked up, or break a rule that it keeps
            now; nothing is written.
    """
    _require_confirmed(refreshed)
    options = refreshed.options
    if not refreshed.written and not (options.known_until and refreshed.concerned):
        return
    before = check(load(overlay=options.overlay)).faults
    with replaced(options.folder) as folder:
        for table in dict.fromkeys(table for table, _ in refreshed.written):
            _write_table(folder, table, refreshed)
        _write_info(folder / INFO, refreshed)
        _require_sound(folder, before, overlays=options.overlays)


def _require_confirmed(refreshed: Refreshed) -> None:
    rows = refreshed.plan.unconfirmed
    if rows:
        more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
        raise BuilderError(
            f"{len(rows)} rows are open, and no statement says that it is still so: "
            f"{', '.join(rows[:SHOWN])}{more}; the tables would speak longer than was looked up. "
            "Leave --known-until out, query them, too, or write with --into"
        )


def _write_table(folder: Path, table: str, refreshed: Refreshed) -> None:
    path = folder / f"{table}.jsonl"
    lines: dict[str, str] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8-sig").split("\n"):
            if line.strip():
                lines[json.loads(line)["id"]] = line
    rows = refreshed.tables.rows[table]
    for name, key in refreshed.written:
        if name == table:
            lines[key] = _line(rows[key])
    text = "".join(f"{lines[key]}\n" for key in sorted(lines))
    path.write_text(text, encoding="utf-8")


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)


def _write_info(path: Path, refreshed: Refreshed) -> None:
    options = refreshed.options
    found: dict[str, Any] = json.loads(path.read_text("utf-8-sig")) if path.exists() else {}
    tables = found.setdefault("tables", {})
    for table in dict.fromkeys(table for table, _ in refreshed.written):
        cited = any(
            SOURCE in refreshed.tables.rows[table][key].get("sources", ())
            for name, key in refreshed.written
            if name == table
        )
        if cited:
            tables.setdefault(table, {}).setdefault("sources", {}).setdefault(SOURCE, DESCRIPTION)
    for table in refreshed.concerned if options.known_until is not None else ():
        tables.setdefault(table, {})["known_until"] = str(options.known_until)
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _require_sound(folder: Path, before: tuple[Fault, ...], *, overlays: bool) -> None:
    try:
        knowledge = load(overlay=folder) if overlays else load(folder)
    except KnowledgeError as error:
        raise BuilderError(f"nothing was written: {error}") from None
    faults = check(knowledge).faults
    # By rule and row, not by message: a message may name the table's last day, which moves.
    grown = Counter(map(_of, faults)) - Counter(map(_of, before))
    new = [fault for fault in faults if _of(fault) in grown]
    if new:
        lines = "; ".join(f"{one.table} {one.id}: {one.message}" for one in new[:SHOWN])
        raise BuilderError(
            f"nothing was written: {len(new)} facts would break a rule of the tables ({lines})"
        )


def _of(fault: Fault) -> tuple[str, str, str]:
    return fault.rule, fault.table, fault.id

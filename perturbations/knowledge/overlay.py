"""Tables of a user's own, laid over the shipped ones: what they replace, add, and answer for.

An overlay is a folder with any of the tables, in the same form. A row whose id exists replaces
that row, others are added; what a row refers to may stand in either. Its `tables.json` may give a
`version`, and for a table `known_until` and `sources`; it speaks for the overlay's own subjects
only (the offices whose terms it holds, or else the rows themselves), because an overlay that knows
one office until July says nothing of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from perturbations.knowledge.model import KnowledgeError, TableInfo
from perturbations.knowledge.row import Row

REFERENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "offices": {"country": ("countries",)},
        "terms": {"person": ("people",), "office": ("offices",)},
        "outlets": {"country": ("countries",)},
        "memberships": {
            "organisation": ("organisations",),
            "member": ("countries", "organisations"),
        },
    }
)
"""Which fields of a table name the id of a row, and of which tables; null names none."""

SUBJECTS: Mapping[str, str] = MappingProxyType({"terms": "office", "memberships": "organisation"})
"""The field that says what a row is about, where that is not the row itself."""


def subject_of(table: str, row: Mapping[str, object]) -> str:
    """What a row is about: `known_until` of an overlay speaks for its own subjects."""
    return str(row.get(SUBJECTS.get(table, "id")))


def check_folder(folder: Path, tables: Collection[str]) -> None:
    """Makes sure that an overlay holds tables, and nothing that looks like one and is none.

    Raises:
        FileNotFoundError: there is no such folder.
        KnowledgeError: it holds no table, or one that the project does not know.
    """
    if not folder.is_dir():
        raise FileNotFoundError(
            f"knowledge folder '{folder}' does not exist; it must hold any of {_files(tables)}"
        )
    found = sorted(path.stem for path in folder.glob("*.jsonl"))
    for name in found:
        if name not in tables:
            near = get_close_matches(name, tables, n=1)
            hint = f"did you mean '{near[0]}.jsonl'?" if near else f"known are {_files(tables)}"
            raise KnowledgeError(f"'{folder / name}.jsonl' is no table of the knowledge; {hint}")
    if not found:
        raise KnowledgeError(f"'{folder}' holds no table; expected any of {_files(tables)}")


def _files(tables: Collection[str]) -> str:
    return ", ".join(f"{table}.jsonl" for table in tables)


def merged_info(
    shipped: Mapping[str, TableInfo], info: Row | None, rows: Mapping[str, Mapping[str, Row]]
) -> dict[str, TableInfo]:
    """What the tables are, with what an overlay says of its own rows.

    Args:
        shipped: by table.
        info: the overlay's `tables.json`, if it has one.
        rows: the overlay's rows, by table and id.

    Raises:
        KnowledgeError: a value is of the wrong kind, or the table is unknown.
    """
    merged = dict(shipped)
    given = info.rows("tables") if info is not None and "tables" in info.values else {}
    for name, row in given.items():
        if name not in shipped:
            near = get_close_matches(name, shipped, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(shipped)}"
            raise KnowledgeError(f"tables.{name} is no table of the knowledge in {row.where}{hint}")
        until: date | None = row.day_or_none("known_until")
        subjects = {subject_of(name, one.values) for one in rows.get(name, {}).values()}
        merged[name] = replace(
            shipped[name],
            sources=shipped[name].sources
            | (row.texts_by_key("sources") if "sources" in row.values else {}),
            overlaid=dict.fromkeys(subjects, until) if until is not None else {},
        )
    return merged


def check_rows(
    rows: Mapping[str, Mapping[str, Row]],
    ids: Mapping[str, Collection[str]],
    tables: Mapping[str, TableInfo],
) -> None:
    """Holds an overlay's rows against the union: what they name must exist.

    Args:
        rows: the overlay's rows, by table and id.
        ids: of the union, by table.
        tables: what the tables are; their sources.

    Raises:
        KnowledgeError: a row names an id or a source that nobody has; with file and line.
    """
    for table, part in rows.items():
        for row in part.values():
            for field, targets in REFERENCES.get(table, {}).items():
                value = row.values.get(field)
                known = [key for target in targets for key in ids.get(target, ())]
                if value is not None and value not in known:
                    raise KnowledgeError(
                        f"{field} must be the id of a row of {' or '.join(targets)}, shipped or in "
                        f"the overlay, got {value!r} in {row.where}{_nearest(str(value), known)}"
                    )
            for source in row.texts("sources"):
                if source not in tables[table].sources:
                    raise KnowledgeError(
                        f"sources must be keys of tables.{table}.sources, got {source!r} in "
                        f"{row.where}; describe it there in the overlay's tables.json"
                    )


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""

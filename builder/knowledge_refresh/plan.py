"""What a refresh would do to the tables: added, changed, in conflict, unmatched, skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Added:
    """A row that the tables did not have."""

    table: str
    id: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that reads otherwise: field to the values before and after."""

    table: str
    id: str
    fields: Mapping[str, tuple[Any, Any]]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What Wikidata says against the tables: both values; written only where it is accepted."""

    table: str
    id: str
    reason: str
    ours: Mapping[str, Any]
    wikidata: Mapping[str, Any]
    statements: tuple[str, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Unused:
    """A statement that went into no row, and why."""

    kind: str
    item: str
    label: str | None
    value: str
    reason: str


@dataclass(slots=True)
class Plan:
    """The outcome of a refresh, before anything is written."""

    statements: int = 0
    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    unmatched: list[Unused] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    agreeing: Counter[str] = field(default_factory=Counter)
    """Statements that change nothing, by how they agree."""
    unconfirmed: list[str] = field(default_factory=list)
    """Open rows about which a table would speak longer, though no statement says it is still so."""

    @property
    def open_conflicts(self) -> list[Conflict]:
        """Those that nobody has accepted."""
        return [conflict for conflict in self.conflicts if not conflict.accepted]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.added or self.changed)

    def to_json(self, *, applied: bool) -> dict[str, Any]:
        """The object that `data/schemas/refresh.schema.json` describes."""
        return {
            "schema_version": SCHEMA_VERSION,
            "applied": applied,
            "statements": self.statements,
            "added": [{"table": a.table, "id": a.id, "row": dict(a.row)} for a in self.added],
            "changed": [
                {
                    "table": one.table,
                    "id": one.id,
                    "reasons": list(one.reasons),
                    "fields": {
                        name: {"before": before, "after": after}
                        for name, (before, after) in one.fields.items()
                    },
                }
                for one in self.changed
            ],
            "conflicts": [
                {
                    "table": one.table,
                    "id": one.id,
                    "reason": one.reason,
                    "ours": dict(one.ours),
                    "wikidata": dict(one.wikidata),
                    "statements": list(one.statements),
                    "accepted": one.accepted,
                }
                for one in self.conflicts
            ],
            "unmatched": [
                {
                    "kind": one.kind,
                    "item": one.item,
                    "label": one.label,
                    "value": one.value,
                    "reason": one.reason,
                }
                for one in self.unmatched
            ],
            "skipped": dict(sorted(self.skipped.items())),
            "agreeing": dict(sorted(self.agreeing.items())),
            "unconfirmed": list(self.unconfirmed),
        }

"""What a verification has checked and found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

Rows = Mapping[tuple[str, str], Sequence[Row]]
"""Rows by `(config, split)`."""


@dataclass(slots=True)
class Verification:
    """What was checked, and every failure with the place where it stands."""

    checked: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """What could not be weighed, and why; no failure."""

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def to_json(self) -> dict[str, Any]:
        """`{ok, checked, failures, warnings}`."""
        return {
            "ok": self.ok,
            "checked": dict(self.checked),
            "failures": self.failures,
            "warnings": self.warnings,
        }

    def fail(self, place: str, problem: str) -> None:
        """Notes one failure."""
        self.failures.append(f"{place}: {problem}")

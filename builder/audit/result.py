"""What an audit found: a cell per type and probe, rows of cells, the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from builder.audit.applicability import Probe
from builder.audit.resampling import LEVEL, THRESHOLD, Estimate
from builder.audit.scorers import FOLDS

SCHEMA = 1
"""Version of the JSON report."""


class Verdict(StrEnum):
    """What a cell says."""

    PASS = "pass"
    """The interval of AUROC ends at or below the threshold, and pairs are not told apart."""
    FAIL = "fail"
    """The interval of AUROC or of within-pair accuracy lies above it, and not by chance."""
    UNDETERMINED = "undetermined"
    """Neither: too few pairs to tell."""
    NOT_APPLICABLE = "not applicable"
    """The view holds claim and evidence both: knowing is no cheating."""
    TOO_FEW = "too few"
    """Too few groups to train and test on; no number is given."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One probe's answer about one type or one perturbation.

    `differing` counts the pairs that look different to the probe; `left_out` those that it could
    not be asked about. `p_holm` and `accuracy_p_holm` are the p values of the estimate, corrected
    for all cells of their table. `needed` is the number of pairs that would settle an undetermined
    cell. `reason` says why there is no number, or why ranking within pairs decides nothing.
    """

    probe: Probe
    verdict: Verdict
    pairs: int
    groups: int
    differing: int = 0
    left_out: int = 0
    estimate: Estimate | None = None
    p_holm: float | None = None
    accuracy_p_holm: float | None = None
    needed: int | None = None
    reason: str | None = None

    @property
    def below_chance(self) -> bool:
        """Whether the probe is wrong more often than chance: turned round, it would know."""
        sure = self.p_holm is not None and self.p_holm < 1 - LEVEL
        return sure and self.estimate is not None and self.estimate.auroc < 0.5

    def to_json(self) -> dict[str, Any]:
        """The cell as JSON values; the figures of `estimate` stand in it, null where absent."""
        found = self.estimate
        figures = None
        if found is not None:
            figures = {
                "auroc": found.auroc,
                "auroc_interval": [found.low, found.high],
                "within_pair_accuracy": found.accuracy,
                "within_pair_accuracy_interval": [found.accuracy_low, found.accuracy_high],
                "auroc_p": found.p,
                "auroc_p_holm": self.p_holm,
                "within_pair_accuracy_p": found.accuracy_p,
                "within_pair_accuracy_p_holm": self.accuracy_p_holm,
                "below_chance": self.below_chance,
            }
        return {
            "probe": str(self.probe),
            "verdict": str(self.verdict),
            "pairs": self.pairs,
            "groups": self.groups,
            "differing_pairs": self.differing,
            "left_out_pairs": self.left_out,
            "figures": figures,
            "pairs_needed": self.needed,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """All probes of one type, or of one perturbation; `edits` are mean lengths of the ledgers."""

    name: str
    type: str
    pairs: int
    groups: int
    edits: tuple[float, float]
    """Of the variants and of the controls; no detector sees them."""
    cells: tuple[Cell, ...]

    def cell(self, probe: Probe) -> Cell:
        """The cell of a probe."""
        return next(cell for cell in self.cells if cell.probe is probe)

    def to_json(self) -> dict[str, Any]:
        """The row as JSON values."""
        return {
            "name": self.name,
            "type": self.type,
            "pairs": self.pairs,
            "groups": self.groups,
            "mean_edits": {"variant": self.edits[0], "control": self.edits[1]},
            "cells": [cell.to_json() for cell in self.cells],
        }


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What the probes found out about a release."""

    types: tuple[Row, ...]
    perturbations: tuple[Row, ...]
    pairs: int
    groups: int
    without_control: Mapping[str, int]
    beyond_limit: Mapping[str, int]
    resamples: int
    swaps: int
    seed: int
    versions: Mapping[str, str]

    @property
    def failed(self) -> bool:
        """Whether any probe of any type knows what it must not.

        Rows by perturbation say where to look and decide nothing: two operators of a type may
        balance each other, and no detector knows which of them was at work.
        """
        return any(cell.verdict is Verdict.FAIL for row in self.types for cell in row.cells)

    @property
    def signature(self) -> str:
        """One line that says how the numbers were made."""
        libraries = "|".join(f"{name}:{version}" for name, version in self.versions.items())
        return (
            f"audit:{SCHEMA}|auroc,threshold:{THRESHOLD:.2f}|folds:{FOLDS},by:group|"
            f"interval:expanded-percentile,level:{LEVEL:.2f},cluster:group|"
            f"learner:kernel-ridge,of:texts+differences|test:swap-in-groups,retrained,holm|resamples:{self.resamples}|"
            f"swaps:{self.swaps}|seed:{self.seed}|{libraries}"
        )

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "schema": SCHEMA,
            "signature": self.signature,
            "failed": self.failed,
            "pairs": self.pairs,
            "groups": self.groups,
            "threshold": THRESHOLD,
            "without_control": dict(self.without_control),
            "beyond_limit": dict(self.beyond_limit),
            "resamples": self.resamples,
            "swaps": self.swaps,
            "seed": self.seed,
            "versions": dict(self.versions),
            "types": [row.to_json() for row in self.types],
            "perturbations": [row.to_json() for row in self.perturbations],
        }

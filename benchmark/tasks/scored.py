"""The rows of a table beside a detector's answers: what every task works from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from benchmark.dataset import Row
from benchmark.metrics.resampling import Floats, Ints
from benchmark.prediction import Prediction

ALWAYS_BELOW, ALWAYS_ABOVE = -1.0, 2.0
"""Scores that an unanswered row gets: an inconsistent one ranks last, a consistent one first."""


class NotSupportedError(Exception):
    """The detector's answers say nothing about this task, or the rows do not; says why."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Names a figure: a task's metric, for all rows or for one level of a breakdown."""

    task: str
    metric: str
    breakdown: str = ""
    level: str = ""


Levels = Callable[[Row], tuple[str, ...]]
"""The levels of a breakdown that an inconsistent row belongs to."""


def _families(row: Row) -> tuple[str, ...]:
    return tuple(sorted({defect.family for defect in row.defects}))


BREAKDOWNS: Mapping[str, Levels] = MappingProxyType(
    {"type": lambda row: row.types, "basis": lambda row: row.bases, "family": _families}
)
"""By what figures are broken down. `basis` holds only rows whose slots say what they rest on."""


class Scored:
    """Rows, the answers to them, and the threshold above which an answer says *inconsistent*.

    Args:
        rows: a table's rows.
        predictions: an answer for every row, in the same order.
        index: the group of each row, as an index of the resampler.
        threshold: a score at or above it is a claim of inconsistency.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        predictions: Sequence[Prediction],
        index: Ints,
        threshold: float,
    ) -> None:
        self.rows = rows
        self.predictions = predictions
        self.index = index
        self.threshold = threshold
        self.positive: NDArray[np.bool_] = np.array([row.label == 1 for row in rows], dtype=bool)
        self.failed: NDArray[np.bool_] = np.array(
            [answer.error is not None for answer in predictions], dtype=bool
        )
        self.scores: Floats = np.array(
            [_score(row, answer) for row, answer in zip(rows, predictions, strict=True)]
        )

    @property
    def flagged(self) -> NDArray[np.bool_]:
        """Which rows are called inconsistent; an unanswered row is called what it is not."""
        return self.scores >= self.threshold

    @property
    def places(self) -> dict[str, int]:
        """Where each id stands."""
        return {row.id: i for i, row in enumerate(self.rows)}

    def errors(self, at: Ints | NDArray[np.bool_]) -> int:
        """How many of the rows at these places were not answered."""
        return int(self.failed[at].sum())

    def levels(self) -> dict[tuple[str, str], Ints]:
        """Places of the inconsistent rows of every level of every breakdown."""
        found: dict[tuple[str, str], list[int]] = {}
        for name, of in BREAKDOWNS.items():
            for i, row in enumerate(self.rows):
                for level in of(row) if row.label else ():
                    found.setdefault((name, level), []).append(i)
        return {key: np.array(found[key], dtype=np.int64) for key in sorted(found)}


def _score(row: Row, answer: Prediction) -> float:
    if answer.score is None:
        return ALWAYS_BELOW if row.label else ALWAYS_ABOVE
    return answer.score

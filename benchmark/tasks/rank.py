"""Rank: of a variant and its source, or of a variant and its control, which is inconsistent?

A pair is won where the variant scores higher, and half won where both score the same. Against the
source the texts differ by the edit; against the control both were edited alike, and only the
meaning differs. A pair with an unanswered member is lost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmark.metrics import Statistic, Sums
from benchmark.metrics.resampling import Floats, Ints
from benchmark.metrics.sums import ratio
from benchmark.tasks.scored import Key, NotSupportedError, Scored
from perturbations.record import Kind

TASK = "rank"
SOURCE, CONTROL = "source_accuracy", "control_accuracy"


def statistics(scored: Scored) -> dict[Key, Statistic]:
    """Pair accuracy against sources and against controls: overall, and by breakdown.

    Raises:
        NotSupportedError: no variant stands beside its source or control.
    """
    partners = {SOURCE: _sources(scored), CONTROL: _controls(scored)}
    if not any((partner >= 0).any() for partner in partners.values()):
        raise NotSupportedError("no variant of this table stands beside its source or control")
    found: dict[Key, Statistic] = {}
    variants = np.flatnonzero(scored.positive)
    for metric, partner in partners.items():
        found[Key(TASK, metric)] = _accuracy(scored, variants, partner)
        for (name, level), at in scored.levels().items():
            found[Key(TASK, metric, name, level)] = _accuracy(scored, at, partner)
    return found


def _sources(scored: Scored) -> Ints:
    """The place of each variant's source; -1 where it has none here, and for other rows."""
    places = scored.places
    return np.array(
        [
            places.get(row.source_id or "", -1) if row.kind is Kind.VARIANT else -1
            for row in scored.rows
        ],
        dtype=np.int64,
    )


def _controls(scored: Scored) -> Ints:
    """The place of each variant's control; -1 where it has none here, and for other rows."""
    controls: dict[str | None, int] = {
        row.pair_id: i for i, row in enumerate(scored.rows) if row.kind is Kind.CONTROL
    }
    return np.array(
        [
            controls.get(row.pair_id, -1)
            if row.kind is Kind.VARIANT and row.pair_id is not None
            else -1
            for row in scored.rows
        ],
        dtype=np.int64,
    )


def _accuracy(scored: Scored, at: Ints, partner: Ints) -> Statistic:
    at = at[partner[at] >= 0]
    other = partner[at]
    failed = scored.failed[at] | scored.failed[other]
    return Sums(
        [_won(scored.scores[at], scored.scores[other], failed), np.ones(len(at))],
        scored.index[at],
        ratio,
        errors=int(failed.sum()),
    )


def _won(variant: Floats, other: Floats, failed: NDArray[np.bool_]) -> Floats:
    won = np.where(variant > other, 1.0, np.where(variant == other, 0.5, 0.0))
    return np.where(failed, 0.0, won)

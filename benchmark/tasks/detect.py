"""Detect: is this article inconsistent?

Overall figures hold every inconsistent row against every consistent one. A breakdown by type holds
the variants with a defect of that type against **their own** sources and controls, so that a type
is not made easy by articles that could never have had it. Unanswered rows count as wrong: they
rank at the wrong end of the order and get the wrong verdict.
"""

from __future__ import annotations

import numpy as np

from benchmark.metrics import AUROC, AveragePrecision, Statistic, Sums
from benchmark.metrics.resampling import Ints
from benchmark.metrics.sums import balanced_accuracy, mcc, ratio
from benchmark.tasks.scored import Key, Scored
from perturbations.record import Kind

TASK = "detect"


def statistics(scored: Scored) -> dict[Key, Statistic]:
    """The statistics of the task: overall, and for every level of every breakdown."""
    every = np.arange(len(scored.rows))
    found = {
        Key(TASK, "auroc"): _auroc(scored, every, n=len(every)),
        Key(TASK, "average_precision"): AveragePrecision(
            scored.scores,
            scored.positive,
            scored.index,
            n=len(every),
            errors=scored.errors(every),
        ),
        **_verdicts(scored),
        Key(TASK, "recall"): _flagged_share(scored, np.flatnonzero(scored.positive)),
        Key(TASK, "fpr_originals"): _false_positives(scored, Kind.ORIGINAL),
        Key(TASK, "fpr_controls"): _false_positives(scored, Kind.CONTROL),
    }
    for (name, level), at in scored.levels().items():
        beside = np.concatenate([at, counterparts(scored, at)])
        found[Key(TASK, "auroc", name, level)] = _auroc(scored, beside, n=len(at))
        found[Key(TASK, "recall", name, level)] = _flagged_share(scored, at)
    return found


def counterparts(scored: Scored, variants: Ints) -> Ints:
    """Places of the sources and the controls of these variants, each once."""
    places = scored.places
    rows = [scored.rows[i] for i in variants]
    sources = {row.source_id for row in rows}
    pairs = {row.pair_id for row in rows if row.pair_id is not None}
    found = {places[id] for id in sources if id in places}
    found |= {
        i for i, row in enumerate(scored.rows) if row.kind is Kind.CONTROL and row.pair_id in pairs
    }
    return np.array(sorted(found), dtype=np.int64)


def _auroc(scored: Scored, at: Ints, n: int) -> Statistic:
    return AUROC(
        scored.scores[at],
        scored.positive[at],
        scored.index[at],
        n=n,
        errors=scored.errors(at),
    )


def _verdicts(scored: Scored) -> dict[Key, Statistic]:
    flagged, positive = scored.flagged, scored.positive
    columns = [flagged & positive, positive, ~flagged & ~positive, ~positive]
    numbers = [column.astype(np.float64) for column in columns]
    errors = int(scored.failed.sum())
    return {
        Key(TASK, "balanced_accuracy"): Sums(
            numbers, scored.index, balanced_accuracy, errors=errors
        ),
        Key(TASK, "mcc"): Sums(numbers, scored.index, mcc, errors=errors),
    }


def _flagged_share(scored: Scored, at: Ints) -> Sums:
    return Sums(
        [scored.flagged[at].astype(np.float64), np.ones(len(at))],
        scored.index[at],
        ratio,
        errors=scored.errors(at),
    )


def _false_positives(scored: Scored, kind: Kind) -> Statistic:
    at = np.array(
        [i for i, row in enumerate(scored.rows) if row.kind is kind and not row.label],
        dtype=np.int64,
    )
    share = _flagged_share(scored, at)
    share.direction = "lower"
    return share

"""Metrics of an order of scores, exact under integer or real weights: AUROC, average precision."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from benchmark.metrics.resampling import Direction, Floats, Ints

_CELLS = 2_000_000
"""Numbers of one intermediate array: 16 MB."""


class _Ranked(ABC):
    """Rows sorted by score, with equal scores as one step."""

    direction: Direction = "higher"

    def __init__(
        self, scores: Floats, labels: NDArray[np.bool_], index: Ints, *, n: int, errors: int = 0
    ) -> None:
        order = np.argsort(scores, kind="stable")
        ranked = scores[order]
        self.n = n
        self.errors = errors
        self.groups: Ints = np.unique(index)
        self._positive = labels[order].astype(np.float64)
        self._index = index[order]
        self._steps = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])

    def values(self, weights: Floats) -> Floats:
        """The metric's value for each draw."""
        step = max(1, _CELLS // max(len(self._index), 1))
        parts = [
            self._values(weights[at : at + step, self._index])
            for at in range(0, len(weights), step)
        ]
        return np.concatenate(parts)

    def _values(self, weights: Floats) -> Floats:
        positive = np.add.reduceat(weights * self._positive, self._steps, axis=1)
        negative = np.add.reduceat(weights * (1 - self._positive), self._steps, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._of_steps(positive, negative)

    @abstractmethod
    def _of_steps(self, positive: Floats, negative: Floats) -> Floats:
        """The metric from the weights of both labels at each distinct score, lowest first."""


class AUROC(_Ranked):
    """Probability that an inconsistent row scores above a consistent one, ties counting half.

    The Mann-Whitney form, with every row weighted. Undefined without both labels.
    """

    def _of_steps(self, positive: Floats, negative: Floats) -> Floats:
        below = np.cumsum(negative, axis=1) - negative
        won = (positive * (below + negative / 2)).sum(axis=1)
        value: Floats = won / (positive.sum(axis=1) * negative.sum(axis=1))
        return value


class AveragePrecision(_Ranked):
    """Precision averaged over the steps of recall, from the highest score down.

    `sum (R_i - R_(i-1)) P_i` without interpolation, as scikit-learn defines it. Undefined without
    inconsistent rows.
    """

    def _of_steps(self, positive: Floats, negative: Floats) -> Floats:
        found = np.cumsum(positive[:, ::-1], axis=1)
        marked = found + np.cumsum(negative[:, ::-1], axis=1)
        precision = np.where(marked > 0, found / marked, 0.0)
        value: Floats = (positive[:, ::-1] * precision).sum(axis=1) / positive.sum(axis=1)
        return value


def roc_curve(scores: Floats, labels: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """False and true positive rates at every distinct score, from (0, 0) to (1, 1)."""
    order = np.argsort(-scores, kind="stable")
    ranked, positive = scores[order], labels[order]
    last = np.flatnonzero(np.r_[ranked[1:] != ranked[:-1], True])
    hits = np.cumsum(positive)[last]
    false = last + 1 - hits
    return (
        np.r_[0.0, false / max(false[-1], 1)],
        np.r_[0.0, hits / max(hits[-1], 1)],
    )


def best_threshold(scores: Floats, labels: NDArray[np.bool_]) -> float:
    """The threshold with the highest balanced accuracy; a score at or above it is *inconsistent*.

    Candidates lie halfway between neighbouring scores, at the lowest score (everything is
    inconsistent) and above the highest (nothing is); of equally good ones, the nearest to 0.5.
    Where all scores are one, none is better than another, and it is 0.5.
    """
    distinct = np.unique(scores)
    if len(distinct) == 1:
        return 0.5
    middles = (distinct[:-1] + distinct[1:]) / 2
    candidates = np.r_[distinct[0], middles, np.nextafter(distinct[-1], np.inf)]
    positive, negative = np.sort(scores[labels]), np.sort(scores[~labels])
    hits = len(positive) - np.searchsorted(positive, candidates, side="left")
    passed = np.searchsorted(negative, candidates, side="left")
    quality = hits / max(len(positive), 1) + passed / max(len(negative), 1)
    best = candidates[np.isclose(quality, quality.max(), rtol=0, atol=1e-12)]
    return float(best[np.argmin(np.abs(best - 0.5))])

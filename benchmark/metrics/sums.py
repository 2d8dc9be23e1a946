"""Metrics that are functions of sums over examples: rates, balanced accuracy, MCC, F1."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmark.metrics.resampling import Direction, Floats, Ints

Aggregate = Callable[[Floats], Floats]
"""Takes column sums, shape (draws, columns), and gives a value per draw; NaN where undefined."""


class Sums:
    """A metric of column sums.

    Args:
        columns: one array per column, each with a number per row.
        index: the group of each row, as an index.
        aggregate: makes the metric of the weighted column sums.
        n: examples that the metric is about; the number of rows unless told.
        errors: how many of them were not answered.
    """

    def __init__(
        self,
        columns: Sequence[Sequence[float] | Floats],
        index: Ints,
        aggregate: Aggregate,
        *,
        direction: Direction = "higher",
        n: int | None = None,
        errors: int = 0,
    ) -> None:
        self.direction: Direction = direction
        self.n = len(index) if n is None else n
        self.errors = errors
        self._aggregate = aggregate
        self.groups, local = np.unique(index, return_inverse=True)
        self._sums = np.stack(
            [
                np.bincount(local, np.asarray(column, dtype=np.float64), len(self.groups))
                for column in columns
            ],
            axis=1,
        )

    def values(self, weights: Floats) -> Floats:
        """The metric's value for each draw."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._aggregate(weights[:, self.groups] @ self._sums)


def ratio(sums: Floats) -> Floats:
    """First column over second."""
    value: Floats = sums[:, 0] / sums[:, 1]
    return value


def balanced_accuracy(sums: Floats) -> Floats:
    """Mean of recall and specificity, from true positives, positives, true negatives, negatives."""
    value: Floats = (sums[:, 0] / sums[:, 1] + sums[:, 2] / sums[:, 3]) / 2
    return value


def mcc(sums: Floats) -> Floats:
    """Matthews correlation, from the same columns; 0 where all answers are one and the same.

    Undefined where the labels are. Source: Matthews 1975; the value 0 follows scikit-learn.
    """
    tp, positives, tn, negatives = sums.T
    fp, fn = negatives - tn, positives - tp
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    value = np.where(product > 0, (tp * tn - fp * fn) / np.sqrt(product), 0.0)
    return np.where((positives > 0) & (negatives > 0), value, np.nan)


def f1_of_means(sums: Floats) -> Floats:
    """Harmonic mean of two ratios: (first / second) and (third / fourth).

    An empty second column is a precision of 0: nothing was marked, so nothing was found.
    Undefined where the fourth column is empty: there is nothing to find.
    """
    precision = np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], 0.0)
    recall = sums[:, 2] / sums[:, 3]
    value = np.where(precision + recall > 0, 2 * precision * recall / (precision + recall), 0.0)
    return np.where(sums[:, 3] > 0, value, np.nan)


def f1_of_counts(sums: Floats) -> Floats:
    """F1 of true positives, predicted and gold counts; undefined where there is no gold."""
    value = 2 * sums[:, 0] / (sums[:, 1] + sums[:, 2])
    return np.where(sums[:, 2] > 0, value, np.nan)

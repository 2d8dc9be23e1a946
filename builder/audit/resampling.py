"""The audit's statistics: weighted AUROC, cluster intervals, a paired permutation test, Holm.

A group is one cluster: drawn, and swapped, whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVEL = 0.95
THRESHOLD = 0.60
"""An AUROC up to which a probe counts as not knowing."""
EXPECTED_PAIRS = 150
"""Pairs below which a probe that knows nothing may well stay undetermined."""
POWER = 0.80


@dataclass(frozen=True, slots=True)
class Estimate:
    """AUROC and within-pair accuracy, each with its interval and the test that it is 0.5.

    `error` is the standard deviation of the resampled AUROC.
    """

    auroc: float
    low: float
    high: float
    accuracy: float
    accuracy_low: float
    accuracy_high: float
    p: float
    accuracy_p: float
    error: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What a probe says of pairs, under each of several labellings, the true one first.

    `texts` scores each text alone: shape (pairs, 2, labellings), the variant's first. `margins`
    says by how much the variant looks more like one than its control: shape (pairs, labellings).
    Where no label of the pairs was learnt from, there is one labelling, which stands for all.
    """

    texts: Floats
    margins: Floats

    @classmethod
    def empty(cls, pairs: int, labellings: int) -> Scores:
        """Zeros, to be filled by `put`."""
        return cls(np.zeros((pairs, 2, labellings)), np.zeros((pairs, labellings)))

    def put(self, pairs: Ints, part: Scores) -> None:
        """Fills in the scores of some pairs."""
        self.texts[pairs] = part.texts
        self.margins[pairs] = part.margins


def auroc(scores: Floats, positive: Floats, negative: Floats) -> Floats:
    """Area under the ROC curve for each row of weights, exact, ties counting half.

    Args:
        scores: shape (rows,).
        positive: weight of each row as a positive one, shape (draws, rows).
        negative: the same as a negative one.

    Returns:
        Shape (draws,); NaN where either kind has no weight. The Mann-Whitney form.
    """
    order = np.argsort(scores, kind="stable")
    ranked = scores[order]
    steps = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    above = np.add.reduceat(positive[:, order], steps, axis=1)
    level = np.add.reduceat(negative[:, order], steps, axis=1)
    won = (above * (np.cumsum(level, axis=1) - level / 2)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value: Floats = won / (above.sum(axis=1) * level.sum(axis=1))
    return value


def within_pair(margins: Floats) -> Floats:
    """1 where the variant is ranked above its control, 1/2 where they tie, else 0."""
    value: Floats = (np.sign(margins) + 1) / 2
    return value


def cluster_weights(count: int, draws: int, seed: int) -> Floats:
    """How often each of `count` groups is drawn, with replacement: shape (draws, count)."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(count, np.full(count, 1 / count), size=draws).astype(np.float64)


def swaps(groups: Ints, draws: int, seed: int) -> Floats:
    """Labellings of pairs: 1 where the variant is called the variant, -1 where it is the control.

    Shape (pairs, 1 + draws): first as it is, then with the pairs of random groups swapped.
    """
    _, index = np.unique(groups, return_inverse=True)
    rng = np.random.default_rng((seed, 1))
    drawn = 1.0 - 2.0 * rng.integers(2, size=(int(index.max()) + 1, draws))[index]
    return np.hstack([np.ones((len(groups), 1)), drawn])


def swapped_aurocs(texts: Floats, signs: Floats) -> Floats:
    """AUROC under each labelling, by mean ranks: shape (labellings,).

    Args:
        texts: as in `Scores`.
        signs: as `swaps` gives them.
    """
    from scipy.stats import rankdata

    kept = signs[:, None, :] > 0
    ordered = np.where(kept, texts, texts[:, ::-1])
    count = len(signs)
    ranks = rankdata(ordered.reshape(2 * count, -1), axis=0).reshape(count, 2, -1)
    value: Floats = (ranks[:, 0].sum(axis=0) - count * (count + 1) / 2) / count**2
    return value


def swapped_accuracies(margins: Floats, signs: Floats) -> Floats:
    """Mean within-pair accuracy under each labelling: shape (labellings,)."""
    value: Floats = within_pair(margins * signs).mean(axis=0)
    return value


def _two_sided(under: Floats) -> float:
    """P of the first value, the true one, among those under swapped labels."""
    extreme = np.abs(under - 0.5) >= abs(under[0] - 0.5) - 1e-12
    return float(extreme.sum() / len(under))


def estimate(scores: Scores, groups: Ints, signs: Floats, *, resamples: int, seed: int) -> Estimate:
    """What scores are worth, with the pairs' groups as clusters.

    The interval takes the scores as given. The p value does not: it compares with AUROCs of models
    that learnt from swapped labels.

    Args:
        scores: out of fold.
        groups: the group of each pair.
        signs: the labellings, as `swaps` gives them.
        resamples: of the bootstrap.
        seed: of the bootstrap; the result does not depend on the order of the pairs.
    """
    names, index = np.unique(groups, return_inverse=True)
    weights = cluster_weights(len(names), resamples, seed)[:, index]
    nothing = np.zeros_like(weights)
    flat = np.r_[scores.texts[:, 0, 0], scores.texts[:, 1, 0]]
    drawn = auroc(flat, np.hstack([weights, nothing]), np.hstack([nothing, weights]))
    right = within_pair(scores.margins[:, 0])
    drawn_right = (weights @ right) / weights.sum(axis=1)
    under = swapped_aurocs(scores.texts, signs)
    value, accuracy = float(under[0]), float(right.mean())
    low, high = interval(drawn, value, len(names))
    accuracy_low, accuracy_high = interval(drawn_right, accuracy, len(names))
    return Estimate(
        auroc=value,
        low=low,
        high=high,
        accuracy=accuracy,
        accuracy_low=accuracy_low,
        accuracy_high=accuracy_high,
        p=_two_sided(under),
        accuracy_p=_two_sided(swapped_accuracies(scores.margins, signs)),
        error=float(drawn.std()),
    )


def interval(drawn: Floats, value: float, count: int) -> tuple[float, float]:
    """The expanded percentile interval of resampled values.

    Plain percentiles are too narrow where clusters are few; here their levels are those of a t
    interval with `count - 1` degrees of freedom (Hesterberg 2015, "What Teachers Should Know
    About the Bootstrap"). Where the value is 0 or 1 no draw can differ from it, and
    the exact binomial bound for `count` clusters that all came out alike takes over.
    """
    from scipy.stats import norm, t

    tail = (1 - LEVEL) / 2
    if value in (0.0, 1.0):
        bound = tail ** (1 / count)
        return (bound, 1.0) if value == 1.0 else (0.0, 1 - bound)
    if count < 2:
        return 0.0, 1.0
    wide = norm.cdf(math.sqrt(count / (count - 1)) * t.ppf(tail, count - 1))
    low, high = np.quantile(drawn, [wide, 1 - wide])
    return float(low), float(high)


def holm(values: Sequence[float]) -> list[float]:
    """Corrects p values for their number; in the same order (Holm 1979)."""
    order = np.argsort(values, kind="stable")
    corrected, highest = [0.0] * len(values), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = highest
    return corrected


def pairs_needed(n: int, found: Estimate) -> int | None:
    """How many pairs would settle what `n` pairs left open; None where no number can be told.

    So many that a probe that knows nothing would pass with a probability of `POWER`, at the
    spread that was seen, and no fewer than `EXPECTED_PAIRS`. With as many there already, so many
    that the interval around the value found would end at the threshold.
    """
    from scipy.stats import norm

    z = float(norm.ppf((1 + LEVEL) / 2))
    gap = THRESHOLD - 0.5
    reach = z + float(norm.ppf(POWER))
    needed = max(EXPECTED_PAIRS, math.ceil(n * (reach * found.error / gap) ** 2))
    if needed > n:
        return needed
    gap = abs(found.auroc - THRESHOLD)
    if gap < 0.005:
        return None
    return max(n + 1, math.ceil(n * (z * found.error / gap) ** 2))

"""The one engine behind every interval: it draws groups with replacement, and nothing else.

A metric is a `Statistic`: it keeps what it needs per example and says what it is worth when every
group counts a given number of times. Weights of one are the point estimate; multinomial weights
are a cluster bootstrap (Field and Welsh 2007, the randomised cluster bootstrap). All statistics of
a run see the same draws, so that differences between detectors can be paired.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Direction = Literal["higher", "lower", "one"]
"""Whether a higher value is better, a lower one, or one nearer to 1."""

LEVEL = 0.95
SMALL = 20
"""Figures that rest on fewer examples are marked."""
_CELLS = 2_000_000
"""Weights drawn at a time: 16 MB."""

K = TypeVar("K", bound=Hashable)


class Statistic(Protocol):
    """Sufficient statistics of one metric over the rows that it is about."""

    direction: Direction
    n: int
    """Examples that the value is about."""
    errors: int
    """How many of them were not answered, and count as wrong."""
    groups: Ints
    """Indices of the groups that its rows belong to, each once."""

    def values(self, weights: Floats) -> Floats:
        """The metric's value for each row of `weights` (draws by groups); NaN where undefined."""
        ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval.

    `value` is None where the metric is undefined. `low` and `high` are None where fewer than two
    groups can be drawn. `undefined` counts draws without a value, which the interval leaves out.
    """

    value: float | None
    direction: Direction
    n: int
    n_groups: int
    n_errors: int
    low: float | None
    high: float | None
    resamples: int
    seed: int
    undefined: int = 0

    @property
    def is_small(self) -> bool:
        """Whether it rests on so few examples that it must be marked."""
        return self.n < SMALL

    def to_json(self) -> dict[str, Any]:
        """The form in `results.json`."""
        interval = None
        if self.low is not None and self.high is not None:
            interval = {
                "low": self.low,
                "high": self.high,
                "level": LEVEL,
                "method": "percentile",
                "resamples": self.resamples,
                "seed": self.seed,
                "cluster": "group",
                "undefined_resamples": self.undefined,
            }
        return {
            "value": self.value,
            "direction": self.direction,
            "n": self.n,
            "n_groups": self.n_groups,
            "n_errors": self.n_errors,
            "small": self.is_small,
            "interval": interval,
        }


class Resampler:
    """Draws the groups of one table of rows.

    Args:
        groups: the group of each row, in the table's order.
        resamples: how many times all groups are drawn with replacement; 0 gives no intervals.
        seed: of the generator; the draws do not depend on the order of the rows.
    """

    def __init__(self, groups: Sequence[str], resamples: int, seed: int) -> None:
        self.names = sorted(set(groups))
        places = {name: i for i, name in enumerate(self.names)}
        self.index: Ints = np.array([places[group] for group in groups], dtype=np.int64)
        self.resamples = resamples
        self.seed = seed

    def weights(self) -> Iterator[Floats]:
        """Yields how often each group was drawn: chunks of shape (draws, groups)."""
        count = len(self.names)
        rng = np.random.default_rng(self.seed)
        left, step = self.resamples, max(1, _CELLS // max(count, 1))
        while left > 0:
            draws = min(step, left)
            drawn = rng.integers(count, size=(draws, count))
            drawn += np.arange(draws)[:, None] * count
            counts = np.bincount(drawn.ravel(), minlength=draws * count)
            yield counts.reshape(draws, count).astype(np.float64)
            left -= draws

    def estimate(self, statistics: Mapping[K, Statistic]) -> dict[K, Estimate]:
        """Values and percentile intervals of many statistics over the same draws."""
        whole = np.ones((1, len(self.names)))
        drawn: dict[K, list[Floats]] = {
            key: [] for key, one in statistics.items() if len(one.groups) > 1
        }
        if drawn:
            for weights in self.weights():
                for key, parts in drawn.items():
                    parts.append(statistics[key].values(weights))
        return {
            key: self._estimate(one, float(one.values(whole)[0]), drawn.get(key, []))
            for key, one in statistics.items()
        }

    def _estimate(self, statistic: Statistic, value: float, drawn: Sequence[Floats]) -> Estimate:
        values = np.concatenate(drawn) if drawn else np.empty(0)
        defined = values[~np.isnan(values)]
        low = high = None
        if len(defined) and not np.isnan(value):
            tail = (1 - LEVEL) / 2 * 100
            low, high = (float(x) for x in np.percentile(defined, [tail, 100 - tail]))
        return Estimate(
            value=None if np.isnan(value) else value,
            direction=statistic.direction,
            n=statistic.n,
            n_groups=len(statistic.groups),
            n_errors=statistic.errors,
            low=low,
            high=high,
            resamples=self.resamples,
            seed=self.seed,
            undefined=len(values) - len(defined),
        )

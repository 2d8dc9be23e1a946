"""Detectors that do not read: the floors that every other one has to beat."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from benchmark.dataset import Example
from benchmark.detectors.protocol import Labelled
from benchmark.prediction import PredictedDefect, Prediction


class Majority:
    """Gives every article the share of inconsistent rows in the train split."""

    def __init__(self) -> None:
        self.share = 0.5

    def fit(self, rows: Sequence[Labelled]) -> None:
        """Counts the labels."""
        self.share = sum(row.label for row in rows) / len(rows)

    def predict(self, batch: Sequence[Example]) -> list[float]:
        """The same score for each."""
        return [self.share] * len(batch)


class Random:
    """Draws every score uniformly from a hash of seed and id."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def predict(self, batch: Sequence[Example]) -> list[float]:
        """A score in [0, 1) that depends on seed and id only."""
        return [self._draw(example.id) for example in batch]

    def _draw(self, id: str) -> float:
        digest = hashlib.blake2b(f"{self.seed}\x1f{id}".encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


class MarkAll:
    """Marks the whole text of every article: what a place costs that is not narrowed down."""

    def predict(self, batch: Sequence[Example]) -> list[Prediction]:
        """One defect from the first code point to the last, held against itself."""
        return [self._mark(example) for example in batch]

    def _mark(self, example: Example) -> Prediction:
        whole = ((0, len(example.text)),)
        return Prediction(example.id, 1.0, (PredictedDefect(whole, whole),))


class MarkNone:
    """Marks nothing in any article."""

    def predict(self, batch: Sequence[Example]) -> list[Prediction]:
        """No defects."""
        return [Prediction(example.id, 0.0, ()) for example in batch]

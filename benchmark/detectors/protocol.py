"""What a detector is: something that answers batches of examples, and perhaps learns first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from benchmark.dataset import Example
from perturbations.defects import Defect
from perturbations.knowledge import Knowledge
from perturbations.text import Article


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row of the train split as a trained detector sees it; label 1 is *inconsistent*."""

    example: Example
    label: int


@runtime_checkable
class Detector(Protocol):
    """Answers batches of examples."""

    def predict(self, batch: Sequence[Example]) -> Sequence[object]:
        """One answer per example, in the same order.

        An answer is a `benchmark.prediction.Prediction`, a mapping `{id, score, defects}` or
        `{id, error}`, or a bare score: the probability that the article is inconsistent.
        """
        ...


@runtime_checkable
class Trainable(Protocol):
    """A detector that learns from the train split before it is asked."""

    def fit(self, rows: Sequence[Labelled]) -> None:
        """Learns; called once, before any `predict`."""
        ...


@runtime_checkable
class Explains(Protocol):
    """A detector that can say of a single article what is wrong with it."""

    def find(self, article: Article) -> tuple[Defect, ...]:
        """The defects found, in order of their first span."""
        ...


@runtime_checkable
class LooksUp(Protocol):
    """A detector that holds articles against tables of facts, which end on some day."""

    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Named:
    """A detector with the name it was asked for by, and what tells it from others.

    `fingerprint` changes when the detector's answers may change. `reference` says why it stands
    in tables without a rank, where it does.
    """

    name: str
    detector: Detector
    fingerprint: Mapping[str, Any]
    reference: str | None = None

    @property
    def knowledge(self) -> Knowledge | None:
        """The tables that the detector looks facts up in, where it does."""
        return self.detector.knowledge if isinstance(self.detector, LooksUp) else None

    @property
    def trainable(self) -> Trainable | None:
        """The detector as one that must learn first, where it is one."""
        return self.detector if isinstance(self.detector, Trainable) else None

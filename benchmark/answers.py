"""Asks a detector about rows, and survives whatever it does: the boundary to foreign code."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmark.batches import BATCH_SIZE, batches, sample
from benchmark.dataset import Example, Row
from benchmark.detectors.protocol import Detector, Labelled, Trainable
from benchmark.errors import PredictionError
from benchmark.prediction import Prediction, checked, failed

RECHECKED = 25
"""How many examples are asked about again, singly."""
SAME_SCORE = 1e-6
"""Scores nearer than this are one answer: batches may be summed in another order."""

Advance = Callable[[int], None]
"""Told how many examples have been answered since the last call."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A detector's answers for a split.

    `changed` lists the ids whose answer was another one when the example was asked about alone:
    the detector draws, or looks at its neighbours in a batch.
    """

    predictions: Mapping[str, Prediction]
    asked_again: int
    changed: tuple[str, ...]
    seconds: float

    def of(self, rows: Sequence[Row]) -> list[Prediction]:
        """The answers in the order of the rows."""
        return [self.predictions[row.id] for row in rows]

    @property
    def errors(self) -> int:
        """How many examples were not answered."""
        return sum(answer.error is not None for answer in self.predictions.values())


def ask(
    detector: Detector,
    rows: Sequence[Row],
    *,
    advance: Advance,
    size: int = BATCH_SIZE,
    recheck: int = RECHECKED,
) -> Answers:
    """Asks about every row in gold-free batches, then about a sample again, one by one.

    A batch that fails is asked about again one by one, so that an example that no detector can
    bear costs itself and not its neighbours; what fails then is recorded as its error.
    """
    start = time.perf_counter()
    predictions: dict[str, Prediction] = {}
    for batch in batches(rows, size):
        predictions |= {answer.id: answer for answer in _answers(detector, batch)}
        advance(len(batch))
    seconds = time.perf_counter() - start
    again = sample(rows, recheck)
    changed = [
        example.id
        for example in again
        if not _same(predictions[example.id], _answers(detector, [example])[0])
    ]
    return Answers(predictions, len(again), tuple(changed), seconds)


def train(detector: Trainable, rows: Sequence[Row]) -> str | None:
    """Lets a detector learn; returns why it could not, or None."""
    return _guarded(lambda: detector.fit([Labelled(row.example, row.label) for row in rows])).reason


def unanswered(rows: Sequence[Row], reason: str) -> Answers:
    """The record of a detector that cannot be asked at all."""
    return Answers({row.id: failed(row.id, reason) for row in rows}, 0, (), 0.0)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What foreign code returned, or why it did not."""

    value: object = None
    reason: str | None = None


def _guarded(call: Callable[[], object]) -> _Outcome:
    """Runs foreign code: whatever it raises is a reason, and what it prints goes to stderr.

    The one broad `except` of this package: a detector may raise anything, and may try to exit.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return _Outcome(call())
    except (Exception, SystemExit) as error:
        return _Outcome(reason=f"{type(error).__name__}: {error}")


def _answers(detector: Detector, batch: Sequence[Example]) -> list[Prediction]:
    """A valid prediction or an error for each example of a batch."""
    outcome = _guarded(lambda: list(detector.predict(tuple(batch))))
    found = outcome.value
    reason = outcome.reason
    if reason is None and isinstance(found, list) and len(found) != len(batch):
        reason = f"{len(found)} answers for a batch of {len(batch)}"
    if reason is not None and len(batch) > 1:
        return [answer for example in batch for answer in _answers(detector, [example])]
    if reason is not None or not isinstance(found, list):
        return [failed(example.id, reason or "no answer") for example in batch]
    return [_checked(answer, example) for answer, example in zip(found, batch, strict=True)]


def _checked(answer: object, example: Example) -> Prediction:
    try:
        return checked(answer, example)
    except PredictionError as error:
        return failed(example.id, f"invalid answer: {error}")


def _same(one: Prediction, two: Prediction) -> bool:
    if one.score is None or two.score is None:
        return one.score is two.score
    return abs(one.score - two.score) <= SAME_SCORE and one.marked == two.marked

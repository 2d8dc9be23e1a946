"""What a detector answers, and the checks that every answer passes before it counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.dataset import Example, Range
from benchmark.errors import PredictionError


@dataclass(frozen=True, slots=True)
class PredictedDefect:
    """One thing that a detector calls wrong, in code points of the example's text."""

    spans: tuple[Range, ...]
    evidence: tuple[Range, ...] = ()
    type: str | None = None
    score: float | None = None

    def to_json(self) -> dict[str, Any]:
        """`{spans, evidence}` with `type` and `score` where they are known."""
        row: dict[str, Any] = {}
        if self.type is not None:
            row["type"] = self.type
        if self.score is not None:
            row["score"] = self.score
        row["spans"] = [{"start": start, "end": end} for start, end in self.spans]
        row["evidence"] = [{"start": start, "end": end} for start, end in self.evidence]
        return row


@dataclass(frozen=True, slots=True)
class Prediction:
    """An answer for one example.

    `score` is the probability of *inconsistent*. `defects` is None where the detector only gives
    scores, which is not the same as finding nothing (an empty tuple). `error` says why there is no
    answer; then there is no score either.
    """

    id: str
    score: float | None
    defects: tuple[PredictedDefect, ...] | None = None
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        """`{id, score, defects}` or `{id, error}`."""
        if self.error is not None:
            return {"id": self.id, "error": self.error}
        row: dict[str, Any] = {"id": self.id, "score": self.score}
        if self.defects is not None:
            row["defects"] = [defect.to_json() for defect in self.defects]
        return row

    @property
    def marked(self) -> tuple[Range, ...]:
        """Every span of every defect."""
        return tuple(span for defect in self.defects or () for span in defect.spans)


def failed(id: str, reason: str) -> Prediction:
    """The record of an example that was not answered."""
    return Prediction(id, None, None, reason)


def checked(answer: object, example: Example) -> Prediction:
    """Turns one answer of a detector into a valid prediction.

    Args:
        answer: a `Prediction`, a mapping as `data/schemas/prediction.schema.json` says, or a score.
        example: what the detector was asked about.

    Raises:
        PredictionError: the answer is for another id, its score is not a number from 0 to 1, or an
            offset lies outside the text.
    """
    if isinstance(answer, Prediction):
        answer = answer.to_json()
    if not isinstance(answer, Mapping):
        return Prediction(example.id, _probability(answer, "score"))
    if answer.get("id") != example.id:
        raise PredictionError(f"answer has id {answer.get('id')!r}, expected {example.id!r}")
    if answer.get("error") is not None:
        return failed(example.id, str(answer["error"]))
    defects = answer.get("defects")
    return Prediction(
        example.id,
        _probability(answer.get("score"), "score"),
        None if defects is None else tuple(_defect(d, len(example.text)) for d in _list(defects)),
    )


def _probability(value: object, name: str) -> float:
    number: Any = value.item() if hasattr(value, "item") else value  # numpy scalars
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise PredictionError(f"{name} must be a number from 0 to 1, got {value!r}")
    if not math.isfinite(number) or not 0 <= number <= 1:
        raise PredictionError(f"{name} must lie from 0 to 1, got {value!r}")
    return float(number)


def _list(value: object) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise PredictionError(f"defects, spans and evidence must be lists, got {value!r}")
    return value


def _defect(value: object, length: int) -> PredictedDefect:
    if not isinstance(value, Mapping):
        raise PredictionError(f"a defect must be an object with 'spans', got {value!r}")
    kind, score = value.get("type"), value.get("score")
    if kind is not None and not isinstance(kind, str):
        raise PredictionError(f"type must be a string or absent, got {kind!r}")
    return PredictedDefect(
        spans=tuple(_range(span, length) for span in _list(value.get("spans", ()))),
        evidence=tuple(_range(span, length) for span in _list(value.get("evidence", ()))),
        type=kind,
        score=None if score is None else _probability(score, "the score of a defect"),
    )


def _range(value: object, length: int) -> Range:
    if not isinstance(value, Mapping):
        raise PredictionError(f"a span must be an object with 'start' and 'end', got {value!r}")
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise PredictionError(
            f"a span must have 0 <= start < end <= {length} (code points), got {start!r}..{end!r}"
        )
    return start, end

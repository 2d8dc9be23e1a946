"""Cuts a text at every border of what is marked in it, so that marks may overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmark.dataset import Range, Row
from benchmark.prediction import Prediction
from perturbations.text.terminal import inert

GOLD, PREDICTED = "gold", "predicted"
GOLD_EVIDENCE, PREDICTED_EVIDENCE = "gold-evidence", "predicted-evidence"
LAYERS = (GOLD, PREDICTED, GOLD_EVIDENCE, PREDICTED_EVIDENCE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; `layers` is empty where there are none."""

    text: str
    layers: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the marks say, for people who do not see them."""
        return " and ".join(layer.replace("-", " ") for layer in self.layers)


def pieces(text: str, layers: Mapping[str, Sequence[Range]]) -> Iterator[Piece]:
    """Yields the text in pieces; their texts joined are the text, control characters made inert."""
    borders = {0, len(text)}
    for ranges in layers.values():
        for start, end in ranges:
            borders |= {start, end}
    cuts = sorted(borders)
    for start, end in pairwise(cuts):
        over = tuple(
            name
            for name in layers
            if any(one <= start and end <= other for one, other in layers[name])
        )
        yield Piece(inert(text[start:end]), over)


def layers_of(row: Row, answer: Prediction | None) -> dict[str, list[Range]]:
    """What is gold and what is predicted in a row; an empty range marks nothing."""
    defects = () if answer is None else answer.defects or ()
    return {
        GOLD: [span for d in row.defects for span in d.spans],
        PREDICTED: [span for d in defects for span in d.spans],
        GOLD_EVIDENCE: [span for d in row.defects for span in d.evidence],
        PREDICTED_EVIDENCE: [span for d in defects for span in d.evidence],
    }

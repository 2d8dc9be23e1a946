"""The five probes: which pairs each can be asked about, and its scores of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from builder.audit.applicability import NOT_APPLICABLE, Probe
from builder.audit.pairs import AuditPair
from builder.audit.resampling import Floats, Ints, Scores
from builder.audit.scorers import (
    NgramScorer,
    NumericScorer,
    Scorer,
    counts,
    out_of_fold,
    transferred,
)
from builder.audit.views import differing_places, edited_texts, measures

MIN_GROUPS = 5
"""Groups below which no model is trained and no number is given."""

MAX_OTHERS = 1_000
"""Pairs of other operators to learn from."""


class Probes:
    """All pairs of a release with the features that the probes see, worked out once.

    Args:
        pairs: in the order in which indices name them.
    """

    def __init__(self, pairs: Sequence[AuditPair]) -> None:
        self.pairs = pairs
        names = {group: i for i, group in enumerate(sorted({pair.group for pair in pairs}))}
        self.groups: Ints = np.array([names[pair.group] for pair in pairs], dtype=np.int64)
        self._places = [differing_places(pair) for pair in pairs]
        self._edited = [edited_texts(places) for places in self._places]

    def askable(self, probe: Probe, rows: Ints) -> Ints:
        """The pairs of `rows` that the probe can be asked about.

        The edited places must have words on both sides. The headline must not hold the defect of
        a type that one span shows.
        """
        if probe is Probe.EDITED_SPAN:
            return np.array([i for i in rows if self._edited[i] is not None], dtype=np.int64)
        if probe is Probe.HEADLINE:
            return np.array([i for i in rows if not self._told_by_title(i)], dtype=np.int64)
        return rows

    def differing(self, probe: Probe, rows: Ints) -> int:
        """How many of the pairs look different to the probe at all."""
        return sum(self._looks_different(probe, self.pairs[i], i) for i in rows)

    def scores(self, probe: Probe, rows: Ints, signs: Floats) -> Scores | None:
        """Scores of the pairs out of fold, once per labelling.

        None where other operators are too few to learn from. What is learnt from them depends on
        no label of the pairs asked, and is there once.
        """
        if probe is Probe.OTHER_OPERATORS:
            return self._transferred(rows)
        return out_of_fold(self._scorers[probe], rows, self.groups, signs)

    def _told_by_title(self, i: int) -> bool:
        pair = self.pairs[i]
        return pair.defect_in_title and (pair.type, Probe.EDITED_SPAN) in NOT_APPLICABLE

    def _looks_different(self, probe: Probe, pair: AuditPair, i: int) -> bool:
        if probe is Probe.EDITED_SPAN:
            edited = self._edited[i]
            return edited is not None and edited[0] != edited[1]
        if probe is Probe.HEADLINE:
            return pair.variant.title != pair.control.title
        if probe is Probe.LENGTH_POSITION:
            return not np.array_equal(self._numbers[2 * i], self._numbers[2 * i + 1])
        return pair.variant.text != pair.control.text

    def _transferred(self, rows: Ints) -> Scores | None:
        """The pairs scored by what was learnt from every perturbation that made none of them."""
        own = {self.pairs[i].perturbation for i in rows}
        others = np.array(
            [i for i, pair in enumerate(self.pairs) if pair.perturbation not in own],
            dtype=np.int64,
        )
        others = others[_spread(len(others), MAX_OTHERS)]
        if len(np.unique(self.groups[others])) < MIN_GROUPS:
            return None
        return transferred(self._scorers[Probe.OTHER_OPERATORS], rows, others, self.groups)

    @cached_property
    def _numbers(self) -> Floats:
        rows = [
            side
            for pair, places in zip(self.pairs, self._places, strict=True)
            for side in measures(pair, places)
        ]
        return np.array(rows, dtype=np.float64)

    @cached_property
    def _scorers(self) -> dict[Probe, Scorer]:
        edited = counts([texts or ("", "") for texts in self._edited])
        whole = counts([(pair.variant.text, pair.control.text) for pair in self.pairs])
        titles = counts([(pair.variant.title, pair.control.title) for pair in self.pairs])
        return {
            Probe.EDITED_SPAN: NgramScorer([edited]),
            Probe.HEADLINE: NgramScorer([titles]),
            Probe.LENGTH_POSITION: NumericScorer(self._numbers),
            Probe.NGRAMS: NgramScorer([whole]),
            Probe.OTHER_OPERATORS: NgramScorer([whole, edited]),
        }


def _spread(count: int, limit: int) -> Ints:
    """At most `limit` positions, evenly spread over `count`."""
    positions: Ints = np.unique(
        np.linspace(0, max(count - 1, 0), min(count, limit), dtype=np.int64)
    )
    return positions

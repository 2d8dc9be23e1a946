"""Localise: where is it wrong, and by which evidence?

**Ends.** A defect is hit by marking its spans. An internal conflict has two ends, its spans and its
evidence, and neither is the wrong one: the end of which the larger share is marked counts as gold
(the spans, where both are marked alike), and code points of the other end count neither for nor
against.

**Per inconsistent row**, over code points: IoU and F1 of what is marked against the gold of all its
defects; `iou` and `row_f1` are the means over inconsistent rows.

**Over all rows**: `precision` is the mean, over all rows in which anything is marked, of the share
of the marked code points that are gold; in a consistent row that share is 0, so marking consistent
articles costs. `recall` is the mean, over inconsistent rows, of the share of the gold that is
marked. `f1` is the harmonic mean of the two. `over_quotation` is marked over gold code points in
inconsistent rows: 1 is right, and marking everything shows at once.

**Evidence pairs.** A predicted defect with spans and evidence is a pair, and so is a gold defect
whose evidence is text. They match where both ends have IoU of 0.5 or more (the ends of an internal
conflict in either order); matches are one to one, and as many as possible. `evidence_pair_f1` is
over all rows. A predicted pair whose spans hit a defect with evidence outside the text is left
out: what it names can't be held against anything.

Unanswered rows count as wrong: nothing found in an inconsistent one; in a consistent one, something
marked (precision 0) and one pair too many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.dataset import GoldDefect, Row
from benchmark.metrics import Statistic, Sums
from benchmark.metrics.spans import (
    Ranges,
    difference,
    intersection,
    iou,
    matching,
    size,
    union,
)
from benchmark.metrics.sums import f1_of_counts, f1_of_means, ratio
from benchmark.prediction import PredictedDefect, Prediction
from benchmark.tasks.scored import Key, NotSupportedError, Scored

TASK = "localise"
MATCH = 0.5
"""IoU from which two places count as the same."""


@dataclass(frozen=True, slots=True)
class RowScore:
    """The sufficient statistics of one row."""

    positive: float
    iou: float
    f1: float
    precision: float
    any_marked: float
    recall: float
    marked: float
    gold: float
    pairs_matched: float
    pairs_predicted: float
    pairs_gold: float


def statistics(scored: Scored) -> dict[Key, Statistic]:
    """The statistics of the task: overall, and for every level of every breakdown.

    Raises:
        NotSupportedError: every answer is a bare score.
    """
    answered = [answer for answer in scored.predictions if answer.error is None]
    if answered and all(answer.defects is None for answer in answered):
        raise NotSupportedError("the detector gives scores and no places")
    rows = [row_score(r, p) for r, p in zip(scored.rows, scored.predictions, strict=True)]
    columns = {name: np.array([getattr(row, name) for row in rows]) for name in RowScore.__slots__}
    every = np.arange(len(rows))
    found = _overall(scored, columns)
    for (name, level), at in {("", ""): every[scored.positive], **scored.levels()}.items():
        errors = scored.errors(at)
        for metric, column in (("iou", "iou"), ("row_f1", "f1"), ("recall", "recall")):
            found[Key(TASK, metric, name, level)] = Sums(
                [columns[column][at], columns["positive"][at]],
                scored.index[at],
                ratio,
                errors=errors,
            )
    return found


def _overall(scored: Scored, columns: dict[str, np.ndarray]) -> dict[Key, Statistic]:
    errors = int(scored.failed.sum())
    gold, pairs_gold = columns["gold"] * columns["positive"], columns["pairs_gold"]
    in_inconsistent = columns["marked"] * columns["positive"]
    return {
        Key(TASK, "f1"): Sums(
            [columns[name] for name in ("precision", "any_marked", "recall", "positive")],
            scored.index,
            f1_of_means,
            errors=errors,
        ),
        Key(TASK, "precision"): Sums(
            [columns["precision"], columns["any_marked"]],
            scored.index,
            ratio,
            n=int(columns["any_marked"].sum()),
            errors=errors,
        ),
        Key(TASK, "over_quotation"): Sums(
            [in_inconsistent, gold],
            scored.index,
            ratio,
            direction="one",
            n=int(columns["positive"].sum()),
            errors=scored.errors(scored.positive),
        ),
        Key(TASK, "evidence_pair_f1"): Sums(
            [columns["pairs_matched"], columns["pairs_predicted"], pairs_gold],
            scored.index,
            f1_of_counts,
            n=int(pairs_gold.sum()),
            errors=errors,
        ),
    }


def row_score(row: Row, answer: Prediction) -> RowScore:
    """Holds one answer against one row."""
    gold, either = _gold(row.defects, union(answer.marked))
    marked = difference(union(answer.marked), either)
    hit, n_gold, n_marked = size(intersection(marked, gold)), size(gold), size(marked)
    matched, predicted, pairs = pair_counts(row.defects, answer.defects or ())
    failed_consistent = answer.error is not None and not row.label
    return RowScore(
        positive=float(row.label),
        iou=iou(marked, gold),
        f1=2 * hit / (n_gold + n_marked) if n_gold + n_marked else 0.0,
        precision=hit / n_marked if n_marked else 0.0,
        any_marked=float(n_marked > 0 or failed_consistent),
        recall=hit / n_gold if n_gold else 0.0,
        marked=float(n_marked),
        gold=float(n_gold),
        pairs_matched=float(matched),
        pairs_predicted=float(predicted + failed_consistent),
        pairs_gold=float(pairs),
    )


def ends(defect: GoldDefect) -> tuple[Ranges, ...]:
    """The places that a defect can be marked at: its spans; of an internal conflict, either end."""
    places = [union(defect.spans)]
    if defect.unordered:
        places.append(union(defect.evidence))
    return tuple(places)


def _gold(defects: tuple[GoldDefect, ...], marked: Ranges) -> tuple[Ranges, Ranges]:
    """The gold of a row given what is marked, and what counts neither for nor against."""
    gold: list[tuple[int, int]] = []
    rest: list[tuple[int, int]] = []
    for defect in defects:
        places = [place for place in ends(defect) if place]
        if not places:
            continue
        shares = [size(intersection(place, marked)) / size(place) for place in places]
        best = shares.index(max(shares))
        gold += places[best]
        rest += [span for i, place in enumerate(places) if i != best for span in place]
    united = union(gold)
    return united, difference(union(rest), united)


def hits(defect: GoldDefect, predicted: PredictedDefect) -> bool:
    """Whether a predicted defect's spans are one of the defect's ends, by IoU."""
    spans = union(predicted.spans)
    return any(iou(spans, place) >= MATCH for place in ends(defect))


def pair_counts(
    defects: tuple[GoldDefect, ...], predicted: tuple[PredictedDefect, ...]
) -> tuple[int, int, int]:
    """Matched, predicted and gold evidence pairs of one row."""
    gold = [defect for defect in defects if defect.spans and defect.evidence]
    beyond = [defect for defect in defects if defect.spans and not defect.evidence]
    pairs = [one for one in predicted if one.spans and one.evidence]
    edges = [[j for j, defect in enumerate(gold) if _same_pair(one, defect)] for one in pairs]
    open_ended = sum(
        not edge and any(hits(defect, one) for defect in beyond)
        for one, edge in zip(pairs, edges, strict=True)
    )
    return matching(edges), len(pairs) - open_ended, len(gold)


def _same_pair(predicted: PredictedDefect, gold: GoldDefect) -> bool:
    one, two = union(predicted.spans), union(predicted.evidence)
    spans, evidence = union(gold.spans), union(gold.evidence)
    if iou(one, spans) >= MATCH and iou(two, evidence) >= MATCH:
        return True
    return gold.unordered and iou(one, evidence) >= MATCH and iou(two, spans) >= MATCH


def found_defects(row: Row, answer: Prediction) -> int:
    """How many of a row's defects an answer finds: how case studies count.

    Found is a defect that a predicted one hits by IoU, or that a predicted one of the same type
    overlaps: annotators and detectors cut spans differently.
    """
    return sum(
        any(hits(defect, one) or _same_type_overlaps(defect, one) for one in answer.defects or ())
        for defect in row.defects
    )


def _same_type_overlaps(defect: GoldDefect, predicted: PredictedDefect) -> bool:
    if predicted.type != defect.type:
        return False
    spans = union(predicted.spans)
    return any(intersection(spans, place) for place in ends(defect))

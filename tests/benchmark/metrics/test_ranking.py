import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    average_precision_score,
    balanced_accuracy_score,
    roc_auc_score,
)
from sklearn.metrics import roc_curve as sklearn_roc_curve

from benchmark.metrics import AUROC, AveragePrecision
from benchmark.metrics.ranking import best_threshold, roc_curve

# Few distinct scores, so that ties are common.
tables = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 4)), min_size=2, max_size=40
).filter(lambda rows: len({label for _, label, _ in rows}) == 2)


def arrays(rows):
    scores, labels, groups = zip(*rows, strict=True)
    return np.array(scores) / 6, np.array(labels), np.array(groups, dtype=np.int64)


@settings(deadline=None)
@given(tables)
def test_unweighted_values_are_those_of_scikit_learn(rows):
    scores, labels, groups = arrays(rows)
    one = np.ones((1, 5))
    found = AUROC(scores, labels, groups, n=len(rows)).values(one)[0]
    assert found == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)
    found = AveragePrecision(scores, labels, groups, n=len(rows)).values(one)[0]
    assert found == pytest.approx(average_precision_score(labels, scores), abs=1e-12)


@settings(deadline=None)
@given(tables, st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_weighted_values_are_those_of_rows_written_out_and_of_sample_weights(rows, counts):
    scores, labels, groups = arrays(rows)
    times = np.array(counts)[groups]
    weights = np.array([counts], dtype=float)
    auroc = AUROC(scores, labels, groups, n=len(rows)).values(weights)[0]
    ap = AveragePrecision(scores, labels, groups, n=len(rows)).values(weights)[0]
    if not times[labels].sum() or not times[~labels].sum():
        assert np.isnan(auroc)
    else:
        written_out = np.repeat(labels, times), np.repeat(scores, times)
        assert auroc == pytest.approx(roc_auc_score(*written_out), abs=1e-12)
        assert ap == pytest.approx(average_precision_score(*written_out), abs=1e-12)
        weighted = roc_auc_score(labels, scores, sample_weight=times)
        assert auroc == pytest.approx(weighted, abs=1e-12)
    assert np.isnan(ap) == (times[labels].sum() == 0)


@given(tables)
def test_auroc_is_the_share_of_pairs_won(rows):
    scores, labels, groups = arrays(rows)
    won = [
        1.0 if p > n else 0.5 if p == n else 0.0 for p in scores[labels] for n in scores[~labels]
    ]
    found = AUROC(scores, labels, groups, n=len(rows)).values(np.ones((1, 5)))[0]
    assert found == pytest.approx(sum(won) / len(won), abs=1e-12)


def test_many_draws_at_once_are_each_draw_alone():
    rng = np.random.default_rng(1)
    scores, labels = rng.random(3000).round(2), rng.random(3000) < 0.4
    groups = rng.integers(0, 50, 3000)
    weights = rng.integers(0, 4, (1500, 50)).astype(float)
    for metric in (AUROC, AveragePrecision):
        statistic = metric(scores, labels, groups, n=3000)
        together = statistic.values(weights)
        alone = [statistic.values(weights[i : i + 1])[0] for i in (0, 700, 1499)]
        assert together[[0, 700, 1499]] == pytest.approx(alone, abs=1e-12)


@settings(deadline=None)
@given(tables)
def test_roc_curve_is_that_of_scikit_learn(rows):
    scores, labels, _ = arrays(rows)
    false, true = roc_curve(scores, labels)
    expected = sklearn_roc_curve(labels, scores, drop_intermediate=False)
    assert false == pytest.approx(expected[0])
    assert true == pytest.approx(expected[1])


@settings(deadline=None)
@given(tables)
def test_no_threshold_is_better_than_the_best(rows):
    scores, labels, _ = arrays(rows)
    best = best_threshold(scores, labels)
    quality = balanced_accuracy_score(labels, scores >= best)
    for other in np.r_[-0.1, np.unique(scores), 1.1]:
        assert balanced_accuracy_score(labels, scores >= other) <= quality + 1e-12


def test_threshold_lies_between_and_near_the_middle_where_all_are_alike():
    labels = np.array([False, True])
    assert best_threshold(np.array([0.02, 0.98]), labels) == 0.5
    assert best_threshold(np.array([0.3, 0.3]), labels) == 0.5
    # The wrong way round: everything or nothing, whichever is nearer to the middle.
    assert best_threshold(np.array([0.9, 0.2]), labels) == 0.2

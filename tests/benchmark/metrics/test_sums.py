import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, matthews_corrcoef

from benchmark.metrics.sums import (
    Sums,
    balanced_accuracy,
    f1_of_counts,
    f1_of_means,
    mcc,
    ratio,
)

verdicts = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), min_size=2, max_size=40
).filter(lambda rows: len({label for label, _, _ in rows}) == 2)


def columns(labels, flagged):
    return [flagged & labels, labels, ~flagged & ~labels, ~labels]


def value(metric, parts, groups, weights):
    numbers = [part.astype(float) for part in parts]
    return Sums(numbers, groups, metric).values(weights)[0]


@settings(deadline=None)
@given(verdicts, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_verdict_metrics_are_those_of_scikit_learn_on_rows_written_out(rows, counts):
    labels, flagged, groups = (np.array(column) for column in zip(*rows, strict=True))
    weights = np.array([counts], dtype=float)
    times = np.array(counts)[groups]
    parts = columns(labels, flagged)
    found = value(balanced_accuracy, parts, groups, weights)
    found_mcc = value(mcc, parts, groups, weights)
    written_out = np.repeat(labels, times), np.repeat(flagged, times)
    if len(set(written_out[0])) < 2:
        assert np.isnan(found)
        assert np.isnan(found_mcc)
    else:
        assert found == pytest.approx(balanced_accuracy_score(*written_out), abs=1e-12)
        assert found_mcc == pytest.approx(matthews_corrcoef(*written_out), abs=1e-9)


def test_ratio_and_f1_in_closed_form():
    assert ratio(np.array([[3.0, 4.0]])) == 0.75
    assert f1_of_counts(np.array([[2.0, 3.0, 5.0]])) == 2 * (2 / 3) * (2 / 5) / (2 / 3 + 2 / 5)
    precision, recall = 1.5 / 3, 2 / 4
    assert f1_of_means(np.array([[1.5, 3, 2, 4]])) == 2 * precision * recall / (precision + recall)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_edges_are_zero_where_nothing_was_found_and_undefined_where_nothing_was_to_find():
    nothing_marked, nothing_to_find = [[0.0, 0, 0, 4]], [[0.0, 3, 0, 0]]
    assert f1_of_means(np.array(nothing_marked)) == 0
    assert np.isnan(f1_of_means(np.array(nothing_to_find)))
    assert f1_of_counts(np.array([[0.0, 0, 4]])) == 0
    assert np.isnan(f1_of_counts(np.array([[0.0, 3, 0]])))


def test_no_rows_at_all_are_undefined():
    empty = Sums([np.array([]), np.array([])], np.array([], dtype=np.int64), ratio)
    assert empty.n == 0
    assert np.isnan(empty.values(np.ones((1, 3)))).all()

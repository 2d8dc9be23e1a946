"""The audit's statistics against scikit-learn, plain loops and enumeration."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score

from builder.audit import scorers
from builder.audit.resampling import (
    EXPECTED_PAIRS,
    Estimate,
    Scores,
    auroc,
    cluster_weights,
    estimate,
    holm,
    interval,
    pairs_needed,
    swapped_accuracies,
    swapped_aurocs,
    swaps,
    within_pair,
)

scores_with_ties = st.lists(st.integers(-3, 3), min_size=4, max_size=24)


@given(scores_with_ties, st.integers(0, 2**32 - 1))
def test_weighted_auroc_is_that_of_scikit_learn(values, seed):
    rng = np.random.default_rng(seed)
    scores = np.array(values, dtype=float)
    labels = np.r_[1, 0, rng.integers(2, size=len(scores) - 2)]
    weights = rng.integers(1, 5, size=(3, len(scores))).astype(float)
    found = auroc(scores, weights * labels, weights * (1 - labels))
    for drawn, value in zip(weights, found, strict=True):
        assert value == pytest.approx(roc_auc_score(labels, scores, sample_weight=drawn))


@given(scores_with_ties, st.integers(0, 2**32 - 1))
def test_weights_are_repetitions(values, seed):
    rng = np.random.default_rng(seed)
    scores = np.array(values, dtype=float)
    half = len(scores) // 2
    positive, negative = scores[:half], scores[half:]
    counts = rng.integers(0, 4, size=len(scores))
    wins, fights = 0.0, 0
    for (a, i), (b, j) in itertools.product(
        zip(positive, counts[:half], strict=True), zip(negative, counts[half:], strict=True)
    ):
        fights += i * j
        wins += i * j * (1.0 if a > b else 0.5 if a == b else 0.0)
    is_positive = np.arange(len(scores)) < half
    [found] = auroc(scores, (counts * is_positive)[None, :], (counts * ~is_positive)[None, :])
    assert math.isnan(found) if fights == 0 else found == pytest.approx(wins / fights)


def test_within_pair_counts_ties_half():
    assert within_pair(np.array([0.3, -2.0, 0.0])).tolist() == [1.0, 0.0, 0.5]


def test_every_draw_has_as_many_groups_as_there_are():
    weights = cluster_weights(7, 500, seed=3)
    assert (weights.sum(axis=1) == 7).all()
    assert weights.mean() == pytest.approx(1.0)
    assert weights.var() == pytest.approx(1 - 1 / 7, abs=0.05)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(3, 9))
def test_swapped_measures_are_those_of_swapped_labels(seed, count):
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 4, size=(count, 2, 6)).astype(float)
    groups = rng.integers(0, 3, size=count)
    signs = swaps(groups, 5, seed=seed % 1000)
    labels = np.stack([signs > 0, signs < 0], axis=1).astype(int)
    margins = rng.integers(-2, 3, size=(count, 6)).astype(float)
    aurocs, accuracies = swapped_aurocs(scores, signs), swapped_accuracies(margins, signs)
    for k in range(6):
        flat, truth = scores[:, :, k].ravel(), labels[:, :, k].ravel()
        assert aurocs[k] == pytest.approx(roc_auc_score(truth, flat))
        wins = [
            0.5 if margin == 0 else float((margin > 0) == (sign > 0))
            for margin, sign in zip(margins[:, k], signs[:, k], strict=True)
        ]
        assert accuracies[k] == pytest.approx(np.mean(wins))


def test_swaps_keep_groups_together_and_begin_with_the_truth():
    groups = np.array([4, 4, 9, 9, 9, 1])
    signs = swaps(groups, 400, seed=0)
    assert (signs[:, 0] == 1).all()
    for group in np.unique(groups):
        rows = signs[groups == group]
        assert (rows == rows[0]).all()
    assert np.abs(signs[:, 1:].mean(axis=1)).max() < 0.15


def _scores(texts: np.ndarray) -> Scores:
    return Scores(texts[:, :, None], texts[:, :1] - texts[:, 1:])


def test_p_is_that_of_all_swaps_enumerated():
    rng = np.random.default_rng(11)
    groups = np.repeat(np.arange(6), 2)
    scores = rng.normal(size=(12, 2)) + np.array([0.7, 0.0])
    observed = abs(roc_auc_score(np.tile([1, 0], 12), scores.ravel()) - 0.5)
    extreme = 0
    for swapped in itertools.product((0, 1), repeat=6):
        labels = np.array([[1 - swapped[g], swapped[g]] for g in groups])
        value = roc_auc_score(labels.ravel(), scores.ravel())
        extreme += abs(value - 0.5) >= observed - 1e-12
    found = estimate(_scores(scores), groups, swaps(groups, 20_000, 1), resamples=10, seed=0)
    assert found.p == pytest.approx(extreme / 2**6, abs=0.01)


def test_an_estimate_does_not_depend_on_the_order_of_the_pairs():
    rng = np.random.default_rng(2)
    groups, scores = np.repeat(np.arange(10), 3), rng.normal(size=(30, 2))
    order = rng.permutation(30)
    one = estimate(_scores(scores), groups, swaps(groups, 50, 0), resamples=50, seed=0)
    scores, groups = scores[order], groups[order]
    two = estimate(_scores(scores), groups, swaps(groups, 50, 0), resamples=50, seed=0)
    for name in Estimate.__slots__:
        assert getattr(one, name) == pytest.approx(getattr(two, name)), name


def test_few_clusters_get_the_coverage_that_is_promised():
    rng = np.random.default_rng(0)
    clusters, trials, hits, plain = 8, 600, 0, 0
    for trial in range(trials):
        values = rng.normal(size=clusters)
        drawn = cluster_weights(clusters, 800, trial) @ values / clusters
        low, high = interval(drawn, float(values.mean()), clusters)
        hits += low <= 0 <= high
        narrow = np.quantile(drawn, [0.025, 0.975])
        plain += narrow[0] <= 0 <= narrow[1]
    assert plain / trials < 0.92, "plain percentiles are too narrow, or the test shows nothing"
    assert 0.92 <= hits / trials <= 0.98


def test_perfect_values_have_the_binomial_bound():
    ones = np.ones(100)
    assert interval(ones, 1.0, 5) == (pytest.approx(0.025**0.2), 1.0)
    assert interval(0 * ones, 0.0, 5) == (0.0, pytest.approx(1 - 0.025**0.2))
    assert interval(ones, 1.0, 5)[0] < 0.60 < interval(ones, 1.0, 8)[0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_by_its_definition(values):
    corrected = holm(values)
    ranked = sorted(values)
    for value, found in zip(values, corrected, strict=True):
        steps = [(len(values) - j) * p for j, p in enumerate(ranked) if p <= value]
        assert found == pytest.approx(min(1.0, max(steps)))


def test_holm_of_a_known_table():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def _estimate(value: float, error: float) -> Estimate:
    low, high = value - 1.96 * error, value + 1.96 * error
    return Estimate(value, low, high, 0.5, 0.4, 0.6, 0.5, 0.5, error)


def test_so_many_pairs_let_a_blind_probe_pass_four_times_in_five():
    needed = pairs_needed(100, _estimate(0.52, 0.06))
    assert needed is not None
    assert needed > EXPECTED_PAIRS
    error = 0.06 * math.sqrt(100 / needed)
    drawn = np.random.default_rng(0).normal(0.5, error, size=200_000)
    assert (drawn + 1.96 * error <= 0.60).mean() == pytest.approx(0.80, abs=0.01)


def test_at_least_as_many_pairs_are_needed_as_the_design_expects():
    assert pairs_needed(20, _estimate(0.5, 0.01)) == EXPECTED_PAIRS


def test_where_there_are_enough_the_distance_to_the_threshold_counts():
    needed = pairs_needed(1000, _estimate(0.58, 0.02))
    assert needed is not None
    assert 0.58 + 1.96 * 0.02 * math.sqrt(1000 / needed) == pytest.approx(0.60, abs=1e-3)
    assert pairs_needed(1000, _estimate(0.601, 0.02)) is None


def test_what_is_learnt_is_a_ridge_regression_on_each_labelling():
    rng = np.random.default_rng(4)
    features = rng.normal(size=(20, 5))
    signs = rng.choice([-1.0, 1.0], size=(7, 3))
    train, test = np.arange(7), np.arange(7, 10)
    found = scorers.learnt(features @ features.T, train, test, signs)
    differences = features[0::2] - features[1::2]
    for k in range(3):
        labels = np.column_stack([signs[:, k], -signs[:, k]]).ravel()
        texts = _ridge(features[:14], labels).predict(features[14:])
        assert found.texts[:, :, k].ravel() == pytest.approx(texts, abs=1e-8)
        margins = _ridge(differences[:7], signs[:, k]).predict(differences[7:])
        assert found.margins[:, k] == pytest.approx(margins, abs=1e-8)


def _ridge(features: np.ndarray, labels: np.ndarray) -> Ridge:
    size = (features**2).sum(axis=1).mean()
    return Ridge(alpha=scorers.PENALTY * size, fit_intercept=False).fit(features, labels)


def test_where_nothing_differs_everything_ties():
    found = scorers.learnt(np.zeros((8, 8)), np.arange(3), np.array([3]), np.ones((3, 2)))
    assert not found.texts.any()
    assert not found.margins.any()


class _Plain:
    """A scorer whose features mean nothing, and which remembers what it was asked."""

    def __init__(self, count: int) -> None:
        self._kernel = np.eye(2 * count)
        self.basis: list[np.ndarray] = []

    def kernel(self, pairs, basis):
        self.basis.append(basis)
        return self._kernel[: 2 * len(pairs), : 2 * len(pairs)]


def _spied(monkeypatch) -> list[tuple[np.ndarray, np.ndarray]]:
    seen = []
    true = scorers.learnt

    def spy(kernel, train, test, signs):
        assert len(signs) == len(train)
        seen.append((train, test))
        return true(kernel, train, test, signs)

    monkeypatch.setattr(scorers, "learnt", spy)
    return seen


@pytest.mark.parametrize("sizes", [(1,) * 12, (5, 1, 1, 3, 2), (9, 1, 1, 1, 1, 1, 1)])
def test_no_group_is_learnt_from_and_asked_about(monkeypatch, sizes):
    seen = _spied(monkeypatch)
    groups = np.repeat(np.arange(len(sizes)), sizes)[::-1].copy()
    pairs = np.arange(1, len(groups))
    scorer = _Plain(len(groups))
    scorers.out_of_fold(scorer, pairs, groups, np.ones((len(pairs), 2)))
    assert len(seen) == 5
    asked = np.concatenate([test for _, test in seen])
    assert sorted(asked) == list(range(len(pairs)))
    for train, test in seen:
        assert not set(groups[pairs[train]]) & set(groups[pairs[test]])


def test_what_is_transferred_comes_from_other_pairs_and_other_groups(monkeypatch):
    seen = _spied(monkeypatch)
    groups = np.array([0, 1, 2, 3, 4, 5] * 3)
    pairs, others = np.arange(6), np.arange(6, 18)
    scorer = _Plain(18)
    scorers.transferred(scorer, pairs, others, groups)
    both = np.r_[pairs, others]
    assert len(seen) == 5
    assert [basis.tolist() for basis in scorer.basis] == [others.tolist()]
    for train, test in seen:
        assert set(both[train]) <= set(others)
        assert not set(groups[both[train]]) & set(groups[both[test]])
        assert len(train) == 12 - 2 * len(test)

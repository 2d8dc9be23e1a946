import json
import random

import numpy as np
import pytest

from benchmark.metrics import AUROC, Resampler, Sums
from benchmark.metrics import resampling as module
from benchmark.metrics.sums import ratio


def mean_of(values, index):
    return Sums([values, np.ones(len(values))], index, ratio)


def test_weights_are_multinomial_counts_of_the_groups():
    resampler = Resampler([f"g{i % 7}" for i in range(50)], 4000, 3)
    weights = np.concatenate(list(resampler.weights()))
    assert weights.shape == (4000, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert weights.mean(axis=0) == pytest.approx(np.ones(7), abs=0.06)
    assert weights.var(axis=0) == pytest.approx(np.full(7, 6 / 7), abs=0.08)


def test_draws_depend_neither_on_the_order_of_rows_nor_on_how_many_are_made_at_a_time(monkeypatch):
    groups = [f"g{i % 11}" for i in range(60)]
    first = np.concatenate(list(Resampler(groups, 100, 5).weights()))
    assert (first == np.concatenate(list(Resampler(groups[::-1], 100, 5).weights()))).all()
    monkeypatch.setattr(module, "_CELLS", 70)
    chunks = list(Resampler(groups, 100, 5).weights())
    assert len(chunks) > 10
    assert (first == np.concatenate(chunks)).all()
    assert (first != np.concatenate(list(Resampler(groups, 100, 6).weights()))).any()


def test_interval_is_that_of_a_naive_loop_over_rows_written_out():
    """The same draws, but rows copied and averaged one draw at a time."""
    rng = np.random.default_rng(0)
    groups = [f"g{i}" for i in rng.integers(0, 12, 80)]
    values, labels = rng.random(80), rng.random(80) < 0.5
    resampler = Resampler(groups, 300, 9)
    found = resampler.estimate(
        {
            "mean": mean_of(values, resampler.index),
            "auroc": AUROC(values, labels, resampler.index, n=80),
        }
    )
    members = {name: [i for i, g in enumerate(groups) if g == name] for name in resampler.names}
    means, aurocs = [], []
    for counts in np.concatenate(list(resampler.weights())):
        rows = [
            i
            for name, count in zip(resampler.names, counts, strict=True)
            for _ in range(int(count))
            for i in members[name]
        ]
        means.append(np.mean(values[rows]))
        positive = [values[i] for i in rows if labels[i]]
        negative = [values[i] for i in rows if not labels[i]]
        won = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
        aurocs.append(won / (len(positive) * len(negative)))
    for key, naive in (("mean", means), ("auroc", aurocs)):
        low, high = np.percentile(naive, [2.5, 97.5])
        assert found[key].low == pytest.approx(low, abs=1e-12)
        assert found[key].high == pytest.approx(high, abs=1e-12)
    assert found["mean"].value == pytest.approx(values.mean())


def test_groups_that_move_together_widen_the_interval():
    values = np.repeat(np.random.default_rng(4).random(30), 20)
    apart = Resampler([str(i) for i in range(600)], 500, 0)
    together = Resampler([str(i // 20) for i in range(600)], 500, 0)
    width = [
        r.estimate({"m": mean_of(values, r.index)})["m"].high
        - r.estimate({"m": mean_of(values, r.index)})["m"].low
        for r in (apart, together)
    ]
    # Twenty copies of one value per group: the standard error grows by the square root of 20.
    assert width[1] / width[0] == pytest.approx(20**0.5, rel=0.15)


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    rng = random.Random(12)
    covered, trials = 0, 300
    for trial in range(trials):
        groups, values = [], []
        for g in range(60):
            centre = rng.gauss(0, 1)
            for _ in range(3):
                groups.append(str(g))
                values.append(centre + rng.gauss(0, 1))
        resampler = Resampler(groups, 400, trial)
        estimate = resampler.estimate({"m": mean_of(np.array(values), resampler.index)})["m"]
        covered += estimate.low <= 0 <= estimate.high
    # 95 % nominal; 300 trials have a standard error of 1.3 points, 60 groups cost about one more.
    assert 0.90 <= covered / trials <= 0.98


def test_undefined_draws_are_counted_and_left_out():
    resampler = Resampler(["a", "b", "c"], 500, 1)
    labels, scores = np.array([True, False, False]), np.array([0.9, 0.1, 0.2])
    found = resampler.estimate({"auroc": AUROC(scores, labels, resampler.index, n=3)})["auroc"]
    assert found.value == found.low == found.high == 1.0
    # The one inconsistent group is left out of (2/3)^3 of the draws, and is alone in 1/27.
    assert found.undefined / 500 == pytest.approx(8 / 27 + 1 / 27, abs=0.07)


def test_one_group_or_no_draws_give_a_value_and_no_interval():
    alone = Resampler(["a", "a"], 100, 0)
    undrawn = Resampler(["a", "b"], 0, 0)
    for resampler in (alone, undrawn):
        found = resampler.estimate({"m": mean_of(np.array([0.0, 1.0]), resampler.index)})["m"]
        assert found.value == 0.5
        assert found.low is None
        assert found.to_json()["interval"] is None


def test_undefined_values_are_null_in_json():
    resampler = Resampler(["a", "b"], 10, 0)
    nothing = Sums([np.zeros(2), np.zeros(2)], resampler.index, ratio)
    row = resampler.estimate({"m": nothing})["m"].to_json()
    assert row["value"] is None
    assert row["interval"] is None
    json.dumps(row, allow_nan=False)


def test_small_is_fewer_than_twenty():
    resampler = Resampler([str(i) for i in range(20)], 10, 0)
    many = resampler.estimate({"m": mean_of(np.ones(20), resampler.index)})["m"]
    few = resampler.estimate({"m": mean_of(np.ones(19), resampler.index[:19])})["m"]
    assert (many.is_small, few.is_small) == (False, True)

"""Groups and splits: drawn from a hash, disjoint, of the shares asked for, telling nothing."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.splits import group_of, split_of
from perturbations.record import SPLITS
from perturbations.text import Article

SHARES = {"train": 0.5, "validation": 0.2, "test": 0.3}
GROUPS = [group_of(Article(id=f"article-{n}", title="T", body="B")) for n in range(20_000)]


@pytest.mark.parametrize("seed", [0, 1, 20260201])
def test_shares_are_those_asked_for(seed):
    counts = Counter(split_of(group, SHARES, seed) for group in GROUPS)
    for split, share in SHARES.items():
        # Five standard deviations of a binomial: one seed in a million would fail by chance.
        spread = (share * (1 - share) / len(GROUPS)) ** 0.5
        assert abs(counts[split] / len(GROUPS) - share) < 5 * spread


def test_another_seed_deals_anew():
    one = [split_of(group, SHARES, 1) for group in GROUPS]
    two = [split_of(group, SHARES, 2) for group in GROUPS]
    same = sum(a == b for a, b in zip(one, two, strict=True)) / len(GROUPS)
    assert abs(same - sum(share**2 for share in SHARES.values())) < 0.02


@given(st.text(min_size=1), st.sampled_from(SPLITS), st.integers(0, 2**63 - 1))
def test_a_split_with_all_of_the_share_gets_every_group(group, split, seed):
    shares = {name: float(name == split) for name in SPLITS}
    assert split_of(group, shares, seed) == split


@given(st.text(min_size=1), st.integers(0, 2**63 - 1))
def test_a_split_without_a_share_gets_none(group, seed):
    assert split_of(group, {"train": 0.7, "validation": 0.0, "test": 0.3}, seed) != "validation"


@given(st.text(min_size=1), st.integers(0, 2**63 - 1))
def test_shares_that_miss_one_by_rounding_leave_no_group_without_a_split(group, seed):
    assert split_of(group, {"train": 0.1, "validation": 0.2, "test": 0.7 - 1e-10}, seed) in SPLITS


def test_a_group_depends_on_the_id_alone_and_does_not_show_it():
    article = Article(id="bridge-opens", title="T", body="B")
    assert group_of(article) == group_of(replace(article, body="Other"))
    assert "bridge" not in group_of(article)
    assert len(set(GROUPS)) == len(GROUPS)

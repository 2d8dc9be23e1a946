"""Draws: the same key gives the same choices anywhere, and choices are spread evenly."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.draw import Draw

keys = st.lists(st.one_of(st.integers(), st.text(max_size=6)), min_size=1, max_size=4)


def some(draw):
    return (
        draw.uniform(),
        draw.below(1000),
        draw.chance(0.5),
        draw.choice("abcdef"),
        draw.shuffled(range(9)),
        draw.seed(),
    )


@given(keys)
def test_the_same_key_gives_the_same_choices(key):
    assert some(Draw(*key)) == some(Draw(*key))
    assert some(Draw(*key).derived("part", 1)) == some(Draw(*key, "part", 1))


@given(keys, keys)
def test_other_keys_give_other_choices(one, two):
    if [str(part) for part in one] != [str(part) for part in two]:
        joined = ["\x1f".join(map(str, key)) for key in (one, two)]
        if joined[0] != joined[1]:
            assert Draw(*one).seed() != Draw(*two).seed()


def test_choices_are_the_same_in_another_process():
    code = "from perturbations.draw import Draw; d = Draw(7, 'a', 'é'); print(d.seed(), d.seed())"
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    draw = Draw(7, "a", "é")
    assert answer.split() == [str(draw.seed()), str(draw.seed())]


def test_choices_are_those_of_the_first_release():
    # Written down once: a change of these changes every release there is.
    draw = Draw(2026, "article", "dates.weekday")
    assert [draw.below(1000) for _ in range(5)] == [297, 675, 854, 377, 476]


def test_what_was_drawn_before_does_not_reach_a_derived_stream():
    used = Draw(1)
    used.shuffled(range(50))
    assert some(used.derived("x")) == some(Draw(1).derived("x"))


@given(keys, st.integers(1, 10_000))
def test_numbers_lie_where_they_should(key, limit):
    draw = Draw(*key)
    assert 0 <= draw.below(limit) < limit
    assert 0 <= draw.uniform() < 1
    assert 0 <= draw.seed() < 1 << 63


@given(keys, st.lists(st.integers(), max_size=20))
def test_shuffling_keeps_every_item(key, items):
    before = list(items)
    shuffled = Draw(*key).shuffled(items)
    assert sorted(shuffled) == sorted(items)
    assert items == before


def test_choices_are_even():
    counts = Counter(Draw(seed, "x").below(6) for seed in range(6000))
    # 1,000 each, with a standard deviation of 29.
    assert set(counts) == set(range(6))
    assert all(abs(count - 1000) < 150 for count in counts.values())
    orders = Counter(tuple(Draw(seed).shuffled("abc")) for seed in range(6000))
    assert len(orders) == 6
    assert all(abs(count - 1000) < 150 for count in orders.values())
    share = sum(Draw(seed).chance(0.2) for seed in range(6000)) / 6000
    assert abs(share - 0.2) < 0.03


def test_certain_and_impossible_chances():
    assert all(Draw(seed).chance(1.0) for seed in range(50))
    assert not any(Draw(seed).chance(0.0) for seed in range(50))


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_leaves_no_choice_is_refused(limit):
    with pytest.raises(ValueError, match=f"limit must be positive, got {limit}"):
        Draw(1).below(limit)


def test_a_choice_of_nothing_is_refused():
    with pytest.raises(ValueError, match="must be positive"):
        Draw(1).choice([])
    assert Draw(1).shuffled([]) == []

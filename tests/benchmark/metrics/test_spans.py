from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.metrics.spans import (
    difference,
    intersection,
    iou,
    matching,
    size,
    union,
)

ranges = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def points(found):
    return {i for start, end in found for i in range(start, end)}


@given(ranges, ranges)
def test_ranges_do_what_sets_of_code_points_do(one, two):
    a, b = union(one), union(two)
    assert points(a) == points(one)
    assert points(intersection(a, b)) == points(one) & points(two)
    assert points(difference(a, b)) == points(one) - points(two)
    assert size(a) == len(points(one))
    together = points(one) | points(two)
    expected = len(points(one) & points(two)) / len(together) if together else 0.0
    assert iou(a, b) == pytest.approx(expected)


@given(ranges, ranges)
def test_results_are_canonical(one, two):
    for found in (
        union(one),
        intersection(union(one), union(two)),
        difference(union(one), union(two)),
    ):
        assert union(found) == found


@given(st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=5))
def test_matching_is_the_best_of_all_assignments(edges):
    def made(order):
        taken: set[int] = set()

        def place(i):
            if i == len(order):
                return 0
            best = place(i + 1)
            for j in edges[order[i]]:
                if j not in taken:
                    taken.add(j)
                    best = max(best, 1 + place(i + 1))
                    taken.remove(j)
            return best

        return place(0)

    assert matching(edges) == made(range(len(edges)))
    for order in list(permutations(range(len(edges))))[:6]:
        assert matching([edges[i] for i in order]) == matching(edges)

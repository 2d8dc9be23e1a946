"""Covers answer as a walk through all of their spans would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perturbations.text import Cover, Span

RANGES = st.tuples(st.integers(0, 30), st.integers(0, 8))


def span(start: int, length: int) -> Span:
    return Span(start, start + length, "x" * length)


@given(st.lists(RANGES, max_size=8), RANGES)
def test_a_cover_overlaps_what_one_of_its_spans_overlaps(covered, asked):
    spans = [span(*one) for one in covered]
    place = span(*asked)
    assert Cover(spans).overlaps(place.start, place.end) == any(s.overlaps(place) for s in spans)

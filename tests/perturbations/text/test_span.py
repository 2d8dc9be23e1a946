"""Spans: they know their text, and say so when another stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.text import Span, SpanError


@given(st.data())
def test_a_span_of_a_text_reads_what_stands_there(arbitrary, data):
    text = data.draw(arbitrary.texts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span.of(text, start, end)
    assert span.text == text[start:end]
    assert span.check(text) is span
    assert Span.from_json(span.to_json()) == span


@given(st.data())
def test_a_span_that_reads_otherwise_is_refused(arbitrary, data):
    text = data.draw(arbitrary.texts)
    start = data.draw(st.integers(0, 30))
    said = data.draw(arbitrary.texts)
    span = Span(start, start + len(said), said)
    if text[start : start + len(said)] == said:
        assert span.check(text) is span
    else:
        with pytest.raises(SpanError, match=f"span {start}"):
            span.check(text)


@given(*(st.integers(0, 12) for _ in range(4)))
def test_covers_and_overlaps_are_those_of_sets_of_positions(a, b, c, d):
    one = Span(min(a, b), max(a, b), "x" * abs(a - b))
    two = Span(min(c, d), max(c, d), "x" * abs(c - d))
    ones, twos = set(range(one.start, one.end)), set(range(two.start, two.end))
    if ones and twos:
        assert one.overlaps(two) == two.overlaps(one) == bool(ones & twos)
        assert one.covers(two) == (twos <= ones)
    assert one.covers(one)


def test_touching_spans_do_not_overlap():
    assert not Span(0, 2, "ab").overlaps(Span(2, 3, "c"))
    assert not Span(2, 3, "c").overlaps(Span(0, 2, "ab"))


def test_an_empty_span_inside_another_is_covered_by_it():
    assert Span(0, 2, "ab").covers(Span(1, 1, ""))
    assert not Span(1, 1, "").covers(Span(0, 2, "ab"))


def test_spans_sort_by_place():
    late, early, long = Span(4, 5, "a"), Span(1, 2, "z"), Span(1, 3, "za")
    assert sorted([late, long, early]) == [early, long, late]


def test_shifting_keeps_the_text():
    assert Span(2, 4, "ab").shifted(3) == Span(5, 7, "ab")
    assert Span(2, 4, "ab").shifted(-2) == Span(0, 2, "ab")
    with pytest.raises(SpanError):
        Span(2, 4, "ab").shifted(-3)


@pytest.mark.parametrize(
    ("start", "end", "text"), [(0, 1, ""), (0, 1, "ab"), (-1, 0, "a"), (3, 2, ""), (0, 2, "😀")]
)
def test_a_span_must_be_as_long_as_its_text(start, end, text):
    with pytest.raises(SpanError, match=f"span {start}..{end}"):
        Span(start, end, text)


@pytest.mark.parametrize(("start", "end"), [(0, 4), (2, 1), (-1, 2), (4, 4)])
def test_a_range_outside_the_text_is_refused(start, end):
    with pytest.raises(SpanError, match="text of 3"):
        Span.of("abc", start, end)


@pytest.mark.parametrize(
    "row",
    [
        {"start": 0, "end": 1},
        {"start": None, "end": 1, "text": "a"},
        {"start": "zero", "end": 1, "text": "a"},
        {"start": 0, "end": 4, "text": None},
    ],
)
def test_a_malformed_row_is_refused_as_one(row):
    with pytest.raises(SpanError):
        Span.from_json(row)


def test_a_row_that_does_not_fit_its_text_is_refused():
    with pytest.raises(SpanError, match=r"span 0\.\.2"):
        Span.from_json({"start": 0, "end": 2, "text": "a"})

"""Durations: what they say, what dates bear out, and how they are written again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.knowledge import Truth
from perturbations.reading.durations import (
    DurationError,
    duration_matches,
    elapsed,
    find_durations,
    read_duration,
    rewordings,
    write_duration,
)
from perturbations.reading.mentions import DurationMention
from perturbations.reading.offsets import Encoded

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def find(text: str) -> tuple[DurationMention, ...]:
    found = find_durations(Encoded(text))
    for mention in found:
        mention.span.check(text)
        if mention.relation is not None:
            mention.relation.check(text)
    return found


def amounts(mention: DurationMention) -> tuple[int, int, int, int]:
    return mention.years, mention.months, mention.weeks, mention.days


def read(text: str) -> DurationMention:
    mention = read_duration(text)
    assert mention is not None, text
    return mention


FOUND = [
    ("It came three years after.", "three years", (3, 0, 0, 0), "after"),
    ("Fourteen months later, she left", "Fourteen months", (0, 14, 0, 0), "later"),
    ("one year and two months earlier", "one year and two months", (1, 2, 0, 0), "earlier"),
    ("one year, two months and 3 days ago", "one year, two months and 3 days", (1, 2, 0, 3), "ago"),
    ("2 weeks and 3 days before", "2 weeks and 3 days", (0, 0, 2, 3), "before"),
    ("426 days since", "426 days", (0, 0, 0, 426), "since"),
    ("1,000 days into the war", "1,000 days", (0, 0, 0, 1000), "into"),
    ("a year ago", "a year", (1, 0, 0, 0), "ago"),
    ("after a year of talks", "a year", (1, 0, 0, 0), None),
    ("a fortnight from now", "a fortnight", (0, 0, 2, 0), "from"),
    ("three years on, nothing", "three years", (3, 0, 0, 0), "on"),
    ("spent three years on a project", "three years", (3, 0, 0, 0), None),
    ("three years to the day after", "three years", (3, 0, 0, 0), "after"),
    ("twenty-one days", "twenty-one days", (0, 0, 0, 21), None),
    ("in the past three days after rain", "three days", (0, 0, 0, 3), None),
    (
        "four hundred and twenty-six days later",
        "four hundred and twenty-six days",
        (0, 0, 0, 426),
        "later",
    ),
    ("a hundred days after", "a hundred days", (0, 0, 0, 100), "after"),
    ("TWO WEEKS LATER", "TWO WEEKS", (0, 0, 2, 0), "LATER"),
]


@pytest.mark.parametrize(("text", "span", "amount", "relation"), FOUND)
def test_durations_and_the_word_that_ties_them_to_a_time(text, span, amount, relation):
    [mention] = find(text)
    assert (mention.span.text, amounts(mention)) == (span, amount)
    assert (mention.relation.text if mention.relation else None) == relation
    assert not mention.approximate


@pytest.mark.parametrize(
    ("text", "span", "amount"),
    [
        ("about three years", "three years", (3, 0, 0, 0)),
        ("More than 20 years since", "20 years", (20, 0, 0, 0)),
        ("two and a half years", "two and a half years", (2, 6, 0, 0)),
        ("A year and a half ago", "A year and a half", (1, 6, 0, 0)),
        ("half a year later", "half a year", (0, 6, 0, 0)),
        ("1.5 years", "1.5 years", (1, 6, 0, 0)),
        ("two decades of war", "two decades", (20, 0, 0, 0)),
        ("three years or so ago", "three years", (3, 0, 0, 0)),
        ("for six and a half weeks", "six and a half weeks", (0, 0, 6, 3)),
    ],
)
def test_hedges_halves_and_decades_are_approximate(text, span, amount):
    [mention] = find(text)
    assert (mention.span.text, amounts(mention), mention.approximate) == (span, amount, True)


@pytest.mark.parametrize(
    ("text", "amount", "spelt"),
    [
        ("a 14-month delay", (0, 14, 0, 0), False),
        ("a four-year term", (4, 0, 0, 0), True),
        ("the 90-day pause", (0, 0, 0, 90), False),
    ],
)
def test_hyphenated_durations(text, amount, spelt):
    [mention] = find(text)
    assert mention.hyphenated
    assert (amounts(mention), mention.spelt) == (amount, spelt)


@pytest.mark.parametrize(
    "text",
    [
        "an 18-year-old and a man of 18 years old",
        "$5 a year, twice a year, 3 million a day",
        "one day they will",
        "He was 40 years of age",
        "two days, three years",
        "the U-2 days and COVID-19 weeks",
        "Monday, a day",
        "0 days",
    ],
)
def test_ages_rates_and_idioms_are_no_durations(text):
    assert [mention.span.text for mention in find(text)] == []


@given(DAYS, DAYS)
def test_elapsed_leads_from_one_day_to_the_other(first, second):
    gap = elapsed(first, second)
    early, late = min(first, second), max(first, second)
    assert gap == elapsed(second, first)
    assert gap.total_days == (late - early).days
    assert gap.total_months == 12 * gap.years + gap.months
    assert 0 <= gap.months < 12
    assert 0 <= gap.days <= 30
    # Step by step, by another way: whole months one after the other, then days.
    assert months_by_counting(early, late) == gap.total_months


def months_by_counting(early: date, late: date) -> int:
    months = 0
    while True:
        year, month = divmod(early.year * 12 + early.month + months, 12)
        following = date(year, month + 1, 1) + timedelta(days=31)
        length = (following.replace(day=1) - date(year, month + 1, 1)).days
        if date(year, month + 1, min(early.day, length)) > late:
            return months
        months += 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((2022, 2, 16), (2025, 8, 1), (1262, 41, 3, 5, 16)),
        ((2024, 1, 31), (2024, 2, 29), (29, 1, 0, 1, 0)),
        ((2023, 1, 31), (2023, 3, 1), (29, 1, 0, 1, 1)),
        ((2020, 2, 29), (2021, 2, 28), (365, 12, 1, 0, 0)),
        ((2020, 2, 29), (2020, 2, 29), (0, 0, 0, 0, 0)),
    ],
)
def test_elapsed_by_hand(first, second, expected):
    gap = elapsed(date(*first), date(*second))
    assert (gap.total_days, gap.total_months, gap.years, gap.months, gap.days) == expected


MATCHES = [
    ("three years", (2022, 2, 16), (2025, 2, 16), Truth.HOLDS),
    ("three years", (2022, 2, 16), (2026, 2, 15), Truth.HOLDS),
    ("three years", (2022, 2, 16), (2024, 8, 16), Truth.HOLDS),
    ("three years", (2022, 2, 16), (2024, 8, 15), Truth.UNKNOWN),
    ("three years", (2022, 2, 16), (2026, 2, 16), Truth.UNKNOWN),
    ("three years", (2022, 2, 16), (2027, 2, 15), Truth.UNKNOWN),
    ("three years", (2022, 2, 16), (2027, 2, 16), Truth.FAILS),
    ("three years", (2022, 2, 16), (2023, 2, 16), Truth.FAILS),
    ("14 months", (2024, 1, 10), (2025, 3, 10), Truth.HOLDS),
    ("14 months", (2024, 1, 10), (2025, 4, 9), Truth.HOLDS),
    ("14 months", (2024, 1, 10), (2025, 4, 10), Truth.UNKNOWN),
    ("14 months", (2024, 1, 10), (2025, 5, 10), Truth.FAILS),
    ("one year and two months", (2024, 1, 10), (2025, 1, 10), Truth.FAILS),
    ("two weeks", (2024, 3, 1), (2024, 3, 15), Truth.HOLDS),
    ("two weeks", (2024, 3, 1), (2024, 3, 22), Truth.UNKNOWN),
    ("two weeks", (2024, 3, 1), (2024, 3, 29), Truth.FAILS),
    ("426 days", (2024, 1, 1), (2025, 3, 2), Truth.HOLDS),
    ("426 days", (2024, 1, 1), (2025, 3, 3), Truth.UNKNOWN),
    ("426 days", (2024, 1, 1), (2025, 3, 4), Truth.FAILS),
    ("2 weeks and 3 days", (2024, 3, 1), (2024, 3, 18), Truth.HOLDS),
    ("two and a half years", (2022, 1, 1), (2024, 11, 1), Truth.UNKNOWN),
    ("two and a half years", (2022, 1, 1), (2025, 3, 1), Truth.FAILS),
    ("two decades", (2000, 1, 1), (2016, 1, 1), Truth.UNKNOWN),
    ("two decades", (2000, 1, 1), (2014, 1, 1), Truth.FAILS),
]


@pytest.mark.parametrize(("text", "first", "second", "expected"), MATCHES)
def test_a_duration_against_two_dates(text, first, second, expected):
    assert duration_matches(read(text), date(*first), date(*second)) is expected
    assert duration_matches(read(text), date(*second), date(*first)) is expected


def test_a_duration_beyond_the_calendar_is_unknown():
    mention = read("9,000 years")
    assert duration_matches(mention, date(2024, 1, 1), date(2025, 1, 1)) is Truth.UNKNOWN


def test_what_was_measured_holds_when_written():
    first, second = date(2022, 2, 16), date(2025, 8, 1)
    gap = elapsed(first, second)
    like = read("two years and one month")
    text = write_duration(like, years=gap.years, months=gap.months)
    assert text == "three years and five months"
    assert duration_matches(read(text), first, second) is Truth.HOLDS


@pytest.mark.parametrize(
    ("like", "amount", "expected"),
    [
        ("three years", {"years": 1}, "one year"),
        ("three years", {"years": 12}, "12 years"),
        ("a year", {"years": 1}, "a year"),
        ("a year", {"years": 4}, "four years"),
        ("14 months", {"months": 3}, "3 months"),
        ("fourteen months", {"months": 26}, "twenty-six months"),
        ("Three years", {"months": 2, "days": 1}, "Two months and one day"),
        ("THREE YEARS", {"weeks": 5}, "FIVE WEEKS"),
        ("14-month", {"years": 1, "months": 6}, "18-month"),
        ("four-year", {"years": 1}, "one-year"),
        ("two decades", {"years": 30}, "three decades"),
        ("Four hundred days", {"days": 326}, "Three hundred and twenty-six days"),
        ("1,000 days", {"days": 2500}, "2,500 days"),
        ("one year, two months and 3 days", {"years": 2, "days": 11}, "two years and 11 days"),
    ],
)
def test_another_amount_is_written_in_the_same_manner(like, amount, expected):
    assert write_duration(read(like), **amount) == expected


@pytest.mark.parametrize("amount", [{}, {"years": -1, "days": 3}])
def test_no_amount_is_refused(amount):
    with pytest.raises(DurationError, match="above zero"):
        write_duration(read("three years"), **amount)


def test_two_units_do_not_fit_behind_a_hyphen():
    with pytest.raises(DurationError, match="hyphen"):
        write_duration(read("14-month"), months=1, days=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 months", "one year and two months"),
        ("one year and two months", "14 months"),
        ("two weeks", "14 days"),
        ("14 days", "two weeks"),
        ("3 years", "three years"),
        ("three years", "3 years"),
        ("a fortnight", "two weeks"),
        ("24-month", "two-year"),
    ],
)
def test_rewordings_convert_units_and_digits(text, expected):
    assert expected in rewordings(read(text))


SINGLE = st.fixed_dictionaries(
    {}, optional={"years": st.integers(1, 99), "months": st.integers(1, 99)}
)
PAIR = st.fixed_dictionaries(
    {}, optional={"weeks": st.integers(1, 99), "days": st.integers(1, 999)}
)
LIKES = st.sampled_from(
    [
        "three years",
        "14 months",
        "fourteen months",
        "two years and 11 days",
        "A day",
        "two hundred days",
    ]
)


@given(LIKES, st.one_of(SINGLE, PAIR).filter(bool))
def test_what_is_written_is_read_back(like, amount):
    mention = read(write_duration(read(like), **amount))
    wanted = dict.fromkeys(("years", "months", "weeks", "days"), 0) | amount
    assert amounts(mention) == tuple(wanted.values())


@given(LIKES, st.one_of(SINGLE, PAIR).filter(bool))
def test_rewordings_mean_the_same(like, amount):
    mention = read(write_duration(read(like), **amount))
    for text in rewordings(mention):
        other = read(text)
        assert text != mention.span.text
        assert (other.years * 12 + other.months, other.weeks * 7 + other.days) == (
            mention.years * 12 + mention.months,
            mention.weeks * 7 + mention.days,
        )


PIECES = st.sampled_from(
    [
        *("a", "an", "one", "three", "twenty-one", "14", "1,000", "2.5", "half", "½", "0", "99999"),
        *("year", "years", "-year", "month", "days", "decade", "centuries", "old", "later", "on"),
        *(" ", " ", " and ", ", ", "-", "about ", "or so", "\u00a0", "é", "\ud800", "ſ", "\n", "$"),
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text()))
def test_no_text_is_too_odd(text):
    end = 0
    for mention in find(text):
        assert mention.span.start >= end
        assert any(amounts(mention))
        end = mention.span.end
    read_duration(text)

"""Every form that news uses: where it stands, what it means, how it is written again."""

from __future__ import annotations

from datetime import date

import pytest

from perturbations.reading.dates import find_as_of, find_dates, read_date
from perturbations.reading.mentions import AsOf, DateMention, Precision
from perturbations.reading.offsets import Encoded
from perturbations.text import Article

AS_OF = AsOf.day(date(2024, 5, 15))
"""A Wednesday."""


def find(text: str, as_of: AsOf | None = AS_OF) -> tuple[DateMention, ...]:
    found = find_dates(Encoded(text), as_of)
    for mention in found:
        mention.span.check(text)
        for _, part in mention.parts:
            part.check(text)
        for end in mention.ends:
            end.span.check(text)
    return found


FULL = [
    ("on 16 February 2022 he", "16 February 2022", "{d} {Month} {yyyy}"),
    ("16th of February, 2022", "16th of February, 2022", "{do} of {Month}, {yyyy}"),
    ("On February 16, 2022, he", "February 16, 2022", "{Month} {d}, {yyyy}"),
    ("February 16th 2022", "February 16th 2022", "{Month} {do} {yyyy}"),
    ("Feb 16, 2022", "Feb 16, 2022", "{Mon} {d}, {yyyy}"),
    ("Feb. 16, 2022.", "Feb. 16, 2022", "{Mon.} {d}, {yyyy}"),
    ("16 Feb 2022", "16 Feb 2022", "{d} {Mon} {yyyy}"),
    ("16-Feb-2022", "16-Feb-2022", "{d}-{Mon}-{yyyy}"),
    ("at 2022-02-16T10:00Z", "2022-02-16", "{yyyy}-{mm}-{dd}"),
    ("2022/02/16", "2022/02/16", "{yyyy}/{mm}/{dd}"),
    ("(16/02/2022)", "16/02/2022", "{dd}/{mm}/{yyyy}"),
    ("2/16/2022", "2/16/2022", "{m}/{d}/{yyyy}"),
    ("2/16/22", "2/16/22", "{m}/{d}/{yy}"),
    ("16.02.2022", "16.02.2022", "{dd}.{mm}.{yyyy}"),
    ("16\u00a0February\u202f2022", "16\u00a0February\u202f2022", "{d}\u00a0{Month}\u202f{yyyy}"),
    ("BRUSSELS, FEBRUARY 16, 2022", "FEBRUARY 16, 2022", "{MONTH} {d}, {yyyy}"),
    ("Wednesday, 16 February 2022's", "Wednesday, 16 February 2022", None),
    ("Wednesday 16 Feb 2022", "Wednesday 16 Feb 2022", "{Weekday} {d} {Mon} {yyyy}"),
    ("Wed., Feb. 16, 2022", "Wed., Feb. 16, 2022", "{Wkd.}, {Mon.} {d}, {yyyy}"),
    ("Wednesday the 16th of February 2022", "Wednesday the 16th of February 2022", None),
    ("on February 16, 2022, a Wednesday", "February 16, 2022, a Wednesday", None),
    ("16 February 2022 (Wednesday)", "16 February 2022 (Wednesday)", None),
]


@pytest.mark.parametrize(("text", "span", "template"), FULL)
def test_full_dates_name_one_day_by_themselves(text, span, template):
    [mention] = find(text, None)
    assert (mention.span.text, mention.first, mention.last) == (
        span,
        date(2022, 2, 16),
        date(2022, 2, 16),
    )
    assert mention.is_full
    assert mention.problem is None
    assert template in (None, mention.template)
    assert (mention.weekday == 2) == ("Wed" in span)


def test_parts_are_spans_of_what_is_written():
    [mention] = find("They met on Wednesday, Feb. 16, 2022.")
    assert {name: span.text for name, span in mention.parts} == {
        "weekday": "Wednesday",
        "month": "Feb.",
        "day": "16",
        "year": "2022",
    }


COARSE = [
    ("in August 2025", "August 2025", Precision.MONTH, (2025, 8, 1), (2025, 8, 31)),
    ("Aug. 2025", "Aug. 2025", Precision.MONTH, (2025, 8, 1), (2025, 8, 31)),
    ("in 2022", "2022", Precision.YEAR, (2022, 1, 1), (2022, 12, 31)),
    ("in the year 2022", "2022", Precision.YEAR, (2022, 1, 1), (2022, 12, 31)),
    ("the 1990s", "1990s", Precision.DECADE, (1990, 1, 1), (1999, 12, 31)),
    ("the ’90s", "’90s", Precision.DECADE, (1990, 1, 1), (1999, 12, 31)),
    ("Q3 2024", "Q3 2024", Precision.QUARTER, (2024, 7, 1), (2024, 9, 30)),
    ("the third quarter of 2024", "third quarter of 2024", Precision.QUARTER, (2024, 7, 1), None),
    ("in summer 2024", "summer 2024", Precision.QUARTER, (2024, 6, 1), None),
    ("the spring of 2024", "spring of 2024", Precision.QUARTER, (2024, 3, 1), None),
]


@pytest.mark.parametrize(("text", "span", "precision", "first", "last"), COARSE)
def test_coarser_dates_mean_all_of_their_days(text, span, precision, first, last):
    [mention] = find(text, None)
    assert (mention.span.text, mention.precision) == (span, precision)
    assert mention.first == date(*first)
    assert last is None or mention.last == date(*last)
    assert not mention.is_full


def test_early_and_late_narrow_a_year_but_overlap():
    [early] = find("early 2022")
    [late] = find("late 2022")
    [middle] = find("mid-2022")
    assert early.first == date(2022, 1, 1)
    assert late.last == date(2022, 12, 31)
    assert early.last < late.first
    assert middle.first < early.last < late.first < middle.last


RELATIVE = [
    ("today", (2024, 5, 15), (2024, 5, 15)),
    ("Yesterday", (2024, 5, 14), (2024, 5, 14)),
    ("tomorrow", (2024, 5, 16), (2024, 5, 16)),
    ("the day before yesterday", (2024, 5, 13), (2024, 5, 13)),
    ("last night", (2024, 5, 14), (2024, 5, 14)),
    ("Wednesday", (2024, 5, 15), (2024, 5, 15)),
    ("Thursday", (2024, 5, 9), (2024, 5, 9)),
    ("last Tuesday", (2024, 5, 14), (2024, 5, 14)),
    ("last Wednesday", (2024, 5, 8), (2024, 5, 8)),
    ("next Friday", (2024, 5, 17), (2024, 5, 17)),
    ("this past Monday", (2024, 5, 13), (2024, 5, 13)),
    ("last week", (2024, 5, 5), (2024, 5, 12)),
    ("last month", (2024, 4, 1), (2024, 4, 30)),
    ("this month", (2024, 5, 1), (2024, 5, 31)),
    ("next month", (2024, 6, 1), (2024, 6, 30)),
    ("last quarter", (2024, 1, 1), (2024, 3, 31)),
    ("last year", (2023, 1, 1), (2023, 12, 31)),
    ("the last year", (2023, 1, 1), (2024, 5, 15)),
    ("last August", (2023, 8, 1), (2023, 8, 31)),
    ("Feb. 16", (2024, 2, 16), (2024, 2, 16)),
    ("16 December", (2023, 12, 16), (2023, 12, 16)),
    ("31 October", (2024, 10, 31), (2024, 10, 31)),
    ("29 February", (2024, 2, 29), (2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "first", "last"), RELATIVE)
def test_relative_dates_are_worked_out_from_the_articles_time(text, first, last):
    [mention] = find(f"It was {text}, they said.")
    assert (mention.span.text, mention.first, mention.last) == (text, date(*first), date(*last))
    assert mention.relative
    [unknown] = find(f"It was {text}, they said.", None)
    assert (unknown.first, unknown.last, unknown.relative) == (None, None, True)


def test_relative_dates_stay_open_where_the_articles_time_leaves_a_choice():
    august = AsOf(date(2025, 8, 1), date(2025, 8, 31))
    values = {
        m.span.text: m.first for m in find("yesterday, Friday, last month, last year", august)
    }
    assert values == {
        "yesterday": None,
        "Friday": None,
        "last month": date(2025, 7, 1),
        "last year": date(2024, 1, 1),
    }


def test_weekdays_look_back_unless_a_word_points_ahead():
    assert find("They met on Friday.")[0].first == date(2024, 5, 10)
    assert find("They will know by Friday.")[0].first == date(2024, 5, 17)
    assert find("It fell on the last Friday of the month.")[0].first is None


def test_usage_differs_about_last_and_next_within_the_week():
    assert find("last Tuesday")[0].ambiguous
    assert not find("last Friday")[0].ambiguous


PROBLEMS = [
    ("30 February 2022", "February 2022 has 28 days"),
    ("February 29, 2023", "February 2023 has 28 days"),
    ("31 April", "April has 30 days"),
    ("February 30", "February has 29 at most"),
    ("Q5 2024", "a year has 4 quarters"),
    ("fifth quarter of 2024", "a year has 4 quarters"),
    ("2022-13-05", "a year has 12 months"),
    ("2022-02-30", "February 2022 has 28 days"),
    ("13/14/2022", "a year has 12 months"),
    ("Sept. 31, 2021", "September has 30 days"),
]


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_impossible_dates_say_why_and_mean_no_day(text, problem):
    [mention] = find(f"It was {text}.")
    assert (mention.span.text, mention.problem) == (text, problem)
    assert mention.first is None
    assert mention.last is None
    assert not mention.is_full


RANGES = [
    ("16-18 February 2022", (2022, 2, 16), (2022, 2, 18)),
    ("16 to 18 February 2022", (2022, 2, 16), (2022, 2, 18)),
    ("February 16–18, 2022", (2022, 2, 16), (2022, 2, 18)),
    ("December 6 and 7, 2022", (2022, 12, 6), (2022, 12, 7)),
    ("3 January to 5 March 2024", (2024, 1, 3), (2024, 3, 5)),
    ("28 December to 3 January 2024", (2023, 12, 28), (2024, 1, 3)),
    ("Sept. 30-Oct. 2, 2024", (2024, 9, 30), (2024, 10, 2)),
    ("2019-2021", (2019, 1, 1), (2021, 12, 31)),
    ("2019–21", (2019, 1, 1), (2021, 12, 31)),
    ("January to March 2024", (2024, 1, 1), (2024, 3, 31)),
    ("April 2007 to June 2010", (2007, 4, 1), (2010, 6, 30)),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_ranges_run_from_end_to_end(text, first, last):
    [mention] = find(f"It ran from {text}, they said.", None)
    assert (mention.span.text, mention.precision) == (text, Precision.RANGE)
    assert (mention.first, mention.last) == (date(*first), date(*last))
    assert [end.first for end in mention.ends] == [
        mention.first,
        mention.last if mention.ends[1].precision is Precision.DAY else mention.ends[1].first,
    ]


def test_ranges_between_and_from_leave_the_cue_outside():
    [between] = find("between 2014 and 2016")
    [since] = find("from 2014 to 2016")
    assert (between.span.text, since.span.text) == ("2014 and 2016", "2014 to 2016")


NONE = [
    "May it be so, said Theresa May.",
    "led by May and met by May",
    "They march. March on, he said; March, then!",
    "1500 troops, by 1500 troops and of 2500 protesters",
    "50 U.S.C. 1622(d) and Section 202",
    "call 555-2016 or 0171-555-2016",
    "open 24/7, lost 3-2",
    "Agenda 2024 and the 2024 election",
    "the Clean Air Act of 1970",
    "in fiscal year 2022 and FY 2023",
    "on Good Friday and Super Tuesday",
    "https://a.example/2022/02/16/x-2022-02-16 and www.b.example/16/02/2022",
    "b.example/world/2025/sep/05/story",
    "in 2000 B.C.",
    "India Today and USA Today said",
    "22th of nothing, 0 March",
    "some mondays, a summer, in the third quarter",
    "the Mayor, Marching 16 men, Augustus 2, Octobers",
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_date_is_none(text):
    assert [mention.span.text for mention in find(text)] == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("in March 16 people died", ["March"]),
        ("In March, 16 people died", ["March"]),
        ("in March 16-year-olds", ["March"]),
        ("the COVID-19 March 2022 wave", ["March 2022"]),
        ("in 2014, 2018 and 2022", ["2014", "2018", "2022"]),
        ("in March and April", ["March", "April"]),
        ("in 2019 and 2000 people", ["2019"]),
        ("on 16 February 2022 and 3 March", ["16 February 2022", "3 March"]),
        ("Wednesday’s and 16 February’s", ["Wednesday", "16 February"]),
        ("im März, ¡16 February 2022!", ["16 February 2022"]),
        ("é16 February", []),
        ("In April 31 protesters were held", ["April"]),
        ("March 35 and 2 March", ["2 March"]),
    ],
)
def test_only_what_is_a_date_is_taken(text, spans):
    assert [mention.span.text for mention in find(text)] == spans


def test_numeric_dates_are_ambiguous_until_another_one_tells_the_order():
    [alone] = find("on 03/04/2022")
    assert (alone.ambiguous, alone.first, alone.last) == (
        True,
        date(2022, 3, 4),
        date(2022, 4, 3),
    )
    assert not find("on 05/05/2022")[0].ambiguous
    day_first = find("on 03/04/2022 and 16/02/2022")[0]
    month_first = find("on 03/04/2022 and 02/16/2022")[0]
    assert (day_first.first, day_first.template) == (date(2022, 4, 3), "{dd}/{mm}/{yyyy}")
    assert (month_first.first, month_first.template) == (date(2022, 3, 4), "{mm}/{dd}/{yyyy}")
    assert month_first.part("month").text == "03"
    assert find("03/04/2022, 16/02/2022, 02/16/2022")[0].ambiguous


@pytest.mark.parametrize("text", [*(span for _, span, _ in FULL), *(text for text, *_ in RANGES)])
def test_what_find_dates_finds_read_date_reads(text):
    [found] = find(text)
    read = read_date(text, AS_OF)
    assert read == found


@pytest.mark.parametrize(
    "text", ["", "x", "in 2022", "on 3 May", "3 May and", "1500 troops", " 2022"]
)
def test_read_date_takes_one_whole_expression(text):
    assert read_date(text) is None


def test_read_date_needs_no_cue():
    assert read_date("2022").first == date(2022, 1, 1)
    assert read_date("August", AS_OF).last == date(2024, 8, 31)


@pytest.mark.parametrize(
    ("body", "first", "last"),
    [
        ("As of August 2025, they talk.", (2025, 8, 1), (2025, 8, 31)),
        ("BRUSSELS, 27 June 2024 — They met.", (2024, 6, 27), (2024, 6, 27)),
        ("WASHINGTON, D.C., March 3, 2024 (XY) -- They met.", (2024, 3, 3), (2024, 3, 3)),
        ("Friday, July 21, 2017\n\nThey met.", (2017, 7, 21), (2017, 7, 21)),
        ("As of 2025 so; as of August 2025 so too.", (2025, 8, 1), (2025, 8, 31)),
    ],
)
def test_the_time_of_an_article_without_dates_is_an_explicit_cue(body, first, last):
    article = Article("a", "Talks", body)
    found = find_as_of(article, Encoded(article.text))
    assert (found.first, found.last) == (date(*first), date(*last))
    found.cue.check(article.text)


@pytest.mark.parametrize(
    "body",
    [
        "They met on 27 June 2024.",
        "TOKYO, Feb. 16 - They met.",
        "Mr Doe said, 27 June 2024 - a day to remember.",
        "As of May 2020 so. As of August 2025 otherwise.",
        "As of Wednesday, so.",
    ],
)
def test_no_cue_or_a_contradiction_leaves_the_time_unknown(body):
    article = Article("a", "Talks", body)
    assert find_as_of(article, Encoded(article.text)) is None


def test_metadata_come_before_cues():
    article = Article("a", "T", "As of August 2025, so.", published=date(2025, 9, 1))
    assert find_as_of(article, Encoded(article.text)) == AsOf.day(date(2025, 9, 1))

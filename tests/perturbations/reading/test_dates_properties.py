"""Properties of dates: templates give back what they were read from; no text is too odd."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perturbations.reading.dates import TemplateError, alternatives, find_dates, read_date, render
from perturbations.reading.mentions import AsOf, DateMention
from perturbations.reading.offsets import Encoded
from perturbations.text import Article

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_DAY = ("{d}", "{dd}", "{do}", "{DO}")
_MONTH = ("{Month}", "{Mon}", "{Mon.}", "{Mon4}", "{Mon3.}", "{MONTH}", "{MON}", "{MON.}")
_WEEKDAY = ("", "{Weekday}, ", "{Weekday} ", "{Wkd}, ", "{Wkd.}, ", "{WEEKDAY}, ", "{Wkd4} ")
TEXTUAL = [
    f"{weekday}{core}"
    for weekday in _WEEKDAY
    for day in _DAY
    for month in _MONTH
    for core in (
        f"{day} {month} {{yyyy}}",
        f"{day} of {month}, {{yyyy}}",
        f"{month} {day}, {{yyyy}}",
        f"{month}\u00a0{day} {{yyyy}}",
    )
]
NUMERIC = [
    "{yyyy}-{mm}-{dd}",
    "{yyyy}/{m}/{d}",
    "{dd}.{mm}.{yyyy}",
    "{dd}/{mm}/{yyyy}",
    "{m}/{d}/{yyyy}",
]


@given(st.sampled_from(TEXTUAL), DAYS)
def test_a_written_day_is_read_back(template, day):
    text = render(template, day)
    mention = read_date(text)
    assert mention is not None, text
    assert (mention.first, mention.last, mention.problem) == (day, day, None)
    assert render(mention.template, day) == text
    weekday = day.weekday() if "{W" in template else None
    assert mention.weekday == weekday


@given(st.sampled_from(NUMERIC), DAYS)
def test_a_numeric_day_is_read_back_or_left_open(template, day):
    mention = read_date(render(template, day))
    assert mention is not None
    assert day in (mention.first, mention.last)
    if not mention.ambiguous:
        assert mention.first == mention.last == day
        assert render(mention.template, day) == mention.span.text


@given(st.sampled_from([*TEXTUAL, *NUMERIC]), DAYS, DAYS)
def test_another_day_written_the_same_way_is_read_as_that_day(template, day, other):
    mention = read_date(render(template, day))
    assert mention is not None
    if not mention.ambiguous and not template.startswith(("{d", "{m")):
        again = read_date(render(mention.template, other))
        assert again is not None
        assert other in (again.first, again.last)


@given(st.sampled_from([*TEXTUAL, *NUMERIC]), DAYS)
def test_alternatives_say_the_same_otherwise(template, day):
    mention = read_date(render(template, day))
    assert mention is not None
    found = alternatives(mention)
    written = [render(other, day) for other in found]
    assert len({*written, mention.span.text}) == len(found) + 1
    for text in written:
        again = read_date(text)
        assert again is not None, text
        assert (again.first, again.last, again.weekday) == (day, day, mention.weekday)


def test_alternatives_are_none_where_a_date_has_one_usual_writing():
    for text in (
        "2022",
        "yesterday",
        "Wednesday",
        "early May",
        "1990s",
        "30 February 2022",
        "03/04/2022",
    ):
        mention = read_date(text)
        assert mention is not None
        assert alternatives(mention) == ()


def test_short_month_names_of_a_text_are_kept_for_other_months():
    march, february = find_dates(Encoded("On March 3, 2024, and on Feb. 2, 2024."), None)
    assert render(march.template, date(2024, 9, 3)) == "Sept. 3, 2024"
    assert render(february.template, date(2024, 3, 2)) == "March 2, 2024"
    [alone] = find_dates(Encoded("On March 3, 2024."), None)
    assert render(alone.template, date(2024, 9, 3)) == "September 3, 2024"


def test_an_unknown_token_is_named():
    with pytest.raises(TemplateError, match=r"no token '\{Mnth\}'"):
        render("{d} {Mnth}", date(2024, 1, 1))


PIECES = st.sampled_from(
    [
        *(
            "16",
            "31",
            "2022",
            "1990s",
            "Feb.",
            "February",
            "MAY",
            "May",
            "Wed.",
            "Wednesday",
            "Sept",
        ),
        *(
            "of",
            "the",
            "in",
            "to",
            "and",
            "from",
            "between",
            "last",
            "next",
            "week",
            "year",
            "early",
        ),
        *(
            " ",
            " ",
            " ",
            ",",
            ".",
            "-",
            "–",
            "/",
            "(",
            ")",
            "\n",
            "\u00a0",
            "’s",
            "'90s",
            "th",
            "Q3",
        ),
        *("a", "https://", "x.example/", "é", "日", "\ud800", "🙂", "ſ", "\u212a", "0", "٣"),
    ]
)


def check(text: str, mentions: tuple[DateMention, ...]) -> None:
    end = 0
    for mention in mentions:
        mention.span.check(text)
        assert mention.span.start >= end
        assert mention.span.text
        end = mention.span.end
        for span in [*(part for _, part in mention.parts), *(m.span for m in mention.ends)]:
            span.check(text)
            assert mention.span.covers(span)
        if mention.first is not None and mention.last is not None:
            assert mention.first <= mention.last
        assert (mention.first is None) == (mention.last is None)
        assert mention.problem is None or mention.first is None


@settings(max_examples=300)
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(), st.text(st.characters())))
@example("\ud83d 16 February 2022 \udc00")
@example("’90s’90s")
def test_no_text_is_too_odd(text):
    for as_of in (None, AsOf.day(date(2024, 5, 15)), AsOf.day(date.min), AsOf.day(date.max)):
        check(text, find_dates(Encoded(text), as_of))


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_reading_never_raises(text):
    mention = read_date(text)
    assert mention is None or mention.span.text == text


def test_long_texts_are_read_in_one_go():
    text = "On Wednesday, 16 February 2022, and in March 16 men met; see 1/2/3. " * 30_000
    found = find_dates(Encoded(text), None)
    assert len(found) == 60_000
    check(text, found[-4:])


@pytest.fixture
def articles() -> list[Article]:
    here = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", here.parent / "shared" / "corpus"))
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.open("rb")]
    if not lines:
        pytest.skip(f"no corpus in {folder}; set INCONSISTENT_NEWS_CORPUS")
    return [Article.from_json(json.loads(line)) for line in lines]


def test_dates_of_real_articles_are_written_again_as_they_stand(articles):
    full = 0
    for article in articles:
        as_of = AsOf.day(article.published) if article.published else None
        found = find_dates(Encoded(article.text), as_of)
        check(article.text, found)
        for mention in found:
            assert read_date(mention.span.text, as_of) is not None
            if mention.is_full and not mention.ambiguous and mention.first is not None:
                full += 1
                assert render(mention.template, mention.first) == mention.span.text
    assert full > len(articles) / 10

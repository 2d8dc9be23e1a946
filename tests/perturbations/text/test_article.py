"""Articles: one text of headline and body, strict values, and the day it speaks on."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.text import SEPARATOR, Article, ArticleError, Span


def visible(text):
    return bool(text.strip())


@given(st.data())
def test_headline_and_body_make_one_text(arbitrary, data):
    title = data.draw(arbitrary.texts).replace("\r", "")
    body = data.draw(arbitrary.texts.filter(visible)).replace("\r", "")
    article = Article("a", title, body)
    assert article.text == (f"{title}\n\n{body}" if title else body)
    assert article.text[article.body_start :] == body
    assert article.title_span.check(article.text).text == title
    assert Article.from_json(json.loads(json.dumps(article.to_json()))) == article


@given(st.data())
def test_a_new_text_is_split_where_the_headline_ends(arbitrary, data):
    old = Article("a", data.draw(arbitrary.texts).replace("\r", ""), "old body")
    title = data.draw(arbitrary.texts.filter(visible)).replace("\r\n", "")
    body = data.draw(arbitrary.texts).replace("\r", "")
    new = old.with_text(title + SEPARATOR + body, title_length=len(title), id="b")
    assert (new.id, new.title, new.body) == ("b", title, body)
    same = old.with_text(old.text)
    assert same == old


def test_a_text_with_another_headline_needs_its_length():
    article = Article("a", "Old headline", "Body.")
    with pytest.raises(ArticleError, match="no separator after the headline at 12"):
        article.with_text("New headline\n\nBody.")
    with pytest.raises(ArticleError, match="at 5"):
        article.with_text("New headline\n\nBody.", title_length=5)
    assert article.with_text("Old headline\n\nNew.").body == "New."


def test_without_a_headline_the_text_is_the_body():
    article = Article("a", "", "Body.")
    assert article.text == "Body."
    assert article.body_start == 0
    assert article.title_span == Span(0, 0, "")
    assert article.with_text("Other.").body == "Other."


@pytest.mark.parametrize(("title", "body"), [("", ""), (" ", "\n\t"), ("\u2003", "")])
def test_an_article_without_a_visible_character_is_refused(title, body):
    with pytest.raises(ArticleError, match="'a' has neither a title nor a body"):
        Article("a", title, body)


@pytest.mark.parametrize(("title", "body"), [("a\r\nb", "c"), ("a", "b\r\nc")])
def test_carriage_returns_are_for_readers_to_turn(title, body):
    with pytest.raises(ArticleError, match="CR LF"):
        Article("a", title, body)
    row = {"id": "a", "title": title, "body": body}
    read = Article.from_json(row)
    assert read.text == f"{title}\n\n{body}".replace("\r\n", "\n")


def test_a_lone_carriage_return_is_left_alone():
    assert Article.from_json({"body": "a\rb\u2028c"}).body == "a\rb\u2028c"


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (None, None, None),
        ("2022-02-16", None, "2022-02-16"),
        (None, "2022-02-17", "2022-02-17"),
        ("2022-02-16", "2022-02-18", "2022-02-18"),
        ("2022-02-16", "2022-02-11", "2022-02-16"),
    ],
)
def test_the_day_it_speaks_on_is_the_later_one(published, updated, expected):
    row = {"body": "Text.", "published": published, "updated": updated}
    found = Article.from_json(row).reference_date
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    "value",
    [
        *("16/02/22", "2022-02-30", "2022-02-16T10:00:00", "", 20220216, True),
        *("20220216", "2022-W07-3"),
    ],
)
def test_a_date_that_is_none_is_named_with_its_place(value):
    row = {"body": "Text.", "published": value}
    with pytest.raises(ArticleError) as error:
        Article.from_json(row, where="articles.jsonl line 12")
    assert str(error.value) == (
        f"published must be an ISO date (YYYY-MM-DD) or null, got {value!r} "
        "in articles.jsonl line 12"
    )


def test_dates_of_arrow_tables_are_taken_as_days():
    row = {"body": "Text.", "published": date(2022, 2, 16), "updated": datetime(2022, 2, 17, 9, 30)}
    article = Article.from_json(row)
    assert (article.published, article.updated) == (date(2022, 2, 16), date(2022, 2, 17))
    assert type(article.updated) is date


@pytest.mark.parametrize("key", ["id", "title", "body", "language", "source", "url", "licence"])
def test_a_value_that_is_no_string_is_named_with_its_place(key):
    row = {"body": "Text.", key: 7}
    with pytest.raises(ArticleError, match=f"{key} must be a string, got 7 in line 3"):
        Article.from_json(row, where="line 3")


@pytest.mark.parametrize(
    "value",
    [
        "politics",
        [1],
        ["a", None],
        5,
        {"a": 1},
    ],
)
def test_tags_are_a_list_of_strings(value):
    with pytest.raises(ArticleError, match="tags must be a list of strings"):
        Article.from_json({"body": "Text.", "tags": value})


def test_what_is_missing_has_its_default_and_what_is_unknown_is_left_alone():
    article = Article.from_json({"body": "Text.", "colour": "blue", "tags": None})
    assert article == Article("", "", "Text.")
    assert article.language == "en"

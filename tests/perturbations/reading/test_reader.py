"""The reader: every recogniser over one article, tied together."""

from __future__ import annotations

from datetime import date

import pytest

from perturbations.knowledge import load
from perturbations.reading.mentions import PersonForm
from perturbations.reading.reader import Reader, read
from perturbations.text import Article


@pytest.fixture(scope="module")
def knowledge():
    return load()


@pytest.fixture(scope="module")
def reader(knowledge):
    return Reader(knowledge)


BODY = (
    "TOKYO, 16 March 2023 — Japanese Prime Minister Fumio Kishida received President Yoon Suk Yeol "
    "of South Korea on Thursday, 12 years after the last such visit [1]. In 2018 President Moon "
    "Jae-in had met Shinzo Abe. “President Biden is pleased,” an official said.\n\n"
    "References\n\n"
    '[1] Reuters, "Prime Minister Kishida hosts Yoon", 16 March 2023, https://www.reuters.com/'
    "world/asia-pacific/prime-minister-kishida-hosts-yoon-2023-03-16/"
)


def article(**changes):
    given = {"title": "Kishida receives Yoon in Tokyo", "body": BODY, "published": "2023-03-16"}
    return Article.from_json({"id": "a", **given, **changes})


def test_every_recogniser_has_its_part(reader):
    reading = reader.read(article())
    assert reading.text == reading.article.text
    assert reading.as_of is not None
    assert reading.as_of.first == date(2023, 3, 16)
    assert [entry.number for entry in reading.citations.entries] == [1]
    assert any(mention.is_full and mention.weekday is None for mention in reading.dates)
    assert [duration.years for duration in reading.durations] == [12]
    assert reading.layout.sentences


def test_people_know_headline_history_quotation_and_reference(reader):
    reading = reader.read(article())
    claims = [m.span.text for m in reading.people if m.claims_office]
    assert claims == [
        "Japanese Prime Minister Fumio Kishida",
        "President Yoon Suk Yeol of South Korea",
    ]
    headline = [m for m in reading.people if m.in_headline]
    assert [(m.person, m.form) for m in headline] == [
        ("fumio-kishida", PersonForm.SURNAME),
        ("yoon-suk-yeol", PersonForm.SURNAME),
    ]
    by_text = {m.span.text: m for m in reading.people}
    assert by_text["President Moon Jae-in"].historical
    assert by_text["President Biden"].quoted
    assert by_text["Prime Minister Kishida"].in_reference


def test_a_chain_can_be_asked_for(reader):
    reading = reader.read(article())
    number = next(m.chain for m in reading.people if m.person == "fumio-kishida")
    assert [m.span.text for m in reading.chain(number)] == [
        "Kishida",
        "Japanese Prime Minister Fumio Kishida",
        "Prime Minister Kishida",
    ]


def test_without_metadata_a_cue_in_the_text_tells_the_time(reader):
    body = "As of August 2025, Japan, under new rules, is led by Prime Minister Shigeru Ishiba."
    reading = reader.read(article(title="", body=body, published=None))
    assert reading.as_of is not None
    assert reading.as_of.cue is not None
    assert (reading.as_of.first, reading.as_of.last) == (date(2025, 8, 1), date(2025, 8, 31))
    assert [m.claims_office for m in reading.people] == [True]


def test_the_later_of_published_and_updated_counts(reader):
    reading = reader.read(article(updated="2023-03-20"))
    assert reading.as_of is not None
    assert reading.as_of.first == date(2023, 3, 20)


def test_one_article_can_be_read_without_a_reader(knowledge, reader):
    assert read(article(), knowledge) == reader.read(article())

"""Operators on dates: what cannot be in the variant can be in the control, in the same form."""

import re
from datetime import date

import pytest

from perturbations.dates import MIN_SHIFT
from perturbations.perturbation import Catalogue
from perturbations.proposal import NotApplicable
from perturbations.reading.dates import read_date
from perturbations.text import Article, Span

PLAIN = "The bridge opened on {} in the rain. Nobody stayed dry."
NAMES = ("dates.weekday", "dates.no_such_day", "dates.second_date")


@pytest.fixture
def build(workshop, make_article):
    return lambda name, body, seeds=12, slots=(), **more: workshop.over_seeds(
        name, make_article(body, **more), seeds, slots=slots
    )


def only(changes):
    [change] = changes
    return change


# weekday


@pytest.mark.parametrize(
    "words",
    ["4 May 2022", "May 4, 2022", "04 May 2022", "Feb. 4, 2022", "4 Feb 2022", "4th May 2022"],
)
def test_a_weekday_is_added_the_wrong_one_and_the_right_one(build, words):
    named = set()
    for one in build("dates.weekday", PLAIN.format(words), 24):
        (before, wrong), (same, right) = only(one.changed()), only(one.control_changed())
        assert before == same == words
        assert wrong.endswith(words)
        assert right.endswith(words)
        # The day is worked out by another road than the operator's.
        day = read_date(words).first
        assert right.split(",")[0] == day.strftime("%A")
        assert wrong.split(",")[0] != day.strftime("%A")
        named.add(wrong.split(",")[0])
        assert one.variant.control_note == "the right weekday, in the same format"
    assert len(named) == 6, "every other weekday can be named"


@pytest.mark.parametrize(
    "words",
    [
        "Wednesday, 4 May 2022",
        "Wednesday 4 May 2022",
        "Wednesday, May 4, 2022",
        "Wed. 4 May 2022",
        "Wed., May 4, 2022",
    ],
)
def test_a_weekday_that_is_there_is_wrong_in_the_variant_and_right_in_the_control(build, words):
    wrong_days = set()
    for one in build("dates.weekday", PLAIN.format(words), 24):
        wrong, right = read_date(only(one.changed())[1]), read_date(only(one.control_changed())[1])
        assert right.first == wrong.first == date(2022, 5, 4), "the date stays what it was"
        assert right.first.weekday() == right.weekday
        assert wrong.first.weekday() != wrong.weekday
        assert wrong.template == right.template != read_date(words).template
        wrong_days.add(wrong.weekday)
    assert len(wrong_days) >= 4


# no_such_day


def test_a_day_of_two_figures_goes_first(workshop, make_article):
    body = "It opened on 4 May 2022, was closed on 17 May 2022 and reopened on 9 June 2022."
    subject = workshop.subject(make_article(body))
    for seed in range(8):
        first, *others = workshop.proposals("dates.no_such_day", subject, seed)
        assert first.ledger.edits[0].before == "17 May 2022"
        assert len(others) == 2


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("24 April 2022", {4}),
        ("April 24th, 2022", {4}),
        ("2022-04-24", {4}),
        ("15 February 2022", {2}),
        ("15 February 2020", {2}),
        ("10 May 2022", {4, 6}),
        ("10 January 2022", {2}),
        ("10 August 2022", {9}),
        ("10 December 2022", {11}),
    ],
)
def test_a_day_that_the_month_does_not_have(build, words, months):
    found, days = set(), set()
    for one in build("dates.no_such_day", PLAIN.format(words), 30, published="2023-01-31"):
        (_, wrong), (_, right) = only(one.changed()), only(one.control_changed())
        impossible = read_date(wrong)
        assert impossible.problem
        found.add(month_of(wrong))
        days.add(impossible.part("day").text)
        there = read_date(right)
        assert there.first == read_date(words).first, "the control keeps the date"
        assert there.template == impossible.template != read_date(words).template
    assert found == months
    assert len(days) > 1 or months != {2}, "February lacks 29 to 31, and 30 and 31"


def month_of(words):
    """The month of a date that can't be, read off another day of that month."""
    day = read_date(words).part("day")
    able = words[: day.start] + re.sub(r"\d+", "10", day.text) + words[day.end :]
    return read_date(able.replace("10st", "10th").replace("10nd", "10th")).first.month


# second_date

BOXED = "On 4 May 2022, the council opened the new bridge in the rain. Nobody stayed dry."


def test_one_of_two_dates_moves_and_the_other_stays(build):
    moved = set()
    for one in build("dates.second_date", BOXED, 16):
        (before, wrong), (same, right) = only(one.changed()), only(one.control_changed())
        assert before == same
        assert read_date(right).first == read_date(before).first == date(2022, 5, 4)
        assert read_date(wrong).template == read_date(right).template
        assert right != before, "the control changes the form"
        shift = (read_date(wrong).first - date(2022, 5, 4)).days
        assert abs(shift) >= MIN_SHIFT
        assert read_date(wrong).first <= date(2022, 6, 15), "no event passes the article's own day"
        assert one.defect.witness.expect["basis"] == "constructed"
        assert len(one.text) - len(one.control_text) == len(wrong) - len(right)
        box = one.source_text.index("the council opened") + 40
        moved.add((one.defect.spans[0].start > box, shift > 0))
    assert moved == {(end, way) for end in (True, False) for way in (True, False)}


MARKED = Article(
    "marked",
    "Bridge opens",
    "The bridge opened to rain and music on Wednesday, 4 May 2022. The town paid.\n\n"
    "The mayor recalled 4 May 2022 as a wet day. “It was 4 May 2022,” she said.",
    date(2022, 6, 15),
)


def slots(article, *words):
    at, mentions = 0, []
    for word in words:
        at = article.text.index(word, at)
        mentions.append(Span(at, at + len(word), word))
        at += len(word)
    return (("date of the opening", "date", tuple(mentions)),)


def test_marked_dates_conflict_outside_quotations(workshop):
    marks = slots(MARKED, "Wednesday, 4 May 2022", "4 May 2022", "4 May 2022")
    ends = set()
    for one in workshop.over_seeds("dates.second_date", MARKED, 12, slots=marks):
        before, wrong = only(one.changed())
        ends.add(before)
        assert "“It was 4 May 2022,”" in one.text
        assert one.defect.witness.expect == {
            "type": "date",
            "basis": "annotated",
            "slot": "date of the opening",
        }
        read = read_date(wrong)
        assert read.weekday is None or read.first.weekday() == read.weekday
    assert ends == {"Wednesday, 4 May 2022", "4 May 2022"}


# Which dates may be touched


@pytest.mark.parametrize(
    "body",
    [
        "“It opened on 4 May 2022,” the mayor said.",
        "LONDON, 4 May 2022 — The bridge is open.",
        "The bridge opened on 4 May, or in May 2022, or yesterday.",
        "The bridge opened on 03/04/2022.",
        "THE BRIDGE OPENED ON 4 MAY 2022.",
        "The bridge opened under Executive Order 14 of 4 May 2022 at last.",
        "The bridge opened on 31 April 2022.",
        "The bridge opened on Sunday, 4 May 2022.",
        "The bridge opened in the rain [1].\n\nReferences\n\n"
        '[1] Alder Courier, "Bridge opens," 4 May 2022',
    ],
)
def test_dates_that_are_not_the_prose_s_own_are_left_alone(workshop, make_article, body):
    subject = workshop.subject(make_article(body))
    for name in ("dates.weekday", "dates.no_such_day"):
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(name, subject)
        assert str(error.value) == "no full date outside quotations, references and dateline"


def test_an_article_that_dates_nothing_twice_has_no_second_date(workshop, make_article):
    subject = workshop.subject(make_article(BOXED))
    with pytest.raises(NotApplicable) as error:
        workshop.proposals("dates.second_date", subject)
    assert str(error.value) == "no event is dated twice"


# What every operator here keeps

FULL = (
    "LONDON, 14 June 2022 — The rain has gone. On 4 April 2022, the council opened the new bridge "
    "in the rain.\n\n“It rained on 7 March 2022, too,” the mayor said.\n\nReferences\n\n"
    '[1] Alder Courier, "Bridge opens," 13 June 2022, https://www.aldercourier.example/2022/06/13/a'
)


@pytest.mark.parametrize("name", NAMES)
def test_quotations_references_addresses_and_dateline_stay_as_they_are(build, name):
    kept = ["LONDON, 14 June 2022 — The", "“It rained on 7 March 2022, too,”"]
    kept.append(FULL[FULL.index("References") :])
    for one in build(name, FULL, 6):
        for text in (one.text, one.control_text):
            assert all(words in text for words in kept)


@pytest.mark.parametrize("name", NAMES)
def test_the_defect_says_what_is_wrong_in_a_sentence(build, name):
    for one in build(name, BOXED.replace("May", "April"), 4):
        assert re.search(r"\d", one.defect.explanation)
        assert one.defect.type == Catalogue().load(name).type

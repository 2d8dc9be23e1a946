"""The operator on durations: a length that is not the difference of its dates, and one that is."""

import re
from datetime import date, timedelta

import pytest

from perturbations.durations import ElapsedTime, usable_claims
from perturbations.proposal import NotApplicable
from perturbations.reading.dates import read_date
from perturbations.reading.durations import read_duration

NAME = "dates.duration"
STATED = "The bridge opened on {second}, {length} after {first}, in the rain."


@pytest.fixture
def build(workshop, make_article):
    return lambda body, seeds=16, **more: workshop.over_seeds(
        NAME, make_article(body, **more), seeds
    )


def days(duration):
    """A length in days, by another road than the recogniser's: mean years and months."""
    return duration.years * 365.25 + duration.months * 30.44 + duration.weeks * 7 + duration.days


@pytest.mark.parametrize(
    ("first", "second", "length"),
    [
        ("4 May 2019", "4 May 2022", "three years"),
        ("4 May 2021", "4 May 2022", "one year"),
        ("4 January 2022", "4 May 2022", "four months"),
        ("6 April 2022", "4 May 2022", "four weeks"),
        ("4 April 2022", "4 May 2022", "30 days"),
        ("4 March 2020", "4 May 2022", "two years and two months"),
    ],
)
def test_length_or_date_is_wrong_and_the_control_right(build, first, second, length):
    body = STATED.format(first=first, second=second, length=length)
    changed = set()
    gap = (read_date(second).first - read_date(first).first).days
    for one in build(body):
        [(before, wrong)], [(same, right)] = one.changed(), one.control_changed()
        assert before == same
        assert right != before, "the control changes the wording"
        if before == first:
            changed.add("date")
            assert read_date(right).first == read_date(first).first
            moved = (read_date(second).first - read_date(wrong).first).days
            assert moved > 0, "the order of the two dates stays"
            assert abs(moved - days(read_duration(length))) > 1
        else:
            changed.add("length")
            assert before == length
            assert abs(days(read_duration(right)) - gap) <= 3
            assert abs(days(read_duration(wrong)) - gap) > 1
        assert one.defect.spans[0].text == (wrong if before == length else length)
        assert len(one.defect.evidence) == 2
    assert "date" in changed


def test_both_directions_occur_where_a_length_has_another_wording(build):
    body = STATED.format(first="4 May 2019", second="4 May 2022", length="three years")
    befores = {one.changed()[0][0] for one in build(body)}
    assert befores == {"three years", "4 May 2019"}


def test_a_moved_date_does_not_pass_the_articles_own_day(build):
    body = "The bridge opened on 4 May 2022, three weeks before 25 May 2022, in the rain."
    for one in build(body, 30, published="2022-06-15"):
        [(before, wrong)] = one.changed()
        if before == "25 May 2022":
            assert read_date(wrong).first <= date(2022, 6, 15)


# The sentence that is added first

TOLD = (
    "The bridge was begun on {first}, in the rain and the wind of that spring. The council "
    "opened it on {second} to the sound of music."
)


@pytest.mark.parametrize(
    ("first", "second", "length"),
    [
        ("4 May 2019", "4 May 2022", "three years"),
        ("4 May 2020", "4 March 2022", "22 months"),
        ("4 January 2022", "4 May 2022", "four months"),
        ("4 May 2022", "18 May 2022", "two weeks"),
        ("4 May 2022", "25 May 2022", "three weeks"),
        ("4 May 2022", "20 May 2022", "16 days"),
        ("4 May 2022", "11 May 2022", "one week"),
        ("10 January 2019", "4 May 2022", "1,210 days"),
    ],
)
def test_an_added_sentence_tells_the_true_length(workshop, make_article, first, second, length):
    subject = workshop.subject(make_article(TOLD.format(first=first, second=second)))
    ready = workshop.prepared(NAME, subject, 1)
    added = ready.reading.text[len(subject.reading.text) :]
    found = re.fullmatch(rf" That (?:was|came) (.+) after {first}\.", added)
    assert found, added
    gap = read_date(second).first - read_date(first).first
    stated = read_duration(found.group(1))
    assert found.group(1) == length
    assert abs(timedelta(days=days(stated)) - gap) < timedelta(days=3)
    [claim] = usable_claims(ready.reading)
    assert claim.duration.span.text == length


def test_a_weekday_is_left_out_of_an_added_sentence(workshop, make_article):
    for first in ("Wednesday, 4 May 2022", "Wed., May 4, 2022"):
        body = TOLD.format(first=first, second="20 May 2022")
        ready = workshop.prepared(NAME, workshop.subject(make_article(body)), 1)
        added = ready.reading.text[ready.reading.text.index(" That ") :]
        assert "Wed" not in added


@pytest.mark.parametrize(
    "body",
    [
        "The bridge opened on 4 May 2022 in the rain.",
        TOLD.format(first="4 May 2022", second="7 May 2022"),  # too short a time
        TOLD.format(first="4 May 1961", second="7 May 2022"),  # too long a time
        TOLD.format(first="4 May 2022", second="30 July 2022"),  # still to come
        TOLD.format(first="4 May", second="20 May 2022"),
        TOLD.format(first="4 May 2022", second="20 May 2022 or 21 May 2022"),
        "“It was begun on 4 May 2022,” she said. “It opened to the public on 20 May 2022.”",
        TOLD.format(first="4 May 2022", second="20 May 2022").replace("music.", "music"),
        # The next sentence takes up this one.
        TOLD.format(first="4 May 2022", second="20 May 2022") + " It had cost more than planned.",
        # Nothing that happened, so that "that" would mean nothing.
        "It was begun on 4 May 2022. The board chosen on 20 May 2022 has nine members and a chair.",
        "It was begun on 4 May 2022. Since 20 May 2022 the list includes the smaller towns, too.",
    ],
)
def test_why_no_sentence_is_added(workshop, make_article, body):
    subject = workshop.subject(make_article(body))
    with pytest.raises(NotApplicable) as error:
        workshop.prepared(NAME, subject, 1)
    assert str(error.value) == "no two full dates between which a length of time could be told"


def test_nothing_is_added_to_an_article_that_states_a_length(workshop, make_article):
    body = STATED.format(first="4 May 2019", second="4 May 2022", length="three years")
    subject = workshop.subject(make_article(body))
    assert workshop.prepared(NAME, subject, 1) is subject
    assert ElapsedTime().name == "elapsed_time"


@pytest.mark.parametrize(
    "body",
    [
        "It opened on 4 May 2022 in the rain.",
        # Wrong already, quoted, or of unclear dates.
        STATED.format(first="4 May 2019", second="4 May 2022", length="nine years"),
        "“It opened on 4 May 2022, three years after 4 May 2019,” she said.",
        "It opened on 4 May 2022, about three years after 4 May 2019.",
    ],
)
def test_why_no_length_is_changed(workshop, make_article, body):
    with pytest.raises(NotApplicable) as error:
        workshop.proposals(NAME, workshop.subject(make_article(body)))
    assert str(error.value) == "no length of time between two full dates"


def test_quotations_and_the_dateline_stay_as_they_are(build):
    body = (
        "LONDON, 14 June 2022 — The rain has gone. "
        + STATED.format(first="4 May 2019", second="4 May 2022", length="three years")
        + "\n\n“It took us three years after 4 May 2019,” the mayor said."
    )
    for one in build(body, 6):
        for text in (one.text, one.control_text):
            assert "LONDON, 14 June 2022 — The rain" in text
            assert "“It took us three years after 4 May 2019,”" in text

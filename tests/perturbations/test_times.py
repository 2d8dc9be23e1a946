"""Operators on time: tense against date, periods, datelines, order; and controls that fit."""

import re
from datetime import date

import pytest

from perturbations.affairs import CIRCLES
from perturbations.asides import asides
from perturbations.dating import MIN_SHIFT, PERIOD
from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.mastheads import DatelineAdded
from perturbations.notes import find_notes
from perturbations.order_frames import inside, is_clause
from perturbations.proposal import NotApplicable
from perturbations.reading.dates import read_date
from perturbations.reading.orders import same_event
from perturbations.reading.time_mentions import Tense

DAY = date(2022, 6, 15)
NAMES = ("dates.future_as_past", "dates.epoch", "dates.dateline", "dates.order")
DATE = re.compile(
    r"(?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? \w+\.? \d{4}|[A-Z]\w+\.? \d{1,2}\w*, \d{4})"
)


@pytest.fixture
def build(workshop, make_article):
    return lambda name, body, seeds=12, **more: workshop.over_seeds(
        name, make_article(body, **more), seeds
    )


def day_in(words):
    """The day that an edit wrote."""
    return read_date(DATE.search(words).group()).first


def only(changes):
    [change] = changes
    return change


# future_as_past


@pytest.mark.parametrize("when", ["on 3 May 2022", "on Tuesday, 3 May 2022", "on May 3, 2022"])
def test_a_past_clause_is_dated_after_the_article_and_the_control_keeps_its_day(build, when):
    for one in build("dates.future_as_past", f"The bridge was opened {when} in the rain."):
        (before, wrong), (same, right) = only(one.changed()), only(one.control_changed())
        assert before == same
        assert (day_in(wrong) - DAY).days > MIN_SHIFT
        assert day_in(right) == date(2022, 5, 3)
        assert "was opened" in one.text
        assert right != before


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("President Ann Lee spoke today with Mayor Cole.", "today"),
        ("Today, Mayor Cole opened the bridge.", "Today"),
        ("Mayor Cole opened the bridge yesterday.", "yesterday"),
    ],
)
def test_today_becomes_a_day_to_come_or_the_day_that_it_was(build, sentence, before):
    for one in build("dates.future_as_past", sentence):
        (was, wrong), (_, right) = only(one.changed()), only(one.control_changed())
        assert was == before
        assert wrong[:3] == right[:3] == ("On " if before == "Today" else "on ")
        assert (day_in(wrong) - DAY).days > MIN_SHIFT
        assert (DAY - day_in(right)).days == (before == "yesterday")


def test_a_perfect_takes_no_day(build):
    body = "Today, the ministers have signed the bill. Mayor Cole opened the bridge today."
    for one in build("dates.future_as_past", body):
        assert one.text.split("\n\n")[1].startswith("Today, the ministers have signed the bill.")


def test_what_is_to_come_is_told_as_past_and_the_control_keeps_the_tense(build):
    body = "The ministers will briefly meet on 3 May 2023 in Rome. It rained."
    for one in build("dates.future_as_past", body):
        assert "The ministers briefly met on" in one.text
        assert "The ministers will briefly meet on" in one.control_text
        assert day_in(one.text) == day_in(one.control_text) == date(2023, 5, 3)


def test_a_note_is_turned_in_both_tenses_and_days(build):
    cells = set()
    for one in build("dates.future_as_past", "It rained all day and nobody stayed dry.", 60):
        [wrong] = find_notes(one.variant.version.reading)
        [right] = find_notes(one.variant.control.reading)
        assert wrong.clause.tense is Tense.PAST
        assert wrong.mention.first > DAY
        fits = right.mention.first < DAY
        assert fits == (right.clause.tense is Tense.PAST)
        [source] = find_notes(one.subject.reading)
        cells.add((source.clause.tense, right.clause.tense))
    assert cells == {(one, two) for one in (Tense.PAST, Tense.FUTURE) for two in cells_of()}


def cells_of():
    return (Tense.PAST, Tense.FUTURE)


# epoch


def test_what_is_to_come_is_dated_in_another_period(build):
    body = "The ministers will meet on 3 May 2023 in Rome. It rained."
    for one in build("dates.epoch", body):
        wrong, right = day_in(only(one.changed())[1]), day_in(only(one.control_changed())[1])
        assert (DAY - wrong).days >= PERIOD[0]
        assert right == date(2023, 5, 3)
        assert "will meet" in one.text


@pytest.mark.parametrize(
    "sentence",
    [
        "President Ann Lee spoke today with Mayor Cole.",
        "Today, Mayor Cole opened the bridge.",
        "Mayor Cole opened the bridge last month, at last.",
        "Mayor Cole opened the bridge this year.",
    ],
)
def test_a_date_beside_a_relative_time_is_of_another_period(build, sentence):
    signs = set()
    for one in build("dates.epoch", sentence, 16):
        (none, wrong), (nothing, right) = only(one.changed()), only(one.control_changed())
        assert none == nothing == ""
        assert re.sub(r"[A-Z]\w+\.?|\d+\w*", "", wrong) == re.sub(r"[A-Z]\w+\.?|\d+\w*", "", right)
        years = [int(re.search(r"\d{4}", words).group()) for words in (wrong, right)]
        assert years[1] == 2022
        signs.add(years[0] >= years[1])
    assert len(signs) == 2, "dates lie in periods before and after"


def test_a_headline_is_dated_in_another_period_than_the_lede(build):
    body = "Mayor Ann Lee opened the long bridge today in the rain."
    stamped = [
        one
        for one in build("dates.epoch", body, 24, title="Mayor opens the long bridge")
        if "today" not in one.defect.spans[0].text and one.variant.version.reading.timing.stamp
    ]
    assert stamped
    for one in stamped:
        assert one.variant.version.article.title.startswith("Mayor opens the long bridge")
        assert one.variant.control.reading.timing.stamp is not None
        assert abs((day_in(one.defect.spans[0].text) - DAY).days) >= PERIOD[0]
        assert day_in(one.variant.control.article.title) == DAY


# dateline


@pytest.mark.parametrize(
    "line",
    ["LONDON, 14 June 2022 (Calder Wire) — ", "Published June 14, 2022\n\n", "14 June 2022\n\n"],
)
def test_a_dateline_leaves_the_articles_days(build, line):
    late = set()
    body = f"{line}The council met in the rain and nobody stayed dry."
    for one in build("dates.dateline", body, 24):
        (before, wrong), (same, right) = only(one.changed()), only(one.control_changed())
        assert before == same
        assert day_in(right) == date(2022, 6, 14)
        shift = (day_in(wrong) - DAY).days
        assert shift > MIN_SHIFT or shift < -30
        late.add(shift > 0)
    assert late == {True, False}


def test_a_relative_time_gets_a_date_of_another_week(build):
    body = "LONDON, 14 June 2022 — President Ann Lee spoke yesterday with Mayor Cole."
    beside = [one for one in build("dates.dateline", body, 24) if not only(one.changed())[0]]
    assert beside
    for one in beside:
        shift = abs((day_in(only(one.changed())[1]) - date(2022, 6, 14)).days)
        assert MIN_SHIFT <= shift < PERIOD[0]
        assert day_in(only(one.control_changed())[1]) == date(2022, 6, 14)


def test_the_dateline_that_is_added_fits_and_varies(workshop, make_article):
    body = "Ministers met in Paris for an hour and nobody told the press what was said."
    subject = workshop.subject(make_article(body))
    lines = set()
    for seed in range(40):
        ready = workshop.prepared("dates.dateline", subject, seed)
        [line] = ready.reading.timing.datelines
        assert 0 <= (DAY - day_in(line.date.text)).days <= 1
        assert screen(ready.reading, workshop.knowledge) == ()
        lines.add(re.sub(r"\d+|[A-Z]\w+", "", line.span.text))
        assert ("PARIS" in line.span.text) <= line.span.text.startswith("PARIS")
    assert len(lines) >= 5


# order


TOLD = (
    "On 10 April 2022, the council opened the new bridge in the rain. Nobody stayed dry. "
    "The old ferry was taken off the river on 4 May 2022."
)


def test_the_events_change_places_and_the_words_stay(build):
    ends = set()
    for one in build("dates.order", TOLD, 16):
        wrong, right = only(one.changed())[1], only(one.control_changed())[1]
        words = [sorted(re.findall(r"\w+", text.casefold())) for text in (wrong, right)]
        assert words[0] == words[1], "nothing but the order tells them apart"
        assert wrong != right
        assert {e.span.text for e in one.defect.evidence} == {"On 10 April 2022", "on 4 May 2022"}
        ends.add(re.sub(r"(?i)(?:the )?(?:council|old ferry).*?(?:rain|river)", "x", wrong))
    assert len(ends) > 3


def test_an_article_without_two_events_gets_two_affairs_of_the_desk(build):
    for one in build("dates.order", "It rained all day and nobody stayed dry.", 12):
        added = one.source_text.split("\n\n")[2]
        assert len(re.findall(r"\d{4}", added)) == 2
        assert one.defect.scope == "global"


# What every operator here keeps


@pytest.mark.parametrize("name", NAMES)
def test_an_article_of_an_unknown_day_is_not_applicable(workshop, make_article, name):
    subject = workshop.subject(make_article("It rained all day.", published=None))
    with pytest.raises(NotApplicable, match="the article's day is unknown"):
        workshop.prepared(name, subject, 1)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dates.future_as_past", "no dated clause whose tense is plain"),
        ("dates.epoch", "nothing in the text is tied to the article's own day"),
        ("dates.dateline", "no dateline that fits, no time told by the article's own day"),
        ("dates.order", "no sentence tells the order of two dated events"),
    ],
)
def test_an_article_that_says_nothing_of_time_is_not_applicable(
    workshop, make_article, name, reason
):
    subject = workshop.subject(make_article("It rained all day and nobody stayed dry."))
    with pytest.raises(NotApplicable) as error:
        workshop.proposals(name, subject)
    assert str(error.value) == reason


def test_a_dateline_is_no_earlier_than_a_day_that_the_text_names(workshop, make_article):
    body = "The bridge was opened on 15 June 2022 in the rain, and nobody stayed dry on its way."
    subject = workshop.subject(make_article(body))
    for seed in range(12):
        [edit] = DatelineAdded().prepare(subject, Draw(seed, "x")).edits
        assert day_in(edit.after) == DAY


def test_a_dateline_is_not_added_where_the_text_alone_tells_the_day(workshop, make_article):
    subject = workshop.subject(make_article("As of 3 May 2022, it rained.", published=None))
    with pytest.raises(NotApplicable, match="told by its text alone"):
        DatelineAdded().prepare(subject, Draw(1, "x"))


@pytest.mark.parametrize("circle", CIRCLES, ids=lambda circle: circle.labels[2])
@pytest.mark.parametrize("tense", [Tense.PAST, Tense.FUTURE])
def test_every_note_is_read_back(read, circle, tense):
    for at, affair in enumerate(circle.affairs):
        said, label = affair.told(tense), circle.labels[at % len(circle.labels)]
        for note in (
            f"{label}{said} on 3 May 2022.",
            f"{label}On 3 May 2022, {said[0].lower()}{said[1:]}.",
        ):
            [found] = find_notes(read(f"It rained all day.\n\n{note}"))
            assert found.clause.tense is tense
            assert found.clause.firm


@pytest.mark.parametrize("circle", CIRCLES, ids=lambda circle: circle.labels[2])
def test_every_affair_tells_of_itself_alone_in_an_order(circle):
    for one in circle.affairs:
        said = one.told(Tense.PAST)
        assert is_clause(said)
        assert inside(said)[0].islower()
        dated = f"{said} on 3 May 2022."
        assert [other for other in circle.affairs if same_event(other.told(Tense.PAST), dated)] == [
            one
        ]


@pytest.mark.parametrize("own", ["today", "yesterday", "earlier today", "this month"])
@pytest.mark.parametrize("circle", CIRCLES, ids=lambda circle: circle.labels[2])
def test_every_affair_told_by_the_own_day_takes_a_date_beside_it(read, circle, own):
    for affair in circle.affairs:
        assert asides(read(f"It rained all day.\n\n{affair.told(Tense.PAST)} {own}."))


QUOTED = (
    "“The council met on 3 May 2022 and will meet today,” she said. It rained all day.\n\n"
    "References\n\n"
    '[1] Alder Courier, "Bridge opened on 2 May 2022," 13 June 2022, '
    "https://www.aldercourier.example/2022/06/13/a"
)


@pytest.mark.parametrize("name", NAMES)
def test_quotations_and_references_stay_as_they_are(build, name):
    kept = [QUOTED.split(" It rained")[0], QUOTED[QUOTED.index("References") :]]
    for one in build(name, QUOTED, 6):
        for text in (one.text, one.control_text):
            assert all(words in text for words in kept)

"""The fact box that dates a sentence once more: consistent, in the sentence's own words."""

import re

import pytest

from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.proposal import NotApplicable
from perturbations.reading.dates import read_date
from perturbations.reading.frames import restatements, statement_without
from perturbations.text import Span
from perturbations.timeline import Timeline, annotated_dates, dated_statements

OPENED = "On 4 May 2022, the council opened the new bridge in the rain."
CLOSED = "The old ferry across the river was taken out of service on 10 April 2022."


@pytest.fixture
def prepare(workshop, make_article):
    """The text that is added to a body, for a seed."""

    def added(body, seed=1, slots=(), **more):
        subject = workshop.subject(make_article(body, **more), slots)
        ledger = Timeline().prepare(subject, Draw(seed, "x"))
        return [edit.after for edit in ledger]

    return added


@pytest.mark.parametrize("sentence", [OPENED, CLOSED])
def test_the_box_repeats_the_sentence_with_its_date_before_it(workshop, make_article, sentence):
    subject = workshop.subject(make_article(f"{sentence} Nobody stayed dry."))
    headings = set()
    for seed in range(12):
        ready = workshop.prepared("dates.second_date", subject, seed)
        heading, line = ready.reading.text[len(subject.reading.text) :].strip().split("\n\n")
        headings.add(heading)
        label, statement = line.split(": ", 1)
        words = re.sub(r"\b[Oo]n \d+ \w+ \d+", "", sentence)
        assert re.findall(r"\w+", statement.casefold()) == re.findall(r"\w+", words.casefold())
        assert statement[0].isupper()
        assert statement.endswith(".")
        date = next(d for d in subject.reading.dates if d.is_full)
        assert read_date(label).first == date.first
        [again] = restatements(ready.reading)
        assert (again.frame, again.mention.text) == ("timeline", label)
        assert screen(ready.reading, workshop.knowledge) == ()
    assert len(headings) > 2


def test_a_box_of_two_lines_is_in_the_order_of_time(workshop, make_article, prepare):
    body = f"{OPENED} {CLOSED} Nobody stayed dry."
    lines = [
        added[0].strip().split("\n\n")[1].split("\n")
        for added in (prepare(body, seed) for seed in range(12))
    ]
    assert {len(found) for found in lines} == {1, 2}
    for found in lines:
        days = [read_date(line.split(": ")[0]).first for line in found]
        assert days == sorted(days)


def test_the_box_stands_before_the_references(prepare, workshop, make_article):
    body = f'{OPENED}\n\nReferences\n\n[1] Alder Courier, "Bridge opens," 5 May 2022'
    subject = workshop.subject(make_article(body))
    text = workshop.prepared("dates.second_date", subject, 1).reading.text
    assert text.index("bridge in the rain.", 60) < text.index("References")
    assert text.endswith(body[body.index("References") :])
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    "sentence",
    [
        "On 4 May 2022, he opened the new bridge in the rain.",
        "This was agreed by the whole town council on 4 May 2022.",
        "But the council opened the new bridge on 4 May 2022.",
        "On 4 May 2022, our council opened the new bridge in the rain.",
        "“The council opened the new bridge in the rain on 4 May 2022.”",
        "On 4 May 2022, it rained.",
        "On 4 May, the council opened the new bridge in the rain.",
        "The council opened the new bridge of 4 May 2022 in the rain.",
        "On 4 May 2022, the council opened the bridge, two years after 4 May 2020.",
        "On 4 May 2022, the council opened the new bridge in the rain until 9 May 2022.",
        "On 4 May 2022, the council opened the new bridge in the rain [1].",
        "On 03/04/2022, the council opened the new bridge in the rain.",
        "The autumn concert took place there on 3 May 2022.",
    ],
)
def test_sentences_that_cannot_stand_in_a_box(prepare, sentence):
    with pytest.raises(NotApplicable) as error:
        prepare(f"{sentence} Nobody stayed dry.")
    assert str(error.value) == "no sentence with a full date that a fact box could restate"


def test_the_headline_is_no_sentence_of_the_box(workshop, make_article):
    subject = workshop.subject(make_article("Rain fell.", title=OPENED))
    assert dated_statements(subject.reading) == []


def test_nothing_is_added_where_a_date_stands_twice(prepare):
    boxed = f"{OPENED}\n\nTimeline\n\nMay 4, 2022: The council opened the new bridge in the rain."
    assert prepare(boxed) == []
    text = f"A plain headline\n\n{OPENED}"
    at = text.index("4 May 2022")
    twice = (Span(at, at + 10, "4 May 2022"), Span(at, at + 10, "4 May 2022"))
    assert prepare(OPENED, slots=(("opening", "date", twice),)) == []


def test_only_dates_with_two_mentions_count_as_marked(workshop, make_article):
    one, two = Span(0, 1, "A"), Span(2, 3, "p")
    slots = (
        ("a", "date", (one, two)),
        ("b", "date", (one,)),
        ("c", "person", (one, two)),
    )
    subject = workshop.subject(make_article("Rain fell."), slots)
    assert annotated_dates(subject) == [("a", (one, two))]


# Frames


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        (OPENED, "The council opened the new bridge in the rain."),
        (CLOSED, "The old ferry across the river was taken out of service."),
        ("The council met, on 4 May 2022.", "The council met."),
        ("The council met on 4 May 2022 in Alder.", None),
        ("The council met 4 May 2022.", None),
        ("On 4 May 2022 the council met.", None),
        ("On 4 May 2022,", None),
    ],
)
def test_a_sentence_without_its_date(read, sentence, statement):
    reading = read(sentence)
    [date] = reading.dates
    span = Span(date.span.start - sentence.index(date.span.text), len(reading.text), sentence)
    assert statement_without(span, date) == statement


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("4 May 2022: The council opened the new bridge in the rain.", True),
        ("- May 4, 2022 – the council opened the new bridge in the rain", True),
        ("4 May 2022: The council opened the new bridge in the snow.", False),
        ("4 May 2022: The council opened the bridge in the rain.", False),
        ("On 4 May 2022: The council opened the new bridge in the rain.", False),
    ],
)
def test_a_line_restates_a_sentence_in_its_own_words_alone(read, line, found):
    reading = read(f"{OPENED} Nobody stayed dry.\n\nKey dates\n\n{line}")
    assert bool(restatements(reading)) is found


def test_two_sentences_that_differ_by_their_date_alone_are_two_events(read):
    again = OPENED.replace("4 May 2022", "4 May 2021")
    reading = read(
        f"{OPENED} {again}\n\n9 May 2022: The council opened the new bridge in the rain."
    )
    assert restatements(reading) == ()

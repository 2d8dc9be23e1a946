"""The teaser that repeats the headline: word for word, under a label, where a holder is named."""

import pytest

from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.proposal import NotApplicable
from perturbations.reading.frames import restatements
from perturbations.teaser import Teaser, annotated_persons, names_one
from perturbations.text import Span

TITLE = "Fumio Kishida opens the new bridge in Alder"


@pytest.fixture
def prepare(workshop, make_article):
    def added(body="It rained all day.", seed=1, slots=(), title=TITLE):
        subject = workshop.subject(make_article(body, title=title), slots)
        return subject, Teaser().prepare(subject, Draw(seed, "x"))

    return added


def test_the_headline_stands_once_more_at_the_end(prepare, workshop):
    labels = set()
    for seed in range(12):
        subject, ledger = prepare(seed=seed)
        text = ledger.apply(subject.reading.text)
        added = text[len(subject.reading.text) :]
        label, line = added.strip().split("\n\n")
        labels.add(label)
        assert line == TITLE
        version = workshop.prover.version(subject.reading.article, ledger)
        [again] = restatements(version.reading)
        assert (again.frame, again.restated.text) == ("headline", "Fumio Kishida")
        assert screen(version.reading, workshop.knowledge) == ()
    assert len(labels) > 2


def test_the_teaser_stands_before_the_references(prepare):
    body = 'Rain fell [1].\n\nReferences\n\n[1] Alder Courier, "Rain," 5 May 2022'
    subject, ledger = prepare(body)
    text = ledger.apply(subject.reading.text)
    assert text.endswith(body[body.index("References") :])
    assert text.rindex(TITLE) < text.index("References")
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("The new bridge opens in the rain today", "the headline names no known office holder"),
        ("Former Prime Minister Kishida opens bridge", "the headline names no known office holder"),
        (
            "Japanese prime minister opens the new bridge",
            "the headline names no known office holder",
        ),
        ("Fumio Kishida opens bridge", "the headline says too little to be repeated"),
        (TITLE.upper(), "the headline says too little to be repeated"),
    ],
)
def test_why_a_headline_is_not_repeated(prepare, title, reason):
    with pytest.raises(NotApplicable) as error:
        prepare("Fumio Kishida came.", title=title)
    assert str(error.value) == reason


def test_nothing_is_added_where_the_headline_stands_twice(prepare):
    _, ledger = prepare(f"It rained.\n\nIn brief\n\n{TITLE}")
    assert ledger.edits == ()


def test_nothing_is_added_where_people_marked_the_doer(prepare):
    body = "It rained. Kishida came."
    at = len(TITLE) + 2 + body.index("Kishida")
    slots = (("who opened it", "person", (Span(at, at + 7, "Kishida"), Span(0, 13, TITLE[:13]))),)
    subject, ledger = prepare(body, slots=slots)
    assert ledger.edits == ()
    [(name, mentions)] = annotated_persons(subject)
    assert (name, [m.start for m in mentions]) == ("who opened it", [0, at])


@pytest.mark.parametrize(
    "slot",
    [
        ("s", "date", (Span(0, 5, "Fumio"), Span(60, 61, "x"))),
        ("s", "person", (Span(0, 5, "Fumio"), Span(6, 13, "Kishida"))),
        ("s", "person", (Span(50, 51, "x"), Span(60, 61, "x"))),
    ],
)
def test_a_doer_is_marked_in_headline_and_body(workshop, make_article, slot):
    subject = workshop.subject(make_article("It rained for a long time.", title=TITLE), (slot,))
    assert annotated_persons(subject) == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Fumio Kishida", True),
        ("Prime Minister Fumio Kishida", True),
        ("former Prime Minister Fumio Kishida", False),
        ("the Japanese prime minister", False),
    ],
)
def test_who_is_named_plainly(read, words, answer):
    [mention] = read(f"Reporters met {words} in Alder.").people
    assert names_one(mention) is answer

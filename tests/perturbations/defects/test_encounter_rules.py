"""Rules on encounters, anchors and pronouns: holds, fails, unknown, and what is never found."""

import json
import os
from pathlib import Path

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules import anchors, encounters, pronouns, slot
from perturbations.knowledge import Truth
from perturbations.seeds import load_seeds
from perturbations.text import Article

HOLDS, FAILS, UNKNOWN = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN
CORPUS = Path(
    os.environ.get("INCONSISTENT_NEWS_CORPUS")
    or Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
)


@pytest.fixture
def judge(read, knowledge, span_of):
    """What a kind of claim comes to, of two stretches of a text."""

    def answer(of, body, claim, against, *, basis="anchored", type="party", more=None, **article):
        reading = read(body, **article)
        spans = [
            span_of(reading.text, *(w if isinstance(w, tuple) else (w,))) for w in (claim, against)
        ]
        expect = {"type": type, "basis": basis, **({"of": of} if of else {}), **(more or {})}
        witness = Witness(Rule.SLOT, claim=spans[:1], against=spans[1:], expect=expect)
        return recheck(witness, reading, knowledge)

    return answer


# A party that meets itself


@pytest.mark.parametrize(
    ("body", "one", "two", "expected"),
    [
        ("President Biden spoke with Joe Biden.", "President Biden", "Joe Biden", HOLDS),
        ("Joe Biden spoke with Olaf Scholz.", "Joe Biden", "Olaf Scholz", FAILS),
        (
            "Prime Minister Fumio Kishida met with the Japanese prime minister.",
            "Prime Minister Fumio Kishida",
            "Japanese prime minister",
            HOLDS,
        ),
        (
            "Prime Minister Fumio Kishida met with the Italian prime minister.",
            "Prime Minister Fumio Kishida",
            "Italian prime minister",
            FAILS,
        ),
        (
            "Prime Minister Fumio Kishida met with the former Japanese prime minister.",
            "Prime Minister Fumio Kishida",
            "former Japanese prime minister",
            UNKNOWN,
        ),
        (
            "In 2009, Dmitry Medvedev met the Russian prime minister in Sochi.",
            "Dmitry Medvedev",
            "Russian prime minister",
            UNKNOWN,
        ),
        ("Talks between Japan and Japan began.", "Japan", ("Japan", 2), HOLDS),
        ("Talks between Japan and Italy began.", "Japan", "Italy", FAILS),
        ("Joe Biden praised Joe Biden.", "Joe Biden", ("Joe Biden", 2), UNKNOWN),
    ],
)
def test_self_meeting(judge, body, one, two, expected):
    assert judge("self_meeting", body, two, one) is expected


def test_an_office_is_carried_on_by_its_title_alone(judge):
    body = (
        "Japanese Prime Minister Fumio Kishida rose. The Prime Minister of Japan left. "
        "The Prime Minister thanked Prime Minister Fumio Kishida."
    )
    names = ("Prime Minister Fumio Kishida", 2), ("Prime Minister", 3)
    assert judge("self_meeting", body, *names) is HOLDS
    apart = body.replace(" left. ", " left.\n\n")
    assert judge("self_meeting", apart, *names) is UNKNOWN


# The other party

HEADLINE = "President Biden’s Call with President Macron of France"


def told(name, more=""):
    return f"President Biden spoke today with {name} about trade. {more}"


@pytest.mark.parametrize(
    ("body", "claim", "expected"),
    [
        (told("Chancellor Olaf Scholz"), "Chancellor Olaf Scholz", HOLDS),
        (told("Emmanuel Macron"), "Emmanuel Macron", FAILS),
        (
            told("Chancellor Olaf Scholz", "President Biden met President Macron later."),
            "Chancellor Olaf Scholz",
            UNKNOWN,
        ),
        (
            told("Chancellor Olaf Scholz and President Emmanuel Macron"),
            "Chancellor Olaf Scholz",
            UNKNOWN,
        ),
        (
            "President Biden met today with Chancellor Olaf Scholz.",
            "Chancellor Olaf Scholz",
            UNKNOWN,
        ),
        (
            "Prime Minister Fumio Kishida spoke today with Chancellor Olaf Scholz.",
            "Chancellor Olaf Scholz",
            UNKNOWN,
        ),
    ],
)
def test_counterpart(judge, body, claim, expected):
    against = "President Macron of France"
    assert judge("counterpart", body, claim, against, title=HEADLINE) is expected


# Anchors

QUOTED = (
    '"We did all that we could do," said Ann Lee.\n\n"We did all that we could do," said Tom Ray.'
)


def test_one_long_quotation_anchors_two_speakers(judge):
    assert judge(None, QUOTED, "Tom Ray", "Ann Lee", type="person") is HOLDS
    short = QUOTED.replace(" that we could do", "")
    assert judge(None, short, "Tom Ray", "Ann Lee", type="person") is UNKNOWN


def test_a_head_noun_and_two_words_anchor_dates_but_not_people(judge):
    body = (
        "The contract for the harbour bridge was signed by Ann Lee on 3 May 2021. It rained.\n\n"
        "The harbour bridge contract was signed by Tom Ray on 5 May 2021."
    )
    dates, head = ("5 May 2021", "3 May 2021"), {"head": "contract"}
    assert judge(None, body, *dates, type="date", more=head) is HOLDS
    assert judge(None, body, *dates, type="date", more={"head": "treaty"}) is UNKNOWN
    assert judge(None, body, *dates, type="date") is UNKNOWN
    assert judge(None, body, "Tom Ray", "Ann Lee", type="person", more=head) is UNKNOWN


def test_spans_of_one_sentence_are_not_anchored_in_each_other(read, span_of):
    reading = read("The harbour bridge contract of 3 May 2021 follows that of 5 May 2021.")
    one, two = (span_of(reading.text, f"{day} May 2021") for day in (3, 5))
    assert not anchors.share_head(one, two, frozenset({"contract"}), reading)


# Pronouns

BOX = "It rained.\n\nIn office\n\n{} took up {} post in May 2017."


@pytest.mark.parametrize(
    ("name", "pronoun", "expected"),
    [
        ("French President Emmanuel Macron", "her", HOLDS),
        ("French President Emmanuel Macron", "his", FAILS),
        ("Italian Prime Minister Giorgia Meloni", "his", HOLDS),
        ("Robin Ember", "his", UNKNOWN),
    ],
)
def test_the_pronoun_of_an_office_box(judge, name, pronoun, expected):
    body = BOX.format(name, pronoun)
    found = judge("pronoun", body, f" {pronoun} ", name, type="person", basis="constructed")
    assert found is expected


SAID = "Prime Minister Fumio Kishida came home on Monday. {} landed at noon."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SAID.format("She"), HOLDS),
        (SAID.format("He"), FAILS),
        (SAID.format("She") + "\n\nGiorgia Meloni stayed.", UNKNOWN),
        (SAID.format("She") + "\n\nHer brother stayed.", UNKNOWN),
        (SAID.format("His sister waited. She"), UNKNOWN),
        (SAID.format("Prince Alder waited. She"), UNKNOWN),
    ],
)
def test_the_pronoun_of_the_only_person_in_play(judge, body, expected):
    pronoun = "She" if "She" in body else "He"
    assert judge("pronoun", body, pronoun, "Fumio Kishida", type="person") is expected


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("Mayor Ann Lee left. She slept. She rose. He ate at noon.", ["He"]),
        ("Mayor Ann Lee left. She slept. He ate at noon.", []),
        ("Judge Ann Lee left. Ms Lee slept. He ate at noon.", ["He"]),
        ("Fumio Kishida met His Majesty King Charles III. It rained.", []),
        ("Angela Merkel, who owed him her seat, spoke.", []),
    ],
)
def test_pronouns_found_in_whole_articles(read, knowledge, body, wrong):
    found = pronouns.find(read(body), knowledge)
    assert [span.text for defect in found for span in defect.spans] == wrong


# Whole articles


def findings(reading, knowledge):
    for find in (encounters.find, pronouns.find, slot.find):
        yield from find(reading, knowledge)


def test_nothing_is_found_in_clean_seeds_and_thanks_to_oneself_in_the_natural_one(
    reader, knowledge
):
    for seed in load_seeds():
        found = list(findings(reader.read(seed.article), knowledge))
        natural = seed.article.id == "telephone-conversation"
        assert [(d.type, d.spans[0].text) for d in found] == (
            [("wrong_counterpart", "Prime Minister Fumio Kishida")] if natural else []
        )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real articles is not here")
@pytest.mark.parametrize("name", ["government_releases", "wikinews", "current_events"])
def test_nothing_is_found_in_real_articles(reader, knowledge, name):
    met = 0
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::2]:
        reading = reader.read(Article.from_json(json.loads(line)))
        met += len(reading.encounters)
        assert not list(findings(reading, knowledge)), reading.article.id
    assert met > (100 if name == "government_releases" else -1)

"""Rules on tense, own dates and order: what each re-checker holds, fails and leaves open."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules import clause_times, order, own_dates
from perturbations.defects.screen import screen
from perturbations.knowledge import Truth
from perturbations.seeds import load_seeds
from perturbations.text import Article

HOLDS, FAILS, UNKNOWN = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN
RULES = (
    clause_times.find_events,
    clause_times.find_epochs,
    own_dates.find_datelines,
    own_dates.find_epochs,
    order.find,
)


@pytest.fixture
def judge(read, span_of, knowledge):
    """Answers a witness on words of a body; published on 2022-06-15 where nothing else is said."""

    def answer(of, body, claim, against=(), rule=Rule.DATE_ORDER, **more):
        reading = read(body, **more)
        spans = tuple(span_of(reading.text, words) for words in against)
        found = Witness(rule, (span_of(reading.text, claim),), spans, expect={"of": of})
        return recheck(found, reading, knowledge)

    return answer


@pytest.fixture
def found(read, knowledge):
    """The types that the rules on time find in a body."""
    return lambda body, **more: [
        defect.type for rule in RULES for defect in rule(read(body, **more), knowledge)
    ]


# event


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("3 May 2022", FAILS),
        ("15 June 2022", FAILS),
        ("16 June 2022", UNKNOWN),
        ("18 June 2022", UNKNOWN),
        ("19 June 2022", HOLDS),
        ("3 May 2027", HOLDS),
    ],
)
def test_a_past_event_may_not_be_dated_days_after_the_article(judge, day, answer):
    body = f"It rained. The council met in Rome on {day}."
    assert judge("event", body, f"on {day}") is answer


@pytest.mark.parametrize(
    "sentence",
    [
        "The council will meet on 3 May 2027.",
        "If the council met on 3 May 2027, nobody saw it.",
        "The council agreed to meet on 3 May 2027.",
        "“The council met on 3 May 2027,” she said.",
        "The council prepared the 3 May 2027 election.",
    ],
)
def test_what_is_planned_supposed_or_quoted_is_no_past_event(judge, found, sentence):
    assert judge("event", f"It rained. {sentence}", "3 May 2027") is not HOLDS
    assert found(f"It rained. {sentence}") == []


def test_an_event_is_late_on_every_day_the_article_may_speak_on(judge):
    body = "As of June 2022, it rained. The council met on {} in Rome."
    for day, answer in (("20 June 2022", UNKNOWN), ("4 July 2022", HOLDS), ("30 May 2022", FAILS)):
        assert judge("event", body.format(day), day, published=None) is answer


def test_a_clause_is_unknown_without_the_articles_day_or_with_more_evidence(judge):
    body = "It rained. The council met on 3 May 2027."
    assert judge("event", body, "3 May 2027", published=None) is UNKNOWN
    assert judge("event", body, "3 May 2027", against=("rained",)) is UNKNOWN
    assert judge("event", body, "It rained") is UNKNOWN


# epoch


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("16 February 2019", HOLDS),
        ("15 May 2022", HOLDS),
        ("1 June 2022", UNKNOWN),
        ("15 June 2022", FAILS),
        ("3 May 2027", FAILS),
    ],
)
def test_what_is_to_come_may_not_be_dated_long_ago(judge, day, answer):
    assert judge("epoch", f"It rained. The council will meet on {day}.", day) is answer


def test_a_look_back_is_of_its_time(judge, found):
    body = "It rained. Three years earlier, on 16 February 2019, the council met in Rome."
    assert judge("epoch", "It rained. The council met on 16 February 2019.", "2019") is UNKNOWN
    assert judge(
        "epoch", "It rained. The council met on 16 February 2019.", "16 February 2019"
    ) is (FAILS)
    assert found(body) == []


@pytest.mark.parametrize(
    ("written", "epoch", "dateline"),
    [
        ("today, 15 June 2022, at noon", FAILS, FAILS),
        ("today, 17 June 2022, at noon", UNKNOWN, UNKNOWN),
        ("today, 20 June 2022, at noon", UNKNOWN, HOLDS),
        ("today, 3 March 2022, at noon", UNKNOWN, HOLDS),
        ("today, 16 February 2019, at noon", HOLDS, UNKNOWN),
        ("this year, in 2022, at last", FAILS, FAILS),
        ("this year, in 2019, at last", HOLDS, UNKNOWN),
        ("last month, in May, at last", FAILS, FAILS),
        ("last month, in February, at last", UNKNOWN, HOLDS),
        ("yesterday, 12 March, at last", UNKNOWN, HOLDS),
    ],
)
def test_a_relative_time_and_the_date_beside_it(judge, written, epoch, dateline):
    body = f"It rained. The council met {written}."
    relative, date_ = written.split(", ")[:2]
    date_ = date_.removeprefix("in ")
    assert judge("epoch", body, date_, (relative,)) is epoch
    assert judge("dateline", body, date_, (relative,)) is dateline


@pytest.mark.parametrize(
    ("day", "lede", "answer"),
    [
        ("16 February 2019", "The council opened the bridge today in the rain.", HOLDS),
        ("15 June 2022", "The council opened the bridge today in the rain.", FAILS),
        ("3 March 2022", "The council opened the bridge today in the rain.", UNKNOWN),
        ("16 February 2019", "The mayor spoke today in the rain.", UNKNOWN),
    ],
)
def test_a_dated_headline_over_a_lede_of_today(judge, day, lede, answer):
    title = f"Council opens the bridge, {day}"
    assert judge("epoch", lede, day, ("today",), title=title) is answer


def test_an_anniversary_may_be_dated_by_its_event(found):
    lede = "The council today marked the anniversary of the opening of the bridge."
    assert found(lede, title="Council remembers the bridge, 16 February 2019") == []
    assert found("Ten years ago today, 15 June 2012, the council opened the bridge.") == []


# dateline


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("15 June 2022", FAILS),
        ("14 June 2022", FAILS),
        ("16 June 2022", UNKNOWN),
        ("18 June 2022", UNKNOWN),
        ("19 June 2022", HOLDS),
        ("20 May 2022", UNKNOWN),
        ("16 May 2022", UNKNOWN),
        ("15 May 2022", HOLDS),
        ("3 May 2019", HOLDS),
        ("14 June", FAILS),
        ("3 March", HOLDS),
        ("3 September", HOLDS),
    ],
)
def test_a_dateline_is_of_the_articles_day_or_the_month_before(judge, day, answer):
    body = f"LONDON, {day} (Calder Wire) — The council met in the rain for an hour."
    assert judge("dateline", body, day) is answer


def test_a_dateline_that_tells_the_articles_day_proves_nothing_against_it(judge):
    body = "LONDON, 3 May 2022 — The council met in the rain."
    assert judge("dateline", body, "3 May 2022", published=None) is UNKNOWN


# passages of another time

LOOK_BACK = "As we reported on 16 February 2018:\n\n{}"


@pytest.mark.parametrize(
    "passage",
    [
        "The council met yesterday, 15 February 2018, in Rome.",
        "The fair will open on 20 February 2018 in Rome.",
        "ROME, 16 February 2018 (Alder) - The council met.",
    ],
)
def test_what_a_dated_look_back_says_is_of_its_own_day(found, passage):
    assert found(passage) != []
    assert found(LOOK_BACK.format(passage)) == []


def test_a_look_back_may_not_tell_of_what_came_after_it(judge):
    body = LOOK_BACK.format("The council met on 3 May 2018 in Rome.")
    assert judge("event", body, "on 3 May 2018") is HOLDS


# order

DATED = (
    "On 10 April 2022, the council opened the new bridge in the rain. Nobody stayed dry. "
    "The old ferry was taken off the river on 4 May 2022. "
)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("The council opened the new bridge before the old ferry was taken off the river.", FAILS),
        ("The old ferry was taken off the river after the council opened the new bridge.", FAILS),
        ("After the council opened the new bridge, the old ferry was taken off the river.", FAILS),
        ("The council opened the new bridge after the old ferry was taken off the river.", HOLDS),
        ("Before the council opened the new bridge, the old ferry was taken off the river.", HOLDS),
        ("The council opened the new bridge before the mayor left for good.", UNKNOWN),
        ("The council closed the new bridge after the old ferry was taken off the river.", UNKNOWN),
    ],
)
def test_an_order_is_held_against_the_dates_of_both_events(judge, sentence, answer):
    against = ("On 10 April 2022", "on 4 May 2022")
    assert judge(None, DATED + sentence, sentence, against, Rule.ORDER) is answer


def test_a_cycle_of_statements_needs_no_dates(read, knowledge):
    ring = (
        "The mayor opened the long bridge before the bishop blessed the old ferry. "
        "The bishop blessed the old ferry before the duke bought the grey castle. "
        "The duke bought the grey castle before the mayor opened the long bridge."
    )
    cycle = list(order.find(read(ring), knowledge))
    assert [defect.type for defect in cycle] == ["order_reversal"] * 3
    assert all(len(defect.evidence) == 2 for defect in cycle)
    broken = ring.rpartition(" before ")
    assert list(order.find(read(" after ".join(broken[::2])), knowledge)) == []


def test_events_told_twice_on_two_days_are_in_no_order(judge):
    again = "On 4 July 2021, the council opened the new bridge in the sun. "
    sentence = "The council opened the new bridge after the old ferry was taken off the river."
    against = ("On 10 April 2022", "on 4 May 2022")
    assert judge(None, again + DATED + sentence, sentence, against, Rule.ORDER) is UNKNOWN


def test_a_day_apart_decides_no_order(judge):
    close = DATED.replace("4 May", "11 April")
    sentence = "The council opened the new bridge after the old ferry was taken off the river."
    against = ("On 10 April 2022", "on 11 April 2022")
    assert judge(None, close + sentence, sentence, against, Rule.ORDER) is UNKNOWN


# Over whole articles


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ("It rained. The council met on 3 May 2027.", "future_as_past"),
        ("It rained. The council will meet on 3 May 2019.", "epoch_mismatch"),
        ("It rained today, 3 May 2019, at noon.", "epoch_mismatch"),
        ("It rained today, 3 May 2022, at noon.", "dateline_conflict"),
        ("LONDON, 3 May 2027 — It rained all day.", "dateline_conflict"),
        (
            f"{DATED}The council opened the bridge after the old ferry was taken off the river.",
            "order_reversal",
        ),
    ],
)
def test_each_finding_is_borne_out_by_its_own_witness(read, knowledge, body, slug):
    [defect] = [d for d in screen(read(body), knowledge) if d.type == slug]
    assert recheck(defect.witness, read(body), knowledge) is HOLDS
    assert defect.explanation.endswith(".")


def test_clean_seeds_have_no_finding(reader, knowledge):
    for seed in load_seeds():
        if seed.provenance.kind == "clean":
            reading = reader.read(seed.article)
            assert [d.type for rule in RULES for d in rule(reading, knowledge)] == []


KNOWN = {"gum/GUM_news_imprisoned"}
"""A page of 7 May 2015 whose metadata say 2011."""


def test_real_text_has_no_finding_but_one_misdated_page(reader, knowledge):
    checkout = Path(__file__).resolve().parents[3]
    corpus = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", checkout.parent / "shared" / "corpus"))
    if not corpus.exists():
        pytest.skip("the corpus is absent; name its folder by INCONSISTENT_NEWS_CORPUS")
    found = set()
    for path in sorted(corpus.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            day = date.fromisoformat(row["published"])
            reading = reader.read(Article(row["id"], row["title"], row["body"], day))
            found |= {row["id"] for rule in RULES for _ in rule(reading, knowledge)}
    assert found <= KNOWN

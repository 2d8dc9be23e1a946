"""The rules on states of the world: holds, fails and unknown, and what the screen finds."""

import json
import os
from pathlib import Path

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules import states
from perturbations.knowledge import Truth
from perturbations.text import Article

HOLDS, FAILS, UNKNOWN = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("day", "sentence", "truth"),
    [
        ("2025-03-01", "Sweden, which has yet to join NATO, agrees.", HOLDS),
        ("2023-03-01", "Sweden, which has yet to join NATO, agrees.", FAILS),
        ("2024-03-09", "Sweden, which has yet to join NATO, agrees.", UNKNOWN),
        ("2023-03-01", "Sweden, a NATO member, agrees.", HOLDS),
        ("2025-03-01", "Sweden, a NATO member, agrees.", FAILS),
        ("2026-06-01", "Sweden, which has yet to join NATO, agrees.", UNKNOWN),
        ("2025-03-01", "EU member Britain agrees.", HOLDS),
        ("2019-03-01", "EU member Britain agrees.", FAILS),
        ("2025-03-01", "Britain, which hopes to rejoin the EU, agrees.", FAILS),
        ("2022-03-01", "Switzerland, an EU member, agrees.", HOLDS),
        ("2024-06-01", "Bulgaria, a Schengen member, agrees.", UNKNOWN),
        ("2025-06-01", "Bulgaria, a Schengen member, agrees.", FAILS),
        ("2023-10-01", "Britain, a CPTPP member, agrees.", UNKNOWN),
        ("2025-02-01", "Britain, a CPTPP member, agrees.", FAILS),
        ("2021-05-01", "Saudi Arabia, a BRICS member, agrees.", HOLDS),
        ("2025-05-01", "Saudi Arabia, a BRICS member, agrees.", UNKNOWN),
        ("2021-01-10", "The United States has rejoined the Paris climate agreement.", HOLDS),
        ("2022-01-10", "The United States has rejoined the Paris climate agreement.", FAILS),
        ("2024-01-10", "Croatia, whose currency is the kuna, agrees.", HOLDS),
        ("2022-01-10", "Croatia, whose currency is the kuna, agrees.", FAILS),
        ("2025-03-01", "“Sweden, which has yet to join NATO,” he reads.", UNKNOWN),
    ],
)
def test_the_day_decides(read, knowledge, day, sentence, truth):
    reading = read(sentence, published=day)
    [mention] = reading.states
    witness = states.witness_of(mention, mention.span, reading)
    assert recheck(witness, reading, knowledge) is truth
    assert [d.type for d in states.find(reading, knowledge)] == ["stale_state"] * (truth is HOLDS)


@pytest.mark.parametrize(
    ("day", "truth"), [("2025-03-01", HOLDS), ("2022-01-10", FAILS), ("2022-02-28", UNKNOWN)]
)
def test_a_stale_conditional_is_proven_by_the_day_and_by_its_form(read, knowledge, day, truth):
    reading = read("Severe costs follow if Ukraine is invaded, they say.", published=day)
    [mention] = reading.states
    witness = states.witness_of(mention, mention.span, reading)
    interval, form = witness.all_of
    assert (interval.rule, form.rule) == (Rule.INTERVAL, Rule.PATTERN)
    assert recheck(form, reading, knowledge) is HOLDS
    assert recheck(witness, reading, knowledge) is truth
    types = [d.type for d in states.find_supposed(reading, knowledge)]
    assert list(states.find(reading, knowledge)) == []
    assert types == ["stale_conditional"] * (truth is HOLDS)


def test_a_plain_claim_has_no_form_of_a_conditional(read, knowledge):
    reading = read("Sweden, a NATO member, agrees.")
    [mention] = reading.states
    witness = Witness(Rule.PATTERN, claim=(mention.span,), expect={"of": states.SUPPOSED})
    assert recheck(witness, reading, knowledge) is FAILS


def test_a_claim_that_covers_no_mention_or_two_is_unknown(read, knowledge, span_of):
    reading = read("EU member Hungary and NATO member Poland agree.")
    for words in ("agree", "EU member Hungary and NATO member Poland"):
        span = span_of(reading.text, words)
        for rule, of in ((Rule.INTERVAL, states.STATE), (Rule.PATTERN, states.SUPPOSED)):
            assert recheck(Witness(rule, claim=(span,), expect={"of": of}), reading, knowledge) is (
                UNKNOWN
            )


def test_without_a_time_nothing_is_decided(read, knowledge):
    reading = read("Sweden, which has yet to join NATO, agrees.", published=None)
    [mention] = reading.states
    assert states.is_false(mention, reading, knowledge) is UNKNOWN


def test_a_finding_says_what_the_tables_hold(read, knowledge):
    reading = read("Switzerland, an EU member, and Britain, an EU member, agree.")
    never, left = states.find(reading, knowledge)
    assert [e.fact for e in never.evidence] == ["EU", None]
    assert "never belonged" in never.explanation
    assert [e.fact for e in left.evidence] == ["EU.GB", None]
    assert "until 2020-02-01" in left.explanation
    assert never.evidence[-1].field == "published"


def test_real_text_holds_no_false_claim(reader, knowledge):
    checkout = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", checkout.parent / "shared" / "corpus"))
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        pytest.skip("the corpus is absent; name it by INCONSISTENT_NEWS_CORPUS")
    read = 0
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines()[::12]:
            reading = reader.read(Article.from_json(json.loads(line)))
            read += 1
            found = (*states.find(reading, knowledge), *states.find_supposed(reading, knowledge))
            assert [defect.spans[0].text for defect in found] == []
    assert read > 50

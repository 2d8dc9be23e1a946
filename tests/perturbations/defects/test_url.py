"""Rule url: what an address proves, what it denies, and where it says nothing."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules import url
from perturbations.knowledge import Truth
from perturbations.text import Article, Span

CORPUS = Path(
    os.environ.get("INCONSISTENT_NEWS_CORPUS", Path(__file__).parents[4] / "shared/corpus")
)
H, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN
BBC, AJ = "https://www.bbc.co.uk/news/uk-58497341", "https://www.aljazeera.com/news/2025/3/8/rain"
CNN = "https://edition.cnn.com/2025/03/09/europe/rain-intl"


@pytest.fixture
def weigh(read, knowledge):
    """The answer of one kind on the only address of a text."""

    def answer(kind, text, published="2025-03-10"):
        reading = read(text, published=published)
        [item] = reading.citations.items
        witness = Witness(Rule.URL, claim=(item.address,), expect={"of": kind})
        told = recheck(witness, reading, knowledge)
        found = [d.witness.expect["of"] for d in url.find(reading, knowledge)]
        assert (kind in found) is (told is H)
        return told

    return answer


def entry(outlet, day, address):
    return f'Rain fell.\n\nReferences\n\n[1] {outlet}, "Rain at last in Alder," {day}, {address}'


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        # A day that the calendar lacks.
        (url.DAY, "https://www.aljazeera.com/news/2025/2/30/rain", H),
        (url.DAY, "https://www.holt.example/2024/04/31/rain", H),
        (url.DAY, "https://www.holt.example/20241331/rain", H),
        (url.DAY, AJ, F),
        (url.DAY, "https://www.unknown-outlet.org/2025/02/30/rain", U),
        (url.DAY, "https://www.holt.example/rain", U),
        # A day after the article.
        (url.LATER, "https://www.aljazeera.com/news/2025/3/18/rain", H),
        (url.LATER, "https://www.aljazeera.com/news/2025/3/17/rain", U),
        (url.LATER, AJ, F),
        (url.LATER, "https://www.holt.example/2025/06/30/rain", U),
        # A number that had not been reached.
        (url.NUMBER, "https://www.dw.com/en/rain-at-last/a-72400000", H),
        (url.NUMBER, "https://www.dw.com/en/rain-at-last/a-71900000", F),
        (url.NUMBER, "https://www.dw.com/en/rain-at-last/a-60000000", F),
        (url.NUMBER, "https://www.dw.com/en/rain-at-last/a-72130000", U),
        (url.NUMBER, AJ, U),
        # A form of another time.
        (url.FORM, entry("BBC News", "28 August 2025", BBC), H),
        (url.FORM, entry("BBC News", "28 August 2021", BBC), F),
        (url.FORM, entry("BBC News", "28 March 2025", BBC), F),
        (url.FORM, "https://www.holt.example/2025/06/30/rain", U),
        # Another outlet's.
        (url.OUTLET, f"Rain. (Al Jazeera) {CNN}", H),
        (url.OUTLET, f"Rain. (CNN) {CNN}", F),
        (url.OUTLET, f"Rain. (Reuters) {CNN}", U),
        (url.OUTLET, f"Rain. (Alder Post) {CNN}", U),
        (url.OUTLET, f"Rain. {CNN}", U),
        (
            url.OUTLET,
            "Tennis. (The Athletic) https://www.nytimes.com/athletic/6225138/2025/03/09/tennis/",
            U,
        ),
        # Another day than the entry's.
        (url.DATE, entry("Al Jazeera", "3 March 2025", AJ), H),
        (url.DATE, entry("Al Jazeera", "9 March 2025", AJ), F),
        (url.DATE, entry("Al Jazeera", "5 March 2025", AJ), U),
        (url.DATE, entry("Holt Post", "3 March 2025", "https://holt.example/2025/02/03/rain"), H),
        (url.DATE, entry("Al Jazeera", "March 2025", AJ), U),
        (url.DATE, f"Rain. (Al Jazeera) {AJ}", U),
    ],
)
def test_what_an_address_proves(weigh, kind, text, answer):
    assert weigh(kind, text, "2025-09-10" if kind == url.FORM else "2025-03-10") is answer


def test_a_form_that_was_to_come_proves_a_fabrication(weigh):
    address = "See https://www.bbc.com/news/articles/c0abc1d2e3fo"
    assert weigh(url.FORM, address, "2019-05-01") is H
    assert weigh(url.FORM, address, "2023-05-01") is F


def test_without_a_time_days_and_numbers_prove_nothing(weigh):
    assert weigh(url.LATER, AJ, None) is U
    assert weigh(url.NUMBER, "https://www.dw.com/en/rain-at-last/a-72400000", None) is U


TWO = (
    "Rain falls on the harbour of Alderwick. (Al Jazeera) "
    "https://www.aljazeera.com/news/2025/3/8/{}\n\n"
    "Farmers of Quorn block the roads with tractors. (CNN) https://edition.cnn.com/2025/03/09/world/{}"
)
RAIN, ROADS = "rain-falls-again-alderwick-harbour", "quorn-farmers-tractors-block-roads"


@pytest.mark.parametrize(
    ("slugs", "answers"),
    [
        ((RAIN, ROADS), (F, F)),
        ((ROADS, RAIN), (H, H)),
        (("some-other-story-altogether-elsewhere", ROADS), (U, F)),
        (("rain", "roads"), (U, U)),
    ],
)
def test_a_slug_is_anothers_where_it_says_nothing_of_its_own(read, knowledge, slugs, answers):
    reading = read(TWO.format(*slugs), published="2025-03-10")
    found = [
        recheck(Witness(Rule.URL, (i.address,), expect={"of": url.SLUG}), reading, knowledge)
        for i in reading.citations.items
    ]
    assert tuple(found) == answers
    assert sum(a is H for a in answers) == len(list(url.find(reading, knowledge)))


def test_a_mismatch_is_held_against_what_its_entry_says_and_nothing_else(read, knowledge):
    reading = read(entry("Alder Courier", "3 May 2024", AJ), published="2025-03-10")
    [item] = reading.citations.items
    for against, answer in ((item.date.span, H), (item.outlet, U)):
        witness = Witness(Rule.URL, (item.address,), (against,), expect={"of": url.DATE})
        assert recheck(witness, reading, knowledge) is answer


def test_what_is_no_address_or_no_kind_is_unknown(read, knowledge):
    reading = read(f"Rain. {AJ}")
    other = Witness(Rule.URL, (Span.of(reading.text, 0, 4),), expect={"of": url.DAY})
    assert recheck(other, reading, knowledge) is U
    [item] = reading.citations.items
    kindless = Witness(Rule.URL, (item.address,), expect={"of": "nothing"})
    assert recheck(kindless, reading, knowledge) is U


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_of_a_thousand_real_addresses_three_are_found_and_all_are_wrong(reader, knowledge):
    found = []
    for row in map(json.loads, (CORPUS / "current_events.jsonl").read_text("utf-8").splitlines()):
        article = Article(
            row["id"], row["title"], row["body"], date.fromisoformat(row["published"])
        )
        found += [(d.type, d.spans[0].text) for d in url.find(reader.read(article), knowledge)]
    # Two reports later than their page, by 15 and 151 days, and one of another paper.
    assert sorted((type_, address.split("/")[2]) for type_, address in found) == [
        ("fabricated_url", "www.jamaicaobserver.com"),
        ("fabricated_url", "www.reuters.com"),
        ("url_mismatch", "timesofindia.indiatimes.com"),
    ]

"""Operators on addresses: days and numbers that cannot be, and what is another item's."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from perturbations.address_parts import dated, told_elsewhere, told_items
from perturbations.proposal import NotApplicable, Revision
from perturbations.text import Article

CORPUS = Path(
    os.environ.get("INCONSISTENT_NEWS_CORPUS", Path(__file__).parents[3] / "shared/corpus")
)
PAPERS = (
    "Rain falls on the harbour of Alderwick for a ninth day. (Al Jazeera) "
    "https://www.aljazeera.com/news/2025/3/8/rain-falls-on-alderwick-harbour-again\n\n"
    "Farmers of the Quorn valley block every road with tractors. (The Guardian) "
    "https://www.theguardian.com/world/2025/mar/09/quorn-valley-farmers-tractors-block-roads\n\n"
    "The library on Mill Street opens its doors to readers. (DW) "
    "https://www.dw.com/en/library-mill-street-readers-open-doors/a-71850905"
)
ITEMS = (
    '[1] Alder Courier, "What to know about bridges," 3 June 2022, '
    "https://www.aldercourier.example/2022/06/03/what-to-know (accessed 10 June 2022)\n"
    '[2] Alder Gazette, "Five questions about bridges," 4 May 2022, '
    "https://www.aldergazette.example/news/20220504-five-questions\n"
    '[3] Alder Echo, "Bridges in figures," 5 May 2022, '
    "https://www.alderecho.example/bridges-in-figures-2022-05-05"
)
LISTED = (
    "The bridge opened in the rain on Monday [1]. The mayor spoke at length to the crowd [2]. "
    "Nobody in the town stayed dry that day [3].\n\nReferences\n\n" + ITEMS
)


@pytest.fixture
def build(workshop, make_article):
    return lambda name, body, seeds=10, **more: workshop.over_seeds(
        f"citations.{name}", make_article(body, **more), seeds
    )


@pytest.fixture
def refuse(workshop, make_article):
    def reason(name, body, **more):
        subject = workshop.subject(make_article(body, **more))
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(f"citations.{name}", subject)
        return str(error.value)

    return reason


def outside(text):
    """A text without its addresses."""
    return re.sub(r"https://\S+", "", text)


# fabricated_url


def test_a_day_lies_after_the_article_or_a_number_beyond_it(build):
    kinds = set()
    for one in build("fabricated_url", PAPERS, published="2025-03-10"):
        kinds.add(one.defect.witness.expect["of"])
        assert one.defect.evidence[0].field == "published"
        assert outside(one.text) == outside(one.control_text) == outside(one.source_text)
        [(before, after)] = one.changed()
        [(same, right)] = one.control_changed()
        assert before == same
        if one.defect.witness.expect["of"] == "number":
            assert before == "71850905"
            assert int(after) > 72124660 > int(before) > int(right)
            assert int(before) - int(right) < 20_000, "about a day's numbers"
            assert len(after) == len(right) == len(before)
    assert kinds == {"later", "number"}


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://www.aljazeera.com/news/2025/3/8/rain", r"2025/\d\d?/\d\d?"),
        ("https://www.theguardian.com/world/2025/mar/09/rain", r"2025/[a-z]{3}/\d\d"),
        ("https://www.reuters.com/world/rain-2025-03-09/", r"2025-\d\d-\d\d"),
        ("https://www.alderecho.example/20250309-rain", r"2025\d{4}"),
    ],
)
def test_days_are_written_as_the_address_writes_them(
    address, form, workshop, make_article, knowledge
):
    reading = workshop.subject(make_article(f"Rain. (X) {address}")).reading
    [told] = dated(told_items(reading, knowledge))
    for day in (date(2025, 1, 4), date(2025, 12, 31)):
        revision = Revision(reading.text)
        told.redate_to(revision, day)
        [edit] = revision.edits
        assert re.fullmatch(form, edit.after)
        after = workshop.subject(
            make_article(revision.ledger().apply(reading.text).split("\n\n")[1])
        )
        assert told_items(after.reading, knowledge)[0].tells.date == day


def test_why_no_address_is_fabricated(refuse):
    none = "no known outlet's address that tells a day or a number"
    assert refuse("fabricated_url", LISTED) == none
    assert refuse("fabricated_url", PAPERS, published=None) == "the article's time is unknown"
    late = "no address whose day or number could be altered and decided"
    undecided = PAPERS.split("\n\nThe library")[0]
    assert refuse("fabricated_url", undecided, published="2025-01-01") == late


# impossible_address


def test_two_days_change_places_between_two_months(build):
    seen = set()
    for one in build("impossible_address", LISTED):
        figures = [sorted(re.findall(r"\d+", text)) for text in (one.text, one.control_text)]
        days = [re.sub(r"\D", "", text) for text in (one.text, one.control_text)]
        assert sorted(days[0]) == sorted(days[1]), "the same figures"
        assert outside(one.text) == outside(one.control_text)
        assert len(figures[0]) == len(figures[1])
        seen.add(re.search(r"(\d\d)[/-]?(\d\d)(?=[/-]|$)", one.defect.spans[0].text)[0])
    assert len(seen) > 3


def test_why_no_impossible_day_is_written(refuse):
    few = "fewer than two entries with a day that their address tells"
    assert refuse("impossible_address", PAPERS, published="2025-03-10") == few
    told = LISTED.replace("on Monday", "on 4 June 2022").replace("that day", "on 4 May 2022")
    assert refuse("impossible_address", told) == few
    assert refuse("impossible_address", LISTED, published=None) == "the article's time is unknown"


def test_an_item_of_a_day_that_the_prose_names_is_known(workshop, make_article):
    body = LISTED.replace("on Monday", "on 1 June 2022")
    entries = workshop.subject(make_article(body)).reading.citations.entries
    reading = workshop.subject(make_article(body)).reading
    assert [told_elsewhere(entry, reading) for entry in entries] == [True, False, False]


# url_mismatch


def test_entry_or_address_is_dated_anew_and_both_in_the_control(build):
    moved = set()
    for one in build("url_mismatch", LISTED):
        assert one.defect.witness.expect["of"] == "date"
        assert len(one.changed()) == 1
        assert len(one.control_changed()) == 2
        assert one.changed()[0] in one.control_changed()
        moved.add("address" if re.fullmatch(r"[\d/-]+", one.changed()[0][1]) else "entry")
    assert moved == {"address", "entry"}


def test_names_and_slugs_are_exchanged_or_kept(build):
    body = PAPERS.replace("(DW)", "(Deutsche Welle)")
    kinds = set()
    for one in build("url_mismatch", body, 4, published="2025-03-10"):
        kinds.add(one.defect.witness.expect["of"])
        assert len(one.variant.defects) == 2
        variant = [after for _, after in one.changed()]
        control = [after for _, after in one.control_changed()]
        assert variant == control[::-1], "the same words, in each other's places"
    assert kinds == {"slug", "outlet"}


def test_words_parted_from_figures_are_not_exchanged(build):
    """The figures would stay with the words of the other item."""
    body = PAPERS.replace("-street-readers-open-doors", "-street-readers-open-doors-22-8-times")
    body = body.replace("rain-falls-on", "4-rain-falls-on")
    for one in build("url_mismatch", body, 12, published="2025-03-10"):
        assert one.defect.witness.expect["of"] == "outlet"


def test_names_of_agencies_are_not_exchanged(refuse):
    agencies = (
        "Rain falls. (Reuters) https://www.reuters.com/a/b-2025-03-09/\n\n"
        "Sun. (AP) https://apnews.com/article/sun-1"
    )
    reason = "no address whose day, outlet or words could be another's"
    assert refuse("url_mismatch", agencies, published="2025-03-10") == reason
    assert refuse("url_mismatch", "Nothing is cited here.") == "no address is cited"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_real_addresses_are_altered_in_day_number_slug_or_not_at_all(workshop):
    lines = (CORPUS / "current_events.jsonl").read_text("utf-8").splitlines()[:60:15]
    built = 0
    for row in map(json.loads, lines):
        article = Article(
            row["id"], row["title"], row["body"], date.fromisoformat(row["published"])
        )
        subject = workshop.subject(article)
        for name in ("fabricated_url", "url_mismatch"):
            for one in workshop.built(f"citations.{name}", subject, limit=1):
                built += 1
                hosts = [re.findall(r"https?://[^/\s]+", t) for t in (one.source_text, one.text)]
                assert hosts[0] == hosts[1], "no host is altered"
                assert one.text.count("(") == one.source_text.count("(")
    assert built > 6

from __future__ import annotations

from datetime import date

import pytest

from perturbations.knowledge import Outlet, load
from perturbations.reading.citation_addresses import (
    find_addresses,
    host_and_path,
    what_address_tells,
)
from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.offsets import Encoded


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b_(c)),", ["https://a.example/b_(c)"]),
        ("[text](https://a.example/b) and more", ["https://a.example/b"]),
        ("“https://a.example/b?x=1&y=(2)”", ["https://a.example/b?x=1&y=(2)"]),
        ("<HTTP://A.example/b>; www.a.example!", ["HTTP://A.example/b", "www.a.example"]),
        ("at bbc.co.uk/news/uk-58403735, he said", ["bbc.co.uk/news/uk-58403735"]),
        ("東京https://a.example/東京。次", ["https://a.example/東京"]),
        ("Vaccines.gov and e.g. and/or 3.5/4 and U.S./EU", []),
        ("https:// www. http://localhost", []),
    ],
)
def test_addresses_end_where_the_prose_goes_on(text: str, addresses: list[str]) -> None:
    source = Encoded(text)
    assert [source.span(*found).text for found in find_addresses(source)] == addresses


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("https://www.BBC.co.uk/news/uk-1?x=2#y", ("bbc.co.uk", "/news/uk-1")),
        ("www.a.example/b", ("a.example", "/b")),
        ("a.example", ("a.example", "")),
        ("http://[broken/x", ("", "")),
    ],
)
def test_host_and_path(address: str, parts: tuple[str, str]) -> None:
    assert host_and_path(address) == parts


def test_hosts_lead_to_outlets_by_their_longest_known_domain() -> None:
    index = OutletIndex(load())
    assert index.of_host("edition.cnn.com") == ("cnn",)
    assert index.of_host("amp.theguardian.com") == ("guardian",)
    assert index.of_host("news.cn") == index.of_host("english.news.cn") == ("xinhua",)
    assert index.of_host("notcnn.com") == index.of_host("com") == index.of_host("") == ()


def test_names_lead_to_outlets_with_or_without_their_article() -> None:
    index = OutletIndex(load())
    assert index.of_name("Guardian") == index.of_name("The Guardian") == ("guardian",)
    assert set(index.of_name("ABC News")) == {"abc-news-us", "abc-australia"}
    assert index.of_name("Alderwick Courier") == ()


@pytest.mark.parametrize(
    ("outlet", "path", "day"),
    [
        ("reuters", "/world/europe/talks-go-on-2025-09-03/", date(2025, 9, 3)),
        ("guardian", "/world/2025/sep/05/talks-go-on", date(2025, 9, 5)),
        ("al-jazeera", "/news/2025/9/3/talks-go-on", date(2025, 9, 3)),
        ("rte", "/news/world/2025/0903/1530000-talks/", date(2025, 9, 3)),
        ("yonhap", "/view/AEN20250903001200315", date(2025, 9, 3)),
        ("guardian", "/world/2025/feb/30/talks-go-on", None),
        ("bbc-news", "/news/articles/c0abc1d2e3fo", None),
    ],
)
def test_an_address_tells_its_day(outlet: str, path: str, day: date | None) -> None:
    told = what_address_tells(f"https://x.example{path}", load().outlets[outlet])
    assert told is not None
    assert told.date == day


def test_a_running_number_is_told_and_a_foreign_form_tells_nothing() -> None:
    bbc: Outlet = load().outlets["bbc-news"]
    told = what_address_tells("https://www.bbc.co.uk/news/world-europe-58497341", bbc)
    assert told is not None
    assert told.number == 58497341
    assert told.date is None
    assert what_address_tells("https://www.bbc.co.uk/2025/09/03/talks.html", bbc) is None

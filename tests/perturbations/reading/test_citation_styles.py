from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.knowledge import load
from perturbations.reading.citation_styles import STYLES, StyleError, write_entry
from perturbations.reading.citations import OutletIndex, find_citations
from perturbations.reading.dates import find_dates, render
from perturbations.reading.mentions import Citations, Layout
from perturbations.reading.offsets import Encoded
from perturbations.text import Span


@cache
def outlet_index() -> OutletIndex:
    return OutletIndex(load())


def cite(text: str) -> Citations:
    source = Encoded(text)
    return find_citations(source, outlet_index(), Layout(), find_dates(source, None))


KNOWN = ("Reuters", "BBC News", "The Guardian", "DW", "Le Monde", "Al Jazeera", "NPR", "Time", "AP")
INVENTED = (
    "Alderwick Courier",
    "The Harbour Gazette",
    "O’Brien Tribune",
    "Alderwick & District Echo",
    "Llanfair Post-Dispatch",
    "Quayside Lights",
    "Fen and Field",
)
WORDS = st.sampled_from(
    (
        "Leaders",
        "meet",
        "in",
        "Alderwick",
        "talks",
        "BBC",
        "Reuters",
        "told",
        "the",
        "farmers’",
        "300",
        "2021",
        "Ukraine",
        "crisis:",
        "joins,",
        "U.S.-led",
        "don't",
        "(again)",
        "東京",
        "é",
        "on 3 September 2019",
        "£5m",
        "Zürich",
        "Times",
        "by",
        "via",
        "accessed",
    )
)
HEADLINES = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(WORDS, min_size=3, max_size=12),
    st.sampled_from(("", "", "", "?", "!")),
).filter(lambda h: h == h.strip(" .,;:()’'") and h[-1] != "-")
TEMPLATES = st.sampled_from(
    (
        "{d} {Month} {yyyy}",
        "{Month} {d}, {yyyy}",
        "{yyyy}-{mm}-{dd}",
        "{Mon} {d}, {yyyy}",
        "{Weekday}, {d} {Month} {yyyy}",
    )
)
DAYS = st.dates(date(2001, 1, 1), date(2026, 1, 31))
ADDRESSES = st.sampled_from(
    (
        "https://www.alderwick-courier.example/2025/09/03/leaders-meet",
        "https://harbour.example/a/b.html?id=3&x=(y)",
        "https://www.bbc.co.uk/news/world-europe-58403735",
        "https://www.reuters.com/world/leaders-meet-2025-09-03/",
    )
)


@settings(max_examples=300, deadline=None)
@given(
    style=st.sampled_from(STYLES),
    outlets=st.lists(st.sampled_from(KNOWN + INVENTED), min_size=3, max_size=3),
    headlines=st.lists(HEADLINES, min_size=3, max_size=3),
    template=TEMPLATES,
    days=st.lists(DAYS, min_size=3, max_size=3),
    seen=st.none() | DAYS,
    address=ADDRESSES,
)
def test_what_was_written_is_read_back_part_by_part(
    style: str,
    outlets: list[str],
    headlines: list[str],
    template: str,
    days: list[date],
    seen: date | None,
    address: str,
) -> None:
    lines = []
    accessed = render(template, seen) if seen else None
    for number in (1, 2, 3):
        parts = outlets[number - 1], headlines[number - 1], render(template, days[number - 1])
        try:
            lines.append(write_entry(style, number, *parts, address, accessed_text=accessed))
        except StyleError:
            return
    text = "A fair was held [1], then talks [2] [3].\n\nReferences\n\n" + "\n".join(lines)
    citations = cite(text)
    assert [m.number for m in citations.markers] == [1, 2, 3]
    assert [e.span.text for e in citations.entries] == lines
    for index, entry in enumerate(citations.entries):
        assert entry.number == index + 1
        assert text_of(entry.outlet) == outlets[index]
        assert text_of(entry.headline) == headlines[index]
        assert text_of(entry.address) == address
        assert entry.date is not None
        assert entry.date.first == entry.date.last == days[index]
        assert entry.date.span.text == render(template, days[index])
        assert (entry.accessed.first if entry.accessed else None) == seen
        assert entry.author is None
        assert (entry.outlet_id is not None) == (outlets[index] in KNOWN)


def text_of(span: Span | None) -> str | None:
    return span.text if span else None


@pytest.mark.parametrize("style", [s for s in STYLES if s != "markdown"])
def test_an_entry_without_an_address_is_read_back(style: str) -> None:
    line = write_entry(style, 1, "Alderwick Courier", "The fair is back", "3 September 2025", None)
    [entry] = cite("Sources\n\n" + line).entries
    assert text_of(entry.outlet) == "Alderwick Courier"
    assert text_of(entry.headline) == "The fair is back"
    assert entry.date is not None
    assert entry.date.first == date(2025, 9, 3)
    assert entry.address is None


def test_what_a_style_cannot_carry_is_refused_by_name() -> None:
    day, address = "3 September 2025", "https://harbour.example/x"
    with pytest.raises(StyleError, match=r"style must be one of comma, .* got 'mla'"):
        write_entry("mla", 1, "Reuters", "Leaders meet", day, address)
    with pytest.raises(StyleError, match="needs an address"):
        write_entry("markdown", 1, "Reuters", "Leaders meet", day, None)
    with pytest.raises(StyleError, match="cannot carry a headline with ' - '"):
        write_entry("colon", 1, "Reuters", "Talks - and more", day, address)
    with pytest.raises(StyleError, match="headline must be one line"):
        write_entry("comma", 1, "Reuters", "Leaders meet.", day, address)

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.knowledge import load
from perturbations.reading.citations import OutletIndex, find_citations
from perturbations.reading.dates import find_dates
from perturbations.reading.mentions import Citations, Entry, Layout
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", ROOT.parent / "shared" / "corpus"))


@cache
def outlet_index() -> OutletIndex:
    return OutletIndex(load())


def cite(text: str, layout: Layout | None = None) -> Citations:
    source = Encoded(text)
    dates = find_dates(source, None)
    return find_citations(source, outlet_index(), layout or Layout(), dates)


def text_of(span: Span | None) -> str | None:
    return span.text if span else None


def parts(entry: Entry) -> tuple[str | None, ...]:
    dated = entry.date.span if entry.date else None
    seen = entry.accessed.span if entry.accessed else None
    spans = (entry.outlet, entry.headline, dated, entry.address, seen, entry.author)
    return tuple(text_of(span) for span in spans)


LIST = """

References

[1] Reuters, "Leaders meet," 3 September 2025, https://www.reuters.com/world/leaders-2025-09-03/
[2] BBC News, "Talks go on," 4 September 2025, https://www.bbc.co.uk/news/articles/c0abc1d2e3fo
[3] Alderwick Courier, "The fair is back," 5 September 2025
"""


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("It rained [1]. It snowed [2, 3].", [1, 2, 3]),
        ("It rained.[1][2] It snowed [1–3].", [1, 2, 1, 2, 3]),
        ("It rained [1-2; 3] twice.", [1, 2, 3]),
        ("It rained¹ on 5 km² of fields.²", [1, 2]),
        ("They [sic] said [He] left in [2019] with (1) and [0] and [3-1] and [A1].", []),
        ("The area is 10 m² and 10⁶ people, CO₂ and E=mc².", []),
        ("It rained [7].", [7]),
    ],
)
def test_markers_are_numbers_that_cite(prose: str, numbers: list[int]) -> None:
    markers = cite(prose + LIST).markers
    assert [m.number for m in markers] == numbers
    for marker in markers:
        marker.span.check(prose + LIST)
        marker.digits.check(prose + LIST)


def test_taking_out_one_number_of_a_bracket_leaves_the_others() -> None:
    text = "Rain [1, 2, 3] fell." + LIST
    left = []
    for marker in cite(text).markers:
        left.append((text[: marker.span.start] + text[marker.span.end :])[:18].strip())
        assert text_of(marker.bracket) == "[1, 2, 3]"
    assert left == ["Rain [2, 3] fell.", "Rain [1, 3] fell.", "Rain [1, 2] fell."]


def test_a_range_gives_every_number_and_goes_as_a_whole() -> None:
    one, two, three = cite("Rain [1–3] fell." + LIST).markers
    assert [m.span.text for m in (one, two, three)] == ["[1–3]"] * 3
    assert [m.digits.text for m in (one, two, three)] == ["1", "1–3", "3"]
    assert all(m.in_range for m in (one, two, three))


def test_a_figure_put_into_a_quotation_is_no_marker() -> None:
    text = 'Rain fell [1]. "We saw [12] cows," he said.'
    quote = Span.of(text, text.index('"'), text.rindex('"') + 1)
    layout = Layout(quotations=(quote,))
    assert [m.number for m in cite(text, layout).markers] == [1]
    assert [m.number for m in cite(text).markers] == [1, 12]


def test_superscripts_are_powers_where_no_list_stands() -> None:
    assert cite("It rained.¹ It snowed.²").markers == ()


def test_the_labels_of_the_list_are_no_markers() -> None:
    citations = cite("It rained [2]." + LIST)
    assert [m.number for m in citations.markers] == [2]
    assert [text_of(e.label) for e in citations.entries] == ["[1]", "[2]", "[3]"]
    assert [text_of(e.digits) for e in citations.entries] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'Reuters, "Leaders meet," 3 September 2025, https://reuters.example/a.',
            (
                "Reuters",
                "Leaders meet",
                "3 September 2025",
                "https://reuters.example/a",
                None,
                None,
            ),
        ),
        (
            "“Leaders meet”. The Guardian. 3 September 2025. Retrieved 4 September 2025.",
            ("The Guardian", "Leaders meet", "3 September 2025", None, "4 September 2025", None),
        ),
        (
            "Doe, J. (2025, August 28). Leaders meet. Dale Lights. https://q.example/a",
            (
                "Dale Lights",
                "Leaders meet",
                "2025, August 28",
                "https://q.example/a",
                None,
                "Doe, J.",
            ),
        ),
        (
            "DW (28 August 2025): Leaders: a meeting - https://dw.example/a",
            ("DW", "Leaders: a meeting", "28 August 2025", "https://dw.example/a", None, None),
        ),
        (
            "[Leaders meet](https://npr.example/a_(b)) — NPR, 3 September 2025",
            ("NPR", "Leaders meet", "3 September 2025", "https://npr.example/a_(b)", None, None),
        ),
        (
            "By Jane Doe, ‘The farmers’ fair’, Dale & District Gazette, 3 September 2025",
            (
                "Dale & District Gazette",
                "The farmers’ fair",
                "3 September 2025",
                None,
                None,
                "Jane Doe",
            ),
        ),
        (
            'Jane Doe, "Talks in the U.S.," Reuters, 3 September 2025',
            ("Reuters", "Talks in the U.S.", "3 September 2025", None, None, "Jane Doe"),
        ),
        (
            'North Atlantic Treaty Organization, "Summit," 29 June 2022',
            ("North Atlantic Treaty Organization", "Summit", "29 June 2022", None, None, None),
        ),
        (
            'AFP via France 24, "Leaders meet on 1 May 2020," 3 September 2025',
            (
                "AFP via France 24",
                "Leaders meet on 1 May 2020",
                "3 September 2025",
                None,
                None,
                None,
            ),
        ),
    ],
)
def test_entries_are_told_apart_in_each_style(line: str, expected: tuple[str | None, ...]) -> None:
    [entry] = cite("Rain fell [1].\n\nSources\n\n1. " + line).entries
    assert parts(entry) == expected


@pytest.mark.parametrize(
    ("line", "outlet", "headline", "outlet_id"),
    [
        ('"Rain falls" (Reuters, 3 May 2025)', "Reuters", "Rain falls", "reuters"),
        ("*Reuters*, 3 May 2025: *Rain falls*", "Reuters", "Rain falls", "reuters"),
        ("Reuters — Rain falls again (3 May 2025)", "Reuters", "Rain falls again", "reuters"),
        ("BBC. (2025, May 3). Rain falls. https://bbc.com/x", "BBC", "Rain falls", "bbc-news"),
        ("Reuters. 'Rain in the U.S.' May 3, 2025.", "Reuters", "Rain in the U.S.", "reuters"),
        ("See The Times, 4 May 2025, p. 3.", "The Times", None, "times-uk"),
        ("[Reuters](https://www.reuters.com/x)", "Reuters", None, "reuters"),
        ("https://www.reuters.com/world/rain-2025-05-03/", None, None, "reuters"),
        ('The Star, "Rain," https://www.thestar.com.my/x', "The Star", "Rain", "the-star-my"),
        ('The Star, "Rain," 3 May 2025', "The Star", "Rain", None),
    ],
)
def test_entries_in_looser_forms_still_show_outlet_and_headline(
    line: str, outlet: str | None, headline: str | None, outlet_id: str | None
) -> None:
    [entry] = cite("Rain fell [1].\n\nSources\n\n1. " + line).entries
    assert (text_of(entry.outlet), text_of(entry.headline)) == (outlet, headline)
    assert entry.outlet_id == outlet_id


def test_an_impossible_bibliographic_date_is_left_to_the_recogniser_of_dates() -> None:
    [entry] = cite("Notes\n\n1. Doe, J. (2025, February 30). Rain falls. Dale Echo.").entries
    assert entry.date is None or entry.date.first is None or entry.date.span.text == "2025"


@pytest.mark.parametrize("heading", ["References", "## Sources:", "**Notes**", "WORKS CITED"])
def test_headings_begin_a_list(heading: str) -> None:
    text = f"Rain.\n\n{heading}\n\n- BBC News, 3 September 2025\n- Reuters: https://reuters.com/x\n"
    references = cite(text + "\nThe mayor of the town came later and went again.").references
    assert references is not None
    assert text_of(references.heading) == heading.strip("#*: ")
    assert [e.outlet_id for e in references.entries] == ["bbc-news", "reuters"]
    assert references.layout == "lines"
    assert references.span.text.endswith("https://reuters.com/x")


def test_documents_are_a_heading_over_labels_in_brackets_alone() -> None:
    text = "It rained [1].\n\nDocuments\n{}\n\nThe end came late."
    entry = 'Reuters, "Rain," 1 May 2025'
    references = cite(text.format(f"[1] {entry}\n[2] {entry}")).references
    assert references is not None
    assert text_of(references.heading) == "Documents"
    assert cite(text.format(f"- {entry}\n- {entry}")).references is None


@pytest.mark.parametrize("label", ["[{}]", "{}.", "{})", "({})", "[{}]:"])
def test_labels_of_every_kind_number_the_entries(label: str) -> None:
    lines = [f'{label.format(n)} Reuters, "Rain {n}," {n} May 2025' for n in (1, 2, 4)]
    entries = cite("Rain.\n\n" + "\n\n".join(lines) + "\n\nThe end came late.").entries
    assert [e.number for e in entries] == [1, 2, 4]
    assert [e.span.text for e in entries] == lines


def test_superscript_labels_number_the_entries() -> None:
    citations = cite("It rained¹ and snowed.²\n\n¹ BBC News, 3 May 2025\n² Reuters, 4 May 2025")
    assert [e.number for e in citations.entries] == [1, 2]
    assert [m.number for m in citations.markers] == [1, 2]


def test_a_list_in_one_paragraph_ends_where_the_prose_goes_on() -> None:
    text = (
        'All went well. [1] Reuters, "A," 3 May 2025, https://reuters.com/a [3] BBC, "B," 4 May '
        "2025, https://bbc.com/b The mayor said that he would come again next year."
    )
    references = cite(text).references
    assert references is not None
    assert references.layout == "inline"
    assert [e.number for e in references.entries] == [1, 3]
    assert references.span.text.endswith("https://bbc.com/b")


def test_an_address_on_its_own_line_belongs_to_the_entry_above() -> None:
    text = 'Rain [1].\n\n[1] Dale Echo, "Rain,"\n    https://d.example/a\n[2] Dale Post, "Snow"'
    assert [text_of(e.address) for e in cite(text).entries] == ["https://d.example/a", None]


@pytest.mark.parametrize(
    "text",
    [
        "Steps:\n\n1. Buy flour.\n2. Bake bread.\n3. Eat it.",
        "1. On 3 September 2025, the mayor told Reuters that cows matter to the town.\n"
        "2. The “Cow Act of 2021” became law after a long debate in the chamber.",
        "He named three aims:\n\n1) peace by 2026\n2) bread\n3) “land for all”",
        "Notes\n\nHe kept notes of all this and gave them to the library when he left.",
    ],
)
def test_ordinary_items_are_no_references(text: str) -> None:
    assert cite(text).references is None


def test_the_seed_article_is_read_as_it_stands() -> None:
    row = json.loads((ROOT / "data/seeds/telephone-conversation.json").read_text("utf-8"))
    text = row["article"]["title"] + "\n\n" + row["article"]["body"]
    references = cite(text).references
    assert references is not None
    assert references.layout == "inline"
    assert [(e.number, e.outlet_id) for e in references.entries] == [
        (1, "bbc-news"),
        (2, "reuters"),
        (5, "guardian"),
    ]
    assert [e.date.first for e in references.entries if e.date] == [
        date(2025, 8, 28),
        date(2025, 9, 3),
        date(2025, 9, 5),
    ]
    assert references.span.text.endswith("aggression")
    assert cite(text).markers == ()


MARKS = ("[1]", "[", "]", "¹", "\n", "\n\n", '"', "“", "”", "'", "‘", "’", "[x](", ")", "*", " - ")
WORDS = ("References", "1. ", "Reuters", "https://", "www.", ".example/", "told ", " via ", ": ")
DATES = ("3 May 2025", "(2025, May 3). ", ", ", ". ")
SIGNS = ("\ud800", "é", "東京", "🙂", "\x00", "\x02", "\u2028", "\r")
PIECES = st.sampled_from((*MARKS, *WORDS, *DATES, *SIGNS))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map("".join))
def test_no_text_makes_it_fail_and_every_span_fits(text: str) -> None:
    citations = cite(text)
    for span in spans_of(citations):
        assert span.check(text)
    starts = [m.digits.start for m in citations.markers]
    assert starts == sorted(starts)
    for entry in citations.entries:
        inner = (entry.label, entry.outlet, entry.headline, entry.address, entry.author)
        assert all(entry.span.covers(part) for part in inner if part)


def spans_of(citations: Citations) -> Iterator[Span]:
    yield from citations.addresses
    for marker in citations.markers:
        yield from (marker.span, marker.digits, marker.bracket or marker.span)
    for attribution in citations.attributions:
        yield from (attribution.span, attribution.outlet)
    for entry in citations.entries:
        dated = entry.date.span if entry.date else None
        found = (entry.label, entry.digits, entry.outlet, entry.headline, entry.address, dated)
        yield from (span for span in (entry.span, *found) if span)


def test_empty_text_cites_nothing() -> None:
    assert cite("") == Citations()


def rows(name: str) -> list[dict[str, str]]:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_releases_without_references_give_no_markers_and_no_lists() -> None:
    found = [cite(row["title"] + "\n\n" + row["body"]) for row in rows("government_releases.jsonl")]
    assert sum(len(c.markers) for c in found) == 0
    assert sum(c.references is not None for c in found) == 0
    assert sum(len(c.addresses) for c in found) > 400


def test_news_round_ups_give_their_sources() -> None:
    found = [cite(row["body"]) for row in rows("current_events.jsonl")]
    assert sum(len(c.addresses) for c in found) >= 1000
    assert sum(len(c.attributions) for c in found) >= 900

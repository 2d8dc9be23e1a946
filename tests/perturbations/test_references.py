"""References that are added first: consistent, numbered, dated before the article, invented."""

import re
from urllib.parse import urlsplit

import pytest

from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.proposal import NotApplicable
from perturbations.reading.citation_styles import STYLES
from perturbations.references import (
    MAX_ENTRIES,
    MIN_ENTRIES,
    OLDEST_DAYS,
    References,
    sentences_for_markers,
    slug,
)

NAME = "citations.numbering_gap"
BODY = (
    "The council of Alderwick and its guests opened the new bridge in the rain. The mayor spoke at "
    "length to the crowd in Market Square. Nobody in the town stayed dry that long day. The band "
    "played on in the rain until the evening.\n\n“We were wet through to the bone and beyond it.” "
    "So the crowd went home by the old road at last. Rain fell."
)


@pytest.fixture
def prepared(workshop, make_article):
    """The body with references, for several seeds."""

    def make(body=BODY, seeds=24, **more):
        subject = workshop.subject(make_article(body, **more))
        return [workshop.prepared(NAME, subject, seed).reading for seed in range(seeds)]

    return make


def test_markers_and_entries_count_from_one_and_belong_together(prepared, knowledge):
    counts = set()
    for reading in prepared():
        entries, markers = reading.citations.entries, reading.citations.markers
        numbers = [entry.number for entry in entries]
        counts.add(len(numbers))
        assert numbers == list(range(1, len(numbers) + 1))
        assert [marker.number for marker in markers] == numbers
        assert screen(reading, knowledge) == ()
    # Five sentences of the body can carry a marker.
    assert counts == set(range(MIN_ENTRIES, min(MAX_ENTRIES, 5) + 1))


def test_every_entry_is_read_back_part_by_part(prepared):
    accessed = set()
    for reading in prepared():
        for entry in reading.citations.entries:
            assert entry.outlet is not None
            assert entry.headline is not None
            assert 1 <= (reading.as_of.first - entry.date.first).days <= OLDEST_DAYS
            accessed.add(entry.accessed is not None)
            if entry.accessed:
                assert entry.date.first <= entry.accessed.first <= reading.as_of.first
            address = urlsplit(entry.address.text)
            assert address.scheme == "https"
            assert address.netloc.endswith(".example"), "no host outside the reserved domains"
            assert f"{entry.date.first:/%Y/%m/%d/}" in address.path
            assert address.netloc == f"www.{slug(entry.outlet.text, '')}.example"
            assert address.path.endswith(slug(entry.headline.text))
    assert accessed == {True, False}


def test_outlets_are_nobodys(prepared, knowledge):
    known = {
        name.casefold()
        for outlet in knowledge.outlets.values()
        for name in (outlet.name, *outlet.aliases)
    }
    outlets = {e.outlet.text for reading in prepared() for e in reading.citations.entries}
    assert len(outlets) > 20
    assert not {outlet.casefold() for outlet in outlets} & known
    assert all(entry.outlet_id is None for r in prepared(seeds=6) for entry in r.citations.entries)


def test_every_style_heading_and_place_of_markers_occurs(prepared):
    texts = [reading.text for reading in prepared(seeds=60)]
    assert {re.search(r"\n\n(References|Sources|Notes)\n\n", t).group(1) for t in texts} == {
        *("References", "Sources", "Notes")
    }
    assert {bool(re.search(r"\w \[1\]\.", text)) for text in texts} == {True, False}
    shapes = {re.sub(r"\w+", "w", text.rsplit("\n", 1)[1])[:14] for text in texts}
    assert len(shapes) >= len(STYLES) - 1


def test_headlines_name_topics_of_the_article_that_are_whole_names(prepared):
    headlines = " ".join(
        e.headline.text for reading in prepared() for e in reading.citations.entries
    )
    assert "Alderwick" in headlines
    assert "Market Square" in headlines
    assert not re.search(r"\bThe\b (?:council|mayor)|Nobody", headlines)


def test_dates_are_written_as_the_article_writes_them(prepared):
    american = BODY.replace("the evening", "June 9, 2022")
    for body, form in ((american, r"[A-Z]\w+ \d+, 2022"), (BODY, r"\d+ [A-Z]\w+ 2022")):
        for reading in prepared(body, seeds=6):
            assert all(re.fullmatch(form, e.date.span.text) for e in reading.citations.entries)


def test_the_prose_stays_as_it_was_but_for_its_markers(prepared):
    for reading in prepared(seeds=8):
        body = re.split(r"\n\n(?:References|Sources|Notes)\n\n", reading.article.body)[0]
        assert re.sub(r" ?\[\d\]", "", body) == BODY


def test_quotations_headings_and_short_sentences_carry_no_marker(read):
    marked = [span.text for span in sentences_for_markers(read(BODY))]
    assert len(marked) == 5
    assert not any("wet through" in text or text == "Rain fell." for text in marked)


@pytest.mark.parametrize(
    ("body", "published", "reason"),
    [
        (BODY, None, "no reference list, and no date that one could be made for"),
        (BODY.replace("rain.", "rain [1]."), "2022-06-15", "markers without a reference list"),
        (
            "Rain fell. The council of Alderwick opened the new bridge in the rain.",
            "2022-06-15",
            "fewer than three sentences that could carry a marker",
        ),
    ],
)
def test_why_no_references_are_added(workshop, make_article, body, published, reason):
    subject = workshop.subject(make_article(body, published=published))
    with pytest.raises(NotApplicable) as error:
        References().prepare(subject, Draw(1))
    assert str(error.value) == reason


def test_nothing_is_added_to_an_article_with_a_list(workshop, make_article):
    body = f'{BODY}\n\nReferences\n\n[1] Alder Courier, "Rain," 5 May 2022'
    assert References().prepare(workshop.subject(make_article(body)), Draw(1)).edits == ()


@pytest.mark.parametrize(
    ("text", "joint", "expected"),
    [
        ("Five questions about Alderwick", "-", "five-questions-about-alderwick"),
        ("What's next? “Rain”!", "-", "what-s-next-rain"),
        ("O’Brien Courier", "", "obriencourier"),
        ("Ærø: Åse", "-", "r-se"),
    ],
)
def test_slugs_are_lower_case_letters_and_digits(text, joint, expected):
    assert slug(text, joint) == expected

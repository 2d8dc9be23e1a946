"""References that are added first: consistent, numbered, dated before the article, invented."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from perturbations.cited_items import OLDEST_DAYS, address_of, slug
from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.markers import sentences_for_markers
from perturbations.proposal import NotApplicable
from perturbations.reading.citation_addresses import plain_telling
from perturbations.references import MAX_ENTRIES, MIN_ENTRIES, CitedAddresses, References
from perturbations.text import Span

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


def kind_of(reading):
    """How a prepared article cites: by the form of its first label or marker."""
    entries = reading.citations.entries
    if not entries:
        return "links"
    if entries[0].label is None:
        return "named"
    return entries[0].label.text.replace("1", "n") + reading.citations.markers[0].span.text[0]


def test_every_way_to_cite_is_drawn_and_read_back_whole(prepared, knowledge):
    kinds = set()
    for reading in prepared(seeds=90):
        kinds.add(kind_of(reading))
        entries, citations = reading.citations.entries, reading.citations
        assert screen(reading, knowledge) == ()
        if kind_of(reading) == "links":
            assert len(citations.cited) >= MIN_ENTRIES
            assert not citations.markers
        elif kind_of(reading) == "named":
            meant = [marker.entries for marker in citations.named_markers]
            assert sorted(meant) == [(index,) for index in range(len(entries))]
            assert [e.span.text for e in entries] == sorted(
                (e.span.text for e in entries), key=str.casefold
            )
        else:
            numbers = [entry.number for entry in entries]
            assert numbers == list(range(1, len(numbers) + 1))
            assert [marker.number for marker in citations.markers] == numbers
    assert kinds == {"[n][", "n.[", "¹¹", "n.¹", "[^n]:[", "named", "links"}


def test_sentences_are_left_free_where_there_are_enough(prepared):
    longer = "\n\n".join([BODY] * 4)
    counts = {len(r.citations.entries) or None for r in prepared(longer, seeds=60)} - {None}
    assert counts == set(range(MIN_ENTRIES, MAX_ENTRIES + 1))
    assert all(len(sentences_for_markers(r)) >= 2 for r in prepared(longer, seeds=8))
    # Five sentences of the body can carry a marker, and two are left.
    assert {len(r.citations.entries) or MIN_ENTRIES for r in prepared()} == {MIN_ENTRIES}


def test_every_entry_is_read_back_part_by_part(prepared):
    accessed, shapes = set(), set()
    for reading in prepared(seeds=60):
        for entry in reading.citations.items:
            assert entry.outlet is not None
            assert entry.headline is not None
            assert 1 <= (reading.as_of.first - entry.date.first).days <= OLDEST_DAYS
            accessed.add(entry.accessed is not None)
            if entry.accessed:
                assert entry.date.first <= entry.accessed.first <= reading.as_of.first
            address = urlsplit(entry.address.text)
            assert address.scheme == "https"
            assert address.netloc == f"www.{slug(entry.outlet.text, '')}.example"
            assert slug(entry.headline.text) in address.path
            told = plain_telling(entry.address.text)
            assert told.date == entry.date.first
            shapes.add(told.grammar.pattern)
    assert accessed == {True, False}
    assert len(shapes) == 3


def test_an_outlet_writes_its_addresses_by_one_grammar():
    first = address_of("Alder Courier", "Rain at last", date(2022, 5, 3))
    second = address_of("Alder Courier", "Sun again", date(2021, 11, 28))
    shape = [re.sub(r"\d", "0", a).replace("rain-at-last", "x") for a in (first,)]
    assert shape == [re.sub(r"\d", "0", second).replace("sun-again", "x")]
    others = {
        re.sub(r"\d", "0", address_of(f"A{n} Echo", "x", date(2022, 5, 3))) for n in range(40)
    }
    assert len({urlsplit(a).path for a in others}) > 5


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


def test_headings_styles_and_places_of_markers_vary(prepared):
    texts = [reading.text for reading in prepared(seeds=90)]
    found = [re.search(r"\n\n(References|Sources|Notes)\n\n", text) for text in texts]
    assert {match.group(1) for match in found if match} == {"References", "Sources", "Notes"}
    assert {bool(re.search(r"\w \[1\]\.", t)) for t in texts if "[1]" in t} == {True, False}
    assert any(re.search(r"\w¹\.", t) for t in texts)
    assert any(re.search(r"\.\[\^1\]", t) for t in texts)


def test_headlines_name_topics_of_the_article_that_are_whole_names(prepared):
    headlines = " ".join(e.headline.text for reading in prepared() for e in reading.citations.items)
    assert "Alderwick" in headlines
    assert "Market Square" in headlines
    assert not re.search(r"\bThe\b (?:council|mayor)|Nobody", headlines)


def test_a_topic_keeps_its_article_and_no_part_of_a_name_is_one(prepared):
    body = (
        "Envoys of the European Union, in Rheims, met with guests from the United States. "
        "The Department of Energy sent a letter of thanks to Asta Varnavin, who answered it. "
        "A few at the White House, too, spoke with women on help for Women, and with Americans. "
        "The talks in Rheims went on at the Alder Courier, a paper of the town, until the evening. "
        "In Arab- and other lands, the press of Balt- and Finland said nothing in English. "
        "The delegates then went home to the United States by the old road in the rain."
    )
    found = " ".join(e.headline.text for r in prepared(body, seeds=40) for e in r.citations.items)
    for name in ("European Union", "United States", "White House"):
        assert re.search(rf"\bthe {name}", found)
        assert re.search(rf"\bThe {name}(?::|, in)", found)
        assert not re.search(rf"(?<!\bthe )(?<!\bThe ){name}", found)
    assert "Rheims" in found
    assert not re.search("Balt|English", found)
    assert not re.search("Energy|Varnavin|Women|Americans|Courier", found)


def test_no_invented_outlet_is_named_like_a_country(prepared, knowledge):
    names = {name for c in knowledge.countries.values() for name in (c.name, *c.adjectives)}
    outlets = {e.outlet.text.split()[0] for r in prepared(seeds=60) for e in r.citations.items}
    assert len(outlets) > 50
    assert not outlets & names


def test_dates_are_written_as_the_article_writes_them(prepared):
    american = BODY.replace("the evening", "June 9, 2022")
    for body, form in ((american, r"[A-Z]\w+ \d+, 2022"), (BODY, r"\d+ [A-Z]\w+ 2022")):
        for reading in prepared(body, seeds=6):
            assert all(re.fullmatch(form, e.date.span.text) for e in reading.citations.items)


def test_the_prose_stays_as_it_was_but_for_what_cites(prepared):
    for reading in prepared(seeds=30):
        citations = reading.citations
        cited = [m.span for m in (*citations.markers, *citations.named_markers)]
        # A link stands in a bracket of its own.
        cited += [Span.of(reading.text, i.span.start - 1, i.span.end + 1) for i in citations.cited]
        text = reading.text
        if citations.references is not None:
            head = citations.references.heading or citations.references.span
            text = text[: min(head.start, citations.references.span.start)]
        for span in sorted(cited, reverse=True):
            start = span.start - (text[span.start - 1] == " ")
            text = text[:start] + text[span.end :]
        assert text.split("\n\n", 1)[1].rstrip() == BODY


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


def test_addresses_of_known_outlets_are_enough_for_rules_on_addresses(workshop, make_article):
    cited = (
        BODY + " Rain fell. (Reuters) https://www.reuters.com/world/rain-falls-at-last-2022-06-10/"
    )
    assert CitedAddresses().prepare(workshop.subject(make_article(cited)), Draw(1)).edits == ()
    plain = workshop.subject(make_article(BODY))
    assert CitedAddresses().prepare(plain, Draw(1)) == References().prepare(plain, Draw(1))


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

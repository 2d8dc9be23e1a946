"""Rule `reference`: documents by number and by title, and what is said of them."""

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules import reference
from perturbations.defects.rules.reference import is_wrong, span_of
from perturbations.defects.screen import screen
from perturbations.knowledge import Status, Truth

UNTC = "United Nations Treaty Collection"
TAIL = '[2] Alder Courier, "A reader\'s guide to Alder," 3 May 2021'


def cited(read, entry, published="2024-06-15"):
    """The one document that an entry of a list cites, and the reading."""
    prose = "The council met on the matter at length.[1] It then went home.[2]"
    body = f"{prose}\n\nReferences\n\n[1] {entry}\n{TAIL}"
    reading = read(body, published=published)
    [mention] = reading.documents
    return mention, reading


# In the prose


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Executive Order 13769 of January 27, 2017,", Truth.FAILS),
        ("Executive Order 13769 of 27 January 2017", Truth.FAILS),
        ("Executive Order 13769 of March 6, 2009,", Truth.HOLDS),
        ("EO 13769 (March 6, 2009)", Truth.HOLDS),
        # The day on which the Federal Register printed it.
        ("Executive Order 13769 of February 1, 2017", Truth.UNKNOWN),
        ("Security Council Resolution 2231, adopted on 20 July 2015,", Truth.FAILS),
        ("UN Security Council resolution 2231, adopted on 20 July 2011,", Truth.HOLDS),
        ("Regulation (EU) 2016/679 of 27 April 2016", Truth.FAILS),
        ("Regulation (EU) 2016/679 of 27 April 2013", Truth.HOLDS),
        ("Regulation (EU) 833/2014 of 31 July 2014", Truth.FAILS),
        ("Directive 95/46/EC of 24 October 1999", Truth.HOLDS),
        ("Public Law 111-148 of 23 March 2010", Truth.FAILS),
        ("A/RES/ES-11/1 of 2 March 2022", Truth.FAILS),
        ("General Assembly resolution 217 A (III) of 10 December 1958", Truth.HOLDS),
    ],
)
def test_a_date_beside_a_number_is_held_against_the_table(read, knowledge, words, answer):
    [mention] = read(f"The talks returned to {words} again and again.").documents
    assert is_wrong(mention, "date", knowledge) is answer


@pytest.mark.parametrize(
    "words",
    [
        "The president revoked Executive Order 13769 on 20 January 2021.",
        "The court heard Executive Order 13769 on 3 February 2018, and the case went on.",
        "Regulation (EU) 2016/679 on 25 May 2018 became the law of the land.",
    ],
)
def test_what_happened_to_a_document_on_a_day_is_not_its_date(read, words):
    [mention] = read(words).documents
    assert mention.date is None


@pytest.mark.parametrize(
    "entry",
    [
        "Reuters, “Security Council resolution 2728: what next?”, 12 January 2025",
        "Alder Courier, “Executive Order 13769 struck down by the court”, 12 July 2019",
        "The Guardian, “Executive Order 13769”, 12 July 2019",
    ],
)
def test_news_about_a_document_has_a_date_of_its_own(read, knowledge, entry):
    mention, reading = cited(read, entry, published="2025-06-15")
    assert mention.date is None
    assert list(reference.find(reading, knowledge)) == []


@pytest.mark.parametrize(("year", "answer"), [("2015", Truth.FAILS), ("2011", Truth.HOLDS)])
def test_the_year_behind_a_resolution_is_held_against_the_table(read, knowledge, year, answer):
    [mention] = read(f"They recalled Security Council Resolution 2231 ({year}).").documents
    assert mention.year.text == year
    assert is_wrong(mention, "year", knowledge) is answer


def test_a_number_with_the_title_of_another_order(read, knowledge):
    text = "It rests on Executive Order 14110 of October 30, 2023 ({}), he said."
    own = "Safe, Secure, and Trustworthy Development and Use of Artificial Intelligence"
    other = "Ensuring Responsible Development of Digital Assets"
    for title, answer in (
        (own, Truth.FAILS),
        (other, Truth.HOLDS),
        ("Development and Use of Artificial Intelligence", Truth.UNKNOWN),
        ("An Order of Which Nobody Has Heard", Truth.UNKNOWN),
    ):
        [mention] = read(text.format(title)).documents
        assert is_wrong(mention, "title", knowledge) is answer


@pytest.mark.parametrize(
    "words",
    [
        "Resolution 99999 of 3 May 1980",
        "Security Council Resolution 9999 of 3 May 1980",
        "Executive Order 99999 of 3 May 1980",
        "Order 13769 of March 6, 2009",
        "Public Law 999-999 of 3 May 1980",
    ],
)
def test_what_the_table_lacks_is_no_mention(read, words):
    assert read(f"The talks returned to {words} again.").documents == ()


def test_a_date_further_on_does_not_belong_to_the_document(read):
    [mention] = read("Executive Order 13769 was revoked on 20 January 2021.").documents
    assert mention.date is None


def test_what_a_speaker_says_is_unknown(read, knowledge):
    [mention] = read('"It was Executive Order 13769 of March 6, 2009," he said.').documents
    assert is_wrong(mention, "date", knowledge) is Truth.UNKNOWN


def test_uncertain_rows_decide_nothing(read, knowledge, monkeypatch):
    from dataclasses import replace

    [mention] = read("They cited Executive Order 13769 of March 6, 2009, again.").documents
    rows = dict(knowledge.references)
    rows["us-order-13769"] = replace(rows["us-order-13769"], status=Status.UNCERTAIN)
    monkeypatch.setattr(knowledge, "references", rows)
    assert is_wrong(mention, "date", knowledge) is Truth.UNKNOWN


# In entries


@pytest.mark.parametrize(
    ("entry", "field", "answer"),
    [
        ('Rachel Carson, "Silent Spring," 1962', "author", Truth.FAILS),
        ('Jane Jacobs, "Silent Spring," 1962', "author", Truth.HOLDS),
        # A publisher, or somebody unknown, may well be named there.
        ('Houghton Mifflin, "Silent Spring," 1962', "author", Truth.UNKNOWN),
        # Nothing else agrees: it may be another work of that name.
        ('Jane Jacobs, "Silent Spring," 1999', "author", Truth.UNKNOWN),
        ('Rachel Carson, "Silent Spring," 2002', "year", Truth.UNKNOWN),
        ('Rachel Carson, "Silent Spring," 1949', "year", Truth.HOLDS),
        ('Garrett Hardin, "The Tragedy of the Commons," 1968', "year", Truth.FAILS),
        ('Garrett Hardin, "The Tragedy of the Commons," 1969', "year", Truth.UNKNOWN),
        ('Garrett Hardin, "The Tragedy of the Commons," 1998', "year", Truth.HOLDS),
        ('Science, "The Tragedy of the Commons," 1968', "author", Truth.FAILS),
        ('The Lancet, "The Tragedy of the Commons," 1968', "author", Truth.HOLDS),
        ("Pope Francis (24 May 2015). Laudato si", "author", Truth.FAILS),
        ("Pope Benedict XVI (24 May 2015). Laudato si", "author", Truth.HOLDS),
        ("Pope Francis (29 June 2009). Laudato si", "date", Truth.HOLDS),
        # In force later than it was signed; a later date that is nobody's may be an edition's.
        (f'{UNTC}, "Kyoto Protocol," 16 February 2005', "date", Truth.FAILS),
        (f'{UNTC}, "Kyoto Protocol," 3 March 2012', "date", Truth.UNKNOWN),
        (f'{UNTC}, "Kyoto Protocol," 12 December 2015', "date", Truth.HOLDS),
        (f'{UNTC}, "Kyoto Protocol," 3 March 1990', "date", Truth.HOLDS),
    ],
)  # fmt: skip
def test_an_entry_is_held_against_the_table(read, knowledge, entry, field, answer):
    mention, _ = cited(read, entry)
    assert is_wrong(mention, field, knowledge) is answer


def test_an_entry_with_another_documents_title(read, knowledge):
    law = "United States Congress, “Public Law 111-148: {},” 23 March 2010"
    own, other = "Patient Protection and Affordable Care Act", "Inflation Reduction Act of 2022"
    for title, answer in ((own, Truth.FAILS), (other, Truth.HOLDS)):
        mention, _ = cited(read, law.format(title))
        assert mention.title.text == title
        assert is_wrong(mention, "title", knowledge) is answer


def test_the_screen_finds_it_and_the_witness_is_rechecked(read, knowledge):
    mention, reading = cited(read, "Pope Benedict XVI (24 May 2015). Laudato si")
    [found] = [f for f in screen(reading, knowledge) if f.type == "chimera_reference"]
    assert found.spans == (span_of(mention, "author"),)
    assert {e.fact for e in found.evidence} == {None, "papal-laudato-si"}
    assert found.explanation == "“Laudato si” is by Pope Francis, not by Pope Benedict XVI."
    assert recheck(found.witness, reading, knowledge) is Truth.HOLDS
    date = span_of(mention, "date")
    other = Witness(Rule.REFERENCE, (date,), (mention.span,), expect={"field": "date"})
    assert recheck(other, reading, knowledge) is Truth.FAILS
    # A span that is no such particular of that document proves nothing.
    wrong = Witness(Rule.REFERENCE, (date,), (mention.span,), expect={"field": "author"})
    assert recheck(wrong, reading, knowledge) is Truth.UNKNOWN


def test_a_sound_list_gives_no_finding(read, knowledge):
    _, reading = cited(read, 'Rachel Carson, "Silent Spring," 1962')
    assert list(reference.find(reading, knowledge)) == []

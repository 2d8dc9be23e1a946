"""Chimeras, unsupported citations and attributions on hand-made text, and when none applies."""

import re
from collections import Counter

import pytest

from perturbations.attributed_items import quotations
from perturbations.cited_headlines import statement
from perturbations.defects.recheck import recheck
from perturbations.documents import designation, headline
from perturbations.draw import Draw
from perturbations.knowledge import Truth
from perturbations.other_values import other_value
from perturbations.proposal import NotApplicable
from perturbations.reading.cited_values import cited_sentences, values_in
from perturbations.reading.mentions import Reading
from perturbations.text import Span

PROSE = (
    "Diplomats met in Geneva for talks about the war in Syria on Tuesday morning. They spoke for "
    "three hours without a break in the old palace.\n\n"
    "The Security Council had asked for talks on Syria several times in past years. Aid convoys "
    "went to Syria through a single border crossing last winter.\n\n"
    "Nobody expected the talks to end before the weekend, according to officials. The harbour "
    "authority counted 48 trucks with relief goods on its quay that evening."
)
QUOTED = (
    "“We shall not sell the meadow to anybody,” said Ada Quill at the gate.\n\n"
    "The council of Alder had offered to buy the meadow for a car park last spring. A petition "
    "against it lay in every shop of the village for weeks.\n\n"
    "The clerk of the council said that the offer still stood on Monday."
)


def subject_of(workshop, make_article, body, **more):
    return workshop.subject(make_article(body, **({"published": "2024-06-15"} | more)))


def some(workshop, name, article, seeds):
    """The first variant of each of several seeds; never nothing."""
    subject = workshop.subject(article)
    found = [b for seed in range(seeds) for b in workshop.built(name, subject, seed, limit=1)]
    assert found
    return found


# Chimera


def test_a_chimera_has_one_particular_of_another_document(workshop, make_article, knowledge):
    article = make_article(PROSE, published="2024-06-15")
    fields = Counter()
    for built in some(workshop, "citations.chimera", article, seeds=12):
        variant, control = built.variant.version.reading, built.variant.control.reading
        wrong = built.defect.witness.expect["field"]
        fields[wrong] += 1
        [own] = [e.fact for e in built.defect.evidence if e.fact]
        assert own in {m.reference for m in variant.documents}
        assert designation(knowledge.references[own]) in built.text
        # The control cites one document, with all that is its own.
        for mention in control.documents:
            assert mention.entry.headline.text == headline(knowledge.references[mention.reference])
        assert built.variant.control_note.startswith("another document")
    assert fields["date"]


def test_either_document_may_be_the_one_that_is_named(workshop, make_article):
    article = make_article(PROSE, published="2024-06-15")
    kept = Counter()
    for built in some(workshop, "citations.chimera", article, seeds=14):
        document = built.defect.evidence[0].span
        kept[document.text in built.source_text] += 1
    assert kept[True]
    assert kept[False]


def test_a_document_dated_in_the_prose_keeps_its_place(workshop, make_article):
    body = (
        "On January 3, 2018, the President recalled Executive Order 13412 of October 13, 2006. The "
        "sanctions against Sudan had been a matter of debate for twenty years by that time."
    )
    article = make_article(body, published="2018-01-15")
    for built in some(workshop, "citations.chimera", article, seeds=4):
        assert [before for before, _ in built.changed()] == ["October 13, 2006"]
        assert [before for before, _ in built.control_changed()] == ["October 13, 2006"]
        assert "13" in built.control_changed()[0][1]


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        ("Short. Text.", {}, "fewer than three sentences"),
        (PROSE, {"published": None}, "no date that one could be made for"),
        (PROSE.replace("Syria", "Arcadia"), {}, "no two documents of one kind"),
        (
            f"{PROSE}[1]\n\nReferences\n\n[1] Alder Courier, “On Alder in brief,” 3 May 2024",
            {},
            "without a known document",
        ),
    ],
)
def test_no_documents_can_be_added(workshop, make_article, body, more, reason):
    if "Arcadia" in body:
        body = body.replace("Security Council", "parish").replace("talks", "words")
        body = body.replace("war", "row").replace("border", "river")
    subject = subject_of(workshop, make_article, body, **more)
    with pytest.raises(NotApplicable, match=reason):
        workshop.prepared("citations.chimera", subject, 1)


def test_an_article_that_cites_no_document_gives_no_chimera(workshop, make_article):
    with pytest.raises(NotApplicable, match="no dated or signed citation"):
        workshop.proposals("citations.chimera", subject_of(workshop, make_article, PROSE))


def test_added_documents_are_older_than_the_article_and_cited(workshop, make_article, knowledge):
    for seed in range(8):
        subject = subject_of(workshop, make_article, PROSE, published="2014-03-01")
        reading = workshop.prepared("citations.chimera", subject, seed).reading
        assert reading.documents
        for mention in reading.documents:
            assert knowledge.references[mention.reference].day < reading.as_of.first
        numbers = {marker.number for marker in reading.citations.markers}
        assert numbers == set(range(1, len(reading.citations.entries) + 1))


# Unsupported citations


def test_sentence_and_headline_differ_in_the_variant_alone(workshop, make_article, knowledge):
    article = make_article(PROSE, published="2024-06-15")
    where = Counter()
    for built in workshop.over_seeds("citations.unsupported", article):
        witness = built.defect.witness
        said = built.text[: built.text.index("\n\n", len(PROSE))]
        where[witness.claim[0].end < len(said)] += 1
        for reading in (built.subject.reading, built.variant.control.reading):
            assert values(reading, knowledge)
            assert all(one == other for one, other in values(reading, knowledge))
        assert any(a != b for a, b in values(built.variant.version.reading, knowledge))
        assert recheck(witness, built.variant.version.reading, knowledge) is Truth.HOLDS
    assert where[True]
    assert where[False]


@pytest.mark.parametrize(
    ("sentence", "taken"),
    [
        ("A crew of four men mended the old bridge on Monday.", True),
        ("Each of four men mended the old bridge on Monday.", False),
        ("The two leaders discussed four crises in the world on Monday.", False),
        ("The other six together had 48 votes in the first round.", False),
        ("In addition, the council gave 48 pounds to the old mill.", False),
    ],
)
def test_what_points_to_the_sentence_before_makes_no_headline(
    workshop, make_article, sentence, taken
):
    reading = workshop.read(make_article(f"It rained. {sentence} Nobody minded."))
    start = reading.text.index(sentence)
    place = Span.of(reading.text, start, start + len(sentence))
    assert (statement(place, reading) is not None) is taken


@pytest.mark.parametrize(
    ("said", "other"), [("raised the tax on salt", True), ("raised several concerns", False)]
)
def test_concerns_are_raised_and_never_lowered(workshop, make_article, knowledge, said, other):
    sentence = f"The council of the town {said} in the spring of that year."
    subject = workshop.subject(make_article(sentence))
    start = subject.reading.text.index(sentence)
    place = Span.of(subject.reading.text, start, start + len(sentence))
    [value] = [v for v in values_in(place, subject.reading, knowledge) if v.span.text == "raised"]
    assert (other_value(value, subject, Draw(1)) is not None) is other


def test_a_sum_in_a_headline_keeps_its_figures(workshop, make_article):
    prose = PROSE.replace("counted 48 trucks with relief goods", "spent $8 million on relief goods")
    article = make_article(prose, published="2024-06-15")
    for built in workshop.over_seeds("citations.unsupported", article, seeds=12):
        for text in (built.text, built.control_text):
            assert re.findall(r"\$(\S+) million", text)
            assert all(sum_.isdigit() for sum_ in re.findall(r"\$(\S+) million", text))


def values(reading: Reading, knowledge) -> list[tuple[str, str]]:
    pairs = [pair for cited in cited_sentences(reading, knowledge) for pair in cited.values]
    return [(said.key, heard.key) for said, heard in pairs]


def test_variant_and_control_print_the_headline_under_the_same_label(workshop, make_article):
    article = make_article(PROSE, published="2024-06-15")
    for built in workshop.over_seeds("citations.unsupported", article, seeds=4):
        labels = [built.changed(), built.control_changed()]
        first, second = ([a for b, a in edits if not b[:1].isdigit()] for edits in labels)
        assert set(first) & set(second)


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        ("Short. Text.", {}, "fewer than three sentences"),
        (PROSE, {"published": None}, "no date that one could be made for"),
        (QUOTED, {}, "no sentence that makes a headline"),
        (
            f"{PROSE}[1]\n\nReferences\n\n[1] Alder Courier, “On Alder in brief,” 3 May 2024",
            {},
            "whose headlines restate nothing",
        ),
    ],
)
def test_no_headline_can_be_added(workshop, make_article, body, more, reason):
    subject = subject_of(workshop, make_article, body, **more)
    with pytest.raises(NotApplicable, match=reason):
        workshop.prepared("citations.unsupported", subject, 1)


def test_an_article_without_restating_headlines_is_not_applicable(workshop, make_article):
    with pytest.raises(NotApplicable, match="no cited headline"):
        workshop.proposals("citations.unsupported", subject_of(workshop, make_article, PROSE))


# Attributions


def test_one_quotation_has_two_outlets_in_the_variant_alone(workshop, make_article):
    article = make_article(QUOTED, published="2024-06-15")
    places = Counter()
    for built in workshop.over_seeds("citations.attribution", article, seeds=6):
        assert len(built.changed()) == 1
        assert len(built.control_changed()) == 2
        [(before, after)] = built.changed()
        assert {(before, after)} == set(built.control_changed())
        places[built.defect.spans[0].start > len(QUOTED) + 60] += 1
        assert built.defect.witness.expect["basis"] == "anchored"
    assert places[True]
    assert places[False]


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        (PROSE, {}, "no quotation of six words"),
        (QUOTED, {"published": None}, "no date that one could be made for"),
        (QUOTED.replace(" to anybody", ""), {}, "no quotation of six words"),
        (QUOTED.partition("\n\n")[0], {}, "fewer than two sentences"),
        (
            f"{QUOTED}[1]\n\nReferences\n\n[1] Alder Courier, “On Alder in brief,” 3 May 2024",
            {},
            "attributes no quotation",
        ),
    ],
)
def test_no_attribution_can_be_added(workshop, make_article, body, more, reason):
    if "to anybody" not in body:
        body = body.replace("We shall not sell the meadow", "We shall not sell")
    subject = subject_of(workshop, make_article, body, **more)
    with pytest.raises(NotApplicable, match=reason):
        workshop.prepared("citations.attribution", subject, 1)


@pytest.mark.parametrize(
    ("quoted", "taken"),
    [
        ("“We shall not sell the meadow to anybody,” said Ada Quill.", True),
        ("Ada Quill looked up. “We shall not sell the meadow to anybody.”", True),
        ("The sign says “We shall not sell the meadow to anybody” in red.", False),
        ("“We shall not sell the meadow to anybody,”", False),
        ("“We shall not sell the meadow to anybody” was read out. They left.", False),
        ("“We shall not sell the meadow to anybody,” she said. It rained in the valley.", False),
    ],
)
def test_a_quotation_is_attributed_where_its_paragraph_ends_with_it(
    workshop, make_article, quoted, taken
):
    reading = workshop.read(make_article(f"{quoted}\n\nIt rained on the meadow."))
    assert bool(quotations(reading)) is taken


def test_an_article_without_attributed_quotations_is_not_applicable(workshop, make_article):
    with pytest.raises(NotApplicable, match="no quotation that an invented outlet"):
        workshop.proposals("citations.attribution", subject_of(workshop, make_article, QUOTED))


@pytest.mark.parametrize("name", ["documents", "cited_headlines", "attributed_items"])
def test_a_preparation_leaves_alone_what_it_has_made(workshop, make_article, name):
    operator, body = {
        "documents": ("citations.chimera", PROSE),
        "cited_headlines": ("citations.unsupported", PROSE),
        "attributed_items": ("citations.attribution", QUOTED),
    }[name]
    ready = workshop.prepared(operator, subject_of(workshop, make_article, body), 1)
    preparation = workshop.catalogue.load(operator).preparation
    assert preparation.name == name
    assert not preparation.prepare(ready, Draw(2, "again")).edits

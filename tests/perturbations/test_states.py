"""Stale states and stale conditionals: cells, controls, and what day makes of the same words."""

from datetime import date

import pytest

from perturbations.background import ABOUT, ASKED, WHEN_FRAMES, Background, Question, framed
from perturbations.defects.rules.states import is_false
from perturbations.draw import Draw
from perturbations.knowledge import Truth
from perturbations.proposal import NotApplicable
from perturbations.prospects import blocks, drawn
from perturbations.reading.mentions import AsOf
from perturbations.turns import events, near

BODY = "The council opened the new bridge. Nobody stayed dry, and the ferry was given up."
STALE, CONDITIONAL = "dates.stale_state", "dates.conditional"


@pytest.mark.parametrize("day", ["2014-02-10", "2021-08-01", "2023-03-20", "2024-12-20"])
def test_the_added_line_is_true_on_its_day(workshop, make_article, day):
    subject = workshop.subject(make_article(BODY, published=day))
    for preparation, frames in (
        (Background(), (*ABOUT, *WHEN_FRAMES)),
        (Question(), ASKED),
    ):
        lines = set()
        for seed in range(8):
            ledger = preparation.prepare(subject, Draw(seed, "x"))
            reading = workshop.read(
                workshop.prover.version(subject.reading.article, ledger).article
            )
            [mention] = reading.states
            sentence = reading.layout.sentence_at(mention.span.start)
            words = "the " + mention.span.text
            assert framed(sentence.text, mention.span.text, frames) or framed(
                sentence.text, words, frames
            )
            assert is_false(mention, reading, workshop.knowledge) is Truth.FAILS
            lines.add(sentence.text)
        assert len(lines) > 4


def test_the_line_stands_before_the_references(workshop, make_article):
    body = f'{BODY}\n\nReferences\n\n[1] Alder Courier, "Bridge opens," 5 May 2022'
    subject = workshop.subject(make_article(body))
    for preparation in (Background(), Question()):
        [edit] = preparation.prepare(subject, Draw(1, "x"))
        assert edit.start == subject.reading.text.index("References")
        assert edit.after.endswith(".\n\n") or edit.after.endswith("?\n\n")


@pytest.mark.parametrize(("name", "wanted"), [(STALE, "stale_state"), (CONDITIONAL, "stale_cond")])
def test_variants_are_false_and_controls_true_on_the_day(workshop, make_article, name, wanted):
    found = workshop.over_seeds(name, make_article(BODY, published="2023-03-20"), seeds=8)
    for built in found:
        assert built.defect.type.startswith(wanted)
        for version, truth in (
            (built.variant.version, Truth.HOLDS),
            (built.variant.control, Truth.FAILS),
        ):
            [mention] = version.reading.states
            assert is_false(mention, version.reading, workshop.knowledge) is truth
    assert len({built.text for built in found}) > 5


def test_one_claim_is_a_variant_before_its_day_and_a_control_after_it(workshop, make_article):
    """What the words say is turned round by the day alone."""
    sentence = "For the wider picture, see the dossier on Sweden, {}."
    before, after = "which has yet to join NATO", "which has joined NATO"
    outcomes = {}
    for day, true in (("2024-01-15", before), ("2024-06-15", after)):
        article = make_article(f"{BODY}\n\n{sentence.format(true)}", published=day)
        subject = workshop.subject(article)
        for seed in range(12):
            for proposal in workshop.proposals(STALE, subject, seed):
                outcomes.setdefault(day, set()).add(proposal.ledger.edits[0].after)
                outcomes.setdefault(f"{day} control", set()).add(
                    proposal.control.ledger.edits[0].after
                )
    assert before in outcomes["2024-06-15"]
    assert after in outcomes["2024-01-15"]
    assert outcomes["2024-01-15"] & outcomes["2024-06-15 control"]
    assert outcomes["2024-06-15"] & outcomes["2024-01-15 control"]
    assert not outcomes["2024-01-15"] & outcomes["2024-01-15 control"]


def test_a_mention_of_the_articles_own_is_told_for_another_day(workshop, make_article):
    body = f"{BODY} Finland, a NATO member, sent two engineers."
    subject = workshop.subject(make_article(body, published="2023-05-20"))
    texts = set()
    for proposal in workshop.proposals(STALE, subject, 3):
        built = workshop.prover.prove(subject, proposal)
        assert "Finland, which " in built.version.article.text
        assert ", sent two engineers." in built.version.article.text
        texts.add(built.version.article.text)
    assert texts


def test_a_claim_that_no_mark_closes_is_left_alone(workshop, make_article):
    body = f"{BODY} The guests came from Finland, a NATO member whose engineers build bridges."
    subject = workshop.subject(make_article(body, published="2023-05-20"))
    assert workshop.proposals(STALE, subject) == []


@pytest.mark.parametrize("name", [STALE, CONDITIONAL])
@pytest.mark.parametrize(
    ("published", "reason"),
    [
        (None, "the article's time is unknown"),
        ("1951-05-01", "no (event|accession)"),
        ("2027-05-01", "no (event|accession)"),
    ],
)
def test_what_has_no_time_or_no_event_near_it_takes_no_line(
    workshop, make_article, name, published, reason
):
    subject = workshop.subject(make_article(BODY, published=published))
    with pytest.raises(NotApplicable, match=reason):
        workshop.prepared(name, subject, 1)


@pytest.mark.parametrize(
    ("name", "published", "reason"),
    [
        (STALE, None, "the article's time is unknown"),
        (CONDITIONAL, None, "the article's time is unknown"),
        (STALE, "2023-03-20", "no state of the world"),
        (CONDITIONAL, "2023-03-20", "no question"),
    ],
)
def test_without_the_line_nothing_is_proposed(workshop, make_article, name, published, reason):
    subject = workshop.subject(make_article(BODY, published=published))
    with pytest.raises(NotApplicable, match=reason):
        workshop.proposals(name, subject)


def test_events_are_told_as_far_before_their_day_as_after_it(knowledge):
    found = events(knowledge)
    assert len(found) > 100
    for event in found:
        assert event.turn.foreseen is None or event.day - event.reach >= event.turn.foreseen
    for event, come in near(AsOf.day(found[40].day.replace(day=15)), knowledge):
        assert come is (event.has_come(AsOf.day(found[40].day.replace(day=15)), knowledge))


def test_in_a_block_each_name_stands_once_among_the_come_and_once_among_the_open(
    workshop, make_article, knowledge
):
    reading = workshop.read(make_article(BODY, published="2023-03-20"))
    found = blocks(reading.as_of, reading, knowledge)
    assert len(found) > 50
    for block in found:
        come = {(cell.country.id, cell.organisation.id) for cell in block.come}
        still = {(cell.country.id, cell.organisation.id) for cell in block.still}
        assert {c for c, _ in come} == {c for c, _ in still}
        assert {o for _, o in come} == {o for _, o in still}
        assert not come & still
    weights = {block.weight for block in found}
    assert len(weights) > 1
    heavy = sum(drawn(found, Draw(n, "x")).weight == max(weights) for n in range(60))
    assert heavy > 60 * sum(b.weight == max(weights) for b in found) / len(found)


def test_what_soon_ends_is_told_as_having_come_only_while_it_lasts(knowledge):
    found = {e.state: e for e in events(knowledge) if e.turn.over is not None}
    assert len(found) > 5
    for event in found.values():
        assert event.day + event.reach <= event.turn.over
    during, behind = AsOf.day(date(2022, 12, 1)), AsOf.day(date(2023, 1, 20))
    assert (found["qatar-world-cup"], True) in near(during, knowledge)
    assert "qatar-world-cup" not in {event.state for event, _ in near(behind, knowledge)}


def test_nobody_is_supposed_to_join_what_they_left(workshop, make_article, knowledge):
    reading = workshop.read(make_article(BODY, published="2024-03-01"))
    pairs = {
        (cell.country.id, cell.organisation.id)
        for block in blocks(reading.as_of, reading, knowledge)
        for cell in block.still
    }
    assert ("NO", "EU") in pairs
    assert ("GB", "Schengen") in pairs
    assert ("GB", "EU") not in pairs

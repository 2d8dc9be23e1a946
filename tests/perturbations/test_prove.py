"""The prover takes what can be proven, and refuses everything else with its reason."""

from dataclasses import replace

import pytest

from perturbations.defects import Certainty, Evidence, Origin, Rule, Scope, Witness
from perturbations.proposal import Control, Proposal, Revision, defect, slots_from_json
from perturbations.prove import Refused, counterpart, edited
from perturbations.text import Edit, Ledger, Span

BODY = (
    "The bridge opened on Wednesday, 4 May 2022 in the rain. It closed on 10 May 2022 for good. "
    "The mayor spoke on 2 March 2022."
)
WRONG, RIGHT = "Sunday, 4 May 2022", "Sunday, 8 May 2022"


@pytest.fixture
def subject(workshop, make_article):
    return workshop.subject(make_article(BODY, title="Bridge opens"))


@pytest.fixture
def propose(subject, span_of):
    """A proposal that writes `wrong` in the variant and `right` in the control."""
    text = subject.reading.text

    def make(wrong=WRONG, right=RIGHT, where="Wednesday, 4 May 2022", **changed):
        place = span_of(text, where)
        ledgers = [Ledger.of(Edit.replace(place, after)) for after in (wrong, right)]
        claim = ledgers[0].outcome(0)
        found = defect(
            "impossible_date",
            [claim],
            [Evidence("weekday", span=claim)],
            "It was no Sunday.",
            Witness(Rule.CALENDAR, claim=(claim,)),
            scope=Scope.SENTENCE,
        )
        found = replace(found, **changed)
        return Proposal(ledgers[0], (found,), Control(ledgers[1], "moved together"))

    return make


def refused(workshop, subject, proposal):
    with pytest.raises(Refused) as error:
        workshop.prover.prove(subject, proposal)
    return str(error.value)


def test_what_holds_on_the_variant_and_fails_elsewhere_is_taken(workshop, subject, propose):
    variant = workshop.prover.prove(subject, propose())
    assert WRONG in variant.version.article.text
    assert RIGHT in variant.control.article.text
    assert variant.control_note == "moved together"
    assert [defect.id for defect in variant.defects] == ["d1"]
    assert variant.version.reading == workshop.read(variant.version.article)


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("4 May 2022", RIGHT, "the witness is fails on the variant"),
        ("some day", RIGHT, "the witness is unknown on the variant"),
        (WRONG, "Monday, 8 May 2022", "the counterpart is holds on the control"),
        (WRONG, "one rainy day", "the counterpart is unknown on the control"),
        (WRONG, WRONG, "the control would be the source or the variant"),
    ],
)
def test_what_is_not_proven_is_refused(workshop, subject, propose, wrong, right, reason):
    assert refused(workshop, subject, propose(wrong, right)) == reason


def test_what_is_wrong_in_the_source_already_proves_nothing(workshop, make_article):
    body = BODY.replace("Wednesday, 4", "Sunday, 4")
    subject = workshop.subject(make_article(body, title="Bridge opens"))
    text = subject.reading.text
    place = Span.of(text, text.index("Sunday"), text.index("Sunday") + len(WRONG))
    ledger = Ledger.of(Edit.replace(place, "Monday, 4 May 2022"))
    claim = ledger.outcome(0)
    found = defect(
        "impossible_date",
        [claim],
        [Evidence("weekday", span=claim)],
        "It was no Monday.",
        Witness(Rule.CALENDAR, claim=(claim,)),
        scope=Scope.SENTENCE,
    )
    control = Control(Ledger.of(Edit.replace(place, "Wednesday, 4 May 2022")), "put right")
    reason = refused(workshop, subject, Proposal(ledger, (found,), control))
    assert reason == "the counterpart is holds on the source"


def test_a_defect_without_a_witness_is_refused(workshop, subject, propose):
    proposal = propose(certainty=Certainty.SUSPECTED, witness=None)
    assert refused(workshop, subject, proposal) == "a defect has no witness"


def test_a_control_that_is_the_source_is_refused(workshop, subject, propose):
    proposal = replace(propose(), control=Control(Ledger(), "left alone"))
    reason = "the control would be the source or the variant"
    assert refused(workshop, subject, proposal) == reason


def test_an_undeclared_defect_is_refused(workshop, subject, propose, span_of):
    late = span_of(subject.reading.text, "2 March 2022")
    more = Edit.replace(late, "30 February 2022")
    proposal = propose()
    # Of another type than what is declared, or in words that no edit wrote.
    declared = replace(proposal.defects[0], type="date_conflict")
    doubled = replace(proposal, ledger=Ledger((*proposal.ledger, more)), defects=(declared,))
    reason = refused(workshop, subject, doubled)
    assert reason == "the variant gained an undeclared impossible_date"


def test_what_the_same_swap_makes_wrong_elsewhere_becomes_a_defect(
    workshop, subject, propose, span_of
):
    late = span_of(subject.reading.text, "2 March 2022")
    proposal = propose()
    ledger = Ledger((*proposal.ledger, Edit.replace(late, "30 February 2022")))
    control = Ledger((*proposal.control.ledger, Edit.replace(late, "1 March 2022")))
    doubled = replace(proposal, ledger=ledger, control=Control(control, "both put right"))
    variant = workshop.prover.prove(subject, doubled)
    root, more = variant.defects
    assert (more.id, more.root, more.origin) == ("d2", root.id, Origin.SYNTHETIC)
    assert more.spans[0].text == "30 February 2022"
    more.spans[0].check(variant.version.article.text)
    # It is held to the same proof: a control that has it, too, is refused.
    control = Ledger((*proposal.control.ledger, Edit.replace(late, "31 February 2022")))
    wrong = replace(doubled, control=Control(control, "put wrong"))
    assert refused(workshop, subject, wrong) == "the counterpart is holds on the control"


def test_a_control_that_gains_a_defect_is_refused(workshop, subject, propose, span_of):
    late = span_of(subject.reading.text, "2 March 2022")
    proposal = propose()
    control = Ledger((*proposal.control.ledger, Edit.replace(late, "30 February 2022")))
    wrong = replace(proposal, control=Control(control, "put wrong"))
    assert refused(workshop, subject, wrong) == "the control gained a impossible_date"


# Edits and the headline


@pytest.mark.parametrize(
    "edit",
    [
        Edit(10, 14, "ns\n\n", ": "),
        Edit(12, 14, "\n\n", " - "),
        Edit(8, 18, "pens\n\nThe ", "x"),
        Edit(13, 14, "\n", "\n\n"),
    ],
)
def test_an_edit_never_crosses_the_headlines_end(subject, edit):
    with pytest.raises(Refused, match="an edit crosses the headline's end"):
        edited(subject.reading.article, Ledger.of(edit))


def test_headline_and_body_change_each_on_its_own(subject):
    ledger = Ledger.of(Edit(7, 12, "opens", "is open at last"), Edit(14, 17, "The", "A"))
    after = edited(subject.reading.article, ledger)
    assert after.title == "Bridge is open at last"
    assert after.body.startswith("A bridge opened")
    assert after.published == subject.reading.article.published


@pytest.mark.parametrize(
    ("edit", "title"),
    [(Edit.insert(0, "New: "), "New: Bridge opens"), (Edit.insert(14, "So: "), "Bridge opens")],
)
def test_insertions_at_the_edges_belong_to_their_side(subject, edit, title):
    after = edited(subject.reading.article, Ledger.of(edit))
    assert after.title == title
    assert after.text == Ledger.of(edit).apply(subject.reading.text)


def test_words_behind_the_headline_belong_to_it(subject):
    after = edited(subject.reading.article, Ledger.of(Edit.insert(12, " again")))
    assert after.title == "Bridge opens again"
    assert after.body == subject.reading.article.body


# Counterparts


def test_a_witness_is_carried_to_source_and_control(subject, propose, span_of):
    proposal = propose()
    witness, text = proposal.defects[0].witness, subject.reading.text
    on_source = counterpart(witness, proposal.ledger, None, text)
    assert on_source.claim[0].text == "Wednesday, 4 May 2022"
    control = proposal.control.ledger
    on_control = counterpart(witness, proposal.ledger, control, control.apply(text))
    assert on_control.claim[0].text == RIGHT
    assert on_control.rule is witness.rule


def test_a_claim_that_was_inserted_is_absent_elsewhere(subject):
    text = subject.reading.text
    ledger = Ledger.of(Edit.insert(len(text), " It was Sunday, 4 May 2022."))
    place = ledger.outcome(0)
    claim = Span.of(ledger.apply(text), place.start + 8, place.end - 1)
    witness = Witness(Rule.CALENDAR, claim=(claim,))
    assert counterpart(witness, ledger, None, text) is None


def test_a_claim_that_an_edit_swallows_proves_nothing(workshop, subject, propose, span_of):
    proposal, text = propose(), subject.reading.text
    around = span_of(text, "opened on Wednesday, 4 May 2022 in")
    swallowed = Control(Ledger.of(Edit.replace(around, "opened early in")), "told otherwise")
    reason = refused(workshop, subject, replace(proposal, control=swallowed))
    assert reason == "the counterpart is unknown on the control"
    deleted = Control(Ledger.of(Edit.delete(span_of(text, "Wednesday, 4 May 2022"))), "left out")
    reason = refused(workshop, subject, replace(proposal, control=deleted))
    assert reason == "the counterpart is unknown on the control"


def test_a_claim_that_was_inserted_needs_no_counterpart(workshop, subject):
    text = subject.reading.text
    ledgers = [
        Ledger.of(Edit.insert(len(text), f" It was {day}, 4 May 2022."))
        for day in ("Sunday", "Wednesday")
    ]
    place = ledgers[0].outcome(0)
    claim = Span.of(ledgers[0].apply(text), place.start + 8, place.end - 1)
    found = defect(
        "impossible_date",
        [claim],
        [Evidence("weekday", span=claim)],
        "It was no Sunday.",
        Witness(Rule.CALENDAR, claim=(claim,)),
        scope=Scope.SENTENCE,
    )
    proposal = Proposal(ledgers[0], (found,), Control(ledgers[1], "the right weekday"))
    assert workshop.prover.prove(subject, proposal).defects == (found,)


def test_a_claim_that_the_control_deletes_has_no_counterpart_there(subject, propose, span_of):
    proposal, text = propose(), subject.reading.text
    gone = Ledger.of(Edit.delete(span_of(text, "Wednesday, 4 May 2022")))
    witness = proposal.defects[0].witness
    assert counterpart(witness, proposal.ledger, gone, gone.apply(text)) is None


# Proposals


def test_a_revision_tells_where_things_stand(subject, span_of):
    text = subject.reading.text
    revision = Revision(text)
    revision.replace(span_of(text, "bridge"), "footbridge")
    revision.replace(span_of(text, "rain"), "rain")
    revision.insert(span_of(text, "It closed").start, "So it was. ")
    revision.delete(span_of(text, " for good"))
    assert len(revision.edits) == 3, "what is equal is no edit"
    moved = revision.moved(span_of(text, "10 May 2022"))
    assert moved.check(revision.ledger().apply(text)).text == "10 May 2022"


def test_slots_are_read_from_a_seed_file():
    rows = [{"slot": "s", "type": "date", "mentions": [{"start": 0, "end": 1, "text": "a"}]}]
    assert slots_from_json(rows) == (("s", "date", (Span(0, 1, "a"),)),)

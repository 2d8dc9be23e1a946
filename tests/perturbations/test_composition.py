"""Several changes of one source at once: ledgers commute, spans stay right, roots stay linked."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perturbations.composition import (
    Part,
    joined,
    joint_name,
    names_in,
    proposal_of,
    rebased,
    union,
)
from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.proposal import defect
from perturbations.prove import Refused
from perturbations.text import Edit, Ledger, LedgerError, Span

SOURCE = (
    "The bridge opens\n\nThe bridge opened on Wednesday, 4 May 2022 in the rain. It closed on "
    "Tuesday, 10 May 2022 for good."
)


def part(before, wrong, right, *, root=None, more=()):
    """A part that writes `wrong` for `before` in the variant, and `right` in the control."""
    at = SOURCE.index(before)
    place = Span(at, at + len(before), before)
    ledger = Ledger.of(Edit.replace(place, wrong))
    claim = ledger.outcome(0)
    found = defect(
        "impossible_date",
        [claim],
        [Evidence("weekday", span=claim)],
        "The weekday does not fit.",
        Witness(Rule.CALENDAR, claim=(claim,)),
        scope=Scope.SENTENCE,
    )
    defects = (found, *(replace(found, id=name, root=root) for name in more))
    return Part(SOURCE, ledger, defects, Ledger.of(Edit.replace(place, right)), "moved")


@pytest.fixture
def first():
    return part("Wednesday, 4 May 2022", "Sunday, 4 May 2022", "Sunday, 8 May 2022")


@pytest.fixture
def second():
    return part("Tuesday, 10 May 2022", "Friday, 10 May 2022", "Friday, 13 May 2022")


def test_both_changes_are_made_and_every_span_says_what_it_covers(first, second):
    for one, two in ((first, second), (second, first)):
        whole = joined(one, two)
        text = whole.ledger.apply(SOURCE)
        assert "Sunday, 4 May 2022" in text
        assert "Friday, 10 May 2022" in text
        assert whole.ledger.revert(text) == SOURCE
        assert [found.id for found in whole.defects] == ["d1", "d2"]
        for found in whole.defects:
            for span in (*found.spans, *found.witness.spans(), found.evidence[0].span):
                assert text[span.start : span.end] == span.text
        control = whole.control.apply(SOURCE)
        assert "Sunday, 8 May 2022" in control
        assert "Friday, 13 May 2022" in control


def test_consequences_stay_linked_to_their_own_root(first):
    second = part(
        "Tuesday, 10 May 2022", "Friday, 10 May 2022", "Friday, 13 May 2022", root="d1", more=["d2"]
    )
    whole = joined(first, second)
    assert [(found.id, found.root) for found in whole.defects] == [
        ("d1", None),
        ("d2", None),
        ("d3", "d2"),
    ]


def test_what_was_joined_is_proven_as_a_whole(workshop, make_article, first, second):
    title, _, body = SOURCE.partition("\n\n")
    subject = workshop.subject(make_article(body, title=title))
    variant = workshop.prover.prove(subject, proposal_of(joined(first, second)))
    assert len(variant.defects) == 2
    clean = part("Tuesday, 10 May 2022", "Friday, 13 May 2022", "Friday, 10 June 2022")
    with pytest.raises(Refused, match="the witness is fails on the variant"):
        workshop.prover.prove(subject, proposal_of(joined(first, clean)))


@pytest.mark.parametrize(
    "before", ["4 May 2022", "Wednesday, 4 May 2022", " in the rain", "2022 in"]
)
def test_changes_of_the_same_words_or_of_words_that_touch_are_not_put_together(first, before):
    other = part(before, "x", "y")
    with pytest.raises(LedgerError, match="touch"):
        joined(first, other)


def test_parts_of_two_sources_are_not_put_together(first):
    with pytest.raises(ValueError, match="two sources"):
        joined(first, replace(first, text=SOURCE + " "))


def test_a_part_follows_an_addition_to_its_source(first, second):
    addition = Ledger.of(Edit.insert(len("The bridge opens\n\n"), "HAVERBY - "))
    moved = first.over(addition)
    text = moved.ledger.apply(moved.text)
    assert text.startswith("The bridge opens\n\nHAVERBY - The bridge opened on Sunday, 4 May")
    claim = moved.defects[0].witness.claim[0]
    assert text[claim.start : claim.end] == claim.text == "Sunday, 4 May 2022"
    assert len(joined(moved, second.over(addition)).ledger) == 2


def test_names_are_joined_in_order_and_told_apart_again():
    name = joint_name(["leaders.former", "dates.weekday"])
    assert name == "dates.weekday+leaders.former"
    assert names_in(name) == ("dates.weekday", "leaders.former")
    assert names_in("dates.weekday") == ("dates.weekday",)


TEXT = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def ledgers(draw):
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=6)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text("XYZ", max_size=4))
        edits.append(Edit(start, end, TEXT[start:end], after))
    return Ledger(tuple(edits))


@given(ledgers(), ledgers())
def test_two_ledgers_commute_where_they_do_not_touch(one, two):
    try:
        whole = union(one, two)
    except LedgerError:
        assume(False)
    text = whole.apply(TEXT)
    assert rebased(two, one).apply(one.apply(TEXT)) == text
    assert rebased(one, two).apply(two.apply(TEXT)) == text
    assert whole.revert(text) == TEXT

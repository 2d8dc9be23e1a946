"""Which of two events a sentence puts first, and when two wordings tell of one event."""

import pytest

from perturbations.reading.orders import same_event

ONE, TWO = "the council opened the bridge", "the old ferry sank"


@pytest.mark.parametrize(
    "sentence",
    [
        f"The{ONE[3:]} before {TWO}.",
        f"The{TWO[3:]} after {ONE}.",
        f"Before {TWO}, {ONE}.",
        f"After {ONE}, {TWO}.",
        f"First, {ONE}; then {TWO}.",
        f"The{ONE[3:]}; after that, {TWO}.",
        f"The{TWO[3:]}; before that, {ONE}.",
        f"The{ONE[3:]}, and later {TWO}.",
        f"In short: {ONE} before {TWO}.",
        f"In short: after {ONE}, {TWO}.",
        f"In short: first, {ONE}; then {TWO}.",
    ],
)
def test_the_earlier_event_is_told(read, sentence):
    reading = read(f"It rained. {sentence}")
    [found] = reading.timing.orders
    assert found.earlier.text.casefold() == ONE
    assert found.later.text.casefold() == TWO
    for span in (found.link, found.earlier, found.later):
        assert reading.text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        ("The debate was followed by the vote.", "The debate was"),
        ("The debate preceded the vote.", "The debate"),
        ("The vote came three days after the debate.", "the debate"),
    ],
)
def test_events_in_nouns_are_put_in_order_too(read, sentence, earlier):
    [found] = read(f"It rained. {sentence}").timing.orders
    assert found.earlier.text == earlier


@pytest.mark.parametrize(
    "sentence",
    [
        "“The council met before the vote,” she said.",
        "It rained before noon and after that, and then again later.",
        "It rained all day.",
        "AFTER THE FLOOD",
    ],
)
def test_what_tells_no_plain_order_is_left_alone(read, sentence):
    assert read(f"It rained.\n\n{sentence}").timing.orders == ()


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (ONE, "On 4 May 2022, the council opened the new bridge in the rain.", True),
        (ONE, "The council closed the bridge.", False),
        (ONE, "The council opened the school.", False),
        ("the readers' panel met", "The readers' panel stayed away.", False),
        ("it opened", "It opened.", False),
    ],
)
def test_one_event_shares_its_verb_and_two_words_more(one, two, same):
    assert same_event(one, two) is same
    assert same_event(two, one) is same

"""Properties of the recogniser of people over arbitrary and over adversarial text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.knowledge import load
from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.layout import find_layout
from perturbations.reading.mentions import AsOf, PersonForm
from perturbations.reading.offsets import Encoded
from perturbations.reading.people import find_people

PIECES = [
    *("Joe Biden", "Biden", "Kishida", "Fumio Kishida", "Xi", "May", "von der Leyen", "Guterres"),
    *("President", "Prime Minister", "prime ministers", "Presidents", "King", "PM", "Chancellor"),
    *("Japan", "Japanese", "U.S.", "the United Kingdom", "Türkiye", "of the", "of", "and", "'s"),
    *("’s", ",", ".", ";", "\n\n", "former", "then-", "-elect", "Mr.", "Jr.", "“", "”", "(", ")"),
    *("2012", "e\u0301", "𝔘", "\u200f", "\u00a0", "-", "who was", "the", "The", "Sir", "Jill"),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load())


def check(text: str, gazetteer: Gazetteer) -> None:
    source = Encoded(text)
    mentions = find_people(
        source, gazetteer, find_layout(source), title_end=5, as_of=AsOf.day(date(2023, 1, 1))
    )
    chains: dict[int, tuple[str, ...]] = {}
    reached = 0
    for mention in mentions:
        parts = (mention.name, mention.country, mention.honorific)
        for part in (mention.span, mention.title, mention.possessive, *parts, *mention.modifiers):
            if part is not None:
                part.check(text)
        assert mention.span.start >= reached, "mentions overlap or are out of order"
        reached = mention.span.end
        assert all(mention.span.covers(part) for part in parts if part is not None)
        if mention.title is not None:
            assert mention.shared_title or mention.span.covers(mention.title)
        assert (mention.chain >= 0) == (len(mention.people) == 1)
        if mention.chain >= 0:
            assert chains.setdefault(mention.chain, mention.people) == mention.people
        assert (mention.name is None) == (mention.form is PersonForm.OFFICE)
        assert mention.people or mention.form is PersonForm.OFFICE
    assert sorted(chains) == list(range(len(chains)))


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(codec=None, exclude_categories=()), max_size=200))
def test_any_text_is_read_without_an_error(gazetteer, text):
    check(text, gazetteer)


@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), gap=st.sampled_from([" ", "", ", "]))
def test_any_order_of_names_titles_and_countries_keeps_the_contract(gazetteer, pieces, gap):
    check(gap.join(pieces), gazetteer)


@settings(max_examples=100, deadline=None)
@given(prefix=st.text(max_size=20), suffix=st.text(max_size=20))
def test_a_mention_between_marks_is_found_wherever_it_stands(gazetteer, prefix, suffix):
    text = f"{prefix}\n\n“”. President Emmanuel Macron. {suffix}"
    source = Encoded(text)
    found = find_people(source, gazetteer, find_layout(source))
    start = text.index("President Emmanuel Macron", len(prefix))
    assert any(m.span.start == start and m.person == "emmanuel-macron" for m in found)

"""Strategies for texts that trip offsets up, and for ledgers that fit them."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st

from perturbations.text import Edit, Ledger

AWKWARD = [
    *("\u0301", "\u0323", "e\u0301"),  # combining marks, alone and behind their letter
    *("😀", "👩\u200d🚀", "𝔄", "\U0010ffff"),  # outside the basic plane, and joined
    *("א", "שלום", "\u202e", "\u2066", "ع"),  # right to left, and the marks that turn it
    *("\n", "\n\n", "\r", "\u2028", "\x00", "\ufeff"),  # what some readers take for line ends
    *("a", "b", " ", "ß", "İ", "ﬁ"),  # letters whose case folds to another length
]
chunks = st.one_of(st.sampled_from(AWKWARD), st.characters(codec="utf-8"))
texts = st.lists(chunks, max_size=24).map("".join)


@st.composite
def ledgers_for(draw, source):
    """A ledger that fits `source`: replacements, deletions and insertions that may touch."""
    bounds = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    edits = []
    for start, end in pairwise(bounds):
        after = draw(texts)
        before = source[start:end]
        if before == after or not draw(st.integers(0, 2)):
            continue
        if edits and edits[-1].end == start and not (edits[-1].before and before):
            continue
        edits.append(Edit(start, end, before, after))
    return Ledger(tuple(draw(st.permutations(edits))))


@st.composite
def edited_texts(draw):
    """A text and a ledger that fits it."""
    source = draw(texts)
    return source, draw(ledgers_for(source))


@st.composite
def twice_edited_texts(draw):
    """A text, a ledger for it, and a ledger for what the first makes of it."""
    source, first = draw(edited_texts())
    return source, first, draw(ledgers_for(first.apply(source)))


@pytest.fixture(scope="session")
def arbitrary():
    """The strategies, for tests that take them by `data.draw`."""
    return SimpleNamespace(
        texts=texts,
        ledgers_for=ledgers_for,
        edited=edited_texts(),
        twice_edited=twice_edited_texts(),
    )

"""What the probes are shown, and which of them may be asked about which type."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from builder.audit.applicability import EXEMPTIONS, MAY_RANK, NOT_APPLICABLE, Probe
from builder.audit.pairs import AuditPair, Side
from builder.audit.scorers import NgramScorer, _products, counts, ngrams
from builder.audit.views import MEASURES, differing_places, edited_texts, measures
from perturbations.defects import TAXONOMY
from perturbations.text import Edit, Ledger, LedgerError

SOURCE = "Abe meets Biden\n\nAbe said so. Later Abe left for Rome, and Abe was tired."


def pair(variant: Ledger, control: Ledger, source: str = SOURCE) -> AuditPair:
    sides = [Side(made.apply(source), source.split("\n")[0], made) for made in (variant, control)]
    return AuditPair("p", "g", "leaders.x", "wrong_incumbent", source, *sides, False)


def replace(before: str, after: str, nth: int = 0) -> Edit:
    at = -1
    for _ in range(nth + 1):
        at = SOURCE.index(before, at + 1)
    return Edit(at, at + len(before), before, after)


def test_a_chain_that_one_side_rewrites_is_read_on_both():
    variant = Ledger.of(*(replace("Abe", "Suga", nth) for nth in range(4)))
    control = Ledger.of(replace("Abe", "Shinzo Abe", 1))
    places = differing_places(pair(variant, control))
    assert [p.variant.text for p in places] == ["Suga"] * 4
    assert [p.control.text for p in places] == ["Abe", "Shinzo Abe", "Abe", "Abe"]
    assert edited_texts(places) == ("Suga\nSuga\nSuga\nSuga", "Abe\nShinzo Abe\nAbe\nAbe")


def test_what_both_sides_do_alike_is_no_difference():
    cut = replace(" Later", "")
    places = differing_places(
        pair(Ledger.of(cut, replace("Rome", "Oslo")), Ledger.of(cut, replace("Rome", "Bern")))
    )
    assert [(p.variant.text, p.control.text) for p in places] == [("Oslo", "Bern")]


def test_where_one_side_has_no_word_there_is_no_edited_span():
    places = differing_places(
        pair(Ledger.of(replace("tired", "weary")), Ledger.of(replace(" tired", "")))
    )
    assert [(p.variant.text, p.control.text) for p in places] == [(" weary", "")]
    assert edited_texts(places) is None


def test_the_view_of_words_does_not_tell_their_place():
    end, first = len(SOURCE), SOURCE.index("Abe said")
    made = pair(
        Ledger.of(Edit.insert(end, " So it was.")), Ledger.of(Edit.insert(first, "So it was. "))
    )
    assert edited_texts(differing_places(made)) == ("So it was.", "So it was.")


TEXTS = st.text("abc \n", min_size=1, max_size=30)


@st.composite
def ledgers(draw, source: str) -> Ledger:
    edits: list[Edit] = []
    at = 0
    while at <= len(source) and len(edits) < 4:
        start = draw(st.integers(at, len(source)))
        end = draw(st.integers(start, min(len(source), start + 4)))
        after = draw(st.text("xyz", max_size=4))
        if after != source[start:end]:
            edits.append(Edit(start, end, source[start:end], after))
        at = end + draw(st.integers(1, 5))
    return Ledger(tuple(edits))


@given(st.data())
def test_places_are_all_that_tells_variant_and_control_apart(data):
    source = data.draw(TEXTS)
    variant, control = data.draw(ledgers(source)), data.draw(ledgers(source))
    made = pair(variant, control, source)
    text, at = "", 0
    for place in differing_places(made):
        place.variant.check(made.variant.text)
        place.control.check(made.control.text)
        text += made.variant.text[at : place.variant.start] + place.control.text
        at = place.variant.end
    assert text + made.variant.text[at:] == made.control.text


def test_touching_edits_of_the_two_sides_are_one_place():
    one = Ledger.of(Edit(0, 3, "Abe", "X"))
    two = Ledger.of(Edit(3, 9, " meets", " saw"))
    [place] = differing_places(pair(one, two))
    assert (place.variant.text, place.control.text) == ("X meets", "Abe saw")


def test_an_overlap_that_is_no_ledger_is_refused_by_the_ledger():
    with pytest.raises(LedgerError):
        Ledger.of(Edit(0, 3, "Abe", "X"), Edit(2, 4, "e ", "Y"))


def test_measures_name_what_they_measure():
    end, first = len(SOURCE), SOURCE.index(" Later")
    addition = " It was late." * 12
    made = pair(Ledger.of(Edit.insert(end, addition)), Ledger.of(Edit.insert(first, addition)))
    places = differing_places(made)
    variant, control = (dict(zip(MEASURES, m, strict=True)) for m in measures(made, places))
    assert len(MEASURES) == len(measures(made, places)[0])
    same = [name for name in MEASURES if variant[name] == control[name]]
    where = "relative position of the edited characters"
    assert set(MEASURES) - set(same) == {where}
    assert variant[where] > 0.6
    assert control[where] < 0.5
    assert variant["sentences' worth of characters gained over the source"] == 1.0


def test_what_only_one_side_wrote_shows_as_growth_and_in_no_other_edited_length():
    made = pair(Ledger.of(Edit.insert(len(SOURCE), " More." * 60)), Ledger.of(replace("Rome", "R")))
    variant, control = (
        dict(zip(MEASURES, m, strict=True)) for m in measures(made, differing_places(made))
    )
    assert variant["sentences' worth of characters gained over the source"] == 3.0
    assert control["sentences' worth of characters gained over the source"] == 0.0
    assert variant["characters at the edited places"] == 4.0
    assert control["characters at the edited places"] == 1.0


def test_ngrams_keep_case_marks_and_double_blanks():
    found = set(ngrams("The end.  the"))
    assert {"w:The", "w:the", "w:.", "w:  ", "b:The end", "Th", "The", "The "} <= found
    assert "b:the end" not in found


def test_counts_keep_only_ngrams_that_differ_in_some_pair():
    matrix = counts([("red house", "red mouse"), ("blue sky", "blue sky")])
    assert matrix.shape[0] == 4
    assert (matrix[0] != matrix[1]).nnz
    assert not counts([("same", "same"), ("", "")]).shape[1]


def test_kernel_is_cosine_of_weights_and_zero_without_difference():
    pairs = np.arange(3)
    kernel = NgramScorer([counts([("ab", "ac"), ("ab", "xy"), ("q", "q")])]).kernel(pairs, pairs)
    assert kernel[0, 0] == pytest.approx(1.0)
    assert kernel[0, 2] == pytest.approx(1.0)
    assert 0 <= kernel[0, 3] < 1e-12
    assert kernel[4, 4] == 0.0
    nothing = NgramScorer([counts([("same", "same")] * 3)]).kernel(pairs, pairs)
    assert not nothing.any()


SPAN, HEAD, LENGTH, GRAMS, OTHER = Probe
ASKED = {
    "date_conflict": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
    "impossible_date": {HEAD, LENGTH},
    "duration_conflict": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
    "wrong_incumbent": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
    "protagonist_conflict": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
    "numbering_gap": {HEAD, LENGTH},
    "dangling_marker": {SPAN, HEAD, LENGTH},
    "citation_date_conflict": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
    "direction_conflict": {HEAD, LENGTH},
    "tag_leak": {HEAD, LENGTH},
    "assistant_leak": {HEAD, LENGTH},
    "placeholder": {HEAD, LENGTH},
    "truncation": {HEAD, LENGTH},
    "orphan_reference": {SPAN, HEAD, LENGTH},
    "duplicated_passage": {SPAN, HEAD, LENGTH},
    "quote_drift": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
    "fabricated_url": {SPAN, HEAD, LENGTH, GRAMS, OTHER},
}


@pytest.mark.parametrize("slug", ASKED)
def test_which_probes_are_asked_about_a_type(slug):
    assert {p for p in Probe if (slug, p) not in NOT_APPLICABLE} == ASKED[slug]


def test_every_exemption_covers_some_type_and_no_type_is_spared_all_probes():
    for exemption in EXEMPTIONS:
        assert any(exemption.covers(type_) for type_ in TAXONOMY.values()), exemption.reason
    for slug in TAXONOMY:
        assert (slug, HEAD) not in NOT_APPLICABLE
        assert (slug, LENGTH) not in NOT_APPLICABLE


def test_only_what_two_values_tell_by_themselves_may_be_ranked():
    assert set(MAY_RANK) == {
        ("dangling_marker", SPAN),
        ("citation_date_conflict", SPAN),
        ("citation_date_conflict", GRAMS),
        ("future_as_past", SPAN),
        ("future_as_past", GRAMS),
    }
    assert not set(MAY_RANK) & set(NOT_APPLICABLE)


def test_products_are_those_of_the_whole_matrix():
    rng = np.random.default_rng(0)
    matrix = csr_matrix(rng.random((12, 40)) * (rng.random((12, 40)) < rng.random(40)))
    assert _products(matrix) == pytest.approx((matrix @ matrix.T).toarray())

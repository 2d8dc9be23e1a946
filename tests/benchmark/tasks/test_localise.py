import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.metrics import Resampler
from benchmark.prediction import PredictedDefect, Prediction, failed
from benchmark.tasks.localise import (
    found_defects,
    pair_counts,
    row_score,
    statistics,
)
from benchmark.tasks.scored import Key, NotSupportedError, Scored


def says(*defects, id="a"):
    return Prediction(id, 0.9, tuple(defects))


def figures(rows, predictions):
    resampler = Resampler([row.group for row in rows], 0, 0)
    scored = Scored(rows, predictions, resampler.index, 0.5)
    found = resampler.estimate(statistics(scored))
    return {key.metric: estimate.value for key, estimate in found.items() if not key.breakdown}


def test_iou_and_f1_in_closed_form(make_row, make_defect):
    row = make_row("a", 1, defects=[make_defect([(10, 20)])])
    found = row_score(row, says(PredictedDefect(((15, 35),))))
    assert found.iou == 5 / 25
    assert found.f1 == 2 * 5 / (10 + 20)
    assert found.precision == 5 / 20
    assert found.recall == 5 / 10


@pytest.mark.parametrize("marked", [((10, 20),), ((50, 60),), ((10, 20), (50, 60))])
def test_either_end_of_an_internal_conflict_is_a_hit_and_both_are_no_fault(
    make_row, make_defect, marked
):
    row = make_row("a", 1, defects=[make_defect([(10, 20)], [(50, 60)], internal=True)])
    assert row_score(row, says(PredictedDefect(marked))).iou == 1.0


def test_the_evidence_of_another_kind_of_defect_is_no_hit(make_row, make_defect):
    row = make_row("a", 1, defects=[make_defect([(10, 20)], [(50, 60)])])
    assert row_score(row, says(PredictedDefect(((50, 60),)))).iou == 0.0


def test_marking_everything_does_not_pay(make_row, make_defect):
    row = make_row("a", 1, defects=[make_defect([(10, 20)], [(50, 60)], internal=True)])
    everything = row_score(row, says(PredictedDefect(((0, 100),))))
    assert everything.iou == 10 / 90  # the other end counts neither for nor against
    assert everything.marked / everything.gold == 9


def test_marks_in_consistent_rows_cost_precision_and_errors_count_as_wrong(make_row, make_defect):
    gold = [make_defect([(10, 20)])]
    rows = [
        make_row("a", 1, group="1", defects=gold),
        make_row("b", 0, group="2"),
        make_row("c", 1, group="3", defects=gold),
        make_row("d", 0, group="4"),
    ]
    hit = PredictedDefect(((10, 20),))
    right = [says(hit), says(id="b"), says(hit, id="c"), says(id="d")]
    assert figures(rows, right)["f1"] == 1.0
    alarmed = [right[0], says(hit, id="b"), *right[2:]]
    found = figures(rows, alarmed)
    assert (found["precision"], found["recall"], found["iou"]) == (2 / 3, 1.0, 1.0)
    unanswered = [right[0], failed("b", "x"), failed("c", "x"), right[3]]
    found = figures(rows, unanswered)
    assert (found["precision"], found["recall"], found["iou"]) == (1 / 2, 1 / 2, 1 / 2)


def test_bare_scores_are_not_supported_and_no_marks_are_zero(make_row, make_defect):
    rows = [make_row("a", 1, defects=[make_defect([(10, 20)])])]
    with pytest.raises(NotSupportedError, match="gives scores and no places"):
        figures(rows, [Prediction("a", 0.5)])
    found = figures(rows, [Prediction("a", 0.5, ())])
    assert (found["f1"], found["iou"], found["over_quotation"]) == (0, 0, 0)


def test_evidence_pairs_need_both_ends_and_match_one_to_one(make_defect):
    gold = (make_defect([(10, 20)], [(50, 60)]),)
    both = PredictedDefect(((10, 19),), ((48, 60),))
    assert pair_counts(gold, (both,)) == (1, 1, 1)
    assert pair_counts(gold, (both, both)) == (1, 2, 1)
    assert pair_counts(gold, (PredictedDefect(((10, 20),), ((60, 70),)),)) == (0, 1, 1)
    assert pair_counts(gold, (PredictedDefect(((10, 20),)),)) == (0, 0, 1)
    turned = PredictedDefect(((50, 60),), ((10, 20),))
    assert pair_counts(gold, (turned,)) == (0, 1, 1)
    internal = (make_defect([(10, 20)], [(50, 60)], internal=True),)
    assert pair_counts(internal, (turned,)) == (1, 1, 1)


def test_evidence_for_a_defect_whose_evidence_is_no_text_is_left_out(make_defect):
    gold = (make_defect([(10, 20)]),)
    assert pair_counts(gold, (PredictedDefect(((10, 20),), ((0, 5),)),)) == (0, 0, 0)
    assert pair_counts(gold, (PredictedDefect(((70, 80),), ((0, 5),)),)) == (0, 1, 0)


def test_case_studies_count_a_defect_as_found_by_place_or_by_type_and_overlap(
    make_row, make_defect
):
    row = make_row("a", 1, defects=[make_defect([(10, 40)], type_="date_conflict")])
    assert found_defects(row, says(PredictedDefect(((10, 38),)))) == 1
    assert found_defects(row, says(PredictedDefect(((12, 20),), type="date_conflict"))) == 1
    assert found_defects(row, says(PredictedDefect(((12, 20),), type="other"))) == 0
    assert found_defects(row, says(PredictedDefect(((0, 100),)))) == 0


places = st.lists(
    st.tuples(st.integers(0, 99), st.integers(1, 12)).map(lambda p: (p[0], min(100, sum(p)))),
    max_size=4,
)


@given(gold=st.lists(st.tuples(places, places, st.booleans()), max_size=3), marked=places)
def test_row_scores_are_those_of_sets_of_code_points(gold, marked):
    from benchmark.dataset import Example, GoldDefect, Row
    from perturbations.record import Kind

    defects = tuple(
        GoldDefect(
            "t", "f", tuple(s), tuple(e), (), "internal" if i else "world", None, "", "proven"
        )
        for s, e, i in gold
    )
    row = Row(
        Example("a", "x" * 100, "", None, None, "en"),
        1, Kind.VARIANT, "g", None, None, None, defects,
    )  # fmt: skip
    found = row_score(row, says(PredictedDefect(tuple(marked))))

    def points(ranges):
        return {i for start, end in ranges for i in range(start, end)}

    said, wanted, rest = points(marked), set(), set()
    for spans, evidence, internal in gold:
        ends = [points(spans)] + ([points(evidence)] if internal and evidence else [])
        ends = [end for end in ends if end]
        if ends:
            best = max(ends, key=lambda end: len(end & said) / len(end))
            wanted |= best
            rest |= set().union(*(end for end in ends if end is not best))
    said -= rest - wanted
    union = said | wanted
    assert found.iou == pytest.approx(len(said & wanted) / len(union) if union else 0.0)
    total = len(said) + len(wanted)
    assert found.f1 == pytest.approx(2 * len(said & wanted) / total if total else 0.0)
    assert found.precision == pytest.approx(len(said & wanted) / len(said) if said else 0.0)
    assert found.recall == pytest.approx(len(said & wanted) / len(wanted) if wanted else 0.0)


def test_breakdowns_hold_the_rows_with_a_defect_of_that_type(make_row, make_defect):
    one, two = make_defect([(10, 20)], type_="one"), make_defect([(30, 40)], type_="two")
    rows = [
        make_row("a", 1, group="1", defects=[one]),
        make_row("b", 1, group="2", defects=[one, two]),
    ]
    predictions = [says(PredictedDefect(((10, 20),))), says(id="b")]
    resampler = Resampler(["1", "2"], 0, 0)
    found = resampler.estimate(statistics(Scored(rows, predictions, resampler.index, 0.5)))
    assert found[Key("localise", "iou", "type", "one")].value == 0.5
    assert found[Key("localise", "iou", "type", "two")].value == 0.0
    assert found[Key("localise", "iou", "type", "one")].n == 2

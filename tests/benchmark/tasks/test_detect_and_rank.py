import numpy as np
import pytest

from benchmark.metrics import Resampler
from benchmark.prediction import Prediction, failed
from benchmark.tasks import detect, rank
from benchmark.tasks.scored import Key, NotSupportedError, Scored
from perturbations.record import Kind


@pytest.fixture
def table(make_row, make_defect):
    """Two families: a source each, and a variant with its control of type t (and one of u)."""
    rows = []
    for group in ("1", "2"):
        source = make_row(f"s{group}", group=group)
        rows.append(source)
        for slug in ("t", "u") if group == "1" else ("t",):
            pair = f"p{group}{slug}"
            rows += [
                make_row(
                    f"v{group}{slug}",
                    1,
                    group=group,
                    source_id=source.id,
                    pair_id=pair,
                    defects=[make_defect([(1, 2)], type_=slug)],
                ),
                make_row(
                    f"c{group}{slug}",
                    kind=Kind.CONTROL,
                    group=group,
                    source_id=source.id,
                    pair_id=pair,
                ),
            ]
    return rows


def scored(rows, scores, threshold=0.5):
    predictions = [
        failed(row.id, "x") if scores[row.id] is None else Prediction(row.id, scores[row.id])
        for row in rows
    ]
    resampler = Resampler([row.group for row in rows], 0, 0)
    return resampler, Scored(rows, predictions, resampler.index, threshold)


SCORES = {
    "s1": 0.3, "v1t": 0.9, "c1t": 0.6, "v1u": 0.1, "c1u": 0.1,
    "s2": 0.8, "v2t": 0.8, "c2t": 0.2,
}  # fmt: skip


def test_overall_figures_in_closed_form(table):
    resampler, task = scored(table, SCORES)
    found = resampler.estimate(detect.statistics(task))
    value = {key.metric: e.value for key, e in found.items() if not key.breakdown}
    # Inconsistent .9 .1 .8 against consistent .3 .6 .1 .8 .2: won 5, 0.5 and 4.5 of 15.
    assert value["auroc"] == pytest.approx((5 + 0.5 + 4.5) / 15)
    assert value["recall"] == 2 / 3
    assert value["fpr_originals"] == 1 / 2
    assert value["fpr_controls"] == 1 / 3
    assert value["balanced_accuracy"] == pytest.approx((2 / 3 + 3 / 5) / 2)


def test_a_type_is_held_against_its_own_sources_and_controls_only(table):
    resampler, task = scored(table, SCORES)
    found = resampler.estimate(detect.statistics(task))
    of_t = found[Key("detect", "auroc", "type", "t")]
    # .9 .8 against s1 .3, s2 .8, c1t .6, c2t .2
    assert of_t.value == pytest.approx((4 + 3.5) / 8)
    assert of_t.n == 2
    of_u = found[Key("detect", "auroc", "type", "u")]
    assert of_u.value == pytest.approx((0 + 0.5) / 2)  # .1 against s1 .3 and c1u .1
    assert of_u.is_small


def test_unanswered_rows_count_as_wrong(table):
    silent = dict.fromkeys(SCORES)
    resampler, task = scored(table, silent)
    found = resampler.estimate(detect.statistics(task) | rank.statistics(task))
    value = {key.metric: e.value for key, e in found.items() if not key.breakdown}
    assert value["auroc"] == 0.0
    assert value["balanced_accuracy"] == 0.0
    assert value["mcc"] == -1.0
    assert value["fpr_originals"] == value["fpr_controls"] == 1.0
    assert value["source_accuracy"] == value["control_accuracy"] == 0.0
    assert found[Key("detect", "auroc")].n_errors == len(table)
    one = scored(table, SCORES | {"c2t": None})[1]
    assert one.flagged[[row.id for row in table].index("c2t")]


def test_pairs_are_won_lost_or_shared(table):
    resampler, task = scored(table, SCORES)
    found = resampler.estimate(rank.statistics(task))
    # Against the source: .9>.3 won, .1<.3 lost, .8=.8 shared; control: won, shared, won.
    assert found[Key("rank", "source_accuracy")].value == 1.5 / 3
    assert found[Key("rank", "control_accuracy")].value == 2.5 / 3
    assert found[Key("rank", "control_accuracy", "type", "u")].value == 0.5


def test_a_variant_without_control_is_ranked_against_its_source_only(table):
    rows = [row for row in table if row.kind is not Kind.CONTROL]
    resampler, task = scored(rows, SCORES)
    found = resampler.estimate(rank.statistics(task))
    assert found[Key("rank", "source_accuracy")].n == 3
    assert found[Key("rank", "control_accuracy")].n == 0
    assert found[Key("rank", "control_accuracy")].value is None


def test_rows_without_partners_do_not_support_ranking(make_row):
    rows = [make_row("a", 1, kind=Kind.NATURAL), make_row("b", kind=Kind.NATURAL)]
    _, task = scored(rows, {"a": 0.5, "b": 0.5})
    with pytest.raises(NotSupportedError):
        rank.statistics(task)


def test_counterparts_are_places_of_other_rows(table):
    _, task = scored(table, SCORES)
    ids = [row.id for row in table]
    at = np.array([ids.index("v1u")])
    assert {ids[i] for i in detect.counterparts(task, at)} == {"s1", "c1u"}

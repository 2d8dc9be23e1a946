import sys
from dataclasses import FrozenInstanceError

import pytest

from benchmark.answers import ask, train, unanswered
from benchmark.dataset import Example, Release
from benchmark.prediction import Prediction


@pytest.fixture
def rows(release):
    return Release.open(release).read("default", "test").rows


def asked(detector, rows, **options):
    return ask(detector, rows, advance=lambda count: None, **options)


class Scripted:
    """A detector that does what a test says."""

    def __init__(self, answer):
        self.answer = answer

    def predict(self, batch):
        return self.answer(batch)


def test_a_spy_never_sees_gold_nor_two_of_a_group_and_cannot_alter_what_it_sees(rows):
    seen = []
    group_of = {row.id: row.group for row in rows}

    def spy(batch):
        seen.append(batch)
        with pytest.raises(FrozenInstanceError):
            batch[0].text = ""
        with pytest.raises((AttributeError, TypeError)):
            batch[0].label = 1
        return [0.5] * len(batch)

    answers = asked(Scripted(spy), rows)
    assert answers.errors == 0
    for batch in seen:
        assert all(type(example) is Example for example in batch)
        groups = [group_of[example.id] for example in batch]
        assert len(set(groups)) == len(groups)
    shown = {name for example in seen[0] for name in type(example).__slots__}
    assert shown == {"id", "text", "title", "published", "updated", "language"}
    secrets = {row.group for row in rows} | {row.pair_id for row in rows if row.pair_id}
    words = {str(getattr(e, name)) for batch in seen for e in batch for name in shown}
    assert not secrets & words


def test_order_and_place_in_a_batch_tell_nothing_of_the_label(rows):
    """The order depends on ids only: other labels, other kinds, the same order."""
    from dataclasses import replace

    def order(table):
        seen = []
        asked(Scripted(lambda batch: [seen.append(e.id) or 0.5 for e in batch]), table, recheck=0)
        return seen

    flipped = tuple(replace(row, label=1 - row.label) for row in reversed(rows))
    assert order(rows) == order(flipped)


def test_a_detector_that_looks_at_its_neighbours_is_flagged(rows):
    def relative(batch):
        longest = max(len(example.text) for example in batch)
        return [len(example.text) / longest for example in batch]

    answers = asked(Scripted(relative), rows)
    assert answers.asked_again == 25
    assert len(answers.changed) > 15


def test_a_detector_that_draws_is_flagged_and_an_honest_one_is_not(rows):
    import random

    draws = random.Random(3)
    assert asked(Scripted(lambda b: [draws.random() for _ in b]), rows).changed
    assert not asked(Scripted(lambda b: [len(e.text) % 10 / 10 for e in b]), rows).changed


def test_one_poisoned_example_costs_itself_only(rows):
    poison = rows[7].id

    def refuse(batch):
        if any(example.id == poison for example in batch):
            raise ValueError("cannot read this")
        return [0.5] * len(batch)

    answers = asked(Scripted(refuse), rows)
    assert answers.predictions[poison].error == "ValueError: cannot read this"
    assert answers.errors == 1
    assert len(answers.predictions) == len(rows)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda batch: [0.5] * (len(batch) + 1), "2 answers for a batch of 1"),
        (lambda batch: None, "TypeError"),
        (lambda batch: sys.exit(3), "SystemExit: 3"),
        (lambda batch: [1.5] * len(batch), "invalid answer: score must lie from 0 to 1, got 1.5"),
        (lambda batch: [{"id": "x", "score": 0}] * len(batch), "invalid answer: answer has id 'x'"),
    ],
)
def test_whatever_a_detector_does_is_recorded_for_each_example(rows, answer, reason):
    answers = asked(Scripted(answer), rows[:5])
    assert answers.errors == 5
    assert all(reason in answer.error for answer in answers.predictions.values())


def test_what_a_detector_prints_does_not_reach_stdout(rows, capsys):
    asked(Scripted(lambda batch: [sys.stdout.write("noise") * 0.1 for _ in batch]), rows[:3])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "noise" in captured.err


def test_training_that_fails_gives_a_reason_and_records(rows):
    class Stubborn:
        def fit(self, rows):
            raise RuntimeError("no")

    assert train(Stubborn(), rows) == "RuntimeError: no"
    answers = unanswered(rows, "no")
    assert answers.of(rows)[0] == Prediction(rows[0].id, None, None, "no")
    assert answers.errors == len(rows)

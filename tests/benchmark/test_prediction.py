import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from benchmark.dataset import Example
from benchmark.errors import PredictionError
from benchmark.prediction import PredictedDefect, Prediction, checked, failed
from perturbations.knowledge.location import data_folder

EXAMPLE = Example("id1", "naïve 🙂 text", "", None, None, "en")
LENGTH = len(EXAMPLE.text)

ranges = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).filter(
    lambda pair: pair[0] < pair[1]
)
defects = st.builds(
    PredictedDefect,
    spans=st.lists(ranges, max_size=3).map(tuple),
    evidence=st.lists(ranges, max_size=3).map(tuple),
    type=st.none() | st.sampled_from(["date_conflict", "", "é"]),
    score=st.none() | st.floats(0, 1),
)
predictions = st.builds(
    Prediction,
    id=st.just(EXAMPLE.id),
    score=st.floats(0, 1),
    defects=st.none() | st.lists(defects, max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def schema():
    path = data_folder() / "schemas" / "prediction.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@given(predictions)
def test_a_valid_prediction_survives_the_check_and_fits_the_schema(schema, prediction):
    row = json.loads(json.dumps(prediction.to_json()))
    assert checked(row, EXAMPLE) == prediction == checked(prediction, EXAMPLE)
    schema.validate(row)


def test_a_failure_fits_the_schema_and_survives(schema):
    answer = failed("id1", "no reason")
    schema.validate(answer.to_json())
    assert checked(answer.to_json(), EXAMPLE) == answer


@pytest.mark.parametrize("score", [0.25, np.float32(0.25), 1, np.int64(0)])
def test_a_bare_score_is_an_answer_without_places(score):
    found = checked(score, EXAMPLE)
    assert found == Prediction("id1", float(score))
    assert type(found.score) is float


def spans(*pairs):
    return {"id": "id1", "score": 0.5, "defects": [{"spans": [dict(p) for p in pairs]}]}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"id": "other", "score": 0.5}, "id 'other', expected 'id1'"),
        ({"score": 0.5}, "id None"),
        ({"id": "id1"}, "score must be a number"),
        (None, "score must be a number"),
        ("0.5", "score must be a number"),
        (True, "score must be a number"),
        (1.01, "must lie from 0 to 1, got 1.01"),
        (math.nan, "must lie from 0 to 1"),
        (math.inf, "must lie from 0 to 1"),
        ({"id": "id1", "score": 0.5, "defects": "x"}, "must be lists"),
        ({"id": "id1", "score": 0.5, "defects": ["x"]}, "a defect must be an object"),
        (spans({"start": 0, "end": LENGTH + 1}), f"0 <= start < end <= {LENGTH}"),
        (spans({"start": 3, "end": 3}), "got 3..3"),
        (spans({"start": -1, "end": 3}), "got -1..3"),
        (spans({"start": 0.0, "end": 3}), "got 0.0..3"),
        (spans({"start": True, "end": 3}), "got True..3"),
        (spans({"end": 3}), "got None..3"),
        ({"id": "id1", "score": 0.5, "defects": [{"spans": [], "score": 2}]}, "score of a defect"),
        ({"id": "id1", "score": 0.5, "defects": [{"spans": [], "type": 2}]}, "type must be"),
    ],
)
def test_answers_that_break_the_contract_are_named(answer, words):
    with pytest.raises(PredictionError) as caught:
        checked(answer, EXAMPLE)
    assert words in str(caught.value)

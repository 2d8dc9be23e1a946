import textwrap

import pytest

from benchmark.answers import train
from benchmark.dataset import Release
from benchmark.detectors.catalogue import BUILT_IN, REFERENCE_CHECKER, listing, resolve
from benchmark.detectors.constant import Majority, Random
from benchmark.errors import UsageError
from benchmark.prediction import PredictedDefect


@pytest.fixture
def split(release):
    return lambda name: Release.open(release).read("default", name).rows


def test_unknown_detector_suggests_the_nearest_and_lists_all():
    with pytest.raises(
        UsageError, match="unknown detector 'tfdif'; did you mean 'tfidf'"
    ) as caught:
        resolve("tfdif", 0)
    for name in BUILT_IN:
        assert name in str(caught.value)
    assert [row["name"] for row in listing()][: len(BUILT_IN)] == list(BUILT_IN)


def test_rules_is_a_reference_checker_by_the_catalogue():
    assert BUILT_IN["rules"].reference == REFERENCE_CHECKER


def test_majority_learns_the_share_of_inconsistent_rows(split):
    detector = Majority()
    rows = split("train")
    assert train(detector, rows) is None
    assert detector.predict([rows[0].example]) == [48 / 120]


def test_random_is_a_function_of_seed_and_id(split):
    examples = [row.example for row in split("test")]
    scores = Random(1).predict(examples)
    assert scores == Random(1).predict(examples)
    assert list(reversed(scores)) == Random(1).predict(examples[::-1])
    assert scores != Random(2).predict(examples)
    assert 0.3 < sum(scores) / len(scores) < 0.7


def test_mark_all_and_mark_none(split):
    [example] = [row.example for row in split("test")][:1]
    whole = ((0, len(example.text)),)
    [found] = resolve("mark-all", 0).detector.predict([example])
    assert found.defects == (PredictedDefect(whole, whole),)
    [found] = resolve("mark-none", 0).detector.predict([example])
    assert found.defects == ()


@pytest.mark.parametrize("name", ["length", "tfidf"])
def test_trained_baselines_learn_what_is_there_to_learn(make_row, name):
    rows = [
        make_row(f"{i}", i % 2, text="a short plain note " * (9 if i % 2 else 3), group=str(i))
        for i in range(40)
    ]
    rows = [
        make_row(row.id, row.label, text=row.example.text + ("odd words" if row.label else ""))
        for row in rows
    ]
    named = resolve(name, 0)
    assert train(named.trainable, rows) is None
    scores = named.detector.predict([row.example for row in rows])
    assert min(scores[1::2]) > 0.5 > max(scores[0::2])
    again = resolve(name, 0)
    train(again.trainable, rows)
    assert again.detector.predict([row.example for row in rows]) == scores


@pytest.mark.parametrize("name", ["length", "tfidf"])
def test_one_label_only_is_nothing_to_learn_from(make_row, name):
    reason = train(resolve(name, 0).trainable, [make_row("a"), make_row("b")])
    assert "learns from rows of both labels" in reason


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "plugged.py").write_text(
        textwrap.dedent("""
            def batch(examples):
                return [0.25] * len(examples)

            class Object:
                def predict(self, batch):
                    return [{"id": e.id, "score": 0.5, "defects": []} for e in batch]

            class Classifier:
                def predict_proba(self, texts):
                    return [[0.75, 0.25] for _ in texts]

            class Greedy(Object):
                def __init__(self, model):
                    self.model = model

            made = Object()
            nothing = 3
        """)
    )
    (tmp_path / "broken.py").write_text("import a_package_that_is_not_there")
    (tmp_path / "misspelt.py").write_text("def detect(:")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("module")
@pytest.mark.parametrize("name", ["batch", "Object", "made", "Classifier"])
def test_python_objects_are_detectors(split, name):
    named = resolve(f"py:plugged:{name}", 0)
    assert len(named.fingerprint["source_sha256"]) == 64
    [answer] = named.detector.predict([split("test")[0].example])
    assert answer == 0.25 or answer["defects"] == []


@pytest.mark.usefixtures("module")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("py:plugged", "py:module:object, got 'py:plugged'"),
        ("py:plugged:bach", "did you mean 'batch'"),
        ("py:plugged:nothing", "is a int; expected a callable"),
        ("py:absent_module:x", "cannot import 'absent_module'"),
        ("py:broken:x", "a_package_that_is_not_there"),
        ("py:misspelt:detect", "cannot import 'misspelt'"),
        ("py:plugged:Greedy", "must be made without arguments"),
    ],
)
def test_addresses_that_lead_nowhere_are_named(address, words):
    with pytest.raises(UsageError) as caught:
        resolve(address, 0)
    assert words in str(caught.value)


def test_a_scikit_learn_pipeline_is_trained_where_it_is_not_fitted(split):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from benchmark.detectors.address import Classifier, TrainableClassifier, as_detector

    pipeline = make_pipeline(CountVectorizer(), LogisticRegression())
    detector = as_detector(pipeline, "pipeline")
    assert isinstance(detector, TrainableClassifier)
    rows = split("train")
    assert train(detector, rows) is None
    scores = detector.predict([row.example for row in rows])
    assert all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) > 1
    assert type(as_detector(pipeline, "pipeline")) is Classifier


def test_plugins_are_found_by_entry_point(monkeypatch, split):
    from importlib.metadata import EntryPoint

    from benchmark.detectors import address

    point = EntryPoint("mine", "benchmark.detectors.constant:MarkNone", address.ENTRY_POINT_GROUP)
    monkeypatch.setattr(address, "entry_points", lambda group: [point])
    assert {"name": "mine", "origin": "plug-in", "summary": point.value} in listing()
    [answer] = resolve("mine", 0).detector.predict([split("test")[0].example])
    assert answer.defects == ()

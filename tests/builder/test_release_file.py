"""Release files are read strictly: whatever is wrong is named with place, value and expectation."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.build import load_perturbations
from builder.errors import UsageError
from builder.release_file import default_release_file, load_release_file, release_name
from perturbations.perturbation import BUILT_IN

GOOD: dict[str, Any] = {
    "name": "mine",
    "version": "1.0.0",
    "seed": 7,
    "articles": ["texts/mine.jsonl", "seeds"],
    "perturbations": {"dates.weekday": 0.5},
    "variants_per_article": 2,
    "splits": {"train": 0.5, "validation": 0.25, "test": 0.25},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "release.yaml"


def write(path: Path, **changes: Any) -> None:
    value = {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}
    path.write_text(yaml.safe_dump(value), encoding="utf-8")


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        load_release_file(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message.replace(f"{path}: ", "").replace(str(path), "FILE")


def test_a_good_file_gives_what_it_says(path):
    write(path)
    release = load_release_file(path)
    assert (release.name, release.version, release.seed) == ("mine", "1.0.0", 7)
    assert release.perturbations == {"dates.weekday": 0.5}
    assert release.splits == {"train": 0.5, "validation": 0.25, "test": 0.25}
    assert release.attempts == 6


def test_articles_are_relative_to_the_file_and_seeds_is_a_word(path, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    write(path)
    assert load_release_file(path).articles == (str(tmp_path / "texts/mine.jsonl"), "seeds")
    write(path, articles=["../there.jsonl", "/abs/file.jsonl"])
    assert load_release_file(path).articles == (
        str(tmp_path.parent / "there.jsonl"),
        "/abs/file.jsonl",
    )


def test_the_manifest_keeps_names_of_sources_but_no_paths(path, tmp_path):
    write(path)
    kept = load_release_file(path).to_json()
    assert kept["articles"] == ["mine.jsonl", "seeds"]
    assert str(tmp_path) not in str(kept)


def test_the_shipped_file_is_good_and_names_every_perturbation():
    release = load_release_file(default_release_file())
    assert set(release.perturbations) == set(BUILT_IN)


def test_whole_numbers_may_be_written_as_floats(path):
    write(path, seed=3.0, attempts=2.0, variants_per_article=4.0)
    release = load_release_file(path)
    assert [release.seed, release.attempts, release.variants_per_article] == [3, 2, 4]
    assert {type(n) for n in (release.seed, release.attempts, release.variants_per_article)} == {
        int
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"name": "My Release"},
            "name is 'My Release', but should be: the release's name: lower-case",
        ),
        ({"version": 1.0}, "version is 1.0, but should be: a version such as 1.0.0, in quotes"),
        ({"version": "1.0"}, "version is '1.0', but should be: a version such as 1.0.0"),
        ({"seed": -1}, "seed is -1, but should be: an integer from 0 to"),
        ({"seed": 2**63}, "seed is 9223372036854775808, but should be: an integer from 0 to"),
        ({"seed": True}, "seed is True, but should be: an integer"),
        ({"seed": "7"}, "seed is '7', but should be: an integer"),
        ({"articles": "seeds"}, "articles is 'seeds', but should be: a list of sources"),
        ({"articles": []}, "articles is [], but should be: a list of sources"),
        ({"articles": ["seeds", 3]}, "articles.1 is 3, but should be: the word `seeds` or a path"),
        ({"articles": [""]}, "articles.0 is '', but should be: the word `seeds` or a path"),
        ({"perturbations": {}}, "perturbations is {}, but should be: a mapping of perturbation"),
        ({"perturbations": ["a"]}, "perturbations is ['a'], but should be: a mapping"),
        (
            {"perturbations": {"dates.weekday": 1.5}},
            "perturbations.dates.weekday is 1.5, but should be: a probability from 0 to 1",
        ),
        (
            {"perturbations": {"dates.weekday": float("nan")}},
            "perturbations.dates.weekday is nan, but should be: a probability from 0 to 1",
        ),
        (
            {"perturbations": {"dates.weekday": "often"}},
            "perturbations.dates.weekday is 'often', but should be: a probability from 0 to 1",
        ),
        ({"perturbations": {3: 0.5}}, "perturbations is 3, but should be: the name of a pert"),
        (
            {"variants_per_article": 0},
            "variants_per_article is 0, but should be: a positive integer",
        ),
        ({"attempts": 2.5}, "attempts is 2.5, but should be: a positive integer"),
        (
            {"splits": {"train": 0.5, "validation": 0.25, "test": 0.2}},
            "splits must add up to 1, but add up to 0.95",
        ),
        (
            {"splits": {"train": float("nan"), "validation": 0.5, "test": 0.5}},
            "splits.train is nan, but should be: a probability from 0 to 1",
        ),
        (
            {"splits": {"train": 1.5, "validation": -0.5, "test": 0}},
            "splits.train is 1.5, but should be: a probability from 0 to 1",
        ),
        (
            {"splits": {"train": 1.0, "valid": 0.0, "test": 0.0}},
            "splits has an unknown key 'valid'; did you mean 'validation'?",
        ),
        (
            {"splits": {"train": 0.5, "test": 0.5}},
            "splits lacks the key 'validation': a probability",
        ),
        ({"splits": ...}, "the file lacks the key 'splits': probabilities of train, validation"),
        ({"name": ...}, "the file lacks the key 'name': the release's name"),
        ({"sed": 3}, "the file has an unknown key 'sed'; did you mean 'seed'?"),
        ({"controls": "optional"}, "the file has an unknown key 'controls'; "),
        ({"zzz": 1}, "the file has an unknown key 'zzz'; known are name, version, seed,"),
    ],
)
def test_every_fault_is_named(path, changes, message):
    write(path, **changes)
    assert refusal(path).startswith(message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is None, but should be: a mapping that says what a release is built from"),
        (b"- seeds\n", "the file is ['seeds'], but should be: a mapping"),
        (b"seeds\n", "the file is 'seeds', but should be: a mapping"),
        (
            b"name: [\n",
            "FILE is not YAML: expected the node content, but found '<stream end>' at line 2",
        ),
        (
            b"a: 1\n b: 2\n",
            "FILE is not YAML: mapping values are not allowed here at line 2 column 3",
        ),
        (b"name: a\nseed: 1\nseed: 2\n", "FILE is not YAML: the key 'seed' stands twice at line 3"),
        (b"version: 2026-13-01\n", "FILE is not YAML: month must be in 1..12"),
        (b"? [a]\n: 1\n", "FILE is not YAML: found unhashable key at line 1"),
        (b"name: !!python/object/apply:os.getcwd []\n", "FILE is not YAML: could not determine a"),
        (b"name: caf\xe9\n", "FILE is not YAML in UTF-8: invalid continuation byte at byte 9"),
        (
            "name: mine\n".encode("utf-16"),
            "FILE is not YAML in UTF-8: invalid start byte at byte 0",
        ),
        (b"name: a\x00b\n", "FILE is not YAML: unacceptable character"),
        (b"[" * 5_000, "FILE is not YAML: maximum recursion depth exceeded"),
    ],
)
def test_what_is_no_release_file_at_all(path, data, message):
    path.write_bytes(data)
    assert refusal(path).startswith(message)


def test_a_missing_file_and_a_folder(path, tmp_path):
    assert refusal(path) == "release file FILE does not exist"
    assert refusal(tmp_path) == "release file FILE cannot be read: Is a directory"


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_an_unknown_perturbation_names_the_nearest(path, name):
    wrong = name[:-1] + "x"
    write(path, perturbations={wrong: 1.0})
    with pytest.raises(UsageError, match=re.escape(f"unknown perturbation '{wrong}'")) as caught:
        load_perturbations(load_release_file(path))
    assert str(caught.value).startswith(f"{path}: perturbations: ")
    assert str(caught.value).endswith(f"did you mean '{name}'?")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("articles", "articles"),
        ("My Articles (2)", "my-articles-2"),
        ("..", "release"),
        ("Ö", "release"),
    ],
)
def test_a_release_is_named_after_its_articles(path, words, name):
    assert release_name(words) == name
    write(path, name=release_name(words))
    assert load_release_file(path).name == name

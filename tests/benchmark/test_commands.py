"""Whole commands, as a person runs them."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from perturbations.knowledge.location import data_folder

DETECTORS = textwrap.dedent("""
    def scores(batch):
        return [0.3 for _ in batch]

    def broken(batch):
        raise RuntimeError("no \\x1b[31m model")
""")


@pytest.fixture
def run(tmp_path):
    """Runs `python -m benchmark` in an empty folder that holds a module of detectors."""
    (tmp_path / "mine.py").write_text(DETECTORS)

    def command(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "benchmark", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            **more,
        )

    return command


def schema(name):
    path = data_folder() / "schemas" / f"{name}.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def figures(document):
    """A results document without what differs from run to run."""
    document.pop("started")
    document["arguments"].pop("passed")
    for table in document["tables"]:
        for detector in table["detectors"]:
            detector.pop("seconds")
    return document


def test_a_run_prints_a_leaderboard_and_writes_results_predictions_and_report(
    run, release, tmp_path
):
    out = tmp_path / "out"
    names = ("majority", "random", "length", "tfidf", "rules", "py:mine:scores")
    done = run("run", *names, "--dataset", release, "--out", out, "--resamples", 60)
    assert done.returncode == 0, done.stderr
    for name in (*names, "mark-all", "mark-none", "case studies", "reference checker, unranked"):
        assert name in done.stdout
    assert done.stderr == f"report: {out / 'report.html'}\n"
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    schema("results").validate(document)
    default, natural = document["tables"]
    assert (default["role"], natural["role"]) == ("benchmark", "case studies")
    ranked = [d for d in default["detectors"] if d["reference"] is None]
    values = [d["tasks"]["detect"]["metrics"]["auroc"]["value"] for d in ranked]
    assert values == sorted(values, reverse=True)
    by_name = {d["name"]: d for d in default["detectors"]}
    assert by_name["rules"]["reference"] == "reference checker, unranked"
    assert by_name["tfidf"]["threshold"]["chosen_on"] == "default/validation"
    assert by_name["tfidf"]["tasks"]["localise"]["status"] == "not supported"
    assert by_name["rules"]["tasks"]["detect"]["metrics"]["fpr_controls"]["value"] == 0
    assert next(d for d in natural["detectors"] if d["name"] == "rules")["reference"] is None
    lines = (out / "predictions-rules.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == default["rows"]
    for line in lines:
        schema("prediction").validate(json.loads(line))
    assert (out / "predictions-rules.natural.jsonl").is_file()
    assert (out / "predictions-py-mine-scores.jsonl").is_file()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_same_run_gives_the_same_figures(run, release):
    def once():
        done = run("run", "random", "tfidf", "--dataset", release, "--json", "--resamples", 40)
        document = json.loads(done.stdout)
        schema("results").validate(document)
        return figures(document)

    assert once() == once()


def test_tasks_can_be_chosen(run, release):
    done = run(
        "run", "majority", "--dataset", release, "--task", "rank", "--json", "--resamples", 0
    )
    document = json.loads(done.stdout)
    [detector] = document["tables"][0]["detectors"]
    assert list(detector["tasks"]) == ["rank"]
    assert detector["tasks"]["rank"]["metrics"]["control_accuracy"]["value"] == 0.5
    assert detector["tasks"]["rank"]["metrics"]["control_accuracy"]["interval"] is None


def test_the_natural_config_is_a_table_of_its_own(run, release):
    done = run("run", "rules", "--dataset", release, "--config", "natural")
    assert done.returncode == 0, done.stderr
    assert "natural/test: case studies, 2 articles" in done.stdout
    assert "default/test" not in done.stdout
    assert "1 of 1 (1 predicted)" in done.stdout


def test_an_existing_out_is_refused_and_overwritten_only_on_demand(run, release, tmp_path):
    out = tmp_path / "out"
    arguments = ("run", "majority", "--dataset", release, "--out", out, "--resamples", 0)
    assert run(*arguments).returncode == 0
    (out / "note.txt").write_text("old")
    again = run(*arguments)
    assert again.returncode == 2
    assert again.stderr == f"benchmark: '{out}' exists; name another folder or pass --overwrite\n"
    assert (out / "note.txt").exists()
    assert run(*arguments, "--overwrite").returncode == 0
    assert not (out / "note.txt").exists()


def test_a_folder_that_is_no_run_is_never_overwritten(run, release, tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("mine")
    done = run("run", "majority", "--dataset", release, "--out", precious, "--overwrite")
    assert done.returncode == 2
    assert "is not the outcome of a run" in done.stderr
    assert (precious / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run", "ruels"), 2, "unknown detector 'ruels'; did you mean 'rules'"),
        (("run", "majority", "--split", "tset"), 2, "no split 'tset'"),
        (("run", "majority", "--config", "pairs"), 2, "config must be one of"),
        (("run", "majority", "--task", "rnak"), 2, "unknown task 'rnak'; did you mean 'rank'"),
        (("run", "majority", "--resamples", "-1"), 2, "resamples must be 0 or more"),
        (("run", "majority", "--out", "no/such/folder"), 2, "parent folder does not exist"),
        (("run",), 2, "required: DETECTOR"),
        (("detect", "rules", "absent.txt"), 2, "no such file: 'absent.txt'"),
        (("detect", "rules", "mine.py", "--published", "16/02/22"), 2, "got '16/02/22'"),
        (("detect", "rlues", "mine.py"), 2, "did you mean 'rules'"),
    ],
)
def test_bad_usage_is_one_clear_line(run, release, arguments, status, words):
    if arguments[0] == "run":
        arguments += ("--dataset", release)
    done = run(*arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    if "required" not in words:
        assert done.stderr.count("\n") == 1


def test_a_release_with_a_missing_shard_fails_with_its_name_and_leaves_nothing(
    run, own_release, tmp_path
):
    (own_release / "data/default/test-00001-of-00002.parquet").unlink()
    done = run("run", "majority", "--dataset", own_release, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "shard 'data/default/test-00001-of-00002.parquet' is missing" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"mine.py", "release"}


def test_a_detector_that_answers_nothing_is_scored_named_and_fails_the_command(run, release):
    done = run(
        "run", "majority", "py:mine:broken", "--dataset", release, "--json", "--resamples", 0
    )
    assert done.returncode == 1
    assert "py:mine:broken answered no example: RuntimeError: no" in done.stderr
    assert "\x1b" not in done.stderr
    document = json.loads(done.stdout)
    broken = next(d for d in document["tables"][0]["detectors"] if d["name"] == "py:mine:broken")
    assert broken["coverage"] == 0
    assert broken["tasks"]["detect"]["metrics"]["auroc"]["value"] == 0


def test_detect_names_what_is_wrong_and_where(run, tmp_path):
    article = "Fair opens\n\nThe fair opens on Monday, 16 February 2022, its director said.\n"
    (tmp_path / "fair.txt").write_text(article)
    (tmp_path / "calm.json").write_text(json.dumps({"title": "Calm", "body": "All is well."}))
    done = run("detect", "rules", "fair.txt", "calm.json", "--published", "2022-02-10")
    assert done.returncode == 0, done.stderr
    assert "impossible_date" in done.stdout
    assert "line 3: “Monday" in done.stdout
    assert "calm.json: 0 findings" in done.stdout
    done = run("detect", "rules", "fair.txt", "calm.json", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        schema("finding").validate(row)
    assert [row["file"] for row in rows] == ["fair.txt", "calm.json"]
    [finding] = rows[0]["findings"]
    assert finding["type"] == "impossible_date"
    span = finding["spans"][0]
    assert article[span["start"] : span["end"]] == span["text"]


def test_every_bad_file_is_named_and_nothing_is_printed(run, tmp_path):
    (tmp_path / "good.txt").write_text("Fine.")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("detect", "rules", "good.txt", "latin.txt", "empty.txt")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "'latin.txt' is not UTF-8" in done.stderr
    assert "'empty.txt' holds no text" in done.stderr
    assert done.stderr.count("\n") == 2


def test_detectors_are_listed(run):
    done = run("detectors")
    assert done.returncode == 0
    for name in ("majority", "random", "length", "tfidf", "rules", "mark-all", "mark-none"):
        assert f"{name} " in done.stdout
    rows = [json.loads(line) for line in run("detectors", "--json").stdout.splitlines()]
    assert {row["name"] for row in rows} >= {"rules", "tfidf"}


def test_starting_the_command_imports_nothing_heavy(run):
    code = (
        "import sys, benchmark.cli\n"
        "benchmark.cli.main(['detectors'])\n"
        "heavy = {'numpy', 'sklearn', 'pyarrow', 'matplotlib', 'datasets', 'rich', 'jinja2'}\n"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_terminal_without_the_characters_gets_escapes(run, tmp_path):
    (tmp_path / "fair.txt").write_text("It opens on Monday, 16 February 2022.")
    done = run("detect", "rules", "fair.txt", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "impossible_date" in done.stdout


def test_the_console_script_is_the_same_command():
    script = Path(sys.executable).with_name("benchmark")
    if not script.exists():
        pytest.skip("the project is not installed beside this interpreter")
    done = subprocess.run([script, "detectors"], capture_output=True, text=True, check=False)
    assert "rules" in done.stdout

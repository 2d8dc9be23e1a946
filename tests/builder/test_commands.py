"""The real command: one clear line, the right exit status, no traceback, nothing left behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from perturbations.knowledge import data_folder
from perturbations.perturbation import BUILT_IN

ARTICLE = {
    "id": "a",
    "title": "Footbridge opens",
    "body": "HAVERBY, 6 May 2024 - The footbridge opened on Monday, 6 May 2024.",
    "published": "2024-05-06",
    "licence": "CC0-1.0",
}


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("lines", "status", "message"),
    [
        ([ARTICLE, "{"], 1, "articles.jsonl line 2 is not JSON: "),
        ([{"id": "a", "title": ""}], 1, "articles.jsonl line 1: article 'a' has neither a title"),
        ([{**ARTICLE, "published": "6/5/24"}], 1, "published must be an ISO date (YYYY-MM-DD) or"),
        ([ARTICLE, ARTICLE], 1, "the id 'a' must be unique, but stands in "),
        ([b"caf\xe9"], 1, "articles.jsonl is not UTF-8: unexpected end of data at byte 3; save"),
        ([{**ARTICLE, "licence": None}], 1, "no row could be made of 1 articles: 1 left out becau"),
    ],
)
def test_articles_that_cannot_be_used(run, write, tmp_path, lines, status, message):
    done = run("build", "--articles", write(*lines), "--out", "out")
    assert (done.status, done.out) == (status, "")
    assert message in done.said()
    assert left(tmp_path) == ["articles.jsonl"]


def test_a_missing_source_or_release_file(run, tmp_path):
    done = run("build", "--articles", "none.jsonl", "--out", "out")
    assert done.status == 2
    assert done.said() == (
        f"source {tmp_path}/none.jsonl does not exist: a folder of seeds or a .jsonl file"
    )
    done = run("build", "none.yaml", "--out", "out")
    assert done.status == 2
    assert done.said() == "release file none.yaml does not exist"
    assert left(tmp_path) == []


def test_a_release_file_with_an_unknown_perturbation(run, tmp_path, smaller_file):
    text = smaller_file.read_text(encoding="utf-8").replace("dates.weekday", "dates.weekdy")
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    done = run("build", "mine.yaml", "--out", "out")
    assert done.status == 2
    assert done.said() == (
        "mine.yaml: perturbations: unknown perturbation 'dates.weekdy'; "
        "did you mean 'dates.weekday'?"
    )
    assert left(tmp_path) == ["mine.yaml"]


def test_tables_of_knowledge_that_are_malformed(run, tmp_path, write):
    shutil.copytree(data_folder(), tmp_path / "data")
    with (tmp_path / "data" / "knowledge" / "terms.jsonl").open("a", encoding="utf-8") as table:
        table.write("{}\n")
    settings = os.environ | {"INCONSISTENT_NEWS_DATA": str(tmp_path / "data")}
    done = run("build", "--articles", write(ARTICLE), "--out", "out", env=settings)
    assert done.status == 1
    assert "terms.jsonl" in done.said()
    assert left(tmp_path) == ["articles.jsonl", "data"]


def test_a_folder_of_seeds_one_of_which_is_broken(run, tmp_path, smaller_file):
    seed = json.loads((smaller_file.parent / "articles" / "real-draghi-resigns.json").read_bytes())
    seed["article"]["body"] = 3
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "real-draghi-resigns.json").write_text(json.dumps(seed))
    done = run("build", "--articles", "./seeds", "--out", "out")
    assert done.status == 1
    assert "real-draghi-resigns.json: article.body" in done.said()
    assert left(tmp_path) == ["seeds"]


def test_an_existing_folder_is_refused_and_what_is_no_release_is_spared(run, tmp_path, write):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    source = write(ARTICLE)
    done = run("build", "--articles", source, "--out", "out")
    assert done.status == 2
    assert done.said().endswith("/out exists; choose another --out, or add --overwrite")
    done = run("build", "--articles", source, "--out", "out", "--overwrite")
    assert done.status == 2
    assert done.said().endswith("(it has no manifest.json); --overwrite spares it")
    assert left(tmp_path) == ["articles.jsonl", "out"]
    assert left(tmp_path / "out") == ["mine.txt"]


def test_build_says_what_came_of_it(run, tmp_path, write):
    done = run("build", "--articles", write(ARTICLE), "--out", "out")
    assert done.status == 0
    assert all(line.startswith("builder: warning: split ") for line in done.err.splitlines())
    assert "dates.weekday" in done.out
    assert "nothing in the article takes this form" in done.out
    rows = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert f"digest {rows['digest']}; in out" in done.out
    assert left(tmp_path) == ["articles.jsonl", "out"]


def test_build_prints_the_manifest_as_json_and_is_named_after_its_articles(run, tmp_path, write):
    source = write(ARTICLE, name="My Articles (2).jsonl")
    done = run("build", "--articles", source, "--out", "out", "--json")
    manifest = json.loads(done.out)
    assert manifest == json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["name"] == "my-articles-2"


def test_verify_of_a_sound_release(run, smaller):
    done = run("verify", smaller.path)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("\n0 failures\n")
    witnesses = sum(len(row["defects"]) for row in smaller.default())
    assert ["witnesses", str(witnesses)] in [line.strip("│ ").split(" │ ") for line in _cells(done)]


def _cells(done) -> list[str]:
    return [" ".join(line.split()) for line in done.out.split("\n") if "│" in line]


def test_verify_of_what_is_no_release(run, tmp_path):
    done = run("verify", "none")
    assert (done.status, done.said()) == (2, "release folder none does not exist")
    done = run("verify", tmp_path)
    assert done.status == 1
    assert done.said() == f"{tmp_path} is no release: it has no manifest.json"


@pytest.mark.parametrize("arguments", [[], ["build"], ["bild"], ["verify"], ["build", "--out"]])
def test_wrong_usage_is_status_2(run, arguments):
    done = run(*arguments)
    assert done.status == 2
    assert done.err.startswith("usage: builder")


def test_catalogue_lists_the_perturbations(run):
    names = {one["name"]: one for one in json.loads(run("catalogue", "--json").out)}
    assert names.keys() >= BUILT_IN.keys()
    assert names["dates.weekday"]["type"] == "impossible_date"


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_nothing(tmp_path, number):
    command: list[Any] = [sys.executable, "-m", "builder", "build", "--out", tmp_path / "out"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        until = time.monotonic() + 60
        while not any(name.startswith(".out.partial") for name in os.listdir(tmp_path)):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.005)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "builder: interrupted; nothing half-written is left\n"
    assert left(tmp_path) == []

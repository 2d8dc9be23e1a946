"""`--knowledge DIR` and the end of the tables, as the detector `rules` sees them."""

import json
from dataclasses import replace

import pytest

from benchmark.cli import main

from .conftest import family, write_rows

LATE = "warning: 1 article is dated after 2026-01-31, the last day of which "
TERM = {
    "id": "JP.prime_minister:fumio-kishida:2021-10-04",
    "person": "shinzo-abe",
    "office": "JP.prime_minister",
    "start": "2021-10-04",
    "start_precision": "day",
    "end": "2024-10-01",
    "end_precision": "day",
    "acting": False,
    "status": "single_source",
    "sources": ["desk"],
}


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "terms.jsonl").write_text(json.dumps(TERM))
    return folder


@pytest.fixture
def detect(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("Harbour reopens\n\nPrime Minister Fumio Kishida of Japan reopened it.")

    def run(day, *more):
        arguments = ["detect", "rules", str(path), "--published", day, "--json", *map(str, more)]
        status = main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_findings_come_from_the_overlay(detect, overlay):
    _, out, err = detect("2022-06-15")
    assert (json.loads(out)["findings"], err) == ([], "")
    status, out, _ = detect("2022-06-15", "--knowledge", overlay)
    [finding] = json.loads(out)["findings"]
    assert (status, finding["type"]) == (0, "wrong_incumbent")


def test_a_folder_that_is_missing_or_broken(detect, overlay):
    status, out, err = detect("2022-06-15", "--knowledge", "none")
    assert (status, out) == (2, "")
    assert err == "benchmark: --knowledge must name a folder of tables, got 'none'\n"
    (overlay / "terms.jsonl").write_text("{}")
    status, _, err = detect("2022-06-15", "--knowledge", overlay)
    assert status == 1
    assert "terms.jsonl line 1" in err


def test_the_end_of_the_tables_is_said_once(detect):
    _, _, err = detect("2030-01-01")
    assert err.count(LATE) == 1


def test_a_run_names_its_tables_and_their_end(tmp_path, overlay, capsys):
    late = [replace(row, published="2030-01-01") for row in family(0)]
    rows = [*late, *family(1)]
    release = write_rows(tmp_path / "release", {"default": {"train": rows, "test": rows}})
    assert main(["run", "rules", "majority", "--dataset", str(release), "--json"]) == 0
    plain = capsys.readouterr()
    asked = ["run", "rules", "--dataset", str(release), "--json", "--knowledge", str(overlay)]
    assert main(asked) == 0
    laid = capsys.readouterr()
    # Five rows of one article.
    assert plain.err.count(LATE) == laid.err.count(LATE) == 1
    one, two = (json.loads(said.out) for said in (plain, laid))
    assert one["arguments"]["resolved"]["knowledge"] is None
    assert two["arguments"]["resolved"]["knowledge"] == str(overlay)
    digests = {_rules(found)["fingerprint"]["knowledge_digest"] for found in (one, two)}
    assert len(digests) == 2


def _rules(document):
    return next(d for d in document["tables"][0]["detectors"] if d["name"] == "rules")

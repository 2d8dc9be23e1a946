"""`--knowledge DIR` and the end of the tables, through the real commands."""

import json

import pytest

from builder.cli import main
from builder.release.manifest import read_manifest

OVERLAY = {
    "offices.jsonl": {
        "id": "IS.mayor_of_reykjavik",
        "country": "IS",
        "role": "minister",
        "titles": ["Mayor of Reykjavik"],
        "collective": False,
        "sources": ["desk"],
    },
    "people.jsonl": {
        "id": "mia-example",
        "name": "Mia Example",
        "surname": "Example",
        "aliases": [],
        "surnames": ["Example"],
        "gender": "f",
        "died": None,
        "sources": ["desk"],
    },
    "terms.jsonl": {
        "id": "IS.mayor_of_reykjavik:mia-example:2020-05-01",
        "person": "mia-example",
        "office": "IS.mayor_of_reykjavik",
        "start": "2020-05-01",
        "start_precision": "day",
        "end": None,
        "end_precision": None,
        "acting": False,
        "status": "single_source",
        "sources": ["desk"],
    },
}

ARTICLE = {
    "id": "late",
    "title": "Footbridge opens",
    "body": "HAVERBY - The footbridge opened on Monday, 6 May 2024.",
    "published": "2030-05-07",
    "licence": "CC0-1.0",
}
LATE = "1 article is dated after 2026-01-31, the last day of which "


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, row in OVERLAY.items():
        (folder / name).write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def command(capsys):
    def run(*arguments):
        status = main([*map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_a_release_names_its_overlay_and_verify_says_which_tables_differ(
    command, write, overlay, tmp_path
):
    out = tmp_path / "out"
    source = write(ARTICLE | {"published": "2024-05-07"})
    status, _, err = command("build", "--articles", source, "--out", out, "--knowledge", overlay)
    assert (status, LATE in err) == (0, False)
    made = read_manifest(out)["knowledge"]
    assert set(made) == {"version", "digest", "shipped", "overlay"}
    assert made["version"].endswith("+overlay")
    assert command("verify", out, "--knowledge", overlay)[0] == 0
    status, said, _ = command("verify", out)
    assert status == 1
    assert "made with an overlay of tables" in said
    assert "name its folder with --knowledge" in said
    assert "but the tables here are" not in said  # the shipped ones are the same
    with (overlay / "people.jsonl").open("a") as file:
        file.write("\n")
    status, said, _ = command("verify", out, "--knowledge", overlay)
    assert status == 1
    assert "but the tables of --knowledge are" in said


def test_a_release_without_an_overlay_is_verified_without(command, smaller, overlay):
    assert set(smaller.manifest["knowledge"]) == {"version", "digest"}
    status, said, _ = command("verify", smaller.path, "--knowledge", overlay)
    assert status == 1
    assert "the release was made without --knowledge; verify it without" in said


def test_claims_are_held_against_the_overlay(command, tmp_path, overlay):
    row = OVERLAY["terms.jsonl"] | {
        "id": "JP.prime_minister:fumio-kishida:2021-10-04",
        "person": "mia-example",
        "office": "JP.prime_minister",
        "start": "2021-10-04",
        "end": "2024-10-01",
        "end_precision": "day",
    }
    (overlay / "terms.jsonl").write_text(json.dumps(row))
    path = tmp_path / "a.txt"
    path.write_text("Harbour reopens\n\nPrime Minister Fumio Kishida of Japan reopened it.\n")
    asked = ("perturb", path, "--published", "2022-06-15", "--json", "--with", "dates.weekday")
    _, out, _ = command(*asked)
    found = json.loads(out)
    assert (set(found["knowledge"]), found["certificate"]["findings"]) == (
        {"version", "digest"},
        [],
    )
    _, out, _ = command(*asked, "--knowledge", overlay)
    found = json.loads(out)
    assert set(found["knowledge"]) == {"version", "digest", "shipped", "overlay"}
    [finding] = found["certificate"]["findings"]
    assert finding["type"] == "wrong_incumbent"
    assert "Mia Example, Prime Minister (Japan), from 4 October 2021" in out


def test_knowledge_check_looks_at_the_union(command, overlay):
    _, out, _ = command("knowledge", "check", "--json")
    shipped = json.loads(out)
    status, out, _ = command("knowledge", "check", "--json", "--knowledge", overlay)
    found = json.loads(out)
    assert (status, found["ok"]) == (0, True)
    assert found["counts"]["people"] == shipped["counts"]["people"] + 1
    row = OVERLAY["terms.jsonl"] | {"end": "2019-01-01", "end_precision": "day"}
    (overlay / "terms.jsonl").write_text(json.dumps(row))
    status, out, _ = command("knowledge", "check", "--json", "--knowledge", overlay)
    assert status == 1
    assert row["id"] in {fault["id"] for fault in json.loads(out)["faults"]}


@pytest.mark.parametrize(
    "arguments",
    [["build", "--out", "out"], ["verify", "."], ["perturb", "-"], ["knowledge", "check"]],
)
def test_a_folder_that_is_not_there_is_wrong_usage(run, tmp_path, arguments):
    (tmp_path / "manifest.json").write_text('{"configs": {}}')
    done = run(*arguments, "--knowledge", "none", input="A line")
    assert done.status == 2
    assert done.said() == "--knowledge must name a folder of tables, got none"


def test_a_broken_overlay_is_named_with_file_and_line(command, overlay):
    (overlay / "people.jsonl").write_text("{}\n")
    status, _, err = command("knowledge", "check", "--knowledge", overlay)
    assert status == 1
    assert f"field 'id' is missing in {overlay}/people.jsonl line 1" in err
    assert err.count("\n") == 1


def test_the_end_of_the_tables_is_said_once_a_run(command, write, tmp_path):
    out, source = tmp_path / "out", write(ARTICLE)
    _, _, err = command("build", "--articles", source, "--out", out)
    assert err.count(LATE) == 1
    status, said, err = command("verify", out, "--json")
    assert (status, err.count(LATE)) == (0, 1)
    [warning] = json.loads(said)["warnings"]
    assert warning.startswith(LATE)
    _, said, err = command("perturb", source, "--with", "dates.weekday", "--json")
    assert err.count(LATE) == 1
    assert json.loads(said)["warnings"] == [warning]


def test_help_is_quick(run):
    import time

    for arguments in (["--help"], ["perturb", "--help"], ["knowledge", "refresh", "--help"]):
        # The best of some: other work on the machine is not this command's.
        best = min(_seconds(run, arguments, time.perf_counter) for _ in range(3))
        assert best < 0.3, arguments


def _seconds(run, arguments, clock):
    before = clock()
    assert run(*arguments).status == 0
    return clock() - before

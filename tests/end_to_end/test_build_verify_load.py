"""The way of a release by real commands: built twice the same, verified, read back."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from builder.sources import read_articles
from perturbations.record import defect_from_row
from perturbations.text import Ledger


def run(*arguments: object, hash_seed: str = "0", cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=cwd,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
    )


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    """Every fifth clean seed, as JSON Lines would hold it, and one that says where it is wrong."""
    clean = [s.article.to_json() for s in read_articles(["seeds"]) if s.kind == "clean"]
    wrong = {**clean[0], "id": "wrong", "body": "It rained on Friday, 30 February 2024."}
    return [*clean[::5], wrong]


@pytest.fixture(scope="module")
def built(
    articles: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Two builds of the same articles: in another order, under another hash seed."""
    folder = tmp_path_factory.mktemp("built")
    for number in ("1", "2"):
        lines = list(articles)
        random.Random(number).shuffle(lines)
        source = folder / number / "articles.jsonl"
        source.parent.mkdir()
        source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        done = run(
            "build", "--articles", source, "--out", "release", hash_seed=number, cwd=source.parent
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    return folder / "1" / "release", folder / "2" / "release"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def rows(folder: Path, config: str) -> list[dict[str, Any]]:
    parts = sorted((folder / "data" / config).glob("*.parquet"))
    return [row for part in parts for row in pq.read_table(part).to_pylist()]


def test_order_and_hash_seed_change_no_byte(built):
    one, two = map(files, built)
    assert one == two


def test_what_was_left_out_is_counted(built, articles):
    manifest = json.loads((built[0] / "manifest.json").read_bytes())
    assert manifest["articles"] == {"clean": len(articles) - 1, "unclean": 1}
    assert manifest["not_made"]["unclean_articles"] == {"impossible_date": 1}
    assert manifest["release"]["articles"] == ["articles.jsonl"]


def test_verify_passes_from_any_folder(built):
    done = run("verify", built[0], "--json", cwd=Path("/"))
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["failures"] == []
    assert found["checked"]["rows variant"] > 20


def test_every_row_comes_back_to_the_article_it_was_made_of(built, articles):
    """Back over one edit or two, to the byte; the detector's text and the spans agree."""
    texts = {f"{a['title']}\n\n{a['body']}" for a in articles}
    by_id = {row["id"]: row for row in rows(built[0], "default")}
    for row in by_id.values():
        text, at = row["text"], row
        while at["source_id"]:
            text = Ledger.from_json(at["edits"]).revert(text)
            at = by_id[at["source_id"]]
        assert text == at["text"]
        assert text in texts
        for defect in map(defect_from_row, row["defects"]):
            for span in defect.spans:
                assert row["text"][span.start : span.end] == span.text


def test_one_changed_byte_is_found_by_the_command(built, tmp_path):
    folder = shutil.copytree(built[0], tmp_path / "changed")
    shard = next((folder / "data" / "default").glob("*.parquet"))
    data = shard.read_bytes()
    shard.write_bytes(data[:-300] + bytes([data[-300] ^ 4]) + data[-299:])
    done = run("verify", folder, cwd=tmp_path)
    assert done.returncode == 1
    name = f"data/default/{shard.name}"
    assert f"FAILED  {name}: its sha256 is not the one in SHA256SUMS\n" in done.stdout
    assert f"FAILED  {name}: its sha256 is not the one in manifest.json\n" in done.stdout
    assert "Traceback" not in done.stderr

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmark.dataset import Release
from benchmark.errors import ReleaseError, UsageError
from perturbations.record import Kind


def test_rows_carry_gold_and_examples_do_not(release):
    split = Release.open(release).read("default", "test")
    assert len(split.rows) == 120
    assert len(split.shards) == 2
    variants = [row for row in split.rows if row.kind is Kind.VARIANT]
    assert len(variants) == 48
    for row in variants:
        [defect] = row.defects
        [(start, end)] = defect.spans
        assert row.example.text[start:end]
        assert defect.unordered
    assert set(type(variants[0].example).__slots__) == {
        "id", "text", "title", "published", "updated", "language",
    }  # fmt: skip


def test_content_hash_follows_the_shards(release, own_release):
    first = Release.open(release).read("default", "validation")
    assert (
        first.content_hash == Release.open(own_release).read("default", "validation").content_hash
    )
    assert first.content_hash != Release.open(release).read("default", "train").content_hash


@pytest.mark.parametrize(
    ("config", "split", "words"),
    [
        ("defualt", "test", "did you mean 'default'"),
        ("default", "tset", "did you mean 'test'"),
        ("pairs", "test", "its rows stand in 'default'"),
        ("natural", "train", "it has test"),
    ],
)
def test_unknown_config_or_split_is_named_with_what_there_is(release, config, split, words):
    with pytest.raises(UsageError, match=words) as caught:
        Release.open(release).read(config, split)
    assert caught.value.exit_status == 2


def test_missing_shard_is_named(own_release):
    shard = own_release / "data/default/test-00001-of-00002.parquet"
    shard.unlink()
    with pytest.raises(ReleaseError, match=r"test-00001-of-00002\.parquet' is missing") as caught:
        Release.open(own_release).read("default", "test")
    assert caught.value.exit_status == 1


def test_changed_byte_is_found(own_release):
    shard = own_release / "data/default/validation-00000-of-00001.parquet"
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    with pytest.raises(ReleaseError, match="was changed"):
        Release.open(own_release).read("default", "validation")


def test_no_folder_is_usage_and_no_manifest_is_failure(tmp_path):
    with pytest.raises(UsageError, match="not a folder"):
        Release.open(tmp_path / "absent")
    with pytest.raises(ReleaseError, match=r"holds no manifest\.json"):
        Release.open(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReleaseError, match="is not JSON"):
        Release.open(tmp_path)


@pytest.mark.parametrize("shards", [None, [{"path": "a"}], ["a"], [{"rows": "x"}]])
def test_manifest_that_lists_no_shards_properly_is_named(tmp_path, shards):
    manifest = {"configs": {"default": {"test": {"rows": 1, "shards": shards}}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ReleaseError, match="must list the shards of default/test"):
        Release.open(tmp_path).read("default", "test")


def test_shard_outside_the_release_is_refused(own_release):
    manifest = json.loads((own_release / "manifest.json").read_text(encoding="utf-8"))
    manifest["configs"]["natural"]["test"]["shards"][0]["path"] = "../elsewhere.parquet"
    (own_release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ReleaseError, match="lies outside"):
        Release.open(own_release).read("natural", "test")


def rewritten(folder: Path, make_release, change) -> Path:
    """A release of one split whose rows `change` has altered after the records were made."""
    shard = folder / "data/natural/test-00000-of-00001.parquet"
    table = pq.read_table(shard)
    rows = table.to_pylist()
    change(rows)

    class Altered:
        def __init__(self, row):
            self.row = row

        def to_json(self):
            return self.row

    return make_release(folder / "altered", {"natural": {"test": [Altered(row) for row in rows]}})


def misquote(rows):
    for row in rows:
        for defect in row["defects"]:
            defect["spans"][0]["text"] = "?"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[0].update(label=2), "label must be 0 or 1, got 2"),
        (lambda rows: rows[0].update(kind="odd"), "kind must be one of .*, got 'odd'"),
        (lambda rows: rows.append(dict(rows[0])), "stands twice"),
        (misquote, "says '[?]', but the text there is 'Monday"),
    ],
)
def test_rows_that_break_the_contract_are_named(own_release, make_release, change, words):
    folder = rewritten(own_release, make_release, change)
    with pytest.raises(ReleaseError, match=words):
        Release.open(folder).read("natural", "test")

"""The release folder: shards, manifest, card and checksums, each as its readers expect."""

import json
import re
import subprocess
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from builder.release.card import size_category
from builder.release.checksums import check_checksums
from builder.release.manifest import read_manifest, release_digest
from builder.release.shards import read_shard, rows_digest, write_shard
from perturbations.knowledge import data_folder
from perturbations.record import (
    CANARY,
    PAIR_FIELDS,
    ROW_FIELDS,
    Kind,
    arrow_schema,
    row_digest,
    row_id,
)


def test_the_folder_holds_these_files_and_no_others(built):
    files = {p.relative_to(built.path).as_posix() for p in built.path.rglob("*") if p.is_file()}
    assert files == {
        "README.md",
        "SHA256SUMS",
        "manifest.json",
        "data/natural/test-00000-of-00001.parquet",
        *(
            f"data/{config}/{split}-00000-of-00001.parquet"
            for config in ("default", "pairs")
            for split in ("train", "validation", "test")
        ),
    }


def test_shards_have_exactly_the_schema_of_their_config(built):
    for (config, _), path in built.shards.items():
        schema = pq.read_schema(path)
        assert schema.equals(arrow_schema(config))
        assert schema.metadata is None
        assert not any(field.metadata for field in schema)
        assert schema.names == list(PAIR_FIELDS if config == "pairs" else ROW_FIELDS)
        assert not pq.read_metadata(path).metadata


def test_shards_are_zstd_and_ordered_by_id(built):
    for (config, _), path in built.shards.items():
        group = pq.read_metadata(path).row_group(0)
        assert {group.column(i).compression for i in range(group.num_columns)} == {"ZSTD"}
        ids = pq.read_table(path)["pair_id" if config == "pairs" else "id"].to_pylist()
        assert ids == sorted(set(ids))


def test_ids_are_hashes_of_what_a_detector_sees_and_show_nothing(built):
    for row in built.default():
        assert row["id"] == row_id(row["text"], row["published"], row["language"], CANARY)
        assert re.fullmatch("[0-9a-f]{16}", row["id"])
        assert re.fullmatch("[0-9a-f]{16}", row["group"])


def test_rows_say_what_they_are(built):
    rows = built.default()
    assert Counter(row["kind"] for row in rows).keys() == {"original", "variant", "control"}
    for row in rows:
        assert row["label"] == int(row["kind"] == Kind.VARIANT) == int(bool(row["defects"]))
        assert (row["perturbation"] is None) == (row["kind"] == Kind.ORIGINAL)
        assert row["canary"] == CANARY
        assert row["synthetic"] is True
        assert row["licence"] == "CC-BY-4.0"
        assert "seed" not in row["source"]


def test_most_perturbations_of_the_release_have_a_variant(built):
    """Nine articles can't carry all of them: some need two encounters, or an outlet's address."""
    manifest = built.manifest
    asked = {*manifest["release"]["perturbations"], "combined"}
    made = manifest["rows"]["by_perturbation"].keys()
    assert made <= asked
    assert len(made) > 0.6 * len(asked)


def test_a_control_stands_beside_each_variant_in_both_configs(built):
    rows = built.default()
    variants = {row["pair_id"]: row for row in rows if row["kind"] == Kind.VARIANT}
    controls = {row["pair_id"]: row for row in rows if row["kind"] == Kind.CONTROL}
    pairs = {row["pair_id"]: row for row in built.pairs()}
    assert variants.keys() == controls.keys() == pairs.keys()
    assert len(variants) == sum(row["kind"] == Kind.VARIANT for row in rows)
    for name, pair in pairs.items():
        assert pair["variant_text"] == variants[name]["text"]
        assert pair["control_text"] == controls[name]["text"]
        assert len({pair["source_text"], pair["variant_text"], pair["control_text"]}) == 3


def test_prepared_originals_name_their_source_and_come_back_to_it(built):
    by_id = {row["id"]: row for row in built.default()}
    prepared = [r for r in by_id.values() if r["kind"] == Kind.ORIGINAL and r["source_id"]]
    assert prepared
    for row in prepared:
        source = by_id[row["source_id"]]
        assert (source["kind"], source["source_id"]) == ("original", None)
        assert source["group"] == row["group"]
        text = row["text"]
        for edit in reversed(_moved(row["edits"])):
            text = text[: edit[0]] + edit[2] + text[edit[1] :]
        assert text == source["text"]


def _moved(edits):
    """Where each edit's outcome stands, and what stood there: counted without the ledger."""
    shift, out = 0, []
    for edit in edits:
        start = edit["start"] + shift
        out.append((start, start + len(edit["after"]), edit["before"]))
        shift += len(edit["after"]) - len(edit["before"])
    return out


def test_groups_stand_in_one_split_in_every_config(built):
    home: dict[str, set[str]] = {}
    for (config, split), part in built.rows().items():
        for row in part:
            assert config != "natural" or split == "test"
            home.setdefault(row["group"], set()).add(split)
    assert all(len(splits) == 1 for splits in home.values())


def test_the_natural_article_stands_beside_its_twin(built):
    one, two = sorted(built.rows()["natural", "test"], key=lambda row: row["label"])
    assert (one["label"], two["label"]) == (0, 1)
    assert one["group"] == two["group"]
    assert not one["defects"]
    assert len(two["defects"]) > 5
    for defect in two["defects"]:
        assert defect["origin"] == "natural"
        for span in defect["spans"]:
            assert two["text"][span["start"] : span["end"]] == span["text"]


def test_the_manifest_keeps_its_schema(built):
    schema = json.loads((data_folder() / "schemas" / "manifest.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [
        fault.message for fault in Draft202012Validator(schema).iter_errors(built.manifest)
    ] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: m.pop("digest"),
        lambda m: m.update(digest="0" * 31),
        lambda m: m.update(built_at="2026-01-01"),
        lambda m: m["release"].update(path="/elsewhere/release.yaml"),
        lambda m: m["rows"].update(groups=-1),
        lambda m: m["configs"].pop("default"),
        lambda m: m["configs"].update(extra={}),
        lambda m: m["configs"]["natural"].update(train=m["configs"]["natural"]["test"]),
        lambda m: m["configs"]["default"]["test"]["shards"][0].update(path="../other.parquet"),
        lambda m: m["configs"]["default"]["test"]["shards"].clear(),
        lambda m: m["articles"].update(lost=3),
        lambda m: m.update(schema_version=2),
    ],
)
def test_the_schema_of_manifests_refuses(built, spoil):
    schema = json.loads((data_folder() / "schemas" / "manifest.schema.json").read_text("utf-8"))
    manifest = built.manifest
    spoil(manifest)
    assert not Draft202012Validator(schema).is_valid(manifest)


def test_the_manifest_counts_what_the_rows_say(built):
    manifest, rows = built.manifest, built.default()
    counts = manifest["rows"]
    assert counts["by_kind"] == Counter(row["kind"] for row in rows)
    assert counts["by_type"] == Counter(d["type"] for row in rows for d in row["defects"])
    assert counts["groups"] == len({row["group"] for row in rows}) == 9
    assert sum(counts["groups_by_split"].values()) == 9
    assert counts["licences"] == {"CC-BY-4.0": len(rows) + 2}
    assert manifest["articles"] == {"clean": 9, "natural": 1, "twin": 1}
    for (config, split), part in built.rows().items():
        assert manifest["configs"][config][split]["rows"] == len(part)


def test_every_article_and_perturbation_is_accounted_for(built):
    """Written, not applicable, not drawn, or every proposal refused: nothing else can happen."""
    manifest = built.manifest
    skipped = manifest["not_made"]
    for name in manifest["release"]["perturbations"]:
        written = manifest["rows"]["by_perturbation"].get(name, 0)
        not_applicable = sum(skipped["not_applicable"].get(name, {}).values())
        not_drawn = skipped["not_drawn"].get(name, 0)
        rest = 9 - written - not_applicable - not_drawn
        assert 0 <= rest <= sum(skipped["refused"].get(name, {}).values())


def test_the_manifest_names_versions_and_no_place_or_time(built, tmp_path):
    text = (built.path / "manifest.json").read_text(encoding="utf-8")
    assert built.manifest["made_with"]["pyarrow"] == version("pyarrow")
    assert str(Path.home()) not in text
    assert str(tmp_path.parent) not in text
    assert built.manifest["release"]["articles"] == ["articles"]


def test_checksums_are_those_that_sha256sum_knows(built):
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=built.path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK\n") == 9
    assert list(check_checksums(built.path)) == []


def front_matter(folder: Path) -> dict:
    text = (folder / "README.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    assert body.startswith("\n# small 0.1.0\n")
    return yaml.safe_load(front)


def test_the_cards_front_matter_is_what_the_hub_reads(built):
    card, manifest = front_matter(built.path), built.manifest
    assert card["license"] == "cc-by-4.0"
    assert card["size_categories"] == ["n<1K"]
    assert [config["config_name"] for config in card["configs"]] == ["default", "pairs", "natural"]
    assert [config.get("default") for config in card["configs"]] == [True, None, None]
    for config in card["configs"]:
        assert manifest["digest"] in config["description"]
        for entry in config["data_files"]:
            assert all((built.path / path).is_file() for path in entry["path"])


def test_the_cards_counts_are_right(built):
    rows = built.rows()
    for info in front_matter(built.path)["dataset_info"]:
        config = info["config_name"]
        assert {s["name"]: s["num_examples"] for s in info["splits"]} == {
            split: len(part) for (name, split), part in rows.items() if name == config
        }
        sizes = [p.stat().st_size for (name, _), p in built.shards.items() if name == config]
        assert info["download_size"] == sum(sizes)
        assert [f["name"] for f in info["features"]] == arrow_schema(config).names
    body = (built.path / "README.md").read_text(encoding="utf-8")
    for (config, split), part in rows.items():
        assert f"| {config} | {split} | {len(part)} |" in body
    for kind, count in Counter(row["kind"] for row in built.default()).items():
        assert f"| {kind} | {count} |" in body
    assert "from 9 clean articles." in body
    assert CANARY in body


def test_the_front_matter_loads_with_huggingface_hub(built):
    from huggingface_hub import DatasetCard

    card = DatasetCard.load(built.path / "README.md")
    assert card.data.license == "cc-by-4.0"
    assert card.data.pretty_name == "small"


@given(st.integers(0, 10**12))
def test_size_categories(rows):
    word = size_category(rows)
    limits = {"n<1K": (0, 1_000), "1K<n<10K": (1_000, 10_000), "10K<n<100K": (10_000, 100_000)}
    limits |= {"100K<n<1M": (100_000, 10**6), "n>1M": (10**6, 10**13)}
    low, high = limits[word]
    assert low <= rows < high


def test_a_shard_gives_back_the_rows_it_was_given(built, tmp_path):
    rows = built.rows()["default", "train"]
    entry = write_shard(tmp_path, "default", "train", rows)
    assert read_shard(tmp_path / entry["path"]) == rows
    assert entry["digest"] == rows_digest(rows)


def test_digests_depend_on_rows_and_order_but_not_on_parquet(built, tmp_path):
    path = built.shards["default", "train"]
    rows = read_shard(path)
    other = tmp_path / "other.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema("default")), other)
    assert other.read_bytes() != path.read_bytes()
    assert rows_digest(read_shard(other)) == rows_digest(rows)
    assert rows_digest(rows[::-1]) != rows_digest(rows)
    shard = {"digest": rows_digest(rows)}
    assert release_digest({("default", "train"): shard}) != release_digest(
        {("default", "test"): shard}
    )


@given(st.sampled_from(ROW_FIELDS), st.text(max_size=3))
def test_a_rows_digest_sees_every_field(name, value):
    row = dict.fromkeys(ROW_FIELDS, None)
    assert row_digest(row) != row_digest({**row, name: value})


def test_the_manifest_is_read_back(built):
    assert read_manifest(built.path) == built.manifest

"""A release loads with `datasets`, and a changed one is never served from a stale cache.

Loading runs in processes of its own with a cache of its own, as a user's script would.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from builder.build import build
from builder.release.card import write_card
from builder.release.checksums import write_checksums
from builder.release.manifest import release_digest, write_manifest
from builder.release.shards import write_shard
from builder.release_file import default_release_file, load_release_file
from builder.verify import verify
from perturbations.seeds import seeds_folder

SEEDS = (
    "local-corrections-column",
    "real-artemis-one-splashdown",
    "real-draghi-resigns",
    "telephone-conversation",
    "telephone-conversation-repaired",
)
SPLITS = {
    "default": ["train", "validation", "test"],
    "pairs": ["train", "validation", "test"],
    "natural": ["test"],
}

LOAD_ALL = """
import json, sys
import datasets
from perturbations.record import features

folder, found = sys.argv[1], {"version": datasets.__version__}
for config in ("default", "pairs", "natural"):
    whole = datasets.load_dataset(folder, config)
    streams = datasets.load_dataset(folder, config, streaming=True)
    found[config] = {
        "splits": list(whole),
        "streamed splits": list(streams),
        "rows": {split: list(part) for split, part in whole.items()},
        "streamed": {split: list(part) for split, part in streams.items()},
        "one": {
            split: list(datasets.load_dataset(folder, config, split=split)) for split in whole
        },
        "features": [part.features == features(config) for part in whole.values()],
        "streamed features": [part.features == features(config) for part in streams.values()],
        "label": getattr(whole["test"].features.get("label"), "names", None),
    }
found["unnamed"] = list(datasets.load_dataset(folder, split="test"))
json.dump(found, sys.stdout)
"""

LOAD_TRAIN = """
import json, sys
import datasets

rows = datasets.load_dataset(sys.argv[1], "default", split="train")
pairs = datasets.load_dataset(sys.argv[1], "pairs", split="train")
json.dump([sorted(set(rows["seed"])), list(rows["id"]), list(pairs["pair_id"])], sys.stdout)
"""

Loaded = Callable[[str, Path], Any]


def loader(cache: Path) -> Loaded:
    """Runs a script on a folder, with a cache of `datasets` of its own and without a network."""
    settings = {"HF_HOME": str(cache), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}

    def load(script: str, folder: Path) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=kept | settings,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return load


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    make(folder / "release", folder / "articles", seed=20260201)
    return folder / "release"


def make(out: Path, articles: Path, *, seed: int, splits: dict[str, float] | None = None) -> None:
    if not articles.is_dir():
        articles.mkdir()
        for name in SEEDS:
            shutil.copy(seeds_folder() / f"{name}.json", articles)
    release = load_release_file(default_release_file())
    release = replace(release, articles=(str(articles),), seed=seed)
    build(replace(release, splits=splits or release.splits), out, overwrite=True)


@pytest.fixture(scope="module")
def loaded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything, loaded in every way, by one process."""
    return loader(tmp_path_factory.mktemp("cache"))(LOAD_ALL, built)


def parquet(folder: Path, config: str, split: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / f"data/{config}/{split}-00000-of-00001.parquet").to_pylist()


@pytest.mark.parametrize("config", SPLITS)
def test_every_config_and_split_loads_streaming_and_not(built, loaded, config):
    found = loaded[config]
    assert found["splits"] == found["streamed splits"] == SPLITS[config]
    for split in SPLITS[config]:
        rows = parquet(built, config, split)
        assert rows
        assert found["rows"][split] == rows
        assert found["streamed"][split] == rows
        assert found["one"][split] == rows


@pytest.mark.parametrize("config", SPLITS)
def test_features_are_those_of_the_record_and_labels_have_names(loaded, config):
    found = loaded[config]
    assert found["features"] == found["streamed features"] == [True] * len(SPLITS[config])
    assert found["label"] == (None if config == "pairs" else ["consistent", "inconsistent"])


def test_without_a_config_the_default_one_loads(built, loaded):
    assert loaded["unnamed"] == parquet(built, "default", "test")


def times(folder: Path) -> dict[str, int]:
    """Modification times of the folder and all in it."""
    paths = [folder, *folder.rglob("*")]
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in paths}


def reset_times(folder: Path, known: dict[str, int]) -> None:
    for name, when in known.items():
        if (folder / name).exists():
            os.utime(folder / name, ns=(when, when))


def reseed(folder: Path, seed: int) -> None:
    """Gives every row another seed of as many digits, and remakes all that follows from rows."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    shards = {}
    for config, splits in manifest["configs"].items():
        for split, entry in splits.items():
            rows = parquet(folder, config, split)
            for row in rows:
                if "seed" in row:
                    row["seed"] = seed
            shards[config, split] = write_shard(folder, config, split, rows)
            entry["shards"] = [shards[config, split]]
    manifest["digest"] = release_digest(shards)
    write_manifest(folder, manifest)
    write_card(folder, manifest)
    write_checksums(folder)


def test_a_changed_release_of_the_same_sizes_and_times_is_not_served_from_the_cache(
    built, tmp_path
):
    """Paths, file sizes, row counts and times are the same; only the content is not."""
    folder, load = tmp_path / "release", loader(tmp_path / "cache")
    shutil.copytree(built, folder)
    known = times(folder)
    sizes = {name: (folder / name).stat().st_size for name in known}
    assert load(LOAD_TRAIN, folder)[0] == [20260201]

    reseed(folder, 20260202)
    reset_times(folder, known)
    assert {name: (folder / name).stat().st_size for name in known} == sizes
    assert times(folder) == known
    assert load(LOAD_TRAIN, folder)[0] == [20260202]

    reseed(folder, 20260201)
    reset_times(folder, known)
    assert load(LOAD_TRAIN, folder)[0] == [20260201]


def test_a_release_built_anew_with_another_seed_is_not_served_from_the_cache(tmp_path):
    folder, load = tmp_path / "release", loader(tmp_path / "cache")
    splits = {"train": 1.0, "validation": 0.0, "test": 0.0}
    make(folder, tmp_path / "articles", seed=1, splits=splits)
    known = times(folder)
    before = load(LOAD_TRAIN, folder)
    make(folder, tmp_path / "articles", seed=3, splits=splits)
    assert verify(folder).failures == []
    reset_times(folder, known)
    rows, pairs = parquet(folder, "default", "train"), parquet(folder, "pairs", "train")
    after = load(LOAD_TRAIN, folder)
    assert after == [[3], [row["id"] for row in rows], [pair["pair_id"] for pair in pairs]]
    assert before[1:] != after[1:]

"""A small release, built once from real seeds, and the means to read, change and remake one."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from builder.build import build, load_knowledge
from builder.release.card import write_card
from builder.release.checksums import write_checksums
from builder.release.manifest import release_digest, row_counts, write_manifest
from builder.release.shards import write_shard
from builder.release_file import default_release_file, load_release_file
from perturbations.knowledge import Knowledge
from perturbations.reading.mentions import Reading
from perturbations.reading.reader import Reader
from perturbations.seeds import seeds_folder
from perturbations.text import Article

SEEDS = (
    "local-brightwater-cutlery-closure",
    "local-cill-bhreac-bell",
    "local-cold-snap-figures",
    "local-corrections-column",
    "local-hagg-fell-quarry",
    "real-artemis-one-splashdown",
    "real-biden-duda-call",
    "real-draghi-resigns",
    "real-trump-leaves-iran-deal",
    "telephone-conversation",
    "telephone-conversation-repaired",
)
"""Nine clean articles of many builds in all three splits, and the natural one with its twin."""

FEW = (
    "local-corrections-column",
    "real-artemis-one-splashdown",
    "real-draghi-resigns",
    "real-trump-leaves-iran-deal",
    "telephone-conversation",
    "telephone-conversation-repaired",
)
"""Some of them, for the many tests that spoil a release and prove every row of it again."""

Rows = dict[tuple[str, str], list[dict[str, Any]]]


@dataclass(frozen=True)
class Folder:
    """A release folder under a test's hands."""

    path: Path

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))

    @property
    def shards(self) -> dict[tuple[str, str], Path]:
        return {
            (config, split): self.path / shard["path"]
            for config, splits in self.manifest["configs"].items()
            for split, entry in splits.items()
            for shard in entry["shards"]
        }

    def rows(self) -> Rows:
        return {key: pq.read_table(path).to_pylist() for key, path in self.shards.items()}

    def default(self) -> list[dict[str, Any]]:
        return [
            row for (config, _), part in self.rows().items() for row in part if config == "default"
        ]

    def pairs(self) -> list[dict[str, Any]]:
        return [
            row for (config, _), part in self.rows().items() for row in part if config == "pairs"
        ]

    def remake(self, rows: Rows, *, order: bool = True) -> None:
        """Writes these rows with every digest, count and checksum right, and the card anew."""
        manifest, shards, configs = self.manifest, {}, {}
        shutil.rmtree(self.path / "data")
        for (config, split), part in rows.items():
            if order:
                part.sort(key=lambda row: row["pair_id" if config == "pairs" else "id"])
            shard = write_shard(self.path, config, split, part)
            shards[config, split] = shard
            entry = {"rows": len(part), "shards": [shard]}
            configs.setdefault(config, {})[split] = entry
        manifest |= {"configs": configs, "digest": release_digest(shards), "rows": row_counts(rows)}
        self.seal(manifest)

    def seal(self, manifest: dict[str, Any]) -> None:
        """Writes the manifest, and the card and checksums that follow from it."""
        write_manifest(self.path, manifest)
        write_card(self.path, manifest)
        write_checksums(self.path)


class RememberingReader(Reader):
    """Reads an article once: what it says depends on nothing but the article."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self.seen: dict[Article, Reading] = {}

    def read(self, article: Article) -> Reading:
        if article not in self.seen:
            self.seen[article] = super().read(article)
        return self.seen[article]


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    def said(self) -> str:
        """The one line on standard error, which must be all there is."""
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("builder: "), self.err
        return self.err.removeprefix("builder: ").rstrip("\n")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    return RememberingReader(knowledge)


def workshop_of(folder: Path, seeds: tuple[str, ...]) -> Path:
    """A release file of the shipped one's settings, beside the folder of the seeds it names."""
    (folder / "articles").mkdir()
    for seed in seeds:
        shutil.copy(seeds_folder() / f"{seed}.json", folder / "articles")
    settings = yaml.safe_load(default_release_file().read_text(encoding="utf-8"))
    settings |= {"name": "small", "articles": ["articles"]}
    settings["perturbations"] = dict.fromkeys(settings["perturbations"], 1.0)
    (folder / "small.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder / "small.yaml"


@pytest.fixture(scope="session")
def release_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release file of the small release."""
    return workshop_of(tmp_path_factory.mktemp("workshop"), SEEDS)


@pytest.fixture(scope="session")
def built(release_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The small release; tests must not change it."""
    out = tmp_path_factory.mktemp("built") / "small"
    build(load_release_file(release_file), out)
    return Folder(out)


@pytest.fixture(scope="session")
def smaller_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release file of the release of a few articles."""
    return workshop_of(tmp_path_factory.mktemp("workshop"), FEW)


@pytest.fixture(scope="session")
def smaller(smaller_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A release of a few articles; tests must not change it."""
    out = tmp_path_factory.mktemp("smaller") / "small"
    build(load_release_file(smaller_file), out)
    return Folder(out)


@pytest.fixture
def copied(smaller: Folder, tmp_path: Path) -> Folder:
    """A release of a few articles, for one test to spoil."""
    return Folder(Path(shutil.copytree(smaller.path, tmp_path / "copied")))


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    """Runs `python -m builder` in an empty folder, and sees that it is no traceback."""

    def command(*arguments: object, **more: Any) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "builder", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd=tmp_path,
            **more,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return command


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a JSON Lines file of articles; strings and bytes go in as they are."""

    def file(*lines: Any, name: str = "articles.jsonl", end: str = "\n") -> Path:
        path = tmp_path / name
        data = b"".join(
            line if isinstance(line, bytes) else _line(line).encode("utf-8") + end.encode()
            for line in lines
        )
        path.write_bytes(data)
        return path

    return file


def _line(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)

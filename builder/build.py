"""`builder build`: from a release file to a release folder, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.errors import BuilderError, UsageError
from builder.pipeline import Made, Pair, Pipeline, Tally
from builder.release.card import write_card
from builder.release.checksums import write_checksums
from builder.release.manifest import manifest_of, write_manifest
from builder.release.shards import write_shard
from builder.release_file import ReleaseFile
from builder.sources import SourceArticle, read_articles
from builder.splits import FEW_GROUPS, split_of
from perturbations.knowledge import Knowledge, KnowledgeError, load
from perturbations.perturbation import (
    Catalogue,
    Perturbation,
    PluginError,
    UnknownPerturbationError,
)
from perturbations.record import CANARY, SPLITS, Record

Rows = dict[tuple[str, str], list[dict[str, Any]]]
"""Rows by `(config, split)`, ordered by id."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and what it warns of."""

    manifest: Mapping[str, Any]
    tally: Tally
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """Rows and counts of all articles so far."""

    records: list[Record] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    natural: list[Record] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    articles: Counter[str] = field(default_factory=Counter)

    def add(self, made: Made) -> None:
        self.records += made.records
        self.pairs += made.pairs
        self.tally.add(made.tally)
        self.articles["clean" if made.records else "unclean"] += 1


def build(
    release: ReleaseFile, out: Path, *, overwrite: bool = False, progress: Progress | None = None
) -> Built:
    """Builds a release into `out`.

    The folder is made beside `out` and moved there when it is whole; nothing is left behind
    otherwise.

    Raises:
        UsageError: `out` exists and `overwrite` is not set; an unknown perturbation or source.
        BuilderError: a source or the knowledge is malformed, or no row could be made.
    """
    perturbations = load_perturbations(release.perturbations)
    knowledge = load_knowledge()
    sources = read_articles(release.articles)
    with staged(out, overwrite=overwrite) as folder:
        gathered = _gather(Pipeline(release, perturbations, knowledge), sources, progress)
        rows = rows_of(gathered.records, gathered.pairs, gathered.natural, release)
        shards = {
            key: write_shard(folder, *key, rows[key]) for key in sorted(rows, key=_config_order)
        }
        manifest = manifest_of(
            release,
            knowledge,
            rows,
            shards,
            gathered.tally,
            dict(sorted(gathered.articles.items())),
        )
        write_manifest(folder, manifest)
        write_card(folder, manifest)
        write_checksums(folder)
    return Built(manifest, gathered.tally, tuple(_warnings(manifest, release)))


def load_perturbations(shares: Mapping[str, float]) -> dict[str, Perturbation]:
    """The perturbations of a release file, by name.

    Raises:
        UsageError: an unknown name, with the nearest known one, or a plug-in that does not load.
    """
    catalogue = Catalogue()
    try:
        return {name: catalogue.load(name) for name in shares}
    except (UnknownPerturbationError, PluginError) as error:
        raise UsageError(str(error)) from None


def load_knowledge() -> Knowledge:
    """The knowledge that ships with the project, or that the environment names.

    Raises:
        BuilderError: a table is malformed.
    """
    try:
        return load()
    except KnowledgeError as error:
        raise BuilderError(str(error)) from None


def _gather(
    pipeline: Pipeline, sources: Sequence[SourceArticle], progress: Progress | None
) -> _Gathered:
    gathered = _Gathered()
    for done, source in enumerate(sources, start=1):
        if source.kind == "clean":
            gathered.add(pipeline.make(source))
        else:
            gathered.natural.append(pipeline.natural(source))
            gathered.articles[source.kind] += 1
        if progress is not None:
            progress(done, len(sources))
    if not gathered.records:
        raise BuilderError("no row could be made: in every article a rule found a defect")
    return gathered


def rows_of(
    records: Sequence[Record],
    pairs: Sequence[Pair],
    natural: Sequence[Record],
    release: ReleaseFile,
) -> Rows:
    """Sorts the rows into configs and splits; a text that stands twice in a config stays once.

    Natural articles and their twins all go to the test split; an empty split is not written.
    """
    rows: Rows = {}
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            continue
        seen.add(record.id)
        split = split_of(record.group, release.splits, release.seed)
        rows.setdefault(("default", split), []).append(record.to_json())
    for pair in pairs:
        split = split_of(pair.source.group, release.splits, release.seed)
        rows.setdefault(("pairs", split), []).append(pair_row(pair))
    for record in natural:
        rows.setdefault(("natural", "test"), []).append(record.to_json())
    for (config, _), part in rows.items():
        part.sort(key=lambda row: str(row["pair_id" if config == "pairs" else "id"]))
    return rows


def pair_row(pair: Pair) -> dict[str, Any]:
    """The row of the config `pairs`."""
    variant, control = pair.variant.to_json(), pair.control.to_json()
    return {
        "pair_id": variant["pair_id"],
        "group": variant["group"],
        "perturbation": variant["perturbation"],
        "published": variant["published"],
        "source_id": pair.source.id,
        "source_text": pair.source.text,
        "variant_id": variant["id"],
        "variant_text": variant["text"],
        "control_id": control["id"],
        "control_text": control["text"],
        "defects": variant["defects"],
        "edits": variant["edits"],
        "control_edits": control["edits"],
        "canary": CANARY,
    }


@contextmanager
def staged(out: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder beside `out` that takes its place when the block ends well, and vanishes if not.

    Raises:
        UsageError: `out` exists and may not be overwritten, or its parent cannot be written to.
    """
    if out.exists() and not overwrite:
        raise UsageError(f"{out} exists; choose another --out, or add --overwrite")
    if out.exists() and not (out / "manifest.json").is_file() and any(out.iterdir()):
        raise UsageError(f"{out} is no release (it has no manifest.json); --overwrite spares it")
    partial = out.with_name(f".{out.name}.partial-{os.getpid()}")
    try:
        partial.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"cannot write beside {out}: {error.strerror}") from None
    try:
        yield partial
        if out.exists():
            shutil.rmtree(out)
        partial.rename(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _config_order(key: tuple[str, str]) -> tuple[str, int]:
    return key[0], SPLITS.index(key[1])


def _warnings(manifest: Mapping[str, Any], release: ReleaseFile) -> Iterator[str]:
    groups = manifest["rows"]["groups_by_split"]
    for split in SPLITS:
        if release.splits.get(split) and split not in groups:
            yield f"split {split} came out empty and was not written"
        elif 0 < groups.get(split, 0) < FEW_GROUPS:
            yield f"split {split} has {groups[split]} groups, under {FEW_GROUPS}: wide intervals"

"""`builder build`: from a release file to a release folder, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.errors import BuilderError, UsageError
from builder.pipeline import Made, Pair, Pipeline, Tally
from builder.pool import pool
from builder.release.card import write_card
from builder.release.checksums import write_checksums
from builder.release.manifest import manifest_of, write_manifest
from builder.release.shards import write_shard
from builder.release.staging import staged
from builder.release_file import ReleaseFile
from builder.sources import SourceArticle, objection, read_articles
from builder.splits import FEW_GROUPS, split_of
from perturbations.knowledge import Knowledge, KnowledgeError, load
from perturbations.knowledge.horizon import beyond
from perturbations.perturbation import (
    Catalogue,
    Perturbation,
    PluginError,
    UnknownPerturbationError,
)
from perturbations.reading.reader import Reader
from perturbations.record import CANARY, SPLITS, Record, row_id
from perturbations.text import Article

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

    pipeline: Pipeline
    records: list[Record] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    natural: list[Record] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    articles: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    """Of all rows: a text stands once in a release, in one group."""

    def take(self, source: SourceArticle) -> None:
        """Makes the rows of one article, unless its licence or an equal article forbids it."""
        article = source.article
        reason = objection(article.licence)
        if reason is not None:
            self.tally.unlicensed[reason] += 1
            self.articles["unlicensed"] += 1
        elif _id_of(article) in self.ids:
            self.articles["duplicate"] += 1
        elif source.kind == "clean":
            self._add(self.pipeline.make(source))
        else:
            record = self.pipeline.natural(source)
            self.ids.add(record.id)
            self.natural.append(record)
            self.articles[source.kind] += 1

    def _add(self, made: Made) -> None:
        self.tally.add(made.tally)
        if made.tally.broken:
            self.articles["broken"] += 1
        else:
            self.articles["clean" if made.records else "unclean"] += 1
        dropped = set()
        for pair in made.pairs:
            if {pair.variant.id, pair.control.id} & self.ids:
                dropped.add(pair.variant.pair_id)
                name = str(pair.variant.perturbation)
                self.tally.written[name] -= 1
                self.tally.refused[name, "a row of another article has the same text"] += 1
            else:
                self.pairs.append(pair)
        kept = [r for r in made.records if r.pair_id is None or r.pair_id not in dropped]
        self.records += kept
        self.ids.update(record.id for record in kept)


def build(
    release: ReleaseFile,
    out: Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
    overlay: Path | None = None,
) -> Built:
    """Builds a release into `out`.

    The folder is made beside `out` and moved there when it is whole; nothing is left behind
    otherwise. `overlay` is a folder of tables to lay over the shipped knowledge.

    Raises:
        UsageError: `out` exists and `overwrite` is not set; an unknown perturbation or source.
        BuilderError: a source or the knowledge is malformed, or no row could be made.
    """
    catalogue = Catalogue()
    perturbations = load_perturbations(release, catalogue)
    sources = read_articles(release.articles)
    knowledge = load_knowledge(overlay)
    with staged(out, overwrite=overwrite) as folder:
        passages = pool(release, perturbations, sources, Reader(knowledge))
        pipeline = Pipeline(release, perturbations, knowledge, passages)
        gathered = _gather(pipeline, sources, progress)
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
    warnings = (
        *(f"{error}; skipped" for error in catalogue.broken()),
        *beyond((source.article.reference_date for source in sources), knowledge),
        *_warnings(manifest, release),
    )
    return Built(manifest, gathered.tally, warnings)


def load_perturbations(
    release: ReleaseFile, catalogue: Catalogue | None = None
) -> dict[str, Perturbation]:
    """The perturbations of a release file, by name.

    Raises:
        UsageError: an unknown name, with the nearest known one, or a plug-in that does not load.
    """
    catalogue = catalogue or Catalogue()
    try:
        return {name: catalogue.load(name) for name in release.perturbations}
    except (UnknownPerturbationError, PluginError) as error:
        raise UsageError(f"{release.path}: perturbations: {error}") from None


def load_knowledge(overlay: Path | None = None) -> Knowledge:
    """The knowledge that ships with the project, or that the environment names.

    Args:
        overlay: a folder of tables to lay over it.

    Raises:
        UsageError: there is no such folder.
        BuilderError: a table is missing or malformed.
    """
    if overlay is not None and not overlay.is_dir():
        raise UsageError(f"--knowledge must name a folder of tables, got {overlay}")
    try:
        return load(overlay=overlay)
    except (KnowledgeError, FileNotFoundError) as error:
        raise BuilderError(str(error)) from None


def _gather(
    pipeline: Pipeline, sources: Iterable[SourceArticle], progress: Progress | None
) -> _Gathered:
    """Natural articles first, then by id: which of two equal texts stays must not depend on order.

    Raises:
        BuilderError: not a row could be made of clean articles.
    """
    gathered = _Gathered(pipeline)
    ordered = sorted(sources, key=lambda one: (one.kind == "clean", one.article.id))
    for done, source in enumerate(ordered, start=1):
        gathered.take(source)
        if progress is not None:
            progress(done, len(ordered))
    if not gathered.records:
        raise BuilderError(f"no row could be made of {len(ordered)} articles: {_why(gathered)}")
    return gathered


def _id_of(article: Article) -> str:
    published = article.published.isoformat() if article.published else None
    return row_id(article.text, published, article.language, CANARY)


def _why(gathered: _Gathered) -> str:
    reasons = [f"{count} left out because {reason}" for reason, count in _left_out(gathered.tally)]
    hint = "; give each article a `licence`" if gathered.tally.unlicensed else ""
    return ", ".join(reasons) + hint


def _left_out(tally: Tally) -> Iterator[tuple[str, int]]:
    yield from sorted(tally.unlicensed.items())
    for slug, count in sorted(tally.unclean.items()):
        yield f"a rule finds {slug}", count
    yield from sorted(tally.broken.items())


def rows_of(
    records: Sequence[Record],
    pairs: Sequence[Pair],
    natural: Sequence[Record],
    release: ReleaseFile,
) -> Rows:
    """Sorts the rows into configs and splits, by id.

    Natural articles and their twins all go to the test split; an empty split is not written.
    """
    rows: Rows = {}
    for record in records:
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


def _config_order(key: tuple[str, str]) -> tuple[str, int]:
    return key[0], SPLITS.index(key[1])


def _warnings(manifest: Mapping[str, Any], release: ReleaseFile) -> Iterator[str]:
    groups = manifest["rows"]["groups_by_split"]
    for split in SPLITS:
        if release.splits.get(split) and split not in groups:
            yield f"split {split} came out empty and was not written"
        elif 0 < groups.get(split, 0) < FEW_GROUPS:
            yield f"split {split} has {groups[split]} groups, under {FEW_GROUPS}: wide intervals"

"""Reads a release folder: its manifest, its shards, and its rows split into question and gold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.errors import ReleaseError, UsageError, nearest
from perturbations.record import CANARY, Kind

MANIFEST = "manifest.json"
RUNNABLE_CONFIGS = ("default", "natural")
"""Configs of rows; `pairs` holds the same rows side by side."""

Range = tuple[int, int]
"""Code points `start` to `end` (exclusive) of a row's text."""


@dataclass(frozen=True, slots=True)
class Example:
    """All that a detector ever sees of a row. Dates are ISO strings or None."""

    id: str
    text: str
    title: str
    published: str | None
    updated: str | None
    language: str


@dataclass(frozen=True, slots=True)
class GoldDefect:
    """A defect as scoring needs it, in code points of the row's text.

    `evidence` holds the evidence that is text; evidence in the metadata or the knowledge stands in
    `beyond` as words. `unordered`: of an internal conflict marking either end is a hit.
    """

    type: str
    family: str
    spans: tuple[Range, ...]
    evidence: tuple[Range, ...]
    beyond: tuple[str, ...]
    evidence_kind: str
    basis: str | None
    explanation: str
    certainty: str

    @property
    def unordered(self) -> bool:
        """Whether the defect is a conflict between two places, neither of which is the wrong one.

        Only where both ends are text: an internal conflict without evidence spans has one end.
        """
        return self.evidence_kind == "internal" and bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a release: what may be seen, and what must be known to score it."""

    example: Example
    label: int
    kind: Kind
    group: str
    perturbation: str | None
    source_id: str | None
    pair_id: str | None
    defects: tuple[GoldDefect, ...]

    @property
    def id(self) -> str:
        """The row's id."""
        return self.example.id

    @property
    def types(self) -> tuple[str, ...]:
        """Types of its defects, sorted, each once."""
        return tuple(sorted({defect.type for defect in self.defects}))

    @property
    def bases(self) -> tuple[str, ...]:
        """What its slots rest on; empty where no defect is proven by the rule `slot`."""
        return tuple(sorted({d.basis for d in self.defects if d.basis is not None}))


@dataclass(frozen=True, slots=True)
class Split:
    """The rows of one split of one config, and the SHA-256 of each shard they were read from."""

    config: str
    name: str
    rows: tuple[Row, ...]
    shards: Mapping[str, str]

    @property
    def address(self) -> str:
        """`config/split`."""
        return f"{self.config}/{self.name}"

    @property
    def content_hash(self) -> str:
        """blake2b (32 hexadecimal digits) over the shards' names and SHA-256."""
        lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(self.shards.items()))
        return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Release:
    """A release folder with its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Release:
        """Reads the manifest of a release.

        Raises:
            UsageError: there is no such folder.
            ReleaseError: the folder holds no readable manifest.
        """
        if not folder.is_dir():
            raise UsageError(
                f"no release at '{folder}': not a folder; build one with builder build"
            )
        path = folder / MANIFEST
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ReleaseError(
                f"'{folder}' holds no {MANIFEST}, so it is not a release; name the folder that "
                "builder build wrote"
            ) from None
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ReleaseError(f"'{path}' is not JSON: {error}") from None
        if not isinstance(manifest, dict) or not isinstance(manifest.get("configs"), dict):
            raise ReleaseError(f"'{path}' must be an object with the key 'configs'")
        return cls(folder, manifest)

    @property
    def digest(self) -> str | None:
        """The digest that the manifest gives for the whole release."""
        digest = self.manifest.get("digest")
        return str(digest) if digest is not None else None

    def has(self, config: str, split: str) -> bool:
        """Whether the manifest lists that split."""
        return split in self.manifest["configs"].get(config, {})

    def read(self, config: str, split: str) -> Split:
        """Reads one split, checking every shard against the manifest.

        Raises:
            UsageError: the release has no such config or split, or the config is no table of rows.
            ReleaseError: a shard is missing or changed, or a row breaks the contract.
        """
        entry = self._entry(config, split)
        rows: list[Row] = []
        shards: dict[str, str] = {}
        for path, sha256, count in _listed(entry, f"{config}/{split}"):
            shards[path] = self._checked(path, sha256)
            found = _read_shard(self.folder / path, config)
            if len(found) != count:
                raise ReleaseError(
                    f"shard '{path}' has {len(found)} rows, but {MANIFEST} says {count}"
                )
            rows += [row_of(raw, where=f"{path} row {i}") for i, raw in enumerate(found)]
        if not rows:
            raise ReleaseError(f"{config}/{split} of '{self.folder}' has no rows")
        _refuse_doubles(rows, f"{config}/{split}")
        return Split(config, split, tuple(rows), shards)

    def _entry(self, config: str, split: str) -> Mapping[str, Any]:
        configs = self.manifest["configs"]
        if config not in RUNNABLE_CONFIGS:
            known = [name for name in RUNNABLE_CONFIGS if name in configs]
            raise UsageError(
                f"config must be one of {', '.join(known)}, got {config!r}"
                + (
                    " (its rows stand in 'default')"
                    if config == "pairs"
                    else nearest(config, known)
                )
            )
        if config not in configs:
            raise UsageError(
                f"release '{self.folder}' has no config {config!r}; it has {', '.join(configs)}"
            )
        if split not in configs[config]:
            known = list(configs[config])
            raise UsageError(
                f"config {config!r} of '{self.folder}' has no split {split!r}; it has "
                f"{', '.join(known)}{nearest(split, known)}"
            )
        entry: Mapping[str, Any] = configs[config][split]
        return entry

    def _checked(self, path: str, expected: str) -> str:
        file = self.folder / path
        if not file.resolve().is_relative_to(self.folder.resolve()):
            raise ReleaseError(f"shard '{path}' of {MANIFEST} lies outside '{self.folder}'")
        try:
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            raise ReleaseError(
                f"shard '{path}' is missing from '{self.folder}', but {MANIFEST} lists it; build "
                "or download the release again"
            ) from None
        if found != expected:
            raise ReleaseError(
                f"shard '{path}' of '{self.folder}' was changed: its SHA-256 is {found[:12]}..., "
                f"{MANIFEST} says {expected[:12]}..."
            )
        return found


def _listed(entry: Mapping[str, Any], where: str) -> list[tuple[str, str, int]]:
    """Path, SHA-256 and number of rows of every shard of a manifest's entry."""
    try:
        return [(str(s["path"]), str(s["sha256"]), int(s["rows"])) for s in entry["shards"]]
    except (KeyError, TypeError, ValueError):
        raise ReleaseError(
            f"{MANIFEST} must list the shards of {where} as [{{path, rows, sha256}}, ...]"
        ) from None


def _read_shard(path: Path, config: str) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from perturbations.record import arrow_schema

    try:
        table = pq.ParquetFile(path).read()
    except pa.ArrowInvalid as error:
        raise ReleaseError(f"shard '{path}' is not Parquet: {error}") from None
    missing = [name for name in arrow_schema(config).names if name not in table.column_names]
    if missing:
        raise ReleaseError(f"shard '{path}' lacks the columns {', '.join(missing)}")
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _refuse_doubles(rows: Sequence[Row], where: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise ReleaseError(f"id {row.id!r} stands twice in {where}; ids must be unique")
        seen.add(row.id)


def row_of(raw: Mapping[str, Any], *, where: str) -> Row:
    """Reads a row as a release holds it.

    Args:
        raw: a mapping with the columns of `perturbations.record.ROW_FIELDS`.
        where: names the place in errors.

    Raises:
        ReleaseError: label or kind are outside their vocabulary, or a span does not hold what it
            says.
    """
    text = str(raw["text"])
    if raw["label"] not in (0, 1):
        raise ReleaseError(f"label must be 0 or 1, got {raw['label']!r} in {where}")
    try:
        kind = Kind(raw["kind"])
    except ValueError:
        raise ReleaseError(
            f"kind must be one of {', '.join(Kind)}, got {raw['kind']!r} in {where}"
        ) from None
    return Row(
        example=Example(
            id=str(raw["id"]),
            text=text,
            title=str(raw["title"] or ""),
            published=raw["published"],
            updated=raw["updated"],
            language=str(raw["language"]),
        ),
        label=int(raw["label"]),
        kind=kind,
        group=str(raw["group"]),
        perturbation=raw["perturbation"],
        source_id=raw["source_id"],
        pair_id=raw["pair_id"],
        defects=tuple(_defect_of(d, text, where) for d in raw["defects"] or ()),
    )


def _defect_of(raw: Mapping[str, Any], text: str, where: str) -> GoldDefect:
    evidence = raw["evidence"] or ()
    return GoldDefect(
        type=str(raw["type"]),
        family=str(raw["family"]),
        spans=tuple(_range_of(span, text, where) for span in raw["spans"]),
        evidence=tuple(_range_of(e, text, where) for e in evidence if e["start"] is not None),
        beyond=tuple(
            f"{e['role']}: {e['field'] or e['fact']}" for e in evidence if e["start"] is None
        ),
        evidence_kind=str(raw["evidence_kind"]),
        basis=raw["basis"],
        explanation=str(raw["explanation"]),
        certainty=str(raw["certainty"]),
    )


def _range_of(raw: Mapping[str, Any], text: str, where: str) -> Range:
    start, end = int(raw["start"]), int(raw["end"])
    if not 0 <= start <= end <= len(text) or text[start:end] != raw["text"]:
        raise ReleaseError(
            f"span {start}..{end} says {raw['text']!r}, but the text there is "
            f"{text[max(start, 0) : max(end, 0)]!r} in {where}"
        )
    return start, end


def notice() -> str:
    """What every page that shows rows must say of them."""
    return f"These articles were made or altered for a test. They are synthetic, not news. {CANARY}"

"""The files of a release: checksums, manifest, shards, card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from builder.release.card import NAME as CARD
from builder.release.card import card_of
from builder.release.checksums import NAME as CHECKSUMS
from builder.release.checksums import check_checksums, listed_files
from builder.release.manifest import NAME as MANIFEST
from builder.release.manifest import release_digest
from builder.release.shards import file_sha256, read_shard, rows_digest
from builder.release_file import describe
from builder.verify.verification import Row, Verification
from perturbations.defects.screen import RULES
from perturbations.knowledge import Knowledge, data_folder
from perturbations.record import arrow_schema

HIDDEN_CARD = ".huggingface.yaml"
"""Overrides the card's front matter where it stands, so that other rows would be loaded."""

OPTIONAL = frozenset(("published", "updated", "perturbation", "source_id", "pair_id", "url"))
"""Columns that may be null; all others must be there."""


def check_manifest(manifest: Row, knowledge: Knowledge, found: Verification) -> bool:
    """Holds the manifest against its schema and the tables; whether the rest can be checked."""
    schema = json.loads((data_folder() / "schemas" / "manifest.schema.json").read_text("utf-8"))
    faults = sorted(Draft202012Validator(schema).iter_errors(manifest), key=lambda e: e.json_path)
    for fault in faults:
        found.fail(MANIFEST, describe(fault))
    if faults:
        return False
    _check_knowledge(manifest["knowledge"], knowledge, found)
    if manifest["rules"] != list(RULES):
        found.fail(MANIFEST, f"rules are {manifest['rules']}, but here they are {list(RULES)}")
    for key in ("name", "version"):
        if manifest[key] != manifest["release"][key]:
            found.fail(MANIFEST, f"{key} is {manifest[key]!r}, but not in its release file")
    return True


def _check_knowledge(made: Row, here: Knowledge, found: Verification) -> None:
    """The tables here are those of the release; else it says which of them differ."""
    if made["digest"] == here.digest:
        if made["version"] != here.version:
            found.fail(MANIFEST, f"knowledge {made['version']} is called {here.version} here")
        return
    overlay = made.get("overlay"), here.parts.get("overlay")
    shipped = made.get("shipped", made["digest"]), here.parts.get("shipped", here.digest)
    if shipped[0] != shipped[1]:
        found.fail(
            MANIFEST,
            f"the release was made with knowledge {made['version']} ({shipped[0]}), but the "
            f"tables here are {here.version} ({shipped[1]})",
        )
    if overlay[0] is not None and overlay[1] is None:
        found.fail(
            MANIFEST,
            f"the release was made with an overlay of tables ({overlay[0]}); name its folder with "
            "--knowledge",
        )
    elif overlay[0] is None and overlay[1] is not None:
        found.fail(MANIFEST, "the release was made without --knowledge; verify it without")
    elif overlay[0] != overlay[1]:
        found.fail(
            MANIFEST,
            f"the release was made with the overlay {overlay[0]}, but the tables of --knowledge "
            f"are {overlay[1]}",
        )


def check_files(folder: Path, manifest: Row | None, found: Verification) -> None:
    """Every file has its checksum, and (where there is a manifest) its place in the release."""
    for problem in check_checksums(folder):
        found.failures.append(problem)
    files = listed_files(folder)
    found.checked["files"] = len(files)
    if (folder / HIDDEN_CARD).exists():
        found.fail(HIDDEN_CARD, "is no part of a release, and would override its card")
    if manifest is not None:
        known = {CARD, MANIFEST, CHECKSUMS, *(shard["path"] for shard in _shards(manifest))}
        for name in files:
            if name not in known:
                found.fail(name, "is no part of the release; manifest.json does not name it")


def read_rows(
    folder: Path, manifest: Row, found: Verification
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Reads every shard that can be read; checks its checksum, schema, order and digest."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    shards: dict[tuple[str, str], Row] = {}
    for config, splits in manifest["configs"].items():
        for split, entry in splits.items():
            if entry["rows"] != sum(shard["rows"] for shard in entry["shards"]):
                found.fail(MANIFEST, f"rows of {config}/{split} are not those of its shards")
            for shard in entry["shards"]:
                shards[config, split] = shard
                part = _read_shard(folder, config, shard, found)
                if part is not None:
                    rows.setdefault((config, split), []).extend(part)
    if release_digest(shards) != manifest["digest"]:
        found.fail(MANIFEST, "its digest is not that of its shards")
    return rows


def _read_shard(
    folder: Path, config: str, shard: Row, found: Verification
) -> list[dict[str, Any]] | None:
    """The rows of one shard; None where it cannot be read, or its rows are none of the config."""
    import pyarrow.parquet as pq

    place, path = shard["path"], folder / shard["path"]
    if not path.is_file():
        found.fail(place, "the shard is missing")
        return None
    if file_sha256(path) != shard["sha256"]:
        found.fail(place, "its sha256 is not the one in manifest.json")
    try:
        schema = pq.read_schema(path)
        part = read_shard(path)
    except (ValueError, OSError) as error:
        # Arrow's own errors are ValueErrors or OSErrors; text that is no UTF-8 is one, too.
        found.fail(place, f"it cannot be read as Parquet: {' '.join(str(error).split())[:120]}")
        return None
    found.checked["shards"] += 1
    if not schema.remove_metadata().equals(arrow_schema(config)):
        found.fail(place, f"its schema is not the one of the config {config}")
        return None
    _check_shard(place, config, schema, part, shard, found)
    return part if _is_whole(place, part, found) else None


def _is_whole(place: str, part: Sequence[Row], found: Verification) -> bool:
    """Whether every row has the values that no row can do without."""
    whole = True
    for number, row in enumerate(part):
        for name, value in row.items():
            empty = value is None or (isinstance(value, list) and None in value)
            if empty and name not in OPTIONAL:
                found.fail(place, f"{name} of row {number} is null, or has a null in it")
                whole = False
    return whole


def _check_shard(
    place: str, config: str, schema: Any, part: Sequence[Row], shard: Row, found: Verification
) -> None:
    if schema.metadata and b"huggingface" in schema.metadata:
        found.fail(place, "it carries `huggingface` schema metadata")
    if len(part) != shard["rows"]:
        found.fail(place, f"it has {len(part)} rows, not the {shard['rows']} of manifest.json")
    if rows_digest(part) != shard["digest"]:
        found.fail(place, "the digest of its rows is not the one in manifest.json")
    ids = [str(row["pair_id" if config == "pairs" else "id"]) for row in part]
    if ids != sorted(ids):
        found.fail(place, "its rows are not ordered by id")


def check_card(folder: Path, manifest: Row, found: Verification) -> None:
    """The card is rendered anew from the manifest, and must be the same to the letter."""
    path = folder / CARD
    if not path.is_file():
        found.fail(CARD, "the card is missing")
        return
    paths = [shard["path"] for shard in _shards(manifest)]
    if not all((folder / name).is_file() for name in paths):
        return
    wanted = card_of(manifest, {name: (folder / name).stat().st_size for name in paths})
    there = path.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, (line, expected) in enumerate(
        zip(there, wanted.split("\n"), strict=False), start=1
    ):
        if line != expected:
            found.fail(
                CARD, f"line {number} is {line[:80]!r}, but manifest.json gives {expected[:80]!r}"
            )
    if len(there) != len(wanted.split("\n")):
        found.fail(CARD, "it is longer or shorter than the card that manifest.json gives")
    found.checked["lines of the card"] = len(there)


def _shards(manifest: Row) -> list[Mapping[str, Any]]:
    return [
        shard
        for splits in manifest["configs"].values()
        for entry in splits.values()
        for shard in entry["shards"]
    ]

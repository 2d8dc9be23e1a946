"""The manifest: everything that is needed to rebuild a release, and what came of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from builder.errors import BuilderError
from builder.pipeline import COMBINED, Tally
from builder.release_file import ReleaseFile
from perturbations.composition import names_in
from perturbations.defects.screen import RULES
from perturbations.knowledge import Knowledge
from perturbations.record import SPLITS

NAME = "manifest.json"
SCHEMA_VERSION = 1
LIBRARIES = ("datasets", "pyarrow", "faker", "ahocorasick-rs", "google-re2", "babel")
"""Packages whose version can change rows or bytes."""


def manifest_of(
    release: ReleaseFile,
    knowledge: Knowledge,
    rows: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
    shards: Mapping[tuple[str, str], Mapping[str, Any]],
    tally: Tally,
    articles: Mapping[str, int],
) -> dict[str, Any]:
    """Puts the manifest together; it holds no time and no path, so that rebuilds are the same."""
    configs: dict[str, dict[str, Any]] = {}
    for (config, split), shard in shards.items():
        entry = {"rows": shard["rows"], "shards": [dict(shard)]}
        configs.setdefault(config, {})[split] = entry
    return {
        "schema_version": SCHEMA_VERSION,
        "name": release.name,
        "version": release.version,
        "digest": release_digest(shards),
        "release": release.to_json(),
        "knowledge": {
            "version": knowledge.version,
            "digest": knowledge.digest,
            **knowledge.parts,
        },
        "code": {"inconsistent-news": version("inconsistent-news")},
        "made_with": {name: version(name) for name in LIBRARIES},
        "rules": list(RULES),
        "articles": dict(articles),
        "rows": row_counts(rows),
        "not_made": {
            "not_applicable": _reasons(tally.not_applicable),
            "refused": _reasons(tally.refused),
            "not_drawn": dict(sorted(tally.skipped.items())),
            "unclean_articles": dict(sorted(tally.unclean.items())),
            "unlicensed_articles": dict(sorted(tally.unlicensed.items())),
            "broken_articles": dict(sorted(tally.broken.items())),
        },
        "configs": configs,
    }


def row_counts(rows: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """What the rows say of themselves; licences over all configs, the rest over `default`."""
    default = [row for (config, _), part in rows.items() if config == "default" for row in part]
    whole = [row for (config, _), part in rows.items() if config != "pairs" for row in part]
    return {
        "by_kind": _counted(row["kind"] for row in default),
        "by_type": _counted(d["type"] for row in default for d in row["defects"]),
        "by_perturbation": _counted(
            row["perturbation"] if len(names_in(row["perturbation"])) == 1 else COMBINED
            for row in default
            if row["kind"] == "variant"
        ),
        "groups": len({row["group"] for row in default}),
        "groups_by_split": {
            split: len({row["group"] for row in rows["default", split]})
            for split in SPLITS
            if ("default", split) in rows
        },
        "licences": _counted(row["licence"] for row in whole),
    }


def release_digest(shards: Mapping[tuple[str, str], Mapping[str, Any]]) -> str:
    """blake2b over config, split and rows' digest of every shard: the release's content."""
    digest = hashlib.blake2b(digest_size=16)
    for config, split in sorted(shards):
        digest.update(f"{config}/{split}/{shards[config, split]['digest']}\n".encode())
    return digest.hexdigest()


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes the manifest, keys in the order given."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Reads a release's manifest.

    Raises:
        BuilderError: it is missing or unreadable.
    """
    path = folder / NAME
    if not path.is_file():
        raise BuilderError(f"{folder} is no release: it has no {NAME}")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BuilderError(f"{path} is not JSON in UTF-8: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("configs"), dict):
        raise BuilderError(f"{path} must be an object with `configs`")
    return found


def _counted(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(map(str, values)).items()))


def _reasons(counter: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Counts by perturbation, then by reason, the commonest first."""
    found: dict[str, dict[str, int]] = {}
    for (name, reason), count in sorted(
        counter.items(), key=lambda item: (item[0][0], -item[1], item[0][1])
    ):
        found.setdefault(name, {})[reason] = count
    return found

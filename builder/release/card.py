"""The card: README.md with the front matter that `load_dataset` reads, rendered from a template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.sources import hub_licence
from perturbations.defects import TAXONOMY
from perturbations.knowledge import data_folder
from perturbations.record import CANARY, CONFIGS, features

NAME = "README.md"
TEMPLATE = "card.md.j2"


def card_of(manifest: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """Renders the card.

    Args:
        manifest: of the release.
        sizes: bytes of each shard, by path.
    """
    import yaml
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(data_folder() / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    front = yaml.safe_dump(
        front_matter(manifest, sizes), sort_keys=False, allow_unicode=True, width=100
    )
    return environment.get_template(TEMPLATE).render(
        front_matter=front, manifest=manifest, types=_types(manifest), canary=CANARY
    )


def front_matter(manifest: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, Any]:
    """The card's metadata: what the Hub shows, and how each config loads."""
    total = sum(split["rows"] for split in manifest["configs"]["default"].values())
    return {
        "pretty_name": manifest["name"],
        "license": _licences(manifest),
        "language": ["en"],
        "task_categories": ["text-classification", "token-classification"],
        "task_ids": ["fact-checking"],
        "size_categories": [size_category(total)],
        "annotations_creators": ["machine-generated", "expert-generated"],
        "source_datasets": ["original"],
        "tags": ["synthetic", "news", "inconsistency-detection", "perturbation", "benchmark"],
        "configs": [
            {
                "config_name": config,
                "data_files": [
                    {"split": split, "path": [shard["path"] for shard in entry["shards"]]}
                    for split, entry in manifest["configs"][config].items()
                ],
                "description": config_description(config, manifest),
                **({"default": True} if config == "default" else {}),
            }
            for config in CONFIGS
            if config in manifest["configs"]
        ],
        "dataset_info": [
            _info(config, manifest, sizes) for config in CONFIGS if config in manifest["configs"]
        ],
    }


def _licences(manifest: Mapping[str, Any]) -> str | list[str]:
    """The licences that rows inherited, in the Hub's words; one alone is no list."""
    names = sorted({hub_licence(licence) for licence in manifest["rows"]["licences"]})
    return names[0] if len(names) == 1 else names


def config_description(config: str, manifest: Mapping[str, Any]) -> str:
    """Names the content digest, so that a changed release is another config to any cache."""
    return (
        f"{manifest['name']} {manifest['version']}, config {config}, content {manifest['digest']}"
    )


def size_category(rows: int) -> str:
    """The Hub's word for a number of rows."""
    for limit, word in ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K")):
        if rows < limit:
            return word
    return "100K<n<1M" if rows < 1_000_000 else "n>1M"


def write_card(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes README.md."""
    sizes = {
        shard["path"]: (folder / shard["path"]).stat().st_size
        for config in manifest["configs"].values()
        for entry in config.values()
        for shard in entry["shards"]
    }
    (folder / NAME).write_text(card_of(manifest, sizes), encoding="utf-8")


def _info(config: str, manifest: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, Any]:
    from datasets import DatasetInfo

    entries = manifest["configs"][config]
    found: dict[str, Any] = DatasetInfo(features=features(config))._to_yaml_dict()
    splits = [
        {
            "name": split,
            "num_examples": entry["rows"],
            "num_bytes": sum(sizes[shard["path"]] for shard in entry["shards"]),
        }
        for split, entry in entries.items()
    ]
    total = sum(split["num_bytes"] for split in splits)
    return {
        "config_name": config,
        "features": found["features"],
        "splits": splits,
        "download_size": total,
        "dataset_size": total,
    }


def _types(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    counts = manifest["rows"]["by_type"]
    return [
        {
            "slug": slug,
            "family": str(entry.family),
            "definition": entry.definition,
            "control": entry.control,
            "count": counts[slug],
        }
        for slug, entry in TAXONOMY.items()
        if slug in counts
    ]

"""Release files: what a release is built from, read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from builder.errors import UsageError
from perturbations.knowledge import data_folder

DEFAULT_FILE = "release.yaml"
SEEDS = "seeds"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A validated release file; `articles` are absolute paths, or the word `seeds`."""

    name: str
    version: str
    seed: int
    articles: tuple[str, ...]
    perturbations: Mapping[str, float]
    variants_per_article: int
    splits: Mapping[str, float]
    attempts: int = 6
    controls: Literal["required", "optional"] = "required"
    path: Path = field(default_factory=Path)

    def to_json(self) -> dict[str, Any]:
        """What the manifest keeps of it: everything that decides the rows, but no paths."""
        return {
            "name": self.name,
            "version": self.version,
            "seed": self.seed,
            "articles": [Path(place).name for place in self.articles],
            "perturbations": dict(self.perturbations),
            "variants_per_article": self.variants_per_article,
            "attempts": self.attempts,
            "controls": self.controls,
            "splits": dict(self.splits),
        }


def default_release_file() -> Path:
    """The release file that ships with the project."""
    return data_folder() / DEFAULT_FILE


def load_release_file(path: Path) -> ReleaseFile:
    """Reads and validates a release file.

    Raises:
        UsageError: it is missing, is no YAML, or breaks the schema; a wrong key names itself and
            the nearest known one.
    """
    if not path.is_file():
        raise UsageError(f"release file {path} does not exist")
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not YAML in UTF-8: {_one_line(error)}") from None
    schema = json.loads((data_folder() / "schemas" / "release.schema.json").read_text("utf-8"))
    for fault in sorted(Draft202012Validator(schema).iter_errors(value), key=lambda e: e.json_path):
        raise UsageError(f"{path}: {describe(fault)}")
    _check_splits(value["splits"], path)
    value["articles"] = tuple(_resolved(place, path) for place in value["articles"])
    return ReleaseFile(**value, path=path)


def _mapping(schema: Any) -> Mapping[str, Any]:
    return schema if isinstance(schema, Mapping) else {}


def describe(fault: ValidationError) -> str:
    """One line about a schema fault: place, value, expectation, and the nearest known key."""
    place = ".".join(str(part) for part in fault.absolute_path) or "the file"
    if fault.validator == "additionalProperties" and isinstance(fault.instance, dict):
        known = list(_mapping(fault.schema).get("properties", {}))
        unknown = [key for key in fault.instance if key not in known]
        near = get_close_matches(str(unknown[0]), known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
        return f"{place} has an unknown key {unknown[0]!r}{hint}"
    if fault.validator == "required":
        return f"{place}: {fault.message}"
    wanted = _mapping(fault.schema).get("description", f"{fault.validator} {fault.validator_value}")
    return f"{place} is {fault.instance!r}, but should be: {wanted}"


def _check_splits(splits: Mapping[str, float], path: Path) -> None:
    total = sum(splits.values())
    if abs(total - 1) > 1e-9:
        raise UsageError(f"{path}: splits must add up to 1, but add up to {total:g}")


def _resolved(place: str, path: Path) -> str:
    return place if place == SEEDS else str((path.parent / place).resolve())


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())

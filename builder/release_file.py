"""Release files: what a release is built from, read strictly."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

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
    combined: Mapping[int, float] = field(default_factory=dict)
    """How often an article's variants are put together, by how many."""
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
            "combined": {str(count): share for count, share in self.combined.items()},
            "splits": dict(self.splits),
        }


def release_name(words: str) -> str:
    """A release's name made of a file's: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-") or "release"


def default_release_file() -> Path:
    """The release file that ships with the project."""
    return data_folder() / DEFAULT_FILE


def load_release_file(path: Path) -> ReleaseFile:
    """Reads and validates a release file.

    Raises:
        UsageError: it is missing, is no YAML, or breaks the schema; a wrong key names itself and
            the nearest known one.
    """
    value = _read(path)
    if isinstance(value, dict) and isinstance(value.get("combined"), dict):
        # YAML reads 3: as a number, and JSON Schema knows only words as keys.
        value["combined"] = {str(count): share for count, share in value["combined"].items()}
    schema = json.loads((data_folder() / "schemas" / "release.schema.json").read_text("utf-8"))
    for fault in sorted(Draft202012Validator(schema).iter_errors(value), key=lambda e: e.json_path):
        raise UsageError(f"{path}: {describe(fault)}")
    _check_shares(value, path)
    for key in ("seed", "variants_per_article", "attempts"):
        if key in value:
            value[key] = int(value[key])  # JSON Schema takes 3.0 for an integer, too
    value["combined"] = {int(n): share for n, share in value.get("combined", {}).items()}
    value["articles"] = tuple(_resolved(place, path) for place in value["articles"])
    return ReleaseFile(**value, path=path)


class _StrictLoader(yaml.SafeLoader):
    """Safe YAML in which a key stands once in a mapping; YAML itself lets the last one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read(path: Path) -> Any:
    if not path.exists():
        raise UsageError(f"release file {path} does not exist")
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, Loader=_StrictLoader)
    except OSError as error:
        raise UsageError(f"release file {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not YAML in UTF-8: {error.reason} at byte {error.start}; save it as UTF-8"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date that is none, such as an unquoted 2026-13-01.
        raise UsageError(f"{path} is not YAML: {_problem(error)}") from None


def _problem(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return " ".join(str(error).split())
    return f"{error.problem} at line {mark.line + 1} column {mark.column + 1}"


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
    if fault.validator == "required" and isinstance(fault.instance, dict):
        schema = _mapping(fault.schema)
        missing = next(key for key in schema["required"] if key not in fault.instance)
        entry = _mapping(_mapping(schema.get("properties")).get(missing))
        wanted = entry.get("description", "it is required")
        return f"{place} lacks the key {missing!r}: {wanted}"
    wanted = _mapping(fault.schema).get("description", f"{fault.validator} {fault.validator_value}")
    return f"{place} is {fault.instance!r}, but should be: {wanted}"


def _check_shares(value: Mapping[str, Any], path: Path) -> None:
    """What JSON Schema cannot say: no share is NaN, and the splits add up."""
    for place in ("perturbations", "splits", "combined"):
        for name, share in value.get(place, {}).items():
            if math.isnan(share):
                raise UsageError(
                    f"{path}: {place}.{name} is nan, but should be: a probability from 0 to 1"
                )
    total = sum(value["splits"].values())
    if abs(total - 1) > 1e-9:
        raise UsageError(f"{path}: splits must add up to 1, but add up to {total:g}")


def _resolved(place: str, path: Path) -> str:
    return place if place == SEEDS else str((path.parent / place).resolve())

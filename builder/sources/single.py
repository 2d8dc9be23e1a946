"""One article by itself: out of JSON, JSON Lines, plain text or standard input."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from builder.errors import BuilderError, UsageError
from builder.sources.articles import (
    SourceArticle,
    article_from,
    object_from,
    seed_source,
    text_of,
)
from perturbations.seeds import SeedError, load_seed
from perturbations.text.plain import split_plain

STANDARD_INPUT = "-"
STDIN_NAME = "standard input"
_SEED_KEYS = frozenset({"article", "provenance", "slots"})


def read_article(
    place: str, published: str | None = None, language: str | None = None
) -> SourceArticle:
    """Reads the one article of a file.

    Args:
        place: a `.json` file with an article or a seed, a `.jsonl` file with one line, a file of
            plain text (a headline, an empty line, the body), or `-` for standard input, which
            holds JSON or plain text.
        published: an ISO date, where the article gives none.
        language: where the article gives none.

    Raises:
        UsageError: there is no such file, or `published` is no date.
        BuilderError: it holds no article, or several.
    """
    given = {"published": _checked(published), "language": language}
    if place == STANDARD_INPUT:
        return _read(_standard_input(), "stdin", STDIN_NAME, given)
    path = Path(place)
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the file of one article")
    if not path.exists():
        raise UsageError(f"article {path} does not exist")
    content = text_of(path).replace("\r\n", "\n")
    if path.suffix == ".jsonl":
        lines = [line for line in content.split("\n") if line.strip()]
        if len(lines) != 1:
            raise BuilderError(f"{path} must hold one article, but holds {len(lines)}")
        return _article(object_from(lines[0], str(path)), str(path), given)
    if path.suffix == ".json":
        value = object_from(content, str(path))
        return _seed(path) if value.keys() >= _SEED_KEYS else _article(value, str(path), given)
    return _read(content, path.name, str(path), given)


def _read(content: str, name: str, where: str, given: Mapping[str, str | None]) -> SourceArticle:
    if content.lstrip().startswith("{"):
        return _article(object_from(content, where), where, given)
    try:
        found = split_plain(content)
    except ValueError:
        raise BuilderError(
            f"{where} holds no text; expected a headline, an empty line and the body"
        ) from None
    return _article({"id": name, "title": found.title, "body": found.body}, where, given)


def _article(
    value: Mapping[str, Any], where: str, given: Mapping[str, str | None]
) -> SourceArticle:
    """The article of an object, or under its key `article`, with what else is given of it."""
    row = value["article"] if isinstance(value.get("article"), dict) else value
    said = {key: entry for key, entry in row.items() if entry is not None}
    return SourceArticle(article_from({**given, **said}, where), where=where)


def _standard_input() -> str:
    try:
        content = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuilderError(
            f"{STDIN_NAME} is not UTF-8: {error.reason} at byte {error.start}"
        ) from None
    return content.replace("\r\n", "\n")


def _seed(path: Path) -> SourceArticle:
    try:
        return seed_source(load_seed(path))
    except SeedError as error:
        raise BuilderError(str(error)) from None


def _checked(published: str | None) -> str | None:
    try:
        return date.fromisoformat(published).isoformat() if published is not None else None
    except ValueError:
        raise UsageError(
            f"--published must be an ISO date (YYYY-MM-DD), got {published!r}"
        ) from None

"""Articles from seed files and from JSON Lines files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builder.errors import BuilderError, UsageError
from builder.release_file import SEEDS
from perturbations.defects import Defect
from perturbations.proposal import Slots
from perturbations.seeds import Seed, SeedError, load_seeds, seeds_folder
from perturbations.text import Article, ArticleError

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article with what people annotated, as the pipeline takes it."""

    article: Article
    slots: Slots = ()
    defects: tuple[Defect, ...] = ()
    kind: str = "clean"
    """`clean`, or `natural` or `twin`: rows of the config `natural`."""
    twin_of: str | None = None
    where: str = field(default="", compare=False)
    """File and line, for messages."""


def read_articles(places: Iterable[str]) -> list[SourceArticle]:
    """Reads every source in turn.

    Raises:
        UsageError: a source does not exist.
        BuilderError: a file is malformed, empty, or an article id stands twice.
    """
    found: list[SourceArticle] = []
    for place in places:
        path = seeds_folder() if place == SEEDS else Path(place)
        if path.is_dir():
            part = read_seeds(path)
        elif path.exists():
            part = read_json_lines(path)
        else:
            raise UsageError(f"source {path} does not exist: a folder of seeds or a .jsonl file")
        if not part:
            expected = "*.json seed files" if path.is_dir() else "one article object a line"
            raise BuilderError(f"source {path} holds no article; expected {expected}")
        found += part
    _check_ids(found)
    if not any(source.kind == "clean" for source in found):
        raise BuilderError("the sources hold no clean article to make variants of")
    return found


def read_seeds(folder: Path) -> list[SourceArticle]:
    """Reads a folder of seed files.

    Raises:
        BuilderError: one of them breaks the contract.
    """
    try:
        return [seed_source(seed) for seed in load_seeds(folder)]
    except SeedError as error:
        raise BuilderError(str(error)) from None


def read_json_lines(path: Path) -> list[SourceArticle]:
    """Reads a file with one article object a line; an article without an id gets one of its hash.

    Raises:
        BuilderError: a line is no article; the message names file and line.
    """
    return list(_json_lines(path))


def _json_lines(path: Path) -> Iterator[SourceArticle]:
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            where = f"{path} line {number}"
            article = article_from(object_from(line, where), where)
            yield SourceArticle(article, where=where)


def text_of(path: Path) -> str:
    """What a file holds, which must be UTF-8.

    Raises:
        BuilderError: it is not.
        UsageError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuilderError(
            f"{path} is not UTF-8: {error.reason} at byte {error.start}; save it as UTF-8"
        ) from None
    except OSError as error:
        raise UsageError(f"source {path} cannot be read: {error.strerror}") from None


def object_from(line: str, where: str) -> dict[str, Any]:
    """The JSON object that an article is written as.

    Raises:
        BuilderError: it is none; the message says where.
    """
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BuilderError(f"{where} is not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or thousands of brackets within each other.
        raise BuilderError(f"{where} is not JSON that can be read: {error}") from None
    if not isinstance(row, dict):
        raise BuilderError(f"{where} must be an object with title and body, got {row!r:.40}")
    tags = row.get("tags")
    if tags is not None and not isinstance(tags, list):
        raise BuilderError(f"tags must be a list of strings, got {tags!r:.40} in {where}")
    return row


def article_from(row: dict[str, Any], where: str) -> Article:
    """The article of a JSON object; without an id, it gets one of its hash.

    Raises:
        BuilderError: a value is missing, of the wrong kind, or no Unicode; the message says where.
    """
    try:
        article = Article.from_json(row, where=where)
    except ArticleError as error:
        text = str(error)
        raise BuilderError(text if where in text else f"{where}: {text}") from None
    for key in ("id", "title", "body", "source", "url", "licence"):
        # Half of a surrogate pair: JSON can write it, UTF-8 (and so Parquet) cannot.
        found = _LONE_SURROGATE.search(getattr(article, key) or "")
        if found:
            raise BuilderError(
                f"{key} must be Unicode text, but has half a surrogate pair "
                f"(\\u{ord(found[0]):04x}) at {found.start()} in {where}"
            )
    return article if article.id else replace(article, id=_hashed(article))


def _hashed(article: Article) -> str:
    data = article.text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def seed_source(seed: Seed) -> SourceArticle:
    """A seed, with what people annotated."""
    return SourceArticle(
        seed.article,
        tuple((slot.slot, slot.type, slot.mentions) for slot in seed.slots),
        seed.defects,
        seed.provenance.kind,
        seed.provenance.twin_of,
        where=f"the seed {seed.id}",
    )


def _check_ids(sources: Iterable[SourceArticle]) -> None:
    seen: dict[str, SourceArticle] = {}
    for source in sources:
        name = source.article.id
        first = seen.setdefault(name, source)
        if first is not source:
            raise BuilderError(
                f"the id {name!r} must be unique, but stands in {first.where} and {source.where}"
            )

"""Articles from seed files and from JSON Lines files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from builder.errors import BuilderError, UsageError
from builder.release_file import SEEDS
from perturbations.defects import Defect
from perturbations.proposal import Slots
from perturbations.seeds import Seed, SeedError, load_seeds, seeds_folder
from perturbations.text import Article, ArticleError


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article with what people annotated, as the pipeline takes it."""

    article: Article
    slots: Slots = ()
    defects: tuple[Defect, ...] = ()
    kind: str = "clean"
    """`clean`, or `natural` or `twin`: rows of the config `natural`."""
    twin_of: str | None = None


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
            found += read_seeds(path)
        elif path.is_file():
            found += read_json_lines(path)
        else:
            raise UsageError(f"source {path} does not exist: a folder of seeds or a .jsonl file")
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
        return [_from_seed(seed) for seed in load_seeds(folder)]
    except SeedError as error:
        raise BuilderError(str(error)) from None


def read_json_lines(path: Path) -> list[SourceArticle]:
    """Reads a file with one article object a line; an article without an id gets one of its hash.

    Raises:
        BuilderError: a line is no article; the message names file and line.
    """
    return list(_json_lines(path))


def _json_lines(path: Path) -> Iterator[SourceArticle]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BuilderError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BuilderError(
                f"{where} is not JSON: {error.msg} at column {error.colno}"
            ) from None
        if not isinstance(row, dict):
            raise BuilderError(f"{where} must be an object with title and body, got {row!r:.40}")
        try:
            article = Article.from_json(row, where=where)
        except ArticleError as error:
            text = str(error)
            raise BuilderError(text if where in text else f"{where}: {text}") from None
        yield SourceArticle(article if article.id else replace(article, id=_hashed(article)))


def _hashed(article: Article) -> str:
    data = article.text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _from_seed(seed: Seed) -> SourceArticle:
    return SourceArticle(
        seed.article,
        tuple((slot.slot, slot.type, slot.mentions) for slot in seed.slots),
        seed.defects,
        seed.provenance.kind,
        seed.provenance.twin_of,
    )


def _check_ids(sources: list[SourceArticle]) -> None:
    seen: set[str] = set()
    for source in sources:
        if source.article.id in seen:
            raise BuilderError(
                f"two articles bear the id {source.article.id!r}; ids must be unique"
            )
        seen.add(source.article.id)

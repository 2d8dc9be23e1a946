"""`benchmark detect`: what is wrong with single articles, for people and for programs."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.detectors.catalogue import resolve
from benchmark.detectors.protocol import Explains, LooksUp
from benchmark.errors import BenchmarkError, UsageError
from perturbations.defects import Defect, Evidence
from perturbations.knowledge.horizon import beyond
from perturbations.text import Article, ArticleError, Span
from perturbations.text.plain import split_plain
from perturbations.text.terminal import inert

if TYPE_CHECKING:
    from rich.console import Console

_SURROGATE = re.compile("[\ud800-\udfff]")
QUOTED = 160
"""Longest quotation that is printed whole."""


class InputError(BenchmarkError):
    """A file that holds no article."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article with the file that it came from.

    `line_starts` are the offsets in the article's text at which a line of the file begins, and
    `lines` the numbers of those lines, from 1.
    """

    file: str
    article: Article
    line_starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line(self, offset: int) -> int:
        """The line of the file that holds the code point at `offset` of the article's text."""
        return self.lines[max(bisect_right(self.line_starts, offset) - 1, 0)]


def explainer(name: str, knowledge: Path | None = None) -> Explains:
    """The detector of that name, as one that explains single articles.

    `knowledge` is a folder of tables to lay over the shipped ones.

    Raises:
        UsageError: there is no such detector, or it only answers over a release.
    """
    detector = resolve(name, 0, knowledge).detector
    if not isinstance(detector, Explains):
        raise UsageError(
            f"detector {name!r} does not explain single articles (it has no method 'find'); use "
            "'rules', or score it with benchmark run"
        )
    return detector


def read(path: Path, published: date | None = None) -> Source:
    """Reads an article from a plain text file, or from JSON as seed and article files hold it.

    The first line of a plain text is the title if text follows. Line numbers are those of the
    file; of a JSON file, those of the article's text with the headline as line 1.

    Args:
        path: the file.
        published: the publication date, where the file gives none.

    Raises:
        UsageError: there is no such file.
        InputError: it is not UTF-8, holds no text, or gives a value that is none.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"no such file: '{path}'") from None
    except IsADirectoryError:
        raise UsageError(f"'{path}' is a folder; name files") from None
    except PermissionError:
        raise UsageError(f"'{path}' cannot be read: permission denied") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"'{path}' is not UTF-8: byte {error.object[error.start]:#04x} at offset "
            f"{error.start}; convert the file to UTF-8"
        ) from None
    content = content.replace("\r\n", "\n")
    if not content.strip():
        raise InputError(f"'{path}' holds no text; expected an article")
    try:
        source = _from_json(path, content) if _is_json(path, content) else _plain(path, content)
    except ArticleError as error:
        raise InputError(f"'{path}': {error}") from None
    if _SURROGATE.search(source.article.text):
        raise InputError(f"'{path}' holds half of a surrogate pair, which is no character")
    if published is not None and source.article.published is None:
        return replace(source, article=replace(source.article, published=published))
    return source


def _is_json(path: Path, content: str) -> bool:
    return path.suffix == ".json" or content.lstrip().startswith("{")


def _from_json(path: Path, content: str) -> Source:
    try:
        value = json.loads(content)
    except json.JSONDecodeError as error:
        raise InputError(
            f"'{path}' is not JSON: {error.msg} in line {error.lineno} column {error.colno}"
        ) from None
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or thousands of brackets within each other.
        raise InputError(f"'{path}' is not JSON that can be read: {error}") from None
    found = value.get("article", value) if isinstance(value, dict) else value
    if not isinstance(found, dict):
        raise InputError(
            f"'{path}' must hold an object {{title, body, published}} or {{article: {{...}}}}, "
            f"got {type(found).__name__}"
        )
    article = Article.from_json(found)
    starts = _line_starts(article.text)
    return Source(str(path), article, starts, tuple(range(1, len(starts) + 1)))


def _plain(path: Path, content: str) -> Source:
    found = split_plain(content)
    article = Article(id=path.name, title=found.title, body=found.body)
    starts = tuple(article.body_start + start for start in _line_starts(found.body))
    numbers = range(found.body_line + 1, found.body_line + 1 + len(starts))
    if not found.title:
        return Source(str(path), article, starts, tuple(numbers))
    return Source(str(path), article, (0, *starts), (found.title_line + 1, *numbers))


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(i + 1 for i, char in enumerate(text) if char == "\n"))


def warnings(detector: Explains, sources: Sequence[Source]) -> Iterator[str]:
    """What the tables of a detector do not reach, in sentences."""
    if isinstance(detector, LooksUp):
        days = [source.article.reference_date for source in sources]
        yield from beyond(days, detector.knowledge)


def to_json(source: Source, found: Sequence[Defect]) -> dict[str, Any]:
    """The object that `data/schemas/finding.schema.json` describes."""
    return {
        "file": source.file,
        "findings": [
            {
                "type": defect.type,
                "spans": [span.to_json() for span in defect.spans],
                "evidence": [evidence.to_json() for evidence in defect.evidence],
                "explanation": defect.explanation,
                "certainty": str(defect.certainty),
                "severity": str(defect.severity),
            }
            for defect in found
        ],
    }


def show(source: Source, found: Sequence[Defect], console: Console) -> None:
    """Prints what was found in one article, for people."""
    from rich.text import Text

    count = f"{len(found)} finding{'' if len(found) == 1 else 's'}"
    console.print(Text(f"{inert(source.file)}: {count}", style="bold"), soft_wrap=True)
    if source.article.reference_date is None and not found:
        console.print("  (no publication date: what depends on it was not checked)", style="dim")
    for defect in found:
        head = Text("  ")
        head.append(defect.type, style="bold red" if defect.certainty == "proven" else "yellow")
        head.append(f"  {defect.certainty}, {defect.severity}", style="dim")
        console.print(head)
        for span in defect.spans:
            console.print(_quotation(source, "wrong", span, "red"), soft_wrap=True)
        for evidence in defect.evidence:
            console.print(_evidence(source, evidence), soft_wrap=True)
        console.print(Text(f"    {inert(defect.explanation)}"), soft_wrap=True)


def _quotation(source: Source, role: str, span: Span, style: str) -> Any:
    from rich.text import Text

    text = " ".join(span.text.split())
    if len(text) > QUOTED:
        text = f"{text[: QUOTED // 2]} [...] {text[-QUOTED // 2 :]}"
    line = Text(f"    {role}, line {source.line(span.start)}: ", style="dim")
    return line.append(f"“{inert(text)}”", style=f"not dim {style}")


def _evidence(source: Source, evidence: Evidence) -> Any:
    from rich.text import Text

    if evidence.span is not None:
        return _quotation(source, inert(evidence.role), evidence.span, "cyan")
    where = f"{evidence.field or evidence.fact}"
    article = source.article
    if evidence.field in ("published", "updated"):
        where += f" = {getattr(article, evidence.field)}"
    return Text(f"    {inert(evidence.role)}: {inert(where)}", style="dim")

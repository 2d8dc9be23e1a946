"""An article: headline and body as one text, and what is known about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from perturbations.text.span import Span

SEPARATOR = "\n\n"
"""What stands between headline and body."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ArticleError(ValueError):
    """An article that breaks the contract: no text, a date that is none, a wrong type."""


@dataclass(frozen=True, slots=True)
class Article:
    """A news article.

    `text` is `title + SEPARATOR + body`, or `body` alone where the title is empty. All offsets in
    the project point into `text`.

    Raises:
        ArticleError: neither title nor body has a visible character, or a line ends in CR LF.
    """

    id: str
    title: str
    body: str
    published: date | None = None
    updated: date | None = None
    language: str = "en"
    source: str = ""
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip() and not self.body.strip():
            raise ArticleError(f"article {self.id!r} has neither a title nor a body")
        if "\r\n" in self.title or "\r\n" in self.body:
            raise ArticleError(f"article {self.id!r} has CR LF line ends; readers turn them to LF")

    @property
    def text(self) -> str:
        """Headline and body, as every offset counts them."""
        return f"{self.title}{SEPARATOR}{self.body}" if self.title else self.body

    @property
    def body_start(self) -> int:
        """Where the body begins in `text`."""
        return len(self.title) + len(SEPARATOR) if self.title else 0

    @property
    def title_span(self) -> Span:
        """The headline (empty where there is none)."""
        return Span(0, len(self.title), self.title)

    @property
    def reference_date(self) -> date | None:
        """The later of `published` and `updated`: the day the article speaks on."""
        days = [day for day in (self.published, self.updated) if day is not None]
        return max(days) if days else None

    @property
    def reference_field(self) -> str:
        """The field that `reference_date` comes from: `updated` where it is the later one."""
        return "updated" if self.updated and self.updated == self.reference_date else "published"

    def with_text(
        self, text: str, *, title_length: int | None = None, id: str | None = None
    ) -> Article:
        """The same article with another text, split again into headline and body.

        `title_length` is the headline's length in the new text; without it the headline must be
        unchanged.

        Raises:
            ArticleError: no separator stands after the headline.
        """
        length = len(self.title) if title_length is None else title_length
        if not length:
            return replace(self, title="", body=text, id=id or self.id)
        end = length + len(SEPARATOR)
        if text[length:end] != SEPARATOR or (title_length is None and text[:length] != self.title):
            raise ArticleError(f"article {self.id!r}: no separator after the headline at {length}")
        return replace(self, title=text[:length], body=text[end:], id=id or self.id)

    def to_json(self) -> dict[str, Any]:
        """The form in which seed files and article files hold it."""
        return {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "published": self.published.isoformat() if self.published else None,
            "updated": self.updated.isoformat() if self.updated else None,
            "language": self.language,
            "source": self.source,
            "url": self.url,
            "author": self.author,
            "licence": self.licence,
            "tags": list(self.tags),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any], *, where: str = "article") -> Article:
        """Reads an article; unknown keys are left alone, CR LF becomes LF.

        Args:
            row: at least `title` or `body`.
            where: names the place in errors, such as `articles.jsonl line 12`.

        Raises:
            ArticleError: a value is missing or of the wrong kind.
        """
        return cls(
            id=_string(row, "id", where) or "",
            title=_string(row, "title", where) or "",
            body=_string(row, "body", where) or "",
            published=_day(row, "published", where),
            updated=_day(row, "updated", where),
            language=_string(row, "language", where) or "en",
            source=_string(row, "source", where) or "",
            url=_string(row, "url", where),
            author=_string(row, "author", where),
            licence=_string(row, "licence", where),
            tags=_strings(row, "tags", where),
        )


def _string(
    row: Mapping[str, Any], key: Literal["id", "title", "body"] | str, where: str
) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleError(f"{key} must be a string, got {value!r} in {where}")
    return value.replace("\r\n", "\n")


def _strings(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ArticleError(f"{key} must be a list of strings, got {value!r} in {where}")
    return tuple(value)


def _day(row: Mapping[str, Any], key: str, where: str) -> date | None:
    value = row.get(key)
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        if _ISO_DAY.fullmatch(value) is None:  # fromisoformat takes 20220216 and 2022-W07-3, too
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ArticleError(
            f"{key} must be an ISO date (YYYY-MM-DD) or null, got {value!r} in {where}"
        ) from None

"""What tests of the ground floor share: the shipped tables, one reader, and hand-made articles."""

from collections.abc import Callable
from datetime import date

import pytest

from perturbations.knowledge import Knowledge, load
from perturbations.reading.mentions import Reading
from perturbations.reading.reader import Reader
from perturbations.text import Article, Span


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    """One reader over them: what it indexes is indexed once."""
    return Reader(knowledge)


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """Makes an article of a body; its day is an ISO date, and may be absent."""

    def make(
        body: str,
        *,
        title: str = "A plain headline",
        published: str | None = "2022-06-15",
        updated: str | None = None,
        id: str = "made-by-hand",
    ) -> Article:
        days = [date.fromisoformat(day) if day else None for day in (published, updated)]
        return Article(id, title, body, *days)

    return make


@pytest.fixture(scope="session")
def read(reader: Reader, make_article: Callable[..., Article]) -> Callable[..., Reading]:
    """Reads an article made of a body."""
    return lambda body, **more: reader.read(make_article(body, **more))


def place(text: str, words: str, nth: int = 1) -> Span:
    """The span of the nth occurrence of some words, which must be there."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words), words)


@pytest.fixture(scope="session")
def span_of() -> Callable[..., Span]:
    """Finds the span of some words in a text."""
    return place

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from perturbations.knowledge import (
    Country,
    Knowledge,
    Office,
    Person,
    TableInfo,
    load,
)
from perturbations.knowledge.model import Precision, Status, Term


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def reference_folder() -> Path:
    """The folder of reference tables; tests that need it skip where it is absent."""
    checkout = Path(__file__).resolve().parents[3]
    folder = Path(
        os.environ.get("INCONSISTENT_NEWS_REFERENCE", checkout.parent / "shared" / "reference")
    )
    if not (folder / "leaders.jsonl").exists():
        pytest.skip("reference tables are absent; name them by INCONSISTENT_NEWS_REFERENCE")
    return folder


@pytest.fixture(scope="session")
def make_knowledge() -> Callable[..., Knowledge]:
    """Builds a small, faultless world around the terms given; keywords replace whole tables."""

    def make(terms: list[Term], **replaced: Any) -> Knowledge:
        people = {term.person: None for term in terms}
        offices = {term.office: None for term in terms}
        info = TableInfo(date(2026, 1, 31), {"desk": "compiled", "wf": "second source"}, False)
        tables: dict[str, Any] = {
            "version": "test",
            "digest": "0" * 32,
            "tables": dict.fromkeys(
                (
                    *("countries", "offices", "people", "terms", "outlets", "states"),
                    *("references", "organisations", "memberships"),
                ),
                info,
            ),
            "countries": [
                Country("AA", "Aland", "Republic of Aland", (), (), (), (), None, ("desk",))
            ],
            "offices": [
                Office(office, "AA", "head_of_state", ("President",), False, ("desk",))
                for office in offices
            ],
            "people": [
                Person(key, f"{key.title()} Able", "Able", (), ("Able",), "f", None, ("desk",))
                for key in people
            ],
            "terms": terms,
        }
        return Knowledge(**(tables | replaced))

    return make


def term(person: str, start: str, end: str | None, **changed: Any) -> Term:
    """A term to the day, of one office, unless a keyword says otherwise."""
    office = changed.pop("office", "AA.president")
    fields: dict[str, Any] = {
        "id": f"{office}:{person}:{start}",
        "person": person,
        "office": office,
        "start": date.fromisoformat(start),
        "start_precision": Precision.DAY,
        "end": None if end is None else date.fromisoformat(end),
        "end_precision": Precision.DAY,
        "acting": False,
        "status": Status.SINGLE_SOURCE,
        "sources": ("desk",),
    }
    return Term(**(fields | changed))


@pytest.fixture(scope="session")
def make_term() -> Callable[..., Term]:
    return term

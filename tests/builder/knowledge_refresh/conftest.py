"""A small world of tables, and answers of the query service in the shape that they have."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.cli import main
from builder.knowledge_refresh import Options, Refreshed, refresh

ENTITY = "http://www.wikidata.org/entity/"
STATEMENT = "http://www.wikidata.org/entity/statement/"
TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
UNKNOWN = "http://www.wikidata.org/.well-known/genid/4a1f"

ITEMS = {
    "Averia": "Q1001",
    "President of Averia": "Q1002",
    "Prime Minister of Averia": "Q1003",
    "Ada Brandt": "Q2001",
    "Carl Dorn": "Q2002",
    "Eva Falk": "Q2003",
    "Gero Hahn": "Q2004",
    "Ida Jonas": "Q2005",
    "Kai Lund": "Q2006",
    "Borland": "Q1004",
    "Harbour League": "Q3001",
    "Averia Courier": "Q4001",
}


def country(key: str, name: str) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "long": f"Republic of {name}",
        "aliases": [],
        "adjectives": [f"{name}n"],
        "demonyms": [f"{name}n"],
        "capitals": [f"{name} City"],
        "currency": None,
        "sources": ["desk"],
    }


def office(key: str, title: str, *, collective: bool = False) -> dict[str, Any]:
    return {
        "id": key,
        "country": key.partition(".")[0],
        "role": "both",
        "titles": [title],
        "collective": collective,
        "sources": ["desk"],
    }


def person(name: str, gender: str = "f") -> dict[str, Any]:
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "surname": name.split()[-1],
        "aliases": [],
        "surnames": [name.split()[-1]],
        "gender": gender,
        "died": None,
        "sources": ["desk"],
    }


def term(
    office: str, person: str, start: str, end: str | None, status: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": f"{office}:{person}:{start}",
        "person": person,
        "office": office,
        "start": start,
        "start_precision": "day",
        "end": end,
        "end_precision": "day" if end else None,
        "acting": False,
        "status": status,
        "sources": ["desk", "list"] if status == "verified" else ["desk"],
        **more,
    }


def membership(member: str, start: str, end: str | None, status: str) -> dict[str, Any]:
    return {
        "id": f"League.{member}",
        "organisation": "League",
        "member": member,
        "start": start,
        "start_precision": "day",
        "end": end,
        "end_precision": "day" if end else None,
        "applied": None,
        "notified": None,
        "status": status,
        "sources": ["desk"],
    }


TABLES: dict[str, list[dict[str, Any]]] = {
    "countries": [country("XA", "Averia"), country("XB", "Borland")],
    "offices": [office("XA.president", "President"), office("XA.prime_minister", "Prime Minister")],
    "people": [
        person("Ada Brandt"),
        person("Carl Dorn", "m"),
        person("Eva Falk"),
        person("Gero Hahn", "m"),
    ],
    "terms": [
        term("XA.president", "ada-brandt", "2010-03-01", "2015-03-01", "verified"),
        term("XA.president", "carl-dorn", "2015-03-01", "2020-03-01", "single_source"),
        term("XA.president", "eva-falk", "2020-03-01", None, "verified"),
        term("XA.prime_minister", "gero-hahn", "2012-05-01", "2018-01-01", "single_source")
        | {"start_precision": "month", "end_precision": "year"},
    ],
    "outlets": [
        {
            "id": "averia-courier",
            "name": "Averia Courier",
            "aliases": [],
            "domains": ["averiacourier.example"],
            "grammar": None,
            "country": "XA",
            "status": "single_source",
            "sources": ["desk"],
        }
    ],
    "states": [],
    "references": [],
    "organisations": [
        {
            "id": "League",
            "name": "Harbour League",
            "aliases": [],
            "article": True,
            "short": "League",
            "indefinite": "a",
            "kind": "bloc",
            "complete": True,
            "founded": "2001-01-01",
            "founded_precision": "day",
            "sources": ["desk"],
        }
    ],
    "memberships": [membership("XA", "2004-05-01", None, "single_source")],
}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the tables, which count as the shipped ones."""
    folder = tmp_path / "data" / "knowledge"
    folder.mkdir(parents=True)
    for name, rows in TABLES.items():
        lines = "".join(json.dumps(row) + "\n" for row in sorted(rows, key=lambda r: r["id"]))
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    sources = {"desk": "by this project", "list": "The Yearbook of Heads, public domain"}
    info = {"known_until": "2024-01-31", "closed": False, "sources": sources}
    tables = {"version": "test.1", "tables": dict.fromkeys(TABLES, info)}
    (folder / "tables.json").write_text(json.dumps(tables, indent=2), encoding="utf-8")
    monkeypatch.setenv("INCONSISTENT_NEWS_DATA", str(tmp_path / "data"))
    return folder


def rows_of(folder: Path, table: str) -> dict[str, dict[str, Any]]:
    lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def uri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def literal(value: str) -> dict[str, str]:
    return {"type": "literal", "xml:lang": "en", "value": value}


def time(name: str, value: str | None, kind: str = "literal") -> dict[str, Any]:
    """A date with its precision, by the length of what is given: 2016, 2016-04, 2016-04-01."""
    if value is None:
        return {}
    number = {4: "9", 7: "10", 10: "11"}[len(value.lstrip("-"))]
    filled = f"{value}-01-01"[: len(value) + 10 - len(value.lstrip("-"))]
    return {
        name: {"type": kind, "datatype": TIME, "value": f"{filled}T00:00:00Z"},
        f"{name}Precision": {"type": kind, "datatype": INTEGER, "value": number},
    }


def item(column: str, name: str) -> dict[str, Any]:
    return {column: uri(ENTITY + ITEMS[name]), f"{column}Label": literal(name)}


def holder(
    name: str, title: str, start: str | None, end: str | None = None, **more: Any
) -> dict[str, Any]:
    row = {
        "statement": uri(f"{STATEMENT}{ITEMS[name]}-{start}"),
        "rank": uri("http://wikiba.se/ontology#NormalRank"),
        **item("person", name),
        **item("office", f"{title} of Averia"),
        **item("country", "Averia"),
        **time("start", start),
        **time("end", end),
        "retrieved": {"type": "literal", "datatype": TIME, "value": "2024-06-30T12:00:00Z"},
    }
    return row | more


HOLDER_COLUMNS = (
    *("statement", "rank", "person", "personLabel", "gender", "familyLabel", "died"),
    *("office", "officeLabel", "country", "countryLabel", "start", "startPrecision"),
    *("end", "endPrecision", "natures", "stated", "retrieved"),
)
COLUMNS = {
    "holders": HOLDER_COLUMNS,
    "memberships": (
        *("statement", "rank", "member", "memberLabel", "organisation", "organisationLabel"),
        *("start", "startPrecision", "end", "endPrecision", "stated", "retrieved"),
    ),
    "aliases": ("person", "personLabel", "country", "countryLabel", "alias", "retrieved"),
    "websites": (
        *("statement", "rank", "outlet", "outletLabel", "country", "countryLabel", "website"),
        *("stated", "retrieved"),
    ),
}


def answers(folder: Path, *rows: dict[str, Any], kind: str = "holders") -> Path:
    """A file of results."""
    path = folder / f"{kind}.json"
    value = {"head": {"vars": list(COLUMNS[kind])}, "results": {"bindings": list(rows)}}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.fixture
def ask(world: Path, tmp_path: Path):
    """Holds rows of one kind of query against the tables."""

    def run(*rows: dict[str, Any], kind: str = "holders", **options: Any) -> Refreshed:
        return refresh([answers(tmp_path, *rows, kind=kind)], Options(**options))

    return run


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]):
    """Runs `builder knowledge refresh` in this process."""

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["knowledge", "refresh", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run

"""The tables under a refresh: rows that may change, and which row an item of Wikidata is."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from builder.knowledge_refresh.results import Entity
from builder.knowledge_refresh.statements import Source
from perturbations.knowledge import TableInfo
from perturbations.knowledge.load import Layers

SOURCE = "wikidata"
"""The key under which `tables.json` describes Wikidata."""

DESCRIPTION = "Wikidata, public domain (CC0): statements of items, read from its query service"

Row = dict[str, Any]

_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "people": ("name", "aliases"),
        "countries": ("name", "long", "aliases"),
        "organisations": ("name", "aliases"),
        "outlets": ("name", "aliases"),
    }
)
"""The fields that hold what the rows of a table are called."""


class Unmatched(Exception):  # noqa: N818 - an answer, not an error
    """An item that is no row of the tables, or not surely one; the message is the reason."""


@dataclass(slots=True)
class Tables:
    """Rows by table and id, as they will be; `before` keeps them as they were."""

    info: Mapping[str, TableInfo]
    rows: dict[str, dict[str, Row]]
    before: Mapping[str, Mapping[str, Row]]
    _named: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _by_item: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, layers: Layers) -> Tables:
        """A working copy of what was read."""
        rows = {
            table: {key: dict(row.values) for key, row in part.items()}
            for table, part in layers.rows.items()
        }
        tables = cls(layers.tables, rows, copy.deepcopy(rows))
        for table in _NAMES:
            tables._named[table] = tables._names_of(table)
        for table, part in rows.items():
            items = {row["wikidata"]: key for key, row in part.items() if row.get("wikidata")}
            tables._by_item[table] = items
        return tables

    def _names_of(self, table: str) -> dict[str, set[str]]:
        names: defaultdict[str, set[str]] = defaultdict(set)
        for key, row in self.rows[table].items():
            for name in names_in(row, _NAMES[table]):
                names[folded(name)].add(key)
        return names

    def changed(self) -> Iterator[tuple[str, str]]:
        """Table and id of every row that is new or not as it was."""
        for table, part in self.rows.items():
            for key, row in part.items():
                if self.before[table].get(key) != row:
                    yield table, key

    def named(self, table: str, name: str | None) -> set[str]:
        """The rows of a table that bear a name."""
        return set(self._named[table].get(folded(name), ())) if name else set()

    def item(self, table: str, entity: Entity) -> str | None:
        """The row of a table that is linked to an item."""
        return self._by_item[table].get(entity.id)

    def link(self, table: str, key: str, entity: Entity) -> str:
        """Links a row to an item, so that the next refresh need not go by names.

        Raises:
            Unmatched: the row is linked to another item.
        """
        row = self.rows[table][key]
        if row.get("wikidata") not in (None, entity.id):
            raise Unmatched(f"'{key}' of {table} bears that name, and is {row['wikidata']}")
        row["wikidata"] = entity.id
        self._by_item[table][entity.id] = key
        return key

    def find(
        self, tables: Iterable[str], entity: Entity, among: Iterable[str] | None = None
    ) -> tuple[str, str]:
        """Table and id of the row that an item is: by its link, else by its name.

        Args:
            tables: where to look.
            entity: the item.
            among: ids that a name may stand for; the rest does not count.

        Raises:
            Unmatched: none, or more than one.
        """
        tables = tuple(tables)
        for table in tables:
            key = self.item(table, entity)
            if key is not None:
                return table, key
        allowed = None if among is None else set(among)
        for table in tables:
            named = self.named(table, entity.label)
            found = named if allowed is None else named & allowed
            if len(found) > 1:
                raise Unmatched(
                    f"several rows bear that name in {table}: {', '.join(sorted(found))}"
                )
            if found:
                return table, self.link(table, found.pop(), entity)
            if named:
                raise Unmatched(
                    f"that name is borne in {table}, but not in that country, by "
                    f"{', '.join(sorted(named))}; if it is the same, give the row its `wikidata`"
                )
        raise Unmatched(f"no row bears that name in {' or '.join(tables)}")

    def add(self, table: str, key: str, row: Row) -> str:
        """Adds a row; its names and its item are found from now on.

        Raises:
            Unmatched: the id is taken.
        """
        if key in self.rows[table]:
            raise Unmatched(f"the id '{key}' is taken in {table}")
        self.rows[table][key] = row
        for name in names_in(row, _NAMES.get(table, ())):
            self._named[table].setdefault(folded(name), set()).add(key)
        if row.get("wikidata"):
            self._by_item[table][row["wikidata"]] = key
        return key

    def remove(self, table: str, key: str) -> None:
        """Takes an added row out again."""
        row = self.rows[table].pop(key)
        for name in names_in(row, _NAMES.get(table, ())):
            self._named[table].get(folded(name), set()).discard(key)
        if row.get("wikidata"):
            self._by_item[table].pop(row["wikidata"], None)

    def country(self, entity: Entity | None) -> str | None:
        """The country that an item is, or None where the tables have none."""
        if entity is None:
            return None
        try:
            return self.find(("countries",), entity)[1]
        except Unmatched:
            return None

    def office(self, entity: Entity, country: Entity | None) -> str:
        """The office that an item is: by its link, else by title and country.

        Raises:
            Unmatched: none, or more than one.
        """
        key = self.item("offices", entity)
        if key is not None:
            return key
        place = self.country(country)
        wanted = folded(entity.label or "")
        found = [
            key
            for key, row in self.rows["offices"].items()
            if (place is None or row["country"] == place) and wanted in self._office_names(row)
        ]
        if len(found) != 1:
            raise Unmatched(f"{'several offices bear' if found else 'no office bears'} that title")
        return self.link("offices", found[0], entity)

    def _office_names(self, row: Row) -> set[str]:
        """What an office is called with its country: "Prime Minister of Japan"."""
        country = self.rows["countries"].get(row["country"], {})
        places = names_in(country, _NAMES["countries"])
        places += [f"the {place}" for place in places]
        names = set()
        for title in row["titles"]:
            names |= {folded(f"{title} of {place}") for place in places}
            names |= {folded(f"{word} {title}") for word in country.get("adjectives", ())}
            if row["role"] == "head_of_organisation":
                names.add(folded(title))
        return names

    def people_of(self, country: str) -> set[str]:
        """Everybody with a term in an office of a country."""
        offices = {k for k, row in self.rows["offices"].items() if row["country"] == country}
        return {row["person"] for row in self.rows["terms"].values() if row["office"] in offices}


def cite(row: Row, source: Source, **more: Any) -> None:
    """Notes in a row where a change of it comes from; the same is noted once."""
    if SOURCE not in row["sources"]:
        row["sources"] = sorted([*row["sources"], SOURCE])
    entry = {
        "source": SOURCE,
        "statements": list(source.statements),
        "retrieved": source.retrieved.isoformat(),
        **more,
    }
    before = row.get("provenance", [])
    row["provenance"] = before if entry in before else [*before, entry]


def names_in(row: Row, fields: Iterable[str]) -> list[str]:
    """The names in some fields of a row, each a text or a list of them."""
    names: list[str] = []
    for name in fields:
        value = row.get(name) or []
        names += [value] if isinstance(value, str) else value
    return names


def folded(name: str) -> str:
    """A name without case, accents and kinds of hyphens, as names are compared."""
    plain = unicodedata.normalize("NFKD", name)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[-‐‑–’']", " ", bare).casefold().split())


def slug(name: str) -> str:
    """An id made of a name: `sanae-takaichi`."""
    return "-".join(re.findall(r"[a-z0-9]+", folded(name)))

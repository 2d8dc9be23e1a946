"""Results of the Wikidata query service: SPARQL 1.1 JSON, read strictly into plain values.

The form is that of the W3C recommendation "SPARQL 1.1 Query Results JSON Format": `head.vars` names
the columns, `results.bindings` holds a row each, whose values say whether they are an address
(`uri`), a `literal` (older services: `typed-literal`) or a node without a name (`bnode`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeGuard

from builder.errors import BuilderError, UsageError
from perturbations.knowledge import Precision

ENTITY = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)")
_UNKNOWN = "/.well-known/genid/"
"""Stands in the address of a value that Wikidata calls unknown."""
_TIME = re.compile(r"(?P<sign>[+-]?)(?P<year>\d{4,})-(?P<month>\d{2})-(?P<day>\d{2})T[0-9:.]+Z?")
_PRECISIONS = {9: Precision.YEAR, 10: Precision.MONTH, 11: Precision.DAY}
"""Wikidata's numbers; above 11 are hours and less, below 9 decades and more."""


class Skip(Exception):  # noqa: N818 - an answer, not an error
    """A row that says nothing usable; the message is the reason, fit for counting."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known; the rest is filled with ones."""

    day: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Entity:
    """An item of Wikidata, and what it is called in English, where the query asked."""

    id: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of results; absent and empty values are None."""

    values: Mapping[str, Mapping[str, Any]]
    where: str

    def text(self, name: str) -> str | None:
        """A value's text.

        Raises:
            Skip: Wikidata says that there is a value, and that nobody knows it.
        """
        found = self.values.get(name)
        if found is None:
            return None
        if found["type"] == "bnode" or _UNKNOWN in found["value"]:
            raise Skip("an unknown value")
        return str(found["value"]) or None

    def language(self, name: str) -> str | None:
        """The language of a literal."""
        found = self.values.get(name)
        return None if found is None else found.get("xml:lang")

    def entity(self, name: str) -> Entity | None:
        """An item, with the label in the column `<name>Label`.

        Raises:
            Skip: an unknown value.
            BuilderError: the value is no item.
        """
        value = self.text(name)
        if value is None:
            return None
        found = ENTITY.fullmatch(value)
        if found is None:
            raise BuilderError(
                f"{name} must be an item such as http://www.wikidata.org/entity/Q42, got {value!r} "
                f"in {self.where}"
            )
        label = self.text(f"{name}Label")
        # Without a label the label service answers with the item's own number.
        return Entity(found[1], None if label == found[1] else label)

    def wanted(self, name: str) -> Entity:
        """An item that must be there; raises as `entity` does, and `Skip` where it is absent."""
        found = self.entity(name)
        if found is None:
            raise Skip(f"no {name}")
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """What a query has joined with bars (`GROUP_CONCAT`)."""
        return tuple(part for part in (self.text(name) or "").split("|") if part)

    def day(self, name: str) -> Day | None:
        """A date with the precision in the column `<name>Precision` (the day, without one).

        Raises:
            Skip: an unknown value, a date before Christ, or one known to the decade at best.
            BuilderError: the value is no date.
        """
        value = self.text(name)
        if value is None:
            return None
        found = _TIME.fullmatch(value)
        number = self.text(f"{name}Precision") or "11"
        if found is None or not number.isdecimal():
            raise BuilderError(
                f"{name} must be a time such as 2021-10-04T00:00:00Z with a whole number as "
                f"precision, got {value!r} with {number!r} in {self.where}"
            )
        if found["sign"] == "-" or int(found["year"]) == 0:
            raise Skip("a date before Christ")
        precision = _PRECISIONS.get(min(int(number), 11))
        if precision is None:
            raise Skip("a date that is coarser than a year")
        return Day(self._date(name, found, precision), precision)

    def _date(self, name: str, found: re.Match[str], precision: Precision) -> date:
        month = 1 if precision is Precision.YEAR else int(found["month"])
        day = int(found["day"]) if precision is Precision.DAY else 1
        try:
            return date(int(found["year"]), month, day)
        except ValueError:
            raise BuilderError(
                f"{name} must be a date that exists, got {found[0]!r} in {self.where}"
            ) from None


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of one file; `retrieved` is the day on which it was written."""

    path: Path
    columns: tuple[str, ...]
    bindings: tuple[Binding, ...]
    retrieved: date


def read_results(path: Path) -> Results:
    """Reads one file of results.

    Raises:
        UsageError: there is no such file.
        BuilderError: it is no JSON of that form; the message says which row, counted from 1.
    """
    value = _json(path)
    head = value.get("head") if isinstance(value, dict) else None
    results = value.get("results") if isinstance(value, dict) else None
    columns = head.get("vars") if isinstance(head, dict) else None
    rows = results.get("bindings") if isinstance(results, dict) else None
    if not _all_are(columns, str) or not _all_are(rows, dict):
        raise BuilderError(
            f"{path} must hold SPARQL results in JSON ({{head: {{vars}}, results: {{bindings}}}}); "
            "save the answer of the query service with the format JSON"
        )
    bindings = tuple(_binding(row, f"{path} row {n}") for n, row in enumerate(rows, start=1))
    written = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    return Results(path, tuple(columns), bindings, written)


def _all_are(values: Any, kind: type) -> TypeGuard[list[Any]]:
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)


def _binding(row: Mapping[str, Any], where: str) -> Binding:
    for name, value in row.items():
        sound = isinstance(value, dict) and isinstance(value.get("value"), str)
        if not sound or value.get("type") not in ("uri", "literal", "typed-literal", "bnode"):
            raise BuilderError(
                f"{name} must be {{type: uri, literal, typed-literal or bnode, value: text}}, got "
                f"{value!r:.80} in {where}"
            )
    return Binding(row, where)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"results file {path} does not exist") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder; name files of results") from None
    except OSError as error:
        raise UsageError(f"results file {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BuilderError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise BuilderError(f"{path} is not JSON: {error}") from None

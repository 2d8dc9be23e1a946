"""One line of a table, read field by field with errors that say where, what and what instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from perturbations.knowledge.model import KnowledgeError, Precision, Presupposition, Status

_Vocabulary = TypeVar("_Vocabulary", bound=StrEnum)

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Row:
    """A JSON object together with the place it was read from."""

    __slots__ = ("values", "where")

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where

    def text(self, field: str) -> str:
        """Reads a string that is not empty."""
        value = self._get(field)
        if not isinstance(value, str) or not value:
            raise self._wrong(field, value, "a string that is not empty")
        return value

    def text_or_none(self, field: str) -> str | None:
        """Reads a string, or None where the field is null or absent."""
        return None if self.values.get(field) is None else self.text(field)

    def texts(self, field: str) -> tuple[str, ...]:
        """Reads a list of strings; one string counts as a list of one, null as an empty one."""
        value = self.values.get(field)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self._wrong(field, value, "a list of strings that are not empty")
        return tuple(value)

    def texts_by_key(self, field: str) -> dict[str, str]:
        """Reads an object of strings."""
        value = self._get(field)
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self._wrong(field, value, "an object of strings")
        return dict(value)

    def number(self, field: str) -> int:
        """Reads a whole number."""
        value = self._get(field)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(field, value, "a whole number")
        return value

    def flag(self, field: str) -> bool:
        """Reads true or false."""
        value = self._get(field)
        if not isinstance(value, bool):
            raise self._wrong(field, value, "true or false")
        return value

    def day(self, field: str) -> date:
        """Reads an ISO date."""
        value = self._get(field)
        if isinstance(value, str) and _ISO_DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError as error:
                raise self._wrong(field, value, "a date that exists") from error
        raise self._wrong(field, value, "an ISO date (YYYY-MM-DD)")

    def day_or_none(self, field: str) -> date | None:
        """Reads an ISO date, or None where the field is null or absent."""
        return None if self.values.get(field) is None else self.day(field)

    def precision(self, field: str) -> Precision:
        """Reads how much of a date is known; null (an open end) reads as `day`."""
        return self._word(field, Precision) if self.values.get(field) is not None else Precision.DAY

    def status(self) -> Status:
        """Reads how sure the fact is."""
        return self._word("status", Status)

    def presupposition(self) -> Presupposition:
        """Reads what a phrase takes for granted."""
        return self._word("presupposes", Presupposition)

    def parts(self, field: str) -> list[Row]:
        """Reads a list of objects; null or absent reads as an empty one."""
        value = self.values.get(field)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(field, value, "a list of objects")
        return [Row(item, f"{self.where}, {field}[{index}]") for index, item in enumerate(value)]

    def part_or_none(self, field: str) -> Row | None:
        """Reads an object, or None where the field is null or absent."""
        value = self.values.get(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._wrong(field, value, "an object or null")
        return Row(value, f"{self.where}, {field}")

    def rows(self, field: str) -> dict[str, Row]:
        """Reads an object of objects."""
        value = self._get(field)
        if not isinstance(value, dict) or not all(
            isinstance(item, dict) for item in value.values()
        ):
            raise self._wrong(field, value, "an object of objects")
        return {key: Row(item, f"{self.where}, {field}.{key}") for key, item in value.items()}

    def _word(self, field: str, vocabulary: type[_Vocabulary]) -> _Vocabulary:
        value = self._get(field)
        try:
            return vocabulary(value)
        except ValueError as error:
            raise self._wrong(field, value, f"one of {', '.join(vocabulary)}") from error

    def _get(self, field: str) -> Any:
        if field not in self.values:
            raise KnowledgeError(f"field '{field}' is missing in {self.where}")
        return self.values[field]

    def _wrong(self, field: str, value: Any, expected: str) -> KnowledgeError:
        return KnowledgeError(f"{field} must be {expected}, got {value!r} in {self.where}")

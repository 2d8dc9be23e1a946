"""A span: a half-open range of code points together with the text that it covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard


class SpanError(ValueError):
    """A span that does not fit the text it is read against."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of a text, and the text that stands there.

    Raises:
        SpanError: `start` is negative, or `end - start` is not the length of `text`.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise SpanError(
                f"span {self.start}..{self.end} must cover as many code points as its text "
                f"{self.text!r} has ({len(self.text)})"
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span `start..end` of `text`.

        Raises:
            SpanError: the range does not lie inside the text.
        """
        if not 0 <= start <= end <= len(text):
            raise SpanError(f"span {start}..{end} does not lie inside a text of {len(text)}")
        return cls(start, end, text[start:end])

    def check(self, text: str) -> Span:
        """Returns itself if `text` holds at `start..end` what this span says.

        Raises:
            SpanError: something else stands there.
        """
        found = text[self.start : self.end]
        if found != self.text:
            raise SpanError(
                f"span {self.start}..{self.end} says {self.text!r}, but the text there is {found!r}"
            )
        return self

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same text, `by` code points further on."""
        return Span(self.start + by, self.end + by, self.text)

    def to_json(self) -> dict[str, Any]:
        """A mapping `{start, end, text}`."""
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Span:
        """Reads `{start, end, text}`.

        Raises:
            SpanError: a key is missing or of the wrong kind, or range and text do not fit.
        """
        start, end, text = value.get("start"), value.get("end"), value.get("text")
        if not is_offset(start) or not is_offset(end) or not isinstance(text, str):
            raise SpanError(
                f"a span is {{start, end, text}} with whole numbers, got {dict(value)!r}"
            )
        return cls(start, end, text)


def is_offset(value: object) -> TypeGuard[int]:
    """Whether a value read from JSON is a whole number (`true` is none)."""
    return isinstance(value, int) and not isinstance(value, bool)

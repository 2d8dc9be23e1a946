"""Which places of a text are covered, asked often: a search among sorted spans, not a walk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from perturbations.text.span import Span


class Cover:
    """What several spans of one text cover together; they may overlap and come in any order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether `start..end` shares a code point with one of the spans."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start

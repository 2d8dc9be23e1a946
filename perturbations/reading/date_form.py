"""What one date expression says, before anybody asks which days it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """What one date expression says, with offsets into the expression.

    `day`, `month` (1 to 12), `year`, `weekday` (Monday = 0), `quarter`, `season` (index into
    `SEASONS`) and `decade` are as written, possible or not. `edge` is early, mid or late; `shift`
    (last, next ...) and `unit` (week, month ...) tell a relative time; `swapped` says that day and
    month could change places. A range has two `ends` and nothing else.
    """

    start: int
    end: int
    template: str = ""
    parts: tuple[tuple[str, int, int], ...] = ()
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    season: int | None = None
    decade: int | None = None
    edge: str | None = None
    shift: str | None = None
    definite: bool = False
    """Whether "the" stands before the shift: "the last year" is not "last year"."""
    unit: str | None = None
    cue: str | None = None
    swapped: bool = False
    ends: tuple[Form, ...] = ()
    link: str = ""
    """The word or dash between the ends of a range, with its spaces."""

    @property
    def is_bare(self) -> bool:
        """Whether it is a month or a year alone, which needs a cue."""
        if (self.month is None) == (self.year is None):
            return False
        told = (self.day, self.weekday, self.quarter, self.season, self.decade, self.shift)
        return self.unit is None and told == (None,) * len(told)

"""Rows and statements as intervals of days: which are one, which overlap, which follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from builder.knowledge_refresh.results import Day
from builder.knowledge_refresh.statements import Interval
from builder.knowledge_refresh.tables import Row
from perturbations.knowledge import Precision

NEAR = timedelta(days=31)
"""How far apart two starts may lie where the intervals do not overlap, to be of one fact."""


def day_of(row: Row, name: str) -> Day | None:
    """The `start` or `end` of a row."""
    if row[name] is None:
        return None
    return Day(date.fromisoformat(row[name]), Precision(row[f"{name}_precision"]))


def write(row: Row, name: str, day: Day | None) -> None:
    """Puts a date in the place of a row's `start` or `end`."""
    row[name] = day.day.isoformat() if day is not None else None
    row[f"{name}_precision"] = str(day.precision) if day is not None else None


def dates_of(one: Interval) -> dict[str, str | None]:
    """The dates of a statement, as rows hold them."""
    found: Row = {}
    write(found, "start", one.start)
    write(found, "end", one.end)
    return found


def chains_of(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows that follow on each other without a day between."""
    chains: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (row.get("acting", False), row["start"])):
        last = chains[-1][-1] if chains else None
        same = last is not None and last.get("acting") == row.get("acting")
        if last is not None and same and last["end"] == row["start"]:
            chains[-1].append(row)
        else:
            chains.append([row])
    return chains


def _span(start: str, end: str | None) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end) if end else date.max


def nearest(one: Interval, chains: Iterable[list[Row]]) -> list[Row] | None:
    """The chain that a statement is about: the one that it shares most days with."""
    best: tuple[int, list[Row]] | None = None
    theirs = one.start.day, one.end.day if one.end else date.max
    for chain in chains:
        if chain[0].get("acting", False) != one.acting:
            continue
        ours = _span(chain[0]["start"], chain[-1]["end"])
        shared = (min(ours[1], theirs[1]) - max(ours[0], theirs[0])).days
        close = abs(ours[0] - theirs[0]) <= NEAR
        if (shared > 0 or close) and (best is None or shared > best[0]):
            best = shared, chain
    return best[1] if best else None


def inside(one: Interval, row: Row) -> bool:
    """Whether a statement says no more than that it was so on some days of a row."""
    start, end = _span(row["start"], row["end"])
    return start <= one.start.day and one.end is not None and one.end.day <= end


def overlaps(one: Interval, row: Row) -> bool:
    """Whether a statement and a row share a day."""
    start, end = _span(row["start"], row["end"])
    return start < (one.end.day if one.end else date.max) and one.start.day < end


def rivals(row: Row, other: Row) -> bool:
    """Whether two terms of one office, of two people and none acting, share a day."""
    if other["office"] != row["office"] or other["person"] == row["person"]:
        return False
    (first, last), (start, end) = (
        _span(row["start"], row["end"]),
        _span(other["start"], other["end"]),
    )
    return not (row["acting"] or other["acting"]) and first < end and start < last

"""Other ways in which the same paper could write a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from perturbations.reading.date_patterns import EDGES
from perturbations.reading.date_styles import month_index, render
from perturbations.reading.mentions import DateMention, Precision

_CORES: Mapping[str, tuple[str, ...]] = {
    "day month year": ("{d} {Month} {yyyy}", "{do} {Month} {yyyy}", "{d} {Mon} {yyyy}"),
    "month day year": ("{Month} {d}, {yyyy}", "{Mon.} {d}, {yyyy}", "{Month} {do}, {yyyy}"),
    "year month day": ("{d} {Month} {yyyy}", "{Month} {d}, {yyyy}", "{d} {Mon} {yyyy}"),
    "day month": ("{d} {Month}", "{do} {Month}", "{do} of {Month}", "{d} {Mon}"),
    "month day": ("{Month} {d}", "{Mon.} {d}", "{Month} {do}"),
    "month year": ("{Month} {yyyy}", "{Mon.} {yyyy}"),
}
"""Usual writings by the order of the parts: British, American, and of ISO dates both."""
_WEEKDAY_BEFORE = re.compile(r"\{W[^{}]*\}[^{}]*?(?:the )?(?=\{)")
_CLOSING = re.compile(r"[^{}]*\{W[^{}]*\}\)?\Z|\)\Z")
"""A weekday behind the date, or the bracket that closes one opened behind a weekday."""
_CAPITALS = ("{MONTH}", "{MON}", "{MON.}", "{MON4}", "{MON3.}")
_LEAP_YEAR = 2024


def alternatives(mention: DateMention) -> tuple[str, ...]:
    """Lists templates that write the same parts of a date otherwise, in a style of the same kind.

    The order of day and month stays as it is (an ISO date may become either), so does a weekday
    with its comma or brackets, and capitals stay capitals. A template that would give the text that
    stands there is left out. Empty for what has no other usual writing (years, weekdays, "early
    May", ranges, relative words) and for what is impossible or ambiguous.
    """
    if mention.problem is not None or mention.ends or mention.ambiguous:
        return ()
    if mention.template.lower().startswith(EDGES):
        return ()
    day = _day(mention)
    parts = [name for name, _ in sorted(mention.parts, key=lambda part: part[1].start)]
    order = " ".join(name for name in parts if name != "weekday")
    if day is None or order not in _CORES:
        return ()
    before = _WEEKDAY_BEFORE.match(mention.template)
    behind = _CLOSING.search(mention.template)
    seen = {mention.span.text, render(mention.template, day)}
    out = []
    for core in _CORES[order]:
        if any(token in mention.template for token in _CAPITALS):
            core = core.replace("{Mon", "{MON").replace("th}", "TH}").replace("{do}", "{DO}")
        template = f"{_text(before)}{core}{_text(behind)}"
        written = render(template, day)
        if written not in seen:
            seen.add(written)
            out.append(template)
    return tuple(out)


def _text(found: re.Match[str] | None) -> str:
    return found.group() if found else ""


def _day(mention: DateMention) -> date | None:
    """A day to try templates on: the mention's own, or one with its day and month."""
    if mention.precision not in (Precision.DAY, Precision.MONTH):
        return None
    if mention.first is not None:
        return mention.first
    day, month = mention.part("day"), mention.part("month")
    number = month_index().get(month.text) if month else None
    digits = re.sub(r"\D", "", day.text) if day else "1"
    return date(_LEAP_YEAR, number[0], int(digits)) if number and digits else None

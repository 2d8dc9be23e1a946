"""How dates are written: the tokens of templates, and other ways to write the same date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Literal

_TOKEN = re.compile(r"\{([^{}]+)\}")
_PRESS_MONTHS = {
    "January": "Jan.",
    "February": "Feb.",
    "August": "Aug.",
    "September": "Sept.",
    "October": "Oct.",
    "November": "Nov.",
    "December": "Dec.",
}
"""Months that the US press shortens beside a day; the others it writes in full."""
_PRESS_WEEKDAYS = {"Tue": "Tues", "Thu": "Thurs"}

SEASONS = ("winter", "spring", "summer", "autumn")
QUARTERS = ("first", "second", "third", "fourth")

Names = Mapping[str, tuple[str, ...]]


class TemplateError(ValueError):
    """A template with a token that does not exist."""


@cache
def month_names() -> Names:
    """Month names by template token, January first.

    `Month` in full, `Mon` three letters, `Mon.` as the US press writes them beside a day (Feb.,
    March, Sept.), `Mon4` the same without dots, `Mon3.` three letters with a dot. The same tokens
    in capitals give capitals.
    """
    full = _from_locale("months", range(1, 13))
    short = tuple(name[:3] for name in full)
    press = tuple(_PRESS_MONTHS.get(name, name) for name in full)
    return _with_capitals(
        {
            "Month": full,
            "Mon": short,
            "Mon.": press,
            "Mon4": tuple(name.rstrip(".") for name in press),
            "Mon3.": tuple(
                name if name == whole else f"{name}."
                for name, whole in zip(short, full, strict=True)
            ),
        }
    )


@cache
def weekday_names() -> Names:
    """Weekday names by template token, Monday first; tokens as for months (`Wkd.`)."""
    full = _from_locale("days", range(7))
    short = tuple(name[:3] for name in full)
    press = tuple(_PRESS_WEEKDAYS.get(name, name) for name in short)
    return _with_capitals(
        {
            "Weekday": full,
            "Wkd": short,
            "Wkd.": tuple(f"{name}." for name in press),
            "Wkd4": press,
            "Wkd3.": tuple(f"{name}." for name in short),
        }
    )


@cache
def month_index() -> Mapping[str, tuple[int, str]]:
    """What a written month means: its number (1 to 12) and the token that writes it."""
    return _index(month_names(), first=1)


@cache
def weekday_index() -> Mapping[str, tuple[int, str]]:
    """What a written weekday means: its number (Monday = 0) and the token that writes it."""
    return _index(weekday_names(), first=0)


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th` ..."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def season_of(day: date) -> int:
    """The meteorological season of the northern hemisphere: an index into `SEASONS`."""
    return day.month % 12 // 3


def render(template: str, day: date) -> str:
    """Writes `day` as a template says.

    Tokens: `{Weekday} {Wkd} {Wkd.} {Wkd4} {Wkd3.}`, `{Month} {Mon} {Mon.} {Mon4} {Mon3.}`, each
    also in capitals; `{d} {dd} {do} {DO}` (`{do}` is `16th`); `{m} {mm}`; `{yyyy} {yy}`; of the
    decade `{yyy0} {y0}`; of the quarter `{q} {qth}` (`3`, `third`); `{season} {Season} {SEASON}`
    and the same with `fall`. Everything else stands for itself.

    Raises:
        TemplateError: there is no such token.
    """
    return _TOKEN.sub(lambda found: _token(found.group(1), day), template)


def _token(name: str, day: date) -> str:
    if name in (months := month_names()):
        return months[name][day.month - 1]
    if name in (weekdays := weekday_names()):
        return weekdays[name][day.weekday()]
    write = _NUMBERS.get(name)
    if write is None:
        known = ", ".join([*weekdays, *months, *_NUMBERS])
        raise TemplateError(f"a date template has no token '{{{name}}}'; it may hold {known}")
    return write(day)


def _season(day: date, autumn: str) -> str:
    index = season_of(day)
    return autumn if SEASONS[index] == "autumn" else SEASONS[index]


_NUMBERS: Mapping[str, Callable[[date], str]] = {
    "d": lambda day: str(day.day),
    "dd": lambda day: f"{day.day:02d}",
    "do": lambda day: ordinal(day.day),
    "DO": lambda day: ordinal(day.day).upper(),
    "m": lambda day: str(day.month),
    "mm": lambda day: f"{day.month:02d}",
    "yyyy": lambda day: f"{day.year:04d}",
    "yy": lambda day: f"{day.year % 100:02d}",
    "yyy0": lambda day: f"{day.year // 10 * 10:04d}",
    "y0": lambda day: f"{day.year % 100 // 10 * 10:02d}",
    "q": lambda day: str((day.month + 2) // 3),
    "qth": lambda day: QUARTERS[(day.month - 1) // 3],
    "Qth": lambda day: QUARTERS[(day.month - 1) // 3].capitalize(),
    "season": lambda day: _season(day, "autumn"),
    "Season": lambda day: _season(day, "autumn").capitalize(),
    "SEASON": lambda day: _season(day, "autumn").upper(),
    "fall": lambda day: _season(day, "fall"),
    "Fall": lambda day: _season(day, "fall").capitalize(),
    "FALL": lambda day: _season(day, "fall").upper(),
}


def _from_locale(kind: Literal["months", "days"], numbers: range) -> tuple[str, ...]:
    # Imported here, so that a command that reads no date does not wait for it.
    from babel import Locale

    wide = getattr(Locale("en"), kind)["format"]["wide"]
    return tuple(str(wide[number]) for number in numbers)


def _with_capitals(names: dict[str, tuple[str, ...]]) -> Names:
    capitals = {token.upper(): tuple(name.upper() for name in row) for token, row in names.items()}
    return {**names, **capitals}


def _index(names: Names, first: int) -> Mapping[str, tuple[int, str]]:
    """Turns names round; a name of several tokens (May, March) takes the first of them."""
    index: dict[str, tuple[int, str]] = {}
    for token, row in names.items():
        for number, name in enumerate(row, first):
            index.setdefault(name, (number, token))
    return index

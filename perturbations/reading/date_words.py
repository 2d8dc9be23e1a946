"""Reads a date that is written with words: a month's name, a weekday, a season, "last week"."""

from __future__ import annotations

import re

from perturbations.reading.date_form import Form
from perturbations.reading.date_patterns import (
    EDGES,
    FIFTHS,
    NAMED_DAYS,
    PARTS_OF_DAY,
    SHIFTS,
    UNITS,
)
from perturbations.reading.date_styles import SEASONS, month_index, ordinal, weekday_index

_TOKEN = re.compile(
    r"(?P<number>[0-9]+)(?P<suffix>st|nd|rd|th|ST|ND|RD|TH|['’]?s)?|(?P<word>[A-Za-z]+\.?)|(?s:.)"
)
_SEASON_WORDS = frozenset({*SEASONS, "fall"})


class _Builder:
    """Collects what the tokens of one expression say."""

    def __init__(self) -> None:
        self.template: list[str] = []
        self.parts: list[tuple[str, int, int]] = []
        self.values: dict[str, int | str] = {}
        self.sound = True

    def add(self, name: str, value: int | str, token: str) -> None:
        """Takes one value; a second one of the same name makes the expression unsound."""
        self.sound &= name not in self.values
        self.values[name] = value
        self.template.append(token)


def read_single(text: str, start: int, end: int, cue: str | None = None) -> Form | None:
    """Reads the characters `start..end` of `text` as one date, in words or with a month's name."""
    build = _Builder()
    for found in _TOKEN.finditer(text, start, end):
        taken = len(build.values)
        if (number := found.group("number")) is not None:
            _read_number(build, number, found.group("suffix") or "")
        elif (word := found.group("word")) is not None:
            _read_word(build, word)
        else:
            build.template.append(found.group())
        if len(build.values) > taken:
            name = list(build.values)[-1]
            if name in ("day", "month", "year", "weekday"):
                stop = found.end("number") if name == "year" else found.end()
                build.parts.append((name, found.start(), stop))
    if not build.sound or not build.values:
        return None
    template = "".join(build.template)
    # The builder names its values as Form does; mypy can't pair names with the types of one dict.
    return Form(start, end, template, tuple(build.parts), cue=cue, **build.values)  # type: ignore[arg-type]


def _read_number(build: _Builder, number: str, suffix: str) -> None:
    value = int(number)
    if suffix.endswith("s"):
        build.add("decade", value, ("{yyy0}" if len(number) == 4 else "{y0}") + suffix)
    elif "q" in build.values or build.template[-1:] == ["Q"]:
        build.sound &= len(number) == 1
        build.add("quarter", value, "{q}")
    elif len(number) == 4:
        build.add("year", value, "{yyyy}")
    elif not value:
        build.sound = False
    elif suffix:
        build.sound &= ordinal(value) == number + suffix.lower()
        build.add("day", value, "{do}" if suffix.islower() else "{DO}")
    else:
        build.add("day", value, "{dd}" if number[0] == "0" else "{d}")


def _read_word(build: _Builder, word: str) -> None:
    lower = word.lower()
    if (month := month_index().get(word)) is not None:
        build.add("month", month[0], f"{{{month[1]}}}")
    elif (weekday := weekday_index().get(word)) is not None:
        build.add("weekday", weekday[0], f"{{{weekday[1]}}}")
    elif lower in _SEASON_WORDS:
        name = "autumn" if lower == "fall" else lower
        token = "fall" if lower == "fall" else "season"
        cased = token.upper() if word.isupper() else token if word.islower() else token.title()
        build.add("season", SEASONS.index(name), f"{{{cased}}}")
    elif lower in EDGES:
        build.add("edge", lower, word)
    elif lower in SHIFTS:
        # In "this past Tuesday" the second word tells.
        build.values["shift"] = lower
        build.values["definite"] = "".join(build.template).lower().startswith("the")
        build.template.append(word)
    elif lower in FIFTHS:
        build.add("quarter", FIFTHS.index(lower) + 1, "{qth}" if word.islower() else "{Qth}")
    elif lower == "quarter" and "quarter" in build.values:
        build.template.append(word)
    elif word == "Q" and "day" in build.values:
        build.values["quarter"] = build.values.pop("day")
        build.template[-1:] = ["{q}", word]
        build.parts.clear()
    elif lower in UNITS or lower in PARTS_OF_DAY or lower in NAMED_DAYS or lower == "day":
        _read_unit(build, word, lower)
    else:
        build.template.append(word)


def _read_unit(build: _Builder, word: str, lower: str) -> None:
    if build.values.get("unit") == "day" and lower in ("yesterday", "tomorrow"):
        # The day before yesterday, the day after tomorrow.
        build.values["unit"] = f"{lower}+"
        build.template.append(word)
    else:
        build.add("unit", lower, word)

"""Where dates may stand: one pattern over the bytes of a text, compiled once.

The pattern proposes; `perturbations.reading.date_forms` reads each hit and may refuse it. Months
and years alone are proposed only behind a cue ("in", "since", "early" ...); web addresses are
matched too, so that the dates inside them are swallowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import re2

from perturbations.reading.date_styles import QUARTERS, SEASONS, month_names, weekday_names

GAPS = " \t\u00a0\u202f\u2009"
"""Spaces as news writes them, for a character class: plain, tab, no-break, narrow, thin."""
DASHES = "\\-–—\u2010\u2011"
"""Dashes, for a character class: hyphen, en dash, em dash, Unicode hyphens."""
_SP = f"(?:[{GAPS}]{{1,2}})"
_DASH = f"[{DASHES}]"

CUES = (
    *("in", "since", "during", "by", "until", "till", "of", "to", "from", "after", "before"),
    *("between", "through", "throughout", "on", "for", "than", "around", "circa", "year"),
    *("with", "versus"),
)
"""Words behind which a month or a year alone is a date."""
SHIFTS = ("last", "next", "this", "past", "coming", "previous", "following", "same")
"""Words that move a unit, a weekday, a month or a season away from the article's time."""
EDGES = ("early", "mid", "late")
UNITS = ("week", "weekend", "month", "quarter", "year", "decade")
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night")
NAMED_DAYS = ("today", "yesterday", "tomorrow", "tonight")
FIFTHS = (*QUARTERS, "fifth", "sixth")
"""Ordinals that somebody may write before "quarter", rightly or not."""


def cased(words: Iterable[str]) -> str:
    """An alternation of words in small letters, with a capital, and in capitals."""
    forms = [form for word in words for form in (word, word.capitalize(), word.upper())]
    return _any(dict.fromkeys(forms))


@cache
def scanner() -> Any:
    """The compiled pattern that proposes dates (and swallows addresses) in UTF-8 bytes."""
    return _compiled(f"{_address()}|{_prose()}")


@cache
def whole() -> Any:
    """The compiled pattern of one date expression that fills its text; it needs no cue."""
    return _compiled(f"(?:{_prose()}|{_bound()}|{_any_weekday()}|{_cued_range()})")


@cache
def continuation() -> Any:
    """Behind a month or year that had a cue: one more of them ("2014, 2018 and 2022")."""
    link = f"(?:,{_SP}(?:and{_SP}|or{_SP})?|{_SP}(?:and|or)(?:{_SP}in)?{_SP})"
    return _compiled(f"{link}(?:{_year()}|{_month()}(?:{_SP}{_year()})?)\\b")


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.longest_match = True
    options.never_capture = True
    options.max_mem = 1 << 26
    # Beyond its memory RE2 goes on with a slower method; that is no news for stderr.
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(word.replace(".", "\\.") for word in words) + ")"


def _month() -> str:
    """Any written month, with the dot of an abbreviation."""
    names = month_names()
    full = [*names["Month"], *names["MONTH"]]
    short = {name.rstrip(".") for row in names.values() for name in row} - set(full)
    return f"(?:{_any(full)}\\b|{_any(sorted(short))}\\b\\.?)"


def _weekday() -> str:
    names = weekday_names()
    return f"{_any([*names['Weekday'], *names['WEEKDAY']])}\\b"


def _any_weekday() -> str:
    names = weekday_names()
    short = {name.rstrip(".") for row in names.values() for name in row if len(name) < 6}
    return f"(?:{_weekday()}|{_any(sorted(short))}\\b\\.?)"


def _short_weekday() -> str:
    names = weekday_names()
    return _any([*names["Wkd."], *names["Wkd3."], *names["WKD."]])


def _year() -> str:
    return "[12][0-9]{3}"


def _day() -> str:
    return "[0-9]{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)?"


def _calendar() -> str:
    """Day with month, with or without year and weekday, in every order that news uses."""
    month, day, year, weekday = _month(), _day(), _year(), _any_weekday()
    comma = f"(?:,{_SP}?|{_SP})"
    day_first = f"{day}{_SP}(?:of{_SP})?{month}(?:{comma}{year})?"
    month_first = f"{month}(?:{_SP}(?:the{_SP})?)?{day}(?:{comma}{year})?"
    date = f"(?:{day_first}|{month_first})"
    before = f"{weekday}(?:{comma}(?:the{_SP})?{date}|{_SP}\\({date}\\))"
    behind = f"{date}(?:,?{_SP}a{_SP}{weekday}|,?{_SP}\\({weekday}\\))"
    dashed = f"[0-9]{{1,2}}-{month}-{year}"
    return f"(?:{date}|{before}|{behind}|{dashed})"


def _of_a_year() -> str:
    """Months, quarters, seasons and decades, each with its year."""
    year = _year()
    link = f"(?:{_SP}|{_SP}of{_SP}|,{_SP})"
    edge = f"(?:{cased(EDGES)}(?:{_SP}|-))?"
    month = f"{edge}{_month()}{link}{year}"
    quarter = f"(?:Q[0-9]|[1-9]Q)(?:{link}|-)?{year}"
    spelt = f"{cased(FIFTHS)}[ -]{cased(['quarter'])}{link}{year}"
    season = f"{edge}{cased([*SEASONS, 'fall'])}{link}{year}"
    decade = f"{edge}(?:[12][0-9]{{2}}0['’]?s|['’‘][0-9]0['’]?s)"
    return f"(?:{month}|{quarter}|{spelt}|{season}|{decade}|{cased(EDGES)}(?:{_SP}|-){_bound()})"


def _numeric() -> str:
    year, pair = _year(), "[0-9]{1,2}"
    return (
        f"(?:{year}-[0-9]{{2}}-[0-9]{{2}}|{year}/{pair}/{pair}|{pair}/{pair}/(?:{year}|[0-9]{{2}})"
        f"|{pair}\\.{pair}\\.{year}|{pair}-{pair}-{year})"
    )


def _relative() -> str:
    units = cased([*UNITS, *PARTS_OF_DAY, *SEASONS, "fall"])
    shift = f"(?:{cased(['the'])}{_SP})?{cased(SHIFTS)}(?:{_SP}{cased(['past', 'coming'])})?"
    shifted = f"{shift}{_SP}(?:{units}|{_weekday()}|{_month()})"
    beyond = f"{cased(['the'])}{_SP}day{_SP}(?:before{_SP}yesterday|after{_SP}tomorrow)"
    short = f"{cased(['on'])}{_SP}{_short_weekday()}"
    return f"(?:{cased(NAMED_DAYS)}|{beyond}|{shifted}|{_weekday()}|{short})"


def _bound() -> str:
    """What is a date only behind a cue."""
    return f"(?:{_month()}|{_year()})"


def _link() -> str:
    dash = f"{_SP}?{_DASH}{_SP}?"
    return f"(?:{dash}|{_SP}{cased(['to', 'through', 'until', 'till'])}{_SP})"


def _range() -> str:
    """Two ends with a dash or a word between them; "6 and 7 December" too."""
    day, month, year, link = _day(), _month(), _year(), _link()
    days = f"{day}(?:{link}|{_SP}and{_SP}){day}"
    comma = f"(?:,{_SP}?|{_SP})"
    end = f"(?:{_calendar()}|{month}{_SP}{year})"
    return (
        f"(?:{days}{_SP}(?:of{_SP})?{month}(?:{comma}{year})?"
        f"|{month}{_SP}{days}(?:{comma}{year})?"
        f"|{end}{link}{end}|{month}{link}{month}{comma}{year}|{_weekday()}{link}{_weekday()}"
        f"|{year}{_DASH}(?:{year}|[0-9]{{2}})"
        f"|{cased(['from', 'between'])}{_SP}{_cued_range()})"
    )


def _cued_range() -> str:
    """A range as it stands behind "from" or "between"."""
    end = _loose()
    return f"{end}(?:{_link()}|{_SP}and{_SP}){end}"


def _loose() -> str:
    """An end of a range that has a cue."""
    return f"(?:{_calendar()}|{_month()}(?:,?{_SP}{_year()})?|{_year()}|{_weekday()})"


def _prose() -> str:
    """All that `find_dates` looks for in prose."""
    cue = f"{cased(CUES)}{_SP}(?:the{_SP})?(?:{cased(['year'])}{_SP})?"
    free = f"(?:{_calendar()}|{_of_a_year()}|{_relative()}|{_range()})"
    return f"\\b(?:(?:{cue})?{free}|{cue}{_bound()}|{_numeric()})|['’‘][0-9]0s\\b"


def _address() -> str:
    return "\\b(?:https?://|www\\.)[^\\s<>]+|\\b(?:[a-z0-9-]+\\.)+[a-z]{2,6}/[^\\s<>]+"

"""Whether what looks like a date is one, by what stands right before and behind it."""

from __future__ import annotations

import re

from perturbations.reading.date_form import Form
from perturbations.reading.date_patterns import GAPS

_MONEY = frozenset("$€£¥₹#§+")
_JOINTS = frozenset(".,/:-–—\u2010\u2011")
"""Signs that make one number of the digits on both sides: 3.16, 1,622, 555-2016."""
_TIES = frozenset("/-–\u2010\u2011")
"""Signs that tie a word to a number: COVID-19, 16-year-old."""
_COUNTED = re.compile(
    rf"[{GAPS}](?:percent|per cent|million|billion|trillion|thousand|hundred|dozen|people|persons"
    r"|troops|soldiers|men|women|children|civilians|members|countries|nations|states|miles|km"
    r"|kilomet(?:er|re)s|met(?:er|re)s|words|pages|homes|jobs|dollars|euros|pounds|points|votes"
    r"|years|months|weeks|days|hours|minutes|seats|deaths|cases|vehicles|workers|employees"
    r"|protesters|tons|tonnes|acres|hectares)\b"
)
"""Nouns behind a number that make it a count: "in March 16 people", "by 2000 troops"."""
_PLURAL = re.compile(rf"[{GAPS}][a-z]{{3,}}s\b")
_NAMED_DAY = re.compile(
    r"(?:Black|Good|Super|Ash|Palm|Easter|Cyber|Giving|Bloody|Holy|Maundy|Shrove|Fat)"
    rf"[{GAPS}]$"
)
"""Names of days that carry a weekday: Good Friday, Super Tuesday."""
_ACT = re.compile(rf"\b(?:Acts?|ACT|Code)[{GAPS}]$")
"""Names of laws that carry a year: "the Clean Air Act of 1970"."""
_OTHER_YEAR = re.compile(
    rf"(?:fiscal|financial|academic|school|model|tax)[{GAPS}]\Z", re.IGNORECASE
)
"""Years that begin on another day than 1 January."""
_BEFORE_CHRIST = re.compile(rf"[{GAPS}]B\.?C")
_CAPITALISED = re.compile(rf"\b[A-Z][\w’'-]*[{GAPS}]\Z")
_LONGEST_NAME = 12
_LOOK_BACK = 24

_STRONG_CUES = frozenset({"in", "since", "during", "until", "till", "throughout", "year"})
"""Cues behind which a number of four digits is a year rather than a count."""
_CUES_OF_MAY = frozenset({"in", "since", "during", "until", "till", "throughout"})
"""Cues behind which May is the month, not a person."""
_CUES_OF_MONTHS = frozenset({"in", "during", "throughout"})
"""Cues that no single day takes: "in March 16 protesters ..." counts protesters."""
_MAY = 5


def stands_free(text: str, start: int, end: int, form: Form) -> bool:
    """Whether the expression at code points `start..end` (cue included) is a date of its own."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before == "_":
        return False
    if (behind.isalnum() or behind == "_") and not (behind == "T" and text[end - 1].isdigit()):
        return False
    if text[start].isdigit() and _joined_before(text, start):
        return False
    if text[end - 1].isdigit() and _joined_behind(text, end, form):
        return False
    if form.unit is not None and form.cue is None and _is_name(text, start):
        return False
    if form.cue in _CUES_OF_MONTHS and form.year is None and _is_month_first(form):
        return False
    if form.weekday is not None and form.day is None and form.shift is None:
        return not _NAMED_DAY.search(text[max(0, start - _LONGEST_NAME) : start])
    return not form.is_bare or _is_bare_date(text, start, end, form)


def _is_name(text: str, start: int) -> bool:
    """Whether a capital behind another one makes "Today" part of a name: India Today."""
    if not text[start].isupper() or text[start + 1 : start + 2].isupper():
        return False
    return _CAPITALISED.search(text[max(0, start - _LOOK_BACK) : start]) is not None


def _is_month_first(form: Form) -> bool:
    return [name for name, *_ in form.parts] == ["month", "day"]


def _joined_before(text: str, start: int) -> bool:
    before, further = text[start - 1 : start], text[max(0, start - 2) : max(0, start - 1)]
    return (
        before in _MONEY
        or (before in _JOINTS and further.isdigit())
        or (before in _TIES and further.isalnum())
    )


def _joined_behind(text: str, end: int, form: Form) -> bool:
    behind, further = text[end : end + 1], text[end + 1 : end + 2]
    if behind in ("%", "(") or (behind in _JOINTS and further.isdigit()):
        return True
    last = form.ends[-1] if form.ends else form
    if last.year is not None and not last.is_bare:
        return False
    if last.year is None and behind in _TIES and further.isalpha():
        return True
    return _COUNTED.match(text, end) is not None


def _is_bare_date(text: str, start: int, end: int, form: Form) -> bool:
    cue = form.cue
    if cue == "on":
        return False
    if form.month is not None:
        return form.month != _MAY or cue in _CUES_OF_MAY or form.edge is not None
    if _BEFORE_CHRIST.match(text, end):
        return False
    if cue == "year" and _OTHER_YEAR.search(text[max(0, start - _LONGEST_NAME) : start]):
        return False
    if cue is None or cue in _STRONG_CUES:
        return True
    year = form.year or 0
    if cue == "of" and _ACT.search(text[max(0, start - _LONGEST_NAME) : start]):
        return False
    return 1900 <= year < 2030 or (
        1500 <= year <= 2100 and not (year % 100 == 0 or _PLURAL.match(text, end))
    )

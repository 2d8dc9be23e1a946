"""From a form to the days that it can mean, at an article's time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from perturbations.reading.date_form import Form
from perturbations.reading.date_styles import month_names
from perturbations.reading.mentions import AsOf, Precision

_FORWARD_CUES = frozenset({"by", "until", "till"})
"""Cues that turn a bare weekday towards the days to come."""
_FUTURE = frozenset({"next", "coming"})
_PAST = frozenset({"last", "past"})
_ELSEWHERE = frozenset({"previous", "following", "same"})
"""Shifts that count from another day of the text, not from the article's time."""
_PARTS_OF_TODAY = frozenset({"today", "tonight", "morning", "afternoon", "evening"})
_FEBRUARY = 2
_SEASON_MONTHS = ((12, 3), (3, 6), (6, 9), (9, 12))
_UNIT_PRECISION = {
    "week": Precision.RANGE,
    "weekend": Precision.RANGE,
    **{name: Precision(name) for name in ("month", "quarter", "year", "decade")},
}


@dataclass(frozen=True, slots=True)
class Value:
    """What a form means: the earliest and latest day, and how sure that is."""

    first: date | None
    last: date | None
    precision: Precision
    relative: bool = False
    problem: str | None = None
    ambiguous: bool = False


def resolve(form: Form, as_of: AsOf | None) -> Value:
    """Finds the days that a form means.

    What stands by itself (with a year) needs no `as_of`. Anything else is worked out from it; where
    it is an interval, only a value that is the same from its first to its last day is given.

    - A bare weekday means the latest such day up to `as_of` itself; behind "by" or "until", the
      next one from `as_of` on. "last Tuesday" lies before `as_of`, "next Friday" behind it; where
      that day is in the same week as `as_of`, usage differs, and the mention is ambiguous.
    - A day, or a month behind a cue, without a year means the one nearest to `as_of`, so never
      more than about six months away.
    - "the last year" reaches up to `as_of`; "the last Friday" belongs to something else in the
      text, as "the previous week" does, and stays open.
    - Weeks run from Monday to Sunday and take in the Sunday before, where others begin them.
    """
    if form.ends:
        return _range(form, as_of)
    if (problem := _problem(form)) is not None:
        return Value(None, None, _precision(form), form.year is None, problem)
    if form.year is not None or form.decade is not None:
        return _absolute(form)
    precision = _precision(form)
    days = _relative_interval(form, as_of) if as_of is not None else None
    if days is None:
        return Value(None, None, precision, relative=True)
    unsure = form.shift in ("last", "next") and form.weekday is not None and as_of is not None
    ambiguous = unsure and as_of is not None and _week(days[0]) == _week(as_of.first)
    return Value(*days, precision, relative=True, ambiguous=ambiguous)


def resolve_ends(form: Form, as_of: AsOf | None) -> tuple[Value, ...]:
    """Finds the days of both ends of a range; of two weekdays, the first precedes the second."""
    values = tuple(resolve(end, as_of) for end in form.ends)
    days = [(end.weekday if end.day is None else None) for end in form.ends]
    last = values[-1].first if values else None
    if None in days or last is None:
        return values
    first = last - timedelta(days=((days[1] or 0) - (days[0] or 0)) % 7)
    return (replace(values[0], first=first, last=first), values[1])


def _range(form: Form, as_of: AsOf | None) -> Value:
    left, right = resolve_ends(form, as_of)
    relative = left.relative or right.relative
    problem = left.problem or right.problem
    first, last = left.first, right.last
    if first is not None and last is not None and first > last:
        if not relative:
            problem = problem or "the range ends before it begins"
        first = last = None
    return Value(first, last, Precision.RANGE, relative, problem)


def _problem(form: Form) -> str | None:
    if form.quarter is not None and not 1 <= form.quarter <= 4:
        return "a year has 4 quarters"
    if form.month is None:
        return None
    if not 1 <= form.month <= 12:
        return "a year has 12 months"
    # Without a year, the 29 February that comes once in four years can be.
    length = monthrange(form.year or 2024, form.month)[1]
    if form.day is None or 1 <= form.day <= length:
        return None
    month = month_names()["Month"][form.month - 1]
    if form.month == _FEBRUARY:
        return f"{month} {form.year} has {length} days" if form.year else f"{month} has 29 at most"
    return f"{month} has {length} days"


def _precision(form: Form) -> Precision:
    if form.day is not None or form.weekday is not None:
        return Precision.DAY
    if form.month is not None:
        return Precision.MONTH
    if form.quarter is not None or form.season is not None:
        return Precision.QUARTER
    if form.decade is not None:
        return Precision.DECADE
    if form.year is not None:
        return Precision.YEAR
    return _UNIT_PRECISION.get(form.unit or "", Precision.DAY)


def _absolute(form: Form) -> Value:
    """What is written with its year or decade."""
    precision = _precision(form)
    if form.decade is not None:
        first, last = _decade(form.decade)
        return Value(*_edge(first, last, form.edge), precision, ambiguous=form.decade < 30)
    year = form.year or 0
    if form.day is not None and form.month is not None:
        day = date(year, form.month, form.day)
        other = date(year, form.day, form.month) if form.swapped else day
        return Value(min(day, other), max(day, other), precision, ambiguous=form.swapped)
    if form.month is not None:
        first, last = date(year, form.month, 1), _month_end(year, form.month)
    elif form.quarter is not None:
        first = date(year, 3 * form.quarter - 2, 1)
        last = _month_end(year, 3 * form.quarter)
    elif form.season is not None:
        return Value(*_season(year, form.season), precision, ambiguous=True)
    else:
        first, last = date(year, 1, 1), date(year, 12, 31)
    return Value(*_edge(first, last, form.edge), precision)


def _decade(written: int) -> tuple[date, date]:
    """`1990` is written in full; `90` means the 1990s, `10` the 2010s."""
    year = written
    if written < 100:
        year += 1900 if written >= 30 else 2000
    return date(year, 1, 1), date(year + 9, 12, 31)


def _season(year: int, season: int) -> tuple[date, date]:
    """A northern season, taken wide: from its meteorological start to its astronomical end."""
    start, end = _SEASON_MONTHS[season]
    if season == 0:
        # "winter 2024" may begin or end in 2024.
        return date(year - 1, start, 1), date(year + 1, end, 21)
    return date(year, start, 1), date(year, end, 23)


def _edge(first: date, last: date, edge: str | None) -> tuple[date, date]:
    """The early, middle or late part, taken wide: somewhat under half of the whole."""
    days = (last - first).days
    share = timedelta(days=days * 42 // 100)
    if edge == "early":
        return first, first + share
    if edge == "late":
        return last - share, last
    if edge == "mid":
        margin = timedelta(days=days * 22 // 100)
        return first + margin, last - margin
    return first, last


def _relative_interval(form: Form, as_of: AsOf) -> tuple[date, date] | None:
    """The days meant, if they are the same from the first to the last day of `as_of`."""
    try:
        days = _from_day(form, as_of.first)
        same = as_of.first == as_of.last or days == _from_day(form, as_of.last)
    except (OverflowError, ValueError):
        # Days before the year 1 or after 9999.
        return None
    return days if same else None


def _from_day(form: Form, today: date) -> tuple[date, date] | None:
    is_unit = form.unit is not None and form.month is None and form.weekday is None
    if form.shift in _ELSEWHERE or (form.definite and not is_unit):
        return None
    if form.month is not None:
        return _nearest(form, today)
    if form.weekday is not None:
        day = _weekday(form.weekday, form, today)
        return day, day
    if form.season is not None:
        return _relative_season(form.season, form.shift, today)
    return _unit(form.unit, form.shift, form.definite, today)


def _nearest(form: Form, today: date) -> tuple[date, date] | None:
    month = form.month or 1
    choices = []
    for year in (today.year - 1, today.year, today.year + 1):
        if form.day is None:
            choices.append((date(year, month, 1), _month_end(year, month)))
        elif form.day <= monthrange(year, month)[1]:
            choices.append((date(year, month, form.day),) * 2)
    if form.shift in _PAST:
        choices = [days for days in choices if days[1] < today.replace(day=1)][-1:]
    elif form.shift in _FUTURE:
        choices = [days for days in choices if days[0] > today][:1]
    elif form.shift == "this":
        choices = [days for days in choices if days[0].year == today.year]
    if not choices:
        return None
    first, last = min(choices, key=lambda days: abs((days[0] - today).days))
    return _edge(first, last, form.edge)


def _weekday(weekday: int, form: Form, today: date) -> date:
    ahead = (weekday - today.weekday()) % 7
    if form.shift in _FUTURE:
        return today + timedelta(days=ahead or 7)
    if form.shift in _PAST:
        return today - timedelta(days=(7 - ahead) % 7 or 7)
    if form.shift == "this":
        return _monday(today) + timedelta(days=weekday)
    if form.cue in _FORWARD_CUES:
        return today + timedelta(days=ahead)
    return today - timedelta(days=(7 - ahead) % 7)


def _relative_season(season: int, shift: str | None, today: date) -> tuple[date, date] | None:
    if season == 0:
        # Winters cross the year, and "this winter" may be either.
        return None
    year = today.year
    if shift in _PAST and _season(year, season)[1] >= today:
        year -= 1
    if shift in _FUTURE and _season(year, season)[0] <= today:
        year += 1
    return _season(year, season)


def _unit(
    unit: str | None, shift: str | None, definite: bool, today: date
) -> tuple[date, date] | None:
    step = -1 if shift in _PAST else 1 if shift in _FUTURE else 0
    if unit in ("yesterday", "tomorrow", "yesterday+", "tomorrow+"):
        step = (-1 if unit.startswith("yesterday") else 1) * (2 if unit.endswith("+") else 1)
        return (today + timedelta(days=step),) * 2
    if unit == "night" or unit in _PARTS_OF_TODAY:
        return (today + timedelta(days=step),) * 2
    days = _calendar_unit(unit, step, today)
    if days is None or not (definite or shift in ("past", "coming")) or not step:
        return days
    # "the last year" and "past year" run up to today; how far back they reach is left wide.
    return (days[0], today) if step < 0 else (today, days[1])


def _calendar_unit(unit: str | None, step: int, today: date) -> tuple[date, date] | None:
    if unit == "week":
        monday = _monday(today) + timedelta(days=7 * step)
        return monday - timedelta(days=1), monday + timedelta(days=6)
    if unit == "weekend":
        saturday = _monday(today) + timedelta(days=7 * step + 5)
        return saturday, saturday + timedelta(days=1)
    if unit == "year":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    if unit == "decade":
        return _decade(today.year // 10 * 10 + 10 * step)
    length = {"month": 1, "quarter": 3}.get(unit or "")
    if length is None:
        return None
    index = (today.year * 12 + today.month - 1) // length + step
    start, end = index * length, index * length + length - 1
    return date(start // 12, start % 12 + 1, 1), _month_end(end // 12, end % 12 + 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])

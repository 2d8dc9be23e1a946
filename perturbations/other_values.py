"""Another value in the place of one, of its kind and manner; and the same in another form."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from perturbations.draw import Draw
from perturbations.naming import has_article, is_state
from perturbations.proposal import Subject
from perturbations.reading.cited_values import Value, ValueKind, opposite, place_names
from perturbations.reading.dates import alternatives, render
from perturbations.reading.duration_words import NUMBERS, spell
from perturbations.reading.mentions import Precision, Reading
from perturbations.text import Span

SPELT_BELOW = 13
"""Numbers below this are written in figures or in words by different papers."""

_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")

_VOICED = re.compile(
    r"(?i)rais\w+ (?:[\w-]+ ){0,3}(?:concerns?|questions?|issues?|awareness|alarms?|objections?|"
    r"doubts?|fears|hopes?|points?)\b"
)
"""What is raised without growing, and never lowered."""

SMALL = 7
"""Counts up to this stand for each other."""

RECENT = timedelta(days=10 * 366)
"""How long ago somebody may have left office who stands in the place of another."""

NEAREST_DAYS, FARTHEST_DAYS, FARTHEST_MONTHS = 3, 40, 9


def other_value(value: Value, subject: Subject, draw: Draw) -> str | None:
    """Another value, written as this one is; None where there is none that fits."""
    if value.kind is ValueKind.NUMBER:
        return _other_number(value, draw)
    if value.kind is ValueKind.DATE:
        return _other_date(value, subject, draw)
    if value.kind is ValueKind.PERSON:
        return _other_person(value, subject, draw)
    if value.kind is ValueKind.PLACE:
        return _other_place(value, subject, draw)
    line = _around(value, subject.reading)
    if _VOICED.match(line.text, value.span.start - line.start):
        return None
    return opposite(value.span.text)


def other_form(value: Value, text: str, draw: Draw) -> str:
    """A value's text in another accepted form: words for figures, another format of a date.

    Args:
        value: whose kind and own form count.
        text: what is to be written in the other form; this value's text or another's.
        draw: what the format of a date is drawn from.
    """
    if value.kind is ValueKind.NUMBER:
        return _number_in_other_form(text)
    return text


def date_forms(value: Value) -> tuple[str, ...]:
    """Templates in which the headline may write a date anew, its own first."""
    if value.date is None:
        return ()
    return (value.date.template, *(f for f in alternatives(value.date) if "{W" not in f))


def _number_in_other_form(text: str) -> str:
    number = NUMBERS.get(text.casefold())
    if number is not None and number < SPELT_BELOW:
        return str(number)
    if text.isdigit() and int(text) < SPELT_BELOW:
        return spell(int(text))
    return text


def _other_number(value: Value, draw: Draw) -> str | None:
    """A number of as many figures and as round, between half and twice as large."""
    text = value.span.text
    word = NUMBERS.get(text.casefold())
    plain = str(word) if word is not None else text.replace(",", "")
    places = len(plain.partition(".")[2])
    digits = int(plain.replace(".", ""))
    step = 1
    while digits % (step * 10) == 0 and digits > step * 10:
        step *= 10
    units = digits // step
    least, most = max(2, (units + 1) // 2), max(units * 2, SMALL)
    room = [n for n in range(least, min(most, units + 400) + 1) if n != units]
    room = [n for n in room if len(str(n)) == len(str(units)) and (n % 10 != 0 or units < 10)]
    if places or "percent" in value.after or "per cent" in value.after:
        whole = 10**places
        room = [n for n in room if n * step < 100 * whole]
    if not room:
        return None
    return _like(_drawn(room, draw) * step, text, places, spelt=word is not None)


def _drawn(room: list[int], draw: Draw) -> int:
    """One of some numbers, small ones more often, as in the news: two is commoner than nine."""
    weights = [1 / number for number in room]
    at = draw.uniform() * sum(weights)
    for number, weight in zip(room, weights, strict=True):
        at -= weight
        if at < 0:
            return number
    return room[-1]


def _like(digits: int, text: str, places: int, *, spelt: bool) -> str:
    if spelt:
        words = spell(digits)
        return words.capitalize() if text[:1].isupper() else words
    number = Decimal(digits).scaleb(-places)
    return f"{number:,}" if "," in text else str(number)


def _other_date(value: Value, subject: Subject, draw: Draw) -> str | None:
    as_of, date = subject.reading.as_of, value.date
    if date is None or date.first is None or as_of is None:
        return None
    days = [sign * n for n in range(NEAREST_DAYS, FARTHEST_DAYS) for sign in (-1, 1)]
    if date.precision is Precision.MONTH:
        days = [31 * n for n in days if abs(n) <= FARTHEST_MONTHS]
    room = [date.first + timedelta(days=n) for n in days]
    room = [day for day in room if (day <= as_of.first) == (date.first <= as_of.first)]
    return render(date.template, draw.choice(room)) if room else None


def _other_person(value: Value, subject: Subject, draw: Draw) -> str | None:
    """Somebody else of the article, of the same gender, as they are mentioned there.

    Only such a one is as much at home in the article as the person whose place they take, and
    nobody of long ago does what is done today.
    """
    knowledge, own, reading = subject.knowledge, value.person, subject.reading
    if own is None or own.country is not None or own.apposition or own.honorific is not None:
        return None
    gender = knowledge.people[value.key].gender
    line = _around(value, reading)
    beside = {mention.person for mention in reading.people if line.covers(mention.span)}
    room = {
        mention.span.text
        for mention in reading.people
        if mention.form is own.form
        and mention.person is not None
        and mention.person not in beside
        and knowledge.people[mention.person].gender == gender
        and not (mention.country or mention.modifiers or mention.apposition or mention.capitals)
        and not (mention.quoted or mention.in_reference or mention.shared_title)
        and mention.honorific is None
        and _is_recent(mention.person, subject)
    }
    return draw.choice(sorted(room)) if room else None


def _is_recent(person: str, subject: Subject) -> bool:
    """Whether a person held office at the article's time, or not long before it."""
    as_of = subject.reading.as_of
    if as_of is None:
        return False
    since = as_of.first - RECENT
    terms = subject.knowledge.terms_of(person=person)
    return any(t.start <= as_of.last and (t.end is None or t.end >= since) for t in terms)


def _other_place(value: Value, subject: Subject, draw: Draw) -> str | None:
    """Another country, or another capital, that the article names elsewhere."""
    names, reading = place_names(subject.knowledge), subject.reading
    capital = value.key.startswith("capital:")
    countries = subject.knowledge.countries
    country = value.key.removeprefix("capital:")
    if has_article(countries[country]) and not capital:
        return None
    room = set()
    for name in set(_NAME.findall(reading.text[reading.article.body_start :])):
        key = names.get(name)
        if key is None or key.startswith("capital:") != capital:
            continue
        other = key.removeprefix("capital:")
        fits = capital or (is_state(countries[other]) and not has_article(countries[other]))
        if other != country and fits and name not in _around(value, reading).text:
            room.add(name)
    return draw.choice(sorted(room)) if room else None


def _around(value: Value, reading: Reading) -> Span:
    """The line in which a value stands: its paragraph, or its entry."""
    text = reading.text
    start, end = text.rfind("\n", 0, value.span.start) + 1, text.find("\n", value.span.end)
    return Span.of(text, start, end if end >= 0 else len(text))

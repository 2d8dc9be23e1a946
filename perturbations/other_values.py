"""Another value in the place of one, of its kind and manner; and the same in another form."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from perturbations.draw import Draw
from perturbations.knowledge import Person
from perturbations.naming import has_article, is_state
from perturbations.proposal import Subject
from perturbations.reading.cited_values import Value, ValueKind, opposite
from perturbations.reading.dates import alternatives, render
from perturbations.reading.duration_words import NUMBERS, spell
from perturbations.reading.mentions import Precision

SPELT_BELOW = 13
"""Numbers below this are written in figures or in words by different papers."""

SMALL = 7
"""Counts up to this stand for each other."""

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
    """Somebody of the same gender who held an office of theirs, whom the article does not name."""
    knowledge, mention, as_of = subject.knowledge, value.person, subject.reading.as_of
    if mention is None or mention.name is None or as_of is None or mention.country is not None:
        return None
    own = knowledge.people[value.key]
    if mention.name.text != own.name or mention.honorific is not None or mention.apposition:
        return None
    room: dict[str, Person] = {}
    for office in {term.office for term in knowledge.terms_of(person=own.id)}:
        for term in knowledge.terms_of(office=office):
            person = knowledge.people[term.person]
            named = person.surname in subject.reading.text
            if person.gender == own.gender and not named and term.start <= as_of.first:
                room[person.id] = person
    if not room:
        return None
    other = room[draw.choice(sorted(room))]
    start = mention.name.start - value.span.start
    ahead, behind = value.span.text[:start], value.span.text[start + len(mention.name.text) :]
    return f"{ahead}{other.name}{behind}"


def _other_place(value: Value, subject: Subject, draw: Draw) -> str | None:
    """Another country, or another capital, that the article does not name."""
    knowledge, text = subject.knowledge, subject.reading.text
    if value.key.startswith("capital:"):
        room = {c.capitals[0]: c.id for c in knowledge.countries.values() if c.capitals}
    else:
        own = knowledge.countries[value.key]
        if has_article(own) or value.span.text != own.name:
            return None
        states = [c for c in knowledge.countries.values() if is_state(c) and not has_article(c)]
        room = {country.name: country.id for country in states}
    # As many lots as leaders in the tables: much named countries stand for much named ones.
    leaders = Counter(knowledge.offices[term.office].country for term in knowledge.terms)
    names = [name for name in sorted(room) if name not in text]
    lots = [name for name in names for _ in range(leaders[room[name]])]
    return draw.choice(lots) if lots else None

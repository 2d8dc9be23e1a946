"""The facts of the knowledge as values: immutable and comparable."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class KnowledgeError(ValueError):
    """A table that cannot be read: the message names file, line, field and what was expected."""


class UnknownIdError(LookupError):
    """An id that no table holds; the message suggests the nearest one."""


class Truth(StrEnum):
    """What the tables say about a claim."""

    HOLDS = "holds"
    """Surely so on every day asked about."""
    FAILS = "fails"
    """Surely so on no day asked about."""
    UNKNOWN = "unknown"
    """Anything else."""


class Status(StrEnum):
    """How sure a fact is."""

    VERIFIED = "verified"
    """Two independent sources agree, or one that is official."""
    SINGLE_SOURCE = "single_source"
    """One source says so and none contradicts it."""
    UNCERTAIN = "uncertain"
    """Sources disagree or the dates are in doubt: never decides anything."""


class Precision(StrEnum):
    """How much of a date is known; the rest is filled with ones (2016-04-01 for April 2016)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Presupposition(StrEnum):
    """What a phrase takes for granted about a state of the world."""

    HOLDS = "holds"
    """That it is so."""
    NOT_YET = "not_yet"
    """That it is still to come or hypothetical."""
    OVER = "over"
    """That it has ended."""


def possible_days(day: date, precision: Precision) -> tuple[date, date]:
    """Spans the first and last day that a date of this precision may stand for, both inclusive."""
    if precision is Precision.MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if precision is Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What `tables.json` says of one table."""

    known_until: date
    """Last day about which the table speaks."""
    sources: dict[str, str]
    """Source key to description."""
    closed: bool
    """Whether the table is complete for its kind, so that absence means "not so"."""
    overlaid: dict[str, date] = field(default_factory=dict)
    """Last day about which an overlay speaks, by the subjects (offices, rows) that it holds."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state, or an organisation that holds offices (`EU`, `NATO`, `UN`)."""

    id: str
    name: str
    long: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    currency: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office that one person holds at a time, or several where `collective`."""

    id: str
    country: str
    role: str
    """head_of_state, head_of_government, both, deputy, minister or head_of_organisation."""
    titles: tuple[str, ...]
    """Accepted English titles, the usual one first."""
    collective: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who held an office."""

    id: str
    name: str
    """As the press usually writes it."""
    surname: str
    aliases: tuple[str, ...]
    """Other accepted full names and spellings."""
    surnames: tuple[str, ...]
    """Every accepted surname-only form, the usual one first."""
    gender: str
    """`m` or `f`."""
    died: date | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office, from `start` until the day before `end`."""

    id: str
    person: str
    office: str
    start: date
    start_precision: Precision
    end: date | None
    """First day on which it is no longer so; None where it is open at the table's `known_until`."""
    end_precision: Precision
    acting: bool
    status: Status
    sources: tuple[str, ...]

    def covers(self, day: date) -> bool:
        """Tells whether the day lies in the term, taking its dates at their word."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class AddressGrammar:
    """What the addresses of an outlet look like, in one period of its life."""

    pattern: str
    """RE2 pattern over the path, with named groups `year`, `month`, `day` where it tells them."""
    tells: tuple[str, ...]
    since: date | None
    until: date | None
    example: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DatedId:
    """A number out of an outlet's address, with the day of its article: numbers grow with time."""

    id: int
    day: date
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, agency, broadcaster or site, with the domains it publishes under."""

    id: str
    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    """The usual one first."""
    grammar: tuple[AddressGrammar, ...]
    country: str | None
    status: Status
    sources: tuple[str, ...]
    ids: tuple[DatedId, ...] = ()
    """Numbers whose day is known, in the order of the days."""


@dataclass(frozen=True, slots=True)
class StatePattern:
    """A lower-case phrase that takes a state, or its absence, for granted."""

    phrase: str
    presupposes: Presupposition


@dataclass(frozen=True, slots=True)
class Turn:
    """The event by which a state of the world begins or ends, in the words news has for it."""

    who: tuple[str, ...]
    """Accepted subjects, the usual one first: `the United States`, `the U.S.`."""
    base: str
    """The rest of the sentence after "to": `join NATO`."""
    present: str
    past: str
    participle: str
    """The rest behind "has": `joined NATO`, `been launched`."""
    relative: str
    """`which` or `who`."""
    plural: bool
    foreseen: date | None
    """Since when news has spoken of it as something to come; None where it came unforeseen."""
    over: date | None = None
    """The last day of what it began, after which news says no more that it "has opened"; None where
    that lasts."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of the world that news takes for granted, with the days on which it was so."""

    id: str
    statement: str
    """A sentence in the present tense, true from `start` until the day before `end`."""
    subject: str
    aspect: str
    """membership, name, war, currency, agreement, office or other."""
    start: date
    start_precision: Precision
    end: date | None
    end_precision: Precision
    patterns: tuple[StatePattern, ...]
    status: Status
    sources: tuple[str, ...]
    begins: Turn | None = None
    """What happened on `start`, where news tells it as an event."""
    ends: Turn | None = None
    """What happened on `end`."""

    def covers(self, day: date) -> bool:
        """Tells whether the day lies in the state's interval, taking its dates at their word."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A union, alliance, group or treaty that countries join and leave."""

    id: str
    name: str
    """As news writes it, without an article."""
    aliases: tuple[str, ...]
    article: bool
    """Whether the name takes "the" (the European Union, but NATO)."""
    short: str
    """What stands before "member": `EU` in "an EU member"."""
    indefinite: str
    """The article before `short`: `a` or `an`."""
    kind: str
    """`bloc`, which has members, or `treaty`, which has parties."""
    complete: bool
    """Whether every member is listed, so that a country that is not listed is none."""
    founded: date
    founded_precision: Precision
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A country, or an organisation, in an organisation from `start` until the day before `end`."""

    id: str
    organisation: str
    member: str
    start: date
    start_precision: Precision
    end: date | None
    end_precision: Precision
    applied: date | None
    """Since when news has spoken of the accession as something to come."""
    notified: date | None
    """Since when news has spoken of the exit as something to come."""
    status: Status
    """`uncertain` also for what is neither membership nor its absence: signatories, partners."""
    sources: tuple[str, ...]

    def covers(self, day: date) -> bool:
        """Tells whether the day lies in the membership, taking its dates at their word."""
        return self.start <= day and (self.end is None or day < self.end)


def days_around(day: date, precision: Precision, margin: int) -> tuple[date, date]:
    """Widens the days a date may stand for by `margin` days on both sides, both ends inclusive."""
    first, last = possible_days(day, precision)
    return first - timedelta(days=margin), last + timedelta(days=margin)

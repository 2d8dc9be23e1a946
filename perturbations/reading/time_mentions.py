"""What the recognisers of time find beyond dates: tenses, datelines, dates side by side, orders."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from perturbations.text import Span


class Tense(StrEnum):
    """In which time a finite verb tells its event."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DatedClause:
    """A finite clause together with the date that says when its event is.

    `date` is the span of the date mention; `phrase` covers it with its preposition ("on 3 May
    2022", "today"), and is what has to be exchanged to date the event otherwise. `verb` covers the
    whole verb group ("will be held", "met"), `base` names its main verb, where the closed list of
    verbs has it. `firm` tells that nothing in the sentence takes the event back into plans, wishes
    or conditions.
    """

    date: Span
    phrase: Span
    verb: Span
    tense: Tense
    base: str | None = None
    passive: bool = False
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date by which the article dates itself.

    In a line of place and date ("LONDON, 3 May 2022 (Agency) -"), in a stamp ("Published: 3 May
    2022"), in a byline or in a line of its own. `span` covers it whole, `date` the date mention.
    """

    span: Span
    date: Span


@dataclass(frozen=True, slots=True)
class DatePair:
    """A time told by the article's own day, and beside it the same time as a date.

    "yesterday, 12 March", "this year, 2022", "last month, in April".
    """

    relative: Span
    date: Span


@dataclass(frozen=True, slots=True)
class OrderStatement:
    """A sentence, or a part of one, that says in so many words which of two events came first.

    `link` is the word that says it: before, after, later, followed by.
    """

    link: Span
    earlier: Span
    later: Span


@dataclass(frozen=True, slots=True)
class Timing:
    """All that an article says about time besides its dates and durations."""

    clauses: tuple[DatedClause, ...] = ()
    datelines: tuple[Dateline, ...] = ()
    pairs: tuple[DatePair, ...] = ()
    orders: tuple[OrderStatement, ...] = ()
    stamp: Span | None = None
    """The date at the headline's edge, by which it dates itself."""

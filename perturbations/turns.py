"""Events that turned states of the world round, and the ways to tell them by an article's day.

An event is used only near its day, as long before as after, so that over many articles each way
to tell it is as often right as wrong: what decides is the day, not the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from perturbations.knowledge import (
    Country,
    Knowledge,
    Membership,
    Organisation,
    Precision,
    Presupposition,
    Status,
    Turn,
)
from perturbations.naming import has_article
from perturbations.reading.mentions import AsOf
from perturbations.reading.state_forms import FORMS, Form, Kind
from perturbations.reading.state_mentions import (
    BEGUN,
    HOLDS,
    NOT_OVER,
    NOT_YET,
    OVER,
    StateMention,
)

REACH = timedelta(days=150)
"""How far from its day an event is told of: little beside the years that a corpus covers, at whose
ends an event lies on one side of all articles."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that began a state of the world, or a membership, or ended it."""

    turn: Turn
    day: date
    begins: bool
    state: str | None = None
    member: str | None = None
    organisation: Organisation | None = None
    again: bool = False
    """Whether it had been so before."""

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """What the event is about, as mentions name it."""
        return self.state, self.member, self.organisation.id if self.organisation else None

    def says(self, *, still_open: bool) -> frozenset[Presupposition]:
        """How the state may stand if the event is rightly told as open, or as come."""
        if self.begins:
            return NOT_YET if still_open else HOLDS if self.again else BEGUN
        return NOT_OVER if still_open else OVER

    def standing(self, as_of: AsOf, knowledge: Knowledge) -> frozenset[Presupposition]:
        """How the state surely stands on every day of the article's time."""
        if self.state is not None:
            return knowledge.state_standing(self.state, as_of.first, as_of.last)
        if self.member is None or self.organisation is None:
            return frozenset()
        return knowledge.member_standing(self.member, self.organisation.id, as_of.first, as_of.last)

    def has_come(self, as_of: AsOf, knowledge: Knowledge) -> bool | None:
        """Whether it surely has come by the article's time; None where that is not sure."""
        standing = self.standing(as_of, knowledge)
        if not standing:
            return None
        if standing <= self.says(still_open=True) and as_of.last < self.day:
            return False
        return True if standing <= self.says(still_open=False) and self.day <= as_of.first else None

    @property
    def reach(self) -> timedelta:
        """How far from its day it is told, on both sides alike.

        No further than it was foreseen, nor than what it began went on.
        """
        reach = REACH if self.turn.foreseen is None else min(REACH, self.day - self.turn.foreseen)
        return reach if self.turn.over is None else min(reach, self.turn.over - self.day)

    def phrases(self, who: str, *, still_open: bool) -> list[str]:
        """Ways to write the subject with the event behind it, all of one meaning."""
        kind = Kind.OPEN_PHRASE if still_open else Kind.DONE_PHRASE
        if not still_open or self.turn.foreseen is not None:
            found = [form.write(self.turn, who) for form in FORMS if form.kind is kind]
        else:
            found = []
        if self.organisation is not None and self.organisation.kind == "bloc":
            found += _as_member(self.organisation, who, self.begins, still_open)
        return found

    def clauses(self, who: str, *, still_open: bool) -> list[str]:
        """Clauses that say when: "once Sweden joins NATO", "now that Sweden has joined NATO"."""
        if still_open and self.turn.foreseen is None:
            return []
        return [form.write(self.turn, who) for form in WHEN if form.is_open == still_open]

    def is_of(self, mention: StateMention) -> bool:
        """Whether a mention speaks of what the event turned round, by its key or in its words."""
        if self.key == (mention.state, mention.member, mention.organisation):
            return True
        return any(
            mention.span.text
            in (*self.phrases(who, still_open=side), *self.clauses(who, still_open=side))
            for who in self.turn.who
            for side in (True, False)
        )


WHEN: tuple[Form, ...] = tuple(
    form
    for form in FORMS
    if form.template.startswith(("once ", "as soon as ", "now that ", "since "))
)


def _as_member(organisation: Organisation, who: str, begins: bool, still_open: bool) -> list[str]:
    name = the(organisation)
    if begins != still_open:
        return [f"{who}, {organisation.indefinite} {organisation.short} member"]
    return [f"{who}, which is {'not' if begins else 'no longer'} a member of {name}"]


def the(organisation: Organisation) -> str:
    """The organisation's name as it stands behind a verb: the European Union, NATO."""
    return f"the {organisation.name}" if organisation.article else organisation.name


def who_of(country: Country) -> str:
    """The country's name as the subject of a sentence."""
    return f"the {country.name}" if has_article(country) or len(country.id) > 2 else country.name


def events(knowledge: Knowledge) -> tuple[Event, ...]:
    """Every event whose day is known, by day."""
    found = [*_of_states(knowledge), *_of_memberships(knowledge)]
    return tuple(sorted(found, key=lambda event: (event.day, event.turn.who, event.turn.base)))


def _of_states(knowledge: Knowledge) -> Iterator[Event]:
    for state in knowledge.states.values():
        if state.status is Status.UNCERTAIN:
            continue
        if state.begins is not None and state.start_precision is Precision.DAY:
            yield Event(state.begins, state.start, True, state=state.id)
        if state.ends is not None and state.end and state.end_precision is Precision.DAY:
            yield Event(state.ends, state.end, False, state=state.id)


def _of_memberships(knowledge: Knowledge) -> Iterator[Event]:
    for one in knowledge.memberships:
        country = knowledge.countries.get(one.member)
        if one.status is Status.UNCERTAIN or country is None:
            continue
        organisation = knowledge.organisations[one.organisation]
        again = _again(one, knowledge)
        if one.start_precision is Precision.DAY and one.start.year >= FIRST_YEAR:
            turn = _turn(country, "rejoin" if again else "join", organisation, one.applied)
            yield Event(turn, one.start, True, None, one.member, organisation, again)
        if one.end is not None and one.end_precision is Precision.DAY:
            turn = _turn(country, "leave", organisation, one.notified)
            yield Event(turn, one.end, False, None, one.member, organisation)


FIRST_YEAR = 2010
"""Accessions of earlier years are told of as history."""
_VERBS = {
    "join": ("joins", "joined"),
    "rejoin": ("rejoins", "rejoined"),
    "leave": ("leaves", "left"),
}


def _again(one: Membership, knowledge: Knowledge) -> bool:
    listed = knowledge.memberships_of(one.member, one.organisation)
    return any(o.end and o.end <= one.start and o.status is not Status.UNCERTAIN for o in listed)


def _turn(country: Country, verb: str, organisation: Organisation, foreseen: date | None) -> Turn:
    name, (present, past) = the(organisation), _VERBS[verb]
    return Turn(
        who=(who_of(country),),
        base=f"{verb} {name}",
        present=f"{present} {name}",
        past=f"{past} {name}",
        participle=f"{past} {name}",
        relative="which",
        plural=False,
        foreseen=foreseen,
    )


def near(as_of: AsOf, knowledge: Knowledge) -> list[tuple[Event, bool]]:
    """Events that lie near the article's time, each with whether it has come by then."""
    found = []
    for event in events(knowledge):
        if abs(as_of.last - event.day) <= event.reach:
            come = event.has_come(as_of, knowledge)
            if come is not None:
                found.append((event, come))
    return found

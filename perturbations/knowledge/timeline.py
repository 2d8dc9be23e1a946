"""Who surely held one office, day by day, as stretches of days that one answer covers.

A day decides only where the table names exactly one holder and no boundary is near. It stays
undecided

- within `MARGIN_DAYS` of a boundary (time zones, swearing-in, news written beforehand), where a
  boundary known to the month or the year widens by all the days it may stand for;
- in a gap, before the first term and after the table's `known_until`;
- with rival holders, and always for a collective office;
- where the only term is uncertain.

An acting holder decides about everybody else, who surely were not in office, and never about the
holder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from perturbations.knowledge.model import Office, Status, Term, Truth, days_around

MARGIN_DAYS = 7
"""Days before and after a boundary on which nobody is surely in or out of office."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days with one answer: the sole holder, or None where the table decides nothing."""

    start: date
    holder: str | None
    acting: bool


class Timeline:
    """The stretches of one office, in order, without holes; the outer two are undecided."""

    __slots__ = ("_starts", "stretches")

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = tuple(stretches)
        self._starts = [stretch.start for stretch in self.stretches]

    @classmethod
    def of(cls, office: Office, terms: Iterable[Term], known_until: date) -> Timeline:
        """Lays out the office's terms.

        Args:
            office: the office; a collective one is undecided throughout.
            terms: all of its terms, in any order.
            known_until: the last day about which the table of terms speaks.
        """
        ordered = sorted(terms, key=lambda term: term.start)
        nothing = Stretch(date.min, None, False)
        if office.collective or not ordered:
            return cls([nothing])
        zones = list(_boundary_zones(ordered))
        stretches = [nothing]
        for day in _breakpoints(ordered, zones, known_until):
            stretch = _stretch_on(day, ordered, zones, known_until)
            last = stretches[-1]
            if (stretch.holder, stretch.acting) != (last.holder, last.acting):
                stretches.append(stretch)
        return cls(stretches)

    def truth(self, person: str, first: date, last: date) -> Truth:
        """Answers whether the person surely held the office from `first` through `last`."""
        index = bisect_right(self._starts, first) - 1
        answers = set()
        while index < len(self.stretches) and self.stretches[index].start <= last:
            answers.add(_answer(self.stretches[index], person))
            index += 1
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _answer(stretch: Stretch, person: str) -> Truth:
    if stretch.holder is None:
        return Truth.UNKNOWN
    if stretch.holder != person:
        return Truth.FAILS
    return Truth.UNKNOWN if stretch.acting else Truth.HOLDS


def _boundary_zones(ordered: Sequence[Term]) -> Iterable[tuple[date, date]]:
    """Yields the days near a change of holder, both ends inclusive."""
    starts = {(term.person, term.start, term.acting) for term in ordered}
    seams = starts & {(term.person, term.end, term.acting) for term in ordered}
    for term in ordered:
        if (term.person, term.start, term.acting) not in seams:
            yield days_around(term.start, term.start_precision, MARGIN_DAYS)
        if term.end is not None and (term.person, term.end, term.acting) not in seams:
            yield days_around(term.end, term.end_precision, MARGIN_DAYS)


def _breakpoints(
    terms: Sequence[Term], zones: Sequence[tuple[date, date]], known_until: date
) -> list[date]:
    """Collects every day on which the answer may change."""
    days = {known_until + _ONE_DAY}
    for term in terms:
        days.add(term.start)
        if term.end is not None:
            days.add(term.end)
    for first, last in zones:
        days.update((first, last + _ONE_DAY))
    return sorted(days)


def _stretch_on(
    day: date, terms: Sequence[Term], zones: Sequence[tuple[date, date]], known_until: date
) -> Stretch:
    undecided = Stretch(day, None, False)
    if day > known_until or any(first <= day <= last for first, last in zones):
        return undecided
    present = [term for term in terms if term.covers(day)]
    if len(present) != 1 or present[0].status is Status.UNCERTAIN:
        return undecided
    return Stretch(day, present[0].person, present[0].acting)

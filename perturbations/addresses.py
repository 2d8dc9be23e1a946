"""Addresses that their outlets cannot have had: impossible days, days and numbers to come.

Of a real outlet's address only the date, the number or the slug is altered, and nothing links it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from perturbations.address_parts import Told, dated, told_elsewhere, told_items
from perturbations.citation_dates import movable_date
from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.defects.rules.url import DAY, EXPLAINED, LATER, LATER_DAYS, NUMBER, NUMBER_DAYS
from perturbations.draw import Draw
from perturbations.knowledge import DatedId, Status
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.dates import render
from perturbations.reading.mentions import Reading
from perturbations.references import References

REACH_DAYS = 14
"""How far beyond what decides a day after the article may lie."""
NEAR_DAYS = 2
"""How far a control's day may move: what an address is cited for happened on its day."""
MONTHS_BACK = 9
"""How many months before the article a day at a month's end may lie."""
_SHARE = 0.5
"""How far on the way to the next anchor a number may lie."""


class FabricatedUrl:
    """Gives a known outlet's address a day after the article, or a number reached only later.

    The control moves day or number a little back: another address of that time. Numbers and days
    of variants are the later ones, as what they are held against demands; days go two weeks
    beyond it at most, so that a day alone tells little.
    """

    name: ClassVar[str] = "citations.fabricated_url"
    type: ClassVar[str] = "fabricated_url"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.URL,)
    control: ClassVar[str] = "another day or number that the address can have"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per way and address, the ways in drawn order.

        Raises:
            NotApplicable: the article's time is unknown, or no known outlet's address tells a day
                or a number that could be another.
        """
        reading = subject.reading
        if reading.as_of is None:
            raise NotApplicable("the article's time is unknown")
        items = [t for t in told_items(reading, subject.knowledge) if t.outlet is not None]
        if not items:
            raise NotApplicable("no known outlet's address that tells a day or a number")
        made = 0
        for way in draw.shuffled([self._later, self._unreached]):
            for proposal in way(items, reading, draw):
                made += 1
                yield proposal
        if not made:
            raise NotApplicable("no address whose day or number could be altered and decided")

    def _later(self, items: list[Told], reading: Reading, draw: Draw) -> Iterator[Proposal]:
        """A day after the article; in the control one of the days before the address's own."""
        as_of = reading.as_of
        if as_of is None:
            return
        for told in draw.shuffled(dated(items)):
            own = told.tells.date
            if own is None or own > as_of.first or told.item.date is not None:
                continue
            variant, control = Revision(reading.text), Revision(reading.text)
            later = LATER_DAYS + 1 + draw.below(REACH_DAYS)
            told.redate_to(variant, as_of.last + timedelta(days=later))
            told.redate_to(control, own - timedelta(days=1 + draw.below(NEAR_DAYS)))
            note = "the address names another day before the article"
            yield self._against_time(LATER, told, variant, control, reading, note)

    def _unreached(self, items: list[Told], reading: Reading, draw: Draw) -> Iterator[Proposal]:
        """A number that was reached only later; in the control one given about a day earlier."""
        for told in draw.shuffled(items):
            span, own = told.part("id"), told.tells.number
            number = _number_to_come(told, reading, draw)
            if span is None or own is None or number is None or told.item.date is not None:
                continue
            # What an address is cited for happened on its day: the control stays near it.
            lower = own - 1 - draw.below(NEAR_DAYS * _given_a_day(told))
            if (
                lower <= 0
                or len(str(lower)) != len(span.text)
                or len(str(number)) != len(span.text)
            ):
                continue
            variant, control = Revision(reading.text), Revision(reading.text)
            variant.replace(span, str(number))
            control.replace(span, str(lower))
            note = "the address bears a number of an earlier day"
            yield self._against_time(NUMBER, told, variant, control, reading, note)

    def _against_time(
        self,
        kind: str,
        told: Told,
        variant: Revision,
        control: Revision,
        reading: Reading,
        note: str,
    ) -> Proposal:
        cue = reading.as_of.cue if reading.as_of else None
        against = variant.moved(cue) if cue else None
        field = None if cue else reading.article.reference_field
        claim = variant.moved(told.address)
        found = defect(
            self.type,
            [claim],
            [Evidence("time of the article", span=against, field=field)],
            EXPLAINED[kind],
            Witness(Rule.URL, claim=(claim,), field=field, expect={"of": kind}),
            scope=Scope.GLOBAL,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


class ImpossibleAddress:
    """Dates two entries at the ends of two months, one of them, in its address, beyond the end.

    In the control the two days have changed places: each month has its own, and no figure tells
    which is which.
    """

    name: ClassVar[str] = "citations.impossible_address"
    type: ClassVar[str] = "fabricated_url"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.URL,)
    control: ClassVar[str] = "the two days in the months that have them"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields a proposal for each pair of entries, in drawn order.

        Raises:
            NotApplicable: the article's time is unknown, or fewer than two entries have a day of
                their own that their address tells.
        """
        reading = subject.reading
        if reading.as_of is None:
            raise NotApplicable("the article's time is unknown")
        made = 0
        for proposal in self._pairs(told_items(reading, subject.knowledge), reading, draw):
            made += 1
            yield proposal
        if not made:
            raise NotApplicable("fewer than two entries with a day that their address tells")

    def _pairs(self, items: list[Told], reading: Reading, draw: Draw) -> Iterator[Proposal]:
        """Pairs of entries, each in one proposal."""
        entries = [t for t in dated(items) if t.item.date and movable_date(t.item.date)]
        movable = draw.shuffled([t for t in entries if not told_elsewhere(t.item, reading)])
        for short, long in zip(movable[::2], movable[1::2], strict=False):
            days = _month_ends(short, long, reading, draw)
            if days is None:
                continue
            (lacking, other), good, bad = days
            if reading.citations.named_markers and not _in_their_years(short, long, *days[0]):
                continue
            revisions = Revision(reading.text), Revision(reading.text)
            for revision, one, two in zip(revisions, (bad, good), (good, bad), strict=True):
                _move(short, lacking.replace(day=good), one, revision)
                _move(long, other.replace(day=max(good, bad - 1)), two, revision)
            variant, control = revisions
            claim = variant.moved(short.address)
            evidence = (
                Evidence("outlet of the address", fact=short.outlet.id)
                if short.outlet
                else Evidence("entry", span=variant.moved(short.item.span))
            )
            witness = Witness(Rule.URL, claim=(claim,), expect={"of": DAY})
            found = defect(
                self.type, [claim], [evidence], EXPLAINED[DAY], witness, scope=Scope.LOCAL
            )
            note = "both addresses name days that can be"
            yield Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _move(told: Told, day: date, written: int, revision: Revision) -> None:
    """Dates an item, and lets its address name another day of the same month, possible or not."""
    told.redate(revision, day.year, day.month, written)
    if told.item.date is not None:
        revision.replace(told.item.date.span, render(told.item.date.template, day))


def _in_their_years(short: Told, long: Told, one: date, two: date) -> bool:
    """Whether both items keep their years, which markers of names and years cite."""
    return short.tells.year == one.year and long.tells.year == two.year


def _month_ends(
    short: Told, long: Told, reading: Reading, draw: Draw
) -> tuple[tuple[date, date], int, int] | None:
    """Two months before the items' time, and a day that both have and one that only one has."""
    limits = [_before(told, reading) for told in (short, long)]
    months = [list(_months_before(limit)) for limit in limits]
    for one in draw.shuffled(months[0]):
        last = monthrange(one.year, one.month)[1]
        bad = last + 1 + (draw.below(2) if last == 28 else 0)
        if bad > 31:
            continue
        longer = [m for m in months[1] if monthrange(m.year, m.month)[1] >= bad]
        if longer:
            return (one, draw.choice(longer)), last, bad
    return None


def _before(told: Told, reading: Reading) -> date:
    """A day up to which an item may be dated: the article's, or the one it was retrieved on."""
    as_of, seen = reading.as_of, told.item.accessed
    if as_of is None:
        raise NotApplicable("the article's time is unknown")
    return min(as_of.first, seen.first) if seen is not None and seen.first else as_of.first


def _months_before(limit: date) -> Iterator[date]:
    """The first days of the months that ended before a day."""
    day = limit.replace(day=1)
    for _ in range(MONTHS_BACK):
        day = (day - timedelta(days=1)).replace(day=1)
        yield day


def _given_a_day(told: Told) -> int:
    """About how many numbers the outlet gives a day, and 1 at least."""
    anchors = told.outlet.ids if told.outlet else ()
    if len(anchors) < 2 or anchors[-1].day == anchors[0].day:
        return 1
    days = (anchors[-1].day - anchors[0].day).days
    return max(1, (anchors[-1].id - anchors[0].id) // days)


def _number_to_come(told: Told, reading: Reading, draw: Draw) -> int | None:
    """A number between two anchors, or behind the last, of days well after the article."""
    if told.outlet is None or reading.as_of is None:
        return None
    sure: list[DatedId] = [a for a in told.outlet.ids if a.status is not Status.UNCERTAIN]
    last = reading.as_of.last
    late = [i for i, a in enumerate(sure) if i and (a.day - last).days > NUMBER_DAYS]
    if not late:
        return None
    index = draw.choice(late)
    step = sure[index].id - sure[index - 1].id
    return sure[index].id + draw.below(max(1, int(step * _SHARE)))

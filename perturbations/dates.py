"""Date defects: dates that cannot be, and one event dated twice."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from perturbations.dating import MIN_SHIFT, REACHES, movable_dates
from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.defects.rules.calendar import explain
from perturbations.draw import Draw
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.dates import alternatives, read_date, render
from perturbations.reading.frames import restatements
from perturbations.reading.mentions import DateMention, Reading
from perturbations.text import Span
from perturbations.timeline import Timeline, annotated_dates

__all__ = ["MIN_SHIFT", "NoSuchDay", "SecondDate", "WrongWeekday", "movable_dates"]

_WEEKDAY_FIRST = (
    "{d} ",
    "{dd} ",
    "{do} {Mon",
    "{Month} ",
    "{Mon} ",
    "{Mon.} ",
    "{Mon4} ",
    "{Mon3.} ",
)
"""How a template begins before which a weekday can stand."""

_WEEKDAY_TOKEN = re.compile(r"\{(?:Weekday|Wkd)[^}]*\}")


class WrongWeekday:
    """Names a weekday on which the date does not fall.

    A date without a weekday gets one; a date with a weekday is written in another format. The
    control does the same with the right weekday, so that the date stays what it was.
    """

    name: ClassVar[str] = "dates.weekday"
    type: ClassVar[str] = "impossible_date"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.CALENDAR,)
    control: ClassVar[str] = "the right weekday, in the same format"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per date, in drawn order.

        Raises:
            NotApplicable: no full date outside quotations and references.
        """
        reading = subject.reading
        for mention in draw.shuffled(movable_dates(reading)):
            templates = _with_weekday(mention)
            if not templates or mention.first is None:
                continue
            template = draw.choice(templates)
            wrong = _other_weekday(template, mention.first, 1 + draw.below(6))
            right = render(template, mention.first)
            proposal = _single_edit(self.type, mention, reading, wrong, right, self.control)
            if proposal is not None:
                yield proposal


class NoSuchDay:
    """Writes a day that the month does not have: 31 April, 30 February.

    Where the date's own month has 31 days, a month beside it is written. The control writes the
    date as it is, in the same other format.
    """

    name: ClassVar[str] = "dates.no_such_day"
    type: ClassVar[str] = "impossible_date"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.CALENDAR,)
    control: ClassVar[str] = "the date as it is, in the same other format"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per date, in drawn order, days of two figures first.

        Raises:
            NotApplicable: no full date outside quotations and references.
        """
        reading = subject.reading
        mentions = draw.shuffled(movable_dates(reading))
        # A day of two figures first: those that no month has are no longer than it.
        mentions.sort(key=lambda one: one.first is not None and one.first.day < 10)
        for mention in mentions:
            templates = [form for form in alternatives(mention) if "{W" not in form]
            if mention.weekday is not None or not templates or mention.first is None:
                continue
            template = draw.choice(templates)
            month = draw.choice(_short_months(mention.first))
            last = monthrange(month.year, month.month)[1]
            wrong = _with_day(template, month, last + 1 + draw.below(31 - last))
            right = render(template, mention.first)
            proposal = _single_edit(self.type, mention, reading, wrong, right, self.control)
            if proposal is not None:
                yield proposal


class SecondDate:
    """Gives one event two dates, by moving one of two mentions of its date.

    The two mentions are annotated in the seed file, or one of them was added in a fact box. The
    control writes the same date in the other form that the variant uses, too.
    """

    name: ClassVar[str] = "dates.second_date"
    type: ClassVar[str] = "date_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the same date in another format"
    preparation: ClassVar[Preparation | None] = Timeline()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per pair of mentions and end that moves, in drawn order.

        Raises:
            NotApplicable: no event is dated twice in a form that can be moved.
        """
        pairs = _date_pairs(subject)
        if not pairs:
            raise NotApplicable("no event is dated twice")
        for pair in draw.shuffled(pairs):
            proposal = self._moved(pair, subject.reading, draw)
            if proposal is not None:
                yield proposal

    def _moved(self, pair: _DatePair, reading: Reading, draw: Draw) -> Proposal | None:
        mention = pair.moving
        forms = alternatives(mention)
        if not forms or mention.first is None:
            return None
        template = draw.choice(forms)
        moved = _elsewhere(mention.first, reading, draw)
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(mention.span, render(template, moved))
        control.replace(mention.span, render(template, mention.first))
        claim, against = variant.ledger().outcome(0), variant.moved(pair.staying)
        found = defect(
            self.type,
            [claim],
            [Evidence("other mention", span=against)],
            f"One event is dated {claim.text} here and {against.text} there.",
            Witness(
                Rule.SLOT,
                claim=(claim,),
                against=(against,),
                expect={"type": "date", "basis": pair.basis, "slot": pair.slot},
            ),
            scope=Scope.GLOBAL,
        )
        note = "the same date in another format"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


@dataclass(frozen=True, slots=True)
class _DatePair:
    """Two mentions of one event's date: the one to be moved, and the other."""

    moving: DateMention
    staying: Span
    basis: str
    slot: str


def _single_edit(
    slug: str, mention: DateMention, reading: Reading, after: str, control_after: str, note: str
) -> Proposal | None:
    """A proposal that rewrites one date, in variant and control each in its way."""
    if after == mention.span.text or control_after == mention.span.text:
        return None
    variant, control = Revision(reading.text), Revision(reading.text)
    variant.replace(mention.span, after)
    control.replace(mention.span, control_after)
    claim = variant.ledger().outcome(0)
    read = read_date(after)
    if read is None:
        return None
    part = read.part("weekday") or read.part("day") or read.span
    found = defect(
        slug,
        [claim],
        [Evidence("day or weekday", span=part.shifted(claim.start))],
        explain(read),
        Witness(Rule.CALENDAR, claim=(claim,)),
        scope=Scope.SENTENCE,
    )
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _other_weekday(template: str, day: date, offset: int) -> str:
    """Writes `day`, but with the weekday of `offset` days later."""
    other = day + timedelta(days=offset)
    return render(_WEEKDAY_TOKEN.sub(lambda token: render(token.group(), other), template), day)


def _with_day(template: str, day: date, number: int) -> str:
    """Writes month and year of `day` with another number for its day."""
    ordinal = f"{number}{'st' if number == 31 else 'th'}"
    fixed = template.replace("{dd}", f"{number:02}").replace("{do}", ordinal)
    return render(fixed.replace("{d}", str(number)), day)


def _with_weekday(mention: DateMention) -> list[str]:
    """Formats with a weekday in which the mention is not written."""
    if mention.weekday is not None:
        return [form for form in alternatives(mention) if "{W" in form]
    return ["{Weekday}, " + mention.template] if mention.template.startswith(_WEEKDAY_FIRST) else []


def _short_months(day: date) -> list[date]:
    """The first of the month, or of the months beside it, that have 30 days or fewer."""
    index = day.year * 12 + day.month - 1
    months = [date(i // 12, i % 12 + 1, 1) for i in (index, index - 1, index + 1)]
    short = [m for m in months if monthrange(m.year, m.month)[1] < 31]
    return short[:1] if short[:1] == months[:1] else short


def _elsewhere(day: date, reading: Reading, draw: Draw) -> date:
    """Another day, not after the article's own and not one that the article names already."""
    taken = {m.first for m in reading.dates}
    limit = reading.as_of.first if reading.as_of and day <= reading.as_of.first else None
    for _ in range(32):
        shift = MIN_SHIFT + draw.below(draw.choice(REACHES))
        moved = day + timedelta(days=shift if draw.chance(0.5) else -shift)
        if moved not in taken and (limit is None or moved <= limit):
            return moved
    return day - timedelta(days=MIN_SHIFT + draw.below(30))


def _date_pairs(subject: Subject) -> list[_DatePair]:
    reading = subject.reading
    by_span = {m.span: m for m in reading.dates if m.is_full}
    pairs = []
    for slot, mentions in annotated_dates(subject):
        for moving in mentions:
            staying = next(m for m in mentions if m != moving)
            if moving in by_span and not reading.layout.quoted(moving):
                pairs.append(_DatePair(by_span[moving], staying, "annotated", slot))
    for again in restatements(reading):
        if again.frame == "timeline":
            ends = ((again.mention, again.restated), (again.restated, again.mention))
            pairs += [
                _DatePair(by_span[one], two, "constructed", "timeline")
                for one, two in ends
                if one in by_span
            ]
    return pairs

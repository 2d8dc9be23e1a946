"""Citation defects of dates: an item dated after the article, or retrieved before it appeared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from perturbations.address_parts import told_elsewhere, told_of
from perturbations.defects import Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge
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
from perturbations.reading.mentions import DateMention, Entry, Reading
from perturbations.references import References

REACH_DAYS = 200
"""How far from the article's day, in either direction, a moved citation date may lie."""


class DateConflict:
    """Dates an item after the article that cites it, or its retrieval before the item.

    The control moves the same date to another day that can be, in the same form. Where the
    item's address tells its day, the address follows in both.
    """

    name: ClassVar[str] = "citations.date_conflict"
    type: ClassVar[str] = "citation_date_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.DATE_ORDER,)
    control: ClassVar[str] = "the same date moved to another day that can be"
    preparation: ClassVar[Preparation | None] = References()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per dated entry, in drawn order.

        Raises:
            NotApplicable: the article's day is unknown, or no entry has a full date.
        """
        reading = subject.reading
        if reading.as_of is None:
            raise NotApplicable("the article's time is unknown")
        entries = [e for e in reading.citations.items if e.date and movable_date(e.date)]
        if not entries:
            raise NotApplicable("no reference with a full date")
        # Last come items of a day that the prose names too: the control would move what happened.
        drawn = draw.shuffled(entries)
        for entry in sorted(drawn, key=lambda entry: told_elsewhere(entry, reading)):
            if entry.accessed is None:
                yield self._late(entry, subject, draw)
            elif movable_date(entry.accessed):
                proposal = self._early(entry, reading, draw)
                if proposal is not None:
                    yield proposal

    def _late(self, entry: Entry, subject: Subject, draw: Draw) -> Proposal:
        reading = subject.reading
        if reading.as_of is None or entry.date is None or entry.date.first is None:
            raise NotApplicable("the article's time is unknown")
        after = reading.as_of.last + timedelta(days=3 + draw.below(REACH_DAYS))
        before = _other_day(entry.date.first, reading.as_of.first, draw)
        variant, control = Revision(reading.text), Revision(reading.text)
        for revision, day in ((variant, after), (control, before)):
            revision.replace(entry.date.span, render(entry.date.template, day))
            _redate_address(entry, day, revision, subject.knowledge)
        claim = variant.moved(entry.date.span)
        cue = reading.as_of.cue
        field = None if cue else reading.article.reference_field
        against = variant.moved(cue) if cue else None
        spoken = f"speaks “{cue.text}”" if cue else f"is of {reading.article.reference_date}"
        found = defect(
            self.type,
            [claim],
            [Evidence("time of the article", span=against, field=field)],
            f"The item is dated {claim.text}, but the article {spoken}.",
            Witness(
                Rule.DATE_ORDER,
                claim=(claim,),
                against=(against,) if against else (),
                field=field,
                expect={"of": "entry"},
            ),
            scope=Scope.GLOBAL,
            kind=EvidenceKind.METADATA,
        )
        note = "the item dated on another day before the article"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

    def _early(self, entry: Entry, reading: Reading, draw: Draw) -> Proposal | None:
        seen, item = entry.accessed, entry.date
        if seen is None or item is None or item.first is None or reading.as_of is None:
            return None
        room = (reading.as_of.first - item.first).days
        days = [item.first + timedelta(days=k) for k in range(room + 1)]
        others = [day for day in days if day != seen.first]
        if not others:
            return None
        early = item.first - timedelta(days=3 + draw.below(max(room, 14)))
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(seen.span, render(seen.template, early))
        control.replace(seen.span, render(seen.template, draw.choice(others)))
        claim, against = variant.moved(seen.span), variant.moved(item.span)
        found = defect(
            self.type,
            [claim],
            [Evidence("date of the item", span=against)],
            f"The item was retrieved on {claim.text}, before it appeared on {against.text}.",
            Witness(Rule.DATE_ORDER, claim=(claim,), against=(against,), expect={"of": "accessed"}),
            scope=Scope.SENTENCE,
            kind=EvidenceKind.REFERENCE,
        )
        note = "retrieved on another day after the item appeared"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def movable_date(mention: DateMention) -> bool:
    """Whether a citation's date names one day, in a form that can be written anew."""
    return mention.is_full and mention.weekday is None


def _other_day(day: date, last: date, draw: Draw) -> date:
    """Another day up to `last`, within reach and at least three days from `day`."""
    for _ in range(8):
        other = last - timedelta(days=draw.below(REACH_DAYS))
        if abs((other - day).days) >= 3:
            return other
    return day - timedelta(days=3 + draw.below(30))


def _redate_address(entry: Entry, day: date, revision: Revision, knowledge: Knowledge) -> None:
    """Lets the item's day in its address follow, where the address tells it."""
    told = told_of(entry, knowledge)
    if told is not None and entry.date is not None and told.tells.date == entry.date.first:
        told.redate_to(revision, day)

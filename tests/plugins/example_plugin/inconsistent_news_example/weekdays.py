"""A perturbation of an existing type, proven by an existing rule, with a control of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from perturbations.dates import movable_dates
from perturbations.defects import Evidence, Rule, Scope, Witness
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
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention


class ShortWeekday:
    """Shortens the weekday before a date, and names another one: "Tue, 6 May 2024".

    The control makes the same stroke in the same place with the right weekday ("Mon, 6 May 2024"),
    so that neither the form nor the length tells which of the two it is.
    """

    name: ClassVar[str] = "example.short_weekday"
    type: ClassVar[str] = "impossible_date"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.CALENDAR,)
    control: ClassVar[str] = "the right weekday, shortened in the same way"
    preparation: ClassVar[Preparation | None] = None

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per date that has its weekday written out, in drawn order.

        Raises:
            NotApplicable: there is none.
        """
        dates = [
            mention
            for mention in movable_dates(subject.reading)
            if "{Weekday}" in mention.template and mention.first is not None
        ]
        if not dates:
            raise NotApplicable("no date with its weekday written out")
        for mention in draw.shuffled(dates):
            yield self._proposal(mention, subject.reading.text, 1 + draw.below(6))

    def _proposal(self, mention: DateMention, text: str, shift: int) -> Proposal:
        day, weekday = mention.first, mention.part("weekday")
        if day is None or weekday is None:
            raise NotApplicable("no date with its weekday written out")
        wrong = render("{Wkd}", day + timedelta(days=shift))
        variant, control = Revision(text), Revision(text)
        variant.replace(weekday, wrong)
        control.replace(weekday, render("{Wkd}", day))
        claim = variant.moved(mention.span)
        found = defect(
            self.type,
            [claim],
            [Evidence("weekday", span=variant.moved(weekday))],
            f"{day} was a {render('{Weekday}', day)}, not a {wrong}.",
            # The witness holds no value: the rule reads weekday and date again from the text.
            Witness(Rule.CALENDAR, claim=(claim,)),
            scope=Scope.SENTENCE,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), self.control))

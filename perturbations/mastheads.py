"""Datelines that do not fit the article's day, and the dateline that an article lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from perturbations.asides import aside_proposal, asides
from perturbations.dating import MIN_SHIFT, REACHES, form_for, house_forms, own_evidence, own_time
from perturbations.defects import Rule, Scope, Witness
from perturbations.defects.rules.own_dates import DATELINE, EARLY, explain_line, misdated
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, Truth
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
from perturbations.reading.mentions import Precision, Reading
from perturbations.reading.time_mentions import Dateline
from perturbations.text import Edit, Ledger

MAX_ASIDES = 2
"""Relative times of one article that are tried."""
_PLACED = (
    "{place}, {date} ({agency}) — ",
    "{place}, {date} — ",
    "{place} ({agency}), {date} — ",
    "{place}, {date} – ",
)
_UNPLACED = ("({agency}, {date}) — ", "{date} ({agency}) — ", "{date} — ")
_LINES = (
    "Published {date}\n\n",
    "Posted: {date}\n\n",
    "By {agency} staff, {date}\n\n",
    "{date}\n\n",
    "Published on {date}\n\n",
)
"""Datelines in the first paragraph, with a place or without; stamps and bylines above it."""
_FIRST = ("Calder", "Merrow", "Northfield", "Tarn", "Ashdown Vale", "Sedgebrook", "Ravenscar Bay")
_SECOND = ("Newswire", "News Agency", "Press Service", "Wire")
MIN_WORDS = 8
"""A first paragraph of fewer words is a line of its own, before which no dateline stands."""
_HAS_PLACE = re.compile(r"[A-Z][A-Z .,'’-]{2,}.{0,30}?[—–-] ")
"""A dateline without a date, which takes no second one."""
_TO_COME = re.compile(r"\b(?:will|would|to)\b")
"""Words that make of a place one of the days to come."""


class DatelineAdded:
    """Adds a dateline, stamp or byline that fits, where the article has none."""

    name = "dateline"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds it; none where the article dates itself.

        Raises:
            NotApplicable: the article's day is unknown, or told by its own text alone.
        """
        reading = subject.reading
        when = own_time(reading)
        if reading.timing.datelines:
            return Ledger()
        if when.cue is not None:
            raise NotApplicable("the article's day is told by its text alone")
        # Where the text says "today", or names that day, it is the day of its dateline.
        told = any(
            d.precision is Precision.DAY and (d.relative or d.first == when.first)
            for d in reading.dates
        )
        day = when.first - timedelta(days=0 if told else draw.below(2))
        form = draw.choice(house_forms(reading, draw))
        agency = f"{draw.choice(_FIRST)} {draw.choice(_SECOND)}"
        place = _capital(reading, subject.knowledge)
        inline = [*(_PLACED if place else ()), *_UNPLACED] if _opens_in_prose(reading) else []
        layout = draw.choice(inline if inline and draw.chance(0.6) else _LINES)
        line = layout.format(place=place.upper(), date=render(form, day), agency=agency)
        return Ledger.of(Edit.insert(reading.article.body_start, line))


def _opens_in_prose(reading: Reading) -> bool:
    """Whether the body begins with a plain paragraph, before which a dateline can stand."""
    start = reading.article.body_start
    paragraph = reading.layout.paragraph_at(start)
    if paragraph is None or paragraph.start != start or paragraph in reading.layout.headings:
        return False
    if _HAS_PLACE.match(paragraph.text):
        return False
    return paragraph.text[:1].isalpha() and len(paragraph.text.split()) > MIN_WORDS


def _capital(reading: Reading, knowledge: Knowledge) -> str:
    """The capital in which the first sentence says that something happened; else empty."""
    sentence = reading.layout.sentence_at(reading.article.body_start)
    if sentence is None or _TO_COME.search(sentence.text):
        return ""
    found = [
        (place.start(), capital)
        for country in knowledge.countries.values()
        for capital in country.capitals
        if capital in sentence.text
        and (place := re.search(rf"\bin {re.escape(capital)}\b", sentence.text))
    ]
    return min(found)[1] if found else ""


class DatelineConflict:
    """Dates the article, by its dateline or beside "yesterday", on a day that is not its own.

    A dateline, stamp or byline moves past the article's day or more than a month before it; a
    relative time gets a date of another week or month beside it. The control writes the day that
    fits, in the same form.
    """

    name: ClassVar[str] = "dates.dateline"
    type: ClassVar[str] = "dateline_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.DATE_ORDER,)
    control: ClassVar[str] = "the day that fits, in the same form"
    preparation: ClassVar[Preparation | None] = DatelineAdded()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals on datelines and on relative times, in drawn order.

        Raises:
            NotApplicable: the article's day is unknown, or nothing in it tells that day.
        """
        reading = subject.reading
        own_time(reading)
        lines = [o for o in reading.timing.datelines if misdated(o, reading) is Truth.FAILS]
        beside = asides(reading)[:MAX_ASIDES]
        if not lines and not beside:
            raise NotApplicable("no dateline that fits, no time told by the article's own day")
        makers: list[Callable[[], Proposal | None]] = [
            *(partial(self._moved, line, reading, draw) for line in lines),
            *(partial(aside_proposal, (self.type, DATELINE), one, reading, draw) for one in beside),
        ]
        for make in draw.shuffled(makers):
            proposal = make()
            if proposal is not None:
                yield proposal

    def _moved(self, line: Dateline, reading: Reading, draw: Draw) -> Proposal | None:
        mention = reading.date_at(line.date)
        template = form_for(mention, reading, draw) if mention is not None else None
        if mention is None or template is None or mention.first is None:
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(line.date, render(template, _misfit(reading, draw)))
        control.replace(line.date, render(template, mention.first))
        if not control.edits or not variant.edits:
            return None
        written = variant.ledger().outcome(0)
        evidence, field = own_evidence(reading, variant)
        found = defect(
            self.type,
            [written],
            [evidence],
            explain_line(written, reading),
            Witness(Rule.DATE_ORDER, claim=(written,), field=field, expect={"of": DATELINE}),
            scope=Scope.GLOBAL,
        )
        how = Control(control.ledger(), "the same day in the same other form")
        return Proposal(variant.ledger(), (found,), how)


def _misfit(reading: Reading, draw: Draw) -> date:
    """A day after the article's own, or more than a month before it."""
    when, reach = own_time(reading), draw.choice(REACHES)
    if draw.chance(0.5):
        return when.last + timedelta(days=MIN_SHIFT + 1 + draw.below(reach))
    return when.first - timedelta(days=EARLY + 1 + draw.below(reach))

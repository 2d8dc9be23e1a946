"""Addresses that are not their entries': the day, the outlet or the words are another item's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, TypeVar

from perturbations.address_parts import Told, dated, told_elsewhere, told_items
from perturbations.citation_dates import movable_date
from perturbations.cited_items import OLDEST_DAYS
from perturbations.defects import Defect, Evidence, Rule, Scope, Witness
from perturbations.defects.rules.url import (
    AGENCIES,
    AGGREGATORS,
    DATE,
    DATE_DAYS,
    EXPLAINED,
    OUTLET,
    SLUG,
)
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, Outlet
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.citation_slugs import context_of, slug_span, stems
from perturbations.reading.dates import render
from perturbations.reading.mentions import Entry, Reading
from perturbations.references import CitedAddresses
from perturbations.text import Span

T = TypeVar("T")
MAX_PAIRS = 12
"""Pairs of items that are tried for an exchange."""
_EMPTY_WORDS = ("The", "News", "Online")
_AFTER_SLUG = re.compile(
    r"(?:[-_.](?:\d{4}-\d{2}-\d{2}|[a-z]?-?\d{4,}|rcna\d+|(?=[a-z]*\d)[0-9a-z]{8,}))?(?:\.html?)?(?:[/?#]|$)"
)
"""What may follow a slug: a day, a number, a checksum, and the end of its part of the path."""
_MIN_SLUG = 5
"""A slug that loses its last word keeps four."""


class UrlMismatch:
    """Lets an address name another day than its entry, another outlet's name, another item's words.

    Two items exchange outlet names or slugs, or keep them, written otherwise, in the control; of
    an entry and its address one is dated anew, and in the control both.
    """

    name: ClassVar[str] = "citations.url_mismatch"
    type: ClassVar[str] = "url_mismatch"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.URL,)
    control: ClassVar[str] = "the same names, words or days, each where it belongs"
    preparation: ClassVar[Preparation | None] = CitedAddresses()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields exchanges and dates, the ways in drawn order.

        Raises:
            NotApplicable: no address is cited, or none could be told from its entry.
        """
        reading, knowledge = subject.reading, subject.knowledge
        if not any(item.address for item in reading.citations.items):
            raise NotApplicable("no address is cited")
        made = 0
        for way in draw.shuffled([self._days, self._names, self._slugs]):
            for proposal in way(reading, knowledge, draw):
                made += 1
                yield proposal
        if not made:
            raise NotApplicable("no address whose day, outlet or words could be another's")

    def _days(self, reading: Reading, knowledge: Knowledge, draw: Draw) -> Iterator[Proposal]:
        """Entry or address is dated anew; in the control both are."""
        for told in draw.shuffled(dated(told_items(reading, knowledge))):
            entry = told.item.date
            if entry is None or not movable_date(entry) or told_elsewhere(told.item, reading):
                continue
            day = _other_day(told, reading, draw)
            if day is None or told.tells.date != entry.first:
                continue
            variant, control = Revision(reading.text), Revision(reading.text)
            moves_entry = draw.chance(0.5)
            for revision, both in ((variant, False), (control, True)):
                if moves_entry or both:
                    revision.replace(entry.span, render(entry.template, day))
                if not moves_entry or both:
                    told.redate_to(revision, day)
            claim, against = variant.moved(told.address), variant.moved(entry.span)
            found = self._defect(DATE, claim, Evidence("date of the entry", span=against), against)
            note = "entry and address are dated on the same day"
            yield Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

    def _names(self, reading: Reading, knowledge: Knowledge, draw: Draw) -> Iterator[Proposal]:
        """Two items exchange their outlets' names, each in another form than it was."""
        items = [item for item in reading.citations.items if _named_once(item)]
        for one, two in _pairs(items, draw):
            if one.outlet_id == two.outlet_id or one.outlet is None or two.outlet is None:
                continue
            names = [_other_name(item, knowledge, draw) for item in (one, two)]
            if names[0] is None or names[1] is None:
                continue
            variant, control = Revision(reading.text), Revision(reading.text)
            for revision, first, second in (
                (variant, names[1], names[0]),
                (control, names[0], names[1]),
            ):
                revision.replace(one.outlet, first)
                revision.replace(two.outlet, second)
            defects: list[Defect] = []
            for item in (one, two):
                if item.address is not None and item.outlet is not None:
                    name = variant.moved(item.outlet)
                    evidence = Evidence("outlet of the entry", span=name)
                    claim = variant.moved(item.address)
                    defects.append(self._defect(OUTLET, claim, evidence, name, len(defects)))
            note = "each outlet goes by another of its names"
            yield Proposal(variant.ledger(), tuple(defects), Control(control.ledger(), note))

    def _slugs(self, reading: Reading, knowledge: Knowledge, draw: Draw) -> Iterator[Proposal]:
        """Two items exchange the words of their addresses, each without its last word."""
        slugs = [(i, s) for i in reading.citations.items if (s := _long_slug(i)) is not None]
        for (one, first), (two, second) in _pairs(slugs, draw):
            words = [span.text.rpartition("-")[0] for span in (first, second)]
            if not _foreign(one, words[1], two, words[0], reading):
                continue
            variant, control = Revision(reading.text), Revision(reading.text)
            for revision, here, there in (
                (variant, words[1], words[0]),
                (control, words[0], words[1]),
            ):
                revision.replace(first, here)
                revision.replace(second, there)
            defects: list[Defect] = []
            for item, other in ((one, two), (two, one)):
                if item.address is not None:
                    evidence = Evidence("other item", span=variant.moved(other.span))
                    claim = variant.moved(item.address)
                    defects.append(self._defect(SLUG, claim, evidence, None, len(defects)))
            note = "each address keeps words of its own"
            yield Proposal(variant.ledger(), tuple(defects), Control(control.ledger(), note))

    def _defect(
        self, kind: str, claim: Span, evidence: Evidence, against: Span | None, before: int = 0
    ) -> Defect:
        return defect(
            self.type,
            [claim],
            [evidence],
            EXPLAINED[kind],
            Witness(
                Rule.URL,
                claim=(claim,),
                against=(against,) if against else (),
                expect={"of": kind},
            ),
            scope=Scope.GLOBAL if kind == SLUG else Scope.LOCAL,
            id=f"d{before + 1}",
            root="d1" if before else None,
        )


def _pairs(items: list[T], draw: Draw) -> Iterator[tuple[T, T]]:
    """Some pairs of items, in drawn order."""
    for _ in range(MAX_PAIRS if len(items) > 1 else 0):
        one, two = draw.shuffled(items)[:2]
        yield one, two


def _other_day(told: Told, reading: Reading, draw: Draw) -> date | None:
    """Another day for an item before the article and its retrieval, clearly not its own."""
    seen, own = told.item.accessed, told.tells.date
    if reading.as_of is None or own is None:
        return None
    last = reading.as_of.first - timedelta(days=1)
    if seen is not None and seen.first is not None:
        last = min(last, seen.first)
    days = (last - timedelta(days=back) for back in range(OLDEST_DAYS))
    apart = [day for day in days if abs((day - own).days) > DATE_DAYS]
    return draw.choice(apart) if apart else None


def _named_once(item: Entry) -> bool:
    """Whether an item names one outlet, its address's own, that publishes its own reports alone."""
    return (
        item.outlet is not None
        and item.outlet_id is not None
        and item.outlet_id in item.hosts
        and not {*item.named, *item.hosts} & (AGENCIES | AGGREGATORS)
    )


def _other_name(item: Entry, knowledge: Knowledge, draw: Draw) -> str | None:
    """Another form of an outlet's name: with its article or without, in full or not.

    An alias with words of its own may be a channel or an edition, and another thing.
    """
    if item.outlet is None or item.outlet_id is None:
        return None
    outlet: Outlet = knowledge.outlets[item.outlet_id]
    own = {*outlet.name.split(), *_EMPTY_WORDS}
    names = [outlet.name, *(a for a in outlet.aliases if set(a.split()) <= own)]
    others = [name for name in names if name != item.outlet.text]
    return draw.choice(others) if others else None


def _long_slug(item: Entry) -> Span | None:
    """The words of an address where they are all there are: figures parted from them would stay."""
    slug = slug_span(item.address) if item.address is not None and item.hosts else None
    if item.address is None or slug is None or slug.text.count("-") + 1 < _MIN_SLUG:
        return None
    before = item.address.text[slug.start - item.address.start - 1]
    after = item.address.text[slug.end - item.address.start :]
    return slug if before == "/" and _AFTER_SLUG.match(after) else None


def _foreign(one: Entry, of_two: str, two: Entry, of_one: str, reading: Reading) -> bool:
    """Whether the words of each say nothing of the other."""
    contexts = context_of(one, reading), context_of(two, reading)
    if contexts[0] is None or contexts[1] is None:
        return False
    about_one, about_two = stems(contexts[0]), stems(contexts[1])
    return not (stems(of_two) & about_one or stems(of_one) & about_two)

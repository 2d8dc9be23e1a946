"""Splicing: a passage of one article set into another of a different period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from perturbations.defects import Defect, Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.defects.rules.interval import explain, is_false, terms_against
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, Truth
from perturbations.passages import Passage, prose
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
from perturbations.reading.mentions import AsOf, DateMention, Reading
from perturbations.text import Ledger, Span

NEAR_DAYS = 20
"""How long before the article a line may date a passage that is set in as recent."""

RECENT_DAYS = 90
"""How much older than the article a passage of a control may be: talks and wars are news of their
months, whoever holds the offices for years."""

PREFERRED = 0.25
"""How many of the passages that share no office with the article go first all the same, so that
the few that share one are not set into every article."""

TRIED = 8
"""Passages proposed per article, at most."""

_LINES = (
    "From our report of {}:",
    "From our report of {}",
    "As we reported on {}:",
    "From our coverage of {}:",
    "Our report of {}:",
)
_PLAIN_DAY = "{d} {Month} {yyyy}"


class Lookback:
    """Sets in a passage of another article under a line that dates it to the wrong period.

    Variant and control set the same passage into the same place, under the same line but for the
    day: one on which its people did not hold the offices that it gives them, and one on which they
    did. Old passages are dated as recent, and recent ones as old.
    """

    name: ClassVar[str] = "splices.lookback"
    type: ClassVar[str] = "epoch_mismatch"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "the same passage as a look-back, dated to its own period"
    preparation: ClassVar[Preparation | None] = None
    sets_in_passages: ClassVar[bool] = True

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields one proposal per passage, those first that name an office the article names.

        Raises:
            NotApplicable: no passage of another period, no place for one, or the time is unknown.
        """
        when, places = _place_and_time(subject)
        old = [p for p in subject.passages if p.as_of.last < when.first]
        pairs: list[tuple[Passage, date, date]] = []
        for passage in _wanted(old, subject, draw):
            near = when.first - timedelta(days=1 + draw.below(NEAR_DAYS))
            postdated = passage.stands_at(AsOf.day(near), subject.knowledge) is Truth.FAILS
            antedated = _antedated(passage, old, subject.knowledge, draw)
            if postdated and (not antedated or draw.chance(0.5)):
                pairs.append((passage, near, passage.as_of.first))
            else:
                pairs += antedated
        if not pairs:
            raise NotApplicable("no passage of another period with other holders of an office")
        for passage, wrong, right in pairs[:TRIED]:
            yield self._proposal(passage, (wrong, right), draw.choice(places), subject, draw)

    def _proposal(
        self, passage: Passage, days: tuple[date, date], place: Span, subject: Subject, draw: Draw
    ) -> Proposal:
        line = draw.choice(_LINES)
        form = _day_form(subject.reading)
        ledgers = []
        for day in days:
            revision = Revision(subject.reading.text)
            dated = line.format(render(form, day))
            revision.insert(place.end, f"\n\n{dated}\n\n{passage.text}")
            ledgers.append(revision.ledger())
        at = AsOf.day(days[0])
        found = _defects(passage, at, ledgers[0], subject, dated=render(form, days[0]))
        return Proposal(ledgers[0], found, Control(ledgers[1], self.control))


class Plain:
    """Sets in a passage of another period as if it were of today.

    The control sets in a passage whose people still hold, or already held, their offices.
    """

    name: ClassVar[str] = "splices.plain"
    type: ClassVar[str] = "epoch_mismatch"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.INTERVAL,)
    control: ClassVar[str] = "a passage of another article that is true at this one's time"
    preparation: ClassVar[Preparation | None] = None
    sets_in_passages: ClassVar[bool] = True

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields pairs of a passage that can't be of the article's time and one that can.

        Raises:
            NotApplicable: no such pair, no place for a passage, or the time is unknown.
        """
        when, places = _place_and_time(subject)
        wrong, right = [], []
        for passage in _wanted(subject.passages, subject, draw):
            stands = passage.stands_at(when, subject.knowledge)
            if stands is Truth.FAILS:
                wrong.append(passage)
            elif stands is Truth.HOLDS and _may_precede(passage, when):
                right.append(passage)
        if not wrong or not right:
            raise NotApplicable("no passage of another period with other holders of an office")
        for passage in wrong[:TRIED]:
            words = len(passage.text.split())
            # Alike in length, so that what was set in can't be told by how much it is.
            other = min(right, key=lambda one: abs(len(one.text.split()) - words))
            place = draw.choice(places)
            ledgers = []
            for one in (passage, other):
                revision = Revision(subject.reading.text)
                revision.insert(place.end, f"\n\n{one.text}")
                ledgers.append(revision.ledger())
            found = _defects(passage, when, ledgers[0], subject)
            yield Proposal(ledgers[0], found, Control(ledgers[1], self.control))


def _place_and_time(subject: Subject) -> tuple[AsOf, list[Span]]:
    """The article's time, and the paragraphs behind which a passage can stand.

    Raises:
        NotApplicable: the time is unknown, or there is no such paragraph.
    """
    reading = subject.reading
    if not subject.passages:
        raise NotApplicable("no other article of the split and licence has a passage to set in")
    if reading.as_of is None:
        raise NotApplicable("the article's time is unknown")
    if not _offices(reading):
        raise NotApplicable("names no office holder beside whom a passage about others could stand")
    paragraphs = prose(reading)
    # Behind the last one boxes and references may follow, and a lead is not parted from its story.
    places = [p for p in paragraphs[1:-1] if reading.text[p.end : p.end + 2] == "\n\n"]
    if not places:
        raise NotApplicable("fewer than three paragraphs of prose")
    return reading.as_of, places


def _wanted(passages: Sequence[Passage], subject: Subject, draw: Draw) -> list[Passage]:
    """In drawn order; first those that name an office of the article, and some of the others."""
    offices = _offices(subject.reading)
    first: list[Passage] = []
    later: list[Passage] = []
    for passage in draw.shuffled(passages):
        shared = any(set(claim.offices) & offices for _, claim in passage.claims)
        (first if shared or draw.chance(PREFERRED) else later).append(passage)
    return [*first, *later]


def _may_precede(passage: Passage, when: AsOf) -> bool:
    """Whether a passage is old enough to be known, and recent enough to be news.

    What is later than the article may tell of things that had not happened, beyond its people.
    """
    return 0 <= (when.first - passage.as_of.first).days <= RECENT_DAYS


def _offices(reading: Reading) -> set[str]:
    return {office for mention in reading.people for office in mention.offices}


def _antedated(
    passage: Passage, others: Sequence[Passage], knowledge: Knowledge, draw: Draw
) -> list[tuple[Passage, date, date]]:
    """A passage under the day of an older article, at which it could not have been written."""
    for other in draw.shuffled(others)[:TRIED]:
        day = other.as_of.first
        if day < passage.as_of.first and (passage.stands_at(other.as_of, knowledge) is Truth.FAILS):
            return [(passage, day, passage.as_of.first)]
    return []


def _day_form(reading: Reading) -> str:
    """How the article writes a day, or the plain form where it names none."""
    forms = [m.template for m in reading.dates if _is_plain_day(m)]
    return forms[0] if forms else _PLAIN_DAY


def _is_plain_day(mention: DateMention) -> bool:
    return mention.is_full and mention.weekday is None and "Month" in mention.template


def _defects(
    passage: Passage, when: AsOf, ledger: Ledger, subject: Subject, *, dated: str | None = None
) -> tuple[Defect, ...]:
    """The passage as a whole, proven by its first false claim, and that claim by itself."""
    inserted = ledger.outcome(0)
    start = inserted.start + inserted.text.index(passage.text)
    whole = Span(start, start + len(passage.text), passage.text)
    own = subject.reading.article.reference_field
    cue = None
    if dated is not None:
        at = inserted.start + inserted.text.index(dated)
        cue = Span(at, at + len(dated), dated)
    place, claim = next(
        (place, claim)
        for place, claim in passage.claims
        if is_false(claim, when, subject.knowledge) is Truth.HOLDS
    )
    span = place.shifted(whole.start)
    witness = Witness(Rule.INTERVAL, claim=(span,), field=None if cue else own)
    time = Evidence("time of the passage", span=cue) if cue else Evidence("published", field=own)
    terms = terms_against(claim, when, subject.knowledge)
    why = explain(claim, when, subject.knowledge)
    return (
        defect(
            "epoch_mismatch",
            [whole],
            [*terms, time],
            f"The passage is of {passage.as_of.first.isoformat()}, but stands as if it were of "
            f"{when.last.isoformat()}: {why}",
            witness,
            scope=Scope.GLOBAL,
            kind=EvidenceKind.INTERNAL if cue else EvidenceKind.METADATA,
        ),
        defect(
            "wrong_incumbent",
            [span],
            [*terms, time],
            why,
            witness,
            scope=Scope.GLOBAL,
            kind=EvidenceKind.WORLD,
            id="d2",
            root="d1",
        ),
    )

"""Epoch defects: the headline or a passage set in another period than the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from perturbations.asides import Aside, aside_proposal, asides, pair_proposal
from perturbations.dating import (
    day_after,
    day_of_another_period,
    form_for,
    house_forms,
    own_time,
    redate,
)
from perturbations.defects import Rule, Scope
from perturbations.defects.rules.clause_times import EPOCH
from perturbations.defects.rules.own_dates import ledes_today
from perturbations.draw import Draw
from perturbations.notes import DatedNote, Note, find_notes, retell
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
)
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention, Reading
from perturbations.reading.time_mentions import DatedClause, Tense
from perturbations.text import Span
from perturbations.times import OTHER_TENSE, clause_proposal, own_clauses

MAX_ASIDES = 4
"""Relative times of one article that are tried."""
_STAMPS = (", {}", " ({})", " – {}")
"""How a headline bears a date at its end."""

_Maker = Callable[[Reading, Draw], Proposal | None]


def has_own_day(reading: Reading) -> bool:
    """Whether the article's own words are tied to its day, so that they can leave it."""
    return bool(asides(reading)) or any(
        clause.tense is Tense.FUTURE for clause, _ in own_clauses(reading)
    )


class EpochMismatch:
    """Sets the headline or a passage in another period than the rest.

    What is to come is dated years back; "today" gets a date of another year beside it; the
    headline bears such a date over a lede of today. The control puts there, in the same form, the
    date that fits, or a look back that says so.
    """

    name: ClassVar[str] = "dates.epoch"
    type: ClassVar[str] = "epoch_mismatch"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.DATE_ORDER,)
    control: ClassVar[str] = "the right period in the same form, or a look back"
    preparation: ClassVar[Preparation | None] = DatedNote(
        "note_of_own_day", has_own_day, by_own_day=0.85
    )

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals on the article's own words, in drawn order, then on notes.

        Raises:
            NotApplicable: the article's day is unknown, or nothing in it is tied to that day.
        """
        reading = subject.reading
        own_time(reading)
        notes: list[_Maker] = [partial(self._noted, note) for note in find_notes(reading)]
        own = [*self._of_clauses(reading), *self._of_own_day(reading)]
        if not own and not notes:
            raise NotApplicable("nothing in the text is tied to the article's own day")
        for make in [*draw.shuffled(own), *notes]:
            proposal = make(reading, draw)
            if proposal is not None:
                yield proposal

    def _of_clauses(self, reading: Reading) -> Iterator[_Maker]:
        for clause, mention in own_clauses(reading):
            if clause.tense is Tense.FUTURE:
                yield partial(self._antedated, clause, mention)

    def _of_own_day(self, reading: Reading) -> Iterator[_Maker]:
        for aside in asides(reading)[:MAX_ASIDES]:
            yield partial(self._beside, aside)
        ledes = ledes_today(reading)
        if ledes and reading.timing.stamp is None and can_be_stamped(reading):
            yield partial(self._stamped, ledes[0].date)

    def _antedated(
        self, clause: DatedClause, mention: DateMention, reading: Reading, draw: Draw
    ) -> Proposal | None:
        """What is to come, dated years back; its own day in the same form is the control."""
        template = form_for(mention, reading, draw)
        if template is None or mention.first is None:
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        redate(clause, day_of_another_period(reading, draw), template, reading, variant)
        redate(clause, mention.first, template, reading, control)
        told = clause, clause.verb.text, Tense.FUTURE
        how = Control(control.ledger(), "the right date in the same form")
        return clause_proposal((self.type, EPOCH), told, variant, how, reading)

    def _noted(self, note: Note, reading: Reading, draw: Draw) -> Proposal:
        """A note of what is to come, dated years back; or a look back to the same time."""
        template = form_for(note.mention, reading, draw) or note.mention.template
        variant, control = Revision(reading.text), Revision(reading.text)
        long_ago = day_of_another_period(reading, draw)
        retell(note, Tense.FUTURE, render(template, long_ago), variant)
        if draw.chance(OTHER_TENSE):
            day, tense, how = long_ago, Tense.PAST, "a dated look back"
        else:
            day, tense, how = day_after(reading, draw), Tense.FUTURE, "a day that is to come"
        retell(note, tense, render(template, day), control)
        told = note.clause, note.future, Tense.FUTURE
        return clause_proposal(
            (self.type, EPOCH), told, variant, Control(control.ledger(), how), reading
        )

    def _beside(self, aside: Aside, reading: Reading, draw: Draw) -> Proposal | None:
        """A date of another year beside "today"; the right one is the control."""
        return aside_proposal((self.type, EPOCH), aside, reading, draw)

    def _stamped(self, lede: Span, reading: Reading, draw: Draw) -> Proposal | None:
        """A headline dated in another year than the lede under it."""
        template, stamp = draw.choice(house_forms(reading, draw)), draw.choice(_STAMPS)
        at = len(reading.article.title)
        wrong = day_of_another_period(reading, draw, ahead=draw.chance(0.5))
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.insert(at, stamp.format(render(template, wrong)))
        control.insert(at, stamp.format(render(template, own_time(reading).last)))
        written = variant.ledger().outcome(0)
        before = stamp.index("{")
        text = render(template, wrong)
        date = Span(written.start + before, written.start + before + len(text), text)
        how = Control(control.ledger(), "the article's own day in the same form")
        return pair_proposal((self.type, EPOCH), date, lede, variant, how, Scope.GLOBAL)


def can_be_stamped(reading: Reading) -> bool:
    """Whether a date can stand at the headline's end."""
    title = reading.article.title
    return len(title.split()) > 2 and not title.isupper() and title[-1:].isalnum()

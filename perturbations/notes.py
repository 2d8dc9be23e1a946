"""A dated note on an invented affair: where a tense can be turned without touching facts.

The note is added to the *source* row, consistent: told as past with a day before the article, or as
to come with one after it. It speaks of the desk or its town alone, so that any other day and tense
in it are as consistent as the first, if only they fit each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from perturbations.affairs import CIRCLES, Affair, drawn_affairs
from perturbations.dating import day_after, day_before, house_forms, is_movable, own_time
from perturbations.draw import Draw
from perturbations.proposal import Revision, Subject
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention, Reading
from perturbations.reading.time_mentions import DatedClause, Tense
from perturbations.text import Ledger
from perturbations.timeline import placed

_OWN_DAYS = ("today", "yesterday", "earlier today", "this month", "last month")


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands, with both tenses of its verb."""

    clause: DatedClause
    mention: DateMention
    past: str
    future: str


class DatedNote:
    """Adds a dated note at the end of the body, where the article has nothing of its own to turn.

    Args:
        name: of the preparation; those that judge an article alike share one.
        enough: whether an article needs no note.
        by_own_day: how many notes are told by the article's own day ("today"), without a date.
    """

    def __init__(
        self, name: str, enough: Callable[[Reading], bool], *, by_own_day: float = 0.0
    ) -> None:
        self.name = name
        self._enough = enough
        self._by_own_day = by_own_day

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds it; none where the article has one, or clauses of its own.

        Raises:
            NotApplicable: the article's day is unknown.
        """
        reading = subject.reading
        own_time(reading)
        if find_notes(reading) or self._enough(reading):
            return Ledger()
        label, [affair] = drawn_affairs(draw, 1)
        if draw.chance(self._by_own_day):
            note = f"{label}{affair.told(Tense.PAST)} {draw.choice(_OWN_DAYS)}."
            return Ledger.of(placed(note, reading))
        told_past = draw.chance(0.5)
        day = (day_before if told_past else day_after)(reading, draw)
        when = render(draw.choice(house_forms(reading, draw)), day)
        said = affair.told(Tense.PAST if told_past else Tense.FUTURE)
        if draw.chance(0.3):
            note = f"{label}On {when}, {said[0].lower()}{said[1:]}."
        else:
            note = f"{label}{said} on {when}."
        return Ledger.of(placed(note, reading))


def find_notes(reading: Reading) -> list[Note]:
    """The notes that an article has."""
    by_span = {d.span: d for d in reading.dates}
    found = []
    for clause in reading.timing.clauses:
        mention = by_span.get(clause.date)
        sentence = reading.layout.sentence_at(clause.date.start)
        if mention is None or sentence is None or not is_movable(mention, reading):
            continue
        found += [
            Note(clause, mention, affair.past, affair.future)
            for affair in _by_verb().get(clause.verb.text, ())
            if affair.who[1:] in sentence.text
        ]
    return found


@cache
def _by_verb() -> Mapping[str, tuple[Affair, ...]]:
    """The affairs that are told by a verb, in either tense."""
    found: dict[str, tuple[Affair, ...]] = {}
    for circle in CIRCLES:
        for affair in circle.affairs:
            for verb in (affair.past, affair.future):
                found[verb] = (*found.get(verb, ()), affair)
    return found


def retell(note: Note, tense: Tense, day: str, revision: Revision) -> None:
    """Writes a note anew, in a tense and with a written day."""
    revision.replace(note.clause.verb, note.past if tense is Tense.PAST else note.future)
    revision.replace(note.mention.span, day)

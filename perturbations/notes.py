"""A dated note of the desk on its own affairs: where a tense can be turned without touching facts.

The note is added to the *source* row, consistent: told as past with a day before the article, or as
to come with one after it. It speaks of the desk alone, so that any other day and tense in it are as
consistent as the first, if only they fit each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perturbations.dating import day_after, day_before, house_forms, is_movable, own_time
from perturbations.draw import Draw
from perturbations.proposal import Revision, Subject
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention, Reading
from perturbations.reading.time_mentions import DatedClause, Tense
from perturbations.text import Ledger
from perturbations.timeline import placed

_AFFAIRS = (
    ("The desk's correction policy", "was revised", "will be revised", ""),
    ("The house style of this paper", "was updated", "will be updated", ""),
    ("The archive of this desk", "reopened", "will reopen", ""),
    ("The page of readers' letters", "was redesigned", "will be redesigned", ""),
    ("The evening newsletter", "was launched", "will be launched", ""),
    ("The comment section", "was closed", "will be closed", ""),
    ("The price of the print edition", "was raised", "will be raised", ""),
    ("The index of the old volumes", "was completed", "will be completed", ""),
    ("The readers' panel", "met", "will meet", ""),
    ("The press complaints panel", "published", "will publish", "its yearly report"),
    ("The mobile edition", "went", "will go", "online"),
    ("The desk's office in the old town", "was opened", "will be opened", ""),
)
"""Subject, past, future, and what follows the verb."""
LABELS = ("", "", "Editor's note: ", "Note: ", "From the desk: ", "To our readers: ")
"""How a note of the desk begins."""
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
        if draw.chance(self._by_own_day):
            said = affairs_told(draw, 1, Tense.PAST)[0]
            note = f"{draw.choice(LABELS)}{said} {draw.choice(_OWN_DAYS)}."
            return Ledger.of(placed(note, reading))
        told_past = draw.chance(0.5)
        day = (day_before if told_past else day_after)(reading, draw)
        when = render(draw.choice(house_forms(reading, draw)), day)
        said = affairs_told(draw, 1, Tense.PAST if told_past else Tense.FUTURE)[0]
        label = draw.choice(LABELS)
        if draw.chance(0.3):
            note = f"{label}On {when}, {said[0].lower()}{said[1:]}."
        else:
            note = f"{label}{said} on {when}."
        return Ledger.of(placed(note, reading))


def affairs_told(draw: Draw, count: int, tense: Tense) -> list[str]:
    """So many affairs of the desk, each in a clause without a date: "The readers' panel met"."""
    return [
        " ".join(part for part in (who, past if tense is Tense.PAST else future, rest) if part)
        for who, past, future, rest in draw.shuffled(_AFFAIRS)[:count]
    ]


def find_notes(reading: Reading) -> list[Note]:
    """The notes that an article has."""
    by_span = {d.span: d for d in reading.dates}
    found = []
    for clause in reading.timing.clauses:
        mention = by_span.get(clause.date)
        sentence = reading.layout.sentence_at(clause.date.start)
        if mention is None or sentence is None or not is_movable(mention, reading):
            continue
        for affair, past, future, _ in _AFFAIRS:
            if affair[1:] in sentence.text and clause.verb.text in (past, future):
                found.append(Note(clause, mention, past, future))
    return found


def retell(note: Note, tense: Tense, day: str, revision: Revision) -> None:
    """Writes a note anew, in a tense and with a written day."""
    revision.replace(note.clause.verb, note.past if tense is Tense.PAST else note.future)
    revision.replace(note.mention.span, day)

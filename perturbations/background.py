"""A line that points to more on the world of the time: where a state of it can be stale.

Real articles seldom say how the world stands, so a line is added to the *source* row, in which it
is right for the article's day. It names an event that had come by then or was still to come, or
asks about one that was open; it says nothing of the article's own matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Subject
from perturbations.prospects import CLAUSES, blocks, drawn
from perturbations.reading.mentions import Reading
from perturbations.text import Ledger
from perturbations.timeline import placed
from perturbations.turns import Event, near

_LABELS = ("", "", "Elsewhere", "Background", "More on this site", "Also in the news", "See also")
NAMED_SHARE = 0.4
"""How often an event is preferred whose subject the article names anyway."""

ABOUT = (
    "A separate explainer on this site deals with {}.",
    "Readers can also turn to the page on {}.",
    "For the wider picture, see the dossier on {}.",
    "Also on this site: a short guide to {}.",
    "The next newsletter looks at {}.",
    "A longer piece on this site is about {}.",
    "In the same series: a portrait of {}.",
    "The podcast this week turns to {}.",
)
"""Frames for a subject with its relative clause."""
WHEN_FRAMES = (
    "A guide on this site explains what is different {}.",
    "Also on this site: what is different {}.",
    "An explainer on this site sets out what is different {}.",
    "The next newsletter asks what is different {}.",
    "Readers can also turn to the page on what is different {}.",
)
"""Frames for a clause that says when."""
ASKED = (
    "Readers ask what changes {}.",
    "Also on this site: what happens {}.",
    "An explainer on this site sets out what happens {}.",
    "Questions and answers on this site: what changes {}?",
    "The next newsletter asks what follows {}.",
    "The podcast this week asks what happens {}.",
    "A separate piece on this site looks at what is at stake {}.",
)
"""Frames for a clause that supposes an event."""


class Background:
    """Adds a line on an event near the article's day, told as it stood on that day."""

    name = "state_background"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds the line.

        Raises:
            NotApplicable: the article's time is unknown, or no event lies near it.
        """
        as_of = subject.reading.as_of
        if as_of is None:
            raise NotApplicable("the article's time is unknown")
        found = [(e, come) for e, come in near(as_of, subject.knowledge) if tellable(e)]
        if not found:
            raise NotApplicable("no event that turned the world round lies near the article's day")
        # Both sides alike often: "yet" and "now" must not tell how events cluster in time.
        sides = [[item for item in found if item[1] is come] for come in (True, False)]
        side = draw.choice([side for side in sides if side])
        event, come = _preferred(side, subject.reading, draw)
        who = draw.choice(event.turn.who)
        if event.clauses(who, still_open=True) and draw.chance(0.3):
            sentence = draw.choice(WHEN_FRAMES).format(
                draw.choice(event.clauses(who, still_open=not come))
            )
        else:
            phrase = draw.choice(event.phrases(who, still_open=not come))
            sentence = draw.choice(ABOUT).format(phrase)
        return Ledger.of(placed(_block(sentence, draw), subject.reading))


class Question:
    """Adds a line that asks what happens if a country joins what it did not belong to that day."""

    name = "open_question"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds the line.

        Raises:
            NotApplicable: the article's time is unknown, or beyond the tables.
        """
        as_of = subject.reading.as_of
        if as_of is None:
            raise NotApplicable("the article's time is unknown")
        found = blocks(as_of, subject.reading, subject.knowledge)
        if not found:
            raise NotApplicable("no accession that was surely open on that day")
        cell = draw.choice(drawn(found, draw).still)
        sentence = draw.choice(ASKED).format(cell.clause(draw.below(len(CLAUSES))))
        return Ledger.of(placed(_block(sentence, draw), subject.reading))


def tellable(event: Event) -> bool:
    """Whether the event can be told in two ways or more, both as open and as come."""
    who = event.turn.who[0]
    return all(len(event.phrases(who, still_open=side)) > 1 for side in (True, False))


def framed(sentence: str, words: str, frames: Sequence[str]) -> bool:
    """Whether a sentence is one of the frames with the words in it."""
    return any(sentence == frame.format(words) for frame in frames)


def _preferred(
    found: Sequence[tuple[Event, bool]], reading: Reading, draw: Draw
) -> tuple[Event, bool]:
    """One of the events, by preference one whose subject the article names."""
    body = reading.text[reading.article.body_start :]
    named = [item for item in found if any(_bare(who) in body for who in item[0].turn.who)]
    return draw.choice(named if named and draw.chance(NAMED_SHARE) else found)


def _bare(who: str) -> str:
    return who.removeprefix("the ")


def _block(sentence: str, draw: Draw) -> str:
    label = draw.choice(_LABELS)
    return f"{label}\n\n{sentence}" if label else sentence

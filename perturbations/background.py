"""A line that points to more on an event of the time: where a state of the world can be stale.

Real articles seldom say how the world stands, so a line is added to the *source* row, in which it
is right for the article's day. It names an event that had come by then, or that was still to
come; it says nothing of the article's own matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.mentions import Reading
from perturbations.text import Ledger
from perturbations.timeline import placed
from perturbations.turns import NEAR, REACH, Event, near

_LABELS = ("", "", "Elsewhere", "Background", "More on this site", "Also in the news", "See also")
NAMED_SHARE = 0.7
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
        found = [(e, come) for e, come in near(as_of, subject.knowledge, REACH) if tellable(e)]
        if not found:
            raise NotApplicable("no event that turned the world round lies near the article's day")
        # Both sides alike often: what tells "yet" from "now" must be the day, not how events cluster.
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
    """Adds a line that asks what happens if an event comes that on that day was still open."""

    name = "open_question"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds the line.

        Raises:
            NotApplicable: the article's time is unknown, or nothing near it was still in doubt.
        """
        as_of = subject.reading.as_of
        if as_of is None:
            raise NotApplicable("the article's time is unknown")
        found = [(e, c) for e, c in near(as_of, subject.knowledge, NEAR) if askable(e)]
        still = [(event, come) for event, come in found if not come]
        if len(still) < 2 or len(still) == len(found):
            raise NotApplicable("too few questions of the time, open and settled, near that day")
        event, _ = _preferred(still, subject.reading, draw)
        clause = draw.choice(event.questions(draw.choice(event.turn.who)))
        sentence = draw.choice(ASKED).format(clause)
        return Ledger.of(placed(_block(sentence, draw), subject.reading))


def tellable(event: Event) -> bool:
    """Whether the event can be told in two ways or more, both as open and as come."""
    who = event.turn.who[0]
    return all(len(event.phrases(who, still_open=side)) > 1 for side in (True, False))


def askable(event: Event) -> bool:
    """Whether news asked if it would come."""
    return bool(event.questions(event.turn.who[0]))


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

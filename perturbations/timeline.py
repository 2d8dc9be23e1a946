"""A fact box that dates a sentence of the article once more: where a second date can conflict.

The box is added to the *source* row, where both dates agree; the statement keeps the sentence's
own words, so that nothing but the date can differ.
"""

from __future__ import annotations

import re
from datetime import date

from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.dates import alternatives, render
from perturbations.reading.frames import MIN_WORDS, restatements, statement_without
from perturbations.reading.leaning import LEANING
from perturbations.reading.mentions import DateMention, Reading
from perturbations.text import Edit, Ledger, Span

MAX_LINES = 2
MAX_WORDS = 40

_HEADINGS = ("Timeline", "Key dates", "Chronology", "At a glance", "Dates to remember")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b")
"""Words of a speaker: a box has none."""
_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|will|has|have|had|would|came|followed)\b)")
"""A place named before."""


class Timeline:
    """Adds a box of one or two dated lines at the end of the body."""

    name = "timeline"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds the box; none where people annotated a date that stands twice.

        Raises:
            NotApplicable: no sentence with a full date can be restated.
        """
        reading = subject.reading
        if annotated_dates(subject) or any(r.frame == "timeline" for r in restatements(reading)):
            return Ledger()
        found = list(dated_statements(reading))
        if not found:
            raise NotApplicable("no sentence with a full date that a fact box could restate")
        chosen = draw.shuffled(found)[: 1 + draw.below(MAX_LINES)]
        chosen.sort(key=lambda item: item[0].first or date.min)
        lines = [f"{_label(mention, draw)}: {statement}" for mention, statement in chosen]
        block = f"{draw.choice(_HEADINGS)}\n\n" + "\n".join(lines)
        return Ledger.of(placed(block, reading))


def annotated_dates(subject: Subject) -> list[tuple[str, tuple[Span, ...]]]:
    """Slots that people marked as one event's date, with two mentions or more."""
    return [
        (slot, mentions)
        for slot, kind, mentions in subject.slots
        if kind == "date" and len(mentions) > 1
    ]


def dated_statements(reading: Reading) -> list[tuple[DateMention, str]]:
    """Full dates of the body, each with its sentence in the form that a box would give it."""
    found = []
    for mention in reading.dates:
        if not mention.is_full:
            continue
        sentence = reading.layout.sentence_at(mention.span.start)
        if sentence is None or sentence.start < reading.article.body_start:
            continue
        if not sentence.covers(mention.span) or leans(sentence, mention, reading):
            continue
        statement = statement_without(sentence, mention)
        words = statement.split() if statement else []
        # "On 3 May, he left" does not begin with "he", but its statement does.
        leaning = bool(words) and words[0].casefold() in LEANING
        if statement and not leaning and MIN_WORDS <= len(words) <= MAX_WORDS:
            found.append((mention, statement))
    return found


def leans(sentence: Span, mention: DateMention, reading: Reading) -> bool:
    """Whether the sentence needs its neighbours, or says more than one thing about time."""
    references = reading.citations.references
    first = sentence.text.split(maxsplit=1)[0].strip("“\"',").casefold()
    return (
        first in LEANING
        or "\n" in sentence.text
        or _FIRST_PERSON.search(sentence.text) is not None
        or _THERE.search(sentence.text) is not None
        or reading.layout.quoted(sentence)
        or (references is not None and references.span.overlaps(sentence))
        or any(sentence.covers(m.span) for m in reading.citations.markers)
        or any(sentence.covers(d.span) for d in reading.durations)
        or any(sentence.covers(d.span) and d is not mention for d in reading.dates)
    )


def _label(mention: DateMention, draw: Draw) -> str:
    forms = [form for form in alternatives(mention) if "{W" not in form] or [mention.template]
    return render(draw.choice(forms), mention.first) if mention.first else mention.span.text


def placed(block: str, reading: Reading) -> Edit:
    """The edit that sets lines below an article: before its reference list, else at its end."""
    references = reading.citations.references
    if references is None:
        return Edit.insert(len(reading.text.rstrip()), f"\n\n{block}")
    at = references.heading.start if references.heading else references.span.start
    return Edit.insert(at, f"{block}\n\n")

"""Boxes about people: who did what in the article, and since when somebody holds an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perturbations.cells import Cell
from perturbations.claims import Claim
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge
from perturbations.proposal import NotApplicable, Subject
from perturbations.protagonists import FORMS, formed, holder_of
from perturbations.reading.boxes import (
    MAX_SUBJECT,
    MIN_PREDICATE,
    OFFICE_HEADINGS,
    OFFICE_LINES,
    WHO_HEADINGS,
    office_boxes,
)
from perturbations.reading.encounters import reach
from perturbations.reading.frames import restatements
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.text import Ledger, Span
from perturbations.timeline import placed

MAX_LINES = 2
MAX_WORDS = 32

_LEANING = re.compile(
    r"\b(?:I|we|us|our|my|me|he|she|his|her|him|it|they|their|them|also|this|that|these|those|both)\b",
    re.IGNORECASE,
)
"""Words that make a sentence lean on those around it, so that it can't be said alone."""


_NO_VERB = frozenset(
    [
        *("and", "or", "nor", "of", "from", "in", "at", "for", "with", "to", "on", "by", "as"),
        *("but", "who", "whose", "which", "that", "alone", "himself", "herself"),
    ]
)
"""Words behind a name that go on with it, instead of saying what the person did."""


class WhoBox:
    """Adds one or two lines `X: did this` that repeat sentences of the body, at its end."""

    name = "who_box"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds the box; none where the article has one, or marks do without it.

        Raises:
            NotApplicable: no sentence begins with a person's name and stands alone.
        """
        reading = subject.reading
        if annotated_in_body(subject) or any(a.frame == "who" for a in restatements(reading)):
            return Ledger()
        found = list(_statements(subject, draw))
        if not found:
            raise NotApplicable("no sentence that begins with a person's name and stands alone")
        chosen = draw.shuffled(found)[: 1 + draw.below(MAX_LINES)]
        lines = [f"{name}: {predicate}" for name, predicate in chosen]
        return Ledger.of(placed("\n".join([f"{draw.choice(WHO_HEADINGS)}\n", *lines]), reading))


def annotated_in_body(subject: Subject) -> list[tuple[str, tuple[Span, ...]]]:
    """Slots that people marked as one person, with two mentions or more in the body, in order."""
    start = subject.reading.article.body_start
    found = []
    for slot, kind, mentions in subject.slots:
        inside = tuple(span for span in sorted(mentions) if span.start >= start)
        if kind == "person" and len(inside) > 1:
            found.append((slot, inside))
    return found


def _statements(subject: Subject, draw: Draw) -> Iterator[tuple[str, str]]:
    """Who is named at a sentence's start, in another form, and the rest of the sentence."""
    reading = subject.reading
    predicates = set()
    for sentence in reading.layout.sentences:
        name, end = _named(sentence, subject, draw)
        if name is None or sentence in reading.layout.headings:
            continue
        predicate = reading.text[end : sentence.end].removeprefix(" ")
        words = predicate.split()
        if not MIN_PREDICATE <= len(words) <= MAX_WORDS or not words[0][:1].islower():
            continue
        again = "\n" in predicate or predicate in predicates or words[0] in _NO_VERB
        if again or _LEANING.search(predicate) or not predicate.endswith("."):
            continue
        if _cites(sentence, reading):
            continue
        predicates.add(predicate)
        yield name, predicate


def _cites(sentence: Span, reading: Reading) -> bool:
    """Whether it quotes, cites, or stands in the headline or among the references."""
    references = reading.citations.references
    return (
        sentence.start < reading.article.body_start
        or reading.layout.quoted(sentence)
        or any(sentence.covers(m.span) for m in reading.citations.markers)
        or any(sentence.overlaps(a) for a in reading.citations.addresses)
        or (references is not None and references.span.overlaps(sentence))
    )


def _named(sentence: Span, subject: Subject, draw: Draw) -> tuple[str | None, int]:
    """How a box names whom a sentence begins with, and where their name ends there."""
    reading = subject.reading
    for mention in reading.people:
        place = reach(mention, reading.text)
        if place.start == sentence.start:
            short = mention.possessive is None and len(place.text.split()) <= MAX_SUBJECT
            return (_known(mention, subject, draw) if short else None), place.end
    for stranger in reading.strangers:
        if stranger.span.start == sentence.start:
            first = next(s for s in reading.strangers if s.chain == stranger.chain and s.full)
            return first.span.text, stranger.span.end
    return None, sentence.end


def _known(mention: PersonMention, subject: Subject, draw: Draw) -> str | None:
    if mention.form is PersonForm.OFFICE or mention.modifiers or mention.person is None:
        return None
    claim = holder_of(mention, subject)
    if claim is None or mention.apposition or mention.capitals:
        return None
    return formed(draw.choice(FORMS[:2]), Cell(claim.person, claim.office), subject.knowledge)


class OfficeBox:
    """Adds a line that says since when a leader of the article has held their post."""

    name = "office_box"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds it; none where the article has one.

        Raises:
            NotApplicable: nobody named is known to hold an office since a known month.
        """
        if any(True for _ in office_boxes(subject.reading)):
            return Ledger()
        found: dict[str, Claim] = {}
        for mention in subject.reading.people:
            claim = holder_of(mention, subject)
            if claim is not None and since(Cell(claim.person, claim.office), subject.knowledge):
                found.setdefault(claim.person.id, claim)
        if not found:
            raise NotApplicable("nobody named is known to hold an office since a known month")
        claim = draw.choice(list(found.values()))
        line = OfficeLine(draw.choice(FORMS[:2]), draw.choice(OFFICE_LINES))
        text = line.written(Cell(claim.person, claim.office), None, subject.knowledge)
        block = f"{draw.choice(OFFICE_HEADINGS)}\n\n{text}"
        return Ledger.of(placed(block, subject.reading))


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """How an office box says it."""

    form: str
    template: str

    def written(self, cell: Cell, gender: str | None, knowledge: Knowledge) -> str:
        """The line for a holder, with the pronoun of a gender: theirs where None is given."""
        return self.template.format(
            name=formed(self.form, cell, knowledge),
            pronoun={"m": "his", "f": "her"}[gender or cell.person.gender],
            when=since(cell, knowledge),
        )


_TITLES = frozenset({"President", "Prime Minister", "Chancellor", "Vice President"})


def since(cell: Cell, knowledge: Knowledge) -> str | None:
    """The month in which the one term of a holder began, as it is written: May 2017."""
    terms = knowledge.terms_of(person=cell.person.id, office=cell.office.id)
    plain = cell.office.titles[0] in _TITLES and cell.person.gender in ("m", "f")
    if len(terms) != 1 or not plain or terms[0].start_precision not in ("day", "month"):
        return None
    return f"{terms[0].start:%B %Y}"

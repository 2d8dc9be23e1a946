"""Citations that do not bear out the sentence: the headline cited gives another value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from perturbations.cited_headlines import LABELS, CitedHeadlines
from perturbations.defects import Evidence, EvidenceKind, Rule, Scope
from perturbations.defects.rules.cited import explained, witness_of
from perturbations.draw import Draw
from perturbations.other_values import date_forms, other_form, other_value
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.cited_values import CitedSentence, Value, ValueKind, cited_sentences
from perturbations.reading.dates import read_date, render
from perturbations.reading.duration_words import NUMBERS, spell
from perturbations.text import Span

_UNIT = re.compile(r"[$£€¥%°\w–-]")
_WORD = re.compile(r"\w+(?:[.,-]\w+)*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A value of a sentence, the headline's, and what either may be: the own text, or another."""

    cited: CitedSentence
    said: Value
    heard: Value
    own: str
    """The value as the headline shall write it."""
    other: str
    """The other value as the headline shall write it."""
    other_said: str | None
    """The other value as the sentence would write it; None where it must keep its own."""
    movable: bool
    """Whether sentence and headline can both give the other value, and all else still agree."""


class Unsupported:
    """Lets a sentence and the headline that it cites give two values of one thing.

    The headline is always printed under another label, and its value now and then in another form.
    A variant changes the value of the headline or of the sentence; its control changes neither, or
    both, where nothing else in the article depends on it.
    """

    name: ClassVar[str] = "citations.unsupported"
    type: ClassVar[str] = "unsupported_citation"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the headline under another label, its value and the sentence's alike"
    preparation: ClassVar[Preparation | None] = CitedHeadlines()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals for every value that sentence and headline share, in drawn order.

        Raises:
            NotApplicable: no cited headline restates its sentence with a value that can be another.
        """
        pairs = []
        for cited in cited_sentences(subject.reading, subject.knowledge):
            for said, heard in cited.values:
                pair = _pair(cited, said, heard, subject, draw)
                if pair is not None:
                    pairs.append(pair)
        if not pairs:
            raise NotApplicable("no cited headline that restates its sentence with an exact value")
        for pair in draw.shuffled(pairs):
            label = draw.choice([name for name in LABELS if not _labelled(pair, name)])
            moved = pair.other_said is not None and draw.chance(0.5)
            variant, control = Revision(subject.reading.text), Revision(subject.reading.text)
            for revision in (variant, control):
                revision.replace(_label(pair.cited.headline), label)
            if pair.movable and pair.other_said is not None and draw.chance(0.5):
                control.replace(pair.said.span, pair.other_said)
                control.replace(pair.heard.span, pair.other)
            else:
                control.replace(pair.heard.span, pair.own)
            if moved and pair.other_said is not None:
                variant.replace(pair.heard.span, pair.own)
                variant.replace(pair.said.span, pair.other_said)
            else:
                variant.replace(pair.heard.span, pair.other)
            yield self._proposal(pair, variant, control, moved=moved)

    def _proposal(
        self, pair: Pair, variant: Revision, control: Revision, *, moved: bool
    ) -> Proposal:
        said, heard = variant.moved(pair.said.span), variant.moved(pair.heard.span)
        claim, against = (said, heard) if moved else (heard, said)
        role = "headline cited" if moved else "sentence that cites it"
        found = defect(
            self.type,
            [claim],
            [Evidence(role, span=against)],
            explained(said, heard),
            witness_of(claim, against, pair.said.kind),
            scope=Scope.GLOBAL,
            kind=EvidenceKind.REFERENCE,
        )
        note = "the headline under another label, saying what the sentence says"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _label(headline: Span) -> Span:
    """The label before a headline's colon; a headline that has none has none to exchange."""
    label, colon, _ = headline.text.partition(": ")
    if not colon or label not in LABELS:
        raise NotApplicable("a headline without a label")
    return Span(headline.start, headline.start + len(label), label)


def _labelled(pair: Pair, label: str) -> bool:
    return pair.cited.headline.text.startswith(f"{label}: ")


def _pair(
    cited: CitedSentence, said: Value, heard: Value, subject: Subject, draw: Draw
) -> Pair | None:
    if said.hedged or heard.hedged or said.key != heard.key or ": " not in cited.headline.text:
        return None
    if cited.headline.text.partition(": ")[0] not in LABELS:
        return None
    other = other_value(heard, subject, draw)
    if other is None:
        return None
    own, new = heard.span.text, other
    if draw.chance(0.5) and _stands_alone(heard.span, subject.reading.text):
        own, new = (_capitals(other_form(heard, text, draw), text) for text in (own, new))
    if heard.kind is ValueKind.DATE:
        own, new = _dated(heard, own, other, subject, draw)
    movable = _is_alone(said, cited, subject)
    return Pair(cited, said, heard, own, new, _as_said(said, heard, other), movable)


def _stands_alone(span: Span, text: str) -> bool:
    """Whether words could stand there for figures: not in "$12", "12%" or "12-year"."""
    return not _UNIT.search(text[span.start - 1 : span.start] + text[span.end : span.end + 1])


def _capitals(text: str, like: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def _dated(heard: Value, own: str, other: str, subject: Subject, draw: Draw) -> tuple[str, str]:
    """Both dates in one drawn format."""
    form = draw.choice(date_forms(heard))
    days = [read_date(text, subject.reading.as_of) for text in (own, other)]
    written = [render(form, day.first) for day in days if day is not None and day.first]
    return (written[0], written[1]) if len(written) == 2 else (own, other)


def _as_said(said: Value, heard: Value, other: str) -> str | None:
    """The other value as the sentence would write it; only counts change there."""
    if said.kind is not ValueKind.NUMBER or heard.span.text.casefold() != said.span.text.casefold():
        return None
    return _capitals(other.casefold(), said.span.text)


def _is_alone(said: Value, cited: CitedSentence, subject: Subject) -> bool:
    """Whether a count is the only number of its paragraph and stands nowhere else in the prose.

    A record stays one only beside the number that it broke.
    """
    if said.kind is not ValueKind.NUMBER:
        return False
    reading = subject.reading
    references = reading.citations.references
    prose = reading.text[: references.span.start] if references else reading.text
    number = NUMBERS.get(said.span.text.casefold())
    forms = {said.span.text.casefold()}
    if number is not None or said.key.isdigit():
        forms |= {said.key, spell(number or int(said.key))}
    words = [word.casefold() for word in _WORD.findall(prose)]
    around = reading.layout.paragraph_at(cited.sentence.start) or cited.sentence
    here = [word.casefold() for word in _WORD.findall(around.text)]
    counted = [word for word in here if word in NUMBERS or word[:1].isdigit()]
    return sum(word in forms for word in words) == 1 and len(counted) == 1

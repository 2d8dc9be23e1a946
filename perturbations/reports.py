"""Defects of what is cited: documents that are not what the citation says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from perturbations.defects import EvidenceKind, Rule, Scope, Witness
from perturbations.defects.rules.reference import Field, evidence_of, explained, span_of
from perturbations.documents import (
    Documents,
    citable,
    day_like,
    designation,
    headline,
    spoken_words,
)
from perturbations.draw import Draw
from perturbations.knowledge import Precision, Reference
from perturbations.knowledge.reference import NUMBERED
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.dates import alternatives, render
from perturbations.reading.document_mentions import DocumentMention
from perturbations.text import Span

_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
"""A title that holds a year gives away which date is its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What an entry says: which document it names, and whose date, title and author it gives.

    Two documents make two true cells, in which all is one document's, and false ones.
    """

    document: Reference
    date: Reference
    title: Reference
    author: Reference


class Chimera:
    """Gives a document the date, title or author of another of its kind.

    The control cites the other document, and everything moves with it. Either document may be the
    one that is named, so that no title, name or date tells variant from control. A document that
    the prose dates keeps its place: its date is wrong or right in another format.
    """

    name: ClassVar[str] = "citations.chimera"
    type: ClassVar[str] = "chimera_reference"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.REFERENCE,)
    control: ClassVar[str] = "another document of the kind, with everything moved together"
    preparation: ClassVar[Preparation | None] = Documents()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals for every cited document, in drawn order.

        Raises:
            NotApplicable: no document of the table is cited, or none with a particular.
        """
        cited = [m for m in subject.reading.documents if not m.quoted]
        mentions = [m for m in cited if m.date or m.year or m.issuers]
        if not mentions:
            raise NotApplicable("no dated or signed citation of a known document")
        some = False
        for mention in draw.shuffled(mentions):
            make = self._in_prose if mention.entry is None else self._in_entry
            try:
                for proposal in make(mention, subject, draw):
                    some = True
                    yield proposal
            except NotApplicable:
                continue
        if not some:
            raise NotApplicable("no second document of the kind on what the article speaks of")

    def _in_entry(
        self, mention: DocumentMention, subject: Subject, draw: Draw
    ) -> Iterator[Proposal]:
        own = subject.knowledge.references[mention.reference]
        for other in draw.shuffled(_fellows(own, subject)):
            for field in draw.shuffled(_fields(own, other)):
                cells = [_exchanged(own, other, field), _exchanged(other, own, field)]
                for cell in draw.shuffled(cells):
                    variant = _rewritten(mention, own, cell, subject)
                    control = _rewritten(mention, own, Cell(other, other, other, other), subject)
                    found = self._proposal(mention, variant, control, cell, field, subject)
                    if found is not None:
                        yield found

    def _in_prose(
        self, mention: DocumentMention, subject: Subject, draw: Draw
    ) -> Iterator[Proposal]:
        own, date = subject.knowledge.references[mention.reference], mention.date
        if date is None or date.first is None or not date.is_full:
            raise NotApplicable("a document that is not dated to the day")
        forms = [form for form in alternatives(date) if "{W" not in form]
        if not forms:
            raise NotApplicable("a date that can be written in one way alone")
        form = draw.choice(forms)
        for other in draw.shuffled(_fellows(own, subject)):
            variant, control = Revision(subject.reading.text), Revision(subject.reading.text)
            variant.replace(date.span, render(form, other.day))
            control.replace(date.span, render(form, own.day))
            cell = Cell(own, other, own, own)
            found = self._proposal(mention, variant, control, cell, "date", subject)
            if found is not None:
                yield found

    def _proposal(
        self,
        mention: DocumentMention,
        variant: Revision,
        control: Revision,
        cell: Cell,
        field: Field,
        subject: Subject,
    ) -> Proposal | None:
        claim, document = span_of(mention, field), mention.span
        if claim is None:
            return None
        claim, document = variant.moved(claim), variant.moved(document)
        found = defect(
            self.type,
            [claim],
            evidence_of(document, cell.document.id),
            explained(claim, document, cell.document, field),
            Witness(Rule.REFERENCE, claim=(claim,), against=(document,), expect={"field": field}),
            scope=Scope.SENTENCE,
            kind=EvidenceKind.REFERENCE,
        )
        if mention.entry is None:
            note = "the document's own date in another format"
        else:
            note = "another document, with its own title, author and date"
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _fellows(own: Reference, subject: Subject) -> list[Reference]:
    """Other documents of the kind on what the article speaks of, that it does not cite."""
    reading = subject.reading
    cited = {mention.reference for mention in reading.documents}
    references = reading.citations.references
    end = references.span.start if references else len(reading.text)
    body = Span.of(reading.text, reading.article.body_start, end)
    return [
        item
        for item in citable(subject, spoken_words([body]))
        if item.kind == own.kind and item.id not in cited and item.precision is own.precision
    ]


def _fields(own: Reference, other: Reference) -> list[Field]:
    """Particulars in which two documents differ, and that their names do not give away."""
    dated = any(_YEAR.search(item.title) for item in (own, other))
    fields: list[Field] = ["year" if own.precision is Precision.YEAR else "date"]
    if dated or own.kind == "book":  # books come out again in later years
        fields = []
    if own.kind in NUMBERED:
        return fields if dated or own.kind == "unsc_resolution" else [*fields, "title"]
    return [*fields, "author"] if own.authors != other.authors else fields


def _exchanged(one: Reference, other: Reference, field: Field) -> Cell:
    """The one document with a particular of the other."""
    return Cell(
        document=one,
        date=other if field in ("date", "year") else one,
        title=other if field == "title" else one,
        author=other if field == "author" else one,
    )


def _rewritten(mention: DocumentMention, own: Reference, cell: Cell, subject: Subject) -> Revision:
    """The entry written anew for a cell, part by part.

    Raises:
        NotApplicable: a part of the entry is not as the table has it.
    """
    entry, revision = mention.entry, Revision(subject.reading.text)
    if entry is None or entry.headline is None or entry.headline.text != headline(own):
        raise NotApplicable("an entry that words its title in its own way")
    revision.replace(mention.span, designation(cell.document))
    if mention.title is not None:
        revision.replace(mention.title, cell.title.title)
    dated = mention.date.span if mention.date else mention.year
    if dated is not None:
        template = mention.date.template if mention.date else "{yyyy}"
        if dated.text != day_like(own, template):
            raise NotApplicable("an entry with a date of its own")
        revision.replace(dated, day_like(cell.date, template))
    if mention.issuers and own.authors != cell.author.authors:
        if len(mention.issuers) > 1 or mention.issuers[0].text not in own.authors:
            raise NotApplicable("an entry that names its author in its own way")
        revision.replace(mention.issuers[0], cell.author.authors[0])
    return revision

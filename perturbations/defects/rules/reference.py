"""Rule `reference`: what a citation says of a document against a frozen table of documents.

A document is known by its number, or by its title together with a second particular that agrees.
A date that is wrong must lie well apart from every date that the table gives the document; reprints
and entries into force are later than a document, so that for kinds that have them only an earlier
date is wrong, or one that is another document's to the day or month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Precision, Reference, Status, Truth
from perturbations.knowledge.reference import NUMBERED
from perturbations.reading.document_mentions import DocumentMention
from perturbations.reading.documents import words_of
from perturbations.reading.mentions import DateMention, Reading
from perturbations.text import Span

Field = Literal["date", "year", "title", "author"]
"""What is said of a document beside its number or title."""

FIELDS: tuple[Field, ...] = ("date", "year", "title", "author")

SLACK = timedelta(days=45)
"""Documents are adopted, signed and printed on days that lie this far apart at most."""

PAPER_YEARS = 2
"""Papers stand in drafts, online and in print in years that lie this far apart at most."""

_DATED_ONCE = NUMBERED | {"judgment", "papal_document"}
"""Kinds that bear the date of one act; the rest come out again, or come into force later."""

_NAME = re.compile(r"\w+")
_EMPTY = frozenset({"the", "of", "and", "for", "on", "in", "et", "al", "pope", "united", "states"})
_SHARED = frozenset({"court"})
"""Words that the names of unlike authors share."""


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the document and what is said of it again; `expect.field` says which particular."""
    for mention in reading.documents:
        for field in FIELDS:
            claimed = witness.expect.get("field") == field and mention.span == witness.against[0]
            if claimed and span_of(mention, field) == witness.claim[0]:
                return is_wrong(mention, field, knowledge)
    return Truth.UNKNOWN


def span_of(mention: DocumentMention, field: Field) -> Span | None:
    """Where a particular of a mention stands."""
    if field == "date":
        return mention.date.span if mention.date else None
    if field == "author":
        return mention.issuers[0] if mention.issuers else None
    return mention.year if field == "year" else mention.title


def is_wrong(mention: DocumentMention, field: Field, knowledge: Knowledge) -> Truth:
    """Whether a particular cannot be the document's; unknown where the table does not decide."""
    item = knowledge.references.get(mention.reference)
    if item is None or item.status is Status.UNCERTAIN or mention.quoted:
        return Truth.UNKNOWN
    answer = _weighed(mention, field, item, knowledge)
    if answer is not Truth.HOLDS or item.kind in NUMBERED:
        return answer
    # A title may be somebody else's, too: another particular must agree.
    others = [other for other in FIELDS if other != field]
    agrees = any(_weighed(mention, other, item, knowledge) is Truth.FAILS for other in others)
    return Truth.HOLDS if agrees else Truth.UNKNOWN


def _weighed(
    mention: DocumentMention, field: Field, item: Reference, knowledge: Knowledge
) -> Truth:
    if field == "date":
        return _date_is_wrong(mention.date, item, knowledge) if mention.date else Truth.UNKNOWN
    if field == "year":
        return _year_is_wrong(mention.year, item) if mention.year else Truth.UNKNOWN
    if field == "title":
        return _title_is_wrong(mention.title, item, knowledge) if mention.title else Truth.UNKNOWN
    return _author_is_wrong(mention.issuers, item, knowledge) if mention.issuers else Truth.UNKNOWN


def _date_is_wrong(date: DateMention, item: Reference, knowledge: Knowledge) -> Truth:
    if date.first is None or date.last is None or date.relative or date.ambiguous:
        return Truth.UNKNOWN
    first, last = date.first, date.last
    if any(start <= last and first <= end for start, end in item.dates):
        return Truth.FAILS
    slack = _slack(item)
    if any(start - slack <= last and first <= end + slack for start, end in item.dates):
        return Truth.UNKNOWN
    earliest = min(start for start, _ in item.dates)
    if item.kind in _DATED_ONCE or last < earliest - slack:
        return Truth.HOLDS
    precise = str(date.precision) in ("day", "month")
    return Truth.HOLDS if precise and _is_anothers(date, item, knowledge) else Truth.UNKNOWN


def _is_anothers(date: DateMention, item: Reference, knowledge: Knowledge) -> bool:
    """Whether another document of the kind bears exactly this date."""
    return any(
        other.kind == item.kind
        and other.id != item.id
        and other.dates[0] == (date.first, date.last)
        for other in knowledge.references.values()
    )


def _slack(item: Reference) -> timedelta:
    return timedelta(days=366 * PAPER_YEARS) if item.kind == "paper" else SLACK


def _year_is_wrong(year: Span, item: Reference) -> Truth:
    written = int(year.text)
    years = {day.year for dates in item.dates for day in dates}
    if written in years:
        return Truth.FAILS
    if item.kind in _DATED_ONCE:
        return Truth.HOLDS
    near = PAPER_YEARS if item.kind == "paper" else 1
    if any(abs(written - year) <= near for year in years):
        return Truth.UNKNOWN
    return Truth.HOLDS if item.kind == "paper" or written < min(years) else Truth.UNKNOWN


def _title_is_wrong(title: Span, item: Reference, knowledge: Knowledge) -> Truth:
    """Whether a title is another document's; subjects of resolutions are no titles."""
    written, own = words_of(title.text), words_of(item.title)
    if written == own:
        return Truth.FAILS
    if item.kind == "unsc_resolution" or set(own) <= set(written) or set(written) <= set(own):
        return Truth.UNKNOWN
    others = (o for o in knowledge.references.values() if o.kind == item.kind and o.id != item.id)
    return Truth.HOLDS if any(words_of(o.title) == written for o in others) else Truth.UNKNOWN


def _author_is_wrong(issuers: tuple[Span, ...], item: Reference, knowledge: Knowledge) -> Truth:
    """Whether whoever is named wrote or issued another document of the kind, and not this one."""
    if item.kind in NUMBERED or not item.authors:
        return Truth.UNKNOWN
    written = [_name_words(span.text) for span in issuers]
    if any(_same(name, own) for name in written for own in names_of(item)):
        return Truth.FAILS
    own_words = {word for own in names_of(item) for word in _name_words(own)} - _SHARED
    if any(own_words & set(name) for name in written):
        return Truth.UNKNOWN
    others = [o for o in knowledge.references.values() if o.kind == item.kind]
    known = all(any(_same(name, n) for o in others for n in names_of(o)) for name in written)
    return Truth.HOLDS if known else Truth.UNKNOWN


def names_of(item: Reference) -> tuple[str, ...]:
    """Every accepted name of whoever wrote or issued a document, and its journal."""
    return (*item.authors, item.outlet) if item.outlet else item.authors


def _name_words(name: str) -> tuple[str, ...]:
    words = (word.casefold() for word in _NAME.findall(name))
    return tuple(word for word in words if word not in _EMPTY and len(word) > 1)


def _same(written: tuple[str, ...], accepted: str) -> bool:
    return bool(written) and written == _name_words(accepted)


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every document that is given a date, title or author that cannot be its own."""
    for mention in reading.documents:
        for field in FIELDS:
            span = span_of(mention, field)
            if span is not None and is_wrong(mention, field, knowledge) is Truth.HOLDS:
                yield finding(
                    "chimera_reference",
                    [span],
                    evidence_of(mention.span, mention.reference),
                    explained(span, mention.span, knowledge.references[mention.reference], field),
                    Witness(
                        Rule.REFERENCE,
                        claim=(span,),
                        against=(mention.span,),
                        expect={"field": field},
                    ),
                    kind=EvidenceKind.REFERENCE,
                    scope=Scope.SENTENCE,
                )


def evidence_of(document: Span, reference: str) -> tuple[Evidence, ...]:
    """What a particular is held against: the words that name the document, and its row."""
    return Evidence("document", span=document), Evidence("table of references", fact=reference)


def explained(claim: Span, document: Span, item: Reference, field: Field) -> str:
    """A sentence that says what is given to the document, and what is its own."""
    if field == "author":
        return f"“{document.text}” is by {item.authors[0]}, not by {claim.text}."
    if field == "title":
        return f"{document.text} is “{item.title}”, not “{claim.text}”."
    day = {Precision.DAY: item.day.isoformat(), Precision.MONTH: item.day.isoformat()[:7]}.get(
        item.precision, str(item.day.year)
    )
    return f"“{document.text}” is of {day}, not of {claim.text}."

"""Documents that news cites: resolutions, acts, orders, judgments, reports, books and papers.

The table is not complete for any kind: what is not in it is unknown. Its facts say who issued or
wrote a document, when, and under which title or number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from perturbations.knowledge.model import Precision, Status, possible_days
from perturbations.knowledge.row import Row

NUMBERED = frozenset({"unsc_resolution", "unga_resolution", "eu_act", "us_law", "us_order"})
"""Kinds whose number alone says which document is meant."""

KINDS = NUMBERED | {"treaty", "judgment", "report", "papal_document", "book", "paper"}
"""Every kind of document."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One document."""

    id: str
    kind: str
    """One of `KINDS`."""
    number: str | None
    """As official texts write it: `2254`, `ES-11/1`, `Regulation (EU) 2016/679`, `111-148`."""
    title: str
    """Its title; of a resolution of the Security Council, which has none, its subject."""
    authors: tuple[str, ...]
    """Accepted names of whoever wrote or issued it, the usual one first."""
    outlet: str | None
    """The journal in which a paper stands."""
    day: date
    """Adopted, signed, decided or first published."""
    precision: Precision
    also: tuple[tuple[date, Precision], ...]
    """Other dates that it is rightly given: in force, opened for signature, translated."""
    topics: tuple[str, ...]
    """Lower-case words of articles that may cite it."""
    identifier: str | None
    """DOI of a paper, CELEX number of an act of the European Union."""
    status: Status
    sources: tuple[str, ...]

    @property
    def dates(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each date that it is rightly given, its own first."""
        days = [(self.day, self.precision), *self.also]
        return tuple(possible_days(day, precision) for day, precision in days)


def read_reference(row: Row) -> Reference:
    """Reads one line of the table.

    Raises:
        KnowledgeError: a field is missing or of the wrong kind.
    """
    return Reference(
        id=row.text("id"),
        kind=row.text("kind"),
        number=row.text_or_none("number"),
        title=row.text("title"),
        authors=row.texts("authors"),
        outlet=row.text_or_none("outlet"),
        day=row.day("date"),
        precision=row.precision("date_precision"),
        also=tuple((part.day("date"), part.precision("precision")) for part in row.parts("also")),
        topics=row.texts("topics"),
        identifier=row.text_or_none("identifier"),
        status=row.status(),
        sources=row.texts("sources"),
    )

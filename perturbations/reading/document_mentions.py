"""Mentions of documents that the table of references holds, with what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perturbations.text import Span

if TYPE_CHECKING:
    from perturbations.reading.mentions import DateMention, Entry


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document that is cited, in the prose or by an entry of the reference list."""

    span: Span
    """What says which document is meant: its number with the words before it, or its title."""
    reference: str
    """The id of its row."""
    title: Span | None = None
    """The title that is given to it beside its number."""
    date: DateMention | None = None
    """The date that is given to it."""
    year: Span | None = None
    """The year in brackets behind the number of a resolution, or the bare year of an entry."""
    issuers: tuple[Span, ...] = ()
    """Who is said to have written or issued it, or the journal it stood in; in entries only."""
    entry: Entry | None = None
    """The entry that cites it; None in the prose."""
    quoted: bool = False
    """Inside a quotation: the speaker's words, not the article's."""

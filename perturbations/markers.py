"""Markers of citations: where one can stand, and how it is written beside those of the article."""

from __future__ import annotations

from dataclasses import dataclass

from perturbations.proposal import NotApplicable
from perturbations.reading.citation_styles import number_like
from perturbations.reading.mentions import Reading
from perturbations.text import Edit, Span

MIN_LENGTH = 40
"""A shorter sentence carries no marker, in code points."""


def sentences_for_markers(reading: Reading) -> list[Span]:
    """Sentences of the body that end in a full stop, outside quotations, headings and lists.

    A sentence that carries a marker or cites an address already is none of them.
    """
    start = reading.article.body_start
    citations = reading.citations
    cited = [m.span for m in citations.markers]
    cited += [m.span for m in citations.named_markers]
    cited += [item.span for item in citations.cited]
    headings = {heading.start for heading in reading.layout.headings}
    references = citations.references
    return [
        sentence
        for sentence in reading.layout.sentences
        if sentence.start >= start
        and len(sentence.text) >= MIN_LENGTH
        and sentence.text[-1] == "."
        and sentence.text[-2].isalpha()
        and sentence.start not in headings
        and not any(q.start < sentence.end <= q.end for q in reading.layout.quotations)
        and not any(sentence.start <= span.start <= sentence.end + 4 for span in cited)
        and (references is None or sentence.end <= references.span.start)
    ]


@dataclass(frozen=True, slots=True)
class MarkerPlace:
    """Where in a sentence markers stand: before its full stop or behind it, with a space or not."""

    inside: bool
    spaced: bool

    def edit(self, sentence: Span, marker: str) -> Edit:
        """Inserts a marker at the sentence's end."""
        at = sentence.end - 1 if self.inside else sentence.end
        return Edit.insert(at, f" {marker}" if self.spaced else marker)


def place_of_markers(reading: Reading) -> MarkerPlace:
    """How the article places its markers: as it does the first.

    Raises:
        NotApplicable: it has none.
    """
    citations = reading.citations
    spans = [m.bracket or m.span for m in citations.markers]
    spans = spans or [m.span for m in citations.named_markers]
    if not spans:
        raise NotApplicable("no markers in the prose")
    before = reading.text[: spans[0].start].rstrip(" ")[-1:]
    return MarkerPlace(
        inside=before not in (".", "!", "?"), spaced=reading.text[spans[0].start - 1] == " "
    )


def marker_like(reading: Reading, number: int) -> str:
    """Writes a marker for a number as the article writes its first one.

    Raises:
        NotApplicable: it has none.
    """
    if not reading.citations.markers:
        raise NotApplicable("no markers in the prose")
    first = reading.citations.markers[0]
    text, start = first.span.text, first.digits.start - first.span.start
    written = number_like(first.digits.text, number)
    return text[:start] + written + text[start + len(first.digits.text) :]

"""Recognises what an article cites: markers, reference list, textual attributions, addresses.

A few passes over the text's bytes find brackets, addresses, outlets and list lines; only what
looks like an entry is then read part by part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perturbations.reading.citation_addresses import find_addresses
from perturbations.reading.citation_attributions import find_attributions
from perturbations.reading.citation_draft import EntryContext
from perturbations.reading.citation_inline import find_cited
from perturbations.reading.citation_lists import find_list
from perturbations.reading.citation_markers import (
    bracket_markers,
    caret_markers,
    find_brackets,
    named_markers,
    superscript_markers,
)
from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.mentions import Citations, DateMention, Layout, Marker, ReferenceList
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

__all__ = ["OutletIndex", "find_citations"]


def find_citations(
    source: Encoded, outlets: OutletIndex, layout: Layout, dates: Sequence[DateMention]
) -> Citations:
    """Finds all that an article cites.

    Args:
        source: the article's text.
        outlets: the known outlets, built once.
        layout: for what stands in quotations.
        dates: every date of the text, in order; those inside an entry become its dates.
    """
    named = outlets.find(source)
    addresses = [source.span(*a) for a in find_addresses(source)]
    brackets = find_brackets(source)
    context = EntryContext(
        text=source.text,
        outlets=outlets,
        names=[source.span(n.start, n.end) for n in named],
        known=[bool(n.ids) and not n.ordinary for n in named],
        addresses=addresses,
        dates=dates,
    )
    references = find_list(source, context, brackets)
    outside = [n for n, span in zip(named, context.names, strict=True) if not _in(references, span)]
    attributions = tuple(find_attributions(source, outside, layout))
    entries = references.entries if references else ()
    return Citations(
        markers=tuple(_markers(source, brackets, references, layout)),
        references=references,
        attributions=attributions,
        addresses=tuple(addresses),
        named_markers=tuple(
            m for m in named_markers(source, entries) if not _in(references, m.span)
        ),
        cited=tuple(find_cited(context, attributions, references)),
    )


def _markers(
    source: Encoded,
    brackets: Sequence[tuple[int, int]],
    references: ReferenceList | None,
    layout: Layout,
) -> Iterator[Marker]:
    """Yields the markers outside the list, in order."""
    numbers = (
        frozenset(e.number for e in references.entries if e.number) if references else frozenset()
    )
    found: list[Marker] = []
    for start, end in brackets:
        markers = bracket_markers(source, start, end)
        if markers and _is_marker(source, start, end, markers, numbers, layout):
            found += markers
    found += (m for _, m in superscript_markers(source, numbers))
    found += caret_markers(source)
    found.sort(key=lambda m: (m.digits.start, m.number))
    yield from (m for m in found if not _in(references, m.span))


def _is_marker(
    source: Encoded,
    start: int,
    end: int,
    markers: Sequence[Marker],
    numbers: frozenset[int],
    layout: Layout,
) -> bool:
    """Whether a bracket of numbers cites something, rather than mending a quotation or a label.

    In a quotation, `[12] people` is the editor's figure, unless the list has such an entry; at the
    beginning of a line, `[1]` labels what follows.
    """
    data = source.data
    _, newline, indent = data[max(0, start - 8) : start].rpartition(b"\n")
    if not indent.strip(b" \t*-") and (newline or start <= 8):
        return False
    if any(m.number in numbers for m in markers):
        return True
    after = data[end : end + 2]
    inserted = indent.endswith((b" ", b"$")) and after[:1] == b" " and after[1:2].isalpha()
    return not (inserted and layout.quoted(source.span(start, end)))


def _in(references: ReferenceList | None, span: Span) -> bool:
    return references is not None and references.span.covers(span)

"""Layout: how a text is cut into paragraphs, sentences, quotations and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from perturbations.reading.layout_quotations import find_quotations
from perturbations.reading.layout_sentences import find_sentences
from perturbations.reading.mentions import Layout
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

_LONGEST_HEADING = 90
"""Code points; a line at the very top may be longer, since headlines are."""
_LONGEST_HEADLINE = 220
_LONGEST_CAPITALS = 140
_SENTENCE_END = ".!?,;:…"
_FULL_SHARE = 0.7
"""From this share of the longest line on, a line of wrapped text is full."""
_MARKUP = "*_# \t\"'”’)"
_BOLD = re.compile(r"(\*\*\*|\*\*|__)(?!\s)[^*\n]{2,}(\1):?")
_NO_HEADING = re.compile(r"(?:[-•*+–—·]\s|\[?[0-9]{1,3}[\].)]\s|[>|])")
"""Beginnings of list entries, references, block quotations and tables."""
_TABULAR = re.compile(r"\t|\S {3,}\S")


def find_layout(source: Encoded) -> Layout:
    """Cuts a text.

    A paragraph ends at a blank line, and at a single line end too, except in a block whose lines
    are wrapped (one of them goes on in small letters). A heading is a line in Markdown (`#`, or
    bold throughout), a line in capitals, or a short line without a mark at its end. A list entry
    and a heading are sentences of their own. Quotations stand with their marks, outermost only.
    """
    paragraphs = tuple(_paragraphs(source.text))
    headings = tuple(
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if _is_heading(paragraph.text, first=not index and len(paragraphs) > 1)
    )
    return Layout(
        paragraphs=paragraphs,
        sentences=find_sentences(paragraphs),
        quotations=find_quotations(source, paragraphs),
        headings=headings,
    )


def _paragraphs(text: str) -> Iterator[Span]:
    block: list[Span] = []
    for line in _lines(text):
        if line.text:
            block.append(line)
        elif block:
            yield from _block(text, block)
            block = []
    yield from _block(text, block)


def _lines(text: str) -> Iterator[Span]:
    """The lines without the white space around them; a blank one is empty."""
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip()) if stripped else 0
        first = start + indent
        yield Span(first, first + len(stripped), stripped)
        start += len(line) + 1


def _block(text: str, lines: list[Span]) -> Iterator[Span]:
    """The paragraphs of lines between two blank ones: each line, unless they are wrapped."""
    wrapped = any(_goes_on(one.text, two.text) for one, two in pairwise(lines))
    longest = max((len(line.text) for line in lines), default=0)
    start = 0
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is not None and wrapped and not _is_marked(following.text):
            # In wrapped text a full line leads on to the next one, whatever it ends with.
            full = len(line.text) >= _FULL_SHARE * longest and not _is_marked(line.text)
            if full or _goes_on(line.text, following.text):
                continue
        yield Span.of(text, lines[start].start, line.end)
        start = index + 1


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence runs over the end of the line."""
    plain = not (_is_markdown_heading(line) or _is_marked(following))
    return plain and following[0].islower() and line[-1] not in _SENTENCE_END.replace(",", "")


def _is_marked(line: str) -> bool:
    """Whether the line is a list entry, a table row or a heading by its own marks."""
    return _NO_HEADING.match(line) is not None or _is_markdown_heading(line)


def _is_markdown_heading(line: str) -> bool:
    if line.startswith("#"):
        return line.lstrip("#").startswith(" ")
    return _BOLD.fullmatch(line) is not None


def _is_heading(line: str, *, first: bool) -> bool:
    if _is_markdown_heading(line):
        return True
    limit = (
        _LONGEST_HEADLINE if first else _LONGEST_CAPITALS if line.isupper() else _LONGEST_HEADING
    )
    if len(line) > limit or "://" in line or "\n" in line:
        return False
    if _NO_HEADING.match(line) or _TABULAR.search(line):
        return False
    end = line.rstrip(_MARKUP)
    return bool(end) and end[-1] not in _SENTENCE_END and any(char.isalpha() for char in end)

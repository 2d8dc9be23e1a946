"""Recognises documents of the table of references: by number in any text, by title in entries.

One pass of RE2 finds numbers; what stands right behind one (year, date, title) belongs to it. In
an entry of a reference list, the entry's own date, outlet and author belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import re2

from perturbations.knowledge import Reference
from perturbations.reading.document_mentions import DocumentMention
from perturbations.reading.mentions import Citations, DateMention, Entry, Layout
from perturbations.reading.offsets import Encoded
from perturbations.text import Span

_NUMBER = re2.compile(
    rb"\b(?:(?:(?:UN |U\.N\. |United Nations )?(?:UNSC|Security Council) [Rr]esolution |UNSCR |"
    rb"S/RES/)(\d{1,4})\b"
    rb"|(?:(?:UN |U\.N\. |United Nations )?General Assembly [Rr]esolution |A/RES/)"
    rb"(ES-\d{1,2}/\d{1,2}|\d\d/\d{1,3}|\d{1,4}(?: [A-Z])? \([IVXL]+\))"
    rb"|(?:Executive Order|E\.?O\.?) (?:No\. )?(\d{4,5})\b"
    rb"|(?:Public Law|Pub\. ?L\.|P\.L\.) (?:No\. )?(\d{2,3}-\d{1,3})\b"
    rb"|((?:Regulation|Directive) \((?:EU|EC|EEC)\) (?:No\.? )?\d{1,4}/\d{1,4}\b"
    rb"|(?:Regulation|Directive) \d{2,4}/\d{1,4}/(?:EU|EC|EEC)\b))"
)
_KINDS = ("unsc_resolution", "unga_resolution", "us_order", "us_law", "eu_act")
"""The kinds of the pattern's groups, in order."""

_YEAR = re.compile(r" ?\((\d{4})\)")
_DATED = re.compile(
    r",? (?:(?:adopted|signed|issued|approved|enacted)(?: into law)? (?:of|on)|of|dated) |, | \("
)
"""What ties a date to a number. A bare "on" does not: "revoked Executive Order 1 on 3 May"."""
_TITLED = re.compile(r" \(([A-Z][^()\n]{8,240})\)|, [“\"]([A-Z][^“”\"\n]{8,240}?),?[”\"]")
_HEADED = re.compile(r"(?:: |, | – | — | on )(\S.*)")
_ADDED = re.compile(r"(?: ?[(\[][^()\[\]]*[)\]])*\.?")
"""What a headline may add to a number and still be nothing but the document's name."""
_BARE_YEAR = re.compile(r"(?<![\w./-])(?:1[5-9]|20)\d\d(?![\w/-])")
_WORDS = re.compile(r"\w+")
_ARTICLES = frozenset({"the", "a", "an"})


class HasReferences(Protocol):
    """What an index is built from: `perturbations.knowledge.Knowledge`, or a stand-in."""

    @property
    def references(self) -> Mapping[str, Reference]:
        """Documents by id."""
        ...


def words_of(text: str) -> tuple[str, ...]:
    """The words of a title in small letters, without an article at its start."""
    found = tuple(word.casefold() for word in _WORDS.findall(text))
    return found[1:] if found[:1] and found[0] in _ARTICLES and len(found) > 1 else found


class DocumentIndex:
    """Looks up documents by kind and number, or by title; built once."""

    def __init__(self, knowledge: HasReferences) -> None:
        titles: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        self._all_titles = frozenset(words_of(item.title) for item in knowledge.references.values())
        self._numbers: dict[tuple[str, tuple[str, ...]], str] = {}
        for item in knowledge.references.values():
            if item.number is not None:
                self._numbers[item.kind, _number_words(item.number)] = item.id
            elif len(words_of(item.title)) > 1:
                titles[words_of(item.title)].append(item.id)
        self._titles = {words: ids[0] for words, ids in titles.items() if len(ids) == 1}

    def of_number(self, kind: str, number: str) -> str | None:
        """The document of that number, if the table has it."""
        return self._numbers.get((kind, _number_words(number)))

    def of_title(self, title: str) -> str | None:
        """The one document of that title, of a kind that bears no numbers; None for one word."""
        return self._titles.get(words_of(title))

    def is_title(self, title: str) -> bool:
        """Whether any document of the table bears that title."""
        return words_of(title) in self._all_titles


def _number_words(number: str) -> tuple[str, ...]:
    """The parts of a number, so that `(EU) No 833/2014` is `(EU) 833/2014`."""
    return tuple(word for word in words_of(number) if word != "no")


def find_documents(
    source: Encoded,
    index: DocumentIndex,
    layout: Layout,
    dates: Sequence[DateMention],
    citations: Citations,
) -> tuple[DocumentMention, ...]:
    """Finds the documents that are cited, in order; what the table lacks is left out."""
    items = sorted(citations.items, key=lambda item: item.span.start)
    found = list(_numbered(source, index, layout, dates, items))
    taken = {id(mention.entry) for mention in found if mention.entry is not None}
    for item in items:
        if item.headline is None or id(item) in taken:
            continue
        reference = index.of_title(item.headline.text)
        if reference is not None:
            found.append(_in_entry(item.headline, reference, None, item))
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def _numbered(
    source: Encoded,
    index: DocumentIndex,
    layout: Layout,
    dates: Sequence[DateMention],
    items: Sequence[Entry],
) -> Iterator[DocumentMention]:
    for match in _NUMBER.finditer(source.data):
        group = next(g for g in range(1, len(_KINDS) + 1) if match.group(g) is not None)
        reference = index.of_number(_KINDS[group - 1], match.group(group).decode())
        if reference is None:
            continue
        span = source.span(*match.span())
        entry = next((item for item in items if item.span.covers(span)), None)
        if entry is None:
            yield _in_prose(span, reference, source.text, layout, dates)
        elif entry.headline is not None and entry.headline.covers(span):
            title = _rest_of(entry.headline, span)
            if _is_of_document(entry, span, title, index):
                yield _in_entry(span, reference, title, entry)
            else:
                yield DocumentMention(span, reference, entry=entry)


def _is_of_document(entry: Entry, number: Span, title: Span | None, index: DocumentIndex) -> bool:
    """Whether an entry is the document's own; news about it has a date and an outlet, too."""
    headline = entry.headline
    if headline is None or headline.start != number.start or entry.named:
        return False
    if title is not None:
        return index.is_title(title.text)
    return _ADDED.fullmatch(headline.text, number.end - headline.start) is not None


def _in_prose(
    span: Span, reference: str, text: str, layout: Layout, dates: Sequence[DateMention]
) -> DocumentMention:
    year = _YEAR.match(text, span.end)
    at = year.end() if year else span.end
    dated, date = _DATED.match(text, at), None
    if dated is not None:
        first = bisect_left(dates, dated.end(), key=lambda mention: mention.span.start)
        if first < len(dates) and dates[first].span.start == dated.end():
            date = dates[first]
            at = date.span.end
    titled = _TITLED.match(text, at)
    title = None
    if titled is not None:
        title = Span.of(text, *titled.span(titled.lastindex or 1))
    return DocumentMention(
        span,
        reference,
        title=title,
        date=date,
        year=Span.of(text, *year.span(1)) if year else None,
        quoted=layout.quoted(span),
    )


def _in_entry(span: Span, reference: str, title: Span | None, entry: Entry) -> DocumentMention:
    return DocumentMention(
        span,
        reference,
        title=title,
        date=entry.date,
        year=None if entry.date else _bare_year(entry),
        # A bare year at an entry's end looks like the name of an outlet.
        issuers=tuple(p for p in (entry.outlet, entry.author) if p and not p.text.isdigit()),
        entry=entry,
    )


def _bare_year(entry: Entry) -> Span | None:
    """The one year that stands by itself in an entry, outside its title and address."""
    taken = [part for part in (entry.headline, entry.address, entry.accessed) if part is not None]
    spans = [part if isinstance(part, Span) else part.span for part in taken]
    found = []
    for match in _BARE_YEAR.finditer(entry.span.text):
        start = entry.span.start + match.start()
        year = Span(start, start + len(match.group()), match.group())
        if not any(span.overlaps(year) for span in spans):
            found.append(year)
    return found[0] if len(found) == 1 else None


def _rest_of(headline: Span, number: Span) -> Span | None:
    """The title that a headline gives behind the number."""
    headed = _HEADED.match(headline.text, number.end - headline.start)
    if headed is None:
        return None
    start, end = headed.span(1)
    return Span(headline.start + start, headline.start + end, headed.group(1))

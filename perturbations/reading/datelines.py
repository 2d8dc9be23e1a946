"""Where an article dates itself: datelines, stamps, bylines; and relative times beside a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from perturbations.reading.date_patterns import DASHES, GAPS
from perturbations.reading.mentions import Citations, DateMention, Layout, Precision
from perturbations.reading.time_mentions import Dateline, DatePair
from perturbations.text import Span

REACH = 400
"""Code points from the start of the body within which an article dates itself."""
MAX_LEAD = 2
"""Paragraphs of the body in which it does so."""
_WIDEST_GAP = 5

_MARKUP = rf"[{GAPS}*_#\[\]]*"
_STAMP = re.compile(
    rf"\A{_MARKUP}(?:Published|Posted|Dated|Issued|Filed|Released)(?:[{GAPS}]on)?:?[{GAPS}]\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(rf"\A{_MARKUP}By[{GAPS}][^\d\n.;:]{{3,60}}[,|·({DASHES}][{GAPS}]*\Z")
_PLACE = re.compile(
    rf"\A{_MARKUP}(?P<first>[^\W\d_]+)[^\d\n;:!?]{{0,60}}?(?:,|\(|[{DASHES}]|[{GAPS}])[{GAPS}]*\Z"
)
_TOWN = re.compile(
    rf"\A{_MARKUP}(?:[A-Z][\w’'-]+[{GAPS}]?){{1,4}}(?:,[{GAPS}](?:[A-Z][\w’'.-]+[{GAPS}]?){{1,3}})?"
    rf",[{GAPS}]\Z"
)
"""A place as a line of place and date has it: names and nothing else."""
_AGENCY = re.compile(rf"\A{_MARKUP}\([^()\d\n]{{2,40}}, \Z")
_BLANK = re.compile(rf"\A{_MARKUP}\Z")
_END = re.compile(
    rf"\)?{_MARKUP}(?:\([^()\n]{{2,40}}\)[{GAPS}]*)?\.?[{GAPS}]*(?P<mark>[{DASHES}]+[{GAPS}]|\||\Z|\n)"
)
_STAMPED = re.compile(rf"\w(?:,| \(| [{DASHES}]| \||:) \(?\Z|\w \(\Z")
"""What sets a date apart from the headline before it."""
_BETWEEN = re.compile(rf"(?:,[{GAPS}]|[{GAPS}]\(|[{GAPS}]?[–—][{GAPS}]?)(?:on |in )?\Z")
_CLOSED = re.compile(rf"[,.;:)]|[{GAPS}]?[–—]|\n|\Z")
_ANNIVERSARY = re.compile(r"\b(?:ago|before|after|from)[ \u00a0]\Z")
"""Before a relative time that counts years: "fifty years ago today, 3 May 1972"."""
_SHIFTED = re.compile(
    r"(?:today|yesterday|tomorrow|tonight|(?:this|last|next) (?:week|month|year|night|morning|"
    r"afternoon|evening))\Z",
    re.IGNORECASE,
)


def find_datelines(
    text: str, dates: Sequence[DateMention], layout: Layout, body_start: int
) -> tuple[Dateline, ...]:
    """The dates by which the article dates itself, at the top of its body."""
    early = [d for d in dates if 0 <= d.span.start - body_start < REACH and _names_day(d)]
    if not early:
        return ()
    lead = [p for p in layout.paragraphs if p.start >= body_start][:MAX_LEAD]
    found = (_dateline(text, date, lead) for date in early)
    return tuple(one for one in found if one is not None)


def find_stamp(text: str, dates: Sequence[DateMention], title_end: int) -> Span | None:
    """The date by which the headline dates itself, at its start or end, apart from its words."""
    for date in dates:
        if date.span.end > title_end:
            return None
        if not date.is_full or not _names_day(date):
            continue
        before, behind = text[: date.span.start], text[date.span.end : title_end]
        if _STAMPED.search(before) and behind.strip(" )]") == "":
            return date.span
        if not before.strip(" ([") and re.match(r"[)\]]?(?::| [–—-]) ", behind):
            return date.span
    return None


def _names_day(date: DateMention) -> bool:
    """Whether it names a day by its month, with or without a year."""
    day = date.precision is Precision.DAY and date.first is not None and not date.ambiguous
    return day and date.part("day") is not None and date.problem is None


def _dateline(text: str, date: DateMention, lead: Sequence[Span]) -> Dateline | None:
    paragraph = next((p for p in lead if p.covers(date.span)), None)
    if paragraph is None:
        return None
    line = text.rfind("\n", paragraph.start, date.span.start) + 1 or paragraph.start
    before, at = text[line : date.span.start], date.span.end
    end = _END.match(text, at)
    if end is None:
        return None
    closes_line = not end.group("mark").strip(f"{GAPS}\n")
    if not _leads(before, closes_line=closes_line, first=paragraph is lead[0]):
        return None
    return Dateline(_trimmed(text, line, end.end()), date.span)


def _leads(before: str, *, closes_line: bool, first: bool) -> bool:
    """Whether what stands before the date makes a dateline, stamp or byline of the line."""
    if _BLANK.match(before):
        return closes_line or first
    if _STAMP.match(before) or _BYLINE.match(before) or _AGENCY.match(before):
        return True
    if closes_line:
        return _TOWN.match(before) is not None
    place = _PLACE.match(before)
    return place is not None and place["first"].isupper() and len(place["first"]) > 1


def find_pairs(
    text: str, dates: Sequence[DateMention], layout: Layout, citations: Citations
) -> tuple[DatePair, ...]:
    """Relative times with the date that is put beside them, outside quotations and references."""
    return tuple(_pairs(text, dates, layout, citations))


def _pairs(
    text: str, dates: Sequence[DateMention], layout: Layout, citations: Citations
) -> Iterator[DatePair]:
    for relative, date in pairwise(dates):
        gap = date.span.start - relative.span.end
        if not 0 < gap <= _WIDEST_GAP + 2 or not relative.relative or relative.first is None:
            continue
        if not _SHIFTED.match(relative.span.text) or not _dates(date):
            continue
        if _ANNIVERSARY.search(text, max(0, relative.span.start - 16), relative.span.start):
            continue
        between = text[relative.span.end : date.span.start]
        if not _BETWEEN.match(between) or not _CLOSED.match(text, date.span.end):
            continue
        references = citations.references
        both = Span.of(text, relative.span.start, date.span.end)
        if layout.quoted(both) or (references is not None and references.span.overlaps(both)):
            continue
        yield DatePair(relative.span, date.span)


def _dates(date: DateMention) -> bool:
    """Whether it is a day, month or year that is named, not told by the article's own time."""
    named = date.part("month") is not None or date.part("year") is not None
    return named and date.first is not None and not (date.ends or date.ambiguous)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span.of(text, start, start + len(piece.strip()))

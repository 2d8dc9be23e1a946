"""Dates in a text: where they stand, what they mean, and how to write another one the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from perturbations.reading.date_alternatives import alternatives
from perturbations.reading.date_context import stands_free
from perturbations.reading.date_cues import as_of_from
from perturbations.reading.date_form import Form
from perturbations.reading.date_forms import read_form
from perturbations.reading.date_house import in_house_style
from perturbations.reading.date_patterns import GAPS, continuation, scanner, whole
from perturbations.reading.date_styles import TemplateError, render
from perturbations.reading.date_values import Value, resolve, resolve_ends
from perturbations.reading.mentions import AsOf, DateMention
from perturbations.reading.offsets import Encoded
from perturbations.text import Article, Span

__all__ = ["TemplateError", "alternatives", "find_as_of", "find_dates", "read_date", "render"]

_LIST_LINK = re.compile(rf"(?:[,{GAPS}]|and\b|or\b|in\b)+")
_NUMERIC_BYTES = b"0123456789/"


def find_dates(source: Encoded, as_of: AsOf | None) -> tuple[DateMention, ...]:
    """Finds every date expression of a text, in order; no two overlap.

    Dates inside web addresses are left out, and so is a month or a year alone without a cue. Cues
    ("in", "since", "from") stay outside the mention.

    Args:
        source: the text.
        as_of: the article's time, to which relative mentions refer; None where it is unknown.
    """
    return in_house_style([_mention(*hit, as_of) for hit in _hits(source)])


def read_date(text: str, as_of: AsOf | None = None) -> DateMention | None:
    """Reads a text that is one date expression and nothing else ("16 February 2022", "2022").

    Unlike `find_dates` it sees no context: a month or year alone needs no cue, and 03/04/2022 stays
    ambiguous.
    """
    source = Encoded(text)
    if whole().fullmatch(source.data) is None:
        return None
    form = read_form(text, cued=False)
    if form is None or form.start:
        return None
    return _mention(form, text, 0, as_of)


def find_as_of(article: Article, source: Encoded) -> AsOf | None:
    """Finds the time an article speaks at, from its metadata or an explicit cue in its text.

    The text is searched only where the metadata tell nothing.
    """
    if (day := article.reference_date) is not None:
        return AsOf.day(day)
    return as_of_from(find_dates(source, None), source.text, article.body_start)


def _hits(source: Encoded) -> Iterator[tuple[Form, str, int]]:
    """Yields each date's form, the expression with its cue, and where that begins."""
    data, proposals = source.data, scanner().finditer(source.data)
    while (found := next(proposals, None)) is not None:
        start, end = found.span()
        if _is_address(data[start:end]):
            continue
        at = start + 1
        if (hit := _longest_sound(source, start, end)) is not None:
            form, text, first, at = hit
            yield form, text, first
            while form.is_bare and (more := _listed(source, at, form)) is not None:
                form, begin, at = more
                yield form, *_cut(source, begin, at)
        if at != end:
            proposals = scanner().finditer(data, at)


def _cut(source: Encoded, start: int, end: int) -> tuple[str, int]:
    first = source.point(start)
    return source.text[first : source.point(end)], first


def _is_address(hit: bytes) -> bool:
    return hit[:4] == b"www." or (b"/" in hit and bool(hit.strip(_NUMERIC_BYTES)))


def _longest_sound(source: Encoded, start: int, end: int) -> tuple[Form, str, int, int] | None:
    """Reads the hit, or the longest beginning of it that is a date: `March 16` gives `March`.

    Returns:
        The form, its expression, the code point where that begins and the byte where it ends.
    """
    first = source.point(start)
    while True:
        last = source.point(end)
        text = source.text[first:last]
        form = read_form(text)
        if form is not None and stands_free(source.text, first, last, form):
            return form, text, first, end
        shorter = scanner().match(source.data, start, end - 1)
        if shorter is None:
            return None
        end = shorter.end()


def _listed(source: Encoded, end: int, before: Form) -> tuple[Form, int, int] | None:
    """Reads "and 2018" behind "in 2014": one more of the same kind, which needs no cue."""
    found = continuation().match(source.data, end)
    if found is None:
        return None
    text = source.data[end : found.end()].decode()
    skipped = _LIST_LINK.match(text)
    if skipped is None:
        return None
    form = read_form(text[skipped.end() :], cued=False)
    if form is None or (form.month is None) != (before.month is None):
        return None
    begin = found.end() - len(text[skipped.end() :].encode())
    form_in_context = replace(form, cue=before.cue)
    if not stands_free(
        source.text, source.point(begin), source.point(found.end()), form_in_context
    ):
        return None
    return form_in_context, begin, found.end()


def _mention(
    form: Form, text: str, start: int, as_of: AsOf | None, value: Value | None = None
) -> DateMention:
    """The mention of a form whose expression begins at code point `start`."""
    value = value or resolve(form, as_of)
    ends = zip(form.ends, resolve_ends(form, as_of), strict=True) if form.ends else ()
    parts = [(name, _span(text, start, first, last)) for name, first, last in form.parts]
    return DateMention(
        span=_span(text, start, form.start, form.end),
        first=value.first,
        last=value.last,
        precision=value.precision,
        template=form.template,
        parts=tuple(parts),
        relative=value.relative,
        weekday=form.weekday,
        problem=value.problem,
        ends=tuple([_mention(end, text, start, as_of, value) for end, value in ends]),
        ambiguous=value.ambiguous,
    )


def _span(text: str, start: int, first: int, last: int) -> Span:
    return Span(start + first, start + last, text[first:last])

"""Parts of an entry by their place: what stands before and behind the headline and the date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from perturbations.reading.citation_draft import BREAK, HEADLINE, OTHER, Draft, stripped

_EMPTY_WORDS = re.compile(
    r"(?i)^(?:in|on|at|from|via|see|available(?: at| from| online)?|url|link|online|web|the|and|"
    r"retrieved|accessed|archived|published|posted|updated|n\.d|pp?)$"
)
_BYLINE = re.compile(r"^(?:[Bb]y|BY)\s+(?=\S)")
_PERSON = re.compile(r"^[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*){0,4}$")
_INITIAL = re.compile(r"\b[A-Z]$")
_SIGN = re.compile(r"[\x00-\x03]|$")
_BRACKETED_DATE = re.compile(r"\x00+(?=([.:])\s)")


@dataclass(frozen=True, slots=True)
class DatedForm:
    """`Author (date). Headline. Outlet.` or `Outlet (date): Headline - address`, as offsets."""

    before: tuple[int, int]
    """What stands before the date."""
    after: tuple[int, int]
    """What stands behind it, up to the next part that was taken."""
    colon: bool


def dated_form(draft: Draft) -> DatedForm | None:
    """The form of an entry that has its date in brackets and its headline, unmarked, behind."""
    date = _BRACKETED_DATE.search(draft.mask)
    if draft.marked or date is None or draft.text[date.start()] != "(":
        return None
    start = date.end() + 1
    stop = _SIGN.search(draft.mask, start)
    return DatedForm(
        _with_initial(draft.mask, *stripped(draft.mask, 0, date.start())),
        stripped(draft.mask, start, stop.start() if stop else len(draft.mask)),
        date.group(1) == ":",
    )


def _with_initial(mask: str, start: int, end: int) -> tuple[int, int]:
    """Gives the dot of an initial back to an author: "Doe, J."."""
    initial = _INITIAL.search(mask, start, end)
    return start, end + bool(initial and mask[end : end + 1] == ".")


def place_unmarked_headline(draft: Draft, form: DatedForm | None) -> None:
    """Finds a headline without marks by the place where its style puts it."""
    if form is not None:
        _place_by_form(draft, form)
        return
    if not draft.parts.keys() & {"outlet", "address"}:
        return
    for region in re.finditer(r"[^\x00-\x03]+", draft.mask):
        start, end = stripped(draft.mask, *region.span())
        if len(draft.text[start:end].split()) >= 3:
            draft.name("headline", start, end)
            draft.take(start, end, HEADLINE)
            return


def _place_by_form(draft: Draft, form: DatedForm) -> None:
    start, end = form.after
    if stop := _SIGN.search(draft.mask, start, end):
        end = stripped(draft.mask, start, stop.start())[1]
    before = form.before[0] < form.before[1] and draft.free(*form.before)
    if "outlet" not in draft.parts and before:
        breaks = [m for m in BREAK.finditer(draft.mask, start, end) if m.group() == "."]
        if breaks and not form.colon:
            _name_outlet(draft, *stripped(draft.mask, breaks[-1].end(), end))
            end = breaks[-1].start()
        else:
            _name_outlet(draft, *form.before)
            before = False
    if before:
        draft.name("author", *form.before)
        draft.take(*form.before, OTHER)
    if start < end:
        draft.name("headline", start, end)
        draft.take(start, end, HEADLINE)


def _name_outlet(draft: Draft, start: int, end: int) -> None:
    draft.name("outlet", start, end)
    draft.take(start, end, OTHER)


def place_segments(draft: Draft) -> None:
    """Gives what is left between the breaks to outlet and author, by its place."""
    headline = draft.mask.find(HEADLINE)
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    for start, end in _segments(draft.mask):
        text = draft.text[start:end]
        if byline := _BYLINE.match(text):
            draft.name("author", start + byline.end(), end)
        elif not _EMPTY_WORDS.match(text):
            (before if start < headline else after).append((start, end))
    if "outlet" not in draft.parts and headline >= 0:
        names = [s for s in after if _is_name(draft.text[slice(*s)])][:1] or before[-1:]
        for start, end in names:
            draft.name("outlet", start, end)
        before = [s for s in before if s not in names]
    if "author" not in draft.parts and before:
        start, end = before[0][0], before[-1][1]
        if "outlet" in draft.parts and _PERSON.match(draft.text[before[0][0] : before[0][1]]):
            draft.name("author", start, end)


def _segments(mask: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in [*BREAK.finditer(mask), None]:
        end = match.start() if match else len(mask)
        if at < end:  # every code point that was taken is a break of its own
            start, stop = stripped(mask, at, end)
            if start < stop:
                yield start, stop
        at = match.end() if match else end


def _is_name(text: str) -> bool:
    first = text.removeprefix("the ")[:1]
    return (first.isupper() or first.isdigit()) and len(text) <= 60 and len(text.split()) <= 7

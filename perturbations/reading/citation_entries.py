"""One entry of a reference list: which of its words are outlet, headline, date, address, author.

What is sure is taken first (addresses, dates, quoted or linked headlines, known outlets); what is
left falls into segments between punctuation, and their places decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from perturbations.reading.citation_addresses import MONTHS, host_and_path
from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.mentions import DateMention, Entry, Precision
from perturbations.text import Span

MAX_LENGTH = 1500
"""An entry is no longer than this, in code points; what is longer is a paragraph."""

_LINK = re.compile(r"\[([^\]\n]{3,400})\]\($")
_QUOTED = re.compile(
    r'“([^“”\n]{2,400})”|"([^"\n]{2,400})"|«\s?([^«»\n]{2,400}?)\s?»'
    r"|(?<!\w)‘([^\n‘]{2,400}?)’(?=\s*(?:[.,;:)—–-]|\(|$))"
    r"|(?<!\w)'([^\n]{2,400}?)'(?=\s*(?:[.,;:)—–-]|\(|$))"
)
_HANGING = re.compile(r"[,;]$|(?<!\b[A-Z])(?<!\.)\.$")
"""Punctuation that a style puts inside the marks; not the dot of "U.S." or of an ellipsis."""
_ITALIC = re.compile(r"(?<![\w*])\*([^*\n]{2,400})\*(?![\w*])|(?<!\w)_([^_\n]{2,400})_(?!\w)")
_ACCESSED = re.compile(
    r"(?i)[([]?\b(?:last\s+)?(?:retrieved|accessed|viewed|consulted|checked)(?:\s+on)?[:\s]*$"
)
_APA_DATE = re.compile(
    r"\((\d{4}), (January|February|March|April|May|June|July|August|September|October|November"
    r"|December) (\d{1,2})\)"
)
_BREAK = re.compile(
    r'[\x00-\x03,;:|()\[\]*_“”"]|\s[-–—]\s'
    r"|(?<![A-Z]\.[A-Z])(?<!\s[A-Z])(?<!^[A-Z])[.?!](?=\s|$)"
)
_EMPTY_WORDS = re.compile(
    r"(?i)^(?:in|on|at|from|via|see|available(?: at| from| online)?|url|link|online|web|the|and|"
    r"retrieved|accessed|archived|published|posted|updated|n\.d|pp?)$"
)
_BYLINE = re.compile(r"^(?:[Bb]y|BY)\s+(?=\S)")
_PERSON = re.compile(r"^[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*){0,4}$")
_VIA = re.compile(r"\s+via\s+")

_DATE, _ADDRESS, _HEADLINE, _OTHER = "\x00", "\x01", "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class EntryContext:
    """What was found in the whole text, in order, that an entry's parts are taken from."""

    text: str
    outlets: OutletIndex
    names: Sequence[tuple[Span, tuple[str, ...]]]
    """Outlets that are named, with their ids."""
    addresses: Sequence[Span]
    dates: Sequence[DateMention]


@dataclass(frozen=True, slots=True)
class Label:
    """The marker before an entry: `[3]`, `3.`, `³`."""

    span: Span
    digits: Span
    number: int


@dataclass(slots=True)
class _Draft:
    """An entry while its parts are told apart; `mask` has a sign where a part was taken."""

    at: int
    text: str
    mask: str
    parts: dict[str, Span] = field(default_factory=dict)
    date: DateMention | None = None
    accessed: DateMention | None = None
    quoted: bool = False

    def take(self, start: int, end: int, sign: str) -> None:
        """Puts a sign in place of every code point of a range (offsets in the entry)."""
        self.mask = self.mask[:start] + sign * (end - start) + self.mask[end:]

    def name(self, part: str, start: int, end: int) -> None:
        """Records a part (offsets in the entry)."""
        self.parts[part] = Span(self.at + start, self.at + end, self.text[start:end])


def parse_entry(context: EntryContext, whole: Span, label: Label | None) -> Entry:
    """Tells the parts of one entry apart; `whole` runs from its label to its last character."""
    start = label.span.end if label else whole.start
    body = context.text[start : whole.end]
    draft = _Draft(start, body, body)
    _take_address(draft, context)
    _take_quoted_headline(draft)
    _take_dates(draft, context)
    outlet_id = _take_known_outlet(draft, context)
    if not draft.quoted:
        _place_plain_headline(draft)
    _place_segments(draft)
    address = draft.parts.get("address")
    return Entry(
        span=whole,
        number=label.number if label else None,
        digits=label.digits if label else None,
        label=label.span if label else None,
        outlet=draft.parts.get("outlet"),
        outlet_id=outlet_id or _publisher(context.outlets, draft.parts.get("outlet"), address),
        headline=draft.parts.get("headline"),
        date=draft.date,
        accessed=draft.accessed,
        address=address,
        author=draft.parts.get("author"),
    )


def coverage(entry: Entry) -> float:
    """The share of an entry's letters and digits that belong to a part that was recognised."""
    parts = [entry.outlet, entry.headline, entry.address, entry.author]
    parts += [m.span for m in (entry.date, entry.accessed) if m is not None]
    whole = len(entry.span.text) - (len(entry.label.text) if entry.label else 0)
    return sum(len(p.text) for p in parts if p is not None) / max(1, whole)


def inside(spans: Sequence[Span], whole: Span) -> list[int]:
    """The indexes of those spans, sorted by start, that lie wholly in another."""
    first = bisect_left(spans, whole.start, key=lambda s: s.start)
    found = []
    for index in range(first, len(spans)):
        if spans[index].start >= whole.end:
            break
        if spans[index].end <= whole.end:
            found.append(index)
    return found


def _take_address(draft: _Draft, context: EntryContext) -> None:
    whole = Span(draft.at, draft.at + len(draft.text), draft.text)
    for count, index in enumerate(inside(context.addresses, whole)):
        start = context.addresses[index].start - draft.at
        end = context.addresses[index].end - draft.at
        link = _LINK.search(draft.text[:start])
        if link and draft.text[end : end + 1] == ")":
            if "headline" not in draft.parts:
                _take_headline(draft, *link.span(1), around=(link.start(), start))
            draft.take(start, end + 1, _ADDRESS)
        else:
            draft.take(start, end, _ADDRESS)
        if count == 0:
            draft.name("address", start, end)


def _take_headline(draft: _Draft, start: int, end: int, *, around: tuple[int, int]) -> None:
    """Names the headline, without marks of its own and the comma that a style puts inside them."""
    text = draft.text[start:end]
    for opening, closing in ("“”", '""', "‘’", "''", "**", "__"):
        if len(text) > 2 and text[0] == opening and text[-1] == closing:
            start, end = start + 1, end - 1
            text = text[1:-1]
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if text.endswith((",", ";")) or (
        text.endswith(".") and not re.search(r"\b[A-Z]\.$|\.\.$", text)
    ):
        text = text[:-1]
    draft.name("headline", start + lead, start + lead + len(text))
    draft.take(*around, _HEADLINE)
    draft.quoted = True


def _take_quoted_headline(draft: _Draft) -> None:
    if draft.quoted:
        return
    for match in _QUOTED.finditer(draft.mask):
        index = match.lastindex or 1
        if not set(match.group(index)) & {_ADDRESS, _HEADLINE}:
            _take_headline(draft, *match.span(index), around=match.span())
            return


def _take_dates(draft: _Draft, context: EntryContext) -> None:
    first = bisect_left(context.dates, draft.at, key=lambda m: m.span.start)
    mentions = []
    for mention in context.dates[first:]:
        if mention.span.start >= draft.at + len(draft.text):
            break
        mentions.append(mention)
    if apa := _APA_DATE.search(draft.mask):
        written = _apa_date(draft, apa)
        mentions = (
            [m for m in mentions if not m.span.overlaps(written.span)] if written else mentions
        )
        mentions += [written] if written else []
    kept = []
    for mention in mentions:
        start, end = mention.span.start - draft.at, mention.span.end - draft.at
        if end > len(draft.text) or set(draft.mask[start:end]) & {_ADDRESS, _HEADLINE}:
            continue
        clause = _ACCESSED.search(draft.mask[:start])
        if clause:
            draft.accessed = draft.accessed or mention
            draft.take(clause.start(), end, _OTHER)
        elif mention.precision is not Precision.DECADE and not _is_weekday_alone(mention):
            kept.append(mention)
    if kept:
        _take_date(draft, kept)


def _take_date(draft: _Draft, mentions: Sequence[DateMention]) -> None:
    """Takes the one date that is the entry's: in brackets before bare, days before years."""

    def rank(mention: DateMention) -> tuple[bool, bool, int]:
        bare = draft.mask[: mention.span.start - draft.at][-1:] != "("
        place = mention.span.start if draft.quoted else -mention.span.start
        return mention.precision is not Precision.DAY, bare, place

    draft.date = min(mentions, key=rank)
    start, end = draft.date.span.start - draft.at, draft.date.span.end - draft.at
    if draft.mask[max(0, start - 1) : start] == "(" and draft.mask[end : end + 1] == ")":
        start, end = start - 1, end + 1
    draft.take(start, end, _DATE)


def _is_weekday_alone(mention: DateMention) -> bool:
    return mention.relative and mention.part("day") is None


def _apa_date(draft: _Draft, match: re.Match[str]) -> DateMention | None:
    """Reads `(2025, August 28)`, a form that stands in reference lists only."""
    year, month, day = match.groups()
    try:
        value = date(int(year), MONTHS[month[:3].lower()], int(day))
    except ValueError:
        return None
    part = {
        name: Span(draft.at + match.start(g), draft.at + match.end(g), match.group(g))
        for g, name in ((1, "year"), (2, "month"), (3, "day"))
    }
    first, last = match.start(1), match.end(3)
    span = Span(draft.at + first, draft.at + last, draft.text[first:last])
    dated = "{dd}" if len(day) == 2 and day[0] == "0" else "{d}"
    return DateMention(
        span, value, value, Precision.DAY, f"{{yyyy}}, {{Month}} {dated}", tuple(part.items())
    )


def _take_known_outlet(draft: _Draft, context: EntryContext) -> str | None:
    """Takes the outlet that is named between two breaks; gives its id where it has just one."""
    whole = Span(draft.at, draft.at + len(draft.text), draft.text)
    named = []
    for index in inside([span for span, _ in context.names], whole):
        span, ids = context.names[index]
        start, end = span.start - draft.at, span.end - draft.at
        if not set(draft.mask[start:end]) & {_ADDRESS, _HEADLINE, _DATE}:
            named.append((not _stands_alone(draft.mask, start, end), not ids, start, end))
    if not named or ((named := sorted(named))[0][0] and not draft.quoted):
        return None
    loose, unknown, start, end = named[0]
    if loose and unknown:
        return None
    for _, _, other_start, other_end in named[1:]:
        if _VIA.fullmatch(draft.mask[end:other_start]):
            end = other_end
    draft.name("outlet", start, end)
    draft.take(start, end, _OTHER)
    return None


def _stands_alone(mask: str, start: int, end: int) -> bool:
    before = re.sub(r"(?:\bvia|[Tt]he)$", "", mask[:start].rstrip()).rstrip()
    after = mask[end:].lstrip()
    bounded = not before or _BREAK.match(before[-1] + " ") is not None
    return bounded and (not after or after.startswith("via ") or _BREAK.match(after) is not None)


def _place_plain_headline(draft: _Draft) -> None:
    """Finds a headline without marks by the place where its style puts it."""
    dated = re.search(r"\x00+(?=[.:]\s)", draft.mask)
    if dated is not None and draft.text[dated.start()] == "(":
        _place_after_date(draft, dated.start(), dated.end() + 1)
        return
    for region in re.finditer(r"[^\x00-\x03]+", draft.mask):
        start, end = _stripped(draft.mask, *region.span())
        if len(draft.text[start:end].split()) >= 3 and (
            "outlet" in draft.parts or "address" in draft.parts
        ):
            draft.name("headline", start, end)
            draft.take(start, end, _HEADLINE)
            return


def _place_after_date(draft: _Draft, date_start: int, after: int) -> None:
    """`Author (date). Headline. Outlet.` or `Outlet (date): Headline - address`."""
    stop = re.compile(r"[\x00-\x03]|$").search(draft.mask, after)
    start, end = _stripped(draft.mask, after, stop.start() if stop else len(draft.mask))
    before_start, before_end = _stripped(draft.mask, 0, date_start, keep_dot=True)
    before = before_start < before_end and not set(draft.mask[before_start:before_end]) & {_OTHER}
    if "outlet" not in draft.parts and before:
        breaks = [m for m in _BREAK.finditer(draft.mask, start, end) if m.group() == "."]
        if breaks and draft.mask[after - 1] == ".":
            outlet = _stripped(draft.mask, breaks[-1].end(), end)
            draft.name("outlet", *outlet)
            draft.take(*outlet, _OTHER)
            end = breaks[-1].start()
        else:
            draft.name("outlet", before_start, before_end)
            draft.take(before_start, before_end, _OTHER)
            before = False
    if before:
        draft.name("author", before_start, before_end)
        draft.take(before_start, before_end, _OTHER)
    if start < end:
        draft.name("headline", start, end)
        draft.take(start, end, _HEADLINE)


def _stripped(mask: str, start: int, end: int, *, keep_dot: bool = False) -> tuple[int, int]:
    """Narrows a range to what stands between white space and connecting punctuation."""
    text = mask[start:end]
    start += len(text) - len(text.lstrip(" \t\n.,;:|–—-*_(>"))
    text = mask[start:end].rstrip(" \t\n,;:|–—-*_(<" if keep_dot else " \t\n.,;:|–—-*_(<")
    return start, start + len(text)


def _place_segments(draft: _Draft) -> None:
    """Gives what is left between the breaks to outlet and author, by its place."""
    headline = draft.mask.find(_HEADLINE)
    before, after = [], []
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


def _segments(mask: str) -> Iterable[tuple[int, int]]:
    at = 0
    for match in [*_BREAK.finditer(mask), None]:
        end = match.start() if match else len(mask)
        start, stop = _stripped(mask, at, end)
        if start < stop:
            yield start, stop
        at = match.end() if match else end


def _is_name(text: str) -> bool:
    first = text.removeprefix("the ")[:1]
    return (first.isupper() or first.isdigit()) and len(text) <= 60 and len(text.split()) <= 7


def _publisher(outlets: OutletIndex, outlet: Span | None, address: Span | None) -> str | None:
    """The one outlet meant: by its words, and among namesakes by the address."""
    hosts = outlets.of_host(host_and_path(address.text)[0]) if address else ()
    if outlet is None:
        return hosts[0] if len(hosts) == 1 else None
    names = outlets.of_name(_VIA.split(outlet.text)[-1])
    both = [name for name in names if name in hosts]
    fitting = both or list(names)
    return fitting[0] if len(fitting) == 1 else None

"""One entry of a reference list: which of its words are outlet, headline, date, address, author.

What is sure is taken first (addresses, dates, quoted or linked headlines, outlets that stand
alone); what is left falls into segments between punctuation, and their places decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perturbations.reading.citation_addresses import MONTHS, host_of
from perturbations.reading.citation_draft import (
    ADDRESS,
    BREAK,
    DATE,
    HEADLINE,
    OTHER,
    Draft,
    EntryContext,
    inside,
)
from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.citation_places import (
    DatedForm,
    dated_form,
    place_segments,
    place_unmarked_headline,
)
from perturbations.reading.mentions import DateMention, Entry, Precision
from perturbations.text import Span

MAX_LENGTH = 1500
"""An entry is no longer than this, in code points; what is longer is a paragraph."""

_LINK = re.compile(r"\[([^\]\n]{3,400})\]\($")
_QUOTED = re.compile(
    r'“([^“”\n]{2,400})”|"([^"\n]{2,400})"|«\s?([^«»\n]{2,400}?)\s?»'
    r"|(?<!\w)‘([^\n‘]{2,400}?)’(?=\s*(?:[.,;:)—–-]|\(|$))"
    r"|(?:(?<=[\s(\[])|^)'(?=[\w£$€“\"])([^\n]{2,400}?)"
    r"(?:'(?=\s*(?:[.,;:)—–-]|\(|$))|(?<=[.,?!])'(?=\s))"
)
_ITALIC = re.compile(r"(?<![\w*])\*([^*\n]{2,400})\*(?![\w*])|(?<!\w)_([^_\n]{2,400})_(?!\w)")
_ACCESSED = re.compile(
    r"(?i)[([]?\b(?:last\s+)?(?:retrieved|accessed|viewed|consulted|checked)(?:\s+on)?[:\s]*$"
)
_APA_DATE = re.compile(
    r"\((\d{4}), (January|February|March|April|May|June|July|August|September|October|November"
    r"|December) (\d{1,2})\)"
)
_VIA = re.compile(r"\s+via\s+")
_LEADS = re.compile(r"(?:\b(?:via|[Ss]ee|[Ii]n|[Ff]rom|[Ss]ource)|[Tt]he)$")


@dataclass(frozen=True, slots=True)
class Label:
    """The marker before an entry: `[3]`, `3.`, `³`."""

    span: Span
    digits: Span
    number: int


def parse_entry(context: EntryContext, whole: Span, label: Label | None) -> Entry:
    """Tells the parts of one entry apart; `whole` runs from its label to its last character."""
    start = label.span.end if label else whole.start
    body = context.text[start : whole.end]
    draft = Draft(start, body, body)
    _take_address(draft, context)
    _take_marked_headline(draft, context.outlets)
    _take_dates(draft, context)
    form = dated_form(draft)
    _take_outlet(draft, context, form)
    if not draft.marked:
        place_unmarked_headline(draft, form)
    place_segments(draft)
    address = draft.parts.get("address")
    return Entry(
        span=whole,
        number=label.number if label else None,
        digits=label.digits if label else None,
        label=label.span if label else None,
        outlet=draft.parts.get("outlet"),
        outlet_id=_publisher(context.outlets, draft.parts.get("outlet"), address),
        headline=draft.parts.get("headline"),
        date=draft.date,
        accessed=draft.accessed,
        address=address,
        author=draft.parts.get("author"),
        named=names_of(context.outlets, draft.parts.get("outlet")),
        hosts=hosts_of(context.outlets, address),
    )


def names_of(outlets: OutletIndex, outlet: Span | None) -> tuple[str, ...]:
    """The outlets that some words can mean; of "X via Y", it is Y that published."""
    return outlets.of_name(_VIA.split(outlet.text)[-1]) if outlet else ()


def hosts_of(outlets: OutletIndex, address: Span | None) -> tuple[str, ...]:
    """The outlets that publish under an address's host."""
    return outlets.of_host(host_of(address.text)) if address else ()


def coverage(entry: Entry) -> float:
    """The share of an entry's letters and digits that belong to a part that was recognised."""
    parts = [entry.outlet, entry.headline, entry.address, entry.author]
    parts += [m.span for m in (entry.date, entry.accessed) if m is not None]
    whole = len(entry.span.text) - (len(entry.label.text) if entry.label else 0)
    return sum(len(p.text) for p in parts if p is not None) / max(1, whole)


def _take_address(draft: Draft, context: EntryContext) -> None:
    whole = Span(draft.at, draft.at + len(draft.text), draft.text)
    for count, index in enumerate(inside(context.addresses, whole)):
        start = context.addresses[index].start - draft.at
        end = context.addresses[index].end - draft.at
        link = _LINK.search(draft.text[:start])
        if link and draft.text[end : end + 1] == ")":
            if not draft.marked and not context.outlets.of_name(link.group(1)):
                _take_headline(draft, *link.span(1), around=(link.start(), start))
            draft.take(start, end + 1, ADDRESS)
        else:
            draft.take(start, end, ADDRESS)
        if count == 0:
            draft.name("address", start, end)


def _take_headline(draft: Draft, start: int, end: int, *, around: tuple[int, int]) -> None:
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
    draft.take(*around, HEADLINE)
    draft.marked = True


def _take_marked_headline(draft: Draft, outlets: OutletIndex) -> None:
    """Takes the first words in quotation marks, or else in italics, unless they name an outlet."""
    for marks in () if draft.marked else (_QUOTED, _ITALIC):
        for match in marks.finditer(draft.mask):
            index = match.lastindex or 1
            if draft.free(*match.span(index)) and not outlets.of_name(match.group(index)):
                _take_headline(draft, *match.span(index), around=match.span())
                return


def _take_dates(draft: Draft, context: EntryContext) -> None:
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
        if end > len(draft.text) or set(draft.mask[start:end]) & {ADDRESS, HEADLINE}:
            continue
        clause = _ACCESSED.search(draft.mask[:start])
        if clause:
            draft.accessed = draft.accessed or mention
            draft.take(clause.start(), end, OTHER)
        elif mention.precision is not Precision.DECADE and not _is_weekday_alone(mention):
            kept.append(mention)
    if kept:
        _take_date(draft, kept)


def _take_date(draft: Draft, mentions: Sequence[DateMention]) -> None:
    """Takes the one date that is the entry's: in brackets before bare, days before years."""

    def rank(mention: DateMention) -> tuple[bool, bool, int]:
        bare = draft.mask[: mention.span.start - draft.at][-1:] != "("
        place = mention.span.start if draft.marked else -mention.span.start
        return mention.precision is not Precision.DAY, bare, place

    draft.date = min(mentions, key=rank)
    start, end = draft.date.span.start - draft.at, draft.date.span.end - draft.at
    if draft.mask[max(0, start - 1) : start] == "(" and draft.mask[end : end + 1] == ")":
        start, end = start - 1, end + 1
    draft.take(start, end, DATE)


def _is_weekday_alone(mention: DateMention) -> bool:
    return mention.relative and mention.part("day") is None


def _apa_date(draft: Draft, match: re.Match[str]) -> DateMention | None:
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


def _take_outlet(draft: Draft, context: EntryContext, form: DatedForm | None) -> None:
    """Takes the outlet that is named between two breaks, a known one wherever the headline is."""
    named = []
    for index in inside(context.names, draft.whole):
        start, end = context.names[index].start - draft.at, context.names[index].end - draft.at
        if draft.free(start, end):
            loose = not _stands_alone(draft.mask, start, end, form)
            named.append((loose, start, end, context.known[index]))
    if not named:
        return
    loose, start, end, known = min(named)
    if loose and not (known and draft.marked and _is_whole_name(draft.mask, start, end)):
        return
    for _, other_start, other_end, _ in named:
        if other_start >= end and _VIA.fullmatch(draft.mask[end:other_start]):
            end = other_end
    draft.name("outlet", start, end)
    draft.take(start, end, OTHER)


def _is_whole_name(mask: str, start: int, end: int) -> bool:
    """Whether no capitalised word goes on with the name: not "BBC" in "BBC Newsround"."""
    before = mask[:start].split()[-1:]
    after = mask[end:].split()[:1]
    return not any(word[0].isupper() for word in before + after)


def _stands_alone(mask: str, start: int, end: int, form: DatedForm | None) -> bool:
    """Whether a name fills the place between two breaks; in a dated form, its style's place."""
    before = _LEADS.sub("", mask[:start].rstrip()).rstrip()
    if form is not None:
        ends = start > form.after[0] and end == form.after[1] and before[-1:] in (".", "?", "!")
        return (start, end) == form.before or (ends and not form.colon)
    after = mask[end:]
    bounded = not before or BREAK.match(before[-1] + " ") is not None
    if BREAK.match(after) is None:
        after = after.lstrip()
    return bounded and (not after or after.startswith("via ") or BREAK.match(after) is not None)


def _publisher(outlets: OutletIndex, outlet: Span | None, address: Span | None) -> str | None:
    """The one outlet meant: by its words, and among namesakes by the address."""
    hosts = hosts_of(outlets, address)
    if outlet is None:
        return hosts[0] if len(hosts) == 1 else None
    names = names_of(outlets, outlet)
    both = [name for name in names if name in hosts]
    fitting = both or list(names)
    return fitting[0] if len(fitting) == 1 else None

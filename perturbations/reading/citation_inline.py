"""What is cited in the prose itself: addresses with the source, the link or the date round them.

`... (Reuters) https://...` names its source right before the address; `([Headline](https://...),
Alder Courier, 3 May 2025)` is an entry in brackets, read part by part like one of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perturbations.reading.citation_draft import EntryContext
from perturbations.reading.citation_entries import hosts_of, names_of, parse_entry
from perturbations.reading.mentions import Attribution, Entry, ReferenceList
from perturbations.text import Span

_REACH = 420
"""How many code points before an address its link text or bracket may begin."""
_HEADLINE_WORDS = 3
"""A link of fewer words is no headline: "here", "the report"."""
_LINKED = re.compile(r"\[([^\[\]\n]{2,400})\]\($")
_SOURCE_REACH = 70
_BRACKETED = re.compile(r"\(([^()\n]{2,60})\)\s?$")
_CLOSING = re.compile(r"\)(?=[^()\n]*\w)([^()\[\]\n]{1,120})\)")


def find_cited(
    context: EntryContext, attributions: Sequence[Attribution], references: ReferenceList | None
) -> Iterator[Entry]:
    """Yields one item for each address outside the reference list, in order."""
    sources = {a.span.end: a for a in attributions}
    for address in context.addresses:
        if references is None or not references.span.covers(address):
            yield _linked(context, address) or _plain(context, address, sources)


def _linked(context: EntryContext, address: Span) -> Entry | None:
    """The item of a Markdown link, with the bracket it stands in, if that holds no more than it."""
    text = context.text
    if text[address.end : address.end + 1] != ")" or text[address.start - 1 : address.start] != "(":
        return None
    low = max(0, address.start - _REACH)
    link = _LINKED.search(text, low, address.start)
    if link is None:
        return None
    closing = _CLOSING.match(text, address.end)
    if closing is not None and text[link.start() - 1 : link.start()] == "(":
        return parse_entry(context, Span.of(text, link.start(), closing.end() - 1), None)
    words = Span.of(text, *link.span(1))
    named = names_of(context.outlets, words)
    headline = words if not named and len(words.text.split()) >= _HEADLINE_WORDS else None
    whole = Span.of(text, link.start(), address.end + 1)
    return _item(context, whole, address, outlet=words if named else None, headline=headline)


def _plain(context: EntryContext, address: Span, sources: dict[int, Attribution]) -> Entry:
    """The item of a bare address, with the source in brackets before it."""
    text = context.text
    outlet = None
    bracket = _BRACKETED.search(text, max(0, address.start - _SOURCE_REACH), address.start)
    start = address.start
    if bracket is not None:
        source = sources.get(bracket.end(1) + 1)
        outlet = source.outlet if source else Span.of(text, *bracket.span(1))
        start = bracket.start()
    return _item(context, Span.of(text, start, address.end), address, outlet=outlet, headline=None)


def _item(
    context: EntryContext,
    whole: Span,
    address: Span,
    *,
    outlet: Span | None,
    headline: Span | None,
) -> Entry:
    hosts = hosts_of(context.outlets, address)
    named = names_of(context.outlets, outlet)
    meant = [name for name in named if name in hosts] or (list(named) if outlet else list(hosts))
    return Entry(
        span=whole,
        number=None,
        digits=None,
        label=None,
        outlet=outlet if named else None,
        outlet_id=meant[0] if len(meant) == 1 else None,
        headline=headline,
        address=address,
        named=named,
        hosts=hosts,
    )

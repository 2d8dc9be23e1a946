"""Textual attributions: "told Reuters", "according to the Alderwick Courier", "(AP)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import re2

from perturbations.reading.citation_outlets import NamedOutlet
from perturbations.reading.mentions import Attribution, Layout
from perturbations.reading.offsets import Encoded

_REACH = 70
"""How many bytes before an outlet its cue may begin."""

_BEFORE = re2.compile(
    rb"(?i)\b("
    rb"(?:told|tells|telling|assured|informed|reminded)"
    rb"|(?:according|speaking|spoke|confirmed|revealed|admitted|talking|talked) (?:to|with)"
    rb"|(?:an?|the|his|her|their|recent|exclusive|television|tv|radio|telephone) "
    rb"(?:interview|statement|op-ed|article|report|investigation|analysis|conversation|email|"
    rb"briefing) (?:with|to|for|in|by|from|published (?:in|by|on))"
    rb"|(?:interview|statement) (?:with|to|for|on)"
    rb"|(?:reported|published|quoted|cited|obtained|seen|reviewed|verified|broadcast|aired|"
    rb"commissioned|compiled) (?:by|in|on)"
    rb"|(?:citing|quoting)"
    rb"|(?:reports|reporting) (?:from|by|in|on)"
    rb"|(?:wrote|writing|appeared|appearing|said|says) (?:in|for|on)"
    rb")(?: (?:the|news agency|newspaper|news site|broadcaster|magazine|daily|network|"
    rb"state media|state news agency|state television|the news agency|the newspaper|"
    rb"the broadcaster|the magazine|the daily|local newspaper|public broadcaster))* $"
)

_AFTER = re2.compile(
    rb"^(?:,? (?:citing|quoting)|(?: (?:has|had|have|also|first|later|is|was|previously|"
    rb"exclusively|correctly))* (?:reported|reports|report|reporting|wrote|writes|revealed|"
    rb"reveals|disclosed|quoted|quotes|cited|cites|published|learned|learnt|understands|said|"
    rb"says|noted|notes|confirmed|confirms|added|adds))\b"
)

_CLOSED = re2.compile(rb"^(?:,? (?:via|and|with|in) [^()\n]{1,40})?\)")
_INITIALS = re2.compile(rb"\b(\p{Lu})[\p{L}\d]")
_CAPITAL_NEXT = re2.compile(rb"^ \p{Lu}")
_CALENDAR_NEXT = re2.compile(
    rb"^ (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    rb"August|September|October|November|December|[Mm]agazine|[Nn]ewspaper)\b"
)


def find_attributions(
    source: Encoded, names: Sequence[NamedOutlet], layout: Layout
) -> Iterator[Attribution]:
    """Yields the attributions at the outlets given, in order; each outlet gives one at most."""
    for index, name in enumerate(names):
        cue = _cue(source.data, names, index)
        if cue is not None:
            span = source.span(*cue)
            yield Attribution(
                span,
                source.span(name.start, name.end),
                name.ids[0] if len(name.ids) == 1 else None,
                quoted=layout.quoted(span),
            )


def _cue(data: bytes, names: Sequence[NamedOutlet], index: int) -> tuple[int, int] | None:
    """The range of an attribution, its cue and the outlet, or None where no cue stands by."""
    name = names[index]
    tail = data[name.end : name.end + _REACH]
    goes_on = _CAPITAL_NEXT.search(tail) and not _CALENDAR_NEXT.search(tail)
    if goes_on and (name.common or not name.ids):
        return None
    at = max(0, name.start - _REACH)
    before = _BEFORE.search(data[at : name.start])
    if before is not None:
        return at + before.start(1), name.end
    closed = _CLOSED.search(tail) if data[name.start - 1 : name.start] == b"(" else None
    if closed is not None and name.ids and (not name.ordinary or _ends_sentence(data, name)):
        return (
            None
            if _is_abbreviation(data, names, index)
            else (name.start - 1, name.end + closed.end())
        )
    after = _AFTER.search(tail)
    if after is not None and not name.ordinary:
        return name.start, name.end + after.end()
    return None


def _ends_sentence(data: bytes, name: NamedOutlet) -> bool:
    """Whether the bracket around a name stands behind a sentence, as a source does."""
    return data[max(0, name.start - 3) : name.start - 1].strip()[-1:] in (b".", b"?", b"!", b'"')


def _is_abbreviation(data: bytes, names: Sequence[NamedOutlet], index: int) -> bool:
    """Whether a bracket shortens what stands before it: "the Associated Press (AP)".

    So do capitals that are the initials of the words before: "Partnerships Initiative (PI)".
    """
    name = names[index]
    if index > 0 and 0 < name.start - names[index - 1].end <= 2:
        return True
    before = data[max(0, name.start - _REACH) : name.start - 1].rstrip()
    initials = b"".join(m.group(1) for m in _INITIALS.finditer(before))
    capitals = data[name.start : name.end]
    return before.endswith((b")", b"]", b"*")) or (
        capitals.isupper() and initials.endswith(capitals)
    )

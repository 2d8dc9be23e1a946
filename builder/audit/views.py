"""What a probe is shown of a pair: always as much of the control as of the variant.

A detector sees texts, never ledgers. So the edited places of a pair are those that *either* ledger
touches, and both sides are read there: where the variant renames somebody five times and its
control once, the view has five places on both sides, and only their words can differ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from builder.audit.pairs import AuditPair, Side
from perturbations.text import Ledger, Span

JOINT = "\n"
"""Stands between the edited places of one side."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the two sides of a pair differ; either span may be empty, not both."""

    variant: Span
    control: Span


def differing_places(pair: AuditPair) -> tuple[Place, ...]:
    """The places that either ledger edits and where the sides differ, in order."""
    found = []
    for start, end in _merged(pair.variant.ledger, pair.control.ledger):
        place = Place(_carried(pair.variant, start, end), _carried(pair.control, start, end))
        if place.variant.text != place.control.text:
            found.append(place)
    return tuple(found)


def edited_texts(places: tuple[Place, ...]) -> tuple[str, str] | None:
    """The words at the edited places, of variant and control, without the blanks around them.

    None where one side has no word there (one of them only took something out): an empty view
    would tell the ledgers apart, not the texts.
    """
    variant = JOINT.join(filter(None, (place.variant.text.strip() for place in places)))
    control = JOINT.join(filter(None, (place.control.text.strip() for place in places)))
    return (variant, control) if variant and control else None


SENTENCE = 100
"""Growth counts in steps of so many characters.

No detector sees the source. To the character, growth tells a rewritten date with the same value
(always "th" longer) from one with another value, which is knowing the source, not the text.
"""

MEASURES = (
    "characters of the text (log)",
    "words of the text (log)",
    "lines of the text",
    "characters of the headline",
    "sentences' worth of characters gained over the source",
    "characters at the edited places",
    "words at the edited places",
    "characters at the longest edited place",
    "relative position of the first edited place",
    "relative position of the edited characters",
)
"""What the probe of length and position knows of a row, in order."""


def measures(
    pair: AuditPair, places: tuple[Place, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The numbers named in `MEASURES`, of variant and control.

    Edited places count as far as both sides have words there, so that the mere absence of a
    place, which no detector could notice, is no feature; what one side has more shows as growth.
    """
    shared = [p for p in places if p.variant.text.strip() and p.control.text.strip()]
    return (
        _measured(pair, pair.variant, [p.variant for p in shared], [p.variant for p in places]),
        _measured(pair, pair.control, [p.control for p in shared], [p.control for p in places]),
    )


def _measured(
    pair: AuditPair, side: Side, shared: list[Span], everywhere: list[Span]
) -> tuple[float, ...]:
    size = max(len(side.text), 1)
    lengths = [len(span.text) for span in shared]
    return (
        math.log1p(len(side.text)),
        math.log1p(len(side.text.split())),
        float(side.text.count("\n")),
        float(len(side.title)),
        float(int((len(side.text) - len(pair.source_text)) / SENTENCE)),
        float(sum(lengths)),
        float(sum(len(span.text.split()) for span in shared)),
        float(max(lengths, default=0)),
        min((span.start for span in everywhere), default=0) / size,
        _centre(everywhere) / size,
    )


def _centre(spans: list[Span]) -> float:
    """Mean position of the characters of the spans; of the spans where they have none."""
    weights = [len(span.text) for span in spans]
    if not any(weights):
        weights = [1] * len(spans)
    total = sum(weights)
    middle = sum(w * (s.start + s.end) / 2 for w, s in zip(weights, spans, strict=True))
    return middle / total if total else 0.0


def _merged(one: Ledger, two: Ledger) -> list[tuple[int, int]]:
    """The source ranges that either ledger edits; ranges that overlap or touch become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((edit.start, edit.end) for edit in (*one, *two)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _carried(side: Side, start: int, end: int) -> Span:
    """What stands in a side's text in the place of a merged source range.

    No edit touches the range from outside, so each lies before it, in it, or behind it.
    """
    shift = sum(edit.growth for edit in side.ledger if edit.end < start)
    grown = sum(edit.growth for edit in side.ledger if start <= edit.start and edit.end <= end)
    return Span.of(side.text, start + shift, end + shift + grown)

"""A date set beside a time that is told by the article's own day: "yesterday, 12 March 2022"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from perturbations.dating import PERIOD, house_forms, is_prose
from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.defects.rules.clause_times import EPOCH
from perturbations.defects.rules.own_dates import explain_pair
from perturbations.draw import Draw
from perturbations.proposal import Control, Proposal, Revision, defect
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention, Precision, Reading
from perturbations.text import Span

NEAR_DAYS = (3, 90)
"""Days by which a date beside a relative time is wrong within one period."""
NEAR_MONTHS = (2, 4)
FAR_MONTHS = (8, 20)
FAR_YEARS = (2, 3)

_WORDS = {
    Precision.DAY: ("today", "yesterday", "tomorrow", "tonight", "last night", "this morning"),
    Precision.MONTH: ("this month", "last month", "next month"),
    Precision.YEAR: ("this year", "last year", "next year"),
}
_OPENINGS = {
    Precision.DAY: (", ", ", ", " ("),
    Precision.MONTH: (", in ", ", ", " ("),
    Precision.YEAR: (", in ",),
}
"""What sets the date apart from the relative time; a bare year is one only behind "in"."""
_BEFORE = frozenset(
    [
        "ago",
        "of",
        "and",
        "or",
        "than",
        "since",
        "until",
        "till",
        "from",
        "between",
        "by",
        "to",
        "the",
    ]
)
"""Words before a relative time that make more of it than an adverbial."""
_BEHIND = frozenset(["and", "or", "to", "than", "is", "was", "will", "has", "marks", "as"])
"""Words behind it that a date between would cut off."""
_CLOSING = frozenset(",.;:)")
_NEXT = 12
"""Code points behind it within which another date would clash with one set in."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A relative time in prose that has no date beside it yet."""

    relative: DateMention
    at: int
    """Where the date goes in."""
    closed: bool
    """Whether a mark closes the date already."""


def asides(reading: Reading) -> list[Aside]:
    """Relative times beside which a date can stand, in order."""
    paired = {pair.relative for pair in reading.timing.pairs}
    found = []
    for mention, following in zip(reading.dates, (*reading.dates[1:], None), strict=False):
        if mention.span.text.casefold() not in _WORDS.get(mention.precision, ()):
            continue
        if mention.first is None or mention.span in paired or not is_prose(mention.span, reading):
            continue
        if following is not None and following.span.start - mention.span.end <= _NEXT:
            continue
        aside = _aside(mention, reading)
        if aside is not None:
            found.append(aside)
    return found


def _aside(mention: DateMention, reading: Reading) -> Aside | None:
    text, end = reading.text, mention.span.end
    sentence = reading.layout.sentence_at(mention.span.start)
    if sentence is None or "\n" in sentence.text or not sentence.covers(mention.span):
        return None
    before = text[sentence.start : mention.span.start].split()[-1:]
    behind = text[end : sentence.end]
    following = behind.split()[:1]
    if before and (before[0].casefold() in _BEFORE or before[0].endswith(("'s", "’s"))):
        return None
    if behind[:1] in _CLOSING:
        return Aside(mention, end, closed=True)
    if behind[:1] != " " or not following or following[0].casefold() in _BEHIND:
        return None
    return Aside(mention, end, closed=False) if following[0][0].isalpha() else None


def aside_proposal(
    kind: tuple[str, str], aside: Aside, reading: Reading, draw: Draw
) -> Proposal | None:
    """A date beside a relative time that cannot mean it, and the date that it means as control.

    `kind` is the slug of the defect and what the rule calls such a claim; one of another period is
    written where that is *epoch*.
    """
    template = _form(aside, reading, draw)
    wrong = _another_time(aside, draw, far=kind[1] == EPOCH)
    if wrong is None or aside.relative.first is None:
        return None
    opening = draw.choice(_OPENINGS[aside.relative.precision])
    variant, control = Revision(reading.text), Revision(reading.text)
    place = _write(aside, render(template, wrong), variant, opening)
    _write(aside, render(template, aside.relative.first), control, opening)
    how = Control(control.ledger(), "the right date in the same form")
    return pair_proposal(kind, place, aside.relative.span, variant, how, Scope.LOCAL)


def pair_proposal(
    kind: tuple[str, str],
    date: Span,
    relative: Span,
    variant: Revision,
    control: Control,
    scope: Scope,
) -> Proposal:
    """A proposal whose defect is an inserted date that a relative time of the source denies."""
    beside = variant.moved(relative)
    found = defect(
        kind[0],
        [date],
        [Evidence("relative time", span=beside)],
        explain_pair(date, beside),
        Witness(Rule.DATE_ORDER, claim=(date,), against=(beside,), expect={"of": kind[1]}),
        scope=scope,
    )
    return Proposal(variant.ledger(), (found,), control)


def _write(aside: Aside, written: str, revision: Revision, opening: str) -> Span:
    """Sets a written date beside the relative time; where it stands in the outcome."""
    closing = ")" if "(" in opening else "" if aside.closed else ","
    revision.insert(aside.at, f"{opening}{written}{closing}")
    start = revision.ledger().outcome(0).start + len(opening)
    return Span(start, start + len(written), written)


def _form(aside: Aside, reading: Reading, draw: Draw) -> str:
    """The template of the date that goes beside: as exact as the relative time."""
    if aside.relative.precision is Precision.YEAR:
        return "{yyyy}"
    if aside.relative.precision is Precision.MONTH:
        return "{Month} {yyyy}"
    return draw.choice(house_forms(reading, draw))


def _another_time(aside: Aside, draw: Draw, *, far: bool) -> date | None:
    """A day that the relative time cannot mean: of another period, or of a month nearby."""
    first = aside.relative.first
    if first is None:
        return None
    sign = 1 if draw.chance(0.5) else -1
    if aside.relative.precision is Precision.DAY:
        low, high = PERIOD if far else NEAR_DAYS
        return first + timedelta(days=sign * (low + draw.below(high - low)))
    if aside.relative.precision is Precision.MONTH:
        low, high = FAR_MONTHS if far else NEAR_MONTHS
        index = first.year * 12 + first.month - 1 + sign * (low + draw.below(high - low + 1))
        return date(index // 12, index % 12 + 1, 1)
    low, high = FAR_YEARS
    years = sign * (low + draw.below(high - low + 1))
    return date(first.year + years, 1, 1) if far else None

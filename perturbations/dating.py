"""How an article dates things: which dates may move, where to, and how another one is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

from perturbations.defects import Evidence
from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Revision
from perturbations.reading.dates import alternatives, render
from perturbations.reading.mentions import AsOf, DateMention, Reading
from perturbations.reading.time_mentions import DatedClause
from perturbations.text import Span

MIN_SHIFT = 3
"""A moved date moves this many days or more: time zones explain less."""
REACHES = (12, 60, 400)
"""Days within which dates are moved: as many by some days as by some months."""
PERIOD = (190, 460)
"""Days from and within which a date lies in another period."""

_AMERICAN = ("{Month} {d}, {yyyy}", "{Weekday}, {Month} {d}, {yyyy}", "{Mon.} {d}, {yyyy}")
_BRITISH = ("{d} {Month} {yyyy}", "{Weekday}, {d} {Month} {yyyy}", "{Weekday} {d} {Month} {yyyy}")
_MONTH_FIRST = re.compile(r"\{(?:Weekday|Wkd)[^{}]*\}[^{}]*\{Mon|\{Mon", re.IGNORECASE)
_TOWARDS_DASH = " )].(AaPpRrEeUuTtSs"
_INSTRUMENT = re.compile(
    r"\b(?:Order|Act|Resolution|Proclamation|Decree|Directive|Decision|Law|Regulation|Treaty|"
    r"Convention|Protocol|Memorandum|Notice|Declaration)\b[^.;\n]{0,24}\b(?:of|dated) $"
)


def movable_dates(reading: Reading) -> list[DateMention]:
    """Full dates of prose that may be rewritten.

    Left out are dates in quotations, references, addresses and titles of instruments, a dateline's
    date (it belongs to `published`), and everything ambiguous or written in capitals.

    Raises:
        NotApplicable: there is none.
    """
    found = [mention for mention in reading.dates if is_movable(mention, reading)]
    if not found:
        raise NotApplicable("no full date outside quotations, references and dateline")
    return found


def is_movable(mention: DateMention, reading: Reading) -> bool:
    """Whether a date is full, plainly written, and the prose's own."""
    references = reading.citations.references
    return (
        mention.is_full
        and mention.first == mention.last
        and mention.problem is None
        and not mention.span.text.isupper()
        and "{yyyy}" in mention.template
        and not reading.layout.quoted(mention.span)
        and not (references and references.span.overlaps(mention.span))
        and not _in_dateline(mention, reading)
        and not _of_instrument(mention, reading)
        and not _wrong_already(mention)
    )


def _wrong_already(mention: DateMention) -> bool:
    weekday, first = mention.weekday, mention.first
    return first is not None and weekday is not None and first.weekday() != weekday


def _of_instrument(mention: DateMention, reading: Reading) -> bool:
    """Whether the date belongs to the name of a law or order, and can't move without it."""
    start = mention.span.start
    return _INSTRUMENT.search(reading.text[max(0, start - 60) : start]) is not None


def _in_dateline(mention: DateMention, reading: Reading) -> bool:
    if any(line.date == mention.span for line in reading.timing.datelines):
        return True
    paragraph = reading.layout.paragraph_at(mention.span.start)
    if paragraph is None or paragraph.start != reading.article.body_start:
        return False
    behind = reading.text[mention.span.end : mention.span.end + 12].lstrip(_TOWARDS_DASH)
    return behind.startswith(("—", "–", "-"))


def own_time(reading: Reading) -> AsOf:
    """The article's time.

    Raises:
        NotApplicable: it is not known.
    """
    if reading.as_of is None:
        raise NotApplicable("the article's day is unknown")
    return reading.as_of


def own_evidence(reading: Reading, revision: Revision) -> tuple[Evidence, str | None]:
    """The article's time as evidence, and the metadata field it stands in, if it does."""
    if reading.as_of is not None and reading.as_of.cue is not None:
        return Evidence("time of the article", span=revision.moved(reading.as_of.cue)), None
    field = reading.article.reference_field
    return Evidence("time of the article", field=field), field


def house_forms(reading: Reading, draw: Draw) -> tuple[str, ...]:
    """Templates of full dates in the order that the article uses; drawn where it dates nothing.

    Who writes "U.S." writes the month first, as a rule.
    """
    for mention in reading.dates:
        if (
            not mention.span.text.isupper()
            and mention.part("day")
            and mention.part("month")
            and "{m" not in mention.template
        ):
            return _AMERICAN if _MONTH_FIRST.match(mention.template) else _BRITISH
    american = draw.chance(0.9 if "U.S." in reading.text else 0.5)
    return _AMERICAN if american else _BRITISH


def form_for(mention: DateMention, reading: Reading, draw: Draw) -> str | None:
    """A template in which the date could stand and does not."""
    forms = alternatives(mention) if "{" in mention.template else house_forms(reading, draw)
    full = [form for form in forms if "{yyyy}" in form]
    return draw.choice(full) if full else None


def redate(
    clause: DatedClause, day: date, template: str, reading: Reading, revision: Revision
) -> None:
    """Dates a clause by another day: in the place of its date, or of "today"."""
    text, written = reading.text, render(template, day)
    if clause.phrase != clause.date:
        revision.replace(clause.date, written)
        return
    cue = "On" if clause.phrase.text[:1].isupper() else "on"
    revision.replace(clause.phrase, f"{cue} {written}{_comma(template, text, clause.phrase.end)}")


def _comma(template: str, text: str, end: int) -> str:
    """The comma that closes an American date inside a sentence."""
    behind = text[end : end + 2]
    inside = behind[:1] == " " and behind[1:].isalnum()
    return "," if inside and "{d}, {yyyy}" in template else ""


def day_after(reading: Reading, draw: Draw) -> date:
    """A day after the article's time, too far for a time zone."""
    shift = MIN_SHIFT + 1 + draw.below(draw.choice(REACHES))
    return own_time(reading).last + timedelta(days=shift)


def day_before(reading: Reading, draw: Draw) -> date:
    """A day before the article's time, as far from it as `day_after` goes."""
    shift = MIN_SHIFT + 1 + draw.below(draw.choice(REACHES))
    return own_time(reading).first - timedelta(days=shift)


def day_of_another_period(reading: Reading, draw: Draw, *, ahead: bool = False) -> date:
    """A day half a year to a year and a half before the article's time, or after it."""
    low, high = PERIOD
    shift = timedelta(days=low + draw.below(high - low))
    time = own_time(reading)
    return time.last + shift if ahead else time.first - shift


def is_prose(span: Span, reading: Reading) -> bool:
    """Whether a span stands in the body's own prose: no quotation, reference, address, heading."""
    references = reading.citations.references
    return not (
        span.start < reading.article.body_start
        or reading.layout.quoted(span)
        or (references is not None and references.span.overlaps(span))
        or any(address.overlaps(span) for address in reading.citations.addresses)
        or any(heading.overlaps(span) for heading in reading.layout.headings)
    )

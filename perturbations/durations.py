"""Duration defects: a length of time that is not the difference of its two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.defects.rules.arithmetic import Elapsed, elapsed_claims
from perturbations.draw import Draw
from perturbations.knowledge import Truth
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.dates import alternatives, render
from perturbations.reading.duration_times import smallest_unit
from perturbations.reading.durations import (
    duration_matches,
    elapsed,
    read_duration,
    rewordings,
    write_duration,
)
from perturbations.reading.leaning import LEANING
from perturbations.reading.mentions import DateMention, DurationMention, Reading
from perturbations.reading.time_mentions import Tense
from perturbations.text import Edit, Ledger, Span

MIN_DAYS = 5
MAX_YEARS = 30
MIN_SMALL_WORDS = 4
"""A sentence with fewer words in lower case is a signature or a dateline."""
_UNITS = ("years", "months", "weeks", "days")
_SENTENCES = (" That was {length} after {day}.", " That came {length} after {day}.")
_WEEKDAY = re.compile(r"^\{(?:Weekday|Wkd)[^}]*\},? ")
_UNIT_DAYS = {"years": 366, "months": 31, "weeks": 7, "days": 1}
_SMALL = 10
"""Numbers below this are spelt out in an added sentence, as most papers do."""


class ElapsedTime:
    """Adds, behind a dated sentence, how long it was after another date of the article."""

    name = "elapsed_time"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds the sentence; none where the article states such a length itself.

        Raises:
            NotApplicable: no two full dates, the later one alone in its sentence.
        """
        reading = subject.reading
        if usable_claims(reading):
            return Ledger()
        pairs = list(_pairs(reading))
        if not pairs:
            raise NotApplicable("no two full dates between which a length of time could be told")
        # Behind a paragraph's last sentence it interrupts nothing.
        closing = [pair for pair in pairs if _closes_paragraph(pair[0], reading)]
        sentence, first, second = draw.choice(closing or pairs)
        day = _without_weekday(first)
        if first.first is None or second.first is None:
            raise NotApplicable("a date without a value")
        text = draw.choice(_SENTENCES).format(length=_length(first.first, second.first), day=day)
        return Ledger.of(Edit.insert(sentence.end, text))


class WrongDuration:
    """States a length of time that does not lie between its two dates.

    Either the length changes or the date that it counts from; the control writes the right
    length, or the right date, in the same other form.
    """

    name: ClassVar[str] = "dates.duration"
    type: ClassVar[str] = "duration_conflict"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.ARITHMETIC,)
    control: ClassVar[str] = "the right length or date in another form"
    preparation: ClassVar[Preparation | None] = ElapsedTime()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals that change the length and the date, in drawn order.

        Raises:
            NotApplicable: the article states no length of time between two full dates.
        """
        reading = subject.reading
        claims = usable_claims(reading)
        if not claims:
            raise NotApplicable("no length of time between two full dates")
        for claim in draw.shuffled(claims):
            for change in draw.shuffled([_other_length, _other_date]):
                outcome = change(claim, reading, draw)
                if outcome is not None:
                    yield self._proposal(claim, *outcome, reading)

    def _proposal(
        self, claim: Elapsed, place: Span, wrong: str, right: str, note: str, reading: Reading
    ) -> Proposal:
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(place, wrong)
        control.replace(place, right)
        length = variant.moved(claim.duration.span)
        dates = variant.moved(claim.one.span), variant.moved(claim.two.span)
        found = defect(
            self.type,
            [length],
            [Evidence("date", span=span) for span in dates],
            f"“{length.text}” is not the time between {dates[0].text} and {dates[1].text}.",
            Witness(Rule.ARITHMETIC, claim=(length,), against=dates),
            scope=Scope.LOCAL,
        )
        return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def usable_claims(reading: Reading) -> list[Elapsed]:
    """Lengths of time between two dates of the article's own prose, which fit."""
    references = reading.citations.references
    return [
        claim
        for claim in elapsed_claims(reading)
        if not reading.layout.quoted(claim.duration.span)
        and not (references and references.span.overlaps(claim.duration.span))
        and _fits(claim.duration, claim)
    ]


def _fits(duration: DurationMention, claim: Elapsed) -> bool:
    return _truth(duration, claim.one.first, claim.two.first) is Truth.HOLDS


def _truth(duration: DurationMention, one: date | None, two: date | None) -> Truth:
    return duration_matches(duration, one, two) if one and two else Truth.UNKNOWN


def _other_length(
    claim: Elapsed, reading: Reading, draw: Draw
) -> tuple[Span, str, str, str] | None:
    """A wrong length and the right one, both in one wording that the text has not."""
    for right in draw.shuffled(rewordings(claim.duration)):
        like = read_duration(right)
        if like is None or not _fits(like, claim):
            continue
        for _ in range(6):
            wrong = _changed(like, draw)
            read = read_duration(wrong)
            if read and _truth(read, claim.one.first, claim.two.first) is Truth.FAILS:
                return claim.duration.span, wrong, right, "the right length in another wording"
    return None


def _changed(like: DurationMention, draw: Draw) -> str:
    """Another amount, written alike: off by two smallest units, up to the amount itself."""
    amounts = {unit: int(getattr(like, unit)) for unit in _UNITS}
    unit = [name for name in _UNITS if amounts[name]][-1]
    amount = amounts[unit]
    shift = 2 + draw.below(max(3, min(amount, 12)))
    lower = amount - shift >= 2 and draw.chance(0.5)
    amounts[unit] = amount - shift if lower else amount + shift
    if unit == "months" and amounts["years"] and amounts[unit] > 11:
        amounts[unit] = max(1, amount - 2) if amount > 3 else 11
    return write_duration(like, **amounts)


def _other_date(claim: Elapsed, reading: Reading, draw: Draw) -> tuple[Span, str, str, str] | None:
    """A wrong date to count from and the right one, both in one format that the text has not."""
    anchor, other = claim.one, claim.two
    forms = alternatives(anchor)
    if not forms or anchor.first is None or other.first is None:
        return None
    template = draw.choice(forms)
    span = abs((other.first - anchor.first).days)
    # A length that counts in years is wrong only by two of them.
    reach = max(12, span // 2, 3 * _UNIT_DAYS[smallest_unit(claim.duration)])
    last = _last_day(anchor.first, reading)
    for _ in range(12):
        shift = (3 + draw.below(reach)) * (1 if draw.chance(0.5) else -1)
        moved = anchor.first + timedelta(days=shift)
        if last is not None and moved > last:
            continue
        same_side = (moved < other.first) == (anchor.first < other.first) and moved != other.first
        if same_side and _truth(claim.duration, moved, other.first) is Truth.FAILS:
            right = render(template, anchor.first)
            return anchor.span, render(template, moved), right, "the right date in another format"
    return None


def _last_day(day: date, reading: Reading) -> date | None:
    """The article's own day, which a day of the past may not pass; None for one to come."""
    return reading.as_of.first if reading.as_of and day <= reading.as_of.first else None


def _pairs(reading: Reading) -> Iterator[tuple[Span, DateMention, DateMention]]:
    """Sentences with one full date, each with an earlier full date from elsewhere."""
    references = reading.citations.references
    full = [
        d
        for d in reading.dates
        if d.is_full
        and d.problem is None
        and "{yyyy}" in d.template
        and not d.span.text.isupper()
        and d.span.start >= reading.article.body_start
        and not reading.layout.quoted(d.span)
        and not (references and references.span.overlaps(d.span))
    ]
    for second in full:
        sentence = reading.layout.sentence_at(second.span.start)
        if sentence is None or not _can_be_followed(sentence, second, reading):
            continue
        for first in full:
            if first.first is None or second.first is None or sentence.covers(first.span):
                continue
            if MIN_DAYS <= (second.first - first.first).days <= 366 * MAX_YEARS:
                yield sentence, first, second


def _closes_paragraph(sentence: Span, reading: Reading) -> bool:
    paragraph = reading.layout.paragraph_at(sentence.start)
    return paragraph is not None and paragraph.end == sentence.end


def _is_past(mention: DateMention, reading: Reading) -> bool:
    """Whether "that was" can be said of the date at the article's time."""
    return (
        reading.as_of is not None
        and mention.first is not None
        and mention.first <= reading.as_of.first
    )


def _is_taken_up(sentence: Span, reading: Reading) -> bool:
    """Whether the next sentence leans on this one, so that nothing can stand between them."""
    behind = reading.text[sentence.end : sentence.end + 24].partition("\n")[0].split()
    return bool(behind) and behind[0].casefold().strip("“\"',") in LEANING


def _tells_event(sentence: Span, date: DateMention, reading: Reading) -> bool:
    """Whether the sentence tells what happened on its date, so that "that" means it.

    "The house chosen on 28 April has 343 members" does not; a line of a chronology does.
    """
    if date.span.start == sentence.start and reading.text[date.span.end : date.span.end + 2] in (
        ": ",
        ". ",
    ):
        return True
    return any(
        clause.date == date.span and clause.tense is Tense.PAST for clause in reading.timing.clauses
    )


def _can_be_followed(sentence: Span, date: DateMention, reading: Reading) -> bool:
    """Whether "That was ..." behind the sentence points to its date and nothing else."""
    return (
        sentence.text.endswith(".")
        and sentence.covers(date.span)
        and sum(word.islower() for word in sentence.text.split()) >= MIN_SMALL_WORDS
        and not reading.layout.quoted(sentence)
        and sum(sentence.covers(d.span) for d in reading.dates) == 1
        and not any(sentence.covers(d.span) for d in reading.durations)
        and "\n" not in sentence.text
        and _is_past(date, reading)
        and _tells_event(sentence, date, reading)
        and not _is_taken_up(sentence, reading)
        and not any(h.overlaps(sentence) for h in reading.layout.headings)
    )


def _without_weekday(mention: DateMention) -> str:
    template = _WEEKDAY.sub("", mention.template)
    return render(template, mention.first) if mention.first else mention.span.text


def _length(first: date, second: date) -> str:
    """The time between two days as a paper would put it, exact to the unit it uses."""
    gap = elapsed(first, second)
    if gap.total_days % 7 == 0 and gap.total_days <= 56:
        return _counted((gap.total_days // 7, "week"))
    if gap.days or gap.total_months < 2:
        return _counted((gap.total_days, "day"))
    if gap.months == 0 or gap.total_months > 24:
        return _counted((gap.years, "year"), (gap.months, "month"))
    return _counted((gap.total_months, "month"))


def _counted(*parts: tuple[int, str]) -> str:
    words = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return " and ".join(
        f"{words[n] if n < _SMALL else f'{n:,}'} {unit}{'' if n == 1 else 's'}"
        for n, unit in parts
        if n
    )

"""Rule `date_order` of what an article says about its own day: datelines, "yesterday, 12 March".

`expect.of` is *dateline* for a dateline, stamp or byline that does not fit the article's day, and
for a relative time beside a date near it that it cannot mean. It is *epoch* where the two lie in
different periods, and for a headline dated in another period than the lede under it.
"""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.clause_times import EPOCH, recheck_epoch
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.dates import read_date
from perturbations.reading.mentions import DateMention, Reading
from perturbations.reading.orders import content
from perturbations.reading.time_mentions import DatedClause, Dateline, DatePair
from perturbations.text import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DATELINE = "dateline"
LATE = 3
"""Days by which a dateline may be later than the article: time zones, print dates, embargoes."""
EARLY = 30
"""Days by which a dateline may be earlier: features wait, monthlies are dated by their month."""
NEAR = 2
"""Days by which a relative time and the date beside it may differ without deciding anything."""
PERIOD = 182
"""Days from which on two times lie in different periods rather than in one mistaken week."""
_SHARED = 2
"""Words of content that a headline and the lede must share to tell of one event."""
_LEDE = 2
_RETROSPECT = _words(
    "anniversary years years' history remember mark commemorate commemoration archive since "
    "memorial victims ago looking"
)
"""Words with which a dated headline may look back from the lede's day."""


def recheck_dateline(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the dateline, or the relative time and the date beside it, again."""
    claim = witness.claim[0]
    if not witness.against:
        lines = [one for one in reading.timing.datelines if claim.covers(one.date)]
        return misdated(lines[0], reading) if len(lines) == 1 else Truth.UNKNOWN
    return _pair_at(witness, reading, DATELINE)


def recheck_epochs(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads a pair, a stamped headline or a future clause again, by what the witness names."""
    if not witness.against:
        return recheck_epoch(witness, reading, knowledge)
    stamp = reading.timing.stamp
    if stamp is not None and witness.claim[0].covers(stamp):
        ledes = [c for c in ledes_today(reading) if c.date in witness.against]
        return stamped_apart(stamp, reading) if ledes else Truth.UNKNOWN
    return _pair_at(witness, reading, EPOCH)


def _pair_at(witness: Witness, reading: Reading, kind: str) -> Truth:
    for pair in reading.timing.pairs:
        if witness.claim[0].covers(pair.date) and witness.against[0] == pair.relative:
            return _as_kind(apart(pair, reading), kind)
    return Truth.UNKNOWN


def _as_kind(days: int | None, kind: str) -> Truth:
    """What days between relative time and date say: *epoch* from a period on, else *dateline*."""
    if days is None:
        return Truth.UNKNOWN
    if days <= 0:
        return Truth.FAILS
    if days <= NEAR:
        return Truth.UNKNOWN
    return Truth.HOLDS if (kind == EPOCH) == (days > PERIOD) else Truth.UNKNOWN


def apart(pair: DatePair, reading: Reading) -> int | None:
    """Days between the two times of a pair; 0 where they overlap, None where one is open."""
    one, two = _told_at(pair.relative, reading), _told_at(pair.date, reading)
    return _days_between(one, two) if one is not None and two is not None else None


def _told_at(span: Span, reading: Reading) -> DateMention | None:
    """The date at a span; in a passage that speaks at another time, as that time has it."""
    when = reading.as_of_at(span)
    return reading.date_at(span) if when == reading.as_of else read_date(span.text, when)


def _days_between(one: DateMention, two: DateMention) -> int | None:
    if one.first is None or one.last is None or two.first is None or two.last is None:
        return None
    if one.ambiguous or two.ambiguous:
        return None
    return max(0, (two.first - one.last).days, (one.first - two.last).days)


def misdated(line: Dateline, reading: Reading) -> Truth:
    """Whether a dateline can't be of the article's day.

    A date without a year is read as the nearest one: if that does not fit, no other year does.
    """
    date, when = reading.date_at(line.date), reading.as_of_at(line.date)
    if date is None or when is None or date.first is None or date.last is None:
        return Truth.UNKNOWN
    if when.cue is not None and when.cue.overlaps(line.span):
        return Truth.UNKNOWN  # the article's time was told by this very line
    if (date.first - when.last).days > LATE or (when.first - date.last).days > EARLY:
        return Truth.HOLDS
    fits = date.first <= when.last and (when.first - date.last).days <= EARLY // 2
    return Truth.FAILS if fits else Truth.UNKNOWN


def ledes_today(reading: Reading) -> list[DatedClause]:
    """Clauses of the lede, dated by the article's day, that tell what the headline does."""
    title = content(reading.article.title) - content(
        reading.timing.stamp.text if reading.timing.stamp else ""
    )
    if title & _RETROSPECT:
        return []
    start = reading.article.body_start
    lead = [p for p in reading.layout.paragraphs if p.start >= start][:_LEDE]
    out = []
    for clause in reading.timing.clauses:
        sentence = reading.layout.sentence_at(clause.date.start)
        if sentence is None or clause.date.text.casefold() not in ("today", "yesterday"):
            continue
        if reading.as_of_at(clause.date) != reading.as_of:
            continue
        words = content(sentence.text)
        if any(p.covers(clause.date) for p in lead) and not words & _RETROSPECT:
            out += [clause] if len(words & title) >= _SHARED else []
    return out


def stamped_apart(stamp: Span, reading: Reading) -> Truth:
    """Whether the headline's own date lies in another period than the article."""
    date, when = reading.date_at(stamp), reading.as_of
    if date is None or when is None or date.first is None or date.last is None:
        return Truth.UNKNOWN
    days = max(0, (date.first - when.last).days, (when.first - date.last).days)
    if days > PERIOD:
        return Truth.HOLDS
    return Truth.FAILS if days <= NEAR else Truth.UNKNOWN


def find_datelines(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every dateline that can't be of the article's day, every pair that differs by days."""
    for line in reading.timing.datelines:
        if misdated(line, reading) is Truth.HOLDS:
            yield _line_finding(line, reading)
    for pair in reading.timing.pairs:
        if _as_kind(apart(pair, reading), DATELINE) is Truth.HOLDS:
            yield _pair_finding("dateline_conflict", DATELINE, pair.date, pair.relative)


def find_epochs(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every pair, and every headline's date, that lies in another period than the article."""
    for pair in reading.timing.pairs:
        if _as_kind(apart(pair, reading), EPOCH) is Truth.HOLDS:
            yield _pair_finding("epoch_mismatch", EPOCH, pair.date, pair.relative)
    stamp = reading.timing.stamp
    if stamp is not None and stamped_apart(stamp, reading) is Truth.HOLDS:
        for lede in ledes_today(reading)[:1]:
            yield _pair_finding("epoch_mismatch", EPOCH, stamp, lede.date)


def _pair_finding(slug: str, kind: str, date: Span, relative: Span) -> Defect:
    return finding(
        slug,
        [date],
        [Evidence("relative time", span=relative)],
        explain_pair(date, relative),
        Witness(Rule.DATE_ORDER, claim=(date,), against=(relative,), expect={"of": kind}),
        kind=EvidenceKind.METADATA,
        scope=Scope.LOCAL,
    )


def explain_pair(date: Span, relative: Span) -> str:
    """A sentence that says why a date and a relative time can't be one."""
    return f"“{relative.text}” in this article cannot be {date.text}."


def _line_finding(line: Dateline, reading: Reading) -> Defect:
    field = reading.article.reference_field
    when = reading.as_of_at(line.date)
    cue = when.cue if when else None
    return finding(
        "dateline_conflict",
        [line.date],
        [Evidence("time of the article", span=cue, field=None if cue else field)],
        explain_line(line.date, reading),
        Witness(
            Rule.DATE_ORDER,
            claim=(line.date,),
            field=None if cue else field,
            expect={"of": DATELINE},
        ),
        kind=EvidenceKind.METADATA,
        scope=Scope.GLOBAL,
    )


def explain_line(date: Span, reading: Reading) -> str:
    """A sentence that says why the article can't be dated so."""
    return f"The article is dated {date.text}, but it is of {reading.article.reference_date}."

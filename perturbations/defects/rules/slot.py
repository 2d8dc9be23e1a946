"""Rule `slot`: two mentions of one slot with two values.

`expect.basis` says why both mentions fill one slot. *constructed*: the builder put a restatement
into the source; the re-checker recognises the frame itself. *annotated*: people marked the mentions
in the seed file; `expect.slot` names the slot, and the re-checker compares the values. *anchored*:
both stand with one quotation of six words or more, or, for dates, in sentences that share the head
noun which `expect.head` names, and two content words besides; the re-checker looks for both itself.
People need the quotation: "X met Z at the summit" and "Y met Z at the summit" may both be so.
Encounters, which tell more, have a re-checker of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.anchors import share_head, share_quotation
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.dates import read_date
from perturbations.reading.frames import Restatement, restatements
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.reading.titles import COMMON_WORDS
from perturbations.text import Span

CONSTRUCTED, ANNOTATED, ANCHORED = "constructed", "annotated", "anchored"

_TYPES = {
    "timeline": "date_conflict",
    "headline": "protagonist_conflict",
    "encounter": "wrong_counterpart",
    "who": "mention_swap",
}
"""What is wrong where a restatement of each frame has another value."""

_NAME_WORD = re.compile(r"[^\W\d_][\w’'.-]*", re.UNICODE)


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads both values again and compares them, after making sure of the frame."""
    claim, against, basis = witness.claim[0], witness.against[0], witness.expect.get("basis")
    if basis not in (CONSTRUCTED, ANNOTATED, ANCHORED):
        return Truth.UNKNOWN  # nothing says that the two mentions fill one slot
    if basis == CONSTRUCTED and not _framed(claim, against, reading):
        return Truth.UNKNOWN
    if basis == ANCHORED and not _anchored(witness, reading):
        return Truth.UNKNOWN
    if witness.expect.get("type") == "date":
        return dates_differ(claim, against, reading)
    return persons_differ(claim, against, reading, knowledge)


def _framed(claim: Span, against: Span, reading: Reading) -> bool:
    return any(_within(claim, against, r.mention, r.restated) for r in restatements(reading))


def _anchored(witness: Witness, reading: Reading) -> bool:
    claim, against = witness.claim[0], witness.against[0]
    if share_quotation(claim, against, reading):
        return True
    head = witness.expect.get("head")
    if witness.expect.get("type") != "date" or not head:
        return False
    return share_head(claim, against, frozenset({str(head).casefold()}), reading)


def _within(claim: Span, against: Span, one: Span, two: Span) -> bool:
    """Whether claim and against cover the frame's mentions, in either order."""
    return (claim.covers(one) and against.covers(two)) or (
        claim.covers(two) and against.covers(one)
    )


def dates_differ(one: Span, two: Span, reading: Reading) -> Truth:
    """Whether two date expressions cannot mean the same time."""
    first, second = (read_date(date.text, reading.as_of_at(date)) for date in (one, two))
    if first is None or second is None or first.first is None or second.first is None:
        return Truth.UNKNOWN
    if first.last is None or second.last is None or first.ambiguous or second.ambiguous:
        return Truth.UNKNOWN
    if first.last < second.first or second.last < first.first:
        return Truth.HOLDS
    return Truth.FAILS


def persons_differ(one: Span, two: Span, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether two mentions name two people; an office by itself is held against its holder."""
    first, second = _mention(one, reading), _mention(two, reading)
    if first is None or second is None:
        return _names_differ(one.text, two.text)
    if first.person and second.person:
        return Truth.FAILS if first.person == second.person else Truth.HOLDS
    for office, other in ((first, second), (second, first)):
        if office.form is PersonForm.OFFICE and other.person:
            return _office_excludes(office, other.person, reading, knowledge)
    return Truth.UNKNOWN


def _office_excludes(
    office: PersonMention, person: str, reading: Reading, knowledge: Knowledge
) -> Truth:
    when = reading.as_of_at(office.span)
    if when is None or len(office.offices) != 1 or office.historical:
        return Truth.UNKNOWN
    held = knowledge.in_office(person, office.offices[0], when.first, when.last)
    return {Truth.HOLDS: Truth.FAILS, Truth.FAILS: Truth.HOLDS}.get(held, Truth.UNKNOWN)


def _mention(span: Span, reading: Reading) -> PersonMention | None:
    inside = [m for m in reading.people if span.covers(m.span)]
    return inside[0] if len(inside) == 1 else None


def _names_differ(one: str, two: str) -> Truth:
    """Compares names that no table knows: by their last words, which a surname-only form keeps."""
    first, second = _NAME_WORD.findall(one), _NAME_WORD.findall(two)
    if not _ends_in_name(first) or not _ends_in_name(second):
        return Truth.UNKNOWN
    if first[-1].casefold() == second[-1].casefold():
        return Truth.FAILS
    one_words, two_words = ({w.casefold() for w in words} for words in (first, second))
    if {first[-1].casefold(), second[-1].casefold()} & one_words & two_words:
        return Truth.UNKNOWN  # "Ann Lee" may be "Ann Lee, the Mayor of Ford"
    # A shared first name may be one person under two surnames; a shared title says nothing.
    shared = {w.casefold() for w in first[-2:]} & {w.casefold() for w in second[-2:]}
    return Truth.UNKNOWN if shared else Truth.HOLDS


def _ends_in_name(words: list[str]) -> bool:
    """Whether a name ends the words: "the mayor" or "the Mayor of Ford" may be anybody."""
    if not words or words[-2:-1] == ["of"]:
        return False
    return words[-1][:1].isupper() and words[-1].casefold() not in COMMON_WORDS


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every restatement whose value is not the one that it restates."""
    for again in restatements(reading):
        if again.frame == "timeline":
            differ, kind = dates_differ(again.mention, again.restated, reading), "date"
        else:
            differ = persons_differ(again.mention, again.restated, reading, knowledge)
            kind = "person"
        if differ is Truth.HOLDS:
            yield _finding(again, _TYPES[again.frame], kind)


def _finding(again: Restatement, slug: str, kind: str) -> Defect:
    role = "headline" if again.frame == "headline" else "other mention"
    return finding(
        slug,
        [again.mention],
        [Evidence(role, span=again.restated)],
        f"One statement stands twice, once with “{again.restated.text}” and once with "
        f"“{again.mention.text}”.",
        Witness(
            Rule.SLOT,
            claim=(again.mention,),
            against=(again.restated,),
            expect={"type": kind, "basis": CONSTRUCTED, "slot": again.frame},
        ),
        kind=EvidenceKind.METADATA if again.frame == "headline" else EvidenceKind.INTERNAL,
        scope=Scope.GLOBAL,
    )

"""Rule `slot`, of encounters: one with two different counterparts, or with itself.

*counterpart*: two encounters of one kind have one party in common, and their sentences are anchored
in each other; the other party is the slot. *self_meeting*: a frame that needs two parties holds
one twice: two mentions of one person, an office and its own holder, one country.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.anchors import share_head
from perturbations.defects.rules.finding import finding
from perturbations.defects.rules.slot import ANCHORED, persons_differ
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.accounts import accounts
from perturbations.reading.encounter_mentions import Encounter, EncounterKind, Party
from perturbations.reading.encounters import HEADS
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.text import Span

COUNTERPART, SELF_MEETING = "counterpart", "self_meeting"

# ---- the other party


def recheck_counterpart(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether two accounts of one encounter name two others."""
    claim, against = witness.claim[0], witness.against[0]
    for one, two in accounts(reading):
        for first, second in (one, two), (two, one):
            here, there = _party_at(claim, first), _party_at(against, second)
            if here is not None and there is not None:
                return _others_differ((first, here), (second, there), reading, knowledge)
    return Truth.UNKNOWN


def _others_differ(
    one: tuple[Encounter, Party],
    two: tuple[Encounter, Party],
    reading: Reading,
    knowledge: Knowledge,
) -> Truth:
    """Whether the parties differ, of encounters whose other party is one person."""
    (first, here), (second, there) = one, two
    same, again = _other(first, here).person, _other(second, there).person
    if same is None or again is None or same.person is None or same.person != again.person:
        return Truth.UNKNOWN
    heads = frozenset(form for form, kind in HEADS.items() if kind is first.kind)
    if not share_head(here.span, there.span, heads, reading):
        return Truth.UNKNOWN
    if _meets_both(same.person, (first, here), (second, there), reading):
        return Truth.UNKNOWN
    return persons_differ(here.span, there.span, reading, knowledge)


def _meets_both(
    person: str,
    one: tuple[Encounter, Party],
    two: tuple[Encounter, Party],
    reading: Reading,
) -> bool:
    """Whether the article tells of other encounters with one of the two."""
    others = [m.person for _, party in (one, two) if (m := party.person) and m.person]
    if len(set(others)) < 2:
        return False
    for encounter in reading.encounters:
        if encounter in (one[0], two[0]) or encounter.kind is EncounterKind.ADDRESS:
            continue
        met = {p.person.person for p in encounter.parties if p.person is not None}
        if person in met and met & set(others):
            return True
    return False


def _party_at(span: Span, encounter: Encounter) -> Party | None:
    return next((p for p in encounter.parties if span.covers(p.span)), None)


def _other(encounter: Encounter, party: Party) -> Party:
    one, two = encounter.parties
    return two if party is one else one


# ---- a party that meets itself


def recheck_self_meeting(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether both mentions of the encounter at the spans mean one party."""
    claim, against = witness.claim[0], witness.against[0]
    for encounter in reading.encounters:
        one, two = encounter.parties
        spans = one.span, two.span
        if any(a.covers(spans[0]) and b.covers(spans[1]) for a, b in _orders(claim, against)):
            return meets_itself(encounter, reading, knowledge)
    return Truth.UNKNOWN


def _orders(one: Span, two: Span) -> tuple[tuple[Span, Span], tuple[Span, Span]]:
    return (one, two), (two, one)


def meets_itself(encounter: Encounter, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether both parties are one."""
    one, two = encounter.parties
    if encounter.quoted:
        return Truth.UNKNOWN
    if one.country and two.country:
        return Truth.HOLDS if one.country == two.country else Truth.FAILS
    first, second = one.person, two.person
    if first is None or second is None:
        return Truth.UNKNOWN
    named = first.form is not PersonForm.OFFICE and second.form is not PersonForm.OFFICE
    if named:
        if first.person is None or second.person is None:
            return Truth.UNKNOWN
        return Truth.HOLDS if first.person == second.person else Truth.FAILS
    answers = {
        _holds_it(office, other, reading, knowledge)
        for office, other in ((first, second), (second, first))
        if office.form is PersonForm.OFFICE
    }
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _holds_it(
    office: PersonMention, other: PersonMention, reading: Reading, knowledge: Knowledge
) -> Truth:
    """Whether the other party is who holds an office that stands alone.

    Either the tables say so, or the text does: it gives them the office's title as their own.
    """
    meant = _office_meant(office, reading)
    if meant is None or other.modifiers or knowledge.offices[meant].collective:
        return Truth.UNKNOWN
    if office.historical or other.historical:
        return Truth.UNKNOWN  # another may have held the office then
    if other.claims_office and other.offices == (meant,):
        return Truth.HOLDS
    when = reading.as_of_at(office.span)
    if other.person is None or when is None or other.form is PersonForm.OFFICE:
        return Truth.UNKNOWN
    return knowledge.in_office(other.person, meant, when.first, when.last)


def _office_meant(office: PersonMention, reading: Reading) -> str | None:
    """The one office that a mention without a name means.

    Its country stands with it, or with the office right before it in the paragraph, whose title it
    repeats: "The Prime Minister of Japan ... The Prime Minister thanked ...".
    """
    if office.modifiers or len(office.offices) > 1 or office.title is None:
        return None
    if office.country is not None:
        return office.offices[0] if office.offices else None
    paragraph = reading.layout.paragraph_at(office.span.start)
    before = [m for m in reading.people if m.span.end <= office.span.start]
    if not before or paragraph is None or not paragraph.covers(before[-1].span):
        return None
    last = before[-1]
    repeats = (
        last.form is PersonForm.OFFICE
        and last.country is not None
        and last.title is not None
        and last.title.text.casefold() == office.title.text.casefold()
    )
    return last.offices[0] if repeats and len(last.offices) == 1 and not last.modifiers else None


# ---- whole articles


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every party that meets itself, and a lede whose counterpart is not the headline's."""
    for encounter in reading.encounters:
        if meets_itself(encounter, reading, knowledge) is Truth.HOLDS:
            yield _self_meeting(encounter)
    for head, lede in accounts(reading):
        if any(meets_itself(e, reading, knowledge) is Truth.HOLDS for e in (head, lede)):
            continue  # that one of two accounts names one party twice says it all
        for here, there in product(lede.parties, head.parties):
            differ = _others_differ((lede, here), (head, there), reading, knowledge)
            if differ is Truth.HOLDS:
                yield _two_counterparts(here.span, there.span)


def _self_meeting(encounter: Encounter) -> Defect:
    one, two = (party.span for party in encounter.parties)
    return finding(
        "wrong_counterpart",
        [two],
        [Evidence("first party", span=one)],
        f"“{encounter.head.text}” needs two parties; “{one.text}” and “{two.text}” are one.",
        Witness(
            Rule.SLOT,
            claim=(two,),
            against=(one,),
            expect={"of": SELF_MEETING, "type": "party", "basis": ANCHORED},
        ),
        kind=EvidenceKind.INTERNAL,
        scope=Scope.SENTENCE,
    )


def _two_counterparts(claim: Span, against: Span) -> Defect:
    return finding(
        "wrong_counterpart",
        [claim],
        [Evidence("headline", span=against)],
        f"The headline names “{against.text}” as the other party, and the body “{claim.text}”.",
        Witness(
            Rule.SLOT,
            claim=(claim,),
            against=(against,),
            expect={"of": COUNTERPART, "type": "party", "basis": ANCHORED},
        ),
        kind=EvidenceKind.INTERNAL,
        scope=Scope.GLOBAL,
    )

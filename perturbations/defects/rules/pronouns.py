"""Rule `slot`, of pronouns: "she" where the only person in play is a man.

The person is told by the passage (`perturbations.reading.antecedents`), their gender by the tables,
by Mr or Ms before the name, or by two other pronouns of the same passage that agree. In an office
box the post is the subject's own, whoever else is named in the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perturbations.defects.defect import Defect, Evidence, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.rules.slot import ANCHORED, CONSTRUCTED
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.antecedents import Passage, passages
from perturbations.reading.boxes import office_boxes
from perturbations.reading.encounter_mentions import Gender, Pronoun
from perturbations.reading.mentions import PersonMention, Reading
from perturbations.text import Span

PRONOUN = "pronoun"

MIN_AGREEING = 2
"""Other pronouns that fix a gender which neither tables nor Mr and Ms tell."""


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether the pronouns claimed are not of the person whose name stands against them."""
    if witness.expect.get("basis") == CONSTRUCTED:
        return _of_box(witness, reading, knowledge)
    against = witness.against[0]
    for passage in passages(reading, knowledge):
        if not any(against.covers(m) or m.covers(against) for m in passage.mentions):
            continue
        claimed = [p for p in passage.pronouns if any(c.overlaps(p.span) for c in witness.claim)]
        gender = gender_of(passage, claimed)
        if len(claimed) != len(witness.claim) or gender is None:
            return Truth.UNKNOWN
        if not only_one_in_play(passage, gender, claimed, reading):
            return Truth.UNKNOWN
        differ = {pronoun.gender != gender for pronoun in claimed}
        if len(differ) > 1:
            return Truth.UNKNOWN
        return Truth.HOLDS if differ == {True} else Truth.FAILS
    return Truth.UNKNOWN


def _of_box(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    for pronoun, mention in office_boxes(reading):
        if witness.claim[0].covers(pronoun) and witness.against[0].covers(mention.span):
            return _box_differs(pronoun, mention, knowledge)
    return Truth.UNKNOWN


def _box_differs(pronoun: Span, mention: PersonMention, knowledge: Knowledge) -> Truth:
    if mention.person is None:
        return Truth.UNKNOWN
    right = {"m": "his", "f": "her"}.get(knowledge.people[mention.person].gender)
    if right is None:
        return Truth.UNKNOWN
    return Truth.FAILS if pronoun.text == right else Truth.HOLDS


def gender_of(passage: Passage, without: Sequence[Pronoun]) -> Gender | None:
    """The person's gender, as everything but some pronouns tells it."""
    if passage.gender is not None:
        return passage.gender
    others = [p.gender for p in passage.pronouns if p not in without]
    return others[0] if len(others) >= MIN_AGREEING and len(set(others)) == 1 else None


def only_one_in_play(
    passage: Passage, gender: Gender, claimed: Sequence[Pronoun], reading: Reading
) -> bool:
    """Whether nothing in the article shows somebody of the other gender, but what is claimed.

    A name or a pronoun anywhere may be whom a pronoun means: in an obituary every "he" may be the
    dead man, whoever is named beside it.
    """
    others = [p for p in reading.pronouns if p not in claimed]
    return passage.alone and all(pronoun.gender == gender for pronoun in others)


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every passage with pronouns of the wrong gender.

    Where only the pronouns tell, one must stand alone against two or more.
    """
    for passage in passages(reading, knowledge):
        wrong = list(_wrong(passage))
        gender = gender_of(passage, wrong)
        if wrong and gender and only_one_in_play(passage, gender, wrong, reading):
            yield _finding(passage.nearest(wrong[0].span), [p.span for p in wrong], ANCHORED)
    for pronoun, mention in office_boxes(reading):
        if _box_differs(pronoun, mention, knowledge) is Truth.HOLDS:
            yield _finding(mention.span, [pronoun], CONSTRUCTED)


def _wrong(passage: Passage) -> Iterator[Pronoun]:
    if passage.gender is not None:
        yield from (p for p in passage.pronouns if p.gender != passage.gender)
        return
    for pronoun in passage.pronouns:
        gender = gender_of(passage, [pronoun])
        if gender is not None and gender != pronoun.gender:
            yield pronoun


def _finding(name: Span, wrong: Sequence[Span], basis: str) -> Defect:
    return finding(
        "mention_swap",
        wrong,
        [Evidence("whom it means", span=name)],
        f"“{wrong[0].text}” can only mean {name.text}, and is of the other gender.",
        Witness(
            Rule.SLOT,
            claim=tuple(wrong),
            against=(name,),
            expect={"of": PRONOUN, "type": "person", "basis": basis},
        ),
        kind=EvidenceKind.INTERNAL,
    )

"""Rules `interval` and `pattern` for states of the world: what is so, to come, or over that day.

A claim is false where the state surely stands otherwise on every day of the article's time: "NATO
member Sweden" in 2022, "Britain, an EU member" in 2022, "if Sweden joins NATO" in 2025. The last is
a *stale conditional*, proven by two parts: the interval says that it has come, and the form of the
words (`pattern`) that they tell it as something that may come. Absence from a table of memberships
decides where the organisation is listed completely.
"""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Presupposition, Truth
from perturbations.reading.mentions import Reading
from perturbations.reading.state_mentions import StateMention
from perturbations.text import Span

STATE, SUPPOSED = "state", "presupposition"
"""Kinds of claims, as a witness names them in `expect.of`."""


def standing_of(
    mention: StateMention, reading: Reading, knowledge: Knowledge
) -> frozenset[Presupposition]:
    """How the state surely stands at the time of the words; empty where that is undecided."""
    as_of = reading.as_of_at(mention.span)
    if as_of is None:
        return frozenset()
    days = as_of.first, as_of.last
    if mention.state is not None:
        return knowledge.state_standing(mention.state, *days)
    if mention.member is None or mention.organisation is None:
        return frozenset()
    return knowledge.member_standing(mention.member, mention.organisation, *days)


def is_false(mention: StateMention, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether the words claim what is surely not so at their time.

    What has ended may be spoken of as to come once more, and what the words leave open decides
    nothing.
    """
    if not mention.claims_present:
        return Truth.UNKNOWN
    standing = standing_of(mention, reading, knowledge)
    if not standing:
        return Truth.UNKNOWN
    if not standing & mention.says:
        return Truth.HOLDS
    return Truth.FAILS if standing <= mention.says else Truth.UNKNOWN


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Finds the words at the claim again, and weighs them."""
    mention = _mention(witness.claim[0], reading)
    return is_false(mention, reading, knowledge) if mention else Truth.UNKNOWN


def recheck_form(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether the words at the claim tell something as what may come."""
    mention = _mention(witness.claim[0], reading)
    if mention is None:
        return Truth.UNKNOWN
    return Truth.HOLDS if mention.hypothetical else Truth.FAILS


def _mention(claim: Span, reading: Reading) -> StateMention | None:
    inside = [m for m in reading.states if claim.covers(m.span)]
    return inside[0] if len(inside) == 1 else None


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every plain claim about a state of the world that is surely false."""
    return _find(reading, knowledge, hypothetical=False)


def find_supposed(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every supposition of what surely had come."""
    return _find(reading, knowledge, hypothetical=True)


def _find(reading: Reading, knowledge: Knowledge, *, hypothetical: bool) -> Iterator[Defect]:
    for mention in reading.states:
        if mention.hypothetical is not hypothetical:
            continue
        if is_false(mention, reading, knowledge) is Truth.HOLDS:
            yield finding(
                type_of(mention),
                [mention.span],
                evidence(mention, reading, knowledge),
                explain(mention, reading, knowledge),
                witness_of(mention, mention.span, reading),
                kind=EvidenceKind.WORLD,
                scope=Scope.GLOBAL,
            )


def type_of(mention: StateMention) -> str:
    """The type of defect that the words are where they are false."""
    return "stale_conditional" if mention.hypothetical else "stale_state"


def witness_of(mention: StateMention, span: Span, reading: Reading) -> Witness:
    """The proof: the interval alone, or with the form of the words."""
    as_of = reading.as_of_at(mention.span)
    field = None if as_of is None or as_of.cue else reading.article.reference_field
    interval = Witness(Rule.INTERVAL, claim=(span,), field=field, expect={"of": STATE})
    if not mention.hypothetical:
        return interval
    form = Witness(Rule.PATTERN, claim=(span,), expect={"of": SUPPOSED})
    return Witness(all_of=(interval, form))


def facts_of(mention: StateMention, knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the facts that decide: a state, memberships, or an organisation's whole list."""
    if mention.state is not None:
        return (mention.state,)
    if mention.member is None or mention.organisation is None:
        return ()
    listed = knowledge.memberships_of(mention.member, mention.organisation)
    return tuple(one.id for one in listed) or (mention.organisation,)


def evidence(mention: StateMention, reading: Reading, knowledge: Knowledge) -> tuple[Evidence, ...]:
    """The facts, and the day they are held against."""
    as_of = reading.as_of_at(mention.span)
    cue = as_of.cue if as_of else None
    when = Evidence(
        "time of the article", span=cue, field=None if cue else reading.article.reference_field
    )
    facts = (Evidence("state of the world", fact=id) for id in facts_of(mention, knowledge))
    return (*facts, when)


def explain(mention: StateMention, reading: Reading, knowledge: Knowledge) -> str:
    """A sentence that says how it stood instead."""
    as_of = reading.as_of_at(mention.span)
    day = as_of.last.isoformat() if as_of else "that day"
    return f"“{mention.span.text}” does not fit {day}: {facts_in_words(mention, knowledge)}."


def facts_in_words(mention: StateMention, knowledge: Knowledge) -> str:
    """What the tables say, with the days."""
    if mention.state is not None:
        state = knowledge.states[mention.state]
        until = f" until {state.end}" if state.end else ""
        return f"“{state.statement}” is so from {state.start}{until}"
    organisation = knowledge.organisations[mention.organisation or ""]
    country = knowledge.countries[mention.member or ""].name
    listed = knowledge.memberships_of(mention.member or "", organisation.id)
    if not listed:
        return f"{country} never belonged to {organisation.name}"
    spells = (f"from {one.start}" + (f" until {one.end}" if one.end else "") for one in listed)
    return f"{country} belongs to {organisation.name} {', and '.join(spells)}"

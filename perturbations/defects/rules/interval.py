"""Rule `interval`: a claim against the validity interval of a fact, for office holders.

Two claims are weighed. A *bare* one, "Japanese Prime Minister Fumio Kishida", says that the person
holds the office at the article's time; "former Prime Minister Fumio Kishida" says that the person
held it and no longer does. Courtesy is allowed for: a person who has held the office may keep the
title, so that a bare claim about one is decided only where the country stands with it, a form that
English news keeps for the office itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.mentions import AsOf, PersonForm, PersonMention, Reading
from perturbations.text import Span

HISTORY_YEARS = 10
"""After so many years out of office, a title with its country is history as often as a claim."""

FORMER = frozenset({"former", "ex", "ex-", "former-", "onetime", "one-time"})
"""Modifiers that say: held it once, holds it no longer."""


def claim_span(mention: PersonMention, text: str) -> Span:
    """The mention together with its modifiers: the words that make the claim."""
    start = min((mention.span.start, *(m.start for m in mention.modifiers)))
    end = max((mention.span.end, *(m.end for m in mention.modifiers)))
    return Span.of(text, start, end)


def says_former(mention: PersonMention) -> bool:
    """Whether its modifiers say that the office is over, and nothing else."""
    words = {m.text.casefold().strip() for m in mention.modifiers}
    return bool(words) and words <= FORMER


def is_false(mention: PersonMention, as_of: AsOf | None, knowledge: Knowledge) -> Truth:
    """Whether the mention claims an office that the person surely has not at `as_of`."""
    person = mention.person
    if as_of is None or person is None or not mention.offices:
        return Truth.UNKNOWN
    if mention.form is not PersonForm.TITLED or mention.quoted or mention.in_reference:
        return Truth.UNKNOWN
    if says_former(mention):
        return Truth.UNKNOWN if mention.historical else _former_is_false(mention, as_of, knowledge)
    if not mention.claims_office:
        return Truth.UNKNOWN
    holds = [knowledge.in_office(person, o, as_of.first, as_of.last) for o in mention.offices]
    if Truth.HOLDS in holds:
        return Truth.FAILS
    if any(truth is Truth.UNKNOWN for truth in holds):
        return Truth.UNKNOWN
    courtesy = mention.country is None and _held_before(person, mention.offices, as_of, knowledge)
    return Truth.UNKNOWN if courtesy or _is_history(mention, as_of, knowledge) else Truth.HOLDS


def _former_is_false(mention: PersonMention, as_of: AsOf, knowledge: Knowledge) -> Truth:
    person = mention.person
    if person is None:
        return Truth.UNKNOWN
    holds = [knowledge.in_office(person, o, as_of.first, as_of.last) for o in mention.offices]
    if all(truth is Truth.HOLDS for truth in holds):
        return Truth.HOLDS
    over = all(truth is Truth.FAILS for truth in holds)
    if over and _held_before(person, mention.offices, as_of, knowledge):
        return Truth.FAILS
    return Truth.UNKNOWN


def _is_history(mention: PersonMention, as_of: AsOf, knowledge: Knowledge) -> bool:
    """Whether the person left the office so long ago that nobody takes the title for the present.

    "A bust of U.S. President Ronald Reagan" claims nothing about the day of the article.
    """
    ends = [
        term.end
        for office in mention.offices
        for term in knowledge.terms_of(person=mention.person, office=office)
    ]
    left = [end for end in ends if end is not None]
    years = timedelta(days=366 * HISTORY_YEARS)
    return bool(left) and len(left) == len(ends) and max(left) + years < as_of.first


def _held_before(person: str, offices: tuple[str, ...], as_of: AsOf, knowledge: Knowledge) -> bool:
    return any(
        term.start <= as_of.last
        for office in offices
        for term in knowledge.terms_of(person=person, office=office)
    )


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Finds the mention at the claim again, and weighs what it says."""
    claim = witness.claim[0]
    titled = [
        mention
        for mention in reading.people
        if claim.covers(mention.span) and mention.form is PersonForm.TITLED
    ]
    if len(titled) != 1:
        return Truth.UNKNOWN
    return is_false(titled[0], reading.as_of_at(titled[0].span), knowledge)


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every claim of office that is surely false."""
    for mention in reading.people:
        when = reading.as_of_at(mention.span)
        if is_false(mention, when, knowledge) is Truth.HOLDS:
            span = claim_span(mention, reading.text)
            cue = when.cue if when else None
            yield finding(
                "wrong_incumbent",
                [span],
                evidence(mention, reading, knowledge),
                explain(mention, when, knowledge),
                Witness(
                    Rule.INTERVAL,
                    claim=(span,),
                    field=None if cue else reading.article.reference_field,
                ),
                kind=EvidenceKind.WORLD,
                scope=Scope.GLOBAL,
            )


def evidence(
    mention: PersonMention, reading: Reading, knowledge: Knowledge
) -> tuple[Evidence, ...]:
    """The terms that speak against the claim, and the day it is held against."""
    as_of = reading.as_of_at(mention.span)
    cue = as_of.cue if as_of else None
    when = Evidence(
        "time of the article", span=cue, field=None if cue else reading.article.reference_field
    )
    return (*terms_against(mention, as_of, knowledge), when)


def terms_against(
    mention: PersonMention, as_of: AsOf | None, knowledge: Knowledge
) -> tuple[Evidence, ...]:
    """The person's own terms in the office, and those of whoever held it instead."""
    terms = [
        term.id
        for office in mention.offices
        for term in knowledge.terms_of(person=mention.person, office=office)
    ]
    if not says_former(mention) and as_of is not None:
        terms += [
            term.id for office in mention.offices for term in knowledge.holders(office, as_of.last)
        ]
    return tuple(Evidence("term of office", fact=term) for term in dict.fromkeys(terms))


def explain(mention: PersonMention, as_of: AsOf | None, knowledge: Knowledge) -> str:
    """A sentence that says who held the office instead, or still."""
    name = knowledge.people[mention.person or ""].name
    office = knowledge.offices[mention.offices[0]]
    title = f"{office.titles[0]} ({knowledge.countries[office.country].name})"
    if as_of is None:
        return f"{name} was not {title}."
    day = as_of.last
    if says_former(mention):
        return f"{name} is called a former holder, but was {title} on {day.isoformat()}."
    holders = [knowledge.people[t.person].name for t in knowledge.holders(office.id, day)]
    instead = f"; {', '.join(holders)} held the office" if holders else ""
    return f"{name} was not {title} on {day.isoformat()}{instead}."

"""Rule `interval` on what people are said to be, where title and name do not stand side by side.

`interval/bound_office`: an apposition or a copula gives an office to a person ("Fumio Kishida, the
Canadian prime minister, ..."). It is weighed as the rule weighs title and name, against the terms.

`interval/role`: a role that was never the person's. Its interval is all that the tables cover: the
country has nobody of that title at all ("French Chancellor Olaf Scholz"), or the person has led
another country and no other ("the Italian leader Olaf Scholz"). An office that the country has,
given to somebody who did not hold it, is the other kind of error (wrong_incumbent).
"""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules import interval
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.knowledge.rules import PERIOD_START
from perturbations.knowledge.tables import TERMS
from perturbations.knowledge.titles import COMPLETE, has_no, home
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.reading.roles import RoleClaim
from perturbations.text import Span

BOUND_OFFICE, ROLE = "bound_office", "role"
"""Kinds of claims, as `expect.of` of a witness names them."""


# ---- offices that stand apart from the name


def recheck_bound_office(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Weighs the office that the words at the claim give to a person.

    Where they name the holder by office alone, or by name alone, nothing false is said of either:
    the claim fails, if the chain ties the office to its surely rightful holder.
    """
    place = witness.claim[0]
    bound = [role for role in reading.roles if role.apart and place.covers(role.role)]
    if bound:
        return _weighed(bound[0], reading, knowledge) if len(bound) == 1 else Truth.UNKNOWN
    inside = [mention for mention in reading.people if place.covers(mention.span)]
    if len(inside) != 1:
        return Truth.UNKNOWN
    if inside[0].form is PersonForm.TITLED:
        return interval.is_false(inside[0], reading.as_of_at(inside[0].span), knowledge)
    return _of_one_part(inside[0], reading, knowledge)


def _weighed(role: RoleClaim, reading: Reading, knowledge: Knowledge) -> Truth:
    return interval.is_false(role.mention, reading.as_of_at(role.mention.span), knowledge)


def _of_one_part(mention: PersonMention, reading: Reading, knowledge: Knowledge) -> Truth:
    """An office alone that its chain gives to the rightful holder, or a name without an office."""
    as_of, person = reading.as_of_at(mention.span), mention.person
    if as_of is None or person is None or mention.modifiers:
        return Truth.UNKNOWN
    if mention.form is not PersonForm.OFFICE:
        return Truth.FAILS
    holds = [knowledge.in_office(person, o, as_of.first, as_of.last) for o in mention.offices]
    return Truth.FAILS if holds == [Truth.HOLDS] else Truth.UNKNOWN


def find_bound_offices(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every apposition or copula that surely gives an office to the wrong person.

    Appositions that are mentions of a titled person already are the plain rule's.
    """
    titled = {mention.span for mention in reading.people if mention.form is PersonForm.TITLED}
    for role in reading.roles:
        if not role.apart or role.title is None or role.mention.span in titled:
            continue
        if _weighed(role, reading, knowledge) is Truth.HOLDS:
            span = role.mention.span
            yield finding(
                "wrong_incumbent",
                [span],
                interval.evidence(role.mention, reading, knowledge),
                interval.explain(role.mention, reading.as_of_at(span), knowledge),
                Witness(
                    Rule.INTERVAL,
                    claim=(span,),
                    field=_field(span, reading),
                    expect={"of": BOUND_OFFICE},
                ),
                kind=EvidenceKind.WORLD,
                scope=Scope.GLOBAL,
            )


def _field(span: Span, reading: Reading) -> str | None:
    as_of = reading.as_of_at(span)
    return None if as_of is not None and as_of.cue else reading.article.reference_field


# ---- roles that never were


def recheck_role(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Weighs the role that the words at the claim give to a person."""
    found = [role for role in reading.roles if witness.claim[0].covers(role.mention.span)]
    return role_is_false(found[0], reading, knowledge) if len(found) == 1 else Truth.UNKNOWN


def role_is_false(role: RoleClaim, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether the role can never have been the person's, nor anybody's of that country."""
    mention, as_of = role.mention, reading.as_of_at(role.mention.span)
    person = mention.person
    if as_of is None or person is None or mention.modifiers or mention.shared_title:
        return Truth.UNKNOWN
    if mention.quoted or mention.in_reference or mention.historical:
        return Truth.UNKNOWN
    if as_of.first < PERIOD_START or as_of.last > knowledge.known_until(TERMS):
        return Truth.UNKNOWN
    own = home(person, knowledge)
    if own is None:
        return Truth.UNKNOWN
    if role.title is None:
        return _leads(role, own)
    if mention.offices:
        held = {term.office for term in knowledge.terms_of(person=person)}
        return Truth.FAILS if held & set(mention.offices) else Truth.UNKNOWN
    if not role.countries and " " not in role.name.text.strip():
        return Truth.UNKNOWN  # "President Johnson" may be somebody's namesake
    countries = role.countries or (own,)
    nowhere = all(has_no(role.title, country, knowledge) for country in countries)
    return Truth.HOLDS if nowhere else Truth.UNKNOWN


def _leads(role: RoleClaim, own: str) -> Truth:
    if own in role.countries:
        return Truth.FAILS
    return Truth.HOLDS if set(role.countries) <= COMPLETE else Truth.UNKNOWN


def find_roles(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every role that surely never was the person's."""
    for role in reading.roles:
        if role_is_false(role, reading, knowledge) is Truth.HOLDS:
            span = role.mention.span
            yield finding(
                "role_conflict",
                [span],
                terms_served(role.mention.person or "", knowledge),
                explain_role(role, knowledge),
                Witness(Rule.INTERVAL, claim=(span,), expect={"of": ROLE}),
                kind=EvidenceKind.WORLD,
            )


def terms_served(person: str, knowledge: Knowledge) -> tuple[Evidence, ...]:
    """The terms that a person did serve: none of them has the role that is claimed."""
    return tuple(
        Evidence("term of office", fact=term.id) for term in knowledge.terms_of(person=person)
    )


def explain_role(role: RoleClaim, knowledge: Knowledge) -> str:
    """A sentence that says what the person was instead."""
    person = role.mention.person or ""
    country = role.countries[0] if role.countries else home(person, knowledge) or ""
    why = why_never(person, role.title, country, knowledge)
    return f"“{role.mention.span.text}” was never so: {why}."


def why_never(person: str, title: str | None, country: str, knowledge: Knowledge) -> str:
    """The clause that explains it: there is no such office, or the person led elsewhere."""
    name = knowledge.people[person].name
    held = [knowledge.offices[term.office] for term in knowledge.terms_of(person=person)]
    offices = dict.fromkeys(f"{o.titles[0]} ({knowledge.countries[o.country].name})" for o in held)
    known = f"{name} was {' and '.join(offices)}"
    where = knowledge.countries[country].name
    return known if title is None else f"there is no {title} ({where}); {known}"

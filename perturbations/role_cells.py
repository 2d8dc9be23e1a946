"""Roles that never were a person's, beside those that were: the cells of variants and controls.

A role is written like an office. Where no table has it ("German leader", "French Chancellor") it is
an office of its own making here, with the country and the title that are to be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from perturbations.cells import Cell, drawn_style, rewrite
from perturbations.claims import Claim, claims, holders, stands_elsewhere
from perturbations.defects import Defect, EvidenceKind, Rule, Scope, Witness
from perturbations.defects.rules.roles import ROLE, terms_served, why_never
from perturbations.draw import Draw
from perturbations.exchange import can_be_exchanged
from perturbations.incumbents import (
    UNCROSSED_SHARE,
    least_named_first,
    sitting_abroad,
    times_named,
)
from perturbations.knowledge import Knowledge, Office
from perturbations.knowledge.titles import HEAD_TITLES, has_no, home
from perturbations.naming import Style, whole
from perturbations.proposal import Control, NotApplicable, Proposal, Revision, Subject, defect
from perturbations.reading.mentions import PersonForm

LEADER = "leader"
"""What both a president and a prime minister are called."""

_EXECUTIVE = frozenset({"FR", "RU", "UA", "CN"})
"""Countries with a head of government beside the head of state, who leads."""

_PLAIN_TITLES = frozenset(HEAD_TITLES) - {"King", "Queen", "Emperor"}
"""Those of monarchs are part of their names."""

NEARBY_SHARE = 0.7
"""How often the other one is somebody whom the article names."""

PER_HOLDER = 3
"""Others tried for one holder."""


@dataclass(frozen=True, slots=True)
class RoleCells:
    """The false and the true cells of which one each is drawn, and the style if it is fixed."""

    wrong: tuple[Cell, ...]
    right: tuple[Cell, ...]
    style: Style | None


RoleCrossing = Callable[[Claim, Cell, bool, Subject, Draw], RoleCells | None]
"""Crosses a claim with another holder; None where nothing false can be said of the two."""


def as_role(office: Office, title: str, country: str | None = None) -> Office:
    """A role that is written like the office, with another title or country."""
    return replace(office, titles=(title,), country=country or office.country)


def role_crossings(subject: Subject, draw: Draw) -> Iterator[tuple[Claim, Cell, bool]]:
    """Yields heads named by office with another head, and whether the article could be of that one.

    Raises:
        NotApplicable: nobody is named so.
    """
    knowledge = subject.knowledge
    found = [c for c in claims(subject) if _is_head(Cell(c.person, c.office), knowledge)]
    if not found:
        raise NotApplicable("no head of state or government with roles in one country is named")
    named = {other.person.id: times_named(other) for other in holders(subject)}
    cells = [Cell(other.person, other.office) for other in holders(subject)]
    heads = [cell for cell in cells if _is_head(cell, knowledge)]
    for claim in least_named_first(found, draw):
        near = draw.shuffled([cell for cell in heads if _is_abroad(cell, claim)])
        near.sort(key=lambda cell: named[cell.person.id])
        away = draw.shuffled(
            [
                Cell(person, office)
                for person, office in sitting_abroad(
                    claim, subject, lambda office: office.titles[0] in _PLAIN_TITLES
                )
                if _is_head(Cell(person, office), knowledge)
            ]
        )
        uncrossed = draw.chance(UNCROSSED_SHARE)
        for _ in range(PER_HOLDER):
            nearby = bool(near) and (not away or draw.chance(NEARBY_SHARE))
            if not nearby and not away:
                break
            other = (near if nearby else away).pop()
            both = not nearby and _can_be_told_of(claim, subject)
            lesser = nearby and times_named(claim) < named[other.person.id]
            if not lesser and not both and not uncrossed:
                continue
            yield claim, other, both


def _is_head(cell: Cell, knowledge: Knowledge) -> bool:
    """Whether somebody heads one country and never had another role that the tables know."""
    return (
        cell.office.titles[0] in _PLAIN_TITLES
        and home(cell.person.id, knowledge) == cell.office.country
    )


def _is_abroad(cell: Cell, claim: Claim) -> bool:
    return cell.office.country != claim.office.country


def _can_be_told_of(claim: Claim, subject: Subject) -> bool:
    """Whether nothing of the holder's title and country stands outside mentions that follow."""
    reading = subject.reading
    if any(m.form is PersonForm.OFFICE for m in claim.chain):
        return False
    country = subject.knowledge.countries[claim.office.country]
    return can_be_exchanged(claim, country, reading) and not stands_elsewhere(
        claim.office.titles, claim.chain, reading
    )


def titled_as(
    claim: Claim, other: Cell, both: bool, subject: Subject, draw: Draw
) -> RoleCells | None:
    """Crosses the titles of two heads; countries stay."""
    knowledge, own = subject.knowledge, Cell(claim.person, claim.office)
    title, new = own.office.titles[0], other.office.titles[0]
    if title == new or not has_no(new, own.office.country, knowledge):
        return None
    wrong = [replace(own, office=as_role(own.office, new))]
    if both and has_no(title, other.office.country, knowledge):
        wrong.append(replace(other, office=as_role(other.office, title)))
    return RoleCells(tuple(wrong), (own, other) if both else (own,), None)


def led(claim: Claim, other: Cell, both: bool, subject: Subject, draw: Draw) -> RoleCells | None:
    """Crosses the countries of two heads, who are called leaders or by their titles."""
    own = Cell(claim.person, claim.office)
    if _leads(own) and _leads(other) and draw.chance(0.5):
        true = [_leader(own, own), _leader(other, other)]
        false = [_leader(own, other), _leader(other, own)]
        wanted = 2 if both else 1
        return RoleCells(tuple(false[:wanted]), tuple(true[:wanted]), Style.ADJECTIVE)
    wrong = []
    for one, two in ((own, other), (other, own))[: 2 if both else 1]:
        title, country = one.office.titles[0], two.office.country
        if has_no(title, country, subject.knowledge):
            wrong.append(replace(one, office=as_role(one.office, title, country)))
    return RoleCells(tuple(wrong), (own, other) if both else (own,), None) if wrong else None


def _leads(cell: Cell) -> bool:
    office = cell.office
    return office.role in ("both", "head_of_government") or office.country in _EXECUTIVE


def _leader(who: Cell, of: Cell) -> Cell:
    return replace(who, office=as_role(who.office, LEADER, of.office.country))


def role_proposal(
    claim: Claim, cells: RoleCells, note: str, subject: Subject, draw: Draw
) -> Proposal:
    """The proposal that writes one of the false cells in the variant, of the true in the control.

    Raises:
        NotApplicable: no style suits them, or a mention has a form that can't be carried over.
    """
    wrong, right = draw.choice(cells.wrong), draw.choice(cells.right)
    style = cells.style
    if style is None:
        offices = {c.office.country: c.office for c in (*cells.wrong, *cells.right)}
        abroad = [o for country, o in offices.items() if country != claim.office.country]
        style = drawn_style(claim, subject, draw, also=abroad[0] if abroad else None)
    if style is None:
        raise NotApplicable("no style suits both countries")
    variant = rewrite(claim, wrong, style, subject)
    control = rewrite(claim, right, style, subject)
    found = _role_defect(wrong, variant, claim, subject)
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def _role_defect(wrong: Cell, variant: Revision, claim: Claim, subject: Subject) -> Defect:
    knowledge = subject.knowledge
    span = variant.moved(whole(claim.mention, subject.reading.text))
    title = None if wrong.office.titles[0] == LEADER else wrong.office.titles[0]
    why = why_never(wrong.person.id, title, wrong.office.country, knowledge)
    return defect(
        "role_conflict",
        [span],
        terms_served(wrong.person.id, knowledge),
        f"“{span.text}” was never so: {why}.",
        Witness(Rule.INTERVAL, claim=(span,), expect={"of": ROLE}),
        scope=Scope.SENTENCE,
        kind=EvidenceKind.WORLD,
    )

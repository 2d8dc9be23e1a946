"""Office and name apart, and one of the two wrong: what variant and control make of a holder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from perturbations.appositions import Site, drawn_manner, sites, written_apart
from perturbations.cells import Cell, wrong_holder
from perturbations.claims import Claim, can_follow, holders
from perturbations.defects.rules.roles import BOUND_OFFICE
from perturbations.draw import Draw
from perturbations.exchange import can_be_exchanged, exchange
from perturbations.incumbents import UNCROSSED_SHARE, least_named_first, peers, times_named
from perturbations.knowledge import Truth
from perturbations.proposal import Control, NotApplicable, Proposal, Revision, Subject
from perturbations.reading.mentions import PersonForm

_ROLES = frozenset({"head_of_state", "head_of_government", "both", "deputy", "minister"})
_NOBLE = frozenset(
    {"King", "Queen", "Emperor", "Empress", "Monarch", "Sovereign", "Pope", "Emir", "Amir"}
    | {"Sultan", "Grand Duke", "Crown Prince", "Prince", "Co-Prince", "Supreme Leader", "Leader"}
)
"""Titles that are part of the name, or mean more than one office says."""


NEARBY_SHARE = 0.6
"""How often somebody whom the article names, too, is crossed with a holder.

What is false of one is true of the other then, in the same articles: names and offices that are
never right anywhere would tell on themselves.
"""

PER_HOLDER = 3
"""Crossings tried for one holder."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A holder, one mention of theirs that can be written anew, and who is crossed with them.

    `both` says whether the whole article can tell of the other one instead.
    """

    claim: Claim
    site: Site
    other: Cell
    both: bool
    nearby: bool
    """Whether the article names the other one, in their own office, too."""

    @property
    def own(self) -> Cell:
        """The holder in their own office."""
        return Cell(self.claim.person, self.claim.office)

    @property
    def truths(self) -> list[Cell]:
        """Whom the article can tell of."""
        return [self.own, self.other] if self.both else [self.own]


def crossings(subject: Subject, draw: Draw) -> Iterator[Crossing]:
    """Yields crossings in drawn order, some for each holder; names alone and offices alone first.

    Raises:
        NotApplicable: nobody in the body can be written so.
    """
    found = [claim for claim in holders(subject) if _can_stand_apart(claim)]
    if not found:
        raise NotApplicable("no holder's name and title can stand apart")
    placed = {claim.person.id: list(sites(claim, subject)) for claim in found}
    if not any(placed.values()):
        raise NotApplicable("no mention of a holder stands where an apposition could")
    for claim in least_named_first((c for c in found if placed[c.person.id]), draw):
        places = placed[claim.person.id]
        single = [site for site in places if site.mention.form is not PersonForm.TITLED]
        near = draw.shuffled(_nearby(claim, found, subject))
        near.sort(key=lambda cell: _times(cell, found))
        away = draw.shuffled(_elsewhere(claim, subject))
        uncrossed = draw.chance(UNCROSSED_SHARE)
        for _ in range(PER_HOLDER):
            nearby = bool(near) and (not away or draw.chance(NEARBY_SHARE))
            if not nearby and not away:
                break
            other = (near if nearby else away).pop()
            both = not nearby and _can_be_told_of(other, claim, subject)
            lesser = nearby and times_named(claim) < _times(other, found)
            if not lesser and not both and not uncrossed:
                continue
            yield Crossing(claim, draw.choice(single or places), other, both, nearby)


def _can_stand_apart(claim: Claim) -> bool:
    office = claim.office
    return office.role in _ROLES and not office.collective and office.titles[0] not in _NOBLE


def _nearby(claim: Claim, found: Iterable[Claim], subject: Subject) -> list[Cell]:
    """Other holders of the article, whose names and offices are true where they stand."""
    cells = [Cell(other.person, other.office) for other in found]
    return [cell for cell in cells if _excludes(cell, claim, subject)]


def _times(cell: Cell, found: Iterable[Claim]) -> int:
    """How often the article mentions the cell's person."""
    return sum(len(claim.chain) for claim in found if claim.person is cell.person)


def _excludes(cell: Cell, claim: Claim, subject: Subject) -> bool:
    """Whether neither of the two surely has the other's office."""
    knowledge, days = subject.knowledge, (claim.as_of.first, claim.as_of.last)
    crossed = ((claim.person.id, cell.office.id), (cell.person.id, claim.office.id))
    return all(knowledge.in_office(*pair, *days) is Truth.FAILS for pair in crossed)


def _elsewhere(claim: Claim, subject: Subject) -> list[Cell]:
    """Holders of the same office elsewhere, and of other offices of the same country."""
    knowledge, as_of = subject.knowledge, claim.as_of
    days = as_of.first, as_of.last
    named = {p for m in subject.reading.people for p in m.people}
    found = peers(claim, subject)
    for office in knowledge.offices.values():
        if office.country != claim.office.country or office.id == claim.office.id:
            continue
        if office.role not in _ROLES or office.collective or office.titles[0] in _NOBLE:
            continue
        for term in knowledge.holders(office.id, as_of.last):
            person = knowledge.people[term.person]
            fits = person.gender == claim.person.gender and person.id not in named
            if fits and knowledge.in_office(person.id, office.id, *days) is Truth.HOLDS:
                found.append((person, office))
    cells = [Cell(person, office) for person, office in found]
    return [cell for cell in cells if _excludes(cell, claim, subject)]


def _can_be_told_of(other: Cell, claim: Claim, subject: Subject) -> bool:
    """Whether every trace of the holder and their office is a mention that can be written anew.

    Only the holder of the same office elsewhere does the same: no secretary of state signs a law.
    """
    reading, knowledge = subject.reading, subject.knowledge
    own, new = claim.office, other.office
    if own.titles[0] != new.titles[0] or own.country == new.country:
        return False
    country = knowledge.countries[own.country]
    return can_follow(claim, reading) and can_be_exchanged(claim, country, reading)


def in_full(crossing: Crossing) -> Crossing:
    """The same with full names at the site: a surname there would be another person's."""
    return replace(crossing, site=replace(crossing.site, surname=None))


def told(crossing: Crossing, story: Cell, said: Cell, subject: Subject, draw: Draw) -> Revision:
    """The article told of one cell, with another (or the same) written at the site.

    Variant and control must be given draws of one key, so that they are written in one manner.
    """
    claim, site = crossing.claim, crossing.site
    manner = drawn_manner(claim, site, [crossing.own, crossing.other], subject, draw)
    revision = exchange(claim, story, subject, leaving=site.place)
    revision.replace(site.place, written_apart(said, site, manner, subject))
    return revision


def bound_proposal(
    crossing: Crossing,
    wrong: tuple[Cell, Cell],
    right: Cell,
    note: str,
    subject: Subject,
    draw: Draw,
) -> Proposal:
    """The proposal whose variant is told of one cell and says another, or is false throughout.

    Args:
        crossing: where, and of whom.
        wrong: the cell of the story, and the false one that is written at the site.
        right: the cell of the control, in both places.
        note: what the control keeps.
        subject: the article.
        draw: of the manner.
    """
    key = draw.seed()
    variant = told(crossing, *wrong, subject, draw.derived(key))
    control = told(crossing, right, right, subject, draw.derived(key))
    span = variant.moved(crossing.site.place)
    found = wrong_holder(span, wrong[1], variant, crossing.claim, subject, of=BOUND_OFFICE)
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

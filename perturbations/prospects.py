"""Accessions that may be supposed on a day, and others that had come by then.

Two countries and two organisations make a block where each country belongs to one of them alone:
two accessions that have come, two that are open. Variants are drawn from the first, source and
control from the others, so that neither a country nor an organisation tells them apart; only who
belonged to what on that day does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from perturbations.draw import Draw
from perturbations.knowledge import Country, Knowledge, Organisation, Presupposition
from perturbations.reading.mentions import AsOf, Reading
from perturbations.turns import the, who_of

ORGANISATIONS = ("EU", "EuroArea", "NATO", "OECD", "Schengen")
"""What a European country may be supposed to join."""
COUNTRIES = (
    *("AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB"),
    *("GE", "GR", "HR", "HU", "IE", "IS", "IT", "LT", "LU", "LV", "MD", "ME", "MK", "MT", "NL"),
    *("NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA"),
)
RECENT = timedelta(days=3 * 366)
"""How far from the day an accession makes its block preferred."""
PREFERENCE = 4
"""How many times as often a block is drawn that is recent, or whose countries are named."""

CLAUSES = (
    "if {who} joins {name}",
    "in case {who} joins {name}",
    "should {who} join {name}",
)
"""Ways to suppose an accession."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A country and an organisation that it is supposed to join."""

    country: Country
    organisation: Organisation

    def clause(self, form: int) -> str:
        """The supposition in one of the forms of `CLAUSES`."""
        return CLAUSES[form].format(who=who_of(self.country), name=the(self.organisation))


@dataclass(frozen=True, slots=True)
class Block:
    """Two accessions that had come by the day, and the two others of the same names, still open."""

    come: tuple[Cell, Cell]
    still: tuple[Cell, Cell]
    weight: int

    def beside(self, cell: Cell) -> Cell | None:
        """The other open accession, where the cell is one of the two."""
        if cell not in self.still:
            return None
        return self.still[1] if cell == self.still[0] else self.still[0]


def blocks(as_of: AsOf, reading: Reading, knowledge: Knowledge) -> list[Block]:
    """Every block for an article's time, in the order of the names."""
    held = {id: _standing(id, as_of, knowledge) for id in ORGANISATIONS}
    named = frozenset(id for id in COUNTRIES if knowledge.countries[id].name in reading.text)
    found = []
    for one, two in combinations(ORGANISATIONS, 2):
        first = [c for c in COUNTRIES if held[one].get(c) and held[two].get(c) is False]
        second = [c for c in COUNTRIES if held[two].get(c) and held[one].get(c) is False]
        for here in first:
            for there in second:
                come = _cell(here, one, knowledge), _cell(there, two, knowledge)
                still = _cell(here, two, knowledge), _cell(there, one, knowledge)
                recent = any(_is_recent(cell, as_of, knowledge) for cell in (*come, *still))
                weight = PREFERENCE**recent * PREFERENCE ** bool(named & {here, there})
                found.append(Block(come, still, weight))
    return found


def drawn(found: Sequence[Block], draw: Draw) -> Block:
    """One of the blocks, each as often as its weight says.

    Raises:
        ValueError: there are none.
    """
    place = draw.below(sum(block.weight for block in found))
    for block in found:
        place -= block.weight
        if place < 0:
            return block
    raise ValueError("no block to draw")  # below() gives less than the sum of all weights


def _cell(country: str, organisation: str, knowledge: Knowledge) -> Cell:
    return Cell(knowledge.countries[country], knowledge.organisations[organisation])


def _standing(organisation: str, as_of: AsOf, knowledge: Knowledge) -> dict[str, bool]:
    """Which countries surely belong, and which surely do not; the undecided are left out."""
    found: dict[str, bool] = {}
    if organisation not in knowledge.organisations:
        return found
    for country in COUNTRIES:
        if country not in knowledge.countries:
            continue
        standing = knowledge.member_standing(country, organisation, as_of.first, as_of.last)
        if standing == {Presupposition.HOLDS}:
            found[country] = True
        elif standing == {Presupposition.NOT_YET}:  # who left and comes back would rejoin
            found[country] = False
    return found


def _is_recent(cell: Cell, as_of: AsOf, knowledge: Knowledge) -> bool:
    days: list[date] = [
        one.start for one in knowledge.memberships_of(cell.country.id, cell.organisation.id)
    ]
    return any(abs(day - as_of.last) <= RECENT for day in days)

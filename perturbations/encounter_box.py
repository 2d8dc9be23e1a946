"""A box that names the parties of an encounter once more, where another one can conflict."""

from __future__ import annotations

from perturbations.cells import Cell
from perturbations.draw import Draw
from perturbations.incumbents import drawn_peers
from perturbations.person_boxes import OfficeLine, since
from perturbations.proposal import NotApplicable, Subject
from perturbations.protagonists import FORMS, formed, holder_of
from perturbations.reading.accounts import accounts
from perturbations.reading.boxes import ENCOUNTER_LABELS, OFFICE_HEADINGS, OFFICE_LINES, restatable
from perturbations.reading.encounter_mentions import Encounter, Party
from perturbations.reading.frames import restatements
from perturbations.text import Ledger
from perturbations.timeline import placed


class EncounterBox:
    """Adds a line `Who spoke: X and Y`, and a line on another leader's office, below the body.

    The parties are those named above. The other leader is one who could stand in the first line for
    the second party, so that two names and two places can be crossed.
    """

    name = "encounter_box"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds it; none where a box stands, or the headline's account must do.

        Raises:
            NotApplicable: no encounter of two known people is told in the body, or twice.
        """
        reading = subject.reading
        if any(again.frame == "encounter" for again in restatements(reading)):
            return Ledger()
        try:
            return Ledger.of(placed(_box(subject, draw), reading))
        except NotApplicable:
            if any(True for _ in accounts(reading)):
                return Ledger()
            raise


def _box(subject: Subject, draw: Draw) -> str:
    reading, knowledge = subject.reading, subject.knowledge
    found = [e for kind in ENCOUNTER_LABELS if (e := restatable(reading, kind)) is not None]
    fit = [e for e in found if _are_two(e) and not any(p.person is None for p in e.parties)]
    if not fit:
        raise NotApplicable("no encounter of two known people that a box could restate")
    encounter = draw.choice(fit)
    one, two = draw.shuffled([_named(party, subject, draw) for party in encounter.parties])
    block = f"{draw.choice(ENCOUNTER_LABELS[encounter.kind])}: {one} and {two}"
    others = [
        cell
        for party in encounter.parties[1:]
        if party.person is not None and (claim := holder_of(party.person, subject)) is not None
        if since(Cell(claim.person, claim.office), knowledge)
        for person, office in drawn_peers(claim, subject, draw)[:4]
        if since(cell := Cell(person, office), knowledge)
        and len(knowledge.offices_of(person.id, claim.as_of.last)) == 1
    ]
    if not others:
        raise NotApplicable("no other leader could stand in the box")
    line = OfficeLine(draw.choice(FORMS[:2]), draw.choice(OFFICE_LINES))
    said = line.written(draw.choice(others), None, knowledge)
    return f"{block}\n\n{draw.choice(OFFICE_HEADINGS)}\n\n{said}"


def _are_two(encounter: Encounter) -> bool:
    people = {party.person.person if party.person else None for party in encounter.parties}
    return len(people) == len(encounter.parties) and None not in people


def _named(party: Party, subject: Subject, draw: Draw) -> str:
    """A holder of an office in one of the forms; anybody else by the name of the tables.

    Raises:
        NotApplicable: the party is marked as former or the like, which a box would have to repeat.
    """
    if party.person is None or party.person.modifiers:
        raise NotApplicable("a party is marked as a former holder or the like")
    claim = holder_of(party.person, subject)
    if claim is not None:
        cell = Cell(claim.person, claim.office)
        return formed(draw.choice(FORMS[:2]), cell, subject.knowledge)
    return subject.knowledge.people[party.person.person or ""].name

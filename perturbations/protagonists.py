"""Two mentions of the doer of one act, and the names that either may take."""

from __future__ import annotations

from dataclasses import dataclass

from perturbations.draw import Draw
from perturbations.incumbents import peers
from perturbations.invention import invented_name
from perturbations.knowledge import Knowledge, Office, Person
from perturbations.naming import adjective, clings, is_state, surname_of
from perturbations.proposal import Subject
from perturbations.reading.mentions import PersonForm
from perturbations.text import Span


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of one doer: the one to be changed, and the other."""

    moving: Span
    staying: Span
    basis: str
    slot: str


_FORMS = ("{adjective} {title} {full}", "{title} {full}", "{title} {short}", "{full}", "{short}")
"""How headline and teaser may name a holder."""


def other_holder(pair: Pair, subject: Subject, draw: Draw) -> tuple[str, str] | None:
    """Another sitting holder and the same person, in one form that the mention has not."""
    reading, knowledge = subject.reading, subject.knowledge
    mention = next((m for m in reading.people if pair.moving.covers(m.span)), None)
    if mention is None or reading.as_of is None or mention.person is None or mention.modifiers:
        return None
    if clings(pair.moving, reading.text):
        return None
    person, own = knowledge.people[mention.person], reading.as_of.last
    if mention.form is PersonForm.OFFICE or (
        mention.possessive and len(mention.possessive.text) < 2
    ):
        return None
    for term in knowledge.offices_of(person.id, own):
        office = knowledge.offices[term.office]
        others = peers(office, person, reading.as_of, subject)
        if not others or not is_state(knowledge.countries[office.country]):
            continue
        other, elsewhere = draw.choice(others)
        for form in draw.shuffled(_FORMS):
            right = _formed(form, person, office, knowledge)
            if right not in (pair.moving.text, mention.span.text):
                return _formed(form, other, elsewhere, knowledge), right
    return None


def _formed(form: str, person: Person, office: Office, knowledge: Knowledge) -> str:
    return form.format(
        adjective=adjective(knowledge.countries[office.country]),
        title=office.titles[0],
        full=person.name,
        short=(person.surnames or (person.surname,))[0],
    )


def other_name(pair: Pair, subject: Subject, draw: Draw) -> tuple[str, str] | None:
    """For somebody in no table: an invented name and their own, as surname or as full name."""
    reading = subject.reading
    known = any(p.overlaps(m.span) for m in reading.people for p in (pair.moving, pair.staying))
    if known or pair.basis != "annotated":
        return None
    surname, other = surname_of(pair.moving.text), surname_of(pair.staying.text)
    invented = invented_name(reading.text, draw)
    if surname == other != pair.moving.text:
        return invented.split()[-1], surname
    whole_name = pair.staying.text.split()
    given = len(whole_name) - len(surname.split()) - 1
    if surname == other and given >= 0:
        return invented, " ".join(whole_name[given:])
    return None

"""Two mentions of the doer of one act, and what a variant and a control make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perturbations.cells import Cell
from perturbations.claims import Claim
from perturbations.draw import Draw
from perturbations.exchange import can_be_exchanged, exchange, rename_throughout
from perturbations.incumbents import drawn_peers
from perturbations.invention import gender_of, invented_name
from perturbations.knowledge import Knowledge, Truth
from perturbations.naming import adjective, adjust_possessive, clings, is_state, surname_of, titled
from perturbations.proposal import NotApplicable, Revision, Subject
from perturbations.reading.encounter_mentions import Stranger
from perturbations.reading.mentions import PersonForm, PersonMention, Reading
from perturbations.text import Edit, Ledger, Span

FORMS = ("{adjective} {title} {full}", "{title} {full}", "{title} {short}", "{full}", "{short}")
"""How headline and teaser may name a holder."""


_SAME, _OTHER = "the same person in another form", "the other person throughout"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of one doer: the one to be changed, and the other."""

    moving: Span
    staying: Span
    basis: str
    slot: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the moving mention becomes in the variant, and the control's edits.

    `right` is the same person in the form of `wrong`; `elsewhere` names the other person wherever
    else the first one is named, where that can be done.
    """

    wrong: str
    control: Ledger
    note: str
    right: str = ""
    elsewhere: Ledger | None = None


def changes(pair: Pair, subject: Subject, draw: Draw) -> Iterator[Change]:
    """Changes of one mention: for a known holder, or for somebody in no table.

    In the variant the moving mention names another person in a form that it did not have. In the
    control it names the same person in that form; or it names the other one there, and so does
    every mention: then the other person's name stands in variants and controls alike.
    """
    mention = next((m for m in subject.reading.people if pair.moving.covers(m.span)), None)
    if mention is not None:
        yield from _known(pair, mention, subject, draw)
    else:
        yield from _unknown(pair, subject, draw)


def _known(pair: Pair, mention: PersonMention, subject: Subject, draw: Draw) -> Iterator[Change]:
    claim = holder_of(mention, subject)
    if claim is None or clings(pair.moving, subject.reading.text):
        return
    country = subject.knowledge.countries[claim.office.country]
    followed = all(not (m.quoted or m.in_reference or m.modifiers) for m in claim.chain)
    if not is_state(country):
        return
    throughout = followed and can_be_exchanged(claim, country, subject.reading)
    for other, office in drawn_peers(claim, subject, draw)[:2]:
        cell, own = Cell(other, office), Cell(claim.person, claim.office)
        readable = [form for form in FORMS if _can_be_read(form, cell, subject.knowledge)]
        for form in draw.shuffled(readable)[:2]:
            right = formed(form, own, subject.knowledge)
            wrong = formed(form, cell, subject.knowledge)
            if right in (pair.moving.text, mention.span.text):
                continue
            revision = _exchanged(claim, cell, pair, subject) if throughout else None
            elsewhere = revision.ledger() if revision else None
            if revision is None or draw.chance(0.5):
                ledger = Ledger.of(Edit.replace(pair.moving, right))
                yield Change(wrong, ledger, _SAME, right, elsewhere)
            else:
                revision.replace(pair.moving, wrong)
                adjust_possessive(mention, wrong, revision)
                yield Change(wrong, revision.ledger(), _OTHER, right, elsewhere)


def _exchanged(claim: Claim, cell: Cell, pair: Pair, subject: Subject) -> Revision | None:
    """The other person named wherever the first one is, but there; None where a form forbids it."""
    try:
        return exchange(claim, cell, subject, leaving=pair.moving)
    except NotApplicable:
        return None  # the other person can still be named in this one mention


def crossed(change: Change, pair: Pair, subject: Subject, draw: Draw) -> Revision:
    """The variant's edits: the other person in the moving mention alone, or everywhere but there.

    Two people and two places give four cells, of which the control has the true ones; so no name
    is right or wrong more often than the other, and neither place holds more of them.
    """
    text = subject.reading.text
    if change.elsewhere is not None and draw.chance(0.5):
        revision = Revision(text, list(change.elsewhere.edits))
        revision.replace(pair.moving, change.right)
        return revision
    revision = Revision(text)
    revision.replace(pair.moving, change.wrong)
    return revision


def holder_of(mention: PersonMention, subject: Subject) -> Claim | None:
    """The mention's person with the office that they surely hold at the article's time."""
    reading, knowledge = subject.reading, subject.knowledge
    if reading.as_of is None or mention.person is None or mention.form is PersonForm.OFFICE:
        return None
    if mention.modifiers or (mention.possessive and len(mention.possessive.text) < 2):
        return None
    days = reading.as_of.first, reading.as_of.last
    held = [
        term.office
        for term in knowledge.offices_of(mention.person, days[1])
        if knowledge.in_office(mention.person, term.office, *days) is Truth.HOLDS
    ]
    meant = [office for office in held if office in mention.offices] or held
    if len(set(meant)) != 1:
        return None  # a king of fifteen countries is called the king of none in particular
    return Claim(
        mention,
        reading.chain(mention.chain),
        knowledge.people[mention.person],
        knowledge.offices[meant[0]],
        reading.as_of,
    )


def _can_be_read(form: str, cell: Cell, knowledge: Knowledge) -> bool:
    """Whether a form names one person, in an article that names them nowhere else.

    A bare surname never does, and one behind a title only where no other holder of it bears it.
    """
    if "{full}" in form:
        return True
    if "{title}" not in form:
        return False
    surnames = set(cell.person.surnames or (cell.person.surname,))
    offices = knowledge.title_holders(cell.office.titles[0])
    holders = {term.person for office in offices for term in knowledge.terms_of(office=office)}
    return sum(not surnames.isdisjoint(knowledge.people[p].surnames) for p in holders) == 1


def formed(form: str, cell: Cell, knowledge: Knowledge) -> str:
    """Writes one of `FORMS` for a cell."""
    title, name = cell.office.titles[0], cell.person.name
    return form.replace("{title} {full}", titled(title, name)).format(
        adjective=adjective(knowledge.countries[cell.office.country]),
        title=title,
        full=name,
        short=(cell.person.surnames or (cell.person.surname,))[0],
    )


def _unknown(pair: Pair, subject: Subject, draw: Draw) -> Iterator[Change]:
    """For somebody in no table: an invented name and their own, as surname or as full name."""
    reading = subject.reading
    surname, other = surname_of(pair.moving.text), surname_of(pair.staying.text)
    if surname != other or any(m.span.overlaps(pair.staying) for m in reading.people):
        return
    words = pair.staying.text.split()
    given = words[-len(surname.split()) - 1] if len(words) > len(surname.split()) + 1 else None
    gender = gender_of(given) if given else None
    first, last = invented_name(reading.text, draw, gender).split(maxsplit=1)
    names = {surname: last}
    stranger = _introduced(pair.moving, reading)
    full = stranger.name.text if stranger else ""
    told = gender_of(stranger.given) if stranger else None
    # Without its role it is another form already; a bare surname introduces nobody.
    if told is not None:
        first, last = invented_name(reading.text, draw, told).split(maxsplit=1)
        wrong, right = f"{first} {last}", full
        names, gender = {surname: last, full: wrong}, told
    elif full and full not in pair.staying.text:
        wrong, right = f"{full.removesuffix(surname)}{last}", full
    elif surname != pair.moving.text:
        # Where no first name is written, the person keeps their own wherever one is.
        wrong, right = last, surname
    elif given is not None:
        wrong, right = f"{first} {last}", f"{given} {surname}"
        names[right] = wrong
    else:
        return
    # A first name that tells nothing leaves open which pronouns would be right.
    fits = gender is not None or len(names) == 1
    revision = _throughout(reading, names, pair) if fits else None
    elsewhere = revision.ledger() if revision else None
    if revision is None or draw.chance(0.5):
        ledger = Ledger.of(Edit.replace(pair.moving, right))
        yield Change(wrong, ledger, _SAME, right, elsewhere)
    else:
        revision.replace(pair.moving, wrong)
        yield Change(wrong, revision.ledger(), _OTHER, right, elsewhere)


def _introduced(span: Span, reading: Reading) -> Stranger | None:
    """Who is mentioned there by full name behind a role: Superintendent Karen Whitlow."""
    for stranger in reading.strangers:
        ends = stranger.name.end == span.end and span.covers(stranger.name)
        if stranger.full and ends and stranger.name != span:
            return stranger
    return None


def _throughout(reading: Reading, names: dict[str, str], pair: Pair) -> Revision | None:
    try:
        return rename_throughout(reading, names, leaving=pair.moving)
    except NotApplicable:
        return None

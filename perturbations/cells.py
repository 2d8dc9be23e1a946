"""Cells: who is named in which office, and as what; and how a claim is written for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perturbations.claims import Claim
from perturbations.defects import Defect, Evidence, EvidenceKind, Rule, Scope, Witness
from perturbations.draw import Draw
from perturbations.knowledge import Office, Person
from perturbations.naming import (
    Style,
    adjective,
    adjust_possessive,
    apostrophe_of,
    capitalised,
    has_article,
    rename,
    starts_sentence,
    styles_for,
    whole,
    written,
)
from perturbations.proposal import Control, NotApplicable, Proposal, Revision, Subject, defect
from perturbations.reading.mentions import PersonForm, PersonMention
from perturbations.reading.titles import in_case_of
from perturbations.text import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """Who is named, in which office, and whether as a former holder.

    Two people and two statuses give four cells, two of them true. Variants are drawn from the
    false ones and controls from the true ones, so that neither a name nor the word "former" tells
    them apart; two people and two countries do the same.
    """

    person: Person
    office: Office
    former: bool = False


def drawn_style(
    claim: Claim,
    subject: Subject,
    draw: Draw,
    *,
    beside_former: bool = False,
    also: Office | None = None,
) -> Style | None:
    """A style for the first mention in which it would read otherwise than it does.

    With `beside_former`, one before which "former" can stand ("former Japan's ..." can't); with
    `also`, one that suits another office as well. Before a possessive suffix no country ends it.
    """
    suits = styles_for(also or claim.office, subject.knowledge)
    same = Cell(claim.person, claim.office, claim.former)
    own = whole(claim.mention, subject.reading.text).text
    found = [
        style
        for style in styles_for(claim.office, subject.knowledge)
        if not (beside_former and style is Style.POSSESSIVE)
        and not (claim.mention.possessive and style is Style.OF_COUNTRY)
        and style in suits
        and first_mention(claim, same, style, subject).casefold() != own.casefold()
    ]
    return draw.choice(found) if found else None


def first_mention(claim: Claim, cell: Cell, style: Style, subject: Subject) -> str:
    """Writes the claim's first mention for a cell."""
    reading = subject.reading
    text = written(
        cell.person,
        cell.office,
        style,
        subject.knowledge,
        apostrophe=apostrophe_of(reading),
        like=reading.text,
    )
    if cell.former:
        text = f"former {text}"
    place = whole(claim.mention, reading.text)
    return capitalised(text) if starts_sentence(place, reading) else text


def rewrite(claim: Claim, cell: Cell, style: Style, subject: Subject) -> Revision:
    """Lets every mention of the chain speak of a cell: the edits of a variant or a control.

    The claim's own mention is written in `style`. Others keep their form, but for the name, the
    country and the status; those behind it lose their title, which a former holder does not carry,
    so that all four cells are written alike.
    """
    revision = Revision(subject.reading.text)
    for mention in claim.chain:
        place = whole(mention, revision.text)
        if mention is claim.mention:
            first = first_mention(claim, cell, style, subject)
            revision.replace(place, first)
            adjust_possessive(mention, first, revision)
        elif mention.form is not PersonForm.TITLED or mention.name is None:
            rename(mention, cell.person, revision)
        elif mention.span.start > claim.mention.span.start:
            short = (cell.person.surnames or (cell.person.surname,))[0]
            if mention.capitals:
                short = short.upper()
            named = f"{mention.honorific.text} {short}" if mention.honorific else short
            place = _with_article(place, revision.text)
            starts = starts_sentence(place, subject.reading)
            revision.replace(place, capitalised(named) if starts else named)
            adjust_possessive(mention, short, revision)
        else:
            earlier = _earlier(mention, claim, cell, subject)
            if mention.capitals:
                earlier = earlier.upper()
            if cell.office.titles[0].islower():
                place = _with_article(place, revision.text)
            starts = starts_sentence(place, subject.reading)
            revision.replace(place, capitalised(earlier) if starts else earlier)
            adjust_possessive(mention, cell.person.name, revision)
    return revision


def _with_article(place: Span, text: str) -> Span:
    """The place with the article before it, which a name without its title can't take."""
    article = re.search(r"\b[Tt]he $", text[max(0, place.start - 4) : place.start])
    return Span.of(text, place.start - 4, place.end) if article else place


def _earlier(mention: PersonMention, claim: Claim, cell: Cell, subject: Subject) -> str:
    """A titled mention before the claim's own, as a headline has it: in its own form."""
    if mention.name is None:
        return mention.span.text
    short = len(mention.name.text.split()) == 1
    title = cell.office.titles[0]
    name = (cell.person.surnames or (cell.person.surname,))[0] if short else cell.person.name
    if title.islower():
        return name  # "leader" is no title that stands before a name without its country
    pieces = [(mention.name, name)]
    if mention.country is not None and cell.office.country != claim.office.country:
        pieces.append((mention.country, country_like(mention.country.text, claim, cell, subject)))
    if mention.title is not None and title != claim.office.titles[0]:
        pieces.append((mention.title, in_case_of(mention.title.text, title)))
    text, start = mention.span.text, mention.span.start
    for span, after in sorted(pieces, reverse=True):
        text = text[: span.start - start] + after + text[span.end - start :]
    return f"former {text}" if cell.former else text


def country_like(text: str, claim: Claim, cell: Cell, subject: Subject) -> str:
    """The cell's country in the form in which the claim's is written.

    Raises:
        NotApplicable: the form is neither its name nor an adjective of it.
    """
    old = subject.knowledge.countries[claim.office.country]
    new = subject.knowledge.countries[cell.office.country]
    bare = text.removesuffix("’s").removesuffix("'s")
    if bare in old.adjectives:
        return adjective(new)
    if bare in (old.name, old.long, *old.aliases):
        if has_article(old) or has_article(new):
            raise NotApplicable("a country's name takes an article, which the other does not")
        return new.name + text[len(bare) :]
    raise NotApplicable(f"the country is written in a form of its own, {text!r}")


def proposal_of(
    claim: Claim, cells: tuple[Cell, Cell], style: Style, note: str, subject: Subject
) -> Proposal:
    """The proposal that writes a false cell in the variant and a true one in the control."""
    wrong, right = cells
    variant = rewrite(claim, wrong, style, subject)
    control = rewrite(claim, right, style, subject)
    span = variant.moved(whole(claim.mention, subject.reading.text))
    found = wrong_holder(span, wrong, variant, claim, subject)
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def swapped_proposal(
    pair: tuple[Claim, Claim], styles: tuple[Style, Style], note: str, subject: Subject
) -> Proposal:
    """The proposal that lets two holders change names throughout; the control leaves each theirs.

    Variant and control hold the same names and offices then, as often.
    """
    variant, control = Revision(subject.reading.text), Revision(subject.reading.text)
    for claim, other, style in zip(pair, reversed(pair), styles, strict=True):
        own = Cell(claim.person, claim.office)
        wrong = Cell(other.person, claim.office)
        variant.edits += rewrite(claim, wrong, style, subject).edits
        control.edits += rewrite(claim, own, style, subject).edits
    claim, other = pair
    span = variant.moved(whole(claim.mention, subject.reading.text))
    found = wrong_holder(span, Cell(other.person, claim.office), variant, claim, subject)
    return Proposal(variant.ledger(), (found,), Control(control.ledger(), note))


def wrong_holder(
    span: Span,
    wrong: Cell,
    variant: Revision,
    claim: Claim,
    subject: Subject,
    *,
    of: str | None = None,
) -> Defect:
    """The defect of a false cell that the variant writes at `span`; `of` is its kind of claim."""
    knowledge, reading = subject.knowledge, subject.reading
    holders = knowledge.holders(wrong.office.id, claim.as_of.last)
    terms = dict.fromkeys(
        term.id
        for term in (
            *knowledge.terms_of(person=wrong.person.id, office=wrong.office.id),
            *holders,
        )
    )
    cue = claim.as_of.cue
    field = None if cue else reading.article.reference_field
    when = Evidence("time of the article", span=variant.moved(cue) if cue else None, field=field)
    names = " and ".join(knowledge.people[term.person].name for term in holders)
    country = knowledge.countries[wrong.office.country].name
    return defect(
        "wrong_incumbent",
        [span],
        [*(Evidence("term of office", fact=term) for term in terms), when],
        f"“{span.text}” does not fit {claim.as_of.last.isoformat()}: the office of "
        f"{wrong.office.titles[0]} ({country}) was held by {names}.",
        Witness(
            Rule.INTERVAL, claim=(span,), field=field, expect={"of": of} if of is not None else {}
        ),
        scope=Scope.GLOBAL,
        kind=EvidenceKind.WORLD,
    )

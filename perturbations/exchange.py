"""Exchanging a person, and the country with them, throughout an article."""

from __future__ import annotations

import re

from perturbations.cells import Cell, country_like
from perturbations.claims import Claim, stands_elsewhere, words_of
from perturbations.knowledge import Country
from perturbations.naming import has_article, rename
from perturbations.proposal import NotApplicable, Revision, Subject
from perturbations.reading.mentions import Reading
from perturbations.reading.titles import in_case_of
from perturbations.text import Span

_REGION = re.compile(
    r"\b(?:Western Hemisphere|(?:Latin|South|Central) America|Caribbean|African?|Asian?|ASEAN|"
    r"Indo-Pacific|Pacific|Middle East|Gulf|Balkans?|Baltic|Nordic|Scandinavian?|Arctic|"
    r"Black Sea|Mediterranean|Schengen|euro (?:area|zone)|eurozone|Quad|AUKUS)\b"
)
"""Parts of the world, and their clubs, to which not every country belongs."""


def can_be_exchanged(claim: Claim, country: Country, reading: Reading) -> bool:
    """Whether the country stands nowhere but in the holder's mentions, and takes no article.

    Where the article speaks of a part of the world, the country may be meant with it.
    """
    if has_article(country) or _REGION.search(reading.text):
        return False
    return not stands_elsewhere(words_of(country), claim.chain, reading)


def exchange(
    claim: Claim, cell: Cell, subject: Subject, *, leaving: Span | None = None
) -> Revision:
    """Names the cell's person, with their office, wherever the claim's is named, in each form.

    Country and title are written anew where the cell's differ. The mention at `leaving` is left
    as it is.

    Raises:
        NotApplicable: a mention names country or title in a form that can't be carried over.
    """
    revision = Revision(subject.reading.text)
    other_title = cell.office.titles[0] != claim.office.titles[0]
    for mention in claim.chain:
        if leaving is not None and leaving.covers(mention.span):
            continue
        if mention.country is not None and cell.office.country != claim.office.country:
            name = country_like(mention.country.text, claim, cell, subject)
            revision.replace(mention.country, name)
        if mention.title is not None and other_title:
            if mention.title.text.casefold().endswith("s"):
                raise NotApplicable("a title in the plural")
            revision.replace(mention.title, in_case_of(mention.title.text, cell.office.titles[0]))
        if cell.person is not claim.person:
            rename(mention, cell.person, revision)
    return revision


def rename_throughout(reading: Reading, names: dict[str, str], *, leaving: Span) -> Revision:
    """Writes each name anew wherever it stands as whole words, but for the mention at `leaving`.

    For people in no table, whose mentions no recogniser knows.

    Raises:
        NotApplicable: a name stands in a quotation, an address or a reference, which never change.
    """
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in ordered)})\b")
    fixed = [*reading.layout.quotations, *reading.citations.addresses]
    if reading.citations.references is not None:
        fixed.append(reading.citations.references.span)
    revision = Revision(reading.text)
    for found in pattern.finditer(reading.text):
        place = Span(found.start(), found.end(), found.group())
        if leaving.overlaps(place):
            continue
        if any(span.overlaps(place) for span in fixed):
            raise NotApplicable("the name stands in a quotation or a reference, too")
        revision.replace(place, names[place.text])
    return revision

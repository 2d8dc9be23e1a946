"""Mentions for who met whom: encounters, people whom no table knows, and what tells a gender."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from perturbations.text import Span

if TYPE_CHECKING:
    from perturbations.reading.mentions import PersonMention

Gender = Literal["m", "f"]


class EncounterKind(StrEnum):
    """What the parties did with each other."""

    CALL = "call"
    """Spoke, talked, held a call: nothing says that they stood in one room."""
    MEETING = "meeting"
    """Met, hosted, welcomed, held a summit."""
    AGREEMENT = "agreement"
    """Signed or have a treaty, a deal, an agreement."""
    ADDRESS = "address"
    """One thanked, congratulated or invited the other."""


@dataclass(frozen=True, slots=True)
class Party:
    """One party of an encounter: a person of the reading, or a country by its id."""

    span: Span
    """As written, with what belongs to the mention, without a possessive suffix."""
    person: PersonMention | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two parties that the text puts side by side: "X spoke with Y", "talks between X and Y"."""

    span: Span
    """From the first party to the end of the second."""
    kind: EncounterKind
    head: Span
    """The verb or noun that says what they did."""
    parties: tuple[Party, Party]
    mutual: bool = False
    """Whether the parties can change places: "X met with Y", not "X received Y"."""
    more: bool = False
    """Whether a list goes on before the first or behind the second party."""
    in_headline: bool = False
    quoted: bool = False
    """In a quotation, a reference or an address: not the article's own words."""


class PronounForm(StrEnum):
    """How a word that tells a gender is used."""

    SUBJECT = "subject"
    OBJECT = "object"
    POSSESSIVE = "possessive"
    REFLEXIVE = "reflexive"
    HONORIFIC = "honorific"


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word that tells the gender of one person: he, her, himself, Ms.

    "her" before a noun is `POSSESSIVE`, else `OBJECT`; where that can't be told, `form` is None.
    """

    span: Span
    gender: Gender
    form: PronounForm | None


@dataclass(frozen=True, slots=True)
class Stranger:
    """A mention of a person whom no table knows, once introduced by full name and role.

    `chain` numbers the person in this article; the first mention of a chain introduces them.
    """

    span: Span
    """Role, honorific and name, as far as they are written before it: Superintendent Karen
    Whitlow."""
    name: Span
    chain: int
    surname: str
    given: str
    honorific: Span | None = None
    full: bool = False
    """Whether the full name is written."""

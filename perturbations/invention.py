"""Invented names, by faker, drawn like everything else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from perturbations.draw import Draw

if TYPE_CHECKING:
    from faker import Faker


def faker_for(draw: Draw) -> Faker:
    """A generator seeded by the draw; the next call seeds the same one anew."""
    fake = _faker()
    fake.seed_instance(draw.seed())
    return fake


ORDINARY_WORDS = frozenset(
    [
        *("Ball", "Ban", "Banks", "Barber", "Bell", "Berry", "Birch", "Bird", "Bishop", "Black"),
        *("Bond", "Booth", "Bull", "Butcher", "Butler", "Carpenter", "Chambers", "Cook", "Cross"),
        *("Dale", "Day", "Dean", "Farmer", "Field", "Fisher", "Ford", "Fox", "Freeman", "French"),
        *("Frost", "Fry", "Glover", "Grant", "Green", "Hall", "Hardy", "Hart", "Heath", "Hill"),
        *("Holland", "Hope", "Hunt", "Hunter", "John", "Jordan", "Kent", "Key", "King", "Knight"),
        *("Lamb", "Lane", "Law", "Leach", "Little", "Long", "Lord", "Lynch", "Major", "Marsh"),
        *("Marshall", "Mason", "May", "Miles", "Mills", "Moss", "Noble", "North", "Note", "Page"),
        *("Parts", "Peacock", "Pope", "Porter", "Potter", "Power", "Price", "Read", "Reed"),
        *("Rose", "Savage", "Sharp", "Shepherd", "Short", "Skinner", "Smart", "Stone", "Straw"),
        *("Summers", "Swift", "Vital", "Wade", "Wall", "Ward", "Waters", "Wells", "West"),
        *("White", "Winter", "Wood", "Woods", "Young"),
    ]
)
"""Surnames that are words or places too, and are misread where they stand alone: "Day met ..."."""


def invented_name(text: str, draw: Draw, gender: Literal["m", "f"] | None = None) -> str:
    """First name (of a gender, where one is asked for) and surname, neither of them in `text`.

    The surname is no ordinary word.
    """
    while True:
        fake = faker_for(draw)
        firsts = {"m": fake.first_name_male, "f": fake.first_name_female}
        first = str(firsts[gender]() if gender else fake.first_name())
        last = str(fake.last_name())
        if first not in text and last not in text and last not in ORDINARY_WORDS:
            return f"{first} {last}"


def gender_of(first_name: str) -> Literal["m", "f"] | None:
    """The gender whose names a first name is among; None where it is among both or neither."""
    male, female = _first_names()
    if (first_name in male) == (first_name in female):
        return None
    return "m" if first_name in male else "f"


@cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    from faker.providers.person.en_GB import Provider as British
    from faker.providers.person.en_US import Provider as American

    male = (*British.first_names_male, *American.first_names_male)
    female = (*British.first_names_female, *American.first_names_female)
    return frozenset(male), frozenset(female)


@cache
def _faker() -> Faker:
    """One generator for the process: making one takes longer than reading an article."""
    from faker import Faker

    return Faker("en_GB")

"""Invented names, by faker, drawn like everything else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from perturbations.draw import Draw

if TYPE_CHECKING:
    from faker import Faker


def faker_for(draw: Draw) -> Faker:
    """A generator seeded by the draw; the next call seeds the same one anew."""
    fake = _faker()
    fake.seed_instance(draw.seed())
    return fake


def invented_name(text: str, draw: Draw) -> str:
    """First name and surname, neither of which stands in `text` already."""
    while True:
        fake = faker_for(draw)
        first, last = str(fake.first_name()), str(fake.last_name())
        if first not in text and last not in text:
            return f"{first} {last}"


@cache
def _faker() -> Faker:
    """One generator for the process: making one takes longer than reading an article."""
    from faker import Faker

    return Faker("en_GB")

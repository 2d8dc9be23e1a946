"""Numbers and units of durations, in words and in digits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Unit = Literal["years", "months", "weeks", "days"]

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

UNITS: Mapping[str, tuple[Unit, int]] = {
    "day": ("days", 1),
    "week": ("weeks", 1),
    "fortnight": ("weeks", 2),
    "month": ("months", 1),
    "year": ("years", 1),
    "decade": ("years", 10),
    "century": ("years", 100),
}
"""What a written unit counts: the field it belongs to, and how many of it."""
PLURALS: Mapping[str, str] = {f"{unit}s": unit for unit in UNITS} | {"centuries": "century"}
ROUND_UNITS = frozenset({"decade", "century"})
"""Units that are hardly ever meant exactly."""


def spell(number: int) -> str:
    """Writes 0 to 99 in words (`forty-two`), anything else in digits with commas."""
    if not 0 <= number < 100:
        return f"{number:,}"
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens - 2]}-{ONES[ones]}" if ones else TENS[tens - 2]


NUMBERS: Mapping[str, int] = {spell(number): number for number in range(1, 100)} | {
    spell(number).replace("-", " "): number for number in range(21, 100) if number % 10
}
"""Numbers in words, as `spell` writes them or with a space for the hyphen."""

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
    """Writes 0 to 999 in words (`four hundred and two`), anything else in digits with commas."""
    if not 0 <= number < 1000:
        return f"{number:,}"
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{ONES[hundreds]} hundred" + (f" and {spell(rest)}" if rest else "")
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens - 2]}-{ONES[ones]}" if ones else TENS[tens - 2]


NUMBERS: Mapping[str, int] = {spell(number): number for number in range(1, 100)} | {
    spell(number).replace("-", " "): number for number in range(21, 100) if number % 10
}
"""Numbers below a hundred in words, as `spell` writes them or with a space for the hyphen."""


def read_number(words: str) -> int:
    """Reads a number in small letters: `a`, `forty-two`, `four hundred and two`.

    Raises:
        KeyError: this is no number below a thousand.
    """
    hundreds, hundred, rest = words.rpartition(" hundred")
    if not hundred:
        return 1 if words in ("a", "an") else NUMBERS[words]
    tail = rest.removeprefix(" and").strip()
    return 100 * read_number(hundreds) + (NUMBERS[tail] if tail else 0)

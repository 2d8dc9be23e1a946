"""Web addresses: where they stand in a text, and what they tell by the grammar of their outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import re2

from perturbations.knowledge import AddressGrammar, Outlet
from perturbations.reading.offsets import Encoded

_STOP = r'\s<>"“”«»「」『』【】（）。、，；\x00-\x20'

_ADDRESS = re2.compile(
    (
        rf"(?i)\bhttps?://[^{_STOP}]+|\bwww\.[a-z0-9-]+\.[^{_STOP}]+|"
        r"\b(?:[a-z0-9][a-z0-9-]*\.)+(?:com|org|net|info|gov|edu|int|mil|news|example|test|invalid|"
        rf"co\.uk|[a-z][a-z])/[^{_STOP}]+"
    ).encode()
)

_HOST_END = re.compile(r"[/?#\\]")
_TRAILING = ".,;:!?'’‘*_~`|…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}

MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        range(1, 13),
        strict=True,
    )
)
"""English abbreviations to months."""


@dataclass(frozen=True, slots=True)
class AddressTells:
    """What an address tells by one pattern of its outlet's grammar, as far as it does."""

    grammar: AddressGrammar
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    """A running number (BBC, until 2024) that grows with time."""

    @property
    def date(self) -> date | None:
        """The day that the address names, or None where it names none or an impossible one."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def find_addresses(source: Encoded) -> list[tuple[int, int]]:
    """Finds every web address as byte offsets, in order, without the punctuation behind it.

    Addresses have a scheme, begin with `www.`, or are a host with a path; a bare host
    ("Vaccines.gov") is a name, not an address.
    """
    found = []
    for match in _ADDRESS.finditer(source.data):
        start, end = match.span()
        address = source.data[start:end].decode("utf-8", "surrogateescape")
        kept = trimmed(address)
        if "." in kept:
            found.append((start, start + len(kept.encode("utf-8", "surrogateescape"))))
    return found


def trimmed(address: str) -> str:
    """Cuts what prose put behind an address: punctuation, and brackets that it did not open."""
    surplus = {c: address.count(c) - address.count(o) for c, o in _BRACKETS.items()}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    address = address[:end]
    for bracket in ("](", ")["):
        address = address.split(bracket, 1)[0]
    return address


def host_and_path(address: str) -> tuple[str, str]:
    """Splits an address into its host in lower case, without `www.`, and its path.

    What is no address gives two empty strings.
    """
    try:
        parts = urlsplit(address if "://" in address[:8] else f"https://{address}")
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    return host.removeprefix("www."), parts.path


def host_of(address: str) -> str:
    """The host of an address that was recognised in a text, as `host_and_path` gives it.

    Much quicker: where every address of a text is looked up, parsing each would be felt.
    """
    start = address.find("://") + 3 if "://" in address[:8] else 0
    host = _HOST_END.split(address[start:], maxsplit=1)[0].rpartition("@")[2]
    return host.partition(":")[0].lower().removeprefix("www.")


def what_address_tells(address: str, outlet: Outlet) -> AddressTells | None:
    """Reads an address by its outlet's grammar; None where no pattern fits its path.

    The named groups of a pattern are `year`, `month` (digits or an English abbreviation), `day`
    and `id`. Validity intervals are not looked at: that is the asker's rule to apply.
    """
    _, path = host_and_path(address)
    for grammar in outlet.grammar:
        match = re2.search(grammar.pattern, path)
        if match is not None:
            told = match.groupdict()
            return AddressTells(
                grammar,
                year=_number(told.get("year")),
                month=_month(told.get("month")),
                day=_number(told.get("day")),
                number=_number(told.get("id")),
            )
    return None


def _number(digits: str | None) -> int | None:
    if digits is None or not digits.isascii() or not digits.isdigit():
        return None
    return int(digits[:18])


def _month(text: str | None) -> int | None:
    return MONTHS.get(text[:3].lower()) if text and text[0].isalpha() else _number(text)

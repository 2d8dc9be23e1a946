"""Web addresses: where they stand in a text, and what they tell by the grammar of their outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
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

RESERVED = (".example", ".invalid", ".test")
"""Ends of hosts that nobody can own: where the addresses of invented outlets lie."""
_PLAIN_GRAMMARS = tuple(
    AddressGrammar(pattern, ("year", "month", "day"), None, None, None, None)
    for pattern in (
        r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d\d)/(?P<day>\d\d)(?:/|$)",
        r"[/-](?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[/-]|$)",
        r"/(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[/-]|$)",
    )
)
"""How invented outlets write the day into their addresses."""
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
    places: tuple[tuple[str, int, int], ...] = ()
    """Where in the address each part stands, by its name: `year`, `month`, `day`, `id`."""

    def place(self, name: str) -> tuple[int, int] | None:
        """Where in the address a part stands, or None where it tells none."""
        return next(((start, end) for part, start, end in self.places if part == name), None)

    @property
    def names_day(self) -> bool:
        """Whether it tells year, month and day, be there such a day or not."""
        return None not in (self.year, self.month, self.day)

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
    return next(every_telling(address, outlet), None)


def every_telling(address: str, outlet: Outlet) -> Iterator[AddressTells]:
    """Reads an address by each pattern of its outlet's grammar that fits its path, in order."""
    at, path = path_place(address)
    return _tellings(outlet.grammar, path, at)


def plain_telling(address: str) -> AddressTells | None:
    """Reads the day that an invented outlet's address tells, `/2025/09/03/` or `2025-09-03`.

    Only for hosts that nobody can own: what a real address means its outlet's grammar says.
    """
    if not host_of(address).endswith(RESERVED):
        return None
    at, path = path_place(address)
    return next(_tellings(_PLAIN_GRAMMARS, path, at), None)


def _tellings(grammars: Iterable[AddressGrammar], path: str, at: int) -> Iterator[AddressTells]:
    """Reads a path, which stands at `at` in its address, by each of the patterns that fit it."""
    for grammar in grammars:
        places = _parts(grammar.pattern, path)
        if places is None:
            continue
        told = {name: path[start:end] for name, start, end in places}
        yield AddressTells(
            grammar,
            year=_number(told.get("year")),
            month=_month(told.get("month")),
            day=_number(told.get("day")),
            number=_number(told.get("id")),
            places=tuple((name, at + start, at + end) for name, start, end in places),
        )


@lru_cache(maxsize=1024)
def _parts(pattern: str, path: str) -> tuple[tuple[str, int, int], ...] | None:
    """Where in a path each part that a pattern names stands; None where the pattern does not fit.

    An article's addresses are read again in each of its variants.
    """
    match = _compiled(pattern).search(path)
    if match is None:
        return None
    return tuple(
        (name, *match.span(group))
        for name, group in match.re.groupindex.items()
        if name in ("year", "month", "day", "id") and match.start(group) >= 0
    )


def path_place(address: str) -> tuple[int, str]:
    """Where in an address its path begins, and the path."""
    host, path = host_and_path(address)
    return address.find(path, address.casefold().find(host) + len(host)), path


def tellings(address: str, outlets: Iterable[Outlet]) -> list[tuple[AddressTells, Outlet | None]]:
    """Every way to read an address: by the grammar of each outlet, or as an invented outlet's."""
    told: list[tuple[AddressTells, Outlet | None]] = []
    known = False
    for outlet in outlets:
        known = True
        told += [(tells, outlet) for tells in every_telling(address, outlet)]
    plain = None if known else plain_telling(address)
    return told if plain is None else [(plain, None)]


@cache
def _compiled(pattern: str) -> Any:
    """Patterns are compiled once a process: RE2's own cache holds fewer than the table has."""
    return re2.compile(pattern)


def _number(digits: str | None) -> int | None:
    if digits is None or not digits.isascii() or not digits.isdigit():
        return None
    return int(digits[:18])


def _month(text: str | None) -> int | None:
    return MONTHS.get(text[:3].lower()) if text and text[0].isalpha() else _number(text)

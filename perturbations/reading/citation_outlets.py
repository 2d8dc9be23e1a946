"""Outlets in a text: by the names that the knowledge lists, and by the shape of a paper's name.

All names are looked for in one pass of an Aho-Corasick automaton; the shape in one pass of RE2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import re2
from ahocorasick_rs import BytesAhoCorasick

from perturbations.knowledge import Outlet
from perturbations.reading.offsets import Encoded

ORDINARY_WORDS = frozenset(
    "Age Atlantic Citizen Dawn Day Economist Express Fortune Globe Guardian Hill Independent "  # noqa: SIM905
    "Intercept Journal Local Mail Metro Mirror Nation National Nature News Observer People Post "
    "Punch Record Science Standard Star Sun Telegraph Tempo Time Times Tribune Variety Verge "
    "Week".split()
)
"""Names that are common words too: without their article, or before another capitalised word, they
name something else ("the National Guard", "People say")."""

_ARTICLE = (b"The ", b"the ")

_KINDS = (
    "Advertiser|Argus|Broadcasting|Bulletin|Chronicle|Courier|Dispatch|Echo|Enquirer|Evening News|"
    "Examiner|Express|Gazette|Globe|Guardian|Herald|Independent|Inquirer|Journal|Ledger|"
    "Mail|Mercury|Mirror|News|News Agency|Observer|Post|Press|Radio|Register|Reporter|"
    "Review|Sentinel|Standard|Star|Telegraph|Times|Tribune|Weekly|Wire"
)

_SHAPE = re2.compile(
    (
        r"\b(?:[Tt]he )?((?:\p{Lu}[\p{L}’'.&-]* (?:(?:and|of|&|on) )?){1,3}"
        rf"(?:{_KINDS})(?:-(?:{_KINDS}))?)\b"
    ).encode()
)
"""`the Alderwick Courier`; group 1 is the name without its article."""

_LEAD = re2.compile(
    rb"^(?:See|In|From|The|And|But|As|At|On|For|When|While|After|Before|Since|Meanwhile|Both|Its?|"
    rb"His|Her|Their|This|That|By|To|With|Former|Source|Sources) "
)
_WORD_BYTES = frozenset(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
) | frozenset(range(0x80, 0x100))
_MARKS = (b"\xe2\x80", b"\xc2\xab", b"\xc2\xbb", b"\xc2\xa0")
"""How dashes and quotation marks, guillemets and the no-break space begin in UTF-8."""


class HasOutlets(Protocol):
    """What an index is built from: `perturbations.knowledge.Knowledge`, or a stand-in for tests."""

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """Outlets by id."""
        ...


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet's name in a text, at byte offsets; `ids` is empty where only the shape tells."""

    start: int
    end: int
    ids: tuple[str, ...]
    common: bool = False
    """Whether the name is a common word as well: Time, Hill, National."""
    article: bool = False
    """Whether an article stands before it."""

    @property
    def ordinary(self) -> bool:
        """Whether it may well be no name at all."""
        return self.common and not self.article


class OutletIndex:
    """Looks up outlets by name and by address; built once, shared by every article."""

    def __init__(self, knowledge: HasOutlets) -> None:
        names: defaultdict[bytes, dict[str, None]] = defaultdict(dict)
        domains: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for outlet in knowledge.outlets.values():
            for name in (outlet.name, *outlet.aliases):
                names[_without_article(name).encode()][outlet.id] = None
            for domain in outlet.domains:
                domains[domain.lower()][outlet.id] = None
        self._names = {name: tuple(ids) for name, ids in names.items()}
        self._patterns = list(self._names)
        self._automaton = BytesAhoCorasick(self._patterns)
        self._domains = {domain: tuple(ids) for domain, ids in domains.items()}

    def of_name(self, name: str) -> tuple[str, ...]:
        """Lists the outlets that go by a name, with or without its article."""
        return self._names.get(_without_article(name.strip()).encode("utf-8", "replace"), ())

    def of_host(self, host: str) -> tuple[str, ...]:
        """Lists the outlets that publish under a host, by its longest known domain."""
        labels = host.lower().rstrip(".").split(".")
        for first in range(len(labels) - 1):
            if found := self._domains.get(".".join(labels[first:])):
                return found
        return ()

    def find(self, source: Encoded) -> list[NamedOutlet]:
        """Finds every outlet that is named, known ones before shapes, in order, none overlapping.

        A capital article belongs to the name ("The Guardian"); a small one is grammar ("the BBC").
        """
        data = source.data
        known = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            if _is_bounded(data, start, end):
                name = self._patterns[pattern]
                known.append(_with_article(data, start, end, self._names[name], name))
        shapes = [_shaped(data, *m.span(1)) for m in _SHAPE.finditer(data)]
        return _leftmost_longest(known, [shape for shape in shapes if shape is not None])


def _without_article(name: str) -> str:
    return name[4:] if name.startswith(("The ", "the ")) else name


def _is_bounded(data: bytes, start: int, end: int) -> bool:
    """Whether no letter or digit touches the range; dashes and quotation marks may."""
    before = (
        start == 0
        or data[start - 1] not in _WORD_BYTES
        or data[max(0, start - 3) : start].startswith(_MARKS)
        or data[max(0, start - 2) : start].startswith(_MARKS)
    )
    return before and (
        end == len(data) or data[end] not in _WORD_BYTES or data[end : end + 2] in _MARKS
    )


def _with_article(
    data: bytes, start: int, end: int, ids: tuple[str, ...], name: bytes
) -> NamedOutlet:
    article = data[max(0, start - 4) : start] in _ARTICLE
    capital = article and data[start - 4 : start] == b"The "
    common = name.decode() in ORDINARY_WORDS
    return NamedOutlet(start - 4 if capital else start, end, ids, common, article)


def _shaped(data: bytes, start: int, end: int) -> NamedOutlet | None:
    """A name by its shape, without what only begins a sentence: not "See" in "See The Times"."""
    while lead := _LEAD.search(data[start:end]):
        start += lead.end()
    if b" " not in data[start:end]:
        return None
    article = data[max(0, start - 4) : start] in _ARTICLE
    capital = article and data[start - 4 : start] == b"The "
    return NamedOutlet(start - 4 if capital else start, end, (), article=article)


def _leftmost_longest(
    known: Iterable[NamedOutlet], shapes: Iterable[NamedOutlet]
) -> list[NamedOutlet]:
    """Keeps the longest of those that begin first; a shape gives way to a known name it holds.

    Only a shape that goes on beyond the known name to the right or left is a name of its own:
    "Reuters News Agency" is Reuters, but "Belfast Telegraph" is not the Telegraph.
    """
    ranked = sorted([*known, *shapes], key=lambda n: (n.start, -n.end, not n.ids))
    kept: list[NamedOutlet] = []
    for name in ranked:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept

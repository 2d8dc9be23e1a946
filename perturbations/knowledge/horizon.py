"""Where the tables end: a warning for articles that are dated after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from perturbations.knowledge.tables import Knowledge

CLAIMS: Mapping[str, str] = MappingProxyType(
    {"terms": "office holders", "memberships": "memberships", "states": "states of the world"}
)
"""The tables that decide about days, and what of."""


def beyond(days: Iterable[date | None], knowledge: Knowledge) -> Iterator[str]:
    """Yields a sentence for each last day of the tables that some articles are dated after.

    Args:
        days: of each article, its date; None where it has none.
        knowledge: the tables.
    """
    dated = [day for day in days if day is not None]
    ends: defaultdict[date, list[str]] = defaultdict(list)
    for table in CLAIMS:
        if table in knowledge.tables:
            ends[knowledge.known_until(table)].append(table)
    for end, tables in sorted(ends.items()):
        late = sum(day > end for day in dated)
        if late:
            yield _sentence(late, end, tables, knowledge)


def _sentence(late: int, end: date, tables: list[str], knowledge: Knowledge) -> str:
    articles, them = ("articles are", "them") if late > 1 else ("article is", "it")
    speak = "tables {} speak" if len(tables) > 1 else "table {} speaks"
    spared = any(knowledge.tables[table].overlaid for table in tables)
    return (
        f"{late} {articles} dated after {end}, the last day of which "
        f"{speak.format(_listed(tables))}; claims about {_listed([CLAIMS[t] for t in tables])} in "
        f"{them} are left undecided{', except where an overlay knows more' if spared else ''}"
    )


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

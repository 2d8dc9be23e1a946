"""How much of the world the knowledge tables hold, and how surely: heads of UN members, outlets.

Days are counted as `in_office` decides them: with a margin around every change of holder, so that
even a table without a gap decides less than all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from perturbations.knowledge import Knowledge

UN_MEMBERS = frozenset(
    "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF "  # noqa: SIM905
    "CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD "
    "GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP "
    "KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY "
    "MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG "
    "SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC "
    "VE VN VU WS YE ZA ZM ZW".split()
)
"""The 193 member states of the United Nations."""

HEADS = {
    "head of state": frozenset({"head_of_state", "both"}),
    "head of government": frozenset({"head_of_government", "both"}),
}
"""What a country has, and the roles of offices that are it."""

COUNTED_FROM = date(2000, 1, 1)
"""First day of the decades that are counted."""

QUANTILES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Of the countries' earliest sure days: none later, a quarter later, ..."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Heads:
    """One kind of head, over all UN members."""

    kind: str
    members: int
    """UN members that have such an office in the tables."""
    held: int
    """Members of which somebody holds it on the table's last day."""
    earliest: tuple[date, ...]
    """Quantiles, as `QUANTILES`, of the first day with a sure holder; members without are left
    out."""
    decided: dict[str, float]
    """Decade to share of its days, over all 193 members, with exactly one sure holder."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """What is known of outlets and their addresses."""

    outlets: int
    domains: int
    with_grammar: int
    patterns: int
    dated_patterns: int
    """Patterns that tell a day."""
    bounded_patterns: int
    """Patterns of a period: with a first or a last day."""
    with_ids: int
    ids: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What the tables reach."""

    statuses: dict[str, dict[str, int]]
    """Table to status to number of facts, for tables whose facts have one."""
    missing: tuple[str, ...]
    """UN members that lack an office for either kind of head."""
    heads: tuple[Heads, ...]
    outlets: Outlets


def reach(knowledge: Knowledge) -> Reach:
    """Measures what the tables reach."""
    offices = {kind: _offices(knowledge, roles) for kind, roles in HEADS.items()}
    return Reach(
        statuses=dict(_statuses(knowledge)),
        missing=tuple(
            sorted(UN_MEMBERS - frozenset.intersection(*map(frozenset, offices.values())))
        ),
        heads=tuple(_heads(knowledge, kind, found) for kind, found in offices.items()),
        outlets=_outlets(knowledge),
    )


def _statuses(knowledge: Knowledge) -> Iterator[tuple[str, dict[str, int]]]:
    tables: dict[str, Iterable[Any]] = {
        "terms": knowledge.terms,
        "outlets": knowledge.outlets.values(),
        "states": knowledge.states.values(),
        "memberships": knowledge.memberships,
        "references": knowledge.references.values(),
    }
    for name, facts in tables.items():
        yield name, dict(sorted(Counter(str(fact.status) for fact in facts).items()))


def _offices(knowledge: Knowledge, roles: frozenset[str]) -> dict[str, list[str]]:
    """Country to its offices of these roles, UN members only."""
    found: dict[str, list[str]] = {}
    for office in knowledge.offices.values():
        if office.role in roles and office.country in UN_MEMBERS:
            found.setdefault(office.country, []).append(office.id)
    return found


def _heads(knowledge: Knowledge, kind: str, offices: dict[str, list[str]]) -> Heads:
    last = knowledge.known_until("terms")
    sure = {country: list(_sure(knowledge, ids)) for country, ids in offices.items()}
    starts = sorted(days[0][0] for days in sure.values() if days)
    return Heads(
        kind=kind,
        members=len(offices),
        held=sum(any(knowledge.holders(id, last) for id in ids) for ids in offices.values()),
        earliest=tuple(starts[round(q * (len(starts) - 1))] for q in QUANTILES) if starts else (),
        decided={
            f"{first.year // 10 * 10}s": _share(sure.values(), first, end)
            for first, end in _decades(last + _ONE_DAY)
        },
    )


def _sure(knowledge: Knowledge, offices: Sequence[str]) -> Iterator[tuple[date, date]]:
    """Yields the runs of days on which exactly one person surely holds one of the offices.

    Both a start and the day after an end, in order; runs may touch.
    """
    after = knowledge.known_until("terms") + _ONE_DAY
    runs = []
    for office in offices:
        stretches = knowledge.timeline(office).stretches
        ends = [*(stretch.start for stretch in stretches[1:]), after]
        runs += [
            (stretch.start, end, stretch.holder)
            for stretch, end in zip(stretches, ends, strict=True)
            if stretch.holder is not None and stretch.start < end
        ]
    days = sorted({day for start, end, _ in runs for day in (start, end)})
    for first, end in pairwise(days):
        if len({holder for start, stop, holder in runs if start <= first < stop}) == 1:
            yield first, end


def _decades(after: date) -> Iterator[tuple[date, date]]:
    first = COUNTED_FROM
    while first < after:
        end = date(first.year // 10 * 10 + 10, 1, 1)
        yield first, min(end, after)
        first = end


def _share(runs: Iterable[list[tuple[date, date]]], first: date, end: date) -> float:
    """The share of all members' days in `first` until before `end` that the runs cover."""
    days = sum(
        max((min(stop, end) - max(start, first)).days, 0) for run in runs for start, stop in run
    )
    return days / ((end - first).days * len(UN_MEMBERS))


def _outlets(knowledge: Knowledge) -> Outlets:
    outlets = list(knowledge.outlets.values())
    patterns = [pattern for outlet in outlets for pattern in outlet.grammar]
    return Outlets(
        outlets=len(outlets),
        domains=sum(len(outlet.domains) for outlet in outlets),
        with_grammar=sum(bool(outlet.grammar) for outlet in outlets),
        patterns=len(patterns),
        dated_patterns=sum({"year", "month", "day"} <= set(part.tells) for part in patterns),
        bounded_patterns=sum(bool(part.since or part.until) for part in patterns),
        with_ids=sum(bool(outlet.ids) for outlet in outlets),
        ids=sum(len(outlet.ids) for outlet in outlets),
    )

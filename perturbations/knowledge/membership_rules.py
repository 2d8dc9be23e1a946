"""What memberships, organisations and the events of states must obey among themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from perturbations.knowledge.model import Membership, Status, Turn
from perturbations.knowledge.tables import Knowledge

KINDS = ("bloc", "treaty")
"""What an organisation may be."""


def memberships(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """Members exist, belong once at a time, and not before the organisation is founded."""
    known = {*knowledge.countries, *knowledge.organisations}
    for one in knowledge.memberships:
        if one.organisation not in knowledge.organisations or one.member not in known:
            yield "memberships", one.id, f"no '{one.organisation}', or no '{one.member}'"
            continue
        founded = knowledge.organisations[one.organisation].founded
        if one.start < founded and one.status is not Status.UNCERTAIN:
            yield "memberships", one.id, f"starts {one.start}, before {founded}"
        if one.applied is not None and one.applied >= one.start:
            yield "memberships", one.id, f"applied {one.applied}, not before {one.start}"
        if one.notified is not None and (one.end is None or one.notified >= one.end):
            yield "memberships", one.id, f"notified {one.notified}, not before {one.end}"
    for pair in sorted({(m.member, m.organisation) for m in knowledge.memberships}):
        for one, other in combinations(knowledge.memberships_of(*pair), 2):
            if _overlap(one, other):
                yield "memberships", other.id, f"overlaps '{one.id}'"
    for organisation in knowledge.organisations.values():
        if organisation.kind not in KINDS:
            yield "organisations", organisation.id, f"kind '{organisation.kind}' is none of {KINDS}"


def _overlap(one: Membership, other: Membership) -> bool:
    return (one.end is None or other.start < one.end) and (
        other.end is None or one.start < other.end
    )


def events(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """An event begins or ends a state that has such a day, and was foreseen before it."""
    for state in knowledge.states.values():
        for turn, day in ((state.begins, state.start), (state.ends, state.end)):
            if turn is not None:
                for fault in _faults(turn, day):
                    yield "states", state.id, fault


def _faults(turn: Turn, day: date | None) -> Iterator[str]:
    if day is None:
        yield "an event that ends it, but no end"
    elif turn.over is not None and turn.over <= day:
        yield f"over {turn.over}, not after {day}"
    elif turn.foreseen is not None and turn.foreseen >= day:
        yield f"foreseen {turn.foreseen}, not before {day}"
    if not turn.who:
        yield "an event needs a subject"
    if turn.relative not in ("which", "who"):
        yield f"relative must be 'which' or 'who', got '{turn.relative}'"

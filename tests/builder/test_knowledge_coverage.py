"""What `builder knowledge check` says of the tables' reach."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest

from builder.knowledge_check import check, render
from builder.knowledge_coverage import UN_MEMBERS, Reach, reach
from perturbations.knowledge import Knowledge, Office, Person, TableInfo, load
from perturbations.knowledge.model import Precision, Status, Term

END = date(2009, 12, 31)


def term(office: str, person: str, start: date, end: date | None, *, acting: bool = False) -> Term:
    precise = Precision.DAY
    key = f"{office}:{person}:{start}"
    status = Status.SINGLE_SOURCE
    return Term(key, person, office, start, precise, end, precise, acting, status, ("desk",))


def world(*terms: Term, role: str = "both") -> Knowledge:
    people = sorted({item.person for item in terms})
    offices = sorted({item.office for item in terms})
    info = TableInfo(END, {"desk": "compiled"}, False)
    return Knowledge(
        version="test",
        digest="0" * 32,
        tables=dict.fromkeys(("offices", "people", "terms"), info),
        countries=(),
        offices=[Office(key, key[:2], role, ("President",), False, ("desk",)) for key in offices],
        people=[Person(key, key, key, (), (key,), "f", None, ("desk",)) for key in people],
        terms=terms,
    )


def shares(knowledge: Knowledge) -> list[dict[str, float]]:
    return [heads.decided for heads in reach(knowledge).heads]


def days(share: float) -> int:
    """The country days of the 2000s that a share over all members stands for."""
    return round(share * 3653 * 193)


@pytest.fixture(scope="module")
def shipped() -> Reach:
    return reach(load())


def test_there_are_193_members() -> None:
    assert len(UN_MEMBERS) == 193
    assert {"FR", "SS", "ME", "TV"} <= UN_MEMBERS
    assert not {"VA", "PS", "XK", "TW"} & UN_MEMBERS


def test_a_day_counts_only_well_away_from_a_change_of_holder() -> None:
    one = world(term("FR.president", "ann", date(1995, 1, 1), None))
    assert [days(found["2000s"]) for found in shares(one)] == [3653, 3653]
    two = world(
        term("FR.president", "ann", date(1995, 1, 1), date(2005, 6, 1)),
        term("FR.president", "bob", date(2005, 6, 1), None),
    )
    assert [days(found["2000s"]) for found in shares(two)] == [3653 - 15, 3653 - 15]


def test_two_offices_count_where_they_agree_on_one_person() -> None:
    before, after = date(1995, 1, 1), date(2008, 1, 1)
    rivals = world(term("FR.president", "ann", before, None), term("FR.regent", "bob", after, None))
    sure_of_both = (END - date(2008, 1, 9)).days + 1
    assert days(shares(rivals)[0]["2000s"]) == 3653 - sure_of_both
    alone = world(term("FR.president", "ann", before, None), term("FR.regent", "ann", after, None))
    assert days(shares(alone)[0]["2000s"]) == 3653


def test_a_head_of_state_alone_leaves_the_country_without_a_government() -> None:
    found = reach(world(term("FR.president", "ann", date(1995, 1, 1), None), role="head_of_state"))
    state, government = found.heads
    assert (state.members, state.held, government.members) == (1, 1, 0)
    assert state.earliest == (date(1995, 1, 9),) * 5
    assert government.earliest == ()
    assert "FR" in found.missing
    assert government.decided == {"2000s": 0.0}


def test_other_states_are_not_counted_among_the_members() -> None:
    found = reach(world(term("TW.president", "ann", date(1995, 1, 1), None)))
    assert [heads.members for heads in found.heads] == [0, 0]


def test_the_shipped_tables_reach_nearly_every_member(shipped: Reach) -> None:
    state, government = shipped.heads
    assert set(shipped.missing) <= {"SM"}
    assert min(state.held, government.held) >= 186
    assert min(state.decided.values()) >= 0.9
    assert min(government.decided["2010s"], government.decided["2020s"]) >= 0.9
    assert government.decided["2000s"] >= 0.75


def test_the_shipped_outlets_are_many_and_most_have_address_forms(shipped: Reach) -> None:
    assert shipped.outlets.outlets >= 450
    assert shipped.outlets.with_grammar >= 350
    assert shipped.outlets.with_ids >= 25
    assert shipped.outlets.dated_patterns >= 150


def test_statuses_add_up_to_the_tables(shipped: Reach) -> None:
    knowledge = load()
    assert sum(shipped.statuses["terms"].values()) == len(knowledge.terms)
    assert sum(shipped.statuses["outlets"].values()) == len(knowledge.outlets)
    assert shipped.statuses["terms"]["verified"] >= 1100


def test_the_report_prints_the_reach_and_turns_into_json() -> None:
    from rich.console import Console

    report = check(load())
    console = Console(width=160, record=True, file=StringIO())
    console.print(render(report))
    text = console.export_text()
    assert "Heads of the 193 members" in text
    assert "Outlets and their addresses" in text
    heads = report.to_json()["reach"]["heads"]
    assert [row["kind"] for row in heads] == ["head of state", "head of government"]
    assert all(date.fromisoformat(day) for row in heads for day in row["earliest"])

"""Standings: memberships and states by day, and the tables they come from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.knowledge import Membership, Precision, Presupposition, Status, UnknownIdError
from perturbations.knowledge.rules import EU_MEMBERS, G20, NATO_MEMBERS
from perturbations.knowledge.standing import standing

NOT_YET, HOLDS, OVER = Presupposition.NOT_YET, Presupposition.HOLDS, Presupposition.OVER
FIRST = date(2000, 1, 1)
UNTIL = date(2010, 1, 1)

COUNTS = {
    "NATO": [("2017-01-01", 28), ("2018-01-01", 29), ("2021-01-01", 30), ("2023-06-01", 31),
             ("2024-06-01", 32)],
    "EU": [("2013-01-01", 27), ("2014-01-01", 28), ("2021-01-01", 27)],
    "EuroArea": [("2010-06-01", 16), ("2012-01-15", 17), ("2022-01-15", 19), ("2024-01-15", 20),
                 ("2026-01-15", 21)],
    "Schengen": [("2010-01-01", 25), ("2022-01-15", 26), ("2024-01-15", 27), ("2025-02-01", 29)],
    "OECD": [("2012-01-01", 34), ("2017-01-01", 35), ("2019-01-01", 36), ("2020-07-01", 37),
             ("2022-01-01", 38)],
    "G20": [("2022-01-15", 20), ("2024-01-15", 21)],
    "G7": [("2022-01-15", 7)],
    "BRICS": [("2010-01-01", 4), ("2012-01-15", 5), ("2024-02-01", 9), ("2025-02-01", 10)],
    "ASEAN": [("2024-01-15", 10), ("2025-12-01", 11)],
    "CPTPP": [("2019-01-01", 6), ("2020-01-15", 7), ("2023-08-01", 11), ("2025-01-15", 12)],
    "OPEC": [("2018-09-01", 15), ("2019-06-01", 14), ("2020-06-01", 13), ("2024-06-01", 12)],
    "SCO": [("2016-01-15", 6), ("2018-01-15", 8), ("2023-09-01", 9), ("2024-09-01", 10)],
    "ECOWAS": [("2024-01-15", 15), ("2025-03-01", 12)],
    "Quad": [("2022-01-15", 4)],
    "AUKUS": [("2022-01-15", 3)],
}  # fmt: skip
"""How many members each had, as the organisations themselves count them."""


@pytest.mark.parametrize("organisation", COUNTS)
def test_members_are_as_many_as_the_organisation_counts(shipped, organisation):
    assert shipped.organisations[organisation].complete
    for day, count in COUNTS[organisation]:
        members = {
            one.member
            for one in shipped.memberships
            if one.organisation == organisation
            and one.status is not Status.UNCERTAIN
            and one.covers(date.fromisoformat(day))
        }
        assert len(members) == count, day


def test_members_agree_with_the_groups_that_the_tables_promise(shipped):
    last = date(2026, 1, 10)
    for organisation, group in (("EU", EU_MEMBERS), ("NATO", NATO_MEMBERS), ("G20", G20)):
        for country in shipped.countries:
            if len(country) == 2 and country != "EU":
                found = shipped.member_standing(country, organisation, last, last)
                assert (HOLDS in found) == (country in group), (country, organisation)


@pytest.mark.parametrize(
    ("member", "organisation", "day", "found"),
    [
        ("GB", "EU", "2020-01-20", {HOLDS}),
        ("GB", "EU", "2020-02-03", set()),
        ("GB", "EU", "2020-02-12", {OVER}),
        ("US", "ParisAgreement", "2020-12-15", {OVER, NOT_YET}),
        ("US", "ParisAgreement", "2021-12-15", {HOLDS}),
        ("JP", "EU", "2020-01-01", {NOT_YET}),
        ("JP", "UNESCO", "2020-01-01", set()),
        ("JP", "AUKUS", "2020-01-01", set()),
        ("BG", "Schengen", "2024-06-01", set()),
        ("SE", "NATO", "2026-03-01", set()),
    ],
)
def test_how_a_country_stood(shipped, member, organisation, day, found):
    when = date.fromisoformat(day)
    assert shipped.member_standing(member, organisation, when, when) == found


def test_a_period_that_holds_a_boundary_decides_nothing(shipped):
    days = date(2022, 1, 1), date(2025, 1, 1)
    assert shipped.member_standing("SE", "NATO", *days) == frozenset()
    assert shipped.state_standing("sweden-nato", *days) == frozenset()


def test_unknown_ids_and_turned_periods_are_refused(shipped):
    with pytest.raises(UnknownIdError, match="NATO"):
        shipped.member_standing("SE", "NATTO", FIRST, FIRST)
    with pytest.raises(UnknownIdError, match="sweden-nato"):
        shipped.state_standing("sweden-natto", FIRST, FIRST)
    with pytest.raises(ValueError, match="first <= last"):
        shipped.state_standing("sweden-nato", UNTIL, FIRST)


def test_there_are_sixty_states_and_many_turn_on_a_known_day(shipped):
    assert len(shipped.states) >= 60
    turning = [s for s in shipped.states.values() if s.begins or s.ends]
    assert len(turning) >= 60
    for state in shipped.states.values():
        assert state.patterns
        assert state.statement.endswith(".")


days = st.integers(0, 1500).map(lambda n: FIRST + timedelta(days=n))


@given(days, st.integers(1, 900), days, st.integers(0, 60), st.booleans())
def test_standing_against_an_oracle_that_asks_every_day(start, length, first, more, ends):
    end = start + timedelta(days=length) if ends else None
    one = Membership(
        *("X.AA", "X", "AA", start, Precision.DAY, end, Precision.DAY, None, None),
        *(Status.SINGLE_SOURCE, ("desk",)),
    )
    last = first + timedelta(days=more)
    period = [first + timedelta(days=n) for n in range(more + 1)]
    near = any(
        abs((day - edge).days) <= 7 for day in period for edge in (start, end) if edge is not None
    )
    on = {one.covers(day) for day in period}
    found = standing((one,), first, last, UNTIL + timedelta(days=9999))
    if near:
        assert found == frozenset()
    elif on == {True}:
        assert found == {HOLDS}
    else:
        assert on == {False}
        assert found == ({NOT_YET} if last < start else {OVER})

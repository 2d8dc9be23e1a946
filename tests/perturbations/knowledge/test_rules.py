"""Every rule passes the shipped tables and catches a fault planted for it."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from builder.knowledge_check import Report, check, render
from perturbations.knowledge import (
    AddressGrammar,
    Country,
    DatedId,
    Knowledge,
    Membership,
    Office,
    Organisation,
    Outlet,
    Person,
    Presupposition,
    Reference,
    State,
    StatePattern,
    Status,
    Turn,
)
from perturbations.knowledge.model import Precision
from perturbations.knowledge.rules import EU_MEMBERS, G20, NATO_MEMBERS, PERIOD_START, RULES

COUNTRY = Country("AA", "Aland", "Republic of Aland", (), (), (), (), None, ("desk",))
OFFICE = Office("AA.president", "AA", "head_of_state", ("President",), False, ("desk",))
ANN = Person("ann", "Ann Able", "Able", (), ("Able",), "f", None, ("desk",))
BOB = Person("bob", "Bob Bane", "Bane", (), ("Bane",), "m", None, ("desk",))
GRAMMAR = AddressGrammar(
    "^/(?P<year>[0-9]{4})/[a-z-]+$", ("year",), None, None, "/2022/a-tale", None
)
OUTLET = Outlet(
    "aland-post", "Aland Post", (), ("post.example",), (GRAMMAR,), "AA", Status.UNCERTAIN, ("desk",)
)
STATE = State(
    "aland-at-peace",
    "Aland is at peace.",
    "Aland",
    "war",
    date(2020, 1, 1),
    Precision.DAY,
    None,
    Precision.DAY,
    (StatePattern("if war breaks out in aland", Presupposition.HOLDS),),
    Status.SINGLE_SOURCE,
    ("desk",),
)

ORDER = Reference(
    "us-order-1",
    "us_order",
    "1",
    "Naming the First",
    ("The White House",),
    None,
    date(2020, 1, 15),
    Precision.DAY,
    (),
    (),
    None,
    Status.SINGLE_SOURCE,
    ("desk",),
)


PEACE = Turn(
    ("Aland",), "make peace", "makes peace", "made peace", "made peace", "which", False, None
)
UNION = Organisation(
    *("UU", "Union", (), True, "Union", "a", "bloc", True, date(1999, 1, 1), Precision.DAY),
    ("desk",),
)
MEMBER = Membership(
    *("UU.AA", "UU", "AA", date(2020, 1, 1), Precision.DAY, None, Precision.DAY, None, None),
    *(Status.SINGLE_SOURCE, ("desk",)),
)


def broken_rules(report: Report) -> set[str]:
    """The rules that the small world breaks, but for what it cannot hold: the promised groups."""
    return {fault.rule for fault in report.faults} - {"complete"}


@pytest.fixture
def world(make_knowledge, make_term):
    """The small world, with whole tables replaced on demand."""

    def make(terms=None, **tables) -> Knowledge:
        terms = terms or [
            make_term("ann", "2020-01-01", "2021-01-01"),
            make_term("bob", "2021-01-01", None),
        ]
        tables = {
            "countries": [COUNTRY],
            "offices": [OFFICE],
            "people": [ANN, BOB],
            "outlets": [OUTLET],
            "states": [STATE],
        } | tables
        return make_knowledge(terms, **tables)

    return make


def test_the_shipped_tables_keep_every_rule(shipped):
    report = check(shipped)
    assert [f"{f.rule}: {f.id}: {f.message}" for f in report.faults] == []
    assert report.ok


def test_the_small_world_is_faultless_but_for_the_groups_it_cannot_hold(world):
    assert broken_rules(check(world())) == set()


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ("unique ids", [("ann", "2020-01-01", "2020-02-01", {"id": "x"}),
                        ("bob", "2020-02-01", None, {"id": "x"})]),
        ("references", [("eve", "2020-01-01", "2020-02-01", {}), ("ann", "2020-02-01", None, {})]),
        ("references", [("ann", "2020-01-01", None, {"office": "AA.king"})]),
        ("sources", [("ann", "2020-01-01", None, {"sources": ()})]),
        ("sources", [("ann", "2020-01-01", None, {"sources": ("hearsay",)})]),
        ("status", [("ann", "2020-01-01", None, {"status": Status.VERIFIED})]),
        ("status", [("ann", "2020-01-01", None,
                     {"status": Status.VERIFIED, "sources": ("desk", "desk")})]),
        ("interval", [("ann", "2020-01-01", "2020-01-01", {})]),
        ("interval", [("ann", "2020-01-01", "2019-01-01", {})]),
        ("precision", [("ann", "2020-01-15", None, {"start_precision": Precision.MONTH})]),
        ("precision", [("ann", "2020-01-01", "2021-03-01", {"end_precision": Precision.YEAR})]),
        ("precision", [("ann", "2020-01-01", None, {"end_precision": Precision.MONTH})]),
        ("known until", [("ann", "2026-02-01", None, {})]),
        ("known until", [("ann", "2020-01-01", "2026-02-02", {})]),
        ("one holder", [("ann", "2020-01-01", "2020-03-02", {}), ("bob", "2020-03-01", None, {})]),
        ("one holder", [("ann", "2020-01-01", None, {}),
                        ("ann", "2020-06-01", "2020-07-01", {"acting": True})]),
    ],
)  # fmt: skip
def test_a_rule_catches_a_fault_planted_in_the_terms(world, make_term, rule, terms):
    planted = [make_term(who, start, end, **more) for who, start, end, more in terms]
    people = [p for p in (ANN, BOB) if p.id in {term.person for term in planted}]
    assert rule in broken_rules(check(world(planted, people=people)))


@pytest.mark.parametrize(
    ("rule", "tables"),
    [
        ("references", {"offices": [replace(OFFICE, country="ZZ")]}),
        ("references", {"outlets": [replace(OUTLET, country="ZZ")]}),
        ("sources", {"countries": [replace(COUNTRY, sources=("hearsay",))]}),
        ("status", {"outlets": [replace(OUTLET, status=Status.VERIFIED)]}),
        ("interval", {"states": [replace(STATE, end=date(2019, 1, 1))]}),
        (
            "interval",
            {
                "outlets": [
                    replace(
                        OUTLET,
                        grammar=(replace(GRAMMAR, since=date(2021, 1, 1), until=date(2020, 1, 1)),),
                    )
                ]
            },
        ),
        ("known until", {"states": [replace(STATE, start=date(2026, 3, 1))]}),
        ("people", {"people": [ANN, replace(BOB, gender="x")]}),
        ("people", {"people": [ANN, replace(BOB, surname="Bain")]}),
        ("people", {"people": [ANN, replace(BOB, aliases=("Bob Bane",))]}),
        ("people", {"people": [ANN, replace(BOB, died=date(2022, 1, 1))]}),
        ("people", {"people": [ANN, BOB, replace(BOB, id="eve", name="Eve Bane")]}),
        ("names", {"people": [ANN, replace(BOB, aliases=("ann able",))]}),
        ("names", {"countries": [COUNTRY, replace(COUNTRY, id="BB")]}),
        ("vocabulary", {"offices": [replace(OFFICE, role="boss")]}),
        ("vocabulary", {"offices": [replace(OFFICE, titles=())]}),
        ("vocabulary", {"offices": [OFFICE, replace(OFFICE, id="AA.king")]}),
        ("vocabulary", {"states": [replace(STATE, aspect="weather")]}),
        ("vocabulary", {"states": [replace(STATE, patterns=())]}),
        ("vocabulary", {"states": [replace(STATE, patterns=STATE.patterns * 2)]}),
        (
            "vocabulary",
            {
                "states": [
                    replace(
                        STATE,
                        patterns=(StatePattern("If war breaks out", Presupposition.HOLDS),),
                    )
                ]
            },
        ),
        ("documents", {"references": [replace(ORDER, kind="poem")]}),
        ("documents", {"references": [replace(ORDER, number=None)]}),
        ("documents", {"references": [replace(ORDER, day=date(2026, 3, 1))]}),
        ("documents", {"references": [replace(ORDER, identifier="10.1000/182")]}),
        ("documents", {"references": [replace(ORDER, precision=Precision.MONTH)]}),
        ("documents", {"references": [replace(ORDER, status=Status.VERIFIED)]}),
        ("documents", {"references": [ORDER, replace(ORDER, id="twice")]}),
        ("memberships", {"organisations": [UNION], "memberships": [replace(MEMBER, member="ZZ")]}),
        ("memberships", {"organisations": [], "memberships": [MEMBER]}),
        (
            "memberships",
            {"organisations": [replace(UNION, founded=date(2021, 1, 1))], "memberships": [MEMBER]},
        ),
        (
            "memberships",
            {"organisations": [UNION], "memberships": [MEMBER, replace(MEMBER, id="again")]},
        ),
        (
            "memberships",
            {"organisations": [UNION], "memberships": [replace(MEMBER, applied=MEMBER.start)]},
        ),
        (
            "memberships",
            {"organisations": [UNION], "memberships": [replace(MEMBER, notified=MEMBER.start)]},
        ),
        ("memberships", {"organisations": [replace(UNION, kind="club")]}),
        ("events", {"states": [replace(STATE, begins=replace(PEACE, foreseen=STATE.start))]}),
        ("events", {"states": [replace(STATE, begins=replace(PEACE, over=STATE.start))]}),
        ("events", {"states": [replace(STATE, begins=replace(PEACE, relative="that"))]}),
        ("events", {"states": [replace(STATE, begins=replace(PEACE, who=()))]}),
        ("events", {"states": [replace(STATE, ends=PEACE)]}),
        ("grammar", {"outlets": [replace(OUTLET, grammar=(replace(GRAMMAR, pattern="(?<a"),))]}),
        ("grammar", {"outlets": [replace(OUTLET, grammar=(replace(GRAMMAR, tells=("day",)),))]}),
        ("grammar", {"outlets": [replace(OUTLET, grammar=(replace(GRAMMAR, example="/a"),))]}),
        (
            "grammar",
            {
                "outlets": [
                    replace(
                        OUTLET,
                        ids=(
                            DatedId(9, date(2020, 1, 1), Status.SINGLE_SOURCE, None),
                            DatedId(8, date(2021, 1, 1), Status.SINGLE_SOURCE, None),
                        ),
                    )
                ]
            },
        ),
    ],
)
def test_a_rule_catches_a_fault_planted_in_another_table(world, rule, tables):
    assert rule in broken_rules(check(world(**tables)))


def test_every_rule_has_a_planted_fault():
    marks = [
        test_a_rule_catches_a_fault_planted_in_the_terms.pytestmark[0],
        test_a_rule_catches_a_fault_planted_in_another_table.pytestmark[0],
    ]
    planted = {case[0] for mark in marks for case in mark.args[1]}
    assert planted | {"complete"} == set(RULES)


def test_a_promised_country_without_a_head_is_found(shipped):
    without = Knowledge(
        version="test",
        digest="",
        tables=shipped.tables,
        countries=shipped.countries.values(),
        offices=[o for o in shipped.offices.values() if o.id != "JP.prime_minister"],
        people=shipped.people.values(),
        terms=[t for t in shipped.terms if t.office != "JP.prime_minister"],
    )
    faults = [fault for fault in check(without).faults if fault.rule == "complete"]
    assert {fault.id for fault in faults} == {"JP"}
    assert "both or head_of_government" in faults[0].message


def test_acting_and_collective_holders_may_overlap(world, make_term):
    both = [make_term("ann", "2020-01-01", None), make_term("bob", "2020-03-01", None)]
    assert broken_rules(check(world(both, offices=[replace(OFFICE, collective=True)]))) == set()
    acting = [both[0], replace(both[1], acting=True)]
    assert broken_rules(check(world(acting))) == set()


def test_gaps_are_counted_and_measured(world, make_term):
    gapped = [
        make_term("ann", "2020-01-01", "2020-02-01"),
        make_term("bob", "2020-02-11", None),
    ]
    (gap,) = check(world(gapped)).gaps
    assert (gap.first, gap.last, gap.days) == (date(2020, 2, 1), date(2020, 2, 10), 10)
    assert check(world()).gaps == ()


def test_coverage_counts_statuses_and_decided_days(world, make_term):
    terms = [
        make_term("ann", "2010-01-01", "2020-01-01", status=Status.UNCERTAIN),
        make_term("bob", "2020-01-01", None),
    ]
    (others,) = [row for row in check(world(terms)).coverage if row.group == "others"]
    assert others.terms == {"uncertain": 1, "single_source": 1}
    assert (others.countries, others.offices, others.day_precise) == (1, 1, 2)
    whole = (date(2026, 2, 1) - PERIOD_START).days
    decided = (date(2026, 2, 1) - date(2020, 1, 9)).days
    assert others.decided == pytest.approx(decided / whole)


def test_the_promised_groups_have_their_sizes():
    assert (len(G20), len(EU_MEMBERS), len(NATO_MEMBERS)) == (19, 27, 32)


def test_the_shipped_tables_decide_most_days_of_the_promised_groups(shipped):
    report = check(shipped)
    by_group = {row.group: row for row in report.coverage}
    for group in ("G20", "EU", "NATO", "Ukraine", "organisations"):
        assert by_group[group].decided > 0.95, group
        assert by_group[group].terms.get("uncertain", 0) <= 2, group
    assert report.counts["outlets"] >= 450
    assert report.counts["states"] >= 12


def test_the_report_renders_and_turns_into_json(shipped, world):
    console = Console(file=StringIO(), width=200, record=True)
    console.print(render(check(shipped)))
    text = console.export_text()
    assert "every rule holds" in text
    assert "Office holders by status" in text
    broken = check(world(people=[ANN, replace(BOB, gender="x")]))
    console.print(render(broken))
    assert "gender must be 'm' or 'f', got 'x'" in console.export_text()
    values = broken.to_json()
    assert values["ok"] is False
    assert {"rule", "table", "id", "message"} == set(values["faults"][0])
    assert all(isinstance(gap["first"], str) for gap in check(shipped).to_json()["gaps"])

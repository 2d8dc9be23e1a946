"""What answers of the query service do to the tables: every way to agree, and every way not to."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from builder.errors import BuilderError, UsageError
from builder.knowledge_check import check
from builder.knowledge_refresh import Options, refresh, write
from builder.knowledge_refresh.statements import KINDS
from perturbations.knowledge import data_folder, load

from .conftest import (
    ENTITY,
    ITEMS,
    UNKNOWN,
    answers,
    holder,
    item,
    literal,
    person,
    rows_of,
    time,
    uri,
)

DORN = "XA.president:carl-dorn:2015-03-01"
BRANDT = "XA.president:ada-brandt:2010-03-01"
FALK = "XA.president:eva-falk:2020-03-01"
HAHN = "XA.prime_minister:gero-hahn:2012-05-01"
MALE = {"gender": uri(ENTITY + "Q6581097")}
FEMALE = {"gender": uri(ENTITY + "Q6581072")}


def reasons(found, table="terms"):
    return {one.id: one.reasons for one in found.plan.changed if one.table == table}


# Agreement


def test_a_second_source_that_agrees_to_the_day_verifies(ask, world):
    found = ask(holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"))
    assert reasons(found) == {DORN: ("confirmed by a second source, to the day",)}
    write(found)
    row = rows_of(world, "terms")[DORN]
    assert (row["status"], row["sources"]) == ("verified", ["desk", "wikidata"])
    assert row["provenance"] == [
        {
            "source": "wikidata",
            "statements": ["http://www.wikidata.org/entity/statement/Q2002-2015-03-01"],
            "retrieved": "2024-06-30",
        }
    ]
    assert (
        "wikidata" in json.loads((world / "tables.json").read_text())["tables"]["terms"]["sources"]
    )


def test_an_end_may_be_written_as_the_last_day(ask):
    found = ask(holder("Carl Dorn", "President", "2015-03-01", "2020-02-29"))
    assert reasons(found) == {DORN: ("confirmed by a second source, to the day",)}


@pytest.mark.parametrize("title", ["The Yearbook of Heads", "Yearbook of Heads"])
def test_a_statement_that_rests_on_our_own_source_confirms_nothing(world, tmp_path, title):
    terms = world / "terms.jsonl"
    terms.write_text(terms.read_text().replace('"sources": ["desk"]', '"sources": ["list"]'))
    row = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01", stated=literal(title))
    found = refresh([answers(tmp_path, row)], Options())
    assert reasons(found) == {}
    assert found.plan.agreeing == {"to the day": 1}


def test_what_wikidata_said_before_is_no_second_source(ask, world):
    write(ask(holder("Gero Hahn", "Prime Minister", "2012-05-08", "2018-01-15")))
    again = ask(holder("Gero Hahn", "Prime Minister", "2012-05-08", "2018-01-15"))
    assert rows_of(world, "terms")[HAHN]["status"] == "single_source"
    assert (again.plan.changed, again.plan.agreeing) == ([], {"to the day": 1})


def test_a_verified_row_that_agrees_stays_as_it_is(ask, world):
    before = (world / "terms.jsonl").read_bytes()
    found = ask(holder("Ada Brandt", "President", "2010-03-01", "2015-03-01"))
    write(found)
    assert found.plan.agreeing == {"to the day": 1}
    assert (world / "terms.jsonl").read_bytes() == before


@pytest.mark.parametrize(("start", "end"), [("2015", "2020"), ("2015-03", "2020-02")])
def test_coarser_dates_that_fit_neither_confirm_nor_contradict(ask, start, end):
    found = ask(holder("Carl Dorn", "President", start, end))
    assert reasons(found) == {}
    assert found.plan.agreeing == {"as far as it is known": 1}


def test_finer_dates_sharpen_what_is_not_verified(ask, world):
    found = ask(holder("Gero Hahn", "Prime Minister", "2012-05-08", "2018-01-15"))
    assert reasons(found) == {HAHN: ("known more exactly",)}
    write(found)
    row = rows_of(world, "terms")[HAHN]
    assert (row["start"], row["start_precision"]) == ("2012-05-08", "day")
    assert (row["end"], row["end_precision"], row["status"]) == (
        "2018-01-15",
        "day",
        "single_source",
    )


# Disagreement


def test_a_verified_fact_is_never_overwritten(ask, world, command, tmp_path):
    before = (world / "terms.jsonl").read_bytes()
    row = holder("Ada Brandt", "President", "2010-03-11", "2015-03-01")
    [conflict] = ask(row).plan.conflicts
    assert (conflict.id, conflict.accepted) == (BRANDT, False)
    assert (conflict.ours["start"], conflict.wikidata["start"]) == ("2010-03-01", "2010-03-11")
    status, out, _ = command(answers(tmp_path, row))
    assert status == 0
    assert "2010-03-01" in out
    assert "2010-03-11" in out
    assert command(answers(tmp_path, row), "--apply")[0] == 1
    assert (world / "terms.jsonl").read_bytes() == before


def test_an_accepted_conflict_takes_wikidatas_word_and_keeps_ours_beside_it(
    world, command, tmp_path
):
    row = holder("Ada Brandt", "President", "2010-03-11", "2015-03-01")
    status, out, _ = command(answers(tmp_path, row), "--apply", "--accept", BRANDT, "--json")
    assert status == 0
    assert json.loads(out)["conflicts"][0]["accepted"] is True
    found = rows_of(world, "terms")[BRANDT]
    assert (found["start"], found["status"]) == ("2010-03-11", "single_source")
    assert found["sources"] == ["wikidata"]
    [entry] = found["provenance"]
    assert entry["replaced"]["start"] == "2010-03-01"
    assert entry["replaced"]["sources"] == ["desk", "list"]


def test_other_changes_are_written_beside_a_conflict(world, command, tmp_path):
    path = answers(
        tmp_path,
        holder("Ada Brandt", "President", "2010-03-11", "2015-03-01"),
        holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"),
    )
    assert command(path, "--apply")[0] == 1
    rows = rows_of(world, "terms")
    assert rows[BRANDT]["start"] == "2010-03-01"
    assert rows[DORN]["status"] == "verified"


def test_a_single_source_that_is_contradicted_becomes_uncertain(ask, world):
    found = ask(holder("Carl Dorn", "President", "2015-03-21", "2020-03-01"))
    assert reasons(found) == {DORN: ("contradicted by a second source",)}
    write(found)
    row = rows_of(world, "terms")[DORN]
    assert (row["status"], row["start"]) == ("uncertain", "2015-03-01")
    assert row["provenance"][0]["says"]["start"] == "2015-03-21"
    again = ask(holder("Carl Dorn", "President", "2015-03-21", "2020-03-01"))
    assert again.plan.changed == []
    assert again.plan.agreeing == {"in doubt already": 1}


def test_a_missing_end_says_that_it_is_still_so(ask):
    assert reasons(ask(holder("Carl Dorn", "President", "2015-03-01"))) == {
        DORN: ("contradicted by a second source",)
    }
    [conflict] = ask(holder("Eva Falk", "President", "2020-03-01", "2023-03-01")).plan.conflicts
    assert conflict.id == FALK
    assert (conflict.ours["end"], conflict.wikidata["end"]) == (None, "2023-03-01")


def test_an_end_after_the_last_day_contradicts_nothing(ask):
    found = ask(holder("Eva Falk", "President", "2020-03-01", "2024-03-01"))
    assert (found.plan.conflicts, reasons(found)) == ([], {})
    assert found.plan.agreeing == {"to the day": 1}


def test_accept_must_name_a_conflict(ask):
    with pytest.raises(UsageError, match=r"no conflict about 'XA\.president:ada'; did you"):
        ask(
            holder("Ada Brandt", "President", "2010-03-11", "2015-03-01"),
            accept=frozenset({"XA.president:ada"}),
        )


# New rows


def new_term():
    return holder(
        "Ida Jonas",
        "Prime Minister",
        "2018-01-15",
        "2022-07",
        familyLabel=literal("Jonas"),
        **FEMALE,
    )


def test_a_new_holder_is_added_with_the_person(ask, world):
    found = ask(new_term())
    assert {(one.table, one.id) for one in found.plan.added} == {
        ("people", "ida-jonas"),
        ("terms", "XA.prime_minister:ida-jonas:2018-01-15"),
    }
    write(found)
    row = rows_of(world, "terms")["XA.prime_minister:ida-jonas:2018-01-15"]
    assert (row["end"], row["end_precision"]) == ("2022-07-01", "month")
    assert (row["status"], row["sources"]) == ("single_source", ["wikidata"])
    assert rows_of(world, "people")["ida-jonas"] == {
        "id": "ida-jonas",
        "name": "Ida Jonas",
        "surname": "Jonas",
        "aliases": [],
        "surnames": ["Jonas"],
        "gender": "f",
        "died": None,
        "sources": ["wikidata"],
        "wikidata": "Q2005",
        "provenance": [
            {
                "source": "wikidata",
                "statements": ["http://www.wikidata.org/entity/statement/Q2005-2018-01-15"],
                "retrieved": "2024-06-30",
            }
        ],
    }
    assert ask(new_term()).plan.added == []


def test_a_statement_that_overlaps_another_of_the_same_term_adds_nothing(ask):
    found = ask(
        holder("Carl Dorn", "President", "2015-03-01", "2018-01-01"),
        holder("Carl Dorn", "President", "2019-06-01", "2021-01-01"),
    )
    assert found.plan.added == []
    [unused] = found.plan.unmatched
    assert unused.reason == "overlaps a row that another statement is about"


def test_a_name_that_is_known_in_another_country_is_not_taken_for_the_same(ask, world):
    rows = [*rows_of(world, "people").values(), person("Ida Jonas")]
    (world / "people.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    [unused] = ask(new_term()).plan.unmatched
    assert unused.reason.startswith("that name is borne in people, but not in that country, by ida")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (FEMALE, "a new person whose surname is not known; add the row to people.jsonl"),
        ({"familyLabel": literal("Jonas")}, "a new person whose gender is not given as male or"),
        ({**FEMALE, "familyLabel": literal("Meyer")}, "a new person whose surname is not known"),
        ({"personLabel": literal("Q2005"), **FEMALE}, "a new person without a name in English"),
    ],
)
def test_a_person_of_whom_too_little_is_known_is_unmatched(ask, more, reason):
    found = ask(holder("Ida Jonas", "Prime Minister", "2018-01-15", "2022-07-01") | more)
    assert found.plan.added == []
    [unused] = found.plan.unmatched
    assert unused.item == "Q2005"
    assert unused.reason.startswith(reason)


def test_a_second_holder_of_an_office_is_a_conflict(ask, world):
    row = holder("Ida Jonas", "President", "2022-03-01", familyLabel=literal("Jonas"), **FEMALE)
    found = ask(row)
    [conflict] = found.plan.conflicts
    assert conflict.id == "XA.president:ida-jonas:2022-03-01"
    assert conflict.ours["person"] == "eva-falk"
    assert found.plan.added == []
    # Where Wikidata also ends the one before, and a person accepts that, both fit.
    ended = holder("Eva Falk", "President", "2020-03-01", "2022-03-01")
    both = ask(row, ended, accept=frozenset({FALK}))
    assert [one.id for one in both.plan.open_conflicts] == []
    write(both)
    assert rows_of(world, "terms")[FALK]["end"] == "2022-03-01"


def test_an_acting_holder_is_no_rival_and_no_match(ask, world):
    row = holder(
        "Kai Lund",
        "President",
        "2021-06-01",
        "2021-08-01",
        natures=literal("acting|disputed"),
        familyLabel=literal("Lund"),
        **MALE,
    )
    write(ask(row))
    found = rows_of(world, "terms")["XA.president:kai-lund:2021-06-01"]
    assert found["acting"] is True


def test_terms_that_follow_on_each_other_are_one(ask):
    found = ask(
        holder("Carl Dorn", "President", "2015-03-01", "2018-02-28"),
        holder("Carl Dorn", "President", "2018-03-01", "2020-03-01"),
    )
    assert reasons(found) == {DORN: ("confirmed by a second source, to the day",)}
    [entry] = found.tables.rows["terms"][DORN]["provenance"]
    assert len(entry["statements"]) == 2


def test_rows_that_follow_on_each_other_are_one(ask, world):
    lines = [row for row in rows_of(world, "terms").values() if row["id"] != DORN]
    first = rows_of(world, "terms")[DORN] | {"end": "2018-03-01"}
    second = first | {"id": "XA.president:carl-dorn:2018-03-01", "start": "2018-03-01"}
    lines += [first, second | {"end": "2020-03-01"}]
    (world / "terms.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines))
    found = ask(holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"))
    # Nobody confirms the boundary between them, so that neither is verified.
    assert (reasons(found), found.plan.agreeing) == ({}, {"to the day": 2})
    found = ask(holder("Carl Dorn", "President", "2015-03-01", "2020-05-01"))
    assert reasons(found) == {second["id"]: ("contradicted by a second source",)}


def test_a_part_of_a_term_adds_nothing(ask):
    whole = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")
    part = holder("Carl Dorn", "President", "2016-01-01", "2017-01-01")
    later = holder("Carl Dorn", "President", "2018-01-01", "2019-01-01")
    found = ask(whole, part)
    assert (found.plan.added, list(reasons(found))) == ([], [DORN])
    found = ask(part, later)
    assert found.plan.added == []
    assert found.plan.agreeing == {"inside a row": 1}


# Where the tables end


def test_what_starts_after_the_last_day_waits_for_it_to_move(ask, world):
    late = holder("Ida Jonas", "President", "2024-03-01", familyLabel=literal("Jonas"), **FEMALE)
    ended = holder("Eva Falk", "President", "2020-03-01", "2024-03-01")
    [unused] = ask(late, ended).plan.unmatched
    assert unused.reason == (
        "starts after 2024-01-31, the last day of terms; move it with --known-until"
    )
    found = ask(late, ended, known_until=date(2024, 6, 30))
    write(found)
    rows = rows_of(world, "terms")
    assert (rows[FALK]["end"], rows[FALK]["status"]) == ("2024-03-01", "single_source")
    assert rows["XA.president:ida-jonas:2024-03-01"]["end"] is None
    info = json.loads((world / "tables.json").read_text())["tables"]
    assert info["terms"]["known_until"] == "2024-06-30"
    assert info["states"]["known_until"] == "2024-01-31"


def test_the_last_day_does_not_move_past_what_was_looked_up(ask, world):
    before = (world / "tables.json").read_bytes()
    found = ask(
        holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"), known_until=date(2024, 6, 30)
    )
    assert found.plan.unconfirmed == [FALK]
    with pytest.raises(BuilderError, match="1 rows are open, and no statement says that it is st"):
        write(found)
    assert (world / "tables.json").read_bytes() == before
    write(ask(holder("Eva Falk", "President", "2020-03-01"), known_until=date(2024, 6, 30)))
    assert load(world).known_until("terms") == date(2024, 6, 30)


# What is skipped, and what is matched


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"rank": uri("http://wikiba.se/ontology#DeprecatedRank")}, "a deprecated statement"),
        ({"start": uri(UNKNOWN)}, "an unknown value"),
        ({"end": {"type": "bnode", "value": "t42"}}, "an unknown value"),
        ({"person": uri(UNKNOWN)}, "an unknown value"),
        (time("start", "-0044-03-15"), "a date before Christ"),
        (time("end", "2014-03-01"), "an end before the start"),
    ],
)
def test_rows_that_say_nothing_usable_are_counted(ask, more, reason):
    found = ask(holder("Carl Dorn", "President", "2015-03-01", "2020-03-01") | more)
    assert found.plan.skipped == {f"holders: {reason}": 1}
    assert found.written == ()


def test_a_decade_and_a_missing_start_are_skipped_and_typed_literals_read(ask):
    decade = time("start", "2015-03-01")
    decade["startPrecision"]["value"] = "8"
    row = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")
    assert ask(row | decade).plan.skipped == {"holders: a date that is coarser than a year": 1}
    assert ask(holder("Carl Dorn", "President", None)).plan.skipped == {"holders: no start": 1}
    typed = time("start", "2015-03-01", "typed-literal") | time(
        "end", "2020-03-01", "typed-literal"
    )
    assert DORN in reasons(ask(row | typed))


def test_one_statement_in_several_rows_counts_once(ask):
    row = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")
    found = ask(row, row | {"familyLabel": literal("Dorn")})
    assert found.plan.statements == 1


def test_items_are_linked_by_name_and_country_and_from_then_on_by_item(ask, world, tmp_path):
    row = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")
    write(ask(row))
    assert rows_of(world, "people")["carl-dorn"]["wikidata"] == "Q2002"
    assert rows_of(world, "offices")["XA.president"]["wikidata"] == "Q1002"
    assert rows_of(world, "countries")["XA"]["wikidata"] == "Q1001"
    renamed = row | {"personLabel": literal("C. Dorn"), "officeLabel": literal("Presidency")}
    found = ask(renamed)
    assert (found.plan.unmatched, found.plan.agreeing) == ([], {"to the day": 1})
    another = row | {"person": uri(f"{ENTITY}Q2999"), "statement": uri("other")}
    [unused] = ask(another).plan.unmatched
    assert unused.reason == "'carl-dorn' of people bears that name, and is Q2002"


def test_what_is_in_no_table_is_unmatched(ask):
    row = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")
    office = {"office": uri(f"{ENTITY}Q77"), "officeLabel": literal("Mayor of Averia City")}
    [unused] = ask(row | office).plan.unmatched
    assert unused.reason == "no office bears that title"
    assert unused.value == "Mayor of Averia City 2015-03-01 day 2020-03-01 day"


# Other kinds


def member(name, start, end=None):
    return {
        "statement": uri(f"statement-{name}"),
        **item("member", name),
        **item("organisation", "Harbour League"),
        **time("start", start),
        **time("end", end),
    }


def test_memberships_go_the_same_way(ask, world):
    rows = member("Averia", "2004-05-01"), member("Borland", "2010-01-01", "2016-06-23")
    found = ask(*rows, kind="memberships", retrieved=date(2024, 7, 1))
    assert reasons(found, "memberships") == {
        "League.XA": ("confirmed by a second source, to the day",)
    }
    write(found)
    row = rows_of(world, "memberships")["League.XB"]
    assert (row["start"], row["end"], row["applied"]) == ("2010-01-01", "2016-06-23", None)
    assert row["provenance"][0]["retrieved"] == "2024-07-01"
    assert {one.id for one in load(world).memberships} == {"League.XA", "League.XB"}


def alias(name, value, language="en"):
    return {
        **item("person", name),
        **item("country", "Averia"),
        "alias": {"type": "literal", "xml:lang": language, "value": value},
    }


def test_full_names_become_aliases(ask, world):
    found = ask(
        alias("Carl Dorn", "Karl Dorn"),
        alias("Carl Dorn", "Dorn"),
        alias("Carl Dorn", "The Old Man"),
        alias("Carl Dorn", "Ada Brandt Dorn"),
        alias("Carl Dorn", "Karl Dorn", "de"),
        alias("Eva Falk", "Eva Falk"),
        kind="aliases",
    )
    write(found)
    assert rows_of(world, "people")["carl-dorn"]["aliases"] == ["Karl Dorn", "Ada Brandt Dorn"]
    assert {one.value for one in found.plan.unmatched} == {"Dorn", "The Old Man"}
    assert found.plan.skipped == {"aliases: another language than English": 1}
    assert found.plan.agreeing == {"a name that is known": 1}


def test_a_name_of_somebody_else_is_no_alias(ask, world):
    people = rows_of(world, "people")
    people["ada-brandt"]["aliases"] = ["Ada Dorn"]
    (world / "people.jsonl").write_text("".join(json.dumps(r) + "\n" for r in people.values()))
    [unused] = ask(alias("Carl Dorn", "Ada Dorn"), kind="aliases").plan.unmatched
    assert unused.reason == "the name of somebody else, too: ada-brandt"


def website(address):
    return {
        "statement": uri("statement-site"),
        **item("outlet", "Averia Courier"),
        **item("country", "Averia"),
        "website": uri(address),
    }


def test_a_website_confirms_a_domain_or_adds_one(ask, world):
    found = ask(website("https://www.averiacourier.example/"), kind="websites")
    assert reasons(found, "outlets") == {"averia-courier": ("confirmed by a second source",)}
    write(ask(website("https://news.courier.example"), kind="websites"))
    assert rows_of(world, "outlets")["averia-courier"]["domains"] == [
        "averiacourier.example",
        "news.courier.example",
    ]
    [unused] = ask(website("mailto:x"), kind="websites").plan.unmatched
    assert unused.reason == "no web address"


def test_a_verified_outlet_gets_another_domain_only_on_demand(ask, world):
    write(ask(website("https://www.averiacourier.example/"), kind="websites"))
    found = ask(website("https://courier.example"), kind="websites")
    assert [one.id for one in found.plan.open_conflicts] == ["averia-courier"]
    taken = ask(
        website("https://courier.example"), kind="websites", accept=frozenset({"averia-courier"})
    )
    write(taken)
    assert "courier.example" in rows_of(world, "outlets")["averia-courier"]["domains"]


# Where it is written


def test_a_folder_of_ones_own_is_laid_over_the_shipped_tables(ask, world, tmp_path):
    shipped = {path.name: path.read_bytes() for path in world.iterdir()}
    mine = tmp_path / "mine"
    row = holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")
    write(ask(row, into=mine))
    assert {path.name: path.read_bytes() for path in world.iterdir()} == shipped
    assert sorted(path.name for path in mine.iterdir()) == ["tables.json", "terms.jsonl"]
    assert load(world, overlay=mine).terms_of(person="carl-dorn")[0].status == "verified"
    assert ask(row, into=mine).written == ()


def test_an_overlay_speaks_longer_of_what_was_looked_up_only(ask, world, tmp_path):
    mine = tmp_path / "mine"
    rows = (
        holder("Eva Falk", "President", "2020-03-01"),
        holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"),
    )
    write(ask(*rows, into=mine, known_until=date(2024, 6, 30)))
    knowledge = load(world, overlay=mine)
    assert knowledge.known_until("terms") == date(2024, 1, 31)
    assert knowledge.known_until("terms", "XA.president") == date(2024, 6, 30)
    day = date(2024, 5, 1)
    assert knowledge.in_office("eva-falk", "XA.president", day, day) == "holds"
    without = ask(rows[1], into=tmp_path / "other", known_until=date(2024, 6, 30))
    assert without.plan.unconfirmed == [FALK]


def test_tables_that_would_break_a_rule_are_not_written(ask, world, monkeypatch):
    before = {path.name: path.read_bytes() for path in world.iterdir()}
    found = ask(new_term())
    found.tables.rows["people"]["ida-jonas"]["surnames"] = ["Meyer"]
    with pytest.raises(BuilderError, match=r"1 facts would break a rule .*ida-jonas"):
        write(found)
    assert {path.name: path.read_bytes() for path in world.iterdir()} == before
    assert sorted(path.name for path in world.parent.iterdir()) == ["knowledge"]


def test_what_is_written_keeps_every_rule_that_was_kept(ask, world):
    before = check(load(world)).faults
    write(ask(new_term(), holder("Carl Dorn", "President", "2015-03-01", "2020-03-01")))
    assert check(load(world)).faults == before


def test_the_plan_is_what_its_schema_describes(ask):
    here = Path(__file__).parents[3] / "data" / "schemas" / "refresh.schema.json"
    validator = Draft202012Validator(json.loads(here.read_text()), format_checker=FormatChecker())
    found = ask(
        new_term(),
        holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"),
        holder("Ada Brandt", "President", "2010-03-11", "2015-03-01"),
        holder("Kai Lund", "President", "2021-06-01", "2021-08-01"),
        holder("Gero Hahn", "President", None),
    ).plan
    assert found.added
    assert found.changed
    assert found.conflicts
    assert found.unmatched
    assert found.skipped
    assert [e.message for e in validator.iter_errors(found.to_json(applied=False))] == []


def test_what_is_written_is_what_the_schema_of_the_tables_describes(world, tmp_path):
    here = Path(__file__).parents[3] / "data" / "schemas" / "knowledge.schema.json"
    schema = json.loads(here.read_text())
    files = [
        answers(
            tmp_path,
            new_term(),
            holder("Carl Dorn", "President", "2015-03-21", "2020-03-01"),
            holder("Ada Brandt", "President", "2010-03-11", "2015-03-01"),
        ),
        answers(tmp_path, member("Averia", "2004-05-01"), kind="memberships"),
        answers(tmp_path, alias("Carl Dorn", "Karl Dorn"), kind="aliases"),
        answers(tmp_path, website("https://averiacourier.example"), kind="websites"),
    ]
    found = refresh(files, Options(accept=frozenset({BRANDT})))
    names = {
        "terms": "term",
        "people": "person",
        "memberships": "membership",
        "outlets": "outlet",
        "offices": "office",
        "countries": "country",
        "organisations": "organisation",
    }
    assert {table for table, _ in found.written} == set(names)
    for table, key in found.written:
        part = {"$ref": f"#/$defs/{names[table]}", "$defs": schema["$defs"]}
        row = found.tables.rows[table][key]
        faults = Draft202012Validator(part, format_checker=FormatChecker()).iter_errors(row)
        assert [f"{key} {fault.json_path}: {fault.message}" for fault in faults] == []


# The files, and the command


def test_every_kind_has_a_query_that_selects_its_columns(monkeypatch):
    monkeypatch.delenv("INCONSISTENT_NEWS_DATA", raising=False)
    folder = data_folder() / "templates" / "queries"
    assert {path.stem for path in folder.glob("*.rq")} == set(KINDS)
    for name, kind in KINDS.items():
        text = (folder / f"{name}.rq").read_text(encoding="utf-8")
        selected = text[text.index("SELECT") : text.index("WHERE")]
        for column in (*kind.columns, "retrieved"):
            assert f"?{column} " in f"{selected.replace(chr(10), ' ')} ", (name, column)
        assert text.count("{") == text.count("}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not JSON: "),
        (b"caf\xe9", "is not UTF-8: unexpected end of data at byte 3"),
        (b"[]", "must hold SPARQL results in JSON ({head: {vars}, results: {bindings}})"),
        (b'{"head": {"vars": ["persn", "alias"]}, "results": {"bindings": []}}', "'persn' is near"),
        (
            b'{"head": {"vars": ["person", "alias"]}, "results": {"bindings": [{"alias": "x"}]}}',
            "row 1",
        ),
        (
            b'{"head": {"vars": ["person", "alias"]}, "results": {"bindings": [{"person": '
            b'{"type": "uri", "value": "http://example.org/Q1"}}]}}',
            "person must be an item such as http://www.wikidata.org/entity/Q42",
        ),
    ],
)
def test_files_that_are_no_results(world, command, tmp_path, content, message):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    status, out, err = command(path)
    assert (status, out) == (1, "")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("field", "value"), [("start", "last spring"), ("start", "2015-02-30T00:00:00Z")]
)
def test_a_malformed_date_names_its_row(world, command, tmp_path, field, value):
    row = holder("Carl Dorn", "President", "2015-03-01") | {field: literal(value)}
    status, _, err = command(answers(tmp_path, row))
    assert status == 1
    assert "holders.json row 1" in err
    assert repr(value) in err


def test_wrong_usage(world, command, tmp_path):
    status, _, err = command("none.json")
    assert (status, err) == (2, "builder: results file none.json does not exist\n")
    path = answers(tmp_path, holder("Carl Dorn", "President", "2015-03-01"))
    assert command(path, "--known-until", "June")[0] == 2
    assert command(path, "--into", path)[0] == 2
    assert command(path, "--accept", BRANDT)[0] == 2


def test_what_people_see(world, command, tmp_path):
    path = answers(
        tmp_path,
        new_term(),
        holder("Carl Dorn", "President", "2015-03-01", "2020-03-01"),
        holder("Ada Brandt", "President", "2010-03-11", "2015-03-01"),
        holder("Gero Hahn", "President", None),
    )
    _, out, _ = command(path)
    lines = out.splitlines()
    assert any(line.startswith("+ terms XA.prime_minister:ida-jonas:2018-01-15") for line in lines)
    assert f"~ terms {DORN}: confirmed by a second source, to the day" in lines
    assert "    status: -single_source +verified" in lines
    assert f"! terms {BRANDT}: a verified fact is contradicted; left as it is" in lines
    assert "1 skipped (holders: no start)" in lines[-1]
    assert lines[-1].endswith("nothing written; --apply writes; --accept ID takes Wikidata's word")
    assert "\x1b" not in out
    assert str(ITEMS["Ada Brandt"]) in out

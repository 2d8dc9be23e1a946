"""Tables of a user's own: what they replace and add, how far they know, and how they fail."""

import json
from datetime import date

import pytest

from perturbations.knowledge import KnowledgeError, Truth, load
from perturbations.knowledge.horizon import beyond
from perturbations.knowledge.load import TABLES, digest
from perturbations.knowledge.overlay import REFERENCES, SUBJECTS

BIDEN = "US.president:joe-biden:2021-01-20"


@pytest.fixture
def lay(tmp_path):
    """Writes tables into a folder of their own, and loads them over the shipped ones."""

    def over(info=None, **tables):
        for table, rows in tables.items():
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (tmp_path / f"{table}.jsonl").write_text(lines, encoding="utf-8")
        if info is not None:
            (tmp_path / "tables.json").write_text(json.dumps(info), encoding="utf-8")
        return load(overlay=tmp_path)

    return over


def term(office, person, start, end=None, **more):
    return {
        "id": f"{office}:{person}:{start}",
        "person": person,
        "office": office,
        "start": start,
        "start_precision": "day",
        "end": end,
        "end_precision": "day" if end else None,
        "acting": False,
        "status": "single_source",
        "sources": ["desk"],
        **more,
    }


MAYOR = {
    "id": "GB.mayor_of_london",
    "country": "GB",
    "role": "minister",
    "titles": ["Mayor of London"],
    "collective": False,
    "sources": ["desk"],
}
PERSON = {
    "id": "mia-example",
    "name": "Mia Example",
    "surname": "Example",
    "aliases": [],
    "surnames": ["Example"],
    "gender": "f",
    "died": None,
    "sources": ["desk"],
}


def test_rows_are_added_and_may_name_shipped_rows_and_each_other(lay, shipped):
    knowledge = lay(
        offices=[MAYOR],
        people=[PERSON],
        terms=[term("GB.mayor_of_london", "mia-example", "2020-05-01")],
    )
    day = date(2022, 6, 1)
    assert knowledge.in_office("mia-example", "GB.mayor_of_london", day, day) is Truth.HOLDS
    assert len(knowledge.terms) == len(shipped.terms) + 1
    assert set(shipped.people) < set(knowledge.people)


def test_a_row_whose_id_exists_takes_its_place(lay, shipped):
    row = term("US.president", "joe-biden", "2021-01-20", "2025-01-20", status="uncertain")
    knowledge = lay(terms=[row])
    day = date(2023, 6, 1)
    assert shipped.in_office("joe-biden", "US.president", day, day) is Truth.HOLDS
    assert knowledge.in_office("joe-biden", "US.president", day, day) is Truth.UNKNOWN
    assert len(knowledge.terms) == len(shipped.terms)


def test_an_overlay_knows_longer_of_its_own_subjects_only(lay, shipped):
    until = {"tables": {"terms": {"known_until": "2026-12-31"}}}
    knowledge = lay(until, terms=[term("JP.prime_minister", "shinzo-abe", "2026-05-01")])
    later = date(2026, 8, 1)
    end = shipped.known_until("terms")
    assert later > end
    assert knowledge.known_until("terms") == end
    assert knowledge.known_until("terms", "JP.prime_minister") == date(2026, 12, 31)
    assert knowledge.holders("US.president", later) == ()
    assert "shinzo-abe" in {one.person for one in knowledge.holders("JP.prime_minister", later)}
    assert [one.office for one in knowledge.offices_of("shinzo-abe", later)] == [
        "JP.prime_minister"
    ]


def test_an_overlay_may_know_less_long(lay, shipped):
    until = {"tables": {"terms": {"known_until": "2022-01-01"}}}
    row = term("US.president", "joe-biden", "2021-01-20", "2025-01-20")
    knowledge = lay(until, terms=[row])
    day = date(2023, 6, 1)
    assert knowledge.in_office("joe-biden", "US.president", day, day) is Truth.UNKNOWN
    assert knowledge.holders("FR.president", day) == shipped.holders("FR.president", day)


def test_version_and_digests_tell_the_two_apart(lay, shipped, tmp_path):
    assert shipped.parts == {}
    knowledge = lay({"version": "mine.1"}, people=[PERSON])
    assert knowledge.version == f"{shipped.version}+mine.1"
    assert knowledge.parts == {"shipped": shipped.digest, "overlay": digest(tmp_path)}
    assert knowledge.digest not in knowledge.parts.values()
    assert lay(people=[PERSON | {"gender": "m"}]).digest != knowledge.digest


def test_sources_are_described_where_they_are_used(lay):
    row = PERSON | {"sources": ["census"]}
    described = {"tables": {"people": {"sources": {"census": "a census of 2021"}}}}
    knowledge = lay(described, people=[row])
    assert knowledge.tables["people"].sources["census"] == "a census of 2021"
    assert "desk" in knowledge.tables["people"].sources
    with pytest.raises(KnowledgeError, match=r"people\.sources, got 'census' in .*people\.jsonl"):
        lay({}, people=[row])


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            {"terms": [term("JP.prime_minister", "shinzo-abee", "2026-01-01")]},
            r"person must be the id of a row of people, .*'shinzo-abee' in .*terms\.jsonl line 1",
        ),
        (
            {"offices": [MAYOR | {"country": "UK"}]},
            r"country must be the id of a row of countries, .*offices\.jsonl line 1",
        ),
        ({"people": [PERSON, PERSON]}, r"stands twice in people, again in .*people\.jsonl line 2"),
        ({"people": [PERSON | {"name": 3}]}, r"name must be a string .*people\.jsonl line 1"),
        ({"peoples": [PERSON]}, r"peoples\.jsonl' is no table of the knowledge; did you mean"),
        ({"zebras": [PERSON]}, r"zebras\.jsonl' is no table of the knowledge; known are coun"),
        ({}, r"holds no table; expected any of countries\.jsonl, "),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(lay, tables, message):
    with pytest.raises(KnowledgeError, match=message):
        lay(**tables)


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ({"tables": {"term": {}}}, r"tables\.term is no table of .*tables\.json.*mean 'terms'\?"),
        (
            {"tables": {"terms": {"known_until": "June"}}},
            "known_until must be an ISO date",
        ),
        ({"tables": {"terms": {"sources": ["x"]}}}, "sources must be an object of strings"),
        ({"version": 3}, "version must be a string"),
        ([], "a fact must be a JSON object"),
    ],
)
def test_a_wrong_description_of_the_tables_is_named(lay, info, message):
    with pytest.raises(KnowledgeError, match=message):
        lay(info, people=[PERSON])


def test_bytes_that_are_no_text_are_named(tmp_path):
    (tmp_path / "people.jsonl").write_bytes(b"caf\xe9")
    with pytest.raises(KnowledgeError, match=r"people\.jsonl' is not UTF-8: .* at byte 3"):
        load(overlay=tmp_path)
    with pytest.raises(FileNotFoundError, match="must hold any of countries"):
        load(overlay=tmp_path / "none")


def test_references_are_those_that_the_shipped_rows_keep(shipped):
    for table, fields in REFERENCES.items():
        facts = getattr(shipped, table)
        for fact in facts.values() if hasattr(facts, "values") else facts:
            for field, targets in fields.items():
                value = getattr(fact, field)
                known = {key for target in targets for key in getattr(shipped, target)}
                assert value is None or value in known, (table, fact.id, field)
    assert set(SUBJECTS) | set(REFERENCES) <= set(TABLES)


# Where the tables end


def test_articles_after_the_last_day_are_counted_once(shipped):
    end = shipped.known_until("terms")
    assert list(beyond([end, None], shipped)) == []
    [one] = beyond([date(2030, 1, 1), end], shipped)
    assert one.startswith(f"1 article is dated after {end}, the last day of which tables terms, ")
    assert "claims about office holders, memberships and states of the world in it are left" in one
    [two] = beyond([date(2030, 1, 1), date(2030, 1, 2)], shipped)
    assert two.startswith("2 articles are dated after")


def test_each_last_day_is_said_by_itself(shipped, monkeypatch):
    from dataclasses import replace

    tables = dict(shipped.tables)
    tables["terms"] = replace(tables["terms"], known_until=date(2025, 6, 30))
    monkeypatch.setattr(shipped, "tables", tables)
    first, second = beyond([date(2030, 1, 1), date(2025, 7, 1)], shipped)
    assert first == (
        "2 articles are dated after 2025-06-30, the last day of which table terms speaks; claims "
        "about office holders in them are left undecided"
    )
    assert second.startswith("1 article is dated after 2026-01-31")


def test_an_overlay_that_knows_more_is_mentioned(lay):
    knowledge = lay(
        {"tables": {"terms": {"known_until": "2026-12-31"}}},
        terms=[term("JP.prime_minister", "shinzo-abe", "2026-05-01")],
    )
    [one] = beyond([date(2030, 1, 1)], knowledge)
    assert one.endswith("are left undecided, except where an overlay knows more")

"""Reading the tables: where they lie, what they must look like, and what a broken one answers."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from perturbations.knowledge import KnowledgeError, data_folder, knowledge_folder, load
from perturbations.knowledge import location as location_module
from perturbations.knowledge.load import TABLES


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped tables that a test may break."""
    return Path(shutil.copytree(knowledge_folder(), tmp_path / "knowledge"))


def lines(folder: Path, table: str) -> list[dict]:
    text = (folder / f"{table}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def write(folder: Path, table: str, rows: list[dict]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{table}.jsonl").write_text(text, encoding="utf-8")


def test_the_shipped_tables_satisfy_their_schema():
    schema = json.loads((data_folder() / "schemas" / "knowledge.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    folder = knowledge_folder()
    whole = {name: lines(folder, name) for name in TABLES}
    whole["tables"] = json.loads((folder / "tables.json").read_text())
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(whole)] == []


def test_every_line_of_every_table_is_loaded(shipped):
    folder = knowledge_folder()
    for name in TABLES:
        assert len(getattr(shipped, name)) == len(lines(folder, name)) > 0


def test_tables_are_sorted_by_id():
    for name in TABLES:
        ids = [row["id"] for row in lines(knowledge_folder(), name)]
        assert ids == sorted(ids), name


def test_outlets_may_be_absent_or_empty(copy):
    (copy / "outlets.jsonl").write_text("")
    empty = load(copy)
    (copy / "outlets.jsonl").unlink()
    assert load(copy).outlets == empty.outlets == {}


def test_another_table_may_not_be_absent(copy):
    (copy / "terms.jsonl").unlink()
    with pytest.raises(FileNotFoundError, match=r"terms\.jsonl' is missing"):
        load(copy)


def test_the_digest_tells_tables_apart_and_equal_tables_alike(copy):
    before = load(copy).digest
    assert before == load().digest
    with (copy / "people.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert load(copy).digest != before


@pytest.mark.parametrize(
    ("table", "field", "value", "message"),
    [
        ("terms", "start", "16/02/22", r"start must be an ISO date .*'16/02/22'"),
        ("terms", "start", "2023-02-30", r"start must be a date that exists, got '2023-02-30'"),
        ("terms", "start_precision", "week", "start_precision must be one of day, month, year"),
        ("terms", "status", "sure", "status must be one of verified, single_source, uncertain"),
        ("terms", "acting", "no", "acting must be true or false, got 'no'"),
        ("people", "name", "", "name must be a string that is not empty"),
        ("people", "aliases", [1], "aliases must be a list of strings"),
        ("states", "patterns", [{"phrase": "x", "presupposes": "maybe"}], "presupposes must be"),
        ("outlets", "grammar", "^/", "grammar must be a list of objects"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(copy, table, field, value, message):
    rows = lines(copy, table)
    rows[2][field] = value
    write(copy, table, rows)
    with pytest.raises(KnowledgeError, match=message) as caught:
        load(copy)
    assert f"{table}.jsonl line 3" in str(caught.value)


def test_a_missing_field_a_broken_line_and_a_double_id_are_named(copy):
    rows = lines(copy, "offices")
    del rows[0]["titles"], rows[0]["role"]
    write(copy, "offices", rows)
    with pytest.raises(KnowledgeError, match=r"field 'role' is missing in .*line 1"):
        load(copy)
    (copy / "offices.jsonl").write_text("{]\n")
    with pytest.raises(KnowledgeError, match=r"no JSON in .*offices\.jsonl line 1"):
        load(copy)
    (copy / "offices.jsonl").write_text('["US.president"]\n')
    with pytest.raises(KnowledgeError, match="a fact must be a JSON object"):
        load(copy)
    rows = lines(knowledge_folder(), "offices")
    write(copy, "offices", [*rows, rows[0]])
    with pytest.raises(KnowledgeError, match="stands twice in offices"):
        load(copy)


def test_the_environment_names_another_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("INCONSISTENT_NEWS_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.setenv("INCONSISTENT_NEWS_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="INCONSISTENT_NEWS_DATA must name an existing"):
        data_folder()


def test_data_inside_the_package_comes_before_the_checkout(monkeypatch, tmp_path):
    monkeypatch.delenv("INCONSISTENT_NEWS_DATA", raising=False)
    module = tmp_path / "perturbations" / "knowledge" / "location.py"
    monkeypatch.setattr(location_module, "__file__", str(module))
    with pytest.raises(FileNotFoundError, match="no data folder beside"):
        data_folder()
    (tmp_path / "data").mkdir()
    assert data_folder() == tmp_path / "data"
    (tmp_path / "perturbations" / "_data").mkdir(parents=True)
    assert data_folder() == tmp_path / "perturbations" / "_data"


def test_knowledge_can_be_sent_to_another_process(shipped):
    import pickle

    twin = pickle.loads(pickle.dumps(shipped))
    assert twin.digest == shipped.digest
    assert twin.terms == shipped.terms

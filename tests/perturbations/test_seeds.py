"""Every seed file holds to its contract, and every planted fault is refused by name and place."""

import copy
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from perturbations.defects import (
    TAXONOMY,
    Certainty,
    EvidenceKind,
    Family,
    Origin,
    Rule,
    Scope,
    Severity,
)
from perturbations.knowledge import load
from perturbations.knowledge.location import data_folder
from perturbations.seeds import SCHEMA_NAMES, SeedError, load_seed, load_seeds, seeds_folder
from perturbations.text import Article

NATURAL = "telephone-conversation"
TWIN = "telephone-conversation-repaired"
DIGEST_OF_THE_TEXT = "21d103f51dfb2c0b13cbb283eb87be6f3cf3316b085f2b6377484388b1269f73"


def schema(name):
    path = data_folder() / "schemas" / f"{name}.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def row_of(name):
    return json.loads((seeds_folder() / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seeds():
    return {seed.id: seed for seed in load_seeds()}


@pytest.fixture
def write(tmp_path):
    def to_file(row, name=NATURAL):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
        return path

    return to_file


# The shipped files


def test_every_file_is_loaded_and_sorted(seeds):
    stems = {path.stem for path in seeds_folder().glob("*.json")}
    assert set(seeds) == stems
    assert list(seeds) == sorted(stems)
    assert {NATURAL, TWIN} <= stems


def test_what_was_loaded_is_what_the_file_says(seeds):
    for seed in seeds.values():
        row = row_of(seed.id)
        assert seed.article.to_json() == row["article"], seed.id
        assert [defect.to_json() for defect in seed.defects] == row["defects"], seed.id
        assert [len(slot.mentions) for slot in seed.slots] == [
            len(slot["mentions"]) for slot in row["slots"]
        ]


def test_facts_that_name_the_knowledge_are_in_it(seeds):
    knowledge = load()
    known = {
        *(term.id for term in knowledge.terms),
        *knowledge.people,
        *knowledge.offices,
        *knowledge.countries,
        *knowledge.outlets,
        *knowledge.states,
    }
    named = {fact.fact for seed in seeds.values() for fact in seed.facts if fact.fact}
    assert named, "no seed names a fact of the knowledge: this test checks nothing"
    assert named <= known, named - known


# The seed article and its twin


def test_the_seed_article_is_unchanged_to_the_letter(seeds):
    article = seeds[NATURAL].article
    original = f"{article.title}\n{article.body}"
    assert sha256(original.encode()).hexdigest() == DIGEST_OF_THE_TEXT


def test_every_paragraph_of_the_seed_article_has_been_judged(seeds):
    seed = seeds[NATURAL]
    assert seed.provenance.kind == "natural"
    start, unmarked = seed.article.body_start, []
    for number, line in enumerate(seed.article.body.split("\n"), start=1):
        end = start + len(line)
        spans = [span for defect in seed.defects for span in defect.spans]
        if not any(start <= span.start < end for span in spans):
            unmarked.append(number)
        start = end + 1
    assert unmarked == []


def test_no_defect_says_the_same_as_another(seeds):
    marks = [(d.type, d.spans) for d in seeds[NATURAL].defects]
    assert len(set(marks)) == len(marks)
    explanations = [d.explanation for d in seeds[NATURAL].defects]
    assert all(text.endswith(".") for text in explanations)


def test_every_fact_of_the_seed_article_is_held_against_something(seeds):
    seed = seeds[NATURAL]
    used = {e.fact for defect in seed.defects for e in defect.evidence}
    assert {fact.key for fact in seed.facts} <= used


def test_the_twin_is_whole_and_of_one_period(seeds):
    twin = seeds[TWIN]
    assert twin.provenance.twin_of == NATURAL
    assert twin.defects == ()
    assert twin.article.published is not None
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", twin.article.text)}
    assert max(years) == twin.article.published.year
    prose, references = twin.article.body.rsplit("\n", 1)
    entries = re.findall(r"\[(\d+)\]", references)
    assert entries == ["1", "2", "3"]
    assert set(re.findall(r"\[(\d+)\]", prose)) == set(entries)


def test_the_design_note_lists_every_defect_with_its_type_and_certainty(seeds):
    note = Path(__file__).parents[2] / "design" / "seed-article.md"
    cells = [
        [cell.strip(" `") for cell in line.split("|")[1:-1]]
        for line in note.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    listed = {(cell[0], cell[1], cell[2]) for cell in cells}
    assert listed == {(d.id, d.type, str(d.certainty)) for d in seeds[NATURAL].defects}


# The schemas


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_each_schema_is_valid_and_describes_every_field(name):
    found = schema(name)
    Draft202012Validator.check_schema(found)
    assert found["$id"] == f"urn:inconsistent-news:schema:{name}"
    shapes = [found, *found.get("$defs", {}).values()]
    for shape in shapes:
        assert shape["description"]
        if "properties" in shape:
            assert shape["additionalProperties"] is False
            assert all(field.get("description") for field in shape["properties"].values())


def test_the_words_of_the_schema_are_the_words_of_the_vocabulary():
    defect = schema("defect")
    fields = defect["properties"]
    assert fields["type"]["enum"] == list(TAXONOMY)
    rule = defect["$defs"]["rule_witness"]["properties"]["rule"]
    for field, words in (
        (fields["family"], Family),
        (fields["evidence_kind"], EvidenceKind),
        (fields["severity"], Severity),
        (fields["scope"], Scope),
        (fields["origin"], Origin),
        (fields["certainty"], Certainty),
        (rule, Rule),
    ):
        assert field["enum"] == [str(word) for word in words]


def test_the_schema_has_the_fields_of_an_article():
    article = Article(id="a", title="A", body="b")
    assert list(schema("article")["properties"]) == list(article.to_json())


# Planted faults


def plant(path, value):
    def change(row):
        *parents, last = path
        for step in parents:
            row = row[step]
        if value is DELETED:
            del row[last]
        else:
            row[last] = value

    return change


DELETED = object()

FAULTS = {
    "wrong offset": (
        plant(("defects", 0, "spans", 0, "start"), 1),
        "defects[0].spans[0]",
        "must cover as many code points",
    ),
    "shifted span": (
        lambda row: row["defects"][0]["spans"][0].update(start=5, end=27),
        "defects[0].spans[0]",
        "the nearest place with these words is 0..22",
    ),
    "words that are not there": (
        lambda row: row["defects"][0]["spans"][0].update(start=0, end=5, text="Visit"),
        "defects[0].spans[0]",
        "the article does not contain these words",
    ),
    "span over the separator": (
        lambda row: row["defects"][0]["spans"][0].update(start=82, end=90, text="2022\n\nAs"),
        "defects[0].spans[0]",
        "crosses into the body",
    ),
    "wrong evidence": (
        lambda row: row["defects"][1]["evidence"].append(
            {"role": "date", "start": 3, "end": 7, "text": "2022"}
        ),
        "defects[1].evidence[0]",
        "the nearest place with these words is",
    ),
    "two kinds of evidence": (
        lambda row: row["defects"][1]["evidence"].append(
            {"role": "date", "field": "published", "fact": "It was so."}
        ),
        "defects[1].evidence[0]",
        "exactly one of a span (start, end and text), a field of the article, and a fact",
    ),
    "no evidence": (
        plant(("defects", 0, "evidence"), []),
        "defects[0].evidence",
        "must not be empty where evidence_kind is 'metadata'",
    ),
    "unknown fact": (
        plant(("defects", 0, "evidence"), [{"role": "term", "fact": "JP.prime_minister"}]),
        "defects[0].evidence[0].fact",
        "neither a claim nor a fact id",
    ),
    "unknown field": (
        plant(("defects", 0, "evidence"), [{"role": "when", "field": "publisched"}]),
        "defects[0].evidence[0].field",
        "no field 'publisched'",
    ),
    "unknown type": (
        plant(("defects", 0, "type"), "wrong_incumbant"),
        "defects[0].type",
        "did you mean 'wrong_incumbent'?",
    ),
    "kind that the type has not": (
        plant(("defects", 0, "evidence_kind"), "reference"),
        "defects[0].evidence_kind",
        "unsupported_headline has evidence of kind metadata, got 'reference'",
    ),
    "built defect without a proof": (
        plant(("defects", 1, "origin"), "synthetic"),
        "defects[1]",
        "has no witness",
    ),
    "built defect": (
        lambda row: row["defects"][1].update(origin="synthetic", certainty="suspected"),
        "defects[1].origin",
        "a defect that a person marked is 'natural'",
    ),
    "wrong family": (
        plant(("defects", 0, "family"), "time"),
        "defects[0].family",
        "must be 'headline', got 'time'",
    ),
    "wrong distance": (
        plant(("defects", 0, "distance"), 4),
        "defects[0].distance",
        "must be -1, got 4",
    ),
    "unknown key": (
        plant(("article", "publishd"), "2022-02-16"),
        "article",
        "unknown key 'publishd'; did you mean 'published'?",
    ),
    "missing title": (
        plant(("article", "title"), DELETED),
        "article",
        "the key 'title' is missing",
    ),
    "no text": (
        lambda row: row.update(
            article={**row["article"], "title": "", "body": " "}, defects=[], slots=[]
        ),
        "article",
        "neither a title nor a body",
    ),
    "bad date": (
        plant(("article", "published"), "16/02/2022"),
        "article.published",
        "an ISO date (YYYY-MM-DD) or null; got '16/02/2022'",
    ),
    "date that is none": (
        plant(("article", "published"), "2022-02-30"),
        "article.published",
        "an ISO date (YYYY-MM-DD) or null; got '2022-02-30'",
    ),
    "carriage return": (
        plant(("article", "body"), "One.\r\nTwo."),
        "article.body",
        "line ends as LF",
    ),
    "dangling root": (
        plant(("defects", 1, "root"), "headline-epok"),
        "defects[1].root",
        "no defect 'headline-epok' in this file; did you mean 'headline-epoch'?",
    ),
    "circle of roots": (
        lambda row: row["defects"][1].update(root=row["defects"][1]["id"]),
        "defects[1].root",
        "leads in a circle",
    ),
    "one id twice": (
        lambda row: row["defects"][2].update(id=row["defects"][1]["id"]),
        "defects[2].id",
        "is defects[1] already",
    ),
    "slot with one mention": (
        plant(
            ("slots",),
            [
                {
                    "slot": "date",
                    "type": "date",
                    "mentions": [{"start": 69, "end": 86, "text": "February 16, 2022"}],
                }
            ],
        ),
        "slots[0].mentions",
        "Two places or more",
    ),
    "slot with one mention twice": (
        plant(
            ("slots",),
            [
                {
                    "slot": "date",
                    "type": "date",
                    "mentions": [{"start": 69, "end": 86, "text": "February 16, 2022"}] * 2,
                }
            ],
        ),
        "slots[0].mentions[1]",
        "must begin after 69..86 ends",
    ),
    "person without a mention in the body": (
        plant(
            ("slots",),
            [
                {
                    "slot": "who called",
                    "type": "person",
                    "mentions": [
                        {"start": 31, "end": 45, "text": "Prime Minister"},
                        {"start": 46, "end": 59, "text": "Fumio Kishida"},
                    ],
                }
            ],
        ),
        "slots[0].mentions",
        "the headline and the body",
    ),
    "other name": (
        plant(("article", "id"), "another"),
        "article.id",
        "must be the file's name without .json, 'telephone-conversation'",
    ),
    "twin of nothing": (
        plant(("provenance", "kind"), "twin"),
        "provenance.twin_of",
        "names the original of a twin",
    ),
    "clean with defects": (
        plant(("provenance", "kind"), "clean"),
        "defects",
        "must be empty where the kind is 'clean'",
    ),
    "real without facts": (
        lambda row: row.update(facts=[], defects=[]),
        "facts",
        "must list what it rests on",
    ),
    "fact without a source": (
        plant(("facts", 0, "source"), DELETED),
        "facts[0]",
        "the key 'source' is missing",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_refused_by_file_and_place(name, write):
    change, place, problem = FAULTS[name]
    row = row_of(NATURAL)
    change(row)
    path = write(row)
    with pytest.raises(SeedError) as caught:
        load_seed(path)
    assert caught.value.path == path
    assert caught.value.place == place
    assert str(caught.value).startswith(f"{path}: {place}: ")
    assert problem in str(caught.value)


def test_without_a_planted_fault_the_same_file_is_read(write):
    row = copy.deepcopy(row_of(NATURAL))
    assert len(load_seed(write(row)).defects) == len(row["defects"])


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (b'{"article": ', "line 1 column 13", "is not JSON"),
        (b'"\xff"', "byte 1", "is not UTF-8"),
        (b"[]", "the file", "got []"),
    ],
)
def test_a_file_that_is_no_seed_is_refused(tmp_path, content, place, problem):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(SeedError, match=re.escape(problem)) as caught:
        load_seed(path)
    assert caught.value.place == place


def test_a_missing_file_and_a_missing_folder_are_named(tmp_path):
    with pytest.raises(SeedError, match=r"gone\.json: the file: does not exist"):
        load_seed(tmp_path / "gone.json")
    with pytest.raises(SeedError, match="gone: the folder: does not exist"):
        load_seeds(tmp_path / "gone")


def test_a_twin_whose_original_is_not_there_is_refused(write, tmp_path):
    path = write(row_of(TWIN), TWIN)
    assert load_seed(path).provenance.twin_of == NATURAL
    with pytest.raises(SeedError, match="no natural seed 'telephone-conversation'") as caught:
        load_seeds(tmp_path)
    assert (caught.value.path, caught.value.place) == (path, "provenance.twin_of")
    write(row_of(NATURAL))
    assert [seed.id for seed in load_seeds(tmp_path)] == [NATURAL, TWIN]

"""`builder perturb`: variants with their proofs in words, and why the rest made nothing."""

import io
import json
import re
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from rich.console import Console

from builder.cli import main
from builder.diff_view import Context
from builder.facts import day_in_words, fact_in_words
from builder.perturb import perturb
from builder.perturb_view import render
from builder.proof import MEANINGS
from builder.sources import SourceArticle, read_article
from perturbations.defects import Rule
from perturbations.defects.defect import Defect
from perturbations.defects.recheck import recheck
from perturbations.knowledge import Precision, Truth, data_folder
from perturbations.perturbation import Catalogue
from perturbations.seeds import seeds_folder
from perturbations.text import Article, Ledger

CALL = seeds_folder() / "real-biden-duda-call.json"
SOME = ("leaders.other_holder", "dates.weekday", "citations.date_conflict", "dates.duration")


def loaded(*names):
    return {name: Catalogue().load(name) for name in names or SOME}


@pytest.fixture(scope="module")
def found(knowledge):
    """What becomes of one seed."""
    return perturb(read_article(str(CALL)), loaded(), knowledge, seed=3)


@pytest.fixture(scope="module")
def validator():
    folder = data_folder() / "schemas"
    schemas = [
        json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("perturb", "defect")
    ]
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )
    return Draft202012Validator(schemas[0], registry=registry)


def shown(found, context=Context.WORDS, **more):
    console = Console(file=io.StringIO(), width=120, **{"color_system": None, **more})
    render(found, console, context)
    return console.file.getvalue()


def test_the_document_is_what_its_schema_describes(found, validator):
    document = found.to_json()
    assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)] == []
    assert json.loads(json.dumps(document)) == document


def test_edits_lead_from_the_article_over_the_source_to_the_variant(found):
    document = found.to_json()
    assert {one["perturbation"] for one in document["variants"]} >= {"citations.date_conflict"}
    for one in document["variants"]:
        source = Ledger.from_json(one["source"]["edits"]).apply(document["article"]["text"])
        assert source == one["source"]["text"]
        for kind in ("variant", "control"):
            assert Ledger.from_json(one[kind]["edits"]).apply(source) == one[kind]["text"]


def test_every_witness_holds_on_its_variant(found, reader, knowledge):
    for one in found.to_json()["variants"]:
        text, title = one["variant"]["text"], found.article.title
        article = found.article.with_text(text, title_length=text.index("\n\n"))
        assert title
        for row in one["variant"]["defects"]:
            witness = Defect.from_json(row).witness
            assert recheck(witness, reader.read(article), knowledge) is Truth.HOLDS


def test_every_perturbation_is_accounted_for(knowledge):
    names = tuple(Catalogue())
    found = perturb(read_article(str(CALL)), loaded(*names), knowledge)
    made = {one.perturbation for one in found.variants}
    accounted = made | {one.perturbation for one in (*found.not_applicable, *found.refused)}
    assert accounted == set(names)
    assert not made & {one.perturbation for one in found.not_applicable}


def test_a_seed_decides(found, knowledge):
    again = perturb(read_article(str(CALL)), loaded(), knowledge, seed=3)
    other = perturb(read_article(str(CALL)), loaded(), knowledge, seed=4)
    assert again.to_json() == found.to_json()
    assert other.to_json()["variants"] != found.to_json()["variants"]


def test_the_fixture_has_a_variant_of_each_family(found):
    assert {one.perturbation for one in found.variants} >= set(SOME[:3])


def test_people_see_edits_proof_facts_and_control(found):
    text = shown(found)
    assert text.startswith(f"{found.article.title}\n")
    assert f"published {found.article.published}; seed 3" in text
    assert "source: nothing found; checked by calendar" in text
    assert "  variant: " in text
    assert "  control: " in text
    assert "rule interval: the claim lies outside the days on which it was so" in text
    assert f"against published {found.article.published}" in text
    assert re.search(r"term of office: .*\bfrom \d+ \w+ \d{4} until .*verified; desk, ", text)
    assert "kept: " in text
    assert "\x1b" not in text


def test_an_addition_is_shown_once(knowledge):
    names = ("citations.numbering_gap", "citations.dangling_marker", "citations.date_conflict")
    found = perturb(read_article(str(CALL)), loaded(*names), knowledge, seed=1)
    added = [one.source for one in found.variants if one.preparation.edits]
    text = shown(found)
    assert len(added) > 1
    assert text.count("added to the source first:  ... ") == len(set(added))
    again = text.count("added to the source first: as for citations.")
    assert again == len(added) - len(set(added)) > 0


def test_colours_stand_where_there_is_a_terminal(found):
    text = shown(found, force_terminal=True, color_system="standard")
    assert "\x1b[9;31m" in text  # struck through, red
    assert re.search("\x1b\\[[0-9;]*4[0-9;]*m", text)  # underlined
    assert "[-" not in text


def test_the_paragraph_can_be_shown(found):
    assert len(shown(found, Context.PARAGRAPH)) > len(shown(found))


def test_an_article_that_is_not_clean_is_shown_with_what_is_wrong(knowledge, validator):
    body = "HAVERBY - The bridge opened on Tuesday, 6 May 2024, and closed on 31 April 2024."
    article = Article("bridge", "Bridge opens", body, date(2024, 5, 7))
    found = perturb(SourceArticle(article), loaded("dates.weekday"), knowledge)
    assert found.variants == ()
    assert [defect.type for defect in found.found] == ["impossible_date", "impossible_date"]
    assert list(validator.iter_errors(found.to_json())) == []
    text = shown(found)
    assert "source: 2 findings by the rules" in text
    assert "<!Tuesday, 6 May 2024!>" in text
    assert "2024-05-06 was a Monday, not a Tuesday." in text


def test_what_does_not_apply_stands_in_a_table(knowledge):
    article = Article("plain", "A headline", "A body without anything.")
    found = perturb(SourceArticle(article), loaded(), knowledge)
    text = shown(found)
    assert found.variants == ()
    assert "Not applicable" in text
    for name in SOME:
        assert name in text
    assert "plain, without a date" in text


def test_passages_of_other_articles_are_at_hand(knowledge):
    names = [name for name in Catalogue() if name.startswith("splices.")]
    assert names
    made = set()
    for path in sorted(seeds_folder().glob("real-*.json")):
        if made:
            break
        found = perturb(read_article(str(path)), loaded(*names), knowledge)
        made |= {one.perturbation for one in found.variants}
        reasons = {one.reason for one in found.not_applicable}
        assert not any(reason.startswith("no other article") for reason in reasons)
    assert made


def test_a_warning_where_the_tables_end(knowledge):
    article = Article("late", "A headline", "A body.", date(2031, 1, 1))
    found = perturb(SourceArticle(article), loaded("dates.weekday"), knowledge)
    [warning] = found.warnings
    assert warning.startswith("1 article is dated after 2026-01-31, the last day of which table")


# Words


def test_every_rule_has_its_meaning():
    assert set(MEANINGS) == set(Rule)


def test_facts_of_every_table_in_words(knowledge):
    term = knowledge.terms_of(office="JP.prime_minister", person="shinzo-abe")[-1]
    assert fact_in_words(term.id, knowledge) == (
        "Shinzo Abe, Prime Minister (Japan), from 26 December 2012 until 16 September 2020 "
        f"(verified; {', '.join(term.sources)})"
    )
    assert "still on 31 January 2026" in fact_in_words(
        next(t.id for t in knowledge.terms if t.end is None), knowledge
    )
    membership = next(one for one in knowledge.memberships if one.id == "NATO.FI")
    assert fact_in_words(membership.id, knowledge).startswith(
        "Finland, member of NATO, from 4 April 2023, and still on "
    )
    assert fact_in_words("african-union-g20", knowledge).startswith(
        "“The African Union is a member of the G20.” from 9 September 2023"
    )
    assert fact_in_words("no-such-fact", knowledge) is None
    for table in ("countries", "offices", "people", "outlets", "references", "organisations"):
        key = next(iter(getattr(knowledge, table)))
        assert fact_in_words(key, knowledge)


def test_days_in_words_are_as_exact_as_they_are():
    day = date(2016, 4, 1)
    assert day_in_words(day) == "1 April 2016"
    assert day_in_words(day, Precision.MONTH) == "April 2016"
    assert day_in_words(day, Precision.YEAR) == "2016"


# Files


ROW = {"title": "Bridge opens", "body": "The bridge opened on Monday, 6 May 2024."}
PLAIN = f"{ROW['title']}\n\n{ROW['body']}\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps(ROW)),
        ("a.json", json.dumps({"article": ROW})),
        ("a.jsonl", f"{json.dumps(ROW)}\n\n"),
        ("a.txt", PLAIN),
        ("a.txt", PLAIN.replace("\n", "\r\n")),
        ("a.txt", json.dumps(ROW)),
        ("a", f"\ufeff\n{PLAIN}"),
    ],
)
def test_an_article_in_any_of_its_forms(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    article = read_article(str(path), "2024-05-07", "fr").article
    assert (article.title, article.body) == (ROW["title"], ROW["body"])
    assert (article.published, article.language) == (date(2024, 5, 7), "fr")
    assert article.id


def test_what_the_file_says_comes_first(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({**ROW, "published": "2024-05-06", "language": "en-GB"}))
    article = read_article(str(path), "2031-01-01", "fr").article
    assert (article.published, article.language) == (date(2024, 5, 6), "en-GB")


def test_a_seed_brings_its_slots():
    assert read_article(str(CALL)).slots


@pytest.mark.parametrize(
    ("name", "content", "status", "message"),
    [
        ("a.jsonl", f"{json.dumps(ROW)}\n{json.dumps(ROW)}", 1, "must hold one article, but holds"),
        ("a.jsonl", "", 1, "must hold one article, but holds 0"),
        ("a.txt", " \n ", 1, "holds no text; expected a headline, an empty line and the body"),
        ("a.json", "{", 1, "a.json is not JSON: "),
        ("a.json", "[]", 1, "must be an object with title and body"),
        ("a.json", '{"title": 3}', 1, "title must be a string, got 3"),
        ("a.json", '{"title": ""}', 1, "neither a title nor a body"),
    ],
)
def test_files_that_hold_no_article(tmp_path, capsys, name, content, status, message):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["perturb", str(tmp_path / name)]) == status
    said = capsys.readouterr()
    assert message in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.txt"], "article none.txt does not exist"),
        (["."], "is a folder; name the file of one article"),
        ([str(CALL), "--with", "dates.wekday"], "did you mean 'dates.weekday'?"),
        ([str(CALL), "--with", "dates.weekday", "--all"], "give one of the two"),
        ([str(CALL), "--seed", "-1"], "--seed must be 0 or more, got -1"),
        ([str(CALL), "--published", "May"], "--published must be an ISO date (YYYY-MM-DD), got"),
        ([str(CALL), "--knowledge", "none"], "--knowledge must name a folder of tables, got non"),
    ],
)
def test_wrong_usage(capsys, arguments, message):
    assert main(["perturb", *arguments]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_standard_input_is_an_article_too(run):
    done = run("perturb", "-", "--with", "dates.weekday", "--json", input=PLAIN)
    assert done.status == 0
    [variant] = json.loads(done.out)["variants"]
    assert variant["perturbation"] == "dates.weekday"
    done = run("perturb", "-", "--with", "dates.weekday", input=json.dumps(ROW))
    assert "  variant: " in done.out
    assert "\x1b" not in done.out
    done = run("perturb", "-", input="")
    assert (done.status, done.out) == (1, "")

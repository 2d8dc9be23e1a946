import io
import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from benchmark import findings
from benchmark.errors import UsageError
from perturbations.defects import (
    Certainty,
    Defect,
    Evidence,
    EvidenceKind,
    Origin,
    Scope,
    Severity,
)
from perturbations.knowledge.location import data_folder
from perturbations.text import Span


def write(tmp_path, content, name="article.txt"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_plain_text_first_line_is_the_title_and_lines_are_the_files(tmp_path):
    path = write(tmp_path, "\ufeff\r\nHeadline \r\n\r\n\r\nFirst.\r\n\r\nSecond.\r\n")
    source = findings.read(path)
    assert source.article.title == "Headline"
    assert source.article.body == "First.\n\nSecond."
    text = source.article.text
    for word, line in (("Headline", 2), ("First", 5), ("Second", 7)):
        assert source.line(text.index(word)) == line
    assert source.line(len(text)) == 7


def test_one_line_has_no_title(tmp_path):
    source = findings.read(write(tmp_path, "\nOnly this.\n"))
    assert (source.article.title, source.article.body) == ("", "Only this.")
    assert source.line(3) == 2


@pytest.mark.parametrize("wrapped", [True, False])
def test_json_articles(tmp_path, wrapped):
    row = {"title": "T", "body": "One.\nTwo.", "published": "2022-02-16"}
    path = write(tmp_path, json.dumps({"article": row} if wrapped else row), "a.json")
    source = findings.read(path, date(2000, 1, 1))
    assert source.article.published == date(2022, 2, 16)
    assert source.line(source.article.text.index("Two")) == 4


def test_published_is_filled_in_where_the_file_gives_none(tmp_path):
    source = findings.read(write(tmp_path, "T\n\nBody."), date(2022, 2, 16))
    assert source.article.published == date(2022, 2, 16)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.txt", "holds no text"),
        (b" \n\n", "a.txt", "holds no text"),
        (b"caf\xe9", "a.txt", "is not UTF-8: byte 0xe9 at offset 3"),
        (b"{", "a.json", "is not JSON"),
        (b'{"body": ' + b"[" * 100_000, "a.json", "is not JSON that can be read"),
        (b'{"body": ' + b"9" * 5_000 + b"}", "a.json", "is not JSON that can be read"),
        (b"[]", "a.json", "must hold an object"),
        (b'{"article": 3}', "a.json", "got int"),
        (b'{"title": "", "body": " "}', "a.json", "neither a title nor a body"),
        (b'{"body": "x", "published": "16/02/22"}', "a.json", "got '16/02/22'"),
        (b'{"body": 3}', "a.json", "body must be a string"),
        (b'{"body": "\\ud800"}', "a.json", "half of a surrogate pair"),
    ],
)
def test_files_that_hold_no_article_are_named(tmp_path, content, name, words):
    path = write(tmp_path, content, name)
    with pytest.raises(findings.InputError) as caught:
        findings.read(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.exit_status == 1


def test_missing_files_and_folders_are_usage(tmp_path):
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(UsageError, match=r"no such file|is a folder"):
            findings.read(path)


def found_in(source):
    text = source.article.text
    start = text.index("Monday")
    other = text.index("Wednesday")
    return Defect(
        id="f1",
        type="impossible_date",
        spans=(Span.of(text, start, start + 6),),
        evidence=(
            Evidence("weekday", Span.of(text, other, other + 9)),
            Evidence("publication date", field="published"),
            Evidence("calendar", fact="calendar"),
        ),
        evidence_kind=EvidenceKind.INTERNAL,
        explanation="That day was a Wednesday.\x1b[2J",
        severity=Severity.MINOR,
        scope=Scope.SENTENCE,
        origin=Origin.NATURAL,
        certainty=Certainty.PROVEN,
    )


def test_json_fits_the_schema_and_holds_spans_with_their_text(tmp_path):
    source = findings.read(write(tmp_path, "T\n\nOn Monday,\nor on Wednesday."))
    row = findings.to_json(source, [found_in(source)])
    schema = json.loads(
        (data_folder() / "schemas" / "finding.schema.json").read_text(encoding="utf-8")
    )
    Draft202012Validator(schema).validate(json.loads(json.dumps(row)))
    [finding] = row["findings"]
    [span] = finding["spans"]
    assert source.article.text[span["start"] : span["end"]] == span["text"] == "Monday"


def test_for_people_lines_quotes_and_evidence_are_printed_and_escapes_are_inert(tmp_path):
    path = write(tmp_path, "T\n\nOn Monday,\nor on Wednesday. [red]x[/red]")
    source = findings.read(path, date(2022, 2, 16))
    out = io.StringIO()
    console = Console(file=out, width=120, force_terminal=False)
    findings.show(source, [found_in(source)], console)
    findings.show(source, [], console)
    printed = out.getvalue()
    assert "1 finding\n" in printed
    assert "0 findings\n" in printed
    assert "wrong, line 3: “Monday”" in printed
    assert "weekday, line 4: “Wednesday”" in printed
    assert "publication date: published = 2022-02-16" in printed
    assert "That day was a Wednesday." in printed
    assert "\x1b" not in printed


def test_only_detectors_that_explain_are_taken():
    with pytest.raises(UsageError, match="'majority' does not explain single articles"):
        findings.explainer("majority")

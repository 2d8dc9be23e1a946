"""Articles from files: what is read, and every fault named with file and line."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from builder.errors import BuilderError, UsageError
from builder.sources import hub_licence, objection, read_articles, read_json_lines
from perturbations.seeds import seeds_folder

ARTICLE = {"id": "a", "title": "Bridge opens", "body": "The bridge opened.", "licence": "CC0-1.0"}


def fault(path: Path, error: type[BuilderError] = BuilderError) -> str:
    with pytest.raises(error) as caught:
        read_articles([str(path)])
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message.replace(str(path), "FILE")


def test_every_field_is_read_and_unknown_keys_are_left_alone(write):
    more = {
        "published": "2024-05-06",
        "updated": "2024-05-07",
        "language": "en-GB",
        "source": "The Harbour Post",
        "url": "https://www.harbourpost.example/bridge",
        "author": "A. Writer",
        "tags": ["roads"],
        "word_count": 4,
    }
    [source] = read_articles([str(write({**ARTICLE, **more}))])
    article = source.article
    assert (article.id, article.title, article.body) == ("a", "Bridge opens", "The bridge opened.")
    assert (article.published, article.updated) == (date(2024, 5, 6), date(2024, 5, 7))
    assert (article.source, article.author) == ("The Harbour Post", "A. Writer")
    assert (article.url, article.language) == ("https://www.harbourpost.example/bridge", "en-GB")
    assert (article.tags, article.licence) == (("roads",), "CC0-1.0")
    assert (source.kind, source.slots, source.defects) == ("clean", (), ())


def test_line_ends_become_lf_in_the_file_and_in_the_text(write):
    path = write({**ARTICLE, "body": "One.\r\n\r\nTwo."}, {**ARTICLE, "id": "b"}, end="\r\n")
    one, two = read_articles([str(path)])
    assert one.article.body == "One.\n\nTwo."
    assert two.article.id == "b"


def test_only_a_line_feed_ends_a_line(write):
    body = "One.\u2028Two.\x85Three.\x0cFour."
    text = json.dumps({**ARTICLE, "body": body}, ensure_ascii=False)
    [source] = read_articles([str(write(text))])
    assert source.article.body == body


def test_blank_lines_are_passed_over_and_the_last_needs_no_end(write):
    path = write("", ARTICLE, "   ", json.dumps({**ARTICLE, "id": "b"}).encode())
    assert [source.article.id for source in read_articles([str(path)])] == ["a", "b"]


def test_a_byte_order_mark_is_passed_over_but_only_at_the_beginning(write):
    line = "\ufeff" + json.dumps(ARTICLE)
    [source] = read_articles([str(write(line))])
    assert source.article.title == "Bridge opens"
    assert fault(write(ARTICLE, line)).startswith("FILE line 2 is not JSON: ")


def test_an_article_without_an_id_is_named_by_its_text(write):
    nameless = {key: value for key, value in ARTICLE.items() if key != "id"}
    one, two = read_json_lines(write(nameless, {**nameless, "title": "Bridge shut"}))
    again, _ = read_json_lines(write({**nameless, "source": "x"}, ARTICLE, name="again.jsonl"))
    assert re.fullmatch("[0-9a-f]{16}", one.article.id)
    assert one.article.id == again.article.id != two.article.id


def test_sources_are_read_in_turn_folders_of_seeds_among_them(write, tmp_path):
    folder = tmp_path / "some-seeds"
    folder.mkdir()
    for name in (
        "telephone-conversation",
        "telephone-conversation-repaired",
        "real-sweden-joins-nato",
    ):
        shutil.copy(seeds_folder() / f"{name}.json", folder)
    found = read_articles([str(write(ARTICLE)), str(folder)])
    kinds = {source.article.id: (source.kind, source.twin_of) for source in found}
    assert kinds == {
        "a": ("clean", None),
        "real-sweden-joins-nato": ("clean", None),
        "telephone-conversation": ("natural", None),
        "telephone-conversation-repaired": ("twin", "telephone-conversation"),
    }
    assert all(source.defects for source in found if source.kind == "natural")
    assert any(source.slots for source in found)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([ARTICLE, "{"], "FILE line 2 is not JSON: "),
        (["", "", "bridge"], "FILE line 3 is not JSON: Expecting value at column 1"),
        (["[" * 100_000], "FILE line 1 is not JSON that can be read: maximum recursion depth"),
        (['{"id": ' + "9" * 5_000 + "}"], "FILE line 1 is not JSON that can be read: Exceeds the"),
        (["[1, 2]"], "FILE line 1 must be an object with title and body, got [1, 2]"),
        (["null"], "FILE line 1 must be an object with title and body, got None"),
        ([{"id": "a"}], "FILE line 1: article 'a' has neither a title nor a body"),
        ([{**ARTICLE, "title": " ", "body": "\n"}], "FILE line 1: article 'a' has neither a title"),
        ([{**ARTICLE, "body": 3}], "body must be a string, got 3 in FILE line 1"),
        ([{**ARTICLE, "id": 3}], "id must be a string, got 3 in FILE line 1"),
        ([{**ARTICLE, "tags": 5}], "tags must be a list of strings, got 5 in FILE line 1"),
        (
            [{**ARTICLE, "tags": {"a": 1}}],
            "tags must be a list of strings, got {'a': 1} in FILE line",
        ),
        (
            [{**ARTICLE, "tags": "roads"}],
            "tags must be a list of strings, got 'roads' in FILE line 1",
        ),
        (
            [{**ARTICLE, "tags": [None]}],
            "tags must be a list of strings, got [None] in FILE line 1",
        ),
        (
            [ARTICLE, {**ARTICLE, "published": "16/02/22"}],
            "published must be an ISO date (YYYY-MM-DD) or null, got '16/02/22' in FILE line 2",
        ),
        (
            [{**ARTICLE, "published": "2024-02-30"}],
            "published must be an ISO date (YYYY-MM-DD) or null",
        ),
        (
            [{**ARTICLE, "published": 20240501}],
            "published must be an ISO date (YYYY-MM-DD) or null",
        ),
        ([{**ARTICLE, "updated": ["x"]}], "updated must be an ISO date (YYYY-MM-DD) or null"),
        (
            [ARTICLE, "", ARTICLE],
            "the id 'a' must be unique, but stands in FILE line 1 and FILE line 3",
        ),
        (
            ['{"id": "a", "title": "Bridge", "body": "It \\ud83d opened."}'],
            "body must be Unicode text, but has half a surrogate pair (\\ud83d) at 3 in FILE",
        ),
        ([], "source FILE holds no article; expected one article object a line"),
        (["", "  "], "source FILE holds no article; expected one article object a line"),
        ([b"caf\xe9"], "FILE is not UTF-8: unexpected end of data at byte 3; save it as UTF-8"),
        (
            [json.dumps(ARTICLE).encode("utf-16")],
            "FILE is not UTF-8: invalid start byte at byte 0; save it as UTF-8",
        ),
    ],
)
def test_every_fault_is_named(write, lines, message):
    assert fault(write(*lines)).startswith(message)


def test_a_missing_source_is_a_usage_error(tmp_path):
    assert fault(tmp_path / "none.jsonl", UsageError) == (
        "source FILE does not exist: a folder of seeds or a .jsonl file"
    )


def test_an_empty_folder_holds_no_article(tmp_path):
    assert fault(tmp_path) == "source FILE holds no article; expected *.json seed files"


def test_natural_articles_alone_are_not_enough(tmp_path):
    for name in ("telephone-conversation", "telephone-conversation-repaired"):
        shutil.copy(seeds_folder() / f"{name}.json", tmp_path)
    with pytest.raises(BuilderError, match="no clean article to make variants of"):
        read_articles([str(tmp_path)])


def test_an_id_may_not_stand_in_two_sources(write):
    one, two = write(ARTICLE, name="one.jsonl"), write(ARTICLE, name="two.jsonl")
    with pytest.raises(BuilderError, match=r"one\.jsonl line 1 and .*two\.jsonl line 1"):
        read_articles([str(one), str(two)])


def test_a_broken_seed_names_its_file_and_place(tmp_path):
    seed = json.loads((seeds_folder() / "real-sweden-joins-nato.json").read_text(encoding="utf-8"))
    seed["article"]["published"] = "7 March 2024"
    (tmp_path / "real-sweden-joins-nato.json").write_text(json.dumps(seed), encoding="utf-8")
    message = fault(tmp_path)
    assert message.startswith("FILE/real-sweden-joins-nato.json: article.published: ")
    assert "7 March 2024" in message


@pytest.mark.parametrize(
    ("licence", "reason"),
    [
        (None, "no licence is named"),
        ("", "no licence is named"),
        ("Unknown", "no licence is named"),
        ("CC-BY-ND-4.0", "CC-BY-ND-4.0 forbids derived works"),
        ("CC BY-NC-ND 3.0", "CC BY-NC-ND 3.0 forbids derived works"),
        ("Attribution, no derivatives", "Attribution, no derivatives forbids derived works"),
        ("All rights reserved", "All rights reserved forbids derived works"),
        ("CC-BY-4.0", None),
        ("CC BY-SA 4.0", None),
        ("public domain (US government work)", None),
        ("Standard reuse terms", None),
    ],
)
def test_unknown_and_no_derivatives_licences_are_refused(licence, reason):
    assert objection(licence) == reason


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ("CC-BY-4.0", "cc-by-4.0"),
        ("CC BY-SA 4.0", "cc-by-sa-4.0"),
        ("CC BY 2.5", "cc-by-2.5"),
        ("CC0-1.0", "cc0-1.0"),
        ("public domain (US government work)", "other"),
    ],
)
def test_the_card_names_licences_as_the_hub_does(licence, name):
    assert hub_licence(licence) == name

"""`verify` finds what is wrong with a release, even where every digest and checksum is right."""

import json
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import builder.release.card as writing
import builder.verify as verifying
import builder.verify.files as verifying_files
import builder.verify.rows as verifying_rows
from builder.errors import BuilderError
from builder.pipeline import pair_id_of
from builder.release.card import card_of
from builder.release.checksums import write_checksums
from builder.release.shards import file_sha256
from builder.verify import verify
from builder.verify.files import check_files, read_rows
from builder.verify.verification import Verification
from perturbations.record import Kind, arrow_schema, row_id

Row = dict[str, Any]
Rows = dict[tuple[str, str], list[Row]]


@pytest.fixture(autouse=True)
def _remembering(monkeypatch, knowledge, reader):
    """Reading the same rows and rendering the same cards anew would take most of the time."""
    monkeypatch.setattr(verifying, "load_knowledge", lambda overlay=None: knowledge)
    monkeypatch.setattr(verifying_rows, "Reader", lambda _: reader)
    cards: dict[str, str] = {}

    def remembered(manifest, sizes):
        key = json.dumps([manifest, sizes])
        if key not in cards:
            cards[key] = card_of(manifest, sizes)
        return cards[key]

    monkeypatch.setattr(writing, "card_of", remembered)
    monkeypatch.setattr(verifying_files, "card_of", remembered)


def failures(folder) -> list[str]:
    found = verify(folder.path)
    assert found.ok == (not found.failures)
    return found.failures


def test_a_sound_release_has_no_failure_and_everything_was_checked(built):
    found = verify(built.path)
    assert found.failures == []
    kinds = built.manifest["rows"]["by_kind"]
    variants, rows = kinds["variant"], sum(kinds.values())
    witnesses = sum(len(row["defects"]) for row in built.default())
    assert found.checked == Counter(
        {
            **{f"rows {kind}": count for kind, count in kinds.items()},
            "rows natural": 2,
            "certificates": rows - variants,
            "witnesses": witnesses,
            "counterparts on source": witnesses,
            "counterparts on control": witnesses,
            "reverts": rows - 9,
            "pairs": variants,
            "defects": sum(len(row["defects"]) for row in _whole(built.rows())),
            "groups": 10,
            "shards": 7,
            "files": 9,
            "counts": 8,
            "lines of the card": (built.path / "README.md").read_text("utf-8").count("\n") + 1,
        }
    )


def test_progress_tells_of_every_row(built):
    told: list[tuple[int, int]] = []
    verify(built.path, lambda done, total: told.append((done, total)))
    total = sum(built.manifest["rows"]["by_kind"].values()) + 2
    assert told == [(n, total) for n in range(1, total + 1)]


# ---- Files: changed bytes, what is missing, what is too much.


def test_a_flipped_byte_is_found_and_named_wherever_it_stands(copied):
    """At 30 places of a shard; only the checks of files are run, for those of rows take longer."""
    name = "data/pairs/validation-00000-of-00001.parquet"
    path, manifest = copied.path / name, copied.manifest
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 30):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        found = Verification()
        check_files(copied.path, manifest, found)
        read_rows(copied.path, manifest, found)
        assert f"{name}: its sha256 is not the one in SHA256SUMS" in found.failures, place
        assert f"{name}: its sha256 is not the one in manifest.json" in found.failures, place


@pytest.mark.parametrize("name", ["README.md", "SHA256SUMS", "manifest.json"])
def test_a_flipped_byte_is_found_in_every_other_file(copied, name):
    path = copied.path / name
    whole = path.read_bytes()
    place = whole.rindex(b"5")
    path.write_bytes(whole[:place] + b"6" + whole[place + 1 :])
    assert any("README.md" in f or "manifest.json" in f or name in f for f in failures(copied))


def test_a_missing_shard_is_named_and_the_rest_still_checked(copied):
    copied.shards["pairs", "test"].unlink()
    found = verify(copied.path)
    name = "data/pairs/test-00000-of-00001.parquet"
    assert f"{name}: the shard is missing" in found.failures
    assert f"{name}: listed in SHA256SUMS, but missing" in found.failures
    assert found.checked["shards"] == 6
    assert found.checked["rows variant"] == copied.manifest["rows"]["by_kind"]["variant"]


def test_a_shard_that_is_no_parquet(copied):
    copied.shards["default", "test"].write_bytes(b"PAR1 nothing of the kind PAR1")
    found = " ".join(failures(copied))
    assert "data/default/test-00000-of-00001.parquet: it cannot be read as Parquet: " in found


def test_a_missing_card_checksums_or_manifest(copied):
    (copied.path / "README.md").unlink()
    (copied.path / "SHA256SUMS").unlink()
    assert failures(copied) == ["SHA256SUMS: the file is missing", "README.md: the card is missing"]
    (copied.path / "manifest.json").unlink()
    with pytest.raises(BuilderError, match="is no release: it has no manifest"):
        verify(copied.path)


@pytest.mark.parametrize("data", [b"{", b"\xff", b"[]", b'{"configs": 3}'])
def test_a_manifest_that_is_none(copied, data):
    (copied.path / "manifest.json").write_bytes(data)
    with pytest.raises(BuilderError, match=r"manifest\.json (is not JSON|must be an object)"):
        verify(copied.path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (None, "README.md: not listed in SHA256SUMS"),
        ("{0}\n{0}\n", "SHA256SUMS line 2: README.md is listed twice"),
        ("nonsense\n{0}\n", "SHA256SUMS line 1: not `<sha256>  <file>`: 'nonsense'"),
        ("{0}\n" + "0" * 64 + "  lost.txt\n", "lost.txt: listed in SHA256SUMS, but missing"),
    ],
)
def test_faults_of_the_list_of_checksums(copied, line, message):
    path = copied.path / "SHA256SUMS"
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(line.format(first) + rest if line else rest, encoding="utf-8")
    assert message in failures(copied)


@pytest.mark.parametrize(
    "name", ["extra.txt", "data/default/extra-00000-of-00001.parquet", "data/SHA256SUMS"]
)
def test_an_extra_file_is_found_with_and_without_a_checksum(copied, name):
    (copied.path / name).write_text("extra", encoding="utf-8")
    here = f"{name}: is no part of the release; manifest.json does not name it"
    assert failures(copied) == [f"{name}: not listed in SHA256SUMS", here]
    write_checksums(copied.path)
    assert failures(copied) == [here]


def test_a_hidden_file_that_would_override_the_card_is_found_others_are_not(copied):
    (copied.path / ".gitattributes").write_text("*.parquet filter=lfs\n", encoding="utf-8")
    assert failures(copied) == []
    (copied.path / ".huggingface.yaml").write_text("configs: []\n", encoding="utf-8")
    assert failures(copied) == [
        ".huggingface.yaml: is no part of a release, and would override its card"
    ]


# ---- Shards and manifest that fit each other, but not the contract.


def rewrite(folder, config: str, split: str, change: Callable[[pa.Table], pa.Table], **how) -> None:
    """Writes one shard in another way, and makes its checksums right again."""
    path = folder.shards[config, split]
    pq.write_table(change(pq.read_table(path)), path, compression="zstd", **how)
    manifest = folder.manifest
    manifest["configs"][config][split]["shards"][0]["sha256"] = file_sha256(path)
    folder.seal(manifest)


def test_other_types_of_columns_are_found(copied):
    def narrow(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("label")
        return table.set_column(at, pa.field("label", pa.int8()), table["label"].cast(pa.int8()))

    rewrite(copied, "default", "test", narrow, store_schema=False)
    name = "data/default/test-00000-of-00001.parquet"
    assert f"{name}: its schema is not the one of the config default" in failures(copied)


def test_a_shard_of_another_config_is_found(copied):
    pairs = pq.read_table(copied.shards["pairs", "test"])
    rewrite(copied, "default", "test", lambda _: pairs, store_schema=False)
    name = "data/default/test-00000-of-00001.parquet"
    assert f"{name}: its schema is not the one of the config default" in failures(copied)


def test_library_metadata_in_the_schema_is_found(copied):
    def marked(table: pa.Table) -> pa.Table:
        return table.replace_schema_metadata({b"huggingface": b"{}"})

    rewrite(copied, "natural", "test", marked)
    name = "data/natural/test-00000-of-00001.parquet"
    assert failures(copied) == [f"{name}: it carries `huggingface` schema metadata"]


def test_rows_out_of_order_are_found(copied):
    rows = copied.rows()
    rows["pairs", "test"].reverse()
    copied.remake(rows, order=False)
    name = "data/pairs/test-00000-of-00001.parquet"
    assert failures(copied) == [f"{name}: its rows are not ordered by id"]


@pytest.mark.parametrize("name", ["group", "kind", "defects", "text"])
def test_a_value_that_no_row_can_do_without(copied, name):
    def without(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index(name)
        field = table.schema.field(at)
        values = [None, *table[name].to_pylist()[1:]]
        return table.set_column(at, field, pa.array(values, field.type))

    rewrite(copied, "default", "train", without, store_schema=False)
    shard = "data/default/train-00000-of-00001.parquet"
    assert f"{shard}: {name} of row 0 is null, or has a null in it" in failures(copied)


def test_a_shard_with_too_few_rows_is_found(copied):
    rewrite(copied, "pairs", "train", lambda table: table.slice(1), store_schema=False)
    count = copied.manifest["configs"]["pairs"]["train"]["rows"]
    name = "data/pairs/train-00000-of-00001.parquet"
    found = failures(copied)
    assert f"{name}: it has {count - 1} rows, not the {count} of manifest.json" in found
    assert f"{name}: the digest of its rows is not the one in manifest.json" in found


def _set(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(manifest: dict[str, Any]) -> None:
        for key in path[:-1]:
            manifest = manifest[key]
        manifest[path[-1]] = value(manifest[path[-1]]) if callable(value) else value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("knowledge", "digest", value="0" * 32), "the release was made with knowledge "),
        (_set("knowledge", "version", value="1999.1"), "knowledge 1999.1 is called "),
        (_set("digest", value="0" * 32), "its digest is not that of its shards"),
        (_set("rules", value=lambda rules: rules[1:]), "rules are ['"),
        (_set("version", value="9.9.9"), "version is '9.9.9', but not in its release file"),
        (_set("rows", "by_kind", "variant", value=lambda n: n + 1), "rows.by_kind is {"),
        (_set("rows", "by_type", value={}), "rows.by_type is {}, but counted {"),
        (_set("rows", "by_perturbation", value={}), "rows.by_perturbation is {}, but counted {"),
        (_set("rows", "groups", value=8), "rows.groups is 8, but counted 4"),
        (_set("rows", "groups_by_split", "test", value=0), "rows.groups_by_split is {"),
        (_set("rows", "licences", value={"CC0-1.0": 1}), "rows.licences is {'CC0-1.0': 1}, but"),
        (_set("articles", "clean", value=10), "articles: 10 are called clean, but 4 are there"),
        (_set("articles", "twin", value=2), "articles: 3 are called natural and twin, but 2 are"),
        (
            _set("configs", "pairs", "test", "rows", value=lambda n: n - 1),
            "rows of pairs/test are not those of its shards",
        ),
    ],
)
def test_a_changed_manifest_is_found_even_if_card_and_checksums_follow_it(copied, change, message):
    manifest = copied.manifest
    change(manifest)
    copied.seal(manifest)
    assert any(failure.startswith(f"manifest.json: {message}") for failure in failures(copied))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("schema_version", value=2), "schema_version is 2, but should be: 1, the version"),
        (_set("digest", value="short"), "digest is 'short', but should be: blake2b over the rows"),
        (lambda m: m.update(made_at="now"), "the file has an unknown key 'made_at'"),
        (lambda m: m["rows"].pop("groups"), "rows lacks the key 'groups': "),
        (lambda m: m["configs"].update(extra={}), "configs has an unknown key 'extra'; known"),
        (
            _set("configs", "natural", "test", "shards", 0, "path", value="../../etc/passwd"),
            "configs.natural.test.shards.0.path is '../../etc/passwd', but should be: the file, ",
        ),
    ],
)
def test_a_manifest_that_breaks_its_schema_is_named_and_ends_the_check(copied, change, message):
    manifest = copied.manifest
    change(manifest)
    (copied.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_checksums(copied.path)
    [failure] = failures(copied)
    assert failure.startswith(f"manifest.json: {message}")


def test_a_changed_count_in_the_card_is_found_by_line(copied):
    path = copied.path / "README.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    number, line = next((n, x) for n, x in enumerate(lines, 1) if x.startswith("| variant | "))
    lines[number - 1] = "| variant | 9999 | inconsistent (1) |"
    path.write_text("\n".join(lines), encoding="utf-8")
    write_checksums(copied.path)
    assert failures(copied) == [
        f"README.md: line {number} is '| variant | 9999 | inconsistent (1) |', "
        f"but manifest.json gives {line!r}"
    ]


def test_a_card_with_a_line_more_is_found(copied):
    with (copied.path / "README.md").open("a", encoding="utf-8") as card:
        card.write("Now with 50 % more rows.\n")
    write_checksums(copied.path)
    assert failures(copied)[-1] == (
        "README.md: it is longer or shorter than the card that manifest.json gives"
    )


def test_a_card_that_loads_other_files_is_found(copied):
    path = copied.path / "README.md"
    card = path.read_text(encoding="utf-8")
    path.write_text(card.replace("data/default/test-", "data/default/train-", 1), encoding="utf-8")
    write_checksums(copied.path)
    [failure] = failures(copied)
    assert failure.startswith("README.md: line ")


# ---- Rows: everything around them is made right again, so only the row itself can tell.


def _whole(rows: Rows) -> list[Row]:
    return [row for (config, _), part in rows.items() if config != "pairs" for row in part]


def find(rows: Rows, config: str = "default", **wanted: Any) -> Row:
    """The first row with these values, in a split that has more than one group."""
    for (name, _), part in rows.items():
        for row in part:
            if name == config and all(row[key] == value for key, value in wanted.items()):
                return row
    raise LookupError(wanted)


def pair_of(rows: Rows, row: Row) -> Row:
    return find(rows, "pairs", pair_id=row["pair_id"])


def control_of(rows: Rows, row: Row) -> Row:
    return find(rows, kind="control", pair_id=row["pair_id"])


def reidentify(rows: Rows, row: Row) -> None:
    """Gives a changed row the id of its contents, and tells all rows that name it."""
    old = row["id"]
    row["id"] = row_id(row["text"], row["published"], row["language"], row["canary"])
    for (config, _), part in rows.items():
        for other in part:
            for key in ("source_id", "variant_id", "control_id"):
                if other.get(key) == old:
                    other[key] = row["id"]
            if config == "pairs":
                for side in ("source", "variant", "control"):
                    if other[f"{side}_id"] == row["id"]:
                        other[f"{side}_text"] = row["text"]


def follow(rows: Rows, variant: Row) -> None:
    """Makes the row of `pairs` say what the variant says."""
    pair = pair_of(rows, variant)
    pair |= {"defects": variant["defects"], "edits": variant["edits"]}


Change = Callable[[Rows], Row]
CHANGES: dict[str, tuple[Change, str]] = {}


def change(message: str) -> Callable[[Change], Change]:
    """A change to the rows that returns the row to be named, with a part of the failure."""

    def keep(function: Change) -> Change:
        CHANGES[function.__name__] = (function, message)
        return function

    return keep


@change("its text is not the one whose sha256 it names")
def a_letter_of_an_original(rows: Rows) -> Row:
    row = find(rows, kind="original", source_id=None)
    row["text"] = row["text"][:-2] + "x."
    reidentify(rows, row)
    return row


@change("its edits do not revert to its source")
def a_letter_of_a_variant(rows: Rows) -> Row:
    row = find(rows, kind="variant", perturbation="dates.weekday")
    row["text"] = row["text"][:-2] + "x."
    reidentify(rows, row)
    return row


@change("its edits do not")
def a_letter_of_a_control(rows: Rows) -> Row:
    row = find(rows, kind="control", perturbation="citations.numbering_gap")
    row["text"] = row["text"].replace("the", "teh", 1)
    reidentify(rows, row)
    return row


@change("its source's")
def a_letter_of_an_original_and_of_all_that_stems_from_it(rows: Rows) -> Row:
    """Even if the first paragraph of a whole group is changed, its sha256 tells."""
    root = find(rows, kind="original", source_id=None)
    row = find(rows, kind="variant", source_id=root["id"])
    row["source_sha256"] = "0" * 64
    return row


@change("its id is not the hash of its text")
def an_id(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["id"], old = "0" * 16, row["id"]
    pair_of(rows, row)["control_id"] = "0" * 16
    assert old != row["id"]
    return row


@change("a row of kind control with label 1")
def the_label_of_a_control(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["label"] = 1
    return row


@change("label 0 with 1 defects")
def the_label_of_a_variant(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["label"] = 0
    return row


@change("defect d1: span ")
def variant_and_control_in_each_others_place(rows: Rows) -> Row:
    row = find(rows, kind="variant", perturbation="dates.weekday")
    control, pair = control_of(rows, row), pair_of(rows, row)
    for key in ("text", "id", "edits", "title"):
        row[key], control[key] = control[key], row[key]
    for key in ("text", "id"):
        pair[f"variant_{key}"], pair[f"control_{key}"] = row[key], control[key]
    pair["edits"], pair["control_edits"] = row["edits"], control["edits"]
    return row


def defect_of(rows: Rows, perturbation: str) -> tuple[Row, dict[str, Any]]:
    row = find(rows, kind="variant", perturbation=perturbation)
    return row, row["defects"][0]


@change("says")
def an_offset(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["spans"][0]["start"] += 1
    defect["spans"][0]["end"] += 1
    follow(rows, row)
    return row


@change("must cover as many code points as its text")
def an_end(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["spans"][0]["end"] += 1
    follow(rows, row)
    return row


@change("says")
def the_quoted_text_of_a_span(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    text = defect["spans"][0]["text"]
    defect["spans"][0]["text"] = text.swapcase()
    follow(rows, row)
    return row


def elsewhere(row: Row, span: dict[str, Any]) -> dict[str, Any]:
    """A span as long as the one given, far from it, with the text that stands there."""
    length = span["end"] - span["start"]
    start = 0 if span["start"] > len(row["text"]) / 2 else len(row["text"]) - length
    return {"start": start, "end": start + length, "text": row["text"][start : start + length]}


@change("its witness is not about")
def a_span_that_quotes_rightly_but_points_elsewhere(rows: Rows) -> Row:
    row, defect = defect_of(rows, "leaders.other_holder")
    defect["spans"][0] |= elsewhere(row, defect["spans"][0])
    follow(rows, row)
    return row


@change("its witness is not about")
def evidence_that_quotes_rightly_but_points_elsewhere(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.second_date")
    defect["evidence"][0] |= elsewhere(row, defect["evidence"][0])
    follow(rows, row)
    return row


def with_witness(rows: Rows, row: Row, change: Callable[[dict[str, Any]], None]) -> Row:
    defect = row["defects"][0]
    witness = json.loads(defect["witness"])
    change(witness)
    defect["witness"] = json.dumps(
        witness, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    follow(rows, row)
    return row


@change("its witness is unknown")
def a_witness_that_points_elsewhere(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["spans"] = [elsewhere(row, defect["spans"][0])]

    def move(witness: dict[str, Any]) -> None:
        witness["claim"] = [elsewhere(row, witness["claim"][0])]

    return with_witness(rows, row, move)


@change("its witness fails")
def a_witness_of_something_that_is_not_so(rows: Rows) -> Row:
    """The witness of a conflict of dates, with the same date at both of its ends."""
    row, defect = defect_of(rows, "dates.second_date")

    def same(witness: dict[str, Any]) -> None:
        witness["against"] = witness["claim"]

    defect["evidence"] = [{**defect["evidence"][0], **defect["spans"][0]}]
    defect["distance"] = 0
    return with_witness(rows, row, same)


@change("a impossible_date is not proven by set")
def a_witness_of_another_rule(rows: Rows) -> Row:
    row, _ = defect_of(rows, "dates.weekday")
    return with_witness(rows, row, lambda w: w.update(rule="set", expect={"check": "entry"}))


@change("has no witness")
def a_variant_without_a_witness(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["witness"] = None
    defect["origin"], defect["certainty"] = "natural", "suspected"
    follow(rows, row)
    return row


@change("malformed: ")
def a_witness_that_is_no_json(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["witness"] = "trust me"
    follow(rows, row)
    return row


@change("dates.weekday makes a impossible_date, but no defect is one")
def the_type_of_a_defect(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["type"], defect["family"] = "date_conflict", "time"
    follow(rows, row)
    return row


@change("distance is 5, must be ")
def a_distance(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["distance"] = 5
    follow(rows, row)
    return row


@change("no defect d9 to be its root")
def a_root_that_is_not_there(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    defect["root"] = "d9"
    follow(rows, row)
    return row


@change("two defects bear one id")
def a_defect_twice(rows: Rows) -> Row:
    row, defect = defect_of(rows, "dates.weekday")
    row["defects"].append(defect)
    follow(rows, row)
    return row


@change("its edits do")
def the_outcome_of_an_edit(rows: Rows) -> Row:
    row = find(rows, kind="variant", perturbation="dates.weekday")
    row["edits"][0]["after"] += "x"
    follow(rows, row)
    return row


@change("its edits do")
def what_an_edit_replaced(rows: Rows) -> Row:
    row = find(rows, kind="variant", perturbation="dates.weekday")
    row["edits"][0]["before"] = row["edits"][0]["before"].swapcase()
    follow(rows, row)
    return row


@change("its edits do")
def the_place_of_an_edit(rows: Rows) -> Row:
    row = find(rows, kind="control", perturbation="dates.weekday")
    row["edits"][0]["start"] += 1
    row["edits"][0]["end"] += 1
    pair_of(rows, row)["control_edits"] = row["edits"]
    return row


@change("its text is not the one whose sha256 it names")
def a_prepared_original_without_its_edits(rows: Rows) -> Row:
    row = next(r for r in _whole(rows) if r["kind"] == Kind.ORIGINAL and r["source_id"])
    row["source_id"], row["edits"] = None, []
    return row


@change("a consistent row, but: ")
def a_control_that_has_the_variants_text(rows: Rows) -> Row:
    """With another last word, so that no two rows are the same."""
    row = find(rows, kind="variant", perturbation="dates.weekday")
    control = control_of(rows, row)
    source = find(rows, id=row["source_id"])
    end = len(source["text"])
    last = {"start": end - 1, "end": end, "before": source["text"][-1], "after": "!"}
    control["text"], control["edits"] = row["text"][:-1] + "!", [*row["edits"], last]
    reidentify(rows, control)
    pair_of(rows, control)["control_edits"] = control["edits"]
    return control


@change("on the control its witness holds")
def a_control_on_which_the_witness_holds(rows: Rows) -> Row:
    control = a_control_that_has_the_variants_text(rows)
    return find(rows, kind="variant", pair_id=control["pair_id"])


@change("a variant without its control")
def a_variant_whose_control_is_gone(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    control = control_of(rows, row)
    for part in rows.values():
        part[:] = [other for other in part if other is not control]
    return row


@change("a variant without its row in the config pairs")
def a_pair_that_is_gone(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    pair = pair_of(rows, row)
    for part in rows.values():
        part[:] = [other for other in part if other is not pair]
    return row


@change("is missing")
def a_source_that_is_gone(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    source = find(rows, id=row["source_id"])
    for part in rows.values():
        part[:] = [other for other in part if other is not source]
    return row


@change("its source is a row of kind control")
def a_source_that_is_a_control(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["source_id"] = control_of(rows, row)["id"]
    return row


@change("is not the hash of seed, group, perturbation and source")
def a_pair_id(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    control, pair = control_of(rows, row), pair_of(rows, row)
    row["pair_id"] = control["pair_id"] = pair["pair_id"] = "f" * 16
    return row


@change("dates.no_such_day makes a impossible_date, but no defect is one")
def the_name_of_a_perturbation(rows: Rows) -> Row:
    whole = _whole(rows)
    sources = {r["source_id"] for r in whole if r["perturbation"] == "dates.no_such_day"}
    others = [r for r in whole if r["kind"] == "variant" and r["source_id"] not in sources]
    row = next(r for r in others if r["defects"][0]["type"] != "impossible_date")
    control, pair = control_of(rows, row), pair_of(rows, row)
    for one in (row, control, pair):
        one["perturbation"] = "dates.no_such_day"
        one["pair_id"] = pair_id_of(
            row["seed"], row["group"], "dates.no_such_day", row["source_id"]
        )
    return row


@change("its perturbation 'dates.invented' is none of the release's")
def a_perturbation_that_the_release_does_not_name(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["perturbation"] = "dates.invented"
    return row


@change("its licence is 'CC0-1.0', but its source's 'CC-BY-4.0'")
def a_licence(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["licence"] = "CC0-1.0"
    return row


@change("its licence 'CC-BY-ND-4.0': CC-BY-ND-4.0 forbids derived works")
def a_licence_that_forbids_what_was_done(rows: Rows) -> Row:
    row = find(rows, "natural", label=0)
    row["licence"] = "CC-BY-ND-4.0"
    return row


@change("its published is '1999-01-01', but its source's")
def a_day_of_publication(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["published"] = "1999-01-01"
    reidentify(rows, row)
    return row


@change("its updated is '2026-01-01', but its source's None")
def a_day_of_the_last_update(rows: Rows) -> Row:
    row = find(rows, kind="variant", updated=None)
    row["updated"] = "2026-01-01"
    return row


@change("malformed: ")
def a_day_that_is_none(rows: Rows) -> Row:
    row = find(rows, kind="original", source_id=None)
    row["updated"] = "yesterday"
    return row


@change("its canary is not the project's")
def a_canary(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["canary"] = "tweet"
    reidentify(rows, row)
    return row


@change("checked_by is [], but should be ['calendar'")
def a_certificate(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["checked_by"] = []
    return row


@change("checked_by is ['calendar'], but should be []")
def a_certificate_of_a_variant(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["checked_by"] = ["calendar"]
    return row


@change("its seed 3 is not the release's")
def a_seed(rows: Rows) -> Row:
    row = find(rows, kind="original")
    row["seed"] = 3
    return row


@change("it does not say that it is synthetic")
def a_row_that_claims_to_be_news(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["synthetic"] = False
    return row


@change("its text does not begin with its title and a blank line")
def a_shorter_title(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["title"] = row["title"][:-1]
    return row


@change("but its edits make")
def a_title_that_is_none(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["title"] = ""
    return row


@change("a row of kind original in the config natural")
def a_natural_row_of_another_kind(rows: Rows) -> Row:
    row = find(rows, "natural", label=0)
    row["kind"] = "original"
    return row


@change("defect ")
def a_span_of_a_natural_row(rows: Rows) -> Row:
    row = find(rows, "natural", label=1)
    row["defects"][0]["spans"][0]["text"] = row["defects"][0]["spans"][0]["text"].swapcase()
    return row


@change("its text is not the one whose sha256 it names")
def a_letter_of_a_natural_row(rows: Rows) -> Row:
    row = find(rows, "natural", label=0)
    row["text"] += "."
    reidentify(rows, row)
    return row


@change("a row of kind original with a perturbation or a pair_id")
def an_original_with_a_perturbation(rows: Rows) -> Row:
    row = find(rows, kind="original")
    row["perturbation"] = "dates.weekday"
    return row


@change("a control without a source_id")
def a_control_of_nothing(rows: Rows) -> Row:
    row = find(rows, kind="control")
    row["source_id"] = None
    return row


@change("it has edits, but no source_id")
def an_original_with_edits(rows: Rows) -> Row:
    row = find(rows, kind="original", source_id=None)
    row["edits"] = [{"start": 0, "end": 0, "before": "", "after": row["text"][0]}]
    return row


@change("a natural row with a source_id")
def a_natural_row_with_a_source(rows: Rows) -> Row:
    row = find(rows, "natural", label=1)
    row["source_id"] = find(rows, "natural", label=0)["id"]
    return row


@change("its source is a prepared original itself")
def a_prepared_original_of_a_prepared_one(rows: Rows) -> Row:
    prepared = [r for r in _whole(rows) if r["kind"] == Kind.ORIGINAL and r["source_id"]]
    one, two = next(
        (a, b) for a in prepared for b in prepared if a is not b and a["group"] == b["group"]
    )
    one["source_id"] = two["id"]
    return one


@change("a variant without a defect")
def a_variant_of_nothing_wrong(rows: Rows) -> Row:
    row = find(rows, kind="variant")
    row["defects"] = []
    follow(rows, row)
    return row


@change("its witness is unknown")
def a_natural_row_with_a_witness_that_proves_nothing(rows: Rows) -> Row:
    row = find(rows, "natural", label=1)
    defect = row["defects"][0]
    defect["witness"] = json.dumps(
        {"against": [], "claim": defect["spans"], "expect": {}, "field": None, "rule": "calendar"},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return row


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_row_is_found_and_named(copied, name):
    rows = copied.rows()
    spoil, message = CHANGES[name]
    row = spoil(rows)
    copied.remake(rows)
    found = failures(copied)
    assert any(f"row {row['id']}: " in failure and message in failure for failure in found), found
    assert not any("sha256 is not the one in" in f or "digest" in f for f in found), found


def test_a_kind_that_is_none_is_found_by_the_counts_first(copied):
    rows = copied.rows()
    find(rows, kind="control")["kind"] = "diary"
    copied.remake(rows)
    assert failures(copied) == [
        "manifest.json: rows.by_kind is 'diary', but should be: original, variant or control"
    ]


# ---- What rows must be to each other.


def move(rows: Rows, row: Row, config: str, to: str) -> None:
    for (name, split), part in rows.items():
        if name == config and row in part:
            part.remove(row)
            assert split != to
    rows[config, to].append(row)


def test_a_row_in_another_split_is_found(copied):
    rows = copied.rows()
    row = rows["default", "train"][0]
    move(rows, row, "default", "test")
    copied.remake(rows)
    assert failures(copied) == [f"default/test: group {row['group']} belongs into train"]


def test_a_whole_group_in_another_split_is_found_in_every_config(copied):
    rows = copied.rows()
    group = rows["default", "train"][0]["group"]
    for config in ("default", "pairs"):
        for row in [row for row in rows[config, "train"] if row["group"] == group]:
            move(rows, row, config, "test")
    copied.remake(rows)
    assert failures(copied) == [
        f"{config}/test: group {group} belongs into train" for config in ("default", "pairs")
    ]


def test_a_row_twice_is_found(copied):
    rows = copied.rows()
    for part in (rows["default", "train"], rows["pairs", "train"]):
        part.append(dict(part[0]))
    one, pair = rows["default", "train"][0]["id"], rows["pairs", "train"][0]["pair_id"]
    copied.remake(rows)
    found = failures(copied)
    assert f"default: id {one} stands 2 times" in found
    assert f"pairs: pair_id {pair} stands 2 times" in found


def test_a_text_of_a_natural_article_in_another_config_is_found(copied):
    rows = copied.rows()
    twin = find(rows, "natural", label=0)
    rows["default", "test"].append({**twin, "kind": "original"})
    copied.remake(rows)
    found = failures(copied)
    assert f"default: id {twin['id']} stands 2 times" in found
    assert f"natural/test: group {twin['group']} stands in the config default, too" in found


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda p, _: p.update(control_text="x"), "its control_text is not the text of that row"),
        (lambda p, _: p.update(variant_id=p["control_id"]), "its variant is a row of kind control"),
        (lambda p, _: p.update(control_id="0" * 16), "its control 0000000000000000 is no row of"),
        (lambda p, _: p.update(group="0" * 16), "its group is not that of its source"),
        (lambda p, _: p.update(published="1999-01-01"), "its published is not that of its source"),
        (lambda p, _: p.update(perturbation="x.y"), "its perturbation is not that of its variant"),
        (lambda p, _: p.update(edits=[]), "its edits are not those of that row"),
        (lambda p, _: p.update(control_edits=[]), "its control_edits are not those of that row"),
        (lambda p, _: p.update(defects=[]), "its defects are not those of the variant"),
        (lambda p, _: p.update(canary="x"), "its canary is not the project's"),
        (
            lambda p, other: p.update(source_id=other["id"], source_text=other["text"]),
            "its source_id is not that of its variant",
        ),
    ],
)
def test_a_changed_pair_is_found_and_named(copied, spoil, message):
    rows = copied.rows()
    pair = rows["pairs", "train"][0]
    group = [r for r in rows["default", "train"] if r["group"] == pair["group"]]
    other = next(
        (r for r in group if r["kind"] == "original" and r["id"] != pair["source_id"]), group[0]
    )
    spoil(pair, other)
    copied.remake(rows)
    place = f"pairs/train row {pair['pair_id']}: "
    assert any(failure.startswith(place + message) for failure in failures(copied))


def test_an_empty_folder_is_no_release(tmp_path):
    with pytest.raises(BuilderError, match=r"is no release: it has no manifest\.json"):
        verify(tmp_path)


def test_verify_changes_nothing(copied):
    before = {p: (p.read_bytes(), os.stat(p).st_mtime_ns) for p in copied.path.rglob("*.*")}
    verify(copied.path)
    assert {p: (p.read_bytes(), os.stat(p).st_mtime_ns) for p in copied.path.rglob("*.*")} == before


def test_the_schema_of_a_remade_release_is_the_builders(copied):
    """The tests above stand on this: remaking rows without a change is no change."""
    digest = copied.manifest["digest"]
    copied.remake(copied.rows())
    assert failures(copied) == []
    assert copied.manifest["digest"] == digest
    for (config, _), path in copied.shards.items():
        assert pq.read_schema(path).equals(arrow_schema(config))

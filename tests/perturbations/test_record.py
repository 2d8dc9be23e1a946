"""Rows: ids that tell nothing, one schema for Arrow and datasets, digests over canonical JSON."""

import json
from dataclasses import fields, replace
from datetime import date

import datasets
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.defects import (
    Certainty,
    Defect,
    Evidence,
    EvidenceKind,
    Origin,
    Rule,
    Scope,
    Severity,
    Witness,
)
from perturbations.record import (
    CANARY,
    CONFIGS,
    LABELS,
    PAIR_FIELDS,
    ROW_FIELDS,
    Kind,
    Record,
    arrow_schema,
    canonical_json,
    defect_from_row,
    defect_row,
    features,
    row_digest,
    row_id,
)
from perturbations.text import Article, Edit, Ledger, Span

ARTICLE = Article(
    "a", "Bridge opens", "It rained.", date(2022, 6, 15), licence="CC-BY-4.0", source="here"
)
FOUND = Defect(
    id="d1",
    type="date_conflict",
    spans=(Span(0, 3, "one"),),
    evidence=(Evidence("other mention", span=Span(8, 11, "two")),),
    evidence_kind=EvidenceKind.INTERNAL,
    explanation="Two dates.",
    severity=Severity.MAJOR,
    scope=Scope.GLOBAL,
    origin=Origin.SYNTHETIC,
    certainty=Certainty.PROVEN,
    witness=Witness(
        Rule.SLOT, (Span(0, 3, "one"),), (Span(8, 11, "two"),), expect={"basis": "constructed"}
    ),
)


def record(**changed):
    return Record.of(
        ARTICLE,
        kind=Kind.VARIANT,
        label=1,
        group="g",
        source_sha256="0" * 64,
        **({"perturbation": "dates.second_date", "defects": (FOUND,)} | changed),
    )


# Ids


texts = st.text(st.characters(codec="utf-8"), max_size=20)


@given(texts, st.none() | texts, texts)
def test_an_id_is_sixteen_hexadecimal_digits(text, published, language):
    found = row_id(text, published, language, CANARY)
    assert len(found) == 16
    assert set(found) <= set("0123456789abcdef")
    assert found == row_id(text, published, language, CANARY)


@given(st.tuples(texts, texts, texts, texts), st.tuples(texts, texts, texts, texts))
def test_an_id_keeps_apart_what_differs_and_where(one, two):
    assert (row_id(*one) == row_id(*two)) == (one == two)


def test_an_id_tells_nothing_that_a_detector_must_not_know():
    row = record()
    same = replace(row, label=0, kind=Kind.CONTROL, group="h", defects=(), perturbation=None)
    assert row.id == same.id
    assert row.id != replace(row, text=row.text + " ").id
    assert row.id != replace(row, published=None).id
    assert row.id != replace(row, language="de").id


def test_a_lone_surrogate_has_an_id():
    assert len(row_id("\ud800", None, "en", CANARY)) == 16


# Rows


def test_a_row_takes_over_what_the_article_knows():
    row = record()
    assert (row.text, row.title, row.published) == (ARTICLE.text, "Bridge opens", "2022-06-15")
    assert (row.licence, row.source, row.updated) == ("CC-BY-4.0", "here", None)
    assert row.synthetic
    assert row.canary == CANARY


def test_a_row_as_written_has_the_columns_in_order():
    row = record(edits=Ledger.of(Edit(0, 3, "Bri", "bri")), checked_by=("slot",)).to_json()
    assert tuple(row) == ROW_FIELDS
    assert {field.name for field in fields(Record)} | {"id"} == set(ROW_FIELDS)
    assert row["edits"] == [{"start": 0, "end": 3, "before": "Bri", "after": "bri"}]
    assert row["kind"] == "variant"
    json.dumps(row)


def test_a_defect_survives_its_row():
    row = defect_row(FOUND)
    assert row["basis"] == "constructed"
    assert isinstance(row["witness"], str)
    assert defect_from_row(row) == FOUND
    whole = replace(FOUND, witness=Witness(all_of=(FOUND.witness,)))
    assert defect_from_row(defect_row(whole)) == whole
    assert defect_row(whole)["basis"] is None
    bare = replace(FOUND, witness=None, origin=Origin.NATURAL)
    assert defect_from_row(defect_row(bare)) == bare


# Schemas


@pytest.mark.parametrize("config", CONFIGS)
def test_each_config_has_one_schema_for_arrow_and_datasets(config):
    schema = arrow_schema(config)
    assert tuple(schema.names) == (PAIR_FIELDS if config == "pairs" else ROW_FIELDS)
    assert schema.metadata is None
    found = features(config)
    assert list(found) == schema.names
    if "label" in found:
        assert found["label"] == datasets.ClassLabel(names=list(LABELS))


def test_a_row_goes_through_arrow_unharmed():
    rows = [record().to_json(), record(defects=(), edits=Ledger.of(Edit.insert(0, "x"))).to_json()]
    table = pa.Table.from_pylist(rows, schema=arrow_schema("default"))
    assert table.to_pylist() == rows
    assert [defect_from_row(row) for row in table.to_pylist()[0]["defects"]] == [FOUND]


def test_an_unknown_config_is_refused():
    with pytest.raises(ValueError, match="config must be one of default, pairs, natural, got 'x'"):
        arrow_schema("x")


# Digests


@given(st.dictionaries(texts, st.one_of(st.none(), st.integers(), texts), max_size=5))
def test_a_digest_does_not_depend_on_the_order_of_keys(row):
    turned = dict(reversed(list(row.items())))
    assert row_digest(row) == row_digest(turned)
    assert canonical_json(row) == canonical_json(turned)
    assert json.loads(canonical_json(row)) == row


def test_one_changed_value_changes_the_digest():
    row = record().to_json()
    digests = {row_digest(row)} | {row_digest({**row, key: "changed"}) for key in row}
    assert len(digests) == len(row) + 1

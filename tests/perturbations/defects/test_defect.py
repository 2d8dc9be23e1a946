"""Defects, evidence and witnesses: what they refuse, and that JSON gives them back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from perturbations.defects import (
    TAXONOMY,
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
from perturbations.knowledge.location import data_folder
from perturbations.text import Span

words = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.text(min_size=1, max_size=8)


@st.composite
def some_span(draw):
    start, text = draw(st.integers(0, 10_000)), draw(words)
    return Span(start, start + len(text), text)


spans = some_span()
scalars = st.one_of(st.none(), st.booleans(), st.integers(), words)
plain_witnesses = st.builds(
    Witness,
    st.sampled_from(Rule),
    st.lists(spans, max_size=3).map(tuple),
    st.lists(spans, max_size=3).map(tuple),
    st.none() | names,
    st.dictionaries(names, scalars, max_size=3),
)
witnesses = st.recursive(
    plain_witnesses,
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda parts: Witness(all_of=tuple(parts))
    ),
    max_leaves=5,
)
evidence = st.one_of(
    st.builds(Evidence, words, span=spans),
    st.builds(Evidence, words, field=words),
    st.builds(Evidence, words, fact=words),
)
defects = st.builds(
    Defect,
    id=words,
    type=st.sampled_from(sorted(TAXONOMY)),
    spans=st.lists(spans, min_size=1, max_size=3).map(tuple),
    evidence=st.lists(evidence, max_size=3).map(tuple),
    evidence_kind=st.sampled_from(EvidenceKind),
    explanation=words,
    severity=st.sampled_from(Severity),
    scope=st.sampled_from(Scope),
    origin=st.sampled_from(Origin),
    certainty=st.sampled_from(Certainty),
    root=st.none() | words,
    witness=witnesses,
    closed_world=st.booleans(),
)


def through_json(value):
    return json.loads(json.dumps(value))


@given(evidence)
def test_json_gives_evidence_back(item):
    assert Evidence.from_json(through_json(item.to_json())) == item


@given(witnesses)
def test_json_gives_a_witness_back(witness):
    assert Witness.from_json(through_json(witness.to_json())) == witness


@given(defects)
def test_json_gives_a_defect_back_and_derives_the_rest(found):
    row = through_json(found.to_json())
    assert Defect.from_json(row) == found
    assert row["family"] == str(TAXONOMY[found.type].family)
    # Derived keys are worked out anew, whatever a file says.
    assert Defect.from_json({**row, "family": "none", "distance": 7}) == found


def test_a_defect_as_written_is_what_the_published_schema_describes():
    schema = json.loads((data_folder() / "schemas" / "defect.schema.json").read_text("utf-8"))
    span = Span(4, 7, "two")
    found = a_defect(spans=(span,), evidence=(Evidence("other", span=Span(9, 10, "3")),))
    Draft202012Validator(schema).validate(found.to_json())


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"span": Span(0, 1, "a"), "field": "published"},
        {"field": "published", "fact": "f"},
        {"span": Span(0, 1, "a"), "field": "published", "fact": "f"},
    ],
)
def test_evidence_is_exactly_one_thing(parts):
    with pytest.raises(ValueError, match="'role' must have one of span, field and fact"):
        Evidence("role", **parts)


def test_a_witness_has_either_a_rule_or_parts():
    part = Witness(Rule.SET, claim=(Span(0, 1, "a"),))
    for parts in ({}, {"rule": Rule.SET, "all_of": (part,)}):
        with pytest.raises(ValueError, match="either a rule or all_of"):
            Witness(**parts)


def test_a_witness_names_every_span_of_its_parts():
    one, two, three = (Span(k, k + 1, "x") for k in range(3))
    inner = Witness(Rule.SLOT, claim=(two,), against=(three,))
    whole = Witness(all_of=(Witness(Rule.SET, claim=(one,)), Witness(all_of=(inner,))))
    assert whole.spans() == (one, two, three)


def test_a_witness_moves_as_a_whole_or_not_at_all():
    one, two, three = (Span(k, k + 1, "x") for k in range(3))
    witness = Witness(Rule.SLOT, claim=(one,), against=(two,), field="f", expect={"type": "date"})
    moved = witness.mapped(lambda span: span.shifted(10))
    assert moved == replace(witness, claim=(one.shifted(10),), against=(two.shifted(10),))
    assert witness.mapped(lambda span: None if span == two else span) is None
    both = Witness(all_of=(witness, Witness(Rule.SET, claim=(three,))))
    assert both.mapped(lambda span: span.shifted(1)).spans() == (
        *(span.shifted(1) for span in (one, two, three)),
    )
    assert both.mapped(lambda span: None if span == three else span) is None


def a_defect(**changed):
    fields = {
        "id": "d1",
        "type": "date_conflict",
        "spans": (Span(10, 14, "May."),),
        "evidence": (),
        "evidence_kind": EvidenceKind.INTERNAL,
        "explanation": "Two dates.",
        "severity": Severity.MAJOR,
        "scope": Scope.GLOBAL,
        "origin": Origin.SYNTHETIC,
        "certainty": Certainty.PROVEN,
        "witness": Witness(Rule.SLOT, claim=(Span(10, 14, "May."),)),
    }
    return Defect(**(fields | changed))


def test_what_is_built_and_called_proven_needs_a_witness():
    with pytest.raises(ValueError, match="'d1' is called proven, but has no witness"):
        a_defect(witness=None)
    assert a_defect(witness=None, certainty=Certainty.SUSPECTED).witness is None
    assert a_defect(witness=None, origin=Origin.NATURAL).is_annotation


def test_a_type_that_is_none_is_named_with_its_nearest():
    with pytest.raises(KeyError, match="did you mean 'date_conflict'"):
        a_defect(type="date_conflit")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("evidence_kind", "hearsay"),
        ("severity", "fatal"),
        ("scope", "page"),
        ("origin", "model"),
        ("certainty", "maybe"),
        ("witness", {"rule": "magic"}),
        ("spans", [{"start": 0, "end": 3, "text": "ab"}]),
    ],
)
def test_a_word_outside_its_vocabulary_is_refused(key, value):
    row = a_defect().to_json()
    with pytest.raises(ValueError, match=r"magic|hearsay|fatal|page|model|maybe|span 0\.\.3"):
        Defect.from_json({**row, key: value})


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], -1),
        ([(20, 22)], 6),
        ([(2, 5)], 5),
        ([(2, 5), (15, 16)], 1),
        ([(12, 30)], 0),
        ([(14, 15)], 0),
    ],
)
def test_distance_is_to_the_nearest_evidence(places, expected):
    items = tuple(Evidence("other", span=Span(a, b, "x" * (b - a))) for a, b in places)
    assert a_defect(evidence=items).distance == expected
    assert a_defect(evidence=(*items, Evidence("day", field="published"))).distance == expected

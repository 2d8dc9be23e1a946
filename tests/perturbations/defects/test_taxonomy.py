"""The vocabulary, held against a list written down by hand."""

import pytest

from perturbations.defects import (
    TAXONOMY,
    EvidenceKind,
    Family,
    Rule,
    Severity,
    UnknownDefectTypeError,
    defect_type,
)

# slug: (kinds of evidence, alternatives of rules); a "+" joins rules that prove together.
TYPES = {
    "time": {
        "epoch_mismatch": ("metadata internal", "date_order interval"),
        "stale_conditional": ("world", "interval+pattern"),
        "future_as_past": ("metadata", "date_order"),
        "date_conflict": ("internal", "slot"),
        "impossible_date": ("surface internal", "calendar"),
        "duration_conflict": ("internal", "arithmetic"),
        "order_reversal": ("internal", "order"),
        "stale_state": ("world", "interval"),
    },
    "people": {
        "wrong_incumbent": ("world", "interval"),
        "wrong_counterpart": ("internal world", "slot"),
        "protagonist_conflict": ("metadata", "slot"),
        "mention_swap": ("internal", "slot"),
        "role_conflict": ("internal world", "interval slot"),
        "place_conflict": ("internal world", "slot interval"),
        "invented_entity": ("world", "reference"),
        "name_drift": ("internal", "slot"),
    },
    "numbers": {
        "number_conflict": ("internal", "slot"),
        "arithmetic_conflict": ("internal", "arithmetic"),
        "unit_conflict": ("internal", "arithmetic slot"),
        "direction_conflict": ("surface", "arithmetic"),
    },
    "wording": {
        "negation_conflict": ("internal", "slot"),
        "predicate_conflict": ("internal", "slot"),
        "role_reversal": ("internal", "slot"),
        "causal_conflict": ("internal", "slot"),
        "certainty_conflict": ("internal", "slot"),
        "stance_conflict": ("internal", "slot"),
    },
    "quotes": {
        "speaker_swap": ("internal", "slot"),
        "quote_drift": ("internal", "slot near_duplicate"),
        "fabricated_quote": ("reference world", "reference"),
    },
    "citations": {
        "numbering_gap": ("surface", "set"),
        "dangling_marker": ("reference", "set"),
        "orphan_reference": ("reference", "set"),
        "citation_date_conflict": ("metadata reference", "date_order"),
        "fabricated_url": ("reference", "url"),
        "url_mismatch": ("reference", "url"),
        "chimera_reference": ("reference", "reference"),
        "unsupported_citation": ("reference", "slot"),
    },
    "production": {
        "duplicated_passage": ("internal", "near_duplicate"),
        "tag_leak": ("surface metadata", "pattern"),
        "assistant_leak": ("surface", "pattern"),
        "placeholder": ("surface", "pattern"),
        "truncation": ("surface", "pattern set"),
    },
    "headline": {
        "unsupported_headline": ("metadata", "slot"),
        "summary_conflict": ("internal", "slot"),
        "dateline_conflict": ("metadata", "date_order slot"),
    },
}

ANNOTATION_ONLY = (
    "missing_party",
    "category_error",
    "non_sequitur",
    "unintroduced_entity",
    "unsourced_claim",
    "opinion_as_fact",
    "omission",
)

SLUGS = [slug for types in TYPES.values() for slug in types]


def test_there_are_45_types_in_8_families_and_7_that_people_mark():
    assert len(SLUGS) == len(set(SLUGS)) == 45
    assert len(TYPES) == 8
    assert [str(family) for family in Family] == list(TYPES)
    assert len(ANNOTATION_ONLY) == 7


def test_the_vocabulary_is_that_list_in_that_order():
    assert list(TAXONOMY) == [*SLUGS, *ANNOTATION_ONLY]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_type_has_its_family_kinds_and_rules(slug):
    [family] = [name for name, types in TYPES.items() if slug in types]
    kinds, rules = TYPES[family][slug]
    entry = TAXONOMY[slug]
    assert entry.slug == slug
    assert entry.family is Family(family)
    assert entry.kinds == tuple(EvidenceKind(kind) for kind in kinds.split())
    assert entry.rules == tuple(
        tuple(Rule(rule) for rule in alternative.split("+")) for alternative in rules.split()
    )
    assert entry.provable
    assert not entry.annotation_only
    assert entry.control


@pytest.mark.parametrize("slug", ANNOTATION_ONLY)
def test_what_only_people_mark_has_neither_rule_nor_control(slug):
    entry = TAXONOMY[slug]
    assert entry.annotation_only
    assert not entry.provable
    assert entry.rules == ()
    assert entry.control is None
    assert len(entry.kinds) == 1


@pytest.mark.parametrize("entry", TAXONOMY.values(), ids=lambda entry: entry.slug)
def test_every_definition_is_a_sentence_and_every_severity_a_word(entry):
    assert entry.definition[0].isupper()
    assert entry.definition.endswith(".")
    assert entry.severity in Severity


def test_no_two_types_are_defined_alike():
    assert len({entry.definition for entry in TAXONOMY.values()}) == len(TAXONOMY)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("wrong_incumbant", "wrong_incumbent"), ("date-conflict", "date_conflict")],
)
def test_an_unknown_slug_is_answered_with_the_nearest_one(wrong, nearest):
    with pytest.raises(UnknownDefectTypeError) as error:
        defect_type(wrong)
    assert str(error.value) == f"unknown defect type {wrong!r}; did you mean {nearest!r}?"


def test_a_slug_like_none_is_answered_without_a_guess():
    with pytest.raises(UnknownDefectTypeError) as error:
        defect_type("zzzz")
    assert str(error.value) == "unknown defect type 'zzzz'"


def test_the_vocabulary_cannot_be_changed():
    with pytest.raises(TypeError):
        TAXONOMY["new"] = TAXONOMY["omission"]

"""Offices apart from the name, and roles never held: holds, fails, unknown; and what is found."""

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules import roles
from perturbations.defects.rules.roles import find_bound_offices, find_roles
from perturbations.knowledge import Truth
from perturbations.seeds import load_seeds
from tests.perturbations.conftest import place


def answer(reading, knowledge, words, of):
    claim = place(reading.text, words)
    return recheck(Witness(Rule.INTERVAL, claim=(claim,), expect={"of": of}), reading, knowledge)


INTRODUCED = "Japanese Prime Minister Fumio Kishida came to Alder. "


@pytest.mark.parametrize(
    ("sentence", "words", "truth"),
    [
        ("Kishida, the Canadian prime minister, sat.", None, Truth.HOLDS),
        ("Kishida is the prime minister of Canada.", None, Truth.HOLDS),
        ("The Canadian prime minister, Fumio Kishida, sat.", None, Truth.HOLDS),
        ("Kishida, the former Japanese prime minister, sat.", None, Truth.HOLDS),
        ("Kishida, the Japanese prime minister, sat.", None, Truth.FAILS),
        ("Kishida is Japan's prime minister.", None, Truth.FAILS),
        ("The Japanese prime minister sat.", "The Japanese prime minister", Truth.FAILS),
        ("Later Kishida sat.", "Kishida sat", Truth.FAILS),
        # Which of two offices stands there, who is meant, or when, cannot be told.
        ("The Canadian prime minister sat.", "The Canadian prime minister", Truth.UNKNOWN),
        ("It rained all day.", "It rained", Truth.UNKNOWN),
        ("In 2008 Kishida, the Canadian prime minister, sat.", None, Truth.UNKNOWN),
        ("“Kishida, the Canadian prime minister, sat,” she said.", None, Truth.UNKNOWN),
    ],
)
def test_an_office_apart_from_the_name_is_weighed(read, knowledge, sentence, words, truth):
    reading = read(INTRODUCED + sentence)
    found = answer(reading, knowledge, words or sentence[:-1], roles.BOUND_OFFICE)
    assert found is truth


@pytest.mark.parametrize("published", [None, "2021-10-05"])
def test_an_unknown_or_undecided_day_proves_nothing(read, knowledge, published):
    sentence = "Fumio Kishida, the Japanese prime minister, sat."
    reading = read(sentence, published=published)
    assert answer(reading, knowledge, sentence, roles.BOUND_OFFICE) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("words", "truth"),
    [
        ("French Chancellor Olaf Scholz", Truth.HOLDS),
        ("German Prime Minister Olaf Scholz", Truth.HOLDS),
        ("Prime Minister Joe Biden", Truth.HOLDS),
        ("British President Emmanuel Macron", Truth.HOLDS),
        ("Italian leader Olaf Scholz", Truth.HOLDS),
        ("German Chancellor Olaf Scholz", Truth.FAILS),
        ("German leader Olaf Scholz", Truth.FAILS),
        ("Spanish President Pedro Sánchez", Truth.FAILS),
        # Another's office is the other kind of error.
        ("German President Olaf Scholz", Truth.UNKNOWN),
        ("Japanese Prime Minister Olaf Scholz", Truth.UNKNOWN),
        # Titles that English gives to others, too.
        ("British Chancellor Olaf Scholz", Truth.UNKNOWN),
        ("Spanish President Joe Biden", Truth.UNKNOWN),
        # Nationality beside an organisation's office, and whoever had offices in two places.
        ("Norwegian President Jens Stoltenberg", Truth.UNKNOWN),
        ("Belgian President Charles Michel", Truth.UNKNOWN),
        # Heads that the tables do not promise.
        ("Samoan Chancellor Olaf Scholz", Truth.UNKNOWN),
        ("former French Chancellor Olaf Scholz", Truth.UNKNOWN),
    ],
)
def test_a_role_that_never_was_is_weighed(read, knowledge, words, truth):
    assert answer(read(f"They met {words} there."), knowledge, words, roles.ROLE) is truth


def test_a_namesake_keeps_the_title(read, knowledge):
    body = "British Prime Minister Boris Johnson spoke. President Johnson signed it long ago."
    assert answer(read(body), knowledge, "President Johnson", roles.ROLE) is not Truth.HOLDS


@pytest.mark.parametrize("published", [None, "1999-05-05", "2031-01-01"])
def test_roles_are_weighed_only_in_the_years_that_the_tables_cover(read, knowledge, published):
    words = "French Chancellor Olaf Scholz"
    reading = read(f"They met {words} there.", published=published)
    assert answer(reading, knowledge, words, roles.ROLE) is Truth.UNKNOWN


def test_what_is_found_names_the_terms_and_says_why(read, knowledge):
    reading = read(
        "They met French Chancellor Olaf Scholz. Fumio Kishida, the Canadian prime minister, sat."
    )
    [role] = find_roles(reading, knowledge)
    assert role.type == "role_conflict"
    assert role.explanation == (
        "“French Chancellor Olaf Scholz” was never so: there is no Chancellor (France); "
        "Olaf Scholz was Chancellor (Germany)."
    )
    assert [e.fact for e in role.evidence] == [
        term.id for term in knowledge.terms_of(person="olaf-scholz")
    ]
    [bound] = find_bound_offices(reading, knowledge)
    assert bound.type == "wrong_incumbent"
    assert "Justin Trudeau held the office" in bound.explanation
    for found in (role, bound):
        assert recheck(found.witness, reading, knowledge) is Truth.HOLDS


def test_an_apposition_that_is_a_titled_mention_is_found_once(read, knowledge):
    reading = read("The Japanese prime minister, Yoshihide Suga, sat.")
    assert list(find_bound_offices(reading, knowledge)) == []


def test_nothing_is_found_in_clean_articles(reader, knowledge):
    clean = [seed.article for seed in load_seeds() if seed.provenance.kind == "clean"]
    assert len(clean) > 50
    for article in clean:
        reading = reader.read(article)
        assert [*find_bound_offices(reading, knowledge), *find_roles(reading, knowledge)] == []

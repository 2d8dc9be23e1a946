"""Invented names: drawn, new to the text, and of the gender that was asked for."""

import re

import pytest

from perturbations.draw import Draw
from perturbations.invention import faker_for, gender_of, invented_name


def test_the_same_draw_invents_the_same_name():
    assert invented_name("", Draw(1, "x")) == invented_name("", Draw(1, "x"))
    assert len({invented_name("", Draw(seed)) for seed in range(30)}) > 25


def test_what_another_invented_between_does_not_matter():
    one, two = Draw(1), Draw(1)
    first = [invented_name("", one), invented_name("", one)]
    again = [invented_name("", two)]
    invented_name("", Draw(99))
    assert [*again, invented_name("", two)] == first


def test_a_name_is_a_first_name_and_a_surname():
    for seed in range(60):
        assert re.fullmatch(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+", invented_name("", Draw(seed)))


def test_neither_part_stands_in_the_text():
    taken = " ".join(invented_name("", Draw(seed)) for seed in range(200))
    for seed in range(60):
        first, last = invented_name(taken, Draw(seed)).split()
        assert first not in taken
        assert last not in taken


@pytest.mark.parametrize("gender", ["m", "f"])
def test_a_name_has_the_gender_that_was_asked_for(gender):
    firsts = {invented_name("", Draw(seed), gender).split()[0] for seed in range(60)}
    told = {gender_of(first) for first in firsts}
    assert gender in told
    assert told <= {gender, None}


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Margaret", "f"), ("Kevin", "m"), ("Leslie", None), ("Tunde", None), ("", None)],
)
def test_the_gender_of_a_first_name_is_told_where_it_can_be(name, gender):
    assert gender_of(name) == gender


def test_the_generator_is_seeded_anew_for_every_draw():
    assert faker_for(Draw(3)).last_name() == faker_for(Draw(3)).last_name()


def test_no_surname_is_an_ordinary_word():
    lasts = {invented_name("", Draw(seed)).split()[1] for seed in range(300)}
    assert len(lasts) > 100
    assert not lasts & {"Ball", "Rose", "Day", "May", "West", "Holland"}

"""What people are said to be: which words bind a role to a name, and which only stand beside it."""

import json
import os
from pathlib import Path

import pytest

from perturbations.reading.roles import Binding
from perturbations.text import Article

ROOT = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", ROOT.parent / "shared" / "corpus"))

KISHIDA = "Japanese Prime Minister Fumio Kishida came to Alder. "


def said(reading):
    return [(r.name.text, r.role.text, str(r.binding)) for r in reading.roles]


@pytest.mark.parametrize(
    ("body", "name", "role", "binding"),
    [
        (
            "Fumio Kishida, the Canadian prime minister, said no.",
            "Fumio Kishida",
            "Canadian prime minister",
            "apposition",
        ),
        (
            "On Monday, Fumio Kishida, Canada's prime minister, said no.",
            "Fumio Kishida",
            "Canada's prime minister",
            "apposition",
        ),
        (
            "In Alder, Fumio Kishida, the prime minister of Canada, said no.",
            "Fumio Kishida",
            "prime minister of Canada",
            "apposition",
        ),
        (
            "The Canadian prime minister, Fumio Kishida, said no.",
            "Fumio Kishida",
            "Canadian prime minister",
            "apposition",
        ),
        (
            "The port thanked Olaf Scholz, the Japanese prime minister.",
            "Olaf Scholz",
            "Japanese prime minister",
            "apposition",
        ),
        (
            "Fumio Kishida is the prime minister of Canada.",
            "Fumio Kishida",
            "prime minister of Canada",
            "copula",
        ),
        (
            "Fumio Kishida, who is the current Canadian prime minister, left.",
            "Fumio Kishida",
            "Canadian prime minister",
            "copula",
        ),
        (
            "Fumio Kishida serves as Canada’s prime minister and likes rain.",
            "Fumio Kishida",
            "Canada’s prime minister",
            "copula",
        ),
        ("The Italian leader Olaf Scholz came.", "Olaf Scholz", "Italian leader", "titled"),
        (
            "Olaf Scholz, the South African leader, came.",
            "Olaf Scholz",
            "South African leader",
            "apposition",
        ),
        (
            "They met French Chancellor Olaf Scholz.",
            "Olaf Scholz",
            "French Chancellor",
            "titled",
        ),
    ],
)
def test_a_role_is_bound_to_its_name(read, body, name, role, binding):
    reading = read(body)
    assert (name, role, binding) in said(reading)
    for claim in reading.roles:
        for span in (claim.name, claim.role, claim.mention.span):
            assert reading.text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "body",
    [
        "Olaf Scholz, the Japanese prime minister, and Joe Biden met.",
        "The port thanked Joe Biden, Olaf Scholz, the Japanese prime minister, and the king.",
        "The port asked whether Olaf Scholz is the Japanese prime minister.",
        "If Olaf Scholz is the prime minister of Japan, it will rain.",
        "Olaf Scholz is not the prime minister of Japan.",
        "He claims that Olaf Scholz is the prime minister of Japan.",
        "Olaf Scholz is the prime minister of Japan's guest.",
        "Olaf Scholz, the deputy Japanese prime minister, said no.",
        "Olaf Scholz said no to the Japanese prime minister.",
    ],
)
def test_a_role_that_only_stands_beside_is_not_bound(read, body):
    assert not [claim for claim in read(body).roles if claim.apart]


def test_a_surname_is_bound_once_it_is_introduced(read):
    [titled, apart] = read(KISHIDA + "Mr Kishida, the Canadian prime minister, sat.").roles
    assert (titled.binding, apart.binding) == (Binding.TITLED, Binding.APPOSITION)
    assert apart.mention.person == titled.mention.person
    assert apart.mention.offices == ("CA.prime_minister",)


def test_a_former_holder_stays_one_when_the_office_stands_apart(read):
    [claim] = read("Yoshihide Suga, the former Japanese prime minister, said no.").roles
    assert [m.text for m in claim.mention.modifiers] == ["former"]


def test_a_leader_is_no_office(read):
    [claim] = read("The Italian leader Olaf Scholz came.").roles
    assert (claim.title, claim.countries, claim.mention.offices) == (None, ("IT",), ())


@pytest.mark.parametrize(
    "body", ["The non-Italian leader Olaf Scholz came.", "The party leader Olaf Scholz came."]
)
def test_a_leader_of_something_else_is_nobodys(read, body):
    assert read(body).roles == ()


def test_a_quoted_role_is_the_speakers(read):
    [claim] = read("“Olaf Scholz, the Japanese prime minister, is here,” she said.").roles
    assert claim.mention.quoted


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real articles here")
def test_real_articles_hold_roles_with_their_places(reader):
    found = 0
    for line in (CORPUS / "wikinews.jsonl").read_text("utf-8").splitlines():
        reading = reader.read(Article.from_json(json.loads(line)))
        for claim in reading.roles:
            found += 1
            assert reading.text[claim.role.start : claim.role.end] == claim.role.text
            assert claim.mention.name == claim.name
    assert found

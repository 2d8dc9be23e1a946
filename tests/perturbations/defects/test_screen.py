"""The screen finds what was planted, by its rule, and nothing in the same text without it."""

import pytest

from perturbations.defects import Certainty, Defect, Origin
from perturbations.defects.recheck import RECHECKERS, recheck
from perturbations.defects.screen import FINDERS, RULES, screen
from perturbations.knowledge import Truth
from perturbations.seeds import load_seeds

TITLE = "Fumio Kishida opens the new bridge in Tokyo"

CLEAN = (
    "Japanese Prime Minister Fumio Kishida opened a bridge in Tokyo on Wednesday, 1 June 2022. It "
    "came three years after 1 June 2019, when work began. Traffic was light at first [1].\n\n"
    "On 11 May 2022, the council tested the bridge with forty heavy lorries. Engineers saw no "
    "crack in the deck [2]. “We met on Tuesday, 2 June 2022,” an engineer joked [3].\n\n"
    "Timeline\n\n"
    "May 11, 2022: The council tested the bridge with forty heavy lorries.\n\n"
    "In brief\n\n"
    "Prime Minister Fumio Kishida opens the new bridge in Tokyo\n\n"
    "References\n\n"
    '[1] Alder Courier, "What to know about bridges," 3 June 2022 (accessed 5 June 2022)\n'
    '[2] Alder Gazette, "Five questions about bridges," 4 May 2022 (accessed 5 June 2022)\n'
    '[3] Alder Echo, "Bridges, in figures and dates," 5 May 2022 (accessed 5 June 2022)'
)

# What is written instead of what, and what is found there: the type, its span, its rule.
PLANTED = {
    "weekday": ("Wednesday, 1", "Sunday, 1", "impossible_date", "Sunday, 1 June 2022", "calendar"),
    "no such day": ("4 May", "31 April", "impossible_date", "31 April 2022", "calendar"),
    "late item": (
        *("3 June 2022 (accessed 5 June 2022)", "3 July 2022"),
        *("citation_date_conflict", "3 July 2022", "date_order"),
    ),
    "early retrieval": (
        *("2022 (accessed 5 June 2022)", "2022 (accessed 1 June 2022)"),
        *("citation_date_conflict", "1 June 2022", "date_order"),
    ),
    "incumbent": (
        *("Japanese Prime Minister Fumio Kishida", "Japanese Prime Minister Shigeru Ishiba"),
        *("wrong_incumbent", "Japanese Prime Minister Shigeru Ishiba", "interval"),
    ),
    "former": (
        *("Japanese Prime Minister Fumio Kishida", "Former Japanese Prime Minister Fumio Kishida"),
        *("wrong_incumbent", "Former Japanese Prime Minister Fumio Kishida", "interval"),
    ),
    "duration": ("three years", "seven years", "duration_conflict", "seven years", "arithmetic"),
    "marker": ("deck [2]", "deck [7]", "dangling_marker", "[7]", "set"),
    "second date": ("May 11, 2022:", "May 9, 2022:", "date_conflict", "May 9, 2022", "slot"),
    "protagonist": (
        *("Prime Minister Fumio Kishida opens", "Chancellor Olaf Scholz opens"),
        *("protagonist_conflict", "Chancellor Olaf Scholz", "slot"),
    ),
}

DAY = "2022-06-10"


@pytest.fixture
def screened(read, knowledge):
    """What the screen finds in a body under the usual headline."""
    return lambda body, **more: screen(
        read(body, **({"title": TITLE, "published": DAY} | more)), knowledge
    )


def test_the_clean_article_is_clean(screened):
    assert screened(CLEAN) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found_by_its_rule_and_nothing_else(read, knowledge, name):
    before, after, slug, words, rule = PLANTED[name]
    assert before in CLEAN
    reading = read(CLEAN.replace(before, after, 1), title=TITLE, published=DAY)
    [found] = screen(reading, knowledge)
    assert (found.id, found.type, found.spans[0].text) == ("f1", slug, words)
    assert str(found.witness.rule) == rule
    assert recheck(found.witness, reading, knowledge) is Truth.HOLDS
    assert found.explanation.endswith(".")
    assert found.evidence
    for span in (*found.spans, *(e.span for e in found.evidence if e.span)):
        span.check(reading.text)


def test_a_hole_in_the_numbers_is_found(screened):
    body = CLEAN.replace("\n[3] ", "\n[5] ").replace("joked [3]", "joked [5]")
    [found] = screened(body)
    assert (found.type, found.spans[0].text) == ("numbering_gap", "[5]")
    assert found.evidence[0].span.text == "[2]"


def test_all_that_is_planted_at_once_is_found_in_order_of_place(screened):
    body = CLEAN
    for before, after, *_ in PLANTED.values():
        if "Former" not in after and "retrieval" not in after:
            body = body.replace(before, after, 1)
    found = screened(body)
    assert {defect.type for defect in found} == {row[2] for row in PLANTED.values()}
    assert [defect.spans[0].start for defect in found] == sorted(d.spans[0].start for d in found)
    assert [defect.id for defect in found] == [f"f{k}" for k in range(1, len(found) + 1)]


@pytest.mark.parametrize(
    "words",
    [
        "“It was Tuesday, 1 June 2022,” he said.",
        '"It was Tuesday, 1 June 2022," he said.',
        "“U.S. President Barack Obama is here,” he said.",
        "“It opened on 17 May 2022, nine weeks after 3 May 2022,” he said.",
    ],
)
def test_what_stands_in_a_quotation_is_the_speakers(screened, words):
    assert screened(f"{CLEAN.split('Traffic')[0]}\n\n{words}") == ()
    assert (
        screened(words.strip('“”"').replace(",” he said.", ".").replace('," he said.', ".")) != ()
    )


def test_findings_are_natural_and_proven(screened):
    [found] = screened(CLEAN.replace("Wednesday, 1", "Sunday, 1"))
    assert (found.origin, found.certainty) == (Origin.NATURAL, Certainty.PROVEN)
    assert found.root is None
    assert Defect.from_json(found.to_json()) == found


def test_without_its_day_an_article_is_held_against_itself_alone(screened):
    body = CLEAN.replace("Wednesday, 1", "Sunday, 1").replace("Fumio Kishida", "Shigeru Ishiba")
    assert [defect.type for defect in screened(body, published=None, title="Plain")] == [
        "impossible_date"
    ]


def test_a_finder_stands_for_every_rechecker():
    rules = {key.partition("/")[0] for key in RECHECKERS}
    assert {str(rule) for rule, _ in FINDERS} == set(RULES) == rules


def test_nothing_is_found_in_the_clean_seeds(reader, knowledge):
    clean = [seed for seed in load_seeds() if seed.provenance.kind != "natural"]
    assert len(clean) > 60
    found = {seed.id: screen(reader.read(seed.article), knowledge) for seed in clean}
    assert {id: [d.type for d in defects] for id, defects in found.items() if defects} == {}


def test_whatever_the_screen_finds_in_a_real_seed_its_rechecker_confirms(reader, knowledge):
    [natural] = [seed for seed in load_seeds() if seed.provenance.kind == "natural"]
    reading = reader.read(natural.article)
    found = screen(reading, knowledge)
    assert found
    for defect in found:
        assert recheck(defect.witness, reading, knowledge) is Truth.HOLDS


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The hall is named after British Prime Minister Margaret Thatcher.", []),
        ("A bust of U.S. President Ronald Reagan stands in the hall.", []),
        ("The hall was opened by British Prime Minister Liz Truss.", ["wrong_incumbent"]),
    ],
)
def test_a_title_of_long_ago_is_history(screened, sentence, found):
    assert [d.type for d in screened(sentence, published="2024-06-01", title="Hall")] == found

"""Offices apart from the name, and roles never held: false in variants, true in controls.

The tables know: Fumio Kishida of Japan, Justin Trudeau of Canada, Olaf Scholz of Germany and Joe
Biden of the United States in office in June 2022.
"""

import json
import os
import re
from pathlib import Path

import pytest

from perturbations.appositions import sites
from perturbations.claims import holders
from perturbations.knowledge.titles import HEAD_TITLES, has_no, home
from perturbations.perturbation import Catalogue
from perturbations.proposal import NotApplicable
from perturbations.text import Article

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", ROOT.parent / "shared" / "corpus"))

APART = ("leaders.office_mention", "leaders.name_mention")
ROLES = ("leaders.role", "leaders.nationality")

MET = (
    "On Monday the mayor met Japanese Prime Minister Fumio Kishida in Alder. Later the prime "
    "minister praised the port. The rain stopped when Kishida thanked everybody for the welcome."
)
TWO = (
    "German Chancellor Olaf Scholz came to Alder. Japanese Prime Minister Fumio Kishida met Scholz "
    "in the harbour. Kishida thanked the port for its welcome."
)


@pytest.fixture
def build(workshop, make_article):
    """All that an operator builds of a body over several seeds, each held to the contract.

    Where nobody else could truly stand, some seeds propose nothing; not all of them may.
    """

    def over_seeds(name, body, seeds=12, **more):
        subject, found = workshop.subject(make_article(body, **more)), []
        for seed in range(seeds):
            try:
                found += workshop.built(name, subject, seed)
            except NotApplicable:
                continue
        assert found, f"{name} built nothing"
        return found

    return over_seeds


@pytest.fixture
def refuse(workshop, make_article):
    """The reason why an operator has nothing to propose for a body."""

    def reason(name, body, seed=1, **more):
        subject = workshop.subject(make_article(body, **more))
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(name, subject, seed)
        return str(error.value)

    return reason


# Where name and office can stand apart


def places(workshop, make_article, body, **more):
    subject = workshop.subject(make_article(body, **more))
    return [site.place.text for claim in holders(subject) for site in sites(claim, subject)]


def test_every_mention_of_a_holder_is_a_place(workshop, make_article):
    assert places(workshop, make_article, MET) == [
        "Japanese Prime Minister Fumio Kishida",
        "the prime minister",
        "Kishida",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "“Japanese Prime Minister Fumio Kishida came,” she said.",
        "In 2008 Japanese Prime Minister Fumio Kishida came to Alder.",
        "They met Japanese Prime Minister Fumio Kishida and his guests.",
        "Japanese Prime Minister Fumio Kishida’s visit was short.",
        "The mayor and Japanese Prime Minister Fumio Kishida met there.",
        "They met Japanese Prime Minister Fumio Kishida, Mayor Lee and others.",
        "They met Japanese Prime Minister Fumio Kishida, the guest of the port, in Alder.",
        "Photo: Japanese Prime Minister Fumio Kishida",
        "All Fumio Kishida appointees came.",
        "THE PORT MET FUMIO KISHIDA.",
    ],
)
def test_no_apposition_stands_in_quotations_lists_history_or_compounds(
    workshop, make_article, body
):
    subject = workshop.subject(make_article(body))
    try:
        found = holders(subject)
    except NotApplicable:
        return
    assert [site for claim in found for site in sites(claim, subject)] == []


# office_mention and name_mention


@pytest.mark.parametrize("name", APART)
def test_name_and_office_are_written_apart_in_one_manner(build, name):
    shape = re.compile(r"(?:, who is |, |[Tt]he (?:\w+ )+of (?:the )?(?:[A-Z]\w+ ?)+, |[’']s )")
    for one in build(name, MET, 16):
        [wrong] = [d for d in one.variant.defects if d.root is None]
        claim = wrong.spans[0].text
        assert shape.search(claim)
        assert one.text.count(claim) >= 1
        assert ("who is" in claim) == ("who is" in one.control_text)


def test_one_mention_is_given_another_office_and_the_rest_stays(build):
    offices = set()
    for one in build("leaders.office_mention", MET, 24):
        claim = one.defect.spans[0].text
        offices.add(re.sub(r"(?:Mr )?(?:Fumio )?Kishida|, |who is |[Tt]he ", "", claim))
        assert one.variant.defects == (one.defect,)
        if len(one.changed()) == 1:
            assert "Kishida" in claim
            assert not re.search(r"(?:Japanese prime|Japan’s prime|prime minister of Japan)", claim)
    assert len(offices) > 3


def test_the_name_changes_throughout_while_the_office_stays(build):
    kept = 0
    for one in build("leaders.name_mention", MET, 24):
        if "Kishida" in one.text:
            continue  # the country has changed instead
        kept += "Japan" in one.text
        assert len(re.findall("[Pp]rime [Mm]inister", one.text)) >= 2
    assert kept


def test_who_stands_beside_takes_one_mention_alone(build):
    seen = set()
    for one in build("leaders.name_mention", TWO, 12):
        claim = one.defect.spans[0].text
        if "Kishida" in one.text and "Scholz" in one.text and len(one.changed()) == 1:
            seen.add("Kishida" in claim)
            assert "Scholz" in claim or "Kishida" in claim
    assert seen


def test_nobody_meets_somebody_of_the_same_name(build):
    body = (
        "German Chancellor Olaf Scholz praised Japanese Prime Minister Fumio Kishida in Alder. "
        "It rained when Scholz came to the harbour."
    )
    for one in build("leaders.name_mention", body, 24):
        first = one.text.split("\n\n", 1)[1].split(". ")[0]
        assert first.count("Scholz") < 2
        assert first.count("Kishida") < 2


def test_the_control_is_true_and_tells_of_one_person(build, knowledge):
    for name in APART:
        for one in build(name, MET, 16):
            [after] = [
                after
                for _, after in one.control_changed()
                if re.search(r"minister|president", after)
            ][-1:]
            assert ("Kishida" in after) == ("Japan" in after)


@pytest.mark.parametrize("name", APART)
def test_a_copula_stays_a_copula(build, name):
    body = "Fumio Kishida is the prime minister of Japan. The rain in Alder lasted all day."
    for one in build(name, body, 8):
        assert re.search(r" is (?:the |\w+[’'])", one.defect.spans[0].text)
        assert ", who" not in one.text + one.control_text


def test_no_relative_clause_stands_before_another(build):
    body = "Japanese Prime Minister Fumio Kishida, who came by ship, thanked the port."
    for name in APART:
        for one in build(name, body, 12):
            assert "who is" not in one.text + one.control_text


@pytest.mark.parametrize("name", APART)
@pytest.mark.parametrize(
    ("body", "published", "reason"),
    [
        (MET, None, "the article's time is unknown"),
        ("It rained.", "2022-06-15", "nobody in the body surely holds an office of a state"),
        (MET, "2021-10-06", "nobody in the body surely holds an office of a state"),
        (
            "In the harbour King Felipe VI of Spain met nobody.",
            "2022-06-15",
            "no holder's name and title can stand apart",
        ),
        (
            "They met Japanese Prime Minister Fumio Kishida and his guests.",
            "2022-06-15",
            "no mention of a holder stands where an apposition could",
        ),
    ],
)
def test_why_nobody_is_named_apart(refuse, name, body, published, reason):
    assert refuse(name, body, published=published) == reason


def test_a_holder_whom_nobody_can_truly_replace_is_tried_some_of_the_time(workshop, make_article):
    tied = MET + " A song from Tokyo was sung."
    subject = workshop.subject(make_article(tied))
    reasons = set()
    for seed in range(12):
        try:
            workshop.proposals("leaders.office_mention", subject, seed)
            reasons.add(None)
        except NotApplicable as error:
            reasons.add(str(error))
    assert reasons == {
        None,
        "nobody can be named in a holder's place, nor any other office be theirs",
    }


# role and nationality


def test_a_title_that_the_country_does_not_have(build, knowledge):
    titles = set()
    for one in build("leaders.role", MET.replace("Later the prime minister", "Later he"), 24):
        claim = one.defect.spans[0].text
        [title] = [t for t in HEAD_TITLES if f"{t} " in claim]
        titles.add(title)
        assert one.defect.type == "role_conflict"
        country = "JP" if "Kishida" in claim else None
        assert country is None or has_no(title, country, knowledge)
    assert len(titles) > 1


def test_controls_bear_the_same_titles_as_variants(build):
    body = "In the harbour the mayor met Japanese Prime Minister Fumio Kishida."
    built = build("leaders.role", body, 20)
    for words in ("Prime Minister", "Kishida"):
        assert {words in one.text for one in built} == {True, False}
        assert {words in one.control_text for one in built} == {True, False}


def test_a_leader_of_another_country(build):
    seen = set()
    for one in build("leaders.nationality", TWO, 16):
        claim, control = one.defect.spans[0].text, one.control_text
        seen.add("leader" in claim)
        assert ("leader" in claim) == ("leader" in control)
        assert not re.search(r"leader Kishida|leader Scholz|Leader", one.text + control)
        assert not re.search(r"Japan\w* leader Fumio|German leader Olaf", claim)
    assert seen == {True, False}


def test_the_headline_follows_with_the_title(build):
    body = MET.replace("Later the prime minister", "Later he")
    for one in build("leaders.role", body, 12, title="Prime Minister Kishida visits Alder"):
        headline, claim = one.text.split("\n\n")[0], one.defect.spans[0].text
        [title] = [t for t in HEAD_TITLES if t in claim]
        assert headline.startswith(f"{title} ")


def test_a_leader_loses_the_title_in_the_headline(build):
    for one in build("leaders.nationality", TWO, 12, title="Chancellor Scholz visits Alder"):
        if "leader Olaf" in one.defect.spans[0].text:
            assert one.text.startswith("Scholz visits Alder")


def test_before_a_possessive_suffix_no_country_ends_the_mention(build):
    body = "In the harbour Japanese Prime Minister Fumio Kishida’s visit ended early."
    for name in ROLES:
        for one in build(name, body, 12):
            assert not re.search(r" of (?:the )?[A-Z][\w ]+[’']", one.text + one.control_text)


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize(
    ("body", "published", "reason"),
    [
        (MET, None, "the article's time is unknown"),
        (
            "It rained.",
            "2022-06-15",
            "no sitting holder is named with the office in the body",
        ),
        (
            "In the harbour the mayor met U.S. Vice President Kamala Harris.",
            "2022-06-15",
            "no head of state or government with roles in one country is named",
        ),
    ],
)
def test_why_no_role_is_changed(refuse, name, body, published, reason):
    assert refuse(name, body, published=published) == reason


def test_when_no_title_is_foreign(workshop, make_article):
    """France has a president and a prime minister; for a chancellor there is no draw here."""
    body = "French President Emmanuel Macron met nobody in Paris."
    subject = workshop.subject(make_article(body))
    reasons = set()
    for seed in range(8):
        try:
            workshop.proposals("leaders.role", subject, seed)
        except NotApplicable as error:
            reasons.add(str(error))
    assert reasons == {"no role is surely foreign to the holders who are named by office"}


# What the tables say of titles and homes


@pytest.mark.parametrize(
    ("title", "country", "truth"),
    [
        ("Chancellor", "FR", True),
        ("Prime Minister", "US", True),
        ("President", "JP", True),
        ("King", "JP", True),
        ("President", "FR", False),
        ("President", "ES", False),
        ("Chancellor", "GB", False),
        ("Prime Minister", "KR", False),
        ("Chancellor", "WS", False),
        ("Secretary of State", "FR", False),
    ],
)
def test_titles_that_a_country_surely_lacks(knowledge, title, country, truth):
    assert has_no(title, country, knowledge) is truth


@pytest.mark.parametrize(
    ("person", "country"),
    [
        ("olaf-scholz", "DE"),
        ("emmanuel-macron", "FR"),
        ("joe-biden", "US"),
        ("jens-stoltenberg", None),
        ("charles-michel", None),
        ("antony-blinken", None),
    ],
)
def test_where_somebody_is_at_home(knowledge, person, country):
    assert home(person, knowledge) == country


# Every operator


@pytest.mark.parametrize("name", [*APART, *ROLES])
def test_the_note_of_the_control_says_what_the_listing_says(build, name):
    for one in build(name, TWO, 6):
        assert one.variant.control_note == Catalogue().load(name).control


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real articles here")
@pytest.mark.parametrize("name", [*APART, *ROLES])
def test_real_articles_are_changed_and_proven(workshop, name):
    built = 0
    lines = (CORPUS / "government_releases.jsonl").read_text("utf-8").splitlines()
    for line in lines[::80]:
        article = Article.from_json(json.loads(line))
        try:
            built += len(workshop.built(name, workshop.subject(article), limit=1))
        except NotApplicable:
            continue
    assert built

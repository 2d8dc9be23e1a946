"""Articles that nobody would print: each perturbation has a reason, and none an exception."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.pipeline import Pipeline
from builder.release_file import ReleaseFile
from builder.sources import SourceArticle
from perturbations.knowledge import load
from perturbations.perturbation import BUILT_IN, Catalogue
from perturbations.text import Article

TITLE, PLAIN = "A plain headline", "It rained all day. Nobody came to the fair.\n\nThe mayor left."
LISTED = (
    "It rained [1]. Nobody came [3].\n\nReferences\n\n[1] “Rain”, Courier, 3 May 2025\n[2] “Sun”, "
    "https://courier.example/2025/13/45/sun\n[2]\n[x] ,,,,\n1. \n"
)
LEADERS = (
    "US President Joe Biden met Japanese Prime Minister Fumio Kishida on 3 May 2023 in Tokyo. "
)

BODIES = {
    "empty": "",
    "white space": " \n\n\t\u00a0\n",
    "one letter": "x",
    "no dates": PLAIN,
    "one long line": LEADERS * 60,
    "no spaces": "x" * 20_000,
    "digits": "2025 " * 3_000,
    "brackets": "[1] " * 2_000 + "[" * 2_000,
    "quotation that never ends": "“" + LEADERS * 5,
    "only quotation marks": "“”\"'’" * 500,
    "a broken list": LISTED,
    "addresses": "https://x.example/2025/02/30/a-b www. http:// https://[::1]/ ftp://a " * 50,
    "markdown": "# H\n\n| a |\n|---|\n| [x](https://x.example) | ![y](z) |\n\n```\n[1]\n```",
    "Arabic": "اجتمع الرئيس الأمريكي جو بايدن مع رئيس الوزراء في ٣ مايو ٢٠٢٣.\n\nوقال إن ذلك مهم.",
    "Chinese": "美国总统拜登于2023年5月3日会见了日本首相岸田文雄。\n\n他说这很重要。",
    "Devanagari": "राष्ट्रपति ने ३ मई २०२३ को प्रधानमंत्री से मुलाकात की।\n\nउन्होंने कहा।",
    "emoji and marks": "👩‍👩‍👧‍👦 met 🇯🇵 on 3 May 2023 e\u0301e\u0301 \u202eabc\u202c \ufeff",
    "lone surrogate": "Biden \ud83d met Kishida on 3 May 2023.",
    "control characters": "a\x00b\x07c\x1b[31m US President Joe Biden\x0b\x0c met.",
    "carriage returns": LEADERS.replace(". ", ".\r\n") * 3,
}


@pytest.fixture(scope="module")
def pipeline():
    release = ReleaseFile(
        *("bad", "1.0.0", 1, ("x",), dict.fromkeys(BUILT_IN, 1.0), 99),
        {"train": 1.0, "validation": 0.0, "test": 0.0},
        attempts=2,
        combined={2: 1.0},
    )
    catalogue = Catalogue()
    return Pipeline(release, {name: catalogue.load(name) for name in BUILT_IN}, load())


def answers(pipeline, article):
    """Makes the rows, and returns the perturbations that wrote none, each with its reasons."""
    made = pipeline.make(SourceArticle(article))
    assert made.tally.broken == {}
    if made.tally.unclean:
        assert made.records == []
        return {}
    silent = {name for name in BUILT_IN if not made.tally.written[name]}
    reasons = {}
    for (name, reason), count in (made.tally.not_applicable + made.tally.refused).items():
        assert count > 0
        reasons.setdefault(name, []).append(reason)
    assert silent <= set(reasons), f"no reason from {sorted(silent - set(reasons))}"
    for pair in made.pairs:
        assert pair.variant.edits.revert(pair.variant.text) == pair.source.text
    return reasons


@pytest.mark.parametrize("published", [date(2023, 5, 4), None])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_odd_text_is_answered_with_reasons(pipeline, body, published):
    article = Article("odd", TITLE, body.replace("\r\n", "\n"), published, licence="CC0-1.0")
    reasons = answers(pipeline, article)
    assert all(len(reason) < 160 for found in reasons.values() for reason in found)


@pytest.mark.parametrize("title", ["", TITLE, "[1]", "3 May 2023", LEADERS.strip() * 20])
def test_a_title_alone_is_answered_with_reasons(pipeline, title):
    if not title:
        reasons = answers(pipeline, Article("t", "", "x", date(2023, 5, 4)))
    else:
        reasons = answers(pipeline, Article("t", title, "", date(2023, 5, 4)))
    assert set(reasons) >= {"dates.duration", "citations.numbering_gap"}


@pytest.mark.parametrize(
    ("published", "updated"),
    [
        (date(2023, 5, 4), date(2019, 1, 1)),
        (date(1, 1, 1), None),
        (date(9999, 12, 31), None),
        (date(2023, 5, 4), date(9999, 12, 31)),
        (date(1850, 1, 1), date(1850, 1, 2)),
    ],
)
def test_contradictory_metadata_are_answered_with_reasons(pipeline, published, updated):
    body = f"{LEADERS}\n\nFinland joined NATO on 4 April 2023. {PLAIN}\n\n{LISTED}"
    answers(pipeline, Article("m", TITLE, body, published, updated))


def test_two_megabytes_are_no_article(pipeline):
    sentence = "The council of the town met on 3 May 2023 and heard what the mayor had to say. "
    paragraph = sentence * 6 + "\n\n"
    article = Article("big", TITLE, paragraph * (2_000_000 // len(paragraph)), date(2023, 5, 4))
    made = pipeline.make(SourceArticle(article))
    assert made.records == []
    assert made.tally.broken == {"longer than 200,000 characters": 1}


WORDS = st.sampled_from(
    [
        *("US President Joe Biden", "Japanese Prime Minister", "Fumio Kishida", "he", "former"),
        *("3 May 2023", "Tuesday, 30 February 2022", "three years after", "yesterday", "in 2025"),
        *("[1]", "[2, 3]", "[^1]", "²", "https://x.example/2025/05/03/rain", "told Reuters"),
        *("met with", "joined NATO", "if Sweden joins NATO", "before", "will meet", "Resolution"),
        *("“", "”", "\n\n", "\n", ". ", ", ", " ", "References\n\n", "1. ", "said", "and", "’s"),
        *("LONDON (Courier) -", "é", "\u200b", "東京", "’", "(", ")", "-", "the", "EU member"),
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, max_size=60), st.booleans())
def test_salads_of_what_recognisers_know_are_answered_with_reasons(pipeline, words, dated):
    body = " ".join(words)
    answers(pipeline, Article("salad", TITLE, body, date(2023, 5, 4) if dated else None))

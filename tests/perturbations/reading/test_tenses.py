"""Tenses of dated clauses: what is told as past, what as to come, and what is left untold."""

import pytest

from perturbations.reading.time_mentions import Tense


@pytest.fixture
def clauses(read):
    """The dated clauses of a body, as `(verb, tense, firm)`."""
    return lambda body, **more: [
        (c.verb.text, c.tense, c.firm) for c in read(body, **more).timing.clauses
    ]


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("The council met on 3 May 2022.", "met"),
        ("The council met in Paris, France, on 3 May 2022.", "met"),
        ("The treaty was signed on 3 May 2022 in Rome.", "was signed"),
        ("The treaty has been ratified on 3 May 2022.", "has been ratified"),
        ("The minister signed the treaty on 3 May 2022.", "signed"),
        ("The town hosted a summit on 3 May 2022.", "hosted"),
        ("On 3 May 2022, the ruling party lost the capital.", "lost"),
        ("In May 2022 the ruling party lost the capital.", "lost"),
        ("Note: On 3 May 2022, the office was opened.", "was opened"),
        ("President Ann Lee, Jr. on 3 May 2022 met with the mayor.", "met"),
        ("President Ann Lee spoke today with Mayor Cole.", "spoke"),
        ("Today, Mayor Cole opened the bridge.", "opened"),
        ("Mayor Cole briefly met with Dr. Lee of the U.S. on 3 May 2022.", "met"),
    ],
)
def test_a_past_clause_is_told_with_its_verb(clauses, sentence, verb):
    assert clauses(f"It rained. {sentence}") == [(verb, Tense.PAST, True)]


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("The council will meet on 3 May 2023.", "will meet"),
        ("The council will formally meet on 3 May 2023.", "will formally meet"),
        ("The council is to meet on 3 May 2023.", "is to meet"),
        ("Talks are due to open on 3 May 2023.", "are due to open"),
        ("The treaty will be signed on 3 May 2023.", "will be signed"),
        ("On 3 May 2023, the council will meet in Rome.", "will meet"),
    ],
)
def test_a_clause_about_what_is_to_come_is_told_with_its_verb(clauses, sentence, verb):
    assert clauses(f"It rained. {sentence}") == [(verb, Tense.FUTURE, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The council agreed to meet on 3 May 2023.",
        "The council discussed the summit on 3 May 2023.",
        "The council announced a hearing on 3 May 2023.",
        "The council prepared for the vote on 3 May 2023.",
        "The council would meet on 3 May 2023.",
        "The council did not meet on 3 May 2023.",
        "The vote was not held on 3 May 2023.",
        "The council was to meet on 3 May 2023.",
        "The vote was scheduled on 3 May 2023.",
        "She named a deputy whose term ends on 3 May 2023.",
        "The council meets on 3 May 2023.",
        "He is a member with a term expiring on 3 May 2023.",
        "On 3 May 2023, rules passed last year take effect.",
        "On 3 May 2023, those who signed will be paid.",
        "He spoke of the challenges of today’s world.",
        "The 3 May 2023 meeting was short.",
        "“The council met on 3 May 2023,” she said.",
        "The band is playing on 3 May 2023.",
        "The fair opens on Wednesday, 3 May 2023, said its director.",
        "Doors open on 3 May 2023, said Ann Lee.",
        "On 3 May 2023, the director said, the gates stay shut.",
        "In May 2023, the mayor told residents, taxes fall.",
        "He was told the fair opens on 3 May 2023.",
        "They bought seats for the show in Paris on 3 May 2023.",
    ],
)
def test_what_is_in_doubt_is_left_untold(clauses, sentence):
    told = clauses(f"It rained. {sentence}")
    assert [c for c in told if c[1] is not Tense.UNKNOWN and c[0] != "will be"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "If the council met on 3 May 2023, nobody saw it.",
        "In the novel the council met on 3 May 2023.",
        "Those who voted on 3 May 2023 will be heard.",
        "The concert hall was sold out on 3 May 2023.",
    ],
)
def test_a_past_that_need_not_have_happened_is_not_firm(clauses, sentence):
    assert [firm for _, _, firm in clauses(f"It rained. {sentence}")] == [False]


def test_headings_references_and_headlines_are_left_out(clauses):
    body = (
        "THE COUNCIL MET ON 3 MAY 2022\n\nIt rained [1].\n\nReferences\n\n"
        '[1] Alder Courier, "What the council said on 3 May 2022," 4 May 2022'
    )
    assert clauses(body, title="The council met on 3 May 2022") == []


def test_spans_stand_in_the_text(read):
    reading = read("It rained. The council will briefly meet on 3 May 2023 in Rome.")
    [clause] = reading.timing.clauses
    for span in (clause.date, clause.phrase, clause.verb):
        assert reading.text[span.start : span.end] == span.text
    assert clause.phrase.text == "on 3 May 2023"
    assert clause.base == "meet"


@pytest.mark.parametrize("body", ["", "on 3 May 2022", "\ud800 met on 3 May 2022.", "met " * 4000])
def test_odd_text_is_read_without_an_error(read, body):
    assert read(body).timing.orders == ()

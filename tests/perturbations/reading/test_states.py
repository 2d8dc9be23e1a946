"""Claims about states of the world: what is read as one, how it stands, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.reading.state_forms import spellings
from perturbations.reading.state_mentions import BEGUN, HOLDS, NOT_OVER, NOT_YET, OVER
from perturbations.text import Article


def found(reading):
    """Every mention as its words, how it stands if true, and what it is about."""
    return [
        (m.span.text, m.says, m.state or f"{m.member}/{m.organisation}") for m in reading.states
    ]


@pytest.mark.parametrize(
    ("sentence", "words", "says", "about"),
    [
        ("EU member Hungary voted no.", "EU member Hungary", HOLDS, "HU/EU"),
        ("EU member state Hungary voted no.", "EU member state Hungary", HOLDS, "HU/EU"),
        ("A NATO Ally Poland trusts.", "NATO Ally Poland", HOLDS, "PL/NATO"),
        ("Finland, a NATO member, agreed.", "Finland, a NATO member", HOLDS, "FI/NATO"),
        ("Turkey, a key NATO ally, agreed.", "Turkey, a key NATO ally", HOLDS, "TR/NATO"),
        ("Former EU member Britain agreed.", "Former EU member Britain", OVER, "GB/EU"),
        ("Britain, a former EU member, agreed.", "Britain, a former EU member", OVER, "GB/EU"),
        ("Aspiring EU member Moldova agreed.", "Aspiring EU member Moldova", NOT_YET, "MD/EU"),
        ("Non-NATO Austria objects.", "Non-NATO Austria", NOT_YET, "AT/NATO"),
        (
            "Ukraine is not a member of NATO.",
            "Ukraine is not a member of NATO",
            NOT_YET,
            "UA/NATO",
        ),
        (
            "Hungary, a member of the European Union, agrees.",
            "Hungary, a member of the European Union",
            HOLDS,
            "HU/EU",
        ),
        (
            "Britain, which is no longer a member of the EU, agrees.",
            "Britain, which is no longer a member of the EU",
            OVER,
            "GB/EU",
        ),
        ("If Serbia joins the EU, trade grows.", "If Serbia joins the EU", NOT_YET, "RS/EU"),
        ("Should Serbia join the EU, trade grows.", "Should Serbia join the EU", NOT_YET, "RS/EU"),
        ("Serbia hopes to join the EU.", "Serbia hopes to join the EU", NOT_YET, "RS/EU"),
        (
            "Serbia, which has yet to join the EU, agrees.",
            "Serbia, which has yet to join the EU",
            NOT_YET,
            "RS/EU",
        ),
        ("Serbia will join the EU next year.", "Serbia will join the EU", NOT_YET, "RS/EU"),
        ("Albania has joined NATO.", "Albania has joined NATO", BEGUN, "AL/NATO"),
        ("Britain has left the EU.", "Britain has left the EU", OVER, "GB/EU"),
        ("If Hungary leaves the EU, then what?", "If Hungary leaves the EU", NOT_OVER, "HU/EU"),
        (
            "Croatia's currency, the kuna, is strong.",
            "Croatia's currency, the kuna",
            NOT_YET,
            "croatia-euro",
        ),
        (
            "Croatia’s currency, the kuna, is strong.",
            "Croatia’s currency, the kuna",
            NOT_YET,
            "croatia-euro",
        ),
        ("If Ukraine is invaded, prices rise.", "If Ukraine is invaded", NOT_YET,
         "russia-ukraine-full-scale-war"),
    ],
)  # fmt: skip
def test_a_claim_is_read_with_what_it_says(read, sentence, words, says, about):
    assert found(read(sentence)) == [(words, says, about)]


def test_members_in_a_list_are_claims_of_their_own(read):
    reading = read("NATO allies Poland, Romania and the United Kingdom agree.")
    assert [m.member for m in reading.states] == ["PL", "RO", "GB"]
    for one in reading.states:
        assert sum(one.span.covers(other.span) for other in reading.states) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Japan, a major non-NATO ally, agreed.",
        "Canada joined the EU in condemning the attack.",
        "Ukraine joined the G7, by video.",
        "Germany joins NATO allies on the border.",
        "The delegation left NATO headquarters.",
        "Northern Ireland, an EU region once, agreed.",
        "Sweden would join NATO.",
        "Officials asked whether Sweden has joined NATO.",
        "Those who join the EU pay more.",
        "Serbia joined the EU's mission.",
        "He is a member of NATO staff in Hungary.",
    ],
)
def test_what_only_looks_like_a_claim_is_none(read, sentence):
    assert found(read(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("If Serbia joins the EU, trade grows.", True),
        ("“If Serbia joins the EU, trade grows,” the minister says.", False),
        ("The minister said Serbia will join the EU.", False),
        ("In 2015 the plan was plain: if Serbia joins the EU, trade grows.", False),
        ("At the time Serbia, which has yet to join the EU, agreed.", False),
        ("Hungary, an EU member, said no.", True),
        ("Hungary, an EU member since 2004, says no.", False),
    ],
)
def test_other_times_and_other_voices_claim_nothing_of_the_present(read, sentence, claims):
    assert [m.claims_present for m in read(sentence).states] == [claims]


def test_claims_in_a_reference_list_are_marked(read):
    body = (
        "The talks went on for a day.\n\nReferences\n\n"
        '[1] Alder Courier, "If Serbia joins the EU," 5 May 2022\n'
        '[2] Alder Courier, "Talks go on," 6 May 2022'
    )
    assert [m.claims_present for m in read(body).states] == [False]


def test_a_phrase_that_ends_inside_a_word_hides_no_shorter_one(read):
    reading = read("If Bulgaria joins the European Union, trade grows.")
    assert [(m.member, m.organisation) for m in reading.states] == [("BG", "EU")]


def test_every_event_is_read_back_in_every_form_as_what_the_form_says(read, knowledge):
    turns = [
        (state.id, turn, still, done)
        for state in knowledge.states.values()
        for turn, still, done in (
            (state.begins, NOT_YET, BEGUN),
            (state.ends, NOT_OVER, OVER),
        )
        if turn is not None
    ]
    assert len(turns) > 80
    for state, turn, still, done in turns[::7]:
        for form, words in spellings(turn):
            [mention] = read(f"They ask {words}, and why.").states
            assert (mention.span.text, mention.state) == (words, state)
            assert mention.says == (still if form.is_open else done)
            assert mention.hypothetical == form.kind.startswith("hypo")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Sweden", "the United States", "NATO", "the EU", "if", "joins", "a", "member", "of",
             "which", "has", "yet", "to", "join", "non-", ", ", ". ", "\n\n", "“", "”", "é", "’s"]
        ),
        max_size=24,
    )
)  # fmt: skip
def test_any_words_in_any_order_are_read_with_spans_that_stand(reader, words):
    article = Article("fuzz", "A title", " ".join(words))
    for mention in reader.read(article).states:
        mention.span.check(article.text)

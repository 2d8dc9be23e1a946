"""How texts are cut: paragraphs, sentences, quotations, headings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.reading.layout import find_layout
from perturbations.reading.mentions import Layout
from perturbations.reading.offsets import Encoded


def cut(text: str) -> Layout:
    layout = find_layout(Encoded(text))
    for spans in (layout.paragraphs, layout.sentences, layout.quotations, layout.headings):
        for span in spans:
            span.check(text)
            assert span.text == span.text.strip()
            assert span.text
        assert all(one.end <= two.start for one, two in pairwise(spans))
    return layout


def sentences(text: str) -> list[str]:
    return [span.text for span in cut(text).sentences]


def quotations(text: str) -> list[str]:
    return [span.text for span in cut(text).quotations]


def headings(text: str) -> list[str]:
    return [span.text for span in cut(text).headings]


def test_paragraphs_end_at_blank_lines_and_at_line_ends():
    text = (
        "Talks in Brussels\n\nThey met on Monday.\nThey left on Friday.\n\n  \n\nNobody stayed.\n"
    )
    assert [span.text for span in cut(text).paragraphs] == [
        "Talks in Brussels",
        "They met on Monday.",
        "They left on Friday.",
        "Nobody stayed.",
    ]


def test_wrapped_lines_are_one_paragraph_and_lists_are_not():
    text = (
        "The ministers of both countries met for the first time since\n"
        "the war began. They spoke for several hours about the bridge\n"
        "and left.\n"
        "- one bridge\n"
        "- two ferries\n"
    )
    first, *rest = cut(text).paragraphs
    assert first.text.endswith("and left.")
    assert [span.text for span in rest] == ["- one bridge", "- two ferries"]
    assert len(sentences(text)) == 4


SENTENCES = [
    "The U.S. President met Mr. Smith of Acme Inc. on Feb. 16.",
    "“I know,” he said.",
    '"Really?" asked J. K. Rowling.',
    "She lives in the U.S.",
    "The rate was 3.5 percent...",
    "Then No. 10 replied at 5 p.m. Tuesday!",
    "Roe v. Wade fell, says Dr. Who, Ph.D., of Washington, D.C.",
    "He said “go.”",
    "He went.[1]",
    "Who left?",
    "Gen. Lee, Sen. Roe and Gov. Doe did [2].",
    "(So did we.)",
    "It was vitamin C.",
    "And no.",
    "That was Joseph R. Biden, Jr. of Delaware.",
]


def test_sentences_end_where_a_reader_stops():
    assert sentences(" ".join(SENTENCES)) == SENTENCES


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("She asked “Why?” and left. He stayed.", 2),
        ("1. First point. Second point.", 2),
        ("他说。我们走！", 2),
        ("It rose to 3.5. It fell to 2.1.", 2),
        ("Prices fell … but wages rose.", 1),
        ("It costs 5 euros e.g. here.", 1),
        ("In Sept. The court met.", 2),
        ("See example.org for more. Thanks.", 2),
        ("No. He refused.", 2),
    ],
)
def test_full_stops_that_end_and_that_do_not(text, count):
    assert len(sentences(text)) == count


def test_a_heading_is_a_sentence_of_its_own():
    text = "Talks end\n\nWHAT HAPPENED\n\nThey left.\n\n## Reaction\n**In Paris**\nNobody spoke."
    assert sentences(text) == [
        *("Talks end", "WHAT HAPPENED", "They left.", "## Reaction", "**In Paris**"),
        "Nobody spoke.",
    ]
    assert headings(text) == ["Talks end", "WHAT HAPPENED", "## Reaction", "**In Paris**"]


@pytest.mark.parametrize(
    "line",
    [
        "They left, and nobody spoke.",
        "- two ferries",
        "[1] Alderwick Courier, 3 May 2024",
        "https://alderwick.example/news",
        "Variety    2016    2017",
        "a line that goes on and on " * 4 + "without a full stop",
        "“Yes,”",
    ],
)
def test_what_is_no_heading(line):
    assert headings(f"Talks end\n\n{line}\n\nThey left.") == ["Talks end"]


QUOTATIONS = [
    ('He said "yes" and "no".', ['"yes"', '"no"']),
    ("“Yes,” he said. “No.”", ["“Yes,”", "“No.”"]),
    ("“He called it ‘mad’ and “bad”,” she said.", ["“He called it ‘mad’ and “bad”,”"]),
    ("‘It’s ours,’ said Ann.", ["‘It’s ours,’"]),
    ("‘The workers’ strike is on,’ said Ann.", ["‘The workers’ strike is on,’"]),
    ("the workers’ strike and the dogs’ home", []),
    ("It's the 1990s' best, rock 'n' roll", []),
    ("the ’90s and ‘90s, rock ‘n’ roll", []),
    ("‘tis the season, ‘em", []),
    ('He was 6\'2" tall and his screen 24" wide.', []),
    ("«Oui», „ja“ and “si”", ["«Oui»", "„ja“", "“si”"]),
    ('" spaced out " , he said', ['" spaced out "']),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTATIONS)
def test_quotations_stand_with_their_marks(text, expected):
    assert quotations(text) == expected


def test_a_quotation_over_paragraphs_opens_anew_in_each():
    text = "“First we met.\n\n“Then we left,” she said.\n\nNobody spoke."
    assert quotations(text) == ["“First we met.", "“Then we left,”"]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = 'He said "yes and left.\n\nNobody spoke "at all" to him.'
    assert quotations(text) == ['"yes and left.', '"at all"']


def test_looking_up_where_a_position_stands():
    text = "Talks end\n\nThey met. He said “yes” twice."
    layout = cut(text)
    at = text.index("yes")
    assert layout.sentence_at(at).text == "He said “yes” twice."
    assert layout.paragraph_at(at).text.startswith("They met.")
    assert layout.sentence_at(text.index("\n")) is None


PIECES = st.sampled_from(
    [
        *("He said", "the U.S.", "Mr. Smith", "3.5", "Jan.", "No. 10", "well", "We", "1.", "- a"),
        *(
            "“",
            "”",
            "‘",
            "’",
            '"',
            "«",
            "»",
            "„",
            "'",
            ".",
            ". ",
            "! ",
            "? ",
            "…",
            "\n",
            "\n\n",
            " ",
        ),
        *(
            "**b**",
            "# H",
            "[1]",
            "(",
            ")",
            "é",
            "日。",
            "\ud800",
            "\u00a0",
            "\u2028",
            "\r",
            "\x85",
            "\t",
        ),
    ]
)


@settings(max_examples=400)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text()))
def test_no_text_is_too_odd_and_nothing_visible_is_lost(text):
    layout = cut(text)
    for inner in (layout.sentences, layout.quotations, layout.headings):
        assert all(any(p.covers(span) for p in layout.paragraphs) for span in inner)
    for spans in (layout.paragraphs, layout.sentences):
        covered = "".join(span.text for span in spans)
        assert "".join(covered.split()) == "".join(text.split())

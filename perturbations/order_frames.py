"""Two clauses and which of them came first: the sentences that say so, and how they are built."""

from __future__ import annotations

import re

from perturbations.defects.rules.order import sustained
from perturbations.reading.mentions import Reading
from perturbations.reading.orders import verbs
from perturbations.reading.time_mentions import OrderStatement
from perturbations.text import Span

MIN_WORDS, MAX_WORDS = 3, 18
"""Words of a clause that can stand beside another one."""
FRAMES = (
    "{early} before {late}",
    "{late} after {early}",
    "before {late}, {early}",
    "after {early}, {late}",
    "first, {early}; then {late}",
    "{early}; after that, {late}",
    "{late}; before that, {early}",
    "{early}, and later {late}",
)
"""Ways to say of two clauses which came first."""
LEADS = ("", "", "In order of time: ", "The order of events: ", "In short: ")
SMALL_FIRST = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "at",
        "some",
        "many",
        "more",
        "most",
        "all",
        "both",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "its",
        "their",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "police",
        "officials",
        "people",
        "residents",
        "members",
    ]
)
"""First words that are no names, and go in small letters inside a sentence."""
_LINKING = re.compile(
    r"\b(?:before|after|afterwards|then|later|followed|preceded)\b", re.IGNORECASE
)
_BREAKS = re.compile(r"[;:()\[\]“”\"*_—–|]|\d{4}|\bhttps?\b")
"""Marks and years that a restated clause had better not carry."""


def sustained_sentences(
    reading: Reading,
) -> list[tuple[Span, OrderStatement, tuple[Span, ...]]]:
    """Sentences of two clauses and their order, which dates of the article bear out."""
    found = []
    for statement, marks in sustained(reading):
        sentence = reading.layout.sentence_at(statement.link.start)
        sides = statement.earlier, statement.later
        whole = sentence is not None and sentence.text.endswith(".")
        if sentence is not None and whole and all(is_clause(side.text) for side in sides):
            found.append((sentence, statement, marks))
    return found


def is_clause(text: str) -> bool:
    """Whether a wording is one plain clause, short enough to stand beside another."""
    words = text.split()
    plain = _LINKING.search(text) is None and _BREAKS.search(text) is None
    return plain and MIN_WORDS <= len(words) <= MAX_WORDS and bool(verbs(text))


def inside(clause: str) -> str:
    """The clause as it stands inside a sentence."""
    first = clause.split(maxsplit=1)[0]
    small = (first.casefold() in SMALL_FIRST and not first.isupper()) or first == "A"
    return clause[0].lower() + clause[1:] if small else clause


def lead_of(sentence: str) -> str:
    """The words with which such a sentence was led in; empty where it was not."""
    return next((lead for lead in LEADS if lead and sentence.startswith(lead)), "")


def frames_for(early: str, late: str) -> list[str]:
    """The frames that two clauses can stand in, either way round; a comma splits a fronted one."""
    if "," in early or "," in late:
        return [frame for frame in FRAMES if not frame.startswith(("before", "after"))]
    return list(FRAMES)


def in_frame(frame: str, early: str, late: str) -> str:
    """The sentence that a frame makes of two clauses, from its first word to its full stop."""
    return f"{frame.format(early=early, late=late)}."

"""Words that tell the gender of one person: pronouns of the third person, Mr, Ms and Mrs."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import re2

from perturbations.reading.encounter_mentions import Gender, Pronoun, PronounForm
from perturbations.reading.offsets import Encoded

_SUBJECT, _OBJECT = PronounForm.SUBJECT, PronounForm.OBJECT
_POSSESSIVE, _REFLEXIVE = PronounForm.POSSESSIVE, PronounForm.REFLEXIVE
_HONORIFIC = PronounForm.HONORIFIC

_TOLD: dict[str, tuple[Gender, PronounForm | None]] = {
    "he": ("m", _SUBJECT),
    "she": ("f", _SUBJECT),
    "him": ("m", _OBJECT),
    "his": ("m", _POSSESSIVE),
    "her": ("f", None),
    "himself": ("m", _REFLEXIVE),
    "herself": ("f", _REFLEXIVE),
    "mr": ("m", _HONORIFIC),
    "mr.": ("m", _HONORIFIC),
    "ms": ("f", _HONORIFIC),
    "ms.": ("f", _HONORIFIC),
    "mrs": ("f", _HONORIFIC),
    "mrs.": ("f", _HONORIFIC),
}
_NEXT = re.compile(r" (?P<word>[\w’'-]+)")
_NO_NOUN = frozenset(
    [
        *("a", "an", "the", "to", "in", "on", "at", "of", "for", "from", "with", "by", "and", "or"),
        *("but", "as", "that", "if", "when", "while", "before", "after", "about", "into", "up"),
        *("out", "off", "over", "back", "down", "through", "again", "there", "here", "until"),
        *("because", "since", "so", "than", "not", "this", "these", "those", "it", "how", "what"),
        *("why", "where", "who", "whether", "during", "last", "away", "alone", "today", "was"),
    ]
)
"""Words that no noun begins with: behind them "her" is an object."""


def find_pronouns(source: Encoded) -> tuple[Pronoun, ...]:
    """Finds them, in order; words in capitals, which may be anything, are left out."""
    found = []
    for match in _pattern().finditer(source.data):
        span = source.span(*match.span())
        gender, form = _TOLD[span.text.casefold()]
        found.append(Pronoun(span, gender, form or _her(source.text, span.end)))
    return tuple(found)


@cache
def _pattern() -> Any:
    options = re2.Options()
    options.never_capture = True
    pattern = (
        r"\b(?:(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er|[Hh]imself|[Hh]erself)\b|(?:Mrs|Mr|Ms)\b\.?)"
    )
    return re2.compile(pattern.encode(), options)


def _her(text: str, end: int) -> PronounForm | None:
    """Whether a noun follows "her"; None where a word follows that may be either."""
    following = _NEXT.match(text, end)
    if following is None or following["word"].casefold() in _NO_NOUN:
        return _OBJECT
    return _POSSESSIVE

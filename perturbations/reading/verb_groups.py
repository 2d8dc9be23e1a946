"""Verb groups: auxiliaries and main verb of a clause, and the tense that they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perturbations.reading import tense_words as words
from perturbations.reading.time_mentions import Tense
from perturbations.reading.verb_forms import is_base, participles, pasts

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*|[0-9][0-9.,]*|[^\w\s]", re.UNICODE)


class Token(NamedTuple):
    """A word, number or mark, with its code points."""

    start: int
    end: int
    text: str

    @property
    def is_lower(self) -> bool:
        """Whether it begins with a small letter."""
        return self.text[0].islower()


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group: its code points, tense and main verb."""

    start: int
    end: int
    tense: Tense
    base: str | None = None
    passive: bool = False


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of text."""
    return [Token(*found.span(), found.group()) for found in _TOKEN.finditer(text, start, end)]


def group_at(tokens: Sequence[Token], index: int) -> Group | None:
    """The verb group whose main verb is the token, or None where it is no verb in the list.

    A verb whose time cannot be told has the tense *unknown*.
    """
    token = tokens[index]
    lower = token.text
    head, negated = _auxiliary(tokens, index)
    auxiliary = tokens[head].text if head is not None else ""
    start = tokens[head].start if head is not None else token.start
    if auxiliary == words.FUTURE and (is_base(lower) or lower == "be"):
        tense = Tense.UNKNOWN if negated else Tense.FUTURE
        return Group(start, token.end, tense, lower)
    if auxiliary in words.MODALS and is_base(lower):
        return Group(start, token.end, Tense.UNKNOWN, lower)
    if auxiliary == "to" and head is not None and (is_base(lower) or lower == "be"):
        return _planned(tokens, head, token, lower)
    if lower in words.BE_PAST:
        return Group(token.start, token.end, Tense.UNKNOWN if negated else Tense.PAST, "be")
    base = pasts().get(lower) or participles().get(lower)
    if base is None or not stands_as_verb(tokens, index, head):
        return None
    return _participle(tokens, index, head, base, negated=negated)


def _participle(
    tokens: Sequence[Token], index: int, head: int | None, base: str, *, negated: bool
) -> Group | None:
    """The group of a past form or participle, by the auxiliary before it."""
    token = tokens[index]
    auxiliary = tokens[head].text if head is not None else ""
    start = tokens[head].start if head is not None else token.start
    if negated:
        return Group(start, token.end, Tense.UNKNOWN, base)
    if auxiliary in words.BE_PAST or auxiliary in words.HAVE:
        return Group(start, token.end, Tense.PAST, base, auxiliary in words.BE_PAST)
    if auxiliary == "been" and head is not None:
        outer, denied = _auxiliary(tokens, head)
        if outer is not None and tokens[outer].text in words.HAVE and not denied:
            return Group(tokens[outer].start, token.end, Tense.PAST, base, passive=True)
        return Group(start, token.end, Tense.UNKNOWN, base)
    if auxiliary == "be" and head is not None:
        whole = group_at(tokens, head)
        tense = whole.tense if whole is not None else Tense.UNKNOWN
        first = whole.start if whole is not None else start
        return Group(first, token.end, tense, base, passive=True)
    if auxiliary in words.BE_PRESENT or auxiliary in ("being", *words.MODALS, words.FUTURE):
        return Group(start, token.end, Tense.UNKNOWN, base)
    if token.text not in pasts():
        return Group(token.start, token.end, Tense.UNKNOWN, base)
    return Group(token.start, token.end, Tense.PAST, base)


FINITE = words.BE_PAST | words.BE_PRESENT | words.HAVE | {words.FUTURE}
_AUXILIARIES = (
    words.BE_PAST
    | words.BE_PRESENT
    | words.HAVE
    | words.MODALS
    | {"will", "to", "be", "been", "being", "shall", "got"}
)


def _auxiliary(tokens: Sequence[Token], index: int) -> tuple[int | None, bool]:
    """Where the auxiliary before a verb stands, and whether a negation stands between."""
    negated = False
    at = index - 1
    while at >= 0 and index - at < 5:
        lower = tokens[at].text
        if lower in words.NEGATIONS:
            negated = True
        elif lower in _AUXILIARIES:
            return at, negated
        elif not (lower in words.ADVERBS or (lower.endswith("ly") and lower != "july")):
            return None, negated
        at -= 1
    return None, negated


def _planned(tokens: Sequence[Token], to: int, token: Token, base: str) -> Group:
    """A future in "is (due) to meet"; any other infinitive tells no time."""
    at = to - 1
    if at >= 0 and tokens[at].text in words.PLANNED:
        at -= 1
    if at >= 0 and tokens[at].text in words.BE_PRESENT:
        return Group(tokens[at].start, token.end, Tense.FUTURE, base)
    return Group(tokens[to].start, token.end, Tense.UNKNOWN, base)


def stands_as_verb(tokens: Sequence[Token], index: int, head: int | None) -> bool:
    """Whether a past form is a verb there, not an adjective: "the elected president"."""
    if head is not None:
        return True
    before = tokens[index - 1].text.casefold() if index else ""
    if before in words.DETERMINERS or before in words.PREPOSITIONS or not before:
        return False
    return before[-1].isalnum() or before in (",", ")", ".", "”")

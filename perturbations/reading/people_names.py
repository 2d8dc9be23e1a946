"""Whether a surname stands by itself, or given names, initials or compounds belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from perturbations.reading.gazetteer import Entry, Gazetteer, Hit
from perturbations.reading.people_words import (
    HONORIFIC_GENDER,
    HONORIFICS,
    INSTITUTIONS,
    OPENERS,
    ORDINARY_WORDS,
)

_SPACE = r"[ \u00a0\u202f]"
_HONORIFIC = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(re.escape(w) for w in sorted(HONORIFICS, key=len, reverse=True))})"
    rf"{_SPACE}$"
)
_INITIALS = re.compile(
    rf"(?P<given>[A-Z][\w’'-]+(?:{_SPACE}[A-Z][\w’'-]+)?){_SPACE}(?:[A-Z]\.{_SPACE}?){{1,2}}$"
)
_LAST_WORD = re.compile(r"(?P<word>[^\s,;:()\[\]\"“”‘—–/]+)[ \u00a0\u202f]$")
_NEXT_WORD = re.compile(r"[ \u00a0\u202f](?P<word>[\w’'-]+)")
_WINDOW = 48


class Standing(StrEnum):
    """What a surname is, by the words around it."""

    ALONE = "alone"
    """Nothing belongs to it: it can mean whoever was introduced with it."""
    STRANGER = "stranger"
    """Part of another person's name: Jill Biden, Kim Yo Jong."""
    OTHER = "other"
    """No person at all: the Biden Administration, Trump Tower, May I ask."""


def with_initials(text: str, hits: Sequence[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """The hits, with surnames widened to full names that carry initials: Vladimir V. Putin."""
    widened: list[Hit] = []
    for hit in hits:
        if hit.entry.surnames and text[max(0, hit.start - 2) : hit.start].startswith("."):
            before = _INITIALS.search(text, max(0, hit.start - _WINDOW), hit.start)
            if before is not None:
                found = _full_name(before, text[hit.start : hit.end], gazetteer)
                if found is not None:
                    start, entry = found
                    while widened and widened[-1].end > start:
                        widened.pop()
                    widened.append(Hit(start, hit.end, entry))
                    continue
        widened.append(hit)
    return widened


def _full_name(
    before: re.Match[str], surname: str, gazetteer: Gazetteer
) -> tuple[int, Entry] | None:
    """Where a full name of given names before initials and this surname begins, if it is known."""
    given = before["given"]
    for start in range(len(given)):
        if start == 0 or given[start - 1] in " \u00a0\u202f":
            entry = gazetteer.lookup(f"{given[start:]} {surname}")
            if entry is not None and entry.people:
                return before.start() + start, entry
    return None


def honorific_before(text: str, start: int) -> tuple[int, int] | None:
    """Where the honorific right before `start` stands, if there is one."""
    found = _HONORIFIC.search(text, max(0, start - _WINDOW), start)
    return found.span("word") if found else None


def honorific_fits(honorific: str | None, gender: str) -> bool:
    """Whether an honorific can go with a person of that gender."""
    told = HONORIFIC_GENDER.get(honorific) if honorific else None
    return told is None or told == gender


def standing(text: str, start: int, end: int, *, title_case: bool, sentence_start: int) -> Standing:
    """Tells what the surname at `start..end` is.

    `title_case` says that every word of the line may be capitalised, so that capitals tell little.
    """
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before in ("-", "‑", "#", "@", "/") or behind in ("-", "‑", "/", "@"):
        return Standing.OTHER
    word = "" if start == sentence_start else last_word(text, start)
    if word in ("the", "The", "THE", "a", "A"):
        return Standing.OTHER
    following = _NEXT_WORD.match(text, end)
    after = following["word"] if following else ""
    if after.casefold().split("-")[0].split("’")[0].split("'")[0] in INSTITUTIONS and (
        after[:1].isupper() or word.casefold() == "the"
    ):
        return Standing.OTHER
    surname = text[start:end]
    if surname.capitalize() in ORDINARY_WORDS and (start == sentence_start or surname.isupper()):
        return Standing.OTHER
    if title_case:
        return Standing.STRANGER if _is_given_name(word) and not word.isupper() else Standing.ALONE
    if _is_given_name(word) or (after[:1].isupper() and after not in OPENERS):
        return Standing.STRANGER
    return Standing.ALONE


def _is_given_name(word: str) -> bool:
    """Whether a word before a surname looks like part of the same name."""
    if not word[:1].isupper() or word.endswith(("’s", "'s")):
        return False
    return not {word, word.capitalize()} & OPENERS and word not in HONORIFIC_GENDER


def surname_comes_first(name: str, surname: str) -> bool:
    """Whether a full name begins with the surname, as Korean and Chinese names do."""
    return name.startswith(f"{surname} ")


def next_word(text: str, end: int) -> str:
    """The word right behind `end`, after one space; empty where there is none."""
    found = _NEXT_WORD.match(text, end)
    return found["word"] if found else ""


def last_word(text: str, start: int) -> str:
    """The word right before `start` and one space; empty where a sentence or nothing ends there.

    Honorifics and initials keep their dot; any other word with a dot ends a sentence.
    """
    found = _LAST_WORD.search(text, max(0, start - _WINDOW), start)
    word = found["word"] if found else ""
    ends = word.endswith((".", "!", "?", "…")) and len(word) > 2 and word not in HONORIFICS
    return "" if ends else word

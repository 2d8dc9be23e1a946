"""Where sentences end inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import re2

from perturbations.reading.offsets import Encoded
from perturbations.text import Span

PARAGRAPHS = 256
"""How many paragraphs are remembered: those of one article, whose variants are read next."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "Adm Amb Atty Brig Capt Cmdr Col Cpl Dr Gen Gov Hon Lt Maj Messrs Mr Mrs Ms Mt Pfc Pres Prof "
    "Rep Reps Rev Rt Sen Sens Sgt St Supt v vs"
)
"""Abbreviations that never end a sentence: a name follows."""
_NUMBERED = _words("art cf ch fig no nos p para pp sec vol")
"""Abbreviations before a number; before anything else the full stop ends the sentence."""
_OTHERS = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun "
    "a.m p.m e.g i.e Ph.D B.Sc M.Sc Ave Blvd Bros Co Corp Dept Est Inc Jr Ltd Sr Univ etc al "
    "approx ed eds Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn "
    "Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
)
"""Abbreviations that may end a sentence as well: the next word tells."""
_STARTERS = _words(
    "a after all also although among an and another any as asked at because before both but by "
    "can critics despite during each earlier even every few following for four from given he her "
    "here his how however i if in instead into it its later many meanwhile more most much my "
    "neither no none not nothing nobody now of officials on once one only other others our over "
    "perhaps police residents she since so some soon still such ten than that the their then "
    "there these they this those though three to today together two under unlike until we what "
    "when where whether which while who why with without yes yet yesterday you your"
)
"""Words that begin a sentence when they are capitalised behind an abbreviation."""
_LABEL = re.compile(r"[\s#*•–—-]*[(\[]?(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
"""A list's label, up to its full stop: "12", "a", "**IV"."""


@cache
def _marks() -> Any:
    """What may end a sentence: its marks, what closes behind them, and white space or the end."""
    options = re2.Options()
    options.never_capture = True
    options.longest_match = True
    closing = "(?:[\"'”’»)\\]*_]|\\[[0-9, –-]+\\]|\\^[0-9]+)*"
    space = "[ \\t\\n\\r\u00a0\u202f\u2009]"
    pattern = f"(?:[.!?]|…)+{closing}(?:{space}|\\z)|[。！？]+[”’」』）]*"
    return re2.compile(pattern.encode(), options)


def find_sentences(paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Cuts every paragraph into sentences, without the white space between them."""
    return tuple(
        Span(paragraph.start + start, paragraph.start + start + len(text), text)
        for paragraph in paragraphs
        for start, text in _sentences(paragraph.text)
    )


@lru_cache(maxsize=PARAGRAPHS)
def _sentences(paragraph: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a paragraph, each with where it begins."""
    source = Encoded(paragraph)
    out = []
    start = 0
    for found in _marks().finditer(source.data):
        mark, end = source.point(found.start()), source.point(found.end())
        if end >= len(paragraph):
            break
        if _ends_sentence(paragraph, start, mark, end):
            out.append(_trimmed(paragraph, start, end))
            start = end
    rest = _trimmed(paragraph, start, len(paragraph))
    return (*out, rest) if rest[1] else tuple(out)


def _trimmed(text: str, start: int, end: int) -> tuple[int, str]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), piece.strip()


def _ends_sentence(text: str, start: int, mark: int, end: int) -> bool:
    """Whether the mark at `mark`, with what closes behind it up to `end`, ends a sentence."""
    behind = _next_word(text, end)
    if text[mark] in "。！？":
        return True
    if not behind or behind.strip("([")[:1].islower():
        return False
    marks = text[mark : mark + 2]
    if not marks.startswith(".") or marks == "..":
        return True
    if _LABEL.fullmatch(text, start, mark):
        return False
    word = _last_word(text, start, mark)
    if word in _TITLES:
        return False
    if word.lower() in _NUMBERED:
        return not behind[0].isdigit()
    is_initial = len(word) == 1 and word.isupper()
    is_dotted = "." in word and all(len(piece) <= 2 for piece in word.split("."))
    if is_initial or is_dotted or word in _OTHERS:
        return _is_starter(behind)
    return True


def _is_starter(behind: str) -> bool:
    """Whether a sentence begins there, behind what may be an abbreviation."""
    if behind[0].isalpha():
        return behind.lower() in _STARTERS
    return not behind[0].isdigit() and behind[0] not in "(["


def _next_word(text: str, at: int) -> str:
    """The word that begins behind white space at `at`, with a bracket, or the sign there."""
    while at < len(text) and text[at].isspace():
        at += 1
    end = at + 1 if text[at : at + 1] in ("(", "[") else at
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[at : max(end, at + 1)]


def _last_word(text: str, start: int, end: int) -> str:
    """The letters, digits and inner full stops right before `end`."""
    at = end
    while at > start and (text[at - 1].isalnum() or text[at - 1] == "."):
        at -= 1
    return text[at:end]

"""Which of two events a sentence says came first, and whether two sentences tell of one event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import re2

from perturbations.reading.mentions import Citations, Layout
from perturbations.reading.offsets import Encoded
from perturbations.reading.time_mentions import OrderStatement
from perturbations.reading.verb_forms import participles, pasts
from perturbations.text import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MIN_SHARED = 3
"""Words of content, the verb among them, by which two wordings tell of one event."""
_SHARE = 0.8
"""The part of the shorter wording's content that the other one has to hold."""

_LINKS = (
    r"\b(?:[Bb]efore|[Aa]fter(?:wards)?|[Ff]ollowed(?: by)?|[Pp]receded(?: by)?|[Ll]ater|[Tt]hen)\b"
)
_EARLIER_FIRST = re.compile(
    r"(?P<lead>[Ff]irst,? |)(?P<one>[^;]+?)(?:"
    r"; (?P<l1>after that|later|afterwards|then),? |"
    r",? (?:and )?(?P<l2>then|later|afterwards) |"
    r",? (?P<l3>followed by|preceded) |"
    r" (?:(?:came|was|were|took place|happened) )?(?:(?:shortly|long|soon|some|well|just|"
    r"\w+ (?:day|week|month|year)s?) )?(?P<l4>before) )(?P<two>[^;]+)\Z"
)
_LATER_FIRST = re.compile(
    r"(?P<one>[^;]+?)(?:; (?P<l1>before that),? |,? (?P<l2>preceded by|followed) |"
    r" (?:(?:came|was|were|took place|happened) )?(?:(?:shortly|only|long|soon|some|well|just|"
    r"\w+ (?:day|week|month|year)s?) )*(?P<l3>after) )(?P<two>[^;]+)\Z"
)
_FRONTED = re.compile(r"(?P<link>[Bb]efore|[Aa]fter) (?P<one>[^,;]+), (?P<two>[^;]+)\Z")
_LEAD_IN = re.compile(r"(?:[A-Z][\w ]{2,30}: )")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SMALL = _words(
    "the and for with from into that this these those its his her their was were has had have been "
    "are is not but who which when where then than also after before later first of in on at by to "
    "an as it he she they out up off over"
)


@cache
def _scanner() -> Any:
    options = re2.Options()
    options.never_capture = True
    return re2.compile(_LINKS.encode(), options)


def find_orders(
    source: Encoded, layout: Layout, citations: Citations, body_start: int
) -> tuple[OrderStatement, ...]:
    """Every sentence of the body that says which of two events came first.

    Quotations, headings and references are left out, and so is a sentence with several such words.
    """
    out: list[OrderStatement] = []
    done = -1
    for hit in _scanner().finditer(source.data):
        at = source.point(hit.start())
        if at < max(body_start, done):
            continue
        sentence = layout.sentence_at(at)
        if sentence is None:
            continue
        done = sentence.end
        found = find_order(sentence)
        if found is not None and _is_prose(sentence, layout, citations):
            out.append(found)
    return tuple(out)


def _is_prose(sentence: Span, layout: Layout, citations: Citations) -> bool:
    references = citations.references
    return not (
        layout.quoted(sentence)
        or (references is not None and references.span.overlaps(sentence))
        or any(h.overlaps(sentence) for h in layout.headings)
    )


def find_order(sentence: Span) -> OrderStatement | None:
    """What one sentence says in so many words of the order of two events."""
    text = sentence.text.rstrip(".")
    lead = _LEAD_IN.match(text)
    start = lead.end() if lead else 0
    if "\n" in text or len(text) > 400 or len(_links(text[start:])) != 1:
        return None
    fronted = _FRONTED.match(text, start)
    if fronted is not None:
        flipped = fronted.group("link").casefold() == "before"
        return _told(sentence, fronted, "link", flipped=flipped)
    for pattern, flipped in ((_EARLIER_FIRST, False), (_LATER_FIRST, True)):
        found = pattern.match(text, start)
        if found is not None:
            name = next(key for key in ("l1", "l2", "l3", "l4") if found.groupdict().get(key))
            return _told(sentence, found, name, flipped=flipped)
    return None


def _links(text: str) -> list[str]:
    return re.findall(_LINKS, text)


def _told(
    sentence: Span, found: re.Match[str], link: str, *, flipped: bool
) -> OrderStatement | None:
    one, two = (_side(sentence, found, name) for name in ("one", "two"))
    if one is None or two is None:
        return None
    at, end = found.span(link)
    span = Span(sentence.start + at, sentence.start + end, found.group(link))
    return OrderStatement(span, two, one) if flipped else OrderStatement(span, one, two)


def _side(sentence: Span, found: re.Match[str], name: str) -> Span | None:
    start, end = found.span(name)
    text = sentence.text[start:end]
    return Span(sentence.start + start, sentence.start + end, text) if " " in text else None


@lru_cache(maxsize=512)
def content(text: str) -> frozenset[str]:
    """The words that tell an event: small words left out, verbs by their base."""
    return frozenset(_content(text))


def _content(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        lower = word.casefold()
        if lower not in _SMALL and (len(lower) > 2 or lower.isdigit()):
            yield _base(word) or lower


@lru_cache(maxsize=512)
def verbs(text: str) -> frozenset[str]:
    """The bases of the past forms in a text."""
    return frozenset(base for word in _WORD.findall(text) if (base := _base(word)))


def _base(word: str) -> str | None:
    return pasts().get(word) or participles().get(word)


def same_event(one: str, two: str) -> bool:
    """Whether two wordings tell of one event.

    They share a verb and two more words of content (a wording without a verb: three words), and
    the other holds nearly all that the shorter one says.
    """
    words = sorted((content(one), content(two)), key=len)
    shared = words[0] & words[1]
    if len(shared) < MIN_SHARED or len(shared) < _SHARE * len(words[0]):
        return False
    told = verbs(one), verbs(two)
    return bool(told[0] & told[1]) or not (told[0] and told[1])

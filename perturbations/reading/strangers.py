"""People whom no table knows: introduced by full name with a role or an age, later by surname.

"Superintendent Karen Whitlow" and "Alan Firth, the club's chairman," introduce somebody; from then
on "Whitlow" and "Mr Firth" mean them. Nothing else is taken for a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import re2

from perturbations.reading.encounter_mentions import Stranger
from perturbations.reading.mentions import Citations, PersonMention
from perturbations.reading.offsets import Encoded
from perturbations.reading.people_words import INSTITUTIONS, NAME_PARTICLES, OPENERS
from perturbations.text import Cover, Span


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


ROLES = _words(
    """
    accountant actor actress adviser advisor alderman ambassador analyst archbishop architect
    artist attorney author bishop builder butcher captain chair chairman chairwoman champion chef
    clerk climber coach collector commander commissioner composer conductor constable consultant
    coroner councillor councilor councilman councilwoman curator delegate deputy designer detective
    director doctor driver economist editor engineer envoy executive farmer firefighter fisherman
    foreman founder gardener geologist goalkeeper governor grocer guide harbourmaster harbormaster
    headteacher headmaster headmistress historian inspector instructor journalist judge justice
    keeper lawyer lecturer librarian lieutenant manager mayor mechanic mediator merchant
    midwife miller miner minister musician nurse officer organiser organizer owner painter partner
    pastor photographer physicist pilot player plumber poet postman postwoman preacher priest
    president principal producer professor prosecutor publisher rector referee reporter
    researcher rower scientist secretary senator sergeant sheriff singer
    skipper soldier solicitor speaker spokesman spokesperson spokeswoman strategist
    superintendent supervisor surgeon surveyor teacher technician trainer translator treasurer
    trustee tutor undersecretary vicar warden widow writer
    """
)
"""What a person may be called by, in the singular."""

_ROLES = frozenset(ROLES)
_HONORIFICS = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame"))
_NO_NAMES = (
    _ROLES
    | INSTITUTIONS
    | frozenset(
        _words(
            """
            office council building month general department committee commission agency bureau
            court school district board program programme act day week year association services
            service security defense defence treasury party street avenue road square hall force
            forces corps group bank company fund forum assembly senate congress parliament states
            """
        )
    )
)
"""Words, in small letters, that stand in names of other things."""

_POSSESSIVE = re.compile(r"['’]s?$")
_PARTICLES = NAME_PARTICLES | {"ní", "nic", "ó", "mac"}
_WORD_BEFORE = re.compile(r"(?P<word>[\w-]+)\.? $")
_PLAIN_BEFORE = re.compile(r"(?<!\S)(?P<word>[A-Z][\w-]+) $")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_BETWEEN = r"(?: [A-Z]\.| (?:de|da|di|du|van|von|der|den|bin|al))*"
_RUN = rf"{_CAPITALISED}(?:{_BETWEEN} {_CAPITALISED}){{1,4}}"
_NAME = re.compile(_RUN)
_NAME_ENDS = re.compile(rf"\b{_RUN}$")
_GOES_ON = re.compile(r" [A-Z][a-z]|[-‑]\w|(?:['’]s)? (?:&|[A-Z])")
_WINDOW = 48
_LONGEST_NAME = 4
_LONGEST_ROLE = 4


def find_strangers(
    source: Encoded, people: Sequence[PersonMention], citations: Citations, title_end: int = 0
) -> tuple[Stranger, ...]:
    """Finds the mentions of people in no table, in order.

    Args:
        source: the text.
        people: mentions of known people, which are nobody else's.
        citations: nobody is introduced, or meant, in a reference list or an address.
        title_end: where the headline ends, which may give a surname before it is introduced.
    """
    spans = [*(m.span for m in people), *citations.addresses]
    if citations.references is not None:
        spans.append(citations.references.span)
    taken = Cover(spans)
    introduced: dict[str, Span] = {}
    for match in _cues().finditer(source.data):
        cue = source.point(match.start()), source.point(match.end())
        if cue[0] < title_end:
            continue  # a headline's capitals tell no names
        for name in _names_at(source.text, *cue):
            if not taken.overlaps(name.start, name.end):
                introduced.setdefault(name.text, name)
    if not introduced:
        return ()
    return tuple(_mentions(source.text, introduced, taken, title_end))


@cache
def _cues() -> Any:
    """A role or honorific before a capital; a role, or an age, in apposition."""
    options = re2.Options()
    options.never_capture = True
    roles = "|".join(sorted(ROLES, key=len, reverse=True))
    pattern = (
        rf"\b(?:(?i:{roles})|{'|'.join(sorted(_HONORIFICS))})\.? [A-ZÀ-ÖØ-Þ]"
        rf"|, (?:an?|the) (?:[^ ,.;:\n]+ ){{0,4}}(?:{roles})\b|, [0-9][0-9],"
    )
    return re2.compile(pattern.encode(), options)


def _names_at(text: str, start: int, end: int) -> Iterator[Span]:
    """The full name behind a role or honorific, or before a role or an age in apposition."""
    if text[start] == ",":
        found = _NAME_ENDS.search(text, max(0, start - _WINDOW), start)
    else:
        found = _NAME.match(text, end - 1)
    if found is not None:
        yield from _cleared(text, *found.span())


def _cleared(text: str, start: int, end: int) -> Iterator[Span]:
    """The run of capitalised words without roles before it, if it can be a full name."""
    bare = _POSSESSIVE.sub("", text[start:end])
    words = bare.split(" ")
    while len(words) > 2 and (words[0].casefold() in _ROLES or words[0] in OPENERS):
        start += len(words[0]) + 1
        words = words[1:]
    if not 2 <= len(words) <= _LONGEST_NAME or not OPENERS.isdisjoint(words):
        return
    if words[0].casefold() in _PARTICLES:
        return
    if not any(word.casefold() in _NO_NAMES for word in words):
        name = " ".join(words)
        yield Span(start, start + len(name), name)


def _mentions(
    text: str, introduced: dict[str, Span], taken: Cover, title_end: int
) -> Iterator[Stranger]:
    """Every later mention, and one in the headline, of those whom nobody shares a surname with."""
    surnames = {name: surname_of(name) for name in introduced}
    borne = Counter(surnames.values())
    chains = {name: surname for name, surname in surnames.items() if borne[surname] == 1}
    found = []
    for chain, (name, surname) in enumerate(chains.items()):
        first = introduced[name].start
        given = name[: -len(surname)].split()[0]
        for start in _places(surname, text):
            end = start + len(surname)
            if title_end <= start < first:
                continue
            mention = _mention(text, name, surname, start, end, chain, given)
            if mention is not None and not taken.overlaps(mention.span.start, mention.span.end):
                found.append(mention)
    yield from sorted(found, key=lambda stranger: stranger.span)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands by itself; a regex for each surname would have to be compiled."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before.isalnum() or before == "-" or behind.isalnum() or behind == "_"):
            yield start
        start = text.find(word, end)


def _mention(
    text: str, name: str, surname: str, start: int, end: int, chain: int, given: str
) -> Stranger | None:
    """The mention whose surname stands there; None where it is part of another name."""
    if _GOES_ON.match(text, end):
        return None
    full = text.endswith(name, 0, end)
    begin = end - len(name) if full else start
    lead, honorific = _lead(text, begin)
    if lead == begin and not full:
        word = text[:start].rsplit(None, 1)[-1:] if text[start - 1 : start] == " " else []
        if word and word[0][:1].isupper() and word[0] not in OPENERS:
            return None
    return Stranger(
        span=Span.of(text, lead, end),
        name=Span.of(text, begin, end),
        chain=chain,
        surname=surname,
        given=given,
        honorific=honorific,
        full=full,
    )


def _lead(text: str, begin: int) -> tuple[int, Span | None]:
    """Where a mention begins with its role ("District Collector") or honorific, and the latter."""
    before = _WORD_BEFORE.search(text, max(0, begin - _WINDOW), begin)
    if before is None:
        return begin, None
    word = before["word"]
    if word in _HONORIFICS:
        return before.start(), Span.of(text, *before.span("word"))
    if word.casefold() not in _ROLES or not word[:1].isupper():
        return begin, None
    start = before.start()
    for _ in range(_LONGEST_ROLE - 1):
        more = _PLAIN_BEFORE.search(text, max(0, start - _WINDOW), start)
        if more is None or more["word"] in OPENERS:
            return start, None
        start = more.start()
    return begin, None  # a title too long to be told from what stands before it


def surname_of(name: str) -> str:
    """The surname of a written name, with its particles: Ní Chonaill, van der Berg."""
    words = name.split(" ")
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])

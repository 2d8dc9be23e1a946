"""The tense of the clause that a date belongs to, where both are plain.

A date is tied to a verb only where it stands before the clause ("On 3 May, the ministers met"),
right before the verb ("the ministers on 3 May met"), or behind it with nothing between that could
take the date away ("met in Paris on 3 May", but not "discussed the summit on 3 May", and not
"agreed to meet on 3 May"). Everything else is left untold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from perturbations.reading import tense_words as words
from perturbations.reading.mentions import Citations, DateMention, Layout, Precision
from perturbations.reading.time_mentions import DatedClause, Tense
from perturbations.reading.verb_forms import is_base, pasts, presents
from perturbations.reading.verb_groups import (
    FINITE,
    Group,
    Token,
    group_at,
    stands_as_verb,
    tokens_of,
)
from perturbations.text import Span

MAX_BETWEEN = 18
"""Words that may stand between a verb and its date."""
MAX_SUBJECT = 16
"""Words of a subject between a date at the clause's start and its verb."""
MAX_SENTENCE = 1_500
"""Code points; what is longer is a list or a table without marks, whose verbs belong to no date."""
_REACH = 120
_LONGEST_ABBREVIATION = 6

_ON = re.compile(r"(?:\A|(?<=[\s(*,]))(?:[Oo]n|[Ii]n)[ \u00a0]\Z")
_START = re.compile(
    r"[\s*_#•-]*(?:[A-Z][\w’' ]{2,24}: )?(?:(?:But|And|Then|Earlier|Later|Also),? )?\Z"
)
_DEICTIC = frozenset(["today", "yesterday", "tonight", "tomorrow", "last night"])
_AFTER_DATE = re.compile(r",?[ \u00a0]")
_QUOTE_MARKS = frozenset('"“”„«»')


def find_clauses(
    dates: Sequence[DateMention], layout: Layout, citations: Citations, body_start: int
) -> tuple[DatedClause, ...]:
    """Every dated clause of the body whose tense can be told, in order of the dates.

    Quotations, headings, references and addresses are left out.
    """
    references = citations.references
    out = []
    for date in dates:
        if date.span.start < body_start or date.first is None or date.ends:
            continue
        if date.relative and date.precision is not Precision.DAY:
            continue
        if references is not None and references.span.overlaps(date.span):
            continue
        if layout.quoted(date.span):
            continue
        sentence = layout.sentence_at(date.span.start)
        if sentence is None or len(sentence.text) > MAX_SENTENCE or "\n" in sentence.text:
            continue
        if not sentence.covers(date.span):
            continue
        at = date.span.start - sentence.start, date.span.end - sentence.start
        told = _clause(sentence.text, *at, by_day=date.precision is Precision.DAY)
        found = _placed(told, date, sentence) if told is not None else None
        if found is not None and not any(h.covers(found.phrase) for h in layout.headings):
            out.append(found)
    return tuple(out)


def _placed(told: tuple[int, Group, bool], date: DateMention, sentence: Span) -> DatedClause:
    """The clause in its article, of what its sentence tells."""
    start, group, firm = told
    verb = sentence.text[group.start : group.end]
    phrase = sentence.text[start : date.span.end - sentence.start]
    return DatedClause(
        date=date.span,
        phrase=Span(sentence.start + start, date.span.end, phrase),
        verb=Span(sentence.start + group.start, sentence.start + group.end, verb),
        tense=group.tense,
        base=group.base,
        passive=group.passive,
        firm=firm,
    )


@lru_cache(maxsize=256)
def _clause(
    sentence: str, date: int, date_end: int, *, by_day: bool
) -> tuple[int, Group, bool] | None:
    """Where the phrase of a date begins, its verb, and whether the clause is firm.

    All in offsets of the sentence; variants of an article mostly have the sentences of its source.
    """
    start = _phrase_start(sentence, date, date_end, by_day=by_day)
    if start is None:
        return None
    group = None
    if _START.match(sentence, 0, start):
        comma = _AFTER_DATE.match(sentence, date_end)
        if comma is not None:
            behind = tokens_of(sentence, comma.end(), comma.end() + _REACH - 30)
            group = _first_verb(behind)
    else:
        before = tokens_of(sentence, max(0, start - _REACH), start)
        group = _last_verb(before) or _verb_behind(sentence, start, date_end)
    if group is None or group.tense not in (Tense.PAST, Tense.FUTURE):
        return None
    past = group.tense is Tense.PAST
    return start, group, not (words.irrealis if past else words.reported)(sentence)


def _phrase_start(sentence: str, date: int, date_end: int, *, by_day: bool) -> int | None:
    """Where the date with its preposition begins; None where nothing makes an adverbial of it."""
    if sentence[date:date_end].casefold() in _DEICTIC:
        behind = sentence[date_end : date_end + 1]
        return None if behind in ("’", "'", "-") else date
    cue = _ON.search(sentence, max(0, date - 4), date)
    if cue is None or (cue.group()[0] in "Ii") == by_day:
        return None
    return cue.start()


def _last_verb(tokens: Sequence[Token]) -> Group | None:
    """The verb that a date behind `tokens` belongs to, if nothing stands between."""
    event = preposition = False
    between = 0
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 1 - MAX_BETWEEN), -1):
        token = tokens[index]
        if not token.text[0].isalnum():
            if not _may_stand_between(tokens, index):
                return None
            continue
        lower = token.text.casefold()
        if lower in words.EVENT_NOUNS and not _is_verb_at(tokens, index):
            event = True
        elif token.is_lower:
            found = group_at(tokens, index)
            if found is not None:
                return found if _dates(found, between, event, preposition) else None
            if lower in words.STOPPERS and not _is_to_place(tokens, index):
                return None
            if _is_foreign_verb(tokens, index, lower):
                return None
            preposition = preposition or lower in ("for", "about", "of", "ahead", "on")
        between += 1
    return None


def _dates(group: Group, between: int, event: bool, preposition: bool) -> bool:
    """Whether the date may be taken for the group's own."""
    if group.base in words.PLANNING:
        return False
    if event and (preposition or group.base not in words.HOLDING):
        return False
    if group.base in words.TELLING:
        return not between  # "was told the fair opens on 3 May"
    return not between or group.base not in words.DECIDING or group.passive


def _may_stand_between(tokens: Sequence[Token], index: int) -> bool:
    """Commas before a name ("in Paris, France,"), brackets, slashes, dots of abbreviations."""
    mark = tokens[index].text
    if mark in ")(/&-":
        return True
    if mark == ".":
        before = tokens[index - 1].text if index else ""
        return before[:1].isupper() and len(before) < _LONGEST_ABBREVIATION
    following = tokens[index + 1].text if index + 1 < len(tokens) else "A"
    return mark == "," and following[:1].isupper()


def _is_to_place(tokens: Sequence[Token], index: int) -> bool:
    """Whether "to" leads to a name or noun rather than to an infinitive."""
    if tokens[index].text != "to" or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1].text
    return following[:1].isupper() or following in words.DETERMINERS


def _is_foreign_verb(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a word may be a verb of another kind: a present, a participle in -ing."""
    before = tokens[index - 1].text if index else ""
    if lower.endswith("ing") and lower not in words.ING_NOUNS:
        return True
    if lower in words.BE_PRESENT or lower in words.MODALS or lower in words.HAVE:
        return True
    if before in words.DETERMINERS or lower not in presents():
        return False
    if before[:1].isupper():
        return True
    noun = lower in words.EVENT_NOUNS or before in words.PREPOSITIONS or before in pasts()
    return lower.endswith("s") and not noun


def _is_verb_at(tokens: Sequence[Token], index: int) -> bool:
    group = group_at(tokens, index)
    return group is not None and group.tense is Tense.FUTURE


def _first_verb(tokens: Sequence[Token]) -> Group | None:
    """The finite verb of the clause that begins with `tokens`, behind a date at its start."""
    for index, token in enumerate(tokens[:MAX_SUBJECT]):
        if not token.text[0].isalnum():
            if token.text in _QUOTE_MARKS or token.text in ";:—–":
                return None
            continue
        lower = token.text
        if not token.is_lower:
            continue
        if lower in ("who", "which", "that", "when", "where", "while", "if", "as", "whose"):
            return None
        if lower == "will" or lower in words.BE_PRESENT:
            return _longest_group(tokens, index)
        if lower in words.MODALS or lower in words.HAVE or lower in words.BE_PAST:
            return _longest_group(tokens, index)
        if lower in presents() or (is_base(lower) and not _is_noun_at(tokens, index)):
            return None
        if lower in pasts() and stands_as_verb(tokens, index, None):
            return _settled(tokens, index)
    return None


def _settled(tokens: Sequence[Token], index: int) -> Group | None:
    """A past form behind a subject, unless it may be a participle: "laws passed in May apply"."""
    base = pasts()[tokens[index].text]
    if base in words.DECIDING and any(t.text == "," for t in tokens[index + 1 :]):
        return None  # "On 3 May, the director said, the fair opens"
    for token in tokens[index + 1 :]:
        if token.text in (",", ";", ".", "and", "that", "which", "who", "to"):
            break
        if token.text in FINITE or token.text in presents():
            return None
    return Group(tokens[index].start, tokens[index].end, Tense.PAST, base)


def _longest_group(tokens: Sequence[Token], index: int) -> Group | None:
    """The group that begins with the auxiliary at `index`."""
    found = None
    for at in range(index, min(index + 6, len(tokens))):
        group = group_at(tokens, at)
        if group is not None and group.start == tokens[index].start:
            found = group
        elif at > index and tokens[at].text[:1].isupper():
            break
    return found


def _is_noun_at(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that may be a verb's base is a noun: behind a determiner or adjective."""
    before = tokens[index - 1].text if index else ""
    return (
        before.casefold() in words.DETERMINERS
        or before.casefold() in words.PREPOSITIONS
        or (index > 1 and tokens[index - 2].text.casefold() in words.DETERMINERS)
    )


def _verb_behind(sentence: str, start: int, end: int) -> Group | None:
    """A past verb right behind the phrase `start..end`: "The president on 3 May met"."""
    gap = _AFTER_DATE.match(sentence, end)
    if gap is None:
        return None
    tokens = tokens_of(sentence, gap.end(), gap.end() + 60)[:3]
    if not tokens or tokens[0].text not in pasts():
        return None
    if gap.group()[0] == "," and not sentence[:start].rstrip().endswith(","):
        return None  # "The fair opens on 3 May, said its director": another clause begins
    before = sentence[:start].rstrip(" ,")
    if not before or not (before[-1].isalnum() or before[-1] in ".)"):
        return None
    return Group(tokens[0].start, tokens[0].end, Tense.PAST, pasts()[tokens[0].text])

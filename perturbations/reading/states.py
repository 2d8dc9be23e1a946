"""Mentions of states of the world: phrases that take one for granted, and claims of membership.

One Aho-Corasick pass over the text in small letters finds phrases, events in every form, and
names of organisations; round each name a few expressions look for a claim of membership.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from perturbations.knowledge import Knowledge, Presupposition, State
from perturbations.reading.mentions import AsOf, Citations, DateMention, Layout
from perturbations.reading.offsets import Encoded
from perturbations.reading.people_context import Scene
from perturbations.reading.state_forms import Kind, spellings
from perturbations.reading.state_memberships import Members, claims_at
from perturbations.reading.state_mentions import (
    BEGUN,
    HOLDS,
    NOT_OVER,
    NOT_YET,
    OVER,
    StateMention,
)

_SUPPOSING = ("if ", "should ", "in case ", "were ")
_ELSEWHEN = re.compile(
    r"\b(?:then|at the time|formerly|back then|in those days|years? (?:ago|earlier|before)|"
    r"by then|had (?:been|joined|left)|previously)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|told|warned|vowed|promised|argued|insisted|claimed|predicted|threatened|asked|wrote|"
    r"feared|pledged|noted|stressed|suggested|believed|hoped|wanted|thought|discussed|considered|"
    r"announced|would|called for|reiterated|urged|supported|agreed|opposed|debated|wondered|denied|"
    r"underscored|emphasi[sz]ed|expressed|welcomed|was|were)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What one phrase of the automaton means; an organisation's name has `organisation` alone."""

    form: str
    state: str | None = None
    says: frozenset[Presupposition] = frozenset()
    hypothetical: bool = False
    organisation: str | None = None


class StateIndex:
    """Phrases, events and organisations of one knowledge in one automaton; built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        drafts: dict[str, _Phrase] = {}
        for state in knowledge.states.values():
            for phrase in _phrases(state):
                drafts.setdefault(phrase.form, phrase)
        for organisation in knowledge.organisations.values():
            for name in (organisation.name, *organisation.aliases, organisation.short):
                if name.lower() != "who":
                    drafts.setdefault(name.lower(), _Phrase(name, organisation=organisation.id))
        self.names = frozenset(
            name
            for one in knowledge.organisations.values()
            for name in (one.name, *one.aliases, one.short)
        )
        self.phrases = tuple(drafts.values())
        self.members = Members(knowledge)
        self._automaton = BytesAhoCorasick(
            [form.encode() for form in drafts], matchkind=MatchKind.Standard
        )

    def find(self, source: Encoded) -> Iterator[tuple[int, int, _Phrase]]:
        """Yields every phrase between word boundaries with its code points; the longest wins.

        Overlapping matches are asked for and cut down here, because a longer match that fails at
        its boundary ("if bulgaria joins the euro·pean") must not hide a shorter one.
        """
        text, kept = source.text, []
        matches = self._automaton.find_matches_as_indexes(source.data.lower(), overlapping=True)
        for index, first, last in matches:
            start, end = source.point(first), source.point(last)
            whole = not (_joins(text[start - 1 : start]) or _joins(text[end : end + 1]))
            if whole and not text.startswith(_LONGER, end):
                kept.append((start, -end, index))
        kept.sort()
        reached = 0
        for start, minus_end, index in kept:
            if start >= reached:
                reached = -minus_end
                yield start, reached, self.phrases[index]


_LONGER = (" area", " zone")
"""What makes another name of one that ends there: the euro, the euro area."""


def _joins(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _phrases(state: State) -> Iterator[_Phrase]:
    for pattern in state.patterns:
        says = {
            Presupposition.NOT_YET: NOT_YET,
            Presupposition.HOLDS: BEGUN if pattern.phrase.startswith("since ") else HOLDS,
            Presupposition.OVER: OVER,
        }[pattern.presupposes]
        supposing = pattern.phrase.startswith(_SUPPOSING)
        for phrase in _apostrophes(pattern.phrase):
            yield _Phrase(phrase, state.id, says, supposing)
    for turn, (still, done) in (
        (state.begins, (NOT_YET, BEGUN)),
        (state.ends, (NOT_OVER, OVER)),
    ):
        if turn is None:
            continue
        for form, words in spellings(turn):
            says, supposing = still if form.is_open else done, form.kind is Kind.HYPOTHETICAL
            for spelt in _apostrophes(words.lower()):
                yield _Phrase(spelt, state.id, says, supposing)


def _apostrophes(phrase: str) -> Iterator[str]:
    yield phrase
    if "'" in phrase:
        yield phrase.replace("'", "’")


def find_states(
    source: Encoded,
    index: StateIndex,
    layout: Layout,
    dates: Sequence[DateMention],
    citations: Citations,
    title_end: int,
    as_of: AsOf | None,
) -> tuple[StateMention, ...]:
    """Finds every mention of a state of the world, in order.

    Args:
        source: the text.
        index: built once per knowledge.
        layout: sentences and quotations of the text.
        dates: a date of another year makes its sentence historical.
        citations: mentions in the reference list or in an address are marked as such.
        title_end: where the headline ends (0 where there is none).
        as_of: the time the article speaks at; without it no date makes history.
    """
    hits = list(index.find(source))
    if not hits:
        return ()
    scene = Scene(source.text, layout, dates, citations, title_end, as_of)
    found = []
    for start, end, phrase in hits:
        if phrase.organisation is None:
            says = phrase.says
            found.append(_mention(scene, start, end, says, phrase.hypothetical, state=phrase.state))
        elif source.text[start:end] in index.names:
            organisation = phrase.organisation
            for claim in claims_at(source.text, start, end, organisation, index.members):
                found.append(
                    _mention(
                        scene,
                        claim.start,
                        claim.end,
                        claim.says,
                        claim.hypothetical,
                        member=claim.member,
                        organisation=organisation,
                    )
                )
    found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    return tuple(found)


def _mention(
    scene: Scene,
    start: int,
    end: int,
    says: frozenset[Presupposition],
    hypothetical: bool,
    *,
    state: str | None = None,
    member: str | None = None,
    organisation: str | None = None,
) -> StateMention:
    span = scene.span(start, end)
    return StateMention(
        span,
        says,
        state=state,
        member=member,
        organisation=organisation,
        hypothetical=hypothetical,
        quoted=scene.layout.quoted(span),
        in_reference=scene.in_reference(span),
        in_headline=scene.in_headline(start),
        historical=_is_history(scene, start, end, still=says in (NOT_YET, NOT_OVER)),
    )


def _is_history(scene: Scene, start: int, end: int, *, still: bool) -> bool:
    """Whether the sentence speaks of another time, or reports what was still to come then."""
    first, last = scene.sentence(start)
    around = scene.text[first:start] + " " + scene.text[end:last]
    if scene.in_another_time(start) or _ELSEWHEN.search(around):
        return True
    return still and _REPORTED.search(around) is not None

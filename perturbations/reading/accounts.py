"""Two accounts of one encounter in one article: the headline's and the lede's."""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.reading.encounter_mentions import Encounter, EncounterKind
from perturbations.reading.mentions import Reading

_LEDE_SENTENCES = 2
"""How far into the body the account of the headline's encounter may stand."""


def accounts(reading: Reading) -> Iterator[tuple[Encounter, Encounter]]:
    """The headline's encounter and the lede's, where the body has but one of its kind there.

    Both name two parties and no more, both in the article's own words.
    """
    heads = [e for e in reading.encounters if e.in_headline]
    if len(heads) != 1 or _unfit(heads[0]):
        return
    body = reading.article.body_start
    sentences = [s for s in reading.layout.sentences if s.start >= body]
    lede = [s for s in sentences if s not in reading.layout.headings][:_LEDE_SENTENCES]
    for encounter in reading.encounters:
        if encounter.in_headline or encounter.kind is not heads[0].kind:
            continue
        if any(sentence.covers(encounter.parties[0].span) for sentence in lede):
            if not _unfit(encounter):
                yield heads[0], encounter
            return


def _unfit(encounter: Encounter) -> bool:
    people = [party.person for party in encounter.parties]
    return (
        encounter.more
        or encounter.quoted
        or encounter.kind in (EncounterKind.ADDRESS, EncounterKind.AGREEMENT)
        or any(person is None for person in people)
    )

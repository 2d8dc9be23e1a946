"""Rule `slot`, of citations: a sentence against the headline of the item that it cites.

The re-checker follows the marker to its entry and reads both values again. It decides only where
the headline restates the sentence in the sentence's own words (basis *constructed*), so that both
speak of one thing. Outlets are held against each other where one quotation is attributed to both
(basis *anchored*).
"""

from __future__ import annotations

from collections.abc import Iterator

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.attributed_quotes import (
    TwiceAttributed,
    outlet_words,
    twice_attributed,
)
from perturbations.reading.cited_values import Value, ValueKind, cited_sentences
from perturbations.reading.mentions import Reading
from perturbations.text import Span

CITED = "cited"
"""`expect.of` of a witness that holds a sentence against what it cites."""

OUTLET = "outlet"
"""`expect.type` where outlets are compared; other types are kinds of values."""

CONSTRUCTED, ANCHORED = "constructed", "anchored"


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads sentence and headline again, and compares the two values at the witness's spans."""
    ends = {witness.claim[0], witness.against[0]}
    if witness.expect.get("type") == OUTLET:
        both = (t for t in twice_attributed(reading) if {t.one, t.other} == ends)
        return next((outlets_differ(t) for t in both), Truth.UNKNOWN)
    for cited in cited_sentences(reading, knowledge):
        for said, heard in cited.values:
            if {said.span, heard.span} == ends and said.kind == witness.expect.get("type"):
                return differ(said, heard)
    return Truth.UNKNOWN


def differ(said: Value, heard: Value) -> Truth:
    """Whether two values of a kind, in one place of one statement, cannot both be so."""
    if said.key == heard.key:
        return Truth.FAILS
    if said.hedged or heard.hedged:
        return Truth.UNKNOWN
    if said.kind is ValueKind.DIRECTION:
        # Two verbs of one direction agree; of two pairs, nothing is known.
        (one, side), (other, turned) = (value.key.split(":") for value in (said, heard))
        return Truth.HOLDS if one == other and side != turned else Truth.UNKNOWN
    if said.kind is ValueKind.PLACE:
        countries = {value.key.removeprefix("capital:") for value in (said, heard)}
        return Truth.HOLDS if len(countries) == 2 else Truth.UNKNOWN
    return Truth.HOLDS


def outlets_differ(twice: TwiceAttributed) -> Truth:
    """Whether one quotation is attributed to two outlets."""
    one, other = outlet_words(twice.one.text), outlet_words(twice.other.text)
    if one == other or (twice.ids[0] is not None and twice.ids[0] == twice.ids[1]):
        return Truth.FAILS
    # "BBC" may be "BBC News", and initials may be anybody's.
    related = set(one) <= set(other) or set(other) <= set(one)
    initials = any(span.text.isupper() for span in (twice.one, twice.other))
    known = None not in twice.ids
    return Truth.UNKNOWN if related or (initials and not known) else Truth.HOLDS


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every sentence whose value the headline of the item that it cites contradicts."""
    for cited in cited_sentences(reading, knowledge):
        for said, heard in cited.values:
            if differ(said, heard) is Truth.HOLDS:
                yield finding(
                    "unsupported_citation",
                    [heard.span],
                    [Evidence("sentence that cites it", span=said.span)],
                    explained(said.span, heard.span),
                    witness_of(heard.span, said.span, said.kind),
                    kind=EvidenceKind.REFERENCE,
                    scope=Scope.GLOBAL,
                )
    for twice in twice_attributed(reading):
        if outlets_differ(twice) is Truth.HOLDS:
            yield finding(
                "unsupported_citation",
                [twice.one],
                [Evidence("outlet of the same words", span=twice.other)],
                explained_outlets(twice.one, twice.other),
                witness_of(twice.one, twice.other, OUTLET),
                kind=EvidenceKind.REFERENCE,
                scope=Scope.GLOBAL,
            )


def explained_outlets(one: Span, other: Span) -> str:
    """A sentence that names both outlets."""
    return f"One quotation is attributed to {one.text} and to {other.text}."


def explained(said: Span, heard: Span) -> str:
    """A sentence that names both values."""
    return f"The sentence says “{said.text}”, the headline that it cites “{heard.text}”."


def witness_of(claim: Span, against: Span, kind: str) -> Witness:
    """The witness that holds one value, or outlet, against the other."""
    return Witness(
        Rule.SLOT,
        claim=(claim,),
        against=(against,),
        expect={
            "of": CITED,
            "type": str(kind),
            "basis": ANCHORED if kind == OUTLET else CONSTRUCTED,
        },
    )

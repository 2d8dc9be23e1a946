"""Which probe may be asked about which type: fixed before any number is seen, with its reason.

A probe is *not applicable* where its view holds the claim and the evidence both, in a form that it
can read: there, knowing is no cheating. Distance protects: a bag of n-grams can't hold a date at
the top of an article against a date at its end, so it must not be able to know those types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from perturbations.defects import TAXONOMY, DefectType, EvidenceKind, Rule


class Probe(StrEnum):
    """A view of a row from which nobody should be able to tell variant and control apart."""

    EDITED_SPAN = "edited_span"
    """The places where the pair differs, and nothing around them."""
    HEADLINE = "headline"
    """The headline alone."""
    LENGTH_POSITION = "length_position"
    """Lengths of text and edited places, growth, relative position; no word."""
    NGRAMS = "ngrams"
    """Word and character n-grams of the whole text."""
    OTHER_OPERATORS = "other_operators"
    """Whole text and edited places, learnt from the other perturbations only."""


TITLES: Mapping[Probe, str] = MappingProxyType(
    {
        Probe.EDITED_SPAN: "edited span",
        Probe.HEADLINE: "headline",
        Probe.LENGTH_POSITION: "length, place",
        Probe.NGRAMS: "n-grams",
        Probe.OTHER_OPERATORS: "other operators",
    }
)
"""Column titles."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Types of which some probes may know: which types, which probes, and why.

    With `ranking_only`, the probe is asked, but may rank a variant against its control.
    """

    covers: Callable[[DefectType], bool]
    probes: tuple[Probe, ...]
    reason: str
    ranking_only: bool = False


EXEMPTIONS: tuple[Exemption, ...] = (
    Exemption(
        lambda type_: EvidenceKind.SURFACE in type_.kinds,
        (Probe.EDITED_SPAN, Probe.NGRAMS, Probe.OTHER_OPERATORS),
        "one span is enough to show it: claim and evidence both stand in the view",
    ),
    Exemption(
        lambda type_: bool(type_.rules) and all(Rule.SET in way for way in type_.rules),
        (Probe.NGRAMS, Probe.OTHER_OPERATORS),
        "markers and entries both stand in the text: which of them are there is the evidence",
    ),
    Exemption(
        lambda type_: type_.slug == "dangling_marker",
        (Probe.EDITED_SPAN,),
        "of two numbers for one list, if one lacks its entry it is the higher: ranking is no feat",
        ranking_only=True,
    ),
    Exemption(
        lambda type_: bool(type_.rules) and all(Rule.NEAR_DUPLICATE in way for way in type_.rules),
        (Probe.NGRAMS, Probe.OTHER_OPERATORS),
        "a passage that stands twice doubles its n-grams: their counts are the evidence",
    ),
    Exemption(
        lambda type_: type_.slug in ("citation_date_conflict", "future_as_past"),
        (Probe.EDITED_SPAN, Probe.NGRAMS),
        "of two days held against one bound, if one lies beyond it it is the later: no feat either",
        ranking_only=True,
    ),
)
"""Everything else is asked. In words, for the eight types that are built:

- impossible_date: weekday and date, or day and month, stand in one span. Surface.
- numbering_gap: the edited places are numbers of one sequence, whose hole is the defect. Surface.
- dangling_marker: the text holds marker and list; the marker alone must not tell, though of a
  marker and its control's, both for one list, the higher is the one that can dangle.
- wrong_incumbent: the evidence is in the tables, never in the text. Every probe applies.
- protagonist_conflict, date_conflict, duration_conflict: two distant spans, of which the edited
  places show one, and which no n-gram joins. Every probe applies.
- citation_date_conflict: the evidence is the day of publication or a date that was not edited.
  Every probe applies, though of an item's two dates the later is the one that can be too late.
"""


def _exempt(*, ranking_only: bool) -> Mapping[tuple[str, Probe], str]:
    found: dict[tuple[str, Probe], str] = {}
    for exemption in EXEMPTIONS:
        for slug, type_ in TAXONOMY.items():
            if exemption.ranking_only is ranking_only and exemption.covers(type_):
                for probe in exemption.probes:
                    found.setdefault((slug, probe), exemption.reason)
    return MappingProxyType(found)


NOT_APPLICABLE: Mapping[tuple[str, Probe], str] = _exempt(ranking_only=False)
"""Type and probe to the reason why the probe may know; every other cell is asked."""

MAY_RANK: Mapping[tuple[str, Probe], str] = _exempt(ranking_only=True)
"""Type and probe to the reason why within-pair accuracy decides nothing there."""

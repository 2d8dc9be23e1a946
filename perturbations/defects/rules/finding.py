"""What a rule finds, put into a defect."""

from __future__ import annotations

from collections.abc import Iterable

from perturbations.defects.defect import (
    Certainty,
    Defect,
    Evidence,
    Origin,
    Scope,
    Witness,
)
from perturbations.defects.taxonomy import EvidenceKind, defect_type
from perturbations.text import Span


class RuleError(RuntimeError):
    """A rule broke on an article: it proves nothing there, and the message says which and how."""

    def __init__(self, rule: str, error: Exception) -> None:
        super().__init__(f"rule {rule} raised {type(error).__name__}")


def finding(
    slug: str,
    spans: Iterable[Span],
    evidence: Iterable[Evidence],
    explanation: str,
    witness: Witness,
    *,
    kind: EvidenceKind | None = None,
    scope: Scope = Scope.LOCAL,
) -> Defect:
    """A natural, proven defect; its id is given by the screen that gathers findings."""
    entry = defect_type(slug)
    return Defect(
        id="?",
        type=slug,
        spans=tuple(spans),
        evidence=tuple(evidence),
        evidence_kind=kind or entry.kinds[0],
        explanation=explanation,
        severity=entry.severity,
        scope=scope,
        origin=Origin.NATURAL,
        certainty=Certainty.PROVEN,
        witness=witness,
    )

"""The vocabulary of defects, defects themselves, and the witnesses that prove them."""

from perturbations.defects.defect import (
    Certainty,
    Defect,
    Evidence,
    Origin,
    Scope,
    SpanMap,
    Witness,
)
from perturbations.defects.taxonomy import (
    TAXONOMY,
    DefectType,
    EvidenceKind,
    Family,
    Rule,
    Severity,
    UnknownDefectTypeError,
    defect_type,
)

__all__ = [
    "TAXONOMY",
    "Certainty",
    "Defect",
    "DefectType",
    "Evidence",
    "EvidenceKind",
    "Family",
    "Origin",
    "Rule",
    "Scope",
    "Severity",
    "SpanMap",
    "UnknownDefectTypeError",
    "Witness",
    "defect_type",
]

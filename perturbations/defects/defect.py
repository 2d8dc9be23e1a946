"""A defect: what is wrong, where, by which evidence, and the witness that proves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any

from perturbations.defects.taxonomy import (
    DefectType,
    EvidenceKind,
    Rule,
    Severity,
    defect_type,
)
from perturbations.text import Span

SpanMap = Callable[[Span], Span | None]
"""Carries a span into another text; None where it has no counterpart."""


class Scope(StrEnum):
    """How much of the article one must read to see a defect."""

    SENTENCE = "sentence"
    LOCAL = "local"
    """Within one paragraph."""
    GLOBAL = "global"


class Origin(StrEnum):
    """Where a defect comes from."""

    NATURAL = "natural"
    SYNTHETIC = "synthetic"


class Certainty(StrEnum):
    """How sure it is that a defect is one."""

    PROVEN = "proven"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a defect is held against: a span, a field of the metadata, or a fact of the knowledge.

    Exactly one of `span`, `field` and `fact` is set. `role` says what it is to the defect
    ("headline", "published", "term of office", "other mention").
    """

    role: str
    span: Span | None = None
    field: str | None = None
    fact: str | None = None

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.span, self.field, self.fact)) != 1:
            raise ValueError(f"evidence {self.role!r} must have one of span, field and fact")

    def to_json(self) -> dict[str, Any]:
        """`{role, start, end, text, field, fact}`, null where it does not apply."""
        return {
            "role": self.role,
            "start": self.span.start if self.span else None,
            "end": self.span.end if self.span else None,
            "text": self.span.text if self.span else None,
            "field": self.field,
            "fact": self.fact,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Evidence:
        """Reads what `to_json` wrote; absent keys count as null."""
        has_span = value.get("start") is not None
        return cls(
            str(value["role"]),
            Span.from_json(value) if has_span else None,
            value.get("field"),
            value.get("fact"),
        )


@dataclass(frozen=True, slots=True)
class Witness:
    """A serialised proof: `rule` says how `claim` is held against `against`.

    `claim` and `against` are spans of the row's own text; `field` names a metadata field that the
    claim is held against instead. `expect` holds what the rule needs beyond the spans; values
    that stand in the text are never in it, because the re-checker reads them again.
    A witness with `all_of` holds where all of its parts hold; its other fields are empty.
    """

    rule: Rule | None = None
    claim: tuple[Span, ...] = ()
    against: tuple[Span, ...] = ()
    field: str | None = None
    expect: Mapping[str, Any] = dataclass_field(default_factory=dict)
    all_of: tuple[Witness, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "expect", dict(self.expect))
        if bool(self.all_of) == (self.rule is not None):
            raise ValueError("a witness has either a rule or all_of")

    def spans(self) -> tuple[Span, ...]:
        """Every span that it names."""
        inner = tuple(span for part in self.all_of for span in part.spans())
        return (*self.claim, *self.against, *inner)

    def mapped(self, carry: SpanMap) -> Witness | None:
        """The same witness in another text's coordinates; None where a span is absent there."""
        if self.all_of:
            parts = [part.mapped(carry) for part in self.all_of]
            whole = tuple(part for part in parts if part is not None)
            return Witness(all_of=whole) if len(whole) == len(parts) else None
        claim = [carry(span) for span in self.claim]
        against = [carry(span) for span in self.against]
        if None in claim or None in against:
            return None
        return replace(
            self,
            claim=tuple(span for span in claim if span is not None),
            against=tuple(span for span in against if span is not None),
        )

    def to_json(self) -> dict[str, Any]:
        """`{rule, claim, against, field, expect}` or `{all_of: [...]}`."""
        if self.all_of:
            return {"all_of": [part.to_json() for part in self.all_of]}
        return {
            "rule": str(self.rule),
            "claim": [span.to_json() for span in self.claim],
            "against": [span.to_json() for span in self.against],
            "field": self.field,
            "expect": dict(self.expect),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Witness:
        """Reads what `to_json` wrote.

        Raises:
            ValueError: the rule is unknown, or a span does not fit its text.
        """
        if "all_of" in value:
            return cls(all_of=tuple(cls.from_json(part) for part in value["all_of"]))
        return cls(
            Rule(value["rule"]),
            tuple(Span.from_json(span) for span in value.get("claim", ())),
            tuple(Span.from_json(span) for span in value.get("against", ())),
            value.get("field"),
            value.get("expect") or {},
        )


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong in one article, in that article's coordinates.

    `spans` is what is wrong, `evidence` what shows it; of an internal conflict marking either end
    is a hit. `distance` counts code points from the first span to the nearest evidence span, -1
    where the evidence is no span. `root` is the id of the defect that causes this one.
    """

    id: str
    type: str
    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...]
    evidence_kind: EvidenceKind
    explanation: str
    severity: Severity
    scope: Scope
    origin: Origin
    certainty: Certainty
    root: str | None = None
    witness: Witness | None = None
    closed_world: bool = False
    """Whether "not in the tables" was taken as "not so"."""

    def __post_init__(self) -> None:
        defect_type(self.type)
        if self.certainty is Certainty.PROVEN and self.witness is None and not self.is_annotation:
            raise ValueError(f"defect {self.id!r} is called proven, but has no witness")

    @property
    def is_annotation(self) -> bool:
        """Whether a person marked it."""
        return self.origin is Origin.NATURAL

    @property
    def kind(self) -> DefectType:
        """Its type's entry in the vocabulary."""
        return defect_type(self.type)

    @property
    def distance(self) -> int:
        """Code points between the first span and the nearest evidence span; -1 without one."""
        places = [e.span for e in self.evidence if e.span is not None]
        if not places or not self.spans:
            return -1
        one = self.spans[0]
        return min(max(p.start - one.end, one.start - p.end, 0) for p in places)

    def to_json(self) -> dict[str, Any]:
        """The form in rows, seed files and findings."""
        return {
            "id": self.id,
            "type": self.type,
            "family": str(self.kind.family),
            "spans": [span.to_json() for span in self.spans],
            "evidence": [e.to_json() for e in self.evidence],
            "evidence_kind": str(self.evidence_kind),
            "explanation": self.explanation,
            "severity": str(self.severity),
            "scope": str(self.scope),
            "distance": self.distance,
            "origin": str(self.origin),
            "certainty": str(self.certainty),
            "root": self.root,
            "closed_world": self.closed_world,
            "witness": self.witness.to_json() if self.witness else None,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Defect:
        """Reads what `to_json` wrote; derived keys (family, distance) are worked out anew.

        Raises:
            ValueError: an unknown type or vocabulary word, or a span that does not fit its text.
        """
        witness = value.get("witness")
        return cls(
            id=str(value["id"]),
            type=str(value["type"]),
            spans=tuple(Span.from_json(span) for span in value["spans"]),
            evidence=tuple(Evidence.from_json(e) for e in value["evidence"]),
            evidence_kind=EvidenceKind(value["evidence_kind"]),
            explanation=str(value["explanation"]),
            severity=Severity(value["severity"]),
            scope=Scope(value["scope"]),
            origin=Origin(value["origin"]),
            certainty=Certainty(value["certainty"]),
            root=value.get("root"),
            witness=Witness.from_json(witness) if witness else None,
            closed_world=bool(value.get("closed_world", False)),
        )

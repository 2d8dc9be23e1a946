"""What a perturbation says: proposals with edits, defects and control, or why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, runtime_checkable

from perturbations.defects import (
    Certainty,
    Defect,
    Evidence,
    EvidenceKind,
    Origin,
    Rule,
    Scope,
    Witness,
    defect_type,
)
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge
from perturbations.passages import Passage
from perturbations.reading.mentions import Reading
from perturbations.text import Edit, Ledger, Span

Slots = tuple[tuple[str, str, tuple[Span, ...]], ...]
"""Annotated slots of a seed article: `(slot, type, mentions)`, all mentions of one value."""


class NotApplicable(Exception):  # noqa: N818 - an answer, not an error
    """A perturbation has nothing to propose for an article; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Control:
    """The matched operation that keeps the article consistent, in source coordinates.

    `note` says in a few words how the meaning was kept.
    """

    ledger: Ledger
    note: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Edits that should make an article inconsistent, the defects they cause, and the control.

    `ledger` is in source coordinates; spans and witnesses of `defects` are in the variant's.
    """

    ledger: Ledger
    defects: tuple[Defect, ...]
    control: Control


@dataclass(frozen=True, slots=True)
class Subject:
    """What a perturbation works on: one reading, the knowledge, and what people annotated."""

    reading: Reading
    knowledge: Knowledge
    slots: Slots = ()
    passages: tuple[Passage, ...] = ()
    """Of other articles, which may be set into this one."""


@runtime_checkable
class Preparation(Protocol):
    """A consistent addition that a perturbation needs where the article lacks it."""

    name: str

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add it; an empty ledger where the article has it already.

        Raises:
            NotApplicable: it can't be added to this article.
        """
        ...


@runtime_checkable
class Perturbation(Protocol):
    """One way to make an article inconsistent, with its matched control.

    `name` is `family_module.operator`; `type` a slug of the taxonomy; `control` says what the
    control does; `preparation` adds what has to stand in the source first, if anything.
    """

    name: ClassVar[str]
    type: ClassVar[str]
    rules: ClassVar[tuple[Rule, ...]]
    control: ClassVar[str]
    preparation: ClassVar[Preparation | None]

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals, the most wanted first; the builder takes the first that is proven.

        Raises:
            NotApplicable: there is nothing to propose; the message says why.
        """
        ...


@dataclass(slots=True)
class Revision:
    """Edits under way: collects them, then tells where things stand in the outcome."""

    text: str
    edits: list[Edit] = field(default_factory=list)

    def replace(self, span: Span, after: str) -> None:
        """Puts `after` in the place of `span`; nothing happens where they are equal."""
        if span.text != after:
            self.edits.append(Edit.replace(span, after))

    def insert(self, at: int, after: str) -> None:
        """Inserts `after` before code point `at`."""
        self.edits.append(Edit.insert(at, after))

    def delete(self, span: Span) -> None:
        """Takes `span` out."""
        self.edits.append(Edit.delete(span))

    def ledger(self) -> Ledger:
        """The edits as a ledger.

        Raises:
            LedgerError: they overlap.
        """
        return Ledger(tuple(self.edits))

    def moved(self, span: Span) -> Span:
        """Where `span` of the source stands in the outcome, as it reads there.

        Raises:
            NotApplicable: an edit cut through it.
        """
        ledger = self.ledger()
        place = ledger.forward(span.start, span.end)
        if place is None:
            raise NotApplicable("an edit cuts through a mention that the proof needs")
        return Span.of(ledger.apply(self.text), *place)


def defect(
    slug: str,
    spans: Iterable[Span],
    evidence: Iterable[Evidence],
    explanation: str,
    witness: Witness,
    *,
    scope: Scope,
    kind: EvidenceKind | None = None,
    id: str = "d1",
    root: str | None = None,
    closed_world: bool = False,
) -> Defect:
    """A synthetic, proven defect with its type's default severity and first kind of evidence.

    An explanation that ends with a name that ends with a stop ("Jr.") takes no other.
    """
    entry = defect_type(slug)
    return Defect(
        id=id,
        type=slug,
        spans=tuple(spans),
        evidence=tuple(evidence),
        evidence_kind=kind or entry.kinds[0],
        explanation=re.sub(r"(?<!\.)\.\.$", ".", explanation),
        severity=entry.severity,
        scope=scope,
        origin=Origin.SYNTHETIC,
        certainty=Certainty.PROVEN,
        root=root,
        witness=witness,
        closed_world=closed_world,
    )


def slots_from_json(rows: Iterable[Mapping[str, Any]]) -> Slots:
    """Reads the `slots` of a seed file."""
    return tuple(
        (str(row["slot"]), str(row["type"]), tuple(Span.from_json(m) for m in row["mentions"]))
        for row in rows
    )

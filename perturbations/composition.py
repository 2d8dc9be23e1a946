"""Several defects in one article: proven variants of one source, laid over each other.

Each part was proven by itself; what they make together is proven again as a whole. Parts that edit
the same words, or words that touch, are not put together: nobody could say whose edit it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perturbations.defects import Defect, Evidence
from perturbations.proposal import Control, Proposal
from perturbations.text import Edit, Ledger, LedgerError, Span

JOINT = "+"
"""Between the names of the perturbations that made one row together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One proven change of a source: its edits, its defects, the edits of its control.

    Both ledgers are in source coordinates, the defects in those of what `ledger` makes of `text`.
    """

    text: str
    ledger: Ledger
    defects: tuple[Defect, ...]
    control: Ledger
    note: str

    def over(self, other: Ledger) -> Part:
        """The same change of what `other` makes of the source.

        Raises:
            LedgerError: the edits touch.
        """
        return Part(
            other.apply(self.text),
            rebased(self.ledger, other),
            _carried(self.defects, self.ledger.apply(self.text), rebased(other, self.ledger)),
            rebased(self.control, other),
            self.note,
        )


def rebased(ledger: Ledger, over: Ledger) -> Ledger:
    """The edits of `ledger` in the coordinates of what `over` makes of the same source.

    `over.then(rebased(ledger, over))` and `ledger.then(rebased(over, ledger))` do the same.

    Raises:
        LedgerError: an edit of one touches an edit of the other.
    """
    edits = []
    for edit in ledger:
        shift = 0
        for other in over:
            if other.end < edit.start:
                shift += other.growth
            elif other.start <= edit.end:
                raise LedgerError(f"edits touch: {edit} and {other}")
        edits.append(Edit(edit.start + shift, edit.end + shift, edit.before, edit.after))
    return Ledger(tuple(edits))


def union(one: Ledger, two: Ledger) -> Ledger:
    """Both ledgers' edits, in the coordinates of their common source.

    Raises:
        LedgerError: an edit of one touches an edit of the other.
    """
    rebased(two, one)
    return Ledger((*one.edits, *two.edits))


def joined(one: Part, two: Part) -> Part:
    """Both changes of one source at once; the defects are numbered on.

    Raises:
        LedgerError: their edits, or those of their controls, touch.
        ValueError: they are changes of two sources.
    """
    if one.text != two.text:
        raise ValueError("parts of two sources cannot be joined")
    control = union(one.control, two.control)
    first = _carried(one.defects, one.ledger.apply(one.text), rebased(two.ledger, one.ledger))
    second = _carried(two.defects, two.ledger.apply(two.text), rebased(one.ledger, two.ledger))
    defects = (*first, *_renumbered(second, len(first)))
    ledger = union(one.ledger, two.ledger)
    return Part(one.text, ledger, defects, control, f"{one.note}; {two.note}")


def proposal_of(part: Part) -> Proposal:
    """The proposal that a joint change is, to be proven as a whole."""
    return Proposal(part.ledger, part.defects, Control(part.control, part.note))


def joint_name(names: Sequence[str]) -> str:
    """The name of what several perturbations made together: theirs, in order."""
    return JOINT.join(sorted(names))


def names_in(name: str) -> tuple[str, ...]:
    """The perturbations that made a row together; of a plain name, that one."""
    return tuple(name.split(JOINT))


def _carried(defects: tuple[Defect, ...], text: str, ledger: Ledger) -> tuple[Defect, ...]:
    """The defects in the coordinates of what `ledger` makes of `text`.

    Raises:
        LedgerError: an edit cuts through a span that a defect or its witness needs.
    """
    after = ledger.apply(text)

    def carry(span: Span) -> Span:
        place = ledger.forward(span.start, span.end)
        if place is None:
            raise LedgerError(f"an edit cuts through {span.text!r} at {span.start}..{span.end}")
        return Span.of(after, *place)

    def carried(evidence: Evidence) -> Evidence:
        return replace(evidence, span=carry(evidence.span)) if evidence.span else evidence

    return tuple(
        replace(
            defect,
            spans=tuple(carry(span) for span in defect.spans),
            evidence=tuple(carried(evidence) for evidence in defect.evidence),
            witness=defect.witness.mapped(carry) if defect.witness else None,
        )
        for defect in defects
    )


def _renumbered(defects: tuple[Defect, ...], after: int) -> tuple[Defect, ...]:
    names = {defect.id: f"d{after + i}" for i, defect in enumerate(defects, start=1)}
    return tuple(
        replace(defect, id=names[defect.id], root=names[defect.root] if defect.root else None)
        for defect in defects
    )

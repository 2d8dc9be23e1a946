"""Textual attributions that the cited item does not bear out: one quotation, two outlets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from perturbations.attributed_items import AttributedItems
from perturbations.cited_items import invented_items
from perturbations.defects import Evidence, EvidenceKind, Rule, Scope
from perturbations.defects.rules.cited import OUTLET, explained_outlets, witness_of
from perturbations.draw import Draw
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.attributed_quotes import twice_attributed


class Attribution:
    """Attributes a quotation to another outlet than the item that prints it, or prints it there.

    The control names the other outlet in both places. Outlets are invented, so that nothing is
    said of a real one that is not so.
    """

    name: ClassVar[str] = "citations.attribution"
    type: ClassVar[str] = "unsupported_citation"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.SLOT,)
    control: ClassVar[str] = "the other outlet in attribution and entry alike"
    preparation: ClassVar[Preparation | None] = AttributedItems()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields, for each quotation, a change in one place and in the other, in drawn order.

        Raises:
            NotApplicable: no invented outlet is named twice as that of one quotation.
        """
        reading = subject.reading
        pairs = [t for t in twice_attributed(reading) if t.ids == (None, None)]
        if not pairs:
            raise NotApplicable("no quotation that an invented outlet is named for twice")
        taken = [e.outlet.text for e in reading.citations.items if e.outlet is not None]
        for twice in draw.shuffled(pairs):
            [item] = invented_items(1, subject, draw, taken=taken)
            for changed, kept in draw.shuffled(
                [(twice.one, twice.other), (twice.other, twice.one)]
            ):
                variant, control = Revision(reading.text), Revision(reading.text)
                variant.replace(changed, item.outlet)
                control.replace(changed, item.outlet)
                control.replace(kept, item.outlet)
                claim, against = variant.moved(changed), variant.moved(kept)
                found = defect(
                    self.type,
                    [claim],
                    [Evidence("outlet of the same words", span=against)],
                    explained_outlets(claim, against),
                    witness_of(claim, against, OUTLET),
                    scope=Scope.GLOBAL,
                    kind=EvidenceKind.REFERENCE,
                )
                note = "the other outlet named in both places"
                yield Proposal(variant.ledger(), (found,), Control(control.ledger(), note))

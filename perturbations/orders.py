"""Order defects: which of two events came first, turned round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from perturbations.chronology import Chronology
from perturbations.defects import Evidence, Rule, Scope, Witness
from perturbations.defects.rules.order import explain
from perturbations.draw import Draw
from perturbations.naming import capitalised
from perturbations.order_frames import frames_for, in_frame, inside, lead_of, sustained_sentences
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.mentions import Reading
from perturbations.reading.orders import find_order
from perturbations.text import Span


class OrderReversal:
    """Turns round which of two events came first, against their dates.

    The sentence that says so is told in another form: in the variant with the events exchanged, in
    the control with the clauses in the order that keeps the relation.
    """

    name: ClassVar[str] = "dates.order"
    type: ClassVar[str] = "order_reversal"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.ORDER,)
    control: ClassVar[str] = "the clause order changed, the relation kept"
    preparation: ClassVar[Preparation | None] = Chronology()

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals per sentence that tells an order, in drawn order.

        Raises:
            NotApplicable: no sentence tells the order of two events that the article dates.
        """
        reading = subject.reading
        found = sustained_sentences(reading)
        if not found:
            raise NotApplicable("no sentence tells the order of two dated events")
        for sentence, statement, marks in draw.shuffled(found):
            clauses = inside(statement.earlier.text), inside(statement.later.text)
            lead = lead_of(sentence.text)
            for frame in draw.shuffled(frames_for(*clauses)):
                proposal = self._told(sentence, clauses, lead + frame, marks, reading)
                if proposal is not None:
                    yield proposal

    def _told(
        self,
        sentence: Span,
        clauses: tuple[str, str],
        frame: str,
        marks: tuple[Span, ...],
        reading: Reading,
    ) -> Proposal | None:
        early, late = clauses
        wrong = capitalised(in_frame(frame, late, early))
        right = capitalised(in_frame(frame, early, late))
        if sentence.text in (wrong, right):
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(sentence, wrong)
        control.replace(sentence, right)
        written = variant.ledger().outcome(0)
        statement = find_order(written)
        if statement is None:
            return None
        against = tuple(variant.moved(mark) for mark in marks)
        found = defect(
            self.type,
            [statement.link],
            [Evidence("what tells the other order", span=mark) for mark in against],
            explain(statement, against),
            Witness(Rule.ORDER, claim=(written,), against=against),
            scope=Scope.GLOBAL,
        )
        how = Control(control.ledger(), "the clause order changed, the relation kept")
        return Proposal(variant.ledger(), (found,), how)

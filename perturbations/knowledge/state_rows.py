"""Rows of the tables on states of the world, organisations and memberships, as facts."""

from __future__ import annotations

from perturbations.knowledge.model import Membership, Organisation, State, StatePattern, Turn
from perturbations.knowledge.row import Row


def read_state(row: Row) -> State:
    """Reads one state of the world.

    Raises:
        KnowledgeError: a field is missing or of the wrong kind; with file and line.
    """
    return State(
        id=row.text("id"),
        statement=row.text("statement"),
        subject=row.text("subject"),
        aspect=row.text("aspect"),
        start=row.day("start"),
        start_precision=row.precision("start_precision"),
        end=row.day_or_none("end"),
        end_precision=row.precision("end_precision"),
        patterns=tuple(
            StatePattern(part.text("phrase"), part.presupposition())
            for part in row.parts("patterns")
        ),
        status=row.status(),
        sources=row.texts("sources"),
        begins=_turn(row, "begins"),
        ends=_turn(row, "ends"),
    )


def _turn(state: Row, field: str) -> Turn | None:
    row = state.part_or_none(field)
    if row is None:
        return None
    return Turn(
        who=row.texts("who"),
        base=row.text("base"),
        present=row.text("present"),
        past=row.text("past"),
        participle=row.text("participle"),
        relative=row.text("relative"),
        plural=row.flag("plural"),
        foreseen=row.day_or_none("foreseen"),
        over=row.day_or_none("over"),
    )


def read_organisation(row: Row) -> Organisation:
    """Reads one organisation; raises as `read_state` does."""
    return Organisation(
        id=row.text("id"),
        name=row.text("name"),
        aliases=row.texts("aliases"),
        article=row.flag("article"),
        short=row.text("short"),
        indefinite=row.text("indefinite"),
        kind=row.text("kind"),
        complete=row.flag("complete"),
        founded=row.day("founded"),
        founded_precision=row.precision("founded_precision"),
        sources=row.texts("sources"),
    )


def read_membership(row: Row) -> Membership:
    """Reads one membership; raises as `read_state` does."""
    return Membership(
        id=row.text("id"),
        organisation=row.text("organisation"),
        member=row.text("member"),
        start=row.day("start"),
        start_precision=row.precision("start_precision"),
        end=row.day_or_none("end"),
        end_precision=row.precision("end_precision"),
        applied=row.day_or_none("applied"),
        notified=row.day_or_none("notified"),
        status=row.status(),
        sources=row.texts("sources"),
    )

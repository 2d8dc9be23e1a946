"""Forms in which news tells that an event has come, or is still to come.

One list serves the recogniser, which looks for each event in each form, and whoever writes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from perturbations.knowledge import Turn


class Kind(StrEnum):
    """What a form says of the event, and what part of a sentence it is."""

    HYPOTHETICAL = "hypothetical"
    """A clause: it may come."""
    OPEN_CLAUSE = "open_clause"
    """A clause: it will come, or has not."""
    OPEN_PHRASE = "open_phrase"
    """The subject with a relative clause: it has not come."""
    DONE_CLAUSE = "done_clause"
    """A clause: it has come."""
    DONE_PHRASE = "done_phrase"
    """The subject with a relative clause: it has come."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to tell an event: a template over `{who} {base} {present} {past} {participle}`."""

    kind: Kind
    template: str

    @property
    def is_open(self) -> bool:
        """Whether it says that the event is still to come."""
        return self.kind not in (Kind.DONE_CLAUSE, Kind.DONE_PHRASE)

    def write(self, turn: Turn, who: str) -> str:
        """The event in this form, with one of its subjects."""
        return self.template.format(
            who=who,
            base=turn.base,
            present=turn.present,
            past=turn.past,
            participle=turn.participle,
            relative=turn.relative,
            have="have" if turn.plural else "has",
        )


FORMS: tuple[Form, ...] = (
    Form(Kind.HYPOTHETICAL, "if {who} {present}"),
    Form(Kind.HYPOTHETICAL, "in case {who} {present}"),
    Form(Kind.HYPOTHETICAL, "should {who} {base}"),
    Form(Kind.OPEN_CLAUSE, "before {who} {present}"),
    Form(Kind.OPEN_CLAUSE, "until {who} {present}"),
    Form(Kind.OPEN_CLAUSE, "once {who} {present}"),
    Form(Kind.OPEN_CLAUSE, "as soon as {who} {present}"),
    Form(Kind.OPEN_CLAUSE, "{who} {have} yet to {base}"),
    Form(Kind.OPEN_CLAUSE, "{who} {have} not yet {participle}"),
    Form(Kind.OPEN_PHRASE, "{who}, {relative} {have} yet to {base}"),
    Form(Kind.OPEN_PHRASE, "{who}, {relative} {have} not yet {participle}"),
    Form(Kind.DONE_CLAUSE, "since {who} {past}"),
    Form(Kind.DONE_CLAUSE, "now that {who} {have} {participle}"),
    Form(Kind.DONE_PHRASE, "{who}, {relative} {have} {participle}"),
    Form(Kind.DONE_PHRASE, "{who}, {relative} {have} now {participle}"),
)


def spellings(turn: Turn) -> Iterator[tuple[Form, str]]:
    """Every form of an event with each of its subjects."""
    for who in turn.who:
        for form in FORMS:
            yield form, form.write(turn, who)

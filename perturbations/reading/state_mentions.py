"""What recognisers say of states of the world: memberships, treaties, currencies, events."""

from __future__ import annotations

from dataclasses import dataclass

from perturbations.knowledge import Presupposition
from perturbations.text import Span

NOT_YET = frozenset({Presupposition.NOT_YET, Presupposition.OVER})
"""Said of what is not so: to come, or to come again."""
HOLDS = frozenset({Presupposition.HOLDS})
OVER = frozenset({Presupposition.OVER})
BEGUN = frozenset({Presupposition.HOLDS, Presupposition.OVER})
"""Said of what has begun, whether or not it has ended since."""
NOT_OVER = frozenset({Presupposition.HOLDS, Presupposition.NOT_YET})
"""Said of what has yet to end."""


@dataclass(frozen=True, slots=True)
class StateMention:
    """Words that take a state of the world, or its absence, for granted.

    `span` covers the whole claim: "if Sweden joins NATO", "Hungary, an EU member". `says` holds
    how the state may stand if the words are true. Either `state` is set, the id of a row of the
    states, or `member` and `organisation`.
    """

    span: Span
    says: frozenset[Presupposition]
    state: str | None = None
    member: str | None = None
    organisation: str | None = None
    hypothetical: bool = False
    """Told as something that may happen: if, should, in case."""
    quoted: bool = False
    in_reference: bool = False
    in_headline: bool = False
    historical: bool = False
    """Its sentence speaks of another time, or reports what was said then."""

    @property
    def claims_present(self) -> bool:
        """Whether the article says so itself, of its own time."""
        return not (self.quoted or self.in_reference or self.historical)

"""Re-checkers: is a witness borne out by the text it points into?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from perturbations.defects.defect import Witness
from perturbations.defects.rules import (
    arithmetic,
    calendar,
    cited,
    clause_times,
    date_order,
    encounters,
    interval,
    order,
    orphans,
    own_dates,
    pronouns,
    reference,
    roles,
    sets,
    slot,
    states,
    url,
)
from perturbations.defects.rules.finding import RuleError
from perturbations.defects.taxonomy import Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.mentions import Reading
from perturbations.text import SpanError

Recheck = Callable[[Witness, Reading, Knowledge], Truth]

RECHECKERS: Mapping[str, Recheck] = MappingProxyType(
    {
        Rule.DATE_ORDER: date_order.recheck,
        f"{Rule.DATE_ORDER}/{clause_times.EVENT}": clause_times.recheck_event,
        f"{Rule.DATE_ORDER}/{clause_times.EPOCH}": own_dates.recheck_epochs,
        f"{Rule.DATE_ORDER}/{own_dates.DATELINE}": own_dates.recheck_dateline,
        Rule.ORDER: order.recheck,
        Rule.CALENDAR: calendar.recheck,
        Rule.INTERVAL: interval.recheck,
        f"{Rule.INTERVAL}/{roles.BOUND_OFFICE}": roles.recheck_bound_office,
        f"{Rule.INTERVAL}/{roles.ROLE}": roles.recheck_role,
        f"{Rule.INTERVAL}/{states.STATE}": states.recheck,
        f"{Rule.PATTERN}/{states.SUPPOSED}": states.recheck_form,
        Rule.ARITHMETIC: arithmetic.recheck,
        Rule.SET: sets.recheck,
        f"{Rule.SET}/{orphans.CITED}": orphans.recheck,
        f"{Rule.SET}/{orphans.ONCE}": orphans.recheck,
        Rule.REFERENCE: reference.recheck,
        Rule.SLOT: slot.recheck,
        f"{Rule.SLOT}/{cited.CITED}": cited.recheck,
        Rule.URL: url.recheck,
        f"{Rule.SLOT}/{encounters.COUNTERPART}": encounters.recheck_counterpart,
        f"{Rule.SLOT}/{encounters.SELF_MEETING}": encounters.recheck_self_meeting,
        f"{Rule.SLOT}/{pronouns.PRONOUN}": pronouns.recheck,
    }
)
"""Re-checkers by rule, or by `rule/of` where one rule weighs several kinds of claims: the witness
says in `expect.of` which it is."""


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether the witness proves its defect: *holds*, *fails* or *unknown*.

    Args:
        witness: in the coordinates of `reading.text`.
        reading: of the row's own text, read anew; it carries `as_of`.
        knowledge: what world facts are held against.

    A witness whose spans do not stand in the text, or whose rule has no re-checker, is *unknown*.
    Parts of `all_of` must all hold; one that fails makes the whole fail.

    Raises:
        RuleError: the re-checker broke; whoever asked counts that as no proof.
    """
    if witness.all_of:
        answers = [recheck(part, reading, knowledge) for part in witness.all_of]
        if Truth.FAILS in answers:
            return Truth.FAILS
        return Truth.HOLDS if set(answers) == {Truth.HOLDS} else Truth.UNKNOWN
    check = rechecker(witness)
    if check is None or not _stands(witness, reading.text):
        return Truth.UNKNOWN
    try:
        return check(witness, reading, knowledge)
    except (IndexError, KeyError, ValueError):
        # A malformed witness (spans missing, ids unknown to these tables) proves nothing.
        return Truth.UNKNOWN
    except Exception as error:
        # Rules come from other packages, too: whatever one raises, it has not proven anything.
        raise RuleError(str(witness.rule), error) from error


def rechecker(witness: Witness) -> Recheck | None:
    """The re-checker that a witness asks for: of its kind of claim, or of its rule."""
    if witness.rule is None:
        return None
    return RECHECKERS.get(
        f"{witness.rule}/{witness.expect.get('of')}", RECHECKERS.get(witness.rule)
    )


def _stands(witness: Witness, text: str) -> bool:
    try:
        for span in witness.spans():
            span.check(text)
    except SpanError:
        return False
    return True

"""The screen: every rule over a whole reading. What it finds nothing in is certified, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from perturbations.defects.defect import Defect
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
from perturbations.knowledge import Knowledge
from perturbations.reading.mentions import Reading

Find = Callable[[Reading, Knowledge], Iterator[Defect]]

FINDERS: tuple[tuple[Rule, Find], ...] = (
    (Rule.CALENDAR, calendar.find),
    (Rule.DATE_ORDER, date_order.find),
    (Rule.DATE_ORDER, clause_times.find_events),
    (Rule.DATE_ORDER, clause_times.find_epochs),
    (Rule.DATE_ORDER, own_dates.find_datelines),
    (Rule.DATE_ORDER, own_dates.find_epochs),
    (Rule.ORDER, order.find),
    (Rule.INTERVAL, interval.find),
    (Rule.INTERVAL, roles.find_bound_offices),
    (Rule.INTERVAL, roles.find_roles),
    (Rule.INTERVAL, states.find),
    (Rule.PATTERN, states.find_supposed),
    (Rule.ARITHMETIC, arithmetic.find),
    (Rule.SET, sets.find),
    (Rule.SET, orphans.find),
    (Rule.REFERENCE, reference.find),
    (Rule.SLOT, slot.find),
    (Rule.SLOT, cited.find),
    (Rule.URL, url.find),
    (Rule.SLOT, encounters.find),
    (Rule.SLOT, pronouns.find),
)
"""The rules that look over whole articles; one that weighs several kinds of claims stands once for
each."""

RULES: tuple[str, ...] = tuple(dict.fromkeys(str(rule) for rule, _ in FINDERS))
"""Names of the rules that a certificate stands for."""


def screen(reading: Reading, knowledge: Knowledge) -> tuple[Defect, ...]:
    """All that the rules find in one article, in order of place, with ids `f1`, `f2`, ...

    Raises:
        RuleError: a rule broke; nothing can be said of the article then.
    """
    found: list[Defect] = []
    for rule, find in FINDERS:
        try:
            found += find(reading, knowledge)
        except Exception as error:
            # One article that breaks one rule must not end a build of a million.
            raise RuleError(str(rule), error) from error
    found.sort(key=lambda defect: (defect.spans[0], defect.type))
    return tuple(replace(defect, id=f"f{i}") for i, defect in enumerate(found, start=1))

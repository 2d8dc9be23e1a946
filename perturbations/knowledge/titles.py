"""Which titles a country's heads surely do not have, and where somebody can be at home.

Absence from a table proves nothing by itself. Here it is asked only about the titles that heads of
state and government bear, in countries whose heads the tables promise to hold completely.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from perturbations.knowledge.rules import GROUPS, ORGANISATIONS
from perturbations.knowledge.tables import Knowledge

COMPLETE = frozenset().union(*GROUPS.values()) - ORGANISATIONS
"""States whose heads of state and of government the tables hold without gaps."""

HEAD_TITLES = ("President", "Prime Minister", "Chancellor", "King", "Queen", "Emperor")
"""Titles of heads of state and government that are asked about."""

_HEADS = frozenset({"head_of_state", "head_of_government", "both"})

_SAID_OTHERWISE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # The prime minister of Spain is President of the Government.
        "President": frozenset({"ES"}),
        # South Korea's presidents have prime ministers below them, who are in no table.
        "Prime Minister": frozenset({"KR"}),
        # Of the exchequer, of justice, of universities; a foreign minister, who is a canciller.
        "Chancellor": frozenset(("GB", "EE", "FI", "SE", "PL", "US", "AR", "BR", "MX", "HU")),
    }
)
"""Countries in which English gives a title to somebody who is no head, or loosely to one."""


def has_no(title: str, country: str, knowledge: Knowledge) -> bool:
    """Whether a country surely has nobody of that title; False where that is not known."""
    if title not in HEAD_TITLES or country not in COMPLETE:
        return False
    if country in _SAID_OTHERWISE.get(title, ()):
        return False
    return not any(
        title in office.titles for office in knowledge.offices.values() if office.country == country
    )


def home(person: str, knowledge: Knowledge) -> str | None:
    """The one country whose head, minister or deputy the person was, if there is no other office.

    None for whoever held an office in an organisation, in a country whose heads the tables do not
    hold completely, in several countries, or none as a head. Offices that several hold at once do
    not count: the president of France is a co-prince of Andorra.
    """
    held = {term.office for term in knowledge.terms_of(person=person)}
    offices = [knowledge.offices[office] for office in held]
    offices = [office for office in offices if not office.collective]
    countries = {office.country for office in offices}
    if len(countries) != 1 or not any(office.role in _HEADS for office in offices):
        return None
    [country] = countries
    return country if country in COMPLETE else None

"""The catalogue of perturbations: those of the project, and those that other packages bring.

Nothing is imported until a name is asked for, and importing a module registers nothing: each name
stands in the entry points `inconsistent_news.perturbations` or in the table below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any

from perturbations.proposal import NotApplicable, Perturbation, Proposal, Subject

__all__ = [
    "BUILT_IN",
    "Catalogue",
    "Listing",
    "NotApplicable",
    "Perturbation",
    "PluginError",
    "Proposal",
    "Subject",
    "UnknownPerturbationError",
]

GROUP = "inconsistent_news.perturbations"
"""The entry-point group in which other packages name their perturbations."""

BUILT_IN: Mapping[str, str] = MappingProxyType(
    {
        "leaders.other_holder": "perturbations.leaders:OtherHolder",
        "leaders.other_country": "perturbations.leaders:OtherCountry",
        "leaders.former": "perturbations.leaders:Former",
        "leaders.protagonist": "perturbations.leaders:Protagonist",
        "dates.weekday": "perturbations.dates:WrongWeekday",
        "dates.no_such_day": "perturbations.dates:NoSuchDay",
        "dates.second_date": "perturbations.dates:SecondDate",
        "dates.duration": "perturbations.durations:WrongDuration",
        "citations.numbering_gap": "perturbations.citations:NumberingGap",
        "citations.dangling_marker": "perturbations.citations:DanglingMarker",
        "citations.date_conflict": "perturbations.citations:DateConflict",
    }
)
"""Name to `module:class` of the project's own perturbations."""


class UnknownPerturbationError(LookupError):
    """A name that the catalogue does not have; the message names the nearest one."""


class PluginError(RuntimeError):
    """A perturbation that cannot be loaded, or is none."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the catalogue says of one perturbation."""

    name: str
    type: str
    family: str
    kind: tuple[str, ...]
    witness: tuple[str, ...]
    control: str
    defined_in: str


class Catalogue:
    """Perturbations by name, loaded when asked for."""

    def __init__(self) -> None:
        brought = {point.name: point.value for point in entry_points(group=GROUP)}
        self._places = {**brought, **BUILT_IN}

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def load(self, name: str) -> Perturbation:
        """The perturbation of that name.

        Raises:
            UnknownPerturbationError: there is none.
            PluginError: it cannot be imported, or does not keep the protocol.
        """
        if name not in self._places:
            near = get_close_matches(name, self._places, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UnknownPerturbationError(f"unknown perturbation {name!r}{hint}")
        return _load(name, self._places[name])

    def listing(self, name: str) -> Listing:
        """What stands in the catalogue under a name; raises as `load` does."""
        from perturbations.defects import defect_type

        found = self.load(name)
        entry = defect_type(found.type)
        return Listing(
            name=name,
            type=found.type,
            family=str(entry.family),
            kind=tuple(str(kind) for kind in entry.kinds),
            witness=tuple(str(rule) for rule in found.rules),
            control=found.control,
            defined_in=self._places[name],
        )


def _load(name: str, place: str) -> Perturbation:
    module, _, attribute = place.partition(":")
    try:
        found: Any = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise PluginError(f"perturbation {name!r} cannot be loaded from {place}: {error}") from None
    if not isinstance(found, Perturbation):
        raise PluginError(f"perturbation {name!r} ({place}) lacks parts of the protocol")
    return found

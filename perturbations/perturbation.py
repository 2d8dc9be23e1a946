"""The catalogue of perturbations: those of the project, and those that other packages bring.

Nothing is imported until a name is asked for, and importing a module registers nothing: each name
stands in the entry points `inconsistent_news.perturbations` or in the table below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any, cast

from perturbations.defects import UnknownDefectTypeError, defect_type
from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Perturbation, Preparation, Proposal, Subject
from perturbations.text import LedgerError

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
        "leaders.counterpart": "perturbations.encounters:Counterpart",
        "leaders.self_meeting": "perturbations.encounters:SelfMeeting",
        "leaders.mention": "perturbations.referents:Mention",
        "leaders.pronoun": "perturbations.referents:PronounOf",
        "leaders.office_mention": "perturbations.roles:OfficeMention",
        "leaders.name_mention": "perturbations.roles:NameMention",
        "leaders.role": "perturbations.roles:Role",
        "leaders.nationality": "perturbations.roles:Nationality",
        "dates.weekday": "perturbations.dates:WrongWeekday",
        "dates.no_such_day": "perturbations.dates:NoSuchDay",
        "dates.second_date": "perturbations.dates:SecondDate",
        "dates.stale_state": "perturbations.states:StaleState",
        "dates.conditional": "perturbations.states:StaleConditional",
        "dates.duration": "perturbations.durations:WrongDuration",
        "dates.future_as_past": "perturbations.times:FutureAsPast",
        "dates.epoch": "perturbations.epochs:EpochMismatch",
        "dates.dateline": "perturbations.mastheads:DatelineConflict",
        "dates.order": "perturbations.orders:OrderReversal",
        "citations.numbering_gap": "perturbations.citations:NumberingGap",
        "citations.dangling_marker": "perturbations.citations:DanglingMarker",
        "citations.number_beyond": "perturbations.citations:NumberBeyond",
        "citations.date_conflict": "perturbations.citation_dates:DateConflict",
        "citations.orphan": "perturbations.orphans:Orphan",
        "citations.twice": "perturbations.orphans:Twice",
        "citations.number_twice": "perturbations.orphans:NumberTwice",
        "citations.fabricated_url": "perturbations.addresses:FabricatedUrl",
        "citations.impossible_address": "perturbations.addresses:ImpossibleAddress",
        "citations.url_mismatch": "perturbations.address_mismatches:UrlMismatch",
        "citations.chimera": "perturbations.reports:Chimera",
        "citations.unsupported": "perturbations.unsupported:Unsupported",
        "citations.attribution": "perturbations.attributions:Attribution",
        "splices.lookback": "perturbations.splices:Lookback",
        "splices.plain": "perturbations.splices:Plain",
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
    """Perturbations by name, loaded when asked for.

    A plug-in whose name is taken (by the project, or by another package) is left out.
    """

    def __init__(self) -> None:
        self._places = dict(BUILT_IN)
        self._clashes: list[PluginError] = []
        for point in entry_points(group=GROUP):
            taken = self._places.setdefault(point.name, point.value)
            if point.name in BUILT_IN or taken != point.value:
                self._clashes.append(
                    PluginError(
                        f"perturbation {point.name!r} of {point.value} has the name of {taken}; "
                        "rename its entry point"
                    )
                )

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def broken(self) -> tuple[PluginError, ...]:
        """Every plug-in that cannot be used, and why; imports all of them."""
        found = list(self._clashes)
        for name in self._places.keys() - BUILT_IN.keys():
            try:
                self.load(name)
            except PluginError as error:
                found.append(error)
        return tuple(sorted(found, key=str))

    def sound(self) -> tuple[str, ...]:
        """The names that load, in order; imports all of them."""
        names = []
        for name in self._places:
            with suppress(PluginError):
                self.load(name)
                names.append(name)
        return tuple(names)

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
    except Exception as error:  # code of another package, which may raise anything
        reason = f"{type(error).__name__}: {error}"
        raise PluginError(
            f"perturbation {name!r} cannot be loaded from {place}: {reason}"
        ) from error
    for problem in _problems(name, found):
        raise PluginError(f"perturbation {name!r} ({place}) {problem}")
    return cast(Perturbation, found if name in BUILT_IN else _Guarded(found))


class _Guarded:
    """A plug-in; one that breaks on an article does not fit it, which is counted."""

    def __init__(self, plugin: Perturbation) -> None:
        self._plugin = plugin

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)  # asked before there is a plug-in: by copies and pickles
        return getattr(self._plugin, name)

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields what the plug-in yields.

        Raises:
            NotApplicable: the plug-in says so, or raised something that is no answer.
        """
        try:
            yield from self._plugin.propose(subject, draw)
        except (NotApplicable, LedgerError):
            raise
        except Exception as error:  # code of another package, which may raise anything
            raise NotApplicable(f"the plug-in broke: {type(error).__name__}") from error


def _problems(name: str, found: Any) -> Iterator[str]:
    """How something breaks the protocol of perturbations, the first of it first."""
    wanted = ("name", "type", "rules", "control", "preparation", "propose")
    lacking = [part for part in wanted if not hasattr(found, part)]
    if lacking or not isinstance(found, Perturbation):
        yield f"lacks {', '.join(lacking) or 'parts'} of the protocol"
        return
    if found.name != name:
        yield f"calls itself {found.name!r}; its entry point must bear the same name"
    if not isinstance(found.control, str) or not found.control:
        yield "must say in a few words what its control does"
    if not (found.preparation is None or isinstance(found.preparation, Preparation)):
        yield "has a preparation that is none: it needs `name` and `prepare`"
    yield from _proof_problems(found)


def _proof_problems(found: Perturbation) -> Iterator[str]:
    """A type that the vocabulary has, proven by rules that there are, in a way that it allows."""
    from perturbations.defects.recheck import RECHECKERS

    try:
        alternatives = defect_type(found.type).rules
    except UnknownDefectTypeError as error:
        yield f"has the type {found.type!r}: {error}"
        return
    checked = {str(key).partition("/")[0] for key in RECHECKERS}
    if not isinstance(found.rules, tuple) or not found.rules:
        yield f"has the rules {found.rules!r}; expected a tuple of rules that prove its defects"
        return
    for rule in found.rules:
        if rule not in checked:
            near = get_close_matches(str(rule), checked, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {sorted(checked)}"
            yield f"has the rule {str(rule)!r}, which nothing rechecks{hint}"
    if set(found.rules) not in [set(one) for one in alternatives]:
        ways = " or ".join(" with ".join(one) for one in alternatives) or "no rule"
        yield f"proves {found.type} by {', '.join(found.rules)}, but it is proven by {ways}"

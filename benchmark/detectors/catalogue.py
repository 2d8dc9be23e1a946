"""The catalogue of detectors: what each name stands for, and nothing imported until it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import benchmark.detectors.address as by_address
from benchmark.detectors.protocol import Detector, Named
from benchmark.errors import BenchmarkError, UsageError, nearest

REFERENCE_CHECKER = "reference checker, unranked"
"""How `rules` stands in tables of synthetic rows, whose labels the same rules proved."""
REFERENCE_LINE = "reference line, unranked"
"""How `mark-all` and `mark-none` stand in every table."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a built-in detector is made from."""

    seed: int
    knowledge: Path | None = None
    """A folder of tables that are laid over the shipped knowledge."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A built-in detector: what it does, and how it is made from the run's settings."""

    summary: str
    make: Callable[[Settings], Detector]
    reference: str | None = None
    seeded: bool = False


def _majority(settings: Settings) -> Detector:
    from benchmark.detectors.constant import Majority

    return Majority()


def _random(settings: Settings) -> Detector:
    from benchmark.detectors.constant import Random

    return Random(settings.seed)


def _length(settings: Settings) -> Detector:
    from benchmark.detectors.trained import Length

    return Length()


def _tfidf(settings: Settings) -> Detector:
    from benchmark.detectors.trained import Tfidf

    return Tfidf(settings.seed)


def _rules(settings: Settings) -> Detector:
    from benchmark.detectors.rules import Rules
    from perturbations.knowledge import KnowledgeError, load

    folder = settings.knowledge
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--knowledge must name a folder of tables, got '{folder}'")
    try:
        return Rules(load(overlay=folder))
    except (KnowledgeError, FileNotFoundError) as error:
        raise BenchmarkError(
            f"detector 'rules' has no knowledge to check against: {error}"
        ) from error


def _mark_all(settings: Settings) -> Detector:
    from benchmark.detectors.constant import MarkAll

    return MarkAll()


def _mark_none(settings: Settings) -> Detector:
    from benchmark.detectors.constant import MarkNone

    return MarkNone()


BUILT_IN: Mapping[str, Entry] = MappingProxyType(
    {
        "majority": Entry("the share of inconsistent train rows, for every article", _majority),
        "random": Entry("a score drawn from a hash of seed and id", _random, seeded=True),
        "length": Entry("logistic regression over lengths (trained)", _length),
        "tfidf": Entry(
            "logistic regression over word and character n-grams (trained)", _tfidf, seeded=True
        ),
        "rules": Entry(
            "the rules over a reading of the article; says what is wrong and why",
            _rules,
            REFERENCE_CHECKER,
        ),
        "mark-all": Entry("marks the whole text of every article", _mark_all, REFERENCE_LINE),
        "mark-none": Entry("marks nothing", _mark_none, REFERENCE_LINE),
    }
)
"""The detectors that ship with the project, by name."""


def resolve(name: str, seed: int, knowledge: Path | None = None) -> Named:
    """The detector that a name or an address stands for, freshly made.

    Args:
        name: a built-in name, the name of an entry point of the group
            `inconsistent_news.detectors`, or `py:module:object`.
        seed: the run's seed, for detectors that draw.
        knowledge: a folder of tables to lay over the shipped ones, for detectors that look facts
            up.

    Raises:
        UsageError: there is no such detector; the message names the nearest one.
    """
    if name.startswith(by_address.PYTHON_SCHEME):
        return by_address.from_python(name)
    if name in BUILT_IN:
        entry = BUILT_IN[name]
        detector = entry.make(Settings(seed, knowledge))
        return Named(name, detector, _fingerprint(name, entry, detector, seed), entry.reference)
    plugins = by_address.plugins()
    if name in plugins:
        return by_address.from_plugin(plugins[name])
    known = [*BUILT_IN, *plugins]
    raise UsageError(
        f"unknown detector {name!r}{nearest(name, known)}; known are {', '.join(known)} and "
        "py:module:object"
    )


def listing() -> list[dict[str, Any]]:
    """`{name, origin, summary}` of every detector that can be asked for by name."""
    rows = [{"name": n, "origin": "built-in", "summary": e.summary} for n, e in BUILT_IN.items()]
    rows += [
        {"name": n, "origin": "plug-in", "summary": point.value}
        for n, point in sorted(by_address.plugins().items())
        if n not in BUILT_IN
    ]
    return rows


def _fingerprint(name: str, entry: Entry, detector: Detector, seed: int) -> dict[str, Any]:
    from importlib.metadata import version

    found: dict[str, Any] = {"address": name, "version": version("inconsistent-news")}
    if entry.seeded:
        found["seed"] = seed
    digest = getattr(detector, "knowledge_digest", None)
    if digest is not None:
        found["knowledge_digest"] = digest
    return found

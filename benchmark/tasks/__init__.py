"""Tasks: what a detector's answers are held against, as statistics that the engine resamples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from benchmark.metrics.resampling import Statistic
from benchmark.tasks import detect, localise, rank
from benchmark.tasks.scored import BREAKDOWNS, Key, NotSupportedError, Scored

Task = Callable[[Scored], dict[Key, Statistic]]

TASKS: Mapping[str, Task] = MappingProxyType(
    {"detect": detect.statistics, "localise": localise.statistics, "rank": rank.statistics}
)
"""The tasks by name, in the order of reports."""

__all__ = ["BREAKDOWNS", "TASKS", "Key", "NotSupportedError", "Scored", "Task"]

"""Progress on stderr while detectors work; nothing at all where stderr is not a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Task = Callable[[str, int], Callable[[int], None]]
"""Starts a line with a title and a total, in the place of the last; returns what advances it."""


@contextlib.contextmanager
def progress() -> Iterator[Task]:
    """Yields what starts a line of progress."""
    if not sys.stderr.isatty():
        yield lambda title, total: lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, Remaining(), console=Console(stderr=True), transient=True) as bars:

        def start(title: str, total: int) -> Callable[[int], None]:
            for finished in bars.task_ids:
                bars.remove_task(finished)
            task = bars.add_task(title, total=total)
            return lambda count: bars.advance(task, count)

        yield start

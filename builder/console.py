"""What the builder's commands share on standard output and standard error."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

OK, FAILURE = 0, 1

WIDTH = 140
"""Columns where standard output is no terminal: wide enough for tables."""


def json_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON on standard output")


def knowledge_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--knowledge`."""
    parser.add_argument(
        "--knowledge",
        type=Path,
        metavar="DIR",
        help="a folder with tables of your own, laid over the shipped ones",
    )


def print_json(value: Any) -> None:
    """Prints a JSON value on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def warn(warnings: Iterable[str]) -> None:
    """Prints a line for each on standard error."""
    for warning in warnings:
        sys.stderr.write(f"builder: warning: {warning}\n")


def make_writable() -> None:
    """Lets text be printed where the terminal's encoding lacks its characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def console() -> Console:
    """Standard output; without colours, and wide enough for tables, where it is no terminal."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=WIDTH, color_system=None)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, or nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

"""What the benchmark refuses, with the exit status that each refusal ends in."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class BenchmarkError(Exception):
    """Something that a person has to mend; its text is the one line that is printed."""

    exit_status = 1


class UsageError(BenchmarkError):
    """What was asked for does not exist or cannot be done: an unknown name, a missing file."""

    exit_status = 2


class ReleaseError(BenchmarkError):
    """A release that is not what its manifest says."""


class PredictionError(ValueError):
    """An answer of a detector that breaks the contract; recorded for its example, never fatal."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of an error message: `; did you mean 'rules'?`, or nothing where none is near."""
    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""

"""`builder verify`: from a release and the knowledge it names, every row proven again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from builder.build import load_knowledge
from builder.release.manifest import read_manifest
from builder.verify.files import check_card, check_files, check_manifest, read_rows
from builder.verify.relations import check_counts, check_groups, check_pairs
from builder.verify.rows import RowChecker
from builder.verify.verification import Rows, Verification
from perturbations.knowledge.horizon import beyond

__all__ = ["Verification", "verify"]

Progress = Callable[[int, int], None]


def verify(
    folder: Path, progress: Progress | None = None, *, overlay: Path | None = None
) -> Verification:
    """Checks a release folder; every failure is named, none stops the check of the rest.

    `overlay` is the folder of tables that the release was made with, beside the shipped ones.

    Only a manifest that breaks its schema ends the check early, because it says what there is.

    Raises:
        BuilderError: the folder is no release at all, or the tables here are malformed.
    """
    found = Verification()
    manifest = read_manifest(folder)
    knowledge = load_knowledge(overlay)
    if not check_manifest(manifest, knowledge, found):
        check_files(folder, None, found)
        return found
    check_files(folder, manifest, found)
    rows = read_rows(folder, manifest, found)
    check_groups(rows, manifest, found)
    found.warnings += beyond(_days(rows), knowledge)
    checker = RowChecker(rows, manifest, knowledge, found)
    whole = [(key, row) for key, part in rows.items() if key[0] != "pairs" for row in part]
    # Group by group, so that readings of sources and controls serve all rows that need them.
    whole.sort(key=lambda item: (item[0], item[1]["group"]))
    for done, (key, row) in enumerate(whole, start=1):
        checker.check(row, *key)
        if progress is not None:
            progress(done, len(whole))
    check_pairs(rows, found)
    check_counts(rows, manifest, found)
    check_card(folder, manifest, found)
    return found


def _days(rows: Rows) -> Iterator[date]:
    """The day that each article of `default` and `natural` speaks on: a group is one article."""
    days: dict[str, date] = {}
    for (config, _), part in rows.items():
        for row in part if config != "pairs" else ():
            written = [row[key] for key in ("published", "updated") if row[key]]
            with suppress(TypeError, ValueError):  # a malformed date is named with its row
                days.update({row["group"]: date.fromisoformat(max(written))} if written else {})
    yield from days.values()

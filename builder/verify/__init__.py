"""`builder verify`: from a release and the knowledge it names, every row proven again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from builder.build import load_knowledge
from builder.release.manifest import read_manifest
from builder.verify.files import check_card, check_files, check_manifest, read_rows
from builder.verify.relations import check_counts, check_groups, check_pairs
from builder.verify.rows import RowChecker
from builder.verify.verification import Verification

__all__ = ["Verification", "verify"]

Progress = Callable[[int, int], None]


def verify(folder: Path, progress: Progress | None = None) -> Verification:
    """Checks a release folder; every failure is named, none stops the check of the rest.

    Only a manifest that breaks its schema ends the check early, because it says what there is.

    Raises:
        BuilderError: the folder is no release at all, or the tables here are malformed.
    """
    found = Verification()
    manifest = read_manifest(folder)
    knowledge = load_knowledge()
    if not check_manifest(manifest, knowledge, found):
        check_files(folder, None, found)
        return found
    check_files(folder, manifest, found)
    rows = read_rows(folder, manifest, found)
    check_groups(rows, manifest, found)
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

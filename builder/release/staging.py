"""A folder appears, or changes, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import UsageError
from builder.release.manifest import NAME as MANIFEST


@contextmanager
def staged(out: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder beside `out` that takes its place when the block ends well, and vanishes if not.

    An old release stays whole until the new one stands in its place; parents that were made for
    it go again with a block that fails.

    Raises:
        UsageError: `out` exists and may not be overwritten, or its parent cannot be written to.
    """
    out = out.resolve()  # `.`, `..` and links have no name to stage beside
    _check_place(out, overwrite=overwrite)
    made = [parent for parent in out.parents if not parent.exists()]
    partial = out.with_name(f".{out.name}.partial-{os.getpid()}")
    try:
        partial.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"cannot write beside {out}: {error.strerror}") from None
    try:
        yield partial
        _put_in_place(partial, out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        for parent in made:
            parent.rmdir()
        raise


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A copy of a folder, or a new one, that takes its place when the block ends well.

    Raises:
        UsageError: its parent cannot be written to.
    """
    folder = folder.resolve()
    partial = folder.with_name(f".{folder.name}.partial-{os.getpid()}")
    try:
        if folder.exists():
            shutil.copytree(folder, partial)
        else:
            partial.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"cannot write beside {folder}: {error.strerror or error}") from None
    try:
        yield partial
        _put_in_place(partial, folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _check_place(out: Path, *, overwrite: bool) -> None:
    if not out.name:
        raise UsageError(f"--out must name a folder to make, got {out}")
    if not out.exists():
        return
    if not overwrite:
        raise UsageError(f"{out} exists; choose another --out, or add --overwrite")
    if not out.is_dir():
        raise UsageError(f"{out} is a file, no release; --overwrite spares it")
    if not (out / MANIFEST).is_file() and any(out.iterdir()):
        raise UsageError(f"{out} is no release (it has no {MANIFEST}); --overwrite spares it")


def _put_in_place(partial: Path, out: Path) -> None:
    """Renames, so that at no moment a half-written release bears the name."""
    if not out.exists():
        partial.rename(out)
        return
    old = partial.with_name(partial.name + ".old")
    out.rename(old)
    try:
        partial.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)

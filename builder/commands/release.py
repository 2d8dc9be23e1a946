"""`builder build`, `builder verify` and `builder audit`."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from builder.console import (
    FAILURE,
    OK,
    console,
    json_option,
    knowledge_option,
    print_json,
    progress,
    warn,
)
from builder.errors import UsageError

SHOWN = 20
"""Failures printed for people: one cause can have hundreds."""


def add(commands: Any) -> None:
    """Adds the three commands."""
    build = commands.add_parser("build", help="build a release")
    build.add_argument(
        "release", nargs="?", type=Path, help="a release file (default: the one that ships)"
    )
    build.add_argument(
        "--articles",
        type=Path,
        action="append",
        help="a JSON Lines file of articles, or a folder of seeds, instead of the release file's",
    )
    build.add_argument("--out", type=Path, required=True, help="the folder to make")
    build.add_argument("--overwrite", action="store_true", help="replace an existing release")
    knowledge_option(build)
    json_option(build)
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="prove every row of a release again")
    verify.add_argument("folder", type=Path, help="a release folder")
    knowledge_option(verify)
    json_option(verify)
    verify.set_defaults(run=_verify)

    audit = commands.add_parser("audit", help="ask whether a release can be gamed")
    audit.add_argument("folder", type=Path, help="a release folder")
    audit.add_argument("--resamples", type=int, default=1000, help="bootstrap resamples")
    audit.add_argument("--seed", type=int, default=0, help="seed of folds and resamples")
    json_option(audit)
    audit.set_defaults(run=_audit)


def _build(arguments: argparse.Namespace) -> int:
    from dataclasses import replace

    from builder.build import build
    from builder.release_file import default_release_file, load_release_file, release_name
    from builder.report import build_table, reasons_table

    release = load_release_file(arguments.release or default_release_file())
    if arguments.articles:
        # Absolute: a folder that is called `seeds` is not the word that names the shipped ones.
        places = tuple(str(path.absolute()) for path in arguments.articles)
        name = release_name(arguments.articles[0].stem)
        release = replace(release, name=name, articles=places)
    with _terminable(), progress("building") as step:
        built = build(
            release,
            arguments.out,
            overwrite=arguments.overwrite,
            progress=step,
            overlay=arguments.knowledge,
        )
    warn(built.warnings)
    if arguments.json:
        print_json(built.manifest)
        return OK
    out = console()
    out.print(build_table(built.manifest))
    out.print(reasons_table(built.manifest))
    sizes = [
        f"{sum(split['rows'] for split in splits.values())} in {config}"
        for config, splits in built.manifest["configs"].items()
    ]
    digest = built.manifest["digest"]
    out.print(f"rows: {', '.join(sizes)}; digest {digest}; in {arguments.out}", soft_wrap=True)
    return OK


def _verify(arguments: argparse.Namespace) -> int:
    from builder.report import verification_table
    from builder.verify import verify

    _require_folder(arguments.folder)
    with progress("verifying") as step:
        found = verify(arguments.folder, step, overlay=arguments.knowledge)
    warn(found.warnings)
    if arguments.json:
        print_json(found.to_json())
    else:
        out = console()
        out.print(verification_table(found))
        for failure in found.failures[:SHOWN]:
            out.print(
                f"FAILED  {failure}", style="red", markup=False, highlight=False, soft_wrap=True
            )
        if len(found.failures) > SHOWN:
            out.print(f"... and {len(found.failures) - SHOWN} more; --json lists them all")
        out.print(f"{len(found.failures)} failures")
    return OK if found.ok else FAILURE


def _audit(arguments: argparse.Namespace) -> int:
    from builder.audit import audit, render

    _require_folder(arguments.folder)
    if arguments.resamples < 1:
        raise UsageError(f"--resamples must be positive, got {arguments.resamples}")
    with progress("auditing") as step:
        report = audit(
            arguments.folder,
            resamples=arguments.resamples,
            seed=arguments.seed,
            progress=step,
        )
    if arguments.json:
        print_json(report.to_json())
    else:
        render(report, console())
    return FAILURE if report.failed else OK


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(f"release folder {folder} does not exist")


@contextmanager
def _terminable() -> Iterator[None]:
    """Lets SIGTERM end the block as an interrupt does, so that nothing half-written is left."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

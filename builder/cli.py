"""The command `builder`: build, verify, audit, knowledge check, catalogue."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import BuilderError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

OK, FAILURE = 0, 1
SHOWN = 20
"""Failures printed for people: one cause can have hundreds."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 where all is well, 1 on failure, 2 on wrong usage."""
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except BuilderError as error:
        sys.stderr.write(f"builder: {error}\n")
        return error.status
    except BrokenPipeError:
        return FAILURE
    except KeyboardInterrupt:
        sys.stderr.write("builder: interrupted; nothing half-written is left\n")
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="builder", description="Build, verify and audit releases of inconsistent news."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

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
    _json_option(build)
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="prove every row of a release again")
    verify.add_argument("folder", type=Path, help="a release folder")
    _json_option(verify)
    verify.set_defaults(run=_verify)

    audit = commands.add_parser("audit", help="ask whether a release can be gamed")
    audit.add_argument("folder", type=Path, help="a release folder")
    audit.add_argument("--resamples", type=int, default=1000, help="bootstrap resamples")
    audit.add_argument("--seed", type=int, default=0, help="seed of folds and resamples")
    _json_option(audit)
    audit.set_defaults(run=_audit)

    knowledge = commands.add_parser("knowledge", help="the tables of facts")
    parts = knowledge.add_subparsers(required=True, metavar="COMMAND")
    check = parts.add_parser("check", help="prove the tables' rules and print their coverage")
    _json_option(check)
    check.set_defaults(run=_knowledge_check)

    catalogue = commands.add_parser("catalogue", help="list the perturbations")
    _json_option(catalogue)
    catalogue.set_defaults(run=_catalogue)
    return parser


def _json_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON on standard output")


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
    with _terminable(), _progress("building") as progress:
        built = build(release, arguments.out, overwrite=arguments.overwrite, progress=progress)
    for warning in built.warnings:
        sys.stderr.write(f"builder: warning: {warning}\n")
    if arguments.json:
        _print_json(built.manifest)
        return OK
    console = _console()
    console.print(build_table(built.manifest))
    console.print(reasons_table(built.manifest))
    sizes = [
        f"{sum(split['rows'] for split in splits.values())} in {config}"
        for config, splits in built.manifest["configs"].items()
    ]
    digest = built.manifest["digest"]
    console.print(f"rows: {', '.join(sizes)}; digest {digest}; in {arguments.out}", soft_wrap=True)
    return OK


def _verify(arguments: argparse.Namespace) -> int:
    from builder.report import verification_table
    from builder.verify import verify

    _require_folder(arguments.folder)
    with _progress("verifying") as progress:
        found = verify(arguments.folder, progress)
    if arguments.json:
        _print_json(found.to_json())
    else:
        console = _console()
        console.print(verification_table(found))
        for failure in found.failures[:SHOWN]:
            console.print(
                f"FAILED  {failure}", style="red", markup=False, highlight=False, soft_wrap=True
            )
        if len(found.failures) > SHOWN:
            console.print(f"... and {len(found.failures) - SHOWN} more; --json lists them all")
        console.print(f"{len(found.failures)} failures")
    return OK if found.ok else FAILURE


def _audit(arguments: argparse.Namespace) -> int:
    from builder.audit import audit, render

    _require_folder(arguments.folder)
    if arguments.resamples < 1:
        raise UsageError(f"--resamples must be positive, got {arguments.resamples}")
    with _progress("auditing") as progress:
        report = audit(
            arguments.folder,
            resamples=arguments.resamples,
            seed=arguments.seed,
            progress=progress,
        )
    if arguments.json:
        _print_json(report.to_json())
    else:
        render(report, _console())
    return FAILURE if report.failed else OK


def _knowledge_check(arguments: argparse.Namespace) -> int:
    from builder.build import load_knowledge
    from builder.knowledge_check import check, render

    report = check(load_knowledge())
    if arguments.json:
        _print_json(report.to_json())
    else:
        _console().print(render(report))
    return OK if report.ok else FAILURE


def _catalogue(arguments: argparse.Namespace) -> int:
    from builder.report import catalogue_table
    from perturbations.perturbation import Catalogue, PluginError

    catalogue = Catalogue()
    listings = []
    for name in catalogue:
        try:
            listings.append(catalogue.listing(name))
        except PluginError as error:
            sys.stderr.write(f"builder: warning: {error}; skipped\n")
    if arguments.json:
        _print_json([asdict(listing) for listing in listings])
    else:
        _console().print(catalogue_table(listings))
    return OK


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(f"release folder {folder} does not exist")


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def _console() -> Console:
    """Standard output; wide enough for tables where it is no terminal."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=140)


@contextmanager
def _terminable() -> Iterator[None]:
    """Lets SIGTERM end the block as an interrupt does, so that nothing half-written is left."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, or nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

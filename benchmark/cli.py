"""The command `benchmark`: run, detect, detectors.

Data goes to stdout, progress and errors to stderr. Exit status: 0 fine, 1 failure, 2 usage.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.errors import BenchmarkError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

TASK_NAMES = ("detect", "localise", "rank")
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit status."""
    _make_writable()
    passed = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser().parse_args(passed)
    try:
        status: int = arguments.command(arguments, passed)
    except BenchmarkError as error:
        sys.stderr.write(f"benchmark: {' '.join(str(error).split())}\n")
        return error.exit_status
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("benchmark: interrupted, nothing written\n")
        return INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="benchmark", description="Score detectors of inconsistent news articles."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_run(commands)
    detect = commands.add_parser("detect", help="say what is wrong with single articles")
    detect.add_argument("detector", metavar="DETECTOR", help="a detector that explains: rules")
    detect.add_argument("files", metavar="FILE", nargs="+", type=Path, help="plain text or JSON")
    detect.add_argument(
        "--published", metavar="DATE", help="publication date, for files that give none"
    )
    _knowledge_option(detect)
    detect.add_argument("--json", action="store_true", help="one JSON object per file")
    detect.set_defaults(command=_detect)
    detectors = commands.add_parser("detectors", help="list the detectors there are")
    detectors.add_argument("--json", action="store_true", help="one JSON object per detector")
    detectors.set_defaults(command=_detectors)
    return parser


def _knowledge_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge",
        metavar="DIR",
        type=Path,
        help="tables of your own that `rules` lays over the shipped ones",
    )


def _add_run(commands: Any) -> None:
    run = commands.add_parser("run", help="score detectors on a release")
    run.add_argument(
        "detectors",
        metavar="DETECTOR",
        nargs="+",
        help="a name that `benchmark detectors` lists, or py:module:object",
    )
    run.add_argument("--dataset", metavar="DIR", type=Path, help="a release (default: the sample)")
    run.add_argument("--config", default="default", help="default or natural")
    run.add_argument("--split", default="test")
    run.add_argument(
        "--task",
        dest="tasks",
        action="append",
        metavar="TASK",
        help=f"{', '.join(TASK_NAMES)}; may be repeated (default: all)",
    )
    run.add_argument("--out", metavar="DIR", type=Path, help="where results and report go")
    run.add_argument("--overwrite", action="store_true", help="replace an earlier run at --out")
    run.add_argument("--resamples", type=int, default=1000, help="bootstrap draws of the groups")
    run.add_argument("--seed", type=int, default=0)
    _knowledge_option(run)
    run.add_argument("--json", action="store_true", help="print results.json, no table")
    run.set_defaults(command=_run)


def _run(arguments: argparse.Namespace, passed: list[str]) -> int:
    import json
    from datetime import UTC, datetime

    from benchmark import leaderboard, output, results
    from benchmark.progress import progress
    from benchmark.run import Options, run

    started = datetime.now(UTC).isoformat(timespec="seconds")
    options = Options(
        detectors=tuple(arguments.detectors),
        dataset=arguments.dataset or _sample(),
        config=arguments.config,
        split=arguments.split,
        tasks=tuple(arguments.tasks or TASK_NAMES),
        resamples=arguments.resamples,
        seed=arguments.seed,
        knowledge=arguments.knowledge,
    )
    if arguments.out is not None:
        output.refuse_existing(arguments.out, arguments.overwrite)
    with progress() as start:
        found = run(options, start)
    _warn(found.warnings)
    document = results.document(found, passed, started)
    if arguments.out is not None:
        from benchmark.report import render

        output.write(arguments.out, found, document, render(found, document))
    if arguments.json:
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write(text + "\n")
    else:
        leaderboard.show(found, _console())
    if arguments.out is not None:
        sys.stderr.write(f"report: {arguments.out / output.REPORT}\n")
    return _status(found.tables[0].runs)


def _status(runs: Sequence[Any]) -> int:
    """1 where a detector answered nothing at all, so that a script sees it."""
    silent = [one for one in runs if one.answers.errors == len(one.scored.rows)]
    for one in silent:
        from perturbations.text.terminal import inert

        reason = inert(next(iter(one.answers.predictions.values())).error or "")
        sys.stderr.write(f"benchmark: {one.named.name} answered no example: {reason}\n")
    return 1 if silent else 0


def _detect(arguments: argparse.Namespace, passed: list[str]) -> int:
    import json

    from benchmark import findings

    published = _day(arguments.published)
    sources, failures = [], []
    for path in arguments.files:
        try:
            sources.append(findings.read(path, published))
        except BenchmarkError as error:
            failures.append(error)
    if failures:
        for failure in failures[:-1]:
            sys.stderr.write(f"benchmark: {failure}\n")
        raise failures[-1]
    detector = findings.explainer(arguments.detector, arguments.knowledge)
    _warn(findings.warnings(detector, sources))
    console = _console()
    for source in sources:
        found = detector.find(source.article)
        if arguments.json:
            row = findings.to_json(source, found)
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            findings.show(source, found, console)
    return 0


def _detectors(arguments: argparse.Namespace, passed: list[str]) -> int:
    import json

    from benchmark.detectors.catalogue import listing

    rows = listing()
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        line = f"{row['name']:<{width}}  {row['summary']}"
        sys.stdout.write((json.dumps(row, ensure_ascii=False) if arguments.json else line) + "\n")
    if not arguments.json:
        sys.stdout.write(f"{'py:module:object':<{width}}  your own; see design/benchmark.md\n")
    return 0


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        sys.stderr.write(f"benchmark: warning: {warning}\n")


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise UsageError(f"--published must be an ISO date (YYYY-MM-DD), got {value!r}") from None


def _sample() -> Path:
    from perturbations.knowledge.location import data_folder

    try:
        return data_folder() / "sample"
    except FileNotFoundError as error:
        raise UsageError(f"{error}; or name a release with --dataset") from None


def _make_writable() -> None:
    """Lets quotations be printed where the terminal's encoding lacks their characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _console() -> Console:
    from rich.console import Console

    if sys.stdout.isatty():
        return Console()
    return Console(width=200, color_system=None)

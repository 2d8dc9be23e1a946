"""Writes what a run leaves behind: whole, or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmark.errors import UsageError
from benchmark.run import Run

RESULTS = "results.json"
REPORT = "report.html"


def refuse_existing(out: Path, overwrite: bool) -> None:
    """Makes sure, before any work, that the results have a place to go to.

    Raises:
        UsageError: `out` exists and must not be overwritten, or is not the outcome of a run.
    """
    if not out.exists():
        if not out.absolute().parent.is_dir():
            raise UsageError(f"cannot write '{out}': its parent folder does not exist")
        return
    if not overwrite:
        raise UsageError(f"'{out}' exists; name another folder or pass --overwrite")
    if not out.is_dir() or (any(out.iterdir()) and not (out / RESULTS).is_file()):
        raise UsageError(
            f"'{out}' is not the outcome of a run (it holds no {RESULTS}), so it is not overwritten"
        )


def write(out: Path, run: Run, results: Mapping[str, Any], report: str) -> None:
    """Writes predictions, results and report into a folder beside `out`, then moves it there.

    Raises:
        UsageError: the folder that `out` stands in cannot be written to.
    """
    draft = out.absolute().parent / f".{out.name}.{os.getpid()}.draft"
    try:
        draft.mkdir()
    except OSError as error:
        raise UsageError(f"cannot write beside '{out}': {error.strerror}") from None
    try:
        for name, lines in prediction_files(run).items():
            (draft / name).write_text(lines, encoding="utf-8")
        text = json.dumps(results, ensure_ascii=False, indent=2, allow_nan=False)
        (draft / RESULTS).write_text(text + "\n", encoding="utf-8")
        (draft / REPORT).write_text(report, encoding="utf-8")
        _move(draft, out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def prediction_files(run: Run) -> dict[str, str]:
    """Prediction files by name, as JSON Lines in the order of the rows.

    The first table's files are `predictions-<detector>.jsonl`; those of a further table carry its
    config as well.
    """
    files: dict[str, str] = {}
    for place, table in enumerate(run.tables):
        for one in table.runs:
            stem = f"predictions-{re.sub(r'[^A-Za-z0-9._]+', '-', one.named.name).strip('-')}"
            if place:
                stem += f".{table.split.config}"
            name, count = f"{stem}.jsonl", 2
            while name in files:
                name, count = f"{stem}-{count}.jsonl", count + 1
            answers = one.answers.of(table.split.rows)
            files[name] = "".join(
                json.dumps(answer.to_json(), ensure_ascii=False, allow_nan=False) + "\n"
                for answer in answers
            )
    return files


def _move(draft: Path, out: Path) -> None:
    if not out.exists():
        draft.rename(out)
        return
    old = out.absolute().parent / f".{out.name}.{os.getpid()}.old"
    out.rename(old)
    draft.rename(out)
    shutil.rmtree(old)

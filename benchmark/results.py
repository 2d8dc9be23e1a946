"""The results of a run as one JSON document, with all that one needs to judge and repeat them."""

from __future__ import annotations

import platform
import subprocess
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmark.run import DetectorRun, Run, TableRun
from benchmark.tasks import TASKS

SCHEMA_VERSION = 1
DISTRIBUTION = "inconsistent-news"
PACKAGES = (DISTRIBUTION, "numpy", "pyarrow", "scikit-learn", "scipy")
"""Packages whose versions can move a figure."""


def document(run: Run, passed: Sequence[str], started: str) -> dict[str, Any]:
    """The document that `data/schemas/results.schema.json` describes.

    Args:
        run: what was found.
        passed: the arguments as they were passed.
        started: an ISO time, for the record.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "started": started,
        "signature": signature(run),
        "dataset": {
            "name": run.release.folder.resolve().name,
            "digest": run.release.digest,
        },
        "arguments": {"passed": list(passed), "resolved": _resolved(run)},
        "environment": environment(),
        "tables": [_table(run, table) for table in run.tables],
    }


def signature(run: Run) -> str:
    """One line that says how the figures of the first table were computed."""
    table = run.tables[0]
    parts = [
        f"{DISTRIBUTION} {version(DISTRIBUTION)}",
        f"dataset {run.release.folder.resolve().name} {(run.release.digest or 'undigested')[:12]}",
        f"{table.split.address} {table.split.content_hash[:12]}",
        f"n={len(table.split.rows)}",
        f"groups={table.groups}",
        f"resamples={run.options.resamples}",
        f"seed={run.options.seed}",
        "95% percentile by group",
    ]
    return " | ".join(parts)


def environment() -> dict[str, Any]:
    """Python, platform, packages, and the commit where the package lies in a checkout."""
    return {
        "python": platform.python_version(),
        "platform": platform.system(),
        "packages": {name: found for name in PACKAGES if (found := _version(name)) is not None},
        "git": _git(Path(__file__).resolve().parent.parent),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _git(checkout: Path) -> dict[str, Any] | None:
    if not (checkout / ".git").exists():
        return None
    commands = (["rev-parse", "HEAD"], ["status", "--porcelain", "--untracked-files=no"])
    try:
        commit, changes = (
            subprocess.run(
                ["git", "-C", str(checkout), *command],
                capture_output=True,
                text=True,
                timeout=10,
                check=True,
            ).stdout.strip()
            for command in commands
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "dirty": bool(changes)}


def _resolved(run: Run) -> dict[str, Any]:
    options = run.options
    return {
        "detectors": list(options.detectors),
        "dataset": str(options.dataset),
        "config": options.config,
        "split": options.split,
        "tasks": list(options.tasks),
        "resamples": options.resamples,
        "seed": options.seed,
        "knowledge": str(options.knowledge) if options.knowledge is not None else None,
    }


def _table(run: Run, table: TableRun) -> dict[str, Any]:
    rows = table.split.rows
    return {
        "config": table.split.config,
        "split": table.split.name,
        "role": "case studies" if table.case_studies else "benchmark",
        "rows": len(rows),
        "inconsistent": sum(row.label for row in rows),
        "groups": table.groups,
        "kinds": dict(sorted(Counter(str(row.kind) for row in rows).items())),
        "content_hash": table.split.content_hash,
        "shards": dict(table.split.shards),
        "detectors": [_detector(one, run.options.tasks) for one in table.runs],
    }


def _detector(one: DetectorRun, tasks: Sequence[str]) -> dict[str, Any]:
    n = len(one.scored.rows)
    return {
        "name": one.named.name,
        "fingerprint": dict(one.named.fingerprint),
        "reference": one.reference,
        "n": n,
        "n_errors": one.answers.errors,
        "coverage": 1 - one.answers.errors / n,
        "asked_again": one.answers.asked_again,
        "changed_answers": list(one.answers.changed),
        "threshold": {"value": one.threshold.value, "chosen_on": one.threshold.chosen_on},
        "seconds": round(one.answers.seconds, 3),
        "tasks": {task: _task(one, task) for task in TASKS if task in tasks},
    }


def _task(one: DetectorRun, task: str) -> dict[str, Any]:
    if task in one.not_supported:
        return {"status": "not supported", "reason": one.not_supported[task]}
    metrics: dict[str, Any] = {}
    breakdowns: dict[str, Any] = {}
    for key, estimate in one.estimates.items():
        if key.task != task:
            continue
        place = metrics
        if key.breakdown:
            place = breakdowns.setdefault(key.breakdown, {}).setdefault(key.level, {})
        place[key.metric] = estimate.to_json()
    return {"status": "scored", "metrics": metrics, "breakdowns": breakdowns}

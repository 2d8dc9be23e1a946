"""Puts the report together from a run and its results."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from benchmark import leaderboard
from benchmark.dataset import GoldDefect, Row, notice
from benchmark.prediction import PredictedDefect, Prediction
from benchmark.report.figures import pictures
from benchmark.report.highlight import Piece, layers_of, pieces
from benchmark.results import signature
from benchmark.run import DetectorRun, Run, TableRun
from benchmark.tasks import BREAKDOWNS, Key
from perturbations.text.terminal import inert

BROWSED = 300
"""Articles that the browser holds; the worst errors first, the rest stand in the predictions."""


@dataclass(frozen=True, slots=True)
class View:
    """One detector's answer on one article."""

    detector: str
    outcome: str
    score: str
    loss: float
    pieces: Sequence[Piece]
    predicted: Sequence[str]
    says_where: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One article in the browser with every detector's view of it."""

    row: Row
    title: str
    table: str
    gold: Sequence[Mapping[str, str]]
    plain: Sequence[Piece]
    views: Sequence[View]


def render(run: Run, results: Mapping[str, Any]) -> str:
    """The report as one HTML document that loads nothing.

    Args:
        run: what was found.
        results: the document of `benchmark.results`.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("benchmark.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = _asset("browser.js")
    places = [(table, i) for table in run.tables for i in range(len(table.split.rows))]
    places.sort(key=lambda place: (-_loss(*place), place[0].split.rows[place[1]].id))
    return environment.get_template("report.html").render(
        run=run,
        results=results,
        tables=[_table(run, table) for table in run.tables],
        columns=leaderboard.columns_of(run),
        legend=leaderboard.legend(run),
        signature=signature(run),
        notice=notice(),
        cards=[_card(table, i) for table, i in places[:BROWSED]],
        total=len(places),
        detectors=[inert(one.named.name) for one in run.tables[0].runs if _browsed(one)],
        style=_asset("report.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _asset(name: str) -> str:
    return files("benchmark.report").joinpath("templates", name).read_text(encoding="utf-8")


def _table(run: Run, table: TableRun) -> dict[str, Any]:
    return {
        "address": table.split.address,
        "rows": len(table.split.rows),
        "groups": table.groups,
        "case_studies": list(leaderboard.case_studies(table)) if table.case_studies else None,
        "lines": [_line(run, one) for one in table.runs],
        "pictures": [] if table.case_studies else pictures(table, run.options.tasks),
        "breakdowns": [] if table.case_studies else list(_breakdowns(table)),
    }


def _line(run: Run, one: DetectorRun) -> dict[str, Any]:
    return {
        "name": leaderboard.name_of(one),
        "unranked": one.reference is not None,
        "cells": [leaderboard.cell(one, column) for column in leaderboard.columns_of(run)],
        "remarks": [inert(remark) for remark in leaderboard.remarks(one)],
    }


def _breakdowns(table: TableRun) -> Iterator[dict[str, Any]]:
    """One table per breakdown: levels down, detectors across, the task's first figure in each."""
    for task, metric, words in (
        ("detect", "auroc", "detection: AUROC against own sources and controls"),
        ("localise", "iou", "localisation: mean IoU of the inconsistent rows"),
    ):
        shown = [one for one in table.runs if _browsed(one) and one.figure(task, metric)]
        for breakdown in BREAKDOWNS:
            levels = sorted(
                {
                    key.level
                    for one in shown
                    for key in one.estimates
                    if (key.task, key.metric, key.breakdown) == (task, metric, breakdown)
                }
            )
            if levels:
                yield {
                    "title": f"By {breakdown}, {words}",
                    "detectors": [inert(one.named.name) for one in shown],
                    "lines": [
                        _levels(shown, Key(task, metric, breakdown, level)) for level in levels
                    ],
                }


def _levels(shown: Sequence[DetectorRun], key: Key) -> tuple[str, int, list[str]]:
    found = [one.estimates[key] for one in shown]
    return key.level, found[0].n, [leaderboard.figure_text(estimate) for estimate in found]


def _browsed(one: DetectorRun) -> bool:
    """Whether a detector has views of its own: reference lines would only fill the page."""
    from benchmark.detectors.catalogue import REFERENCE_LINE

    return one.named.reference != REFERENCE_LINE


def _loss(table: TableRun, i: int) -> float:
    """How wrong the detectors are on a row, on average: from 0 to 1."""
    runs = [one for one in table.runs if _browsed(one)]
    return sum(_view_loss(one, i) for one in runs) / max(len(runs), 1)


def _view_loss(one: DetectorRun, i: int) -> float:
    score = one.scored.predictions[i].score
    return 1.0 if score is None else abs(one.scored.rows[i].label - score)


def _card(table: TableRun, i: int) -> Card:
    row = table.split.rows[i]
    return Card(
        row=row,
        title=inert(row.example.title or row.example.text[:80]),
        table=table.split.address,
        gold=[_gold(row, defect) for defect in row.defects],
        plain=list(pieces(row.example.text, layers_of(row, None))),
        views=[_view(one, i, row) for one in table.runs if _browsed(one)],
    )


def _view(one: DetectorRun, i: int, row: Row) -> View:
    answer = one.scored.predictions[i]
    flagged = bool(one.scored.flagged[i])
    return View(
        detector=inert(one.named.name),
        outcome=_outcome(answer, flagged, row.label),
        score="-" if answer.score is None else f"{answer.score:.3f}",
        loss=_view_loss(one, i),
        pieces=list(pieces(row.example.text, layers_of(row, answer))) if answer.defects else [],
        predicted=[_predicted(row, defect) for defect in answer.defects or ()],
        says_where=answer.defects is not None,
        error=None if answer.error is None else inert(answer.error),
    )


def _outcome(answer: Prediction, flagged: bool, label: int) -> str:
    if answer.error is not None:
        return "error"
    if label:
        return "found" if flagged else "missed"
    return "false alarm" if flagged else "rightly passed"


def _gold(row: Row, defect: GoldDefect) -> dict[str, str]:
    quoted = [row.example.text[start:end] for start, end in defect.spans]
    against = [row.example.text[start:end] for start, end in defect.evidence]
    return {
        "type": defect.type,
        "spans": inert(" / ".join(quoted)),
        "evidence": inert(" / ".join([*against, *defect.beyond])),
        "explanation": inert(defect.explanation),
    }


def _predicted(row: Row, defect: PredictedDefect) -> str:
    quoted = " / ".join(row.example.text[start:end] for start, end in defect.spans)
    against = " / ".join(row.example.text[start:end] for start, end in defect.evidence)
    words = f"{defect.type or 'defect'}: “{quoted}”"
    return inert(f"{words} against “{against}”" if against else words)

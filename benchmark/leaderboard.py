"""The leaderboard in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmark.metrics.resampling import Estimate
from benchmark.results import signature
from benchmark.run import DetectorRun, Run, TableRun
from benchmark.tasks.localise import found_defects
from perturbations.text.terminal import inert

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the leaderboard."""

    title: str
    task: str
    metric: str
    interval: bool = False
    explanation: str = ""


COLUMNS: Sequence[Column] = (
    Column("AUROC [95 %]", "detect", "auroc", True, "inconsistent above consistent"),
    Column("AP", "detect", "average_precision", False, "average precision"),
    Column("bal. acc", "detect", "balanced_accuracy", False, "at the validation threshold"),
    Column("FPR orig", "detect", "fpr_originals", False, "originals called inconsistent"),
    Column("FPR ctrl", "detect", "fpr_controls", False, "controls called inconsistent"),
    Column("loc. F1", "localise", "f1", False, "characters marked"),
    Column("pair F1", "localise", "evidence_pair_f1", False, "claim and evidence"),
    Column("over-q.", "localise", "over_quotation", False, "marked over gold characters"),
    Column("rank src", "rank", "source_accuracy", False, "variant above its source"),
    Column("rank ctrl", "rank", "control_accuracy", False, "variant above its control"),
)
"""The figures of the leaderboard, in order."""

WIDEST = 10_000
"""Wider than any table: what it would take if the console were no limit."""
LONGEST_TITLE = 60
NOT_SUPPORTED, UNDEFINED = "n/s", "-"
SMALL_MARK, UNRANKED_MARK = "*", "†"


def columns_of(run: Run) -> list[Column]:
    """The columns for the tasks that were asked for."""
    return [column for column in COLUMNS if column.task in run.options.tasks]


def cell(one: DetectorRun, column: Column) -> str:
    """What stands in a cell: a figure, `n/s` (not supported) or `-` (undefined)."""
    if column.task in one.not_supported:
        return NOT_SUPPORTED
    figure = one.figure(column.task, column.metric)
    return UNDEFINED if figure is None else figure_text(figure, interval=column.interval)


def name_of(one: DetectorRun) -> str:
    """A detector's name, marked where it has no rank."""
    return inert(one.named.name) + (f" {UNRANKED_MARK}" if one.reference else "")


def figure_text(figure: Estimate, *, interval: bool = True) -> str:
    """`0.812 [0.740, 0.871]`, starred where it rests on few examples."""
    if figure.value is None:
        return UNDEFINED
    text = f"{figure.value:.3f}" if abs(figure.value) < 100 else f"{figure.value:.0f}"
    if figure.is_small:
        text += SMALL_MARK
    if interval and figure.low is not None and figure.high is not None:
        text += f" [{figure.low:.3f}, {figure.high:.3f}]"
    return text


def remarks(one: DetectorRun) -> list[str]:
    """What a reader must know of a detector's answers."""
    found = [one.reference] if one.reference else []
    if one.answers.errors:
        total = len(one.scored.rows)
        found.append(f"answered {total - one.answers.errors} of {total}, errors count as wrong")
    if one.answers.changed:
        found.append(
            f"{len(one.answers.changed)} of {one.answers.asked_again} answers changed when asked "
            "singly"
        )
    return found


def legend(run: Run) -> str:
    """What the columns and marks mean, in one line."""
    words = "; ".join(f"{c.title.split(' [')[0]}: {c.explanation}" for c in columns_of(run))
    marks = (
        f"{NOT_SUPPORTED}: not supported; {SMALL_MARK}: fewer than 20 examples; "
        f"{UNRANKED_MARK}: unranked"
    )
    return f"{words}; {marks}"


def show(run: Run, console: Console) -> None:
    """Prints leaderboard, case studies, legend and signature."""
    for table in run.tables:
        if table.case_studies:
            console.print(_case_studies(table))
        else:
            for part in _leaderboards(run, table, console):
                console.print(part)
            for one in table.runs:
                for remark in remarks(one):
                    line = f"  {inert(one.named.name)}: {inert(remark)}"
                    console.print(line, style="dim", markup=False, highlight=False)
    console.print(legend(run), style="dim", markup=False, highlight=False)
    console.print(inert(signature(run)), style="dim", soft_wrap=True, markup=False, highlight=False)


def _leaderboards(run: Run, table: TableRun, console: Console) -> list[Table]:
    """One table where it fits the console, else one per task."""
    columns = columns_of(run)
    whole = _leaderboard(table, columns)
    if (
        console.measure(whole, options=console.options.update(width=WIDEST)).maximum
        <= console.width
    ):
        return [whole]
    return [
        _leaderboard(table, [column for column in columns if column.task == task])
        for task in dict.fromkeys(column.task for column in columns)
    ]


def _leaderboard(table: TableRun, columns: Sequence[Column]) -> Table:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    title = f"{table.split.address}: {len(table.split.rows)} rows in {table.groups} groups"
    out = RichTable(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    out.add_column("detector", no_wrap=True)
    for column in columns:
        out.add_column(Text(column.title), justify="right", no_wrap=True)
    for one in table.runs:
        out.add_row(
            Text(name_of(one)),
            *(Text(cell(one, column)) for column in columns),
            style="dim" if one.reference else None,
        )
    return out


def _case_studies(table: TableRun) -> Table:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    title = f"{table.split.address}: case studies, {len(table.split.rows)} articles"
    out = RichTable(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in ("article", "detector", "score", "verdict", "defects found"):
        out.add_column(heading, justify="left" if heading in ("article", "detector") else "right")
    for study in case_studies(table):
        out.add_row(*(Text(inert(study[key])) for key in study))
    return out


def case_studies(table: TableRun) -> Iterator[Mapping[str, str]]:
    """One line per article and detector: what was said, and how many defects were found."""
    for i, row in enumerate(table.split.rows):
        truth = "inconsistent" if row.label else "consistent"
        for one in table.runs:
            answer = one.scored.predictions[i]
            right = bool(one.scored.flagged[i]) == bool(row.label)
            yield {
                "article": f"{_shortened(row.example.title or row.id)} ({truth})",
                "detector": one.named.name,
                "score": "error" if answer.score is None else f"{answer.score:.3f}",
                "verdict": "right" if right else "wrong",
                "defects": NOT_SUPPORTED
                if answer.defects is None
                else f"{found_defects(row, answer)} of {len(row.defects)}"
                f" ({len(answer.defects)} predicted)",
            }


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 3].rstrip()}..."

"""What an audit looks like in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from builder.audit.applicability import TITLES, Probe
from builder.audit.resampling import THRESHOLD, Estimate
from builder.audit.result import AuditReport, Cell, Row, Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_COLOURS = {
    Verdict.PASS: "green",
    Verdict.FAIL: "bold red",
    Verdict.UNDETERMINED: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.TOO_FEW: "dim",
}


def render(report: AuditReport, console: Console) -> None:
    """Prints the tables by type and, where a type has several, by perturbation; then the notes."""
    console.print(
        _table("Audit by type: AUROC [95 %], share of pairs told apart, verdict", report.types)
    )
    several = [
        row
        for row in report.perturbations
        if sum(other.type == row.type for other in report.perturbations) > 1
    ]
    if several:
        console.print(_table("Types with several perturbations, one by one", several))
    for line in _notes(report):
        console.print(line, markup=False, highlight=False)


def _table(title: str, rows: Iterable[Row]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("")
    table.add_column("pairs", justify="right")
    table.add_column("groups", justify="right")
    for probe in Probe:
        table.add_column(TITLES[probe])
    for row in rows:
        cells = [_cell(row.cell(probe), row) for probe in Probe]
        table.add_row(row.name, str(row.pairs), str(row.groups), *cells)
    return table


def _cell(cell: Cell, row: Row) -> Text:
    from rich.text import Text

    found, colour = cell.estimate, _COLOURS[cell.verdict]
    if found is None:
        return Text(str(cell.verdict), style=colour)
    size = "" if cell.pairs == row.pairs else f"\n{cell.pairs} pairs"
    figures = f"{found.auroc:.2f} [{found.low:.2f}, {found.high:.2f}]"
    return Text(f"{figures}\n{found.accuracy:.0%} {cell.verdict}{size}", style=colour)


def _notes(report: AuditReport) -> Iterator[str]:
    cells = [(row, cell) for row in report.types for cell in row.cells]
    for row, cell in cells:
        if cell.verdict is Verdict.FAIL and cell.estimate is not None:
            yield (
                f"FAIL  {_place(row, cell)}: {_figures(cell.estimate)}; after Holm "
                f"{_p(cell.p_holm)} (AUROC), {_p(cell.accuracy_p_holm)} (pairs)"
            )
        if cell.below_chance:
            yield (
                f"note  {_place(row, cell)}: below chance ({_p(cell.p_holm)} after Holm); "
                "turned round, it would know"
            )
    yield from _open(report.types)
    yield from _left_out(report, cells)
    yield (
        f"{report.pairs} pairs of {report.groups} groups; fail: an interval above {THRESHOLD:.2f}, "
        "not by chance (p < 0.05 after Holm); pass: AUROC surely not above; types decide"
    )
    yield report.signature


def _open(rows: Iterable[Row]) -> Iterator[str]:
    """What is undetermined, and how many pairs would settle it; one line a type."""
    for row in rows:
        left = [cell for cell in row.cells if cell.verdict is Verdict.UNDETERMINED]
        if not left:
            continue
        known = [cell.needed for cell in left if cell.needed is not None]
        needed = f"about {max(known)}" if known else "many more"
        names = ", ".join(TITLES[cell.probe].replace(", ", " and ") for cell in left)
        fewest = min(cell.pairs for cell in left)
        yield f"open  {row.name}: {fewest} pairs, {needed} would settle it: {names}"


def _left_out(report: AuditReport, cells: list[tuple[Row, Cell]]) -> Iterator[str]:
    reasons = {cell.reason for _, cell in cells if cell.verdict is Verdict.NOT_APPLICABLE}
    for reason in sorted(filter(None, reasons)):
        yield f"not applicable: {reason}"
    for row, cell in cells:
        if cell.verdict is Verdict.TOO_FEW:
            yield f"too few: {_place(row, cell)}: {cell.reason}"
        if cell.reason and cell.estimate is not None:
            yield f"AUROC alone decides: {_place(row, cell)}: {cell.reason}"
        if cell.left_out:
            yield f"left out: {_place(row, cell)}: pairs that it can't be shown: {cell.left_out}"
    for slug, count in report.without_control.items():
        yield f"left out: {slug}: variants without a control: {count}"
    for name, count in report.beyond_limit.items():
        yield f"left out: {name}: pairs beyond the number that is looked at: {count}"


def _place(row: Row, cell: Cell) -> str:
    return f"{row.name}, {TITLES[cell.probe]}"


def _figures(found: Estimate) -> str:
    return (
        f"AUROC {found.auroc:.2f} [{found.low:.2f}, {found.high:.2f}], pairs told apart "
        f"{found.accuracy:.0%} [{found.accuracy_low:.0%}, {found.accuracy_high:.0%}]"
    )


def _p(value: float | None) -> str:
    if value is None:
        return "p unknown"
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"

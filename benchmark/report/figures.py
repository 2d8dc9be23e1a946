"""The report's pictures, as inline SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from benchmark.metrics.ranking import roc_curve
from benchmark.metrics.resampling import Estimate
from benchmark.run import DetectorRun, TableRun
from benchmark.tasks import Key
from perturbations.text.terminal import inert

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555")
"""Okabe and Ito's palette, which people with colour blindness tell apart."""
STYLES = ("-", "--", "-.", ":")
LONGEST_NAME = 28


def roc(table: TableRun) -> str:
    """ROC curves of the detectors that answered with more than one score."""
    figure, axes = _figure(5.2, 4.6)
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle=(0, (2, 3)))
    for i, one in enumerate(_shown(table)):
        false, true = roc_curve(one.scored.scores, one.scored.positive)
        axes.plot(
            false,
            true,
            label=_name(one),
            color=COLOURS[i % len(COLOURS)],
            linestyle=STYLES[i % len(STYLES)],
            linewidth=1.8,
        )
    axes.set_xlabel("false positive rate")
    axes.set_ylabel("true positive rate")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    axes.set_aspect("equal")
    axes.legend(fontsize=8, frameon=False, loc="lower right")
    return _svg(figure, "roc", "ROC curves of the detectors")


def auroc(table: TableRun) -> str:
    """AUROC of every detector with its interval."""
    runs = [one for one in table.runs if one.figure("detect", "auroc") is not None]
    figure, axes = _figure(6.4, 0.7 + 0.34 * len(runs))
    for i, one in enumerate(reversed(runs)):
        colour = "#777777" if one.reference else COLOURS[0]
        _point(axes, one.figure("detect", "auroc"), i, colour, "o")
    axes.axvline(0.5, color="#999999", linewidth=0.8, linestyle=(0, (2, 3)))
    axes.set_yticks(range(len(runs)), [_name(one) for one in reversed(runs)], fontsize=8)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.6, len(runs) - 0.4)
    axes.set_xlabel("AUROC, 95 % interval by groups")
    return _svg(figure, "auroc", "AUROC of every detector with its interval")


def by_type(table: TableRun) -> str:
    """AUROC per defect type, each type against its own sources and controls."""
    runs = _shown(table)
    counts = {
        key.level: estimate.n
        for one in runs
        for key, estimate in one.estimates.items()
        if key.task == "detect" and key.breakdown == "type" and key.metric == "auroc"
    }
    types = sorted(counts)
    height = 0.2 * max(len(runs), 1) + 0.15
    figure, axes = _figure(6.8, 1.1 + height * len(types))
    for place, slug in enumerate(reversed(types)):
        for i, one in enumerate(runs):
            at = place + 0.36 - 0.72 * (i + 0.5) / len(runs)
            estimate = one.estimates.get(Key("detect", "auroc", "type", slug))
            _bar(axes, estimate, at, COLOURS[i % len(COLOURS)], 0.6 / len(runs))
    labels = [f"{slug}\nn={counts[slug]}" + ("*" if counts[slug] < 20 else "") for slug in types]
    axes.axvline(0.5, color="#999999", linewidth=0.8, linestyle=(0, (2, 3)))
    axes.set_yticks(range(len(types)), list(reversed(labels)), fontsize=8)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.6, len(types) - 0.4)
    axes.set_xlabel("AUROC against own sources and controls, 95 % interval")
    handles = [_handle(one, i) for i, one in enumerate(runs)]
    axes.legend(
        handles=handles, fontsize=8, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3
    )
    return _svg(figure, "types", "AUROC of every detector by type of defect")


def _shown(table: TableRun) -> list[DetectorRun]:
    """Detectors whose order of rows says something: not those with one score for all."""
    return [one for one in table.runs if len(set(one.scored.scores.tolist())) > 1]


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as MatplotlibFigure

    figure = MatplotlibFigure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _point(axes: Axes, estimate: Estimate | None, at: float, colour: str, marker: str) -> None:
    if estimate is None or estimate.value is None:
        return
    if estimate.low is not None and estimate.high is not None:
        axes.plot([estimate.low, estimate.high], [at, at], color=colour, linewidth=2)
    axes.plot([estimate.value], [at], marker=marker, markersize=6, color=colour)


def _bar(axes: Axes, estimate: Estimate | None, at: float, colour: str, height: float) -> None:
    if estimate is None or estimate.value is None:
        return
    faded = 0.45 if estimate.is_small else 0.85
    axes.barh(at, estimate.value, height=height, color=colour, alpha=faded)
    if estimate.low is not None and estimate.high is not None:
        axes.plot([estimate.low, estimate.high], [at, at], color="#222222", linewidth=1.1)


def _handle(one: DetectorRun, i: int) -> Any:
    from matplotlib.patches import Patch

    return Patch(color=COLOURS[i % len(COLOURS)], label=_name(one))


def _name(one: DetectorRun) -> str:
    """A name that fits, and that matplotlib reads neither as mathematics nor as a hidden label."""
    name = inert(one.named.name)
    if len(name) > LONGEST_NAME:
        name = f"...{name[-LONGEST_NAME:]}"
    name = name.replace("$", r"\$").lstrip("_")
    return f"{name} \N{DAGGER}" if one.reference else name


def _svg(figure: Figure, salt: str, title: str) -> str:
    """The figure as an SVG element: no prolog, no metadata, ids of its own, scaling with the page.

    Everything in it that comes from outside is escaped by matplotlib's writer.
    """
    from matplotlib import rc_context

    out = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": salt, "svg.id": salt}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    size = re.match(r'<svg[^>]*?width="([\d.]+)pt"', text)
    width = f"{float(size.group(1)) * 4 / 3:.0f}px" if size else "100%"
    opening = f'<svg role="img" aria-label="{title}" style="width:100%;max-width:{width}"'
    head, rest = text.split(">", 1)
    head = re.sub(r' (width|height)="[\d.]+pt"', "", head)
    return opening + head.removeprefix("<svg") + ">" + rest


def pictures(table: TableRun, tasks: Sequence[str]) -> list[tuple[str, str]]:
    """Captions and pictures for a table; none where detection was not asked for."""
    if "detect" not in tasks or not _shown(table):
        return []
    found = [
        ("AUROC with 95 % intervals (groups resampled)", auroc(table)),
        ("ROC curves (detectors with one score for all rows are left out)", roc(table)),
    ]
    if any(key.breakdown == "type" for key in table.runs[0].estimates):
        caption = (
            "AUROC by type of defect, against each type's own sources and controls; "
            "faint and starred: fewer than 20 variants"
        )
        found.append((caption, by_type(table)))
    return found

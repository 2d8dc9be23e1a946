"""The audit: every probe on every type and every perturbation of a release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

from builder.audit.applicability import MAY_RANK, NOT_APPLICABLE, Probe
from builder.audit.pairs import AuditPair, read_pairs
from builder.audit.probes import MIN_GROUPS, Probes
from builder.audit.resampling import (
    LEVEL,
    THRESHOLD,
    Estimate,
    Ints,
    estimate,
    holm,
    pairs_needed,
    swaps,
)
from builder.audit.result import AuditReport, Cell, Row, Verdict
from builder.errors import UsageError
from perturbations.defects import TAXONOMY

Progress = Callable[[int, int], None]

SWAPS_PER_CELL = 25
"""Draws of a test per cell of the table: with 20, Holm could leave no p value below 0.05."""

_LIBRARIES = ("scikit-learn", "numpy", "scipy")


def audit(
    folder: Path, *, resamples: int = 1000, seed: int = 0, progress: Progress | None = None
) -> AuditReport:
    """Asks the probes whether variants can be told from their controls without understanding.

    Args:
        folder: a release with the configs `pairs` and `default`; all splits are pooled.
        resamples: draws of each interval, and at least so many of each test.
        seed: of the draws; the same seed gives the same report.
        progress: called with (cells done, all cells).

    Raises:
        UsageError: the folder holds no pairs, a shard is missing, or `resamples` is not positive.
        BuilderError: a pair does not fit its rows.
    """
    from threadpoolctl import threadpool_limits

    if resamples < 1:
        raise UsageError(f"resamples must be positive, got {resamples}")
    found = read_pairs(folder)
    if not found.pairs:
        raise UsageError(f"{folder} has no variant with a control: there is nothing to compare")
    auditor = _Auditor(Probes(found.pairs), resamples, seed, progress)
    # Hundreds of small systems: more threads would only wait for each other, minutes on a busy
    # machine, and round differently on machines of different size.
    with threadpool_limits(limits=1, user_api="blas"):
        types, perturbations = auditor.rows()
    return AuditReport(
        types=types,
        perturbations=perturbations,
        pairs=len(found.pairs),
        groups=len({pair.group for pair in found.pairs}),
        without_control=found.without_control,
        beyond_limit=found.beyond_limit,
        resamples=resamples,
        swaps=auditor.swaps,
        seed=seed,
        versions={name: version(name) for name in _LIBRARIES},
    )


class _Auditor:
    """Works out cells, each set of pairs once, and counts them."""

    def __init__(
        self, probes: Probes, resamples: int, seed: int, progress: Progress | None
    ) -> None:
        self._probes = probes
        self._resamples = resamples
        self.swaps = max(resamples, SWAPS_PER_CELL * _most_cells(probes.pairs))
        self._seed = seed
        self._progress = progress
        self._known: dict[tuple[Probe, tuple[int, ...]], Cell] = {}

    def rows(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Rows by type and by perturbation, each table with its own Holm correction."""
        order = {slug: place for place, slug in enumerate(TAXONOMY)}
        types: dict[str, list[int]] = {}
        perturbations: dict[tuple[str, str], list[int]] = {}
        for i, pair in enumerate(self._probes.pairs):
            types.setdefault(pair.type, []).append(i)
            perturbations.setdefault((pair.type, pair.perturbation), []).append(i)
        todo = [(slug, slug, types[slug]) for slug in sorted(types, key=order.__getitem__)]
        keys = sorted(perturbations, key=lambda key: (order[key[0]], key[1]))
        todo += [(name, slug, perturbations[slug, name]) for slug, name in keys]
        made = []
        for done, (name, slug, places) in enumerate(todo, start=1):
            made.append(self._row(name, slug, np.array(places, dtype=np.int64)))
            if self._progress is not None:
                self._progress(done * len(Probe), len(todo) * len(Probe))
        return _corrected(made[: len(types)]), _corrected(made[len(types) :])

    def _row(self, name: str, slug: str, rows: Ints) -> Row:
        pairs = self._probes.pairs
        edits = [(len(pairs[i].variant.ledger), len(pairs[i].control.ledger)) for i in rows]
        variant, control = np.mean(edits, axis=0)
        return Row(
            name=name,
            type=slug,
            pairs=len(rows),
            groups=self._groups(rows),
            edits=(float(variant), float(control)),
            cells=tuple(self._cell(probe, slug, rows) for probe in Probe),
        )

    def _cell(self, probe: Probe, slug: str, rows: Ints) -> Cell:
        reason = NOT_APPLICABLE.get((slug, probe))
        if reason is not None:
            groups = self._groups(rows)
            return Cell(probe, Verdict.NOT_APPLICABLE, len(rows), groups, reason=reason)
        key = probe, tuple(int(i) for i in rows)
        if key not in self._known:
            self._known[key] = self._asked(probe, rows)
        return self._known[key]

    def _asked(self, probe: Probe, rows: Ints) -> Cell:
        asked = self._probes.askable(probe, rows)
        groups, left_out = self._groups(asked), len(rows) - len(asked)
        cell = Cell(probe, Verdict.TOO_FEW, len(asked), groups, left_out=left_out)
        if groups < MIN_GROUPS:
            return replace(cell, reason=f"fewer than {MIN_GROUPS} groups")
        differing = self._probes.differing(probe, asked)
        cell = replace(cell, differing=differing)
        if not differing:
            return replace(cell, estimate=_BLIND)
        signs = swaps(self._probes.groups[asked], self.swaps, self._seed)
        scores = self._probes.scores(probe, asked, signs)
        if scores is None:
            return replace(cell, reason="too few pairs of other operators to learn from")
        found = estimate(
            scores,
            self._probes.groups[asked],
            signs,
            resamples=self._resamples,
            seed=self._seed,
        )
        return replace(cell, estimate=found)

    def _groups(self, rows: Ints) -> int:
        return len(np.unique(self._probes.groups[rows]))


def _most_cells(pairs: Sequence[AuditPair]) -> int:
    """The size of the larger of both tables."""
    return len({(pair.type, pair.perturbation) for pair in pairs}) * len(Probe)


_BLIND = Estimate(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1.0, 1.0, 0.0)
"""Where both sides of every pair look the same, no function of the view can tell them apart."""


def verdict_of(
    found: Estimate, p_holm: float, accuracy_p_holm: float, *, may_rank: bool = False
) -> Verdict:
    """Fail: the interval lies above the threshold. Pass: it ends there. Else undetermined.

    An interval takes the scores as given, and with few pairs chance trains models that seem to
    know: so a failure needs, besides, that the retrained test rules out chance for the whole table.
    Within-pair accuracy can fail as AUROC can: if every variant is a little longer than its
    control, AUROC stays near 0.5 among articles of all lengths, but whoever ranks a variant against
    its control is always right. With `may_rank`, it decides nothing.
    """
    level = 1 - LEVEL
    apart = found.accuracy_low > THRESHOLD and not may_rank
    if (found.low > THRESHOLD and p_holm < level) or (apart and accuracy_p_holm < level):
        return Verdict.FAIL
    return Verdict.PASS if found.high <= THRESHOLD and not apart else Verdict.UNDETERMINED


def _corrected(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with p values corrected over all of their cells, and the verdicts that follow."""
    found = [cell.estimate for row in rows for cell in row.cells if cell.estimate is not None]
    corrected = zip(
        holm([one.p for one in found]), holm([one.accuracy_p for one in found]), strict=True
    )
    return tuple(
        replace(
            row,
            cells=tuple(
                cell
                if cell.estimate is None
                else _decided(cell, cell.estimate, row.type, *next(corrected))
                for cell in row.cells
            ),
        )
        for row in rows
    )


def _decided(cell: Cell, found: Estimate, slug: str, p_holm: float, accuracy_p_holm: float) -> Cell:
    may_rank = MAY_RANK.get((slug, cell.probe))
    verdict = verdict_of(found, p_holm, accuracy_p_holm, may_rank=may_rank is not None)
    return replace(
        cell,
        verdict=verdict,
        p_holm=p_holm,
        accuracy_p_holm=accuracy_p_holm,
        reason=may_rank,
        needed=pairs_needed(cell.pairs, found) if verdict is Verdict.UNDETERMINED else None,
    )

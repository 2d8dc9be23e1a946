"""One run: detectors over the tables of a release, and every figure with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from benchmark.answers import Answers, ask, train, unanswered
from benchmark.dataset import Release, Split
from benchmark.detectors.catalogue import REFERENCE_LINE, resolve
from benchmark.detectors.protocol import Named
from benchmark.errors import UsageError, nearest
from benchmark.metrics.ranking import best_threshold
from benchmark.metrics.resampling import SMALL, Estimate, Resampler, Statistic
from benchmark.progress import Task as StartProgress
from benchmark.tasks import TASKS, Key, NotSupportedError, Scored
from perturbations.knowledge.horizon import beyond

SYNTHETIC, NATURAL = "default", "natural"
REFERENCE_LINES = ("mark-all", "mark-none")
"""Detectors that stand beside all others wherever places are scored."""
FALLBACK_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked to do."""

    detectors: tuple[str, ...]
    dataset: Path
    config: str = SYNTHETIC
    split: str = "test"
    tasks: tuple[str, ...] = tuple(TASKS)
    resamples: int = 1000
    seed: int = 0
    knowledge: Path | None = None
    """A folder of tables that detectors lay over the shipped knowledge."""

    def __post_init__(self) -> None:
        for task in self.tasks:
            if task not in TASKS:
                raise UsageError(
                    f"unknown task {task!r}{nearest(task, TASKS)}; known are {', '.join(TASKS)}"
                )
        if self.resamples < 0:
            raise UsageError(f"resamples must be 0 or more, got {self.resamples}")
        if not self.detectors:
            raise UsageError("name at least one detector; `benchmark detectors` lists them")


@dataclass(frozen=True, slots=True)
class Threshold:
    """The score from which an answer says *inconsistent*, and what it was chosen on."""

    value: float
    chosen_on: str


@dataclass(frozen=True, slots=True)
class DetectorRun:
    """One detector over one table. `not_supported` gives the reason by task."""

    named: Named
    answers: Answers
    scored: Scored
    threshold: Threshold
    estimates: dict[Key, Estimate]
    not_supported: dict[str, str]
    reference: str | None

    def figure(self, task: str, metric: str) -> Estimate | None:
        """An overall figure, or None where the task is not supported or was not asked for."""
        return self.estimates.get(Key(task, metric))


@dataclass(frozen=True, slots=True)
class TableRun:
    """All detectors over one split; `runs` stand in the order of the leaderboard."""

    split: Split
    resampler: Resampler
    runs: tuple[DetectorRun, ...]

    @property
    def groups(self) -> int:
        """How many groups the split has."""
        return len(self.resampler.names)

    @property
    def case_studies(self) -> bool:
        """Whether the table is read article by article: natural, and too few for figures."""
        return self.split.config == NATURAL and self.groups < SMALL


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: the table asked for first, then the natural articles beside it."""

    options: Options
    release: Release
    tables: tuple[TableRun, ...] = field(default=())
    warnings: tuple[str, ...] = ()


def run(options: Options, start: StartProgress) -> Run:
    """Asks every detector about every row, and scores the answers.

    Args:
        options: what to do.
        start: starts a line of progress.

    Raises:
        UsageError: an unknown detector, config, split or task.
        ReleaseError: the release is not what its manifest says.
    """
    detectors = _detectors(options)
    release = Release.open(options.dataset)
    splits = [release.read(options.config, options.split)]
    if options.config == SYNTHETIC and release.has(NATURAL, "test"):
        splits.append(release.read(NATURAL, "test"))
    teaching = _Teaching.of(release, detectors, needed="detect" in options.tasks)
    resamplers = [
        Resampler([row.group for row in split.rows], options.resamples, options.seed)
        for split in splits
    ]
    found: list[list[DetectorRun]] = [[] for _ in splits]
    for named in detectors:
        failure = teaching.train(named)
        threshold = teaching.threshold(named, failure, start)
        for split, resampler, runs in zip(splits, resamplers, found, strict=True):
            if failure is None:
                advance = start(f"{named.name} on {split.address}", len(split.rows))
                answers = ask(named.detector, split.rows, advance=advance)
            else:
                answers = unanswered(split.rows, failure)
            runs.append(_score(named, split, resampler, answers, threshold, options))
    tables = [
        TableRun(split, resampler, tuple(sorted(runs, key=_rank)))
        for split, resampler, runs in zip(splits, resamplers, found, strict=True)
    ]
    return Run(options, release, tuple(tables), tuple(_warnings(detectors, splits)))


def _detectors(options: Options) -> list[Named]:
    names = list(dict.fromkeys(options.detectors))
    if "localise" in options.tasks:
        names += [name for name in REFERENCE_LINES if name not in names]
    return [resolve(name, options.seed, options.knowledge) for name in names]


def _warnings(detectors: Sequence[Named], splits: Sequence[Split]) -> Iterator[str]:
    """What the tables of the detectors do not reach; a group of rows is one article."""
    days = {}
    for split in splits:
        for row in split.rows:
            example = row.example
            said = [day for day in (example.published, example.updated) if day]
            days[row.group] = date.fromisoformat(max(said)) if said else None
    tables = {one.digest: one for named in detectors if (one := named.knowledge) is not None}
    for knowledge in tables.values():
        yield from beyond(days.values(), knowledge)


@dataclass(frozen=True, slots=True)
class _Teaching:
    """The splits that detectors learn from and that thresholds are chosen on."""

    train_split: Split | None
    validation: Split | None

    @classmethod
    def of(cls, release: Release, detectors: Sequence[Named], needed: bool) -> _Teaching:
        trainable = [named.name for named in detectors if named.trainable is not None]
        if trainable and not release.has(SYNTHETIC, "train"):
            raise UsageError(
                f"detector {trainable[0]!r} learns from {SYNTHETIC}/train, which "
                f"'{release.folder}' does not have"
            )
        validation = needed and release.has(SYNTHETIC, "validation")
        return cls(
            release.read(SYNTHETIC, "train") if trainable else None,
            release.read(SYNTHETIC, "validation") if validation else None,
        )

    def train(self, named: Named) -> str | None:
        """Lets a trainable detector learn; returns why it could not, or None."""
        if named.trainable is None or self.train_split is None:
            return None
        reason = train(named.trainable, self.train_split.rows)
        return f"could not learn: {reason}" if reason else None

    def threshold(self, named: Named, failure: str | None, start: StartProgress) -> Threshold:
        """The threshold with the best balanced accuracy on the validation split."""
        split = self.validation
        if split is None or failure is not None:
            return Threshold(FALLBACK_THRESHOLD, "nothing (no validation answers)")
        advance = start(f"{named.name} on {split.address}", len(split.rows))
        answers = ask(named.detector, split.rows, advance=advance, recheck=0)
        answered = [
            (answer.score, row.label == 1)
            for row, answer in zip(split.rows, answers.of(split.rows), strict=True)
            if answer.score is not None
        ]
        labels = np.array([label for _, label in answered], dtype=bool)
        if not labels.any() or labels.all():
            return Threshold(FALLBACK_THRESHOLD, "nothing (no validation answers)")
        scores = np.array([score for score, _ in answered], dtype=np.float64)
        return Threshold(best_threshold(scores, labels), split.address)


def _score(
    named: Named,
    split: Split,
    resampler: Resampler,
    answers: Answers,
    threshold: Threshold,
    options: Options,
) -> DetectorRun:
    scored = Scored(split.rows, answers.of(split.rows), resampler.index, threshold.value)
    statistics: dict[Key, Statistic] = {}
    not_supported: dict[str, str] = {}
    for task in options.tasks:
        try:
            statistics |= TASKS[task](scored)
        except NotSupportedError as reason:
            not_supported[task] = str(reason)
    circular = split.config == SYNTHETIC or named.reference == REFERENCE_LINE
    return DetectorRun(
        named=named,
        answers=answers,
        scored=scored,
        threshold=threshold,
        estimates=resampler.estimate(statistics),
        not_supported=not_supported,
        reference=named.reference if circular else None,
    )


def _rank(one: DetectorRun) -> tuple[bool, bool, float, str]:
    """Order of the leaderboard: by AUROC (or the first task's figure), references last."""
    for task, metric in (("detect", "auroc"), ("localise", "f1"), ("rank", "control_accuracy")):
        figure = one.figure(task, metric)
        if figure is not None and figure.value is not None:
            return (one.reference is not None, False, -figure.value, one.named.name)
    return (one.reference is not None, True, 0.0, one.named.name)

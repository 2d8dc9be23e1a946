"""Metrics: statistics per example, aggregates of them, and one engine that resamples groups."""

from benchmark.metrics.ranking import AUROC, AveragePrecision
from benchmark.metrics.resampling import Estimate, Resampler, Statistic
from benchmark.metrics.sums import Sums

__all__ = ["AUROC", "AveragePrecision", "Estimate", "Resampler", "Statistic", "Sums"]

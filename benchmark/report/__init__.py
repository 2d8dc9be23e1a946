"""The report of a run: one HTML file that needs nothing beside itself."""

from benchmark.report.render import render

__all__ = ["render"]

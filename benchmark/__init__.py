"""From a release to scores: a gold-free view of it, detectors, tasks, metrics and a report."""

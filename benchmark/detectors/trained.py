"""Baselines that learn from the train split: by length alone, and by words and characters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from benchmark.dataset import Example
from benchmark.detectors.protocol import Labelled
from benchmark.errors import ReleaseError


class Length:
    """Logistic regression over lengths only; what it can do, a release has leaked."""

    def __init__(self) -> None:
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        self.model: Any = make_pipeline(StandardScaler(), LogisticRegression())

    def fit(self, rows: Sequence[Labelled]) -> None:
        """Fits the regression.

        Raises:
            ReleaseError: the rows have one label only.
        """
        self.model.fit([_lengths(row.example) for row in rows], _labels(rows, "length"))

    def predict(self, batch: Sequence[Example]) -> list[float]:
        """The regression's probability for each."""
        found = self.model.predict_proba([_lengths(example) for example in batch])
        return [float(p) for p in found[:, 1]]


class Tfidf:
    """Logistic regression over word and character n-grams, weighted by TF-IDF."""

    def __init__(self, seed: int) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union

        grams = make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            TfidfVectorizer(
                analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True,
                max_features=200_000,
            ),
        )  # fmt: skip
        self.model: Any = make_pipeline(
            grams,
            LogisticRegression(C=4.0, max_iter=1000, class_weight="balanced", random_state=seed),
        )

    def fit(self, rows: Sequence[Labelled]) -> None:
        """Learns vocabulary, weights and regression.

        Raises:
            ReleaseError: the rows have one label only.
        """
        self.model.fit([row.example.text for row in rows], _labels(rows, "tfidf"))

    def predict(self, batch: Sequence[Example]) -> list[float]:
        """The regression's probability for each."""
        found = self.model.predict_proba([example.text for example in batch])
        return [float(p) for p in found[:, 1]]


def _lengths(example: Example) -> list[float]:
    body = example.text[len(example.title) :]
    words = len(body.split())
    return [
        math.log1p(len(body)),
        math.log1p(words),
        math.log1p(len(example.title)),
        math.log1p(body.count("\n")),
        len(body) / max(words, 1),
    ]


def _labels(rows: Sequence[Labelled], name: str) -> list[int]:
    labels = [row.label for row in rows]
    if len(set(labels)) < 2:
        raise ReleaseError(
            f"detector {name!r} learns from rows of both labels, but the train split has only "
            f"label {labels[0] if labels else 'none'}"
        )
    return labels

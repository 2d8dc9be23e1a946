"""What the probes learn with: regularised least squares on n-grams, or on numbers.

Least squares because it learns a thousand labellings for the price of one: the permutation test
can train anew on every swap of variants and controls. Swapping finished scores instead would call
chance significant two to four times too often, because scores of different folds depend on each
other through the pairs they were trained on. Its kernels are the adversary's fixed means, the same
for every type, and nothing about them is chosen by looking at a release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from builder.audit.resampling import Floats, Ints

FOLDS = 5
PENALTY = 0.1
"""Of the squared norm (`alpha`), where a text's similarity to itself is 1."""
CHARACTERS = (2, 3, 4)
"""Lengths of character n-grams."""
_TOKEN = re.compile(r"\w+|[^\w\s]|\s{2,}|\n")
"""Words, marks, and white space other than a single blank: each can give a variant away."""
_DECIMALS = 9
"""Scores are compared to so many decimals: sums of the same numbers must tie."""


class Scorer(Protocol):
    """Says how alike pairs are, as far as the view tells; learns nothing from labels."""

    def kernels(self, train: Ints, test: Ints) -> tuple[Floats, Floats]:
        """Similarities of train to train and of test to train; two rows (and columns) a pair."""
        ...


def folds(groups: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yields (train, test) positions, `FOLDS` times or once per group; no group is in both."""
    from sklearn.model_selection import GroupKFold

    count = min(FOLDS, len(np.unique(groups)))
    yield from GroupKFold(n_splits=count).split(np.zeros(len(groups)), groups=groups)


def out_of_fold(scorer: Scorer, pairs: Ints, groups: Ints, signs: Floats) -> Floats:
    """Scores every pair by a model that has seen no pair of its group, once per labelling.

    Args:
        scorer: what sees the pairs.
        pairs: indices of the pairs, as the scorer knows them.
        groups: the group of every pair that the scorer knows.
        signs: shape (len(pairs), labellings): 1 where the variant is called the variant, -1
            where variant and control have changed places.

    Returns:
        Shape (len(pairs), 2, labellings); the true variant stands first, whatever it is called.
    """
    scored = np.zeros((len(pairs), 2, signs.shape[1]))
    for train, test in folds(groups[pairs]):
        scored[test] = learnt(scorer, pairs[train], pairs[test], signs[train])
    return scored.round(_DECIMALS)


def transferred(scorer: Scorer, pairs: Ints, others: Ints, groups: Ints) -> Floats:
    """Scores every pair by a model that learnt from `others`, and of them no pair of its group.

    Returns:
        Shape (len(pairs), 2, 1): the labels of `pairs` are learnt from in no fold.
    """
    scored = np.zeros((len(pairs), 2, 1))
    for _, test in folds(groups[pairs]):
        held = groups[pairs[test]]
        train = others[~np.isin(groups[others], held)]
        scored[test] = learnt(scorer, train, pairs[test], np.ones((len(train), 1)))
    return scored.round(_DECIMALS)


def learnt(scorer: Scorer, train: Ints, test: Ints, signs: Floats) -> Floats:
    """Least squares on the labels of `train`, asked about `test`: (len(test), 2, labellings)."""
    from sklearn.kernel_ridge import KernelRidge

    known, asked = scorer.kernels(train, test)
    labels = np.stack([signs, -signs], axis=1).reshape(2 * len(train), -1)
    model = KernelRidge(alpha=PENALTY, kernel="precomputed").fit(known, labels)
    scores: Floats = model.predict(asked).reshape(len(test), 2, -1)
    return scores


def ngrams(text: str) -> list[str]:
    """Words and marks, their bigrams, and character n-grams, case and white space kept."""
    tokens = _TOKEN.findall(text)
    found = [f"w:{token}" for token in tokens]
    found += [f"b:{one} {two}" for one, two in pairwise(tokens)]
    for size in CHARACTERS:
        found += [text[at : at + size] for at in range(len(text) - size + 1)]
    return found


def counts(texts: Sequence[tuple[str, str]]) -> Any:
    """n-gram counts of pairs of texts: a sparse matrix, rows 2i (variant) and 2i + 1 (control).

    n-grams that differ in no pair are left out: with both labels on each, they tell nothing.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    flat = [text for pair in texts for text in pair]
    if not any(flat):
        from scipy.sparse import csr_matrix

        return csr_matrix((len(flat), 0))
    matrix = CountVectorizer(analyzer=ngrams, dtype=np.float64).fit_transform(flat)
    return matrix[:, _differing(matrix)]


def _differing(matrix: Any) -> Ints:
    """Columns in which a variant and its control differ somewhere."""
    columns: Ints = np.unique((matrix[0::2] - matrix[1::2]).tocoo().col[:])
    return columns


class NgramScorer:
    """Cosine of the tf-idf weights of the n-grams that differ in some training pair.

    Args:
        blocks: count matrices as `counts` makes them, one per text of a pair; weighted apart.
    """

    def __init__(self, blocks: Sequence[Any]) -> None:
        self._blocks = tuple(blocks)

    def kernels(self, train: Ints, test: Ints) -> tuple[Floats, Floats]:
        """Sums over the blocks; zero where no training pair differs."""
        from sklearn.feature_extraction.text import TfidfTransformer

        known = np.zeros((2 * len(train), 2 * len(train)))
        asked = np.zeros((2 * len(test), 2 * len(train)))
        for block in self._blocks:
            seen, unseen = block[_rows(train)], block[_rows(test)]
            columns = _differing(seen)
            if len(columns):
                weight = TfidfTransformer(sublinear_tf=True)
                one = weight.fit_transform(seen[:, columns])
                two = weight.transform(unseen[:, columns])
                known += (one @ one.T).toarray()
                asked += (two @ one.T).toarray()
        return known, asked


class NumericScorer:
    """A straight and a bent kernel (linear and Gaussian) on standardised numbers.

    Args:
        numbers: shape (2 * pairs, features), rows 2i (variant) and 2i + 1 (control).
    """

    def __init__(self, numbers: Floats) -> None:
        self._numbers = numbers

    def kernels(self, train: Ints, test: Ints) -> tuple[Floats, Floats]:
        """The mean product of features plus the Gaussian of their mean squared difference."""
        from sklearn.metrics.pairwise import rbf_kernel
        from sklearn.preprocessing import StandardScaler

        scale = StandardScaler()
        seen = scale.fit_transform(self._numbers[_rows(train)])
        unseen = scale.transform(self._numbers[_rows(test)])
        count = seen.shape[1]
        return (
            seen @ seen.T / count + rbf_kernel(seen),
            unseen @ seen.T / count + rbf_kernel(unseen, seen),
        )


def _rows(pairs: Ints) -> Ints:
    rows: Ints = np.stack([2 * pairs, 2 * pairs + 1], axis=1).ravel()
    return rows

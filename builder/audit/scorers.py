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

from builder.audit.resampling import Floats, Ints, Scores

FOLDS = 5
PENALTY = 0.1
"""Of the squared norm (`alpha`), in terms of the mean similarity of a text to itself."""
DENSE = 0.1
"""Share of texts that have an n-gram, above which its column counts as common."""
CHARACTERS = (2, 3, 4)
"""Lengths of character n-grams."""
_TOKEN = re.compile(r"\w+|[^\w\s]|\s{2,}|\n")
"""Words, marks, and white space other than a single blank: each can give a variant away."""
_DECIMALS = 9
"""Scores are compared to so many decimals: sums of the same numbers must tie."""


class Scorer(Protocol):
    """Says how alike texts are, as far as a view tells; it knows no label."""

    def kernel(self, pairs: Ints, basis: Ints) -> Floats:
        """Similarities between the texts of `pairs`: two rows and two columns a pair.

        Features are chosen and weighted by the pairs `basis`.
        """
        ...


def folds(groups: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yields (train, test) positions, `FOLDS` times or once per group; no group is in both."""
    from sklearn.model_selection import GroupKFold

    count = min(FOLDS, len(np.unique(groups)))
    yield from GroupKFold(n_splits=count).split(np.zeros(len(groups)), groups=groups)


def out_of_fold(scorer: Scorer, pairs: Ints, groups: Ints, signs: Floats) -> Scores:
    """Scores every pair by models that have seen no pair of its group, once per labelling.

    Args:
        scorer: what sees the pairs.
        pairs: indices of the pairs, as the scorer knows them.
        groups: the group of every pair that the scorer knows.
        signs: shape (len(pairs), labellings): 1 where the variant is called the variant, -1
            where variant and control have changed places.
    """
    kernel = scorer.kernel(pairs, pairs)
    found = Scores.empty(len(pairs), signs.shape[1])
    for train, test in folds(groups[pairs]):
        found.put(test, learnt(kernel, train, test, signs[train]))
    return found


def transferred(scorer: Scorer, pairs: Ints, others: Ints, groups: Ints) -> Scores:
    """Scores every pair by models that learnt from `others`, and of them no pair of its group.

    There is one labelling: the labels of `pairs` are learnt from in no fold.
    """
    both = np.r_[pairs, others]
    kernel = scorer.kernel(both, others)
    own, other = np.arange(len(pairs)), np.arange(len(pairs), len(both))
    found = Scores.empty(len(pairs), 1)
    for _, test in folds(groups[pairs]):
        held = groups[pairs[test]]
        train = other[~np.isin(groups[others], held)]
        found.put(test, learnt(kernel, train, own[test], np.ones((len(train), 1))))
    return found


def learnt(kernel: Floats, train: Ints, test: Ints, signs: Floats) -> Scores:
    """Two models of one kernel, learnt on `train` and asked about `test`.

    The first tells variants from controls among all texts, and is asked about each text alone; the
    second learns from the difference of each pair and is asked which of two is the variant: what
    sets AUROC apart from a ranking within pairs.

    Args:
        kernel: two rows and two columns a pair.
        train: positions of pairs in the kernel.
        test: the same.
        signs: labellings of the training pairs, shape (len(train), labellings).
    """
    labels = np.stack([signs, -signs], axis=1).reshape(2 * len(train), -1)
    texts = _least_squares(kernel, _rows(train), _rows(test), labels)
    margins = _least_squares(_differences(kernel), train, test, signs)
    return Scores(
        texts.reshape(len(test), 2, -1).round(_DECIMALS),
        margins.round(_DECIMALS),
    )


def _differences(kernel: Floats) -> Floats:
    """The kernel between pairs, of which each is its variant minus its control."""
    half = kernel[0::2] - kernel[1::2]
    pairs: Floats = half[:, 0::2] - half[:, 1::2]
    return pairs


def _least_squares(kernel: Floats, train: Ints, test: Ints, labels: Floats) -> Floats:
    """Predictions of a kernel ridge regression, shape (len(test), labellings).

    The labels come last, so that a thousand of them cost one product of matrices.
    """
    from scipy.linalg import cho_factor, cho_solve

    known = kernel[np.ix_(train, train)]
    size = float(np.diag(known).mean())
    if size == 0:
        return np.zeros((len(test), labels.shape[1]))
    known[np.diag_indices_from(known)] += PENALTY * size
    influence = cho_solve(cho_factor(known, overwrite_a=True), kernel[np.ix_(train, test)])
    predicted: Floats = influence.T @ labels
    return predicted


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
    """Cosine of the tf-idf weights of the n-grams that differ in some pair of the basis.

    Args:
        blocks: count matrices as `counts` makes them, one per text of a pair; weighted apart.
    """

    def __init__(self, blocks: Sequence[Any]) -> None:
        self._blocks = tuple(blocks)

    def kernel(self, pairs: Ints, basis: Ints) -> Floats:
        """The sum over the blocks; zero where no pair of the basis differs."""
        from sklearn.feature_extraction.text import TfidfTransformer

        kernel = np.zeros((2 * len(pairs), 2 * len(pairs)))
        for block in self._blocks:
            seen = block[_rows(basis)]
            columns = _differing(seen)
            if len(columns):
                weight = TfidfTransformer(sublinear_tf=True).fit(seen[:, columns])
                weighted = weight.transform(block[_rows(pairs)][:, columns])
                kernel += _products(weighted)
        return kernel


class NumericScorer:
    """A straight and a bent kernel (linear and Gaussian) on standardised numbers.

    Args:
        numbers: shape (2 * pairs, features), rows 2i (variant) and 2i + 1 (control).
    """

    def __init__(self, numbers: Floats) -> None:
        self._numbers = numbers

    def kernel(self, pairs: Ints, basis: Ints) -> Floats:
        """The mean product of features plus the Gaussian of their mean squared difference."""
        from sklearn.metrics.pairwise import rbf_kernel
        from sklearn.preprocessing import StandardScaler

        scale = StandardScaler().fit(self._numbers[_rows(basis)])
        scaled = scale.transform(self._numbers[_rows(pairs)])
        kernel: Floats = scaled @ scaled.T / scaled.shape[1] + rbf_kernel(scaled)
        return kernel


def _products(matrix: Any) -> Floats:
    """Products of the rows of a sparse matrix; common columns go densely, ten times as fast."""
    share = np.bincount(matrix.indices, minlength=matrix.shape[1]) / matrix.shape[0]
    common = matrix[:, np.flatnonzero(share > DENSE)].toarray()
    rare = matrix[:, np.flatnonzero(share <= DENSE)]
    products: Floats = common @ common.T + (rare @ rare.T).toarray()
    return products


def _rows(pairs: Ints) -> Ints:
    rows: Ints = np.stack([2 * pairs, 2 * pairs + 1], axis=1).ravel()
    return rows

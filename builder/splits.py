"""Groups that must not be separated, and which split each goes to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from perturbations.draw import Draw
from perturbations.record import SPLITS
from perturbations.text import Article

FEW_GROUPS = 20
"""A split with fewer groups gives intervals too wide to say much."""


def group_of(article: Article) -> str:
    """The group of an article and all that is made from it: a hash of its id, telling nothing."""
    return hashlib.blake2b(article.id.encode(), digest_size=8, person=b"group").hexdigest()


def split_of(group: str, shares: Mapping[str, float], seed: int) -> str:
    """The split that a group is drawn into, with the probabilities given."""
    point = Draw(seed, "split", group).uniform()
    for split in SPLITS:
        point -= shares.get(split, 0.0)
        if point < 0:
            return split
    return max(shares, key=lambda split: shares[split])

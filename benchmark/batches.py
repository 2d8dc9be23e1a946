"""The order in which a detector sees examples: by hash, and never two of a group at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from benchmark.dataset import Example, Row

BATCH_SIZE = 32
"""Examples per call of a detector."""


def hash_order(rows: Sequence[Row], purpose: str) -> list[Row]:
    """The rows in the order of blake2b of purpose and id: the same everywhere, telling nothing."""
    return sorted(rows, key=lambda row: (_digest(purpose, row.id), row.id))


def batches(rows: Sequence[Row], size: int = BATCH_SIZE) -> Iterator[list[Example]]:
    """Yields gold-free batches; a batch holds at most one member of any group.

    A first layer takes one member of every group, a second layer the next one of every group that
    has more, and so on, each in the order of the hash; layers are cut into batches.
    """
    layers: list[list[Example]] = []
    taken: dict[str, int] = {}
    for row in hash_order(rows, "batches"):
        depth = taken.get(row.group, 0)
        taken[row.group] = depth + 1
        if depth == len(layers):
            layers.append([])
        layers[depth].append(row.example)
    for layer in layers:
        for start in range(0, len(layer), size):
            yield layer[start : start + size]


def sample(rows: Sequence[Row], count: int) -> list[Example]:
    """The `count` examples (or all) that are asked about again, singly, in an order of its own."""
    return [row.example for row in hash_order(rows, "asked again")[:count]]


def _digest(purpose: str, id: str) -> bytes:
    return hashlib.blake2b(f"{purpose}\x1f{id}".encode(), digest_size=8).digest()

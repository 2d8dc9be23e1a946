"""Choices that depend on nothing but what they are drawn for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_BITS = 64


class Draw:
    """A stream of choices from a hash of `(release seed, article id, purpose, attempt)`.

    The same key gives the same choices in every process and order. Drawn from blake2b directly,
    because seeding a `random.Random` per article costs five times as much.
    """

    def __init__(self, *key: str | int) -> None:
        self.key = key
        self._prefix = "\x1f".join(str(part) for part in key).encode("utf-8", "surrogatepass")
        self._count = 0

    def _next(self) -> int:
        data = self._prefix + b"\x1e" + str(self._count).encode()
        self._count += 1
        return int.from_bytes(hashlib.blake2b(data, digest_size=_BITS // 8).digest(), "big")

    def uniform(self) -> float:
        """A number in [0, 1)."""
        return (self._next() >> 11) / (1 << 53)

    def below(self, limit: int) -> int:
        """An integer from 0 to `limit - 1`.

        Raises:
            ValueError: `limit` is not positive.
        """
        if limit <= 0:
            raise ValueError(f"limit must be positive, got {limit}")
        return self._next() % limit

    def chance(self, probability: float) -> bool:
        """True with the probability given."""
        return self.uniform() < probability

    def choice(self, items: Sequence[T]) -> T:
        """One of the items.

        Raises:
            ValueError: there are none.
        """
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a drawn order."""
        order = list(items)
        for i in range(len(order) - 1, 0, -1):
            j = self.below(i + 1)
            order[i], order[j] = order[j], order[i]
        return order

    def seed(self) -> int:
        """A non-negative integer for libraries that want a seed of their own."""
        return self._next() >> 1

    def derived(self, *more: str | int) -> Draw:
        """A stream of its own for a part of the work."""
        return Draw(*self.key, *more)

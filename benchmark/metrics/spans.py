"""Sets of code points as sorted, disjoint ranges: union, intersection, difference, overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Range = tuple[int, int]
Ranges = tuple[Range, ...]
"""Sorted, disjoint, not touching, none of them empty."""


def union(ranges: Iterable[Range]) -> Ranges:
    """The code points that any of the ranges covers."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def intersection(one: Ranges, two: Ranges) -> Ranges:
    """The code points of both."""
    out: list[Range] = []
    i = j = 0
    while i < len(one) and j < len(two):
        start, end = max(one[i][0], two[j][0]), min(one[i][1], two[j][1])
        if start < end:
            out.append((start, end))
        if one[i][1] < two[j][1]:
            i += 1
        else:
            j += 1
    return tuple(out)


def difference(one: Ranges, two: Ranges) -> Ranges:
    """The code points of the first that are not in the second."""
    out: list[Range] = []
    j = 0
    for start, end in one:
        while j < len(two) and two[j][1] <= start:
            j += 1
        at, k = start, j
        while k < len(two) and two[k][0] < end:
            if at < two[k][0]:
                out.append((at, two[k][0]))
            at = max(at, two[k][1])
            k += 1
        if at < end:
            out.append((at, end))
    return tuple(out)


def size(ranges: Ranges) -> int:
    """How many code points they cover."""
    return sum(end - start for start, end in ranges)


def iou(one: Ranges, two: Ranges) -> float:
    """Intersection over union; 0 where both are empty."""
    shared = size(intersection(one, two))
    covered = size(one) + size(two) - shared
    return shared / covered if covered else 0.0


def matching(edges: Sequence[Sequence[int]]) -> int:
    """The most pairs that can be made where `edges[i]` lists the partners that `i` may have.

    Augmenting paths (Kuhn 1955), so that the number does not depend on any order.
    """
    partner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in edges[i]:
            if j in tried:
                continue
            tried.add(j)
            if j not in partner or place(partner[j], tried):
                partner[j] = i
                return True
        return False

    return sum(place(i, set()) for i in range(len(edges)))

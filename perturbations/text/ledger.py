"""Ledgers: the edits that lead from one text to another, and every way to read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perturbations.text.span import Span, is_offset


class LedgerError(ValueError):
    """A ledger whose edits overlap, or do not fit the text they are applied to."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replaces the code points `start..end`, which read `before`, by `after`."""

    start: int
    end: int
    before: str
    after: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.before):
            raise LedgerError(
                f"edit {self.start}..{self.end} must cover as many code points as {self.before!r}"
            )
        if self.before == self.after:
            raise LedgerError(f"edit {self.start}..{self.end} changes nothing ({self.before!r})")

    @classmethod
    def replace(cls, span: Span, after: str) -> Edit:
        """Puts `after` in the place of `span`."""
        return cls(span.start, span.end, span.text, after)

    @classmethod
    def insert(cls, at: int, after: str) -> Edit:
        """Inserts `after` before the code point `at`."""
        return cls(at, at, "", after)

    @classmethod
    def delete(cls, span: Span) -> Edit:
        """Takes `span` out."""
        return cls(span.start, span.end, span.text, "")

    @property
    def growth(self) -> int:
        """How many code points longer the text becomes."""
        return len(self.after) - len(self.before)

    def to_json(self) -> dict[str, Any]:
        """A mapping `{start, end, before, after}`."""
        return {"start": self.start, "end": self.end, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Edits in source coordinates: sorted, not overlapping, at most one insertion per position.

    Two edits may touch (`a.end == b.start`), unless the second is an insertion at the end of the
    first or the first an insertion at the start of the second: those are one edit, and must be
    written as one, so that mapping a position has one answer.

    Raises:
        LedgerError: the edits overlap or touch at an insertion.
    """

    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "edits", tuple(sorted(self.edits)))
        for one, two in zip(self.edits, self.edits[1:], strict=False):
            touches_insertion = one.end == two.start and not (one.before and two.before)
            if one.end > two.start or touches_insertion:
                raise LedgerError(f"edits overlap or touch at an insertion: {one} and {two}")

    @classmethod
    def of(cls, *edits: Edit) -> Ledger:
        """A ledger of the edits given, in any order."""
        return cls(tuple(edits))

    def __iter__(self) -> Iterator[Edit]:
        return iter(self.edits)

    def __len__(self) -> int:
        return len(self.edits)

    def apply(self, source: str) -> str:
        """The text that the edits make of `source`.

        Raises:
            LedgerError: an edit does not find what it replaces.
        """
        return _rewrite(source, [(e.start, e.before, e.after) for e in self.edits])

    def revert(self, result: str) -> str:
        """The source that `apply` was given, byte for byte.

        Raises:
            LedgerError: an edit's outcome does not stand where it should.
        """
        return self.inverse().apply(result)

    def inverse(self) -> Ledger:
        """The ledger that leads back, in the coordinates of the result."""
        shift, edits = 0, []
        for e in self.edits:
            start = e.start + shift
            edits.append(Edit(start, start + len(e.after), e.after, e.before))
            shift += e.growth
        return _joined(edits)

    def outcome(self, index: int) -> Span:
        """Where the `after` of edit `index` stands in the result (empty for a deletion)."""
        e = self.edits[index]
        start = e.start + sum(other.growth for other in self.edits[:index])
        return Span(start, start + len(e.after), e.after)

    def forward(self, start: int, end: int) -> tuple[int, int] | None:
        """Maps a span of the source into the result.

        A span that wholly contains an edit grows or shrinks with it. An insertion at either edge
        of the span stays outside. None: an edit cuts through the span, or swallows it.
        """
        moved_start = moved_end = 0
        for e in self.edits:
            if e.end <= start:
                moved_start += e.growth
                moved_end += e.growth
            elif e.start >= end:
                break
            elif start <= e.start and e.end <= end:
                moved_end += e.growth
            else:
                return None
        return start + moved_start, end + moved_end

    def backward(self, start: int, end: int) -> tuple[int, int] | None:
        """Maps a span of the result into the source; None as for `forward`."""
        return self.inverse().forward(start, end)

    def then(self, later: Ledger) -> Ledger:
        """Composes: one ledger that does what this one and then `later` do.

        `later` is in the coordinates of this ledger's result.
        """
        return _compose(self.edits, later.edits)

    def to_json(self) -> list[dict[str, Any]]:
        """A list of `{start, end, before, after}`."""
        return [e.to_json() for e in self.edits]

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> Ledger:
        """Reads what `to_json` wrote.

        Raises:
            LedgerError: an edit is malformed, or edits overlap.
        """
        return cls(tuple(_edit_from(row) for row in rows))


def _edit_from(row: Mapping[str, Any]) -> Edit:
    start, end = row.get("start"), row.get("end")
    before, after = row.get("before"), row.get("after")
    if not is_offset(start) or not is_offset(end):
        raise LedgerError(f"an edit needs whole numbers as start and end, got {dict(row)!r}")
    if not isinstance(before, str) or not isinstance(after, str):
        raise LedgerError(f"an edit needs strings as before and after, got {dict(row)!r}")
    return Edit(start, end, before, after)


def _rewrite(source: str, changes: Sequence[tuple[int, str, str]]) -> str:
    pieces, at = [], 0
    for start, before, after in changes:
        if start > len(source) or source[start : start + len(before)] != before:
            found = source[start : start + len(before)]
            raise LedgerError(f"the edit at {start} expects {before!r}, but finds {found!r}")
        pieces += [source[at:start], after]
        at = start + len(before)
    return "".join([*pieces, source[at:]])


def _joined(edits: Sequence[Edit]) -> Ledger:
    """Makes one edit of those that touch at an insertion, and drops what changes nothing."""
    out: list[Edit] = []
    for e in edits:
        if out and out[-1].end == e.start and not (out[-1].before and e.before):
            last = out.pop()
            before, after = last.before + e.before, last.after + e.after
            if before == after:
                continue
            e = Edit(last.start, e.end, before, after)
        out.append(e)
    return Ledger(tuple(out))


def _compose(first: Sequence[Edit], second: Sequence[Edit]) -> Ledger:
    """Groups edits of both ledgers that touch each other in the middle text into one edit each."""
    middles = _middle_ranges(first)
    groups: list[_Group] = []
    items = [_Group(lo, hi, [i], []) for i, (lo, hi) in enumerate(middles)]
    items += [_Group(e.start, e.end, [], [j]) for j, e in enumerate(second)]
    for item in sorted(items, key=lambda g: (g.lo, g.hi)):
        if groups and item.lo <= groups[-1].hi:
            groups[-1].absorb(item)
        else:
            groups.append(item)
    growth_until = [0]
    for e in first:
        growth_until.append(growth_until[-1] + e.growth)
    starts = [lo for lo, _ in middles]
    edits = [_merged(g, first, second, middles, starts, growth_until) for g in groups]
    return _joined([e for e in edits if e is not None])


@dataclass(slots=True)
class _Group:
    """Edits of either ledger whose ranges in the middle text touch."""

    lo: int
    hi: int
    first: list[int]
    second: list[int]

    def absorb(self, other: _Group) -> None:
        self.hi = max(self.hi, other.hi)
        self.first += other.first
        self.second += other.second


def _middle_ranges(edits: Sequence[Edit]) -> list[tuple[int, int]]:
    shift, ranges = 0, []
    for e in edits:
        ranges.append((e.start + shift, e.start + shift + len(e.after)))
        shift += e.growth
    return ranges


def _merged(
    group: _Group,
    first: Sequence[Edit],
    second: Sequence[Edit],
    middles: Sequence[tuple[int, int]],
    starts: Sequence[int],
    growth_until: Sequence[int],
) -> Edit | None:
    """One edit from source to result for a group; None where the two cancel out.

    The middle text of the group is put together from what the edits themselves say: a code point
    of it comes from an `after` of the first ledger or stands in a `before` of the second.
    """
    middle: list[str | None] = [None] * (group.hi - group.lo)
    for i in group.first:
        for k, char in enumerate(first[i].after):
            middle[middles[i][0] - group.lo + k] = char
    for j in group.second:
        for k, char in enumerate(second[j].before):
            at = second[j].start - group.lo + k
            if middle[at] is not None and middle[at] != char:
                raise LedgerError(f"{second[j]} does not follow from the edits before it")
            middle[at] = char
    known = "".join(char or "" for char in middle)
    before = _rewrite(
        known, [(middles[i][0] - group.lo, first[i].after, first[i].before) for i in group.first]
    )
    after = _rewrite(
        known,
        [(second[j].start - group.lo, second[j].before, second[j].after) for j in group.second],
    )
    earlier = group.first[0] if group.first else bisect_right(starts, group.lo)
    start = group.lo - growth_until[earlier]
    return None if before == after else Edit(start, start + len(before), before, after)

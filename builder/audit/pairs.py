"""The pairs of a release, as the audit reads them: a variant beside its control."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import BuilderError, UsageError
from builder.release.shards import read_shard
from perturbations.composition import names_in
from perturbations.defects.taxonomy import UnknownDefectTypeError, defect_type
from perturbations.record import PAIR_FIELDS
from perturbations.text import Edit, Ledger, LedgerError

MAX_PAIRS = 400
"""Pairs of one perturbation that are looked at: more would only narrow intervals of +-0.04."""

_SHARD = re.compile(r"(?P<split>[a-z]+)-(?P<index>\d{5})-of-(?P<count>\d{5})\.parquet")


@dataclass(frozen=True, slots=True)
class Side:
    """A variant or a control: its text, its headline, and the edits that made it."""

    text: str
    title: str
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class AuditPair:
    """A variant and its control, made from one source."""

    pair_id: str
    group: str
    perturbation: str
    type: str
    source_text: str
    variant: Side
    control: Side
    defect_in_title: bool
    """Whether a span of the defect lies in the variant's headline."""


@dataclass(frozen=True, slots=True)
class AuditInput:
    """The pairs of all splits, ordered by id, and what was left out.

    Pairs with the defects of several perturbations are: each of those is asked about by itself.
    """

    pairs: tuple[AuditPair, ...]
    without_control: Mapping[str, int]
    """Type to variants that have no control and so can't be compared."""
    beyond_limit: Mapping[str, int]
    """Perturbation to pairs beyond `MAX_PAIRS`."""


def read_pairs(folder: Path, limit: int = MAX_PAIRS) -> AuditInput:
    """Reads the configs `pairs` and `default` of a release, all splits together.

    Pair ids are hashes, so the first `limit` of a perturbation by id are a random draw.

    Raises:
        UsageError: the release has no pairs, or a shard is missing or unreadable.
        BuilderError: a pair names a row that is not there, or its edits do not make its texts.
    """
    titles = {row["id"]: row["title"] for row in _rows(folder, "default", ("id", "title"))}
    pairs: list[AuditPair] = []
    without: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    rows = sorted(_rows(folder, "pairs", PAIR_FIELDS), key=lambda row: str(row["pair_id"]))
    for row in rows:
        if len(names_in(row["perturbation"])) > 1:
            continue
        if row["control_id"] is None or row["control_text"] is None:
            without[_type_of(row)] += 1
            continue
        seen[row["perturbation"]] += 1
        if seen[row["perturbation"]] <= limit:
            pairs.append(_pair(row, titles))
    beyond = {name: count - limit for name, count in seen.items() if count > limit}
    return AuditInput(tuple(pairs), dict(without), beyond)


def _rows(folder: Path, config: str, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    import pyarrow as pa

    for path in _shards(folder, config):
        try:
            rows = read_shard(path)
        except (pa.ArrowException, OSError) as error:
            raise UsageError(f"{path} cannot be read as Parquet: {str(error)[:120]}") from None
        for row in rows:
            absent = [name for name in needed if name not in row]
            if absent:
                raise UsageError(f"{path} has no column {', '.join(absent)}; build it anew")
            yield row


def _shards(folder: Path, config: str) -> list[Path]:
    """Every shard of a config; splits whose numbering has a hole are refused."""
    place = folder / "data" / config
    found: dict[tuple[str, int], set[int]] = {}
    for path in place.glob("*.parquet"):
        match = _SHARD.fullmatch(path.name)
        if match is None:
            raise UsageError(f"{path} is not named <split>-00000-of-00001.parquet")
        key = match["split"], int(match["count"])
        found.setdefault(key, set()).add(int(match["index"]))
    if not found:
        raise UsageError(
            f"{folder} has no config {config!r}: expected "
            f"data/{config}/<split>-00000-of-00001.parquet; `builder build` writes it"
        )
    paths = []
    for (split, count), indices in sorted(found.items()):
        for index in range(count):
            name = f"{split}-{index:05}-of-{count:05}.parquet"
            if index not in indices:
                raise UsageError(f"the shard {place / name} is missing; copy the release anew")
            paths.append(place / name)
    return paths


def _pair(row: Mapping[str, Any], titles: Mapping[str, str]) -> AuditPair:
    source, slug = row["source_text"], _type_of(row)
    variant = _side(row, "variant", "edits", titles)
    control = _side(row, "control", "control_edits", titles)
    spans = row["defects"][0]["spans"]
    return AuditPair(
        pair_id=row["pair_id"],
        group=row["group"],
        perturbation=row["perturbation"],
        type=slug,
        source_text=source,
        variant=variant,
        control=control,
        defect_in_title=any(span["start"] < len(variant.title) for span in spans),
    )


def _side(row: Mapping[str, Any], side: str, edits: str, titles: Mapping[str, str]) -> Side:
    place = f"pair {row['pair_id']}"
    identifier, text = row[f"{side}_id"], row[f"{side}_text"]
    if identifier not in titles:
        raise BuilderError(
            f"{place}: its {side} {identifier} is no row of the config default; "
            "`builder verify` says what else is amiss"
        )
    try:
        ledger = Ledger(
            tuple(Edit(e["start"], e["end"], e["before"], e["after"]) for e in row[edits] or ())
        )
        made = ledger.apply(row["source_text"])
    except LedgerError as error:
        raise BuilderError(f"{place}: {edits}: {error}") from None
    if made != text:
        raise BuilderError(f"{place}: {edits} do not make {side}_text of source_text")
    return Side(text, titles[identifier], ledger)


def _type_of(row: Mapping[str, Any]) -> str:
    if not row["defects"]:
        raise BuilderError(f"pair {row['pair_id']}: its variant has no defect")
    slug: str = row["defects"][0]["type"]
    try:
        defect_type(slug)
    except UnknownDefectTypeError as error:
        raise BuilderError(f"pair {row['pair_id']}: {error}") from None
    return slug

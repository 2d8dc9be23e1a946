"""Rows as Parquet shards with an explicit schema, ordered by id."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from perturbations.record import arrow_schema, row_digest

ROWS_PER_GROUP = 1_000


def shard_path(config: str, split: str, index: int = 0, count: int = 1) -> str:
    """Where a shard stands in a release, relative to its folder."""
    return f"data/{config}/{split}-{index:05}-of-{count:05}.parquet"


def write_shard(
    folder: Path, config: str, split: str, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Writes one shard and returns its entry for the manifest.

    Args:
        folder: the release folder.
        config: names the schema.
        split: the split.
        rows: in the order in which they are to stand.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / shard_path(config, split)
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=arrow_schema(config))
    pq.write_table(
        table,
        path,
        compression="zstd",
        row_group_size=ROWS_PER_GROUP,
        write_page_index=True,
        store_schema=False,
    )
    return {
        "path": shard_path(config, split),
        "rows": len(rows),
        "sha256": file_sha256(path),
        "digest": rows_digest(rows),
    }


def read_shard(path: Path) -> list[dict[str, Any]]:
    """The rows of a shard, as `write_shard` was given them."""
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def rows_digest(rows: Sequence[Mapping[str, Any]]) -> str:
    """blake2b over the digests of the rows, in order: independent of Parquet and its version."""
    digest = hashlib.blake2b(digest_size=16)
    for row in rows:
        digest.update(bytes.fromhex(row_digest(row)))
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

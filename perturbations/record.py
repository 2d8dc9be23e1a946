"""The row of a release, and the one place that says which fields it has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from perturbations.defects import Defect
from perturbations.text import Article, Ledger

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa

CANARY = "inconsistent-news benchmark data must not appear in training corpora: 5b0f2c6a-9d1e-4c7b"
"""Stands in every row and in the card, so that a model that has read a release can be told."""

ID_BYTES = 8
"""Length of a row id's digest; ids are twice as many hexadecimal digits."""

LABELS = ("consistent", "inconsistent")
"""Names of the label values 0 and 1."""


class Kind(StrEnum):
    """What a row is."""

    ORIGINAL = "original"
    """A clean article, or a clean article with a consistent addition that a perturbation needs."""
    VARIANT = "variant"
    """An article made provably inconsistent."""
    CONTROL = "control"
    """An article changed by the same operation, with the meaning kept."""
    NATURAL = "natural"
    """An article as found, annotated by people, or its hand-repaired twin."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the configs `default` and `natural`.

    `source_id` names the row whose text `edits` apply to (null: the article as it was read);
    `pair_id` is shared by a variant and its control; `group` is never split between splits and is
    resampled as one cluster. `checked_by` lists the rules that found nothing new in a consistent
    row. `synthetic` is true in every row: none of them is a report to be read as news.
    """

    text: str
    title: str
    published: str | None
    updated: str | None
    language: str
    label: int
    kind: Kind
    group: str
    source_sha256: str
    perturbation: str | None = None
    defects: tuple[Defect, ...] = ()
    edits: Ledger = field(default_factory=Ledger)
    source_id: str | None = None
    pair_id: str | None = None
    seed: int = 0
    source: str = ""
    url: str | None = None
    licence: str | None = None
    checked_by: tuple[str, ...] = ()
    synthetic: bool = True
    canary: str = CANARY

    @classmethod
    def of(cls, article: Article, *, kind: Kind, label: int, group: str, **more: Any) -> Record:
        """The row of an article; `more` gives the fields that the article does not know."""
        return cls(
            text=article.text,
            title=article.title,
            published=article.published.isoformat() if article.published else None,
            updated=article.updated.isoformat() if article.updated else None,
            language=article.language,
            label=label,
            kind=kind,
            group=group,
            source=article.source,
            url=article.url,
            licence=article.licence,
            **more,
        )

    @property
    def id(self) -> str:
        """16 hexadecimal digits that depend on what a detector sees, and tell nothing else."""
        return row_id(self.text, self.published, self.language, self.canary)

    def to_json(self) -> dict[str, Any]:
        """The row as it stands in a release; witnesses are JSON strings."""
        row = {name: getattr(self, name) for name in ROW_FIELDS}
        row["kind"] = str(self.kind)
        row["defects"] = [defect_row(defect) for defect in self.defects]
        row["edits"] = self.edits.to_json()
        row["checked_by"] = list(self.checked_by)
        return row


def row_id(text: str, published: str | None, language: str, canary: str) -> str:
    """The id of a row with these contents: blake2b over a length-prefixed concatenation."""
    digest = hashlib.blake2b(digest_size=ID_BYTES)
    for part in (text, published or "", language, canary):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def defect_row(defect: Defect) -> dict[str, Any]:
    """A defect as a struct of a release: witness as canonical JSON, slot basis beside it."""
    row = defect.to_json()
    witness = row["witness"]
    row["basis"] = witness["expect"].get("basis") if witness and "expect" in witness else None
    row["witness"] = canonical_json(witness) if witness else None
    return row


def defect_from_row(row: Mapping[str, Any]) -> Defect:
    """Reads a defect struct of a release.

    Raises:
        ValueError: a value is outside its vocabulary, or a span does not fit its text.
    """
    witness = row.get("witness")
    return Defect.from_json({**row, "witness": json.loads(witness) if witness else None})


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no white space: what digests are taken over."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def row_digest(row: Mapping[str, Any]) -> str:
    """blake2b (32 hexadecimal digits) of a row's canonical JSON."""
    data = canonical_json(dict(row)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


ROW_FIELDS = (
    "id",
    "text",
    "title",
    "published",
    "updated",
    "language",
    "label",
    "kind",
    "perturbation",
    "defects",
    "edits",
    "group",
    "source_id",
    "source_sha256",
    "pair_id",
    "seed",
    "source",
    "url",
    "licence",
    "checked_by",
    "synthetic",
    "canary",
)
"""Columns of the configs `default` and `natural`, in order."""

PAIR_FIELDS = (
    "pair_id",
    "group",
    "perturbation",
    "published",
    "source_id",
    "source_text",
    "variant_id",
    "variant_text",
    "control_id",
    "control_text",
    "defects",
    "edits",
    "control_edits",
    "canary",
)
"""Columns of the config `pairs`; a variant whose control can't be proven is not written."""

CONFIGS = ("default", "pairs", "natural")
SPLITS = ("train", "validation", "test")


def arrow_schema(config: str) -> pa.Schema:
    """The explicit Arrow schema of a config, without library metadata.

    Raises:
        ValueError: there is no such config.
    """
    import pyarrow as pa

    text, count = pa.string(), pa.int64()
    span = [pa.field("start", count), pa.field("end", count), pa.field("text", text)]
    evidence = [pa.field("role", text), *span, pa.field("field", text), pa.field("fact", text)]
    words = ("evidence_kind", "explanation", "severity", "scope")
    defect = pa.struct(
        [
            *(pa.field(name, text) for name in ("id", "type", "family")),
            pa.field("spans", pa.list_(pa.struct(span))),
            pa.field("evidence", pa.list_(pa.struct(evidence))),
            *(pa.field(name, text) for name in words),
            pa.field("distance", count),
            *(pa.field(name, text) for name in ("origin", "certainty", "root")),
            pa.field("closed_world", pa.bool_()),
            *(pa.field(name, text) for name in ("basis", "witness")),
        ]
    )
    edit = pa.struct(
        [*span[:2], pa.field("before", text), pa.field("after", text)],
    )
    special: dict[str, pa.DataType] = {
        "label": pa.int64(),
        "seed": pa.int64(),
        "synthetic": pa.bool_(),
        "defects": pa.list_(defect),
        "edits": pa.list_(edit),
        "control_edits": pa.list_(edit),
        "checked_by": pa.list_(text),
    }
    if config not in CONFIGS:
        raise ValueError(f"config must be one of {', '.join(CONFIGS)}, got {config!r}")
    names = PAIR_FIELDS if config == "pairs" else ROW_FIELDS
    return pa.schema([pa.field(name, special.get(name, text)) for name in names])


def features(config: str) -> datasets.Features:
    """The `datasets` features of a config; `label` is a ClassLabel."""
    import datasets

    found = datasets.Features.from_arrow_schema(arrow_schema(config))
    if "label" in found:
        found["label"] = datasets.ClassLabel(names=list(LABELS))
    return found

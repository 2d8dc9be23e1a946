"""`builder verify`: from a release and the knowledge it names, every row proven again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from builder.build import load_knowledge
from builder.release.card import NAME as CARD
from builder.release.card import card_of
from builder.release.checksums import check_checksums
from builder.release.manifest import read_manifest, release_digest
from builder.release.shards import file_sha256, read_shard, rows_digest
from perturbations.defects import Defect
from perturbations.defects.recheck import recheck
from perturbations.defects.screen import screen
from perturbations.knowledge import Knowledge, Truth
from perturbations.prove import Prover
from perturbations.reading.mentions import Reading
from perturbations.reading.reader import Reader
from perturbations.record import (
    CANARY,
    PAIR_FIELDS,
    SPLITS,
    Kind,
    arrow_schema,
    defect_from_row,
    row_id,
)
from perturbations.text import Article, Ledger, LedgerError, SpanError

Row = Mapping[str, Any]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Verification:
    """What was checked, and every failure with the place where it stands."""

    checked: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def to_json(self) -> dict[str, Any]:
        """`{ok, checked, failures}`."""
        return {"ok": self.ok, "checked": dict(self.checked), "failures": self.failures}

    def fail(self, place: str, problem: str) -> None:
        """Notes one failure."""
        self.failures.append(f"{place}: {problem}")


def verify(folder: Path, progress: Progress | None = None) -> Verification:
    """Checks a release folder; every failure is named, none stops the check of the rest.

    Raises:
        BuilderError: the folder is no release at all.
    """
    found = Verification()
    manifest = read_manifest(folder)
    for problem in check_checksums(folder):
        found.failures.append(problem)
    found.checked["files"] = sum(1 for path in folder.rglob("*") if path.is_file())
    rows = _read_rows(folder, manifest, found)
    knowledge = load_knowledge()
    if manifest["knowledge"]["digest"] != knowledge.digest:
        found.fail(
            "manifest.json",
            f"the release was made with knowledge {manifest['knowledge']['digest']}, "
            f"but the tables here are {knowledge.digest}",
        )
    _check_groups(rows, found)
    _check_rows(rows, knowledge, found, progress)
    _check_pairs(rows, found)
    _check_card(folder, manifest, found)
    return found


def _read_rows(
    folder: Path, manifest: Row, found: Verification
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Reads every shard that can be read; checks its checksum, schema, order and digest."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    shards: dict[tuple[str, str], Row] = {}
    for config, splits in manifest["configs"].items():
        for split, entry in splits.items():
            for shard in entry["shards"]:
                place, path = shard["path"], folder / shard["path"]
                shards[config, split] = shard
                if not path.is_file():
                    found.fail(place, "the shard is missing")
                    continue
                if file_sha256(path) != shard["sha256"]:
                    found.fail(place, "its sha256 is not the one in manifest.json")
                try:
                    schema = pq.read_schema(path)
                    part = read_shard(path)
                except (pa.ArrowException, OSError) as error:
                    found.fail(place, f"it cannot be read as Parquet: {str(error)[:120]}")
                    continue
                found.checked["shards"] += 1
                _check_shard(place, config, schema, part, shard, found)
                rows.setdefault((config, split), []).extend(part)
    if release_digest(shards) != manifest["digest"]:
        found.fail("manifest.json", "its digest is not that of its shards")
    return rows


def _check_shard(
    place: str, config: str, schema: Any, part: Sequence[Row], shard: Row, found: Verification
) -> None:
    if not schema.remove_metadata().equals(arrow_schema(config)):
        found.fail(place, "its schema is not the one of the config")
        return
    if schema.metadata and b"huggingface" in schema.metadata:
        found.fail(place, "it carries `huggingface` schema metadata")
    if len(part) != shard["rows"]:
        found.fail(place, f"it has {len(part)} rows, not the {shard['rows']} of manifest.json")
    if rows_digest(part) != shard["digest"]:
        found.fail(place, "the digest of its rows is not the one in manifest.json")
    ids = [row["pair_id" if config == "pairs" else "id"] for row in part]
    if ids != sorted(ids):
        found.fail(place, "its rows are not ordered by id")


def _check_groups(rows: Mapping[tuple[str, str], Sequence[Row]], found: Verification) -> None:
    """A group stands in one split, the same in every config; an id stands once in a config."""
    home: dict[str, str] = {}
    for (config, split), part in rows.items():
        for row in part:
            if config != "natural" and home.setdefault(row["group"], split) != split:
                found.fail(
                    f"{config}/{split}",
                    f"group {row['group']} stands in {home[row['group']]}, too",
                )
    natural = {
        row["group"] for (config, _), part in rows.items() if config == "natural" for row in part
    }
    for group in sorted(natural & set(home)):
        found.fail("natural/test", f"group {group} stands in the config default, too")
    found.checked["groups"] = len(home) + len(natural)
    for config in ("default", "natural"):
        ids = Counter(
            row["id"] for (name, _), part in rows.items() if name == config for row in part
        )
        for one, count in ids.items():
            if count > 1:
                found.fail(config, f"id {one} stands {count} times")


def _check_rows(
    rows: Mapping[tuple[str, str], Sequence[Row]],
    knowledge: Knowledge,
    found: Verification,
    progress: Progress | None,
) -> None:
    checker = _RowChecker(rows, knowledge, found)
    total = sum(len(part) for (config, _), part in rows.items() if config != "pairs")
    done = 0
    for (config, split), part in rows.items():
        if config == "pairs":
            continue
        for row in part:
            checker.check(row, f"{config}/{split} row {row['id']}")
            found.checked[f"rows {row['kind']}"] += 1
            done += 1
            if progress is not None:
                progress(done, total)


class _RowChecker:
    """Checks rows one by one; readings of sources are kept, since many rows need them."""

    def __init__(
        self,
        rows: Mapping[tuple[str, str], Sequence[Row]],
        knowledge: Knowledge,
        found: Verification,
    ) -> None:
        self.by_id = {
            row["id"]: row
            for (config, _), part in rows.items()
            if config == "default"
            for row in part
        }
        self.controls = {
            row["pair_id"]: row for row in self.by_id.values() if row["kind"] == Kind.CONTROL
        }
        self.prover = Prover(Reader(knowledge), knowledge)
        self.knowledge = knowledge
        self.found = found
        self._readings: dict[str, Reading] = {}

    def check(self, row: Row, place: str) -> None:
        """Checks one row of `default` or `natural`."""
        try:
            self._check_fields(row, place)
            defects = [defect_from_row(defect) for defect in row["defects"]]
            self._check_defects(row, defects, place)
            if row["kind"] != Kind.NATURAL:
                self._check_edits(row, place)
            if row["kind"] == Kind.VARIANT:
                self._check_proofs(row, defects, place)
            elif row["kind"] in (Kind.ORIGINAL, Kind.CONTROL):
                self._check_clean(row, place)
        except (ValueError, KeyError, TypeError) as error:
            self.found.fail(place, f"malformed: {error}")

    def _check_fields(self, row: Row, place: str) -> None:
        Kind(row["kind"])
        if row_id(row["text"], row["published"], row["language"], row["canary"]) != row["id"]:
            self.found.fail(place, "its id is not the hash of its text, date, language and canary")
        if row["canary"] != CANARY:
            self.found.fail(place, "its canary is not the project's")
        if row["synthetic"] is not True:
            self.found.fail(place, "it does not say that it is synthetic")
        if row["label"] != int(bool(row["defects"])):
            self.found.fail(place, f"label {row['label']} with {len(row['defects'])} defects")
        if row["kind"] != Kind.NATURAL and row["label"] != int(row["kind"] == Kind.VARIANT):
            self.found.fail(place, f"a row of kind {row['kind']} with label {row['label']}")
        if not row["text"].startswith(row["title"]):
            self.found.fail(place, "its text does not begin with its title")

    def _check_defects(self, row: Row, defects: Sequence[Defect], place: str) -> None:
        ids = {defect.id for defect in defects}
        for defect in defects:
            self.found.checked["defects"] += 1
            try:
                for span in defect.spans:
                    span.check(row["text"])
                for evidence in defect.evidence:
                    if evidence.span is not None:
                        evidence.span.check(row["text"])
                for span in defect.witness.spans() if defect.witness else ():
                    span.check(row["text"])
            except SpanError as error:
                self.found.fail(place, f"defect {defect.id}: {error}")
            if defect.root is not None and defect.root not in ids:
                self.found.fail(
                    place, f"defect {defect.id}: no defect {defect.root} to be its root"
                )

    def _check_edits(self, row: Row, place: str) -> None:
        """The edits lead back to the source row, and the original to the text that was read."""
        ledger = Ledger.from_json(row["edits"])
        if row["source_id"] is None:
            digest = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
            if digest != row["source_sha256"]:
                self.found.fail(place, "its text is not the one whose sha256 it names")
            return
        source = self.by_id.get(row["source_id"])
        if source is None:
            self.found.fail(place, f"its source {row['source_id']} is missing")
            return
        try:
            if ledger.revert(row["text"]) != source["text"]:
                self.found.fail(place, "its edits do not revert to its source")
            if ledger.apply(source["text"]) != row["text"]:
                self.found.fail(place, "its edits do not lead from its source to its text")
        except LedgerError as error:
            self.found.fail(place, f"its edits do not fit: {error}")
        if source["group"] != row["group"]:
            self.found.fail(place, "its source is of another group")
        self.found.checked["reverts"] += 1

    def _check_proofs(self, row: Row, defects: Sequence[Defect], place: str) -> None:
        if not defects:
            self.found.fail(place, "a variant without a defect")
        source = self.by_id.get(row["source_id"])
        control = self.controls.get(row["pair_id"])
        ledger = Ledger.from_json(row["edits"])
        for defect in defects:
            if defect.witness is None:
                self.found.fail(place, f"defect {defect.id} has no witness")
                continue
            answer = recheck(defect.witness, self._reading(row), self.knowledge)
            if answer is not Truth.HOLDS:
                self.found.fail(place, f"defect {defect.id}: its witness {answer}")
            self.found.checked["witnesses"] += 1
            for name, other in (("source", source), ("control", control)):
                if other is None:
                    continue
                after = Ledger.from_json(other["edits"]) if name == "control" else None
                counter = self.prover.counterpart(
                    defect.witness, ledger, after, self._reading(other)
                )
                if counter not in (None, Truth.FAILS):
                    self.found.fail(place, f"defect {defect.id}: on the {name} it {counter}")
                self.found.checked[f"counterparts on {name}"] += 1

    def _check_clean(self, row: Row, place: str) -> None:
        for finding in screen(self._reading(row), self.knowledge):
            self.found.fail(place, f"a consistent row, but: {finding.explanation}")
        self.found.checked["certificates"] += 1

    def _reading(self, row: Row) -> Reading:
        if row["kind"] == Kind.ORIGINAL and row["id"] in self._readings:
            return self._readings[row["id"]]
        reading = self.prover.reader.read(article_of(row))
        if row["kind"] == Kind.ORIGINAL:
            self._readings[row["id"]] = reading
        return reading


def article_of(row: Row) -> Article:
    """The article of a row, as its detector sees it."""
    title = row["title"]
    start = len(title) + 2 if title else 0
    return Article(
        id=row["id"],
        title=title,
        body=row["text"][start:],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        updated=date.fromisoformat(row["updated"]) if row["updated"] else None,
        language=row["language"],
        source=row["source"] or "",
    )


def _check_pairs(rows: Mapping[tuple[str, str], Sequence[Row]], found: Verification) -> None:
    """Every pair repeats what the rows of `default` say, and every variant has its pair."""
    by_id = {row["id"]: row for (c, _), part in rows.items() if c == "default" for row in part}
    paired = set()
    for (config, split), part in rows.items():
        for row in part if config == "pairs" else ():
            place = f"pairs/{split} row {row['pair_id']}"
            paired.add(row["variant_id"])
            found.checked["pairs"] += 1
            for problem in _pair_problems(row, by_id):
                found.fail(place, problem)
    for row in by_id.values():
        if row["kind"] == Kind.VARIANT and row["id"] not in paired:
            found.fail(f"default row {row['id']}", "a variant without its row in the config pairs")


def _pair_problems(row: Row, by_id: Mapping[str, Row]) -> Iterator[str]:
    if set(row) != set(PAIR_FIELDS):
        yield "its fields are not those of the config"
        return
    for side in ("source", "variant", "control"):
        other = by_id.get(row[f"{side}_id"])
        if other is None:
            if side != "control" or row["control_id"] is not None:
                yield f"its {side} {row[f'{side}_id']} is no row of the config default"
            continue
        if other["text"] != row[f"{side}_text"]:
            yield f"its {side}_text is not the text of that row"
        if other["group"] != row["group"]:
            yield f"its {side} is of another group"
        edits = {"variant": "edits", "control": "control_edits"}.get(side)
        if edits and row[edits] != other["edits"]:
            yield f"its {edits} are not those of that row"
        if side == "variant" and row["defects"] != other["defects"]:
            yield "its defects are not those of the variant"


def _check_card(folder: Path, manifest: Row, found: Verification) -> None:
    """The card is rendered anew from the manifest, and must be the same to the letter."""
    path = folder / CARD
    if not path.is_file():
        found.fail(CARD, "the card is missing")
        return
    shards = [s for c in manifest["configs"].values() for e in c.values() for s in e["shards"]]
    if not all((folder / shard["path"]).is_file() for shard in shards):
        return
    sizes = {shard["path"]: (folder / shard["path"]).stat().st_size for shard in shards}
    if path.read_text(encoding="utf-8", errors="replace") != card_of(manifest, sizes):
        found.fail(CARD, "the card does not say what manifest.json says")
    found.checked["card counts"] = len(json.dumps(manifest["rows"]).split(":")) - 1
    if set(manifest["configs"].get("default", {})) - set(SPLITS):
        found.fail("manifest.json", f"splits must be among {', '.join(SPLITS)}")

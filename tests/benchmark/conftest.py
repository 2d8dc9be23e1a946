"""A small release, made of rows as a builder would write them, for every test of the benchmark."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.dataset import Example, GoldDefect, Row
from perturbations.defects import (
    Certainty,
    Defect,
    Evidence,
    EvidenceKind,
    Origin,
    Rule,
    Scope,
    Severity,
    Witness,
)
from perturbations.record import Kind, Record, arrow_schema
from perturbations.text import Article, Edit, Ledger, Span

PLACES = ("Haverby", "Norrick", "Stroma", "Pennock", "Tarrow", "Lipa", "Eastholme", "Garven")
TOPICS = ("bridge", "library", "harbour", "tram line", "water main", "school", "market hall")
GROUPS = {"train": 24, "validation": 10, "test": 24}
HOSTILE = "<script>document.title='ran'</script> \x1b[31mred\x1b[0m"


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the configs default (train, validation, test) and natural (test)."""
    return write_release(tmp_path_factory.mktemp("release") / "small")


def write_release(folder: Path, *, natural: bool = True) -> Path:
    configs: dict[str, dict[str, list[Record]]] = {"default": {}}
    number = 0
    for split, count in GROUPS.items():
        configs["default"][split] = []
        for _ in range(count):
            configs["default"][split] += family(number)
            number += 1
    if natural:
        configs["natural"] = {"test": natural_rows()}
    return write_rows(folder, configs)


def write_rows(folder: Path, configs: dict[str, dict[str, list[Record]]]) -> Path:
    """Writes records as shards with a manifest; splits of more than 60 rows get two shards."""
    manifest: dict = {"digest": "0123456789abcdef", "configs": {}}
    for config, splits in configs.items():
        (folder / "data" / config).mkdir(parents=True)
        for split, records in splits.items():
            rows = sorted((r.to_json() for r in records), key=lambda row: row["id"])
            count = 2 if len(rows) > 60 else 1
            shards = []
            for i in range(count):
                name = f"data/{config}/{split}-{i:05d}-of-{count:05d}.parquet"
                part = rows[i::count]
                pq.write_table(pa.Table.from_pylist(part, arrow_schema(config)), folder / name)
                digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
                shards.append({"path": name, "rows": len(part), "sha256": digest})
            manifest["configs"].setdefault(config, {})[split] = {
                "rows": len(rows),
                "shards": shards,
            }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def family(number: int) -> list[Record]:
    """A source, and a variant with its control of two types."""
    day = date(2022, 2, 16) + timedelta(days=11 * number)
    place, topic = PLACES[number % 8], TOPICS[number % 7]
    opening = f"{day:%A}, {day.day} {day:%B %Y}"
    hostile = f" A reader wrote: {HOSTILE}" if number % 10 == 4 else ""
    body = (
        f"The council of {place} opened its new {topic} on {opening}. Work had taken "
        f"{number + 3} months and cost {120 + 7 * number},000 crowns.{hostile}\n\n"
        f"“We waited long for it,” said a resident. The ceremony of {day.day} {day:%B} was "
        f"attended by {200 + 3 * number} people.\n\nA second stage is to follow."
    )
    article = Article(
        id=f"article-{number}",
        title=f"{place} opens its {topic}",
        body=body,
        published=day + timedelta(days=1),
        source="test",
        licence="CC-BY-4.0",
    )
    group = f"group-{number:03d}"
    source = Record.of(
        article, kind=Kind.ORIGINAL, label=0, group=group, source_sha256=_sha(article.text)
    )
    return [
        source,
        *_pair(article, source, "dates.impossible_date", opening, _weekday_defect, day),
        *_pair(article, source, "dates.date_conflict", f"{day.day} {day:%B} was", _conflict, day),
    ]


def _pair(article, source, perturbation, target, defect_of, day) -> list[Record]:
    at = article.text.index(target)
    length = len(target.removesuffix(" was"))
    span = Span.of(article.text, at, at + length)
    moved = day + timedelta(days=4)
    if perturbation.endswith("impossible_date"):
        wrong = f"{moved:%A}, {day.day} {day:%B %Y}"
        right = f"{day:%A}, {day:%B} {day.day}, {day.year}"
    else:
        wrong, right = f"{moved.day} {moved:%B}", f"{day:%B} {day.day}"
    rows = []
    for text, kind in ((wrong, Kind.VARIANT), (right, Kind.CONTROL)):
        ledger = Ledger.of(Edit.replace(span, text))
        changed = article.with_text(ledger.apply(article.text))
        rows.append(
            Record.of(
                changed,
                kind=kind,
                label=int(kind is Kind.VARIANT),
                group=source.group,
                source_sha256=source.source_sha256,
                perturbation=perturbation,
                defects=(defect_of(changed, ledger),) if kind is Kind.VARIANT else (),
                edits=ledger,
                source_id=source.id,
                pair_id=f"{source.id}-{perturbation}",
            )
        )
    return rows


def _weekday_defect(article: Article, ledger: Ledger) -> Defect:
    span = ledger.outcome(0)
    weekday = Span.of(article.text, span.start, span.start + span.text.index(","))
    rest = Span.of(article.text, weekday.end + 2, span.end)
    return _defect("impossible_date", weekday, (Evidence("date", rest),), Rule.CALENDAR, {})


def _conflict(article: Article, ledger: Ledger) -> Defect:
    span = ledger.outcome(0)
    start = article.text.index(" on ") + 4
    other = Span.of(article.text, start, article.text.index(".", start))
    expect = {"basis": "annotated"}
    evidence = (Evidence("other mention", other),)
    return _defect("date_conflict", span, evidence, Rule.SLOT, expect)


def _defect(type_, span, evidence, rule, expect) -> Defect:
    return Defect(
        id="d1",
        type=type_,
        spans=(span,),
        evidence=evidence,
        evidence_kind=EvidenceKind.INTERNAL,
        explanation=f"“{span.text}” does not fit “{evidence[0].span.text}”.",
        severity=Severity.MINOR,
        scope=Scope.SENTENCE,
        origin=Origin.SYNTHETIC,
        certainty=Certainty.PROVEN,
        witness=Witness(rule, (span,), tuple(e.span for e in evidence), expect=expect),
    )


def natural_rows() -> list[Record]:
    """One article that is wrong as found, and its repaired twin, in one group."""
    text = "The fair opens on Monday, 16 February 2022, said its director."
    wrong = Article(id="found", title="The fair", body=text, published=date(2022, 2, 10))
    twin = replace(wrong, body=text.replace("Monday", "Wednesday"))
    start = wrong.text.index("Monday")
    span = Span.of(wrong.text, start, start + len("Monday, 16 February 2022"))
    defect = Defect(
        id="d1",
        type="impossible_date",
        spans=(span,),
        evidence=(Evidence("calendar", fact="calendar"),),
        evidence_kind=EvidenceKind.SURFACE,
        explanation="16 February 2022 was a Wednesday.",
        severity=Severity.MINOR,
        scope=Scope.SENTENCE,
        origin=Origin.NATURAL,
        certainty=Certainty.PROVEN,
    )
    common = {"kind": Kind.NATURAL, "group": "natural-1", "source_sha256": _sha(wrong.text)}
    return [
        Record.of(wrong, label=1, defects=(defect,), **common),
        Record.of(twin, label=0, **common),
    ]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="session")
def make_release():
    """`write_rows`, for tests that need a release of their own."""
    return write_rows


@pytest.fixture(scope="session")
def make_family():
    """`family`: the rows made of one article."""
    return family


@pytest.fixture
def own_release(tmp_path: Path) -> Path:
    """A fresh copy of the release, to be damaged."""
    return write_release(tmp_path / "release")


@pytest.fixture
def make_row():
    """Makes a row of a table from what a test cares about."""

    def make(
        id: str,
        label: int = 0,
        *,
        text: str = "x" * 100,
        kind: Kind | None = None,
        group: str = "g",
        source_id: str | None = None,
        pair_id: str | None = None,
        defects: Sequence[GoldDefect] = (),
    ) -> Row:
        return Row(
            example=Example(id, text, "", None, None, "en"),
            label=label,
            kind=kind or (Kind.VARIANT if label else Kind.ORIGINAL),
            group=group,
            perturbation=None,
            source_id=source_id,
            pair_id=pair_id,
            defects=tuple(defects),
        )

    return make


@pytest.fixture
def make_defect():
    """Makes a gold defect from its places."""

    def make(
        spans, evidence=(), *, internal: bool = False, type_: str = "date_conflict"
    ) -> GoldDefect:
        return GoldDefect(
            type=type_,
            family="time",
            spans=tuple(spans),
            evidence=tuple(evidence),
            beyond=(),
            evidence_kind="internal" if internal else "metadata",
            basis=None,
            explanation="",
            certainty="proven",
        )

    return make

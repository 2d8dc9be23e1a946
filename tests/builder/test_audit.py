"""The audit on releases that leak, and on releases that do not."""

import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from builder.audit import AuditReport, Probe, Verdict, audit, render
from builder.audit.pairs import read_pairs
from builder.audit.probes import Probes
from builder.build import pair_row
from builder.cli import main
from builder.errors import BuilderError, UsageError
from builder.pipeline import Pair
from builder.release.shards import read_shard, write_shard
from perturbations.defects import (
    Certainty,
    Defect,
    Evidence,
    EvidenceKind,
    Origin,
    Scope,
    Severity,
)
from perturbations.record import Kind, Record
from perturbations.text import Article, Edit, Ledger, Span

WORDS = [f"{a}{b}{c}" for a in ("ba", "do", "ki", "lu", "me") for b in "rstn" for c in ("al", "is")]
NAMES = [f"{a}{b}" for a in ("Ab", "Cor", "Dal", "Fen", "Gor", "Hal") for b in ("bo", "ley", "sen")]
LATE = ["Quorum", "Zephyr", "Jargon", "Vortex", "Wicket", "Yonder"]
RESAMPLES = 200


@dataclass(frozen=True)
class Draft:
    """A source article under the hand of an operator."""

    article: Article
    rng: random.Random

    def at(self, word: str) -> Span:
        start = self.article.text.index(word)
        return Span.of(self.article.text, start, start + len(word))


Operator = Callable[[Draft], tuple[Ledger, Ledger]]
"""Makes the ledgers of a variant and of its control."""


def clean(draft: Draft) -> tuple[Ledger, Ledger]:
    """Both get another name, drawn from one bag: nothing can tell them apart."""
    names = draft.rng.sample(NAMES, 2)
    return tuple(Ledger.of(Edit.replace(draft.at("Slot"), name)) for name in names)


def word_at_the_end(draft: Draft) -> tuple[Ledger, Ledger]:
    """The variant ends in Zephyr always; the control in any of several words of its length."""
    end = len(draft.article.text)
    others = [word for word in LATE if word != "Zephyr"]
    return tuple(
        Ledger.of(Edit.insert(end, f" {word}.")) for word in ("Zephyr", draft.rng.choice(others))
    )


def word_in_the_headline(draft: Draft) -> tuple[Ledger, Ledger]:
    words = ("Zephyr", draft.rng.choice([word for word in LATE if word != "Zephyr"]))
    return tuple(Ledger.of(Edit.replace(draft.at("Report"), word)) for word in words)


def at_the_end_or_the_beginning(draft: Draft) -> tuple[Ledger, Ledger]:
    """One sentence, drawn from one bag, always last in the variant and first in the control."""
    first = draft.article.body_start
    end = len(draft.article.text)
    one, two = (" ".join(draft.rng.choices(WORDS, k=9)).capitalize() + "." for _ in range(2))
    return Ledger.of(Edit.insert(end, f" {one}")), Ledger.of(Edit.insert(first, f"{two} "))


def one_letter_longer(draft: Draft) -> tuple[Ledger, Ledger]:
    """Random letters; the variant has one more, among names of 4 to 14."""
    size = draft.rng.randint(4, 14)
    words = ("".join(draft.rng.choices("abcdefgh", k=size + k)) for k in (1, 0))
    return tuple(Ledger.of(Edit.replace(draft.at("Slot"), word)) for word in words)


def write(
    folder: Path,
    operators: dict[tuple[str, str], Operator],
    *,
    groups: int = 60,
    seed: int = 0,
    per_group: int = 1,
) -> Path:
    """Writes a release in which every (perturbation, type) works on every group."""
    rng = random.Random(seed)
    rows: dict[tuple[str, str], list[dict]] = {}
    for number in range(groups):
        group, split = f"group-{number:03}", ("train", "validation", "test")[number % 3]
        for turn in range(per_group):
            article = _article(f"{number}-{turn}", rng)
            source = _record(article, Kind.ORIGINAL, group)
            records = [source]
            for (name, slug), operator in operators.items():
                pair = _pair(Draft(article, rng), source, name, slug, operator)
                records += [pair.variant, pair.control]
                rows.setdefault(("pairs", split), []).append(pair_row(pair))
            rows.setdefault(("default", split), []).extend(r.to_json() for r in records)
    for (config, split), part in rows.items():
        write_shard(folder, config, split, part)
    return folder


def _article(identifier: str, rng: random.Random) -> Article:
    paragraphs = [
        " ".join(rng.choices(WORDS, k=rng.randint(15, 40))).capitalize() + "." for _ in range(3)
    ]
    paragraphs[1] = f"It was Slot {paragraphs[1]}"
    title = f"Report {' '.join(rng.choices(WORDS, k=3))}"
    return Article(id=identifier, title=title, body="\n\n".join(paragraphs), licence="CC-BY-4.0")


def _record(article: Article, kind: Kind, group: str, **more) -> Record:
    label = int(kind is Kind.VARIANT)
    return Record.of(article, kind=kind, label=label, group=group, source_sha256="0" * 64, **more)


def _pair(draft: Draft, source: Record, name: str, slug: str, operator: Operator) -> Pair:
    ledgers = operator(draft)
    common = {
        "group": source.group,
        "perturbation": name,
        "source_id": source.id,
        "pair_id": f"{draft.rng.getrandbits(64):016x}",
    }
    made = []
    for kind, ledger in zip((Kind.VARIANT, Kind.CONTROL), ledgers, strict=True):
        title = len(draft.article.title)
        title += sum(edit.growth for edit in ledger if edit.end <= title)
        text = ledger.apply(draft.article.text)
        article = draft.article.with_text(text, title_length=title)
        defects = (_defect(slug, ledger),) if kind is Kind.VARIANT else ()
        made.append(_record(article, kind, edits=ledger, defects=defects, **common))
    return Pair(source, *made)


def _defect(slug: str, ledger: Ledger) -> Defect:
    return Defect(
        id="d1",
        type=slug,
        spans=(ledger.outcome(0),),
        evidence=(Evidence("time of the article", field="published"),),
        evidence_kind=EvidenceKind.METADATA,
        explanation="It does not fit.",
        severity=Severity.MINOR,
        scope=Scope.GLOBAL,
        origin=Origin.SYNTHETIC,
        certainty=Certainty.SUSPECTED,
    )


def verdicts(report: AuditReport, slug: str) -> dict[Probe, Verdict]:
    row = next(row for row in report.types if row.name == slug)
    return {cell.probe: cell.verdict for cell in row.cells}


@pytest.fixture(scope="module")
def leaky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two types leak one word; one is clean."""
    return write(
        tmp_path_factory.mktemp("leaky"),
        {
            ("dates.one", "date_conflict"): word_at_the_end,
            ("people.two", "wrong_incumbent"): word_at_the_end,
            ("citations.three", "citation_date_conflict"): clean,
        },
    )


@pytest.fixture(scope="module")
def report(leaky: Path) -> AuditReport:
    return audit(leaky, resamples=RESAMPLES)


def test_a_planted_word_fails_where_it_shows_and_nowhere_else(report):
    assert report.failed
    for slug in ("date_conflict", "wrong_incumbent"):
        found = verdicts(report, slug)
        assert found[Probe.EDITED_SPAN] is Verdict.FAIL
        assert found[Probe.NGRAMS] is Verdict.FAIL
        assert found[Probe.OTHER_OPERATORS] is Verdict.FAIL
        assert found[Probe.HEADLINE] is Verdict.PASS
        assert found[Probe.LENGTH_POSITION] is not Verdict.FAIL
    assert Verdict.FAIL not in verdicts(report, "citation_date_conflict").values()


def test_the_figures_of_a_planted_word(report):
    cell = next(row for row in report.types if row.name == "date_conflict").cell(Probe.EDITED_SPAN)
    assert (cell.pairs, cell.groups, cell.differing, cell.left_out) == (60, 60, 60, 0)
    assert cell.estimate is not None
    assert cell.estimate.auroc > 0.99
    assert cell.estimate.accuracy > 0.99
    assert cell.p_holm is not None
    assert cell.p_holm < 0.05


@pytest.mark.parametrize(
    ("operator", "knowing"),
    [
        (word_in_the_headline, {Probe.HEADLINE, Probe.EDITED_SPAN, Probe.NGRAMS}),
        (at_the_end_or_the_beginning, {Probe.LENGTH_POSITION}),
        (one_letter_longer, {Probe.LENGTH_POSITION}),
    ],
)
def test_each_leak_fails_the_probes_that_can_see_it(tmp_path, operator, knowing):
    folder = write(
        tmp_path,
        {("dates.one", "date_conflict"): operator, ("people.two", "wrong_incumbent"): clean},
        groups=120,
    )
    report = audit(folder, resamples=RESAMPLES)
    found = verdicts(report, "date_conflict")
    assert {probe for probe, verdict in found.items() if verdict is Verdict.FAIL} == knowing
    assert Verdict.FAIL not in verdicts(report, "wrong_incumbent").values()


def test_a_letter_that_hides_among_articles_fails_by_pairs_told_apart(tmp_path):
    folder = write(tmp_path, {("dates.one", "date_conflict"): one_letter_longer}, groups=120)
    cell = audit(folder, resamples=RESAMPLES).types[0].cell(Probe.LENGTH_POSITION)
    assert cell.estimate is not None
    assert cell.estimate.low < 0.60
    assert cell.estimate.accuracy > 0.95
    assert cell.verdict is Verdict.FAIL


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_clean_construction_fails_nowhere(tmp_path, seed):
    folder = write(
        tmp_path,
        {("dates.one", "date_conflict"): clean, ("people.two", "wrong_incumbent"): clean},
        seed=seed,
    )
    report = audit(folder, resamples=RESAMPLES)
    assert not report.failed
    for row in report.types:
        assert row.cell(Probe.HEADLINE).verdict is Verdict.PASS
        assert all(cell.p_holm > 0.01 for cell in row.cells)


def test_what_only_the_own_group_tells_is_not_learnt(tmp_path):
    """Each group has a word of its own on all of its variants: whoever splits groups, knows."""
    words: dict[str, str] = {}

    def own_word(draft: Draft) -> tuple[Ledger, Ledger]:
        group = draft.article.id.split("-")[0]
        if group not in words:
            words[group] = "".join(draft.rng.choices("abcdefghijklmnop", k=12))
        other = "".join(draft.rng.choices("abcdefghijklmnop", k=12))
        return tuple(
            Ledger.of(Edit.replace(draft.at("Slot"), word)) for word in (words[group], other)
        )

    folder = write(tmp_path, {("dates.one", "date_conflict"): own_word}, groups=20, per_group=5)
    [row] = audit(folder, resamples=RESAMPLES).types
    cell = row.cell(Probe.EDITED_SPAN)
    assert (cell.pairs, cell.groups) == (100, 20)
    assert cell.estimate is not None
    assert cell.estimate.low < 0.5 < cell.estimate.high


def test_cells_that_do_not_apply_are_never_asked(tmp_path, monkeypatch):
    asked = []
    true = Probes.scores

    def spy(self, probe, rows, signs):
        asked.extend((self.pairs[i].type, probe) for i in rows)
        return true(self, probe, rows, signs)

    monkeypatch.setattr(Probes, "scores", spy)
    folder = write(
        tmp_path,
        {
            ("dates.one", "impossible_date"): one_letter_longer,
            ("citations.two", "dangling_marker"): one_letter_longer,
        },
        groups=12,
    )
    report = audit(folder, resamples=50)
    spared = {
        ("impossible_date", Probe.EDITED_SPAN),
        ("impossible_date", Probe.NGRAMS),
        ("impossible_date", Probe.OTHER_OPERATORS),
        ("dangling_marker", Probe.NGRAMS),
        ("dangling_marker", Probe.OTHER_OPERATORS),
    }
    assert set(asked) == {
        ("impossible_date", Probe.LENGTH_POSITION),
        ("dangling_marker", Probe.LENGTH_POSITION),
        ("dangling_marker", Probe.EDITED_SPAN),
    }
    for row in (*report.types, *report.perturbations):
        for cell in row.cells:
            if (row.type, cell.probe) in spared:
                assert cell.verdict is Verdict.NOT_APPLICABLE
                assert cell.estimate is None
                assert cell.reason
            else:
                assert cell.verdict is not Verdict.NOT_APPLICABLE


def test_a_headline_that_holds_the_defect_of_a_surface_type_is_left_out(tmp_path):
    folder = write(tmp_path, {("dates.one", "impossible_date"): word_in_the_headline}, groups=8)
    cell = audit(folder, resamples=50).types[0].cell(Probe.HEADLINE)
    assert (cell.pairs, cell.left_out) == (0, 8)
    assert cell.verdict is Verdict.TOO_FEW


def test_types_with_few_groups_have_no_numbers(tmp_path):
    folder = write(
        tmp_path, {("dates.one", "date_conflict"): word_at_the_end}, groups=4, per_group=10
    )
    report = audit(folder, resamples=50)
    assert not report.failed
    for cell in report.types[0].cells:
        assert cell.verdict is Verdict.TOO_FEW
        assert cell.estimate is None
        assert cell.pairs == 40


def test_without_other_operators_nothing_is_transferred(tmp_path):
    folder = write(tmp_path, {("dates.one", "date_conflict"): clean}, groups=8)
    cell = audit(folder, resamples=50).types[0].cell(Probe.OTHER_OPERATORS)
    assert cell.verdict is Verdict.TOO_FEW
    assert "other operators" in (cell.reason or "")


def test_where_ranking_is_no_feat_auroc_alone_decides(tmp_path, monkeypatch):
    spared = {("date_conflict", Probe.LENGTH_POSITION): "because"}
    monkeypatch.setattr("builder.audit.run.MAY_RANK", spared)
    folder = write(tmp_path, {("dates.one", "date_conflict"): one_letter_longer}, groups=120)
    cell = audit(folder, resamples=RESAMPLES).types[0].cell(Probe.LENGTH_POSITION)
    assert cell.estimate is not None
    assert cell.estimate.accuracy > 0.95
    assert cell.verdict is not Verdict.FAIL
    assert cell.reason == "because"


def test_leaks_that_balance_within_a_type_are_shown_and_decide_nothing(tmp_path):
    def turned(draft: Draft) -> tuple[Ledger, Ledger]:
        variant, control = word_at_the_end(draft)
        return control, variant

    folder = write(
        tmp_path,
        {
            ("dates.one", "date_conflict"): word_at_the_end,
            ("dates.two", "date_conflict"): turned,
        },
    )
    report = audit(folder, resamples=RESAMPLES)
    assert not report.failed
    for row in report.perturbations:
        assert row.cell(Probe.EDITED_SPAN).verdict is Verdict.FAIL
        transfer = row.cell(Probe.OTHER_OPERATORS)
        assert transfer.verdict is Verdict.PASS
        assert transfer.below_chance


def test_the_same_release_gives_the_same_report(leaky, tmp_path, report):
    for path in sorted((leaky / "data").rglob("*.parquet")):
        config, split = path.parent.name, path.name.split("-")[0]
        rows = read_shard(path)
        random.Random(5).shuffle(rows)
        write_shard(tmp_path, config, split, rows)
    assert audit(tmp_path, resamples=RESAMPLES).to_json() == report.to_json()
    assert audit(leaky, resamples=RESAMPLES, seed=1).to_json() != report.to_json()


def test_progress_runs_to_the_end(leaky):
    steps = []
    audit(leaky, resamples=50, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (30, 30)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_json_holds_every_cell_and_is_strict_json(report):
    value = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert value["failed"] is True
    assert [row["name"] for row in value["types"]] == [
        "date_conflict",
        "wrong_incumbent",
        "citation_date_conflict",
    ]
    cell = value["types"][0]["cells"][0]
    assert cell["probe"] == "edited_span"
    assert cell["verdict"] == "fail"
    low, high = cell["figures"]["auroc_interval"]
    assert low <= cell["figures"]["auroc"] <= high
    assert value["types"][0]["mean_edits"] == {"variant": 1.0, "control": 1.0}
    assert "resamples:200" in value["signature"]


def test_the_table_shows_figures_verdicts_and_reasons(report):
    console = Console(width=150, file=io.StringIO())
    render(report, console)
    text = console.file.getvalue()
    for expected in ("date_conflict", "FAIL  date_conflict, edited span", "1.00 [", "fail:"):
        assert expected in text
    assert "0.50 [0.50, 0.50]" in text


def test_the_command_fails_exactly_where_the_report_does(leaky, tmp_path, capsys):
    assert main(["audit", str(leaky), "--resamples", "50", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["failed"] is True
    folder = write(tmp_path, {("dates.one", "date_conflict"): clean}, groups=8)
    assert main(["audit", str(folder), "--resamples", "50"]) == 0
    assert "date_conflict" in capsys.readouterr().out


def _edited(folder: Path, config: str, change: Callable[[dict], dict | None]) -> None:
    """Writes one split of a config anew, each row as `change` leaves it; None takes it out."""
    path = next((folder / "data" / config).glob("test-*.parquet"))
    rows = [change(row) for row in read_shard(path)]
    write_shard(folder, config, "test", [row for row in rows if row is not None])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path, {("dates.one", "date_conflict"): clean}, groups=9)


def test_variants_without_control_are_counted(small):
    gone = {"control_id": None, "control_text": None, "control_edits": None}
    _edited(small, "pairs", lambda row: {**row, **gone})
    found = read_pairs(small)
    assert len(found.pairs) == 6
    assert found.without_control == {"date_conflict": 3}


def test_pairs_beyond_the_limit_are_counted(small):
    found = read_pairs(small, limit=5)
    assert len(found.pairs) == 5
    assert found.beyond_limit == {"dates.one": 4}
    assert [p.pair_id for p in found.pairs] == sorted(p.pair_id for p in found.pairs)


@pytest.mark.parametrize(
    ("config", "change", "message"),
    [
        ("default", lambda row: None if row["kind"] == "control" else row, "is no row of"),
        ("pairs", lambda row: {**row, "edits": []}, "edits do not make variant_text"),
        ("pairs", lambda row: {**row, "defects": []}, "has no defect"),
        (
            "pairs",
            lambda row: {**row, "defects": [{**row["defects"][0], "type": "date_conflct"}]},
            "did you mean 'date_conflict'",
        ),
        (
            "pairs",
            lambda row: {**row, "edits": [{**row["edits"][0], "end": 999}]},
            "must cover as many code points",
        ),
    ],
)
def test_rows_that_do_not_fit_are_named(small, config, change, message):
    _edited(small, config, change)
    with pytest.raises(BuilderError, match=message):
        audit(small)


def test_a_release_without_pairs_or_with_a_missing_shard_is_refused(small, tmp_path):
    with pytest.raises(UsageError, match="has no config 'default'"):
        audit(tmp_path / "nothing")
    path = small / "data" / "pairs" / "test-00000-of-00001.parquet"
    path.rename(path.with_name("test-00001-of-00002.parquet"))
    with pytest.raises(UsageError, match=r"test-00000-of-00002\.parquet is missing"):
        audit(small)


def test_shards_that_are_none_are_refused(small):
    path = small / "data" / "pairs" / "test-00000-of-00001.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.drop_columns(["control_edits"]), path)
    with pytest.raises(UsageError, match="has no column control_edits"):
        audit(small)
    path.write_bytes(b"PAR1 and nothing more")
    with pytest.raises(UsageError, match="cannot be read as Parquet"):
        audit(small)


def test_resamples_must_be_positive(small):
    with pytest.raises(UsageError, match="resamples must be positive, got 0"):
        audit(small, resamples=0)


def test_all_controls_missing_leaves_nothing_to_compare(small):
    gone = {"control_id": None, "control_text": None, "control_edits": None}
    for path in sorted((small / "data" / "pairs").glob("*.parquet")):
        rows = [{**row, **gone} for row in read_shard(path)]
        write_shard(small, "pairs", path.name.split("-")[0], rows)
    with pytest.raises(UsageError, match="nothing to compare"):
        audit(small)


def test_report_fails_by_types_alone(report):
    spared = replace(report, types=())
    assert not spared.failed

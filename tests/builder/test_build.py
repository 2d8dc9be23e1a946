"""From articles to a whole folder, or to none: determinism, equal texts, licences, staging."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import builder.build as building
import builder.pipeline as piping
from builder.build import build
from builder.errors import BuilderError, UsageError
from builder.release.staging import staged
from builder.release_file import ReleaseFile, load_release_file
from builder.sources import read_articles
from perturbations.record import Kind


@pytest.fixture(autouse=True)
def _remembering(monkeypatch, knowledge, reader):
    """Reading the same articles anew for each test would take most of their time."""
    monkeypatch.setattr(building, "load_knowledge", lambda overlay=None: knowledge)
    monkeypatch.setattr(piping, "Reader", lambda _: reader)


@pytest.fixture
def release(smaller_file) -> ReleaseFile:
    return load_release_file(smaller_file)


@pytest.fixture(scope="session")
def clean(release_file) -> list[dict[str, Any]]:
    """Two clean articles as JSON Lines would hold them."""
    sources = read_articles(load_release_file(release_file).articles)
    names = ("local-brightwater-cutlery-closure", "real-draghi-resigns")
    return [source.article.to_json() for source in sources if source.article.id in names]


def made(release: ReleaseFile, path: Path, out: Path) -> dict[str, Any]:
    return dict(build(replace(release, articles=(str(path),)), out).manifest)


def rows_of(folder: Path, config: str = "default") -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    files = sorted((folder / "data" / config).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def test_a_rebuild_is_the_same_to_the_byte(built, release_file, tmp_path):
    build(load_release_file(release_file), tmp_path / "again")
    files = sorted(p.relative_to(built.path) for p in built.path.rglob("*") if p.is_file())
    assert files == sorted(
        p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*") if p.is_file()
    )
    for name in files:
        assert (built.path / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_the_order_of_articles_decides_nothing(release, clean, write, tmp_path):
    one = made(release, write(*clean), tmp_path / "one")
    two = made(release, write(*reversed(clean)), tmp_path / "two")
    assert one == two


def test_another_seed_gives_another_digest(smaller, release, tmp_path):
    manifest = build(replace(release, seed=release.seed + 1), tmp_path / "other").manifest
    assert manifest["digest"] != smaller.manifest["digest"]


def test_of_two_equal_articles_one_is_left_out_and_counted(release, clean, write, tmp_path):
    single = made(release, write(clean[0]), tmp_path / "single")
    twice = made(release, write(clean[0], {**clean[0], "id": "zzz"}), tmp_path / "twice")
    assert twice["articles"] == {"clean": 1, "duplicate": 1}
    assert twice["digest"] == single["digest"]


def test_which_of_two_equal_articles_stays_does_not_depend_on_order(
    release, clean, write, tmp_path
):
    other = {**clean[0], "id": "another-name"}
    one = made(release, write(clean[0], other), tmp_path / "one")
    two = made(release, write(other, clean[0]), tmp_path / "two")
    assert one == two


def test_the_same_text_on_another_day_is_another_article(release, clean, write, tmp_path):
    later = {**clean[0], "id": "zzz", "published": None}
    manifest = made(release, write(clean[0], later), tmp_path / "out")
    assert manifest["articles"].get("duplicate") is None


@pytest.mark.parametrize("name", ["aaa", "zzz"])
def test_a_text_of_two_articles_stands_once(release, clean, write, tmp_path, name):
    """An article that equals a control of another one: the pair goes, or the article does."""
    out = tmp_path / "out"
    made(release, write(clean[0]), out)
    # One that took an entry out: the other article's own controls can't lead back from it.
    controls = [row for row in rows_of(out) if row["kind"] == Kind.CONTROL]
    control = next(row for row in controls if row["perturbation"] == "citations.numbering_gap")
    body = control["text"][len(control["title"]) + 2 :]
    other = {**clean[0], "id": name, "title": control["title"], "body": body}
    again = tmp_path / "again"
    manifest = made(release, write(clean[0], other), again)
    rows = rows_of(again)
    assert len({row["id"] for row in rows}) == len(rows)
    pairs = {pair["pair_id"] for pair in rows_of(again, "pairs")}
    assert pairs == {row["pair_id"] for row in rows if row["pair_id"]}
    if name == "zzz":
        assert manifest["articles"] == {"clean": 1, "duplicate": 1}
    else:
        reasons = manifest["not_made"]["refused"][control["perturbation"]]
        assert reasons["a row of another article has the same text"] >= 1


def test_articles_without_a_usable_licence_are_left_out_and_counted(
    release, clean, write, tmp_path
):
    out = tmp_path / "out"
    lines = [
        clean[0],
        {**clean[1], "id": "b", "licence": None},
        {**clean[1], "id": "c", "licence": "CC-BY-ND-4.0"},
        {**clean[1], "id": "d", "licence": "CC-BY-ND-4.0"},
    ]
    manifest = made(release, write(*lines), out)
    assert manifest["articles"] == {"clean": 1, "unlicensed": 3}
    assert manifest["not_made"]["unlicensed_articles"] == {
        "no licence is named": 1,
        "CC-BY-ND-4.0 forbids derived works": 2,
    }
    assert {row["licence"] for row in rows_of(out)} == {"CC-BY-4.0"}


def test_licences_are_inherited_and_named_on_the_card(release, clean, write, tmp_path):
    out = tmp_path / "out"
    made(release, write(clean[0], {**clean[1], "licence": "CC BY-SA 4.0"}), out)
    by_group: dict[str, set[str]] = {}
    for row in rows_of(out):
        by_group.setdefault(row["group"], set()).add(row["licence"])
    assert sorted(by_group.values(), key=str) == [{"CC BY-SA 4.0"}, {"CC-BY-4.0"}]
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "license:\n- cc-by-4.0\n- cc-by-sa-4.0\n" in card


def test_when_nothing_can_be_made_every_reason_is_named(release, clean, write, tmp_path):
    wrong = {**clean[0], "id": "b", "body": "It closed on Tuesday, 6 May 2024."}
    wrong["published"] = "2024-06-01"
    path = write({**clean[0], "licence": None}, wrong)
    with pytest.raises(BuilderError) as caught:
        made(release, path, tmp_path / "out")
    assert str(caught.value) == (
        "no row could be made of 2 articles: 1 left out because no licence is named, "
        "1 left out because a rule finds impossible_date; give each article a `licence`"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["articles.jsonl"]


def test_an_empty_split_is_not_written_and_warned_of(release, clean, write, tmp_path):
    out = tmp_path / "out"
    done = build(replace(release, articles=(str(write(clean[0])),)), out)
    [split] = done.manifest["configs"]["default"]
    assert [p.name for p in (out / "data" / "default").iterdir()] == [
        f"{split}-00000-of-00001.parquet"
    ]
    assert "natural" not in done.manifest["configs"]
    empty = {f"split {s} came out empty and was not written" for s in release.splits if s != split}
    assert empty <= set(done.warnings)
    assert f"split {split} has 1 groups, under 20: wide intervals" in done.warnings


def test_a_split_of_no_share_is_not_missed(release, tmp_path):
    shares = {"train": 1.0, "validation": 0.0, "test": 0.0}
    done = build(replace(release, splits=shares), tmp_path / "out")
    assert not any("empty" in warning for warning in done.warnings)
    assert list(done.manifest["configs"]["default"]) == ["train"]
    assert list(done.manifest["configs"]["natural"]) == ["test"]


def test_progress_tells_of_every_article(release, tmp_path):
    told = []
    build(release, tmp_path / "out", progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 6) for n in range(1, 7)]


def test_an_existing_release_stays_whole_until_another_can_take_its_place(
    copied, release, monkeypatch
):
    before = {p: p.read_bytes() for p in copied.path.rglob("*") if p.is_file()}

    def fails(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(building, "write_checksums", fails)
    with pytest.raises(RuntimeError):
        build(release, copied.path, overwrite=True)
    assert {p: p.read_bytes() for p in copied.path.rglob("*") if p.is_file()} == before
    assert [p.name for p in copied.path.parent.iterdir()] == ["copied"]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("write_shard", RuntimeError),
        ("write_card", KeyboardInterrupt),
        ("write_checksums", OSError),
    ],
)
def test_a_build_that_ends_half_way_leaves_nothing(release, tmp_path, monkeypatch, step, error):
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(building, step, fails)
    with pytest.raises(error):
        build(release, tmp_path / "new" / "deep" / "out")
    assert list(tmp_path.iterdir()) == []


def test_overwrite_replaces_a_release_and_all_that_stood_in_it(copied, release):
    (copied.path / "stray.txt").write_text("stray", encoding="utf-8")
    manifest = build(replace(release, seed=9), copied.path, overwrite=True).manifest
    assert copied.manifest["digest"] == manifest["digest"]
    assert not (copied.path / "stray.txt").exists()
    assert [p.name for p in copied.path.parent.iterdir()] == ["copied"]


def stage(out: Path, **options: bool) -> None:
    with staged(out, overwrite=options.get("overwrite", False)) as folder:
        (folder / "manifest.json").write_text(json.dumps("new"), encoding="utf-8")


def test_without_overwrite_an_existing_folder_is_refused_even_if_empty(tmp_path):
    with pytest.raises(UsageError, match="exists; choose another --out, or add --overwrite"):
        stage(tmp_path)


def test_overwrite_takes_an_empty_folder_but_spares_what_is_no_release(tmp_path):
    empty, mine, file = tmp_path / "empty", tmp_path / "mine", tmp_path / "file"
    empty.mkdir()
    mine.mkdir()
    (mine / "thesis.txt").write_text("ten years", encoding="utf-8")
    file.write_text("one page", encoding="utf-8")
    stage(empty, overwrite=True)
    assert (empty / "manifest.json").exists()
    with pytest.raises(UsageError, match="is no release"):
        stage(mine, overwrite=True)
    with pytest.raises(UsageError, match="is a file, no release"):
        stage(file, overwrite=True)
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "ten years"
    assert file.read_text(encoding="utf-8") == "one page"


def test_a_folder_named_by_a_dot_or_a_link_is_the_folder_itself(tmp_path, monkeypatch):
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    stage(tmp_path / "link", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (real / "manifest.json").exists()
    monkeypatch.chdir(real)
    stage(Path("."), overwrite=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]
    with pytest.raises(UsageError, match="must name a folder to make"):
        stage(Path("/"), overwrite=True)


def test_parents_are_made_and_one_that_is_a_file_is_named(tmp_path):
    stage(tmp_path / "a" / "b" / "out")
    assert (tmp_path / "a" / "b" / "out" / "manifest.json").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot write beside"):
        stage(tmp_path / "file" / "out")


def test_a_failed_swap_gives_the_old_release_back(copied, monkeypatch):
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name.startswith(".copied.partial") and not self.name.endswith(".old"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="No space"):
        stage(copied.path, overwrite=True)
    assert copied.manifest["name"] == "small"
    assert os.listdir(copied.path.parent) == ["copied"]
    shutil.rmtree(copied.path)

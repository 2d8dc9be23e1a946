"""The sample release that ships: rebuilt, verified, scored by default, and its card at the top."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from builder.build import build
from builder.release.manifest import read_manifest
from builder.release_file import default_release_file, load_release_file
from builder.verify import verify
from perturbations.knowledge import data_folder
from perturbations.perturbation import BUILT_IN, Catalogue

SAMPLE = data_folder() / "sample"
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    out = tmp_path_factory.mktemp("rebuilt") / "sample"
    build(load_release_file(default_release_file()), out)
    return out


def test_the_default_build_gives_the_sample_row_by_row(rebuilt):
    ours, theirs = read_manifest(rebuilt), read_manifest(SAMPLE)
    digests = [
        {
            (config, split): [shard["digest"] for shard in entry["shards"]]
            for config, splits in manifest["configs"].items()
            for split, entry in splits.items()
        }
        for manifest in (ours, theirs)
    ]
    assert digests[0] == digests[1]
    assert ours["digest"] == theirs["digest"]


def test_every_row_of_the_sample_is_proven():
    found = verify(SAMPLE)
    assert found.failures == []
    assert found.checked["witnesses"] >= found.checked["rows variant"] >= 500


def test_the_top_level_card_is_the_samples():
    card = (CHECKOUT / "DATASET_CARD.md").read_text(encoding="utf-8")
    assert card == (SAMPLE / "README.md").read_text(encoding="utf-8")


def test_the_sample_is_what_the_benchmark_scores_by_default(tmp_path):
    out = tmp_path / "run"
    command = [sys.executable, "-m", "benchmark", "run", "majority", "rules", "--json"]
    done = subprocess.run(
        [*command, "--out", str(out), "--resamples", "50"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
    results = (out / "results.json").read_text(encoding="utf-8")
    assert read_manifest(SAMPLE)["digest"] in results
    assert (out / "report.html").stat().st_size > 10_000


def test_every_type_that_is_synthesised_stands_in_it():
    catalogue = Catalogue()
    types = {catalogue.listing(name).type for name in BUILT_IN}
    assert len(types) >= 22
    assert set(read_manifest(SAMPLE)["rows"]["by_type"]) == types

"""Perturbations of other packages: the example that stands beside, and some that are broken."""

import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from builder.cli import main
from perturbations.perturbation import BUILT_IN, GROUP

EXAMPLE = Path(__file__).parents[1] / "plugins" / "example_plugin"
NAME = "example.short_weekday"

ARTICLE = {
    "id": "footbridge",
    "title": "Footbridge opens in Haverby",
    "body": "HAVERBY - The footbridge over the Lode opened on Monday, 6 May 2024.\n\nThe old one "
    "was closed in autumn.",
    "published": "2024-05-07",
    "licence": "CC0-1.0",
}


RELEASE = {
    "name": "plugged",
    "version": "0.1.0",
    "seed": 1,
    "variants_per_article": 2,
    "splits": {"train": 1.0, "validation": 0.0, "test": 0.0},
}
SOUND, ASKED = {"dates.weekday": 1.0}, {"mine.broken": 1.0}


def registered(folder: Path, points: dict[str, str]) -> None:
    """Writes what an installer would leave of a package beside it."""
    info = folder / "of_the_test-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: of-the-test\nVersion: 0.1.0\n")
    lines = "".join(f"{name} = {place}\n" for name, place in points.items())
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}")


@pytest.fixture
def installed(tmp_path):
    """A folder on the path of modules in which the example plug-in is installed."""
    site = tmp_path / "site"
    shutil.copytree(EXAMPLE, site, ignore=shutil.ignore_patterns("__pycache__"))
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    registered(site, project["entry-points"][GROUP])
    return site


def environment(*folders):
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, folders))}


def test_the_example_stands_in_the_catalogue(run, installed):
    done = run("catalogue", "--json", env=environment(installed))
    assert done.err == ""
    found = {one["name"]: one for one in json.loads(done.out)}
    assert set(found) == {*BUILT_IN, NAME}
    assert found[NAME] == {
        "name": NAME,
        "type": "impossible_date",
        "family": "time",
        "kind": ["surface", "internal"],
        "witness": ["calendar"],
        "control": "the right weekday, shortened in the same way",
        "defined_in": "inconsistent_news_example.weekdays:ShortWeekday",
    }
    assert NAME in run("catalogue", env=environment(installed)).out


def test_rows_are_built_with_the_example_and_verified(run, installed, tmp_path, write):
    source = write(ARTICLE)
    release = RELEASE | {"articles": [str(source)], "perturbations": {NAME: 1.0}}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(release))
    more = {"env": environment(installed)}
    done = run("build", "mine.yaml", "--out", "out", "--json", **more)
    assert done.status == 0, done.err
    assert json.loads(done.out)["rows"]["by_perturbation"] == {NAME: 1}
    assert run("verify", "out", **more).status == 0
    # What proves its rows is no part of the plug-in: they are verified without it, too.
    assert run("verify", "out").status == 0


def test_an_article_is_perturbed_with_the_example(run, installed, write):
    source = write(ARTICLE)
    more = {"env": environment(installed)}
    found = json.loads(run("perturb", source, "--with", NAME, "--json", **more).out)
    [variant] = found["variants"]
    [edit] = variant["variant"]["edits"]
    assert edit["before"] == "Monday"
    assert edit["after"] in ("Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    [kept] = variant["control"]["edits"]
    assert (kept["before"], kept["after"]) == ("Monday", "Mon")


BROKEN = """
class Broken:
    name = "mine.broken"
    type = "impossible_date"
    rules = ("calendar",)
    control = "nothing"
    preparation = None

    def propose(self, subject, draw):
        yield from ()


class Raises(Broken):
    def __init__(self):
        raise RuntimeError("no such weather station")


class NoType(Broken):
    type = "imposible_date"


class NoRule(Broken):
    rules = ("calender",)


class NoControl:
    name = "mine.broken"
    type = "impossible_date"
"""


@pytest.mark.parametrize(
    ("name", "place", "reason"),
    [
        ("mine.broken", "no_such_module:Thing", "ModuleNotFoundError: No module named"),
        ("mine.broken", "broken_module:Thing", "AttributeError: module 'broken_module' has no"),
        ("mine.broken", "broken_module:Raises", "RuntimeError: no such weather station"),
        ("mine.broken", "broken_module:NoType", "has the type 'imposible_date': unknown defect"),
        ("mine.broken", "broken_module:NoRule", "has the rule 'calender', which nothing rechecks"),
        ("mine.broken", "broken_module:NoControl", "lacks rules, control, preparation, propose of"),
        ("mine.other", "broken_module:Broken", "calls itself 'mine.broken'; its entry point must"),
        ("dates.weekday", "broken_module:Broken", "has the name of perturbations.dates:WrongWeekd"),
        ("mine.broken", "syntax_error:Thing", "SyntaxError: "),
    ],
)
def test_a_broken_plug_in_is_named_and_skipped(tmp_path, monkeypatch, capsys, name, place, reason):
    plugged(tmp_path, {name: place})
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "broken_module", raising=False)
    assert main(["catalogue", "--json"]) == 0
    said = capsys.readouterr()
    assert [one["name"] for one in json.loads(said.out)] == list(BUILT_IN)
    assert said.err.startswith(f"builder: warning: perturbation '{name}'")
    assert reason in said.err
    assert said.err.endswith("; skipped\n")
    assert said.err.count("\n") == 1


def plugged(folder: Path, points: dict[str, str]) -> None:
    registered(folder, points)
    (folder / "broken_module.py").write_text(BROKEN)
    (folder / "syntax_error.py").write_text("class Thing(:\n")


def test_a_broken_plug_in_stops_nothing_that_does_not_ask_for_it(run, tmp_path, write):
    plugged(tmp_path / "site", {"mine.broken": "broken_module:Raises"})
    source, more = write(ARTICLE), {"env": environment(tmp_path / "site")}
    done = run("perturb", source, "--with", "dates.weekday", **more)
    assert done.status == 0
    assert done.said().endswith("no such weather station; skipped")
    done = run("perturb", source, "--with", "mine.broken", **more)
    assert done.status == 2
    assert done.said().startswith("--with: perturbation 'mine.broken' cannot be loaded")
    release = RELEASE | {"articles": [str(source)]}
    (tmp_path / "sound.yaml").write_text(yaml.safe_dump(release | {"perturbations": SOUND}))
    done = run("build", "sound.yaml", "--out", "out", **more)
    assert done.status == 0
    assert "no such weather station; skipped" in done.err
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(release | {"perturbations": ASKED}))
    done = run("build", "mine.yaml", "--out", "other", **more)
    assert done.status == 2
    assert done.said().startswith("mine.yaml: perturbations: perturbation 'mine.broken' cannot be")
    assert not (tmp_path / "other").exists()

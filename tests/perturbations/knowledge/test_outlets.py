from __future__ import annotations

import csv
import json
import os
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import re2

from perturbations.knowledge import Outlet, knowledge_folder, load
from perturbations.reading.citation_addresses import (
    find_addresses,
    host_and_path,
    what_address_tells,
)
from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.offsets import Encoded

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", ROOT.parent / "shared" / "corpus"))
OUTLETS = load().outlets
GRAMMARS = [(o.id, g) for o in OUTLETS.values() for g in o.grammar]
GROUPS = {"year", "month", "day", "id"}


def raw_rows() -> list[dict[str, Any]]:
    lines = (knowledge_folder() / "outlets.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def anchors(row: dict[str, Any]) -> list[tuple[int, date, str]]:
    return [(a["id"], date.fromisoformat(a["date"]), a["status"]) for a in row.get("ids", ())]


def test_the_table_is_sorted_and_large_enough() -> None:
    ids = [row["id"] for row in raw_rows()]
    assert ids == sorted(ids)
    assert len(ids) >= 450
    assert sum(bool(row["grammar"]) for row in raw_rows()) >= 350
    assert sum(bool(row.get("ids")) for row in raw_rows()) >= 25


def test_a_domain_belongs_to_one_outlet() -> None:
    owners = defaultdict(set)
    for outlet in OUTLETS.values():
        assert outlet.domains, outlet.id
        for domain in outlet.domains:
            assert re2.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain), outlet.id
            owners[domain].add(outlet.id)
    assert {domain: ids for domain, ids in owners.items() if len(ids) > 1} == {}


def test_names_are_shared_only_by_outlets_that_really_share_them() -> None:
    owners = defaultdict(set)
    for outlet in OUTLETS.values():
        for name in {outlet.name, *outlet.aliases}:
            owners[name.removeprefix("The ")].add(outlet.id)
    shared = {name for name, ids in owners.items() if len(ids) > 1}
    assert shared == {
        "ABC",
        "ABC News",
        "Business Standard",
        "Politico",
        "POLITICO",
        "Star",
        "National",
    }


@pytest.mark.parametrize(("outlet", "grammar"), GRAMMARS, ids=lambda v: getattr(v, "pattern", v))
def test_a_grammar_compiles_tells_what_it_names_and_fits_its_example(
    outlet: str, grammar: Any
) -> None:
    pattern = re2.compile(grammar.pattern)
    assert grammar.pattern.startswith("^/"), outlet
    assert grammar.pattern.endswith("$"), outlet
    assert set(grammar.tells) <= set(pattern.groupindex) & GROUPS
    match = pattern.search(grammar.example)
    assert match is not None
    assert all(match.group(group) for group in grammar.tells)
    if grammar.since and grammar.until:
        assert grammar.since < grammar.until


def test_the_first_grammar_that_fits_an_example_is_its_own_or_tells_as_much() -> None:
    for identity, grammar in GRAMMARS:
        told = what_address_tells(f"https://x.example{grammar.example}", OUTLETS[identity])
        assert told is not None
        assert set(told.grammar.tells) >= set(grammar.tells), (identity, grammar.pattern)


def test_running_numbers_grow_with_their_days() -> None:
    rows = [row for row in raw_rows() if row.get("ids")]
    assert {"bbc-news", "dw"} <= {row["id"] for row in rows}
    for row in rows:
        points = anchors(row)
        assert points == sorted(points), row["id"]
        assert [day for _, day, _ in points] == sorted(day for _, day, _ in points), row["id"]
        assert {status for _, _, status in points} <= {"verified", "single_source", "uncertain"}


def test_the_seed_address_bears_a_number_of_september_2021() -> None:
    [bbc] = [row for row in raw_rows() if row["id"] == "bbc-news"]
    before = max(p for p in anchors(bbc) if p[0] < 58497341)
    after = min(p for p in anchors(bbc) if p[0] > 58497341)
    assert before[1] == date(2021, 9, 3)
    assert after[1] <= date(2021, 9, 30)


def test_sources_are_named_in_the_list_of_tables() -> None:
    tables = json.loads((knowledge_folder() / "tables.json").read_text("utf-8"))["tables"]
    known = set(tables["outlets"]["sources"])
    assert {s for o in OUTLETS.values() for s in o.sources} <= known


def test_often_cited_outlets_are_known_with_the_domain_they_are_cited_by() -> None:
    path = ROOT.parent / "shared" / "reference" / "outlet_domains.csv"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    cited: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        cited[row["outlet"]][row["domain"]] += int(row["count"])
    index = OutletIndex(load())
    unknown = []
    for name, domains in cited.items():
        domain, _ = domains.most_common(1)[0]
        if domains.total() < 25 or " via " in name:
            continue
        if not set(index.of_name(name)) & set(index.of_host(domain)):
            unknown.append((name, domain))
    assert unknown == []


def test_addresses_of_2025_fit_the_grammar_of_their_outlet() -> None:
    path = CORPUS / "current_events.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    index = OutletIndex(load())
    fits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    far = 0
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        day = date.fromisoformat(row["published"])
        for outlet, address in known_addresses(row["body"], index):
            told = what_address_tells(address, outlet)
            total[outlet.id] += 1
            fits[outlet.id] += told is not None
            far += bool(told and told.date and abs(told.date - day) > timedelta(days=14))
    assert total.total() >= 900
    assert fits.total() >= 0.97 * total.total()
    often = [identity for identity, count in total.items() if count >= 10]
    assert all(fits[identity] >= 0.8 * total[identity] for identity in often)
    assert far <= 3


def known_addresses(text: str, index: OutletIndex) -> list[tuple[Outlet, str]]:
    source = Encoded(text)
    found = []
    for start, end in find_addresses(source):
        address = source.span(start, end).text
        ids = index.of_host(host_and_path(address)[0])
        if ids and OUTLETS[ids[0]].grammar:
            found.append((OUTLETS[ids[0]], address))
    return found

"""Titled names in dated releases: whoever surely was not in office is spoken of as history."""

import json
import os
import re
from datetime import date
from pathlib import Path

import ahocorasick_rs
import pytest

from perturbations.knowledge import Knowledge, Truth

HISTORY = re.compile(r"\b(former|then|late|alternate|vice|overthrow of)\b[\w\s.-]*$", re.IGNORECASE)
EXPLAINED = {
    ("barack-obama", "2022-03-23"): "a look back: twelve years ago",
    ("george-h-w-bush", "2021-11-22"): "a look back: somebody served under him",
    ("george-w-bush", "2023-03-21"): "a look back: somebody served under his administration",
}

PREFERENCE = (Truth.HOLDS, Truth.UNKNOWN, Truth.FAILS)
"""One title may mean several offices of one person; the kindest answer counts."""


@pytest.fixture(scope="module")
def releases() -> list[dict]:
    checkout = Path(__file__).resolve().parents[3]
    corpus = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", checkout.parent / "shared" / "corpus"))
    path = corpus / "government_releases.jsonl"
    if not path.exists():
        pytest.skip("the corpus is absent; name its folder by INCONSISTENT_NEWS_CORPUS")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_officials_who_met_or_called_were_in_office_that_day(shipped: Knowledge, releases):
    names = [(name, person) for person in shipped.people for name in shipped.aliases(person)]
    gazetteer = ahocorasick_rs.AhoCorasick(
        [name for name, _ in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    titles = sorted({t for o in shipped.offices.values() for t in o.titles}, key=len, reverse=True)
    title_before = re.compile(rf"\b({'|'.join(map(re.escape, titles))}) (?:Sheikh )?$")
    answers = dict.fromkeys(Truth, 0)
    wrong = set()
    for release in releases:
        text = f"{release['title']}\n\n{release['body']}"
        day = date.fromisoformat(release["published"])
        for number, start, _ in gazetteer.find_matches_as_indexes(text):
            person = names[number][1]
            title = title_before.search(text[max(0, start - 60) : start])
            held = {term.office for term in shipped.terms_of(person=person)}
            offices = held & set(shipped.title_holders(title[1])) if title else set()
            if not offices or HISTORY.search(text[max(0, start - 60) : start]):
                continue
            found = {shipped.in_office(person, office, day, day) for office in offices}
            best = next(truth for truth in PREFERENCE if truth in found)
            answers[best] += 1
            if best is Truth.FAILS:
                wrong.add((person, day.isoformat()))
    assert answers[Truth.HOLDS] > 500
    assert wrong == set(EXPLAINED)

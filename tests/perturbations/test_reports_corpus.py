"""What is cited, on real text: rules that find nothing, operators that build what they say."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from perturbations.defects.rules import cited, reference
from perturbations.proposal import NotApplicable
from perturbations.text import Article

FILES = ("government_releases", "wikinews", "current_events")


@pytest.fixture(scope="module")
def articles():
    """Every article of the corpus; skipped where it is absent."""
    checkout = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("INCONSISTENT_NEWS_CORPUS", checkout.parent / "shared" / "corpus"))
    if not (folder / "wikinews.jsonl").exists():
        pytest.skip("the corpus is absent; name it by INCONSISTENT_NEWS_CORPUS")
    rows = [json.loads(line) for f in FILES for line in (folder / f"{f}.jsonl").open()]
    return [
        Article(row["id"], row["title"], row["body"], date.fromisoformat(row["published"]))
        for row in rows
        if row.get("published")
    ]


def test_the_rules_find_nothing_in_real_text(articles, reader, knowledge):
    dated = 0
    for article in articles:
        if "Executive Order" not in article.text and "esolution" not in article.text:
            continue
        reading = reader.read(article)
        dated += sum(mention.date is not None for mention in reading.documents)
        found = [*reference.find(reading, knowledge), *cited.find(reading, knowledge)]
        assert [f.explanation for f in found] == []
    # Every dated executive order of the corpus that the table knows bears its date.
    assert dated >= 20


@pytest.mark.parametrize(
    ("name", "every", "least"),
    [
        ("citations.chimera", 40, 12),
        ("citations.unsupported", 20, 4),
        ("citations.attribution", 6, 1),
    ],
)
def test_variants_of_real_text_keep_the_contract(articles, workshop, name, every, least):
    built = 0
    for number, article in enumerate(articles[::every]):
        try:
            found = workshop.built(name, workshop.subject(article), number, limit=1)
        except NotApplicable:
            continue
        built += len(found)
        assert len(found) <= 1
    assert built >= least

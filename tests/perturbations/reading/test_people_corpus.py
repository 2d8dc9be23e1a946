"""Claims of office in real releases: none may fail on the day it was published, unless courtesy."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from perturbations.knowledge import Truth, load
from perturbations.reading.reader import Reader
from perturbations.text import Article

CORPUS = Path(
    os.environ.get("INCONSISTENT_NEWS_CORPUS")
    or Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real articles is not here")
def test_claims_in_real_releases_are_true():
    knowledge = load()
    reader = Reader(knowledge)
    answers = dict.fromkeys(Truth, 0)
    failing = []
    with (CORPUS / "government_releases.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = Article.from_json(json.loads(line))
            day = article.reference_date
            assert day is not None
            for mention in reader.read(article).people:
                if not mention.claims_office or mention.courtesy or mention.person is None:
                    continue
                found = {
                    knowledge.in_office(mention.person, office, day, day)
                    for office in mention.offices
                }
                answer = next(t for t in (Truth.HOLDS, Truth.UNKNOWN, Truth.FAILS) if t in found)
                answers[answer] += 1
                if answer is Truth.FAILS:
                    failing.append((article.id, mention.span))
    assert failing == []
    assert answers[Truth.HOLDS] > 1500

"""The reference checker: the rules that prove a release's labels, run over any article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benchmark.dataset import Example
from benchmark.prediction import PredictedDefect, Prediction
from perturbations.defects import Certainty, Defect
from perturbations.knowledge import Knowledge
from perturbations.text import SEPARATOR, Article

PROVEN_DOUBT = 0.02
"""What is left of doubt after one proven finding; halved by every further one."""
SUSPECTED_SCORE = 0.5
"""Score of an article in which something is suspected and nothing proven."""
CLEAN_SCORE = 0.02
"""Score of an article in which no rule finds anything."""


class Rules:
    """Reads an article once and asks every rule; says what is wrong, where, and by which evidence.

    The scores order articles (proven before suspected before clean); they are not calibrated. On
    synthetic rows they are circular, because the same rules proved the labels.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        from perturbations.reading.reader import Reader

        self.knowledge = knowledge
        self._reader = Reader(knowledge)

    @property
    def knowledge_digest(self) -> str:
        """The digest of the tables that the rules look things up in."""
        return self.knowledge.digest

    def find(self, article: Article) -> tuple[Defect, ...]:
        """What the rules find in an article, in order of place."""
        from perturbations.defects.screen import screen

        return screen(self._reader.read(article), self.knowledge)

    def predict(self, batch: Sequence[Example]) -> list[Prediction]:
        """A score, and the findings as defects, for each."""
        return [self._answer(example) for example in batch]

    def _answer(self, example: Example) -> Prediction:
        found = self.find(article_of(example))
        return Prediction(example.id, _score(found), tuple(_predicted(d) for d in found))


def article_of(example: Example) -> Article:
    """The article that an example shows."""
    body_start = len(example.title) + len(SEPARATOR) if example.title else 0
    return Article(
        id=example.id,
        title=example.title,
        body=example.text[body_start:],
        published=date.fromisoformat(example.published) if example.published else None,
        updated=date.fromisoformat(example.updated) if example.updated else None,
        language=example.language,
    )


def _score(found: Sequence[Defect]) -> float:
    proven = sum(defect.certainty is Certainty.PROVEN for defect in found)
    if proven:
        return 1 - PROVEN_DOUBT * 0.5 ** (proven - 1)
    return SUSPECTED_SCORE if found else CLEAN_SCORE


def _predicted(defect: Defect) -> PredictedDefect:
    evidence = (item.span for item in defect.evidence if item.span is not None)
    return PredictedDefect(
        spans=tuple((span.start, span.end) for span in defect.spans if span.text),
        evidence=tuple((span.start, span.end) for span in evidence if span.text),
        type=defect.type,
    )

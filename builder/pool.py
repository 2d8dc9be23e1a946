"""The pool: passages of a release's own articles that perturbations may set into others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.pipeline import Passages
from builder.release_file import ReleaseFile
from builder.sources import SourceArticle, objection
from builder.splits import group_of, split_of
from perturbations.defects.rules.finding import RuleError
from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.passages import Passage, passages_of
from perturbations.proposal import Perturbation
from perturbations.reading.reader import Reader

ARTICLES = 500
"""Articles that are read for it, at most."""

PER_SPLIT = 200
"""Passages of one split and licence, at most: every article weighs all of its split."""


def pool(
    release: ReleaseFile,
    perturbations: Mapping[str, Perturbation],
    sources: Iterable[SourceArticle],
    reader: Reader,
) -> Passages:
    """Gathers passages of clean articles, by split and licence.

    Which articles are asked is drawn from the hash of their ids, so that the order in which they
    come decides nothing; an article in which a rule finds a defect gives none. Empty where no
    perturbation of the release `sets_in_passages`.
    """
    if not any(getattr(one, "sets_in_passages", False) for one in perturbations.values()):
        return {}
    clean = [s for s in sources if s.kind == "clean" and objection(s.article.licence) is None]
    clean.sort(key=lambda s: Draw(release.seed, s.article.id, "pool").seed())
    found: dict[tuple[str, str], list[Passage]] = {}
    for source in clean[:ARTICLES]:
        article = source.article
        split = split_of(group_of(article), release.splits, release.seed)
        part = found.setdefault((split, article.licence or ""), [])
        if len(part) >= PER_SPLIT:
            continue
        reading = reader.read(article)
        try:
            if not screen(reading, reader.knowledge):
                part += passages_of(reading, reader.knowledge)
        except RuleError:
            continue  # the pipeline counts it when the article's own turn comes
    return {key: tuple(part[:PER_SPLIT]) for key, part in found.items()}

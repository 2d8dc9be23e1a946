"""`builder perturb`: what perturbations make of one article, with proof, control and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.pipeline import Made, Pair, Passages, Pipeline
from builder.pool import pool
from builder.proof import Proof, proof_of
from builder.release_file import SEEDS, ReleaseFile
from builder.sources import SourceArticle, read_articles
from perturbations.defects import Defect
from perturbations.defects.rules.finding import RuleError
from perturbations.defects.screen import RULES, screen
from perturbations.knowledge import Knowledge
from perturbations.knowledge.horizon import beyond
from perturbations.proposal import Perturbation, Proposal, Subject
from perturbations.prove import Prover, Variant
from perturbations.reading.reader import Reader
from perturbations.record import Record
from perturbations.text import Article, Ledger

SCHEMA_VERSION = 1
ATTEMPTS = 6
"""Proposals of one perturbation that are tried before it is given up, as in a release."""

_ONE_SPLIT = {"train": 1.0, "validation": 0.0, "test": 0.0}


@dataclass(frozen=True, slots=True)
class ShownVariant:
    """One variant with everything that is shown of it.

    `source` is the text that the edits apply to; `preparation` holds the edits that made it of the
    article, and is empty where it is the article itself.
    """

    perturbation: str
    source: str
    preparation: Ledger
    variant: Record
    control: Record
    control_note: str
    proofs: tuple[Proof, ...]

    def to_json(self) -> dict[str, Any]:
        """As `data/schemas/perturb.schema.json` describes it."""
        return {
            "perturbation": self.perturbation,
            "source": {"text": self.source, "edits": self.preparation.to_json()},
            "variant": {
                "text": self.variant.text,
                "edits": self.variant.edits.to_json(),
                "defects": [defect.to_json() for defect in self.variant.defects],
                "proof": [proof.to_json() for proof in self.proofs],
            },
            "control": {
                "text": self.control.text,
                "edits": self.control.edits.to_json(),
                "note": self.control_note,
                "checked_by": list(self.control.checked_by),
            },
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a perturbation made nothing, or had proposals refused, and how often."""

    perturbation: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Perturbed:
    """What became of one article.

    `findings` are what the rules find in the article itself; where there are any, it is no clean
    source, and no variant is made of it.
    """

    article: Article
    seed: int
    knowledge: Knowledge
    findings: tuple[Proof, ...]
    found: tuple[Defect, ...]
    broken: str | None
    variants: tuple[ShownVariant, ...]
    not_applicable: tuple[Reason, ...]
    refused: tuple[Reason, ...]
    warnings: tuple[str, ...]

    @property
    def checked_by(self) -> tuple[str, ...]:
        """The rules that looked over the article; none where one of them broke."""
        return () if self.broken else RULES

    def to_json(self) -> dict[str, Any]:
        """The object that `data/schemas/perturb.schema.json` describes."""
        article = self.article.to_json()
        return {
            "schema_version": SCHEMA_VERSION,
            "seed": self.seed,
            "knowledge": {
                "version": self.knowledge.version,
                "digest": self.knowledge.digest,
                **self.knowledge.parts,
            },
            "article": {
                **{key: article[key] for key in ("id", "title", "published", "updated")},
                "language": self.article.language,
                "text": self.article.text,
            },
            "certificate": {
                "checked_by": list(self.checked_by),
                "broken": self.broken,
                "findings": [defect.to_json() for defect in self.found],
                "proof": [proof.to_json() for proof in self.findings],
            },
            "variants": [variant.to_json() for variant in self.variants],
            "not_applicable": [
                {"perturbation": one.perturbation, "reason": one.reason}
                for one in self.not_applicable
            ],
            "refused": [
                {"perturbation": one.perturbation, "reason": one.reason, "proposals": one.count}
                for one in self.refused
            ],
            "warnings": list(self.warnings),
        }


class _NotingProver(Prover):
    """Proves as ever, and keeps what each control says of how the meaning was kept."""

    def __init__(self, reader: Reader, knowledge: Knowledge) -> None:
        super().__init__(reader, knowledge)
        self.notes: dict[str, str] = {}

    def prove(self, subject: Subject, proposal: Proposal) -> Variant:
        """Proves one proposal; raises as the prover does."""
        variant = super().prove(subject, proposal)
        self.notes[variant.version.article.text] = variant.control_note
        return variant


def perturb(
    source: SourceArticle,
    perturbations: Mapping[str, Perturbation],
    knowledge: Knowledge,
    *,
    seed: int = 0,
) -> Perturbed:
    """Tries each perturbation once on an article, exactly as a release of that seed would.

    Args:
        source: the article, with the slots that people annotated.
        perturbations: by name, as the catalogue loads them.
        knowledge: what world facts are held against.
        seed: what every choice is drawn from.
    """
    release = ReleaseFile(
        name="perturb",
        version="0.0.0",
        seed=seed,
        articles=(),
        perturbations=dict.fromkeys(perturbations, 1.0),
        variants_per_article=max(len(perturbations), 1),
        splits=_ONE_SPLIT,
        attempts=ATTEMPTS,
    )
    prover = _NotingProver(Reader(knowledge), knowledge)
    passages = _passages(source, release, perturbations, prover.reader)
    pipeline = Pipeline(release, perturbations, knowledge, passages)
    pipeline.prover = prover
    findings, broken = _findings(source.article, prover)
    made = Made() if findings or broken else pipeline.make(source)
    return Perturbed(
        article=source.article,
        seed=seed,
        knowledge=knowledge,
        findings=tuple(proof_of(defect, source.article, knowledge) for defect in findings),
        found=findings,
        broken=broken,
        variants=tuple(_shown(made.pairs, perturbations, prover, source.article)),
        not_applicable=tuple(_reasons(made.tally.not_applicable)),
        refused=tuple(_reasons(made.tally.refused)),
        warnings=tuple(beyond([source.article.reference_date], knowledge)),
    )


def _passages(
    source: SourceArticle,
    release: ReleaseFile,
    perturbations: Mapping[str, Perturbation],
    reader: Reader,
) -> Passages:
    """Passages of the articles that ship, for those perturbations that set some into others.

    Nothing is published here, so that their licence need not be the article's.
    """
    if not any(getattr(one, "sets_in_passages", False) for one in perturbations.values()):
        return {}
    found = pool(release, perturbations, read_articles([SEEDS]), reader)
    whole = tuple(passage for part in found.values() for passage in part)
    return {("train", source.article.licence or ""): whole}


def _findings(article: Article, prover: Prover) -> tuple[tuple[Defect, ...], str | None]:
    """What the rules find in the article, or which rule broke on it."""
    try:
        return screen(prover.reader.read(article), prover.knowledge), None
    except RuleError as error:
        return (), str(error)


def _shown(
    pairs: Iterable[Pair],
    perturbations: Mapping[str, Perturbation],
    prover: _NotingProver,
    article: Article,
) -> Iterator[ShownVariant]:
    for pair in sorted(pairs, key=lambda pair: str(pair.variant.perturbation)):
        name = str(pair.variant.perturbation)
        yield ShownVariant(
            perturbation=name,
            source=pair.source.text,
            preparation=pair.source.edits,
            variant=pair.variant,
            control=pair.control,
            control_note=prover.notes.get(pair.variant.text) or perturbations[name].control,
            proofs=tuple(
                proof_of(defect, article, prover.knowledge) for defect in pair.variant.defects
            ),
        )


def _reasons(counts: Mapping[tuple[str, str], int]) -> Iterator[Reason]:
    for (name, reason), count in sorted(counts.items()):
        yield Reason(name, reason, count)

"""The pipeline: a pure function from one article to its rows, and a tally of what was not made."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from builder.release_file import ReleaseFile
from builder.sources import SourceArticle
from builder.splits import group_of, split_of
from perturbations.composition import Part, joined, joint_name, proposal_of
from perturbations.defects.rules.finding import RuleError
from perturbations.defects.screen import RULES, screen
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge
from perturbations.passages import Passage
from perturbations.proposal import NotApplicable, Perturbation, Preparation, Slots, Subject
from perturbations.prove import Prover, Refused, Variant, Version
from perturbations.reading.reader import Reader
from perturbations.record import Kind, Record
from perturbations.text import Article, Ledger, LedgerError, Span

COMBINED = "combined"
"""Under which rows with several perturbations' defects are counted."""


LONGEST = 200_000
"""Characters of an article; a book or a dump is none, and would take minutes."""

Passages = Mapping[tuple[str, str], tuple[Passage, ...]]
"""Passages that may be set into other articles, by split and licence."""


@dataclass(slots=True)
class Tally:
    """What became of the perturbations: written, not applicable, refused; mergeable by addition."""

    written: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    not_applicable: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    unclean: Counter[str] = field(default_factory=Counter)
    unlicensed: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    """Articles that are no articles, or on which a rule broke, by reason: they give no row."""

    def add(self, other: Tally) -> None:
        """Counts the other's in."""
        self.written.update(other.written)
        self.skipped.update(other.skipped)
        self.not_applicable.update(other.not_applicable)
        self.refused.update(other.refused)
        self.unclean.update(other.unclean)
        self.unlicensed.update(other.unlicensed)
        self.broken.update(other.broken)


@dataclass(frozen=True, slots=True)
class Pair:
    """A variant with its source and control, as the config `pairs` holds them."""

    source: Record
    variant: Record
    control: Record


@dataclass(slots=True)
class Made:
    """All that one article gave."""

    records: list[Record] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class Pipeline:
    """Makes rows of articles with one configuration; the same article gives the same rows always.

    Args:
        release: what to make.
        perturbations: by name, as the catalogue loaded them.
        knowledge: what world facts are held against.
        passages: of the release's articles, by split and licence: what may be set into others.
    """

    def __init__(
        self,
        release: ReleaseFile,
        perturbations: Mapping[str, Perturbation],
        knowledge: Knowledge,
        passages: Passages | None = None,
    ) -> None:
        self.release = release
        self.perturbations = perturbations
        self.knowledge = knowledge
        self.passages = passages or {}
        self.prover = Prover(Reader(knowledge), knowledge)

    def make(self, source: SourceArticle) -> Made:
        """The rows of one clean article: the original, prepared originals, variants, controls.

        An article in which a rule finds a defect is no clean source: it gives no row, and is
        counted under the rule's type. So are those on which a rule breaks, and those too long.
        """
        made = Made()
        if len(source.article.text) > LONGEST:
            made.tally.broken[f"longer than {LONGEST:,} characters"] += 1
            return made
        reading = self.prover.reader.read(source.article)
        try:
            found = screen(reading, self.knowledge)
        except RuleError as error:
            made.tally.broken[str(error)] += 1
            return made
        if found:
            made.tally.unclean.update({defect.type for defect in found})
            return made
        original = self._original(source.article)
        made.records.append(original)
        passages = self._passages_for(source.article)
        sheet = _Sheet(Subject(reading, self.knowledge, source.slots, passages), original)
        for name in self._order(source.article, made.tally):
            if sum(made.tally.written.values()) >= self.release.variants_per_article:
                made.tally.skipped[name] += 1
                continue
            self._apply(name, sheet, made)
        for count, share in sorted(self.release.combined.items()):
            if Draw(self.release.seed, source.article.id, COMBINED, count).chance(share):
                self._combine(count, sheet, made)
        return made

    def _passages_for(self, article: Article) -> tuple[Passage, ...]:
        """Passages of other articles of its split, on its terms: no split learns of another."""
        split = split_of(group_of(article), self.release.splits, self.release.seed)
        found = self.passages.get((split, article.licence or ""), ())
        return tuple(passage for passage in found if passage.article != article.id)

    def natural(self, source: SourceArticle) -> Record:
        """The row of an annotated article, or of its repaired twin, in the group of the pair."""
        article = source.article
        group = group_of(replace(article, id=source.twin_of or article.id))
        return Record.of(
            article,
            kind=Kind.NATURAL,
            label=int(bool(source.defects)),
            group=group,
            source_sha256=_sha256(article),
            defects=source.defects,
            seed=self.release.seed,
        )

    def _order(self, article: Article, tally: Tally) -> list[str]:
        """The perturbations whose turn it is, in drawn order (that of the file decides nothing)."""
        chosen = []
        for name, share in sorted(self.release.perturbations.items()):
            if Draw(self.release.seed, article.id, name, "share").chance(share):
                chosen.append(name)
            else:
                tally.skipped[name] += 1
        return Draw(self.release.seed, article.id, "order").shuffled(chosen)

    def _apply(self, name: str, sheet: _Sheet, made: Made) -> None:
        try:
            subject, source = self._prepared(self.perturbations[name].preparation, sheet)
            variant = self._first_proven(name, subject, sheet.texts, made.tally)
        except NotApplicable as reason:
            made.tally.not_applicable[name, str(reason)] += 1
            return
        except Refused as reason:
            made.tally.refused[name, str(reason)] += 1
            return
        if variant is None:
            return
        self._keep(name, variant, source, sheet, made)
        made.tally.written[name] += 1
        sheet.proven.append(_Proven(name, variant, subject, source))

    def _keep(self, name: str, variant: Variant, source: Record, sheet: _Sheet, made: Made) -> None:
        if source not in made.records:
            made.records.append(source)
        pair = self._pair(name, variant, source)
        sheet.texts |= {pair.variant.text, pair.control.text}
        made.records += [pair.variant, pair.control]
        made.pairs.append(pair)

    def _combine(self, count: int, sheet: _Sheet, made: Made) -> None:
        """One variant with the defects of `count` perturbations, beside all of their controls.

        Only what was proven by itself is put together, and the whole is proven again.
        """
        draw = Draw(self.release.seed, sheet.subject.reading.article.id, COMBINED, count, "parts")
        order = draw.shuffled(sheet.proven)
        prepared = [one for one in order if one.source is not sheet.original]
        base = prepared[0] if prepared else None
        names: list[str] = []
        whole: Part | None = None
        for one in order:
            try:
                part = one.part(base, sheet.original)
                whole = joined(whole, part) if whole and part else whole or part
            except LedgerError:
                continue  # it edits the words of another
            if part is not None:
                names.append(one.name)
            if len(names) == count:
                break
        if whole is None or len(names) < count:
            made.tally.not_applicable[COMBINED, f"fewer than {count} variants fit together"] += 1
            return
        subject, source = (base.subject, base.source) if base else (sheet.subject, sheet.original)
        try:
            variant = self.prover.prove(subject, proposal_of(whole))
            _check_new(variant, sheet.texts)
        except Refused as reason:
            made.tally.refused[COMBINED, str(reason)] += 1
            return
        self._keep(joint_name(names), variant, source, sheet, made)
        made.tally.written[COMBINED] += 1

    def _first_proven(
        self, name: str, subject: Subject, taken: Set[str], tally: Tally
    ) -> Variant | None:
        """The first proposal that is proven and new; every refusal on the way is counted."""
        draw = Draw(self.release.seed, subject.reading.article.id, name)
        proposals = self.perturbations[name].propose(subject, draw)
        tried = 0
        for _ in range(self.release.attempts):
            try:
                proposal = next(proposals, None)
                if proposal is None:
                    break
                tried += 1
                variant = self.prover.prove(subject, proposal)
                _check_new(variant, taken)
                return variant
            except Refused as reason:
                tally.refused[name, str(reason)] += 1
            except LedgerError:
                tally.refused[name, "the edits overlap"] += 1
                break
        if not tried:
            raise NotApplicable("nothing in the article takes this form")
        return None

    def _prepared(self, preparation: Preparation | None, sheet: _Sheet) -> tuple[Subject, Record]:
        """The subject to work on, with its `original` row: as it is, or with the addition."""
        if preparation is None:
            return sheet.subject, sheet.original
        if preparation.name not in sheet.prepared:
            sheet.prepared[preparation.name] = self._prepare(preparation, sheet)
        outcome = sheet.prepared[preparation.name]
        if isinstance(outcome, NotApplicable | Refused):
            raise outcome
        return outcome

    def _prepare(
        self, preparation: Preparation, sheet: _Sheet
    ) -> tuple[Subject, Record] | NotApplicable | Refused:
        article = sheet.subject.reading.article
        draw = Draw(self.release.seed, article.id, preparation.name, "preparation")
        try:
            ledger = preparation.prepare(sheet.subject, draw)
            if not ledger.edits:
                return sheet.subject, sheet.original
            version = self.prover.version(article, ledger)
            gained = screen(version.reading, self.knowledge)
            if gained:
                return Refused(f"the prepared article gained a {gained[0].type}")
        except (NotApplicable, Refused) as reason:
            return reason
        except LedgerError:
            return Refused("the addition's edits overlap")
        except RuleError as error:
            return Refused(str(error))
        subject = replace(
            sheet.subject, reading=version.reading, slots=_moved_slots(sheet.subject, version)
        )
        return subject, self._original(version.article, ledger, sheet.original)

    def _original(
        self, article: Article, ledger: Ledger | None = None, before: Record | None = None
    ) -> Record:
        return Record.of(
            article,
            kind=Kind.ORIGINAL,
            label=0,
            group=group_of(article),
            source_sha256=before.source_sha256 if before else _sha256(article),
            edits=ledger or Ledger(),
            source_id=before.id if before else None,
            seed=self.release.seed,
            checked_by=RULES,
        )

    def _pair(self, name: str, variant: Variant, source: Record) -> Pair:
        group = source.group
        pair_id = pair_id_of(self.release.seed, group, name, source.id)
        common: dict[str, Any] = {
            "group": group,
            "source_sha256": source.source_sha256,
            "perturbation": name,
            "source_id": source.id,
            "pair_id": pair_id,
            "seed": self.release.seed,
        }
        return Pair(
            source,
            Record.of(
                variant.version.article,
                kind=Kind.VARIANT,
                label=1,
                defects=variant.defects,
                edits=variant.version.ledger,
                **common,
            ),
            Record.of(
                variant.control.article,
                kind=Kind.CONTROL,
                label=0,
                edits=variant.control.ledger,
                checked_by=RULES,
                **common,
            ),
        )


@dataclass(slots=True)
class _Sheet:
    """One article at work: its reading, its row, and what was prepared of it so far."""

    subject: Subject
    original: Record
    prepared: dict[str, tuple[Subject, Record] | NotApplicable | Refused] = field(
        default_factory=dict
    )
    proven: list[_Proven] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    """Of the variants and controls so far: a text stands once, and has one label."""


@dataclass(frozen=True, slots=True)
class _Proven:
    """A variant that was written, with the subject and the row that it was made of."""

    name: str
    variant: Variant
    subject: Subject
    source: Record

    def part(self, base: _Proven | None, original: Record) -> Part | None:
        """The variant as a change of `base`'s source; None where it was made of yet another.

        Raises:
            LedgerError: it edits what the addition to `base`'s source touches.
        """
        part = Part(
            self.source.text,
            self.variant.version.ledger,
            self.variant.defects,
            self.variant.control.ledger,
            self.variant.control_note,
        )
        if base is None or self.source is base.source:
            return part
        return part.over(base.source.edits) if self.source is original else None


def pair_id_of(seed: int, group: str, perturbation: str, source_id: str) -> str:
    """The id that a variant and its control share: a hash, telling nothing."""
    return Draw(seed, group, perturbation, source_id).seed().to_bytes(8, "big").hex()


def _check_new(variant: Variant, taken: Set[str]) -> None:
    for name, version in (("variant", variant.version), ("control", variant.control)):
        if version.article.text in taken:
            raise Refused(f"the {name} would be the same text as another row")


def _moved_slots(subject: Subject, version: Version) -> Slots:
    """The annotated slots in the coordinates of the prepared text; lost mentions are left out."""
    moved = []
    for slot, kind, mentions in subject.slots:
        places = [version.ledger.forward(m.start, m.end) for m in mentions]
        spans = tuple(Span.of(version.article.text, *place) for place in places if place)
        moved.append((slot, kind, spans))
    return tuple(moved)


def _sha256(article: Article) -> str:
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()

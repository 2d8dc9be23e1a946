"""One row at a time: its fields, its edits, its proof or its certificate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from builder.pipeline import pair_id_of
from builder.sources import objection
from builder.verify.verification import Row, Rows, Verification
from perturbations.composition import names_in
from perturbations.defects import Defect, Rule, Witness, defect_type
from perturbations.defects.recheck import recheck
from perturbations.defects.rules.finding import RuleError
from perturbations.defects.screen import screen
from perturbations.knowledge import Knowledge, Truth
from perturbations.perturbation import Catalogue, PluginError, UnknownPerturbationError
from perturbations.prove import Prover, Refused, edited
from perturbations.reading.mentions import Reading
from perturbations.reading.reader import Reader
from perturbations.record import CANARY, Kind, defect_from_row, defect_row, row_id
from perturbations.text import Article, ArticleError, Ledger, LedgerError, SpanError
from perturbations.text.article import SEPARATOR

INHERITED = ("published", "updated", "language", "source", "url", "licence", "group")
"""What a row has from its source; no perturbation edits it."""

MADE = (Kind.VARIANT, Kind.CONTROL)


class RowChecker:
    """Checks rows of `default` and `natural`; readings are kept while the group is the same."""

    def __init__(
        self, rows: Rows, manifest: Row, knowledge: Knowledge, found: Verification
    ) -> None:
        whole = [row for (config, _), part in rows.items() if config == "default" for row in part]
        self.by_id = {row["id"]: row for row in whole}
        self.by_pair = {(row["kind"], row["pair_id"]): row for row in whole if row["pair_id"]}
        self.manifest = manifest
        self.prover = Prover(Reader(knowledge), knowledge)
        self.knowledge = knowledge
        self.found = found
        self.catalogue = Catalogue()
        self._group: str | None = None
        self._readings: dict[str, Reading] = {}

    def check(self, row: Row, config: str, split: str) -> None:
        """Checks one row of `default` or `natural`."""
        place = f"{config}/{split} row {row['id']}"
        if row["group"] != self._group:
            self._group, self._readings = row["group"], {}
        self.found.checked[f"rows {row['kind']}"] += 1
        try:
            for problem in self._problems(row, config):
                self.found.fail(place, problem)
        except RuleError as error:
            self.found.fail(place, str(error))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.found.fail(place, f"malformed: {error}")

    def _problems(self, row: Row, config: str) -> Iterator[str]:
        yield from self._field_problems(row, config)
        defects = [defect_from_row(defect) for defect in row["defects"]]
        yield from self._defect_problems(row, defects)
        if row["source_id"] is None:
            yield from _root_problems(row)
        else:
            yield from self._edit_problems(row)
        if row["kind"] == Kind.VARIANT:
            yield from self._proof_problems(row, defects)
        elif row["kind"] == Kind.NATURAL:
            yield from self._annotation_problems(row, defects)
        else:
            yield from self._certificate_problems(row)

    def _field_problems(self, row: Row, config: str) -> Iterator[str]:
        kind = Kind(row["kind"])
        if row_id(row["text"], row["published"], row["language"], row["canary"]) != row["id"]:
            yield "its id is not the hash of its text, date, language and canary"
        if row["canary"] != CANARY:
            yield "its canary is not the project's"
        if row["synthetic"] is not True:
            yield "it does not say that it is synthetic"
        if row["seed"] != self.manifest["release"]["seed"]:
            yield f"its seed {row['seed']} is not the release's"
        forbidden = objection(row["licence"])
        if forbidden is not None:
            yield f"its licence {row['licence']!r}: {forbidden}"
        if (kind is Kind.NATURAL) != (config == "natural"):
            yield f"a row of kind {kind} in the config {config}"
        if row["label"] != int(bool(row["defects"])):
            yield f"label {row['label']} with {len(row['defects'])} defects"
        if kind is not Kind.NATURAL and row["label"] != int(kind is Kind.VARIANT):
            yield f"a row of kind {kind} with label {row['label']}"
        if article_of(row).text != row["text"]:
            yield "its text does not begin with its title and a blank line"
        yield from self._origin_problems(row, kind)

    def _origin_problems(self, row: Row, kind: Kind) -> Iterator[str]:
        """Perturbation, pair and certificate, each where it belongs."""
        rules = self.manifest["rules"] if kind in (Kind.ORIGINAL, Kind.CONTROL) else []
        if row["checked_by"] != rules:
            yield f"checked_by is {row['checked_by']}, but should be {rules}"
        name, pair = row["perturbation"], row["pair_id"]
        if kind not in MADE:
            if name is not None or pair is not None:
                yield f"a row of kind {kind} with a perturbation or a pair_id"
            return
        if not set(names_in(name)) <= set(self.manifest["release"]["perturbations"]):
            yield f"its perturbation {name!r} is none of the release's"
        elif row["source_id"] is None:
            yield f"a {kind} without a source_id"
        elif pair != pair_id_of(row["seed"], row["group"], name, row["source_id"]):
            yield "its pair_id is not the hash of seed, group, perturbation and source"
        other = Kind.CONTROL if kind is Kind.VARIANT else Kind.VARIANT
        if (other, pair) not in self.by_pair:
            yield f"a {kind} without its {other}"

    def _defect_problems(self, row: Row, defects: Sequence[Defect]) -> Iterator[str]:
        ids = [defect.id for defect in defects]
        if len(set(ids)) < len(ids):
            yield f"two defects bear one id: {', '.join(ids)}"
        for defect, written in zip(defects, row["defects"], strict=True):
            self.found.checked["defects"] += 1
            for name, value in defect_row(defect).items():
                if written[name] != value:
                    yield f"defect {defect.id}: {name} is {written[name]!r}, must be {value!r}"
            if defect.root is not None and defect.root not in ids:
                yield f"defect {defect.id}: no defect {defect.root} to be its root"
            try:
                for span in _spans(defect):
                    span.check(row["text"])
            except SpanError as error:
                yield f"defect {defect.id}: {error}"

    def _edit_problems(self, row: Row) -> Iterator[str]:
        """The edits lead from the source row to this one and back, and change nothing else."""
        if row["kind"] == Kind.NATURAL:
            yield "a natural row with a source_id"
            return
        source = self.by_id.get(row["source_id"])
        if source is None:
            yield f"its source {row['source_id']} is missing"
            return
        self.found.checked["reverts"] += 1
        if source["kind"] != Kind.ORIGINAL:
            yield f"its source is a row of kind {source['kind']}"
        if row["kind"] == Kind.ORIGINAL and source["source_id"] is not None:
            yield "its source is a prepared original itself"
        for name in (*INHERITED, "source_sha256"):
            if row[name] != source[name]:
                yield f"its {name} is {row[name]!r}, but its source's {source[name]!r}"
        ledger = Ledger.from_json(row["edits"])
        try:
            if ledger.revert(row["text"]) != source["text"]:
                yield "its edits do not revert to its source"
            made = edited(article_of(source), ledger)
            if made.text != row["text"]:
                yield "its edits do not lead from its source to its text"
            elif made.title != row["title"]:
                yield f"its title is {row['title']!r}, but its edits make {made.title!r} of it"
        except (LedgerError, ArticleError, Refused) as error:
            yield f"its edits do not fit: {error}"

    def _proof_problems(self, row: Row, defects: Sequence[Defect]) -> Iterator[str]:
        if not defects:
            yield "a variant without a defect"
        for name in names_in(row["perturbation"]):
            slug = self._type_of(name)
            if slug is not None and all(defect.type != slug for defect in defects):
                yield f"{name} makes a {slug}, but no defect is one"
        for defect in defects:
            yield from self._witness_problems(row, defect)

    def _type_of(self, name: str) -> str | None:
        """What a perturbation makes; None where it is a plug-in that is missing or broken here."""
        try:
            return self.catalogue.load(name).type
        except (UnknownPerturbationError, PluginError):
            return None

    def _witness_problems(self, row: Row, defect: Defect) -> Iterator[str]:
        """The witness holds here, is of the defect's type and place, and fails elsewhere."""
        witness = defect.witness
        if witness is None:
            yield f"defect {defect.id} has no witness"
            return
        self.found.checked["witnesses"] += 1
        rules = set(_rules(witness))
        if not any(rules == set(one) for one in defect_type(defect.type).rules):
            named = ", ".join(sorted(rules))
            yield f"defect {defect.id}: a {defect.type} is not proven by {named}"
        yield from _place_problems(defect, witness)
        answer = recheck(witness, self._reading(row), self.knowledge)
        if answer is not Truth.HOLDS:
            yield f"defect {defect.id}: its witness {_said(answer)}"
        yield from self._counterpart_problems(row, defect, witness)

    def _counterpart_problems(self, row: Row, defect: Defect, witness: Witness) -> Iterator[str]:
        ledger = Ledger.from_json(row["edits"])
        control = self.by_pair.get((Kind.CONTROL, row["pair_id"]))
        for name, other in (("source", self.by_id.get(row["source_id"])), ("control", control)):
            if other is None:
                continue  # named as missing already
            after = Ledger.from_json(other["edits"]) if name == "control" else None
            answer = self.prover.counterpart(witness, ledger, after, self._reading(other))
            if answer not in (None, Truth.FAILS):
                yield f"defect {defect.id}: on the {name} its witness {_said(answer)}"
            self.found.checked[f"counterparts on {name}"] += 1

    def _annotation_problems(self, row: Row, defects: Sequence[Defect]) -> Iterator[str]:
        """What a person marked may have no witness; one that is there must hold."""
        for defect in defects:
            if defect.witness is not None:
                self.found.checked["witnesses"] += 1
                answer = recheck(defect.witness, self._reading(row), self.knowledge)
                if answer is not Truth.HOLDS:
                    yield f"defect {defect.id}: its witness {_said(answer)}"

    def _certificate_problems(self, row: Row) -> Iterator[str]:
        self.found.checked["certificates"] += 1
        for finding in screen(self._reading(row), self.knowledge):
            yield f"a consistent row, but: {finding.explanation}"

    def _reading(self, row: Row) -> Reading:
        if row["id"] not in self._readings:
            self._readings[row["id"]] = self.prover.reader.read(article_of(row))
        return self._readings[row["id"]]


def article_of(row: Row) -> Article:
    """The article of a row, as its detector sees it."""
    title = row["title"]
    start = len(title) + len(SEPARATOR) if title else 0
    return Article(
        id=row["id"],
        title=title,
        body=row["text"][start:],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        updated=date.fromisoformat(row["updated"]) if row["updated"] else None,
        language=row["language"],
        source=row["source"] or "",
    )


def _root_problems(row: Row) -> Iterator[str]:
    """A row without a source is an article as it was read."""
    digest = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
    if digest != row["source_sha256"]:
        yield "its text is not the one whose sha256 it names"
    if row["edits"]:
        yield "it has edits, but no source_id"


def _place_problems(defect: Defect, witness: Witness) -> Iterator[str]:
    """The spans that the defect marks are those that the witness is about."""
    proven = witness.spans()
    for span in defect.spans:
        if not any(span.overlaps(one) for one in proven):
            yield f"defect {defect.id}: its witness is not about {span.text!r} at {span.start}"
    if not any(part.against for part in _parts(witness)):
        return
    for evidence in defect.evidence:
        span_ = evidence.span
        if span_ is not None and not any(span_.overlaps(one) for one in proven):
            yield f"defect {defect.id}: its witness is not about {span_.text!r} at {span_.start}"


def _spans(defect: Defect) -> Iterator[Any]:
    yield from defect.spans
    for evidence in defect.evidence:
        if evidence.span is not None:
            yield evidence.span
    if defect.witness is not None:
        yield from defect.witness.spans()


def _parts(witness: Witness) -> Iterator[Witness]:
    if not witness.all_of:
        yield witness
    for part in witness.all_of:
        yield from _parts(part)


def _rules(witness: Witness) -> Iterator[Rule]:
    for part in _parts(witness):
        if part.rule is not None:
            yield part.rule


def _said(answer: Truth | None) -> str:
    return "is unknown" if answer is Truth.UNKNOWN else str(answer)

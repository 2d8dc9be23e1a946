"""Seed files: articles that ship with the project, with defects, slots and facts, read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from perturbations.defects import Defect, EvidenceKind, Origin, defect_type
from perturbations.knowledge.location import data_folder
from perturbations.text import Article, ArticleError, Span, SpanError

SCHEMA_NAMES = ("article", "defect", "seed")
"""The schemas under `data/schemas`, without `.schema.json`."""


class SeedError(ValueError):
    """A seed file that breaks the contract; the message names file, place and expectation."""

    def __init__(self, path: Path, place: str, problem: str) -> None:
        self.path = path
        self.place = place
        super().__init__(f"{path}: {place}: {problem}")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What kind of seed an article is, and where it comes from."""

    kind: Literal["clean", "natural", "twin"]
    setting: Literal["real", "invented"]
    twin_of: str | None = None
    """The id of the natural article that a twin repairs."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One value that the article states more than once; mentions in the order of the text."""

    slot: str
    type: Literal["date", "person", "number", "place", "party", "duration"]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the world that the article or its defects rest on."""

    claim: str
    source: str
    fact: str | None = None
    """Its id in the knowledge tables, where they hold it."""

    @property
    def key(self) -> str:
        """What evidence names it by: the id in the knowledge, or else the claim."""
        return self.fact or self.claim


@dataclass(frozen=True, slots=True)
class Seed:
    """An article with everything that a person has said about it."""

    article: Article
    provenance: Provenance
    defects: tuple[Defect, ...] = ()
    slots: tuple[Slot, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def id(self) -> str:
        """The article's id, which is the file's name without `.json`."""
        return self.article.id


def seeds_folder() -> Path:
    """Names the folder of the seeds that ship with the project."""
    return data_folder() / "seeds"


def seed_validator(folder: Path | None = None) -> Draft202012Validator:
    """Makes the validator of seed files from the schemas of a folder (default: the shipped ones).

    Raises:
        FileNotFoundError: a schema is missing.
    """
    schemas = folder if folder is not None else data_folder() / "schemas"
    contents = {
        name: json.loads((schemas / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in SCHEMA_NAMES
    }
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in contents.values()
    )
    return Draft202012Validator(
        contents["seed"],
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def load_seed(path: Path, *, validator: Draft202012Validator | None = None) -> Seed:
    """Reads one seed file: its shape by JSON Schema, then offsets, texts, ids and references.

    Whether `twin_of` names a seed is a question to the folder: `load_seeds` answers it.

    Args:
        path: the file; its name without `.json` is the article's id.
        validator: of `seed_validator`, when many files are read.

    Raises:
        SeedError: the file is missing, is no JSON in UTF-8, or breaks the contract.
    """
    row = _read(path)
    _check_shape(row, path, validator or seed_validator())
    return _Reader(path, row).seed()


def load_seeds(folder: Path | None = None) -> tuple[Seed, ...]:
    """Reads every `*.json` of a folder (default: the shipped seeds), sorted by id.

    Raises:
        SeedError: the folder is missing, a file is wrong, or a twin's original is not there.
    """
    where = folder if folder is not None else seeds_folder()
    if not where.is_dir():
        raise SeedError(where, "the folder", "does not exist; expected a folder of seed files")
    validator = seed_validator()
    seeds = sorted(
        (load_seed(path, validator=validator) for path in where.glob("*.json")),
        key=lambda seed: seed.id,
    )
    originals = {seed.id for seed in seeds if seed.provenance.kind == "natural"}
    for seed in seeds:
        twin_of = seed.provenance.twin_of
        if twin_of is not None and twin_of not in originals:
            raise SeedError(
                where / f"{seed.id}.json",
                "provenance.twin_of",
                f"no natural seed {twin_of!r} in this folder{_nearest(twin_of, originals)}",
            )
    return tuple(seeds)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedError(path, "the file", "does not exist") from None
    except UnicodeDecodeError as error:
        raise SeedError(path, f"byte {error.start}", "is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise SeedError(path, place, f"is not JSON ({error.msg})") from None


def _check_shape(row: Any, path: Path, validator: Draft202012Validator) -> None:
    errors = sorted(validator.iter_errors(row), key=lambda error: [str(p) for p in error.path])
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise SeedError(path, _place(errors[0].path), _problem(errors[0]) + more)


def _place(parts: Iterable[str | int]) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return place.lstrip(".") or "the file"


def _problem(error: ValidationError) -> str:
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    wanted: Any = error.validator_value
    found: Any = error.instance
    if error.validator == "additionalProperties":
        known = schema["properties"]
        unknown = sorted(set(found) - set(known))[0]
        hint = _nearest(unknown, known) or f"; known are {', '.join(known)}"
        return f"unknown key {unknown!r}{hint}"
    if error.validator == "required":
        missing = next(key for key in wanted if key not in found)
        return f"the key {missing!r} is missing; expected {', '.join(wanted)}"
    if error.validator == "enum":
        hint = _nearest(str(found), wanted) or f"; known are {', '.join(wanted)}"
        return f"unknown value {found!r}{hint}"
    expected = schema.get("description") or error.message
    return f"expected: {expected}; got {_short(found)}"


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _short(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= 120 else f"{written[:117]}..."


class _Reader:
    """Reads one row of the right shape; every fault is raised with its place."""

    def __init__(self, path: Path, row: Mapping[str, Any]) -> None:
        self._path = path
        self._row = row
        try:
            self._article = Article.from_json(row["article"], where=str(path))
        except ArticleError as error:
            raise self._fault("article", str(error)) from None
        self._facts = tuple(Fact(**fact) for fact in row["facts"])

    def seed(self) -> Seed:
        if self._article.id != self._path.stem:
            raise self._fault(
                "article.id",
                f"must be the file's name without .json, {self._path.stem!r}, "
                f"got {self._article.id!r}",
            )
        return Seed(
            article=self._article,
            provenance=self._provenance(),
            defects=self._defects(),
            slots=tuple(self._slot(i, slot) for i, slot in enumerate(self._row["slots"])),
            facts=self._facts,
        )

    def _fault(self, place: str, problem: str) -> SeedError:
        return SeedError(self._path, place, problem)

    def _provenance(self) -> Provenance:
        found = Provenance(**self._row["provenance"])
        if (found.kind == "twin") != (found.twin_of is not None):
            raise self._fault(
                "provenance.twin_of",
                f"names the original of a twin and is null for every other kind; got "
                f"{found.twin_of!r} with kind {found.kind!r}",
            )
        if found.kind != "natural" and self._row["defects"]:
            raise self._fault("defects", f"must be empty where the kind is {found.kind!r}")
        if found.setting == "real" and not self._facts:
            raise self._fault("facts", "an article about real events must list what it rests on")
        return found

    def _span(self, place: str, value: Mapping[str, Any]) -> Span:
        text = self._article.text
        try:
            span = Span.from_json(value).check(text)
        except SpanError as error:
            raise self._fault(place, f"{error}{self._whereabouts(value)}") from None
        if span.start < self._article.body_start and span.end > len(self._article.title):
            raise self._fault(place, f"span {span.start}..{span.end} crosses into the body")
        return span

    def _whereabouts(self, value: Mapping[str, Any]) -> str:
        wanted, text, at = value["text"], self._article.text, value["start"]
        starts = [i for i in range(len(text)) if text.startswith(wanted, i)]
        if not starts:
            return "; the article does not contain these words"
        start = min(starts, key=lambda found: abs(found - at))
        return f"; the nearest place with these words is {start}..{start + len(wanted)}"

    def _slot(self, index: int, row: Mapping[str, Any]) -> Slot:
        place = f"slots[{index}]"
        mentions = tuple(
            self._span(f"{place}.mentions[{i}]", value) for i, value in enumerate(row["mentions"])
        )
        for i, (one, two) in enumerate(pairwise(mentions), start=1):
            if two.start < one.end:
                raise self._fault(
                    f"{place}.mentions[{i}]",
                    f"must begin after {one.start}..{one.end} ends, got {two.start}..{two.end}",
                )
        if row["type"] == "person":
            in_headline = [span.end <= len(self._article.title) for span in mentions]
            if all(in_headline) or not any(in_headline):
                raise self._fault(
                    f"{place}.mentions", "a person needs a mention in the headline and the body"
                )
        return Slot(row["slot"], row["type"], mentions)

    def _defects(self) -> tuple[Defect, ...]:
        defects = tuple(self._defect(i, row) for i, row in enumerate(self._row["defects"]))
        places: dict[str, int] = {}
        for index, defect in enumerate(defects):
            if defect.id in places:
                raise self._fault(
                    f"defects[{index}].id", f"{defect.id!r} is defects[{places[defect.id]}] already"
                )
            places[defect.id] = index
        self._check_roots({defect.id: defect.root for defect in defects}, places)
        return defects

    def _check_roots(self, roots: Mapping[str, str | None], places: Mapping[str, int]) -> None:
        for name, index in places.items():
            seen = [name]
            while (root := roots[seen[-1]]) is not None:
                place = f"defects[{index}].root"
                if root not in roots:
                    raise self._fault(
                        place, f"no defect {root!r} in this file{_nearest(root, roots)}"
                    )
                if root in seen:
                    raise self._fault(place, f"leads in a circle: {' -> '.join((*seen, root))}")
                seen.append(root)

    def _defect(self, index: int, row: Mapping[str, Any]) -> Defect:
        place = f"defects[{index}]"
        for part, value in _spans_of(row):
            self._span(f"{place}.{part}", value)
        try:
            defect = Defect.from_json(row)
        except ValueError as error:
            raise self._fault(place, str(error)) from None
        self._check_vocabulary(place, defect)
        for key, derived in (("family", str(defect.kind.family)), ("distance", defect.distance)):
            if row.get(key, derived) != derived:
                raise self._fault(f"{place}.{key}", f"must be {derived!r}, got {row[key]!r}")
        self._check_evidence(place, defect)
        return defect

    def _check_vocabulary(self, place: str, defect: Defect) -> None:
        kinds = defect_type(defect.type).kinds
        if defect.evidence_kind not in kinds:
            raise self._fault(
                f"{place}.evidence_kind",
                f"{defect.type} has evidence of kind {' or '.join(kinds)}, "
                f"got {str(defect.evidence_kind)!r}",
            )
        if defect.origin is not Origin.NATURAL:
            raise self._fault(f"{place}.origin", "a defect that a person marked is 'natural'")

    def _check_evidence(self, place: str, defect: Defect) -> None:
        if not defect.evidence and defect.evidence_kind is not EvidenceKind.SURFACE:
            raise self._fault(
                f"{place}.evidence",
                f"must not be empty where evidence_kind is {str(defect.evidence_kind)!r}",
            )
        fields = self._article.to_json()
        facts = [fact.key for fact in self._facts]
        for i, evidence in enumerate(defect.evidence):
            if evidence.field is not None and evidence.field not in fields:
                raise self._fault(
                    f"{place}.evidence[{i}].field",
                    f"an article has no field {evidence.field!r}; known are {', '.join(fields)}",
                )
            if evidence.fact is not None and evidence.fact not in facts:
                raise self._fault(
                    f"{place}.evidence[{i}].fact",
                    f"{evidence.fact!r} is neither a claim nor a fact id under facts"
                    f"{_nearest(evidence.fact, facts)}",
                )


def _spans_of(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for i, span in enumerate(row["spans"]):
        yield f"spans[{i}]", span
    for i, evidence in enumerate(row["evidence"]):
        if evidence.get("start") is not None:
            yield f"evidence[{i}]", evidence
    if row.get("witness"):
        yield from _witness_spans("witness", row["witness"])


def _witness_spans(
    place: str, witness: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for i, part in enumerate(witness.get("all_of", ())):
        yield from _witness_spans(f"{place}.all_of[{i}]", part)
    for key in ("claim", "against"):
        for i, span in enumerate(witness.get(key, ())):
            yield f"{place}.{key}[{i}]", span

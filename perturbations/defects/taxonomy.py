"""The vocabulary of defects, as data: schemas, card and reports are rendered from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType


class Family(StrEnum):
    """What a defect is about."""

    TIME = "time"
    PEOPLE = "people"
    NUMBERS = "numbers"
    WORDING = "wording"
    QUOTES = "quotes"
    CITATIONS = "citations"
    PRODUCTION = "production"
    HEADLINE = "headline"


class EvidenceKind(StrEnum):
    """Where the evidence lies that something is wrong."""

    INTERNAL = "internal"
    """Span against span of the same article."""
    METADATA = "metadata"
    """Span against headline, publication date or tags."""
    WORLD = "world"
    """Span against a fact with a validity interval."""
    REFERENCE = "reference"
    """Span against an entry of the article's reference list, or a frozen source."""
    SURFACE = "surface"
    """One span is enough."""


class Severity(StrEnum):
    """How much a defect hurts a reader."""

    COSMETIC = "cosmetic"
    MINOR = "minor"
    MAJOR = "major"


class Rule(StrEnum):
    """What proves a defect."""

    DATE_ORDER = "date_order"
    """Two dates in an order that cannot be."""
    ORDER = "order"
    """A cycle of before/after relations that the text itself states."""
    CALENDAR = "calendar"
    """A date against its weekday or the calendar."""
    INTERVAL = "interval"
    """A claim against the validity interval of a fact."""
    ARITHMETIC = "arithmetic"
    """Stated parts, totals, differences, ratios, counts of lists."""
    SLOT = "slot"
    """Two mentions of one slot with two values."""
    SET = "set"
    """Markers against entries, numbers against their sequence."""
    NEAR_DUPLICATE = "near_duplicate"
    """Similarity that prose does not have."""
    PATTERN = "pattern"
    """A form that prose does not have."""
    URL = "url"
    """An address against its outlet's grammar of addresses."""
    REFERENCE = "reference"
    """An entry against a frozen table of references."""


@dataclass(frozen=True, slots=True)
class DefectType:
    """One type of the vocabulary.

    `rules` are alternatives; each alternative names the rules that together prove a defect of this
    type. An empty tuple: only a person, or a model, can say. `control` sketches the matched
    operation that keeps the article consistent.
    """

    slug: str
    family: Family
    kinds: tuple[EvidenceKind, ...]
    definition: str
    severity: Severity
    rules: tuple[tuple[Rule, ...], ...] = ()
    control: str | None = None
    annotation_only: bool = False

    @property
    def provable(self) -> bool:
        """Whether some rule can prove it."""
        return bool(self.rules)


class UnknownDefectTypeError(KeyError):
    """A slug that the vocabulary does not have."""

    def __str__(self) -> str:
        return str(self.args[0])


_INT, _META, _WORLD = EvidenceKind.INTERNAL, EvidenceKind.METADATA, EvidenceKind.WORLD
_REF, _SURF = EvidenceKind.REFERENCE, EvidenceKind.SURFACE
_COSMETIC, _MINOR, _MAJOR = Severity.COSMETIC, Severity.MINOR, Severity.MAJOR
_SLOT: tuple[tuple[Rule, ...], ...] = ((Rule.SLOT,),)


_Row = tuple[str, tuple[EvidenceKind, ...], str, Severity, tuple[tuple[Rule, ...], ...], str]
"""Slug, kinds, definition, severity, rules and control of one type."""


def _family(family: Family, *rows: _Row) -> tuple[DefectType, ...]:
    return tuple(
        DefectType(slug, family, kinds, definition, severity, rules, control)
        for slug, kinds, definition, severity, rules, control in rows
    )


_TYPES: tuple[DefectType, ...] = (
    *_family(
        Family.TIME,
        (
            "epoch_mismatch",
            (_META, _INT),
            "The headline or one passage is set in another period than the rest of the article.",
            _MAJOR,
            ((Rule.DATE_ORDER,), (Rule.INTERVAL,)),
            "a dated look-back",
        ),
        (
            "stale_conditional",
            (_WORLD,),
            "Something is spoken of as still to come or hypothetical although it had happened.",
            _MAJOR,
            ((Rule.INTERVAL, Rule.PATTERN),),
            "the same clause about something still open, or in reported past speech",
        ),
        (
            "future_as_past",
            (_META,),
            "An event dated after the publication is told as past.",
            _MAJOR,
            ((Rule.DATE_ORDER,),),
            "the date moved and the tense with it",
        ),
        (
            "date_conflict",
            (_INT,),
            "One event is given two dates.",
            _MAJOR,
            _SLOT,
            "the same date in another format",
        ),
        (
            "impossible_date",
            (_SURF, _INT),
            "A date that the calendar does not have, or that does not fall on the weekday named.",
            _MINOR,
            ((Rule.CALENDAR,),),
            "date and weekday moved together",
        ),
        (
            "duration_conflict",
            (_INT,),
            "A length of time is not the difference of the two dates it is said to lie between.",
            _MINOR,
            ((Rule.ARITHMETIC,),),
            "length and date moved together",
        ),
        (
            "order_reversal",
            (_INT,),
            "Of two events each is said to precede the other.",
            _MAJOR,
            ((Rule.ORDER,),),
            "the clause order changed, the relation kept",
        ),
        (
            "stale_state",
            (_WORLD,),
            "A state that had ended, or had yet to begin, is told as present, or one that had "
            "begun as still to come.",
            _MAJOR,
            ((Rule.INTERVAL,),),
            "the state told as past, with its year",
        ),
    ),
    *_family(
        Family.PEOPLE,
        (
            "wrong_incumbent",
            (_WORLD,),
            "An office is given to somebody who did not hold it on the day spoken of, or a holder "
            "is called a former one.",
            _MAJOR,
            ((Rule.INTERVAL,),),
            "the right holder under another accepted name, or the former holder marked as former",
        ),
        (
            "wrong_counterpart",
            (_INT, _WORLD),
            "The other party of a meeting, call or agreement changes, or meets itself.",
            _MAJOR,
            _SLOT,
            "an alias of the same party in the second mention",
        ),
        (
            "protagonist_conflict",
            (_META,),
            "The headline's person is not the body's person for the same act.",
            _MAJOR,
            _SLOT,
            "headline by office, body by name",
        ),
        (
            "mention_swap",
            (_INT,),
            "One mention in a chain names somebody else, or a pronoun fits another person.",
            _MAJOR,
            _SLOT,
            "surname, title or pronoun of the same person",
        ),
        (
            "role_conflict",
            (_INT, _WORLD),
            "A person and a role, nationality or organisation do not belong together.",
            _MAJOR,
            ((Rule.INTERVAL,), (Rule.SLOT,)),
            "another true role of that person",
        ),
        (
            "place_conflict",
            (_INT, _WORLD),
            "One event has two places, a city lies in the wrong country, a capital is wrong.",
            _MAJOR,
            ((Rule.SLOT,), (Rule.INTERVAL,)),
            "the same place named at another level",
        ),
        (
            "invented_entity",
            (_WORLD,),
            "An organisation, treaty, document or event that does not exist.",
            _MAJOR,
            ((Rule.REFERENCE,),),
            "a real one of the same kind, consistently",
        ),
        (
            "name_drift",
            (_INT,),
            "One name is spelt in two ways that are not accepted variants of each other.",
            _MINOR,
            _SLOT,
            "an accepted transliteration, consistently",
        ),
    ),
    *_family(
        Family.NUMBERS,
        (
            "number_conflict",
            (_INT,),
            "One quantity is given two values.",
            _MAJOR,
            _SLOT,
            "digits against words, or rounded with a hedge",
        ),
        (
            "arithmetic_conflict",
            (_INT,),
            "Parts do not make the total, a percentage does not fit its counts, or a count does "
            "not fit its list.",
            _MAJOR,
            ((Rule.ARITHMETIC,),),
            "parts and total moved together",
        ),
        (
            "unit_conflict",
            (_INT,),
            "One quantity in two units that do not agree: million and billion, kilometres and "
            "miles, dollars and euros, percent and points.",
            _MAJOR,
            ((Rule.ARITHMETIC,), (Rule.SLOT,)),
            "a correct conversion",
        ),
        (
            "direction_conflict",
            (_SURF,),
            "A change is said to go the other way than its two values.",
            _MAJOR,
            ((Rule.ARITHMETIC,),),
            "a synonym of the right direction",
        ),
    ),
    *_family(
        Family.WORDING,
        (
            "negation_conflict",
            (_INT,),
            "A claim and its negation.",
            _MAJOR,
            _SLOT,
            "a double negation, or a negated antonym",
        ),
        (
            "predicate_conflict",
            (_INT,),
            "Incompatible predicates for one act.",
            _MAJOR,
            _SLOT,
            "a synonym",
        ),
        (
            "role_reversal",
            (_INT,),
            "Who did it to whom is turned round.",
            _MAJOR,
            _SLOT,
            "the passive voice",
        ),
        (
            "causal_conflict",
            (_INT,),
            "Cause and effect are turned round, or two causes exclude each other.",
            _MAJOR,
            _SLOT,
            "the clause order changed",
        ),
        (
            "certainty_conflict",
            (_INT,),
            "What is alleged or planned here is confirmed or done there; all here, some there.",
            _MINOR,
            _SLOT,
            "a hedge of equal strength",
        ),
        (
            "stance_conflict",
            (_INT,),
            "One holder supports and opposes the same thing.",
            _MAJOR,
            _SLOT,
            "the same stance by another verb",
        ),
    ),
    *_family(
        Family.QUOTES,
        (
            "speaker_swap",
            (_INT,),
            "One quotation has two speakers.",
            _MAJOR,
            _SLOT,
            "surname or office of the same speaker",
        ),
        (
            "quote_drift",
            (_INT,),
            "A quotation is repeated with other words or another meaning.",
            _MINOR,
            ((Rule.SLOT,), (Rule.NEAR_DUPLICATE,)),
            "shortened with an ellipsis",
        ),
        (
            "fabricated_quote",
            (_REF, _WORLD),
            "A quotation that no source holds.",
            _MAJOR,
            ((Rule.REFERENCE,),),
            "a real quotation, introduced otherwise",
        ),
    ),
    *_family(
        Family.CITATIONS,
        (
            "numbering_gap",
            (_SURF,),
            "The numbers of the reference list have a hole.",
            _COSMETIC,
            ((Rule.SET,),),
            "renumbered consistently",
        ),
        (
            "dangling_marker",
            (_REF,),
            "A marker in the text has no entry in the reference list.",
            _MINOR,
            ((Rule.SET,),),
            "marker and entry moved together",
        ),
        (
            "orphan_reference",
            (_REF,),
            "An entry is never cited, or a number or address stands twice.",
            _COSMETIC,
            ((Rule.SET,),),
            "the entry cited",
        ),
        (
            "citation_date_conflict",
            (_META, _REF),
            "An entry is dated after the publication, or was retrieved before it appeared.",
            _MAJOR,
            ((Rule.DATE_ORDER,),),
            "another date that can be",
        ),
        (
            "fabricated_url",
            (_REF,),
            "An address that its outlet cannot have had: a grammar of another time, an id of "
            "another period.",
            _MAJOR,
            ((Rule.URL,),),
            "another address that fits",
        ),
        (
            "url_mismatch",
            (_REF,),
            "Outlet, date or slug in an address do not fit the entry.",
            _MINOR,
            ((Rule.URL,),),
            "the outlet's other domain",
        ),
        (
            "chimera_reference",
            (_REF,),
            "A real title with the wrong author, outlet or date.",
            _MAJOR,
            ((Rule.REFERENCE,),),
            "the entry in another citation style",
        ),
        (
            "unsupported_citation",
            (_REF,),
            "The item cited says something else than the sentence that cites it.",
            _MAJOR,
            _SLOT,
            "a paraphrase of what it says",
        ),
    ),
    *_family(
        Family.PRODUCTION,
        (
            "duplicated_passage",
            (_INT,),
            "A passage stands twice, the second time altered or in the wrong place.",
            _MINOR,
            ((Rule.NEAR_DUPLICATE,),),
            "a legitimate recap in a summary box",
        ),
        (
            "tag_leak",
            (_SURF, _META),
            "Category slugs, keywords or search-engine text stand in the prose.",
            _MINOR,
            ((Rule.PATTERN,),),
            "the same words where they belong",
        ),
        (
            "assistant_leak",
            (_SURF,),
            "A model's or an editor's aside was left in the text.",
            _MAJOR,
            ((Rule.PATTERN,),),
            "the same phrase inside a quotation",
        ),
        (
            "placeholder",
            (_SURF,),
            "A blank that was to be filled in.",
            _MINOR,
            ((Rule.PATTERN,),),
            "filled in",
        ),
        (
            "truncation",
            (_SURF,),
            "A sentence cut off, stray markup, or a numbered list with a hole.",
            _MINOR,
            ((Rule.PATTERN,), (Rule.SET,)),
            "the list renumbered",
        ),
    ),
    *_family(
        Family.HEADLINE,
        (
            "unsupported_headline",
            (_META,),
            "What the headline claims is absent from the body.",
            _MAJOR,
            _SLOT,
            "the headline paraphrased",
        ),
        (
            "summary_conflict",
            (_INT,),
            "The lede, key points or a caption contradict the body.",
            _MAJOR,
            _SLOT,
            "key points paraphrased",
        ),
        (
            "dateline_conflict",
            (_META,),
            "Dateline, byline or a relative time do not fit the publication date.",
            _MINOR,
            ((Rule.DATE_ORDER,), (Rule.SLOT,)),
            "the relative time turned absolute, correctly",
        ),
    ),
)


def _annotated(
    slug: str, family: Family, kind: EvidenceKind, severity: Severity, definition: str
) -> DefectType:
    return DefectType(slug, family, (kind,), definition, severity, annotation_only=True)


_ANNOTATION_ONLY: tuple[DefectType, ...] = (
    _annotated(
        "missing_party",
        Family.WORDING,
        _SURF,
        _MAJOR,
        "A relation that needs two parties names one: between A, and nobody else.",
    ),
    _annotated(
        "category_error",
        Family.WORDING,
        _SURF,
        _MINOR,
        "A thing is counted among things of another kind: leaders like France.",
    ),
    _annotated(
        "non_sequitur",
        Family.WORDING,
        _INT,
        _MINOR,
        "A sentence is joined to another that it does not follow from.",
    ),
    _annotated(
        "unintroduced_entity",
        Family.PEOPLE,
        _INT,
        _MINOR,
        "Somebody or something is referred to as known, but was never introduced.",
    ),
    _annotated(
        "unsourced_claim",
        Family.CITATIONS,
        _SURF,
        _MINOR,
        "A claim that needs a source names none.",
    ),
    _annotated(
        "opinion_as_fact",
        Family.WORDING,
        _SURF,
        _MINOR,
        "A judgement is told as a fact in the article's own voice.",
    ),
    _annotated(
        "omission",
        Family.HEADLINE,
        _INT,
        _MINOR,
        "Something is missing without which the rest cannot be right.",
    ),
)

TAXONOMY: Mapping[str, DefectType] = MappingProxyType(
    {t.slug: t for t in (*_TYPES, *_ANNOTATION_ONLY)}
)
"""Every type by its slug, annotation-only ones last."""


def defect_type(slug: str) -> DefectType:
    """The type with this slug.

    Raises:
        UnknownDefectTypeError: there is none; the message names the nearest one.
    """
    try:
        return TAXONOMY[slug]
    except KeyError:
        near = get_close_matches(slug, TAXONOMY, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise UnknownDefectTypeError(f"unknown defect type {slug!r}{hint}") from None

"""What the rows of each kind of query say, as statements about two items or about one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from types import MappingProxyType

from builder.errors import BuilderError
from builder.knowledge_refresh.results import Binding, Day, Entity, Results, Skip
from perturbations.knowledge import Precision

DEPRECATED = "http://wikiba.se/ontology#DeprecatedRank"
_ONE_DAY = timedelta(days=1)
_STAND_INS = ("acting", "interim", "provisional", "ad interim", "caretaker")
"""Words by which Wikidata's items say that somebody stands in for a holder."""
_GENDERS = MappingProxyType({"Q6581097": "m", "Q6581072": "f"})
"""Male and female, as Wikidata numbers them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands, since when, and whom it names as its own source."""

    statements: tuple[str, ...]
    retrieved: date
    stated_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Interval:
    """Somebody held an office, or belonged to an organisation, from `start` until `end`.

    `end` is None where the statement has none: it is still so.
    """

    kind: str
    subject: Entity
    object: Entity
    country: Entity | None
    start: Day
    end: Day | None
    acting: bool
    source: Source
    person: Mapping[str, str | None] = field(default_factory=dict)
    """Of a holder: `gender` (`m`, `f` or None), `family` name and day of `died`."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an item: another name, or an address."""

    kind: str
    subject: Entity
    country: Entity | None
    value: str
    source: Source


Statement = Interval | Value


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of query: the columns it must have, and what makes a statement of a row."""

    columns: tuple[str, ...]
    read: Callable[[str, Binding, date], Statement]


def read_statements(
    results: Iterable[Results], retrieved: date | None
) -> tuple[list[Statement], Counter[str]]:
    """Reads all statements, each once, and counts what was skipped, with its reason.

    Args:
        results: the files; their columns tell which kind of query they answer.
        retrieved: the day of the query, instead of the column `retrieved` or the file's own day.

    Raises:
        BuilderError: the columns are those of no kind, or a value is malformed.
    """
    skipped: Counter[str] = Counter()
    found: dict[tuple[str, ...], Statement] = {}
    for one in results:
        kind = _kind_of(one)
        for row in one.bindings:
            try:
                statement = KINDS[kind].read(kind, row, retrieved or _retrieved(row, one))
            except Skip as reason:
                skipped[f"{kind}: {reason}"] += 1
                continue
            found.setdefault(_key(statement), statement)
    return list(found.values()), skipped


def _kind_of(results: Results) -> str:
    for name, kind in KINDS.items():
        if set(kind.columns) <= set(results.columns):
            return name
    lines = "; ".join(f"{name}: {', '.join(kind.columns)}" for name, kind in KINDS.items())
    known = {column for kind in KINDS.values() for column in kind.columns}
    odd = next((column for column in results.columns if column not in known), "")
    near = get_close_matches(odd, known, n=1)
    hint = f"; {odd!r} is near {near[0]!r}" if near else ""
    raise BuilderError(
        f"{results.path} has the columns {', '.join(results.columns) or '(none)'}, which are those "
        f"of no query under data/templates/queries ({lines}){hint}"
    )


def _retrieved(row: Binding, results: Results) -> date:
    found = row.day("retrieved")
    return found.day if found is not None else results.retrieved


def _key(statement: Statement) -> tuple[str, ...]:
    """Joins with other tables repeat a statement; its address tells."""
    value = statement.value if isinstance(statement, Value) else ""
    return statement.kind, statement.subject.id, value, *statement.source.statements


def _source(row: Binding, retrieved: date, address: str | None) -> Source:
    if row.text("rank") == DEPRECATED:
        raise Skip("a deprecated statement")
    if address is None:
        raise Skip("no statement")
    return Source((address,), retrieved, frozenset(word.casefold() for word in row.words("stated")))


def _interval(kind: str, row: Binding, retrieved: date, subject: str, of: str) -> Interval:
    source = _source(row, retrieved, row.text("statement"))
    start, end = row.day("start"), row.day("end")
    if start is None:
        raise Skip("no start")
    if end is not None and end.day < start.day:
        raise Skip("an end before the start")
    entity = row.wanted(of)
    words = {word.casefold() for word in row.words("natures")}
    words |= set((entity.label or "").casefold().split()[:1])
    return Interval(
        kind,
        row.wanted(subject),
        entity,
        row.entity("country"),
        start,
        end,
        bool(words.intersection(_STAND_INS)),
        source,
    )


def _holder(kind: str, row: Binding, retrieved: date) -> Interval:
    gender, died = row.entity("gender"), row.day("died")
    known = died is not None and died.precision is Precision.DAY
    return replace(
        _interval(kind, row, retrieved, "person", "office"),
        person={
            "gender": _GENDERS.get(gender.id) if gender else None,
            "family": row.text("familyLabel"),
            "died": died.day.isoformat() if died is not None and known else None,
        },
    )


def _membership(kind: str, row: Binding, retrieved: date) -> Interval:
    return _interval(kind, row, retrieved, "member", "organisation")


def _value(kind: str, row: Binding, retrieved: date, subject: str, value: str) -> Value:
    entity, found = row.wanted(subject), row.text(value)
    # An alias is no statement of its own, and has no address beside its item's.
    address = row.text("statement") or f"http://www.wikidata.org/entity/{entity.id}"
    if found is None:
        raise Skip(f"no {value}")
    language = row.language(value)
    if language is not None and language.split("-")[0] != "en":
        raise Skip("another language than English")
    return Value(kind, entity, row.entity("country"), found, _source(row, retrieved, address))


def _alias(kind: str, row: Binding, retrieved: date) -> Value:
    return _value(kind, row, retrieved, "person", "alias")


def _website(kind: str, row: Binding, retrieved: date) -> Value:
    return _value(kind, row, retrieved, "outlet", "website")


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "holders": Kind(("statement", "person", "office", "start", "end"), _holder),
        "memberships": Kind(("statement", "member", "organisation", "start", "end"), _membership),
        "aliases": Kind(("person", "alias"), _alias),
        "websites": Kind(("outlet", "website"), _website),
    }
)
"""The queries under `data/templates/queries`, by name."""


def merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Makes one of statements about the same two items that follow on each other.

    Wikidata often states a re-election as a term of its own. The end of one may be written as the
    last day or as the first day after it.
    """
    last: Interval | None = None
    for one in sorted(intervals, key=lambda interval: (interval.acting, interval.start.day)):
        if last is not None and one.acting == last.acting and _follows(one, last):
            addresses = (*last.source.statements, *one.source.statements)
            stated = last.source.stated_in | one.source.stated_in
            source = replace(last.source, statements=addresses, stated_in=stated)
            last = replace(last, end=_later(last.end, one.end), source=source)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _follows(one: Interval, last: Interval) -> bool:
    if last.end is None:
        return False
    whole = one.start.precision is Precision.DAY and last.end.precision is Precision.DAY
    return whole and one.start.day <= last.end.day + _ONE_DAY


def _later(one: Day | None, other: Day | None) -> Day | None:
    if one is None or other is None:
        return None
    return max(one, other, key=lambda end: end.day)

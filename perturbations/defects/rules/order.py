"""Rule `order`: a cycle of before and after that the text itself states.

Two sentences tell of one event where they share its verb and two more words of content. What came
first is said in so many words ("A before B"), or by the full dates of both events. Where one
statement says that A came before B, and the others or the dates that B came before A, one is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Truth
from perturbations.reading.mentions import Reading
from perturbations.reading.orders import same_event
from perturbations.reading.time_mentions import DatedClause, OrderStatement, Tense
from perturbations.text import Span

SLACK = 1
"""Days by which two dates may be apart without deciding which came first."""
MAX_STATEMENTS = 40
"""Statements that are weighed; a text with more of them is a chronicle, and is left alone."""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A past event that a sentence, or its own part of one, tells and dates.

    `segment` is that part, `words` is it without the date; the event lies in `first..last`.
    """

    words: str
    first: date
    last: date
    clause: DatedClause
    segment: Span

    def before(self, other: DatedEvent) -> bool:
        """Whether all of its time lies before the other's, by more than time zones explain."""
        return (other.first - self.last).days > SLACK


@dataclass(frozen=True, slots=True)
class _Edge:
    """`earlier` came before `later`, and where the text says so."""

    earlier: int
    later: int
    marks: tuple[Span, ...]


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the statements at the claim again, and looks for a way round from what is left."""
    graph = _graph(reading)
    answers = [
        answer
        for statement, edge in graph.statements
        if witness.claim[0].covers(statement.link)
        for answer, marks in [graph.weigh(edge)]
        if answer is not Truth.HOLDS or _named(witness, marks)
    ]
    return answers[0] if len(answers) == 1 else Truth.UNKNOWN


def _named(witness: Witness, marks: Sequence[Span]) -> bool:
    """Whether the witness names what the way round rests on."""
    return all(any(one.overlaps(mark) for one in witness.against) for mark in marks)


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every statement of an order that another one, or the events' dates, turn round."""
    graph = _graph(reading)
    for statement, edge in graph.statements:
        answer, marks = graph.weigh(edge)
        if answer is Truth.HOLDS:
            yield finding(
                "order_reversal",
                [statement.link],
                [Evidence("what tells the other order", span=mark) for mark in marks],
                explain(statement, marks),
                Witness(Rule.ORDER, claim=(statement.link,), against=tuple(marks)),
                kind=EvidenceKind.INTERNAL,
                scope=Scope.GLOBAL,
            )


def sustained(reading: Reading) -> list[tuple[OrderStatement, tuple[Span, ...]]]:
    """Statements of an order that the text bears out elsewhere, with what it rests on there."""
    graph = _graph(reading)
    found = []
    for statement, edge in graph.statements:
        way = graph.way(edge.earlier, edge.later, edge)
        if way is not None and graph.weigh(edge)[0] is Truth.FAILS:
            found.append((statement, way))
    return found


def explain(statement: OrderStatement, marks: Sequence[Span]) -> str:
    """A sentence that says which order is stated and where the other one is."""
    told = " and ".join(f"“{mark.text}”" for mark in marks)
    return f"“{statement.link.text}” puts the events in one order here, and {told} in the other."


class _Graph:
    """Events as numbers, and the edges between them."""

    def __init__(self) -> None:
        self.statements: list[tuple[OrderStatement, _Edge]] = []
        self.dated: list[_Edge] = []

    def weigh(self, edge: _Edge) -> tuple[Truth, tuple[Span, ...]]:
        """*holds* where the other edges lead back, *fails* where they lead the same way."""
        back = self.way(edge.later, edge.earlier, edge)
        if back is not None:
            return Truth.HOLDS, back
        if self.way(edge.earlier, edge.later, edge) is not None:
            return Truth.FAILS, ()
        return Truth.UNKNOWN, ()

    def way(self, start: int, goal: int, without: _Edge) -> tuple[Span, ...] | None:
        """What the shortest way from `start` to `goal` rests on, without one edge."""
        edges = [*self.dated, *(e for _, e in self.statements if e is not without)]
        ways: dict[int, tuple[Span, ...]] = {start: ()}
        queue = [start]
        for node in queue:
            for edge in edges:
                if edge.earlier == node and edge.later not in ways:
                    ways[edge.later] = (*ways[node], *edge.marks)
                    queue.append(edge.later)
        return ways.get(goal) if start != goal else None


def dated_events(reading: Reading) -> list[DatedEvent]:
    """Past events of the body with their times; sentences that tell an order are left out."""
    by_span = {d.span: d for d in reading.dates}
    linked = {reading.layout.sentence_at(o.link.start) for o in reading.timing.orders}
    sentences: dict[Span, list[DatedClause]] = {}
    for clause in reading.timing.clauses:
        sentence = reading.layout.sentence_at(clause.date.start)
        if sentence is not None and sentence not in linked:
            sentences.setdefault(sentence, []).append(clause)
    out = []
    for sentence, clauses in sentences.items():
        for clause, segment in zip(clauses, _segments(sentence, clauses), strict=False):
            date = by_span[clause.date]
            if clause.tense is not Tense.PAST or date.ambiguous or not (date.first and date.last):
                continue
            at = clause.phrase.start - segment.start
            words = f"{segment.text[:at]} {segment.text[at + len(clause.phrase.text) :]}"
            out.append(DatedEvent(words, date.first, date.last, clause, segment))
    return out


def _segments(sentence: Span, clauses: Sequence[DatedClause]) -> list[Span]:
    """The part of a sentence that each of its dated clauses has to itself; none where unclear."""
    fronted = {clause.phrase.start < clause.verb.start for clause in clauses}
    if len(fronted) > 1:
        return []
    cuts = [c.phrase.start if fronted == {True} else c.phrase.end for c in clauses]
    inner = cuts[1:] if fronted == {True} else cuts[:-1]
    starts, ends = [sentence.start, *inner], [*inner, sentence.end]
    return [
        Span(start, end, sentence.text[start - sentence.start : end - sentence.start])
        for start, end in zip(starts, ends, strict=True)
    ]


def _graph(reading: Reading) -> _Graph:
    graph = _Graph()
    statements = reading.timing.orders
    if not statements or len(statements) > MAX_STATEMENTS:
        return graph
    dated = dated_events(reading)
    nodes = _Nodes(dated)
    for statement in statements:
        earlier, later = nodes.of(statement.earlier.text), nodes.of(statement.later.text)
        if earlier is not None and later is not None and earlier != later:
            marks = (statement.link,)
            graph.statements.append((statement, _Edge(earlier, later, marks)))
    told = {n for _, edge in graph.statements for n in (edge.earlier, edge.later)}
    for one, two in combinations(sorted(n for n in told if n < len(dated)), 2):
        for early, late in ((one, two), (two, one)):
            if dated[early].before(dated[late]):
                phrases = (dated[early].clause.phrase, dated[late].clause.phrase)
                graph.dated.append(_Edge(early, late, phrases))
    return graph


class _Nodes:
    """Gives one number to all wordings of one event."""

    def __init__(self, dated: Sequence[DatedEvent]) -> None:
        self._dated = dated
        self._others: list[str] = []

    def of(self, words: str) -> int | None:
        """The number of the event that the words tell; None where they may tell of several."""
        told = [n for n, event in enumerate(self._dated) if same_event(words, event.words)]
        if len({(self._dated[n].first, self._dated[n].last) for n in told}) > 1:
            return None
        if told:
            return told[0]
        same = [n for n, other in enumerate(self._others) if same_event(words, other)]
        if len(same) > 1:
            return None
        if not same:
            self._others.append(words)
        return len(self._dated) + (same[0] if same else len(self._others) - 1)

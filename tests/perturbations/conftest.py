"""What tests of the ground floor share: the shipped tables, one reader, and hand-made articles."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from perturbations.defects import Defect
from perturbations.defects.recheck import recheck
from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, Truth, load
from perturbations.perturbation import Catalogue
from perturbations.proposal import Proposal, Slots, Subject
from perturbations.prove import Prover, Refused, Variant, counterpart
from perturbations.reading.mentions import Reading
from perturbations.reading.reader import Reader
from perturbations.text import Article, Span


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    """One reader over them: what it indexes is indexed once."""
    return Reader(knowledge)


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """Makes an article of a body; its day is an ISO date, and may be absent."""

    def make(
        body: str,
        *,
        title: str = "A plain headline",
        published: str | None = "2022-06-15",
        updated: str | None = None,
        id: str = "made-by-hand",
    ) -> Article:
        days = [date.fromisoformat(day) if day else None for day in (published, updated)]
        return Article(id, title, body, *days)

    return make


@pytest.fixture(scope="session")
def read(reader: Reader, make_article: Callable[..., Article]) -> Callable[..., Reading]:
    """Reads an article made of a body."""
    return lambda body, **more: reader.read(make_article(body, **more))


def place(text: str, words: str, nth: int = 1) -> Span:
    """The span of the nth occurrence of some words, which must be there."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words), words)


@pytest.fixture(scope="session")
def span_of() -> Callable[..., Span]:
    """Finds the span of some words in a text."""
    return place


@dataclass(frozen=True)
class Built:
    """One proven proposal: the three texts, and what was said of them."""

    subject: Subject
    proposal: Proposal
    variant: Variant

    @property
    def source_text(self) -> str:
        return self.subject.reading.text

    @property
    def text(self) -> str:
        return self.variant.version.article.text

    @property
    def control_text(self) -> str:
        return self.variant.control.article.text

    @property
    def defect(self) -> Defect:
        """The defect that was proposed; what else its swap made wrong has it for its root."""
        found, *more = self.variant.defects
        assert all(other.root == found.id for other in more)
        return found

    def changed(self) -> list[tuple[str, str]]:
        """The variant's edits as `(before, after)`."""
        return [(edit.before, edit.after) for edit in self.variant.version.ledger]

    def control_changed(self) -> list[tuple[str, str]]:
        """The control's edits as `(before, after)`."""
        return [(edit.before, edit.after) for edit in self.variant.control.ledger]


class Workshop:
    """Builds variants straight from perturbation and prover, and holds each to the contract."""

    def __init__(self, reader: Reader, knowledge: Knowledge) -> None:
        self.reader, self.knowledge = reader, knowledge
        self.prover = Prover(reader, knowledge)
        self.catalogue = Catalogue()
        self._readings: dict[Article, Reading] = {}

    def read(self, article: Article) -> Reading:
        """Reads an article without the prover; the same one is read once."""
        if article not in self._readings:
            self._readings[article] = self.reader.read(article)
        return self._readings[article]

    def subject(self, article: Article, slots: Slots = ()) -> Subject:
        return Subject(self.read(article), self.knowledge, slots)

    def prepared(self, name: str, subject: Subject, seed: int) -> Subject:
        """The subject with the consistent addition that the perturbation asks for."""
        preparation = self.catalogue.load(name).preparation
        if preparation is None:
            return subject
        ledger = preparation.prepare(
            subject, Draw(seed, subject.reading.article.id, preparation.name, "preparation")
        )
        if not ledger.edits:
            return subject
        version = self.prover.version(subject.reading.article, ledger)
        moved = []
        for slot, kind, mentions in subject.slots:
            places = [ledger.forward(m.start, m.end) for m in mentions]
            kept = (Span.of(version.article.text, *place) for place in places if place)
            moved.append((slot, kind, tuple(kept)))
        return replace(subject, reading=version.reading, slots=tuple(moved))

    def proposals(self, name: str, subject: Subject, seed: int = 1) -> list[Proposal]:
        """All that a perturbation proposes; `NotApplicable` passes through."""
        draw = Draw(seed, subject.reading.article.id, name)
        return list(self.catalogue.load(name).propose(subject, draw))

    def built(
        self, name: str, subject: Subject, seed: int = 1, limit: int | None = None
    ) -> list[Built]:
        """Every proposal that is proven, or the first `limit`, each held to the contract."""
        ready = self.prepared(name, subject, seed)
        found = []
        for proposal in self.proposals(name, ready, seed):
            try:
                variant = self.prover.prove(ready, proposal)
            except Refused:
                continue
            found.append(Built(ready, proposal, variant))
            self.hold_to_contract(found[-1])
            if len(found) == limit:
                break
        return found

    def over_seeds(self, name: str, article: Article, seeds: int = 12, **more: Any) -> list[Built]:
        """All that is proven for one article over several release seeds; never nothing."""
        subject = self.subject(article, **more)
        found = [built for seed in range(seeds) for built in self.built(name, subject, seed)]
        assert found, f"{name} built nothing"
        return found

    def hold_to_contract(self, built: Built) -> None:
        """Asserts of a variant what DESIGN promises of every one, without the prover's help."""
        source, title = built.source_text, built.subject.reading.article.title
        variant, control = built.variant.version, built.variant.control
        for version in (variant, control):
            text = version.article.text
            assert version.ledger.apply(source) == text
            back = version.ledger.revert(text)
            assert back.encode("utf-8") == source.encode("utf-8")
            for edit in version.ledger:
                assert edit.end <= len(title) or edit.start >= len(title) + 2 or not title
            assert version.article.published == built.subject.reading.article.published
            assert version.reading == self.read(version.article)
        assert len({source, variant.article.text, control.article.text}) == 3
        assert built.variant.control_note
        for defect in built.variant.defects:
            self._hold_defect(defect, built)
        fresh = self.read(control.article)
        assert len(screen(fresh, self.knowledge)) <= len(
            screen(built.subject.reading, self.knowledge)
        )

    def _hold_defect(self, defect: Defect, built: Built) -> None:
        text = built.text
        places = [*defect.spans, *(e.span for e in defect.evidence if e.span is not None)]
        for span in (*places, *defect.witness.spans()):
            assert text[span.start : span.end] == span.text
            assert span.text
        assert defect.spans
        assert defect.evidence
        assert defect.explanation.endswith(".")
        facts = (*self.knowledge.terms, *self.knowledge.memberships)
        ids = {fact.id for fact in facts} | set(self.knowledge.references)
        ids |= {*self.knowledge.states, *self.knowledge.organisations}
        assert all(e.fact in ids for e in defect.evidence if e.fact is not None)
        fields = {e.field for e in defect.evidence} - {None}
        article = built.subject.reading.article
        assert all(getattr(article, field) is not None for field in fields)
        witness, ledgers = defect.witness, (built.variant.version.ledger,)
        on_variant = recheck(witness, self.read(built.variant.version.article), self.knowledge)
        assert on_variant is Truth.HOLDS
        on_source = counterpart(witness, *ledgers, None, built.source_text)
        source = self.read(article)
        # Absent may only be what the variant inserted: it holds no code point of the source.
        inverse = ledgers[0].inverse()
        absent = any(
            all(_is_lost(inverse.forward(at, at + 1)) for at in range(c.start, c.end))
            and any(not e.before and c.text in e.after for e in ledgers[0])
            for c in witness.claim
        )
        assert (on_source is None) <= absent
        assert on_source is None or recheck(on_source, source, self.knowledge) is Truth.FAILS
        control = built.variant.control
        on_control = counterpart(witness, *ledgers, control.ledger, control.article.text)
        assert (on_control is None) <= absent
        fresh = self.read(control.article)
        assert on_control is None or recheck(on_control, fresh, self.knowledge) is Truth.FAILS


def _is_lost(place: tuple[int, int] | None) -> bool:
    """Whether a code point has no place: cut away, or all that was inserted."""
    return place is None or place[0] == place[1]


@pytest.fixture(scope="session")
def workshop(reader: Reader, knowledge: Knowledge) -> Workshop:
    """Builds variants and holds each to the contract."""
    return Workshop(reader, knowledge)

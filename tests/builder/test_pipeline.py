"""One article to its rows: what is made, what is counted, and that nothing but the hash decides."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

import builder.pipeline as piping
from builder.pipeline import Made, Pipeline
from builder.release_file import ReleaseFile, load_release_file
from builder.sources import SourceArticle, read_articles
from perturbations.defects import Rule
from perturbations.knowledge import load
from perturbations.perturbation import Catalogue
from perturbations.proposal import Control, NotApplicable, Proposal, Revision, Subject
from perturbations.prove import Refused
from perturbations.reading.reader import Reader
from perturbations.record import Kind
from perturbations.text import Article, Edit, Ledger, Span

ARTICLE = Article(
    id="bridge",
    title="Footbridge opens after repairs",
    body=(
        "HAVERBY, 6 May 2024 - The footbridge opened on Monday, 6 May 2024, the council said.\n\n"
        "The repairs began on Friday, 3 November 2023, and took six months."
    ),
    published=date(2024, 5, 6),
    licence="CC0-1.0",
)
RELEASE = ReleaseFile(
    "r", "1.0.0", 5, ("x",), {}, 8, {"train": 1.0, "validation": 0.0, "test": 0.0}
)


@dataclass
class Scripted:
    """A perturbation that proposes what it is given, or refuses as it is told."""

    proposals: list[Any] = field(default_factory=list)
    preparation: Any = None
    asked: int = 0
    name = "scripted"
    type = "impossible_date"
    rules = (Rule.CALENDAR,)
    control = "none"

    def propose(self, subject: Subject, draw: Any) -> Iterator[Proposal]:
        for item in self.proposals:
            self.asked += 1
            if isinstance(item, Exception):
                raise item
            yield item(subject) if callable(item) else item


@dataclass
class Addition:
    """A preparation that adds a sentence, or says why not."""

    text: str = " It is open to all."
    error: Exception | None = None
    name = "addition"

    def prepare(self, subject: Subject, draw: Any) -> Ledger:
        if self.error:
            raise self.error
        return (
            Ledger.of(Edit.insert(len(subject.reading.text), self.text)) if self.text else Ledger()
        )


@pytest.fixture(autouse=True)
def _indexed_once(monkeypatch, reader):
    """Indexing the tables anew for each pipeline would take most of the time."""
    monkeypatch.setattr(piping, "Reader", lambda _: reader)


@pytest.fixture(scope="session")
def real(smaller_file, knowledge):
    """The smaller release's pipeline and its clean articles."""
    release = load_release_file(smaller_file)
    catalogue = Catalogue()
    loaded = {name: catalogue.load(name) for name in release.perturbations}
    sources = [s for s in read_articles(release.articles) if s.kind == "clean"]
    return Pipeline(release, loaded, knowledge), sources


def made(knowledge, scripted: dict[str, Scripted], article=ARTICLE, **changes) -> Made:
    release = replace(RELEASE, perturbations=dict.fromkeys(scripted, 1.0), **changes)
    return Pipeline(release, scripted, knowledge).make(SourceArticle(article))


def real_proposals(subject: Subject) -> list[Proposal]:
    """Proposals that can be proven, each with a variant and a control of its own."""
    from perturbations.dates import WrongWeekday
    from perturbations.draw import Draw

    found: dict[str, Proposal] = {}
    for seed in range(12):
        for proposal in WrongWeekday().propose(subject, Draw(seed)):
            found.setdefault(str((proposal.ledger, proposal.control.ledger)), proposal)
    ledgers = {proposal.ledger: proposal for proposal in found.values()}
    controls = {proposal.control.ledger: proposal for proposal in ledgers.values()}
    return list(controls.values())


def weekday(index: int):
    """The proposal that the real perturbation of weekdays makes, by number."""
    return lambda subject: real_proposals(subject)[index]


def test_a_proven_proposal_gives_original_variant_and_control(knowledge):
    rows = made(knowledge, {"scripted": Scripted([weekday(0)])})
    original, variant, control = rows.records
    assert [r.kind for r in rows.records] == [Kind.ORIGINAL, Kind.VARIANT, Kind.CONTROL]
    assert [r.label for r in rows.records] == [0, 1, 0]
    assert original.text == ARTICLE.text
    assert original.source_id is None
    for row in (variant, control):
        assert row.source_id == original.id
        assert row.edits.apply(original.text) == row.text
        assert row.edits.revert(row.text) == original.text
        assert (row.group, row.source_sha256) == (original.group, original.source_sha256)
        assert row.licence == "CC0-1.0"
    assert variant.pair_id == control.pair_id
    assert variant.defects
    assert not control.defects
    assert original.checked_by == control.checked_by != variant.checked_by == ()
    assert rows.tally.written == {"scripted": 1}


def test_why_it_does_not_apply_is_counted(knowledge):
    scripted = Scripted([NotApplicable("the article names no bridge")])
    rows = made(knowledge, {"scripted": scripted})
    assert rows.tally.not_applicable == {("scripted", "the article names no bridge"): 1}
    assert [r.kind for r in rows.records] == [Kind.ORIGINAL]


def test_no_proposal_at_all_is_not_applicable(knowledge):
    rows = made(knowledge, {"scripted": Scripted([])})
    assert rows.tally.not_applicable == {("scripted", "nothing in the article takes this form"): 1}


def unproven(subject: Subject) -> Proposal:
    """A weekday's proposal whose variant makes an edit that its witness knows nothing of."""
    proposal = real_proposals(subject)[0]
    return replace(proposal, ledger=proposal.control.ledger, control=Control(proposal.ledger, ""))


def test_each_refusal_is_counted_and_the_next_proposal_is_tried(knowledge):
    scripted = Scripted([unproven, unproven, weekday(0)])
    rows = made(knowledge, {"scripted": scripted})
    assert sum(rows.tally.refused.values()) == 2
    assert rows.tally.written == {"scripted": 1}
    assert scripted.asked == 3


def test_attempts_limit_the_proposals(knowledge):
    scripted = Scripted([unproven] * 5)
    rows = made(knowledge, {"scripted": scripted}, attempts=3)
    assert scripted.asked == 3
    assert sum(rows.tally.refused.values()) == 3
    assert not rows.pairs
    assert not rows.tally.not_applicable


def test_a_variant_without_a_control_is_refused(knowledge):
    def uncontrolled(subject: Subject) -> Proposal:
        return replace(real_proposals(subject)[0], control=Control(Ledger(), "none"))

    rows = made(knowledge, {"scripted": Scripted([uncontrolled])})
    reason = "the control would be the source or the variant"
    assert rows.tally.refused == {("scripted", reason): 1}
    assert not rows.pairs


def test_overlapping_edits_are_refused(knowledge):
    def overlapping(subject: Subject) -> Proposal:
        revision = Revision(subject.reading.text)
        revision.replace(Span.of(subject.reading.text, 0, 6), "x")
        revision.replace(Span.of(subject.reading.text, 3, 9), "y")
        return replace(real_proposals(subject)[0], ledger=revision.ledger())

    rows = made(knowledge, {"scripted": Scripted([overlapping])})
    assert rows.tally.refused == {("scripted", "the edits overlap"): 1}


def test_a_text_stands_once_in_an_article(knowledge):
    same = {"one": Scripted([weekday(0)]), "two": Scripted([weekday(0), weekday(1)])}
    rows = made(knowledge, same)
    texts = [row.text for row in rows.records]
    assert len(set(texts)) == len(texts)
    assert sum(rows.tally.written.values()) == 2
    [(_, reason)] = rows.tally.refused
    assert reason == "the variant would be the same text as another row"


def test_a_control_may_not_be_the_text_of_another_row(knowledge):
    def other_variant(subject: Subject) -> Proposal:
        one, two = real_proposals(subject)[:2]
        return replace(two, control=one.control)

    rows = made(knowledge, {"one": Scripted([weekday(0)]), "two": Scripted([other_variant])})
    if ("two", "the control would be the same text as another row") not in rows.tally.refused:
        # The drawn order put `two` first, so that `one` comes too late.
        assert ("one", "the control would be the same text as another row") in rows.tally.refused
    assert len(rows.pairs) == 1


def test_variants_per_article_is_a_limit_and_the_rest_is_not_drawn(knowledge):
    scripted = {name: Scripted([weekday(0), weekday(1)]) for name in ("one", "two")}
    rows = made(knowledge, scripted, variants_per_article=1)
    assert len(rows.pairs) == 1
    assert sum(rows.tally.skipped.values()) == 1
    assert sorted([*rows.tally.written, *rows.tally.skipped]) == ["one", "two"]


def test_a_share_of_zero_is_never_tried_and_a_half_about_half(knowledge):
    scripted = {"never": Scripted([weekday(0)]), "half": Scripted([NotApplicable("no")])}
    release = replace(RELEASE, perturbations={"never": 0.0, "half": 0.5})
    pipeline = Pipeline(release, scripted, knowledge)
    for number in range(200):
        pipeline.make(SourceArticle(replace(ARTICLE, id=f"bridge-{number}")))
    assert scripted["never"].asked == 0
    assert 65 <= scripted["half"].asked <= 135  # five standard deviations


def test_an_article_in_which_a_rule_finds_a_defect_is_left_out_and_counted(knowledge):
    wrong = replace(ARTICLE, body=ARTICLE.body.replace("Monday, 6", "Tuesday, 6"))
    scripted = Scripted([weekday(0)])
    rows = made(knowledge, {"scripted": scripted}, article=wrong)
    assert (rows.records, rows.pairs, scripted.asked) == ([], [], 0)
    assert rows.tally.unclean == {"impossible_date": 1}


def test_a_prepared_original_names_its_source_and_edits(knowledge):
    rows = made(knowledge, {"scripted": Scripted([weekday(0)], Addition())})
    original, prepared, variant, _ = rows.records
    assert [row.kind for row in rows.records[:2]] == [Kind.ORIGINAL, Kind.ORIGINAL]
    assert prepared.source_id == original.id
    assert prepared.text == prepared.edits.apply(original.text) == ARTICLE.text + Addition.text
    assert prepared.source_sha256 == original.source_sha256
    assert prepared.checked_by == original.checked_by
    assert variant.source_id == prepared.id
    assert variant.edits.revert(variant.text) == prepared.text


def test_a_preparation_is_shared_and_made_once(knowledge):
    class Counting(Addition):
        times = 0

        def prepare(self, subject: Subject, draw: Any) -> Ledger:
            Counting.times += 1
            return super().prepare(subject, draw)

    scripted = {
        "one": Scripted([weekday(0)], Counting()),
        "two": Scripted([weekday(1)], Counting()),
    }
    rows = made(knowledge, scripted)
    assert Counting.times == 1
    assert len(rows.pairs) == 2
    assert sum(row.kind == Kind.ORIGINAL for row in rows.records) == 2


def test_a_preparation_with_nothing_to_add_leaves_the_original(knowledge):
    rows = made(knowledge, {"scripted": Scripted([weekday(0)], Addition(""))})
    assert sum(row.kind == Kind.ORIGINAL for row in rows.records) == 1
    assert rows.pairs[0].source == rows.records[0]


@pytest.mark.parametrize(
    ("preparation", "counter", "reason"),
    [
        (Addition(error=NotApplicable("no room")), "not_applicable", "no room"),
        (Addition(error=Refused("does not fit")), "refused", "does not fit"),
        (
            Addition(" It closed on Tuesday, 6 May 2024."),
            "refused",
            "the prepared article gained a impossible_date",
        ),
    ],
)
def test_a_preparation_that_fails_is_counted(knowledge, preparation, counter, reason):
    scripted = Scripted([weekday(0)], preparation)
    rows = made(knowledge, {"scripted": scripted})
    assert getattr(rows.tally, counter) == {("scripted", reason): 1}
    assert len(rows.records) == 1
    assert scripted.asked == 0


def test_a_preparation_whose_edits_overlap_is_refused(knowledge):
    class Overlapping(Addition):
        def prepare(self, subject: Subject, draw: Any) -> Ledger:
            return Ledger.of(Edit.insert(3, "a"), Edit.insert(3, "b"))

    rows = made(knowledge, {"scripted": Scripted([weekday(0)], Overlapping())})
    assert rows.tally.refused == {("scripted", "the addition's edits overlap"): 1}


def test_a_prepared_original_without_a_variant_is_not_written(knowledge):
    rows = made(knowledge, {"scripted": Scripted([unproven], Addition())})
    assert len(rows.records) == 1


def test_the_same_article_gives_the_same_rows_whatever_went_before(real, monkeypatch):
    monkeypatch.setattr(piping, "Reader", Reader)
    pipeline, sources = real
    first = {source.article.id: dump(pipeline.make(source)) for source in sources}
    fresh = Pipeline(pipeline.release, pipeline.perturbations, pipeline.knowledge)
    again = {source.article.id: dump(fresh.make(source)) for source in reversed(sources)}
    assert first == again
    assert all(first.values())


def test_the_order_of_perturbations_in_the_file_decides_nothing(real):
    pipeline, sources = real
    turned = dict(reversed(pipeline.release.perturbations.items()))
    release = replace(pipeline.release, perturbations=turned)
    other = Pipeline(release, pipeline.perturbations, pipeline.knowledge)
    for source in sources[:4]:
        assert dump(pipeline.make(source)) == dump(other.make(source))


def test_another_seed_gives_other_rows(real):
    pipeline, sources = real
    release = replace(pipeline.release, seed=pipeline.release.seed + 1)
    other = Pipeline(release, pipeline.perturbations, pipeline.knowledge)
    for source in sources:
        one = {pair.variant.text for pair in pipeline.make(source).pairs}
        two = {pair.variant.text for pair in other.make(source).pairs}
        assert one != two


def dump(rows: Made) -> str:
    return json.dumps([row.to_json() for row in rows.records], ensure_ascii=False)


def test_slots_follow_a_preparation(real):
    """An annotated slot must point at its own words in the prepared text, too."""
    pipeline, sources = real
    seen = []

    class Looking(Scripted):
        def propose(self, subject: Subject, draw: Any) -> Iterator[Proposal]:
            for _, _, mentions in subject.slots:
                for span in mentions:
                    seen.append(span.check(subject.reading.text))
            return iter(())

    class Before(Addition):
        def prepare(self, subject: Subject, draw: Any) -> Ledger:
            return Ledger.of(Edit.insert(subject.reading.article.body_start, "In brief: more. "))

    release = replace(pipeline.release, perturbations={"looking": 1.0})
    for source in sources:
        pipe = Pipeline(release, {"looking": Looking(preparation=Before())}, pipeline.knowledge)
        pipe.make(source)
    assert len(seen) > 10


# Several defects in one article

LONG = replace(
    ARTICLE,
    body=ARTICLE.body + " Divers had found two cracks in a pier. The council paid for new stone "
    "from the quarry at Ostwick.\n\nShops on the far bank lost a third of their trade. Their "
    "owners asked for lower rates. A ferry carried people who work in the mill.",
)


def combining(**changed):
    names = ("dates.weekday", "citations.numbering_gap", "citations.date_conflict")
    catalogue = Catalogue()
    release = replace(
        RELEASE, perturbations=dict.fromkeys(names, 1.0), combined={2: 1.0, 3: 1.0}, **changed
    )
    return Pipeline(release, {name: catalogue.load(name) for name in names}, load())


def test_proven_variants_are_put_together_and_proven_again():
    made = combining().make(SourceArticle(LONG))
    several = [pair for pair in made.pairs if "+" in pair.variant.perturbation]
    assert several
    for pair in several:
        names = pair.variant.perturbation.split("+")
        types = {Catalogue().load(name).type for name in names}
        assert types <= {found.type for found in pair.variant.defects}
        assert pair.variant.edits.revert(pair.variant.text) == pair.source.text
        assert pair.control.edits.revert(pair.control.text) == pair.source.text
        for found in pair.variant.defects:
            for span in found.spans:
                span.check(pair.variant.text)
    assert made.tally.written["combined"] == len(several)


def test_what_does_not_fit_together_is_counted():
    made = combining(variants_per_article=1).make(SourceArticle(LONG))
    assert made.tally.written["combined"] == 0
    assert made.tally.not_applicable["combined", "fewer than 2 variants fit together"] == 1


# A rule that breaks


class BrokenError(Exception):
    """What nobody foresaw."""


def broken(reading, knowledge):
    raise BrokenError
    yield


def test_an_article_on_which_a_rule_breaks_gives_no_row_and_is_counted(monkeypatch):
    monkeypatch.setattr("perturbations.defects.screen.FINDERS", ((Rule.SET, broken),))
    made = combining().make(SourceArticle(LONG))
    assert made.records == []
    assert made.tally.broken == {"rule set raised BrokenError": 1}


def test_a_rechecker_that_breaks_is_a_failed_witness_and_is_counted(monkeypatch):
    def rechecker(witness, reading, knowledge):
        raise BrokenError

    rules = {str(rule): rechecker for rule in Rule}
    monkeypatch.setattr("perturbations.defects.recheck.RECHECKERS", rules)
    made = combining().make(SourceArticle(LONG))
    assert made.pairs == []
    assert made.tally.refused["dates.weekday", "rule calendar raised BrokenError"] >= 1

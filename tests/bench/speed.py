"""Speed against rivals, in one run, on the same articles, on one core: `make bench`.

Figures of one machine at one time mean little by themselves; the ratio to a rival does. Every
figure is the median of several rounds, and rivals are timed in turn with us, round by round. The
table is printed and, with `--write`, put into `design/speed.md` and `README.md`.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from builder.release.shards import write_shard
from builder.release_file import default_release_file, load_release_file
from builder.sources import SourceArticle, read_articles
from perturbations.composition import Part, joined, proposal_of
from perturbations.defects.screen import screen
from perturbations.draw import Draw
from perturbations.knowledge import Knowledge, load
from perturbations.perturbation import Catalogue
from perturbations.proposal import NotApplicable, Proposal, Subject
from perturbations.prove import Prover, Refused, Variant
from perturbations.reading.dates import find_dates
from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.mentions import AsOf
from perturbations.reading.offsets import Encoded
from perturbations.reading.reader import Reader
from perturbations.record import Kind, Record
from perturbations.text import LedgerError

ROUNDS = 3
NAMES = 5_000
ARTICLES = 250
"""Of a corpus, at most: rivals are slow."""

OPERATORS = (
    *("dates.weekday", "dates.no_such_day", "leaders.other_country", "leaders.other_holder"),
    *("leaders.former", "leaders.nationality", "leaders.role"),
)
"""Names and dates in place, without additions: what a rival does that swaps reserved words."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RIVALS = ("datefinder", "nlpaug", "spacy")
HERE = Path(__file__).resolve().parents[2]
FILES = (HERE / "design" / "speed.md", HERE / "README.md")
BEGIN, END = "<!-- speed: written by make bench -->", "<!-- end of speed -->"


@dataclass(frozen=True)
class Line:
    """One line of the table; figures are per second, of `unit`."""

    what: str
    articles: str
    unit: str
    ours: float
    rival: float
    name: str
    target: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.rival


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def race(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of both, timed in turn after one round that warms up."""
    ours()
    rounds = [(timed(ours), timed(theirs)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(r[k] for r in rounds) for k in (0, 1))
    return mine, other


def megabytes(sources: Sequence[SourceArticle]) -> float:
    return sum(len(source.article.text.encode()) for source in sources) / 1e6


def dates(sources: Sequence[SourceArticle], label: str) -> Line:
    import datefinder

    def ours() -> None:
        for source in sources:
            day = source.article.published
            find_dates(Encoded(source.article.text), AsOf.day(day) if day else None)

    def theirs() -> None:
        for source in sources:
            list(datefinder.find_dates(source.article.text))

    mine, rival = race(ours, theirs)
    size = megabytes(sources)
    return Line("reading dates", label, "MB/s", size / mine, size / rival, "datefinder", 10)


def names(knowledge: Knowledge) -> list[str]:
    """Every name of a person that the gazetteer knows."""
    found = {
        name for person in knowledge.people.values() for name in (person.name, *person.aliases)
    }
    return sorted(found)


def gazetteer(sources: Sequence[SourceArticle], label: str, knowledge: Knowledge) -> Line:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.max_length = 10_000_000
    ruler: Any = pipeline.add_pipe("entity_ruler")
    known = (names(knowledge) + [country.name for country in knowledge.countries.values()])[:NAMES]
    surnames = sorted({s for person in knowledge.people.values() for s in person.surnames})
    known += surnames[: NAMES - len(known)]
    # What the tables lack is made up of two names each, up to the number the rival is given.
    known += [f"{one} {two}" for one in surnames for two in surnames[:5]][: NAMES - len(known)]
    ruler.add_patterns([{"label": "PERSON", "pattern": name} for name in known])
    ours_of = Gazetteer(knowledge)

    def ours() -> None:
        for source in sources:
            ours_of.find(Encoded(source.article.text))

    def theirs() -> None:
        for source in sources:
            pipeline(source.article.text)

    mine, rival = race(ours, theirs)
    size = megabytes(sources)
    name = f"spaCy EntityRuler, {len(known):,} names"
    return Line(
        f"gazetteer of {len(ours_of):,} forms", label, "MB/s", size / mine, size / rival, name, 15
    )


class Workshop:
    """Makes three-defect variants of articles, with one knowledge and one seed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.prover = Prover(Reader(knowledge), knowledge)
        self.operators = [Catalogue().load(name) for name in OPERATORS]

    def subject(self, source: SourceArticle) -> Subject:
        return Subject(self.prover.reader.read(source.article), self.knowledge, source.slots)

    def proposals(self, subject: Subject, attempt: int = 0) -> Iterator[Proposal]:
        """What the operators propose, each in its turn, until none has more."""
        drawn = [
            operator.propose(subject, Draw(0, subject.reading.article.id, operator.name, attempt))
            for operator in self.operators
        ]
        while drawn:
            for one in tuple(drawn):
                try:
                    yield next(one)
                except (NotApplicable, StopIteration):
                    drawn.remove(one)

    def three(self, source: SourceArticle) -> tuple[Subject, Variant] | None:
        """One variant with three defects, proven with its control; None where there is none."""
        subject = self.subject(source)
        text, whole, count = subject.reading.text, None, 0
        for proposal in self.proposals(subject):
            control = proposal.control
            part = Part(text, proposal.ledger, proposal.defects, control.ledger, control.note)
            try:
                whole = joined(whole, part) if whole else part
            except LedgerError:
                continue
            count += 1
            if count == 3:
                try:
                    return subject, self.prover.prove(subject, proposal_of(whole))
                except Refused:
                    return None
        return None

    def row(self, source: SourceArticle) -> dict[str, Any]:
        """The row of a three-defect variant: ledger, defects and witnesses, ready for Parquet."""
        found = self.three(source)
        if found is None:
            raise RuntimeError(f"no three-defect variant of {source.article.id} in this round")
        _, variant = found
        record = Record.of(
            variant.version.article,
            kind=Kind.VARIANT,
            label=1,
            group="bench",
            source_sha256="",
            defects=variant.defects,
            edits=variant.version.ledger,
            seed=0,
        )
        return record.to_json()


def three_defects(sources: Sequence[SourceArticle], label: str, shop: Workshop) -> list[Line]:
    import nlpaug.augmenter.word as naw

    able = [source for source in sources if shop.three(source) is not None]
    size = megabytes(able)
    lines = []

    def ours() -> None:
        with TemporaryDirectory() as folder:
            write_shard(Path(folder), "default", "train", [shop.row(source) for source in able])

    vocabularies = {
        "months, weekdays and the names in our tables": [
            list(MONTHS),
            list(WEEKDAYS),
            names(shop.knowledge),
        ],
        "months and weekdays": [list(MONTHS), list(WEEKDAYS)],
    }
    for what, tokens in vocabularies.items():
        augmenter = naw.ReservedAug(reserved_tokens=tokens, aug_min=3, aug_max=3, aug_p=1.0)

        def theirs(augmenter: Any = augmenter) -> None:
            for source in able:
                augmenter.augment(source.article.text)

        mine, rival = race(ours, theirs)
        count = sum(map(len, tokens))
        name = f"nlpaug ReservedAug, {what} ({count:,}); no proof, no spans"
        target = 10.0 if len(tokens) > 2 else None
        what_ours = "three-defect variant: proven, with control, to Parquet"
        of = f"{label}: {len(able)}"
        lines.append(Line(what_ours, of, "MB/s", size / mine, size / rival, name, target))
    return lines


def ten_variants(sources: Sequence[SourceArticle], label: str, shop: Workshop) -> list[Line]:
    """Ten of one article against one at a time; an article that gives fewer is left out."""
    plans: list[tuple[SourceArticle, Subject, list[Proposal]]] = []
    for source in sources:
        subject = shop.subject(source)
        found = list(islice(shop.proposals(subject), 10))
        if len(found) == 10 and not screen(subject.reading, shop.knowledge):
            plans.append((source, subject, found))
    count = 10 * len(plans)

    def propose_ten() -> None:
        for source, _, _ in plans:
            list(islice(shop.proposals(shop.subject(source)), 10))

    def propose_singly() -> None:
        for source, _, _ in plans:
            for attempt in range(10):
                next(shop.proposals(shop.subject(source), attempt), None)

    def prove(subject: Subject, proposal: Proposal) -> None:
        try:
            shop.prover.prove(subject, proposal)
        except Refused:
            return

    def prove_ten() -> None:
        for source, _, found in plans:
            subject = shop.subject(source)
            for proposal in found:
                prove(subject, proposal)

    def prove_singly() -> None:
        for source, _, found in plans:
            for proposal in found:
                prove(shop.subject(source), proposal)

    of = f"{label}: {len(plans)}"
    lines = []
    for what, many, single, target in (
        ("ten variants of one article: reading and proposing", propose_ten, propose_singly, 5.0),
        ("ten variants of one article: reading and proving", prove_ten, prove_singly, None),
    ):
        mine, rival = race(many, single)
        unit = "variants/s"
        lines.append(Line(what, of, unit, count / mine, count / rival, "one at a time", target))
    return lines


def markdown(lines: Sequence[Line]) -> str:
    rows = [
        "| what | articles | ours | rival | | ratio | aim |",
        "|---|---|---:|---:|---|---:|---:|",
    ]
    for line in lines:
        aim = f"{line.target:g}x" if line.target else ""
        rows.append(
            f"| {line.what} | {line.articles} | {line.ours:,.2f} {line.unit} | "
            f"{line.rival:,.2f} {line.unit} | {line.name} | {line.ratio:.1f}x | {aim} |"
        )
    return "\n".join(rows)


def made_with() -> str:
    rivals = ", ".join(f"{name} {version(name)}" for name in RIVALS)
    return f"Python {platform.python_version()}, {rivals}; one core; medians of {ROUNDS} rounds"


def main() -> int:
    """Prints the table; 1 where a rival is not installed."""
    parser = argparse.ArgumentParser(description="Speed against rivals in one run.")
    parser.add_argument(
        "--write", action="store_true", help="put the table into design/speed.md and README.md"
    )
    arguments = parser.parse_args()
    try:
        for name in RIVALS:
            version(name)
    except ImportError:
        sys.stderr.write("a rival is missing; install them: pip install -e '.[bench]'\n")
        return 1
    knowledge = load()
    shop = Workshop(knowledge)
    lines: list[Line] = []
    for label, sources in collections():
        lines.append(dates(sources, f"{label}: {len(sources)}"))
        lines.append(gazetteer(sources, f"{label}: {len(sources)}", knowledge))
        lines += three_defects(sources, label, shop)
        lines += ten_variants(sources, label, shop)
    table = Table(title=made_with())
    for name in ("what", "articles", "ours", "rival", "ratio", "aim"):
        table.add_column(name, justify="right" if name in ("ours", "rival", "ratio") else "left")
    for line in lines:
        table.add_row(
            line.what,
            line.articles,
            f"{line.ours:,.2f} {line.unit}",
            f"{line.rival:,.2f} ({line.name})",
            f"{line.ratio:.1f}x",
            f"{line.target:g}x" if line.target else "",
        )
    Console(width=150).print(table)
    if arguments.write:
        for path in FILES:
            put(path, f"{markdown(lines)}\n\n{made_with()}.")
    return 0


def put(path: Path, table: str) -> None:
    """Puts the table between the marks of a Markdown file.

    Raises:
        ValueError: the file has no marks.
    """
    before, mark, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{path} has no {BEGIN} ... {END} to put the table between")
    path.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def collections() -> Iterator[tuple[str, list[SourceArticle]]]:
    """The articles that ship, and those of a corpus of real text where there is one."""
    shipped = read_articles(load_release_file(default_release_file()).articles)
    yield "seeds", [source for source in shipped if source.kind == "clean"]
    folder = os.environ.get("INCONSISTENT_NEWS_CORPUS")
    place = Path(folder) if folder else HERE.parent / "shared" / "corpus"
    releases = place / "government_releases.jsonl"
    if releases.is_file():
        yield "releases", read_articles([str(releases)])[:ARTICLES]


if __name__ == "__main__":
    sys.exit(main())

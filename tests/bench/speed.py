"""Speed against a rival, in one run, on the same articles, on one core: `make bench`.

Figures of one machine at one time mean little by themselves; the ratio to the rival does. Every
figure is the median of several rounds, and rivals are timed in turn with us, round by round.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from builder.release_file import default_release_file, load_release_file
from builder.sources import read_articles
from perturbations.draw import Draw
from perturbations.knowledge import load
from perturbations.perturbation import Catalogue
from perturbations.proposal import NotApplicable, Subject
from perturbations.prove import Prover, Refused
from perturbations.reading.dates import find_dates
from perturbations.reading.mentions import AsOf
from perturbations.reading.offsets import Encoded
from perturbations.reading.reader import Reader

ROUNDS = 5


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """Prints the table; 1 where a rival is not installed."""
    try:
        import datefinder
    except ImportError:
        sys.stderr.write("the rival is missing; install it: pip install -e '.[bench]'\n")
        return 1
    sources = [
        source
        for source in read_articles(load_release_file(default_release_file()).articles)
        if source.kind == "clean"
    ]
    texts = [source.article.text for source in sources]
    size = sum(len(text.encode()) for text in texts) / 1e6

    def ours() -> None:
        for source in sources:
            day = source.article.published
            find_dates(Encoded(source.article.text), AsOf.day(day) if day else None)

    def theirs() -> None:
        for text in texts:
            list(datefinder.find_dates(text))

    ours()
    rounds = [(timed(ours), timed(theirs)) for _ in range(ROUNDS)]
    mine, rival = (statistics.median(r[k] for r in rounds) for k in (0, 1))
    table = Table(title=f"{len(texts)} articles, {size:.2f} MB, medians of {ROUNDS} rounds")
    for name in ("what", "ours", "rival", "ratio"):
        table.add_column(name, justify="left" if name == "what" else "right")
    table.add_row(
        "reading dates, MB/s (rival: datefinder)",
        f"{size / mine:.2f}",
        f"{size / rival:.2f}",
        f"{rival / mine:.1f}x",
    )

    knowledge = load()
    reader = Reader(knowledge)
    prover = Prover(reader, knowledge)
    catalogue = [Catalogue().load(name) for name in Catalogue()]
    subjects = [Subject(reader.read(s.article), knowledge, s.slots) for s in sources]
    proposals = []

    def read() -> None:
        for source in sources:
            reader.read(source.article)

    def propose() -> None:
        proposals.clear()
        for subject in subjects:
            for one in catalogue:
                if one.preparation is None:
                    draw = Draw(0, subject.reading.article.id, one.name)
                    try:
                        proposals.extend((subject, p) for p in one.propose(subject, draw))
                    except NotApplicable:
                        continue

    def prove() -> None:
        for subject, proposal in proposals:
            try:
                prover.prove(subject, proposal)
            except Refused:
                continue

    for name, work in (("reading whole articles", read), ("proposing", propose)):
        seconds = statistics.median(timed(work) for _ in range(ROUNDS))
        count = len(sources) if work is read else len(proposals)
        table.add_row(f"{name}, per second", f"{count / seconds:,.0f}", "", "")
    seconds = statistics.median(timed(prove) for _ in range(ROUNDS))
    table.add_row(
        "proving variant, source and control, per second",
        f"{len(proposals) / seconds:,.0f}",
        "",
        "",
    )
    Console(width=100).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What `builder perturb` shows in a terminal: diffs, proofs in words, and why some made nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from builder.diff_view import Context, pieces, styled
from builder.perturb import Perturbed, Reason, ShownVariant
from builder.proof import Proof, Step
from perturbations.defects import Defect
from perturbations.text import Ledger, Span
from perturbations.text.terminal import inert

INDENT = 2


def render(found: Perturbed, console: Console, context: Context) -> None:
    """Prints an article's certificate, its variants, and what was not made of it."""
    _heading(found, console)
    _certificate(found, console)
    shown: dict[str, str] = {}
    for variant in found.variants:
        _variant(variant, shown, console, context)
    if found.not_applicable:
        console.print(_table("Not applicable", found.not_applicable))
    if found.refused:
        console.print(_table("Refused proposals", found.refused, counted=True))


def _heading(found: Perturbed, console: Console) -> None:
    article = found.article
    console.print(Text(inert(article.title or article.id), style="bold"), soft_wrap=True)
    day = "without a date" if article.published is None else f"published {article.published}"
    if article.updated is not None:
        day += f", updated {article.updated}"
    knowledge = f"knowledge {found.knowledge.version} ({found.knowledge.digest[:12]})"
    _say(console, f"{inert(article.id)}, {day}; seed {found.seed}; {knowledge}", "dim")


def _certificate(found: Perturbed, console: Console) -> None:
    if found.broken is not None:
        _say(console, f"no variants: {found.broken}", "yellow")
        return
    rules = ", ".join(found.checked_by)
    if not found.findings:
        _say(console, f"source: nothing found; checked by {rules}", "green")
        return
    count = f"{len(found.findings)} finding{'s' if len(found.findings) > 1 else ''}"
    _say(
        console,
        f"source: {count} by the rules ({rules}); no variant is made of an article that is not "
        "clean",
        "yellow",
    )
    for proof, defect in zip(found.findings, found.found, strict=True):
        _diff(console, "source", found.article.text, Ledger(), defect.spans, Context.WORDS)
        _proof(console, proof, [defect])


def _variant(
    variant: ShownVariant, shown: dict[str, str], console: Console, context: Context
) -> None:
    """One variant; `shown` holds the sources with an addition so far, and where they stand."""
    console.print()
    types = ", ".join(dict.fromkeys(proof.type for proof in variant.proofs))
    head = Text(variant.perturbation, style="bold")
    console.print(head.append(f"  {types}", style="not bold red"), soft_wrap=True)
    if variant.source in shown:
        _say(console, f"added to the source first: as for {shown[variant.source]}", "dim")
    elif variant.preparation.edits:
        shown[variant.source] = variant.perturbation
        before = variant.preparation.revert(variant.source)
        _diff(console, "added to the source first", before, variant.preparation, (), context)
    marks = [span for defect in variant.variant.defects for span in defect.spans]
    _diff(console, "variant", variant.source, variant.variant.edits, marks, context)
    for proof in variant.proofs:
        _proof(console, proof, variant.variant.defects)
    _diff(console, "control", variant.source, variant.control.edits, (), context)
    _say(console, f"kept: {inert(variant.control_note)}", "dim")


def _diff(
    console: Console,
    name: str,
    source: str,
    ledger: Ledger,
    marks: Iterable[Span],
    context: Context,
) -> None:
    parts = pieces(source, ledger, marks, context)
    line = Text().append(f"{name}: ", style="bold")
    colours = console.color_system is not None and not console.no_color
    line.append_text(styled(parts, colours=colours))
    console.print(Padding(line, (0, 0, 0, INDENT), expand=False))


def _proof(console: Console, proof: Proof, defects: Sequence[Defect]) -> None:
    root = f" (follows from {proof.root})" if proof.root else ""
    _say(console, f"{proof.defect} {proof.type}{root}: {inert(proof.explanation)}")
    for step in proof.steps:
        _say(console, f"rule {step.rule}: {step.meaning}", "cyan", deeper=1)
        _say(console, _held(step), deeper=2)
    for fact in proof.facts:
        _say(console, f"{fact.role}: {inert(fact.sentence)} [{fact.id}]", deeper=1)


def _held(step: Step) -> str:
    against = [f"“{_short(words)}”" for words in step.against]
    against += [step.field] if step.field else []
    claim = " and ".join(f"“{_short(words)}”" for words in step.claim)
    basis = f" (one slot: {step.basis})" if step.basis else ""
    return f"claim {claim}{', against ' if against else ''}{' and '.join(against)}{basis}"


def _short(words: str, most: int = 160) -> str:
    line = inert(" ".join(words.split()))
    return line if len(line) <= most else f"{line[: most // 2]} ... {line[-most // 2 :]}"


def _say(console: Console, words: str, style: str = "", *, deeper: int = 0) -> None:
    line = Text(words, style=style)
    console.print(Padding(line, (0, 0, 0, INDENT * (1 + deeper)), expand=False))


def _table(title: str, reasons: Iterable[Reason], *, counted: bool = False) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("perturbation", no_wrap=True)
    table.add_column("reason")
    if counted:
        table.add_column("proposals", justify="right")
    for one in reasons:
        table.add_row(one.perturbation, inert(one.reason), *([str(one.count)] if counted else []))
    return table

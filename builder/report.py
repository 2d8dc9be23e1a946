"""What the builder's commands show in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table

from builder.pipeline import COMBINED
from builder.verify import Verification
from perturbations.perturbation import Catalogue, Listing


def build_table(manifest: Mapping[str, Any]) -> Table:
    """One row per perturbation: written, not applicable, refused proposals, not drawn."""
    table = Table(title=f"{manifest['name']} {manifest['version']}")
    table.add_column("type")
    table.add_column("perturbation")
    for name in ("written", "not applicable", "refused proposals", "not drawn"):
        table.add_column(name, justify="right")
    catalogue = Catalogue()
    skipped = manifest["not_made"]
    for name in manifest["release"]["perturbations"]:
        table.add_row(
            catalogue.load(name).type,
            name,
            str(manifest["rows"]["by_perturbation"].get(name, 0)),
            str(sum(skipped["not_applicable"].get(name, {}).values())),
            str(sum(skipped["refused"].get(name, {}).values())),
            str(skipped["not_drawn"].get(name, 0)),
        )
    if manifest["release"]["combined"]:
        table.add_row(
            "(several)",
            COMBINED,
            str(manifest["rows"]["by_perturbation"].get(COMBINED, 0)),
            str(sum(skipped["not_applicable"].get(COMBINED, {}).values())),
            str(sum(skipped["refused"].get(COMBINED, {}).values())),
            "0",
        )
    return table


def reasons_table(manifest: Mapping[str, Any]) -> Table:
    """Why perturbations did not apply and proposals were refused, the commonest reasons first."""
    table = Table(title="Reasons")
    for name in ("perturbation", "what", "reason"):
        table.add_column(name)
    table.add_column("count", justify="right")
    for what in ("not_applicable", "refused"):
        for name, reasons in manifest["not_made"][what].items():
            for reason, count in reasons.items():
                table.add_row(name, what.replace("_", " "), reason, str(count))
    for slug, count in manifest["not_made"]["unclean_articles"].items():
        table.add_row("(every one)", "article left out", f"a rule finds {slug} in it", str(count))
    for reason, count in manifest["not_made"]["unlicensed_articles"].items():
        table.add_row("(every one)", "article left out", reason, str(count))
    for reason, count in manifest["not_made"]["broken_articles"].items():
        table.add_row("(every one)", "article left out", reason, str(count))
    duplicates = manifest["articles"].get("duplicate", 0)
    if duplicates:
        reason = "its text, date and language are those of another article"
        table.add_row("(every one)", "article left out", reason, str(duplicates))
    return table


def verification_table(found: Verification) -> Table:
    """What was checked, and how often."""
    table = Table(title="Checked")
    table.add_column("what")
    table.add_column("count", justify="right")
    for name, count in sorted(found.checked.items()):
        table.add_row(name, str(count))
    return table


def catalogue_table(listings: Iterable[Listing]) -> Table:
    """The perturbations, one a row."""
    table = Table(title="Perturbations")
    for name in ("name", "type", "family", "kind", "witness", "control"):
        table.add_column(name, no_wrap=name in ("name", "type"))
    for one in listings:
        kinds, rules = ", ".join(one.kind), ", ".join(one.witness)
        table.add_row(one.name, one.type, one.family, kinds, rules, one.control)
    return table

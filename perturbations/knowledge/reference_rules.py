"""What rows of the table of references must obey among themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perturbations.knowledge.model import Precision, Status
from perturbations.knowledge.reference import KINDS, NUMBERED, Reference
from perturbations.knowledge.tables import Knowledge

_CELEX = re.compile(r"3\d{4}[LR]\d{4}")
_DOI = re.compile(r"10\.\d{4,9}/\S+")

Broken = tuple[str, str, str]
"""Table, id and what is wrong."""


def documents(knowledge: Knowledge) -> Iterator[Broken]:
    """Kinds are known, numbers and titles stand once, dates are past, identifiers look like one."""
    items = knowledge.references.values()
    if not items:
        return
    named = Counter((r.kind, r.number or r.title.casefold()) for r in items)
    for item in items:
        for message in _faults(item, knowledge):
            yield "references", item.id, message
        if named[item.kind, item.number or item.title.casefold()] > 1:
            yield "references", item.id, f"{item.number or item.title!r} stands twice"


def _faults(item: Reference, knowledge: Knowledge) -> Iterator[str]:
    if item.kind not in KINDS:
        yield f"kind '{item.kind}' is none of {sorted(KINDS)}"
    if (item.kind in NUMBERED) != (item.number is not None):
        yield f"a {item.kind} must {'' if item.kind in NUMBERED else 'not '}have a number"
    if item.day > knowledge.known_until("references"):
        yield f"dated {item.day}, after the table's end"
    if item.precision is not Precision.DAY and item.day.day != 1:
        yield f"{item.day} is not filled with ones"
    if item.status is Status.VERIFIED and len(set(item.sources)) < 2:
        yield "a verified fact needs two sources, it has one"
    pattern = {"eu_act": _CELEX, "paper": _DOI}.get(item.kind)
    if item.identifier is not None and (pattern is None or not pattern.fullmatch(item.identifier)):
        yield f"'{item.identifier}' is no identifier of a {item.kind}"

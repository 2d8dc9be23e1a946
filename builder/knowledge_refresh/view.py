"""What `builder knowledge refresh` shows in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from builder.knowledge_refresh.plan import Added, Changed, Conflict, Plan, Unused
from perturbations.text.terminal import inert

_SHOWN_OF_A_ROW = ("name", "person", "member", "office", "organisation", "start", "end", "status")


def render(plan: Plan, console: Console, *, applied: bool) -> None:
    """Prints the diff, then a summary of what agrees, was skipped, or waits for an answer."""
    for line in _lines(plan):
        console.print(line, soft_wrap=True)
    console.print(Text(_summary(plan, applied=applied)), soft_wrap=True)


def _lines(plan: Plan) -> Iterator[Text]:
    for added in plan.added:
        yield _added(added)
    for changed in plan.changed:
        yield from _changed(changed)
    for conflict in plan.conflicts:
        yield from _conflict(conflict)
    for unused in plan.unmatched:
        yield _unused(unused)
    for key in plan.unconfirmed:
        yield Text(f"? open, and no statement says that it is still so: {key}", style="yellow")


def _added(one: Added) -> Text:
    said = {name: one.row[name] for name in _SHOWN_OF_A_ROW if name in one.row}
    return Text(f"+ {one.table} {inert(one.id)}: {_said(said)}", style="green")


def _changed(one: Changed) -> Iterator[Text]:
    yield Text(f"~ {one.table} {inert(one.id)}: {', '.join(one.reasons)}", style="cyan")
    for name, (before, after) in one.fields.items():
        if name == "provenance":
            continue
        line = Text(f"    {name}: ").append(f"-{_value(before)}", style="red")
        yield line.append(" ").append(f"+{_value(after)}", style="green")


def _conflict(one: Conflict) -> Iterator[Text]:
    state = "accepted" if one.accepted else "left as it is"
    yield Text(f"! {one.table} {inert(one.id)}: {one.reason}; {state}", style="bold red")
    yield Text(f"    tables:   {_said(one.ours)}")
    yield Text(f"    wikidata: {_said(one.wikidata)}")
    for address in one.statements:
        yield Text(f"    {inert(address)}", style="dim")


def _unused(one: Unused) -> Text:
    name = f"{one.item} {one.label or '(no label)'}"
    return Text(inert(f"? {one.kind} {name}, {one.value}: {one.reason}"), style="yellow")


def _said(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    """A value as people read it: nothing for null, a list with commas."""
    if value is None:
        return "(none)"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return inert(", ".join(value)) or "(none)"
    return inert(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _summary(plan: Plan, *, applied: bool) -> str:
    conflicts = len(plan.open_conflicts)
    parts = [
        f"{plan.statements} statements",
        f"{len(plan.added)} rows added",
        f"{len(plan.changed)} changed",
        f"{conflicts} in conflict",
        f"{len(plan.unmatched)} unmatched",
        *(f"{count} agree ({how})" for how, count in sorted(plan.agreeing.items())),
        *(f"{count} skipped ({why})" for why, count in sorted(plan.skipped.items())),
    ]
    if applied:
        end = "written" if plan.writes else "nothing to write"
    else:
        end = "nothing written; --apply writes" if plan.writes else "nothing to write"
    accept = "; --accept ID takes Wikidata's word" if conflicts else ""
    return f"{'; '.join(parts)}: {end}{accept}"

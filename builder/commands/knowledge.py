"""`builder knowledge check` and `builder knowledge refresh`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from builder.console import FAILURE, OK, console, json_option, knowledge_option, print_json
from builder.errors import UsageError


def add(commands: Any) -> None:
    """Adds the commands about the tables of facts."""
    knowledge = commands.add_parser("knowledge", help="the tables of facts")
    parts = knowledge.add_subparsers(required=True, metavar="COMMAND")
    check = parts.add_parser("check", help="prove the tables' rules and print their coverage")
    knowledge_option(check)
    json_option(check)
    check.set_defaults(run=_check)

    refresh = parts.add_parser(
        "refresh",
        help="hold answers of the Wikidata query service against the tables",
        description="Holds answers of the Wikidata query service against the tables and shows what "
        "would change. The queries stand under data/templates/queries. A verified fact is never "
        "overwritten unless --accept names it.",
    )
    refresh.add_argument(
        "results", nargs="+", type=Path, metavar="RESULTS.json", help="answers saved as JSON"
    )
    refresh.add_argument(
        "--into",
        type=Path,
        metavar="DIR",
        help="a folder of your own tables, for --knowledge (default: the shipped tables)",
    )
    refresh.add_argument("--apply", action="store_true", help="write what is shown")
    refresh.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="ID",
        help="a row in conflict that takes Wikidata's word; may be repeated",
    )
    refresh.add_argument(
        "--known-until",
        metavar="DATE",
        help="the last day that was looked up: the tables speak until then",
    )
    refresh.add_argument(
        "--retrieved",
        metavar="DATE",
        help="day of the query (default: its column `retrieved`, or the file's day)",
    )
    json_option(refresh)
    refresh.set_defaults(run=_refresh)


def _check(arguments: argparse.Namespace) -> int:
    from builder.build import load_knowledge
    from builder.knowledge_check import check, render

    report = check(load_knowledge(arguments.knowledge))
    if arguments.json:
        print_json(report.to_json())
    else:
        console().print(render(report))
    return OK if report.ok else FAILURE


def _refresh(arguments: argparse.Namespace) -> int:
    from builder.knowledge_refresh import Options, refresh, write
    from builder.knowledge_refresh.view import render

    options = Options(
        into=arguments.into,
        known_until=_day("--known-until", arguments.known_until),
        retrieved=_day("--retrieved", arguments.retrieved),
        accept=frozenset(arguments.accept),
    )
    found = refresh(arguments.results, options)
    if arguments.apply:
        write(found)
    if arguments.json:
        print_json(found.plan.to_json(applied=arguments.apply))
    else:
        render(found.plan, console(), applied=arguments.apply)
    return FAILURE if arguments.apply and found.plan.open_conflicts else OK


def _day(option: str, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise UsageError(f"{option} must be an ISO date (YYYY-MM-DD), got {value!r}") from None

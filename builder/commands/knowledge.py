"""`builder knowledge check`."""

from __future__ import annotations

import argparse
from typing import Any

from builder.console import FAILURE, OK, console, json_option, knowledge_option, print_json


def add(commands: Any) -> None:
    """Adds the commands about the tables of facts."""
    knowledge = commands.add_parser("knowledge", help="the tables of facts")
    parts = knowledge.add_subparsers(required=True, metavar="COMMAND")
    check = parts.add_parser("check", help="prove the tables' rules and print their coverage")
    knowledge_option(check)
    json_option(check)
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from builder.build import load_knowledge
    from builder.knowledge_check import check, render

    report = check(load_knowledge(arguments.knowledge))
    if arguments.json:
        print_json(report.to_json())
    else:
        console().print(render(report))
    return OK if report.ok else FAILURE

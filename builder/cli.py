"""The command `builder`: build, verify, audit, perturb, catalogue, knowledge check and refresh."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from builder.commands import knowledge, operators, release
from builder.console import FAILURE, make_writable
from builder.errors import BuilderError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 where all is well, 1 on failure, 2 on wrong usage."""
    make_writable()
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except BuilderError as error:
        sys.stderr.write(f"builder: {error}\n")
        return error.status
    except BrokenPipeError:
        return FAILURE
    except KeyboardInterrupt:
        sys.stderr.write("builder: interrupted; nothing half-written is left\n")
        return INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="builder", description="Build, verify and audit releases of inconsistent news."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    release.add(commands)
    operators.add(commands)
    knowledge.add(commands)
    return parser

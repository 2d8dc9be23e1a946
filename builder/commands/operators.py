"""`builder catalogue` and `builder perturb`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from builder.console import OK, console, json_option, knowledge_option, print_json, warn
from builder.errors import UsageError

if TYPE_CHECKING:
    from perturbations.perturbation import Catalogue


def add(commands: Any) -> None:
    """Adds the commands about perturbations."""
    perturb = commands.add_parser("perturb", help="show what becomes of one article")
    perturb.add_argument(
        "article",
        metavar="ARTICLE",
        help="an article or seed in a .json file, a .jsonl file with one line, plain text (a "
        "headline, an empty line, the body), or - for standard input",
    )
    perturb.add_argument(
        "--with",
        dest="names",
        action="append",
        metavar="NAME",
        help="a perturbation that `builder catalogue` lists; may be repeated (default: all)",
    )
    perturb.add_argument("--all", action="store_true", help="every perturbation: the default")
    perturb.add_argument("--seed", type=int, default=0, help="what every choice is drawn from")
    perturb.add_argument(
        "--published", metavar="DATE", help="publication date, where the article gives none"
    )
    perturb.add_argument("--language", metavar="CODE", help="language, where none is given (en)")
    perturb.add_argument(
        "--context",
        choices=("words", "paragraph"),
        default="words",
        help="what is shown around an edit: a few words (default), or its paragraph",
    )
    knowledge_option(perturb)
    json_option(perturb)
    perturb.set_defaults(run=_perturb)

    catalogue = commands.add_parser("catalogue", help="list the perturbations")
    json_option(catalogue)
    catalogue.set_defaults(run=_catalogue)


def _perturb(arguments: argparse.Namespace) -> int:
    from builder.build import load_knowledge
    from builder.diff_view import Context
    from builder.perturb import perturb
    from builder.perturb_view import render
    from builder.sources import read_article
    from perturbations.perturbation import Catalogue

    catalogue = Catalogue()
    names = _chosen(arguments, catalogue)
    source = read_article(arguments.article, arguments.published, arguments.language)
    found = perturb(
        source,
        {name: catalogue.load(name) for name in names},
        load_knowledge(arguments.knowledge),
        seed=arguments.seed,
    )
    warn(f"{error}; skipped" for error in catalogue.broken())
    warn(found.warnings)
    if arguments.json:
        print_json(found.to_json())
    else:
        render(found, console(), Context(arguments.context))
    return OK


def _chosen(arguments: argparse.Namespace, catalogue: Catalogue) -> list[str]:
    """The perturbations that were asked for, each once.

    Raises:
        UsageError: an unknown or broken one, both `--with` and `--all`, or a negative seed.
    """
    from perturbations.perturbation import PluginError, UnknownPerturbationError

    if arguments.seed < 0:
        raise UsageError(f"--seed must be 0 or more, got {arguments.seed}")
    if not arguments.names:
        return list(catalogue.sound())
    if arguments.all:
        raise UsageError("--with names some perturbations and --all every one; give one of the two")
    names = list(dict.fromkeys(arguments.names))
    try:
        for name in names:
            catalogue.load(name)
    except (UnknownPerturbationError, PluginError) as error:
        raise UsageError(f"--with: {error}") from None
    return names


def _catalogue(arguments: argparse.Namespace) -> int:
    from builder.report import catalogue_table
    from perturbations.perturbation import Catalogue

    catalogue = Catalogue()
    listings = [catalogue.listing(name) for name in catalogue.sound()]
    warn(f"{error}; skipped" for error in catalogue.broken())
    if arguments.json:
        print_json([asdict(listing) for listing in listings])
    else:
        console().print(catalogue_table(listings))
    return OK

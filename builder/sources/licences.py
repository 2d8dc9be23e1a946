"""Licences of articles: which may go into a release, and how the card names them."""

from __future__ import annotations

import re

UNKNOWN = "unknown"

_NO_DERIVATIVES = re.compile(r"\bND\b|no[\s-]?deriv|all rights reserved", re.IGNORECASE)
"""A variant is a derived work; these words forbid one."""

_HUB_LICENCES = frozenset(
    f"cc-{kind}-{version}"
    for kind in ("by", "by-sa", "by-nc", "by-nc-sa")
    for version in ("2.0", "2.5", "3.0", "4.0")
) | {"cc0-1.0", "pddl", "odc-by", "apache-2.0", "mit"}
"""Names that the Hub knows (its list of licence identifiers); every other one is `other` there."""


def objection(licence: str | None) -> str | None:
    """Why articles under a licence cannot be used, in a few words fit for counting; or None.

    Rows inherit the licence of their article, so an unknown one is refused, too.
    """
    if licence is None or not licence.strip() or licence.strip().lower() == UNKNOWN:
        return "no licence is named"
    if _NO_DERIVATIVES.search(licence):
        return f"{licence} forbids derived works"
    return None


def hub_licence(licence: str) -> str:
    """The Hub's identifier of a licence: `CC BY-SA 4.0` is `cc-by-sa-4.0`; else `other`."""
    name = re.sub(r"[\s_]+", "-", licence.strip().lower())
    return name if name in _HUB_LICENCES else "other"

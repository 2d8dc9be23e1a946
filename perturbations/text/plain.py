"""Articles in plain text: a headline, then the rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlainText:
    """The parts of an article in plain text, and the lines (from 0) on which they begin."""

    title: str
    body: str
    title_line: int
    body_line: int


def split_plain(content: str) -> PlainText:
    """Splits a plain text: its first visible line is the headline, if text follows.

    Raises:
        ValueError: no line has a visible character.
    """
    lines = content.split("\n")
    visible = [i for i, line in enumerate(lines) if line.strip()]
    if not visible:
        raise ValueError("the text has no visible character")
    first = visible[0]
    if len(visible) == 1:
        return PlainText("", lines[first].strip(), first, first)
    body = "\n".join(lines[visible[1] : visible[-1] + 1])
    return PlainText(lines[first].strip(), body, first, visible[1])

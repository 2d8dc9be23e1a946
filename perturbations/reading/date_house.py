"""What the dates of one text tell about each other: order of day and month, short month names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from perturbations.reading.date_styles import month_names
from perturbations.reading.mentions import DateMention, Precision

_SHORT = ("Mon.", "Mon", "Mon4", "Mon3.")


def in_house_style(mentions: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """Settles what one mention leaves open and another one of the same text tells.

    03/04/2022 is read in the order in which 16/02/2022 is written beside it. "March 3" is written
    as a short name where the text writes "Feb. 16", so that another month comes out short too.
    """
    month_first = _month_first(mentions)
    style = _short_style(mentions)
    out = []
    for mention in mentions:
        if month_first is not None and mention.ambiguous and _is_numeric(mention):
            mention = _ordered(mention, month_first)
        if style is not None and _could_be(mention, style):
            mention = replace(mention, template=mention.template.replace("{Month}", f"{{{style}}}"))
        out.append(mention)
    return tuple(out)


def _is_numeric(mention: DateMention) -> bool:
    return mention.template.startswith(("{d", "{m")) and "{m" in mention.template


def _month_first(mentions: Iterable[DateMention]) -> bool | None:
    """Whether the numeric dates put the month first; None where they do not tell, or disagree."""
    orders = {
        mention.template.startswith("{m")
        for mention in mentions
        if _is_numeric(mention)
        and not mention.ambiguous
        and mention.first is not None
        # 05/05/2022 tells nothing.
        and mention.first.day > 12
    }
    return orders.pop() if len(orders) == 1 else None


def _ordered(mention: DateMention, month_first: bool) -> DateMention:
    """The mention, which was read with the day first, with one reading left."""
    numbers = {name: int(span.text) for name, span in mention.parts}
    if mention.first is None:
        return mention
    year = mention.first.year
    if not month_first:
        day = date(year, numbers["month"], numbers["day"])
        return replace(mention, first=day, last=day, ambiguous=False)
    day = date(year, numbers["day"], numbers["month"])
    other = {"day": "month", "month": "day"}
    parts = tuple((other.get(name, name), span) for name, span in mention.parts)
    swap = {"{d}": "{m}", "{dd}": "{mm}", "{m}": "{d}", "{mm}": "{dd}"}
    mark = mention.template[mention.template.index("}") + 1]
    tokens = [swap.get(token, token) for token in mention.template.split(mark)]
    return replace(
        mention, first=day, last=day, ambiguous=False, parts=parts, template=mark.join(tokens)
    )


def _short_style(mentions: Iterable[DateMention]) -> str | None:
    """The token by which days of the text write their month, if all agree on a short one."""
    used = set()
    for mention in mentions:
        if mention.precision is not Precision.DAY or (month := mention.part("month")) is None:
            continue
        tokens = [name for name in ("Month", *_SHORT) if f"{{{name}}}" in mention.template]
        if tokens and (
            tokens[0] != "Month" or len(month.text) > len("April") or month.text[0] == "A"
        ):
            used.update(tokens)
    return used.pop() if len(used) == 1 and "Month" not in used else None


def _could_be(mention: DateMention, style: str) -> bool:
    month = mention.part("month")
    return (
        mention.precision is Precision.DAY
        and month is not None
        and "{Month}" in mention.template
        and month.text in month_names()[style]
    )

"""Writes a duration in the manner of another one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perturbations.reading.duration_words import NUMBERS, Unit, spell
from perturbations.reading.mentions import DurationMention

_FIELDS: tuple[Unit, ...] = ("years", "months", "weeks", "days")
_SPELT_BELOW = 10
"""Numbers from here on are digits where a paper spells out the small ones (AP Stylebook)."""
_SPELLABLE = 100
_SPELLABLE_HUNDREDS = 1000
_MONTHS_OF_YEAR = 12
_DAYS_OF_WEEK = 7
_YEARS_OF_DECADE = 10
_LONGEST_IN_MONTHS = 36
"""No paper writes longer times in months."""
_LONGEST_IN_WEEKS = 60


class DurationError(ValueError):
    """An amount that can't be written in the manner asked for."""


def write_duration(
    like: DurationMention, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0
) -> str:
    """Writes another amount as `like` is written: words or digits, hyphen, capitals, "a" for one.

    Numbers from ten on are spelt out only where `like` spells one out itself. A hyphenated duration
    has one unit, so years and months become months, weeks and days become days.

    Raises:
        DurationError: the amount is nothing, negative, or needs two units behind a hyphen.
    """
    amounts = dict(zip(_FIELDS, (years, months, weeks, days), strict=True))
    if any(amount < 0 for amount in amounts.values()) or not any(amounts.values()):
        raise DurationError(f"a duration needs an amount above zero, got {amounts}")
    manner = _Manner.of(like)
    if like.hyphenated:
        unit, amount = _single(amounts)
        return manner.cased(f"{manner.number(amount)}-{unit[:-1]}")
    return manner.cased(_joined(manner, amounts))


def rewordings(mention: DurationMention) -> tuple[str, ...]:
    """Lists other ways to write the same amount: words for digits, months for years and months, ...

    The mention's own text is never among them. A smaller unit claims more: "three years" is true of
    three and a quarter, "36 months" is not; whoever replaces one by the other checks it against
    the dates with `duration_matches`. Empty where papers count in no other way.
    """
    own = _Manner.of(mention)
    out: list[str] = []
    for amounts in [_amounts(mention), *_conversions(mention)]:
        for manner in (own, *_OTHER_MANNERS):
            written = _write(manner, amounts, mention.hyphenated)
            if written is not None:
                out.append(own.cased(written))
    return tuple(word for word in dict.fromkeys(out) if word != mention.span.text)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How numbers and units are written."""

    spelt_below: int
    """Numbers below this are words."""
    article: bool = False
    """Whether one is "a"."""
    decades: bool = False
    capital: bool = False
    capitals: bool = False

    @classmethod
    def of(cls, like: DurationMention) -> _Manner:
        text = like.span.text
        lower = re.sub(r"\s+", " ", text.lower())
        spelt = [number for word, number in NUMBERS.items() if re.search(rf"\b{word}\b", lower)]
        article = lower.startswith(("a ", "an "))
        if not (spelt or article):
            below = 0
        else:
            below = _SPELLABLE if max(spelt, default=1) >= _SPELT_BELOW else _SPELT_BELOW
        if "hundred" in lower:
            below = _SPELLABLE_HUNDREDS
        return cls(
            spelt_below=below,
            article=article,
            decades="decade" in lower,
            capital=text[:1].isupper(),
            capitals=text.isupper(),
        )

    def number(self, amount: int) -> str:
        """Writes the number alone."""
        return spell(amount) if amount < self.spelt_below else f"{amount:,}"

    def part(self, amount: int, unit: str) -> str:
        """Writes a number with its unit."""
        if self.decades and unit == "years" and amount % _YEARS_OF_DECADE == 0:
            amount, unit = amount // _YEARS_OF_DECADE, "decades"
        if amount == 1:
            return f"{'a' if self.article else self.number(1)} {unit[:-1]}"
        return f"{self.number(amount)} {unit}"

    def cased(self, text: str) -> str:
        """Gives a text the capitals of the manner."""
        if self.capitals:
            return text.upper()
        return text[:1].upper() + text[1:] if self.capital else text


_OTHER_MANNERS = (_Manner(0), _Manner(_SPELT_BELOW))
"""Digits throughout; small numbers in words."""


def _amounts(mention: DurationMention) -> dict[Unit, int]:
    return {unit: getattr(mention, unit) for unit in _FIELDS}


def _single(amounts: dict[Unit, int]) -> tuple[Unit, int]:
    used = {unit: amount for unit, amount in amounts.items() if amount}
    if len(used) == 1:
        return next(iter(used.items()))
    if set(used) == {"years", "months"}:
        return "months", used["years"] * _MONTHS_OF_YEAR + used["months"]
    if set(used) == {"weeks", "days"}:
        return "days", used["weeks"] * _DAYS_OF_WEEK + used["days"]
    raise DurationError(
        f"{used} can't stand before a hyphen; give one unit, years with months, or weeks with days"
    )


def _conversions(mention: DurationMention) -> list[dict[Unit, int]]:
    """The same amount in other units, as far as papers count in them."""
    years, months, weeks, days = _amounts(mention).values()
    total = years * _MONTHS_OF_YEAR + months
    out: list[dict[Unit, int]] = []
    if total and not weeks and not days:
        if total <= _LONGEST_IN_MONTHS:
            out.append({"months": total})
        if total >= _MONTHS_OF_YEAR:
            out.append({"years": total // _MONTHS_OF_YEAR, "months": total % _MONTHS_OF_YEAR})
    all_days = weeks * _DAYS_OF_WEEK + days
    if all_days and not total and not mention.approximate:
        if all_days <= _LONGEST_IN_WEEKS:
            out.append({"days": all_days})
        if all_days % _DAYS_OF_WEEK == 0:
            out.append({"weeks": all_days // _DAYS_OF_WEEK})
    return out


def _write(manner: _Manner, amounts: dict[Unit, int], hyphenated: bool) -> str | None:
    used = {unit: amount for unit, amount in amounts.items() if amount}
    if hyphenated:
        if len(used) != 1:
            return None
        [(unit, amount)] = used.items()
        return f"{manner.number(amount)}-{unit[:-1]}"
    return _joined(manner, used)


def _joined(manner: _Manner, amounts: dict[Unit, int]) -> str:
    parts = [manner.part(amount, unit) for unit, amount in amounts.items() if amount]
    start = parts[:-1]
    return f"{', '.join(start)} and {parts[-1]}" if start else parts[-1]

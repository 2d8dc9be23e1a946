"""Where durations may stand: one pattern over the bytes of a text, compiled once."""

from __future__ import annotations

from functools import cache
from typing import Any

import re2

from perturbations.reading.date_patterns import GAPS, cased
from perturbations.reading.duration_words import ONES, PLURALS, TENS, UNITS

HEDGES = (
    *("about", "around", "almost", "nearly", "approximately", "roughly", "some", "over", "under"),
    *("more than", "less than", "fewer than", "at least", "at most", "up to", "close to"),
    *("just over", "just under", "well over", "a little over", "as many as", "as long as"),
    *("just shy of", "circa", "another"),
)
"""Words before an amount that make it inexact ("another" leaves open where counting begins)."""
RELATIONS = (
    *("after", "later", "since", "before", "earlier", "ago", "on", "from", "into", "prior"),
    *("apart", "hence"),
)
"""Words behind an amount that tie it to a time."""

_SP = f"(?:[{GAPS}]{{1,2}})"
_DIGITS = "(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,5})(?:\\.[0-9]{1,2})?"


@cache
def scanner() -> Any:
    """The compiled pattern that proposes durations in UTF-8 bytes, hedge and relation included."""
    hedge = f"(?:{cased([word.replace(' ', _SP) for word in HEDGES])}{_SP})?"
    to_the_day = f"(?:{_SP}to{_SP}the{_SP}day)?"
    relation = f"(?:{_SP}or{_SP}(?:so|more))?(?:{to_the_day}{_SP}{cased(RELATIONS)}\\b)?"
    return _compiled(f"\\b{hedge}{amount()}\\b{relation}")


@cache
def whole() -> Any:
    """The compiled pattern of a duration that fills its text."""
    return _compiled(amount())


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.longest_match = True
    options.never_capture = True
    options.max_mem = 1 << 26
    # Beyond its memory RE2 goes on with a slower method; that is no news for stderr.
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


def amount() -> str:
    """One amount, or several that add up: `one year, two months and 3 days`."""
    words = _number_words()
    number = f"(?:{_DIGITS}|{words}|{cased(['a', 'an'])})"
    half = f"(?:{_SP}and{_SP}a{_SP}half|½)?"
    unit = cased([*UNITS, *PLURALS])
    single = f"(?:{number}{half}|{cased(['half'])}{_SP}an?){_SP}{unit}(?:{_SP}and{_SP}a{_SP}half)?"
    tied = f"(?:{_DIGITS}|{words})-{cased(UNITS)}"
    return f"(?:{single}(?:(?:,{_SP}|,?{_SP}and{_SP}){single}){{0,3}}|{tied})"


def _number_words() -> str:
    """One to nine hundred and ninety-nine, in small letters, with a capital, or in capitals."""
    low = ONES[1:10]
    upper = tuple(word.upper() for word in low)
    small = f"{'|'.join((*TENS, *map(str.capitalize, TENS)))}"
    below_hundred = (
        f"(?:{cased(ONES[1:])}|(?:{small})(?:[- ](?:{'|'.join(low)}))?"
        f"|(?:{'|'.join(word.upper() for word in TENS)})(?:[- ](?:{'|'.join(upper)}))?)"
    )
    hundreds = f"{cased(('a', *ONES[1:10]))}{_SP}(?:hundred|HUNDRED)"
    return f"(?:{below_hundred}|{hundreds}(?:{_SP}(?:and|AND){_SP}{below_hundred})?)"

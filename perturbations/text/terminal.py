"""Text from articles and detectors, made safe to print."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def inert(text: str) -> str:
    """The text with every control character but tab and line feed made visible.

    Terminal escapes and marks that turn the direction of writing would otherwise act on the
    reader's screen.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)

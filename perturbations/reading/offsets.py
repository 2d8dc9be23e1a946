"""One text as UTF-8 bytes for the recognisers, and the way back to code points."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import numpy as np

from perturbations.text import Span


class Encoded:
    """A text with its UTF-8 bytes; byte offsets map to code points at no cost for ASCII.

    `text` may hold lone surrogates; they are encoded as they are, so that offsets stay right.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "surrogatepass")
        self.is_ascii = len(self.data) == len(text)

    @cached_property
    def _inner(self) -> list[int]:
        """Where the bytes stand that no code point begins at."""
        octets = np.frombuffer(self.data, dtype=np.uint8)
        inner: list[int] = np.flatnonzero((octets & 0xC0) == 0x80).tolist()
        return inner

    def point(self, byte: int) -> int:
        """The code point that begins at byte offset `byte` (or the text's length at its end)."""
        return byte if self.is_ascii else byte - bisect_left(self._inner, byte)

    def span(self, start: int, end: int) -> Span:
        """The span of the bytes `start..end`, which must begin and end between code points."""
        first, last = self.point(start), self.point(end)
        return Span(first, last, self.text[first:last])

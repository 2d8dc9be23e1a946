"""Words by which a sentence leans on what stands before it."""

from __future__ import annotations

LEANING = frozenset(
    [
        *("he", "she", "it", "they", "we", "his", "her", "their", "its", "both", "such", "another"),
        *("this", "that", "these", "those", "there", "then", "here", "also", "meanwhile"),
        *("but", "and", "so", "or", "yet", "however"),
    ]
)
"""First words with which a sentence leans on the one before: it can't stand elsewhere."""

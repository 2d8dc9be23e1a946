"""How English writes office titles: their cases, plurals, spellings and short forms."""

from __future__ import annotations

from collections.abc import Iterator

PLURALS = {
    "president": "presidents",
    "minister": "ministers",
    "chancellor": "chancellors",
    "premier": "premiers",
    "secretary": "secretaries",
    "secretary-general": "secretaries-general",
    "governor": "governors",
    "governor-general": "governors-general",
    "chief": "chiefs",
    "king": "kings",
    "queen": "queens",
    "emperor": "emperors",
    "empress": "empresses",
    "monarch": "monarchs",
    "prince": "princes",
    "princess": "princesses",
    "representative": "representatives",
    "vice-president": "vice-presidents",
    "taoiseach": "taoisigh",
    "pope": "popes",
    "emir": "emirs",
    "sultan": "sultans",
}
"""Words that make a title's plural; the first one in a title takes it."""

COMMON_WORDS = frozenset(PLURALS) | {
    "prime",
    "vice",
    "general",
    "foreign",
    "federal",
    "crown",
    "high",
    "grand",
    "duke",
    "state",
    "affairs",
    "sovereign",
    "head",
    "policy",
    "defense",
    "defence",
    "external",
}
"""Words of titles that running text writes small; all others are names and keep their case."""

SHORT_FORMS = {"Prime Minister": ("PM",), "Vice President": ("VP",)}
"""Abbreviations that headlines use, by title."""

ALSO_WRITTEN = {
    "Vice President": ("Vice-President",),
    "Secretary General": ("Secretary-General",),
    "Secretary-General": ("Secretary General",),
    "Governor General": ("Governor-General",),
}
"""Spellings of a title, or of the end of one, that mean the same."""


def title_forms(title: str) -> Iterator[tuple[str, bool]]:
    """Yields every way to write a title, each with whether it is a plural.

    Cases: as given, small in running text ("European Commission president"), small but for the
    first letter, and in capitals.
    """
    for base in dict.fromkeys((title, *_other_spellings(title))):
        for words, plural in ((base, False), (pluralised(base), True)):
            small = small_title(words)
            for form in dict.fromkeys((words, small, small[:1].upper() + small[1:], words.upper())):
                yield form, plural
    for short in SHORT_FORMS.get(title, ()):
        yield short, False
        yield f"{short}s", True


def pluralised(title: str) -> str:
    """The plural of a title: Prime Ministers, Secretaries-General, Presidents of the ...

    Raises:
        ValueError: no word of the title has a known plural and it ends in no letter.
    """
    words = title.split(" ")
    for place, word in enumerate(words):
        plural = PLURALS.get(word.casefold())
        if plural is not None:
            words[place] = plural.capitalize() if word[:1].isupper() else plural
            if "-" in plural and word[:1].isupper():
                words[place] = "-".join(part.capitalize() for part in plural.split("-"))
            return " ".join(words)
    if not title[-1:].isalpha():
        raise ValueError(f"a title must end in a letter to have a plural, got {title!r}")
    return f"{title}s"


def _other_spellings(title: str) -> Iterator[str]:
    for ending, others in ALSO_WRITTEN.items():
        if title.endswith(ending):
            for other in others:
                yield title[: -len(ending)] + other


def small_title(title: str) -> str:
    """The title as running text writes it, but for names in it: European Commission president."""
    return " ".join(
        word.lower()
        if word.casefold() in COMMON_WORDS or word.casefold() in _PLURAL_WORDS
        else word
        for word in title.split(" ")
    )


def in_case_of(written: str, title: str) -> str:
    """Another title in the case of one that is written."""
    if written.isupper() and len(written) > 2:
        return title.upper()
    small = small_title(title)
    if written[:1].islower():
        return small
    first, _, rest = written.partition(" ")
    if rest[:1].islower() and first != written:
        return small[:1].upper() + small[1:]
    return title


_PLURAL_WORDS = frozenset(PLURALS.values())

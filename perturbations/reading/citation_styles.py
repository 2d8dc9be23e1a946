"""Writes entries of reference lists in the styles that the recogniser reads back part by part.

For what `write_entry` takes, `find_citations` gives the same outlet, headline, date, address and
date of access again; text that a style could not carry unharmed is refused.
"""

from __future__ import annotations

from dataclasses import dataclass


class StyleError(ValueError):
    """A part that a style cannot write so that it can be read back."""


@dataclass(frozen=True, slots=True)
class Style:
    """One citation style: how an entry runs, and what its unmarked parts must not hold."""

    name: str
    body: str
    """The entry without label, address and access, with `{outlet}`, `{headline}`, `{day}`;
    `{comma}` and `{stop}` are left out behind a question or exclamation mark."""
    address: str
    """What the address adds behind the body; empty where the body holds it."""
    accessed: str
    """What the date of access adds at the end."""
    end: str = ""
    breaks: tuple[str, ...] = ()
    """What a headline must not hold in any case, because it would end there."""


_ACCESS = ("accessed", "retrieved", "viewed", "consulted", "checked")
"""Words that begin a date of access, where no marks show the headline's end."""

_STYLES = (
    Style(
        "comma",
        '{outlet}, "{headline}{comma}" {day}',
        ", {address}",
        " (accessed {accessed})",
        breaks=('"', "“", "”"),
    ),
    Style(
        "typographic",
        "{outlet}, “{headline}{comma}” {day}",
        ", {address}",
        " (accessed {accessed})",
        breaks=('"', "“", "”"),
    ),
    Style(
        "full_stop",
        '"{headline}". {outlet}. {day}',
        ". {address}",
        ". Retrieved {accessed}",
        end=".",
        breaks=('"', "“", "”"),
    ),
    Style(
        "author_date",
        "{outlet} ({day}). {headline}",
        "{stop} {address}",
        " (retrieved {accessed})",
        breaks=(". ", "? ", "! ", '"', "“", "”", *_ACCESS),
    ),
    Style(
        "colon",
        "{outlet} ({day}): {headline}",
        " - {address}",
        " (accessed {accessed})",
        breaks=(" - ", " – ", " — ", '"', "“", "”", *_ACCESS),
    ),
    Style(
        "markdown",
        "[{headline}]({address}) — {outlet}, {day}",
        "",
        " (accessed {accessed})",
        breaks=("[", "]"),
    ),
)

STYLES = tuple(style.name for style in _STYLES)
"""The names of the styles, for `write_entry`."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """One way to number references: the marker in the prose, and the label before the entry.

    `{n}` stands for the number in figures, `{raised}` for superscript ones.
    """

    name: str
    marker: str
    label: str

    def write_marker(self, number: int) -> str:
        """`[3]`, `[^3]` or `³`."""
        return self.marker.format(n=number, raised=raised(number))

    def write_label(self, number: int) -> str:
        """`[3] `, `3. `, `[^3]: ` or `³ `, with the space behind it."""
        return self.label.format(n=number, raised=raised(number))

    @property
    def is_markup(self) -> bool:
        """Whether its numbers are labels of Markdown, which counts the notes anew."""
        return self.marker.startswith("[^")


NUMBERINGS = (
    Numbering("bracket", "[{n}]", "[{n}] "),
    Numbering("bracket_dot", "[{n}]", "{n}. "),
    Numbering("superscript", "{raised}", "{raised} "),
    Numbering("superscript_dot", "{raised}", "{n}. "),
    Numbering("caret", "[^{n}]", "[^{n}]: "),
)
"""The ways to number that are read back."""

_FIGURES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(number: int) -> str:
    """A number in superscript figures."""
    return str(number).translate(_FIGURES)


def number_like(figures: str, number: int) -> str:
    """Writes a number in the figures, common or superscript, in which another stands."""
    return str(number) if figures.isascii() else raised(number)


_EDGES = " \t\n.,;:|–—-*_()[]<>\"'“”‘’«»"
"""What neither headline nor outlet may begin or end with, as punctuation of the style looks so."""


def write_entry(
    style: str,
    number: int | None,
    outlet: str,
    headline: str,
    day_text: str,
    address: str | None,
    accessed_text: str | None = None,
) -> str:
    """Writes one entry: `[2] Reuters, "Leaders meet," 3 September 2025, https://...`.

    Args:
        style: one of `STYLES`.
        number: the number of its label; None writes no label.
        outlet: the outlet's name, with its article if it has one.
        headline: the cited headline, without marks and without punctuation at its end.
        day_text: the date, as it shall stand there.
        address: the web address; None leaves it out, which `markdown` cannot.
        accessed_text: the date of access, as it shall stand there.

    Raises:
        StyleError: there is no such style, or it cannot carry a part.
    """
    chosen = _style(style)
    _check(chosen, outlet, headline, address)
    asks = headline[-1] in "?!"
    parts = {"outlet": outlet, "headline": headline, "day": day_text, "address": address}
    parts |= {"comma": "" if asks else ",", "stop": "" if asks else "."}
    label = "" if number is None else f"[{number}] "
    written = label + chosen.body.format_map(parts)
    if address is not None:
        written += chosen.address.format_map(parts)
    if accessed_text is not None:
        written += chosen.accessed.format(accessed=accessed_text)
    return written + chosen.end


def _style(name: str) -> Style:
    for style in _STYLES:
        if style.name == name:
            return style
    raise StyleError(f"style must be one of {', '.join(STYLES)}, got {name!r}")


def _check(style: Style, outlet: str, headline: str, address: str | None) -> None:
    if address is None and "{address}" in style.body:
        raise StyleError(f"style '{style.name}' links its headline and needs an address")
    for part, text in (("outlet", outlet), ("headline", headline)):
        if not text or text.strip(_EDGES) != text or "\n" in text:
            raise StyleError(
                f"{part} must be one line without punctuation or white space at its ends, "
                f"got {text!r}"
            )
    for sign in style.breaks:
        if sign in headline.casefold():
            raise StyleError(
                f"style '{style.name}' cannot carry a headline with {sign!r}, got {headline!r}; "
                "choose another style"
            )

"""Lists of references set behind an article, each entry cited by a sentence of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perturbations.draw import Draw
from perturbations.markers import MarkerPlace
from perturbations.reading.citation_styles import NUMBERINGS, Numbering
from perturbations.text import Edit, Ledger, Span

HEADINGS = ("References", "Sources", "Notes")
"""What stands above a list; the last one is for lists that are numbered."""
_NUMBERINGS = (*NUMBERINGS, NUMBERINGS[0])
"""Brackets with bracketed labels are the commonest way, and drawn twice as often."""


def with_numbered_list(cited: Mapping[Span, str], text: str, draw: Draw) -> Ledger:
    """Markers in sentences and the list behind the article's last character.

    Args:
        cited: sentence to the entry that it cites, without label.
        text: of the article.
        draw: what numbering, place of the markers and heading are drawn from.
    """
    numbering = draw.choice(_NUMBERINGS)
    inside = draw.chance(0.5)
    place = MarkerPlace(inside, spaced=inside and numbering.marker == "[{n}]")
    markers, lines = [], []
    for number, sentence in enumerate(sorted(cited), start=1):
        markers.append(place.edit(sentence, numbering.write_marker(number)))
        lines.append(numbering.write_label(number) + cited[sentence])
    return with_list(markers, heading_for(numbering, draw), lines, text)


def heading_for(numbering: Numbering, draw: Draw) -> str | None:
    """A heading for a numbered list; the notes of Markdown often have none."""
    if numbering.is_markup and draw.chance(0.5):
        return None
    return draw.choice(HEADINGS)


def with_list(
    markers: Sequence[Edit], heading: str | None, lines: Sequence[str], text: str
) -> Ledger:
    """The markers, and the lines of the list behind the text's last character."""
    marked = Ledger(tuple(markers))
    # The last marker may stand where the list begins: composing makes one edit of the two.
    end = len(marked.apply(text).rstrip())
    head = f"\n\n{heading}" if heading else ""
    return marked.then(Ledger.of(Edit.insert(end, f"{head}\n\n" + "\n".join(lines))))

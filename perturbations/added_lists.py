"""A numbered list of references set behind an article, each entry cited by a sentence of it."""

from __future__ import annotations

from collections.abc import Mapping

from perturbations.draw import Draw
from perturbations.markers import MarkerPlace
from perturbations.reading.citation_styles import NUMBERINGS
from perturbations.text import Edit, Ledger, Span

_HEADINGS = ("References", "Sources", "Notes")
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
    heading = "" if numbering.is_markup and draw.chance(0.5) else f"\n\n{draw.choice(_HEADINGS)}"
    marked = Ledger(tuple(markers))
    # The last marker may stand where the list begins: composing makes one edit of the two.
    end = len(marked.apply(text).rstrip())
    return marked.then(Ledger.of(Edit.insert(end, f"{heading}\n\n" + "\n".join(lines))))

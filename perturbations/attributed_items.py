"""Items that print a quotation of the article, and a sentence that says which outlet printed it.

Quotations are the article's own. Outlets are invented, and the same in sentence and entry.
"""

from __future__ import annotations

import re

from perturbations.added_lists import with_numbered_list
from perturbations.cited_items import date_template, invented_items
from perturbations.draw import Draw
from perturbations.markers import sentences_for_markers
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.attributed_quotes import MIN_QUOTED, twice_attributed
from perturbations.reading.citation_styles import STYLES, StyleError, write_entry
from perturbations.reading.dates import render
from perturbations.reading.mentions import Reading
from perturbations.text import Edit, Ledger, Span

MAX_QUOTED = 26
MIN_ENTRIES, MAX_ENTRIES = 3, 6

_SENTENCES = (
    "The words were reported by the {outlet}.",
    "The remark was quoted by the {outlet}.",
    "The words were published by the {outlet}.",
    "The remark was reported by the {outlet}.",
    "The quotation was published by the {outlet}.",
)
_HEADLINES = (
    "On record: ‘{quote}’ in full",
    "In their words: ‘{quote}’ and more",
    "Quote of the day: ‘{quote}’ in context",
    "Word for word: ‘{quote}’ and the rest",
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BROKEN = re.compile(r"[“”\"‘\[\]()\n…*_|]|\.\s|[?!]\s|\s[–—-]\s|—")
"""Signs of a quotation that no headline can carry whole."""

_ENDS = re.compile(
    r"[.!?]|\w\.|[\w.,!?],? (?:(?!\. )[^“”\"]){0,60}"
    r"\b(?:sa(?:id|ys?)|told|tells|add(?:ed|s)|wrote|writes|asked|asks|explained|explains)\b"
    r"(?:(?!\. )[^“”\"]){0,80}\."
)
"""A quotation's last sign and what stands behind it where the paragraph ends with it, or with the
words that say whose it is; a sentence that goes on is about something else than the words."""


class AttributedItems:
    """Adds the sentence that attributes a quotation, with a list that has its item."""

    name = "attributed_items"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add both; none where a quotation is attributed twice already.

        Raises:
            NotApplicable: the article has a list of its own or no date, no quotation that a
                headline could print, or too few sentences that could carry a marker.
        """
        reading = subject.reading
        if any(twice_attributed(reading)):
            return Ledger()
        if reading.citations.references is not None or reading.citations.markers:
            raise NotApplicable("a reference list that attributes no quotation")
        if reading.as_of is None:
            raise NotApplicable("no reference list, and no date that one could be made for")
        quoted = quotations(reading)
        if not quoted:
            raise NotApplicable("no quotation of six words or more that a headline could print")
        places = sentences_for_markers(reading)
        if len(places) < MIN_ENTRIES - 1:
            raise NotApplicable("fewer than two sentences that could carry a marker")
        return _added(draw.choice(quoted), places, subject, draw)


def quotations(reading: Reading) -> list[tuple[Span, str]]:
    """Paragraphs that end in a sentence, each with its last quotation, which a headline can print.

    A quotation that does not begin like a sentence is a phrase, and no news.
    """
    found = []
    last = {reading.layout.paragraph_at(q.start): q for q in reading.layout.quotations}
    for quotation in last.values():
        quote = quotation.text[1:-1].rstrip(",.;").strip()
        paragraph = reading.layout.paragraph_at(quotation.start)
        if paragraph is None or not paragraph.covers(quotation) or _BROKEN.search(quote):
            continue
        if not quote[:1].isupper() or paragraph.text[0] in "-*•–#>":
            continue
        behind = reading.text[quotation.end : paragraph.end]
        ends = _ENDS.fullmatch(quotation.text[-2] + behind) and "\n" not in paragraph.text
        whole = MIN_QUOTED <= len(_WORD.findall(quote)) <= MAX_QUOTED
        if ends and whole and paragraph.start >= reading.article.body_start:
            found.append((paragraph, quote))
    return found


def _added(quoted: tuple[Span, str], places: list[Span], subject: Subject, draw: Draw) -> Ledger:
    """The attributing sentence at its paragraph's end, then markers and list."""
    (paragraph, quote), reading = quoted, subject.reading
    if reading.as_of is None:
        raise NotApplicable("no reference list, and no date that one could be made for")
    others = draw.shuffled([p for p in places if not paragraph.covers(p)])
    least = MIN_ENTRIES - 1
    others = others[: least + draw.below(MAX_ENTRIES - least)]
    item, *items = invented_items(len(others) + 1, subject, draw)
    sentence = draw.choice(_SENTENCES).format(outlet=item.outlet)
    first = Ledger.of(Edit.insert(paragraph.end, f" {sentence}"))
    text = first.apply(reading.text)
    headline, template = draw.choice(_HEADLINES).format(quote=quote), date_template(reading)
    for style in draw.shuffled([name for name in STYLES if name != "markdown"]):
        day = render(template, reading.as_of.first)
        try:
            at = paragraph.end + 1
            cited = {
                Span.of(text, at, at + len(sentence)): write_entry(
                    style, None, item.outlet, headline, day, None
                )
            }
            for place, other in zip(others, items, strict=True):
                moved = first.forward(place.start, place.end)
                if moved is not None:
                    cited[Span.of(text, *moved)] = write_entry(
                        style, None, other.outlet, other.headline, render(template, other.day), None
                    )
        except StyleError:
            continue
        return first.then(with_numbered_list(cited, text, draw))
    raise NotApplicable("no citation style can carry the quotation")

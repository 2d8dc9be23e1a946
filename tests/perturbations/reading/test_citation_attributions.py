from __future__ import annotations

from functools import cache

import pytest

from perturbations.knowledge import load
from perturbations.reading.citations import OutletIndex, find_citations
from perturbations.reading.mentions import Attribution, Layout
from perturbations.reading.offsets import Encoded
from perturbations.text import Span


@cache
def outlet_index() -> OutletIndex:
    return OutletIndex(load())


def attributions(text: str, layout: Layout | None = None) -> tuple[Attribution, ...]:
    return find_citations(Encoded(text), outlet_index(), layout or Layout(), ()).attributions


@pytest.mark.parametrize(
    ("text", "span", "outlet", "outlet_id"),
    [
        ("The mayor told Reuters on Monday.", "told Reuters", "Reuters", "reuters"),
        ("According to the BBC, it rained.", "According to the BBC", "BBC", "bbc-news"),
        ("It rained, Reuters reported.", "Reuters reported", "Reuters", "reuters"),
        ("The BBC reports that it rained.", "The BBC reports", "The BBC", "bbc-news"),
        ("in an interview with CNN", "an interview with CNN", "CNN", "cnn"),
        ("He said in a statement to AFP that", "a statement to AFP", "AFP", "afp"),
        ("It rained. (Reuters)", "(Reuters)", "Reuters", "reuters"),
        ("KYIV, Sept 3 (Reuters) - It rained", "(Reuters)", "Reuters", "reuters"),
        ("PARIS (AFP) — It rained", "(AFP)", "AFP", "afp"),
        ("It rained (AFP via France 24).", "(AFP via France 24)", "AFP", "afp"),
        ("The Hill reported it.", "The Hill reported", "The Hill", "the-hill"),
        ("state news agency Xinhua said", "Xinhua said", "Xinhua", "xinhua"),
        ("told state news agency Xinhua", "told state news agency Xinhua", "Xinhua", "xinhua"),
        ("Sky News understands it.", "Sky News understands", "Sky News", "sky-news"),
        ("Reuters, citing two sources", "Reuters, citing", "Reuters", "reuters"),
        ("told the Alderwick Courier", "told the Alderwick Courier", "Alderwick Courier", None),
        ("told Dale & District Echo", "told Dale & District Echo", "Dale & District Echo", None),
        ("told ABC News", "told ABC News", "ABC News", None),
        ("told “Le Monde”? No: told Le Monde—twice", "told Le Monde", "Le Monde", "le-monde"),
    ],
)
def test_outlets_beside_a_cue_are_attributions(
    text: str, span: str, outlet: str, outlet_id: str | None
) -> None:
    [found] = attributions(text)
    assert (found.span.text, found.outlet.text) == (span, outlet)
    assert found.outlet_id == outlet_id
    found.span.check(text)
    found.outlet.check(text)


@pytest.mark.parametrize(
    "text",
    [
        "He told the National Security Advisor.",
        "according to the Atlantic Council",
        "according to the National Weather Service",
        "told Senate Majority Leader Lee",
        "told White House Press Secretary Lee",
        "the Pandemics Initiative (PI), the Unit of Planning Insights (UPI)",
        "The Associated Press (AP) has an office here.",
        "Ann Lee (Independent), 1,204 votes",
        "People said that Time had come.",
        "The APEC summit told BBCs apart.",
        "Reuters has an office here.",
    ],
)
def test_names_without_a_cue_or_of_something_else_are_none(text: str) -> None:
    assert attributions(text) == ()


def test_what_a_speaker_attributes_is_marked_as_quoted() -> None:
    text = '"I told Reuters," he told AFP.'
    quote = Span.of(text, 0, text.rindex('"') + 1)
    first, second = attributions(text, Layout(quotations=(quote,)))
    assert (first.quoted, second.quoted) == (True, False)

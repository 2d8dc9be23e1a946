"""A consistent list of references for articles that have none: what citation defects start from.

Real articles rarely carry numbered references, so a list is added to the *source* row first. Its
outlets are invented and its addresses lie under `.example`; headlines name topics of the article
and claim nothing about them.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from perturbations.draw import Draw
from perturbations.invention import faker_for
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.citation_styles import STYLES, write_entry
from perturbations.reading.dates import render
from perturbations.reading.mentions import Reading
from perturbations.text import Edit, Ledger, Span

MIN_ENTRIES, MAX_ENTRIES = 3, 8
OLDEST_DAYS = 120
"""How long before the article an added item may have appeared."""

_HEADINGS = ("References", "Sources", "Notes")
_PAPERS = ("Courier", "Gazette", "Herald", "Chronicle", "Tribune", "Observer", "Dispatch", "Echo")
_HEADLINES = (
    "What to know about {topic}",
    "{topic}: a background",
    "Five questions about {topic}",
    "Explainer: {topic} in brief",
    "{topic}, in figures and dates",
    "Analysis: how {topic} came into the news",
    "A reader's guide to {topic}",
)
_TOPIC = re.compile(
    r"\b(?:in|at|of|from|near|to|for|with|the) ([A-Z][\w’'-]{2,}\w(?: [A-Z][\w’'-]+\w)?)"
    r"(?=[,.;:)]| (?:and|on|in|to|is|was|were|with|by|at|after|before|has|had|said|where|who)\b)"
)
"""A name behind a preposition or article, ended by punctuation or a small word: a whole one."""
_NO_TOPIC = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b"
)
_SLUG = re.compile(r"[^a-z0-9]+")


class References:
    """Adds markers to sentences and a list at the article's end."""

    name = "references"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edits that add markers and list; none where the article has a list.

        Raises:
            NotApplicable: the article's day is unknown, or too few sentences can carry a marker.
        """
        reading = subject.reading
        if reading.citations.references is not None:
            return Ledger()
        if reading.as_of is None:
            raise NotApplicable("no reference list, and no date that one could be made for")
        if reading.citations.markers:
            raise NotApplicable("markers without a reference list")
        places = sentences_for_markers(reading)
        if len(places) < MIN_ENTRIES:
            raise NotApplicable("fewer than three sentences that could carry a marker")
        count = MIN_ENTRIES + draw.below(min(MAX_ENTRIES, len(places)) - MIN_ENTRIES + 1)
        chosen = sorted(draw.shuffled(places)[:count])
        inside = draw.chance(0.5)
        edits = [
            marker_edit(sentence, number, inside=inside)
            for number, sentence in enumerate(chosen, start=1)
        ]
        marked = Ledger(tuple(edits))
        # The last marker may stand where the list begins: composing makes one edit of the two.
        end = len(marked.apply(reading.text).rstrip())
        return marked.then(Ledger.of(Edit.insert(end, _list_text(subject, count, draw))))


def sentences_for_markers(reading: Reading) -> list[Span]:
    """Sentences of the body that end in a full stop, outside quotations, headings and lists."""
    start = reading.article.body_start
    marked = [marker.span for marker in reading.citations.markers]
    references = reading.citations.references
    return [
        sentence
        for sentence in reading.layout.sentences
        if sentence.start >= start
        and len(sentence.text) >= 40
        and sentence.text[-1] == "."
        and sentence.text[-2].isalpha()
        and not any(q.start < sentence.end <= q.end for q in reading.layout.quotations)
        and not any(sentence.start <= m.start <= sentence.end + 4 for m in marked)
        and (references is None or sentence.end <= references.span.start)
    ]


def marker_edit(sentence: Span, number: int, *, inside: bool) -> Edit:
    """Inserts a marker at a sentence's end: before its full stop (`inside`), or behind it."""
    if inside:
        return Edit.insert(sentence.end - 1, f" [{number}]")
    return Edit.insert(sentence.end, f"[{number}]")


def _list_text(subject: Subject, count: int, draw: Draw) -> str:
    reading = subject.reading
    style = draw.choice(STYLES)
    template = _template(reading)
    topics = _topics(subject)
    dated_access = draw.chance(0.4)
    lines = [
        _entry(number, style, template, topics, reading, dated_access, draw)
        for number in range(1, count + 1)
    ]
    return "\n\n" + draw.choice(_HEADINGS) + "\n\n" + "\n".join(lines)


def _entry(
    number: int,
    style: str,
    template: str,
    topics: list[str],
    reading: Reading,
    dated_access: bool,
    draw: Draw,
) -> str:
    if reading.as_of is None:
        raise NotApplicable("no date that an entry could be made for")
    fake = faker_for(draw)
    outlet = f"{fake.last_name()} {draw.choice(_PAPERS)}"
    topic = draw.choice(topics) if topics else fake.last_name()
    headline = draw.choice(_HEADLINES).format(topic=topic)
    day = reading.as_of.first - timedelta(days=1 + draw.below(OLDEST_DAYS))
    seen = _between(day, reading.as_of.first, draw) if dated_access else None
    address = f"https://www.{slug(outlet, '')}.example/{day:%Y/%m/%d}/{slug(headline)}"
    return write_entry(
        style,
        number,
        outlet,
        headline,
        render(template, day),
        address,
        accessed_text=render(template, seen) if seen else None,
    )


def _between(first: date, last: date, draw: Draw) -> date:
    return first + timedelta(days=draw.below((last - first).days + 1))


def _template(reading: Reading) -> str:
    """How the article writes its dates, or day, month and year in words."""
    for mention in reading.dates:
        words = mention.is_full and mention.weekday is None and "{Month}" in mention.template
        if words and not mention.span.text.isupper():
            return mention.template
    return "{d} {Month} {yyyy}"


def _topics(subject: Subject) -> list[str]:
    """Names of the article that are nobody's and no adjective, the commonest first."""
    reading = subject.reading
    adjectives = {word for c in subject.knowledge.countries.values() for word in c.adjectives}
    body = reading.text[reading.article.body_start :]
    found = Counter(topic for topic in _TOPIC.findall(body) if not _NO_TOPIC.search(topic))
    known = {word.text for m in reading.people for word in (m.span, m.name or m.span)}
    ranked = [topic for topic, _ in found.most_common(12)]
    whole = [t for t in ranked if not any(t in name or name in t for name in known)]
    return [topic for topic in whole if topic not in adjectives][:5]


def slug(text: str, joint: str = "-") -> str:
    """Lower-case letters and digits of a text, words joined by `joint`: part of an address."""
    return _SLUG.sub(joint, text.casefold().encode("ascii", "ignore").decode()).strip("-")

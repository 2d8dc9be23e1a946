"""Invented items that an article can cite: outlet, headline, day and address, all of a piece.

Outlets are invented and their addresses lie under `.example`; each outlet writes its addresses by
one grammar of its own. Headlines name topics of the article and claim nothing about them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from perturbations.draw import Draw
from perturbations.invention import faker_for
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.citation_styles import write_entry
from perturbations.reading.dates import render
from perturbations.reading.mentions import Entry, Reading

OLDEST_DAYS = 120
"""How long before the article an invented item may have appeared."""

_PAPERS = ("Courier", "Gazette", "Herald", "Chronicle", "Tribune", "Observer", "Dispatch", "Echo")
_HEADLINES = (
    "What to know about {topic}",
    "{topic}: a background",
    "Five questions about {topic}",
    "Explainer: {topic} in brief",
    "{topic}, in figures and dates",
    "Analysis: how {topic} came into the news",
    "A reader's guide to {topic}",
    "{topic}: what our readers ask",
    "Ten things about {topic} worth knowing",
    "Why {topic} is talked about again",
    "Behind the headlines: {topic}",
)
_ADDRESSES = (
    "/{day:%Y/%m/%d}/{slug}",
    "/{section}/{day:%Y/%m/%d}/{slug}",
    "/{section}/{day:%Y-%m-%d}/{slug}",
    "/{slug}-{day:%Y-%m-%d}",
    "/{day:%Y%m%d}/{slug}",
    "/{section}/{day:%Y%m%d}-{slug}",
)
"""Grammars of addresses; an outlet's name decides which is its own."""
_SECTIONS = ("news", "world", "politics", "stories", "articles")

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


@dataclass(frozen=True, slots=True)
class Item:
    """One invented item; `seen` is the day it was retrieved on."""

    outlet: str
    headline: str
    day: date
    seen: date

    @property
    def address(self) -> str:
        """Its address, by the grammar of its outlet."""
        return address_of(self.outlet, self.headline, self.day)

    def written(self, style: str, template: str, *, accessed: bool) -> str:
        """The item as an entry of a style, without label; dates are written by `template`."""
        return write_entry(
            style,
            None,
            self.outlet,
            self.headline,
            render(template, self.day),
            self.address,
            accessed_text=render(template, self.seen) if accessed else None,
        )

    def written_like(self, entry: Entry) -> str:
        """The item in the place of each part of an entry, label and style left as they are.

        Raises:
            NotApplicable: the entry has a part that an invented item has not, or lacks an outlet.
        """
        if entry.author is not None or entry.outlet is None or entry.outlet_id or entry.hosts:
            raise NotApplicable("an entry that no invented item can stand beside")
        parts = [(entry.outlet, self.outlet)]
        parts += [(entry.headline, self.headline)] if entry.headline else []
        parts += [(entry.address, self.address)] if entry.address else []
        for mention, day in ((entry.date, self.day), (entry.accessed, self.seen)):
            if mention is not None:
                if not mention.is_full or mention.weekday is not None:
                    raise NotApplicable("an entry that no invented item can stand beside")
                parts.append((mention.span, render(mention.template, day)))
        text = entry.span.text
        for span, written in sorted(parts, key=lambda part: part[0].start, reverse=True):
            start = span.start - entry.span.start
            text = text[:start] + written + text[start + len(span.text) :]
        return text


def invented_items(
    count: int, subject: Subject, draw: Draw, *, taken: Collection[str] = ()
) -> list[Item]:
    """Items that appeared before the article; no two share an outlet or a headline.

    Args:
        count: how many.
        subject: whose topics the headlines name, and before whose day the items lie.
        draw: what they are drawn from.
        taken: outlets and headlines that are in use already.

    Raises:
        NotApplicable: the article's day is unknown.
    """
    as_of = subject.reading.as_of
    if as_of is None:
        raise NotApplicable("no date that an entry could be made for")
    topics = _topics(subject)
    used = set(taken)
    items: list[Item] = []
    while len(items) < count:
        fake = faker_for(draw)
        outlet = f"{fake.last_name()} {draw.choice(_PAPERS)}"
        topic = draw.choice(topics) if topics and draw.chance(0.9) else fake.last_name()
        headline = draw.choice(_HEADLINES).format(topic=topic)
        day = as_of.first - timedelta(days=1 + draw.below(OLDEST_DAYS))
        seen = day + timedelta(days=draw.below((as_of.first - day).days + 1))
        if not used & {outlet, headline}:
            used |= {outlet, headline}
            items.append(Item(outlet, headline, day, seen))
    return items


def date_template(reading: Reading) -> str:
    """How the article writes its dates, or day, month and year in words."""
    for mention in reading.dates:
        words = mention.is_full and mention.weekday is None and "{Month}" in mention.template
        if words and not mention.span.text.isupper():
            return mention.template
    return "{d} {Month} {yyyy}"


def address_of(outlet: str, headline: str, day: date) -> str:
    """An invented outlet's address for a headline: always by the same grammar."""
    own = Draw("addresses of an outlet", outlet)
    path = own.choice(_ADDRESSES).format(
        section=own.choice(_SECTIONS), day=day, slug=slug(headline)
    )
    return f"https://www.{slug(outlet, '')}.example{path}"


def slug(text: str, joint: str = "-") -> str:
    """Lower-case letters and digits of a text, words joined by `joint`: part of an address."""
    return _SLUG.sub(joint, text.casefold().encode("ascii", "ignore").decode()).strip("-")


def _topics(subject: Subject) -> list[str]:
    """Names of the article that are nobody's and no adjective, the commonest first."""
    reading = subject.reading
    adjectives = {word for c in subject.knowledge.countries.values() for word in c.adjectives}
    references = reading.citations.references
    end = references.span.start if references else len(reading.text)
    body = reading.text[reading.article.body_start : end]
    found = Counter(topic for topic in _TOPIC.findall(body) if not _NO_TOPIC.search(topic))
    known = {word.text for m in reading.people for word in (m.span, m.name or m.span)}
    ranked = [topic for topic, _ in found.most_common(12)]
    whole = [t for t in ranked if not any(t in name or name in t for name in known)]
    return [topic for topic in whole if topic not in adjectives][:5]

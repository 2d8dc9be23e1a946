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
from perturbations.knowledge import Knowledge
from perturbations.naming import with_article
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.citation_styles import write_entry
from perturbations.reading.dates import render
from perturbations.reading.mentions import Entry, Reading

OLDEST_DAYS = 120
"""How long before the article an invented item may have appeared."""

_PAPERS = ("Courier", "Gazette", "Herald", "Chronicle", "Tribune", "Observer", "Dispatch", "Echo")
_HEADLINES = (
    "What to know about {topic}",
    "{topic}: the background",
    "Five questions about {topic}",
    "Explainer: {topic} in brief",
    "{topic}, in figures and dates",
    "Analysis: how {topic} came into the news",
    "A reader's guide to {topic}",
    "{topic}: what our readers ask",
    "Ten things about {topic} worth knowing",
    "Why there is talk of {topic} again",
    "Behind the headlines: {topic}",
)
"""None has a verb of which the topic is the subject: a topic may be a plural."""
_OWN_TOPIC_SHARE = 0.9
_SUBJECTS = (
    "public finances",
    "the housing market",
    "school places",
    "the water supply",
    "rural bus services",
    "farm prices",
    "the fishing fleet",
    "local elections",
    "library opening hours",
    "the minimum wage",
    "road repairs",
    "the price of bread",
    "night trains",
    "hospital waiting lists",
    "electricity bills",
    "the postal service",
)
"""What papers write about everywhere: topics where an article names none."""
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

_NAME = r"[A-Z][A-Za-zÀ-ÖØ-öø-ÿ-]+[A-Za-zÀ-ÖØ-öø-ÿ]"
_TOPIC = re.compile(
    r"(?<![\w’'-])(?P<before>[\w’'-]+)(?P<preposition>,? (?:in|at|of|from|near|to|for|with)(?= ))?"
    rf"(?P<article> the)? (?P<name>{_NAME}(?: {_NAME})?)(?![\w’'-])"
    r"(?=[,.;:)]|$| (?:and|on|in|to|is|was|were|with|by|at|after|before|has|had|said|where|who)\b)",
    re.MULTILINE,
)
"""A name behind a preposition or article, ended by punctuation or a small word: a whole one."""
_OF_PLACE = frozenset({"in", "at", "from", "near"})
"""Names behind others may be somebody's, or a noun in capitals that something is for."""
_NO_TOPIC = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December|God|Lord|Christ|Jesus|Heaven|English|"
    r"Democracy|"
    r"Freedom|Happiness|Independence|Justice|Liberty|Peace)\b|"
    rf"\b(?:{'|'.join(_PAPERS)}|Post|Times|News|Journal|Press|Mail|Standard|Star|Ambassador|"
    r"Assistant|Call|Counselor|Director|Members?|Senators?)$"
)
"""Days and months, what no paper explains, other papers, and people by what they are."""
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
    countries = _names_of_countries(subject.knowledge)
    used = set(taken)
    items: list[Item] = []
    while len(items) < count:
        surname = faker_for(draw).last_name()
        outlet = f"{surname} {draw.choice(_PAPERS)}"
        own = bool(topics) and draw.chance(_OWN_TOPIC_SHARE)
        headline = draw.choice(_HEADLINES).format(topic=draw.choice(topics if own else _SUBJECTS))
        headline = headline[:1].upper() + headline[1:]
        day = as_of.first - timedelta(days=1 + draw.below(OLDEST_DAYS))
        seen = day + timedelta(days=draw.below((as_of.first - day).days + 1))
        if surname not in countries and not used & {outlet, headline}:
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
    """Names of the article that are nobody's and no adjective, the commonest first.

    A name that bears the article somewhere bears it in the headline ("the White House").
    """
    reading, knowledge = subject.reading, subject.knowledge
    references = reading.citations.references
    end = references.span.start if references else len(reading.text)
    body = reading.text[reading.article.body_start : end]
    words = frozenset(re.findall(r"[\w-]+", body))
    known = {word.text for m in reading.people for word in (m.span, m.name or m.span)}
    countries = knowledge.countries.values()
    states = {c.name: with_article(c) for c in countries}
    banned = {word for c in countries for word in (*c.adjectives, *c.demonyms)}
    titles = {
        title.split(" of ")[0].split()[-1] for o in knowledge.offices.values() for title in o.titles
    }
    found = Counter[str]()
    definite = set()
    for match in _TOPIC.finditer(body):
        name = match["name"]
        unfit = name in banned or name.split()[-1] in titles or _NO_TOPIC.search(name)
        if unfit or any(name in person or person in name for person in known):
            continue
        if name in states or _is_whole(match, words):
            found[name] += 1
            if match["article"] and name not in states:
                definite.add(name)
    ranked = [name for name, _ in found.most_common(5)]
    return [states.get(n, f"the {n}" if n in definite else n) for n in ranked]


def _is_whole(match: re.Match[str], words: frozenset[str]) -> bool:
    """Whether a match of `_TOPIC` is a name by itself, and no noun in capitals or part of one.

    Args:
        match: what stands before it is a small word, perhaps its preposition itself.
        words: every word of the article, as it is written.
    """
    name, preposition = match["name"], (match["preposition"] or "").strip(", ")
    if not match["before"][:1].islower():
        return False
    placed = (preposition or match["before"]) in _OF_PLACE
    if " " in name:
        by_article = bool(match["article"]) and not name.endswith("s")
        return (by_article or placed) and name.split()[0].casefold() not in words
    alone = not match["article"] and (placed or preposition in ("of", "to"))
    return alone and name.casefold() not in words


def _names_of_countries(knowledge: Knowledge) -> frozenset[str]:
    """Names, adjectives and demonyms of countries."""
    countries = knowledge.countries.values()
    return frozenset(
        word for c in countries for word in (c.name, *c.aliases, *c.adjectives, *c.demonyms)
    )

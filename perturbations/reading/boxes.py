"""Boxes below an article that say again who met whom, or who did what, and who holds office.

*Encounter*: a line `Who spoke: X and Y` beside the article's encounter. *Who*: under a heading that
promises people, a line `X: did this`, which repeats a sentence `X did this` word for word.
*Office*: a line `X took up his post in May 2017.`, in which "his" can only mean X.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturbations.reading.encounter_mentions import Encounter, EncounterKind, Party
from perturbations.reading.encounters import DIRECT, NOUNS, WITH, reach
from perturbations.reading.mentions import PersonMention, Reading
from perturbations.text import Span

ENCOUNTER_LABELS = {
    EncounterKind.CALL: ("Who spoke", "The two who spoke", "In conversation", "Who talked"),
    EncounterKind.MEETING: (
        "Who met",
        "The two who met",
        "At the meeting",
        "Parties to the meeting",
    ),
}
"""Labels of a line that names the parties, by what they did."""

WHO_HEADINGS = (
    "Who did what",
    "People in this story",
    "Names in this report",
    "Who and what",
    "The people behind the news",
)
"""Headings of a box that says of people what a sentence above says."""

OFFICE_HEADINGS = ("In office", "Who holds office", "Leaders in office", "Now in office")
"""Headings of a box that says since when somebody holds an office."""

OFFICE_LINES = (
    "{name} took up {pronoun} post in {when}.",
    "{name} has held {pronoun} post since {when}.",
)
"""What such a box says; the post is the subject's own."""

MIN_PREDICATE = 4
"""Words; fewer could stand behind several people's names."""

MAX_SUBJECT = 8
"""Words of the longest name with title and country."""

_WORD = re.compile(r"\w+", re.UNICODE)
_KINDS = {label: kind for kind, labels in ENCOUNTER_LABELS.items() for label in labels}
_LABELLED = re.compile(rf"^(?:{'|'.join(_KINDS)}): (?=\S)", re.MULTILINE)
_HEADED = re.compile(rf"^(?:{'|'.join(WHO_HEADINGS)})$", re.MULTILINE)
_OFFICE = re.compile(
    rf"^(?:{'|'.join(OFFICE_HEADINGS)})\n\n(?P<name>[^\n]{{4,90}}?) (?:took up|has held) "
    r"(?P<pronoun>his|her) post (?:in|since) [A-Z][a-z]+ \d{4}\.$",
    re.MULTILINE,
)
_LINE = re.compile(r"\n+(?P<name>[^\n:]{2,80}): (?P<rest>[^\n]+)")


def encounter_boxes(reading: Reading) -> Iterator[tuple[Span, Span]]:
    """Yields the party in a box and the party that it restates, for each that can be told.

    It can be told where the other parties of box and encounter are one person.
    """
    for found in _LABELLED.finditer(reading.text, reading.article.body_start):
        end = reading.text.find("\n", found.end())
        listed = _joined(found.end(), len(reading.text) if end < 0 else end, reading)
        encounter = restatable(reading, _KINDS[found.group()[:-2]])
        if listed is None or encounter is None:
            continue
        for mine, other in (listed, listed[::-1]):
            for party, rest in _sides(encounter):
                same = other.person is not None and rest.person is not None
                if same and rest.person is not None and other.person == rest.person.person:
                    yield reach(mine, reading.text), party.span


def restatable(reading: Reading, kind: EncounterKind) -> Encounter | None:
    """The encounter that a box can restate: the first of its kind in the body, of two people.

    A verb must tell it, since a box would make a fact of "a possible meeting between X and Y".
    """
    for encounter in reading.encounters:
        if encounter.kind is kind and not encounter.in_headline:
            people = all(party.person is not None for party in encounter.parties)
            told = encounter.head.text.casefold() in {*WITH, *DIRECT} - {*NOUNS}
            fits = people and told and not (encounter.more or encounter.quoted)
            return encounter if fits else None
    return None


def _sides(encounter: Encounter) -> tuple[tuple[Party, Party], tuple[Party, Party]]:
    one, two = encounter.parties
    return (one, two), (two, one)


def _joined(start: int, end: int, reading: Reading) -> tuple[PersonMention, PersonMention] | None:
    """The two people that are all that stands between `start` and `end`: X and Y."""
    mentions = [m for m in reading.people if start <= m.span.start and m.span.end <= end]
    if len(mentions) != 2:
        return None
    one, two = (reach(mention, reading.text) for mention in mentions)
    whole = one.start == start and reading.text[one.end : two.start] == " and "
    return (mentions[0], mentions[1]) if whole and not reading.text[two.end : end].strip() else None


def who_boxes(reading: Reading) -> Iterator[tuple[Span, Span]]:
    """Yields the name in a box and the sentence's subject that it restates."""
    for heading in _HEADED.finditer(reading.text, reading.article.body_start):
        at = heading.end()
        while (line := _LINE.match(reading.text, at)) is not None:
            subjects = list(_subjects(line["rest"], heading.start(), reading))
            # Of two people who did the same, nobody knows which one the box means.
            if len(subjects) == 1:
                yield Span.of(reading.text, *line.span("name")), subjects[0]
            at = line.end()


def office_boxes(reading: Reading) -> Iterator[tuple[Span, PersonMention]]:
    """Yields the pronoun of an office box and the person whose post it must be."""
    for found in _OFFICE.finditer(reading.text, reading.article.body_start):
        first, last = found.span("name")
        inside = [m for m in reading.people if first <= m.span.start and m.span.end <= last]
        if len(inside) == 1 and reach(inside[0], reading.text).text == found["name"]:
            yield Span.of(reading.text, *found.span("pronoun")), inside[0]


def _subjects(predicate: str, before: int, reading: Reading) -> Iterator[Span]:
    """What stands before the predicate in sentences above the box that end in it."""
    words = _words(predicate)
    if len(words) < MIN_PREDICATE:
        return
    for sentence in reading.layout.sentences:
        if sentence.end > before or sentence.start < reading.article.body_start:
            continue
        found = list(_WORD.finditer(sentence.text))
        lead = len(found) - len(words)
        if 1 <= lead <= MAX_SUBJECT and _words(sentence.text)[lead:] == words:
            subject = sentence.text[: found[lead].start()].rstrip()
            yield Span(sentence.start, sentence.start + len(subject), subject)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))

"""Whom pronouns mean, where only one person can be meant: paragraphs with one human in them.

A passage begins with a person's name and ends before anything that could be somebody else: another
name, a word for a human being, capitals that no place or institution explains. Within it "he" and
"she" mean that person or nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from perturbations.knowledge import Knowledge
from perturbations.reading.encounter_mentions import Gender, Pronoun, PronounForm
from perturbations.reading.mentions import PersonForm, Reading, within
from perturbations.reading.people_words import HONORIFIC_GENDER, OPENERS
from perturbations.reading.strangers import ROLES
from perturbations.text import Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_HUMANS = _words(
    """
    man woman boy girl husband wife mother father son daughter brother sister uncle aunt cousin
    nephew niece grandson granddaughter grandfather grandmother parent child baby spouse widower
    fiance friend colleague neighbour neighbor victim suspect person somebody someone anyone
    anybody everyone nobody king queen prince princess pope emperor official employee worker
    student resident volunteer predecessor successor rival opponent ally aide assistant host guest
    patient client customer candidate member mom dad mum lady gentleman boss chief premier
    chancellor counterpart each one leader child
    """
) | frozenset(ROLES)
"""Words for one human being, in the singular."""

_OBJECTS_CALLED_SHE = _words(
    "ship ferry boat vessel yacht submarine aircraft country nation church"
)

_INSTITUTION = _words(
    """
    university college school court district circuit department office house senate congress
    council committee commission agency bureau board association society institute center centre
    foundation bank company group party union street avenue square park hospital club league
    ministry parliament assembly church cathedral museum library theatre theater airport station
    act law treaty agreement award prize medal order day week month year war news times post
    """
)
_CALENDAR = _words(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday
    """
)
_PLACE_BEFORE = _words("in at of from the near on during since until by a an this its across")
_WORD = re.compile(r"[^\W_][\w’'.-]*", re.UNICODE)
_PREDICATE = re.compile(
    r"\b(?:is|was|be|been|being|as|become|became|becomes|remains|remained|named|appointed|elected)"
    r"(?: (?:an?|the|its|one of the|[a-z-]+)){0,3} $"
)
_APPOSED = re.compile(r"^, (?:\d\d, )?(?:an?|the) (?:[\w’'-]+ ){0,4}$")
_TIED = (PronounForm.SUBJECT, PronounForm.POSSESSIVE, PronounForm.REFLEXIVE)
_STYLE = re.compile(r" (?:Royal|Imperial|Serene|Majesty|Highness|Holiness|Excellency|Hono|Grace)")
"""What makes "his" part of somebody's style: His Majesty."""

_WINDOW = 48


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one paragraph in which pronouns can only mean one person."""

    span: Span
    mentions: tuple[Span, ...]
    """The person's mentions in it, the first at its start."""
    person: str | None
    """The id of a known person; None for one in no table."""
    chain: int
    """The chain among the people, or among the strangers, of the reading."""
    gender: Gender | None
    """As the tables, or Mr and Ms before the name anywhere in the article, tell it."""
    pronouns: tuple[Pronoun, ...]
    """Subjects, possessives and reflexives; an object beside the person's name is somebody else:
    "Merkel, who owed him her seat"."""
    alone: bool
    """Whether nobody of the other gender, or of an unknown one, is named in the article."""

    def nearest(self, place: Span) -> Span:
        """The person's last mention before a place of the passage."""
        return [m for m in self.mentions if m.end <= place.start][-1]


def passages(reading: Reading, knowledge: Knowledge) -> Iterator[Passage]:
    """Yields the passages of an article that hold a pronoun, in order.

    Args:
        reading: of the article.
        knowledge: tells the gender of known people.
    """
    for paragraph in reading.layout.paragraphs:
        pronouns = within(reading.pronouns, paragraph)
        inside = [p for p in pronouns if p.form is not PronounForm.HONORIFIC]
        if inside and not _left_out(paragraph, reading):
            found = _passage(paragraph, inside, reading, knowledge)
            if found is not None and found.pronouns:
                yield found


def _left_out(paragraph: Span, reading: Reading) -> bool:
    references = reading.citations.references
    listed = references is not None and references.span.overlaps(paragraph)
    return listed or paragraph in reading.layout.headings


def _passage(
    paragraph: Span,
    pronouns: list[Pronoun],
    reading: Reading,
    knowledge: Knowledge,
) -> Passage | None:
    known = within(reading.people, paragraph)
    strangers = within(reading.strangers, paragraph)
    firsts = [(m.span.start, "known", m.chain) for m in known[:1]]
    firsts += [(m.span.start, "stranger", m.chain) for m in strangers[:1]]
    if not firsts:
        return None
    start, sort, chain = min(firsts)
    person, gender = None, None
    if sort == "known":
        first = known[0]
        if first.person is None or first.form is PersonForm.OFFICE or first.quoted:
            return None
        person, gender = first.person, _gender(first.person, knowledge)
        mine = [m.span for m in known if m.chain == chain and m.form is not PersonForm.OFFICE]
    else:
        mine = [m.span for m in strangers if m.chain == chain]
        gender = _told(chain, reading)
    end = _end(paragraph, start, mine, reading)
    kept = [
        p
        for p in pronouns
        if mine[0].end <= p.span.start < end
        and p.form in _TIED
        and not reading.layout.quoted(p.span)
        and not _STYLE.match(reading.text, p.span.end)
    ]
    return Passage(
        Span.of(reading.text, start, end),
        tuple(m for m in mine if m.start < end),
        person,
        chain,
        gender,
        tuple(kept),
        _is_alone(sort == "known", chain, gender, reading, knowledge),
    )


def _is_alone(
    known: bool, chain: int, gender: Gender | None, reading: Reading, knowledge: Knowledge
) -> bool:
    """Whether every other person of the article is surely of this one's gender."""
    for other, person in _persons(reading):
        if known and other == chain:
            continue
        if person is None or gender != _gender(person, knowledge):
            return False
    others = {m.chain for m in reading.strangers if known or m.chain != chain}
    return all(gender is not None and _told(other, reading) == gender for other in others)


@lru_cache(maxsize=4)
def _persons(reading: Reading) -> frozenset[tuple[int, str | None]]:
    """Every chain of known people with its person; each passage of the article asks for them."""
    return frozenset((mention.chain, mention.person) for mention in reading.people)


def _gender(person: str, knowledge: Knowledge) -> Gender | None:
    told = knowledge.people[person].gender
    return "m" if told == "m" else "f" if told == "f" else None


def _told(chain: int, reading: Reading) -> Gender | None:
    """What Mr, Ms or Mrs before a stranger's name tell, where they tell one thing."""
    words = {m.honorific.text for m in reading.strangers if m.chain == chain and m.honorific}
    told = {HONORIFIC_GENDER[word] for word in words if word in HONORIFIC_GENDER}
    if told == {"m"}:
        return "m"
    return "f" if told == {"f"} else None


def _end(paragraph: Span, start: int, mine: list[Span], reading: Reading) -> int:
    """Where the first thing stands that could be another human being; the paragraph's end else."""
    text = reading.text
    if any(word in _OBJECTS_CALLED_SHE for word in paragraph.text.casefold().split()):
        return start
    if text[paragraph.start : start].strip(" “\"'*") and _human_before(paragraph, start, reading):
        return start
    previous, reached, clear = "", start, False
    for found in _WORD.finditer(text, start, paragraph.end):
        place, word = found.start(), found.group().rstrip(".’'")
        last, previous = previous, word
        goes_on = clear and text[reached:place] == " "  # a run of capitals: North Carolina
        reached, clear = found.end(), word[:1].isupper()
        if any(span.start <= place < span.end for span in mine):
            continue
        small = re.sub(r"['’]s$", "", word.casefold())
        if small in _HUMANS and not _is_of_person(place, mine, text):
            return place
        if clear and not goes_on and not _explained(place, word, last, text):
            return place
    return paragraph.end


def _human_before(paragraph: Span, start: int, reading: Reading) -> bool:
    """Whether somebody else may stand in the paragraph before the person's first name."""
    lead = reading.text[paragraph.start : start]
    words = [word.rstrip(".,") for word in lead.split()]
    capitals = [w for w in words[1:] if w[:1].isupper() and w.casefold() not in _CALENDAR]
    return bool(capitals) or not _HUMANS.isdisjoint(word.casefold() for word in words)


def _is_of_person(place: int, mine: list[Span], text: str) -> bool:
    """Whether a word for a human says what the person is: "was a teacher"."""
    if _PREDICATE.search(text, max(0, place - _WINDOW), place):
        return True
    before = [span for span in mine if span.end <= place]
    return bool(before) and _APPOSED.match(text[before[-1].end : place]) is not None


def _explained(place: int, word: str, last: str, text: str) -> bool:
    """Whether capitals are no person's: those of a sentence, a place, an institution, a date."""
    small = word.casefold()
    if small in _CALENDAR or small in _INSTITUTION or "." in word or (word.isupper()):
        return True
    if word in OPENERS or small in ("he", "she", "his", "her", "i"):
        return True
    if last.casefold() in _PLACE_BEFORE:
        return True
    behind = text[place + len(word) : place + len(word) + 40].split()[:3]
    ahead = [w.strip(".,;").casefold() for w in behind]
    return not _INSTITUTION.isdisjoint(ahead[:2]) or (
        last[:1].isupper() and last.casefold() in _INSTITUTION
    )

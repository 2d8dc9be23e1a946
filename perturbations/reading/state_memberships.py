"""Claims of membership round the name of an organisation, by grammar.

"EU member Hungary", "Finland, a NATO ally", "Sweden, which has yet to join NATO", "if Serbia joins
the EU", "Britain has left the bloc's ..." (the last is none: what follows the name must not make
something else of it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from perturbations.knowledge import Knowledge, Presupposition
from perturbations.reading.people_words import OPENERS
from perturbations.reading.state_mentions import BEGUN, HOLDS, NOT_OVER, NOT_YET, OVER

_REACH = 110
_S = r"[ \u00a0\u202f]"
_NAME_WORDS = 6
_FIRST_WORDS = re.compile(rf"(?:the{_S})?((?:[\w.&’'-]+{_S}){{0,{_NAME_WORDS - 1}}}[\w.&’'-]+)")
_END = re.compile(r"(?:['’]s?)?[.,;:]*\Z")

_FUTURE = (
    r"future|prospective|aspiring|would-be|potential|possible|candidate|hopeful|incoming|soon-to-be"
)
_PAST = r"former|ex|one-time|onetime|erstwhile|founding former"
_MODS = r"(?P<mods>(?:\w+(?:-\w+){0,2}[ \u00a0-]){0,3})"

_KIND = rf"(?:(?:[Ss]tates?|[Cc]ountr(?:y|ies)|[Nn]ations?){_S})?"
_MEMBER_BEHIND = re.compile(
    rf"[ \u00a0-](?:[Mm]embers?|[Aa]ll(?:y|ies)){_S}?{_KIND}(?=(?:the{_S})?[A-Z])"
)
_CANDIDATE_BEHIND = re.compile(
    rf"[ \u00a0-](?:[Cc]andidates?|applicants?|hopefuls?|aspirants?){_S}"
    rf"{_KIND}(?=(?:the{_S})?[A-Z])"
)
_COUNTRY_BEHIND = re.compile(rf"{_S}(?=[A-Z])")
_WORD_BEFORE = re.compile(r"(?P<word>[\w-]+)[ \u00a0-]\Z")
_APPOSED = re.compile(
    rf",{_S}(?:which{_S}is{_S}|itself{_S}|now{_S}|currently{_S}|also{_S})?(?P<neg>not{_S}(?:yet{_S})?)?"
    rf"(?:a|an|another){_S}{_MODS}\Z"
)
_MEMBER = re.compile(rf"[ \u00a0-](?:[Mm]ember|[Aa]lly)\b(?![-‑]|{_S}of\b)")
_MEMBER_OF = re.compile(
    rf"(?:,{_S}(?:which{_S}is{_S})?|{_S}is{_S})(?P<neg>not{_S})?"
    rf"(?:(?:yet|currently|now|still|also|itself|already){_S})*"
    rf"(?:a|an|the|one{_S}of{_S}the){_S}{_MODS}members?(?:{_S}(?:state|country|nation))?{_S}of{_S}"
    rf"(?:the{_S})?\Z"
)
_NO_LONGER = re.compile(
    rf"(?:,{_S}which)?{_S}is{_S}no{_S}longer{_S}(?:a{_S})?(?:member{_S}of|part{_S}of|in){_S}(?:the{_S})?\Z"
)
_VERB = re.compile(
    rf"(?P<aux>(?:,{_S}which)?(?:{_S}(?:has|have|will|is|are|hopes?|wants?|seeks?|plans?|aims?|aspires?|"
    rf"expects?|yet|not|never|to|set|due|expected|about|seeking|hoping|preparing|waiting|poised|"
    rf"planning|now|also|already|formally|officially|finally|recently|soon|still)){{0,5}}){_S}"
    rf"(?P<verb>(?:re)?join(?:s|ed)?|leaves?|left|quits?|withdraws?{_S}from|withdrawn{_S}from|"
    rf"withdrew{_S}from){_S}(?:the{_S})?\Z"
)
_LISTED = re.compile(rf",{_S}(?:and{_S})?|{_S}and{_S}")
_SUBORDINATOR = re.compile(
    rf"\b(?P<word>if|should|in{_S}case|unless|once|as{_S}soon{_S}as|when|before|until|since|after|now{_S}that|whether|"
    rf"that|were|had){_S}(?:the{_S})?\Z",
    re.IGNORECASE,
)
_NOTHING_ELSE = re.compile(
    rf"(?:{_S}(?:next|this|by|later|soon|would|will|despite|without|under|amid|because|while|if|"
    rf"before|after|has|is)\b|[,.;:!?)\]—–]|{_S}[—–-]|\Z|\n)(?!\w)"
)

_HYPOTHETICAL = frozenset({"if", "should", "in case"})
_TEMPORAL = frozenset({"once", "as soon as", "when", "before", "until", "unless"})
_UNCLEAR = frozenset({"whether", "that", "were", "had"})
_PLAIN = frozenset(
    {"also", "formally", "officially", "finally", "recently", "now", "which", "already", "soon"}
)
"""Words between subject and verb that leave the claim as it is."""
_WANT = re.compile(
    r"\b(?:will|hope|want|seek|plan|aim|aspire|expect|set|due|about|hoping|preparing|waiting|poised|"
    r"planning|yet)"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A membership that is claimed: where, of whom, and how it stands if the words are true."""

    start: int
    end: int
    member: str
    says: frozenset[Presupposition]
    hypothetical: bool = False


class Members:
    """Names of what may be a member: countries, and organisations that act as one."""

    def __init__(self, knowledge: Knowledge) -> None:
        names: dict[str, str] = {}
        for country in knowledge.countries.values():
            for name in (country.name, country.long, *country.aliases):
                bare = name.removeprefix("the ").removeprefix("The ")
                if bare[:1].isupper():
                    names.setdefault(bare, country.id)
        self.names: Mapping[str, str] = MappingProxyType(names)
        self.listed = frozenset((m.member, m.organisation) for m in knowledge.memberships)

    def before(self, text: str, end: int) -> tuple[int, str] | None:
        """The member whose name ends at `end`, with where it starts; the longest name wins."""
        best: tuple[int, str] | None = None
        start = end
        for _ in range(_NAME_WORDS):
            start = max(text.rfind(space, 0, start - 1) for space in (" ", "\u00a0", "\n")) + 1
            id = self.names.get(text[start:end].lstrip('(“"‘'))
            if id is not None:
                best = end - len(text[start:end].lstrip('(“"‘')), id
            if start == 0 or text[start - 1] == "\n":
                break
        return best if best is not None and _stands_alone(text, best[0]) else None

    def behind(self, text: str, start: int) -> tuple[int, str] | None:
        """The member whose name starts at `start`, with where it ends; the longest name wins."""
        found = _FIRST_WORDS.match(text, start)
        if found is None:
            return None
        words = found.group(1)
        at = found.start(1)
        while words:
            for form in (words, _END.sub("", words)):
                id = self.names.get(form)
                if id is not None and _ends_alone(text, at + len(form)):
                    return at + len(form), id
            cut = max(words.rfind(" "), words.rfind("\u00a0"))
            if cut < 0:
                return None
            words = words[:cut]
        return None


def _stands_alone(text: str, start: int) -> bool:
    """Whether no other capitalised word makes another name of it: Northern Ireland, New Mexico."""
    before = text[max(0, start - 24) : start]
    if not before.endswith((" ", "\u00a0")) or not before.split():
        return not before[-1:].isalnum() and before[-1:] not in ("-", "‑")
    word = before.split()[-1]
    return not word[:1].isupper() or word in OPENERS or word in ("In", "Should", "Now")


def _ends_alone(text: str, end: int) -> bool:
    behind = re.match(rf"(?:['’]s?)?{_S}?(?P<next>\w?)", text[end : end + 5])
    following = text[end : end + 1]
    if following.isalnum() or following in ("-", "‑"):
        return False
    return following != " " or behind is None or not behind["next"].isupper()


def claims_at(
    text: str, start: int, end: int, organisation: str, members: Members
) -> Iterator[Claim]:
    """Every claim of membership that the organisation's name at `start..end` is part of."""
    floor = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    for find in (_members_behind, _country_behind, _apposed, _member_of, _by_verb):
        found = list(find(text, floor, start, end, organisation, members))
        if found:
            yield from found
            return


def _members_behind(
    text: str, floor: int, start: int, end: int, organisation: str, members: Members
) -> Iterator[Claim]:
    """EU member Hungary; NATO allies Poland and Romania; EU candidate Serbia."""
    member = _MEMBER_BEHIND.match(text, end)
    candidate = _CANDIDATE_BEHIND.match(text, end) if member is None else None
    found = member or candidate
    if found is None:
        return
    word = _WORD_BEFORE.search(text, floor, start)
    before = word["word"].casefold() if word else ""
    says = NOT_YET if candidate or re.fullmatch(_FUTURE, before) else HOLDS
    if before == "non" or text[start - 1 : start] in ("-", "‑"):
        return
    if re.fullmatch(_PAST, before):
        says = OVER
    first = word.start("word") if word and (says is OVER or says is NOT_YET) and member else start
    at = found.end()
    while (name := members.behind(text, at)) is not None:
        yield Claim(first, name[0], name[1], says)
        joint = _LISTED.match(text, name[0])
        if joint is None or not found.group().rstrip().endswith("s"):
            return
        first = at = joint.end()


def _country_behind(
    text: str, floor: int, start: int, end: int, organisation: str, members: Members
) -> Iterator[Claim]:
    """Non-NATO Sweden."""
    if text[max(0, start - 4) : start].casefold() != "non-":
        return
    space = _COUNTRY_BEHIND.match(text, end)
    name = members.behind(text, space.end()) if space else None
    if name is not None:
        yield Claim(start - 4, name[0], name[1], NOT_YET)


def _apposed(
    text: str, floor: int, start: int, end: int, organisation: str, members: Members
) -> Iterator[Claim]:
    """Finland, a NATO member; Serbia, which is not an EU member."""
    member = _MEMBER.match(text, end)
    found = _APPOSED.search(text, floor, start) if member else None
    name = members.before(text, found.start()) if found else None
    if member is None or found is None or name is None:
        return
    says = _modified(found["mods"])
    if says is not None:
        yield Claim(name[0], member.end(), name[1], NOT_YET if found["neg"] else says)


def _modified(mods: str) -> frozenset[Presupposition] | None:
    """What the words before "member" make of it; None where they make something else."""
    words = mods.casefold().replace("-", " ").split()
    if not words:
        return HOLDS
    if "non" in words or "not" in words or len(words) > 3:
        return None
    if any(re.fullmatch(_FUTURE, word) for word in words) or "soon" in words:
        return NOT_YET
    if any(re.fullmatch(_PAST, word) for word in words):
        return OVER
    known = {"fellow", "new", "newest", "founding", "key", "longtime", "full", "fully", "fledged"}
    return HOLDS if set(words) <= known else None


def _member_of(
    text: str, floor: int, start: int, end: int, organisation: str, members: Members
) -> Iterator[Claim]:
    """Hungary is a member of the EU; Sweden, which is no longer a member of it."""
    found = _MEMBER_OF.search(text, floor, start)
    gone = _NO_LONGER.search(text, floor, start) if found is None else None
    match = found or gone
    name = members.before(text, match.start()) if match else None
    if match is None or name is None or text[end : end + 1] in ("'", "’", "-"):
        return
    if found is None:
        yield Claim(name[0], end, name[1], OVER)
        return
    says = _modified(found["mods"])
    if says is not None:
        yield Claim(name[0], end, name[1], NOT_YET if found["neg"] else says)


def _by_verb(
    text: str, floor: int, start: int, end: int, organisation: str, members: Members
) -> Iterator[Claim]:
    """Finland has joined NATO; if Serbia joins the EU; Britain, which hopes to rejoin."""
    found = _VERB.search(text, floor, start)
    if found is None or _NOTHING_ELSE.match(text, end) is None:
        return
    name = members.before(text, found.start())
    if name is None:
        return
    first = text[max(floor, name[0] - 20) : name[0]]
    sub = _SUBORDINATOR.search(first)
    word = " ".join(sub["word"].casefold().split()) if sub else ""
    says = _told(found["aux"].casefold(), found["verb"].casefold(), word)
    if says is None or (says == BEGUN and (name[1], organisation) not in members.listed):
        return
    begin = name[0] - (len(first) - sub.start("word")) if sub else name[0]
    yield Claim(begin, end, name[1], says, word in _HYPOTHETICAL)


def _told(aux: str, verb: str, word: str) -> frozenset[Presupposition] | None:
    """What auxiliaries, verb and the word before the clause say; None where that is unclear."""
    joins = "join" in verb
    past = verb.startswith(("left", "withdrawn", "withdrew")) or verb.endswith("joined")
    begun, still = (BEGUN, NOT_YET) if joins else (OVER, NOT_OVER)
    if joins and verb.startswith("re"):
        begun = HOLDS
    words = aux.replace(",", " ").split()
    if word in _UNCLEAR or ("are" in words and not past):
        return None
    if word in _HYPOTHETICAL or word in _TEMPORAL:
        plain = not set(words) - _PLAIN
        bare = word == "should"
        present = verb in ("join", "rejoin", "leave", "quit") if bare else verb.endswith("s")
        if past and word in ("before", "until", "when") and plain:
            return begun
        present = present or verb.startswith("withdraws")
        return still if plain and present else None
    if {"has", "have"} & set(words):
        if {"yet", "not", "never"} & set(words):
            return still
        return begun if past or verb == "quit" else None
    if _WANT.search(aux) and not past:
        return still if "not" not in words and "never" not in words else None
    return begun if past and not set(words) - _PLAIN else None

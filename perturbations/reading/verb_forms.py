"""Forms of English verbs as news uses them: a closed list, from any form back to the base.

What is not in the list is no verb here: a recogniser of tenses that guesses would prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_IRREGULAR = """
arise arose arisen|bear bore borne|beat beat beaten|become became become|begin began begun|
bind bound bound|bite bit bitten|blow blew blown|break broke broken|bring brought brought|
build built built|burn burnt burnt|buy bought bought|catch caught caught|choose chose chosen|
come came come|deal dealt dealt|do did done|draw drew drawn|drive drove driven|eat ate eaten|
fall fell fallen|feel felt felt|fight fought fought|find found found|flee fled fled|
fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|
get got got|give gave given|go went gone|grow grew grown|hang hung hung|hear heard heard|
hide hid hidden|hold held held|keep kept kept|know knew known|lay laid laid|lead led led|
leave left left|lend lent lent|lose lost lost|make made made|meet met met|overthrow overthrew
overthrown|pay paid paid|put put put|ride rode ridden|ring rang rung|rise rose risen|run ran run|
say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|shake shook shaken|
shoot shot shot|show showed shown|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|
sleep slept slept|speak spoke spoken|spend spent spent|split split split|spread spread spread|
stand stood stood|steal stole stolen|strike struck struck|swear swore sworn|sweep swept swept|
swim swam swum|take took taken|teach taught taught|tell told told|think thought thought|
throw threw thrown|undergo underwent undergone|understand understood understood|
wear wore worn|win won won|withdraw withdrew withdrawn|write wrote written|cut cut cut|
set set set|hit hit hit|let let let|cast cast cast|quit quit quit|read read read
"""
"""Base, past and participle."""

_REGULAR = """
abandon abolish accept accuse achieve acquire act address adjourn admit adopt advance agree allow
announce answer apologise apologize appeal appear apply appoint approve argue arrange arrest arrive
ask assemble attack attend authorise authorize award ban bless board brief broadcast call campaign
cancel carry cease celebrate chair change charge claim clash clear climb close collapse collect
commemorate commence commission complete concede conclude condemn conduct confirm congratulate
consider consult contact continue convene convict crash create criticise criticize cross crown
damage date debate decide declare decline defeat defend delay deliver demand demolish deny depart
deploy derail describe designate destroy detain detonate die disappear discover discuss dismiss
dissolve drop drown elect emerge enact end enter erupt escape establish evacuate examine exchange
execute expel explode express extend extinguish face fail file finish fire flood follow form found
gain gather greet halt hand happen harvest head help honour honor host impose inaugurate
inform injure inspect install introduce invade invite issue join jump kill land last launch
lift list live lock lodge march mark marry merge move name negotiate nominate note notify object
observe occur offer open order organise organize outline overturn own pardon participate pass
perform pick place plant play pledge post postpone praise preach present preside print proclaim
promise protest publish purchase qualify raise rally ratify reach receive recall record recover
reduce refuse register reject release relocate remain remember remind remove reopen repeal repeat
redesign replace reply report rescue resign resume retire retrieve return reveal review revise rule
sail sanction
scan score scrap seal search seize sentence serve settle sign sponsor start state stay step
stop submit succeed sue summon surrender survive suspend switch test thank topple tour trade train
transfer travel treat trigger tweet unveil update urge use vanish veto violate visit vote
wait walk warn wash watch welcome widen witness work wound
"""
_DOUBLED = frozenset(["ban", "drop", "permit", "scan", "scrap", "step", "stop", "submit", "admit"])
_PASTS_OF_THEIR_OWN = {"broadcast": "broadcast", "expel": "expelled"}


def _past(base: str) -> str:
    if base in _PASTS_OF_THEIR_OWN:
        return _PASTS_OF_THEIR_OWN[base]
    if base in _DOUBLED:
        return f"{base}{base[-1]}ed"
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}ed"


@cache
def pasts() -> Mapping[str, str]:
    """Past forms, each with its base; forms that are their own base are left out."""
    forms = {past: base for base, (past, _) in _table().items()}
    return {past: base for past, base in forms.items() if past not in _table()}


@cache
def participles() -> Mapping[str, str]:
    """Past participles, each with its base."""
    return {participle: base for base, (_, participle) in _table().items()}


@cache
def presents() -> frozenset[str]:
    """Forms of the third person: meets, goes, carries."""
    return frozenset(_present(base) for base in _table())


def past_of(base: str) -> str | None:
    """The past of a base, where the list has it: `meet` gives `met`."""
    found = _table().get(base)
    return found[0] if found else None


def is_base(word: str) -> bool:
    """Whether a word is the base of a verb in the list."""
    return word in _table()


def _present(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "o")):
        return f"{base}es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}s"


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    table = {base: (_past(base), _past(base)) for base in _REGULAR.split()}
    for row in _IRREGULAR.replace("\n", " ").split("|"):
        base, past, participle = row.split()
        table[base] = (past, participle)
    return table

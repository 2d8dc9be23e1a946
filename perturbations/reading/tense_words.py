"""Words by which the tense of a dated clause is told, or left untold."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import re2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODALS = _words("would could should may might must can cannot ought did does do")
"""Auxiliaries behind which a verb says nothing of whether its event took place."""
BE_PAST = frozenset(["was", "were"])
BE_PRESENT = frozenset(["is", "are"])
HAVE = frozenset(["has", "have", "had"])
FUTURE = "will"
PLANNED = _words("due set scheduled expected planned slated going")
"""Words that make a plan of "is ... to"."""
ADVERBS = _words(
    "also then again first later briefly virtually jointly formally officially publicly finally "
    "already both just next soon once separately together personally now likewise"
)
NEGATIONS = frozenset(["not", "never", "no", "hardly", "nor", "neither"])
DETERMINERS = _words(
    "a an the this that these those its his her their our my your some any no every each another "
    "all both several many few most more other first second third last next two three four"
)
PREPOSITIONS = _words(
    "of in on at by for from with to into onto over under about against among between through "
    "during without within across along near towards toward behind beyond as than"
)
STOPPERS = _words(
    "that which who whom whose where when while because if than whether why how until till unless "
    "since before after although though so but or yet effective expiring ending beginning starting "
    "scheduled planned due slated set expected proposed projected dated to be been being"
)
"""Words between verb and date that may carry the date away from the verb."""
EVENT_NOUNS = _words(
    "meeting meetings summit summits talks talk election elections vote votes referendum hearing "
    "hearings conference conferences visit visits trip ceremony launch deadline plan plans session "
    "sessions opening closing match game games final race tour trial wedding funeral concert event "
    "events festival inauguration anniversary call calls dialogue gathering rally strike strikes "
    "parade service debate debates start end return round rounds term terms contract contracts "
    "celebration celebrations day poll polls forum roundtable holiday departure arrival attack "
    "attacks killing killings birth death exercise exercises agreement date dates expiry "
    "retirement handover negotiations consultations congress convention commemoration show shows "
    "performance performances exhibition exhibitions fair fairs workshop workshops briefing"
)
"""Nouns that a date behind them may belong to: "discussed the summit on 3 May"."""
HOLDING = _words(
    "hold host attend convene chair begin start open close end finish conclude cancel play win "
    "lose address join deliver"
)
"""Verbs whose event is the noun's own: "held a meeting on 3 May"."""
PLANNING = _words(
    "schedule plan set slate book fix reschedule expect propose due time target project date list "
    "expire postpone delay qualify permit allow order organise organize"
)
"""Verbs that a date behind them need not date."""
DECIDING = _words(
    "announce agree decide call approve confirm extend invite move declare designate nominate "
    "appoint discuss raise welcome consider accept authorise authorize promise pledge vow demand "
    "seek request elect claim argue report state say tell know think advance offer present "
    "negotiate arrange name mark note remember recall remind let make put get give take "
    "place have see hear show want need ask urge warn"
)
"""Verbs whose object may be something planned: the date must stand right behind them."""
TELLING = _words("tell ask show give offer promise warn remind")
"""Verbs that take a person and, passive too, something of another time behind it."""
ING_NOUNS = _words(
    "building evening morning during king beijing spring string thing ring wing ceiling"
)

_IRREALIS = (
    r"\b(?:[Ii]f|[Uu]nless|would|should|could|might|may|must|shall|will|can|cannot|until|till|"
    r"[Oo]nce|whether|[Dd]eadline\w*|expir\w+|effective|scheduled|slated|planned|[Pp]lans?|"
    r"planning|due|proposed|projected|forecast\w*|expected|anticipated|intend\w*|fiction\w*|"
    r"[Nn]ovel\w*|films?|movies?|imagin\w+|simulat\w+|hypothetical\w*|scenarios?|"
    r"to be|was to|were to|set to|set for|set in|on or (?:after|before)|no later than|as of|"
    r"[Aa]fter|[Bb]y the time|[Ww]hen|[Tt]ickets?|[Vv]alid|"
    r"sold out|booked)\b"
)
_LOOKING_ON = r"\b(?:[Ii]f|would|said|told|vowed|promised|pledged|had|predict\w*|novel|film)\b"


def irrealis(sentence: str) -> bool:
    """Whether a sentence holds a plan, a wish or a condition: its past need not have happened."""
    return _found(_IRREALIS, sentence)


def reported(sentence: str) -> bool:
    """Whether a sentence reports what somebody once said would come."""
    return _found(_LOOKING_ON, sentence)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _found(pattern: str, sentence: str) -> bool:
    plain = sentence if sentence.isascii() else _SURROGATE.sub(" ", sentence)
    return _compiled(pattern).search(plain) is not None


@cache
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.never_capture = True
    return re2.compile(pattern, options)

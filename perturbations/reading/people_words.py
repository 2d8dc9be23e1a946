"""The words around titles and names that decide what they say: one list per question."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


HONORIFIC_GENDER = {
    "Mr": "m",
    "Mr.": "m",
    "Mrs": "f",
    "Mrs.": "f",
    "Ms": "f",
    "Ms.": "f",
    "Miss": "f",
    "Frau": "f",
    "Herr": "m",
    "Monsieur": "m",
    "Madame": "f",
    "Madam": "f",
    "Sir": "m",
    "Dame": "f",
    "Lord": "m",
    "Lady": "f",
    "Baroness": "f",
}
"""What an honorific tells of the person's gender (`m`, `f`), where it tells anything."""

HONORIFICS = (
    *HONORIFIC_GENDER,
    "Dr.",
    "Dr",
    "Prof.",
    "Professor",
    "Sheikh",
    "Shaikh",
    "Shri",
    "Gen.",
    "General",
    "Field Marshal",
    "Col.",
    "Colonel",
    "Hon.",
    "H.E.",
    "His Excellency",
    "Her Excellency",
    "His Majesty",
    "Her Majesty",
    "His Highness",
    "Her Highness",
    "His Royal Highness",
    "Her Royal Highness",
    "His Holiness",
)
"""What may stand between a title and a name, or before a name."""

OFFICE_MODIFIERS = (
    *("former", "ex", "then", "late", "outgoing", "incoming", "acting", "interim", "caretaker"),
    *("deceased", "ousted", "deposed", "toppled", "exiled", "jailed", "imprisoned", "removed"),
    *("suspended", "impeached", "retired", "slain", "assassinated", "murdered", "disgraced"),
    *("onetime", "one-time", "erstwhile", "previous", "past", "last", "next", "future"),
    *("would-be", "aspiring", "transitional", "provisional", "de facto", "self-proclaimed"),
    *("self-declared", "predecessor", "successor", "two-time", "presumptive", "departing"),
    *("departed", "resigned", "defeated", "fugitive", "wartime", "lame-duck", "shadow", "honorary"),
)
"""Words before a title or name that make it say something else than "holds the office now"."""

OFFICE_SUFFIXES = (
    *("elect", "designate", "in-waiting", "in-exile", "to-be", "nominate"),
    *("emeritus", "nominee", "candidate", "hopeful", "at the time"),
)
"""Words behind a title that do the same."""

PLAIN_ADJECTIVES = _words(
    """
    new newly-elected newly elected re-elected reelected current incumbent sitting serving
    embattled longtime long-time long-serving veteran first second third centre-right centre-left
    center-right center-left right-wing left-wing far-right far-left hard-right
    conservative liberal socialist nationalist populist leftist rightist centrist pro-western
    pro-russian pro-european reformist pro-government authoritarian hardline hard-line moderate
    female youngest two-term newly-appointed newly-installed recently-elected beleaguered
    unpopular popular powerful republican democratic labour social democrat christian communist
    green
    """
)
"""Adjectives between a country and its title, or before it, that leave the claim as it is."""

OTHER_OFFICES = _words(
    """
    alternate deputy vice assistant associate sub junior board senate club council company union
    student class assembly chamber house executive senior regional group bank league association
    federation society foundation university college school institute fed court committee party
    bundestag parliament parliamentary state provincial local county city borough lord first
    shadow co honorary
    """
)
"""Words right before a title that make another office of it: Deputy Prime Minister."""

OPENERS = _words(
    """
    A After Afterwards Again Against All Also Although Amid Among An And Another Are As Asked At
    Because Before Behind Besides Between Both But By Can Could Did Despite Do Does During
    Earlier Early Either Even Every Finally First For From Given Had Has Have Here How However
    If In Including Instead Into Is It Its Just Last Late Later Like Many Meanwhile Moreover
    Most Near Neither Nevertheless Next No Nor Not Now Of Official On Once One Only Or Other Our
    Over Recently Remarks Since So Some Soon Statement Still Such Than Thank That The Their Then
    There Therefore These They This Though Through Throughout Thus To Today Together Tomorrow
    Tonight Toward Towards Under Unlike Until Upon Was Were What When Where Whereas Whether
    Which While Who Why Will With Within Without Would Yesterday Yet Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Democrat Democratic Republican Conservative Labour Liberal
    Socialist Communist Readout Call Meeting Following Leaders Leader Madam Fellow Dear
    """
)
"""Capitalised words that may stand before a surname without being part of a name."""

ORDINARY_WORDS = _words(
    """
    May Park Moon Brown Bush Ford Ban Hunt Kan Han Rice Major Grant Pope King Long Little Law
    Hope Frank Will Mark Sun Song Sung Black White Green Young Bank Marsh Field Price Power Best
    Case
    """
)
"""Surnames that are also words: at the start of a sentence they are no mentions."""

INSTITUTIONS = _words(
    """
    administration era campaign tower towers government cabinet team family organization
    organisation foundation plan presidency library center centre institute doctrine media tax
    house white act university hotel international global airport plaza court years-era
    """
)
"""Nouns behind a surname that make it the name of something else: the Biden Administration."""

NAME_PARTICLES = _words("bin ibn bint ben al el de del da dos do di von van der den la le du y e")
"""Small words that carry a name on behind a surname: President Mohamed bin Zayed."""

NAME_PREFIXES = _words(
    """
    King Queen Emperor Empress Pope Sultan Emir Amir Sheikh Shaikh Prince Princess Crown Grand
    Duke President Prime Minister Chancellor Sir Dame Lord Lady Baroness Baron Shri Dr. Dr
    """
)
"""Titles and honorifics that tables write as part of a name."""


def keeps_office(word: str) -> bool:
    """Whether a word before a title leaves it the same office: an adjective or a modifier."""
    small = word.casefold().removesuffix("-")
    return small in PLAIN_ADJECTIVES or small in OFFICE_MODIFIERS

"""Invented affairs of a newsroom and of its town, of which any tense and any day is consistent."""

from __future__ import annotations

from dataclasses import dataclass

from perturbations.draw import Draw
from perturbations.reading.time_mentions import Tense


@dataclass(frozen=True, slots=True)
class Affair:
    """Something that was or will be: who, the verb in both tenses, and what follows it."""

    who: str
    past: str
    future: str
    rest: str = ""

    def told(self, tense: Tense) -> str:
        """The clause without a date: "The readers' panel met"."""
        verb = self.past if tense is Tense.PAST else self.future
        return " ".join(part for part in (self.who, verb, self.rest) if part)


@dataclass(frozen=True, slots=True)
class Circle:
    """Affairs that can stand beside each other, and how a note on them begins."""

    labels: tuple[str, ...]
    affairs: tuple[Affair, ...]


_DESK = Circle(
    (
        "",
        "",
        "Editor's note: ",
        "Note: ",
        "From the desk: ",
        "To our readers: ",
        "Newsroom notes: ",
    ),
    (
        Affair("The desk's correction policy", "was revised", "will be revised"),
        Affair("The house style of this paper", "was updated", "will be updated"),
        Affair("The archive of this desk", "reopened", "will reopen"),
        Affair("The page of readers' letters", "was redesigned", "will be redesigned"),
        Affair("The evening newsletter", "was launched", "will be launched"),
        Affair("The comment section", "was closed", "will be closed"),
        Affair("The price of the print edition", "was raised", "will be raised"),
        Affair("The index of the old volumes", "was completed", "will be completed"),
        Affair("The readers' panel", "met", "will meet"),
        Affair("The press complaints panel", "published", "will publish", "its yearly report"),
        Affair("The mobile edition", "went", "will go", "online"),
        Affair("The desk's office in the old town", "was opened", "will be opened"),
        Affair("The chess column", "was dropped", "will be dropped"),
        Affair("The picture editor of this paper", "retired", "will retire"),
        Affair("The weekend supplement", "was redesigned", "will be redesigned"),
        Affair("The agency's longest-serving correspondent", "returned", "will return", "home"),
        Affair("Two trainees", "joined", "will join", "the sports desk"),
        Affair("The morning podcast", "ended", "will end"),
        Affair("The printing plant by the canal", "was sold", "will be sold"),
        Affair("The canteen of this paper", "reopened", "will reopen"),
        Affair("The subscribers' quiz night", "was held", "will be held"),
        Affair("The tablet version of the crossword", "was tested", "will be tested"),
        Affair("The scholarship for young reporters", "was awarded", "will be awarded"),
        Affair("An exhibition of our press photographs", "opened", "will open"),
        Affair("The editors of three regional weeklies", "met", "will meet", "in the newsroom"),
        Affair("The fact-checking handbook", "was released", "will be released"),
        Affair("The delivery round in the hill villages", "was stopped", "will be stopped"),
        Affair("The photographers' darkroom", "was cleared", "will be cleared"),
        Affair("The cookery column", "resumed", "will resume"),
    ),
)
_TOWN = Circle(
    ("", "", "In brief: ", "Local notes: ", "Town diary: ", "Elsewhere: ", "From the region: "),
    (
        Affair("The choir of the harbour chapel", "sang", "will sing", "in the market hall"),
        Affair("The lending library on Mill Lane", "reopened", "will reopen"),
        Affair("The footbridge over the weir", "was closed", "will be closed"),
        Affair("The ferry timetable", "was revised", "will be revised"),
        Affair("The cricket club", "replaced", "will replace", "its roller"),
        Affair("The seed exchange", "was held", "will be held", "in the school yard"),
        Affair("The allotment holders", "met", "will meet", "at the town hall"),
        Affair("A new path round the lake", "was opened", "will be opened"),
        Affair("The brass band", "performed", "will perform", "in the station square"),
        Affair("Ten young oaks", "were planted", "will be planted", "along the river"),
        Affair("The open-air swimming pool", "was inspected", "will be inspected"),
        Affair("The amateur theatre group", "performed", "will perform", "a comedy"),
        Affair("The bicycle market", "started", "will start", "in the old tram depot"),
        Affair("The mountain rescue team", "tested", "will test", "its new radios"),
        Affair("The local history society", "published", "will publish", "its tenth yearbook"),
        Affair("The night bus to the hospital", "was extended", "will be extended"),
        Affair("A plaque for the town's first midwife", "was unveiled", "will be unveiled"),
        Affair("The parish council", "debated", "will debate", "the fees for moorings"),
        Affair("The beekeepers' association", "sold", "will sell", "its old hives"),
        Affair("The clock in the market tower", "was replaced", "will be replaced"),
        Affair("The fire brigade", "tested", "will test", "the sirens"),
        Affair("The second-hand book stall", "returned", "will return"),
        Affair("The animal shelter", "left", "will leave", "the former dairy"),
        Affair("The sailing school", "bought", "will buy", "two dinghies"),
        Affair("The toy museum", "acquired", "will acquire", "a model railway"),
        Affair("The toll on the pass road", "was abolished", "will be abolished"),
        Affair("The farmers' market", "celebrated", "will celebrate", "its birthday"),
        Affair("A language course for newcomers", "began", "will begin"),
        Affair("The town archive", "received", "will receive", "two boxes of maps"),
        Affair("The veterinary surgery", "was sold", "will be sold"),
    ),
)
CIRCLES = (_DESK, _TOWN)


def drawn_affairs(draw: Draw, count: int) -> tuple[str, list[Affair]]:
    """So many affairs of one circle, and a label (often empty) for the note that tells them."""
    circle = draw.choice(CIRCLES)
    return draw.choice(circle.labels), draw.shuffled(circle.affairs)[:count]

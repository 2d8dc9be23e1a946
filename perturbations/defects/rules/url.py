"""Rule `url`: an address against its outlet's grammar of addresses, and against its own entry.

An address may fit no pattern and be sound all the same, so only what a pattern reads decides: an
impossible day, a day after the article, a number that had not been reached, a form of another
time. Against the entry: the outlet, the day, and the words of the slug. News agencies are left
alone, since their reports stand under the addresses of others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from perturbations.defects.defect import Defect, Evidence, Scope, Witness
from perturbations.defects.rules.finding import finding
from perturbations.defects.rules.url_slugs import Contexts, foreign_slug
from perturbations.defects.taxonomy import EvidenceKind, Rule
from perturbations.knowledge import Knowledge, Outlet, Truth
from perturbations.knowledge.model import Status
from perturbations.reading.citation_addresses import AddressTells, tellings
from perturbations.reading.mentions import Entry, Reading
from perturbations.text import Span

DAY, LATER, NUMBER, FORM = "day", "later", "number", "form"
"""Kinds of fabricated addresses: an impossible day, a day after the article, a number that had
not been reached, a form of another time."""
OUTLET, DATE, SLUG = "outlet", "date", "slug"
"""Kinds of mismatches with the entry."""

LATER_DAYS = 7
"""How long after its article a cited address may be dated: pages are kept up for some days."""
NUMBER_DAYS = 30
"""Running numbers are anchored to days of citing; a page may be made that long before."""
FORM_DAYS = 180
"""Forms of addresses change over months."""
DATE_DAYS = 3
"""An entry's day and its address's may differ by the time zone, or by an update."""

AGENCIES = frozenset(
    "afp anadolu ani ansa ap bloomberg bno-news canadian-press deutsche-presse efe focus-taiwan "  # noqa: SIM905
    "interfax kcna kyodo pa-media philippine-news-agency pti qna reuters ria-novosti sana tass "
    "ukrinform upi wafa xinhua yonhap".split()
)
"""Outlets whose reports others publish under addresses of their own."""
AGGREGATORS = frozenset(("msn", "yahoo-news"))
"""Hosts that publish the reports of others."""

_FABRICATED = (DAY, LATER, NUMBER, FORM)


def recheck(witness: Witness, reading: Reading, knowledge: Knowledge) -> Truth:
    """Reads the address again; `expect.of` is one of the kinds above, the first claim the address.

    For `DATE` and `OUTLET`, `against` names the entry's date or outlet; for the others, nothing.
    """
    for item in reading.citations.items:
        if item.address is not None and item.address == witness.claim[0]:
            kind = str(witness.expect.get("of"))
            named = {OUTLET: item.outlet, DATE: item.date.span if item.date else None}
            if set(witness.against) <= {named.get(kind)}:
                return weigh(kind, item, reading, knowledge)
    return Truth.UNKNOWN


def weigh(kind: str, item: Entry, reading: Reading, knowledge: Knowledge) -> Truth:
    """Whether an item has a defect of one kind.

    Raises:
        KeyError: there is no such kind.
    """
    if kind == OUTLET:
        return _other_outlet(item, knowledge)
    if kind == SLUG:
        return foreign_slug(item, Contexts(reading))
    return _weigh_told(kind, _told(item, knowledge), item, reading)


def _weigh_told(
    kind: str, told: list[tuple[AddressTells, Outlet | None]], item: Entry, reading: Reading
) -> Truth:
    """Whether every way to read the address says the same of a kind."""
    if not told:
        return Truth.UNKNOWN
    check = {DAY: _no_day, LATER: _after, NUMBER: _unreached, FORM: _outdated, DATE: _other_date}
    answers = {check[kind](tells, outlet, item, reading) for tells, outlet in told}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _told(item: Entry, knowledge: Knowledge) -> list[tuple[AddressTells, Outlet | None]]:
    outlets = [knowledge.outlets[id] for id in item.hosts]
    return tellings(item.address.text, outlets) if item.address is not None else []


def find(reading: Reading, knowledge: Knowledge) -> Iterator[Defect]:
    """Every address that its outlet cannot have had, and every one that is not its entry's."""
    contexts = Contexts(reading)
    for item in reading.citations.items:
        if item.address is None:
            continue
        told = _told(item, knowledge)
        for kind in (*_FABRICATED, DATE) if told else ():
            if _weigh_told(kind, told, item, reading) is Truth.HOLDS:
                yield _found(kind, item, reading)
                break
        else:
            if item.hosts and _other_outlet(item, knowledge) is Truth.HOLDS:
                yield _found(OUTLET, item, reading)
            elif item.hosts and foreign_slug(item, contexts) is Truth.HOLDS:
                yield _found(SLUG, item, reading)


def _no_day(tells: AddressTells, outlet: Outlet | None, item: Entry, reading: Reading) -> Truth:
    """Whether the address names a day that the calendar lacks."""
    if not tells.names_day:
        return Truth.UNKNOWN
    return Truth.HOLDS if tells.date is None else Truth.FAILS


def _after(tells: AddressTells, outlet: Outlet | None, item: Entry, reading: Reading) -> Truth:
    """Whether a known outlet's address names a day well after the article's."""
    when = reading.as_of_at(item.span)
    if outlet is None or tells.date is None or when is None:
        return Truth.UNKNOWN
    if (tells.date - when.last).days > LATER_DAYS:
        return Truth.HOLDS
    return Truth.FAILS if tells.date <= when.first else Truth.UNKNOWN


def _unreached(tells: AddressTells, outlet: Outlet | None, item: Entry, reading: Reading) -> Truth:
    """Whether the address's number was given only well after the article."""
    when = reading.as_of_at(item.span)
    if outlet is None or tells.number is None or when is None or not outlet.ids:
        return Truth.UNKNOWN
    reached = reached_on(tells.number, outlet)
    if reached is None or reached <= when.first:
        return Truth.FAILS
    late = (reached - when.last).days > NUMBER_DAYS
    return Truth.HOLDS if late else Truth.UNKNOWN


def reached_on(number: int, outlet: Outlet) -> date | None:
    """The latest day on which a lower number than this is known to have been new.

    None where no anchor is as low: the number may be of any earlier day.
    """
    sure = [anchor for anchor in outlet.ids if anchor.status is not Status.UNCERTAIN]
    return max((anchor.day for anchor in sure if anchor.id <= number), default=None)


def _outdated(tells: AddressTells, outlet: Outlet | None, item: Entry, reading: Reading) -> Truth:
    """Whether the address has a form that was not in use yet, or no longer, at its time."""
    when = reading.as_of_at(item.span)
    if outlet is None or outlet.status is not Status.VERIFIED or when is None:
        return Truth.UNKNOWN
    slack, grammar = timedelta(days=FORM_DAYS), tells.grammar
    if grammar.since is not None and grammar.since - slack > when.last:
        return Truth.HOLDS
    own = item.date.first if item.date is not None and item.date.is_full else tells.date
    if grammar.until is not None and own is not None:
        return Truth.HOLDS if own > grammar.until + slack else Truth.FAILS
    return Truth.FAILS


def _other_date(tells: AddressTells, outlet: Outlet | None, item: Entry, reading: Reading) -> Truth:
    """Whether the address names another day than its entry."""
    if tells.date is None or item.date is None or not item.date.is_full or not item.date.first:
        return Truth.UNKNOWN
    apart = abs((tells.date - item.date.first).days)
    if apart > DATE_DAYS:
        return Truth.HOLDS
    return Truth.FAILS if apart <= 1 else Truth.UNKNOWN


def _other_outlet(item: Entry, knowledge: Knowledge) -> Truth:
    """Whether the item is called one outlet's, and its address is another's."""
    if item.outlet is None or item.address is None or not item.named or not item.hosts:
        return Truth.UNKNOWN
    if set(item.named) & set(item.hosts):
        return Truth.FAILS
    if set(item.named) & AGENCIES or set(item.hosts) & AGGREGATORS or " via " in item.outlet.text:
        return Truth.UNKNOWN
    address = item.address.text.casefold()
    for id in item.named:
        outlet = knowledge.outlets[id]
        if any(_key(name) in address for name in (outlet.name, *outlet.aliases, id)):
            return Truth.UNKNOWN
    return Truth.HOLDS


def _key(name: str) -> str:
    """A name as an address may hold it: "The Athletic" in `/athletic/`."""
    return name.removeprefix("The ").removeprefix("the-").casefold().replace(" ", "")


def _found(kind: str, item: Entry, reading: Reading) -> Defect:
    address = item.address or item.span
    slug = "fabricated_url" if kind in _FABRICATED else "url_mismatch"
    against: tuple[Span, ...] = ()
    field = None
    if kind == OUTLET and item.outlet is not None:
        evidence, against = Evidence("outlet of the entry", span=item.outlet), (item.outlet,)
    elif kind == DATE and item.date is not None:
        evidence, against = Evidence("date of the entry", span=item.date.span), (item.date.span,)
    elif kind in (LATER, NUMBER) and (when := reading.as_of_at(item.span)) is not None:
        cue = when.cue
        field = None if cue else reading.article.reference_field
        evidence = Evidence("time of the article", span=cue, field=field)
    elif kind == FORM or not item.hosts:
        evidence = Evidence("entry", span=item.span)
    else:
        evidence = Evidence("outlet of the address", fact=item.hosts[0])
    return finding(
        slug,
        [address],
        [evidence],
        EXPLAINED[kind],
        Witness(Rule.URL, claim=(address,), against=against, field=field, expect={"of": kind}),
        kind=EvidenceKind.REFERENCE,
        scope=Scope.GLOBAL if kind in (LATER, NUMBER, SLUG) else Scope.LOCAL,
    )


EXPLAINED = {
    DAY: "The address names a day that the calendar does not have.",
    LATER: "The address names a day after the article.",
    NUMBER: "The address bears a number that its outlet had not reached at the article's time.",
    FORM: "The address has a form that its outlet did not use at that time.",
    OUTLET: "The address belongs to another outlet than the entry names.",
    DATE: "The address names another day than the entry.",
    SLUG: "The words of the address belong to another item of the article.",
}
"""What a defect of each kind says to a person."""

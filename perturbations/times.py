"""Tense defects: what is still to come, told as past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from perturbations.dating import (
    day_after,
    day_before,
    form_for,
    is_movable,
    is_prose,
    own_evidence,
    own_time,
    redate,
)
from perturbations.defects import Rule, Scope, Witness
from perturbations.defects.rules.arithmetic import elapsed_claims
from perturbations.defects.rules.clause_times import AHEAD, EVENT, explain
from perturbations.draw import Draw
from perturbations.notes import DatedNote, Note, find_notes, retell
from perturbations.proposal import (
    Control,
    NotApplicable,
    Preparation,
    Proposal,
    Revision,
    Subject,
    defect,
)
from perturbations.reading.dates import render
from perturbations.reading.mentions import DateMention, Reading
from perturbations.reading.time_mentions import DatedClause, Tense
from perturbations.reading.verb_forms import past_of

OTHER_TENSE = 0.15
"""How many controls of a note turn its tense with its date; in the others only the date moves."""

_OWN_DAYS = ("today", "yesterday")
_PERFECT = re.compile(r"(?:has|have|['’]ve|['’]s) ")
"""How a verb group begins that takes "today", but no day: "has signed"."""
_AHEAD = re.compile(r"(?:will|(?:is|are) (?:(?:due|set|scheduled|expected|planned) )?to) ")


def own_clauses(reading: Reading) -> list[tuple[DatedClause, DateMention]]:
    """The article's own clauses with plain date and tense, consistent as they stand.

    Dated in full, or by "today" and "yesterday". Notes of the desk are left out, and dates between
    which a length of time is told.
    """
    by_span = {d.span: d for d in reading.dates}
    measured = {end.span for claim in elapsed_claims(reading) for end in (claim.one, claim.two)}
    noted = {note.clause for note in find_notes(reading)}
    found = []
    for clause in reading.timing.clauses:
        mention = by_span[clause.date]
        if clause.date in measured or clause in noted or not clause.firm:
            continue
        by_own_day = mention.span.text.casefold() in _OWN_DAYS and mention.first == mention.last
        by_own_day = by_own_day and clause.tense is Tense.PAST and clause.date == clause.phrase
        by_own_day = by_own_day and _PERFECT.match(clause.verb.text) is None
        if is_prose(clause.phrase, reading) and (by_own_day or is_movable(mention, reading)):
            found.append((clause, mention))
    return found


def can_be_misplaced(reading: Reading) -> bool:
    """Whether a clause of the article's own can be told as past with a day to come."""
    return any(
        clause.tense is Tense.PAST or _can_be_turned(clause, mention, reading)
        for clause, mention in own_clauses(reading)
    )


def _can_be_turned(clause: DatedClause, mention: DateMention, reading: Reading) -> bool:
    """Whether a clause about what is to come can be told as past, its day far enough ahead."""
    when = reading.as_of
    if when is None or mention.first is None or told_as_past(clause) is None:
        return False
    return (mention.first - when.last).days > AHEAD


class FutureAsPast:
    """Tells as past what is dated after the article.

    A past clause is dated later, or a clause about what is to come gets a past verb. Where the
    article has no clause of the kind, a note of the desk is turned.
    """

    name: ClassVar[str] = "dates.future_as_past"
    type: ClassVar[str] = "future_as_past"
    rules: ClassVar[tuple[Rule, ...]] = (Rule.DATE_ORDER,)
    control: ClassVar[str] = "a date that can be, in the same form; or the tense moved with it"
    preparation: ClassVar[Preparation | None] = DatedNote("dated_note", can_be_misplaced)

    def propose(self, subject: Subject, draw: Draw) -> Iterator[Proposal]:
        """Yields proposals on the article's own clauses, in drawn order, then on notes.

        Raises:
            NotApplicable: the article's day is unknown, or no clause has a plain date and tense.
        """
        reading = subject.reading
        own_time(reading)
        notes = find_notes(reading)
        clauses = own_clauses(reading)
        if not clauses and not notes:
            raise NotApplicable("no dated clause whose tense is plain")
        for clause, mention in draw.shuffled(clauses):
            told = self._redated if clause.tense is Tense.PAST else self._turned
            proposal = told(clause, mention, reading, draw)
            if proposal is not None:
                yield proposal
        for note in notes:
            yield self._noted(note, reading, draw)

    def _redated(
        self, clause: DatedClause, mention: DateMention, reading: Reading, draw: Draw
    ) -> Proposal | None:
        """A past clause, dated after the article; its own day in the same form is the control."""
        template = form_for(mention, reading, draw)
        if template is None or mention.first is None:
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        redate(clause, day_after(reading, draw), template, reading, variant)
        redate(clause, mention.first, template, reading, control)
        how = Control(control.ledger(), "the right date in the same form")
        return self._proposal(clause, clause.verb.text, variant, how, reading)

    def _turned(
        self, clause: DatedClause, mention: DateMention, reading: Reading, draw: Draw
    ) -> Proposal | None:
        """A clause about what is to come, told as past; another form of the date is the control."""
        template, past = form_for(mention, reading, draw), told_as_past(clause)
        if template is None or past is None or mention.first is None:
            return None
        if not _can_be_turned(clause, mention, reading):
            return None
        variant, control = Revision(reading.text), Revision(reading.text)
        variant.replace(clause.verb, past)
        for revision in (variant, control):
            redate(clause, mention.first, template, reading, revision)
        how = Control(control.ledger(), "the tense that fits, the date in the same form")
        return self._proposal(clause, past, variant, how, reading)

    def _noted(self, note: Note, reading: Reading, draw: Draw) -> Proposal:
        """A note told as past with a day to come; a true cell of day and tense is the control."""
        template = form_for(note.mention, reading, draw) or note.mention.template
        variant, control = Revision(reading.text), Revision(reading.text)
        retell(note, Tense.PAST, render(template, day_after(reading, draw)), variant)
        if draw.chance(OTHER_TENSE):
            day, tense = day_after(reading, draw), Tense.FUTURE
            how = "the tense moved with the date"
        else:
            day, tense, how = day_before(reading, draw), Tense.PAST, "another day of the past"
        retell(note, tense, render(template, day), control)
        return self._proposal(
            note.clause, note.past, variant, Control(control.ledger(), how), reading
        )

    def _proposal(
        self, clause: DatedClause, verb: str, variant: Revision, control: Control, reading: Reading
    ) -> Proposal:
        return clause_proposal(
            (self.type, EVENT), (clause, verb, Tense.PAST), variant, control, reading
        )


def clause_proposal(
    kind: tuple[str, str],
    told: tuple[DatedClause, str, Tense],
    variant: Revision,
    control: Control,
    reading: Reading,
) -> Proposal:
    """A proposal whose defect is a clause with a date that its tense does not allow.

    Args:
        kind: the slug of the defect, and what the rule calls such a claim.
        told: the clause of the source, and the verb and tense that the variant gives it.
        variant: the variant's edits.
        control: the control.
        reading: of the source.
    """
    clause, verb, tense = told
    phrase = variant.moved(clause.phrase)
    evidence, field = own_evidence(reading, variant)
    found = defect(
        kind[0],
        [phrase],
        [evidence],
        explain(verb, phrase.text.rstrip(","), tense, reading),
        Witness(Rule.DATE_ORDER, claim=(phrase,), field=field, expect={"of": kind[1]}),
        scope=Scope.GLOBAL,
    )
    return Proposal(variant.ledger(), (found,), control)


def told_as_past(clause: DatedClause) -> str | None:
    """The verb group of a clause about what is to come, in the past; None where none is sure."""
    ahead = _AHEAD.match(clause.verb.text)
    past = past_of(clause.base) if clause.base and not clause.passive else None
    if ahead is None or past is None or clause.base is None:
        return None
    rest = clause.verb.text[ahead.end() :]
    return f"{rest.removesuffix(clause.base)}{past}" if rest.endswith(clause.base) else None

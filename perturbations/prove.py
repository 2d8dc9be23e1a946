"""From a proposal to a variant that is proven, beside a control that is proven clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from perturbations.defects import Defect, Origin, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules.finding import RuleError
from perturbations.defects.screen import screen
from perturbations.knowledge import Knowledge, Truth
from perturbations.proposal import Proposal, Subject
from perturbations.reading.mentions import Reading
from perturbations.reading.reader import Reader
from perturbations.text import Article, Ledger, Span


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """A proposal that could not be proven; the message is the reason, fit for counting."""


@dataclass(frozen=True, slots=True)
class Version:
    """An article after edits, the edits (in the coordinates of its source), and its reading."""

    article: Article
    ledger: Ledger
    reading: Reading


@dataclass(frozen=True, slots=True)
class Variant:
    """A proven variant: its defects hold, and neither source nor control has them."""

    version: Version
    defects: tuple[Defect, ...]
    control: Version
    control_note: str


def edited(article: Article, ledger: Ledger) -> Article:
    """The article after the edits; what is inserted right behind the headline belongs to it.

    Raises:
        Refused: an edit crosses the separator between headline and body.
    """
    length = len(article.title)
    if not length:
        return article.with_text(ledger.apply(article.text), title_length=0)
    place = ledger.forward(0, length)
    if place is None or any(e.start < article.body_start and e.end > length for e in ledger):
        raise Refused("an edit crosses the headline's end")
    behind = sum(e.growth for e in ledger if e.start == e.end == length)
    return article.with_text(ledger.apply(article.text), title_length=place[1] + behind)


class Prover:
    """Proves proposals with one set of recognisers and one knowledge."""

    def __init__(self, reader: Reader, knowledge: Knowledge) -> None:
        self.reader = reader
        self.knowledge = knowledge
        self._last: tuple[Reading, tuple[Defect, ...]] | None = None

    def version(self, article: Article, ledger: Ledger) -> Version:
        """Applies the edits and reads the outcome anew.

        Raises:
            Refused: an edit crosses the separator, or the edits do not revert.
        """
        after = edited(article, ledger)
        if ledger.revert(after.text) != article.text:
            raise Refused("the edits do not revert")
        return Version(after, ledger, self.reader.read(after))

    def prove(self, subject: Subject, proposal: Proposal) -> Variant:
        """Proves one proposal.

        Raises:
            Refused: a witness does not hold on the variant, its counterpart does not fail on
                source or control, either text gained a defect that is not declared, or a rule
                broke.
        """
        try:
            return self._proven(subject, proposal)
        except RuleError as error:
            raise Refused(str(error)) from error

    def _proven(self, subject: Subject, proposal: Proposal) -> Variant:
        source = subject.reading
        variant = self.version(source.article, proposal.ledger)
        control = self.version(source.article, proposal.control.ledger)
        if control.article.text in (source.text, variant.article.text):
            raise Refused("the control would be the source or the variant")
        for defect in proposal.defects:
            self._prove_defect(defect, source, variant, control)
        before, after = self._screened(source), screen(variant.reading, self.knowledge)
        more = tuple(_consequences(after, variant.ledger, proposal.defects))
        for defect in more:
            self._prove_defect(defect, source, variant, control)
        defects = (*proposal.defects, *more)
        _check_nothing_else(before, after, defects)
        _check_control(before, screen(control.reading, self.knowledge))
        return Variant(variant, defects, control, proposal.control.note)

    def _screened(self, source: Reading) -> tuple[Defect, ...]:
        """What the rules find in a source; all of its proposals ask for the same."""
        if self._last is None or self._last[0] is not source:
            self._last = source, screen(source, self.knowledge)
        return self._last[1]

    def _prove_defect(
        self, defect: Defect, source: Reading, variant: Version, control: Version
    ) -> None:
        if defect.witness is None:
            raise Refused("a defect has no witness")
        answer = recheck(defect.witness, variant.reading, self.knowledge)
        if answer is not Truth.HOLDS:
            raise Refused(f"the witness is {answer} on the variant")
        on_source = self.counterpart(defect.witness, variant.ledger, None, source)
        if on_source not in (None, Truth.FAILS):
            raise Refused(f"the counterpart is {on_source} on the source")
        on_control = self.counterpart(
            defect.witness, variant.ledger, control.ledger, control.reading
        )
        if on_control not in (None, Truth.FAILS):
            raise Refused(f"the counterpart is {on_control} on the control")

    def counterpart(
        self, witness: Witness, variant: Ledger, control: Ledger | None, reading: Reading
    ) -> Truth | None:
        """What the witness says of source (`control` None) or control.

        None where the variant inserted the claim, so that it is absent there. A claim that is lost
        in any other way is *unknown*: an edit that swallows it proves nothing.
        """
        mapped = counterpart(witness, variant, control, reading.text)
        if mapped is None:
            return None if _inserted(witness, variant) else Truth.UNKNOWN
        return recheck(mapped, reading, self.knowledge)


def _consequences(
    found: tuple[Defect, ...], ledger: Ledger, declared: tuple[Defect, ...]
) -> Iterator[Defect]:
    """What the rules find of a declared type in other words that the edits wrote.

    One swap shows wherever a person is named: in the headline, and again with the title.
    """
    written = [ledger.outcome(index) for index in range(len(ledger))]
    roots = {defect.type: defect for defect in declared}
    number = len(declared)
    for one in found:
        root = roots.get(one.type) or _around(one, declared)
        if root is None or _covered(one, tuple(d for d in declared if d.type == one.type)):
            continue
        if all(any(words.overlaps(span) for words in written) for span in one.spans):
            number += 1
            cause = root.root or root.id
            yield replace(one, id=f"d{number}", origin=Origin.SYNTHETIC, root=cause)


def _around(found: Defect, declared: tuple[Defect, ...]) -> Defect | None:
    """The declared defect in whose words a finding of another type stands: a whole passage's."""
    for one in declared:
        if all(any(s.covers(span) and s != span for s in one.spans) for span in found.spans):
            return one
    return None


def _check_nothing_else(
    before: tuple[Defect, ...], after: tuple[Defect, ...], defects: tuple[Defect, ...]
) -> None:
    old = _signatures(before)
    for found in after:
        if not _covered(found, defects) and _signature(found) not in old:
            raise Refused(f"the variant gained an undeclared {found.type}")


def _check_control(before: tuple[Defect, ...], after: tuple[Defect, ...]) -> None:
    new = _signatures(after)
    new.subtract(_signatures(before))
    for (slug, _), count in new.items():
        if count > 0:
            raise Refused(f"the control gained a {slug}")


def counterpart(
    witness: Witness, variant: Ledger, control: Ledger | None, text: str
) -> Witness | None:
    """Carries a variant's witness to its source, and on to the control where one is given.

    `text` is the text that the outcome points into. None where a span is absent there.
    """
    back = variant.inverse()

    def carry(span: Span) -> Span | None:
        place = back.forward(span.start, span.end)
        if place is not None and control is not None:
            place = control.forward(*place)
        if place is None or place[0] == place[1]:
            return None
        return Span.of(text, *place)

    return witness.mapped(carry)


def _covered(found: Defect, declared: tuple[Defect, ...]) -> bool:
    """Whether a finding touches the spans or the evidence of a declared defect."""
    marks = [span for d in declared for span in d.spans]
    marks += [e.span for d in declared for e in d.evidence if e.span is not None]
    return any(span.overlaps(mark) for span in found.spans for mark in marks)


def _inserted(witness: Witness, variant: Ledger) -> bool:
    """Whether a claim of the witness stands wholly in words that the variant inserted."""
    claims = [span for part in (witness, *witness.all_of) for span in part.claim]
    inserted = [variant.outcome(i) for i, edit in enumerate(variant) if not edit.before]
    return any(words.covers(claim) for words in inserted for claim in claims)


def _signature(defect: Defect) -> tuple[str, tuple[str, ...]]:
    return defect.type, tuple(span.text for span in defect.spans)


def _signatures(defects: tuple[Defect, ...]) -> Counter[tuple[str, tuple[str, ...]]]:
    return Counter(_signature(defect) for defect in defects)

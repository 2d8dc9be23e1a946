"""A teaser that repeats the headline in the body: where a second protagonist can conflict."""

from __future__ import annotations

from perturbations.draw import Draw
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.frames import MIN_WORDS, restatements
from perturbations.reading.mentions import PersonMention
from perturbations.text import Edit, Ledger, Span

_LABELS = ("In brief", "Summary", "The story in short", "Today's headline", "At a glance")


class Teaser:
    """Adds the headline once more, under a label, at the end of the body.

    Both mentions agree in the source row.
    """

    name = "teaser"

    def prepare(self, subject: Subject, draw: Draw) -> Ledger:
        """The edit that adds it; none where people annotated who did the headline's act.

        Raises:
            NotApplicable: the headline names nobody known, or says too little.
        """
        reading = subject.reading
        if annotated_persons(subject) or any(r.frame == "headline" for r in restatements(reading)):
            return Ledger()
        title = reading.article.title
        if not any(names_one(m) for m in reading.people if m.in_headline):
            raise NotApplicable("the headline names no known office holder")
        if len(title.split()) < MIN_WORDS + 2 or title.isupper():
            raise NotApplicable("the headline says too little to be repeated")
        label = draw.choice(_LABELS)
        references = reading.citations.references
        if references is None:
            at = len(reading.text.rstrip())
            return Ledger.of(Edit.insert(at, f"\n\n{label}\n\n{title}"))
        at = references.heading.start if references.heading else references.span.start
        return Ledger.of(Edit.insert(at, f"{label}\n\n{title}\n\n"))


def annotated_persons(subject: Subject) -> list[tuple[str, tuple[Span, ...]]]:
    """Slots that people marked as the doer of the headline's act, headline mention first."""
    end = len(subject.reading.article.title)
    found = []
    for slot, kind, mentions in subject.slots:
        ordered = sorted(mentions)
        if kind == "person" and ordered[0].end <= end < ordered[-1].start:
            found.append((slot, tuple(ordered)))
    return found


def names_one(mention: PersonMention) -> bool:
    """Whether a mention names one known person, plainly."""
    return mention.name is not None and mention.person is not None and not mention.modifiers

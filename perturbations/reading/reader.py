"""Reads an article once: layout, dates, durations, citations and people, tied together."""

from __future__ import annotations

from perturbations.knowledge import Knowledge
from perturbations.reading.citation_outlets import OutletIndex
from perturbations.reading.citations import find_citations
from perturbations.reading.datelines import find_datelines, find_pairs, find_stamp
from perturbations.reading.dates import find_as_of, find_dates
from perturbations.reading.documents import DocumentIndex, find_documents
from perturbations.reading.durations import find_durations
from perturbations.reading.encounters import find_encounters
from perturbations.reading.gazetteer import Gazetteer
from perturbations.reading.layout import find_layout
from perturbations.reading.lookbacks import find_lookbacks
from perturbations.reading.mentions import AsOf, Reading
from perturbations.reading.offsets import Encoded
from perturbations.reading.orders import find_orders
from perturbations.reading.people import find_people_and_roles
from perturbations.reading.pronouns import find_pronouns
from perturbations.reading.states import StateIndex, find_states
from perturbations.reading.strangers import find_strangers
from perturbations.reading.tenses import find_clauses
from perturbations.reading.time_mentions import Timing
from perturbations.text import Article


class Reader:
    """Reads articles against one knowledge; what it needs of the knowledge is indexed once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.gazetteer = Gazetteer(knowledge)
        self.outlets = OutletIndex(knowledge)
        self.documents = DocumentIndex(knowledge)
        self.states = StateIndex(knowledge)

    def read(self, article: Article) -> Reading:
        """Recognises all that the article says, in one pass per recogniser.

        The order matters: dates need the article's time, citations the dates, and people both, to
        tell claims about the present from history and from reference lists.
        """
        source = Encoded(article.text)
        as_of = _as_of(article, source)
        layout = find_layout(source)
        dates = find_dates(source, as_of)
        citations = find_citations(source, self.outlets, layout, dates)
        people, roles = find_people_and_roles(
            source,
            self.gazetteer,
            layout,
            dates,
            citations,
            title_end=len(article.title),
            as_of=as_of,
        )
        return Reading(
            article=article,
            text=source.text,
            as_of=as_of,
            layout=layout,
            dates=dates,
            durations=find_durations(source),
            people=people,
            roles=roles,
            citations=citations,
            documents=find_documents(source, self.documents, layout, dates, citations),
            encounters=find_encounters(
                source, self.gazetteer, layout, people, citations, title_end=len(article.title)
            ),
            strangers=find_strangers(source, people, citations, title_end=len(article.title)),
            pronouns=find_pronouns(source),
            states=find_states(
                source, self.states, layout, dates, citations, len(article.title), as_of
            ),
            times=tuple(
                (back.passage, back.as_of) for back in find_lookbacks(source, layout, dates)
            ),
            timing=Timing(
                clauses=find_clauses(dates, layout, citations, article.body_start),
                datelines=find_datelines(source.text, dates, layout, article.body_start),
                pairs=find_pairs(source.text, dates, layout, citations),
                orders=find_orders(source, layout, citations, article.body_start),
                stamp=find_stamp(source.text, dates, len(article.title)),
            ),
        )


def read(article: Article, knowledge: Knowledge) -> Reading:
    """Reads one article; for several, keep a `Reader`, which indexes the knowledge once."""
    return Reader(knowledge).read(article)


def _as_of(article: Article, source: Encoded) -> AsOf | None:
    day = article.reference_date
    return AsOf.day(day) if day is not None else find_as_of(article, source)

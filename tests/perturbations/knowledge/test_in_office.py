"""in_office against a naive oracle that looks at one day after another, and against known traps."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturbations.knowledge import Knowledge, Office, Person, Truth
from perturbations.knowledge.model import Precision, Status, Term

FIRST = date(2020, 1, 1)
KNOWN_UNTIL = date(2026, 1, 31)
PEOPLE = ("ann", "bob", "cyd")


def possible(day: date, precision: Precision) -> list[date]:
    """Every day that the date may stand for, found by walking three years."""
    walk = (date(day.year, 1, 1) + timedelta(days=n) for n in range(366))
    if precision is Precision.DAY:
        return [day]
    if precision is Precision.MONTH:
        return [d for d in walk if (d.year, d.month) == (day.year, day.month)]
    return [d for d in walk if d.year == day.year]


def oracle_on(day: date, person: str, terms: list[Term], collective: bool) -> Truth:
    if collective or day > KNOWN_UNTIL:
        return Truth.UNKNOWN
    for one in terms:
        for boundary, precision, goes_on in (
            (
                one.start,
                one.start_precision,
                [t.end for t in terms if (t.person, t.acting) == (one.person, one.acting)],
            ),
            (
                one.end,
                one.end_precision,
                [t.start for t in terms if (t.person, t.acting) == (one.person, one.acting)],
            ),
        ):
            if boundary is None or boundary in goes_on:
                continue
            if any(abs((day - d).days) <= 7 for d in possible(boundary, precision)):
                return Truth.UNKNOWN
    holders = [t for t in terms if t.start <= day and (t.end is None or day < t.end)]
    if len(holders) != 1 or holders[0].status is Status.UNCERTAIN:
        return Truth.UNKNOWN
    if holders[0].person != person:
        return Truth.FAILS
    return Truth.UNKNOWN if holders[0].acting else Truth.HOLDS


@st.composite
def terms_of_one_office(draw: st.DrawFn) -> list[Term]:
    terms = []
    for number in range(draw(st.integers(0, 5))):
        start = FIRST + timedelta(days=draw(st.integers(0, 700)))
        length = draw(st.none() | st.integers(1, 400))
        end = None if length is None else start + timedelta(days=length)
        start_precision = draw(st.sampled_from(Precision))
        end_precision = draw(st.sampled_from(Precision)) if end else Precision.DAY
        start = possible(start, start_precision)[0]
        end = end and possible(end, end_precision)[0]
        if end is not None and end <= start:
            continue
        terms.append(
            Term(
                id=f"t{number}",
                person=draw(st.sampled_from(PEOPLE)),
                office="AA.president",
                start=start,
                start_precision=start_precision,
                end=end,
                end_precision=end_precision,
                acting=draw(st.booleans()),
                status=draw(st.sampled_from(Status)),
                sources=("desk",),
            )
        )
    if draw(st.booleans()) and terms:
        terms.extend(renewals(terms))
    return terms


def renewals(terms: list[Term]) -> list[Term]:
    """The last term that ends, renewed: two terms of one person that meet."""
    ended = [t for t in terms if t.end is not None]
    if not ended:
        return []
    last = ended[-1]
    return [
        Term(
            id="renewed",
            person=last.person,
            office=last.office,
            start=last.end,
            start_precision=last.end_precision,
            end=None,
            end_precision=Precision.DAY,
            acting=last.acting,
            status=last.status,
            sources=last.sources,
        )
    ]


@st.composite
def periods(draw: st.DrawFn, terms: list[Term]) -> tuple[date, date]:
    """A period of up to six weeks, mostly near a boundary, where the answers change."""
    boundaries = [day for term in terms for day in (term.start, term.end) if day]
    if boundaries and draw(st.integers(0, 4)):
        first = draw(st.sampled_from(boundaries)) + timedelta(days=draw(st.integers(-20, 20)))
    else:
        first = FIRST + timedelta(days=draw(st.integers(-60, 2300)))
    return first, first + timedelta(days=draw(st.just(0) | st.integers(0, 45)))


@given(data=st.data(), terms=terms_of_one_office(), one_in_ten=st.integers(0, 9))
@settings(max_examples=400, deadline=None)
def test_in_office_agrees_with_an_oracle_that_asks_every_day(
    make_knowledge, data, terms, one_in_ten
):
    collective = one_in_ten == 0
    first, last = data.draw(periods(terms))
    knowledge = make_knowledge(
        terms,
        people=[Person(p, p, p, (), (p,), "f", None, ("desk",)) for p in PEOPLE],
        offices=[
            Office("AA.president", "AA", "head_of_state", ("President",), collective, ("desk",))
        ],
    )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for person in PEOPLE:
        asked = {oracle_on(day, person, terms, collective) for day in days}
        expected = asked.pop() if len(asked) == 1 else Truth.UNKNOWN
        assert knowledge.in_office(person, "AA.president", first, last) is expected


@given(terms=terms_of_one_office(), offset=st.integers(0, 900), length=st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_no_two_people_surely_hold_one_office_and_a_wider_period_is_never_surer(
    make_knowledge, terms, offset, length
):
    knowledge = make_knowledge(
        terms,
        people=[Person(p, p, p, (), (p,), "f", None, ("desk",)) for p in PEOPLE],
        offices=[Office("AA.president", "AA", "head_of_state", ("President",), False, ("desk",))],
    )
    first = FIRST + timedelta(days=offset)
    last = first + timedelta(days=length)
    answers = [knowledge.in_office(p, "AA.president", first, last) for p in PEOPLE]
    assert answers.count(Truth.HOLDS) <= 1
    for person, answer in zip(PEOPLE, answers, strict=True):
        wider = knowledge.in_office(
            person, "AA.president", first - timedelta(days=3), last + timedelta(days=3)
        )
        assert wider in (answer, Truth.UNKNOWN)


H, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN

TRAPS = [
    # one person, one office, twice
    ("donald-trump", "US.president", "2018-06-01", H),
    ("donald-trump", "US.president", "2022-06-01", F),
    ("donald-trump", "US.president", "2025-06-01", H),
    ("joe-biden", "US.president", "2022-02-16", H),
    ("joe-biden", "US.president", "2025-08-19", F),
    ("benjamin-netanyahu", "IL.prime_minister", "2022-03-01", F),
    ("benjamin-netanyahu", "IL.prime_minister", "2023-03-01", H),
    ("donald-tusk", "PL.prime_minister", "2012-05-01", H),
    ("donald-tusk", "PL.prime_minister", "2019-05-01", F),
    ("donald-tusk", "PL.prime_minister", "2024-05-01", H),
    ("robert-fico", "SK.prime_minister", "2022-01-01", F),
    ("robert-fico", "SK.prime_minister", "2024-05-15", H),
    ("andrej-babis", "CZ.prime_minister", "2020-05-15", H),
    ("andrej-babis", "CZ.prime_minister", "2023-05-15", F),
    ("andrej-babis", "CZ.prime_minister", "2026-01-15", H),
    ("luiz-inacio-lula-da-silva", "BR.president", "2010-07-01", H),
    ("luiz-inacio-lula-da-silva", "BR.president", "2020-07-01", F),
    ("luiz-inacio-lula-da-silva", "BR.president", "2024-07-01", H),
    ("sebastian-kurz", "AT.chancellor", "2018-07-01", H),
    ("sebastian-kurz", "AT.chancellor", "2019-09-01", F),
    ("sebastian-kurz", "AT.chancellor", "2020-07-01", H),
    ("shinzo-abe", "JP.prime_minister", "2022-02-16", F),
    ("fumio-kishida", "JP.prime_minister", "2022-02-16", H),
    # an impeached president beside the acting ones, then the gap to the next
    ("yoon-suk-yeol", "KR.president", "2024-06-01", H),
    ("yoon-suk-yeol", "KR.president", "2025-02-01", U),
    ("choi-sang-mok", "KR.president", "2025-02-01", U),
    ("moon-jae-in", "KR.president", "2025-02-01", U),
    ("yoon-suk-yeol", "KR.president", "2025-05-20", F),
    ("lee-ju-ho", "KR.president", "2025-05-20", U),
    ("lee-jae-myung", "KR.president", "2025-06-10", U),
    ("lee-jae-myung", "KR.president", "2025-08-01", H),
    ("park-geun-hye", "KR.president", "2017-04-10", F),
    ("dilma-rousseff", "BR.president", "2016-07-01", U),
    ("michel-temer", "BR.president", "2016-07-01", U),
    # interregna
    ("heinz-fischer", "AT.president", "2016-10-01", U),
    ("alexander-van-der-bellen", "AT.president", "2016-10-01", U),
    ("michel-aoun", "LB.president", "2023-10-01", U),
    ("hosni-mubarak", "EG.president", "2011-06-01", U),
    # rivals
    ("nicolas-maduro", "VE.president", "2020-06-01", U),
    ("nicolas-maduro", "VE.president", "2024-06-01", H),
    ("hugo-chavez", "VE.president", "2020-06-01", U),
    # collective heads: nobody is surely in or out
    ("zeljko-komsic", "BA.presidency", "2020-06-01", U),
    ("emmanuel-macron", "AD.co_prince", "2020-06-01", U),
    ("guy-parmelin", "CH.federal_council", "2020-06-01", U),
    ("guy-parmelin", "CH.president", "2021-06-01", H),
    ("guy-parmelin", "CH.president", "2023-06-01", F),
    # monarchs and their realms
    ("charles-iii", "GB.monarch", "2022-09-10", U),
    ("charles-iii", "CA.monarch", "2025-06-01", H),
    ("elizabeth-ii", "AU.monarch", "2023-06-01", F),
    # France's five prime ministers of 2024 and 2025
    ("elisabeth-borne", "FR.prime_minister", "2023-12-01", H),
    ("gabriel-attal", "FR.prime_minister", "2024-05-01", H),
    ("michel-barnier", "FR.prime_minister", "2024-11-01", H),
    ("francois-bayrou", "FR.prime_minister", "2025-06-01", H),
    ("sebastien-lecornu", "FR.prime_minister", "2025-12-01", H),
    ("francois-bayrou", "FR.prime_minister", "2025-12-01", F),
    # changes of 2024 to 2026
    ("rishi-sunak", "GB.prime_minister", "2024-07-05", U),
    ("keir-starmer", "GB.prime_minister", "2024-08-01", H),
    ("justin-trudeau", "CA.prime_minister", "2025-03-14", U),
    ("mark-carney", "CA.prime_minister", "2025-04-14", H),
    ("olaf-scholz", "DE.chancellor", "2025-05-20", F),
    ("friedrich-merz", "DE.chancellor", "2025-05-20", H),
    ("shigeru-ishiba", "JP.prime_minister", "2025-10-01", H),
    ("shigeru-ishiba", "JP.prime_minister", "2025-10-21", U),
    ("sanae-takaichi", "JP.prime_minister", "2025-11-21", H),
    ("marcelo-rebelo-de-sousa", "PT.president", "2026-01-20", H),
    ("gabriel-boric", "CL.president", "2026-01-20", H),
    ("rumen-radev", "BG.president", "2025-12-01", H),
    ("rumen-radev", "BG.president", "2026-01-10", U),
    ("dina-boluarte", "PE.president", "2025-12-01", F),
    ("jens-stoltenberg", "NATO.secretary_general", "2024-11-01", F),
    ("mark-rutte", "NATO.secretary_general", "2024-11-01", H),
    ("mark-rutte", "NL.prime_minister", "2024-11-01", F),
    ("bashar-al-assad", "SY.president", "2025-06-01", F),
    # an office that is no more
    ("binali-yildirim", "TR.prime_minister", "2020-06-01", U),
    # after the table's end
    ("keir-starmer", "GB.prime_minister", "2026-02-01", U),
    ("rishi-sunak", "GB.prime_minister", "2026-02-01", U),
    # before an office's first term in the table
    ("francois-mitterrand", "FR.president", "1980-06-01", U),
    # the years before 2010
    ("vladimir-putin", "RU.president", "2007-06-01", H),
    ("vladimir-putin", "RU.president", "2009-06-01", F),
    ("tony-blair", "GB.prime_minister", "2003-03-20", H),
    ("gordon-brown", "GB.prime_minister", "2003-03-20", F),
    ("shinzo-abe", "JP.prime_minister", "2007-06-01", H),
    ("george-w-bush", "US.president", "2001-09-11", H),
    ("george-h-w-bush", "US.president", "2001-09-11", F),
    ("silvio-berlusconi", "IT.prime_minister", "2007-06-01", F),
    # named, but not yet sworn in
    ("judith-suminwa", "CD.prime_minister", "2024-05-01", U),
    ("abdul-hamid-dbeibah", "LY.prime_minister", "2021-02-25", U),
    # rivals who both claimed the office
    ("fathi-bashagha", "LY.prime_minister", "2022-09-01", U),
    ("abdul-hamid-dbeibah", "LY.prime_minister", "2022-09-01", U),
]


@pytest.mark.parametrize(("person", "office", "day", "expected"), TRAPS)
def test_traps_by_name(shipped: Knowledge, person, office, day, expected):
    on = date.fromisoformat(day)
    assert shipped.in_office(person, office, on, on) is expected


def test_a_period_across_a_change_is_unknown_for_everybody(shipped: Knowledge):
    period = date(2024, 12, 1), date(2025, 3, 1)
    assert shipped.in_office("joe-biden", "US.president", *period) is Truth.UNKNOWN
    assert shipped.in_office("donald-trump", "US.president", *period) is Truth.UNKNOWN
    assert shipped.in_office("barack-obama", "US.president", *period) is Truth.UNKNOWN


def test_the_margin_is_seven_days_on_both_sides(shipped: Knowledge):
    def biden(day: str) -> Truth:
        on = date.fromisoformat(day)
        return shipped.in_office("joe-biden", "US.president", on, on)

    assert [biden(day) for day in ("2025-01-12", "2025-01-13")] == [H, U]
    assert [biden(day) for day in ("2025-01-27", "2025-01-28")] == [U, F]


def test_two_terms_of_one_person_that_meet_are_no_boundary(make_knowledge, make_term):
    terms = [make_term("ann", "2020-01-01", "2021-01-01"), make_term("ann", "2021-01-01", None)]
    asked = "ann", "AA.president", date(2020, 12, 28), date(2021, 1, 4)
    assert make_knowledge(terms).in_office(*asked) is Truth.HOLDS
    acting = [make_term("ann", "2020-01-01", "2021-01-01", acting=True), terms[1]]
    assert make_knowledge(acting).in_office(*asked) is Truth.UNKNOWN


def test_a_period_turned_round_is_refused(shipped: Knowledge):
    with pytest.raises(ValueError, match="first <= last"):
        shipped.in_office("joe-biden", "US.president", date(2022, 2, 2), date(2022, 2, 1))

"""Re-checkers on hand-made texts: each answers *holds*, *fails* and *unknown* where it must.

In a text, «claim» marks what a witness claims to be wrong and ‹other› what it is held against.

The people and terms are those of the shipped tables: Fumio Kishida was prime minister of Japan from
4 October 2021 until 1 October 2024, Shigeru Ishiba from then on; Olaf Scholz was chancellor of
Germany from 8 December 2021 until 6 May 2025.
"""

import re
from datetime import date, timedelta

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.knowledge import Truth
from perturbations.text import Span

HOLDS, FAILS, UNKNOWN = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN

MARK = re.compile("[«»‹›]")


def unmarked(body):
    """The body without its marks, and the spans (start, end) that they enclosed."""
    found, opened, plain = {"»": [], "›": []}, [], ""
    at = 0
    for mark in MARK.finditer(body):
        plain += body[at : mark.start()]
        at = mark.end()
        if mark.group() in "«‹":
            opened.append(len(plain))
        else:
            found[mark.group()].append((opened.pop(), len(plain)))
    return plain + body[at:], found["»"], found["›"]


@pytest.fixture
def judge(read, knowledge):
    """What a rule says of a marked body; a title may be marked, too."""

    def answer(rule, body, *, expect=None, title="A plain headline", **more):
        text, claims, others = unmarked(f"{title}\n\n{body}")
        title, body = text.split("\n\n", 1)
        reading = read(body, title=title, **more)
        witness = Witness(
            Rule(rule),
            claim=tuple(Span.of(text, *place) for place in claims),
            against=tuple(Span.of(text, *place) for place in others),
            expect=expect or {},
        )
        return recheck(witness, reading, knowledge)

    return answer


def written(day):
    return f"{day:%-d %B %Y}"


# calendar


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Wednesday, 16 February 2022", FAILS),
        ("Tuesday, 16 February 2022", HOLDS),
        ("Tue 16 February 2022", HOLDS),
        ("Wednesday, February 16, 2022", FAILS),
        ("Thursday, February 16, 2022", HOLDS),
        ("16 February 2022", FAILS),
        ("29 February 2024", FAILS),
        ("29 February 2023", HOLDS),
        ("30 February 2022", HOLDS),
        ("31 April 2022", HOLDS),
        ("April 31, 2022", HOLDS),
        ("2022-02-29", HOLDS),
        ("2022-02-28", FAILS),
        # Too little is said to tell.
        ("Tuesday", UNKNOWN),
        ("yesterday", UNKNOWN),
        ("16 February", UNKNOWN),
        ("February 2022", UNKNOWN),
        ("2022", UNKNOWN),
        ("at the harbour", UNKNOWN),
    ],
)
def test_calendar(judge, words, answer):
    assert judge("calendar", f"The bridge opened on «{words}» in the rain.") is answer


@pytest.mark.parametrize("offset", range(7))
def test_calendar_knows_every_weekday(judge, offset):
    day = date(2022, 2, 16)
    named = (day + timedelta(days=offset)).strftime("%A")
    expected = FAILS if offset == 0 else HOLDS
    assert judge("calendar", f"It opened on «{named}, 16 February 2022».") is expected


@pytest.mark.parametrize("weekday", ["Sunday", "Friday", "Monday"])
def test_calendar_proves_nothing_of_a_date_with_two_readings(judge, weekday):
    # 3 April 2022 was a Sunday, 4 March 2022 a Friday.
    assert judge("calendar", f"It opened on «{weekday} 03/04/2022».") is not HOLDS


# date_order

LIST = (
    "The bridge opened in the rain [1].\n\nReferences\n\n"
    '[1] Alder Courier, "Bridge opens," {dated}, https://www.aldercourier.example/bridge{seen}'
)


def judge_entry(judge, dated, **more):
    return judge("date_order", LIST.format(dated=dated, seen=""), expect={"of": "entry"}, **more)


@pytest.mark.parametrize(
    ("days", "answer"),
    [(-400, FAILS), (-1, FAILS), (0, FAILS), (1, UNKNOWN), (2, HOLDS), (3, HOLDS), (400, HOLDS)],
)
def test_date_order_gives_a_day_to_time_zones(judge, days, answer):
    day = date(2022, 6, 15) + timedelta(days=days)
    assert judge_entry(judge, f"«{written(day)}»", published="2022-06-15") is answer


@pytest.mark.parametrize(
    ("days", "answer"), [(-60, HOLDS), (-2, HOLDS), (-1, UNKNOWN), (0, FAILS), (5, FAILS)]
)
def test_date_order_weighs_retrieval_against_the_item(judge, days, answer):
    seen = written(date(2022, 5, 20) + timedelta(days=days))
    body = LIST.format(dated="‹20 May 2022›", seen=f" (accessed «{seen}»)")
    assert judge("date_order", body, expect={"of": "accessed"}) is answer


def test_date_order_goes_by_the_later_of_published_and_updated(judge):
    assert judge_entry(judge, "«20 June 2022»", published="2022-06-15") is HOLDS
    days = {"published": "2022-06-15", "updated": "2022-06-20"}
    assert judge_entry(judge, "«20 June 2022»", **days) is FAILS


def test_date_order_is_undecided_without_the_articles_day(judge):
    assert judge_entry(judge, "«20 June 2022»", published=None) is UNKNOWN


@pytest.mark.parametrize(
    ("dated", "answer"),
    [
        ("21 September 2025", HOLDS),
        ("2 September 2025", HOLDS),
        ("1 September 2025", UNKNOWN),
        ("20 August 2025", UNKNOWN),
        ("1 August 2025", FAILS),
        ("31 July 2025", FAILS),
    ],
)
def test_date_order_must_hold_on_every_day_the_article_may_speak_on(judge, dated, answer):
    body = LIST.format(dated=f"«{dated}»", seen="").replace("The bridge", "As of August 2025, it")
    assert judge("date_order", body, expect={"of": "entry"}, published=None) is answer


@pytest.mark.parametrize(
    ("published", "answer"),
    [
        ("2022-06-15", HOLDS),
        ("2022-06-30", UNKNOWN),
        ("2022-07-10", UNKNOWN),
        ("2022-08-01", FAILS),
    ],
)
def test_date_order_reads_a_month_as_all_of_its_days(judge, published, answer):
    assert judge_entry(judge, "«July 2022»", published=published) is answer


def test_date_order_speaks_of_references_alone(judge):
    body = "The bridge opens on «20 June 2022», the mayor said in the rain."
    assert judge("date_order", body, expect={"of": "entry"}) is UNKNOWN


# interval

KISHIDA = "Japanese Prime Minister Fumio Kishida"
LEFT = date(2024, 10, 1)


@pytest.mark.parametrize(
    ("days", "answer"),
    [
        *((-8, FAILS), (-7, UNKNOWN), (-1, UNKNOWN), (0, UNKNOWN), (1, UNKNOWN)),
        *((7, UNKNOWN), (8, HOLDS), (150, HOLDS)),
    ],
)
def test_interval_is_undecided_within_a_week_of_an_end(judge, days, answer):
    day = (LEFT + timedelta(days=days)).isoformat()
    assert judge("interval", f"«{KISHIDA}» met reporters in Tokyo.", published=day) is answer


@pytest.mark.parametrize(("days", "answer"), [(-9, HOLDS), (-8, HOLDS), (-7, UNKNOWN), (8, FAILS)])
def test_interval_is_undecided_within_a_week_of_a_beginning(judge, days, answer):
    day = (LEFT + timedelta(days=days)).isoformat()
    body = "«Japanese Prime Minister Shigeru Ishiba» met reporters."
    assert judge("interval", body, published=day) is answer


@pytest.mark.parametrize(
    ("claim", "published", "answer"),
    [
        ("former Japanese Prime Minister Fumio Kishida", "2023-05-01", HOLDS),
        ("former Japanese Prime Minister Fumio Kishida", "2025-05-01", FAILS),
        ("former Japanese Prime Minister Fumio Kishida", "2024-10-03", UNKNOWN),
        # He had not held it yet: the office is not over, but no table says what else is meant.
        ("former Japanese Prime Minister Shigeru Ishiba", "2023-05-01", UNKNOWN),
        # Twice in office, with four years between.
        ("former U.S. President Donald Trump", "2022-05-01", FAILS),
        ("former U.S. President Donald Trump", "2019-05-01", HOLDS),
        ("U.S. President Donald Trump", "2022-05-01", HOLDS),
        ("U.S. President Donald Trump", "2025-05-01", FAILS),
        ("then Japanese Prime Minister Fumio Kishida", "2025-05-01", UNKNOWN),
        ("late Japanese Prime Minister Shinzo Abe", "2025-05-01", UNKNOWN),
        ("acting Japanese Prime Minister Fumio Kishida", "2025-05-01", UNKNOWN),
    ],
)
def test_interval_knows_what_stands_before_a_title(judge, claim, published, answer):
    body = f"In Tokyo, reporters met «{claim}» on the steps."
    assert judge("interval", body, published=published) is answer


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("President Barack Obama", UNKNOWN),
        ("President Obama", UNKNOWN),
        ("U.S. President Barack Obama", HOLDS),
        ("President Barack Obama of the United States", HOLDS),
        ("Prime Minister Fumio Kishida", UNKNOWN),
        ("Prime Minister Fumio Kishida of Japan", HOLDS),
        ("Japan's Prime Minister Fumio Kishida", HOLDS),
    ],
)
def test_interval_leaves_a_title_kept_for_courtesy_undecided(judge, claim, answer):
    body = f"Barack Obama and Fumio Kishida spoke. Reporters met «{claim}» on the steps."
    assert judge("interval", body, published="2025-05-10") is answer


def test_courtesy_is_for_those_who_have_held_the_office(judge):
    body = "Reporters met «Prime Minister Shigeru Ishiba»."
    assert judge("interval", body, published="2022-05-10") is HOLDS
    assert judge("interval", body, published="2025-12-10") is UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        f"“We met «{KISHIDA}» on the steps,” a reporter said.",
        f'"We met «{KISHIDA}» on the steps," a reporter said.',
        f"In 2022, «{KISHIDA}» met reporters in Tokyo.",
        f"In March 2022 «{KISHIDA}» had met reporters in Tokyo.",
        "The bridge opened in the rain [1].\n\nReferences\n\n"
        f'[1] Alder Courier, "«{KISHIDA}» opens bridge," 2 May 2025',
        "Reporters met «Fumio Kishida» on the steps.",
        "Fumio Kishida spoke. Reporters met «Kishida» on the steps.",
        "Reporters met «the Japanese prime minister» on the steps.",
        "Reporters met «the mayor» on the steps.",
    ],
)
def test_interval_takes_only_an_office_claimed_in_prose_for_the_present(judge, body):
    assert judge("interval", body, published="2025-05-10") is UNKNOWN


def test_interval_takes_one_mention_for_a_claim(judge):
    two = "Japanese Prime Minister Fumio Kishida and German Chancellor Olaf Scholz"
    assert judge("interval", f"Reporters met «{two}».", published="2026-01-10") is UNKNOWN


def test_interval_is_undecided_without_the_articles_time(judge):
    assert judge("interval", f"«{KISHIDA}» met reporters.", published=None) is UNKNOWN


@pytest.mark.parametrize(
    ("month", "answer"),
    [("August 2025", HOLDS), ("October 2024", UNKNOWN), ("August 2024", FAILS)],
)
def test_interval_must_hold_on_every_day_of_an_explicit_time(judge, month, answer):
    body = f"As of {month}, «{KISHIDA}» is in Tokyo."
    assert judge("interval", body, published=None) is answer


def test_interval_is_undecided_after_what_the_table_knows(judge, knowledge):
    last = knowledge.known_until("terms")
    after = last + timedelta(days=1)
    body = f"«{KISHIDA}» met reporters."
    assert judge("interval", body, published=last.isoformat()) is HOLDS
    assert judge("interval", body, published=after.isoformat()) is UNKNOWN


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("Japanese Prime Minister Olaf Scholz", HOLDS),
        ("German Chancellor Olaf Scholz", FAILS),
        ("German Chancellor Fumio Kishida", HOLDS),
        # No table knows them.
        ("Alderwick Mayor Joan Pell", UNKNOWN),
        ("Japanese Prime Minister Joan Pell", UNKNOWN),
    ],
)
def test_interval_holds_person_country_and_office_together(judge, claim, answer):
    assert judge("interval", f"Reporters met «{claim}».", published="2023-05-10") is answer


# arithmetic


@pytest.mark.parametrize(
    ("length", "answer"),
    [
        ("«three years»", FAILS),
        ("«36 months»", FAILS),
        ("«five years»", HOLDS),
        ("«one year»", HOLDS),
        # Rounding, or counting both ends, may be off by one unit.
        ("«four years»", UNKNOWN),
        ("«two years»", UNKNOWN),
        ("«1,097 days»", UNKNOWN),
        ("«300 days»", HOLDS),
        ("«1,096 days»", FAILS),
        ("«1,099 days»", HOLDS),
        ("nearly «five years»", UNKNOWN),
        ("about «300 days»", UNKNOWN),
    ],
)
def test_arithmetic_reckons_behind_after(judge, length, answer):
    body = f"The bridge opened on ‹3 May 2022›, {length} after ‹3 May 2019›, in the rain."
    assert judge("arithmetic", body) is answer


@pytest.mark.parametrize(
    ("length", "answer"), [("two weeks", FAILS), ("three weeks", UNKNOWN), ("four weeks", HOLDS)]
)
@pytest.mark.parametrize(
    "body",
    [
        "It closed on ‹3 May 2022› and, «{}» later, on ‹17 May 2022›, opened again.",
        "The bridge opened on ‹17 May 2022›. That was «{}» after ‹3 May 2022›.",
        "The bridge opened on ‹17 May 2022›. It came «{}» after ‹3 May 2022›.",
        "It opened on ‹3 May 2022›, «{}» before ‹17 May 2022›, in the rain.",
    ],
)
def test_arithmetic_knows_its_constructions(judge, body, length, answer):
    assert judge("arithmetic", body.format(length)) is answer


@pytest.mark.parametrize(
    "body",
    [
        # Three dates: which two are meant?
        "It opened on ‹17 May 2022›, «three weeks» after ‹3 May 2022›, not on 18 May 2022.",
        # The other date stands in a sentence that nothing points back to.
        "It closed on ‹17 May 2022›. The mayor left «three weeks» after ‹3 May 2022›.",
        # Nothing ties the length to the dates.
        "It closed on ‹3 May 2022› for «three weeks» and opened on ‹17 May 2022›.",
        # The length counts from something else.
        "On ‹17 May 2022› the mayor, «three weeks» after his birthday on ‹3 May 2022›, left.",
        # A date without a year means what it is near to.
        "It opened on ‹17 May 2022›, «three weeks» after ‹3 May›.",
    ],
)
def test_arithmetic_guesses_no_dates(judge, body):
    assert judge("arithmetic", body) is UNKNOWN


def test_arithmetic_is_held_against_the_dates_it_reckons_with(judge):
    body = "{} was dry. It opened on ‹17 May 2022›, «six weeks» after {}."
    assert judge("arithmetic", body.format("‹9 May 2022›", "3 May 2022")) is UNKNOWN
    assert judge("arithmetic", body.format("9 May 2022", "‹3 May 2022›")) is HOLDS


# set

NUMBERED = (
    "The bridge opened in the rain [1]. The mayor spoke at length [2]. Nobody stayed dry {cited}."
    "\n\nReferences\n\n"
    '[«1»] Alder Courier, "Bridge opens," 2 May 2022\n'
    '[{second}] Alder Gazette, "Mayor speaks," 3 May 2022\n'
    '[{third}] Alder Echo, "Rain again," 4 May 2022'
)


@pytest.mark.parametrize(
    ("second", "third", "answer"),
    [
        ("«2»", "3", FAILS),
        ("«3»", "4", HOLDS),
        ("«9»", "10", HOLDS),
        ("«2»", "9", FAILS),  # the hole is elsewhere
        ("2", "«3»", FAILS),  # no neighbours, so nothing is missing between
        ("2", "«4»", FAILS),
        ("«1»", "2", FAILS),
    ],
)
def test_set_finds_a_hole_between_neighbours(judge, second, third, answer):
    body = NUMBERED.format(cited="[2]", second=second, third=third)
    assert judge("set", body, expect={"check": "sequence"}) is answer


PLAIN = NUMBERED.replace("«1»", "1")


@pytest.mark.parametrize(
    ("cited", "answer"),
    [
        ("[«3»]", FAILS),
        ("[«4»]", HOLDS),
        ("[«12»]", HOLDS),
        ("[1, «4»]", HOLDS),
        ("[1, «2»]", FAILS),
        ("on page «4»", UNKNOWN),
    ],
)
def test_set_looks_for_the_entry_of_a_marker(judge, cited, answer):
    body = PLAIN.format(cited=cited, second=2, third=3)
    assert judge("set", body, expect={"check": "entry"}) is answer


def test_set_is_undecided_without_a_list(judge):
    body = "The bridge opened in the rain [«4»]. The mayor spoke at length."
    assert judge("set", body, expect={"check": "entry"}) is UNKNOWN


def test_set_is_undecided_where_entries_bear_no_numbers(judge):
    body = (
        "The bridge opened in the rain [«4»].\n\nReferences\n\n"
        '- Alder Courier, "Bridge opens," 2 May 2022\n- Alder Gazette, "Mayor speaks," 3 May 2022'
    )
    assert judge("set", body, expect={"check": "entry"}) is UNKNOWN


# slot

BOX = (
    "{dated}, the council opened the new bridge in the rain. Nobody stayed dry.\n\n"
    "Timeline\n\n{label}: The council opened the new bridge in the rain."
)
FRAMED = {"type": "date", "basis": "constructed", "slot": "timeline"}


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("3 May 2022", FAILS),
        ("May 3, 2022", FAILS),
        ("2022-05-03", FAILS),
        ("4 May 2022", HOLDS),
        ("3 May 2021", HOLDS),
        ("May 2022", FAILS),
        ("June 2022", HOLDS),
        ("03/05/2022", UNKNOWN),  # 3 May, or 5 March
    ],
)
def test_slot_compares_the_dates_of_a_restatement(judge, label, answer):
    body = BOX.format(dated="On ‹3 May 2022›", label=f"«{label}»")
    assert judge("slot", body, expect=FRAMED) is answer
    turned = BOX.format(dated="On «3 May 2022»", label=f"‹{label}›")
    assert judge("slot", turned, expect=FRAMED) is answer


def test_slot_needs_the_frame_to_be_there(judge):
    body = BOX.format(dated="On ‹3 May 2022›", label="«4 May 2022»")
    other = body.replace("rain. Nobody", "snow. Nobody")
    assert judge("slot", other, expect=FRAMED) is UNKNOWN
    # Where people marked the two mentions, no frame is asked for.
    marked = {"type": "date", "basis": "annotated", "slot": "date of the opening"}
    assert judge("slot", other, expect=marked) is HOLDS


@pytest.mark.parametrize(
    ("one", "two", "answer"),
    [
        ("Fumio Kishida", "Prime Minister Kishida", FAILS),
        ("Prime Minister Fumio Kishida", "Chancellor Olaf Scholz", HOLDS),
        ("Fumio Kishida", "Prime Minister", UNKNOWN),
        ("Fumio Kishida", "the head of the council", UNKNOWN),
        # In no table: names are compared by their last words.
        ("Tunde Adeyemi", "Adeyemi", FAILS),
        ("Tunde Adeyemi", "Craig Laidlaw", HOLDS),
        ("Adeyemi", "Laidlaw", HOLDS),
        ("Joan Pell", "Joan Marsh", UNKNOWN),  # one who married, perhaps
        ("Mayor Pell", "Mayor Marsh", UNKNOWN),
        # No name ends the words.
        ("Tunde Adeyemi", "the substitute", UNKNOWN),
        ("the Japanese prime minister", "Adeyemi", UNKNOWN),
        ("Adeyemi", "1998", UNKNOWN),
    ],
)
def test_slot_compares_persons(judge, one, two, answer):
    expect = {"type": "person", "basis": "annotated", "slot": "who opened the bridge"}
    body = f"In the rain «{one}» opened the bridge. It was ‹{two}› who had it built."
    assert judge("slot", body, expect=expect, published="2023-05-10") is answer


@pytest.mark.parametrize(
    ("name", "published", "answer"),
    [
        ("Fumio Kishida", "2023-05-10", FAILS),
        ("Olaf Scholz", "2023-05-10", HOLDS),
        ("Fumio Kishida", "2025-05-10", HOLDS),
        ("Fumio Kishida", "2024-09-28", UNKNOWN),
        ("Fumio Kishida", None, UNKNOWN),
    ],
)
def test_slot_holds_an_office_against_its_holder_on_the_day(judge, name, published, answer):
    expect = {"type": "person", "basis": "annotated", "slot": "who opened the bridge"}
    body = f"In the rain ‹{name}› opened it. Reporters met the «Japanese prime minister» later."
    assert judge("slot", body, expect=expect, published=published) is answer


@pytest.mark.parametrize(
    ("teaser", "answer"),
    [("Prime Minister Fumio Kishida", FAILS), ("Shigeru Ishiba", HOLDS), ("Olaf Scholz", HOLDS)],
)
def test_slot_knows_a_headline_that_stands_twice(judge, teaser, answer):
    body = f"It rained in Tokyo.\n\nIn brief\n\n«{teaser}» opens the new bridge in Tokyo"
    expect = {"type": "person", "basis": "constructed", "slot": "headline"}
    title = "‹Fumio Kishida› opens the new bridge in Tokyo"
    assert judge("slot", body, title=title, expect=expect, published="2023-05-10") is answer
    otherwise = body.replace("opens", "closes")
    assert judge("slot", otherwise, title=title, expect=expect) is UNKNOWN


# What every re-checker answers to a witness that is none


BROKEN = "On Tuesday, 16 February 2022, Japanese Prime Minister Fumio Kishida spoke."


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize(
    "spans",
    [
        ((Span(0, 1, "Z"),), ()),
        ((Span(9_000, 9_004, "2022"),), ()),
        ((Span(3, 3, ""),), ()),
        ((), ()),
        ((), (Span(0, 1, "Z"),)),
        ((Span(0, 1, "A"),), (Span(10_000, 10_001, "x"),)),
    ],
)
@pytest.mark.parametrize("expect", [{}, {"of": 7}, {"check": None}, {"type": [], "basis": {}}])
def test_a_witness_that_points_nowhere_or_says_nothing_is_undecided(
    read, knowledge, rule, spans, expect
):
    witness = Witness(rule, *spans, expect=expect)
    assert recheck(witness, read(BROKEN), knowledge) is UNKNOWN


@pytest.mark.parametrize("rule", ["order", "near_duplicate", "pattern", "url", "reference"])
def test_a_rule_without_a_rechecker_is_undecided(judge, rule):
    assert judge(rule, "It opened on «Tuesday, 16 February 2022».") is UNKNOWN


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ("holds holds", HOLDS),
        ("holds fails", FAILS),
        ("holds unknown", UNKNOWN),
        ("unknown fails", FAILS),
        ("unknown unknown", UNKNOWN),
        ("holds", HOLDS),
    ],
)
def test_all_parts_of_a_proof_must_hold(read, knowledge, span_of, parts, answer):
    reading = read("Tuesday, 16 February 2022; Wednesday, 16 February 2022; and 16 February.")
    words = {
        "holds": "Tuesday, 16 February 2022",
        "fails": "Wednesday, 16 February 2022",
        "unknown": "16 February.",
    }
    proofs = tuple(
        Witness(Rule.CALENDAR, claim=(span_of(reading.text, words[part]),))
        for part in parts.split()
    )
    assert recheck(Witness(all_of=proofs), reading, knowledge) is answer
    nested = Witness(all_of=(Witness(all_of=proofs),))
    assert recheck(nested, reading, knowledge) is answer

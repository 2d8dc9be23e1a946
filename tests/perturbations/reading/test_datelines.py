"""Datelines, stamps, bylines, dated headlines, and relative times beside a date."""

import pytest

LEDE = "The council met in the rain and nobody stayed dry for long."


@pytest.mark.parametrize(
    "line",
    [
        "LONDON, 3 May 2022 (Calder Wire) — ",
        "LONDON, 3 May 2022 — ",
        "NEW YORK (Calder Wire), May 3, 2022 – ",
        "PORT ANSGAR, Wis., May 3, 2022 — ",
        "LONDON, 3 May (Calder Wire) - ",
        "(Calder Wire, 3 May 2022) — ",
        "3 May 2022 — ",
        "Published 3 May 2022\n\n",
        "Posted: May 3, 2022\n\n",
        "By Ann Lee, 3 May 2022\n\n",
        "Tuesday, 3 May 2022\n\n",
        "***London, 3 May 2022***\n\n",
    ],
)
def test_the_article_dates_itself(read, line):
    reading = read(line + LEDE)
    [found] = reading.timing.datelines
    assert "3" in found.date.text
    assert reading.text[found.span.start : found.span.end] == found.span.text
    assert found.span.covers(found.date)


@pytest.mark.parametrize(
    "text",
    [
        "The guide was updated on 3 May 2022.",
        "New rates from Wednesday, 3 May 2022",
        "County Cup semi-final, Mill Lane, 3 May 2022",
        "On 3 May 2022, the council met — and how.",
        "The President to host a concert on Monday, 3 May 2022",
        "“LONDON, 3 May 2022 — it rained,” she read.",
    ],
)
def test_other_dates_at_the_top_are_no_datelines(read, text):
    assert read(f"{text}\n\n{LEDE}").timing.datelines == ()


def test_a_date_far_down_is_no_dateline(read):
    body = f"{LEDE}\n\n{LEDE}\n\nLONDON, 3 May 2022 — {LEDE}"
    assert read(body).timing.datelines == ()


@pytest.mark.parametrize(
    ("words", "relative", "date"),
    [
        ("It opened yesterday, 12 June 2022, at noon.", "yesterday", "12 June 2022"),
        ("It opened yesterday (12 June), at noon.", "yesterday", "12 June"),
        ("It opened this year, in 2022, at last.", "this year", "2022"),
        ("It opened last month, in April, at last.", "last month", "April"),
        ("It opened today, Monday, 13 June 2022.", None, None),
        ("It opened today – 13 June 2022 – at noon.", "today", "13 June 2022"),
    ],
)
def test_a_date_beside_a_relative_time(read, words, relative, date):
    pairs = [(p.relative.text, p.date.text) for p in read(words).timing.pairs]
    if relative is None:
        assert all(one == "today" for one, _ in pairs)
    else:
        assert pairs == [(relative, date)]


@pytest.mark.parametrize(
    "words",
    [
        "Fifty years ago today, 3 May 1972, it opened.",
        "It opened last year and 2020 was worse.",
        "It opened between last year and May 2021.",
        "Last week, January 6 hearings began.",
        "“It opened yesterday, 12 March 2022,” she said.",
        "It opened on 3 May 2022, 12 March 2022 being too wet.",
    ],
)
def test_other_neighbours_are_no_pairs(read, words):
    assert read(words).timing.pairs == ()


@pytest.mark.parametrize(
    ("title", "stamped"),
    [
        ("Readout of the call, 3 May 2022", True),
        ("Readout of the call (3 May 2022)", True),
        ("3 May 2022: readout of the call", True),
        ("Readout of the call of 3 May 2022", False),
        ("What happened on 3 May 2022", False),
        ("Readout of the call", False),
    ],
)
def test_a_headline_is_dated_at_its_edge(read, title, stamped):
    found = read(LEDE, title=title).timing.stamp
    assert (found is not None) is stamped
    assert found is None or found.text == "3 May 2022"

"""Long texts: twice the text takes about twice the work, counted in calls, never in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

import pytest

from perturbations.defects.screen import screen
from perturbations.text import Article

MONTHS = ("January", "March", "May", "July", "September", "November")
NAMES = ("Olaf Scholz", "Emmanuel Macron", "Joe Biden", "Fumio Kishida", "Justin Trudeau")


def dated(index: int) -> str:
    return (
        f"The ministers met in Paris on {index % 28 + 1} {MONTHS[index % 6]} {2000 + index % 25} "
        f"and will meet again on {index % 27 + 1} {MONTHS[index % 5]} 2027."
    )


def named(index: int) -> str:
    one, two = NAMES[index % 5], NAMES[(index + 1) % 5]
    day = f"{index % 28 + 1} {MONTHS[index % 6]} 2023"
    return f"On {day}, President {one} met {two}; {one.split()[1]} thanked him."


def introduced(index: int) -> str:
    surname = "".join("Bcdfghjk"[index // 8**place % 8] + "aeio"[place % 4] for place in range(4))
    name = f"Anna {surname.capitalize()}"
    return f"Superintendent {name} counted {index + 2} votes. {name.split()[1]} then left."


def article(sentence: Callable[[int], str], count: int) -> Article:
    body = "\n\n".join(sentence(index) for index in range(count))
    return Article("long", "Ardville waits for the vote of its council", body, date(2025, 6, 1))


def calls(work: Callable[[], object]) -> int:
    """How many functions and generators of Python were entered or gone on with."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("sentence", [dated, named, introduced])
def test_reading_and_screening_twice_the_text_takes_about_twice_the_calls(
    sentence, reader, knowledge
):
    def work(count: int) -> int:
        text = article(sentence, count)
        return calls(lambda: screen(reader.read(text), knowledge))

    work(10)  # tables that are laid out at first use
    short, long = work(140), work(280)
    assert long < 2.4 * short

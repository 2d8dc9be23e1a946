"""What is cited in the prose: sources before addresses, links, footnotes, names with years."""

import pytest


@pytest.mark.parametrize(
    ("text", "outlet", "headline", "date", "hosts"),
    [
        (
            "Rain fell. (Reuters) https://www.reuters.com/world/rain-2025-05-03/",
            *("Reuters", None, None, ("reuters",)),
        ),
        (
            "Rain fell. (Alder Parish) https://www.reuters.com/world/rain-2025-05-03/",
            *(None, None, None, ("reuters",)),
        ),
        (
            "It rained ([Rain at last in Alder](https://www.holt.example/a), Holt Courier, "
            "3 May 2025).",
            *("Holt Courier", "Rain at last in Alder", "3 May 2025", ()),
        ),
        (
            "It rained, says [Reuters](https://www.reuters.com/world/rain-2025-05-03/).",
            *("Reuters", None, None, ("reuters",)),
        ),
        (
            "It rained ([here](https://www.holt.example/a)).",
            *(None, None, None, ()),
        ),
        (
            "[Rain at last in Alder](https://www.holt.example/a) was the headline.",
            *(None, "Rain at last in Alder", None, ()),
        ),
        ("See https://www.holt.example/a.", None, None, None, ()),
    ],
)
def test_addresses_in_prose_are_items_of_their_own(read, text, outlet, headline, date, hosts):
    [item] = read(text).citations.cited
    assert (item.outlet.text if item.outlet else None) == outlet
    assert (item.headline.text if item.headline else None) == headline
    assert (item.date.span.text if item.date else None) == date
    assert item.hosts == hosts


def test_addresses_in_the_list_are_the_entries(read):
    reading = read(
        'Rain fell on the town [1].\n\nReferences\n\n[1] Holt Courier, "Rain," 3 May 2025, '
        "https://www.holt.example/a"
    )
    assert reading.citations.cited == ()
    assert reading.citations.items == reading.citations.entries


FOOTNOTES = (
    "Rain fell.[^1] The sun[^2] shone, and [^7] is cited too.\n\n"
    '[^1]: Holt Courier, "Rain," 3 May 2025, https://www.holt.example/a\n'
    '[^2]: Holt Echo, "Sun," 4 May 2025, https://www.echo.example/b'
)


def test_footnotes_of_markdown_are_markers_and_notes(read):
    citations = read(FOOTNOTES).citations
    assert [(m.number, m.span.text) for m in citations.markers] == [
        *((1, "[^1]"), (2, "[^2]"), (7, "[^7]"))
    ]
    assert [(e.number, e.label.text, e.digits.text) for e in citations.entries] == [
        *((1, "[^1]:", "1"), (2, "[^2]:", "2"))
    ]
    assert citations.are_notes


NAMED = (
    "Rain fell (Holt Courier, 2025). The sun shone (Doe, 2024). It is warm (Brussels, 2025). "
    "{more}\n\nReferences\n\n"
    "Doe, J. (4 May 2024). Sun at noon. Holt Echo. https://www.echo.example/b\n"
    "Holt Courier (3 May 2025). Rain at last. https://www.holt.example/a"
)


@pytest.mark.parametrize(
    ("more", "markers"),
    [
        ("", [("Holt Courier", (1,)), ("Doe", (0,))]),
        (
            "Snow (Holt Courier, 2023).",
            [("Holt Courier", (1,)), ("Doe", (0,)), ("Holt Courier", ())],
        ),
        (
            "Snow (Ward Gazette, 2023).",
            [("Holt Courier", (1,)), ("Doe", (0,)), ("Ward Gazette", ())],
        ),
    ],
)
def test_names_with_years_are_markers_of_a_list_without_numbers(read, more, markers):
    found = read(NAMED.format(more=more)).citations.named_markers
    assert [(m.name.text, m.entries) for m in found] == markers


def test_names_with_years_are_none_without_such_a_list(read):
    assert read("Rain fell (Holt Courier, 2025).").citations.named_markers == ()
    numbered = NAMED.format(more="").replace("\nDoe", "\n[1] Doe").replace("\nHolt", "\n[2] Holt")
    assert read(numbered).citations.named_markers == ()

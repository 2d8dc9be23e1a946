"""Operators on entries: one that nobody cites, an address twice, a number twice."""

import re

import pytest

from perturbations.proposal import NotApplicable

ITEMS = (
    '[1] Alder Courier, "What to know about bridges," 3 June 2022, '
    "https://www.aldercourier.example/2022/06/03/what-to-know-about-bridges\n"
    '[2] Alder Gazette, "Five questions about bridges," 4 May 2022, '
    "https://www.aldergazette.example/2022/05/04/five-questions-about-bridges\n"
    '[3] Alder Echo, "Bridges in figures," 5 May 2022, '
    "https://www.alderecho.example/2022-05-05/bridges-in-figures"
)
BODY = (
    "The bridge opened in the rain on Monday [1]. The mayor spoke at length to the crowd and its "
    "guests. The children sang the song of the river twice [2]. Nobody in the town stayed dry that "
    "day [3]. The crowd went home by the old road at last.\n\nReferences\n\n" + ITEMS
)
NAMED = (
    "The bridge opened in the rain on Monday (Beck Courier, 2022). The mayor spoke at length to "
    "the crowd (Alder Gazette, 2022). Nobody in the town stayed dry that day (Cole Echo, 2022). "
    "The crowd went home by the old road at last.\n\nReferences\n\n"
    "Alder Gazette (5 May 2022). In figures. https://www.aldergazette.example/2022/05/05/figures\n"
    "Beck Courier (3 June 2022). What to know. https://www.beckcourier.example/2022/06/03/what\n"
    "Cole Echo (4 May 2022). Five questions. https://www.coleecho.example/2022/05/04/five"
)


@pytest.fixture
def build(workshop, make_article):
    return lambda name, body=BODY, seeds=10: workshop.over_seeds(
        f"citations.{name}", make_article(body), seeds
    )


@pytest.fixture
def refuse(workshop, make_article):
    def reason(name, body):
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(f"citations.{name}", workshop.subject(make_article(body)))
        return str(error.value)

    return reason


def parts(text):
    """Numbers cited in the prose, and entries by number."""
    prose, items = text.split("References\n\n")
    found = re.findall(r"^\[(\d+)\] (.*)", items, re.MULTILINE)
    return [int(n) for n in re.findall(r"\[(\d+)\]", prose)], [(int(n), t) for n, t in found]


def test_the_added_entry_is_cited_in_the_control_alone(build):
    numbers = set()
    for one in build("orphan", seeds=24):
        cited, entries = parts(one.text)
        assert [n for n, _ in entries] == [1, 2, 3, 4]
        [orphan] = {1, 2, 3, 4} - set(cited)
        assert one.defect.spans[0].text.startswith(f"[{orphan}]")
        right, listed = parts(one.control_text)
        assert listed == entries
        assert sorted(right) == [1, 2, 3, 4]
        assert right == sorted(right), "the control counts in the order of citing"
        changed = [(a, b) for a, b in zip(cited, right, strict=True) if a != b]
        assert len(changed) == 1, "one figure apart"
        numbers.add(changed[0])
    # What a variant cites falsely, another's control cites rightly.
    assert {wrong for wrong, _ in numbers} == {right for _, right in numbers} == {2, 4}


def test_the_added_name_stands_where_its_letter_does(build):
    for one in build("orphan", NAMED):
        lines = one.text.split("References\n\n")[1].split("\n")
        assert lines == sorted(lines, key=str.casefold)
        assert one.control_text.split("References\n\n")[1].split("\n") == lines
        outlet = one.defect.spans[0].text.split(" (")[0]
        assert f"({outlet}, 202" not in one.text
        assert f"({outlet}, 202" in one.control_text


def test_an_item_stands_twice_with_all_its_parts(build):
    for one in build("twice"):
        cited, entries = parts(one.text)
        texts = [text for _, text in entries]
        assert len(set(texts)) == 3
        assert texts.count(one.defect.spans[0].text) == 0
        assert sum(one.defect.spans[0].text in text for text in texts) == 2
        right, listed = parts(one.control_text)
        assert len({text for _, text in listed}) == 4
        assert cited == right == [1, 2, 3, 4]
        assert [n for n, _ in entries] == [n for n, _ in listed] == [1, 2, 3, 4]


def test_a_number_stands_twice_and_the_rest_stays(build):
    forms = set()
    for one in build("number_twice", seeds=16):
        numbers = [n for n, _ in parts(one.text)[1]]
        assert len(numbers) == 4
        assert set(numbers) == set(parts(one.text)[0]) == {1, 2, 3}
        cited, listed = parts(one.control_text)
        assert [n for n, _ in listed] == cited == [1, 2, 3, 4]
        assert [t for _, t in listed] == [t for _, t in parts(one.text)[1]]
        forms.add(tuple(numbers))
    assert forms == {(1, 1, 2, 3), (1, 2, 2, 3), (1, 2, 3, 3)}


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("twice", BODY.replace("References", "Notes"), "notes may cite a source again"),
        (
            "twice",
            BODY.replace("[2] Alder", "[2] ").replace("[", "[^").replace("\n[^1]", "\n[^1]:"),
            "fewer than three numbered references",
        ),
        (
            "twice",
            re.sub(r", https://\S+", "", BODY),
            "no entry of an invented outlet with an address",
        ),
        ("twice", NAMED, "fewer than three numbered references"),
        *(
            (name, re.sub(r" The (?:mayor|crowd)[^.\n]*\.", "", BODY), reason)
            for name in ("orphan", "twice", "number_twice")
            for reason in ("no sentence is left that could carry a marker",)
        ),
        (
            "orphan",
            NAMED.replace(" The crowd went home by the old road at last.", ""),
            "no sentence is left that could carry a marker",
        ),
        (
            "orphan",
            BODY.replace("Alder Courier", "Reuters").replace("aldercourier.example", "reuters.com"),
            "an entry that no invented item can stand beside",
        ),
    ],
)
def test_why_nothing_is_added(refuse, name, body, reason):
    assert refuse(name, body) == reason

"""Rule set, of entries: cited or not, once or twice."""

import re

import pytest

from perturbations.defects.recheck import recheck
from perturbations.defects.rules import orphans
from perturbations.knowledge import Truth

ENTRY = '{}Holt Courier, "Rain {}," 3 May 2022, https://www.holt.example/rain-in-the-town-{}'
PROSE = "Rain fell on the town{}. The sun shone on the hills{}. Snow lay on the river{}. "


def article(markers=(1, 2, 3), labels=(1, 2, 3), pages=(1, 2, 3), heading="References"):
    cited = [f" [{n}]" if n else "" for n in markers]
    lines = [ENTRY.format(f"[{n}] ", p, p) for n, p in zip(labels, pages, strict=True)]
    return PROSE.format(*cited) + f"\n\n{heading}\n\n" + "\n".join(lines)


def found(read, knowledge, body):
    reading = read(body)
    defects = list(orphans.find(reading, knowledge))
    assert all(recheck(d.witness, reading, knowledge) is Truth.HOLDS for d in defects)
    return [(d.witness.expect["of"], d.spans[0].text) for d in defects]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (article(), []),
        (article(markers=(1, 2, 2)), [("cited", "[3]")]),
        (article(markers=(1, 2, 0)), [("cited", "[3]")]),
        # Two that nobody cites are a bibliography in part; none cited is one.
        (article(markers=(1, 1, 1)), []),
        (article(markers=(0, 0, 0)), []),
        (article(markers=(1, 2, 0)).replace("river.", "river³."), []),
        (article(labels=(1, 2, 2)), [("once", "2")]),
        (article(labels=(1, 1, 1)), []),
        (article(labels=(1, 2, 4)), []),
        (article(pages=(1, 2, 1)), [("once", "https://www.holt.example/rain-in-the-town-1")]),
        (article(pages=(1, 2, 1), heading="Notes"), []),
        (article(pages=(1, 2, 1)).replace("rain-in-the-town", "data"), []),
        (
            article(pages=(1, 2, 1)).replace(
                "holt.example/rain-in-the-town-1\n", "holt.example/rain-in-the-town-1/#top\n"
            ),
            [("once", "https://www.holt.example/rain-in-the-town-1")],
        ),
    ],
)
def test_what_is_found(read, knowledge, body, expected):
    assert found(read, knowledge, body) == expected


NAMED = (
    "Rain fell (Holt Courier, 2022). The sun shone (Ward Echo, 2022). Snow lay{}.\n\nSources\n\n"
    "Beck Post (3 May 2022). Snow at last. https://www.beck.example/c\n"
    "Holt Courier (3 May 2022). Rain at last. https://www.holt.example/a\n"
    "Ward Echo (3 May 2022). Sun at last. https://www.ward.example/b"
)


@pytest.mark.parametrize(
    ("more", "count"), [("", 1), (" (Beck Post, 2022)", 0), (", said the Beck Post", 0)]
)
def test_entries_cited_by_name_and_year(read, knowledge, more, count):
    assert len(found(read, knowledge, NAMED.format(more))) == count


def test_a_name_without_its_entry_dangles(read, knowledge):
    from perturbations.defects.rules import sets

    whole = NAMED.format(" (Beck Post, 2022)")
    for body, count in ((whole, 0), (re.sub(r"\nBeck Post \(.*", "", whole), 1)):
        defects = list(sets.find(read(body), knowledge))
        assert [d.spans[0].text for d in defects] == ["(Beck Post, 2022)"] * count
        assert all(recheck(d.witness, read(body), knowledge) is Truth.HOLDS for d in defects)


def test_witnesses_on_a_sound_list_fail_and_on_nothing_are_unknown(read, knowledge):
    bad, good = read(article(markers=(1, 2, 2))), read(article())
    [orphan] = orphans.find(bad, knowledge)
    assert recheck(orphan.witness, good, knowledge) is Truth.FAILS
    assert recheck(orphan.witness, read("Nothing." + " " * 400), knowledge) is Truth.UNKNOWN
    [twice] = orphans.find(read(article(labels=(1, 2, 2))), knowledge)
    one, two = (good.citations.entries[n].digits for n in (1, 2))
    moved = twice.witness.mapped({twice.witness.claim[0]: one, twice.witness.claim[1]: two}.get)
    assert recheck(moved, good, knowledge) is Truth.FAILS
    elsewhere = twice.witness.mapped(lambda span: good.article.title_span)
    assert recheck(elsewhere, good, knowledge) is Truth.UNKNOWN

"""Operators on references: holes, markers without an entry, and dates that cannot be."""

import re
from datetime import date

import pytest

from perturbations.proposal import NotApplicable
from perturbations.reading.dates import read_date

LIST = (
    '[1] Alder Courier, "What to know about bridges," 3 June 2022, '
    "https://www.aldercourier.example/2022/06/03/what (accessed 8 June 2022)\n"
    '[2] Alder Gazette, "Five questions about bridges," 4 May 2022, '
    "https://www.aldergazette.example/2022/05/04/five\n"
    '[3] Alder Echo, "Bridges in figures," 5 May 2022, '
    "https://www.alderecho.example/2022-05-05/bridges (accessed 8 June 2022)\n"
    '[4] Alder Herald, "Rain again," May 6, 2022'
)
PROSE = (
    "The bridge opened in the rain on Monday [1]. The mayor spoke at length to the crowd [2]. "
    "Nobody in the town stayed dry that day [3]. The band played on in the rain until four [4]. "
    "The crowd went home by the old road at last. “We were wet,” the mayor said."
)
BODY = f"{PROSE}\n\nReferences\n\n{LIST}"


@pytest.fixture
def build(workshop, make_article):
    return lambda name, body=BODY, seeds=10, **more: workshop.over_seeds(
        f"citations.{name}", make_article(body, **more), seeds
    )


@pytest.fixture
def refuse(workshop, make_article):
    def reason(name, body, **more):
        subject = workshop.subject(make_article(body, **more))
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(f"citations.{name}", subject)
        return str(error.value)

    return reason


def listed(text):
    return [int(number) for number in re.findall(r"^\[(\d+)\]", text, re.MULTILINE)]


def cited(text):
    return [int(number) for number in re.findall(r"\[(\d+)\]", text.split("References")[0])]


# numbering_gap


def test_a_gap_is_left_in_the_variant_and_closed_in_the_control(build):
    gaps = set()
    for one in build("numbering_gap"):
        [dropped] = {1, 2, 3, 4} - set(listed(one.text))
        gaps.add(dropped)
        rest = [n for n in (1, 2, 3, 4) if n != dropped]
        assert listed(one.text) == cited(one.text) == rest
        assert listed(one.control_text) == cited(one.control_text) == [1, 2, 3]
        # Both drop the same entry: what is left differs by its numbers alone.
        assert re.sub(r"\[\d\]", "", one.text) == re.sub(r"\[\d\]", "", one.control_text)
        assert one.defect.spans[0].text == f"[{dropped + 1}]"
        assert one.defect.evidence[0].span.text == f"[{dropped - 1}]"
        assert "  " not in one.text
        assert " ." not in one.text
    assert gaps == {2, 3}


# dangling_marker


def footnotes(body=BODY):
    """The same article with Markdown's footnotes."""
    prose, _, items = body.partition("\n\nReferences\n\n")
    prose = re.sub(r" \[(\d)\]\.", r".[^\1]", prose)
    return prose + "\n\n" + re.sub(r"(?m)^\[(\d)\]", r"[^\1]:", items)


NAMED = (
    "The bridge opened in the rain on Monday (Alder Courier, 2022). The mayor spoke at length to "
    "the crowd (The Alder Gazette, 2022). Nobody in the town stayed dry that day (Alder Echo, "
    "2021). The band played on in the rain until four (Mercer, 2022). The crowd went home by the "
    "old road at last.\n\nReferences\n\n"
    "Alder Courier (3 June 2022). What to know. https://www.aldercourier.example/2022/06/03/what\n"
    "Alder Echo (4 May 2021). Five questions. https://www.alderecho.example/2021/05/04/five\n"
    "The Alder Gazette (5 May 2022). In figures. https://www.aldergazette.example/2022/05/05/bridges\n"
    "Mercer, J. (6 May 2022). Rain again. Alder Post. https://www.alderpost.example/2022/05/06/rain"
)


def test_any_footnote_of_markdown_can_be_missing(build):
    dropped, cited_instead = set(), set()
    for one in build("dangling_marker", footnotes()):
        marker = one.defect.spans[0].text
        number = marker.strip("[^]")
        assert f"\n{marker}:" not in one.text
        assert f"\n{marker}:" in one.source_text
        [other] = [after for before, after in one.control_changed() if before == number]
        assert f"\n[^{other}]:" in one.control_text
        assert "\n\n\n" not in one.text
        dropped.add(number)
        cited_instead.add(other)
    # One set of numbers: neither tells which is which.
    assert dropped == cited_instead == {"2", "3", "4"}


def test_any_name_with_its_year_can_be_missing(build):
    dropped, cited_instead = set(), set()
    for one in build("dangling_marker", NAMED, seeds=16):
        marker = one.defect.spans[0].text
        [other] = [after for before, after in one.control_changed() if before == marker]
        assert other in one.source_text
        assert one.text.count("https://") == one.control_text.count("https://") == 3
        dropped.add(marker)
        cited_instead.add(other)
    assert dropped == cited_instead
    assert len(dropped) == 3, "a surname alone is no marker once its entry is gone"


def test_a_counting_list_is_left_to_another_operator(refuse):
    assert refuse("dangling_marker", BODY) == "the list counts its entries"
    few = footnotes(BODY.replace(" [3]", "").replace(" [4]", "").replace(" [2]", ""))
    assert refuse("dangling_marker", few) == "fewer than three entries that are cited"


# number_beyond


def test_a_marker_has_no_entry_in_the_variant_and_one_in_the_control(build):
    ways = set()
    for one in build("number_beyond"):
        missing = set(cited(one.text)) - set(listed(one.text))
        assert len(missing) == 1
        assert not set(cited(one.control_text)) - set(listed(one.control_text))
        assert listed(one.text) == listed(one.control_text)
        assert one.defect.spans[0].text == f"[{missing.pop()}]"
        assert len(one.text) == len(one.control_text), "the length tells nothing"
        ways.add("added" if len(listed(one.text)) == 4 else "dropped")
        if len(listed(one.text)) == 4:
            [(_, inserted)] = one.changed()
            assert re.fullmatch(r" ?\[5\]", inserted)
            assert one.control_changed()[0][1].endswith("[4]")
        else:
            assert cited(one.text)[-1] == 4
            assert cited(one.control_text)[-1] == 3
    assert ways == {"added", "dropped"}


def test_an_added_marker_stands_as_the_others_do(build):
    added = [one for one in build("number_beyond") if len(listed(one.text)) == 4]
    assert added
    assert all(re.search(r" \[5\]\.", one.text) for one in added)
    behind = re.sub(r" \[(\d)\]\.", r".[\1]", BODY)
    added = [one for one in build("number_beyond", behind) if len(listed(one.text)) == 4]
    assert added
    assert all(re.search(r"\w\.\[5\]", one.text) for one in added)


def test_no_marker_is_added_to_a_quotation(build):
    for one in build("number_beyond", seeds=16):
        assert "“We were wet,” the mayor said." in one.text


def test_a_second_marker_of_any_number_is_added_beside_it(build):
    body = BODY.replace("The crowd went", "The children sang the song of the river. The crowd went")
    beside = set()
    for one in build("number_beyond", body, seeds=16):
        if len(listed(one.text)) == 4:
            numbers = [int(after.strip(" []")) for _, after in one.changed()]
            others = [int(after.strip(" []")) for _, after in one.control_changed()]
            assert len(numbers) == len(others) == 2
            assert max(numbers) == 5
            assert 4 in others
            assert [e.start for e in one.variant.version.ledger] == [
                e.start for e in one.variant.control.ledger
            ]
            beside |= {min(numbers), min(others)}
    assert beside == {1, 2, 3, 4}


# date_conflict


def test_an_item_is_dated_after_the_article_or_seen_before_it_appeared(build):
    kinds = set()
    for one in build("date_conflict", published="2022-06-15"):
        wrong = read_date(one.defect.spans[0].text).first
        kind = one.defect.witness.expect["of"]
        kinds.add(kind)
        if kind == "entry":
            assert (wrong - date(2022, 6, 15)).days >= 3
            assert one.defect.evidence[0].field == "published"
        else:
            [against] = one.defect.witness.against
            assert (read_date(against.text).first - wrong).days >= 3
    assert kinds == {"entry", "accessed"}


def test_the_control_moves_the_same_date_to_a_day_that_can_be(build):
    for one in build("date_conflict", published="2022-06-15"):
        assert [e.start for e in one.variant.version.ledger] == [
            e.start for e in one.variant.control.ledger
        ]
        (before, wrong), (_, right) = one.changed()[0], one.control_changed()[0]
        forms = [read_date(words).template for words in (before, wrong, right)]
        assert len(set(forms)) == 1
        day = read_date(right).first
        assert day != read_date(before).first
        assert day <= date(2022, 6, 15)


def test_an_address_that_tells_the_day_follows_in_both(build):
    body = BODY.replace(" (accessed 8 June 2022)", "")
    seen = set()
    for one in build("date_conflict", body, published="2022-06-15"):
        for text, changes in ((one.text, one.changed()), (one.control_text, one.control_changed())):
            day = read_date(changes[0][1]).first
            if len(changes) == 2:
                seen.add(changes[1][0])
                assert changes[1][1] in (f"{day:%Y/%m/%d}", f"{day:%Y-%m-%d}")
                assert changes[1][1] in text
    assert seen == {"2022/06/03", "2022/05/04", "2022-05-05"}


# Why not


@pytest.mark.parametrize("name", ["numbering_gap", "number_beyond", "orphan", "number_twice"])
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (PROSE, "fewer than three numbered references"),
        (BODY[: BODY.index("\n[3]")], "fewer than three numbered references"),
        (
            BODY.replace("[4]", "[6]"),
            "the references are not numbered 1, 2, 3 ...",
        ),
        (
            BODY.replace("day [3]", "day [2, 3]"),
            "several numbers share a marker's brackets",
        ),
        (
            BODY.replace("day [3]", "day [1–3]"),
            "several numbers share a marker's brackets",
        ),
    ],
)
def test_why_numbers_are_left_alone(refuse, name, body, reason):
    assert refuse(name, body) == reason


@pytest.mark.parametrize("name", ["numbering_gap", "number_beyond"])
def test_markdown_counts_its_footnotes_anew(refuse, name):
    reason = "footnotes of Markdown are counted anew, holes or not"
    assert refuse(name, footnotes()) == reason


@pytest.mark.parametrize("name", ["numbering_gap", "number_beyond", "orphan", "number_twice"])
@pytest.mark.parametrize("label", [lambda number: f"{number}.", lambda number: "¹²³⁴"[number - 1]])
def test_superscripts_stay_superscripts(build, name, label):
    def raised(match):
        return "¹²³⁴"[int(match.group(1)) - 1]

    prose, _, items = BODY.partition("\n\nReferences\n\n")
    prose = re.sub(r" \[(\d)\]", raised, prose)
    labelled = re.sub(r"(?m)^\[(\d)\]", lambda m: label(int(m.group(1))), items)
    body = f"{prose}\n\nNotes\n\n{labelled}"
    for one in build(name, body, seeds=4):
        for text in (one.text, one.control_text):
            assert "[" not in text
            assert not re.search(r"[a-z]\d\.", text.split("\n\nNotes")[0])


def test_why_dates_are_left_alone(refuse):
    undated = re.sub(r" (?:\d+ \w+|May 6,) 2022", "", BODY.replace(" (accessed 8 June 2022)", ""))
    assert refuse("date_conflict", undated) == "no reference with a full date"
    assert refuse("date_conflict", PROSE) == "no reference with a full date"
    assert refuse("date_conflict", BODY, published=None) == "the article's time is unknown"


@pytest.mark.parametrize("name", ["numbering_gap", "number_beyond", "date_conflict"])
def test_the_prose_stays_as_it_is_but_for_its_markers(build, name):
    for one in build(name, seeds=4):
        for text in (one.text, one.control_text):
            assert re.sub(r" \[\d\]", "", text.split("\n\nReferences")[0]) == re.sub(
                r" \[\d\]", "", one.source_text.split("\n\nReferences")[0]
            )

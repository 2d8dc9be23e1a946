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


def test_a_marker_has_no_entry_in_the_variant_and_one_in_the_control(build):
    ways = set()
    for one in build("dangling_marker"):
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
    added = [one for one in build("dangling_marker") if len(listed(one.text)) == 4]
    assert added
    assert all(re.search(r" \[5\]\.", one.text) for one in added)
    behind = re.sub(r" \[(\d)\]\.", r".[\1]", BODY)
    added = [one for one in build("dangling_marker", behind) if len(listed(one.text)) == 4]
    assert added
    assert all(re.search(r"\w\.\[5\]", one.text) for one in added)


def test_no_marker_is_added_to_a_quotation(build):
    for one in build("dangling_marker", seeds=16):
        assert "“We were wet,” the mayor said." in one.text


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


@pytest.mark.parametrize("name", ["numbering_gap", "dangling_marker"])
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


def test_why_dates_are_left_alone(refuse):
    undated = re.sub(r" (?:\d+ \w+|May 6,) 2022", "", BODY.replace(" (accessed 8 June 2022)", ""))
    assert refuse("date_conflict", undated) == "no reference with a full date"
    assert refuse("date_conflict", PROSE) == "no reference with a full date"
    assert refuse("date_conflict", BODY, published=None) == "the article's time is unknown"


@pytest.mark.parametrize("name", ["numbering_gap", "dangling_marker", "date_conflict"])
def test_the_prose_stays_as_it_is_but_for_its_markers(build, name):
    for one in build(name, seeds=4):
        for text in (one.text, one.control_text):
            assert re.sub(r" \[\d\]", "", text.split("\n\nReferences")[0]) == re.sub(
                r" \[\d\]", "", one.source_text.split("\n\nReferences")[0]
            )

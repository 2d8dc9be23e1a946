"""Frames of encounters, people in no table, pronouns, and the boxes that say them again."""

import pytest

from perturbations.reading.boxes import encounter_boxes, office_boxes, who_boxes
from perturbations.reading.encounter_mentions import EncounterKind, PronounForm


def parties(reading):
    return [tuple(p.span.text for p in e.parties) for e in reading.encounters]


@pytest.mark.parametrize(
    ("body", "kind", "mutual"),
    [
        ("President Biden spoke today with President Emmanuel Macron.", "call", True),
        ("President Biden met in Paris with President Emmanuel Macron.", "meeting", True),
        ("President Biden met President Emmanuel Macron on Monday.", "meeting", False),
        ("President Biden today hosted President Emmanuel Macron.", "meeting", False),
        ("President Biden thanked President Emmanuel Macron for coming.", "address", False),
        ("President Biden held a long call with President Emmanuel Macron.", "call", True),
        ("A call between President Biden and President Emmanuel Macron ended.", "call", True),
        ("President Biden and President Emmanuel Macron met on Monday.", "meeting", True),
        ("President Biden, and President Emmanuel Macron met on Monday.", None, True),
        ("President Biden came to Paris for talks with President Emmanuel Macron.", "call", True),
        ("Many saw President Biden’s meeting with President Emmanuel Macron.", "meeting", True),
        ("President Biden spoke on trade and praised President Emmanuel Macron.", None, True),
        ("President Biden met Ann Lee, who met President Emmanuel Macron.", None, True),
        ("President Biden refused and never met President Emmanuel Macron.", None, True),
        ("President Biden welcomed President Emmanuel Macron’s offer.", None, True),
    ],
)
def test_two_people_are_tied_by_what_stands_between_them(read, body, kind, mutual):
    found = read(body).encounters
    assert [str(e.kind) for e in found] == ([kind] if kind else [])
    assert all(e.mutual is mutual for e in found)


def test_a_headline_frame_and_a_list_are_marked(read):
    found = read(
        "President Biden spoke with President Emmanuel Macron and Chancellor Olaf Scholz.",
        title="Readout of President Biden’s Call with President Macron of France",
    ).encounters
    assert [(e.in_headline, e.more) for e in found] == [(True, False), (False, True)]
    assert found[0].kind is EncounterKind.CALL


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Talks between Japan and Italy go on.", [("Japan", "Italy")]),
        ("A treaty between the U.S. and Japan holds.", [("U.S.", "Japan")]),
        ("A deal between Georgia and Georgia Tech fell through.", []),
        ("Talks between Japan and Japan’s neighbours go on.", []),
        ("A match between Japan and Italy was lost.", []),
    ],
)
def test_countries_are_parties_of_nouns_that_need_two(read, body, found):
    assert parties(read(body)) == found


def test_nothing_in_a_reference_list_is_an_encounter(read):
    body = (
        "All is well [1].\n\nReferences\n\n[1] Courier, “Talks between Japan and Japan”, 1 May 2022"
    )
    assert read(body).encounters == ()


# People in no table


def chains(reading):
    found = {}
    for mention in reading.strangers:
        found.setdefault(mention.chain, []).append(mention.span.text)
    return list(found.values())


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            "Superintendent Karen Whitlow signed. Whitlow left, and Ms Whitlow’s car followed.",
            [["Superintendent Karen Whitlow", "Whitlow", "Ms Whitlow"]],
        ),
        ("Alan Firth, the club’s chairman, spoke. Mr Firth left.", [["Alan Firth", "Mr Firth"]]),
        ("Graham Pellow, 58, was jailed. Pellow wept.", [["Graham Pellow", "Pellow"]]),
        ("Judge Ann Lee met Mayor Tom Lee. Lee wept.", []),
        ("The Loan Relief Programme, the work of a teacher, began. Relief came.", []),
        ("Paris, the capital, slept.", []),
        ("Mayor Alice Denholm left. Ruth Denholm stayed.", [["Mayor Alice Denholm"]]),
    ],
)
def test_strangers_are_introduced_and_then_meant_by_surname(read, body, found):
    assert chains(read(body)) == found


def test_a_headline_may_give_the_surname_first(read):
    found = read("Mayor Alice Denholm cut the ribbon.", title="Mayor Denholm opens footbridge")
    assert chains(found) == [["Mayor Denholm", "Mayor Alice Denholm"]]


def test_particles_belong_to_a_surname(read):
    [first, again] = read("Founder Sorcha Ní Chonaill came. Ms Ní Chonaill left.").strangers
    assert (first.surname, again.honorific.text) == ("Ní Chonaill", "Ms")


# Pronouns


def test_pronouns_have_gender_and_form(read):
    found = read("She told her brother that Mr. Lee saw her. HE, the letters, is no word.").pronouns
    assert [(p.span.text, p.gender, p.form) for p in found] == [
        ("She", "f", PronounForm.SUBJECT),
        ("her", "f", PronounForm.POSSESSIVE),
        ("Mr.", "m", PronounForm.HONORIFIC),
        ("her", "f", PronounForm.OBJECT),
    ]


# Boxes

MET = "Joe Biden met President Emmanuel Macron on Monday. The weather was fine."


def test_a_box_restates_the_party_beside_the_one_that_both_name(read):
    found = list(encounter_boxes(read(f"{MET}\n\nWho met: President Joe Biden and Olaf Scholz")))
    assert [(one.text, two.text) for one, two in found] == [
        ("Olaf Scholz", "President Emmanuel Macron")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Who met: Olaf Scholz and Fumio Kishida",
        "Who met: President Joe Biden and Olaf Scholz in Paris",
        "Who spoke: President Joe Biden and Olaf Scholz",
        "Present: President Joe Biden and Olaf Scholz",
    ],
)
def test_a_line_that_is_no_such_box_restates_nothing(read, line):
    assert not list(encounter_boxes(read(f"{MET}\n\n{line}")))


def test_a_who_box_repeats_a_sentence_but_for_its_subject(read):
    said = "Alice Denholm opened the bridge on Monday morning."
    box = "Who did what\n\nMayor Denholm: opened the bridge on Monday morning."
    [(name, subject)] = who_boxes(read(f"{said}\n\n{box}"))
    assert (name.text, subject.text) == ("Mayor Denholm", "Alice Denholm")
    assert not list(
        who_boxes(read(f"{said} Tom Lee opened the bridge on Monday morning.\n\n{box}"))
    )
    assert not list(who_boxes(read(f"{said}\n\n{box.removeprefix('Who did what')}")))


def test_an_office_box_names_whose_post_it_is(read):
    line = "French President Emmanuel Macron took up his post in May 2017."
    [(pronoun, mention)] = office_boxes(read(f"It rained.\n\nIn office\n\n{line}"))
    assert (pronoun.text, mention.person) == ("his", "emmanuel-macron")
    assert not list(office_boxes(read(f"It rained.\n\n{line}")))

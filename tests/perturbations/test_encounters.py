"""Operators on who met whom and who is meant: variants, controls, and reasons for none."""

import re

import pytest

from perturbations.perturbation import Catalogue
from perturbations.proposal import NotApplicable
from perturbations.text import Span

CALL = (
    "President Joe Biden spoke today with President Emmanuel Macron of France about trade. "
    "The leaders agreed to stay in touch."
)
HEADLINE = "Readout of President Biden’s Call with President Macron of France"
LOCAL = (
    "Superintendent Karen Whitlow put the last contract of the year into a drawer.\n\n"
    "Whitlow signed three other papers in the library of the old school."
)


@pytest.fixture
def build(workshop, make_article):
    """All that an operator builds of a body over several seeds, each held to the contract."""
    return lambda name, body, seeds=12, slots=(), **more: workshop.over_seeds(
        name, make_article(body, **more), seeds, slots=slots
    )


@pytest.fixture
def refuse(workshop, make_article):
    """The reason why an operator has nothing to propose for a body."""

    def reason(name, body, slots=(), seed=1, **more):
        subject = workshop.subject(make_article(body, **more), slots)
        with pytest.raises(NotApplicable) as error:
            workshop.proposals(name, workshop.prepared(name, subject, seed), seed)
        return str(error.value)

    return reason


def lede(text):
    return text.split("\n\n")[1]


# self_meeting


def test_each_party_meets_itself_and_controls_keep_both(build):
    names = {"Biden": r"Biden|the U\.S\. president", "Macron": r"Macron|the French president"}
    seen = set()
    for one in build("leaders.self_meeting", CALL, 24):
        first, second = re.search(r"(.+?) spoke today with (.+?) about", lede(one.text)).groups()
        [who] = [n for n, forms in names.items() if re.search(forms, first)]
        assert re.search(names[who], second)
        kept = re.search(r"(.+?) spoke today with (.+?) about", lede(one.control_text)).groups()
        order = tuple(n for part in kept for n, forms in names.items() if re.search(forms, part))
        assert set(order) == set(names)
        seen |= {who, order}
    assert seen == {"Biden", "Macron", ("Biden", "Macron"), ("Macron", "Biden")}


def test_parties_do_not_change_places_where_more_is_said_of_one(build):
    body = CALL.replace("about trade", "to thank him for his help")
    for one in build("leaders.self_meeting", body, 12):
        assert re.match(r".*Biden spoke today with .*(?:Macron|French)", lede(one.control_text))


def test_parties_stay_where_the_sentence_points_to_a_country(refuse):
    body = "President Joe Biden met President Andrzej Duda of Poland in the east of that country."
    reason = "no encounter of two parties that can be written anew"
    assert refuse("leaders.self_meeting", body) == reason


def test_two_countries_become_one_with_their_articles(build):
    body = "The talks between Japan and the Netherlands went on all night."
    variants = {lede(one.text) for one in build("leaders.self_meeting", body, 12)}
    assert variants == {
        "The talks between Japan and Japan went on all night.",
        "The talks between the Netherlands and the Netherlands went on all night.",
    }
    [control] = {lede(one.control_text) for one in build("leaders.self_meeting", body, 12)}
    assert control == "The talks between the Netherlands and Japan went on all night."


@pytest.mark.parametrize(
    "body",
    [
        "It rained on Monday.",
        "President Joe Biden spoke with President Emmanuel Macron and Chancellor Olaf Scholz.",
        "“President Joe Biden spoke with President Emmanuel Macron,” she said.",
        "President Joe Biden met former Prime Minister Boris Johnson.",
    ],
)
def test_no_encounter_that_can_be_written_anew(refuse, body):
    reason = "no encounter of two parties that can be written anew"
    assert refuse("leaders.self_meeting", body, published="2023-06-15") == reason


# counterpart


def test_headline_and_lede_name_two_counterparts_and_both_are_crossed(build):
    seen = set()
    for one in build("leaders.counterpart", CALL, 40, title=HEADLINE):
        witness = one.defect.witness
        if witness.expect["basis"] != "anchored":
            continue
        places = [bool(re.search("Macron", span.text)) for span in witness.spans()]
        assert sorted(places) == [False, True]  # the other one stands in one of the two places
        told = one.control_text[: one.control_text.index("The leaders agreed")]
        assert told.count("Macron") in (0, 2)  # and in the control in both, or in neither
        seen |= {("variant", places[0]), ("control", "Macron" in told)}
    assert len(seen) == 4


def test_a_box_names_both_parties_and_another_leader_who_change_places(build):
    labels = set()
    for one in build("leaders.counterpart", CALL, 12):
        assert one.defect.witness.expect["basis"] == "constructed"
        label, names, other = re.search(
            r"\n\n([\w ]+): (.+)\n\n[\w ]+\n\n(.+) (?:took up|has held)", one.source_text
        ).groups()
        labels.add(label)
        assert re.fullmatch(r".*(Biden|Macron) and .*(Biden|Macron)", names)
        assert not re.search("Biden|Macron", other)
        for text, parties in ((one.text, 1), (one.control_text, 2)):
            line = text[text.index(f"{label}: ") :].split("\n")[0]
            assert len(re.findall("Biden|Macron", line)) == parties
    assert len(labels) > 1


def test_annotated_parties_are_used(build, span_of):
    body = "The deal was signed by President Emmanuel Macron. It was cold. Macron left at noon."
    text = f"A plain headline\n\n{body}"
    spans = span_of(text, "President Emmanuel Macron"), span_of(text, "Macron", 2)
    slots = (("the signatory", "party", spans),)
    found = build("leaders.counterpart", f"{body} Joe Biden met with Olaf Scholz.", 8, slots=slots)
    bases = {one.defect.witness.expect["basis"] for one in found}
    assert bases == {"annotated", "constructed"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("It rained.", "no encounter of two known people that a box could restate"),
        (
            "A meeting between Joe Biden and Olaf Scholz is possible.",
            "no encounter of two known people that a box could restate",
        ),
        (
            "Joe Biden met with former Prime Minister Boris Johnson.",
            "a party is marked as a former holder or the like",
        ),
    ],
)
def test_no_encounter_is_told_twice(refuse, body, reason):
    assert refuse("leaders.counterpart", body, published="2023-06-15") == reason


# mention


def test_a_stranger_is_somebody_else_in_one_of_two_mentions(build):
    seen = set()
    for one in build("leaders.mention", LOCAL, 30):
        witness = one.defect.witness
        assert witness.expect["basis"] == "constructed"
        own = [span.text.endswith("Whitlow") for span in witness.spans()]
        assert sorted(own) == [False, True]
        # Nobody comes in by surname alone: the full name stays, without its role.
        for text in (one.text, one.control_text):
            assert re.search(r"[A-Z]\w+ [A-Z][\w']+ put the last", text)
        # The person's name stands in every mention of the control, or in none.
        left = one.control_text.count("Whitlow")
        assert left in (0, one.source_text.count("Whitlow"))
        seen |= {("variant", own[0]), ("control", bool(left))}
    assert len(seen) == 4


def test_the_box_repeats_a_sentence_under_a_heading(workshop, make_article):
    for seed in range(8):
        subject = workshop.subject(make_article(LOCAL))
        text = workshop.prepared("leaders.mention", subject, seed).reading.text
        added = text.removeprefix(subject.reading.text)
        heading, *lines = added.strip().split("\n")
        assert heading
        for line in filter(None, lines):
            name, said = line.split(": ", 1)
            assert name == "Superintendent Karen Whitlow"
            assert f"Whitlow {said}" in LOCAL


def test_a_leader_is_exchanged_for_a_peer(build):
    body = "President Emmanuel Macron opened the new bridge over the river on Monday."
    for one in build("leaders.mention", body, 12):
        people = {m.person for m in one.variant.version.reading.people}
        assert one.defect.type == "mention_swap"
        assert len(people) == 2
        assert "emmanuel-macron" in people
        assert len({m.person for m in one.variant.control.reading.people}) == 1


def test_who_cannot_be_followed_through_the_article_is_left_alone(workshop, make_article):
    body = "President Emmanuel Macron opened the new bridge on Monday. France paid."
    subject = workshop.prepared("leaders.mention", workshop.subject(make_article(body)), 1)
    assert workshop.proposals("leaders.mention", subject) == []


def test_annotated_mentions_of_the_body_are_used(build, span_of):
    text = f"A plain headline\n\n{LOCAL}"
    spans = span_of(text, "Superintendent Karen Whitlow"), span_of(text, "Whitlow", 2)
    for one in build("leaders.mention", LOCAL, 8, slots=(("who signed", "person", spans),)):
        assert one.source_text.endswith(LOCAL)
        assert one.defect.witness.expect["basis"] == "annotated"


@pytest.mark.parametrize(
    "body",
    [
        "It rained on Monday and on Tuesday, too.",
        "Superintendent Karen Whitlow said that she was glad of it.",
        "“Superintendent Karen Whitlow put it into a drawer,” said the clerk.",
        "Superintendent Karen Whitlow’s dog slept in the drawer of the desk.",
    ],
)
def test_no_sentence_that_can_be_said_again(refuse, body):
    reason = "no sentence that begins with a person's name and stands alone"
    assert refuse("leaders.mention", body) == reason


# pronoun


def test_person_and_pronoun_are_crossed(build, knowledge):
    cells = set()
    for one in build("leaders.pronoun", "President Emmanuel Macron came home.", 30):
        for kind, text in (("variant", one.text), ("control", one.control_text)):
            line = text.rsplit("\n\n", 1)[1]
            name, pronoun = re.match(r"(.+?) (?:took up|has held) (his|her) post", line).groups()
            cells.add((kind, "Macron" in name, pronoun))
    assert cells == {
        ("variant", True, "her"),
        ("variant", False, "his"),
        ("control", True, "his"),
        ("control", False, "her"),
    }


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("It rained.", "nobody named is known to hold an office since a known month"),
        (
            "King Charles III slept.",
            "nobody named is known to hold an office since a known month",
        ),
        (
            "President Emmanuel Macron rose.\n\nIn office\n\nHe took up his post in May 2017.",
            None,
        ),
    ],
)
def test_no_leader_for_the_box(refuse, build, body, reason):
    if reason is None:
        assert build("leaders.pronoun", body, 2)
    else:
        assert refuse("leaders.pronoun", body) == reason


def test_the_operators_refuse_a_text_that_was_not_prepared(workshop, make_article):
    subject = workshop.subject(make_article("It rained.", title=""))
    reasons = {
        "leaders.counterpart": "no encounter of two known people is told twice",
        "leaders.mention": "nothing ties two mentions of one person in the body",
        "leaders.pronoun": "no box says since when somebody holds an office",
    }
    for name, reason in reasons.items():
        with pytest.raises(NotApplicable, match=reason):
            workshop.proposals(name, subject)
        assert Catalogue().load(name).preparation is not None
    assert Span.of(subject.reading.text, 0, 2).text == "It"

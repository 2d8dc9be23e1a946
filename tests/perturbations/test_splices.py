"""Passages of one article set into another: what can be, what is proven, what the control says."""

from datetime import date

import pytest

from perturbations.draw import Draw
from perturbations.knowledge import Truth
from perturbations.passages import passages_of
from perturbations.proposal import NotApplicable, Subject
from perturbations.reading.mentions import AsOf
from perturbations.splices import Lookback, Plain

OLD = (
    "Two governments agreed on a loan.\n\nJapanese Prime Minister Fumio Kishida promised money for "
    "small farms in the north of the country. He spoke for ten minutes in the harbour.\n\nThe "
    "loan is the third of its kind."
)
NEW = OLD.replace("Fumio Kishida", "Shigeru Ishiba")
BODY = (
    "A bridge was opened in the capital.\n\nIt cost four million and is made of steel and stone."
    "\n\n"
    "French President Emmanuel Macron sent his good wishes to the builders.\n\nThe old bridge is "
    "to be taken down in the autumn of the year."
)


@pytest.fixture(scope="module")
def passage(read, knowledge):
    """The passage of an article made of a body."""

    def make(body, day, id="donor"):
        found = passages_of(read(body, published=day, id=id), knowledge)
        assert len(found) == 1
        return found[0]

    return make


@pytest.fixture(scope="module")
def old(passage):
    return passage(OLD, "2022-02-16")


@pytest.fixture(scope="module")
def new(passage):
    return passage(NEW, "2025-03-16", "newer donor")


def subject_of(read, knowledge, passages, body=BODY, published="2025-05-03"):
    return Subject(read(body, published=published), knowledge, passages=tuple(passages))


def test_a_passage_knows_when_it_can_have_been_written(old, knowledge):
    assert old.text.startswith("Japanese Prime Minister Fumio Kishida promised")
    assert old.stands_at(AsOf.day(date(2022, 2, 16)), knowledge) is Truth.HOLDS
    assert old.stands_at(AsOf.day(date(2025, 5, 3)), knowledge) is Truth.FAILS
    assert old.stands_at(AsOf.day(date(2024, 10, 1)), knowledge) is Truth.UNKNOWN


@pytest.mark.parametrize(
    "sentence",
    [
        "But Japanese Prime Minister Fumio Kishida promised money for small farms of the north.",
        "Japanese Prime Minister Fumio Kishida also promised money for small farms of the north.",
        "Japanese Prime Minister Fumio Kishida said: “We will send money to the farms up north.”",
        "The announcement surprised Japanese Prime Minister Fumio Kishida and many of the farmers.",
        "Farmers told him that Japanese Prime Minister Fumio Kishida had promised more than this.",
        "Kishida promised money for small farms of the north and for the harbours of the south.",
        "Farmers of the north were promised money for small farms and for harbours of the south.",
        "Japanese Prime Minister Fumio Kishida promised money.",
        "Japanese Prime Minister Fumio Kishida welcomed the decision and promised money for farms.",
        "Japanese Prime Minister Fumio Kishida spoke at length on the death of a famous farmer.",
        "Yesterday, Japanese Prime Minister Fumio Kishida promised money for small farms up north.",
        "Japanese Prime Minister Fumio Kishida promised money for small farms an hour before.",
        "During the Forum, Japanese Prime Minister Fumio Kishida promised money for small farms.",
        "Japanese Prime Minister Fumio Kishida and Dr. Sato promised money for farms up north.",
        "Japanese Prime Minister Fumio Kishida promised **money** for small farms of the north.",
        "Japanese Prime Minister Fumio Kishida will visit the farms of the north on March 3-5.",
        "TOKYO — Japanese Prime Minister Fumio Kishida promised money for the farms of the north.",
        "Japanese Prime Minister Fumio Kishida promised money for northern farms on 3 May 2021.",
    ],
)
def test_what_leans_on_its_article_or_names_nobody_is_no_passage(read, knowledge, sentence):
    body = f"Two governments agreed on a loan.\n\n{sentence}\n\nThe loan is the third of its kind."
    assert passages_of(read(body, published="2022-02-16"), knowledge) == ()


def test_what_a_passage_has_named_it_may_speak_of(read, knowledge):
    kept = (
        "Japanese Prime Minister Fumio Kishida offered a deal on rice, and farmers took the deal."
    )
    body = f"Two governments agreed on a loan.\n\n{kept}\n\nThe loan is the third of its kind."
    (found,) = passages_of(read(body, published="2022-02-16"), knowledge)
    assert found.text == kept


def test_what_leans_later_in_a_paragraph_is_left_out(read, knowledge):
    body = OLD.replace("He spoke", "She spoke")
    (found,) = passages_of(read(body, published="2022-02-16"), knowledge)
    assert found.text.endswith("in the north of the country.")


@pytest.mark.parametrize("operator", [Lookback, Plain])
def test_the_passage_is_the_root_of_every_false_claim(
    workshop, read, knowledge, old, new, operator
):
    subject = subject_of(read, knowledge, [old, new])
    for proposal in operator().propose(subject, Draw(1)):
        variant = workshop.prover.prove(subject, proposal)
        first, *others = variant.defects
        assert first.type == "epoch_mismatch"
        assert first.spans[0].text in (old.text, new.text)
        assert others
        assert {(found.type, found.root) for found in others} == {("wrong_incumbent", "d1")}


def test_a_lookback_differs_from_its_control_in_the_day_alone(workshop, read, knowledge, old):
    subject = subject_of(read, knowledge, [old])
    days = set()
    for seed in range(20):
        for proposal in Lookback().propose(subject, Draw(seed)):
            variant = workshop.prover.prove(subject, proposal)
            (wrong,) = variant.version.ledger
            (right,) = variant.control.ledger
            assert wrong.start == right.start
            assert "16 February 2022" in right.after
            assert "16 February 2022" not in wrong.after
            assert right.after.replace("16 February 2022", "") in (
                wrong.after.replace(day, "") for day in _days_in(wrong.after)
            )
            days |= set(_days_in(wrong.after))
    assert len(days) > 3


def _days_in(text):
    line = text.strip().split("\n")[0].rstrip(":")
    return [" ".join(line.split()[-3:])]


def test_a_recent_passage_is_dated_as_an_old_one(workshop, read, knowledge, old, new):
    subject = subject_of(read, knowledge, [old, new])
    wrong = []
    for seed in range(12):
        for proposal in Lookback().propose(subject, Draw(seed)):
            variant = workshop.prover.prove(subject, proposal)
            wrong.append(variant.version.ledger.edits[0].after)
    assert any("Ishiba" in after and "2022" in after for after in wrong)
    assert any("Kishida" in after and "2025" in after for after in wrong)


def test_a_plain_control_is_older_than_the_article_and_true(workshop, read, knowledge, old, new):
    subject = subject_of(read, knowledge, [old, new])
    (proposal,) = Plain().propose(subject, Draw(1))
    assert "Ishiba" in proposal.control.ledger.edits[0].after
    for day in ("2025-03-01", "2025-07-03"):
        other = subject_of(read, knowledge, [old, new], published=day)
        with pytest.raises(NotApplicable, match="another period"):
            list(Plain().propose(other, Draw(1)))


def test_the_only_passage_that_shares_an_office_is_not_set_into_every_article(
    workshop, read, knowledge, old, passage
):
    shared = BODY.replace(
        "French President Emmanuel Macron", "Japan's Prime Minister Shigeru Ishiba"
    )
    abroad = OLD.replace("Japanese Prime Minister Fumio", "German Chancellor Olaf")
    abroad = abroad.replace("Kishida", "Scholz")
    others = [passage(abroad, f"2022-02-{day}", f"donor {day}") for day in range(10, 16)]
    subject = subject_of(read, knowledge, [old, *others], body=shared, published="2025-06-03")
    firsts = [
        next(iter(Lookback().propose(subject, Draw(seed)))).defects[0].spans[0].text
        for seed in range(24)
    ]
    assert 4 < sum("Kishida" in text for text in firsts) < 24


@pytest.mark.parametrize("operator", [Lookback, Plain])
@pytest.mark.parametrize(
    ("passages", "body", "published", "reason"),
    [
        (0, BODY, "2025-05-03", "has a passage to set in"),
        (2, BODY, None, "time is unknown"),
        (2, BODY.replace("French President Emmanuel Macron", "He"), "2025-05-03", "no office"),
        (2, BODY.split("\n\n")[2], "2025-05-03", "fewer than three"),
        (2, BODY, "2024-10-01", "another period"),
    ],
)
def test_why_not(read, knowledge, old, new, operator, passages, body, published, reason):
    subject = subject_of(read, knowledge, [old, new][:passages], body, published)
    if published == "2024-10-01":
        subject = subject_of(read, knowledge, [old], body, published)
    with pytest.raises(NotApplicable, match=reason):
        list(operator().propose(subject, Draw(1)))


def test_a_dated_line_gives_what_follows_its_own_time(read):
    reading = read(
        "It rained.\n\nAs we reported on 16 February 2022:\n\nIt was dry then.\n\nIt rains on.",
        published="2025-05-03",
    )
    ((passage, when),) = reading.times
    assert passage.text == "It was dry then."
    assert reading.as_of_at(passage) == when
    assert when.cue.text == "16 February 2022"
    assert reading.as_of_at(reading.layout.paragraphs[-1]) == reading.as_of

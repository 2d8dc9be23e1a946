"""Rule `slot/cited`: a sentence against the headline it cites, and outlets of one quotation."""

import pytest

from perturbations.defects import Rule, Witness
from perturbations.defects.recheck import recheck
from perturbations.defects.rules.cited import find
from perturbations.knowledge import Truth
from perturbations.reading.attributed_quotes import twice_attributed
from perturbations.reading.cited_values import cited_sentences

OTHER = "[2] Hill Echo, “A reader's guide to Alder,” 3 May 2022"


def listed(sentence, headline, outlet="Dobson Courier"):
    return (
        f"{sentence}[1] The matter is to be taken up again in the autumn.[2]\n\nReferences\n\n"
        f"[1] {outlet}, “{headline},” 14 June 2022\n{OTHER}"
    )


def answer(sentence, headline, read, knowledge):
    """What the rule says of the one value that both share; None where it sees none."""
    reading = read(listed(sentence, headline))
    pairs = [pair for cited in cited_sentences(reading, knowledge) for pair in cited.values]
    if not pairs:
        return None
    [(said, heard)] = pairs
    expect = {"of": "cited", "type": str(said.kind), "basis": "constructed"}
    witness = Witness(Rule.SLOT, (heard.span,), (said.span,), expect=expect)
    return recheck(witness, reading, knowledge)


@pytest.mark.parametrize(
    ("said", "heard", "expected"),
    [
        ("12 ships", "12 ships", Truth.FAILS),
        ("12 ships", "twelve ships", Truth.FAILS),
        ("12 ships", "Fourteen ships", Truth.HOLDS),
        ("1,200 ships", "1200 ships", Truth.FAILS),
        ("1,200 ships", "1,300 ships", Truth.HOLDS),
        ("about 12 ships", "14 ships", Truth.UNKNOWN),
        ("12 ships", "at least 14 ships", Truth.UNKNOWN),
        ("at least 12 ships", "12 ships", Truth.FAILS),
        # Another head noun: another count.
        ("12 ships", "14 barges", None),
        # Counted before, or a length of time: no count of its own.
        ("the 12 ships", "the 14 ships", None),
        ("12 days", "14 days", None),
    ],
)
def test_counts(read, knowledge, said, heard, expected):
    sentence = f"The port authority of Alder held {said} in the outer harbour on Monday."
    headline = f"Bulletin: Port authority of Alder held {heard} in the outer harbour on Monday"
    assert answer(sentence, headline, read, knowledge) is expected


@pytest.mark.parametrize(
    ("said", "heard", "expected"),
    [
        ("opened on 3 May 2022", "opened on 3 May 2022", Truth.FAILS),
        ("opened on 3 May 2022", "opened on May 3, 2022", Truth.FAILS),
        ("opened on 3 May 2022", "opened on 9 May 2022", Truth.HOLDS),
        ("opened in France", "opened in France", Truth.FAILS),
        ("opened in France", "opened in Spain", Truth.HOLDS),
        ("opened in France", "opened in Paris", Truth.UNKNOWN),
        ("opened by Angela Merkel", "opened by Chancellor Angela Merkel", Truth.FAILS),
        ("opened by Angela Merkel", "opened by Theresa May", Truth.HOLDS),
        ("approved", "rejected", Truth.HOLDS),
        ("approved", "approved", Truth.FAILS),
    ],
)
def test_dates_places_people_and_directions(read, knowledge, said, heard, expected):
    sentence = f"The long awaited Alder river bridge was {said} amid cheers."
    headline = f"Bulletin: Long awaited Alder river bridge was {heard} amid cheers"
    assert answer(sentence, headline, read, knowledge) is expected


def test_a_headline_on_something_else_restates_nothing(read, knowledge):
    sentence = "The port authority of Alder held 12 ships in the outer harbour on Monday."
    assert answer(sentence, "Storm drives 14 ships ashore near Wexcombe", read, knowledge) is None


def test_the_screen_finds_it_whichever_numbering(read, knowledge):
    body = listed(
        "The port authority of Alder held 12 ships in the outer harbour on Monday.",
        "Bulletin: Port authority of Alder held 14 ships in the outer harbour on Monday",
    )
    for marker, label in (("[{}]", "[{}] "), ("[^{}]", "[^{}]: ")):
        text = body
        for n in (1, 2):
            prose, heading, entries = text.partition("\n\nReferences\n\n")
            prose = prose.replace(f"[{n}]", marker.format(n))
            text = prose + heading + entries.replace(f"[{n}] ", label.format(n))
        reading = read(text)
        [found] = find(reading, knowledge)
        assert (found.type, found.spans[0].text) == ("unsupported_citation", "14")
        assert recheck(found.witness, reading, knowledge) is Truth.HOLDS
        assert found.witness.expect["basis"] == "constructed"


def test_two_markers_in_a_sentence_decide_nothing(read, knowledge):
    sentence = "The port authority of Alder held 12 ships in the harbour[2] on Monday morning."
    headline = "Bulletin: Port authority of Alder held 14 ships in the harbour on Monday morning"
    assert answer(sentence, headline, read, knowledge) is None


# Outlets

QUOTE = "We shall not sell the meadow to anybody"


def attributed(by, outlet, quote=QUOTE, cue="The words were published by the"):
    return (
        f"“{QUOTE},” said Ada Quill at the gate. {cue} {by}.[1] The matter is to be taken up "
        f"again in the autumn.[2]\n\nReferences\n\n"
        f"[1] {outlet}, “On record: ‘{quote}’ in full,” 14 June 2022\n{OTHER}"
    )


def test_a_quotation_of_one_outlet_in_another_ones_entry(read, knowledge):
    reading = read(attributed("Dobson Courier", "Wexcombe Gazette"))
    [found] = find(reading, knowledge)
    assert found.explanation == (
        "One quotation is attributed to Dobson Courier and to Wexcombe Gazette."
    )
    assert found.witness.expect == {"of": "cited", "type": "outlet", "basis": "anchored"}
    assert recheck(found.witness, reading, knowledge) is Truth.HOLDS


def test_the_same_outlet_fails_and_other_words_are_unknown(read, knowledge):
    reading = read(attributed("Dobson Courier", "The Dobson Courier"))
    [twice] = twice_attributed(reading)
    expect = {"of": "cited", "type": "outlet", "basis": "anchored"}
    witness = Witness(Rule.SLOT, (twice.one,), (twice.other,), expect=expect)
    assert recheck(witness, reading, knowledge) is Truth.FAILS
    for text in (
        attributed("Dobson Courier", "Wexcombe Gazette", quote="We shall sell the meadow"),
        # She may have told one paper what another one prints.
        attributed("Dobson Courier", "Wexcombe Gazette", cue="She told the"),
    ):
        assert list(twice_attributed(read(text))) == []


def test_one_quotation_told_to_two_outlets(read, knowledge):
    body = (
        f"“{QUOTE},” she told Reuters on the steps.\n\nThe mayor did not answer questions.\n\n"
        f"“{QUOTE},” she told {{}} on the steps."
    )
    [found] = find(read(body.format("the BBC")), knowledge)
    assert (found.spans[0].text, found.evidence[0].span.text) == ("BBC", "Reuters")
    assert list(find(read(body.format("Reuters")), knowledge)) == []

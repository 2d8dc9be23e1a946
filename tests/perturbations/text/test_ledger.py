"""Ledgers: apply, revert, map and compose, against an oracle that follows every code point."""

import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturbations.text import Edit, Ledger, LedgerError, Span

ANYTHING = st.data()


def followed(source, ledger):
    """The result as a list of origins: `("kept", source index)` or `("new", edit, position)`."""
    origins, at = [], 0
    for k, edit in enumerate(ledger.edits):
        origins += [("kept", i) for i in range(at, edit.start)]
        origins += [("new", k, j) for j in range(len(edit.after))]
        at = edit.end
    return origins + [("kept", i) for i in range(at, len(source))]


def spelt(origins, source, ledger):
    return "".join(
        source[o[1]] if o[0] == "kept" else ledger.edits[o[1]].after[o[2]] for o in origins
    )


def carried(source, ledger, start, end):
    """Where `start..end` lies in the result, found by looking for the code points themselves."""
    inside = set()
    for k, edit in enumerate(ledger.edits):
        covered = set(range(edit.start, edit.end))
        span = set(range(start, end))
        if covered and (covered <= span):
            inside.add(k)
        elif covered & span or (not span and edit.start < start < edit.end):
            return None
        elif not covered and start < edit.start < end:
            inside.add(k)
    origins = followed(source, ledger)
    mine = [
        i
        for i, o in enumerate(origins)
        if (o[0] == "kept" and start <= o[1] < end) or (o[0] == "new" and o[1] in inside)
    ]
    if mine:
        assert mine == list(range(mine[0], mine[-1] + 1)), "a span must stay in one piece"
        return mine[0], mine[-1] + 1
    return None if start == end else "swallowed"


@given(ANYTHING)
def test_applying_spells_what_the_origins_spell(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    assert ledger.apply(source) == spelt(followed(source, ledger), source, ledger)


@given(ANYTHING)
def test_reverting_gives_the_source_back(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    result = ledger.apply(source)
    back = ledger.revert(result)
    assert back == source
    assert back.encode("utf-8", "surrogatepass") == source.encode("utf-8", "surrogatepass")
    assert ledger.inverse().inverse().apply(source) == result


@given(ANYTHING)
def test_a_span_is_carried_forward_as_its_code_points_are(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    expected, found = carried(source, ledger, start, end), ledger.forward(start, end)
    if expected == "swallowed":
        assert found is not None
        assert found[0] == found[1]
    elif start != end:
        assert found == expected
    elif found is not None:
        kept = [i for i, o in enumerate(followed(source, ledger)) if o == ("kept", start)]
        assert found[0] == found[1]
        assert not kept or found[0] <= kept[0], "an empty span stays before what it stood before"


@given(ANYTHING)
def test_a_span_is_carried_back_as_its_code_points_are(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    origins = followed(source, ledger)
    start = data.draw(st.integers(0, len(origins)))
    end = data.draw(st.integers(start, len(origins)))
    found = ledger.backward(start, end)
    kept = [o[1] for o in origins[start:end] if o[0] == "kept"]
    if found is not None and kept:
        assert found[0] <= kept[0]
        assert kept[-1] < found[1]
        # Nothing that survived elsewhere is drawn in.
        outside = {o[1] for o in origins[:start] + origins[end:] if o[0] == "kept"}
        assert not outside & set(range(*found))
    if start < end and len(kept) == end - start and kept[-1] - kept[0] == end - start - 1:
        assert found == (kept[0], kept[-1] + 1), "an unbroken run comes back as it was"


@given(ANYTHING)
def test_there_and_back_is_where_one_was(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    there = ledger.forward(start, end)
    if there is None or there[0] == there[1]:
        return
    back = ledger.backward(*there)
    if back is not None:
        # What was deleted at the span's edge is lost to it; what survived is neither lost nor won.
        kept = {o[1] for o in followed(source, ledger) if o[0] == "kept"}
        assert kept & set(range(*back)) == kept & set(range(start, end))
    if all(edit.after and edit.before for edit in ledger):
        assert back == (start, end)


@given(ANYTHING)
def test_the_outcome_of_an_edit_is_what_it_put_there(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    result, origins = ledger.apply(source), followed(source, ledger)
    for k, edit in enumerate(ledger.edits):
        outcome = ledger.outcome(k)
        assert outcome.check(result).text == edit.after
        places = [i for i, o in enumerate(origins) if o[:2] == ("new", k)]
        assert list(range(outcome.start, outcome.end)) == places


@given(ANYTHING)
def test_composing_two_ledgers_does_what_both_do(arbitrary, data):
    source, first, second = data.draw(arbitrary.twice_edited)
    composed = first.then(second)
    result = second.apply(first.apply(source))
    assert composed.apply(source) == result
    assert composed.revert(result) == source
    assert Ledger(composed.edits) == composed, "the composed edits are a lawful ledger"


@given(ANYTHING)
def test_composing_is_associative_in_effect(arbitrary, data):
    source, first, second = data.draw(arbitrary.twice_edited)
    third = data.draw(arbitrary.ledgers_for(second.apply(first.apply(source))))
    result = third.apply(second.apply(first.apply(source)))
    assert first.then(second).then(third).apply(source) == result
    assert first.then(second.then(third)).apply(source) == result


@given(ANYTHING)
def test_composing_with_its_inverse_leaves_nothing(arbitrary, data):
    source, ledger = data.draw(arbitrary.edited)
    assert ledger.then(ledger.inverse()).edits == ()
    assert ledger.then(Ledger()).apply(source) == ledger.apply(source)
    assert Ledger().then(ledger).apply(source) == ledger.apply(source)


@given(ANYTHING)
def test_json_gives_the_ledger_back(arbitrary, data):
    _, ledger = data.draw(arbitrary.edited)
    assert Ledger.from_json(json.loads(json.dumps(ledger.to_json()))) == ledger


@given(ANYTHING)
def test_the_order_in_which_edits_are_given_does_not_matter(arbitrary, data):
    _, ledger = data.draw(arbitrary.edited)
    shuffled = data.draw(st.permutations(ledger.edits))
    assert Ledger(tuple(shuffled)) == Ledger.of(*shuffled) == ledger
    assert list(ledger) == sorted(shuffled)
    assert len(ledger) == len(shuffled)


# By hand


def test_insertions_at_the_edges_of_a_span_stay_outside():
    ledger = Ledger.of(Edit.insert(2, ">>"), Edit.insert(5, "<<"))
    assert ledger.apply("ab[x]cd") == "ab>>[x]<<cd"
    assert ledger.forward(2, 5) == (4, 7)
    assert ledger.backward(4, 7) == (2, 5)


def test_a_span_grows_with_an_edit_inside_and_is_lost_with_one_that_cuts_it():
    ledger = Ledger.of(Edit(4, 6, "ef", "EFG"))
    assert ledger.forward(3, 7) == (3, 8)
    assert ledger.forward(4, 6) == (4, 7)
    assert ledger.forward(5, 8) is None
    assert ledger.forward(3, 5) is None
    assert ledger.forward(5, 5) is None
    assert ledger.forward(6, 8) == (7, 9)


def test_deleting_a_span_whole_leaves_an_empty_one():
    assert Ledger.of(Edit(1, 3, "bc", "")).forward(1, 3) == (1, 1)
    assert Ledger.of(Edit(0, 4, "abcd", "")).forward(1, 3) is None


def test_edits_may_touch_where_both_replace():
    ledger = Ledger.of(Edit(0, 1, "a", "A"), Edit(1, 2, "b", ""), Edit(2, 3, "c", "CC"))
    assert ledger.apply("abcd") == "ACCd"
    assert ledger.revert("ACCd") == "abcd"


def test_an_edit_made_good_later_leaves_no_trace():
    first = Ledger.of(Edit(2, 5, "old", "brand new"))
    second = Ledger.of(Edit(2, 11, "brand new", "old"))
    assert first.then(second) == Ledger()


def test_later_edits_of_an_insertion_become_part_of_it():
    composed = Ledger.of(Edit.insert(3, " [1]")).then(Ledger.of(Edit(5, 6, "1", "2")))
    assert composed == Ledger.of(Edit.insert(3, " [2]"))


# Every refusal


@pytest.mark.parametrize(
    ("start", "end", "before", "after"),
    [(-1, 0, "a", "b"), (0, 2, "a", "b"), (3, 2, "", "b"), (0, 1, "e\u0301", "b"), (0, 0, "a", "")],
)
def test_an_edit_covers_what_it_replaces(start, end, before, after):
    with pytest.raises(LedgerError, match=f"edit {start}..{end}"):
        Edit(start, end, before, after)


@pytest.mark.parametrize("text", ["", "same"])
def test_an_edit_changes_something(text):
    with pytest.raises(LedgerError, match="changes nothing"):
        Edit(0, len(text), text, text)


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(0, 3, "abc", "x"), Edit(2, 4, "cd", "y")),
        (Edit(0, 4, "abcd", "x"), Edit(1, 2, "b", "y")),
        (Edit(0, 4, "abcd", "x"), Edit.insert(2, "y")),
        (Edit(0, 2, "ab", "x"), Edit.insert(2, "y")),
        (Edit.insert(0, "y"), Edit(0, 2, "ab", "x")),
        (Edit.insert(1, "x"), Edit.insert(1, "y")),
        (Edit(0, 2, "ab", "x"), Edit(0, 2, "ab", "y")),
    ],
)
def test_edits_that_overlap_or_touch_at_an_insertion_are_refused(edits):
    for order in (edits, edits[::-1]):
        with pytest.raises(LedgerError, match="overlap or touch"):
            Ledger(order)


@pytest.mark.parametrize("text", ["aXc", "a", "a\u0301b"])
def test_an_edit_that_does_not_find_its_text_is_refused(text):
    with pytest.raises(LedgerError, match=r"the edit at 1 expects 'b'"):
        Ledger.of(Edit(1, 2, "b", "B")).apply(text)


def test_an_insertion_beyond_the_text_is_refused():
    with pytest.raises(LedgerError, match="10"):
        Ledger.of(Edit.insert(10, "x")).apply("short")


def test_reverting_another_text_is_refused():
    with pytest.raises(LedgerError, match="expects 'B'"):
        Ledger.of(Edit(1, 2, "b", "B")).revert("abc")


def test_composing_with_edits_that_do_not_follow_is_refused():
    first = Ledger.of(Edit(0, 3, "one", "two"))
    with pytest.raises(LedgerError, match="does not follow"):
        first.then(Ledger.of(Edit(0, 3, "six", "ten")))


@pytest.mark.parametrize(
    "row",
    [
        {"start": 0, "end": 1, "before": "a"},
        {"end": 1, "before": "a", "after": "b"},
        {"start": "one", "end": 1, "before": "a", "after": "b"},
        {"start": None, "end": 1, "before": "a", "after": "b"},
        {"start": 0, "end": 4, "before": None, "after": "b"},
        {"start": 0.5, "end": 1, "before": "a", "after": "b"},
    ],
)
def test_a_malformed_row_is_refused_as_one(row):
    with pytest.raises(LedgerError):
        Ledger.from_json([row])


def test_rows_that_are_no_ledger_are_refused():
    with pytest.raises(LedgerError, match=r"edit 0\.\.2"):
        Ledger.from_json([{"start": 0, "end": 2, "before": "a", "after": "b"}])
    rows = [Edit(0, 2, "ab", "x").to_json(), Edit(1, 3, "bc", "y").to_json()]
    with pytest.raises(LedgerError, match="overlap"):
        Ledger.from_json(rows)


def test_edits_are_made_of_spans():
    span = Span(1, 3, "bc")
    assert Edit.replace(span, "x") == Edit(1, 3, "bc", "x")
    assert Edit.delete(span) == Edit(1, 3, "bc", "")
    assert Edit.insert(1, "x") == Edit(1, 1, "", "x")
    assert [e.growth for e in (Edit.replace(span, "x"), Edit.insert(1, "x"))] == [-1, 1]


def test_a_ledger_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Ledger().edits = (Edit.insert(0, "x"),)

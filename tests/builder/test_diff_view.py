"""Inline diffs: nothing is lost that is shown, and what is left out is said."""

from hypothesis import given
from hypothesis import strategies as st

from builder.diff_view import ELLIPSIS, WORDS, Change, Context, pieces, styled
from perturbations.text import Edit, Ledger, Span

TEXT = " ".join(f"word{n}" for n in range(40))


def replaced(text: str, words: str, after: str) -> Ledger:
    at = text.index(words)
    return Ledger.of(Edit(at, at + len(words), words, after))


def plain(source, ledger, marks=(), context=Context.WORDS):
    return styled(pieces(source, ledger, marks, context), colours=False).plain


def test_a_replacement_stands_between_a_few_words():
    ledger = replaced(TEXT, "word20", "other")
    before = " ".join(f"word{n}" for n in range(20 - WORDS, 20))
    after = " ".join(f"word{n}" for n in range(21, 21 + WORDS))
    assert plain(TEXT, ledger) == f"{ELLIPSIS}{before} [-word20-]{{+other+}} {after}{ELLIPSIS}"


def test_edits_that_are_near_share_their_words():
    ledger = Ledger((*replaced(TEXT, "word10", "x"), *replaced(TEXT, "word14", "")))
    shown = plain(TEXT, ledger)
    assert shown.count(ELLIPSIS) == 2
    assert "[-word10-]{+x+} word11 word12 word13 [-word14-] word15" in shown


def test_at_the_edges_nothing_is_left_out():
    assert plain("one two", replaced("one two", "one", "1")) == "[-one-]{+1+} two"
    assert plain("one two", Ledger.of(Edit.insert(7, " three"))) == "one two{+ three+}"


def test_the_paragraph_of_an_edit_is_shown_whole():
    text = "Headline\n\nFirst paragraph here.\n\nSecond, with many words.\n\nThird."
    shown = plain(text, replaced(text, "many", "few"), context=Context.PARAGRAPH)
    assert shown == f"{ELLIPSIS}Second, with [-many-]{{+few+}} words.{ELLIPSIS}"


def test_marks_are_shown_inside_and_outside_of_edits():
    ledger = replaced(TEXT, "word20", "some other")
    after = ledger.apply(TEXT)
    inside, outside = after.index("other"), after.index("word35")
    marks = [Span.of(after, inside, inside + 5), Span.of(after, outside, outside + 6)]
    shown = plain(TEXT, ledger, marks)
    assert "[-word20-]{+some +}{+<!other!>+} word21" in shown
    assert "<!word35!>" in shown


def test_colours_strike_what_goes_and_underline_what_is_wrong():
    ledger = replaced("Kan left.", "Kan", "Abe")
    text = styled(pieces("Kan left.", ledger, [Span(0, 3, "Abe")]), colours=True)
    assert text.plain == "KanAbe left."
    assert [(span.start, span.end, span.style) for span in text.spans] == [
        (0, 3, "red strike"),
        (3, 6, "green underline"),
    ]


def test_control_characters_are_made_inert():
    ledger = replaced("a b", "b", "\x1b[31mc")
    assert "\x1b" not in plain("a b", ledger)


@st.composite
def edited(draw):
    source = draw(st.text(alphabet="ab \n", max_size=60))
    edits, at = [], 0
    while at < len(source):
        start = draw(st.integers(at, len(source)))
        end = draw(st.integers(start, min(start + 6, len(source))))
        after = draw(st.text(alphabet="xy ", max_size=4))
        if source[start:end] != after:
            edits.append(Edit(start, end, source[start:end], after))
        at = end + 1
    marks = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3))
    return source, Ledger(tuple(edits)), marks


@given(edited(), st.sampled_from(Context))
def test_what_is_shown_is_what_stands_there(case, context):
    source, ledger, ranges = case
    outcome = ledger.apply(source)
    spans = [Span.of(outcome, min(pair), max(pair)) for pair in ranges if max(pair) <= len(outcome)]
    parts = pieces(source, ledger, spans, context)
    deleted = [part.text for part in parts if part.change is Change.DELETED]
    assert deleted == [edit.before for edit in ledger if edit.before]
    # Without what was left out, kept and inserted words are the outcome; with it, parts of it.
    at = 0
    for part in parts:
        if part.change in (Change.KEPT, Change.INSERTED):
            at = outcome.index(part.text, at) + len(part.text)
    if not any(part.change is Change.OMITTED for part in parts):
        kept = (part.text for part in parts if part.change is not Change.DELETED)
        assert "".join(kept) == outcome
    marked = "".join(part.text for part in parts if part.marked)
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert marked == "".join(char for i, char in enumerate(outcome) if i in covered)

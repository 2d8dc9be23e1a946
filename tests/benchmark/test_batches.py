from hypothesis import given
from hypothesis import strategies as st

from benchmark.batches import batches, hash_order
from benchmark.dataset import Example, Row
from perturbations.record import Kind


def rows_of(groups):
    examples = [Example(f"{i:04x}", "t", "", None, None, "en") for i in range(len(groups))]
    return [
        Row(example, 0, Kind.ORIGINAL, group, None, None, None, ())
        for example, group in zip(examples, groups, strict=True)
    ]


@given(st.lists(st.sampled_from("abcdefg"), max_size=80), st.integers(1, 9), st.randoms())
def test_every_row_once_no_group_twice_in_a_batch_whatever_the_order(groups, size, random):
    rows = rows_of(groups)
    group_of = {row.id: row.group for row in rows}
    found = list(batches(rows, size))
    assert sorted(e.id for batch in found for e in batch) == sorted(group_of)
    for batch in found:
        members = [group_of[example.id] for example in batch]
        assert len(set(members)) == len(members) <= size
    shuffled = rows[:]
    random.shuffle(shuffled)
    assert list(batches(shuffled, size)) == found


def test_order_does_not_follow_the_rows():
    rows = rows_of(["g"] * 200)
    assert [row.id for row in hash_order(rows, "p")] != [row.id for row in rows]
    assert hash_order(rows, "p") != hash_order(rows, "q")

"""What rows must be to each other: groups and splits, unique ids, pairs, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from builder.release.manifest import NAME as MANIFEST
from builder.release.manifest import row_counts
from builder.splits import split_of
from builder.verify.verification import Row, Rows, Verification
from perturbations.record import CANARY, Kind


def check_groups(rows: Rows, manifest: Row, found: Verification) -> None:
    """A group stands in the split that it is drawn into, in every config; an id stands once."""
    release = manifest["release"]
    groups: dict[str, set[str]] = {"natural": set(), "default": set()}
    for (config, split), part in rows.items():
        for group in sorted({row["group"] for row in part}):
            if config == "natural":
                groups["natural"].add(group)
                continue
            groups["default"].add(group)
            wanted = split_of(group, release["splits"], release["seed"])
            if split != wanted:
                found.fail(f"{config}/{split}", f"group {group} belongs into {wanted}")
    for group in sorted(groups["natural"] & groups["default"]):
        found.fail("natural/test", f"group {group} stands in the config default, too")
    found.checked["groups"] = len(groups["natural"] | groups["default"])
    _check_unique(rows, found)


def _check_unique(rows: Rows, found: Verification) -> None:
    """Ids are hashes of texts, so a text stands once in `default` and `natural` together."""
    whole = [row["id"] for (config, _), part in rows.items() if config != "pairs" for row in part]
    pairs = [row["pair_id"] for (name, _), part in rows.items() if name == "pairs" for row in part]
    for what, ids in (("id", whole), ("pair_id", pairs)):
        for one, count in Counter(ids).items():
            if count > 1:
                found.fail(
                    "pairs" if what == "pair_id" else "default",
                    f"{what} {one} stands {count} times",
                )


def check_pairs(rows: Rows, found: Verification) -> None:
    """Every pair repeats what the rows of `default` say, and every variant has its pair."""
    by_id = {row["id"]: row for (c, _), part in rows.items() if c == "default" for row in part}
    paired: set[str] = set()
    for (config, split), part in rows.items():
        for row in part if config == "pairs" else ():
            place = f"pairs/{split} row {row['pair_id']}"
            paired |= {row["variant_id"], row["control_id"]}
            found.checked["pairs"] += 1
            for problem in _pair_problems(row, by_id):
                found.fail(place, problem)
    for row in by_id.values():
        if row["kind"] in (Kind.VARIANT, Kind.CONTROL) and row["id"] not in paired:
            found.fail(
                f"default row {row['id']}", f"a {row['kind']} without its row in the config pairs"
            )


def _pair_problems(row: Row, by_id: Mapping[str, Row]) -> Iterator[str]:
    if row["canary"] != CANARY:
        yield "its canary is not the project's"
    for side in ("source", "variant", "control"):
        other = by_id.get(row[f"{side}_id"])
        if other is None:
            yield f"its {side} {row[f'{side}_id']} is no row of the config default"
        else:
            yield from _side_problems(row, side, other)


def _side_problems(row: Row, side: str, other: Row) -> Iterator[str]:
    kind = Kind.ORIGINAL if side == "source" else Kind(side)
    if other["kind"] != kind:
        yield f"its {side} is a row of kind {other['kind']}"
    if other["text"] != row[f"{side}_text"]:
        yield f"its {side}_text is not the text of that row"
    same = ["group", "published"]
    if side != "source":
        same += ["pair_id", "perturbation", "source_id"]
    for name in same:
        if other[name] != row[name]:
            yield f"its {name} is not that of its {side}"
    edits = {"variant": "edits", "control": "control_edits"}.get(side)
    if edits and row[edits] != other["edits"]:
        yield f"its {edits} are not those of that row"
    if side == "variant" and row["defects"] != other["defects"]:
        yield "its defects are not those of the variant"


def check_counts(rows: Rows, manifest: Row, found: Verification) -> None:
    """The counts of the manifest (and so of the card) are those of the rows."""
    for name, count in row_counts(rows).items():
        if manifest["rows"][name] != count:
            found.fail(MANIFEST, f"rows.{name} is {manifest['rows'][name]}, but counted {count}")
    roots = sum(
        row["kind"] == Kind.ORIGINAL and row["source_id"] is None
        for (config, _), part in rows.items()
        for row in (part if config == "default" else ())
    )
    natural = sum(len(part) for (config, _), part in rows.items() if config == "natural")
    articles: Mapping[str, int] = Counter(manifest["articles"])
    for what, said, count in (
        ("clean", articles["clean"], roots),
        ("natural and twin", articles["natural"] + articles["twin"], natural),
    ):
        if said != count:
            found.fail(MANIFEST, f"articles: {said} are called {what}, but {count} are there")
    found.checked["counts"] = len(manifest["rows"]) + 2

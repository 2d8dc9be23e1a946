"""SHA256SUMS: every file of a release with its checksum, in the form that `sha256sum -c` reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.release.shards import file_sha256

NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Writes the checksums of every other file of the folder."""
    lines = [f"{file_sha256(folder / name)}  {name}\n" for name in listed_files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def listed_files(folder: Path) -> list[str]:
    """Every file of the folder but SHA256SUMS, relative, with slashes, sorted; none hidden."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and path != folder / NAME
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def check_checksums(folder: Path) -> Iterator[str]:
    """Yields one line per file that is missing, added or changed, and per line that is none."""
    path = folder / NAME
    if not path.is_file():
        yield f"{NAME}: the file is missing"
        return
    listed: dict[str, str] = {}
    lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
    if lines.pop():
        yield f"{NAME}: its last line does not end in a line feed"
    for number, line in enumerate(lines, start=1):
        checksum, _, name = line.partition("  ")
        if len(checksum) != 64 or not name:
            yield f"{NAME} line {number}: not `<sha256>  <file>`: {line[:80]!r}"
            continue
        if name in listed:
            yield f"{NAME} line {number}: {name} is listed twice"
        listed[name] = checksum
    for name in listed_files(folder):
        if name not in listed:
            yield f"{name}: not listed in {NAME}"
        elif file_sha256(folder / name) != listed[name]:
            yield f"{name}: its sha256 is not the one in {NAME}"
    for name in listed:
        if not (folder / name).is_file():
            yield f"{name}: listed in {NAME}, but missing"

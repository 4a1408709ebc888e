"""Joins records of real documents with the user's own copies of their texts, by SHA-256.

The copies are text files (as `govextract.readers` reads them: without a byte order mark, nothing
else changed) and files of JSON lines with a key ``text``, plain or compressed.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govextract.corpus.model import text_sha256
from govextract.corpus.standoff import Record
from govextract.corpus.stripping import with_text
from govextract.readers import ReadError

_JSON_LINES = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that the user has.

    Attributes
    ----------
    name
        Its file, and the line where the file holds many.
    """

    name: str
    text: str
    sha256: str


def read_copies(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Copy]:
    """Yield the texts of files and folders, the latter with all below them.

    Raises
    ------
    OSError
        Where a path cannot be read.
    ValueError
        Where a line of JSON holds no object with a text.
    """
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            yield from _read_file(path)
            continue
        for below in sorted(path.rglob("*")):
            if below.is_file() and below.name.endswith((".txt", *_JSON_LINES)):
                yield from _read_file(below)


def _read_file(path: Path) -> Iterator[Copy]:
    if path.name.endswith(_JSON_LINES):
        yield from _read_json_lines(path)
        return
    from govextract.readers.text import read_txt

    try:
        text = read_txt(path.read_bytes()).text
    except ReadError:
        return  # a file that no reader takes for text is none of the texts looked for
    yield Copy(str(path), text, text_sha256(text))


def _read_json_lines(path: Path) -> Iterator[Copy]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                text = json.loads(line)["text"]
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}:{number}: no JSON object with a text") from error
            yield Copy(f"{path}:{number}", text, text_sha256(text))


def hydrate(
    records: Sequence[Record], paths: Iterable[str | os.PathLike[str]]
) -> tuple[list[Record], list[str]]:
    """Return the records whose texts are found, with them, and why the others are refused.

    Parameters
    ----------
    records
        Records without text; those that have one are returned as they are.
    paths
        Files and folders with texts.
    """
    wanted = {r["sha256"]: r for r in records if r["text"] is None}
    by_source = {r["source"]: r for r in wanted.values() if r["source"]}
    texts: dict[str, str] = {}
    differing: dict[str, Copy] = {}
    if wanted:
        for copy in read_copies(paths):
            if copy.sha256 in wanted:
                texts[copy.sha256] = copy.text
            elif (same_name := by_source.get(Path(copy.name).name)) is not None:
                differing[same_name["sha256"]] = copy
            if len(texts) == len(wanted):
                break
    filled = []
    refused = []
    for record in records:
        sha256 = record["sha256"]
        if record["text"] is not None:
            filled.append(record)
        elif sha256 in texts:
            filled.append(with_text(record, texts[sha256]))
        elif sha256 in differing:
            refused.append(
                f"{record['id']}: {differing[sha256].name} differs from the text that was"
                f" annotated: its sha256 is {differing[sha256].sha256}, not {sha256}"
            )
        else:
            refused.append(
                f"{record['id']}: no text with sha256 {sha256} ({record['length']:,} characters,"
                f" {record['issuer']}, {record['year']})"
            )
    return filled, refused

"""Makes the files of the corpus from its sources and the stored list of splits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.files import (
    AUTHORED,
    NAME,
    SPLITS,
    dump_records,
    read_exactly,
    read_records,
    record_files,
    records_name,
    source_paths,
    write_exactly,
)
from govextract.corpus.model import text_sha256
from govextract.corpus.splits import (
    AUTHORED_SPLITS,
    SplitRow,
    assign_splits,
    parse_splits,
    render_splits,
)
from govextract.corpus.standoff import Entry, to_record
from govextract.corpus.statistics import SIZES, sizes, sizes_of_records
from govextract.corpus.validating import validate_source

SPLITS_NAME = f"{NAME}.splits.tsv"
CHECKSUMS_NAME = f"{NAME}.sha256"
# The card of the data set; its figures stand between two comments and are written by the build.
CARD_NAME = "README.md"
_FIGURES = re.compile("(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.S)


def authored_entries(folder: Path) -> list[Entry]:
    """Return the authored documents of the corpus in `folder`.

    Raises
    ------
    CorpusError
        Naming everything that is wrong with any of them.
    """
    entries = []
    faults: list[Fault] = []
    for path in source_paths([folder / AUTHORED]):
        entry, found = validate_source(path)
        faults += found
        if entry is not None:
            entries.append(entry)
    if faults:
        raise CorpusError(faults)
    return entries


def split_rows(entries: Sequence[Entry], held: Sequence[SplitRow] = ()) -> list[SplitRow]:
    """Return the list of splits of `entries`; issuers in `held` stay in their splits."""
    splits = assign_splits(
        [entry.document.head for entry in entries], {row.issuer: row.split for row in held}
    )
    return [
        SplitRow(e.id, splits[e.id], e.document.head.issuer, text_sha256(e.text)) for e in entries
    ]


def stored_rows(folder: Path) -> list[SplitRow]:
    """Return the stored list of splits, empty where there is none yet."""
    path = folder / SPLITS_NAME
    return parse_splits(read_exactly(path), str(path)) if path.is_file() else []


def store_rows(folder: Path, rows: Sequence[SplitRow]) -> Path:
    """Write the list of splits and return its file."""
    write_exactly(folder / SPLITS_NAME, render_splits(rows))
    return folder / SPLITS_NAME


def placed(entries: Sequence[Entry], rows: Sequence[SplitRow]) -> list[Entry]:
    """Return `entries` with their splits.

    Raises
    ------
    CorpusError
        Where a document is in no split or its text is not the one that was listed.
    """
    listed = {row.id: row for row in rows}
    faults = []
    out = []
    for entry in entries:
        row = listed.get(entry.id)
        if row is None:
            faults.append(Fault(f"{entry.id}.txt", 2, "is in no split"))
        elif row.sha256 != text_sha256(entry.text):
            faults.append(Fault(f"{entry.id}.txt", 0, "its text is not the one in the splits"))
        else:
            out.append(replace(entry, split=row.split))
    if faults:
        raise CorpusError(faults)
    return out


def built_files(folder: Path) -> dict[str, str]:
    """Return the files of records of the authored splits, and the card, by name.

    Raises
    ------
    CorpusError
        As `authored_entries` and `placed`.
    """
    entries = placed(authored_entries(folder), stored_rows(folder))
    files = {
        records_name(split): dump_records([to_record(e) for e in entries if e.split == split])
        for split in AUTHORED_SPLITS
    }
    return files | card(folder, entries)


def card(folder: Path, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the card beside the folder with the figures of `entries`, by its relative name.

    The real documents are counted from their records, which need no text for that.
    """
    path = folder.parent / CARD_NAME
    if not path.is_file():
        return {}
    rows = {f"`{one}`": sizes([e for e in entries if e.split == one]) for one in AUTHORED_SPLITS}
    rows["authored, all"] = sizes(entries)
    for split in SPLITS:
        file = folder / records_name(split)
        if split not in AUTHORED_SPLITS and file.is_file():
            rows[f"`{split}`"] = sizes_of_records(read_records(file))
    head = ["split", *SIZES]
    lines = [f"| {' | '.join(head)} |", "|---" + "|---:" * len(SIZES) + "|"]
    lines += [f"| {name} | {' | '.join(f'{n:,}' for n in row)} |" for name, row in rows.items()]
    text = _FIGURES.sub(lambda _: "\n" + "\n".join(lines) + "\n\n", read_exactly(path))
    return {f"../{CARD_NAME}": text}


def stale_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return the names of files that are not in `folder` as `files` has them."""
    return [
        name
        for name, content in files.items()
        if not (folder / name).is_file() or read_exactly(folder / name) != content
    ]


def checksums(folder: Path) -> str:
    """Return the SHA-256 of the corpus files, in the form that ``sha256sum -c`` reads."""
    paths = [*record_files(folder), folder / SPLITS_NAME]
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in paths)
    return "".join(line + "\n" for line in lines)

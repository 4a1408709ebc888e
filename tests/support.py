"""Reads case files and gold that stands inline in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from govextract.corpus.files import FOLDER, records_name
from govextract.data import parse_rows
from govextract.rules.reading_copy import ReadingCopy

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[1] / "corpus" / FOLDER
_MARK = re.compile(r"⟦(\w+) |⟧")


def read_cases(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a case file; ``\\n`` in a field stands for a line break."""
    text = (CASES / name).read_text(encoding="utf-8")
    rows = list(parse_rows(text, name, columns))
    assert rows, f"{name} holds no case"
    return [{k: v.replace("\\n", "\n").replace("\\t", "\t") for k, v in r.items()} for r in rows]


def check_leads_back(text: str, copied: ReadingCopy, *, added: str = "") -> None:
    """Check that every character of a copy is the text's, but for those that were `added`."""
    copy = copied.document.text
    origins = [copied.offset(at) for at in range(len(copy))]
    assert all(copy[at] in (text[origin], *added) for at, origin in enumerate(origins))
    for block in copied.document.blocks:
        assert block.start < block.end
        edges = "\r\n" if block.kind == "table" else None  # a table may end in empty cells
        assert copy[block.start : block.end] == copy[block.start : block.end].strip(edges)


def in_order(copied: ReadingCopy) -> bool:
    """Tell whether a copy leaves the text in its order."""
    origins = [copied.offset(at) for at in range(len(copied.document.text))]
    return origins == sorted(set(origins))


def parse_inline(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return the text without its marks ⟦kind …⟧ and the marks as (kind, start, end)."""
    out: list[str] = []
    marks: list[tuple[str, int, int]] = []
    open_marks: list[tuple[str, int]] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        out.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match.group(1):
            open_marks.append((match.group(1), length))
        else:
            kind, start = open_marks.pop()
            marks.append((kind, start, length))
    assert not open_marks, f"unclosed mark in {marked!r}"
    out.append(marked[at:])
    return "".join(out), sorted(marks, key=lambda m: m[1])


def write_small_corpus(folder: Path) -> Path:
    """Write the records of a few short documents of each authored split, and return their folder.

    What a command does with the whole corpus in minutes, it does with these in seconds.
    """
    target = folder / FOLDER
    target.mkdir(parents=True)
    for split, n in (("train", 2), ("dev", 2), ("test", 2)):
        records = (CORPUS / records_name(split)).read_text(encoding="utf-8").splitlines()
        dense = [line for line in records if line.count('"AGENCY"') >= 20]
        short = sorted(dense, key=lambda line: (len(line), line))[:n]
        (target / records_name(split)).write_text("\n".join(short) + "\n", encoding="utf-8")
    return folder

"""Reads case files and gold that stands inline in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from govextract.data import parse_rows

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"⟦(\w+) |⟧")


def read_cases(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a case file; ``\\n`` in a field stands for a line break."""
    text = (CASES / name).read_text(encoding="utf-8")
    rows = list(parse_rows(text, name, columns))
    assert rows, f"{name} holds no case"
    return [{k: v.replace("\\n", "\n").replace("\\t", "\t") for k, v in r.items()} for r in rows]


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

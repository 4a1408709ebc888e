"""The document → its source form: text with marks that a person can read and edit.

The marks use the brackets ⟦ ⟧, which no circular holds, and may nest. They are described in
``corpus/GUIDELINES.md``, "Source form". `govextract.corpus.parsing` reads them back.
"""

from __future__ import annotations

from collections import defaultdict

from govextract.corpus.heads import render_head
from govextract.corpus.model import Document, Mark, MarkedTable, MarkKind
from govextract.records import Role

OPEN, CLOSE = "⟦", "⟧"
END_TASK = "⟦/T⟧"
END_TABLE = "⟦/TABLE⟧"
ROLE_NAMES: dict[str, Role] = {"lead": "lead", "resp": "responsible", "assist": "assist"}
FIELDS: dict[MarkKind, tuple[str, ...]] = {
    "M": ("indicator", "change", "comparison", "value", "value_max", "unit"),
    "D": ("date", "recurrence"),
    "T": ("number", "title"),
}


def render(document: Document) -> str:
    """Return the source file of a document.

    Raises
    ------
    ValueError
        Where marks cross, or are not in order.
    """
    return render_head(document.head) + render_body(document)


def render_body(document: Document) -> str:
    """Return the text of a document with its marks."""
    # At one place marks are closed before a table ends or begins and others are opened.
    closing: dict[int, list[str]] = defaultdict(list)
    tags: dict[int, list[str]] = defaultdict(list)
    opening: dict[int, list[str]] = defaultdict(list)
    for table in document.tables:
        _place_table(table, closing, tags)
    ends: dict[int, list[str]] = defaultdict(list)
    open_ends: list[int] = []
    last = 0
    for mark in document.marks:
        while open_ends and open_ends[-1] <= mark.start:
            open_ends.pop()
        if not last <= mark.start < mark.end or (open_ends and mark.end > open_ends[-1]):
            raise ValueError(f"marks cross or are out of order at {mark.start}")
        last = mark.start
        open_ends.append(mark.end)
        opening[mark.start].append(_opening(mark))
        ends[mark.end].insert(0, END_TASK if mark.kind == "T" else CLOSE)
    out = []
    at = 0
    for place in sorted({*closing, *tags, *opening, *ends}):
        out.append(document.text[at:place])
        at = place
        for group in (ends, closing, tags, opening):
            out += group.get(place, ())
    out.append(document.text[at:])
    return "".join(out)


def _place_table(
    table: MarkedTable, closing: dict[int, list[str]], tags: dict[int, list[str]]
) -> None:
    """Place the lines around a table and the tabs of cells that have no text."""
    merge = f" merge={','.join(map(str, table.merge))}" if table.merge else ""
    tags[table.start].append(f"⟦TABLE{merge}⟧\n")
    for row in table.rows:
        tabs = 0
        end = None
        for cell in row:
            if cell is None:
                tabs += 1
                continue
            tags[cell[0]].append("\t" * tabs)
            tabs, end = 0, cell[1]
        if end is not None:
            closing[end].append("\t" * tabs)
    tags[table.end + 1].append(f"{END_TABLE}\n")


def _opening(mark: Mark) -> str:
    """Return what stands before the text of a mark."""
    given = dict(mark.attributes)
    if mark.kind == "T":
        return OPEN + " ".join(["T", *(f"{k}={v}" for k, v in given.items())]) + CLOSE
    if mark.kind == "H":
        return f"{OPEN}H{mark.level} "
    if mark.kind == "A" and mark.role is not None:
        role = next(name for name, role in ROLE_NAMES.items() if role == mark.role)
        name = f"={given['name']}" if "name" in given else ""
        return f"{OPEN}A.{role}{name} "
    fields = ";".join(f"{k}={v}" for k, v in given.items())
    return f"{OPEN}{mark.kind}{{{fields}}} " if fields else f"{OPEN}{mark.kind} "

"""Puts paragraphs and tables together to the one text, with their blocks and offsets."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govextract.readers.document import Block, Cell, Format, SourceDocument, Table, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Characters that are not printed are left out: control characters, soft hyphens, zero-width
# spaces and joiners, byte order marks. A no-break space is a blank like any other.
_UNPRINTED = dict.fromkeys(
    (*range(32), *range(127, 160), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
)
_PRINTED: dict[int, str | None] = {
    **_UNPRINTED,
    9: "\t",
    10: "\n",
    11: "\n",
    13: "\n",
    0x85: "\n",
    0xA0: " ",
    0x2028: "\n",
    0x2029: "\n",
    # A font of a PDF may map to half of a surrogate pair, which is no character.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_MARGIN = " \t\u3000\u2002\u2003"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table before its text has a place in the document."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


def clean_text(text: str) -> str:
    r"""Return `text` as printed: no control or zero-width characters, every line break a line feed.

    Examples
    --------
    >>> clean_text("\u200b2024年\xa0\v市政府")
    '2024年 \n市政府'
    """
    return text if text.isprintable() else text.translate(_PRINTED)


class DocumentBuilder:
    r"""Collects paragraphs and tables in reading order.

    Examples
    --------
    >>> builder = DocumentBuilder("html", b"")
    >>> builder.paragraph("一、总体要求")
    >>> builder.table([GridCell(0, 0, "任务"), GridCell(0, 1, "单位")])
    >>> builder.build().text
    '一、总体要求\n任务\t单位'
    """

    def __init__(self, format: Format, data: bytes) -> None:
        self.document = SourceDocument(text="", format=format, sha256=sha256_of(data))
        self._parts: list[str] = []
        self._length = 0

    def _append(self, text: str) -> tuple[int, int]:
        if self._parts:
            self._parts.append("\n")
            self._length += 1
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    def paragraph(self, text: str) -> None:
        """Add each non-blank line of `text` as a paragraph, without blanks at its ends."""
        for line in clean_text(text).split("\n"):
            line = line.strip(_MARGIN)
            if line:
                start, end = self._append(line)
                self.document.blocks.append(Block("paragraph", start, end))

    def table(self, cells: Iterable[GridCell]) -> None:
        """Add a table; rows without any text are left out, a table without text entirely.

        A table in which a single cell has text is a frame around paragraphs and becomes them.
        """
        grid = compact_grid(replace(cell, text=_cell_text(cell.text)) for cell in cells)
        if sum(1 for cell in grid if cell.text) <= 1:
            for cell in grid:
                self.paragraph(cell.text)
            return
        rows: dict[int, list[GridCell]] = defaultdict(list)
        for cell in grid:
            rows[cell.row].append(cell)
        placed: list[Cell] = []
        pieces: list[str] = []
        at = self._length + (1 if self._parts else 0)
        for row in range(max(rows) + 1):
            if row:
                pieces.append("\n")
                at += 1
            for index, cell in enumerate(sorted(rows.get(row, ()), key=lambda c: c.col)):
                if index:
                    pieces.append("\t")
                    at += 1
                pieces.append(cell.text)
                placed.append(
                    Cell(row, cell.col, at, at + len(cell.text), cell.rowspan, cell.colspan)
                )
                at += len(cell.text)
        start, end = self._append("".join(pieces))
        table = Table(
            start,
            end,
            tuple(placed),
            n_rows=max(c.row + c.rowspan for c in grid),
            n_cols=max(c.col + c.colspan for c in grid),
        )
        self.document.blocks.append(Block("table", start, end, table))

    def build(self) -> SourceDocument:
        """Return the document."""
        self.document.text = "".join(self._parts)
        return self.document


def compact_grid(cells: Iterable[GridCell]) -> list[GridCell]:
    """Drop the rows in which no cell that begins there has text; merged cells shrink with them.

    Examples
    --------
    >>> compact_grid([GridCell(0, 0, "a", rowspan=3), GridCell(1, 1, ""), GridCell(2, 1, "b")])
    [GridCell(row=0, col=0, text='a', rowspan=2, colspan=1), GridCell(row=1, col=1, text='b', rowspan=1, colspan=1)]
    """
    listed = sorted(cells, key=lambda c: (c.row, c.col))
    filled = {cell.row for cell in listed if cell.text}
    kept_before = [0]
    for row in range(max((c.row + c.rowspan for c in listed), default=0)):
        kept_before.append(kept_before[-1] + (row in filled))
    return [
        replace(
            cell,
            row=kept_before[cell.row],
            rowspan=kept_before[cell.row + cell.rowspan] - kept_before[cell.row],
        )
        for cell in listed
        if cell.row in filled
    ]


def _cell_text(text: str) -> str:
    # A tab separates cells, so inside a cell it is a blank.
    lines = (line.strip(_MARGIN) for line in clean_text(text).replace("\t", " ").split("\n"))
    kept = [line for line in lines if line]
    if len(kept) > 2 and all(len(line) == 1 and "\u4e00" <= line <= "\u9fff" for line in kept):
        return "".join(kept)  # a name set upright in a narrow column
    return "\n".join(kept)


_BLANKS = re.compile(r"\s+")


def rows_as_text(cells: Sequence[GridCell]) -> str:
    """Return a nested table as plain lines, its cells separated by blanks."""
    lines: dict[int, list[str]] = defaultdict(list)
    for cell in cells:
        if cell.text:
            lines[cell.row].append(_BLANKS.sub(" ", cell.text))
    return "\n".join(" ".join(lines[row]) for row in sorted(lines))

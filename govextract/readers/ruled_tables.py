"""Tables drawn with rules: cells to a grid, and the parts of a table that runs over pages to one."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govextract.readers.builder import GridCell
from govextract.readers.page_lines import NUMBERED, Line, cell_text, is_full, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govextract.readers.page_lines import Glyph

Box = tuple[float, float, float, float]
_SAME_RULE = 3.0  # rules closer than this (points) are one
_SAME_COLUMN = 6.0  # on two pages a column may be placed this much differently
_ENDS = "。；;！!？?"
_NUMBER = re.compile(r"[（(]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,4}|[①-⑳])[）).．、]?")
_TINY = 2  # so few characters fill any column: they do not show that a text goes on


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell: its place in the grid, its width and its lines."""

    row: int
    col: int
    rowspan: int
    colspan: int
    width: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Return the cell's text."""
        return cell_text(self.lines, self.width)


@dataclass(slots=True)
class RuledTable:
    """A table on a page, or several parts of one joined."""

    top: float
    bottom: float
    edges: list[float]
    cells: list[RuledCell]
    n_rows: int

    def row(self, number: int) -> list[RuledCell]:
        """Return the cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]

    def grid(self) -> list[GridCell]:
        """Return the cells with their text."""
        return [GridCell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in self.cells]


def ruled_table(boxes: Sequence[Box], glyphs: Iterable[Glyph]) -> RuledTable | None:
    """Return the table whose cells are `boxes`, None where fewer than two have text.

    Parameters
    ----------
    boxes
        Left, top, right, bottom of every cell; merged cells are one box.
    glyphs
        The page's characters.
    """
    columns = _rules([x for box in boxes for x in (box[0], box[2])])
    rows = _rules([y for box in boxes for y in (box[1], box[3])])
    places = {}
    for left, top, right, bottom in boxes:
        row, col = _index(rows, top), _index(columns, left)
        below, behind = _index(rows, bottom), _index(columns, right)
        if below > row and behind > col:
            places[row, col] = (below - row, behind - col)
    owner = {
        (row + down, col + along): (row, col)
        for (row, col), (rowspan, colspan) in places.items()
        for down in range(rowspan)
        for along in range(colspan)
    }
    held: dict[tuple[int, int], list[Glyph]] = {place: [] for place in places}
    for glyph in glyphs:
        middle = (glyph.x0 + glyph.x1) / 2
        at = (bisect_left(rows, glyph.middle) - 1, bisect_left(columns, middle) - 1)
        if at in owner:
            held[owner[at]].append(glyph)
    cells = [
        RuledCell(
            row,
            col,
            rowspan,
            colspan,
            columns[col + colspan] - columns[col],
            tuple(lines_of(held[row, col])),
        )
        for (row, col), (rowspan, colspan) in sorted(places.items())
    ]
    if sum(1 for cell in cells if cell.lines) < 2:
        return None
    return RuledTable(rows[0], rows[-1], columns, cells, len(rows) - 1)


def _rules(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME_RULE:
            found.append(value)
    return found


def _index(rules: Sequence[float], value: float) -> int:
    return min(max(bisect_left(rules, value - _SAME_RULE), 0), len(rules) - 1)


def join_parts(first: RuledTable, second: RuledTable) -> RuledTable | None:
    """Return the table of which `second` is the part on the next page, None where it is another."""
    columns = _columns(first.edges, second.edges)
    if columns is None:
        return None
    repeated = 0
    while repeated < min(first.n_rows, second.n_rows) and _same_row(
        first.row(repeated), second.row(repeated)
    ):
        repeated += 1
    if repeated == second.n_rows:
        repeated = 0  # the same rows once more are no header
    rest = [
        replace(
            cell,
            row=cell.row - repeated,
            col=columns[cell.col],
            colspan=columns[cell.col + cell.colspan] - columns[cell.col],
        )
        for cell in second.cells
        if cell.row >= repeated
    ]
    cells = list(first.cells)
    start = first.n_rows
    opening = [cell for cell in rest if cell.row == 0]
    above = {
        cell.col: at for at, cell in enumerate(cells) if cell.row + cell.rowspan == first.n_rows
    }
    if _is_cut(cells, above, opening):
        # The page break cut a row: its cells go on.
        start -= 1
        for cell in opening:
            at = above[cell.col]
            cells[at] = replace(
                cells[at],
                lines=cells[at].lines + cell.lines,
                rowspan=cells[at].rowspan + cell.rowspan - 1,
            )
        rest = [cell for cell in rest if cell.row > 0]
    else:
        merged = _merged_columns(cells, rest, first.n_rows)
        leading, continued = True, False
        for cell in sorted(opening, key=lambda c: c.col):
            # Cells at the left, and in columns of merged cells, go on from above the break.
            at = above.get(cell.col, -1)
            goes_on = (leading or cell.col in merged) and at >= 0
            if goes_on and _is_merged(cells[at], cell, merged, continued=continued):
                continued |= not cell.lines
                cells[at] = replace(
                    cells[at],
                    lines=cells[at].lines + cell.lines,
                    rowspan=cells[at].rowspan + cell.rowspan,
                )
                rest.remove(cell)
            else:
                leading = continued = False
    cells += [replace(cell, row=cell.row + start) for cell in rest]
    return RuledTable(
        first.top, second.bottom, first.edges, cells, start + second.n_rows - repeated
    )


def _merged_columns(cells: Sequence[RuledCell], rest: Sequence[RuledCell], n_rows: int) -> set[int]:
    """Return the columns with merged cells and none that is empty, but for those at the break."""
    held = [cell for cell in (*cells, *rest) if cell.rowspan > 1 and cell.lines]
    inside = [cell for cell in cells if cell.row + cell.rowspan < n_rows]
    inside += [cell for cell in rest if cell.row > 0]
    return {cell.col for cell in held} - {cell.col for cell in inside if not cell.lines}


def _is_merged(above: RuledCell, below: RuledCell, merged: set[int], *, continued: bool) -> bool:
    """Whether a break parts one cell: its text stands in one part, or is cut.

    Parameters
    ----------
    above, below
        The cells at either side of the break.
    merged
        Columns that have merged cells, and none that is empty but for parts of them.
    continued
        Whether a cell at the left of `below` is such a part.
    """
    if above.colspan != below.colspan:
        return False
    if not below.lines:
        return bool(above.lines)
    if below.col not in merged:
        return False
    if not above.lines:
        return above.row > 0
    last = above.lines[-1]
    cut = (
        len(last.text) > _TINY
        and is_full(last, above.width, below.lines[0])
        and last.text[-1] not in _ENDS
    )
    shown = NUMBERED.match(above.text) is not None or (continued and below.rowspan > 1)
    return cut and shown and NUMBERED.match(below.text) is None


def _columns(first: Sequence[float], second: Sequence[float]) -> list[int] | None:
    """Return for each rule of the second part which rule of the first it is."""
    found = []
    for edge in second:
        at = min(range(len(first)), key=lambda i: abs(first[i] - edge))
        if abs(first[at] - edge) > _SAME_COLUMN:
            return None
        found.append(at)
    whole = found[0] == 0 and found[-1] == len(first) - 1 and len(set(found)) == len(found)
    return found if whole else None


def _same_row(first: Sequence[RuledCell], second: Sequence[RuledCell]) -> bool:
    texts = ["".join(cell.text.split()) for cell in first]
    return any(texts) and texts == ["".join(cell.text.split()) for cell in second]


def _is_cut(
    cells: Sequence[RuledCell], above: dict[int, int], opening: Sequence[RuledCell]
) -> bool:
    """Whether the first row behind the break is the rest of the row before it."""
    if not opening or any(cell.col not in above for cell in opening):
        return False
    # what is set in the middle of a row may stand wholly on either side of the break
    missing = any(bool(cell.lines) != bool(cells[above[cell.col]].lines) for cell in opening)
    filled = [cell for cell in opening if cell.lines]
    if not missing or not filled:
        return False
    # A row that has a number of its own is another, though a cell beside it is empty.
    for cell in filled:
        number, before = cell.text.strip(), cells[above[cell.col]].text.strip()
        if number != before and _NUMBER.fullmatch(number) and _NUMBER.fullmatch(before):
            return False
    parted = [cell for cell in filled if cells[above[cell.col]].lines]
    if not parted:
        return False
    longest = max(parted, key=lambda cell: len(cell.text) + len(cells[above[cell.col]].text))
    last = cells[above[longest.col]]
    return is_full(last.lines[-1], last.width, longest.lines[0]) and last.text[-1] not in _ENDS

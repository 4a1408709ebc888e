"""Pages set in columns, which are read one after the other.

An upright gutter that most rows leave free parts columns of text only where these are about as wide
as each other, have many lines that reach their right margin, and no holes: in a table without rules
the shorter cells of a row leave holes, and most columns are narrow or ragged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.readers.page_layout import ColumnLayout, PageLayout
from govextract.readers.page_lines import Line, lines_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govextract.readers.page_lines import Glyph
    from govextract.readers.ruled_tables import RuledTable

_APART = 0.7  # a gap wider than this share of the size may be a gutter's
_NARROWEST = 0.8  # a gutter is as wide as this share of the usual size
_MOSTLY_FREE = 0.25  # a gutter is crossed by no more of the rows
_MOST_BINS = 5_000  # of a point each, but on a page of any width no more
_FEWEST = 6  # lines of a column
_NARROW = 9  # characters: a narrower column is one of a table
_ALIKE = 1.6  # columns of text are as wide as each other, within this factor
_REACHING = 1.1  # a line that ends nearer to the margin than so many characters is full
_FULL, _LEAST_FULL = 0.2, 0.15  # the share of such lines, on the average and in any column
_HOLE = 1.7  # a step to the next line of more than this times the usual one is a hole
_HOLES = 0.15
_PIECES, _UNDER = 3, 4  # so many pieces of a line, in so many lines, show a table
_SAME_START = 2.0  # points


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands in a row without a wide gap."""

    left: float
    right: float
    top: float
    bottom: float
    size: float


class ColumnFinder:
    """Finds the columns of a document's pages, one page after the other.

    A page whose columns are too short to show it, as the last one's may be, is taken to have those
    of the page before where its rows leave their gutters free.
    """

    def __init__(self) -> None:
        self._known: ColumnLayout | None = None

    def columns(self, glyphs: Iterable[Glyph]) -> ColumnLayout | None:
        """Return the columns of a page, None where it has one."""
        rows = [_segments(row) for row in rows_of(g for g in glyphs if g.text.strip())]
        if not rows:
            return None
        found = _columns(rows, _gutters(rows))
        known = self._known
        if found is None and known is not None:
            across = sum(1 for row in rows if _runs_across(row, known.gutters))
            found = known if across <= _MOSTLY_FREE * len(rows) else None
        self._known = found
        return None if found is None else _banded(found, rows)


def has_loose_table(glyphs: Iterable[Glyph]) -> bool:
    """Whether pieces of several lines stand under each other as the cells of a table do."""
    rows = [_segments(row) for row in rows_of(g for g in glyphs if g.text.strip())]
    rows = [row for row in rows if len(row) >= _PIECES]
    starts: Counter[int] = Counter(_start(segment) for row in rows for segment in row[1:])
    aligned = sum(
        1 for row in rows if sum(starts[_start(s)] >= _UNDER for s in row[1:]) >= _PIECES - 1
    )
    return aligned >= _UNDER


def _start(segment: _Segment) -> int:
    return round(segment.left / _SAME_START)


def _segments(row: Sequence[Glyph]) -> list[_Segment]:
    found: list[_Segment] = []
    for glyph in sorted(row, key=lambda g: g.x0):
        last = found[-1] if found else None
        if last is not None and glyph.x0 - last.right <= _APART * max(glyph.size, last.size):
            found[-1] = _Segment(
                last.left,
                max(last.right, glyph.x1),
                min(last.top, glyph.top),
                max(last.bottom, glyph.bottom),
                max(last.size, glyph.size),
            )
        else:
            found.append(_Segment(glyph.x0, glyph.x1, glyph.top, glyph.bottom, glyph.size))
    return found


def _gutters(rows: Sequence[Sequence[_Segment]]) -> list[float]:
    """Return the middles of the upright strips that most rows leave free, with text at either side."""
    segments = [segment for row in rows for segment in row]
    start, end = min(s.left for s in segments), max(s.right for s in segments)
    bin_width = max(1.0, (end - start) / _MOST_BINS)
    steps = [0] * (int((end - start) / bin_width) + 3)
    for segment in segments:
        steps[int((segment.left - start) / bin_width)] += 1
        steps[max(int((segment.right - start) / bin_width), 0) + 1] -= 1
    sizes = sorted(s.size for s in segments)
    narrowest = _NARROWEST * sizes[len(sizes) // 2]
    found: list[float] = []
    crossing, begun = 0, -1
    for at, step in enumerate(steps):
        crossing += step
        free = crossing <= _MOSTLY_FREE * len(rows)
        if free and begun < 0:
            begun = at
        elif not free and begun >= 0:
            if begun > 0 and (at - begun) * bin_width >= narrowest:
                found.append(start + bin_width * (begun + at) / 2)
            begun = -1
    return found


def _column(segment: _Segment, middles: Sequence[float]) -> int | None:
    """Return in which column a segment stands, None where it crosses a gutter."""
    at = bisect_right(middles, segment.left + segment.size / 2)
    return at if at == bisect_right(middles, segment.right - segment.size / 2) else None


def _runs_across(row: Sequence[_Segment], middles: Sequence[float]) -> bool:
    return any(_column(segment, middles) is None for segment in row)


def _columns(rows: Sequence[Sequence[_Segment]], middles: Sequence[float]) -> ColumnLayout | None:
    """Return the columns that the gutters part where they are such of text."""
    if not middles:
        return None
    columns: list[list[_Segment]] = [[] for _ in range(len(middles) + 1)]
    for row in rows:
        for segment in row:
            at = _column(segment, middles)
            if at is not None:
                columns[at].append(segment)
    if any(len(column) < _FEWEST for column in columns):
        return None
    lefts, widths, shares, steps = [], [], [], []
    for column in columns:
        lefts.append(sorted(s.left for s in column)[len(column) // 10])
        right = sorted(s.right for s in column)[int(0.9 * (len(column) - 1))]
        size = sorted(s.size for s in column)[len(column) // 2]
        if right - lefts[-1] < _NARROW * size:
            return None
        widths.append(right - lefts[-1])
        full = sum(1 for s in column if abs(right - s.right) <= _REACHING * size)
        shares.append(full / len(column))
        steps.append(sorted(b - a for a, b in pairwise(sorted(s.bottom for s in column))))
    if max(widths) > _ALIKE * min(widths):
        return None
    if min(shares) < _LEAST_FULL or sum(shares) < _FULL * len(shares):
        return None
    usual = min(column[len(column) // 2] for column in steps)
    for column_steps in steps:
        holes = sum(1 for step in column_steps if step > _HOLE * usual)
        if holes > max(1, _HOLES * len(column_steps)):
            return None
    return ColumnLayout(tuple(middles), tuple(lefts), max(widths))


def _banded(columns: ColumnLayout, rows: Sequence[Sequence[_Segment]]) -> ColumnLayout:
    """Return the columns with their bands: rows in columns, and rows across them."""
    floors: list[float] = []
    across: list[bool] = []
    bottom = 0.0
    for row in rows:
        runs_across = _runs_across(row, columns.gutters)
        if across and across[-1] is not runs_across:
            floors.append((bottom + min(s.top for s in row)) / 2)
        if not across or across[-1] is not runs_across:
            across.append(runs_across)
        bottom = max(s.bottom for s in row)
    return replace(columns, floors=tuple(floors), across=tuple(across))


def column_lines(glyphs: Sequence[Glyph], columns: ColumnLayout | None) -> list[Line]:
    """Return the lines of a page, column by column where it has several."""
    if columns is None:
        return lines_of(glyphs)
    held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        held[columns.place((glyph.x0 + glyph.x1) / 2, glyph.middle)].append(glyph)
    return [line for place in sorted(held) for line in lines_of(held[place])]


def split_columns(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """Return pages of one column each: every part of a page in columns becomes a page of its own.

    Their lines are moved to where those of the first column stand.
    """
    found: list[PageLayout] = []
    for page in pages:
        columns = page.columns
        if columns is None:
            found.append(page)
            continue
        parts: dict[tuple[int, int], PageLayout] = {}
        pieces: list[Line | RuledTable] = [*page.lines, *page.tables]
        for piece in pieces:
            left, right = (
                (piece.x0, piece.x1)
                if isinstance(piece, Line)
                else (piece.edges[0], piece.edges[-1])
            )
            place = columns.place((left + right) / 2, (piece.top + piece.bottom) / 2)
            if place not in parts:
                width = (
                    page.width if columns.across[place[0]] else columns.width + 2 * columns.lefts[0]
                )
                parts[place] = PageLayout(
                    width, page.height, [], in_column=not columns.across[place[0]]
                )
            if isinstance(piece, Line):
                shift = columns.lefts[place[1]] - columns.lefts[0]
                parts[place].lines.append(replace(piece, x0=left - shift, x1=right - shift))
            else:
                parts[place].tables.append(piece)
        found += [parts[place] for place in sorted(parts)]
    return found

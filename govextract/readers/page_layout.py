"""What stands on the pages of a document, and the measures of its text column."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.readers.page_lines import FULL, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.readers.ruled_tables import RuledTable

INDENT = 1.2  # a line set in by more characters than this begins a paragraph
_AGREEING = 3  # lines that end at the same place show the right margin
_WIDEST_GAP = 1.5  # lines of a paragraph are no further apart than this times their size


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """The columns of a page, and the bands of rows that are set in them or run across.

    Attributes
    ----------
    gutters
        The middles of the gutters.
    lefts
        Where the text of every column begins.
    width
        The width of the widest column.
    floors
        Where every band but the last ends.
    across
        For every band, whether its rows run across the columns.
    """

    gutters: tuple[float, ...]
    lefts: tuple[float, ...]
    width: float
    floors: tuple[float, ...] = ()
    across: tuple[bool, ...] = (False,)

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return the band and the column that a place belongs to; in this order they are read."""
        band = bisect_right(self.floors, y)
        return band, 0 if self.across[band] else bisect_right(self.gutters, x)


@dataclass(slots=True)
class PageLayout:
    """What stands on one page, or on the part of one that is a column.

    Attributes
    ----------
    columns
        Where its text is set in several columns, still to be split.
    in_column
        Whether it is one of several columns, which are measured apart from whole pages.
    """

    width: float
    height: float
    lines: list[Line]
    tables: list[RuledTable] = field(default_factory=list)
    columns: ColumnLayout | None = None
    in_column: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """The text column of a document.

    Attributes
    ----------
    left, right
        Its margins.
    size
        The type size of its text.
    gap
        The room between lines of a paragraph.
    indents
        Whether paragraphs begin with a line set in.
    """

    left: float
    right: float
    size: float
    gap: float
    indents: bool


def measure_pages(pages: Sequence[PageLayout]) -> Measure:
    """Return the margins, the type size and the gap between lines that most of the text has."""
    lines = [line for page in pages for line in page.lines]
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest] or lines
    if not long:
        return Measure(0, 0, 1, 1, False)
    sizes = Counter(round(line.size, 1) for line in long)
    # A paragraph's first line is set in, so the margin is where other long lines begin, however few.
    left = min((line.x0 for line in long), default=0.0)
    starts = Counter(round(line.x0) for line in long)
    common = [x for x, times in starts.items() if times > 1]
    left = float(min(common)) if common else left
    rights = sorted(line.x1 for line in long)
    below = [
        (b.top - a.bottom, a, b)
        for page in pages
        for a, b in pairwise(page.lines)
        if b.top >= a.bottom - 0.3 * a.size
    ]
    size = sizes.most_common(1)[0][0]
    right = rights[int(0.9 * (len(rights) - 1))]
    if len({line.text for line in long if abs(line.x1 - right) <= size}) < _AGREEING:
        # Too few lines, the same one said again aside, reach a margin to know it: take it for as
        # wide as the left one.
        right = max(right, max(page.width for page in pages) - left)
    # Below a full line the paragraph mostly goes on, so the gap there is that within paragraphs.
    behind = [(gap, b) for gap, a, b in below if a.x1 >= right - FULL * a.size]
    gaps = sorted([gap for gap, _ in behind] or [gap for gap, _, _ in below])
    gap = min(gaps[len(gaps) // 2], _WIDEST_GAP * size) if gaps else size
    # Where paragraphs have one long line each, only their short ends begin at the margin.
    ends = Counter(round(b.x0) for _, b in behind if b.x0 < left - INDENT * size)
    left = min([left, *(float(x) for x, times in ends.items() if times > 1)])
    set_in = sum(1 for line in lines if INDENT * size < line.x0 - left < 3 * size)
    return Measure(left, right, size, max(gap, 0.1 * size), set_in >= 0.1 * len(lines))

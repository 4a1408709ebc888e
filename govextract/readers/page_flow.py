"""Lines of pages to paragraphs: what a page break or the margin cut is joined again.

Running heads and page numbers are left out. A line goes on from the one before it where that one
reaches the right margin and this one is not indented.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.readers.page_lines import FULL, NUMBERED, Line, is_full, join_line, room
from govextract.readers.ruled_tables import RuledTable, join_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govextract.readers.builder import DocumentBuilder

_PAGE_NUMBER = re.compile(
    r"[-—–－―─_·•~～.(（\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*(?:[/／|,，]|of)?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–－―─_·•~～.)）\s]*"
    r"|(?:Page|page|P\.?)\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?|第[一二三四五六七八九十百]{1,5}页"
)
_SENTENCE_ENDS = "。！？!?）)"
_DIGITS = re.compile(r"[0-9０-９]+")
_EDGE = 0.13  # heads and feet stand within this share of the page's height
_INDENT = 1.2  # a line set in by more characters than this begins a paragraph
_LEADING = 1.5  # a gap larger than this times the usual one separates paragraphs
_AGREEING = 3  # lines that end at the same place show the right margin
_WIDEST_GAP = 1.5  # lines of a paragraph are no further apart than this times their size
_MANY, _MOSTLY = 8, 0.6  # so many lines, and this share of them, show what is usual
_TITLE = 1.1  # type larger than the body's by this factor is a title's


@dataclass(slots=True)
class PageLayout:
    """What stands on one page."""

    width: float
    height: float
    lines: list[Line]
    tables: list[RuledTable] = field(default_factory=list)


def join_tables(pages: Sequence[PageLayout]) -> None:
    """Join the parts of tables that end one page and begin the next."""
    last: RuledTable | None = None
    for page in pages:
        page.tables.sort(key=lambda t: t.top)
        first = page.tables[0] if page.tables else None
        opens = first is not None and not any(line.top < first.top for line in page.lines)
        joined = (
            join_parts(last, first) if last is not None and first is not None and opens else None
        )
        if joined is not None and last is not None:
            # The joined table stays where it began; its later part leaves this page.
            del page.tables[0]
            bottom = joined.bottom
            last.cells, last.n_rows = joined.cells, joined.n_rows
            if page.tables or any(line.top > bottom for line in page.lines):
                last = None
        if page.tables:
            last = page.tables[-1]
            if any(line.top > last.bottom for line in page.lines):
                last = None
        elif joined is None:
            last = None


def drop_furniture(pages: Sequence[PageLayout]) -> None:
    """Take page numbers and running heads and feet out of the pages' lines."""
    heads: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        heads.update({_running_key(line, page) for line in _edge_lines(page)})
    often = max(2, round(0.4 * len(pages)))
    for page in pages:
        dropped = {
            id(line)
            for line in _edge_lines(page)
            if heads[_running_key(line, page)] >= often or _PAGE_NUMBER.fullmatch(line.text)
        }
        page.lines = [line for line in page.lines if id(line) not in dropped]


def _edge_lines(page: PageLayout) -> list[Line]:
    """Return the outermost lines of a page, at most two at either end, nearest the edge first."""
    if not page.lines:
        return []
    lines = sorted(page.lines, key=lambda line: line.top)
    top = [line for line in lines[:2] if line.bottom < _EDGE * page.height]
    bottom = [line for line in lines[-2:] if line.top > (1 - _EDGE) * page.height]
    return [*top, *bottom]


def _running_key(line: Line, page: PageLayout) -> tuple[str, bool]:
    return _DIGITS.sub("#", "".join(line.text.split())), line.top < page.height / 2


def forget_blanks(pages: Sequence[PageLayout]) -> None:
    """Where most lines that go on have a blank at their end, blanks there say nothing: forget them.

    Programs that recognise text close every line with a blank.
    """
    measure = _measure(pages)
    ends = [
        line.ends_blank or following.begins_blank
        for page in pages
        for line, following in pairwise(page.lines)
        if line.x1 >= measure.right - FULL * line.size
    ] + [
        line.ends_blank or following.begins_blank
        for page in pages
        for table in page.tables
        for cell in table.cells
        for line, following in pairwise(cell.lines)
        if is_full(line, cell.width, following)
    ]
    if len(ends) < _MANY or sum(ends) <= _MOSTLY * len(ends):
        return
    for page in pages:
        page.lines = [_without_blanks(line) for line in page.lines]
        for table in page.tables:
            table.cells = [
                replace(cell, lines=tuple(_without_blanks(line) for line in cell.lines))
                for cell in table.cells
            ]


def _without_blanks(line: Line) -> Line:
    return replace(line, begins_blank=False, ends_blank=False)


@dataclass(frozen=True, slots=True)
class _Measure:
    """The text column of a document."""

    left: float
    right: float
    size: float
    gap: float
    indents: bool  # paragraphs begin with a line set in


def _measure(pages: Sequence[PageLayout]) -> _Measure:
    lines = [line for page in pages for line in page.lines]
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest] or lines
    if not long:
        return _Measure(0, 0, 1, 1, False)
    sizes = Counter(round(line.size, 1) for line in long)
    # A paragraph's first line is set in, so the margin is where other long lines begin.
    left = min((line.x0 for line in long), default=0.0)
    starts = Counter(round(line.x0) for line in long)
    common = [x for x, times in starts.items() if times >= max(2, 0.1 * len(long))]
    left = float(min(common)) if common else left
    rights = sorted(line.x1 for line in long)
    below = [
        (b.top - a.bottom, a)
        for page in pages
        for a, b in pairwise(page.lines)
        if b.top >= a.bottom - 0.3 * a.size
    ]
    size = sizes.most_common(1)[0][0]
    right = rights[int(0.9 * (len(rights) - 1))]
    if sum(1 for x in rights if abs(x - right) <= size) < _AGREEING:
        # Too few lines reach a margin to know it: take it for as wide as the left one.
        right = max(right, max(page.width for page in pages) - left)
    # Below a full line the paragraph mostly goes on, so the gap there is that within paragraphs.
    gaps = sorted(
        [gap for gap, a in below if a.x1 >= right - FULL * a.size] or [g for g, _ in below]
    )
    gap = min(gaps[len(gaps) // 2], _WIDEST_GAP * size) if gaps else size
    set_in = sum(1 for line in lines if _INDENT * size < line.x0 - left < 3 * size)
    return _Measure(left, right, size, max(gap, 0.1 * size), set_in >= 0.1 * len(lines))


def add_pages(builder: DocumentBuilder, pages: Sequence[PageLayout]) -> None:
    """Add the paragraphs and tables of `pages` to a document, running heads left out."""
    drop_furniture(pages)
    join_tables(pages)
    forget_blanks(pages)
    for piece in flow(pages):
        if isinstance(piece, RuledTable):
            builder.table(piece.grid())
        else:
            builder.paragraph(piece)


def flow(pages: Sequence[PageLayout]) -> Iterator[str | RuledTable]:
    """Yield the paragraphs and tables of the pages in reading order."""
    measure = _measure(pages)
    text = ""
    last: Line | None = None
    for page in pages:
        new_page = True
        pieces: list[Line | RuledTable] = [*page.lines, *page.tables]
        for piece in sorted(pieces, key=lambda p: p.top):
            if not isinstance(piece, Line):
                if text:
                    yield text
                text, last = "", None
                yield piece
            elif last is not None and _goes_on(last, piece, measure, new_page=new_page):
                text, last = join_line(text, last, piece), piece
            else:
                if text:
                    yield text
                text, last = piece.text, piece
            new_page = False
    if text:
        yield text


def _goes_on(last: Line, line: Line, measure: _Measure, *, new_page: bool) -> bool:
    if abs(last.size - line.size) > 0.15 * max(last.size, line.size):
        return False
    if not new_page and line.top - last.bottom > _LEADING * measure.gap + 0.3 * line.size:
        return False
    if _is_title(last, measure) and _is_title(line, measure):
        return not new_page
    full = last.x1 >= measure.right - max(FULL * last.size, room(line))
    indented = line.x0 > measure.left + _INDENT * line.size
    if not full or indented:
        return False
    # Where no indent tells, a full line may still be a paragraph's last: a number behind the end
    # of a sentence begins another, and so, lest two tasks become one, does a new page, unless it
    # begins with the bracket of the units.
    numbered = NUMBERED.match(line.text) is not None
    anew = numbered or (new_page and line.text[0] not in "(（")
    return measure.indents or last.text[-1] not in _SENTENCE_ENDS or not anew


def _is_title(line: Line, measure: _Measure) -> bool:
    centre = abs((line.x0 - measure.left) - (measure.right - line.x1)) < 2 * line.size
    return line.size > _TITLE * measure.size and centre

"""Lines of pages to paragraphs: what a page break or the margin cut is joined again.

Running heads and page numbers are left out. A line goes on from the one before it where that one
reaches the right margin and this one is not indented.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.readers.page_columns import split_columns
from govextract.readers.page_furniture import drop_furniture
from govextract.readers.page_layout import INDENT, measure_pages
from govextract.readers.page_lines import FULL, NUMBERED, Line, is_full, join_line, room
from govextract.readers.ruled_tables import RuledTable, join_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govextract.readers.builder import DocumentBuilder
    from govextract.readers.page_layout import Measure, PageLayout

_SENTENCE_ENDS = "。！？!?）)"
_LEADING = 1.5  # a gap larger than this times the usual one separates paragraphs
_MANY, _MOSTLY = 8, 0.6  # so many lines, and this share of them, show what is usual
_TITLE = 1.1  # type larger than the body's by this factor is a title's


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


def forget_blanks(pages: Sequence[PageLayout]) -> None:
    """Where most lines that go on have a blank at their end, blanks there say nothing: forget them.

    Programs that recognise text close every line with a blank.
    """
    rights = {
        kind: measure_pages([page for page in pages if page.in_column is kind]).right
        for kind in (False, True)
    }
    ends = [
        line.ends_blank or following.begins_blank
        for page in pages
        for line, following in pairwise(page.lines)
        if line.x1 >= rights[page.in_column] - FULL * line.size
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


def add_pages(builder: DocumentBuilder, pages: Sequence[PageLayout]) -> None:
    """Add the paragraphs and tables of `pages` to a document, running heads left out."""
    builder.document.warnings += drop_furniture(pages)
    pages = split_columns(pages)
    join_tables(pages)
    forget_blanks(pages)
    for piece in flow(pages):
        if isinstance(piece, RuledTable):
            builder.table(piece.grid())
        else:
            builder.paragraph(piece)


def flow(pages: Sequence[PageLayout]) -> Iterator[str | RuledTable]:
    """Yield the paragraphs and tables of the pages in reading order."""
    measures = {
        kind: measure_pages([page for page in pages if page.in_column is kind])
        for kind in (False, True)
    }
    text = ""
    last: Line | None = None
    in_column = False
    for page in pages:
        new_page = True
        measure = measures[page.in_column]
        if page.in_column is not in_column:
            if text:
                yield text
            text, last, in_column = "", None, page.in_column
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


def _goes_on(last: Line, line: Line, measure: Measure, *, new_page: bool) -> bool:
    if abs(last.size - line.size) > 0.15 * max(last.size, line.size):
        return False
    if not new_page and line.top - last.bottom > _LEADING * measure.gap + 0.3 * line.size:
        return False
    if _is_title(last, measure) and _is_title(line, measure):
        return not new_page
    full = last.x1 >= measure.right - max(FULL * last.size, room(line))
    indented = line.x0 > measure.left + INDENT * line.size
    if not full or indented:
        return False
    # Where no indent tells, a full line may still be a paragraph's last: a number behind the end
    # of a sentence begins another, and so, lest two tasks become one, does a new page, unless it
    # begins with the bracket of the units.
    numbered = NUMBERED.match(line.text) is not None
    anew = numbered or (new_page and line.text[0] not in "(（")
    return measure.indents or last.text[-1] not in _SENTENCE_ENDS or not anew


def _is_title(line: Line, measure: Measure) -> bool:
    centre = abs((line.x0 - measure.left) - (measure.right - line.x1)) < 2 * line.size
    return line.size > _TITLE * measure.size and centre

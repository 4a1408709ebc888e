"""Rows of cells that commas part, as spreadsheets export them (RFC 4180), inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govextract.ranges import holds
from govextract.rules.tables import column_of

Range = tuple[int, int]

_LINE = re.compile(r"[^\r\n]+")
_CELL = re.compile(r'[ \t]*"(?P<quoted>(?:[^"]|""){0,2000})"[ \t]*|(?P<plain>[^,，"\r\n]*)')
_FEWEST = 3  # columns
_NAME_LENGTH = 14


def comma_rows(text: str, taken: Sequence[Range]) -> Iterator[list[list[Range]]]:
    r"""Yield the rows of each table outside `taken`, sorted ranges, told by a header with a column of units.

    Examples
    --------
    >>> text = '序号,任务,责任单位\n1,修路,县交通局\n2,"架桥,两座",县水利局\n'
    >>> [[text[a:b] for a, b in row] for row in next(comma_rows(text, []))]
    [['序号', '任务', '责任单位'], ['1', '修路', '县交通局'], ['2', '架桥,两座', '县水利局']]
    """
    at = 0
    while (line := _LINE.search(text, at)) is not None:
        at = line.end()
        commas = text.count(",", *line.span()) + text.count("，", *line.span())
        if commas < _FEWEST - 1 or holds(taken, line.start()):
            continue
        header, end = _row(text, line.start())
        if not _is_header(text, header):
            continue
        rows = [header]
        at = end
        while (below := _LINE.search(text, at)) is not None:
            row, end = _row(text, below.start())
            if len(row) != len(header) and len(row) > 1:
                break
            if len(row) == 1 and not _goes_on(text, end, len(header)):
                break
            rows.append(row)
            at = end
        if len(rows) > 1:
            yield rows


def _goes_on(text: str, at: int, width: int) -> bool:
    """Tell whether a full row stands below a line without commas, the heading of a part."""
    below = _LINE.search(text, at)
    return below is not None and len(_row(text, below.start())[0]) == width


def _is_header(text: str, cells: Sequence[Range]) -> bool:
    if len(cells) < _FEWEST or any(b - a > _NAME_LENGTH for a, b in cells):
        return False
    columns = [column_of(text[a:b]) for a, b in cells]
    known = sum(column is not None for column in columns)
    return 2 * known > len(cells) and any(c is not None and c.use == "unit" for c in columns)


def _row(text: str, start: int) -> tuple[list[Range], int]:
    """Return the cells of the row that begins at `start`, and where it ends; quotes are outside."""
    cells: list[Range] = []
    at = start
    while True:
        match = _CELL.match(text, at)
        assert match is not None  # a plain cell may be empty
        a, b = match.span("quoted" if match["quoted"] is not None else "plain")
        while a < b and text[a] in " \t\u3000":
            a += 1
        while b > a and text[b - 1] in " \t\u3000":
            b -= 1
        cells.append((a, b))
        at = match.end()
        if text[at : at + 1] not in (",", "，"):
            end = _LINE.match(text, at)  # what a quote that is not closed leaves over
            return cells, end.end() if end else at
        at += 1

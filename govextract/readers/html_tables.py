"""HTML tables: those that hold data as a grid, and those that only lay out the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govextract.readers.builder import GridCell
from govextract.readers.errors import ReadError
from govextract.readers.html_hints import has_clue, is_article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from govextract.readers.limits import Limits

_PARAGRAPHS = ("p", "br", "div", "h1", "h2", "h3", "li")
_NARROW = 10  # characters of a line in a column that breaks sentences
_SENTENCE_ENDS = "。；：！？;:!?…"
_OPEN_ENDS = "，、“《（("
_NEVER_FIRST = "，、。；：”》）)"
_ITEM = re.compile(r"[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．)）](?![0-9])|[①-⑳●■▪·*-]")
_QUANTITY = re.compile(r"[0-9][0-9.,]{0,11}(?!年|月|日|[0-9.,:：、．)）~～-])[一-鿿%％]")
_WORDS = re.compile(r"[一-鿿“”《》（）]{2,20}")
_SHORT = 20  # a header cell has no more characters


def own_rows(table: _Element) -> list[list[_Element]]:
    """Return the cells of the table's own rows, those of nested tables left out."""
    rows = []
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        listed = [child] if child.tag == "tr" else child.iterchildren("tr")
        rows += [list(row.iterchildren("td", "th")) for row in listed]
    return [row for row in rows if row]


def is_layout(table: _Element) -> bool:
    """Whether the table only places parts of the page, so that its cells are read as paragraphs.

    Examples
    --------
    >>> from lxml.html import fragment_fromstring
    >>> is_layout(fragment_fromstring("<table><tr><td>任务<td>单位<tr><td>修路<td>市交通局</table>"))
    False
    >>> is_layout(fragment_fromstring("<table><tr><td><p>全文</table>"))
    True
    """
    if table.get("role") in ("presentation", "none"):
        return True
    lengths = [[(len(_text(cell)), cell) for cell in row] for row in own_rows(table)]
    filled = [[(size, cell) for size, cell in row if size] for row in lengths]
    filled = [row for row in filled if row]
    if max(map(len, filled), default=0) <= 1:
        return True  # a single column
    if any(is_article(cell) or cell.find(".//h1") is not None for row in filled for _, cell in row):
        return True
    total = sum(size for row in filled for size, _ in row)
    nested = sum(len(_text(inner)) for inner in _outermost_tables(table))
    if nested * 2 > total:
        return True
    size, largest = max(((s, c) for row in filled for s, c in row), key=lambda pair: pair[0])
    paragraphs = sum(1 for _ in largest.iter(*_PARAGRAPHS))
    # One cell with nearly all the text in many paragraphs is a page's middle, unless a row of
    # short headings above it says that it is one column of several.
    headed = len(filled) > 1 and all(s <= _SHORT for s, _ in filled[0])
    headed = headed and (
        len(filled[0]) >= 3
        or (len(filled[0]) == 2 and any(has_clue("heading", _text(c)) for _, c in filled[0]))
    )
    return paragraphs >= 8 and size > 0.7 * total and not headed


def _outermost_tables(table: _Element) -> list[_Element]:
    found = []
    for row in own_rows(table):
        for cell in row:
            inner = cell.find(".//table")
            if inner is not None:
                found.append(inner)
    return found


def _text(element: _Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def join_broken(lines: Sequence[str]) -> str:
    r"""Return the lines of a cell, those joined that a narrow column broke within a sentence.

    Units and items one a line stay apart.

    Examples
    --------
    >>> join_broken(["新建道路", "5公里，改善", "群众出行"]), join_broken(["市财政局", "市公安局"])
    ('新建道路5公里，改善群众出行', '市财政局\n市公安局')
    """
    narrow = len(lines) > 1 and max(map(len, lines)) <= _NARROW
    # Short lines with a comma inside are pieces of one sentence, not a list.
    pieces = narrow and any("，" in line[1:-1] for line in lines)
    text = ""
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        if not at or "\n" in before or "\n" in line or not _is_broken(before, line, pieces):
            text += "\n" * bool(at)
        text += line
    return text


def _is_broken(before: str, line: str, pieces: bool) -> bool:
    if before[-1] in _SENTENCE_ENDS or _ITEM.match(line) or has_clue("who", line):
        return False
    if has_clue("when", line) or has_clue("who", before) or has_clue("when", before):
        return False
    if before[-1] in _OPEN_ENDS or line[0] in _NEVER_FIRST:
        return True
    number_goes_on = _QUANTITY.match(line) is not None and _WORDS.fullmatch(before) is not None
    return number_goes_on or pieces


def place_cells(
    rows: Sequence[Sequence[_Element]], texts: Mapping[_Element, str], limits: Limits
) -> list[GridCell]:
    """Return the cells at their places in the grid (HTML standard, forming a table).

    Raises
    ------
    ReadError
        Where the grid has more positions than the bound allows.
    """
    taken: dict[int, int] = {}  # column → first row that is free again
    cells = []
    area = 0
    for row_number, row in enumerate(rows):
        col = 0
        for cell in row:
            while taken.get(col, 0) > row_number:
                col += 1
            colspan = _span(cell, "colspan", 1000)
            left = len(rows) - row_number
            rowspan = min(_span(cell, "rowspan", 65_534, zero=left), left)
            area += rowspan * colspan
            if area > limits.max_table_cells:
                raise ReadError(
                    f"a table has more than {limits.max_table_cells:,} positions", code="hostile"
                )
            for at in range(col, col + colspan):
                taken[at] = row_number + rowspan
            cells.append(GridCell(row_number, col, texts[cell], rowspan, colspan))
            col += colspan
    return cells


def _span(cell: _Element, name: str, largest: int, *, zero: int = 1) -> int:
    value = (cell.get(name) or "").strip()
    if not value.isdecimal() or len(value) > 6:
        return 1
    return min(int(value) or zero, largest)

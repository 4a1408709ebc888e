"""Documents of the corpus as web pages and Word files, for tests of readers on known text.

What the readers give back has the characters of the document's text, up to white space.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from govextract.corpus.model import Document, MarkedTable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


_BLANKS = re.compile(" {2,}")


def pieces(document: Document) -> Iterator[str | MarkedTable]:
    """Yield the lines of a document that are not blank, and its tables, in order."""
    at = 0
    for table in document.tables:
        yield from _lines(document.text[at : table.start])
        yield table
        at = table.end
    yield from _lines(document.text[at:])


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())


def merged_rows(table: MarkedTable, row: int, column: int) -> int:
    """Return how many rows the cell covers that begins at `row` and `column`."""
    below = row + 1
    while below < len(table.rows) and table.rows[below][column] is None:
        below += 1
    return below - row


def render_html(document: Document) -> str:
    """Return a web page with the document; merged cells have a ``rowspan``."""
    text = document.text
    body = []
    for piece in pieces(document):
        if isinstance(piece, str):
            # a page keeps one of several blanks unless they are no-break spaces
            line = _BLANKS.sub(lambda m: "&nbsp;" * len(m[0]), escape(piece))
            body.append(f"<p>{line}</p>")
            continue
        body.append('<table border="1">')
        for r, row in enumerate(piece.rows):
            cells = []
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                rows = merged_rows(piece, r, c)
                span = f' rowspan="{rows}"' if rows > 1 else ""
                cells.append(f"<td{span}>{escape(text[cell[0] : cell[1]])}</td>")
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</table>")
    # Not the document's own title: where that stands in the text in another form, a reader would
    # take it from here as well.
    title = escape(document.head.id)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>{title}'
        "</title></head>\n<body>\n<article>\n"
        + "\n".join(body)
        + "\n</article>\n</body>\n</html>\n"
    )


def render_docx(document: Document) -> bytes:
    """Return a Word file with the document; its numbers are text and no automatic numbering.

    Raises
    ------
    ImportError
        When python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        message = 'writing Word files needs python-docx: pip install "govextract[word]"'
        raise ImportError(message) from error

    file = docx.Document()
    for piece in pieces(document):
        if isinstance(piece, str):
            file.add_paragraph(piece.strip())
        else:
            _add_table(file, piece, document.text)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _add_table(file: WordDocument, table: MarkedTable, text: str) -> None:
    grid = file.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    # Looked up once: the table works out all its cells anew for each that is asked of it.
    cells = [list(row.cells) for row in grid.rows]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            rows = merged_rows(table, r, c)
            where = cells[r][c]
            if rows > 1:
                where = where.merge(cells[r + rows - 1][c])
            where.text = text[cell[0] : cell[1]]

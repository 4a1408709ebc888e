"""Documents of the corpus as PDF pages: paragraphs, ruled tables, page numbers.

The font is one of those that every PDF viewer brings along for Chinese, so that none is embedded.
Lines of the body are broken here, since reportlab's paragraphs draw blanks together and drop those at a
line's end, which office programs keep.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from govextract.corpus.model import Document, MarkedTable
from govextract.corpus.rendering import merged_rows, pieces

FONT = "STSong-Light"
# Body and cells as official papers set them: 三号 of 16 points with an indent of two characters,
# 五号 of 10.5 points in tables (GB/T 9704-2012 for the body).
_BODY = (16.0, 28.0, 32.0)  # size, leading, indent
_CELL = ParagraphStyle("cell", fontName=FONT, fontSize=10.5, leading=15, wordWrap="CJK")
_MARGIN = 2.8 * cm
_NEVER_FIRST = frozenset("，。、；：！？）》”’】〕%,.;:!?)")


class Lines(Flowable):
    """Text in lines of the width at hand, its blanks as they are.

    Parameters
    ----------
    text
        The text; line feeds begin new lines.
    size, leading, indent
        Size of the letters, distance of the lines and indent of the first line, in points.
    """

    def __init__(self, text: str, size: float, leading: float, indent: float) -> None:
        super().__init__()
        self.text, self.size, self.leading, self.indent = text, size, leading, indent
        self._lines: list[str] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the lines for `width`, return what room they take."""
        self._lines = []
        for k, part in enumerate(self.text.split("\n")):
            self._lines += self._broken(part, width, self.indent if k == 0 else 0.0)
        return width, len(self._lines) * self.leading

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the lines that find room in `height`, and the rest."""
        self.wrap(width, height)
        room = int(height // self.leading)
        if room < 1:
            return []
        parts = self._lines[:room], self._lines[room:]
        split: list[Flowable] = []
        for lines, indent in zip(parts, (self.indent, 0.0), strict=True):
            if lines:
                part = Lines("\n".join(lines), self.size, self.leading, indent)
                split.append(part)
        return split

    def draw(self) -> None:
        """Draw the lines on the page."""
        self.canv.setFont(FONT, self.size)
        for k, line in enumerate(self._lines):
            y = (len(self._lines) - 1 - k) * self.leading + (self.leading - self.size) / 2
            self.canv.drawString(self.indent if k == 0 else 0.0, y, line)

    def _broken(self, part: str, width: float, indent: float) -> list[str]:
        lines = [""]
        room = width - indent
        for sign in part:
            needed = pdfmetrics.stringWidth(lines[-1] + sign, FONT, self.size)
            if needed > room + 0.01 and lines[-1] and sign != " " and sign not in _NEVER_FIRST:
                lines.append("")
                room = width
            lines[-1] += sign
        return lines


def render_pdf(document: Document) -> bytes:
    """Return a PDF file with the document; its numbers are text, its tables have rules.

    Examples
    --------
    >>> from govextract.corpus import find_corpus, read_source
    >>> entry = read_source(find_corpus() / "authored" / "luohe-2021-minsheng.txt")
    >>> render_pdf(entry.document)[:5]
    b'%PDF-'
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    story: list[Flowable] = [
        Lines(piece.strip(), *_BODY) if isinstance(piece, str) else _table(piece, document.text)
        for piece in pieces(document)
    ]
    buffer = io.BytesIO()
    file = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    file.build(story, onFirstPage=_number, onLaterPages=_number)
    return buffer.getvalue()


def _table(table: MarkedTable, text: str) -> Table:
    grid: list[list[Flowable | str]] = []
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    longest = [3] * len(table.rows[0])
    for r, row in enumerate(table.rows):
        grid.append([])
        for c, cell in enumerate(row):
            if cell is None:
                grid[-1].append("")
                continue
            content = text[cell[0] : cell[1]]
            longest[c] = max(longest[c], min(40, len(content)))
            grid[-1].append(Paragraph(escape(content).replace("\n", "<br/>"), _CELL))
            rows = merged_rows(table, r, c)
            if rows > 1:
                style.append(("SPAN", (c, r), (c, r + rows - 1)))
    return Table(grid, colWidths=_widths(longest), style=style, splitInRow=1)


def _widths(longest: Sequence[int]) -> list[float]:
    """Return the widths of columns whose longest cells have so many characters."""
    room = A4[0] - 2 * _MARGIN
    widths = [max(room * n / sum(longest), 1.1 * cm) for n in longest]
    return [w * room / sum(widths) for w in widths]


def _number(canvas: Canvas, file: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 14)
    canvas.drawCentredString(A4[0] / 2, 1.6 * cm, f"— {file.page} —")

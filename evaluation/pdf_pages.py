"""Documents of the corpus as PDF pages: paragraphs, ruled tables, page numbers.

The font is one of those that every PDF viewer brings along for Chinese, so that none is embedded.
"""

from __future__ import annotations

import io
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
_BODY = ParagraphStyle(
    "body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK"
)
_CELL = ParagraphStyle("cell", fontName=FONT, fontSize=10.5, leading=15, wordWrap="CJK")
_MARGIN = 2.8 * cm


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
        Paragraph(escape(piece.strip()), _BODY)
        if isinstance(piece, str)
        else _table(piece, document.text)
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
    grid: list[list[Paragraph | str]] = []
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
    room = A4[0] - 2 * _MARGIN
    widths = [max(room * n / sum(longest), 1.1 * cm) for n in longest]
    return Table(
        grid, colWidths=[w * room / sum(widths) for w in widths], style=style, splitInRow=1
    )


def _number(canvas: Canvas, file: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 14)
    canvas.drawCentredString(A4[0] / 2, 1.6 * cm, f"— {file.page} —")

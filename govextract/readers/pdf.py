"""PDF files: the text layer in reading order and ruled tables (extra ``pdf``)."""

from __future__ import annotations

import io
import logging
import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from govextract.readers.builder import DocumentBuilder
from govextract.readers.drawn_rules import Stroke, closing_strokes
from govextract.readers.errors import ReadError
from govextract.readers.extras import need_extra
from govextract.readers.limits import DEFAULT_LIMITS, Limits
from govextract.readers.page_columns import ColumnFinder, column_lines, has_loose_table
from govextract.readers.page_flow import add_pages
from govextract.readers.page_layout import PageLayout
from govextract.readers.page_lines import Glyph
from govextract.readers.page_overlays import without_overlays
from govextract.readers.ruled_tables import RuledTable, ruled_table
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govextract.readers.document import SourceDocument

_STREAM = re.compile(rb"stream\r?\n")
_DEFLATE_RATIO = 1032  # deflate cannot expand further (zlib technical details)
_MOST_RULES = 6_000  # of one page: more is a drawing, not a table
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_FEW = 15  # a page with fewer characters and a picture on it is a scan
_TILT = 0.12  # a scan's recognised text may run up or down by this much
_SHOWN = 40  # so many characters of what was left out are shown
_OCR = "Recognise its text first, for example: ocrmypdf -l chi_sim in.pdf out.pdf"


def read_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """Read a PDF file that has a text layer.

    The lines of a paragraph are joined, also over pages; a ruled table that runs over pages is one
    table, its repeated header left out; page numbers, running heads and feet are left out.

    Parameters
    ----------
    data
        The file's bytes.
    limits
        Bounds of pages, streams and tables.

    Raises
    ------
    ReadError
        Where the file is encrypted or damaged, has no text layer, or pdfplumber is not installed.
    """
    pdfplumber = need_extra("pdfplumber", "pdf")
    _check_streams(data, limits)
    warnings: list[LedgerWarning] = []
    with _quiet():
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                pages = _pages(pdf, limits, warnings)
                metadata = _metadata(pdf.metadata)
        except ReadError:
            raise
        except Exception as error:  # the library raises whatever a damaged file makes it raise
            raise _failure(error) from error
    builder = DocumentBuilder("pdf", data)
    add_pages(builder, pages)
    document = builder.build()
    document.metadata = metadata
    document.warnings[:0] = warnings
    return document


@contextmanager
def _quiet() -> Iterator[None]:
    # pdfminer logs every oddity of a font; what matters is raised or warned of here.
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _check_streams(data: bytes, limits: Limits) -> None:
    """Refuse a file with a stream that expands past the bounds; pictures are never expanded."""
    smallest = limits.max_part_bytes // _DEFLATE_RATIO
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        size = (end if end >= 0 else len(data)) - match.end()
        if size <= smallest or b"/Image" in data[max(0, match.start() - 400) : match.start()]:
            continue
        try:
            expanded = zlib.decompressobj().decompress(
                data[match.end() : match.end() + size], limits.max_part_bytes + 1
            )
        except zlib.error:
            continue
        if len(expanded) > limits.max_part_bytes and len(expanded) > limits.max_ratio * size / 4:
            raise ReadError(
                f"a stream expands to more than {limits.max_part_bytes:,} bytes",
                place=f"byte {match.start()}",
                code="hostile",
            )


def _pages(pdf: Any, limits: Limits, warnings: list[LedgerWarning]) -> list[PageLayout]:
    if len(pdf.pages) > limits.max_pages:
        raise ReadError(
            f"has {len(pdf.pages):,} pages, more than the {limits.max_pages:,} allowed",
            remedy="Save the pages of the circular as a file of their own",
            code="too-large",
        )
    pages: list[PageLayout] = []
    pictures: list[int] = []
    characters = unmapped = 0
    turned: list[str] = []
    over = ""
    finder = ColumnFinder()
    for page in pdf.pages:
        glyphs = [_glyph(char) for char in page.chars if _is_upright(char)]
        glyphs, overlay = without_overlays(glyphs)
        over += overlay
        turned += [char["text"] for char in page.chars if not _is_upright(char)]
        written = [g for g in glyphs if g.text.strip()]
        characters += len(written)
        unmapped += sum(
            1 for g in written if _UNMAPPED.fullmatch(g.text) or "\ue000" <= g.text <= "\uf8ff"
        )
        if len(written) < _FEW and page.images:
            pictures.append(page.page_number)
        pages.append(_layout(page, glyphs, finder, warnings))
        page.close()
    _judge(len(pages), characters, unmapped, pictures)
    if pictures:
        numbers = ", ".join(map(str, pictures[:20]))
        warnings.append(
            LedgerWarning(
                "pdf-page-without-text",
                f"pages that are pictures without text were not read: {numbers}",
            )
        )
    left_out = "".join("".join(turned).split())
    if left_out:
        message = f"{len(left_out)} characters stand on end or aslant and were not read"
        warnings.append(LedgerWarning("pdf-turned-text", f"{message}: {_shortened(left_out)}"))
    if over:
        message = f"{len(over)} characters are printed over lines and were not read"
        warnings.append(LedgerWarning("pdf-overlaid-text", f"{message}: {_shortened(over)}"))
    return pages


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _is_upright(char: dict[str, Any]) -> bool:
    """Whether a character's line runs level; a watermark's rises, a slanted type's does not."""
    along, rise = char["matrix"][:2]
    return bool(char["upright"]) and abs(rise) <= _TILT * abs(along)


def _judge(pages: int, characters: int, unmapped: int, pictures: list[int]) -> None:
    if not characters or (len(pictures) == pages and characters < _FEW * pages):
        raise ReadError(
            "has no text layer: its pages are scans or pictures", remedy=_OCR, code="no-text"
        )
    if unmapped > 0.2 * characters:
        raise ReadError(
            "its fonts do not say which characters they show, so its text layer is unreadable",
            remedy=_OCR,
            code="no-text",
        )


def _glyph(char: dict[str, Any]) -> Glyph:
    return Glyph(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], _colour(char))


def _colour(char: dict[str, Any]) -> str:
    """Return the colour of a character; names and numbers of every colour space alike."""
    return str(char.get("non_stroking_color"))


def _layout(
    page: Any, glyphs: list[Glyph], finder: ColumnFinder, warnings: list[LedgerWarning]
) -> PageLayout:
    tables: list[RuledTable] = []
    boxes: list[Any] = []
    if len(page.edges) > _MOST_RULES:
        warnings.append(
            LedgerWarning(
                "pdf-drawing",
                f"page {page.page_number}: a drawing of very many lines was not searched for tables",
            )
        )
    else:
        settings = {"explicit_horizontal_lines": _closing_rules(page.edges)}
        for found in page.find_tables(settings):
            table = ruled_table([cell for cell in found.cells if cell], glyphs)
            if table is not None:
                tables.append(table)
                boxes.append(found.bbox)
    outside = [g for g in glyphs if not any(_holds(box, g) for box in boxes)]
    columns = finder.columns(outside)
    if columns is None and has_loose_table(outside):
        warnings.append(
            LedgerWarning(
                "pdf-loose-table",
                f"page {page.page_number}: a table without rules was read line by line",
            )
        )
    lines = column_lines(outside, columns)
    return PageLayout(float(page.width), float(page.height), lines, tables, columns)


def _closing_rules(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules that close the cells which a page break left open."""
    strokes = [
        Stroke(True, edge["top"], edge["x0"], edge["x1"])
        if edge["orientation"] == "h"
        else Stroke(False, edge["x0"], edge["top"], edge["bottom"])
        for edge in edges
    ]
    return [
        {
            "object_type": "line",
            "orientation": "h",
            "x0": rule.start,
            "x1": rule.end,
            "top": rule.at,
            "bottom": rule.at,
            "width": rule.end - rule.start,
            "height": 0,
        }
        for rule in closing_strokes(strokes)
    ]


def _holds(box: tuple[float, float, float, float], glyph: Glyph) -> bool:
    middle = (glyph.x0 + glyph.x1) / 2
    return box[0] <= middle <= box[2] and box[1] <= glyph.middle <= box[3]


def _metadata(info: dict[str, Any]) -> dict[str, str]:
    wanted = ("Title", "Subject", "Author", "Keywords", "CreationDate", "ModDate")
    return {key: str(info[key]).strip() for key in wanted if str(info.get(key) or "").strip()}


def _failure(error: BaseException) -> ReadError:
    names = set()
    cause: BaseException | None = error
    while cause is not None:
        names |= {type(cause).__name__, *(type(a).__name__ for a in cause.args)}
        cause = cause.__cause__ or cause.__context__
    if any("Password" in name or "Encrypt" in name for name in names):
        return ReadError(
            "is encrypted with a password",
            remedy="Open it with its password and print it to a new PDF",
            code="encrypted",
        )
    return ReadError(
        f"is damaged ({type(error).__name__}: {str(error)[:120]})",
        remedy="Open it in a PDF program and print it to a new PDF",
        code="damaged",
    )

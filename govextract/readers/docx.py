"""Word documents (.docx): paragraphs and tables in order, with the numbers that Word prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.readers.builder import DocumentBuilder, GridCell, rows_as_text
from govextract.readers.errors import ReadError
from govextract.readers.limits import DEFAULT_LIMITS, Limits
from govextract.readers.word_numbering import Numbering
from govextract.readers.word_styles import Styles
from govextract.readers.word_text import TextReader, is_placeholder
from govextract.readers.word_xml import WordPackage, integer, is_on, local, value, w
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from govextract.readers.document import Format, SourceDocument

# A paragraph of the text, or the cells of a table.
_Item = str | list[GridCell]
_TRANSPARENT = {
    "sdt",
    "sdtContent",
    "customXml",
    "ins",
    "moveTo",
    "smartTag",
    "AlternateContent",
    "Choice",
}
_PROPERTIES = (
    "title",
    "subject",
    "creator",
    "keywords",
    "description",
    "category",
    "created",
    "modified",
)
_WIDEST = 1000
_SLIVER = 100  # twentieths of a point: 1.8 mm
_FRAMED = 3  # paragraphs in a row's only cell are text
_OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"


def read_docx(
    data: bytes, limits: Limits = DEFAULT_LIMITS, *, format: Format = "docx"
) -> SourceDocument:
    """Read a Word document.

    Automatic numbers stand in the text as Word prints them; inserted text is kept, deleted text
    dropped; page headers and footers, notes, comments, hidden text and tables of contents are
    left out.

    Parameters
    ----------
    data
        The file's bytes.
    limits
        Bounds of the package, its XML and its tables.
    format
        What the document's `format` shall say: doc where it was converted from that.

    Raises
    ------
    ReadError
        Where the package is damaged, encrypted or hostile, or holds no text.
    """
    package = WordPackage(data, limits)
    body = package.document.find(w("body"))
    if body is None:
        raise ReadError(
            "the package holds no Word text",
            remedy="Open it in Word or WPS and save it as .docx",
            code="damaged",
        )
    builder = DocumentBuilder(format, data)
    story = _Story(body, Styles(package.styles), package.numbering, limits)
    for item in story.items(body):
        if isinstance(item, str):
            builder.paragraph(item)
        else:
            builder.table(item)
    document = builder.build()
    if not document.text:
        raise ReadError(
            "the document holds no text; its pages are probably pictures",
            remedy="Recognise the text of the pictures (OCR) and save that as .txt or .docx",
            code="no-text",
        )
    document.metadata = _properties(package.core)
    document.warnings = story.warnings(body)
    return document


def _properties(core: _Element | None) -> dict[str, str]:
    found = {local(e): " ".join((e.text or "").split()) for e in core} if core is not None else {}
    return {name: found[name] for name in _PROPERTIES if found.get(name)}


class _Story:
    """Reads a body, a cell or a text box in order, counting numbers as it goes."""

    def __init__(
        self, body: _Element, styles: Styles, numbering: _Element | None, limits: Limits
    ) -> None:
        self._styles = styles
        self._limits = limits
        self._numbering = Numbering(numbering, styles)
        self._numbering_root = numbering
        self._text = TextReader(styles, body)
        self._carried = ""
        self._struck = 0

    def warnings(self, body: _Element) -> list[LedgerWarning]:
        """Return what a reader of the text should know."""
        found = [
            LedgerWarning(
                "numbering-format-unknown",
                f"numbers of the format {name!r} are printed as decimal numbers",
            )
            for name in sorted(self._numbering.unknown_formats)
        ]
        if next(body.iter(w("altChunk")), None) is not None:
            found.append(
                LedgerWarning(
                    "docx-embedded-part",
                    "the document embeds another file, which was not read; open and save it in Word",
                )
            )
        if self.struck:
            found.append(
                LedgerWarning(
                    "docx-struck-text",
                    f"{self.struck} characters that are struck out were left out",
                )
            )
        parts = sum(1 for _ in body.iter(w("subDoc"), _OLE_OBJECT))
        if parts:
            found.append(
                LedgerWarning(
                    "docx-embedded-part",
                    f"{parts} embedded object(s) or subdocument(s) of the document were not read",
                )
            )
        return found

    @property
    def struck(self) -> int:
        """How many characters were struck out, those of text boxes included."""
        return self._struck + self._text.struck

    def items(self, container: _Element) -> Iterator[_Item]:
        """Yield the paragraphs and tables of `container`."""
        yield from self._items(container)
        if self._carried:
            carried, self._carried = self._carried, ""
            yield carried

    def _items(self, container: _Element) -> Iterator[_Item]:
        for child in container:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name in _TRANSPARENT and not _is_contents(child) and not is_placeholder(child):
                yield from self._items(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[_Item]:
        properties = paragraph.find(w("pPr"))
        style_id = self._styles.paragraph_style(properties)
        read = self._text.read(paragraph, style_id)
        if self._styles.is_contents(style_id):
            return
        mark = None if properties is None else properties.find(w("rPr"))
        deleted = mark is not None and (
            mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None
        )
        hidden = bool(is_on(mark, "vanish") or is_on(mark, "specVanish"))
        if deleted or (hidden and not read.text):
            # Without its mark a paragraph is the beginning of the next one.
            self._carried += read.text
        else:
            place = self._numbering.place(properties)
            label = "" if place is None else self._numbering.label(*place)
            text = self._carried + read.text
            if label:
                # 3.2024年 would be one number
                gap = " " if _is_digit(text[:1]) and not label[-1].isspace() else ""
                text = label + gap + text.lstrip(" \t\u3000")
            self._carried = ""
            if hidden:
                self._carried = text
            elif text.strip():
                yield text
        for box in read.boxes:
            yield from self._box(box)

    def _box(self, box: _Element) -> Iterator[_Item]:
        # A text box counts for itself (it is a story of its own).
        kept, self._numbering = self._numbering, Numbering(self._numbering_root, self._styles)
        carried, self._carried = self._carried, ""
        text, self._text = self._text, TextReader(self._styles, box)
        yield from list(self.items(box))
        self._struck += self._text.struck
        kept.unknown_formats |= self._numbering.unknown_formats
        self._numbering, self._carried, self._text = kept, carried, text

    def _table(self, table: _Element) -> Iterator[_Item]:
        rows = [row for row in _rows(table) if not _is_deleted_row(row)]
        placed: list[tuple[GridCell, list[_Item]]] = []
        merging: dict[int, int] = {}  # column → index of the cell that may go on below
        area = 0
        for at, row in enumerate(rows):
            row_properties = row.find(w("trPr"))
            col = min(integer(row_properties, "gridBefore") or 0, _WIDEST)
            for cell in _cells(row):
                properties = cell.find(w("tcPr"))
                span = min(max(integer(properties, "gridSpan") or 1, 1), _WIDEST)
                area += span
                if area > self._limits.max_table_cells:
                    raise ReadError(
                        f"a table has more than {self._limits.max_table_cells:,} positions",
                        code="hostile",
                    )
                merge = _merge(properties, "vMerge")
                if (
                    _merge(properties, "hMerge") == "continue"
                    and placed
                    and placed[-1][0].row == at
                ):
                    last, content = placed[-1]
                    placed[-1] = (_stretched(last, cols=span), content)
                elif merge == "continue" and col in merging:
                    index = merging[col]
                    above, content = placed[index]
                    placed[index] = (
                        _stretched(above, rows=at + 1 - above.row - above.rowspan),
                        content,
                    )
                else:
                    merging.pop(col, None)
                    if merge is not None:
                        merging[col] = len(placed)
                    placed.append((GridCell(at, col, "", 1, span), list(self.items(cell))))
                col += span
        yield from _unframed(_without_slivers(table, placed))


def _without_slivers(
    table: _Element, placed: list[tuple[GridCell, list[_Item]]]
) -> list[tuple[GridCell, list[_Item]]]:
    """Take out columns too narrow to be seen, which dragging a border leaves in the grid.

    A cell with such a column beside it and one without look the same on paper.
    """
    grid = table.find(w("tblGrid"))
    widths = [] if grid is None else [_width(column) for column in grid]
    if not any(0 < width <= _SLIVER for width in widths):
        return placed
    seen = [0]
    for width in widths:
        seen.append(seen[-1] + (width > _SLIVER))
    last = len(widths)
    found = []
    for cell, content in placed:
        start, end = (seen[min(at, last)] for at in (cell.col, cell.col + cell.colspan))
        if cell.col + cell.colspan > last or start == end:
            return placed  # the grid does not fit its cells, or a cell stands in the sliver alone
        found.append((GridCell(cell.row, start, cell.text, cell.rowspan, end - start), content))
    return found


def _width(column: _Element) -> int:
    """Return the width of a grid column in twentieths of a point."""
    text = column.get(w("w"), "")
    return int(text) if text.isdecimal() and len(text) < 9 else _SLIVER + 1


def _unframed(placed: list[tuple[GridCell, list[_Item]]]) -> Iterator[_Item]:
    """Yield a table; of one that only frames text, the text, its other rows as tables."""
    filled = [(cell, content) for cell, content in placed if content]
    if len(filled) == 1 or all(cell.col == filled[0][0].col for cell, _ in filled):
        for _, content in filled:
            yield from content
        return
    alone: dict[int, int] = {}
    for cell, _ in filled:
        for row in range(cell.row, cell.row + cell.rowspan):
            alone[row] = alone.get(row, 0) + 1
    rest: list[tuple[GridCell, list[_Item]]] = []
    for cell, content in placed:
        if content and alone[cell.row] == 1 and _is_text(content):
            yield from _rows_of(rest)
            rest = []
            yield from content
        else:
            rest.append((cell, content))
    yield from _rows_of(rest)


def _rows_of(placed: list[tuple[GridCell, list[_Item]]]) -> Iterator[_Item]:
    """Yield the cells of some rows as a table of their own."""
    if any(content for _, content in placed):
        first = placed[0][0].row
        yield [
            _with_text(GridCell(c.row - first, c.col, c.text, c.rowspan, c.colspan), content)
            for c, content in placed
        ]


def _is_text(content: list[_Item]) -> bool:
    """Tell a part of the document in a frame from the heading of a section of rows."""
    return len(content) >= _FRAMED or any(not isinstance(item, str) for item in content)


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9" or "０" <= char <= "９"


def _stretched(cell: GridCell, *, rows: int = 0, cols: int = 0) -> GridCell:
    return GridCell(cell.row, cell.col, cell.text, cell.rowspan + rows, cell.colspan + cols)


def _with_text(cell: GridCell, content: list[_Item]) -> GridCell:
    text = "\n".join(item if isinstance(item, str) else rows_as_text(item) for item in content)
    return GridCell(cell.row, cell.col, text, cell.rowspan, cell.colspan)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        name = local(child)
        if name == "tr":
            yield child
        elif name in _TRANSPARENT:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        name = local(child)
        if name == "tc":
            if child.find(f"{w('tcPr')}/{w('cellDel')}") is None:
                yield child
        elif name in _TRANSPARENT:
            yield from _cells(child)


def _is_deleted_row(row: _Element) -> bool:
    properties = row.find(w("trPr"))
    return properties is not None and properties.find(w("del")) is not None


def _merge(properties: _Element | None, name: str) -> str | None:
    """Return restart or continue where the cell is merged; without a value it goes on."""
    element = None if properties is None else properties.find(w(name))
    return None if element is None else element.get(w("val"), "continue")


def _is_contents(element: _Element) -> bool:
    gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}")
    return value(gallery, "docPartGallery") == "Table of Contents"

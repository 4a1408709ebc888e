"""Small files of every format, made in memory for the tests of the readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from govextract.readers import SourceDocument, read

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip package of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def relationships(*related: tuple[str, str], mode: str = "") -> str:
    """Return the relationships of a part: kind and target of each."""
    listed = "".join(
        f'<Relationship Id="r{at}" Type="{_R}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(related)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a Word package with the given body, numbering definitions and styles."""
    space = (
        f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    package: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}"/></Types>',
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(
            ("styles", "styles.xml"), ("numbering", "numbering.xml")
        ),
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        package["word/numbering.xml"] = f"<w:numbering {space}>{numbering}</w:numbering>"
    if styles:
        package["word/styles.xml"] = f"<w:styles {space}>{styles}</w:styles>"
    return zipped({**package, **(parts or {})})


def p(
    text: str, *, num: int | None = None, level: int = 0, style: str = "", extra: str = ""
) -> str:
    """Return a Word paragraph, numbered where `num` is given."""
    numbering = (
        ""
        if num is None
        else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    )
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbering}{extra}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a Word run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def level(
    at: int, form: str, text: str, *, start: int = 1, suffix: str = "nothing", extra: str = ""
) -> str:
    """Return a level of a numbering definition."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, link: str = "") -> str:
    """Return an abstract numbering definition."""
    return f'<w:abstractNum w:abstractNumId="{number}">{link}{"".join(levels)}</w:abstractNum>'


def instance(number: int, of: int, overrides: str = "") -> str:
    """Return a numbering instance."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def word_table(*rows: Sequence[str]) -> str:
    """Return a Word table; a cell is its text, or ready XML where it begins with ``<w:tc>``."""
    out = ""
    for row in rows:
        out += "<w:tr>"
        for cell in row:
            out += cell if cell.startswith("<w:tc>") else f"<w:tc>{p(cell)}</w:tc>"
        out += "</w:tr>"
    return f"<w:tbl>{out}</w:tbl>"


def tc(text: str, properties: str) -> str:
    """Return a Word cell with properties."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


@dataclass
class PdfPage:
    """A page to be written: texts at their place from the upper left corner, and strokes."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    strokes: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture: bool = False
    placed: list[tuple[str, str]] = field(default_factory=list)

    def matrix_text(
        self, matrix: Sequence[float], text: str, size: float = 12, colour: str = "0 g"
    ) -> None:
        """Place text by a matrix from the lower left corner, in a colour."""
        numbers = " ".join(f"{number:.3f}" for number in matrix)
        self.placed.append((f"{colour} /F {size} Tf {numbers} Tm", text))

    def text(self, x: float, y: float, text: str, size: float = 12) -> None:
        """Place text with its top at `y`."""
        self.texts.append((x, y, size, text))

    def lines(
        self, lines: Sequence[str], *, x: float = 72, y: float = 100, size: float = 12
    ) -> None:
        """Place lines under each other; a leading ideographic space sets the line in."""
        for number, line in enumerate(lines):
            indent = size * (len(line) - len(line.lstrip("\u3000")))
            self.text(x + indent, y + number * 1.6 * size, line.lstrip("\u3000"), size)

    def table(
        self, columns: Sequence[float], rows: Sequence[float], cells: Mapping[tuple[int, int], str]
    ) -> None:
        """Rule a full grid and put lines of text (by line feeds) in its cells."""
        for y in rows:
            self.strokes.append((columns[0], y, columns[-1], y))
        for x in columns:
            self.strokes.append((x, rows[0], x, rows[-1]))
        for (row, col), text in cells.items():
            for number, line in enumerate(text.split("\n")):
                self.text(columns[col] + 5, rows[row] + 4 + 14 * number, line, 10)


HEIGHT = 842


def pdf(*pages: PdfPage) -> bytes:
    """Return a PDF file whose font maps every character to itself and is a size wide."""
    used = sorted({c for page in pages for *_, text in [*page.texts, *page.placed] for c in text})
    mapping = "\n".join(f"<{ord(c):04X}> <{ord(c):04X}>" for c in used)
    blocks = [
        f"{min(100, len(used) - at)} beginbfchar\n"
        + "\n".join(mapping.split("\n")[at : at + 100])
        + "\nendbfchar"
        for at in range(0, len(used), 100)
    ]
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",  # the page tree, when its kids are known
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 >>",
        "<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
        "stream\nA\nendstream",
    ]
    kids = []
    for page in pages:
        content = "".join(
            f"BT /F {size} Tf {x} {HEIGHT - y - 0.8 * size:.2f} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in page.texts
        )
        content += "".join(
            f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n" for x0, y0, x1, y1 in page.strokes
        )
        content += "".join(
            f"q BT {operators} <{text.encode('utf-16-be').hex()}> Tj ET Q\n"
            for operators, text in page.placed
        )
        if page.picture:
            content += "q 500 0 0 700 50 50 cm /Im Do Q\n"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /Im 7 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


def ofd(*pages: str, title: str = "") -> bytes:
    """Return an OFD package whose pages hold the given layer content."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(
        f'<ofd:Page ID="{at + 10}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
        for at in range(len(pages))
    )
    named = f"<ofd:Title>{title}</ofd:Title>" if title else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0"><ofd:DocBody><ofd:DocInfo>{named}</ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for at, content in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return zipped(parts)


def ofd_text(x: float, y: float, text: str, size: float = 4.0) -> str:
    """Return an OFD text object with its baseline at `y`."""
    deltas = " ".join([f"{size}"] * (len(text) - 1))
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} 150 {size + 1}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return an OFD path object that is one stroke."""
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def compound_file(*streams: str) -> bytes:
    """Return the head of an OLE compound file whose directory names the streams."""
    out = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    for name in ("Root Entry", *streams):
        entry = (name + "\x00").encode("utf-16-le")
        out += entry.ljust(64, b"\x00") + len(entry).to_bytes(2, "little") + bytes(62)
    return bytes(out)


# A full line of a column of 37 characters of 12 points, from x 72 to 516.
FULL_LINE = (
    "新改建农村公路八十五公里改造危桥十二座并在十月底前全部完工同步实施村道亮化工程共计三十处"[:37]
)


def page_of(*lines: str, y: float = 100) -> PdfPage:
    """Return a page with lines of 12 points below each other from `y` on."""
    page = PdfPage()
    page.lines(lines, y=y)
    return page


def read_pages(*pages: PdfPage) -> SourceDocument:
    """Return what the PDF reader makes of pages."""
    return read(pdf(*pages))


def lines_of_pages(*pages: PdfPage) -> list[str]:
    """Return the paragraphs that the PDF reader makes of pages."""
    return read_pages(*pages).text.split("\n")

"""Make the example circular in four formats from circular.json.

Run in this folder:  python make_examples.py
Needs python-docx and jinja2; for the PDF also LibreOffice (soffice) and the font LXGW WenKai
(SIL Open Font License 1.1; Debian: libreoffice-writer-nogui, fonts-lxgw-wenkai). LibreOffice embeds
only the characters used. All names, numbers and sentences of the circular are invented.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

HERE = Path(__file__).parent
NAME = "circular"
FONT = "LXGW WenKai"
COUNT = "一二三四五六七八九十"
# Chapters and sections are one list, in which sections restart; tasks are another that counts on.
LISTS = {
    900: (("chineseCounting", "%1、"), ("chineseCounting", "（%2）")),
    901: (("decimal", "%1."),),
}
PLACES = {"1": (900, 0), "2": (900, 1), "3": (901, 0)}  # kind of line → list, level


def numbered_lines(circular: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the body with its numbers written out, as .txt and .html hold them."""
    chapter = section = task = 0
    lines: list[tuple[str, Any]] = []
    for kind, content in circular["body"]:
        if kind == "1":
            chapter, section = chapter + 1, 0
            content = f"{COUNT[chapter - 1]}、{content}"
        elif kind == "2":
            section += 1
            content = f"（{COUNT[section - 1]}）{content}"
        elif kind == "3":
            task += 1
            content = f"{task}.{content}"
        lines.append((kind, content))
    return lines


def write_txt(circular: dict[str, Any]) -> None:
    """Write one paragraph a line; the cells of the table are separated by tabs."""
    out = [
        circular["title"],
        circular["document_number"],
        *circular["notice"],
        *circular["signature"],
    ]
    out.append(circular["annex_title"])
    for kind, content in numbered_lines(circular):
        out += ["\t".join(row) for row in content] if kind == "table" else [content]
    out.append(circular["closing"])
    (HERE / f"{NAME}.txt").write_text("\n".join(out) + "\n", encoding="utf-8")


def write_html(circular: dict[str, Any]) -> None:
    """Write a page as a portal would show it: menus, metadata table, share bar and foot around the text."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True)
    page = environment.get_template("page.html.jinja")
    text = page.render(c=circular, lines=numbered_lines(circular))
    (HERE / f"{NAME}.html").write_text(text + "\n", encoding="utf-8")


def write_docx(circular: dict[str, Any], path: Path, font: str) -> None:
    """Write a Word document whose numbers up to level 3 are automatic."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = Pt(26)
    section.header.paragraphs[0].text = "景川市人民政府办公室文件"
    add_page_number(section.footer.paragraphs[0])
    add_numbering(document)
    document.core_properties.title = circular["title"]
    document.core_properties.author = "govextract"
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(2025, 2, 26)

    def paragraph(
        text: str, align: Any = None, *, size: int | None = None, indent: bool = True
    ) -> Any:
        added = document.add_paragraph()
        run = added.add_run(text)
        if size:
            run.font.size = Pt(size)
        if align is not None:
            added.alignment = align
        elif indent:
            added.paragraph_format.first_line_indent = Pt(28)
        return added

    paragraph(circular["title"], WD_ALIGN_PARAGRAPH.CENTER, size=18)
    paragraph(circular["document_number"], WD_ALIGN_PARAGRAPH.CENTER)
    paragraph(circular["notice"][0], indent=False)
    for line in circular["notice"][1:]:
        paragraph(line)
    for line in circular["signature"]:
        paragraph(line, WD_ALIGN_PARAGRAPH.RIGHT)
    paragraph(circular["annex_title"], WD_ALIGN_PARAGRAPH.CENTER, size=18)
    for kind, content in circular["body"]:
        if kind == "table":
            add_table(document, content)
            continue
        added = paragraph(content)
        if kind != "text":
            properties = added._p.get_or_add_pPr()
            number_id, level = PLACES[kind]
            numbering = parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
            )
            properties.insert_element_before(numbering, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph(circular["closing"])
    document.save(path)


def add_numbering(document: Any) -> None:
    """Add the definitions of LISTS, each with one instance of the same number."""
    root = document.part.numbering_part.element
    for number, levels in LISTS.items():
        shown = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for at, (form, text) in enumerate(levels)
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{shown}</w:abstractNum>'
        root.insert(0, parse_xml(abstract))
        instance = (
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
        root.append(parse_xml(instance))


def add_page_number(paragraph: Any) -> None:
    """Put the page number between dashes, as official documents have it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def add_table(document: Any, rows: list[list[str]]) -> None:
    """Add the ruled table; a row of one cell is merged over all columns, the first row repeats."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = (Cm(1.3), Cm(5.2), Cm(3.2), Cm(3.7), Cm(2.2))
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
        else:
            for cell, text, width in zip(cells, row, widths, strict=True):
                cell.text = text
                cell.width = width
        for cell in cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(11)
        if number == 0:
            repeat = parse_xml(f"<w:tblHeader {nsdecls('w')}/>")
            table.rows[0]._tr.get_or_add_trPr().append(repeat)


def write_pdf(circular: dict[str, Any]) -> None:
    """Let LibreOffice lay out the Word document in a font that may be embedded."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("soffice (LibreOffice) is not installed: the PDF was not made")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{NAME}.docx")
        write_docx(circular, source, FONT)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", str(HERE), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)


def main() -> None:
    """Write circular.txt, .html, .docx and .pdf."""
    circular = json.loads((HERE / f"{NAME}.json").read_text(encoding="utf-8"))
    write_txt(circular)
    write_html(circular)
    write_docx(circular, HERE / f"{NAME}.docx", "仿宋")
    write_pdf(circular)


if __name__ == "__main__":
    main()

"""The ledger as an Excel workbook: the tasks, what to look at, and where it all came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil
from pathlib import PurePath
from typing import Any

import xlsxwriter

from govextract import __version__
from govextract.data import read_rows
from govextract.exporters.cells import display_width, one_line, truncated, utf16_length
from govextract.exporters.rows import COLUMNS, Cell, Column, Lines, task_rows
from govextract.records import LedgerRecord, LedgerWarning

# Limits of a worksheet. Source: Microsoft, "Excel specifications and limits".
CELL_CHARACTERS = 32_767
CELL_LINE_FEEDS = 253
SHEET_ROWS = 1_048_576
HEADER_CHARACTERS = 255

# A row is at most 409 points high, about 29 lines: what does not fit is in the cell, but is
# neither shown nor printed. A column of long texts is therefore made wider, not only higher.
_TALLEST = 409.0
_LINE_HEIGHT = 14.0
_LINES_SHOWN = int(_TALLEST / _LINE_HEIGHT)
_USUAL_WIDTH = 48
_A3 = 8
_FIGURE = re.compile(r"\d+(?:,\d{3})*")
_EXCERPT = 120

_WARNING_COLUMNS = {
    "序号": 6,
    "类别": 28,
    "说明": 60,
    "原文位置": 22,
    "原文摘录": 60,
    "代码": 24,
}


def render(ledger: LedgerRecord) -> tuple[bytes, list[LedgerWarning]]:
    """Return the workbook of `ledger`, and a warning for each cell that had to be cut.

    Every cell but the serial number is a text: nothing in the workbook is a formula or a link.

    Raises
    ------
    ValueError
        Where there are more tasks than a worksheet has rows.
    """
    if len(ledger.tasks) >= SHEET_ROWS:
        raise ValueError(
            f"{len(ledger.tasks)} tasks do not fit the {SHEET_ROWS} rows of a worksheet; "
            "write csv or json instead"
        )
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties({"title": one_line(ledger.meta.title or "")[:HEADER_CHARACTERS]})
    styles = _styles(workbook)
    notes = _tasks_sheet(workbook, styles, ledger)
    _warnings_sheet(workbook, styles, ledger, notes)
    _about_sheet(workbook, styles, ledger)
    workbook.close()
    return buffer.getvalue(), notes


def _styles(workbook: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True, "border": 1}
    head = base | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE6F0"}
    return {
        "text": workbook.add_format(base),
        "number": workbook.add_format(base | {"align": "center"}),
        "head": workbook.add_format(head),
    }


def _tasks_sheet(
    workbook: Any, styles: dict[str, Any], ledger: LedgerRecord
) -> list[LedgerWarning]:
    sheet = workbook.add_worksheet("台账")
    table: list[list[Cell]] = []
    notes: list[LedgerWarning] = []
    for task, row in zip(ledger.tasks, task_rows(ledger), strict=True):
        cells = row.cells(stacked=True)
        for index, (column, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
            if isinstance(cell, str):
                fitted, cut = _fitted(cell)
                cells[index] = fitted
                if cut:
                    message = (
                        f"{column.chinese} of task {row.serial} is cut to the {CELL_CHARACTERS:,} "
                        "characters of a cell; json and csv hold it whole"
                    )
                    notes.append(LedgerWarning("cell-truncated", message, task.start, task.end))
        table.append(cells)
    head = {
        column.chinese: _width(column, [str(row[index]) for row in table])
        for index, column in enumerate(COLUMNS)
    }
    _write_table(sheet, styles, head, table)
    _set_up_print(sheet, ledger.meta.title)
    return notes


def _warnings_sheet(
    workbook: Any, styles: dict[str, Any], ledger: LedgerRecord, notes: Iterable[LedgerWarning]
) -> None:
    sheet = workbook.add_worksheet("提示")
    rows = read_rows("warning_labels.tsv", ("code", "chinese", "advice", "source"))
    labels = {row["code"]: (row["chinese"], row["advice"]) for row in rows}
    index = Lines(ledger.text)
    table: list[list[Cell]] = []
    for serial, warning in enumerate([*ledger.warnings, *notes], 1):
        place = excerpt = ""
        if warning.start is not None and warning.end is not None:
            place = index.place(warning.start, warning.end)
            end = min(warning.end, warning.start + _EXCERPT)
            excerpt = one_line(ledger.text[warning.start : end])
            if end < warning.end:
                excerpt += "…"
        code, message = one_line(warning.code), one_line(warning.message)
        label, advice = labels.get(code, (code, ""))
        said = _in_chinese(advice, message) if advice else message
        row: list[Cell] = [serial, label, said, place, excerpt, code]
        table.append([_fitted(cell)[0] if isinstance(cell, str) else cell for cell in row])
    if not table:
        table.append(["", "无提示", "", "", "", ""])
    _write_table(sheet, styles, _WARNING_COLUMNS, table)
    _set_up_print(sheet, ledger.meta.title)


def _in_chinese(advice: str, message: str) -> str:
    """Return what a message says, in Chinese and with its figures."""
    figures = [*_FIGURE.findall(message), "若干", "若干"]
    return advice.format(*figures)


def _about_sheet(workbook: Any, styles: dict[str, Any], ledger: LedgerRecord) -> None:
    sheet = workbook.add_worksheet("说明")
    meta, source = ledger.meta, ledger.source
    facts: list[tuple[str, object]] = [
        ("来源文件", PurePath(source.path).name if source.path else None),
        ("文件格式", source.format),
        ("SHA-256", source.sha256),
        ("标题", meta.title),
        ("文号", meta.doc_number),
        ("发文机关", meta.issuer),
        ("成文日期", meta.issued_on),
        ("任务所属年份", meta.year),
        ("任务数", len(ledger.tasks)),
        ("责任单位（人）次", sum(len(task.responsibilities) for task in ledger.tasks)),
        ("量化指标数", sum(len(task.metrics) for task in ledger.tasks)),
        ("完成时限数", sum(len(task.deadlines) for task in ledger.tasks)),
        ("提示数", len(ledger.warnings)),
        ("生成工具", f"govextract {__version__}，数据格式版本 {ledger.schema_version}"),
        ("原文位置", "“行”为原文文本的行号，从1起；“字符”为字符位置，从0起，含起始不含结束"),
        ("单位名称", "责任单位按全称列示：承前省略的“市”“县”等前缀和后缀已补全"),
        ("完成时限", "括号内为推算的最后日期；“承上”表示时限写在上级标题、标签行或表头"),
        *((f"原文信息：{one_line(name)}", value) for name, value in meta.pairs.items()),
    ]
    table: list[list[Cell]] = [
        [name, "（未注明）" if value is None else _fitted(one_line(str(value)))[0]]
        for name, value in facts
    ]
    _write_table(sheet, styles, {"项目": 24, "内容": 90}, table)
    _set_up_print(sheet, ledger.meta.title)


def _write_table(
    sheet: Any, styles: dict[str, Any], head: Mapping[str, int], table: Sequence[Sequence[Cell]]
) -> None:
    """Write `table` under `head` (names and widths), the head frozen and with filters."""
    for column, (name, width) in enumerate(head.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, styles["head"])
    sheet.set_row(0, 24)
    for number, row in enumerate(table, 1):
        sheet.set_row(number, _height(row, list(head.values())))
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, styles["number"])
            elif not cell:
                sheet.write_blank(number, column, None, styles["text"])
            else:
                sheet.write_string(number, column, cell, styles["text"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), len(head) - 1)


def _set_up_print(sheet: Any, title: str | None) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # An ampersand begins a code in a page header, a doubled one is itself.
    name = truncated(one_line(title or ""), HEADER_CHARACTERS // 2 - 2)
    if name:
        sheet.set_header("&C" + name.replace("&", "&&"))
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _fitted(text: str) -> tuple[str, bool]:
    """Return `text` within a cell's limits, and whether characters were lost."""
    feeds = text.count("\n")
    if feeds > CELL_LINE_FEEDS:
        *first, rest = text.split("\n", CELL_LINE_FEEDS)
        text = "\n".join([*first, rest.replace("\n", " ")])
    return truncated(text, CELL_CHARACTERS), utf16_length(text) > CELL_CHARACTERS


def _width(column: Column, texts: Sequence[str]) -> int:
    """Return a width that shows the longest of `texts` whole, within the column's bounds."""
    widest = max((display_width(line) for text in texts for line in text.split("\n")), default=0)
    longest = max((display_width(text) for text in texts), default=0)
    wanted = max(min(widest + 2, _USUAL_WIDTH), longest // (_LINES_SHOWN - 4))
    return max(column.least, min(column.most, wanted))


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return the height in points at which every cell of `row` is seen whole, if there is one.

    Excel would fit the height itself when it opens the file; other programs do not.
    """
    rows = 1
    for cell, width in zip(row, widths, strict=True):
        broken = (ceil(display_width(line) / (width - 1)) for line in str(cell).split("\n"))
        rows = max(rows, sum(max(1, count) for count in broken))
    return min(_TALLEST, rows * _LINE_HEIGHT + 3)

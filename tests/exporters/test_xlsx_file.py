from __future__ import annotations

import ast
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govextract
from govextract.data import read_rows
from govextract.exporters import xlsx_file
from govextract.exporters.rows import COLUMNS
from govextract.ledger import Ledger
from govextract.records import LedgerWarning, Measure, Meta, Source, Task

MakeLedger = Callable[..., Ledger]


def _open(ledger: Ledger) -> Any:
    data, _ = xlsx_file.render(ledger)
    return openpyxl.load_workbook(BytesIO(data))


def _values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_xlsx_has_the_three_sheets(sample: Ledger) -> None:
    assert _open(sample).sheetnames == ["台账", "提示", "说明"]


def test_xlsx_first_sheet_has_a_head_and_one_row_a_task(sample: Ledger) -> None:
    head, *rows = _values(_open(sample)["台账"])
    assert head == tuple(column.chinese for column in COLUMNS)
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[1][5] == "市水利局、各镇"
    assert rows[1][9] == "6月底前（2015-06-30）"


def test_xlsx_without_tasks_has_only_the_head(sample: Ledger) -> None:
    sample.tasks = []
    assert len(_values(_open(sample)["台账"])) == 1


def test_xlsx_second_sheet_lists_the_warnings_with_their_place(sample: Ledger) -> None:
    _, row = _values(_open(sample)["提示"])
    assert row[1:3] == ("单位名称存疑", "此处名称不像单位名称，请核对")
    assert row[3].startswith("第5行")
    assert row[4:] == ("各镇", "unknown-unit")


def test_xlsx_a_warning_of_an_unknown_code_is_called_by_it(sample: Ledger) -> None:
    sample.warnings = [LedgerWarning("new-code", "something new")]
    _, row = _values(_open(sample)["提示"])
    assert row[1] == row[5] == "new-code"


def test_xlsx_every_code_that_the_package_gives_has_a_chinese_label() -> None:
    labels = {
        row["code"]
        for row in read_rows("warning_labels.tsv", ("code", "chinese", "advice", "source"))
    }
    given = set()
    for path in Path(govextract.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LedgerWarning":
                codes = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]
                given |= {code.value for code in codes if isinstance(code, ast.Constant)}
    assert len(given) >= 5
    assert given <= labels


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        (
            "declared-count",
            "the document declares 52, 50 tasks were found",
            "文中称52项，提取到50项",
        ),
        ("docx-struck-text", "7 characters that are struck out were left out", "（7字）"),
        ("docx-struck-text", "without a figure", "（若干字）"),
        ("unknown-unit", "'甲' does not read as the name of a unit", "请核对"),
    ],
)
def test_xlsx_a_warning_is_explained_in_chinese(
    sample: Ledger, code: str, message: str, said: str
) -> None:
    sample.warnings = [LedgerWarning(code, message)]
    _, row = _values(_open(sample)["提示"])
    assert said in str(row[2])


def test_xlsx_second_sheet_says_where_there_are_no_warnings(sample: Ledger) -> None:
    sample.warnings = []
    _, row = _values(_open(sample)["提示"])
    assert "无提示" in row


def test_xlsx_a_warning_without_a_place_has_none(sample: Ledger) -> None:
    sample.warnings = [LedgerWarning("encoding-guessed", "编码为推测")]
    _, row = _values(_open(sample)["提示"])
    assert row[3:5] == (None, None)


def test_xlsx_third_sheet_tells_source_digest_and_counts(sample: Ledger) -> None:
    facts = dict(_values(_open(sample)["说明"])[1:])
    assert facts["来源文件"] == "水利.txt"
    assert facts["SHA-256"] == "a" * 64
    assert facts["文号"] == "（未注明）"
    assert facts["任务数"] == "3"
    assert facts["责任单位（人）次"] == "5"


def test_xlsx_third_sheet_keeps_the_page_s_own_metadata(sample: Ledger) -> None:
    sample.meta.pairs = {"索引号": "014006/2015-00123"}
    facts = dict(_values(_open(sample)["说明"])[1:])
    assert facts["原文信息：索引号"] == "014006/2015-00123"


def test_xlsx_head_is_frozen_filtered_and_repeated_in_print(sample: Ledger) -> None:
    sheet = _open(sample)["台账"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_xlsx_text_is_wrapped(sample: Ledger) -> None:
    sheet = _open(sample)["台账"]
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=2) for cell in row)


def test_xlsx_columns_are_as_wide_as_their_bounds_allow(sample: Ledger) -> None:
    sample.tasks[0].measures = [Measure(0, 1, "疏" * 3000)]
    sheet = _open(sample)["台账"]
    for column, letter in zip(COLUMNS, "ABCDEFGHIJK", strict=True):
        # A spreadsheet adds the cell's padding to the width that was asked for.
        assert column.least <= sheet.column_dimensions[letter].width <= column.most + 1
    assert sheet.column_dimensions["D"].width > 80


HOSTILE = ["=1+1", "=HYPERLINK(\"http://a.cn\")", "+1", "-1", "@x", "{=A1}", "http://a.cn", "123",
           "mailto:a@b.cn", "internal:A1", "<b>&\"'", "_x0041_"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_xlsx_no_cell_is_ever_a_formula_link_or_number(one_task: MakeLedger, text: str) -> None:
    ledger = one_task(title=text, path=[text], measures=[Measure(0, 1, text)], source=text)
    ledger.meta = Meta(title=text, doc_number=text)
    ledger.warnings = [LedgerWarning(text, text)]
    book = _open(ledger)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell
                assert cell.hyperlink is None
                if cell.data_type == "n" and cell.value is not None:
                    assert cell.column == 1
    assert [book["台账"].cell(2, column).value for column in (2, 3, 4)] == [text] * 3


def test_xlsx_file_holds_no_formula_element_and_no_link(one_task: MakeLedger) -> None:
    data, _ = xlsx_file.render(one_task(title="=1+1", path=["http://a.cn"]))
    with zipfile.ZipFile(BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 3
        for name in sheets:
            assert b"<f>" not in package.read(name)
            assert b"hyperlink" not in package.read(name)


def test_xlsx_control_characters_are_stripped(one_task: MakeLedger) -> None:
    sheet = _open(one_task(title=f"清\x00淤\x0b河{chr(0xD800)}道"))["台账"]
    assert sheet.cell(2, 3).value == "清淤 河道"


def test_xlsx_a_cell_over_the_limit_is_cut_with_a_warning(one_task: MakeLedger) -> None:
    ledger = one_task(measures=[Measure(0, 1, "疏" * 40_000)])
    data, notes = xlsx_file.render(ledger)
    book = openpyxl.load_workbook(BytesIO(data))
    cell = book["台账"].cell(2, 4).value
    assert len(cell) == xlsx_file.CELL_CHARACTERS
    assert cell.endswith("…")
    assert [note.code for note in notes] == ["cell-truncated"]
    assert "具体举措" in notes[0].message
    assert book["提示"].cell(2, 6).value == "cell-truncated"


def test_xlsx_a_cell_at_the_limit_is_kept_whole(one_task: MakeLedger) -> None:
    data, notes = xlsx_file.render(one_task(measures=[Measure(0, 1, "疏" * 32_767)]))
    assert notes == []
    assert openpyxl.load_workbook(BytesIO(data))["台账"].cell(2, 4).value == "疏" * 32_767


def test_xlsx_the_limit_counts_as_excel_does(one_task: MakeLedger) -> None:
    _, notes = xlsx_file.render(one_task(measures=[Measure(0, 1, "𠮷" * 16_384)]))
    assert len(notes) == 1


def test_xlsx_a_cell_has_no_more_lines_than_excel_allows(one_task: MakeLedger) -> None:
    ledger = one_task(measures=[Measure(0, 1, f"第{n}段") for n in range(400)])
    data, notes = xlsx_file.render(ledger)
    cell = openpyxl.load_workbook(BytesIO(data))["台账"].cell(2, 4).value
    assert cell.count("\n") == xlsx_file.CELL_LINE_FEEDS
    assert notes == []
    assert cell.split() == [f"第{n}段" for n in range(400)]


def test_xlsx_a_long_title_with_ampersands_fits_the_page_header(sample: Ledger) -> None:
    sample.meta.title = "研发&推广" * 100
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = _open(sample)["台账"]
    assert "研发&推广" in sheet.oddHeader.center.text.replace("&&", "&")


def test_xlsx_more_tasks_than_rows_are_refused() -> None:
    task = Task("t", None, [], "清淤", 0, 0)
    ledger = Ledger(Source(None, "0" * 64, "txt"), Meta(), "", [task] * xlsx_file.SHEET_ROWS)
    with pytest.raises(ValueError, match="do not fit the 1048576 rows"):
        xlsx_file.render(ledger)


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_xlsx_any_text_makes_a_workbook_that_opens(text: str) -> None:
    task = Task("t", text, [text], text, 0, len(text), measures=[Measure(0, len(text), text)])
    ledger = Ledger(Source(text, "0" * 64, "txt"), Meta(title=text), text, [task])
    ledger.warnings = [LedgerWarning(text, text, 0, len(text))]
    assert len(_open(ledger).sheetnames) == 3

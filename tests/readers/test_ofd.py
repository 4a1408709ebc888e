from __future__ import annotations

import sys

import pytest
from reader_files import ofd, ofd_rule, ofd_text, zipped

from govextract.readers import ReadError, read
from govextract.readers.limits import Limits

# Forty characters of 4 mm fill the column from 25 to 185 mm.
FULL = "新改建农村公路八十五公里改造危桥十二座并在十月底前全部完工同步实施村道亮化工程三处"[:40]


def test_ofd_joins_the_lines_of_a_paragraph_and_leaves_page_numbers_out() -> None:
    first = (
        ofd_text(33, 40, FULL[:-2])
        + ofd_text(25, 47, FULL)
        + ofd_text(25, 54, "完工。")
        + ofd_text(100, 285, "— 1 —")
    )
    second = ofd_text(33, 40, "另起一段。") + ofd_text(100, 285, "— 2 —")
    document = read(ofd(first, second))
    assert document.text == FULL[:-2] + FULL + "完工。\n另起一段。"
    assert document.format == "ofd"


def test_ofd_a_ruled_table_is_a_grid() -> None:
    rules = "".join(ofd_rule(25, y, 185, y) for y in (60, 70, 80)) + "".join(
        ofd_rule(x, 60, x, 80) for x in (25, 125, 185)
    )
    texts = (
        ofd_text(27, 67, "任务")
        + ofd_text(127, 67, "责任单位")
        + ofd_text(27, 77, "修路")
        + ofd_text(127, 77, "市交通局")
    )
    document = read(ofd(ofd_text(25, 40, "任务如下。") + rules + texts + ofd_text(25, 95, "完。")))
    assert document.text == "任务如下。\n任务\t责任单位\n修路\t市交通局\n完。"
    assert [b.kind for b in document.blocks] == ["paragraph", "table", "paragraph"]


def test_ofd_merged_cells_are_found_by_their_rules() -> None:
    rules = "".join(
        ofd_rule(*ends)
        for ends in (
            (25, 60, 185, 60),
            (75, 70, 185, 70),
            (25, 80, 185, 80),
            (25, 60, 25, 80),
            (75, 60, 75, 80),
            (125, 60, 125, 80),
            (185, 60, 185, 80),
        )
    )
    texts = (
        ofd_text(27, 67, "农业")
        + ofd_text(77, 67, "播种")
        + ofd_text(127, 67, "市农业局")
        + ofd_text(77, 77, "收购")
        + ofd_text(127, 77, "市粮食局")
    )
    table = read(ofd(rules + texts)).blocks[0].table
    assert table is not None
    assert (table.cells[0].row, table.cells[0].col, table.cells[0].rowspan) == (0, 0, 2)
    assert (table.n_rows, table.n_cols) == (2, 3)


def test_ofd_title_is_metadata() -> None:
    assert read(ofd(ofd_text(25, 40, "正文"), title="修路通知")).metadata["title"] == "修路通知"


def test_ofd_without_text_says_so() -> None:
    with pytest.raises(ReadError, match="no text: its pages are scans"):
        read(ofd(ofd_rule(0, 0, 50, 0)))


def test_ofd_that_is_damaged_is_refused() -> None:
    with pytest.raises(ReadError, match="OFD package is damaged"):
        read(zipped({"OFD.xml": "<x/>"}))


def test_ofd_of_too_many_pages_is_refused() -> None:
    with pytest.raises(ReadError, match="has 2 pages"):
        read(ofd(ofd_text(25, 40, "甲"), ofd_text(25, 40, "乙")), limits=Limits(max_pages=1))


def test_ofd_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ofdkit", None)
    with pytest.raises(ReadError, match=r'pip install "govextract\[ofd\]"'):
        read(ofd(ofd_text(25, 40, "甲")))

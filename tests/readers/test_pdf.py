"""PDF files written in memory: a column of 37 characters of 12 points from x 72 to 516."""

from __future__ import annotations

import logging
import sys

import pytest
from reader_files import FULL_LINE, PdfPage, lines_of_pages, page_of, pdf, read_pages

from govextract.readers import ReadError, SourceDocument, read
from govextract.readers.limits import Limits

COLUMNS = [72, 110, 300, 420, 516]


def test_pdf_joins_the_lines_of_a_paragraph_without_blanks() -> None:
    assert len(FULL_LINE) == 37
    page = page_of(
        "　　" + FULL_LINE[:35], FULL_LINE, "余下几个字。", "　　" + FULL_LINE[:35], "完。"
    )
    assert lines_of_pages(page) == [
        FULL_LINE[:35] + FULL_LINE + "余下几个字。",
        FULL_LINE[:35] + "完。",
    ]


def test_pdf_a_line_that_ends_early_ends_its_paragraph() -> None:
    page = page_of(FULL_LINE, "短行在此", FULL_LINE, "末行")
    assert lines_of_pages(page) == [FULL_LINE + "短行在此", FULL_LINE + "末行"]


def test_pdf_joins_a_paragraph_over_a_page_break() -> None:
    first, second = (
        page_of("　　" + FULL_LINE[:35], FULL_LINE),
        page_of("接着写完。", "　　另起一段。"),
    )
    assert lines_of_pages(first, second) == [
        FULL_LINE[:35] + FULL_LINE + "接着写完。",
        "另起一段。",
    ]


def test_pdf_a_paragraph_that_ends_with_its_page_is_not_joined() -> None:
    first, second = page_of(FULL_LINE, "到此为止。"), page_of(FULL_LINE, "　　另起。")
    assert lines_of_pages(first, second) == [FULL_LINE + "到此为止。", FULL_LINE, "另起。"]


def test_pdf_joins_a_number_cut_by_the_margin() -> None:
    page = page_of(FULL_LINE[:35] + "20", "25年底前完成。")
    assert lines_of_pages(page) == [FULL_LINE[:35] + "2025年底前完成。"]


def test_pdf_joins_the_lines_of_a_centred_title() -> None:
    page = PdfPage()
    page.text(150, 80, "景川市人民政府办公室关于印发", 20)
    page.text(210, 112, "年度方案的通知", 20)
    page.lines([FULL_LINE, FULL_LINE, "正文。"], y=160)
    assert lines_of_pages(page)[0] == "景川市人民政府办公室关于印发年度方案的通知"


def test_pdf_a_right_aligned_issuer_and_date_are_paragraphs() -> None:
    page = page_of(FULL_LINE, FULL_LINE)
    page.text(400, 200, "景川市人民政府")
    page.text(420, 220, "2024年3月1日")
    assert lines_of_pages(page)[1:] == ["景川市人民政府", "2024年3月1日"]


@pytest.mark.parametrize(
    "number",
    [
        "— {} —",
        "- {} -",
        "－{}－",
        "{}",
        "第{}页",
        "第 {} 页 共 3 页",
        "{}/3",
        "Page {} of 3",
        "·{}·",
    ],
)
def test_pdf_leaves_page_numbers_out(number: str) -> None:
    pages = []
    for at in (1, 2, 3):
        page = page_of(FULL_LINE, f"第{'一二三'[at - 1]}页的正文。")
        page.text(290, 800, number.format(at))
        pages.append(page)
    assert lines_of_pages(*pages) == [
        FULL_LINE + "第一页的正文。",
        FULL_LINE + "第二页的正文。",
        FULL_LINE + "第三页的正文。",
    ]


def test_pdf_leaves_running_heads_and_feet_out() -> None:
    pages = []
    for at in (1, 2, 3):
        page = page_of(FULL_LINE, f"正文{at}。")
        page.text(72, 40, "景川市人民政府公报")
        page.text(400, 805, f"2024年第{at}期")
        pages.append(page)
    assert lines_of_pages(*pages) == [
        FULL_LINE + "正文1。",
        FULL_LINE + "正文2。",
        FULL_LINE + "正文3。",
    ]


def test_pdf_keeps_numbers_in_the_middle_and_different_first_lines() -> None:
    first, second = page_of("甲的首行。", y=60), page_of("乙的首行。", y=60)
    first.text(72, 400, "12")
    assert lines_of_pages(first, second) == ["甲的首行。", "12", "乙的首行。"]


def _table_page(
    cells: dict[tuple[int, int], str], rows: int, *, top: float = 150, height: float = 40
) -> PdfPage:
    page = PdfPage()
    page.table(COLUMNS, [top + height * at for at in range(rows + 1)], cells)
    return page


HEAD = {(0, 0): "序号", (0, 1): "任务", (0, 2): "牵头单位", (0, 3): "时限"}


def _shape(document: SourceDocument) -> list[tuple[int, int, int, int, str]]:
    tables = [b.table for b in document.blocks if b.table is not None]
    assert len(tables) == 1
    return [
        (c.row, c.col, c.rowspan, c.colspan, document.text[c.start : c.end])
        for c in tables[0].cells
    ]


def test_pdf_a_ruled_table_stands_between_its_paragraphs() -> None:
    page = _table_page(
        {**HEAD, (1, 0): "1", (1, 1): "修路", (1, 2): "市交通局", (1, 3): "6月底前"}, 2
    )
    page.text(72, 100, "任务如下。")
    page.text(72, 260, "完。")
    document = read_pages(page)
    assert (
        document.text == "任务如下。\n序号\t任务\t牵头单位\t时限\n1\t修路\t市交通局\t6月底前\n完。"
    )
    assert [b.kind for b in document.blocks] == ["paragraph", "table", "paragraph"]


def test_pdf_joins_lines_of_a_cell_that_its_width_cut_and_no_others() -> None:
    wide = "新改建农村公路八十五公里并改造危桥"[:17]
    page = _table_page(
        {**HEAD, (1, 0): "1", (1, 1): f"{wide}\n十二座", (1, 2): "市交通局\n市财政局"}, 2
    )
    texts = [cell[4] for cell in _shape(read_pages(page))]
    assert wide + "十二座" in texts
    assert "市交通局\n市财政局" in texts


def test_pdf_a_numbered_line_of_a_cell_begins_anew() -> None:
    wide = "（1）改建农村公路八十五公里共计五条"[:18]
    page = _table_page({**HEAD, (1, 1): f"{wide}\n（2）架桥", (1, 2): "市交通局"}, 2)
    assert f"{wide}\n（2）架桥" in [cell[4] for cell in _shape(read_pages(page))]


def test_pdf_merged_cells_are_found_by_their_rules() -> None:
    page = PdfPage(strokes=[
        (72, 100, 516, 100), (72, 140, 516, 140), (110, 180, 516, 180), (72, 220, 516, 220),
        (72, 100, 72, 220), (516, 100, 516, 220), (110, 140, 110, 220), (300, 140, 300, 220),
    ])  # fmt: skip
    page.text(200, 105, "任务分解表", 10)
    page.text(75, 145, "农业", 10)
    for y, (task, unit) in zip(
        (145, 185), (("播种", "市农业局"), ("收购", "市粮食局")), strict=True
    ):
        page.text(120, y, task, 10)
        page.text(310, y, unit, 10)
    assert _shape(read_pages(page)) == [
        (0, 0, 1, 3, "任务分解表"), (1, 0, 2, 1, "农业"), (1, 1, 1, 1, "播种"), (1, 2, 1, 1, "市农业局"), (2, 1, 1, 1, "收购"), (2, 2, 1, 1, "市粮食局"),
    ]  # fmt: skip


def test_pdf_a_table_over_pages_is_one_and_its_header_stands_once() -> None:
    first = _table_page({**HEAD, (1, 0): "1", (1, 1): "修路", (1, 2): "市交通局"}, 2, top=700)
    second = _table_page({**HEAD, (1, 0): "2", (1, 1): "架桥", (1, 2): "市水利局"}, 2, top=80)
    second.text(72, 300, "完。")
    for at, page in enumerate((first, second), 1):
        page.text(290, 810, f"— {at} —")
    document = read_pages(first, second)
    assert (
        document.text
        == "序号\t任务\t牵头单位\t时限\n1\t修路\t市交通局\t\n2\t架桥\t市水利局\t\n完。"
    )


def test_pdf_a_table_over_three_pages_is_one() -> None:
    pages = [
        _table_page({(0, 0): str(n), (0, 1): f"任务{n}", (0, 2): "市交通局"}, 1, top=100)
        for n in (1, 2, 3)
    ]
    assert [cell[4] for cell in _shape(read_pages(*pages)) if cell[1] == 0] == ["1", "2", "3"]


def test_pdf_a_row_cut_by_the_page_is_one() -> None:
    cut = "新改建农村公路八十五公里并改造危桥"[:17]
    first = _table_page({**HEAD, (1, 0): "1", (1, 1): cut, (1, 2): "市交通局"}, 2, top=700)
    second = _table_page(
        {**HEAD, (1, 1): "十二座", (2, 0): "2", (2, 1): "植树", (2, 2): "市林业局"}, 3, top=80
    )
    assert [cell[4] for cell in _shape(read_pages(first, second)) if cell[1] == 1] == [
        "任务",
        cut + "十二座",
        "植树",
    ]


def test_pdf_a_row_cut_by_the_page_may_have_its_number_behind_the_break() -> None:
    cut = "新改建农村公路八十五公里并改造危桥"[:17]
    first = _table_page({**HEAD, (1, 1): cut}, 2, top=700)
    second = _table_page(
        {(0, 0): "1", (0, 1): "十二座", (0, 2): "市交通局", (1, 0): "2", (1, 1): "植树"}, 2, top=80
    )
    assert [cell[4] for cell in _shape(read_pages(first, second)) if cell[1] == 1] == [
        "任务",
        cut + "十二座",
        "植树",
    ]


def test_pdf_a_row_that_ends_its_sentence_is_not_cut_by_the_page() -> None:
    whole = "新改建农村公路八十五公里并改造危桥"[:16] + "。"
    first = _table_page({**HEAD, (1, 1): whole}, 2, top=700)
    second = _table_page(
        {(0, 0): "1", (0, 1): "架桥", (0, 2): "市交通局", (1, 0): "2", (1, 1): "植树"}, 2, top=80
    )
    assert [cell[4] for cell in _shape(read_pages(first, second)) if cell[1] == 1] == [
        "任务",
        whole,
        "架桥",
        "植树",
    ]


def test_pdf_a_merged_cell_goes_on_over_the_page() -> None:
    first = _table_page({(0, 0): "农业", (0, 1): "播种", (0, 2): "市农业局"}, 1, top=700)
    second = _table_page(
        {(0, 1): "收购", (0, 2): "市粮食局", (1, 0): "工业", (1, 1): "技改", (1, 2): "市工信局"},
        2,
        top=80,
    )
    assert [cell for cell in _shape(read_pages(first, second)) if cell[1] == 0] == [
        (0, 0, 2, 1, "农业"),
        (2, 0, 1, 1, "工业"),
    ]


def _grid_page(
    cells: dict[tuple[int, int], str],
    strokes: list[tuple[float, float, float, float]],
    rows: list[float],
) -> PdfPage:
    """Return a page with the given strokes, the cells' texts where full rows would stand."""
    page = PdfPage(strokes=strokes)
    for (row, col), text in cells.items():
        for number, line in enumerate(text.split("\n")):
            page.text(COLUMNS[col] + 5, rows[row] + 4 + 14 * number, line, 10)
    return page


def _upright(top: float, bottom: float) -> list[tuple[float, float, float, float]]:
    return [(x, top, x, bottom) for x in COLUMNS]


def _flat(*heights: float, first: int = 0) -> list[tuple[float, float, float, float]]:
    return [(COLUMNS[first], y, COLUMNS[-1], y) for y in heights]


def test_pdf_a_row_cut_by_the_page_needs_no_rule_at_the_break() -> None:
    cut = "新改建农村公路八十五公里并改造危桥"[:17]
    above = {
        (0, 0): "1",
        (0, 1): "植树",
        (0, 2): "市林业局",
        (1, 0): "2",
        (1, 1): cut,
        (1, 2): "市交通局",
    }
    first = _grid_page(above, _upright(700, 760) + _flat(700, 730), [700, 730])
    below = {(0, 1): "十二座", (1, 0): "3", (1, 1): "修渠", (1, 2): "市水利局"}
    second = _grid_page(below, _upright(80, 140) + _flat(110, 140), [80, 110])
    assert [cell[4] for cell in _shape(read_pages(first, second)) if cell[1] == 1] == [
        "植树",
        cut + "十二座",
        "修渠",
    ]


def test_pdf_a_table_that_is_ruled_to_its_end_gets_no_further_row() -> None:
    page = _table_page({**HEAD, (1, 0): "1", (1, 1): "修路", (1, 2): "市交通局"}, 2)
    page.text(COLUMNS[1] + 5, 250, "注：按季调度。", 10)
    document = read_pages(page)
    assert [cell[0] for cell in _shape(document)] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert document.text.endswith("\n注：按季调度。")


def _group_pages(
    above: str, below: str, *, merged: bool = True
) -> tuple[list[tuple[int, int, int, int, str]], str]:
    """Return the second column of a table over two pages, which holds the groups of its rows."""
    span = [
        *_flat(700, 780),
        (COLUMNS[0], 740, COLUMNS[1], 740),
        (COLUMNS[2], 740, COLUMNS[-1], 740),
    ]
    first = _grid_page(
        {(0, 0): "1", (0, 1): above, (0, 2): "市农业局", (1, 0): "2", (1, 2): "市粮食局"},
        _upright(700, 780) + (span if merged else _flat(700, 740, 780)),
        [700, 740],
    )
    second = _grid_page(
        {
            (0, 0): "3",
            (0, 1): below,
            (0, 2): "市商务局",
            (1, 0): "4",
            (1, 1): "二、工业",
            (1, 2): "市工信局",
        },
        _upright(80, 160) + _flat(80, 120, 160),
        [80, 120],
    )
    document = read_pages(first, second)
    return [cell for cell in _shape(document) if cell[1] == 1], document.text


def test_pdf_a_merged_cell_in_any_column_goes_on_over_the_page() -> None:
    cells, _ = _group_pages("一、农业", "")
    assert cells == [(0, 1, 3, 1, "一、农业"), (3, 1, 1, 1, "二、工业")]


def test_pdf_a_merged_cell_may_have_its_text_behind_the_break() -> None:
    long = "一、农业和农村各项改革发展重点任务"
    cells, _ = _group_pages(long[:17], "清单")
    assert cells[0] == (0, 1, 3, 1, long[:17] + "清单")


@pytest.mark.parametrize(
    ("above", "below"), [("一、农业", "二、商贸"), ("农业", "商贸"), ("一、农业", "商贸")]
)
def test_pdf_two_groups_at_a_page_break_stay_two(above: str, below: str) -> None:
    cells, _ = _group_pages(above, below)
    assert [cell[4] for cell in cells] == [above, below, "二、工业"]


def test_pdf_an_empty_cell_of_a_column_without_merged_cells_stays_empty() -> None:
    cells, _ = _group_pages("一、农业", "", merged=False)
    assert [(cell[0], cell[2], cell[4]) for cell in cells] == [
        (0, 1, "一、农业"),
        (1, 1, ""),
        (2, 1, ""),
        (3, 1, "二、工业"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("公共停车泊位总量达到城区居民家庭总数"[:17], "0.8倍以上", "joined"),
        ("整治示范街路十二条并实行多杆和多箱合"[:17], "一、多表合一", "joined"),
        ("整治示范街路十二条实行多杆多箱合设。"[:18], "二、亮化", "anew"),
        ("整治示范街路十二条并实行多杆和多箱合"[:17], "2.亮化", "anew"),
    ],
)
def test_pdf_a_decimal_or_an_ordinal_in_a_cell_begins_no_item(
    first: str, second: str, text: str
) -> None:
    page = _table_page({**HEAD, (1, 1): f"{first}\n{second}", (1, 2): "市城管局"}, 2)
    wanted = first + ("" if text == "joined" else "\n") + second
    assert wanted in [cell[4] for cell in _shape(read_pages(page))]


def test_pdf_tables_of_different_columns_stay_two() -> None:
    first = _table_page({(0, 0): "1", (0, 1): "修路", (0, 2): "市交通局"}, 1, top=700)
    second = PdfPage()
    second.table([72, 200, 516], [80, 120], {(0, 0): "甲", (0, 1): "乙"})
    assert [b.kind for b in read_pages(first, second).blocks] == ["table", "table"]


def test_pdf_text_between_two_tables_keeps_them_two() -> None:
    first = _table_page({(0, 0): "1", (0, 1): "修路", (0, 2): "市交通局"}, 1, top=600)
    second = _table_page({(0, 0): "2", (0, 1): "架桥", (0, 2): "市水利局"}, 1, top=160)
    second.text(72, 120, "第二部分如下。")
    assert [b.kind for b in read_pages(first, second).blocks] == ["table", "paragraph", "table"]


def test_pdf_a_frame_around_one_text_is_no_table() -> None:
    page = page_of(FULL_LINE, "框中文字。", y=150)
    page.strokes += [
        (60, 140, 530, 140),
        (60, 200, 530, 200),
        (60, 140, 60, 200),
        (530, 140, 530, 200),
    ]
    assert [b.kind for b in read_pages(page).blocks] == ["paragraph"]


def test_pdf_without_a_text_layer_says_so_and_how_to_make_one() -> None:
    with pytest.raises(ReadError, match=r"no text layer.*ocrmypdf -l chi_sim"):
        read_pages(PdfPage(picture=True))
    with pytest.raises(ReadError, match="no text layer"):
        read_pages(PdfPage())


def test_pdf_a_page_number_on_a_scan_is_no_text_layer() -> None:
    page = PdfPage(picture=True)
    page.text(290, 810, "— 1 —")
    with pytest.raises(ReadError, match="no text layer"):
        read_pages(page)


def test_pdf_a_page_that_is_a_picture_among_others_is_warned_of() -> None:
    document = read_pages(page_of(FULL_LINE, "正文。"), PdfPage(picture=True))
    assert [(w.code, w.message[-1]) for w in document.warnings] == [("pdf-page-without-text", "2")]


def test_pdf_whose_fonts_say_nothing_is_refused() -> None:
    with pytest.raises(ReadError, match="which characters they show"):
        read_pages(
            page_of(
                "\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009\ue00a\ue00b\ue00c\ue00d\ue00e\ue00f\ue010"
            )
        )


def test_pdf_that_is_encrypted_is_refused() -> None:
    data = pdf(page_of(FULL_LINE)).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O ("
        + b"a" * 32
        + b") /U ("
        + b"b" * 32
        + b") /P -4 >> /ID [(x) (x)]",
    )
    with pytest.raises(ReadError, match="encrypted with a password"):
        read(data)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\nxref\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF"]
)
def test_pdf_that_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"damaged|no text layer"):
        read(data)


def test_pdf_of_too_many_pages_is_refused() -> None:
    with pytest.raises(ReadError, match="has 2 pages, more than the 1 allowed"):
        read(pdf(page_of("甲"), page_of("乙")), limits=Limits(max_pages=1))


def test_pdf_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(ReadError, match=r'pip install "govextract\[pdf\]"'):
        read_pages(page_of("甲"))


def test_pdf_leaves_the_library_s_logging_as_it_was() -> None:
    logger = logging.getLogger("pdfminer")
    before = logger.level
    read_pages(page_of("甲"))
    assert logger.level == before


def test_pdf_radicals_become_the_characters_they_look_like() -> None:
    assert lines_of_pages(page_of("⼀、⽬标")) == ["一、目标"]


def test_pdf_bold_by_double_printing_is_read_once() -> None:
    page = page_of("一、目标")
    page.lines(["一、目标"], x=72.4)
    assert lines_of_pages(page) == ["一、目标"]


def test_pdf_a_watermark_across_the_lines_is_left_out_and_warned_of() -> None:
    page = page_of("1.新建学校五所，修路二十公里。", "2.架桥三座。（责任单位：县交通局）")
    page.matrix_text((0.707, 0.707, -0.707, 0.707, 90, 700), "内部资料", 40)
    document = read_pages(page)
    assert document.text == "1.新建学校五所，修路二十公里。\n2.架桥三座。（责任单位：县交通局）"
    assert [(w.code, w.message[-4:]) for w in document.warnings] == [
        ("pdf-turned-text", "内部资料")
    ]


@pytest.mark.parametrize("matrix", [(1, 0, 0.33, 1), (0.999, 0.035, -0.035, 0.999), (1, 0, 0, 1)])
def test_pdf_slanted_type_and_lines_a_little_askew_are_read(matrix: tuple[float, ...]) -> None:
    page = PdfPage()
    page.matrix_text((*matrix, 72, 700), "责任单位：县交通局")
    document = read_pages(page)
    assert (document.text, document.warnings) == ("责任单位：县交通局", [])


def test_pdf_a_blank_between_units_at_the_end_of_a_line_is_kept() -> None:
    page = page_of("　　" + FULL_LINE[:35], FULL_LINE[:33] + "市商务局 ", "市供销社。")
    assert lines_of_pages(page) == [FULL_LINE[:35] + FULL_LINE[:33] + "市商务局 市供销社。"]


def test_pdf_a_blank_at_the_beginning_of_a_line_that_goes_on_is_kept() -> None:
    page = page_of("　　" + FULL_LINE[:35], FULL_LINE[:33] + "市商务局", " 责任单位：市供销社。")
    assert lines_of_pages(page) == [
        FULL_LINE[:35] + FULL_LINE[:33] + "市商务局 责任单位：市供销社。"
    ]


def test_pdf_a_blank_between_the_lines_of_a_cell_is_kept() -> None:
    page = _table_page({**HEAD, (1, 1): "冷库", (1, 2): "市农业农村局 财政局 \n市供销社"}, 2)
    assert "市农业农村局 财政局 市供销社" in [cell[4] for cell in _shape(read_pages(page))]


def test_pdf_a_blank_behind_every_line_says_nothing() -> None:
    page = page_of("　　" + FULL_LINE[:35] + " ", *[FULL_LINE + " "] * 8, "完。")
    assert lines_of_pages(page) == [FULL_LINE[:35] + FULL_LINE * 8 + "完。"]


def test_pdf_a_blank_behind_the_last_line_of_a_paragraph_joins_nothing() -> None:
    page = page_of("　　" + FULL_LINE[:35], FULL_LINE, "完。 ", "　　" + FULL_LINE[:35], "完。 ")
    assert lines_of_pages(page) == [FULL_LINE[:35] + FULL_LINE + "完。", FULL_LINE[:35] + "完。"]


def _grouped_pages(*, number: str, below: str = "改造危桥") -> list[str]:
    """Return the tasks of a table over two pages; the group's cell is empty behind the break."""
    long = "新改建农村公路八十五公里并改造危桥"[:17]
    columns = [(0, "一"), (1, long), (2, "市交通局"), (3, "5")]
    first = _table_page({**HEAD, **{(1, col): text for col, text in columns}}, 2, top=700)
    second = _table_page(
        {(0, 1): below, (0, 2): "市水利局", (0, 3): number, (1, 1): "植树", (1, 3): "7"}, 2, top=80
    )
    return [cell[4] for cell in _shape(read_pages(first, second)) if cell[1] == 1][1:]


def test_pdf_rows_with_numbers_of_their_own_stay_two_at_a_page_break() -> None:
    long = "新改建农村公路八十五公里并改造危桥"[:17]
    assert _grouped_pages(number="6") == [long, "改造危桥", "植树"]


@pytest.mark.parametrize("number", ["", "5"])
def test_pdf_a_row_without_a_number_or_with_the_same_once_more_is_the_rest_of_a_cut_one(
    number: str,
) -> None:
    long = "新改建农村公路八十五公里并改造危桥"[:17]
    assert _grouped_pages(number=number) == [long + "改造危桥", "植树"]


def test_pdf_the_margin_is_where_the_short_ends_of_paragraphs_begin() -> None:
    page = page_of(
        *["　　" + FULL_LINE[:35], "完。"] * 3, *["　　" + FULL_LINE[:35]] * 3, "　　末段。"
    )
    assert lines_of_pages(page) == [*[FULL_LINE[:35] + "完。"] * 3, *[FULL_LINE[:35]] * 3, "末段。"]


def test_pdf_a_single_line_further_left_is_no_margin() -> None:
    page = page_of(FULL_LINE, FULL_LINE, "完。", *[FULL_LINE] * 4, "到此为止。")
    page.text(48, 60, "附：" + FULL_LINE[:34])
    assert lines_of_pages(page)[1:] == [FULL_LINE * 2 + "完。", FULL_LINE * 4 + "到此为止。"]

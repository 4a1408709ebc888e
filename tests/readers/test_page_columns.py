"""Pages in columns: two of 17 characters of 12 points, from x 72 to 276 and from 312 to 516."""

from __future__ import annotations

from reader_files import PdfPage, pdf

from govextract.readers import read

LEFT, RIGHT = 72, 312
ROW = "新建乡镇敬老院十所并完善各项设施设备"[:17]


def _page(left: list[str], right: list[str], y: float = 100) -> PdfPage:
    page = PdfPage()
    page.lines(left, x=LEFT, y=y)
    page.lines(right, x=RIGHT, y=y)
    return page


def _column(first: int, last: int) -> list[str]:
    """Return the lines of tasks of two lines each."""
    return [line for n in range(first, last + 1) for line in (f"{n:02}、{ROW[:14]}", "底前完成。")]


def _tasks(first: int, last: int) -> list[str]:
    return [f"{n:02}、{ROW[:14]}底前完成。" for n in range(first, last + 1)]


def _lines(*pages: PdfPage) -> list[str]:
    return read(pdf(*pages)).text.split("\n")


def test_page_columns_are_read_one_after_the_other() -> None:
    assert _lines(_page(_column(1, 5), _column(6, 10))) == _tasks(1, 10)


def test_page_columns_stand_below_a_title_that_runs_across_them() -> None:
    page = _page(_column(1, 5), _column(6, 10))
    page.text(150, 60, "景川市民政工作重点任务分工表", 20)
    assert _lines(page) == ["景川市民政工作重点任务分工表", *_tasks(1, 10)]


def test_page_columns_begin_anew_below_a_line_across_them() -> None:
    page = _page(_column(1, 3), _column(4, 6))
    page.text(150, 220, "以下各项由各县区人民政府负责办理。")
    page.lines(_column(7, 9), x=LEFT, y=245)
    page.lines(_column(10, 12), x=RIGHT, y=245)
    assert _lines(page) == [*_tasks(1, 6), "以下各项由各县区人民政府负责办理。", *_tasks(7, 12)]


def test_page_columns_a_paragraph_goes_on_in_the_next_column_and_page() -> None:
    long = ["　　" + ROW[:15], *[ROW] * 7]
    first, second = _page(long, [ROW] * 8), _page([ROW, "完。"], [])
    assert _lines(first, second) == [ROW[:15] + ROW * 16 + "完。"]


def test_page_columns_of_a_last_page_are_those_of_the_page_before() -> None:
    first, second = _page(_column(1, 5), _column(6, 10)), _page(_column(11, 12), _column(13, 13))
    assert _lines(first, second) == _tasks(1, 13)


def test_page_columns_a_full_page_behind_them_is_read_across() -> None:
    wide = "　　" + (ROW * 3)[:35]
    second = PdfPage()
    second.lines([wide, "完成。"] * 4)
    assert (
        _lines(_page(_column(1, 5), _column(6, 10)), second)[10:] == [wide.strip() + "完成。"] * 4
    )


def test_page_columns_are_not_those_of_a_table_whose_shorter_cells_leave_holes() -> None:
    page = PdfPage()
    units = "县民政局、县财政局和县残疾人联合会"
    for n in range(8):
        page.lines([ROW, ROW, ROW[:9]], x=LEFT, y=100 + 60 * n)
        page.text(RIGHT, 100 + 60 * n, units)
    assert _lines(page)[0].startswith(f"{ROW} {units}")


def test_page_columns_are_not_those_of_a_table_with_a_narrow_column() -> None:
    page = PdfPage()
    page.lines([ROW] * 8, x=LEFT)
    page.lines(["县民政局", "县财政局"] * 4, x=RIGHT)
    assert _lines(page)[0] == f"{ROW} 县民政局"


def test_page_columns_are_not_those_of_names_in_a_row() -> None:
    page = PdfPage()
    page.lines(["县民政局、县残联", "县财政局"] * 4, x=LEFT)
    page.lines(["县乡村振兴局", "县水利局、县气象局、县供销社"] * 4, x=RIGHT)
    assert _lines(page)[0] == "县民政局、县残联 县乡村振兴局"


def test_page_columns_text_far_off_the_page_costs_nothing() -> None:
    page = _page(_column(1, 5), [])
    page.matrix_text((1, 0, 0, 1, 1e9, 400), "远处")
    assert _lines(page)[0] == _tasks(1, 1)[0]


def test_page_columns_a_table_without_rules_is_warned_of() -> None:
    page = PdfPage()
    for n in range(5):
        page.lines([f"{n}", ""], x=72, y=100 + 40 * n)
        page.lines(["新建敬老院十所", "并完善设施"], x=120, y=100 + 40 * n)
        page.text(300, 100 + 40 * n, "县民政局")
    assert [w.code for w in read(pdf(page)).warnings] == ["pdf-loose-table"]


def test_page_columns_units_parted_by_blanks_are_no_table() -> None:
    page = PdfPage()
    page.lines(
        ["县民政局　县财政局　县住房城乡建设局", "县残联　县水利局　县司法局"] * 3
        + ["县委办　县府办"]
    )
    assert read(pdf(page)).warnings == []

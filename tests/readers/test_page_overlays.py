"""Text over lines of 37 characters of 12 points from x 72 to 516."""

from __future__ import annotations

from reader_files import FULL_LINE, PdfPage, lines_of_pages, page_of, read_pages


def test_page_overlays_text_printed_over_a_line_is_left_out_and_named() -> None:
    page = page_of("新建学校五所。（责任单位：县教育局）", "修路三十公里。（责任单位：县交通局）")
    page.matrix_text((1, 0, 0, 1, 150, 731), "县府办督查专用章", 11, "1 0 0 rg")
    document = read_pages(page)
    assert document.text.split("\n")[0] == "新建学校五所。（责任单位：县教育局）"
    assert [(w.code, w.message[-8:]) for w in document.warnings] == [
        ("pdf-overlaid-text", "县府办督查专用章")
    ]


def test_page_overlays_a_line_that_is_shorter_than_the_stamp_over_it_is_kept() -> None:
    page = page_of(FULL_LINE, FULL_LINE, "2024年3月1日")
    page.matrix_text((1, 0, 0, 1, 60, 692), "景川市人民政府办公室专用章", 12, "1 0 0 rg")
    assert lines_of_pages(page)[0].endswith("2024年3月1日")


def test_page_overlays_a_shadow_of_another_colour_is_read_once() -> None:
    page = page_of(FULL_LINE, "一、目标")
    page.matrix_text((1, 0, 0, 1, 72.8, 712.6), "一、目标", 12, "0.5 g")
    document = read_pages(page)
    assert (document.text, document.warnings) == (FULL_LINE + "一、目标", [])


def test_page_overlays_words_of_another_colour_or_size_in_a_line_are_read() -> None:
    page = page_of("完成时限：")
    page.matrix_text((1, 0, 0, 1, 132, 732.4), "2024年6月底前", 12, "1 0 0 rg")
    page.matrix_text((1, 0, 0, 1, 240, 732.4), "完成", 10)
    document = read_pages(page)
    assert (document.text, document.warnings) == ("完成时限：2024年6月底前完成", [])


def test_page_overlays_text_printed_between_lines_and_into_them_is_left_out() -> None:
    page = page_of("　　" + FULL_LINE[:35], FULL_LINE, "完。")
    page.matrix_text((1, 0, 0, 1, 150, 720), "县府办督查专用章", 14, "1 0 0 rg")
    assert lines_of_pages(page) == [FULL_LINE[:35] + FULL_LINE + "完。"]


def test_page_overlays_lines_set_close_are_all_read_whatever_their_colour() -> None:
    page = PdfPage()
    for number, colour in enumerate(("0 g", "1 0 0 rg", "0 g", "0 0 1 rg")):
        page.matrix_text((1, 0, 0, 1, 72, 700 - 11 * number), f"任务{number}，修路。", 12, colour)
    assert read_pages(page).text.count("修路") == 4

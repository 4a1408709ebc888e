"""Lines at the edges of pages with a column of 37 characters of 12 points from x 72 to 516."""

from __future__ import annotations

import pytest
from reader_files import FULL_LINE, PdfPage, lines_of_pages, page_of, read_pages


def _footed(*tops: str, y: float = 60, size: float = 12) -> list[PdfPage]:
    """Return pages of full lines which begin with the given line, page numbers at the foot."""
    pages = []
    for at, top in enumerate(tops, 1):
        page = page_of(*[FULL_LINE] * 20, "到此为止。", y=79.2)
        page.text(72, y, top, size)
        page.text(280, 800, f"— {at} —")
        pages.append(page)
    return pages


@pytest.mark.parametrize(
    ("tops", "size"),
    [
        (("责任单位：县民政局",) * 3, 12),  # as far from the next line as lines are
        (("责任单位：县民政局",) * 3, 9),  # with a label, whatever its size
        (("6月底前完成。", "7月底前完成。", "8月底前完成。"), 9),
        (("附件1", "附件2", "附件3"), 12),
    ],
)
def test_page_furniture_text_at_the_edge_of_several_pages_is_kept(
    tops: tuple[str, ...], size: float
) -> None:
    lines = lines_of_pages(*_footed(*tops, size=size))
    assert [line for line in lines if line in tops] == list(tops)


def test_page_furniture_lines_at_the_edge_that_stand_at_different_places_are_kept() -> None:
    pages = []
    for at, y in enumerate((30, 45, 60, 75), 1):
        page = page_of(*[FULL_LINE] * 20, y=120)
        page.text(72, y, f"推进示范点建设{at}处")
        pages.append(page)
    assert lines_of_pages(*pages)[0] == "推进示范点建设1处"


@pytest.mark.parametrize(("y", "size"), [(30, 12), (60, 9)])
def test_page_furniture_a_running_head_apart_or_of_another_size_is_left_out(
    y: float, size: float
) -> None:
    document = read_pages(*_footed(*["景川市人民政府公报"] * 3, y=y, size=size))
    assert "公报" not in document.text
    assert document.warnings == []


def test_page_furniture_a_running_line_of_some_pages_only_is_named() -> None:
    tops = ["工作方案摘编", "甲的首行", "工作方案摘编", "乙的首行", "丙的首行", "丁的首行"]
    document = read_pages(*_footed(*tops, y=30))
    assert "摘编" not in document.text
    assert [(w.code, w.message) for w in document.warnings] == [
        ("page-running-lines", "2 lines were left out as running heads or feet: 工作方案摘编")
    ]


def test_page_furniture_page_numbers_alone_are_no_reason_to_warn() -> None:
    assert read_pages(*_footed("甲的首行", "乙的首行", "丙的首行")).warnings == []


def test_page_furniture_lone_numbers_of_items_at_the_edge_are_kept() -> None:
    pages = []
    for at in (1, 2, 3):
        page = page_of(str(at), f"新建学校{at}所", "责任单位：县教育局", y=60)
        page.text(280, 800, f"— {at} —")
        pages.append(page)
    assert lines_of_pages(*pages) == [
        text for at in (1, 2, 3) for text in (str(at), f"新建学校{at}所", "责任单位：县教育局")
    ]


def test_page_furniture_lone_numbers_that_do_not_count_on_with_the_pages_are_kept() -> None:
    pages = []
    for number in ("320", "15", "7"):
        page = page_of(*[FULL_LINE] * 20, y=100)
        page.text(280, 790, number)
        pages.append(page)
    assert [line for line in lines_of_pages(*pages) if line.isdigit()] == ["320", "15", "7"]


def test_page_furniture_lone_page_numbers_may_begin_anywhere() -> None:
    pages = []
    for number in ("17", "18", "19"):
        page = page_of(*[FULL_LINE] * 20, y=100)
        page.text(280, 790, number)
        pages.append(page)
    assert not any(line.isdigit() for line in lines_of_pages(*pages))

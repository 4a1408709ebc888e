"""Cells of short rows, and the columns that they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.cell_fits import fits_of, places_of
from govextract.rules.tables import Column, column_of

NAMES = ("序号", "类别", "工作内容", "牵头单位", "配合单位", "完成时限")
COLUMNS = [column_of(name) or Column("note") for name in NAMES]
ALL = range(len(COLUMNS))


def places(*cells: str) -> list[int]:
    ranges, at = [], 0
    for cell in cells:
        ranges.append((at, at + len(cell)))
        at += len(cell)
    return places_of("".join(cells), ranges, COLUMNS, ALL)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("2", "改造灌区两处渠道", "县水利局", "县财政局", "10月底"), [0, 2, 3, 4, 5]),
        (("改造灌区两处渠道", "县水利局", "县财政局", "10月底"), [2, 3, 4, 5]),
        (("2", "改造灌区两处渠道", "县水利局", "县财政局"), [0, 2, 3, 4]),
        (("2", "改造灌区两处渠道", "县水利局", "", "10月底"), [0, 2, 3, 4, 5]),
    ],
)
def test_cell_fits_a_short_row_lacks_what_is_merged(
    cells: tuple[str, ...], expected: list[int]
) -> None:
    assert places(*cells) == expected


def test_cell_fits_cells_that_fit_at_the_right_end_stay_there() -> None:
    assert places("县水利局", "县财政局", "10月底") == [3, 4, 5]


@pytest.mark.parametrize(
    ("cell", "best"), [("县财政局、县水利局", 3), ("3", 0), ("2025年6月底前", 5)]
)
def test_cell_fits_a_cell_fits_the_column_of_its_kind(cell: str, best: int) -> None:
    fits = fits_of(cell, (0, len(cell)), COLUMNS, frozenset())
    assert max(range(len(fits)), key=fits.__getitem__) == best


@given(st.lists(st.text(alphabet="1县水利局、月底修路。 ", max_size=8), min_size=1, max_size=6))
def test_cell_fits_places_ascend_and_stay_within_the_table(cells: list[str]) -> None:
    found = places(*cells)
    assert found == sorted(set(found))
    assert len(found) == len(cells)
    assert set(found) <= set(ALL)


@pytest.mark.parametrize(
    ("cell", "best"),
    [
        ("3月底前完成上年度验收，12月底完成全年任务的80%", 5),
        ("印发之日起10个工作日内完成清理,11月15日前完成集中充电端口建设", 5),
        ("七一前开放", 5),
        ("清理占道杂物，新建集中充电端口并在小区公示栏公布使用办法", 2),
        ("建设七一水库", 2),
    ],
)
def test_cell_fits_a_time_may_say_what_is_due_then(cell: str, best: int) -> None:
    fits = fits_of(cell, (0, len(cell)), COLUMNS, frozenset())
    assert max(range(len(fits)), key=fits.__getitem__) == best

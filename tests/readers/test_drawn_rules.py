from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.readers.drawn_rules import Stroke, closing_strokes, enclosed_cells


def _grid(rows: list[float], columns: list[float]) -> list[Stroke]:
    flat = [Stroke(True, y, columns[0], columns[-1]) for y in rows]
    return flat + [Stroke(False, x, rows[0], rows[-1]) for x in columns]


def test_drawn_rules_enclose_the_cells_of_a_grid() -> None:
    assert [len(cells) for cells in enclosed_cells(_grid([0, 10, 20], [0, 30, 60, 90]))] == [6]


def test_drawn_rules_of_two_tables_are_two_groups() -> None:
    strokes = _grid([0, 10], [0, 30, 60]) + _grid([100, 110], [0, 30, 60])
    assert [len(cells) for cells in enclosed_cells(strokes)] == [2, 2]


def test_drawn_rules_a_missing_stroke_merges_two_cells() -> None:
    strokes = [s for s in _grid([0, 10, 20], [0, 30, 60]) if s != Stroke(True, 10, 0, 60)]
    (cells,) = enclosed_cells([*strokes, Stroke(True, 10, 30, 60)])
    assert sorted(cells) == [(0, 0, 30, 20), (30, 0, 60, 10), (30, 10, 60, 20)]


def test_drawn_rules_a_stroke_drawn_in_pieces_is_one() -> None:
    pieces = [Stroke(True, y, x, x + 30) for y in (0, 10) for x in (0, 30)]
    (cells,) = enclosed_cells([*pieces, *[Stroke(False, x, 0, 10) for x in (0, 30, 60)]])
    assert len(cells) == 2


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [Stroke(True, 0, 0, 100), Stroke(True, 10, 0, 100)],
        [Stroke(True, 0, 0, 100), Stroke(False, 0, 0, 10), Stroke(True, 10, 0, 100)],
        [Stroke(True, 0, 0, 100), Stroke(False, 50, 200, 300)],
    ],
)
def test_drawn_rules_that_close_nothing_are_no_table(strokes: list[Stroke]) -> None:
    assert enclosed_cells(strokes) == []


_STROKES = st.builds(
    lambda flat, at, start, size: Stroke(flat, at * 10.0, start * 10.0, (start + size) * 10.0),
    st.booleans(), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6),
)  # fmt: skip


@given(st.lists(_STROKES, max_size=20))
def test_drawn_rules_cells_have_area_and_lie_among_the_strokes(strokes: list[Stroke]) -> None:
    for cells in enclosed_cells(strokes):
        for left, top, right, bottom in cells:
            assert 0 <= left < right <= 120
            assert 0 <= top < bottom <= 120


def test_drawn_rules_close_the_cells_that_a_page_break_opens() -> None:
    upright = [Stroke(False, x, top, top + 10) for x in (0, 8, 20) for top in (0, 10)]
    flat = [Stroke(True, 0, 0, 20), Stroke(True, 10, 0, 20)]
    assert closing_strokes([*upright, *flat]) == [Stroke(True, 20, 0, 20)]


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        # a grid that is closed, its rules drawn cell by cell
        [Stroke(True, y, x, x + 8) for y in (0, 10) for x in (0, 8)]
        + [Stroke(False, x, 0, 10) for x in (0, 8, 16)],
        # a lone upright rule
        [Stroke(False, 5, 0, 100)],
        # upright rules that end apart
        [Stroke(True, 0, 0, 8), Stroke(False, 0, 0, 50), Stroke(False, 8, 0, 80)],
    ],
)
def test_drawn_rules_close_nothing_that_is_closed_or_apart(strokes: list[Stroke]) -> None:
    assert [s for s in closing_strokes(strokes) if s.at not in (0,)] == []

"""Tables whose cells lost their borders."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.readers.document import Table
from govextract.rules.flat_tables import find_flat_tables
from tests.timing import growth

HEADER = ("序号", "任务", "责任单位", "完成时限")
ROWS = (("1", "建泵站三座", "市水利局", "6月底"), ("2", "修渠道两条", "市农业农村局", "年底"))


def grid(text: str, table: Table) -> list[list[str]]:
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = text[cell.start : cell.end]
    return rows


def flattened(between_cells: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return "\n".join(between_cells.join(row) for row in (HEADER, *rows)) + "\n"


@pytest.mark.parametrize("between", ["\n", "  ", " ", "\u3000", "\t \t"])
def test_flat_tables_cells_are_dealt_to_their_columns(between: str) -> None:
    text = flattened(between)
    [table] = find_flat_tables(text, [])
    assert grid(text, table) == [list(row) for row in (HEADER, *ROWS)]


def test_flat_tables_blank_cell_leaves_its_column_empty() -> None:
    text = flattened("\n", (ROWS[0], ("2", "修渠道两条", "市农业农村局"), ROWS[0]))
    [table] = find_flat_tables(text, [])
    assert grid(text, table)[2] == ["2", "修渠道两条", "市农业农村局", ""]


def test_flat_tables_heading_row_covers_all_columns() -> None:
    text = flattened("\n", (ROWS[0], ("二、农业农村",), ROWS[1]))
    [table] = find_flat_tables(text, [])
    assert [(c.row, c.colspan) for c in table.cells if c.colspan > 1] == [(2, 4)]


def test_flat_tables_remark_ends_the_table() -> None:
    text = flattened("\n") + "备注：每月报送。\n市水利局\n"
    [table] = find_flat_tables(text, [])
    assert text[table.start : table.end].endswith("年底")


def test_flat_tables_next_header_begins_a_table_of_its_own() -> None:
    text = flattened("\n") + flattened("\n")
    assert [t.n_rows for t in find_flat_tables(text, [])] == [3, 3]


@pytest.mark.parametrize(
    "text",
    [
        "牵头单位 市水利局\n责任单位 市财政局\n完成时限 6月底\n",
        "责任单位 完成时限\n市水利局 6月底\n市财政局 年底\n",
        "请按任务 责任单位 完成时限填写。\n材料于月底前报送。\n",
        "序号 姓名 职务\n1 王明 局长\n2 李强 科长\n",
        "",
    ],
)
def test_flat_tables_other_lines_are_no_table(text: str) -> None:
    assert find_flat_tables(text, []) == []


def test_flat_tables_taken_range_is_left_alone() -> None:
    text = flattened("\n")
    assert find_flat_tables(text, [(0, len(text))]) == []


@given(st.text(alphabet="序号任务责单位牵头领导市局水利1二、。 \n\t年底", max_size=120))
def test_flat_tables_any_text_is_read(text: str) -> None:
    header = "\n".join(HEADER)
    for table in find_flat_tables(f"\n{header}\n{text}", []):
        spans = sorted((c.start, c.end) for c in table.cells)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        assert all(table.start <= a < b <= table.end for a, b in spans)


@given(st.integers(0, 40))
def test_flat_tables_shifting_the_text_shifts_the_cells(n: int) -> None:
    text = flattened("\n")
    [table] = find_flat_tables(text, [])
    [shifted] = find_flat_tables("前" * n + "\n" + text, [])
    assert [(c.start + n + 1, c.end + n + 1) for c in table.cells] == [
        (c.start, c.end) for c in shifted.cells
    ]


def test_flat_tables_time_grows_with_the_text() -> None:
    texts = {n: flattened("\n", ROWS * n) for n in (200, 400)}
    assert growth(lambda n: find_flat_tables(texts[n], []), 200, 400, limit=3.5) < 3.5


MERGED = (
    ("序号", "任务", "具体内容", "责任单位", "完成时限"),
    ("1", "做强竹木\n首位产业", "全面推广一体化服务，新修竹林道路。", "县林业局", "11月"),
    ("2", "竹产业综合产值达到目标，支持企业技改。", "县林业局（牵头）\n县科工局", "12月"),
    ("3", "办好竹文化节，签约项目二十个。", "县文旅局", "5月"),
    ("4", "壮大工业", "园区扩区获批，新建标准厂房。", "县工信局", "10月"),
    ("5", "新入规企业二十家，力争更多。", "县统计局", "12月"),
)


def test_flat_tables_titles_merged_over_rows_leave_no_list_in_the_contents() -> None:
    text = "\n".join("\n".join(row) for row in MERGED) + "\n"
    [table] = find_flat_tables(text, [])
    units = {
        c.row: text[c.start : c.end].split()[0] for c in table.cells if c.col == 3 and c.row > 0
    }
    assert units == {
        1: "县林业局",
        2: "县林业局（牵头）",
        3: "县文旅局",
        4: "县工信局",
        5: "县统计局",
    }


def test_flat_tables_titles_merged_over_rows_go_on_below() -> None:
    text = "\n".join("\n".join(row) for row in MERGED) + "\n"
    [table] = find_flat_tables(text, [])
    titles = [(c.row, c.rowspan) for c in table.cells if c.col == 1 and c.row > 0]
    assert titles == [(1, 3), (4, 2)]

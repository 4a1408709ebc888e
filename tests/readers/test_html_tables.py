from __future__ import annotations

import pytest

from govextract.readers import ReadError, SourceDocument, read
from govextract.readers.limits import Limits

HEAD = "<tr><th>序号</th><th>任务</th><th>责任单位</th></tr>"
Shape = tuple[int, int, int, int, str]


def _read(markup: str) -> SourceDocument:
    return read(f"<div id=zoom>{markup}</div>".encode(), name="t.html")


def _cells(document: SourceDocument) -> list[Shape]:
    tables = [b.table for b in document.blocks if b.table is not None]
    assert len(tables) == 1
    return [
        (c.row, c.col, c.rowspan, c.colspan, document.text[c.start : c.end])
        for c in tables[0].cells
    ]


def test_html_tables_rows_are_lines_and_cells_are_set_off_by_tabs() -> None:
    document = _read(f"<table>{HEAD}<tr><td>1</td><td>修路</td><td>市交通局</td></tr></table>")
    assert document.text == "序号\t任务\t责任单位\n1\t修路\t市交通局"
    table = document.blocks[0].table
    assert table is not None
    assert (table.n_rows, table.n_cols, table.start, table.end) == (2, 3, 0, len(document.text))


def test_html_tables_merged_cells_stand_once_at_their_corner() -> None:
    document = _read(
        "<table><tr><td rowspan=3>农业</td><td colspan=2>种植</td></tr><tr><td rowspan=2>播种</td><td>市农业局</td></tr><tr><td>市财政局</td></tr></table>"
    )
    assert document.text == "农业\t种植\n播种\t市农业局\n市财政局"
    assert _cells(document) == [
        (0, 0, 3, 1, "农业"),
        (0, 1, 1, 2, "种植"),
        (1, 1, 2, 1, "播种"),
        (1, 2, 1, 1, "市农业局"),
        (2, 2, 1, 1, "市财政局"),
    ]


@pytest.mark.parametrize(
    ("span", "rows"),
    [
        ("rowspan=9", 2),
        ("rowspan=0", 2),
        ("rowspan=x", 1),
        ("rowspan=-1", 1),
        ("rowspan=999999999", 1),
    ],
)
def test_html_tables_a_cell_reaches_no_further_than_the_table(span: str, rows: int) -> None:
    document = _read(
        f"<table><tr><td {span}>农业</td><td>播种</td></tr><tr><td>收购</td><td>储备</td></tr></table>"
    )
    assert _cells(document)[0] == (0, 0, rows, 1, "农业")


def test_html_tables_empty_cells_keep_their_place() -> None:
    document = _read(
        f"<table>{HEAD}<tr><td>1</td><td>修路</td><td></td></tr><tr><td></td><td>架桥</td><td>市交通局</td></tr></table>"
    )
    assert document.text == "序号\t任务\t责任单位\n1\t修路\t\n\t架桥\t市交通局"
    assert [cell for cell in _cells(document) if not cell[4]] == [
        (1, 2, 1, 1, ""),
        (2, 0, 1, 1, ""),
    ]


def test_html_tables_rows_without_text_are_left_out_and_merged_cells_shrink() -> None:
    document = _read(
        "<table><tr><td rowspan=3>农业</td><td>播种</td></tr><tr><td>&nbsp;</td></tr><tr><td>收购</td></tr></table>"
    )
    assert _cells(document) == [(0, 0, 2, 1, "农业"), (0, 1, 1, 1, "播种"), (1, 1, 1, 1, "收购")]


def test_html_tables_parts_and_caption_keep_their_order() -> None:
    document = _read(
        f"<table><caption>任务分解表</caption><thead>{HEAD}</thead><tbody><tr><td>1</td><td>修路</td><td>市交通局</td></tr></tbody></table>"
    )
    assert [document.text[b.start : b.end].split("\n")[0] for b in document.blocks] == [
        "任务分解表",
        "序号\t任务\t责任单位",
    ]


def test_html_tables_paragraphs_of_a_cell_are_lines_of_it() -> None:
    document = _read(
        f"<table>{HEAD}<tr><td>1</td><td><p>修路</p><p>架桥</p></td><td>市交通局<br>市财政局</td></tr></table>"
    )
    assert _cells(document)[-2:] == [(1, 1, 1, 1, "修路\n架桥"), (1, 2, 1, 1, "市交通局\n市财政局")]


def test_html_tables_hidden_cells_are_no_cells() -> None:
    document = _read(
        '<table><tr><td>修路</td><td style="display:none">x</td><td>市交通局</td></tr><tr hidden><td>a</td><td>b</td></tr><tr><td>架桥</td><td>市水利局</td></tr></table>'
    )
    assert document.text == "修路\t市交通局\n架桥\t市水利局"


def test_html_tables_a_table_in_a_cell_becomes_lines_of_it() -> None:
    inner = (
        "<table><tr><td>勘测</td><td>规划局</td></tr><tr><td>施工</td><td>交通局</td></tr></table>"
    )
    document = _read(
        f"<table>{HEAD}<tr><td>1</td><td>改造城区主干道路并同步建设综合管廊{inner}</td><td>市住房城乡建设局</td></tr></table>"
    )
    assert _cells(document)[-2] == (
        1,
        1,
        1,
        1,
        "改造城区主干道路并同步建设综合管廊\n勘测 规划局\n施工 交通局",
    )


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td></td><td>{}</td></tr></table>",
        "<table><tr><td>标题</td></tr><tr><td>{}</td></tr></table>",
        '<table role="presentation"><tr><td>左</td><td>{}</td></tr></table>',
        "<table><tr><td>左栏</td><td id=UCAP-CONTENT>{}</td></tr></table>",
    ],
)
def test_html_tables_that_lay_out_the_page_are_paragraphs(frame: str) -> None:
    text = "".join(f"<p>第{n}条 新改建农村公路{n}公里。</p>" for n in range(1, 10))
    document = _read(frame.format(text))
    assert {block.kind for block in document.blocks} == {"paragraph"}
    assert "第9条 新改建农村公路9公里。" in document.text.split("\n")


def test_html_tables_a_table_in_a_layout_table_is_one() -> None:
    document = _read(
        f"<table><tr><td><p>附表</p><table>{HEAD}<tr><td>1</td><td>修路</td><td>市交通局</td></tr></table></td></tr></table>"
    )
    assert [block.kind for block in document.blocks] == ["paragraph", "table"]


def test_html_tables_one_long_cell_under_short_headings_is_data() -> None:
    long = "".join(f"<p>（{n}）新改建农村公路{n}公里。</p>" for n in range(1, 12))
    document = _read(f"<table>{HEAD}<tr><td>1</td><td>{long}</td><td>市交通局</td></tr></table>")
    assert [block.kind for block in document.blocks] == ["table"]


def test_html_tables_rows_of_a_fragment_without_their_table_are_one() -> None:
    assert (
        read(f"<tbody>{HEAD}<tr><td>1</td><td>修路</td><td>市交通局</td></tr></tbody>".encode())
        .blocks[0]
        .kind
        == "table"
    )


def test_html_tables_an_enormous_grid_is_refused() -> None:
    row = "<tr>" + "<td rowspan=60000 colspan=1000>x</td>" * 50 + "</tr>"
    with pytest.raises(ReadError, match="positions"):
        _read(f"<table>{row * 60}</table>")


def test_html_tables_grid_bound_is_the_caller_s() -> None:
    with pytest.raises(ReadError, match="more than 3 positions"):
        read(f"<table>{HEAD}{HEAD}</table>".encode(), limits=Limits(max_table_cells=3))


LONG = "".join(f"<p>{n}.改造农村公路{n}公里，打通断头路，方便群众出行。</p>" for n in range(1, 10))


@pytest.mark.parametrize(
    ("head", "table"),
    [
        ("<td>任务<td>责任单位", True),
        ("<td>工作内容<td>备注", True),
        ("<td>栏目导航<td>正文", False),
        ("<td colspan=2>任务", False),
    ],
)
def test_html_tables_of_two_columns_are_known_by_their_headings(head: str, table: bool) -> None:
    document = _read(f"<table><tr>{head}</tr><tr><td>{LONG}</td><td>市交通局</td></tr></table>")
    assert (document.blocks[0].kind == "table") is table


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>新建道路</p><p>5公里，改善</p><p>群众出行</p>", "新建道路5公里，改善群众出行"),
        ("新建道路<br>5公里", "新建道路5公里"),
        ("新建道路，<br>改善群众出行条件和城市品质", "新建道路，改善群众出行条件和城市品质"),
        ("市财政局、<br>市公安局", "市财政局、市公安局"),
        ("新建“城市<br>”驿站", "新建“城市”驿站"),
        ("市财政局<br>市公安局", "市财政局\n市公安局"),
        ("1.新建道路<br>2.新建学校", "1.新建道路\n2.新建学校"),
        ("新建道路，通车<br>1.新建学校，开学", "新建道路，通车\n1.新建学校，开学"),
        ("新建道路<br>6月底前", "新建道路\n6月底前"),
        ("2024年<br>2025年", "2024年\n2025年"),
        ("新建道路5公里<br>3座桥梁", "新建道路5公里\n3座桥梁"),
        ("新建农村道路5公里，改善群众出行<br>新建乡镇学校3所，扩大学位供给", "新建农村道路5公里，改善群众出行\n新建乡镇学校3所，扩大学位供给"),
        ("修路，通车<br>责任单位：市财政局", "修路，通车\n责任单位：市财政局"),
        ("修路，通车。<br>架桥", "修路，通车。\n架桥"),
    ],
)  # fmt: skip
def test_html_tables_lines_of_a_cell_are_joined_within_a_sentence(cell: str, text: str) -> None:
    document = _read(f"<table>{HEAD}<tr><td>1</td><td>{cell}</td><td>市交通局</td></tr></table>")
    assert [c[4] for c in _cells(document)][4] == text

"""Tables in plain text and of files whose merged cells were left empty."""

from __future__ import annotations

import pytest

import govextract

HEADER = "序号\t工作事项\t具体内容\t牵头单位\t配合单位"
ROWS = (
    "1\t河道治理\t清淤三十公里。\t市水利局\t市财政局",
    "2\t\t拆除阻水房屋。\t市水利局\t",
    "3\t农田排涝\t疏通沟渠。\t市农业农村局\t市水利局",
)


def read(*lines: str) -> list[tuple[str | None, list[str], str, list[str]]]:
    text = "\n".join(("云川市2024年水利任务分工", *lines, ""))
    tasks = govextract.extract(text, mode="rules").tasks
    return [(t.number, t.path, t.title, [r.name for r in t.responsibilities]) for t in tasks]


def test_tables_an_empty_cell_below_a_heading_of_rows_goes_on_from_it() -> None:
    assert read(HEADER, *ROWS) == [
        ("1", ["河道治理"], "清淤三十公里", ["市水利局", "市财政局"]),
        ("2", ["河道治理"], "拆除阻水房屋", ["市水利局"]),
        ("3", ["农田排涝"], "疏通沟渠", ["市农业农村局", "市水利局"]),
    ]


def test_tables_empty_cells_of_units_stay_empty() -> None:
    rows = ("1\t清淤。\t市水利局\t市财政局", "2\t植树。\t市林业局\t", "3\t修路。\t市交通局\t")
    assert [row[3] for row in read("序号\t任务\t牵头单位\t配合单位", *rows)] == [
        ["市水利局", "市财政局"],
        ["市林业局"],
        ["市交通局"],
    ]


def test_tables_an_empty_cell_of_contents_beside_no_other_contents_stays_empty() -> None:
    rows = ("1\t清淤。\t市水利局\t", "2\t\t市林业局\t", "3\t修路。\t市交通局\t")
    assert [row[2] for row in read("序号\t任务\t牵头单位\t备注", *rows)][-1] == "修路"
    assert all(not path for _, path, _, _ in read("序号\t任务\t牵头单位\t备注", *rows))


def test_tables_a_section_row_ends_what_goes_on() -> None:
    rows = [*ROWS[:2], "二、其他", "3\t\t拆除阻水房屋。\t市水利局\t", "4\t\t疏通沟渠。\t市水利局\t"]
    assert [row[1] for row in read(HEADER, *rows)] == [["河道治理"]] * 2 + [["二、其他"]] * 2


@pytest.mark.parametrize("again", [True, False])
def test_tables_a_line_between_two_headers_is_the_heading_of_the_second_table(again: bool) -> None:
    lines = [
        "一、防洪", HEADER, *ROWS[:2],
        "二、排涝", *([HEADER] if again else []), ROWS[2], "4\t\t改造泵站。\t市水利局\t",
    ]  # fmt: skip
    paths = [row[1] for row in read(*lines)]
    assert paths[2][-2:] == ["二、排涝", "农田排涝"]
    assert [path[-1] for path in paths] == ["河道治理"] * 2 + ["农田排涝"] * 2
    assert all(("二、排涝" in path) == (at > 1) for at, path in enumerate(paths))


WRAPPED = (
    "序号\t工作任务\t目标要求\t责任单位\t完成时限",
    "1\t清理死角\t逐处登记,\n清运垃圾八千吨\t镇建设局(牵头)、\n环保局\n\t4月底前",
    "2\t改造公厕\t改造十座\t镇建设局 镇卫生办\t8月",
    "二、治理河涌",
    "3\t消除黑臭\t铺设管网三公里;\n水质达标\t镇河长办牵头,镇环保局\n配合\n\t年底前",
)


def test_tables_rows_of_tabs_run_over_lines() -> None:
    assert read(*WRAPPED) == [
        ("1", [], "清理死角", ["镇建设局", "镇环保局"]),
        ("2", [], "改造公厕", ["镇建设局", "镇卫生办"]),
        ("3", ["二、治理河涌"], "消除黑臭", ["镇河长办", "镇环保局"]),
    ]


def test_tables_a_row_that_lost_its_last_tab_begins_where_the_header_does() -> None:
    cut = WRAPPED[1].removesuffix("\n\t4月底前")
    assert read(WRAPPED[0], cut, *WRAPPED[2:])[0] == (
        "1",
        [],
        "清理死角",
        ["镇建设局", "镇环保局"],
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("1\t清淤\n疏浚\t三公里", "2\t植树"),
        ("项目\t数量\t单位\t备注\t时间", "1\t清淤\n三公里\t三\t处\n\t无"),
    ],
)
def test_tables_lines_with_few_tabs_and_no_units_are_no_table(lines: tuple[str, ...]) -> None:
    assert read(*lines) == []


def html(*rows: str) -> list[tuple[str | None, str, list[tuple[str, str]]]]:
    page = f"<html><body><h1>云川市任务</h1><table>{''.join(f'<tr>{r}</tr>' for r in rows)}</table></body></html>"
    tasks = govextract.extract(page.encode(), mode="rules").tasks
    return [(t.number, t.title, [(r.name, r.role) for r in t.responsibilities]) for t in tasks]


HEAD = "<td>序号<td>任务<td>牵头单位<td>配合单位"


def test_tables_content_merged_over_rows_is_charged_to_the_units_of_all() -> None:
    found = html(
        HEAD,
        "<td rowspan=2>1<td rowspan=2>新建道路<td>市交通局<td>市财政局",
        "<td>市住建局<td>市公安局",
        "<td>2<td>架桥<td>市水利局<td>市财政局",
    )
    assert found == [
        (
            "1",
            "新建道路",
            [("市交通局", "lead"), ("市财政局", "assist"), ("市住建局", "lead"), ("市公安局", "assist")],
        ),
        ("2", "架桥", [("市水利局", "lead"), ("市财政局", "assist")]),
    ]  # fmt: skip


def test_tables_a_lead_merged_over_rows_leads_in_each_that_has_units_of_its_own() -> None:
    found = html(
        HEAD,
        "<td>1<td>新建道路<td rowspan=2>市交通局<td>市财政局",
        "<td>2<td>改造桥梁<td>市公安局",
    )
    assert [units for _, _, units in found] == [
        [("市交通局", "lead"), ("市财政局", "assist")],
        [("市交通局", "lead"), ("市公安局", "assist")],
    ]


def test_tables_a_row_of_sums_charges_nobody() -> None:
    found = html(HEAD, "<td>1<td>新建道路<td>市交通局<td>市财政局", "<td>合计<td><td>962200<td>")
    assert [units for _, _, units in found] == [[("市交通局", "lead"), ("市财政局", "assist")]]


def test_tables_a_table_of_another_width_goes_on_with_none() -> None:
    first = "".join(f"<tr>{row}</tr>" for row in (HEAD, "<td>1<td>新建道路<td>市交通局<td>"))
    other = "<tr><td>市交通局<td>12</tr><tr><td>市水利局<td>9</tr>"
    page = (
        f"<html><body><h1>云川市任务</h1><table>{first}</table><table>{other}</table></body></html>"
    )
    assert len(govextract.extract(page.encode(), mode="rules").tasks) == 1

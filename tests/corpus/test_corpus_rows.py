"""Which marks belong to which task: inside it, or in its table row."""

from __future__ import annotations

import pytest

from tests.corpus.sources import entry, table_entry

LINE_ROWS = """\
序号
| 任务
| 牵头单位
| 完成时限
|
⟦H1 一、渠道⟧
| 1
| ⟦T⟧清淤20公里。
| ⟦A.lead 县水利局⟧
| ⟦A.assist 各镇⟧⟦/T⟧
| ⟦D 5月底前⟧
|
2
| ⟦D 6月底前⟧
| ⟦T⟧绿化。
| ⟦A.lead 县林业局⟧⟦/T⟧
|
3
| ⟦T⟧检修。
| ⟦A.lead 县水利局⟧⟦/T⟧
|
⟦D 年底前⟧验收。
"""

PIPE_ROWS = """\
| 时限 | 任务 | 单位 | 领导 |
| --- | --- | --- | --- |
| ⟦D 5月底前⟧ | ⟦T⟧清淤 | ⟦A.lead 县水利局⟧⟦/T⟧ | ⟦P 何平⟧ |
| | ⟦T⟧绿化 | ⟦A.lead 县林业局⟧⟦/T⟧ | |
| ⟦D 9月底前⟧ | ⟦T⟧检修 | ⟦A.lead 县水利局⟧⟦/T⟧ | ⟦P 李明⟧ |
"""


def _limits(body: str, **head: str) -> list[list[str]]:
    return [[d.text for d in t.deadlines] for t in entry(body, **head).annotation.tasks]


def test_rows_a_limit_in_another_cell_belongs_to_the_task_of_the_row() -> None:
    assert [[d.text for d in t.deadlines] for t in table_entry().annotation.tasks] == [
        ["5月底前"],
        [],
        ["每月"],
    ]


def test_rows_a_limit_in_a_merged_cell_reaches_every_row_it_covers() -> None:
    body = (
        "⟦TABLE merge=2⟧\n任务\t单位\t时限\n"
        "⟦T⟧清淤\t⟦A.lead 县水利局⟧⟦/T⟧\t⟦D 5月底前⟧\n"
        "⟦T⟧绿化\t⟦A.lead 县林业局⟧⟦/T⟧\t\n"
        "⟦T⟧检修\t⟦A.lead 县水利局⟧⟦/T⟧\t⟦D 每月⟧\n⟦/TABLE⟧\n"
    )
    assert _limits(body, layouts="[table-html]") == [["5月底前"], ["5月底前"], ["每月"]]


def test_rows_cells_on_lines_of_their_own_make_up_a_row() -> None:
    assert _limits(LINE_ROWS, layouts="[pipe-table]") == [["5月底前"], ["6月底前"], []]


def test_rows_a_line_with_pipes_is_a_row() -> None:
    assert _limits(PIPE_ROWS, layouts="[pipe-table]") == [["5月底前"], [], ["9月底前"]]


def test_rows_a_person_in_another_cell_is_assigned() -> None:
    tasks = entry(PIPE_ROWS, layouts="[pipe-table]").annotation.tasks
    units = [[(r.name, r.role) for r in task.responsibilities] for task in tasks]
    assert units == [
        [("县水利局", "lead"), ("何平", "leader")],
        [("县林业局", "lead")],
        [("县水利局", "lead"), ("李明", "leader")],
    ]


def test_rows_two_tasks_of_a_row_share_its_limit() -> None:
    body = "| ⟦T⟧清淤（⟦A.lead 县水利局⟧）⟦/T⟧；⟦T⟧绿化（⟦A.lead 县林业局⟧）⟦/T⟧ | ⟦D 5月底前⟧ |\n"
    assert _limits(body, layouts="[pipe-table]") == [["5月底前"], ["5月底前"]]


def test_rows_what_no_task_holds_is_kept_apart() -> None:
    annotation = entry(LINE_ROWS, layouts="[pipe-table]").annotation
    assert [d.text for d in annotation.other_deadlines] == ["年底前"]
    assert [d.text for d in annotation.deadlines()] == ["5月底前", "6月底前", "年底前"]


@pytest.mark.parametrize(
    "body",
    [
        "⟦T⟧1.清淤。(⟦A.lead 县水利局⟧)⟦/T⟧\n⟦D 5月底前⟧上报。\n",
        "⟦D 5月底前⟧上报。⟦T⟧1.清淤。(⟦A.lead 县水利局⟧)⟦/T⟧\n",
        "⟦T⟧1.清淤。(⟦A.lead 县水利局⟧)⟦/T⟧⟦D 5月底前⟧上报。\n",
        "| ⟦T⟧清淤 | ⟦A.lead 县水利局⟧⟦/T⟧ |\n| ⟦D 5月底前⟧上报 |\n",
    ],
)
def test_rows_outside_a_table_row_nothing_is_added(body: str) -> None:
    assert _limits(body) == [[]]


BARE_ROWS = """\
序号
任务
单位
时限
⟦H1 一、渠道⟧
1
⟦T⟧清淤20公里。
⟦A 县水利局⟧⟦/T⟧
⟦D 5月底前⟧
2
⟦T⟧绿化。
⟦A 县林业局⟧⟦/T⟧
春播前启动，⟦D 6月⟧完工

⟦H1 二、道路⟧
3
⟦T⟧检修。
⟦A 县交通局⟧⟦/T⟧

各单位于⟦D 12月底前⟧报送总结。
"""


def test_rows_the_line_behind_the_units_of_a_table_without_borders_belongs_to_the_row() -> None:
    assert _limits(BARE_ROWS, layouts="[flattened]") == [["5月底前"], ["6月"], []]


def test_rows_a_line_behind_the_units_is_no_cell_where_nothing_is_flattened() -> None:
    assert _limits(BARE_ROWS, layouts="[bracket-at-end]") == [[], [], []]

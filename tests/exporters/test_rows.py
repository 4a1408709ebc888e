from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.exporters.rows import (
    COLUMNS,
    Lines,
    TaskRow,
    target_text,
    task_rows,
    time_limit_text,
)
from govextract.ledger import Ledger
from govextract.records import Deadline, Measure, Metric, Responsibility

MakeLedger = Callable[..., Ledger]


def test_rows_columns_are_those_of_a_supervision_office() -> None:
    assert [column.chinese for column in COLUMNS] == [
        "序号", "章节", "任务", "具体举措", "牵头单位", "责任单位", "配合单位", "责任领导",
        "量化指标", "完成时限", "原文位置",
    ]  # fmt: skip


def test_rows_have_a_field_for_each_column() -> None:
    assert len(TaskRow.__dataclass_fields__) == len(COLUMNS)


def test_rows_put_each_role_in_its_own_column(sample: Ledger) -> None:
    first, second, _ = task_rows(sample)
    assert (first.lead, first.responsible, first.assist) == (("市水利局",), (), ("市财政局",))
    assert (second.leaders, second.responsible) == (("张三",), ("市水利局", "各镇"))


def test_rows_show_full_names_for_elided_surfaces(sample: Ledger) -> None:
    row = next(task_rows(sample))
    assert "财政局" in sample.text
    assert row.assist == ("市财政局",)


def test_rows_keep_a_task_without_units(sample: Ledger) -> None:
    *_, last = task_rows(sample)
    assert last.task == "3、巡查堤防"
    assert last.lead == last.responsible == last.assist == last.leaders == ()


def test_rows_number_tasks_through_even_where_the_print_restarts(sample: Ledger) -> None:
    sample.tasks[2].number = "1"
    assert [row.serial for row in task_rows(sample)] == [1, 2, 3]


def test_rows_name_the_place_by_line_and_character(sample: Ledger) -> None:
    row = next(task_rows(sample))
    line, start, end = map(int, re.findall(r"\d+", row.position))
    assert sample.text.splitlines()[line - 1] == sample.text[start:end]


def test_rows_one_line_cells_hold_no_line_break(sample: Ledger) -> None:
    sample.tasks[0].measures.append(Measure(0, 3, "甲\r\n乙\u2028丙"))
    cells = next(task_rows(sample)).cells(stacked=False)
    assert cells[3] == "整治骨干河道12公里。汛前完成险段加固。甲；乙；丙"
    assert cells[1] == "一、防洪除涝 / （一）河道整治"


def test_rows_stacked_cells_give_each_part_a_line(sample: Ledger) -> None:
    cells = next(task_rows(sample)).cells(stacked=True)
    assert cells[1] == "一、防洪除涝\n（一）河道整治"
    assert cells[4] == "市水利局"


@pytest.mark.parametrize(
    ("printed", "number", "title", "shown"),
    [
        ("1、清淤河道", "1", "清淤河道", "1、清淤河道"),
        ("1．清淤河道", "1", "清淤河道", "1．清淤河道"),
        ("1. 清淤河道", "1", "清淤河道", "1.清淤河道"),
        ("(三)清淤河道", "(三)", "清淤河道", "(三)清淤河道"),
        ("（三） 清淤河道", "（三）", "清淤河道", "（三）清淤河道"),
        ("①清淤河道", "①", "清淤河道", "①清淤河道"),
        ("一是清淤河道", "一是", "清淤河道", "一是清淤河道"),
        ("第一条 清淤河道", "第一条", "清淤河道", "第一条 清淤河道"),
        ("第一，清淤河道", "第一", "清淤河道", "第一，清淤河道"),
        ("12\t清淤河道", "12", "清淤河道", "12 清淤河道"),
        ("1 2015年清淤", "1", "2015年清淤", "1 2015年清淤"),
        ("清淤河道", None, "清淤河道", "清淤河道"),
        ("清淤河道", "1", "清淤河道", "1 清淤河道"),  # a number that stands elsewhere
        ("", "1", "", "1 "),
        (" 清淤河道", " ", "清淤河道", "清淤河道"),
    ],
)
def test_rows_task_shows_number_and_title_as_printed(
    one_task: MakeLedger, printed: str, number: str | None, title: str, shown: str
) -> None:
    text = "甲" + printed
    ledger = one_task(text=text, number=number, title=title, start=1, end=len(text))
    assert next(task_rows(ledger)).task == shown


def _metric(text: str, indicator: str) -> Metric:
    return Metric(text, indicator, "level", "eq", Decimal(1), None, "件", 0, len(text))


@pytest.mark.parametrize(
    ("text", "indicator", "shown"),
    [
        ("新增泵站5座", "新增泵站", "新增泵站5座"),
        ("建成甲、乙等4座水闸", "建成水闸", "建成甲、乙等4座水闸"),
        ("省级示范点3个", "创建省级示范点", "创建省级示范点：省级示范点3个"),
        ("1000元", "低保标准", "低保标准：1000元"),
        ("5%", "", "5%"),
    ],
)
def test_rows_target_names_its_indicator_only_where_its_words_lack_it(
    text: str, indicator: str, shown: str
) -> None:
    assert target_text(_metric(text, indicator)) == shown


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [
        (Deadline("年内", "2015-12-31", None, 0, 2), "年内（2015-12-31）"),
        (Deadline("每月", None, "P1M", 0, 2), "每月"),
        (Deadline("汛期前", None, None, 0, 3, reason="no date"), "汛期前"),
        (
            Deadline("9月", "2015-09-30", None, 0, 2, inherited=True),
            "9月（2015-09-30，承上）",
        ),
    ],
)
def test_rows_time_limit_shows_words_and_date(deadline: Deadline, shown: str) -> None:
    assert time_limit_text(deadline) == shown


def test_rows_a_time_limit_said_twice_is_shown_once(sample: Ledger) -> None:
    sample.tasks[1].deadlines *= 2
    assert list(task_rows(sample))[1].deadlines == ("6月底前（2015-06-30）",)


def test_rows_no_leader_is_shown_as_a_unit(one_task: MakeLedger) -> None:
    ledger = one_task(responsibilities=[Responsibility("李四", "李四", None, "leader", 0, 2)])
    row = next(task_rows(ledger))
    assert (row.lead, row.responsible, row.assist) == ((), (), ())


@given(st.text(alphabet="甲\r\n\x0b\x0c\u2028 "), st.data())
def test_lines_number_agrees_with_counting(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(min_value=0, max_value=len(text)))
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n")
    if text[offset - 1 : offset + 1] == "\r\n":
        before -= 1  # between the two halves of one line end the line has not ended yet
    assert Lines(text).number(offset) == before + 1

"""Passages that tell what is to be put right: no targets, no time limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govextract
from govextract.readers.text import from_text
from govextract.rules.circular import Circular, read_outline
from govextract.rules.problems import problem_ranges

# the passages that are problems, in order
CASES = [
    (
        "1.管网滞后。收集率仅46%。\n整改目标：收集率达到70%。\n责任单位：市住建局",
        ["1.管网滞后。收集率仅46%。\n"],
    ),
    (
        "1.农田。\n存在问题：11眼机井未通电。\n整改措施：补打机井14眼。",
        ["1.农田。\n存在问题：11眼机井未通电。\n"],
    ),
    (
        "1.农田。\n【存在问题】11眼机井未通电。\n责任单位：市水利局",
        ["【存在问题】11眼机井未通电。"],
    ),
    ("1.修路。修路5公里。\n整改时限：9月底前\n责任单位：市交通局", []),
    ("1.聚焦突出问题，整治黑臭水体5条。\n责任单位：市水利局", []),
    ("一、总体要求\n整改任务要求明确，年底前完成30项。", []),
]


def found(text: str) -> list[str]:
    circular = Circular(from_text(text))
    read_outline(circular)
    return [text[a:b] for a, b in problem_ranges(text, circular.outline, circular.raw_tables)]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:16] for text, _ in CASES])
def test_problems_are_told_from_what_is_done_about_them(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_problems_hold_no_targets_and_no_time_limits() -> None:
    ledger = govextract.extract(
        "1.管网滞后。截至6月底前新建管网仅3公里。\n整改目标：年底前新建管网8公里。\n责任单位：市住建局",
        mode="rules",
    )
    [task] = ledger.tasks
    assert [m.text for m in task.metrics] == ["新建管网8公里"]
    assert [d.text for d in task.deadlines] == ["年底前"]


def test_problems_stand_in_a_column_beside_what_is_done() -> None:
    rows = [
        "序号\t存在问题\t整改措施\t责任单位",
        "1\t新建管网仅3公里\t新建管网8公里\t市住建局",
        "2\t清理垃圾仅2吨\t清理垃圾9吨\t市城管局",
    ]
    ledger = govextract.extract("\n".join(rows), mode="rules")
    assert [[m.text for m in t.metrics] for t in ledger.tasks] == [
        ["新建管网8公里"],
        ["清理垃圾9吨"],
    ]


def test_problems_in_a_column_alone_are_what_is_to_be_done() -> None:
    rows = ["序号\t主要问题\t责任单位", "1\t新建管网8公里\t市住建局", "2\t清理垃圾9吨\t市城管局"]
    ledger = govextract.extract("\n".join(rows), mode="rules")
    assert [len(t.metrics) for t in ledger.tasks] == [1, 1]


@given(st.text("1一二、.（）\n整改目标措施存在问题：年底前8公里", max_size=60))
def test_problems_are_ranges_of_the_text(text: str) -> None:
    circular = Circular(from_text(text))
    read_outline(circular)
    ranges = problem_ranges(text, circular.outline, circular.raw_tables)
    assert ranges == sorted(ranges)
    assert all(0 <= a < b <= len(text) for a, b in ranges)

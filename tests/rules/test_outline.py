from __future__ import annotations

import pytest

import govextract
from govextract.rules.outline import is_title


@pytest.mark.parametrize(
    "line",
    ["甲县2017年重点工作责任表", "附件：甲县城市更新作战表", "甲县河道治理实施方案"],
)
def test_outline_takes_names_of_documents_for_titles(line: str) -> None:
    assert is_title(line)


@pytest.mark.parametrize(
    "line",
    ["完成时限：3个月内制定管理办法", "责任单位：县水利局制定实施方案", "更换水表", "县水利局。"],
)
def test_outline_takes_no_label_line_for_a_title(line: str) -> None:
    assert not is_title(line)


STAMPS = ["急件", "特急", "机密★1年", "内部资料　注意保存"]


@pytest.mark.parametrize("stamp", STAMPS)
def test_outline_a_stamp_is_no_heading(stamp: str) -> None:
    text = f"甲县水利工作要点\n{stamp}\n1.修渠。（县水利局）\n2.建闸。（县水利局）\n"
    assert [task.path for task in govextract.extract(text, mode="rules").tasks] == [[], []]


@pytest.mark.parametrize("heading", ["加急办理事项", "机密设备更新", "重点工程"])
def test_outline_a_heading_that_begins_like_a_stamp_is_one(heading: str) -> None:
    text = f"甲县水利工作要点\n{heading}\n1.修渠。（县水利局）\n2.建闸。（县水利局）\n"
    assert [t.path for t in govextract.extract(text, mode="rules").tasks] == [[heading]] * 2

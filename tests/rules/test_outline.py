from __future__ import annotations

import pytest

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

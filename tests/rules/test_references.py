"""Words that lead an assignment back to the items above it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.references import REFERENCE, names_items, reach_of


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("以上两项责任单位：", 2),
        ("上述3项工作由市教育局负责", 3),
        ("上述1—3项由市教育局负责", 3),
        ("以上第（一）至（四）项任务", 4),
        ("以上工作由市教育局牵头", -1),
        ("上述各部门负责", 0),
        ("以上第5项", 5),
        ("以上3-1项", 0),
        ("责任单位：以上两项", 0),
        ("上述企业", 0),
        ("第5至7项责任单位：", 3),
        ("19、20、21项由县民政局负责", 3),
        ("1、3、5项由县民政局负责", 0),
        ("7至5项责任单位：", 0),
        ("第3项由县民政局负责", 0),
    ],
)
def test_references_tell_how_many_items(text: str, reach: int) -> None:
    assert reach_of(text, 0) == reach


@given(st.text(alphabet="以上述两1一３—至项条工作（）", max_size=20))
def test_references_any_text_is_read(text: str) -> None:
    assert reach_of(text, 0) >= -1
    found = REFERENCE.match(text)
    named = ("以上", "上述", "前述", "上面")
    assert found is None or found["listed"] or found.group().startswith(named)
    assert isinstance(names_items(text, 0), bool)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19、20、21项责任单位：县民政局", True),
        ("5至7项：县水利局", True),
        ("3、5项工程开工建设", False),
        ("2、10条措施落地", False),
        ("3、项目开工", False),
    ],
)
def test_references_numbers_of_items_are_no_number_of_a_paragraph(text: str, found: bool) -> None:
    assert names_items(text, 0) is found

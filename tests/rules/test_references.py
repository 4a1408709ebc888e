"""Words that lead an assignment back to the items above it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.references import REFERENCE, reach_of


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
    ],
)
def test_references_tell_how_many_items(text: str, reach: int) -> None:
    assert reach_of(text, 0) == reach


@given(st.text(alphabet="以上述两1一３—至项条工作（）", max_size=20))
def test_references_any_text_is_read(text: str) -> None:
    assert reach_of(text, 0) >= -1
    found = REFERENCE.match(text)
    assert found is None or found.group().startswith(("以上", "上述", "前述", "上面"))

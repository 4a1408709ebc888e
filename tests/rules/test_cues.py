from __future__ import annotations

import pytest

from govextract.rules.cues import cues

LABELS = [
    ("责任单位:", "responsible"),
    ("牵头单位：", "lead"),
    ("牵头领导:", "leader"),
    ("分管市领导：", "leader"),
    ("牵头责任单位:", "lead"),
    ("主办单位:", "lead"),
    ("协办单位:", "assist"),
    ("参与部门：", "assist"),
    ("具体落实单位:", "responsible"),
    ("完成时限:", "deadline"),
    ("整改时限：", "deadline"),
    ("责任单位(排名第一的为牵头单位):", "responsible"),
    ("工作措施:", "none"),
]
NO_LABELS = [
    "有关单位:",
    "市直部门：",
    "单位:万元",
    "联系电话",
    "责任单位",
    "工作单位：",
    "各部门:",
]


@pytest.mark.parametrize(("text", "role"), LABELS)
def test_cues_label_gives_its_role(text: str, role: str) -> None:
    match = cues().label.match(text)
    assert match is not None
    assert cues().role_of(match["label"]) == role


@pytest.mark.parametrize("text", NO_LABELS)
def test_cues_other_words_are_no_labels(text: str) -> None:
    assert cues().label.match(text) is None


@pytest.mark.parametrize(
    ("item", "verb", "role"),
    [
        ("市发改委按职责分工负责", "负责", "responsible"),
        ("市教育局牵头", "牵头", "lead"),
        ("省民政厅牵头督办", "牵头督办", "lead"),
        ("市教育局为牵头单位", "为牵头单位", "lead"),
        ("市水利局给予指导", "指导", "assist"),
        ("各县区政府组织实施", "组织实施", "responsible"),
        ("市财政局支持配合", "支持配合", "assist"),
    ],
)
def test_cues_verb_at_the_end_gives_its_role(item: str, verb: str, role: str) -> None:
    match = cues().verb_suffix.search(item)
    assert match is not None
    assert cues().verb_role(match["verb"]) == role
    assert match["verb"].endswith(verb)


@pytest.mark.parametrize("item", ["市项目推进办", "市教育局", "各乡镇", "责任落实办公室"])
def test_cues_names_end_in_no_verb(item: str) -> None:
    assert cues().verb_suffix.search(item) is None

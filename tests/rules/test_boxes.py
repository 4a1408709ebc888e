"""Boxes: which numbers they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.boxes import opens_box, without_box_numbers
from govextract.rules.paragraphs import Paragraph, lines, paragraphs


def _numbered(text: str) -> list[str]:
    paras = without_box_numbers(text, paragraphs(text, lines(text)))
    return [text[p.start : p.end] for p in paras if p.number]


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("1.修路。\n专栏1 修路工程\n1.修桥。\n2.架线。\n2.建校。", ["1.修路。", "2.建校。"]),
        (
            "1.修路。\n专栏一：修路工程\n（1）修桥。\n（2）架线。\n2.建校。",
            ["1.修路。", "2.建校。"],
        ),
        ("（一）修路\n【专栏2】修路工程\n1.修桥。\n（二）建校", ["（一）修路", "（二）建校"]),
        (
            "1.修路。\n专栏1 甲工程\n1.甲。\n专栏2 乙工程\n1.乙。\n2.建校。",
            ["1.修路。", "2.建校。"],
        ),
        ("1.修路。\n专栏1 甲工程\n1.甲。\n附件\n1.乙。", ["1.修路。", "1.乙。"]),
        # no second 2. comes: this one goes on with the count outside
        ("1.修路。\n专栏1 甲工程\n1.甲。\n2.乙。\n3.丙。", ["1.修路。", "2.乙。", "3.丙。"]),
    ],
)
def test_boxes_numbers_inside_count_nothing(text: str, numbered: list[str]) -> None:
    assert _numbered(text) == numbered


@pytest.mark.parametrize(
    "text",
    [
        "1.修路。\n专栏1 修路工程\n1.修桥。（市交通局）\n2.架线。（市工信局负责）\n3.建校。",
        "1.修路。\n专栏1 修路工程\n1.修桥。\n责任单位：市交通局\n2.架线。",
        "1.修路。\n专题专栏 1 首页\n1.修桥。\n2.架线。",
        "1.修路。\n专栏\n1.修桥。\n2.架线。",
        "1.开设专栏3个。\n2.架线。",
    ],
)
def test_boxes_that_charge_units_and_other_lines_keep_their_numbers(text: str) -> None:
    assert len(_numbered(text)) == sum(line[0].isdigit() for line in text.split("\n"))


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("专栏1 公路工程", True),
        ("专栏 十二：供水工程", True),
        ("专栏", False),
        ("专栏2019", False),
        ("设置专栏1 个", False),
    ],
)
def test_boxes_open_with_a_numbered_title(line: str, opens: bool) -> None:
    assert opens_box(line, Paragraph(0, len(line))) is opens


@given(st.lists(st.sampled_from(["1.甲", "2.乙", "（一）丙", "专栏1 丁", "戊（市局）", "附件"])))
def test_boxes_keep_every_paragraph(parts: list[str]) -> None:
    text = "\n".join(parts)
    paras = paragraphs(text, lines(text))
    found = without_box_numbers(text, paras)
    assert [(p.start, p.end) for p in found] == [(p.start, p.end) for p in paras]

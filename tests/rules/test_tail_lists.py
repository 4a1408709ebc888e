"""Lists of units that end a paragraph without brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.paragraphs import lines, paragraphs
from govextract.rules.tail_lists import tail_assignments


def units(text: str) -> list[list[str]]:
    found = tail_assignments(text, paragraphs(text, lines(text)), [])
    return [[u.surface for u in a.units] for a in found]


@pytest.mark.parametrize("sign", ["——", "--", "—", "－－", " —— ", "……"])
def test_tail_lists_dash_parts_a_list(sign: str) -> None:
    assert units(f"1.改造厕所八十座{sign}市住建局、城管局") == [["市住建局", "城管局"]]


@pytest.mark.parametrize("sign", ["  ", "\u3000", "\t", "    "])
def test_tail_lists_wide_blank_parts_a_list(sign: str) -> None:
    text = f"1.平整土地,交付使用{sign}市国土局 住建局"
    assert units(text) == [["市国土局", "住建局"]]


def test_tail_lists_single_blank_parts_lists_where_it_is_the_habit() -> None:
    one = "1.平整土地。 市国土局"
    assert units(one) == []
    assert units(f"{one}\n2.修建泵站。 市水利局") == [["市国土局"], ["市水利局"]]


def test_tail_lists_full_stop_behind_the_list_is_in_the_assignment() -> None:
    text = "1.改造厕所八十座——市住建局。"
    [found] = tail_assignments(text, paragraphs(text, lines(text)), [])
    assert text[found.start : found.end] == "——市住建局。"


@pytest.mark.parametrize(
    "text",
    [
        "县文化局    县财政局",
        "1  皮影戏  传统戏剧  西街街道",
        "1.认真学习，按要求上报市财政局",
        "1.当好桥梁——市总工会工作纪实",
        "首页 | 政务 | 服务  市政府",
        "牢记宗旨  服务群众",
        "1.改造厕所——八十座",
    ],
)
def test_tail_lists_other_ends_are_no_list(text: str) -> None:
    assert units(text) == []


def test_tail_lists_taken_range_is_left_alone() -> None:
    text = "1.改造厕所八十座——市住建局"
    paras = paragraphs(text, lines(text))
    assert tail_assignments(text, paras, [(0, len(text))]) == []
    assert tail_assignments(text, paras, [], since=len(text)) == []


@given(st.text(alphabet="1.建泵站— 市财政局、，。　（）|", max_size=60))
def test_tail_lists_spans_equal_their_text(text: str) -> None:
    for found in tail_assignments(text, paragraphs(text, lines(text)), []):
        assert all(text[u.start : u.end] == u.surface for u in found.units)
        assert all(found.start <= u.start < u.end <= found.end for u in found.units)

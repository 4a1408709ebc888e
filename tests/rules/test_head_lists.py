"""Lists of units that stand in front of the work they are charged with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.head_lists import head_assignments
from govextract.rules.paragraphs import lines, paragraphs

BRACKETED = (
    "1.【市环保局】治理河道三条。\n2.【市住建局、城管局】改造管网。\n3.【市水利局】清淤八公里。"
)
WITH_COLON = (
    "1.市环保局：治理河道三条。\n2.市住建局、城管局：改造管网五公里。\n3.市水利局：清淤八公里。"
)


def units(text: str) -> list[list[str]]:
    found = head_assignments(text, paragraphs(text, lines(text)), [])
    return [[u.surface for u in a.units] for a in found]


@pytest.mark.parametrize("text", [BRACKETED, WITH_COLON], ids=["bracket", "colon"])
def test_head_lists_habit_of_a_document_is_read(text: str) -> None:
    assert units(text) == [["市环保局"], ["市住建局", "城管局"], ["市水利局"]]


@pytest.mark.parametrize("pair", ["【】", "[]", "［］", "〔〕", "（）", "()"])
def test_head_lists_any_bracket_serves(pair: str) -> None:
    text = BRACKETED.replace("【", pair[0]).replace("】", pair[1])
    assert units(text) == [["市环保局"], ["市住建局", "城管局"], ["市水利局"]]


def test_head_lists_further_bracket_behind_a_stop_is_read() -> None:
    text = BRACKETED + "【市财政局】安排资金。"
    assert units(text)[-2:] == [["市水利局"], ["市财政局"]]


def test_head_lists_names_with_a_colon_before_the_body_are_left() -> None:
    text = "市教育局：新建学校三所。\n市林业局：植树五千亩。\n市水利局：清淤八公里。"
    assert len(units(text)) == 3
    assert head_assignments(text, paragraphs(text, lines(text)), [], since=len(text)) == []


def test_head_lists_brackets_need_no_numbered_body() -> None:
    text = BRACKETED
    found = head_assignments(text, paragraphs(text, lines(text)), [], since=len(text))
    assert len(found) == len(units(text)) > 0


def test_head_lists_ranges_taken_are_left() -> None:
    text = BRACKETED
    assert head_assignments(text, paragraphs(text, lines(text)), [(0, len(text))]) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.【市环保局】治理河道三条。\n2.改造管网五公里。\n3.清淤八公里。",
        "市教育局：\n来函收悉。现答复如下，请遵照执行。",
        "1.【绿化行动】治理河道三条。\n2.【清洁行动】改造管网。\n3.【畅通行动】清淤八公里。",
        "1.责任单位：市环保局\n2.责任单位：市住建局\n3.责任单位：市水利局",
        "1.（市环保局）。\n2.（市住建局）。\n3.（市水利局）。",
        "1.各部门：按职责推进工作。\n2.各单位：按职责推进工作。\n3.有关单位：按职责推进。",
    ],
)
def test_head_lists_nothing_else_is_read(text: str) -> None:
    assert units(text) == []


FRAGMENTS = st.sampled_from(
    [
        "1.",
        "2、",
        "【",
        "】",
        "（",
        "）",
        "市教育局",
        "县财政局",
        "、",
        "：",
        "。",
        "\n",
        "治理河道",
        " ",
    ]
)


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_head_lists_spans_are_the_text(text: str) -> None:
    for assignment in head_assignments(text, paragraphs(text, lines(text)), []):
        for unit in assignment.units:
            assert text[unit.start : unit.end] == unit.surface
            assert assignment.start <= unit.start < unit.end <= assignment.end


@given(st.integers(1, 5))
def test_head_lists_shifting_the_text_shifts_the_lists(lines_before: int) -> None:
    def starts(text: str) -> list[int]:
        return [a.start for a in head_assignments(text, paragraphs(text, lines(text)), [])]

    shift = 2 * lines_before
    assert starts("前\n" * lines_before + BRACKETED) == [s + shift for s in starts(BRACKETED)]

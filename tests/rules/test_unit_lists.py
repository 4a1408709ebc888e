from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.listed_units import UnitList
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.wrapped_lists import parse_wrapped_list
from tests.support import parse_inline, read_cases

ROLES = {"lead": "lead", "resp": "responsible", "assist": "assist", "leader": "leader"}
CASES = read_cases("unit_lists.tsv", ("name", "label", "text"))
FRAGMENTS = st.sampled_from(
    [
        "市教育局",
        "县财政局",
        "各乡镇",
        "责任单位:",
        "牵头",
        "配合",
        "负责",
        "按职责分工",
        "等部门",
        "和",
        "及",
        "、",
        "，",
        ";",
        "。",
        "(",
        "）",
        "【",
        "】",
        "6月底前",
        "会同",
        "李明",
        "各县",
        "区",
        "\n",
        "由",
        "以",
        "12",
        "a",
    ]
)


def found(parsed: UnitList, text: str) -> list[tuple[str, str]]:
    out = [(u.start, u.role, u.surface) for u in parsed.units if u.known or u.role == "leader"]
    out += [(a, "time", text[a:b]) for a, b in parsed.times]
    out += [(a, "residue", text[a:b]) for a, b in parsed.residue]
    return [(kind, surface) for _, kind, surface in sorted(out)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_unit_lists_parse_every_item(case: dict[str, str]) -> None:
    text, marks = parse_inline(case["text"])
    label = None if case["label"] == "-" else case["label"]
    gold = [(ROLES.get(kind, kind), text[a:b]) for kind, a, b in marks]
    assert found(parse_unit_list(text, 0, len(text), label), text) == gold


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_unit_lists_width_of_punctuation_changes_nothing(case: dict[str, str]) -> None:
    text, _ = parse_inline(case["text"])
    label = None if case["label"] == "-" else case["label"]
    narrow = str.maketrans("，；：（）！", ",;:()!")
    plain = parse_unit_list(text, 0, len(text), label)
    folded = parse_unit_list(text.translate(narrow), 0, len(text), label)
    assert [(u.start, u.end, u.role) for u in folded.units] == [
        (u.start, u.end, u.role) for u in plain.units
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_unit_lists_shift_with_the_text(case: dict[str, str]) -> None:
    text, _ = parse_inline(case["text"])
    label = None if case["label"] == "-" else case["label"]
    plain = parse_unit_list(text, 0, len(text), label)
    shifted = parse_unit_list("前文。" + text + "后文", 3, 3 + len(text), label)
    assert [(u.start - 3, u.end - 3, u.role) for u in shifted.units] == [
        (u.start, u.end, u.role) for u in plain.units
    ]


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_unit_lists_account_for_every_unit_in_order(text: str) -> None:
    parsed = parse_unit_list(text, 0, len(text))
    ends = 0
    for unit in parsed.units:
        assert text[unit.start : unit.end] == unit.surface
        assert unit.surface == unit.surface.strip(" 、，,;；。:：")
        assert unit.start >= ends
        ends = unit.end


@given(st.text(max_size=60))
def test_unit_lists_never_raise(text: str) -> None:
    parse_unit_list(text, 0, len(text))


def test_unit_lists_wrapped_breaks_are_no_separators() -> None:
    text = "责任处\n室:财务处;协\n办单位:省财\n政厅"
    parsed = parse_wrapped_list(text, 0, len(text))
    assert [(u.surface, u.role) for u in parsed.units] == [
        ("财务处", "responsible"),
        ("省财\n政厅", "assist"),
    ]


def test_unit_lists_are_linear_on_ten_thousand_separators() -> None:
    text = "市局、" * 10_000
    assert len(re.findall("、", text)) == 10_000
    assert len(parse_unit_list(text, 0, len(text)).units) == 10_000

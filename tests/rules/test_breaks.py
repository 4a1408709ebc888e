"""Text without its line breaks, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govextract
from govextract.rules.breaks import has_breaks, without_breaks

PIECES = st.lists(
    st.sampled_from(
        ["市教育局", "、", "\n", "\r\n", " ", "\u3000", "— 3 —", "第 2 页", "年底前", "8%"]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率较上年\n提高五个百分点", "覆盖率较上年提高五个百分点"),
        ("市水\r\n　　利局", "市水利局"),
        ("市水\n— 12 —\n利局", "市水利局"),
        ("市水利局、财政局", "市水利局、财政局"),
        ("修渠\n— 修渠三条", "修渠— 修渠三条"),
    ],
)
def test_breaks_leaves_out_breaks_and_page_numbers(text: str, expected: str) -> None:
    assert without_breaks(text, 0, len(text)).text == expected


def test_breaks_keeps_the_breaks_that_it_is_told_to_keep() -> None:
    text = "甲局\n乙局\n丙局"
    assert (
        without_breaks(text, 0, len(text), lambda start, after: text[after] == "丙").text
        == "甲局乙局\n丙局"
    )


@given(PIECES, st.integers(0, 8), st.integers(0, 8))
def test_breaks_leads_back_to_the_same_characters(text: str, before: int, after: int) -> None:
    start = min(before, len(text))
    end = max(start, len(text) - after)
    local = without_breaks(text, start, end)
    assert [text[i] for i in local.at] == list(local.text)
    assert local.at == sorted(set(local.at))
    assert all(start <= i < end for i in local.at)
    if local.text:
        assert local.back(0, len(local.text)) == (local.at[0], local.at[-1] + 1)


@given(PIECES, st.integers(1, 9))
def test_breaks_shifts_with_the_text(text: str, n: int) -> None:
    moved = without_breaks("甲" * n + text, n, n + len(text))
    assert [i - n for i in moved.at] == without_breaks(text, 0, len(text)).at


def test_has_breaks_asks_only_for_breaks_inside() -> None:
    assert has_breaks("甲\n乙", 0, 3)
    assert not has_breaks("甲\n乙", 2, 3)


def wrapped(paragraphs: list[str], width: int) -> str:
    return "\n".join(p[i : i + width] for p in paragraphs for i in range(0, len(p), width))


@pytest.mark.parametrize("width", [24, 27, 30, 33])
def test_breaks_lets_targets_and_time_limits_run_over_a_line(width: int) -> None:
    paragraphs = [
        "一、听力健康",
        "1．巩固筛查成果。各助产机构按照规范开展初筛和复筛工作，复筛率提高到93%，未通过的及时转诊。中小学生听力知识"
        "知晓率较上年提高20个百分点，2023年9月底前完成质控网络布点工作，质控抽查比例不低于30%，建立学生的听力健康档案，"
        "推广成熟的经验做法，逐步形成长效机制，让更多学生受益，让家长放心满意。",
        "2．加强科研攻关。支持国产产品技术攻关，推动成果在基层医疗机构先行先试，扩大受益面，培训基层儿童保健人员600名，"
        "选派专家到基层坐诊带教，帮助基层提高诊治能力，减轻群众的就医负担。",
    ]
    text = wrapped(paragraphs, width)
    whole = govextract.extract("\n".join(paragraphs), mode="rules")
    ledger = govextract.extract(text, mode="rules")
    assert all(text[e.start : e.end] == e.text for e in ledger.entities)
    found = [(e.label, e.text.replace("\n", "")) for e in ledger.entities]
    assert found == [(e.label, e.text) for e in whole.entities]
    assert len(found) == 5


def test_breaks_is_not_asked_for_lines_that_are_paragraphs() -> None:
    text = "1．新建泵站3\n座，年底完工。\n2．修渠5\n公里。"
    assert "3\n座" not in [e.text for e in govextract.extract(text, mode="rules").entities]

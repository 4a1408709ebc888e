"""Passages: cut at sentence ends, never within a span, and only those that can hold one are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.ner.passages import has_numeral, joined, passages, worth_reading
from tests.timing import least_seconds


@given(st.text(alphabet="市局。；\n 建3座,(") | st.text())
def test_passages_are_disjoint_ranges_of_the_text(text: str) -> None:
    last = 0
    for a, b in passages(text):
        assert last <= a < b <= len(text)
        assert text[a:b] == text[a:b].strip()
        last = b


@given(st.text(alphabet="市局。；\n建3座"), st.integers(0, 9))
def test_passages_shift_with_a_prefix_line(text: str, n: int) -> None:
    prefix = "\n" * n
    shifted = [(a + n, b + n) for a, b in passages(text)]
    assert list(passages(prefix + text)) == shifted


def test_joined_keeps_a_span_over_two_passages_whole() -> None:
    text = "建泵站；闸门共3座。年底前完成。"
    cut = list(passages(text))
    assert joined(cut, [(1, 9)]) == [(0, 10), (10, 16)]


def test_joined_leaves_passages_without_crossing_spans() -> None:
    assert joined([(0, 4), (4, 8)], [(1, 4), (4, 8)]) == [(0, 4), (4, 8)]


@pytest.mark.parametrize(
    "passage", ["建泵站3座。", "建泵站三座。", "年底前完成。", "本月完成验收。", "比例达到100％"]
)
def test_worth_reading_takes_numerals_and_times(passage: str) -> None:
    assert worth_reading(passage)


@pytest.mark.parametrize(
    "passage", ["进一步统一认识。", "加强领导。", "市水利局会同有关部门落实。"]
)
def test_worth_reading_leaves_out_what_holds_neither(passage: str) -> None:
    assert not worth_reading(passage)


def test_worth_reading_takes_organs_where_asked() -> None:
    assert worth_reading("市水利局会同有关部门落实。", agencies=True)


def test_has_numeral_needs_one() -> None:
    assert not has_numeral("完善考核办法")


def test_passages_take_time_in_proportion_to_the_text() -> None:
    text = "市局" * 50_000 + "。" * 50_000
    assert sum(1 for _ in passages(text)) > 1
    assert least_seconds(lambda: list(passages(text)), limit=2) < 2

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.brackets import outer_brackets

CASES = [
    ("甲(乙)丙", ["(乙)"]),
    ("甲(乙（丙）)丁", ["(乙（丙）)"]),
    ("混宽（甲)乙", ["（甲)"]),
    ("【甲】〔乙〕［丙］", ["【甲】", "〔乙〕", "［丙］"]),
    ("没有括号", []),
    ("多余)的闭括号", []),
    ("甲)乙(丙)", ["(丙)"]),
]


@pytest.mark.parametrize(("text", "gold"), CASES)
def test_brackets_finds_the_outermost(text: str, gold: list[str]) -> None:
    assert [text[b.start : b.end] for b in outer_brackets(text, 0, len(text))] == gold


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("清淤((甲局、乙局)", ["(甲局、乙局)"]),
        ("建泵站(含闸门。(甲局)", ["(甲局)"]),
        ("值守(甲办(乙办、丙局)", ["(乙办、丙局)"]),
        ("清淤(甲局、乙局(丙办)", ["(甲局、乙局(丙办)"]),
    ],
)
def test_brackets_one_sign_ends_two_only_where_they_are_one_list(
    text: str, gold: list[str]
) -> None:
    assert [text[b.start : b.end] for b in outer_brackets(text, 0, len(text))] == gold


def test_brackets_left_open_runs_to_the_end() -> None:
    (bracket,) = outer_brackets("甲(责任单位:乙局", 0, 9)
    assert (bracket.closed, bracket.inner) == (False, (2, 9))


@given(st.text(alphabet="甲乙()（）[]【】〔〕、", max_size=60))
def test_brackets_are_sorted_disjoint_and_in_range(text: str) -> None:
    last = 0
    for bracket in outer_brackets(text, 0, len(text)):
        assert last <= bracket.start < bracket.end <= len(text)
        last = bracket.end


def test_brackets_linear_on_ten_thousand_openings() -> None:
    assert len(outer_brackets("(" * 10_000, 0, 10_000)) == 1

"""Full names of the units of a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.data import parse_rows
from govextract.values.agencies.names import restore

CASES = Path(__file__).parents[1] / "cases" / "agencies_restore.tsv"
ROWS = list(
    parse_rows(
        CASES.read_text(encoding="utf-8"),
        CASES.name,
        ("shows", "negative", "place", "surfaces", "names"),
    )
)


@pytest.mark.parametrize("row", ROWS, ids=[r["shows"] for r in ROWS])
def test_restore_case(row: dict[str, str]) -> None:
    got = restore(row["surfaces"].split("|"), place=row["place"] or None)
    assert got == row["names"].split("|")


def test_restore_cases_hold_a_third_negatives() -> None:
    assert sum(r["negative"] == "negative" for r in ROWS) * 3 >= len(ROWS)


def test_restore_is_empty_for_an_empty_list() -> None:
    assert restore([]) == []


def test_restore_hands_nothing_down_in_a_ministry_document() -> None:
    got = restore(["省发展改革委", "财政厅"], level="ministry")
    assert got == ["省发展改革委", "财政厅"]


UNITS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.text(
            alphabet="市省县区州旗盟师各局委办厅部政府场财教人民行中心公司、（）() 宜兴",
            max_size=12,
        ),
    ),
    max_size=12,
)


@given(UNITS)
def test_restore_never_raises_and_keeps_length(units: list[str]) -> None:
    got = restore(units)
    assert len(got) == len(units)


@given(st.lists(st.sampled_from([u for r in ROWS for u in r["names"].split("|")]), max_size=8))
def test_restore_changes_no_full_name_list_twice(units: list[str]) -> None:
    once = restore(units)
    assert restore(once) == once

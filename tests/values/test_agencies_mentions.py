"""Organs that running text mentions."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.data import parse_rows
from govextract.values.agencies.mentions import find_agencies
from tests.timing import growth

CASES = Path(__file__).parents[1] / "cases" / "agencies_mentions.tsv"
ROWS = list(parse_rows(CASES.read_text(encoding="utf-8"), CASES.name, ("sentence", "shows")))
TO_FULL = str.maketrans({",": "，", "(": "（", ")": "）"})


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence without its marks, and what they mark."""
    text, spans = "", []
    for piece in re.split(r"(\[[^\]]*\])", marked):
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(piece) - 2))
            piece = piece[1:-1]
        text += piece
    return text, spans


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{r['shows']}" for n, r in enumerate(ROWS)])
def test_find_agencies_case(row: dict[str, str]) -> None:
    text, spans = unmark(row["sentence"])
    assert find_agencies(text) == spans


@pytest.mark.parametrize("row", ROWS[::3], ids=[str(n) for n in range(0, len(ROWS), 3)])
def test_find_agencies_keeps_spans_in_full_width(row: dict[str, str]) -> None:
    text, _ = unmark(row["sentence"])
    assert find_agencies(text.translate(TO_FULL)) == find_agencies(text)


def test_find_agencies_cases_hold_a_third_negatives() -> None:
    assert sum("[" not in r["sentence"] for r in ROWS) * 3 >= len(ROWS)


def test_find_agencies_keeps_to_its_range() -> None:
    text = "市政府督办,省政府通报。"
    assert find_agencies(text, 3) == [(6, 9)]
    assert find_agencies(text, 0, 5) == [(0, 3)]


def test_find_agencies_sees_a_quotation_opened_before_the_range() -> None:
    text = "开展“走进市政府”活动"
    assert find_agencies(text, 4) == []


def test_find_agencies_knows_the_place_it_is_told() -> None:
    text = "情况报柳泉县政府"
    assert find_agencies(text, place="柳泉县") == [(3, 8)]


ALPHABET = '省市县区州旗盟国务院政府委人大财局部办法院海关福州《》“”"、，,。\n的届第次'


@given(st.text(max_size=80) | st.text(ALPHABET, max_size=80))
def test_find_agencies_never_raises_and_sorts_its_spans(text: str) -> None:
    spans = find_agencies(text)
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET.replace("\n", ""), max_size=20))
def test_find_agencies_shifts_with_a_paragraph_before(text: str, front: str) -> None:
    shift = len(front) + 1
    moved = [(s - shift, e - shift) for s, e in find_agencies(front + "\n" + text, shift)]
    assert moved == find_agencies(text)


@pytest.mark.parametrize(
    "unit", ["市局", "《", "市政府", "“市", "国务院", "市场", "州县区", "市1届"]
)
def test_find_agencies_stays_linear(unit: str) -> None:
    assert growth(lambda n: find_agencies(unit * n), 2_000, 20_000, limit=30) < 30

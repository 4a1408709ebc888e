"""Folding: the memory of the text folded last, and characters that stand for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.values.dates_lexicon import _FOLD as DATES
from govextract.values.folding import remembering, translated
from govextract.values.quantities_numbers import _FOLD as NUMBERS


def test_folding_one_text_is_folded_once() -> None:
    calls: list[str] = []

    def fold(text: str) -> str:
        calls.append(text)
        return text.upper()

    folded, text = remembering(fold), "a%" * 3
    assert [folded(text) for _ in range(3)] == ["A%A%A%"] * 3
    assert calls == ["", text]


def test_folding_equal_texts_are_not_compared() -> None:
    folded = remembering(str.upper)
    one, other = "ab" * 1000, "".join(["ab"] * 1000)
    assert folded(one) == folded(other)
    assert folded(one) is not folded(other)


def test_folding_another_text_is_never_answered_with_the_last() -> None:
    folded = remembering(str.upper)
    assert [folded(text) for text in ("a", "b", "a", "")] == ["A", "B", "A", ""]


@pytest.mark.parametrize("table", [DATES, NUMBERS], ids=["dates", "numbers"])
def test_folding_no_sign_stands_for_one_that_is_folded_itself(table: dict[int, int | str]) -> None:
    targets = {ord(t) if isinstance(t, str) else t for t in table.values()}
    assert not {t for t in targets if t in table and table[t] not in (t, chr(t))}


@given(st.text(st.sampled_from("８％，。：～〜—○Ｏ“”\u3000a中1~-")))
def test_folding_by_replacement_is_translation(text: str) -> None:
    for table in (DATES, NUMBERS):
        assert translated(text, table) == text.translate(table)

"""The memory of the text folded last."""

from __future__ import annotations

from govextract.values.folding import remembering


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

"""The words that the segmenter learns from, and the count of edges inside a word."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.ner.documents import NerDocument, corpus_documents
from tests.support import parse_inline
from training import segment

ROOT = Path(__file__).resolve().parents[2]


def whole(piece: str) -> list[str]:
    """Cut nothing: the teacher that crosses every edge that it is let cross."""
    return [piece]


def document(marked: str) -> NerDocument:
    """Return a document written with marks."""
    labels = {"A": "AGENCY", "M": "METRIC", "D": "DEADLINE"}
    text, marks = parse_inline(marked)
    return NerDocument("x", text, tuple((a, b, labels[kind]) for kind, a, b in marks))


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(
        st.text(st.sampled_from("市局由3万元二十%,.，。个目 \n\u3000\u200b年底前Ａ1"), max_size=30)
    )
    offset = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(offset, offset), max_size=5))
    return text, [(min(p), max(p), "METRIC") for p in pairs]


@given(texts_with_spans())
def test_segment_no_word_crosses_the_edge_of_a_span(case: tuple[str, Any]) -> None:
    text, spans = case
    edges = {edge for a, b, _ in spans for edge in (a, b)}
    for a, b in segment.ranges_of(text, segment.words_of(text, spans, whole)):
        assert not edges & set(range(a + 1, b))


@given(texts_with_spans())
def test_segment_words_hold_all_characters_but_blanks(case: tuple[str, Any]) -> None:
    text, spans = case
    words = segment.words_of(text, spans, whole)
    assert "".join(words) == "".join(text.split())
    assert all(word and not any(c.isspace() for c in word) for word in words)


@pytest.mark.parametrize("split", ["train", "dev"])
def test_segment_no_word_of_the_corpus_crosses_the_edge_of_a_span(split: str) -> None:
    for held in corpus_documents(split, ROOT / "corpus"):
        edges = {edge for a, b, _ in held.spans for edge in (a, b)}
        rows = zip(segment.passage_ranges(held), segment.sentences(held, whole), strict=True)
        for (start, end), words in rows:
            for a, b in segment.ranges_of(held.text[start:end], words):
                assert not edges & set(range(start + a + 1, start + b)), (held.id, start + a)


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("由⟦A 市财政局⟧牵头", "由 市财政局 牵头"),
        ("⟦M 建泵站3座⟧,修渠", "建泵站 3 座 ,修渠"),
        ("⟦M 投资1.5亿元⟧", "投资 1.5亿 元"),
        ("⟦M 增长8个百分点⟧", "增长 8 个 百分点"),
        ("⟦D 6月底前⟧⟦M 改造二十处⟧", "6 月底前 改造 二十 处"),
        # 元 before 旦 is no unit, 一 alone is no number
        ("2元旦 统一布置", "2 元旦 统一布置"),
        ("", ""),
    ],
)
def test_segment_numbers_and_units_are_words(marked: str, words: str) -> None:
    held = document(marked)
    assert segment.words_of(held.text, held.spans, whole) == words.split()


def test_segment_the_lexicon_holds_agencies_units_and_times() -> None:
    assert {"财政局", "百分点", "年底"} <= set(segment.lexicon())


@pytest.mark.parametrize("words", [["市", "局"], ["市财政"], ["市财政局", "局"]])
def test_segment_words_of_another_text_are_refused(words: list[str]) -> None:
    with pytest.raises(ValueError, match=r"stand at|no word covers"):
        segment.ranges_of("市财政局", words)


def test_segment_edges_inside_a_word_are_counted_by_label() -> None:
    held = document("由⟦A 市局⟧在⟦D 年底前⟧⟦M 建站3座⟧")
    found = segment.edge_report([held], lambda _: ["由市", "局", "在", "年底前建", "站3座"])
    assert found["AGENCY"] == (1, 2, 1, 1)
    assert found["DEADLINE"] == (1, 2, 1, 1)
    assert found["METRIC"] == (1, 2, 1, 1)
    assert found["all"] == (3, 6, 3, 3)


def test_segment_agreement_is_one_with_the_teacher_itself() -> None:
    held = document("由市局办3件。")
    assert segment.word_f1([held], lambda s: segment.words_of(s, (), whole), whole) == 1.0
    assert segment.word_f1([held], list, whole) < 1.0


@pytest.fixture
def compare_tokens(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    return importlib.import_module("compare_tokens")


def test_compare_tokens_spans_that_cut_a_word_are_left_out(compare_tokens: Any) -> None:
    words = compare_tokens.Words(lambda _: ["由市", "财政局", "牵头"])
    spans = [(2, 5, "X"), (1, 5, "AGENCY"), (0, 2, "Y")]
    assert words.in_words("由市财政局牵头", spans) == [(1, 2, "X"), (0, 1, "Y")]


def test_compare_tokens_a_coded_text_has_one_character_a_word(compare_tokens: Any) -> None:
    words = compare_tokens.Words(lambda _: ["市", "财政局", "市"])
    coded = words.coded("市 财政局市")
    assert [words.word(c) for c in coded] == ["市", " ", "财政局", "市"]
    assert coded[0] == coded[3]


def test_compare_tokens_a_character_knows_its_place_in_the_word(compare_tokens: Any) -> None:
    words = compare_tokens.Words(lambda _: ["由", "财政局"])
    assert words.places("由财政局").tolist() == [4, 1, 2, 3]

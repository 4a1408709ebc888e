"""Passages with other units, digits and signs, and the same spans."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from govextract.ner.examples import Passage
from govextract.ner.varying import Variation
from tests.support import parse_inline

MARKED = [
    "由⟦AGENCY 市教育局⟧牵头，⟦METRIC 新建学校12所⟧，⟦DEADLINE 2024年9月底前⟧完成（⟦AGENCY 县财政局⟧）。",
    "⟦AGENCY 自治区水利厅⟧、⟦AGENCY 发改委⟧：⟦METRIC 投资35.5亿元⟧；第3批名单另发。",
    "无一处违规。",
]


def passage(marked: str) -> Passage:
    text, marks = parse_inline(marked)
    spans = tuple((a, b, label) for label, a, b in marks)
    return Passage(text, spans, spans)


PASSAGES = [passage(m) for m in MARKED]
EVERYTHING = Variation(PASSAGES, units=1.0, digits=1.0, width=1.0)


@given(st.sampled_from(PASSAGES), st.integers())
def test_varying_keeps_labels_and_order(given: Passage, seed: int) -> None:
    varied = EVERYTHING(given, random.Random(seed))
    assert [label for *_, label in varied.spans] == [label for *_, label in given.spans]
    ends = [0, *(x for a, b, _ in varied.spans for x in (a, b)), len(varied.text)]
    assert ends == sorted(ends)
    assert varied.hints == varied.spans


@given(st.integers())
def test_varying_puts_names_of_units_for_names_of_units(seed: int) -> None:
    varied = EVERYTHING(PASSAGES[0], random.Random(seed))
    names = {varied.text[a:b] for a, b, label in varied.spans if label == "AGENCY"}
    assert names <= {"市教育局", "县财政局", "自治区水利厅", "发改委"}


@given(st.integers())
def test_varying_leaves_years_and_numbers_outside_of_targets(seed: int) -> None:
    first = EVERYTHING(PASSAGES[0], random.Random(seed))
    second = EVERYTHING(PASSAGES[1], random.Random(seed))
    assert "2024年9月底前" in first.text
    assert "第3批名单" in second.text


def test_varying_draws_other_digits_of_the_same_form() -> None:
    varied = Variation(PASSAGES, units=0, digits=1, width=0)(PASSAGES[1], random.Random(3))
    a, b, _ = varied.spans[2]
    assert len(varied.text[a:b]) == len("投资35.5亿元")
    assert varied.text[a:b] != "投资35.5亿元"
    assert varied.text[a + 4] == "."


def test_varying_by_nothing_changes_nothing() -> None:
    still = Variation(PASSAGES, units=0, digits=0, width=0)
    assert [still(p, random.Random(1)) for p in PASSAGES] == PASSAGES


def test_varying_leaves_a_name_that_hints_cut() -> None:
    cut = Passage("市教育局办好学校", ((0, 4, "AGENCY"),), ((1, 4, "AGENCY"),))
    varied = Variation(PASSAGES, units=1, digits=0, width=0)(cut, random.Random(1))
    assert varied == cut

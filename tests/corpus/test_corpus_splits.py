"""Splits by issuer, their stored list, and documents that resemble each other."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.corpus import CorpusError, Head
from govextract.corpus.duplicates import resembling, shingles
from govextract.corpus.model import LAYOUTS, LEVELS
from govextract.corpus.splits import (
    AUTHORED_SPLITS,
    SHARES,
    SplitRow,
    assign_splits,
    check_splits,
    is_scarce,
    parse_splits,
    render_splits,
)
from tests.corpus.sources import document

HEAD = document().head


def _heads(number: int, seed: int = 7) -> list[Head]:
    """Return heads of `number` documents, some of one issuer."""
    draw = random.Random(seed)
    return [
        replace(
            HEAD,
            id=f"d{n}",
            issuer=f"第{n if draw.random() < 0.9 else n // 2}县人民政府",
            level=draw.choice(LEVELS),
            layouts=(draw.choice(LAYOUTS),),
        )
        for n in range(number)
    ]


@pytest.mark.parametrize("number", [40, 85, 200])
def test_splits_have_about_their_shares(number: int) -> None:
    counts = Counter(assign_splits(_heads(number)).values())
    for split in AUTHORED_SPLITS:
        assert abs(counts[split] / number - SHARES[split]) < 0.04


@pytest.mark.parametrize("seed", range(5))
def test_splits_keep_an_issuer_s_documents_together(seed: int) -> None:
    heads = _heads(90, seed)
    splits = assign_splits(heads)
    by_issuer = defaultdict(set)
    for head in heads:
        by_issuer[head.issuer].add(splits[head.id])
    assert all(len(found) == 1 for found in by_issuer.values())


def test_splits_half_of_the_test_is_scarce_in_training() -> None:
    heads = _heads(100)
    splits = assign_splits(heads)
    scarce = {
        split: sum(is_scarce(h) for h in heads if splits[h.id] == split)
        for split in AUTHORED_SPLITS
    }
    in_test = sum(split == "test" for split in splits.values())
    assert abs(scarce["test"] / in_test - 0.5) < 0.08
    assert scarce["test"] >= scarce["dev"] > 0


def test_splits_do_not_depend_on_the_order_of_documents() -> None:
    heads = _heads(60)
    shuffled = random.Random(3).sample(heads, len(heads))
    assert assign_splits(heads) == assign_splits(shuffled)


def test_splits_an_issuer_stays_where_the_stored_list_has_it() -> None:
    heads = _heads(50)
    first = assign_splits(heads[:30])
    held = {head.issuer: first[head.id] for head in heads[:30]}
    again = assign_splits(heads, held)
    assert {head.id: again[head.id] for head in heads[:30]} == first


@given(st.integers(0, 12))
def test_splits_of_few_documents_are_complete(number: int) -> None:
    assert set(assign_splits(_heads(number))) == {f"d{n}" for n in range(number)}


ROWS = [
    SplitRow("b", "test", "乙县人民政府", "1" * 64),
    SplitRow("a", "train", "甲县人民政府", "0" * 64),
]
DOCUMENTS = {row.id: (row.issuer, row.sha256) for row in ROWS}


def test_splits_the_stored_list_comes_back_in_order() -> None:
    assert parse_splits(render_splits(ROWS), "x.tsv") == [ROWS[1], ROWS[0]]


def test_splits_a_line_that_is_no_row_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"x\.tsv, line 5"):
        parse_splits(render_splits(ROWS).replace("b\ttest\t", "b\t"), "x.tsv")


def test_splits_a_right_list_has_no_fault() -> None:
    assert check_splits(ROWS, DOCUMENTS) == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([*ROWS, ROWS[0]], "b is listed 2 times"),
        ([ROWS[0], replace(ROWS[1], split="real-test")], "is no split of authored documents"),
        ([*ROWS, SplitRow("c", "dev", "丙县人民政府", "")], "c is listed and not there"),
        ([ROWS[0], replace(ROWS[1], sha256="2" * 64)], "a: issuer or text are not those"),
        ([ROWS[0], replace(ROWS[1], issuer="丁县人民政府")], "a: issuer or text are not those"),
        (ROWS[:1], "a is in no split"),
        ([ROWS[0], replace(ROWS[1], issuer="乙县人民政府")], "of two splits: test, train"),
    ],
)
def test_splits_what_is_wrong_with_a_list_is_told(rows: list[SplitRow], message: str) -> None:
    assert any(message in wrong for wrong in check_splits(rows, DOCUMENTS))


# Documents that resemble each other


def test_duplicates_blanks_width_and_numbers_do_not_count() -> None:
    assert shingles("新建３座泵站,\n（一期）投用。") == shingles("新建12座 泵站，(一期)投用。")


def test_duplicates_a_text_shorter_than_a_shingle_has_none() -> None:
    assert shingles("泵站") == frozenset()


def test_duplicates_resemblance_is_the_share_of_common_shingles() -> None:
    texts = {"a": "甲乙丙丁戊己庚辛", "b": "甲乙丙丁戊己庚壬", "c": "子丑寅卯辰巳午未"}
    [pair] = resembling(texts, size=4)
    assert (pair.first, pair.second) == ("a", "b")
    assert pair.resemblance == 4 / 6


def test_duplicates_the_pairs_most_alike_come_first() -> None:
    base = "修缮渠道清理淤泥加固堤防检修泵站培训人员"
    texts = {"a": base, "b": base[:14] + "另立新章", "c": base[:10] + "从头写起"}
    values = [pair.resemblance for pair in resembling(texts)]
    assert values == sorted(values, reverse=True)
    assert len(values) == 3


def test_duplicates_a_formula_that_all_documents_hold_tells_nothing() -> None:
    texts = {str(n): f"现印发给你们请认真贯彻执行{chr(0x4E00 + n) * 9}" for n in range(30)}
    assert resembling(texts) == []

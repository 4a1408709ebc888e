"""Whether a string reads as a unit, a collective, a person, or nothing of the kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.data import parse_rows
from govextract.values.agencies.lexicon import is_unit, unit_grade, unit_score
from govextract.values.agencies.persons import looks_like_person, person_spans, split_persons

CASES = Path(__file__).parents[1] / "cases" / "agencies_units.tsv"
ROWS = list(
    parse_rows(CASES.read_text(encoding="utf-8"), CASES.name, ("surface", "reads", "shows"))
)


@pytest.mark.parametrize("row", ROWS, ids=[r["surface"] for r in ROWS])
def test_lexicon_case(row: dict[str, str]) -> None:
    surface = row["surface"]
    reads = "none"
    if looks_like_person(surface):
        reads = "person"
    elif is_unit(surface):
        reads = "collective" if unit_grade(surface) == "collective" else "unit"
    assert reads == row["reads"]


def test_lexicon_cases_hold_a_third_that_are_no_units() -> None:
    assert sum(r["reads"] in ("none", "person") for r in ROWS) * 3 >= len(ROWS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李明张黎勇", ["李明", "张黎勇"]),
        ("汪谦慎李明", ["汪谦慎", "李明"]),
        ("李 明  王 芳", ["李明", "王芳"]),
        ("张  三、欧阳春华", ["张三", "欧阳春华"]),
        ("副市长刘标,市委常委、宣传部部长黄敏", ["刘标", "黄敏"]),
        ("王强副县长 赵国庆局长", ["王强", "赵国庆"]),
        ("陈建国何小平周文斌", ["陈建国", "何小平", "周文斌"]),
        ("市财政局", []),
        ("", []),
    ],
)
def test_split_persons_case(text: str, names: list[str]) -> None:
    assert split_persons(text) == names


@given(st.text(max_size=60))
def test_lexicon_never_raises(text: str) -> None:
    assert 0.0 <= unit_score(text) <= 1.0
    looks_like_person(text)
    for start, end in person_spans(text):
        assert 0 <= start < end <= len(text)


@given(
    st.text(alphabet="李明张黎勇王芳欧阳副市长、 ，局镇", max_size=40), st.text(" 、\n", max_size=5)
)
def test_person_spans_shift_with_a_prefix(text: str, front: str) -> None:
    n = len(front) + 1
    shifted = [(s - n, e - n) for s, e in person_spans(front + "、" + text)]
    assert shifted == person_spans(text)

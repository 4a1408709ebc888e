"""Numerals: a table of values, the way back, and what holds for any text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.values.numerals import Number, format_number, parse_number, parse_numeral
from tests.support import read_cases
from tests.timing import least_seconds

CASES = read_cases("numerals.tsv", ("text", "value", "shows"))
CHARACTERS = "0123456789０９.,，．〇零一二两三四五六七八九十百千万亿点半成分之翻番负-+多余几数上过"


def expected(written: str) -> tuple[Number, bool] | None:
    if written == "-":
        return None
    floor = written.endswith("+")
    number = written.rstrip("+")
    return (Fraction(number) if "/" in number else Decimal(number)), floor


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["text"])
def test_parse_numeral_reads_the_table(row: dict[str, str]) -> None:
    parsed = parse_numeral(row["text"])
    assert (None if parsed is None else (parsed.value, parsed.is_floor)) == expected(row["value"])


def test_numeral_cases_hold_negative_ones() -> None:
    assert sum(row["value"] == "-" for row in CASES) >= 15


@pytest.mark.parametrize("style", ["arabic", "mixed", "chinese"])
@given(value=st.decimals(min_value=-(10**15), max_value=10**15, places=4))
def test_format_number_is_read_back(style: str, value: Decimal) -> None:
    assert parse_number(format_number(value, style)) == value  # type: ignore[arg-type]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_format_number_writes_fractions_that_are_read_back(top: int, bottom: int) -> None:
    value = Fraction(top, bottom)
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Fraction(-1, 3)])
def test_format_number_refuses_what_has_no_numeral(value: Number) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        format_number(value)


def test_parse_number_is_exact_beyond_the_context_precision() -> None:
    assert parse_number("12345678901234567890123456789012345.678亿") == Decimal(
        "1234567890123456789012345678901234567800000"
    )


@given(st.text(max_size=40) | st.text(CHARACTERS, max_size=40))
def test_parse_number_never_raises(text: str) -> None:
    value = parse_number(text)
    if value is not None and abs(value) < 10**30:
        assert parse_number(format_number(value)) == value


@given(st.text(CHARACTERS, max_size=12))
def test_parse_number_reads_either_width_alike(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"})
    assert parse_number(wide) == parse_number(text)


@pytest.mark.parametrize("unit", ["1", "一", "万亿", "十", "分之", "1,", "翻番", "半"])
def test_parse_number_takes_linear_time(unit: str) -> None:
    assert parse_number(unit * 100_000) is None
    assert least_seconds(lambda: parse_number(unit * 100_000), limit=0.5) < 0.5


NUMBERS = st.integers(1, 10**12)


@given(NUMBERS)
def test_parse_number_agrees_with_cn2an_on_integers(value: int) -> None:
    cn2an = pytest.importorskip("cn2an")
    written = cn2an.an2cn(value)
    assert parse_number(written) == value == cn2an.cn2an(written, "smart")
    assert parse_number(format_number(Decimal(value), "chinese")) == value

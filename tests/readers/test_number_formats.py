from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.readers.number_formats import _FORMATS, format_number, is_known

# The rows follow ECMA-376 Part 1, 17.18.59: values in a format, one blank between them.
CASES = [
    ("decimal", [1, 10, 100], "1 10 100"),
    ("decimalZero", [1, 9, 10, 100], "01 09 10 100"),
    ("decimalFullWidth", [3, 12], "３ １２"),
    ("decimalEnclosedCircle", [1, 10, 20, 21], "① ⑩ ⑳ 21"),
    ("decimalEnclosedCircleChinese", [2, 11], "② ⑪"),
    ("decimalEnclosedParen", [1, 20, 21], "⑴ ⒇ 21"),
    ("decimalEnclosedFullstop", [1, 20], "⒈ ⒛"),
    ("ideographEnclosedCircle", [1, 10, 11], "㊀ ㊉ 11"),
    ("chineseCounting", [1, 9, 10, 11, 20, 21, 99, 100, 123], "一 九 十 十一 二十 二十一 九十九 一〇〇 一二三"),
    (
        "chineseCountingThousand",
        [1, 10, 11, 20, 35, 100, 101, 110, 111, 305, 1000, 1005, 1050, 10000, 10203, 12345],
        "一 十 十一 二十 三十五 一百 一百零一 一百一十 一百一十一 三百零五 一千 一千零五 一千零五十 一万 一万零二百零三 一万二千三百四十五",
    ),
    ("ideographDigital", [1, 10, 25, 103], "一 一〇 二五 一〇三"),
    ("japaneseCounting", [1, 10, 11, 100, 111, 1001], "一 十 十一 百 百十一 千一"),
    ("japaneseDigitalTenThousand", [1, 20], "一 二〇"),
    ("taiwaneseCounting", [10, 15, 100], "十 十五 一○○"),
    ("taiwaneseCountingThousand", [10, 101, 10001], "十 一百零一 一萬零一"),
    ("taiwaneseDigital", [10], "一○"),
    ("chineseLegalSimplified", [1, 10, 26, 101], "壹 壹拾 贰拾陆 壹佰零壹"),
    ("ideographLegalTraditional", [2, 15], "貳 壹拾伍"),
    ("ideographTraditional", [1, 10, 11], "甲 癸 11"),
    ("ideographZodiac", [1, 12, 13], "子 亥 13"),
    ("ideographZodiacTraditional", [1, 11, 60, 61], "甲子 甲戌 癸亥 61"),
    ("upperRoman", [1, 4, 9, 14, 40, 90, 400, 1994], "I IV IX XIV XL XC CD MCMXCIV"),
    ("lowerRoman", [3, 8], "iii viii"),
    ("upperLetter", [1, 26, 27, 53], "A Z AA AAA"),
    ("lowerLetter", [2, 28], "b bb"),
    ("ordinal", [1, 2, 3, 4, 11, 12, 13, 21, 112], "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"),
    ("numberInDash", [5], "-5-"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "shown"), CASES, ids=[case[0] for case in CASES])
def test_number_formats_print_as_the_standard_has_it(
    name: str, values: list[int], shown: str
) -> None:
    assert [format_number(v, name).replace(" ", "") for v in values] == shown.split()


@pytest.mark.parametrize("name", ["none", "bullet"])
def test_number_formats_without_a_number_print_none(name: str) -> None:
    assert format_number(3, name) == ""


def test_number_formats_unknown_ones_are_decimal_and_known_as_such() -> None:
    assert (format_number(7, "klingon"), is_known("klingon"), is_known("none")) == (
        "7",
        False,
        True,
    )


@pytest.mark.parametrize(
    "name", ["chineseCounting", "upperRoman", "decimalEnclosedCircle", "upperLetter"]
)
def test_number_formats_zero_outside_their_range_is_decimal(name: str) -> None:
    assert format_number(0, name) == "0"


@given(st.sampled_from(sorted(_FORMATS)), st.integers(-5, 10**9))
def test_number_formats_print_something_short_for_every_number(name: str, value: int) -> None:
    assert 0 < len(format_number(value, name)) <= 60


@given(
    st.sampled_from(
        ["chineseCounting", "chineseCountingThousand", "ideographDigital", "upperRoman"]
    ),
    st.integers(1, 3000),
    st.integers(1, 3000),
)
def test_number_formats_keep_different_numbers_apart(name: str, one: int, other: int) -> None:
    assert (format_number(one, name) == format_number(other, name)) is (one == other)

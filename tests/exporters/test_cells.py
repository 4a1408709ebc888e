from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.exporters.cells import (
    FORMULA_STARTS,
    display_width,
    joined,
    lines,
    neutralised,
    one_line,
    truncated,
    utf16_length,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", chr(0xD83D), "\ufffe"])
def test_one_line_drops_what_xml_forbids_or_nothing_shows(control: str) -> None:
    assert one_line(f"市水{control}利局") == "市水利局"


@pytest.mark.parametrize("kept", ["\u200b", "𠮷", "①", "—", "“”", "�"])
def test_one_line_keeps_every_printable_character(kept: str) -> None:
    assert one_line(kept) == kept


@given(ANY_TEXT)
def test_one_line_of_any_text_is_encodable_and_has_no_control_character(text: str) -> None:
    cell = one_line(text)
    cell.encode("utf-8")
    assert cell.isprintable() or not any(c < " " or "\x7f" <= c < "\xa0" for c in cell)
    assert cell == cell.strip()


@given(ANY_TEXT)
def test_lines_lose_no_printable_character(text: str) -> None:
    assert "".join("".join(lines(text)).split()) == "".join(one_line(text).split())


def test_lines_of_blank_text_are_none() -> None:
    assert lines(" \r\n\u3000\t\n") == []


@pytest.mark.parametrize(
    ("parts", "separator", "expected"),
    [
        ([], "、", ""),
        (["市水利局"], "、", "市水利局"),
        (["市水利局", "各镇"], "、", "市水利局、各镇"),
        (["清淤。", "加固"], "；", "清淤。加固"),
        (["清淤；", "加固"], "；", "清淤；加固"),
        (["清淤", "加固"], "；", "清淤；加固"),
        (["市公司。", "各镇"], "、", "市公司。、各镇"),
    ],
)
def test_joined_puts_a_separator_unless_a_sentence_ends(
    parts: list[str], separator: str, expected: str
) -> None:
    assert joined(parts, separator) == expected


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5%", "@SUM(A1)", "\tx", "＝1", "＋", "－", "＠"])
def test_neutralised_puts_an_apostrophe_before_what_could_be_a_formula(text: str) -> None:
    assert neutralised(text) == "'" + text


@pytest.mark.parametrize("text", ["", "增长8%", "5=5", "'=1", "——加强巡查", "—", "1-2月", "（=）"])
def test_neutralised_leaves_every_other_text_alone(text: str) -> None:
    assert neutralised(text) == text


@given(ANY_TEXT)
def test_neutralised_can_be_undone_where_it_did_something(text: str) -> None:
    safe = neutralised(text)
    assert safe[:1] not in [*FORMULA_STARTS]
    assert text in (safe, safe[1:])


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_truncated_stays_in_the_limit_and_begins_like_the_text(text: str, limit: int) -> None:
    short = truncated(text, limit)
    assert utf16_length(short) <= limit
    assert short == text or text.startswith(short[:-1])
    if utf16_length(text) <= limit:
        assert short == text


def test_truncated_cuts_no_character_outside_the_basic_plane_in_half() -> None:
    assert truncated("𠮷𠮷𠮷", 4) == "𠮷…"


def test_display_width_counts_a_chinese_character_twice() -> None:
    assert display_width("完成5件") == 7

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.readers import from_text, read
from govextract.readers.text import line_blocks, read_txt


def _lines(text: str) -> list[str]:
    return [text[block.start : block.end] for block in line_blocks(text)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一、目标\n二、任务", ["一、目标", "二、任务"]),
        ("一、目标\r\n\r\n二、任务\r\n", ["一、目标", "二、任务"]),
        ("\u3000\u3000（一）修路。 \n\n", ["（一）修路。"]),
        ("1.修路\x0b2.架桥", ["1.修路", "2.架桥"]),
        ("1.修路\u20282.架桥\x0c3.植树", ["1.修路", "2.架桥", "3.植树"]),
        ("任务\t单位\n修路\t市交通局", ["任务\t单位", "修路\t市交通局"]),
        ("", []),
        (" \n\u3000\n\t", []),
    ],
)
def test_text_blocks_are_the_lines_that_are_not_blank(text: str, lines: list[str]) -> None:
    assert _lines(text) == lines


def test_text_keeps_the_file_s_own_line_breaks() -> None:
    assert read_txt("一\r\n二\r三\n".encode()).text == "一\r\n二\r三\n"


def test_text_from_memory_is_unchanged_even_with_a_byte_order_mark() -> None:
    document = from_text("\ufeff一\r\n")
    assert (document.text, document.format, document.path) == ("\ufeff一\r\n", "txt", None)


@pytest.mark.parametrize("half", [chr(0xD800), chr(0xDBFF), chr(0xDC00), chr(0xDFFF)])
def test_text_from_memory_takes_lone_surrogates_for_unknown_characters(half: str) -> None:
    document = from_text(f"一{half}二{half}")
    assert document.text == "一\ufffd二\ufffd"
    (warning,) = document.warnings
    assert (warning.code, warning.start, warning.end) == ("lone-surrogate", 1, 2)
    assert "U+FFFD: 2" in warning.message


@pytest.mark.parametrize("text", ["", "一", "\ufffd", "𠮷", chr(0xD7FF) + chr(0xE000)])
def test_text_from_memory_keeps_every_character_that_is_one(text: str) -> None:
    document = from_text(text)
    assert (document.text, document.warnings) == (text, [])


def test_text_has_no_tables() -> None:
    assert {block.kind for block in line_blocks("a\tb\nc\td")} == {"paragraph"}


@given(st.text())
def test_text_blocks_are_sorted_trimmed_and_cover_all_that_is_not_blank(text: str) -> None:
    blocks = line_blocks(text)
    assert [b.start for b in blocks] == sorted(b.start for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert all(text[b.start : b.end] == text[b.start : b.end].strip() != "" for b in blocks)
    assert "".join("".join(text[b.start : b.end] for b in blocks).split()) == "".join(text.split())


@given(st.text(alphabet="一二三市政府责任单位，。（）0123456789\n\u3000 abc", min_size=1))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_the_same_in_every_encoding(encoding: str, text: str) -> None:
    document = read(text.encode(encoding), format="txt")
    assert document.text == text


def test_text_from_memory_and_from_a_file_have_the_same_digest() -> None:
    assert from_text("一、目标").sha256 == read_txt("一、目标".encode()).sha256

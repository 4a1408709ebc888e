from __future__ import annotations

import pytest

from govextract.readers.encoding import decode, decode_utf8, is_common_chinese
from govextract.readers.errors import ReadError

SENTENCE = "新建农村公路80公里，10月底前完成。（市交通运输局牵头，市财政局配合）"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_encoding_that_the_bytes_state_is_no_guess(written: str, found: str) -> None:
    assert decode(SENTENCE.encode(written)) == (SENTENCE, found, [])


def test_encoding_big_endian_mark_is_taken_off() -> None:
    assert decode(b"\xfe\xff" + SENTENCE.encode("utf-16-be"))[:2] == (SENTENCE, "utf-16-be")


@pytest.mark.parametrize("written", ["gb2312", "gbk", "gb18030"])
def test_encoding_gb_is_read_as_gb18030_and_said_to_be_a_guess(written: str) -> None:
    text, encoding, warnings = decode(SENTENCE.encode(written))
    assert (text, encoding) == (SENTENCE, "gb18030")
    assert [w.code for w in warnings] == ["encoding-guessed"]
    assert "gb18030" in warnings[0].message


def test_encoding_gb18030_mark_is_no_guess() -> None:
    assert decode(b"\x84\x31\x95\x33" + SENTENCE.encode("gb18030")) == (SENTENCE, "gb18030", [])


def test_encoding_big5_is_guessed_from_its_characters() -> None:
    text = "為加強市政建設，各機關應於本年十月底前完成道路整修工程，並報市政府備查。" * 4
    found, encoding, warnings = decode(text.encode("big5"))
    assert found == text
    assert "big5" in encoding
    assert [w.code for w in warnings] == ["encoding-guessed"]


def test_encoding_ascii_needs_no_warning() -> None:
    assert decode(b"1. plan 2024\n") == ("1. plan 2024\n", "utf-8", [])


@pytest.mark.parametrize("text", ["通知", "联通", "移动"])
def test_encoding_of_short_texts_that_fit_both_is_the_one_that_yields_chinese(text: str) -> None:
    assert decode(text.encode("gb18030"))[0] == text
    assert decode_utf8(text.encode()) == text


def test_encoding_names_the_byte_where_utf8_breaks() -> None:
    good = SENTENCE.encode()
    with pytest.raises(ReadError) as caught:
        decode(good + b"\xff\xfe\xfd" + good)
    assert f"byte {len(good)}" in str(caught.value)
    assert "UTF-8" in str(caught.value)
    assert "0xff" in str(caught.value)
    assert caught.value.code == "undecodable"


def test_encoding_names_the_byte_where_gb18030_breaks() -> None:
    good = (SENTENCE * 3).encode("gb18030")
    with pytest.raises(ReadError) as caught:
        decode(good + b"\xff\xff" + good)
    assert f"byte {len(good)}" in str(caught.value)
    assert "GB18030" in str(caught.value)


def test_encoding_names_the_byte_behind_a_byte_order_mark() -> None:
    with pytest.raises(ReadError, match="byte 6: is utf-8 by its byte order mark"):
        decode(b"\xef\xbb\xbf" + b"abc" + b"\xff")


def test_encoding_never_replaces_what_does_not_decode() -> None:
    with pytest.raises(ReadError):
        decode(SENTENCE.encode()[:-1] + b"\xc3\x28")


@pytest.mark.parametrize(
    ("text", "common"),
    [(SENTENCE, True), ("plain ASCII", True), ("", True), ("璝痷窰", False), ("éàüß", False)],
)
def test_encoding_common_chinese_is_level_one_of_gb2312(text: str, common: bool) -> None:
    assert is_common_chinese(text) is common

"""Bytes to text: what a file's bytes say of their encoding, and the careful guess where they do not.

Order: byte order mark, strict UTF-8, strict GB18030 (a superset of GB2312 and GBK, GB 18030-2022)
where what it yields is common Chinese, and only then a statistical guess. A file never becomes
text by replacing what does not decode.
"""

from __future__ import annotations

import codecs
from functools import cache

from govextract.readers.errors import ReadError
from govextract.records import LedgerWarning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 20_000
# Of the characters beyond ASCII, real text has nearly all among the 3,755 characters of GB 2312
# level 1 and its punctuation; Big5 or Shift-JIS read as GB18030 has under a half.
_COMMON_SHARE = 0.75
# Encodings that a guess may name: those in which Chinese is written.
_GUESSES = (
    "big5",
    "big5hkscs",
    "cp950",
    "utf_16_le",
    "utf_16_be",
    "hz",
    "gb18030",
    "gbk",
    "gb2312",
)
_REMEDY = "Save it as UTF-8, or repair the bytes"


def decode(data: bytes) -> tuple[str, str, list[LedgerWarning]]:
    """Return the text of `data`, its encoding, and a warning where that is a guess.

    Raises
    ------
    ReadError
        Naming the byte offset, where no encoding of Chinese text fits.

    Examples
    --------
    >>> decode("市政府".encode("utf-8-sig"))
    ('市政府', 'utf-8', [])
    >>> text, encoding, warnings = decode("责任单位：市财政局".encode("gbk"))
    >>> text, encoding, warnings[0].code
    ('责任单位：市财政局', 'gb18030', 'encoding-guessed')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, offset=len(mark)), encoding, []
    if (plain := decode_utf8(data)) is not None:
        return plain, "utf-8", []
    if _failure(data, "gb18030") is None:
        text = data.decode("gb18030")
        if is_common_chinese(text):
            return text, "gb18030", [_guessed("gb18030")]
    guess = _guess(data)
    if guess is not None:
        return guess[0], guess[1], [_guessed(guess[1])]
    raise _undecodable(data)


def decode_utf8(data: bytes) -> str | None:
    """Return `data` as UTF-8, None where it is not that.

    A few short texts are well-formed in UTF-8 and in GB18030 alike; such bytes are taken for the
    one that yields common Chinese.

    Examples
    --------
    >>> decode_utf8("通知".encode()), decode_utf8("通知".encode("gb18030"))
    ('通知', None)
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if is_common_chinese(text):
        return text
    try:
        other = data.decode("gb18030")
    except UnicodeDecodeError:
        return text
    return None if is_common_chinese(other) else text


def is_common_chinese(text: str) -> bool:
    """Whether nearly all characters of `text` beyond ASCII are common Chinese ones.

    Examples
    --------
    >>> is_common_chinese("市财政局"), is_common_chinese("璝痷")
    (True, False)
    """
    beyond = [c for c in text[:_SAMPLE] if c > "\x7f"]
    common = _common()
    return sum(c in common for c in beyond) >= _COMMON_SHARE * len(beyond)


@cache
def _common() -> frozenset[str]:
    # GB 2312: rows 01-03 punctuation, numbers, full-width letters; rows 16-55 level 1.
    rows = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    codes = bytes(b for row in rows for cell in range(0xA1, 0xFF) for b in (row, cell))
    return frozenset(codes.decode("gb2312", errors="ignore")) | set("—·￥\u3000\xa0")


def _strict(data: bytes, encoding: str, *, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"is {encoding} by its byte order mark, but its bytes do not decode ({error.reason})",
            place=f"byte {offset + error.start}",
            remedy=_REMEDY,
            code="undecodable",
        ) from error


def _guess(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes  # slow to import, and needed for few files

    for match in from_bytes(data[:_SAMPLE], cp_isolation=list(_GUESSES)):
        try:
            text = data.decode(match.encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if any(c > "\x7f" for c in text) and _is_chinese(text):
            return text, match.encoding
    return None


def _is_chinese(text: str) -> bool:
    # Traditional characters are not GB 2312's: here only the block of the characters can be asked.
    beyond = [c for c in text[:_SAMPLE] if c > "\x7f"]
    held = sum(
        "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef"
        for c in beyond
    )
    return held >= 0.95 * len(beyond) and "\x00" not in text


def _failure(data: bytes, encoding: str) -> UnicodeDecodeError | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error
    return None


def _undecodable(data: bytes) -> ReadError:
    # The encoding meant is the one whose good beginning is longer, where that is Chinese at all.
    failures = [f for f in (_failure(data, "utf-8"), _failure(data, "gb18030")) if f is not None]
    error = failures[0]
    if failures[-1].start > error.start:
        beginning = data[: failures[-1].start].decode(failures[-1].encoding)
        if is_common_chinese(beginning):
            error = failures[-1]
    return ReadError(
        f"its bytes are neither UTF-8 nor GB18030: as {error.encoding.upper()} they fail here "
        f"(0x{data[error.start]:02x}, {error.reason})",
        place=f"byte {error.start}",
        remedy=_REMEDY,
        code="undecodable",
    )


def _guessed(encoding: str) -> LedgerWarning:
    return LedgerWarning(
        "encoding-guessed",
        f"the file does not say its encoding and is not UTF-8: read as {encoding.replace('_', '-')}",
    )

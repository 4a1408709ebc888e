"""Text as the cells of a spreadsheet can hold it.

A circular's text may carry what a cell must not: control characters, which XML forbids; lone
surrogates, which UTF-8 forbids; a leading ``=``, which a spreadsheet runs as a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Control characters but for white space, lone surrogates and the two non-characters of the
# basic plane: not allowed by XML 1.0, section 2.2 (C1 controls are, but nothing shows them).
_SURROGATES = f"{chr(0xD800)}-{chr(0xDFFF)}"
_UNPRINTABLE = re.compile(
    f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_SURROGATES}\ufffe\uffff]"  # one class: linear
)
_LINE_BREAKS = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]+")
_SENTENCE_ENDS = "。；;！？!?"

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""First characters that a spreadsheet may read as the start of a formula.

Source: OWASP, *CSV Injection*, the list of characters that it tells to neutralise.
"""


def one_line(text: str) -> str:
    r"""Return `text` without control characters, each run of white space as one blank.

    Examples
    --------
    >>> one_line("一、 农业\r\n  农村\x00类 ")
    '一、 农业 农村类'
    """
    return " ".join(_UNPRINTABLE.sub("", text).split())


def lines(text: str) -> list[str]:
    r"""Return the lines of `text` that are not blank, each by `one_line`.

    Examples
    --------
    >>> lines("建设泵站。\r\n\r\n　　清淤河道。")
    ['建设泵站。', '清淤河道。']
    """
    return [line for line in map(one_line, _LINE_BREAKS.split(text)) if line]


def joined(parts: Iterable[str], separator: str) -> str:
    """Return `parts` on one line; a ``；`` is left out after a part that ends a sentence.

    Examples
    --------
    >>> joined(["建设泵站。", "清淤河道", "修缮水闸"], "；")
    '建设泵站。清淤河道；修缮水闸'
    >>> joined(["一、农业。", "（一）水利"], " / ")
    '一、农业。 / （一）水利'
    """
    out: list[str] = []
    for part in parts:
        if out and not (separator == "；" and out[-1][-1:] in _SENTENCE_ENDS):
            out.append(separator)
        out.append(part)
    return "".join(out)


def neutralised(text: str) -> str:
    """Return `text` such that a spreadsheet that opens a CSV file shows it and runs nothing.

    An apostrophe is put before a first character of `FORMULA_STARTS`, as OWASP's *CSV Injection*
    advises: spreadsheets show the rest as text. Whoever reads the file by program drops an
    apostrophe that stands before one of these characters.

    Examples
    --------
    >>> neutralised("=1+1"), neutralised("－5%"), neutralised("增长5%")
    ("'=1+1", "'－5%", '增长5%')
    """
    return "'" + text if text[:1] and text[0] in FORMULA_STARTS else text


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, in which spreadsheets count.

    Examples
    --------
    >>> utf16_length("土地"), utf16_length("𠮷")
    (2, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def truncated(text: str, limit: int) -> str:
    """Return `text`, or its beginning and ``…`` where it exceeds `limit` UTF-16 code units.

    Examples
    --------
    >>> truncated("高标准农田", 4), truncated("农田", 4)
    ('高标准…', '农田')
    """
    if utf16_length(text) <= limit:
        return text
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit - 1:
            return text[:index] + "…"
    raise AssertionError("unreachable: the text is longer than the limit")  # pragma: no cover


def display_width(text: str) -> int:
    """Return how many columns of Latin characters `text` takes; a Chinese character takes two.

    Everything from the Hangul Jamo block upwards counts as wide, which for column widths is
    near enough to Unicode's East Asian Width (UAX 11).

    Examples
    --------
    >>> display_width("GDP增长8%")
    9
    """
    return sum(2 if character >= "\u1100" else 1 for character in text)

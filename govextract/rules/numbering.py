"""Reads the number at the beginning of a paragraph: 第一章, 一、, （一）, 1., （1）, ①, 一是 and kin."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from govextract.data import DataFileError, read_rows

_CN = "[一二三四五六七八九十百〇零]{1,5}"
_AR = "[0-9０-９]{1,3}"
_CN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_SINGLE = [
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚",
    "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴",
    "➀➁➂➃➄➅➆➇➈➉",
    "➊➋➌➍➎➏➐➑➒➓",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
]
# Signs that open an item without counting it, pictures among them: what a class of them holds.
BULLETS = r"—\-*+●★■◆▲○□◇※•·▶►▸➤➢✦✧◎☆▪◾❖⏩-⏳☀-❵➔-➿⬀-⯿\U0001F300-\U0001FAFF\uFE0F"
_BULLET = re.compile(f"[{BULLETS}]")
_PICTURE = re.compile(r"[⏩-⏳\U0001F300-\U0001FAFF]")
_SINGLE_VALUES = {c: i for row in _SINGLE for i, c in enumerate(row, 1)} | {"🔟": 10}


@dataclass(slots=True)
class Numbering:
    """A number read at the beginning of a paragraph.

    Attributes
    ----------
    kind, rank
        Which system it belongs to, and how deep that system usually stands.
    value
        The number's value; 0 for a bullet.
    printed
        The number as printed, without a following 、 or dot.
    start, end
        Where it stands, its punctuation and blanks included.
    proven
        True where the numbers around it show that it is one, though it looks like a decimal.
    """

    kind: str
    rank: int
    value: int
    printed: str
    start: int
    end: int
    proven: bool = False


@cache
def _patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = []
    for row in read_rows("numbering.tsv", ("kind", "rank", "pattern", "source")):
        pattern = row["pattern"].replace("{cn}", _CN).replace("{ar}", _AR)
        try:
            rows.append((row["kind"], int(row["rank"]), re.compile(pattern)))
        except (re.error, ValueError) as error:
            raise DataFileError(f"numbering.tsv, {row['kind']}: {error}") from error
    return tuple(rows)


@cache
def _any_pattern() -> re.Pattern[str]:
    """Return all patterns as one, its last group that of the first that matches: tried at once."""
    unnamed = (
        pattern.pattern.replace("?P<n>", "?:").replace("?P<v>", "?:")
        for _, _, pattern in _patterns()
    )
    return re.compile("|".join(f"(?P<at{i}>{pattern})" for i, pattern in enumerate(unnamed)))


# The first character decides most cases: a paragraph that begins with anything else has no number.
_FIRST = re.compile(
    "[第一二三四五六七八九十百0-9０-９A-HPa-hIVXivxⅠ-Ⅻⅰ-ⅻ(（﹙〔任项事措行工目问专课难隐短"
    + BULLETS
    + "".join(_SINGLE_VALUES)
    + "]"
)


def opens_with_picture(line: str) -> bool:
    """Return whether a picture stands before the words, as messages have it before headings.

    Examples
    --------
    >>> opens_with_picture("📌项目开工"), opens_with_picture("● 项目开工")
    (True, False)
    """
    return _PICTURE.match(line) is not None


def chinese_value(text: str) -> int | None:
    """Return the value of a Chinese ordinal up to 999, None where it is not well formed.

    Examples
    --------
    >>> chinese_value("二十三"), chinese_value("十"), chinese_value("一〇二"), chinese_value("十十")
    (23, 10, 102, None)
    """
    if not text:
        return None
    if all(c in _CN_DIGITS for c in text):
        return int("".join(str(_CN_DIGITS[c]) for c in text))
    match = re.fullmatch(
        "(?:([一二三四五六七八九])百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?",
        text,
    )
    if not match:
        return None
    hundreds, tens, ten, ones = match.groups()
    value = 100 * _CN_DIGITS[hundreds] if hundreds else 0
    if ten:
        value += 10 * (_CN_DIGITS[tens] if tens else 1)
    return value + (_CN_DIGITS[ones] if ones else 0)


def _roman_value(text: str) -> int | None:
    """Return the value of a Roman numeral below forty, None where it is not well formed."""
    match = re.fullmatch("(X{0,3})(IX|IV|V?I{0,3})", text)
    if match is None or not text:
        return None
    ones = {"IX": 9, "IV": 4}.get(match[2], 5 * match[2].count("V") + match[2].count("I"))
    return 10 * len(match[1]) + ones


def _value(text: str, kind: str) -> int | None:
    if text in _SINGLE_VALUES:
        return _SINGLE_VALUES[text]
    if text[0].isdigit():
        return int(text)
    if kind.startswith("roman"):
        return _roman_value(unicodedata.normalize("NFKC", text).upper())
    if "A" <= text[0] <= "Z":
        return ord(text[0]) - ord("A") + 1
    if "a" <= text[0] <= "z":
        return ord(text[0]) - ord("a") + 1
    if _BULLET.match(text):
        return 0
    return chinese_value(text)


def match_numbering(text: str, start: int, end: int) -> Numbering | None:
    """Return the number at `start`, None where the paragraph ``text[start:end]`` has none.

    Examples
    --------
    >>> match_numbering("（二）1.优化服务", 0, 9).printed
    '（二）'
    >>> match_numbering("2015年3月底前完成", 0, 11) is None
    True
    """
    if start >= end or not _FIRST.match(text, start):
        return None
    first = _any_pattern().match(text, start, end)
    if first is None or first.lastgroup is None:
        return None
    for kind, rank, pattern in _patterns()[int(first.lastgroup.removeprefix("at")) :]:
        match = pattern.match(text, start, end)
        if match is None:
            continue
        value = _value(match["v"], kind)
        if value is None or (kind == "cn_comma" and _is_enumeration(text, match)):
            continue
        return Numbering(kind, rank, value, match["n"], start, match.end())
    return None


_MORE_NUMERALS = re.compile(
    "[一二三四五六七八九十]+(?:[、，,]|[是季产级年月个次批等类者期线档号路环院])"
)


def _is_enumeration(text: str, match: re.Match[str]) -> bool:
    """Tell 一、二、三产业 and 三、四线城市 from the heading number 一、."""
    return _MORE_NUMERALS.match(text, match.end()) is not None

"""Counters as Word and browsers print them: 3 as 三, ③, III or 丙.

Names and ranges are those of ST_NumberFormat (ECMA-376 Part 1, 17.18.59); a value outside the
range of its format is printed as a decimal number, as the standard has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_TAIWANESE = "○一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LONGEST = 40  # repeated letters of a counter run wild are cut off by the decimal number


@dataclass(frozen=True, slots=True)
class _Counting:
    """Characters of a system that names the places: 一百零一."""

    digits: str
    units: tuple[str, str, str]
    myriad: str
    zeros: bool = True  # an empty place between two others is spoken: 一百零一
    one_ten: bool = False  # eleven is 一十一, not 十一
    ones: bool = True  # a hundred is 一百, not 百


_CHINESE = _Counting("零一二三四五六七八九", ("十", "百", "千"), "万")
_LEGAL = _Counting("零壹贰叁肆伍陆柒捌玖", ("拾", "佰", "仟"), "万", one_ten=True)
_LEGAL_TRADITIONAL = _Counting("零壹貳參肆伍陸柒捌玖", ("拾", "佰", "仟"), "萬", one_ten=True)
_TAIWAN = _Counting("零一二三四五六七八九", ("十", "百", "千"), "萬")
_JAPANESE = _Counting("〇一二三四五六七八九", ("十", "百", "千"), "万", zeros=False, ones=False)
_JAPANESE_LEGAL = _Counting(
    "零壱弐参四伍六七八九", ("拾", "百", "阡"), "萬", zeros=False, one_ten=True
)


def format_number(value: int, name: str) -> str:
    """Return the counter `value` in the number format `name`; an unknown format is decimal.

    Examples
    --------
    >>> [format_number(n, "chineseCounting") for n in (1, 10, 23, 101)]
    ['一', '十', '二十三', '一〇一']
    >>> [format_number(n, "chineseCountingThousand") for n in (10, 12, 101, 110)]
    ['十', '十二', '一百零一', '一百一十']
    >>> format_number(3, "decimalEnclosedCircle"), format_number(21, "decimalEnclosedCircle")
    ('③', '21')
    """
    if name in ("none", "bullet"):
        return ""
    formatter = _FORMATS.get(name)
    if formatter is None or value < 0 or (value == 0 and name not in _WITH_ZERO):
        return str(value)
    return formatter(value)


def is_known(name: str) -> bool:
    """Whether `format_number` renders the format `name` itself."""
    return name in _FORMATS or name in ("none", "bullet")


def _positional(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(d)] for d in str(value))


def _tens(digits: str) -> Callable[[int], str]:
    # The place is named up to 99; from 100 on the digits stand alone.
    def render(value: int) -> str:
        if not 10 <= value < 100:
            return _positional(digits)(value)
        tens, ones = divmod(value, 10)
        return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")

    return render


def _counting(system: _Counting) -> Callable[[int], str]:
    def group(value: int, *, leading: bool) -> str:
        out = ""
        gap = False
        for place in (3, 2, 1, 0):
            digit = value // 10**place % 10
            if not digit:
                gap = bool(out)
                continue
            if gap and system.zeros:
                out += system.digits[0]
            gap = False
            bare = (
                digit == 1 and place and (not system.ones or (place == 1 and leading and not out))
            )
            if not (bare and not system.one_ten):
                out += system.digits[digit]
            out += system.units[place - 1] if place else ""
        return out

    def render(value: int) -> str:
        if value == 0:
            return system.digits[0]
        upper, lower = divmod(value, 10_000)
        if not upper:
            return group(lower, leading=True)
        if upper >= 10_000:
            return str(value)
        zero = system.digits[0] if system.zeros and 0 < lower < 1000 else ""
        return group(upper, leading=True) + system.myriad + zero + group(lower, leading=False)

    return render


def _range(first: int, last: int, start: int = 1) -> Callable[[int], str]:
    def render(value: int) -> str:
        at = first + value - start
        return chr(at) if start <= value and at <= last else str(value)

    return render


def _sequence(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if value <= len(characters) else str(value)


def _letters(characters: str) -> Callable[[int], str]:
    # After the last letter Word repeats: y, z, aa, bb.
    def render(value: int) -> str:
        times, at = divmod(value - 1, len(characters))
        return characters[at] * (times + 1) if times < _LONGEST else str(value)

    return render


def _roman(value: int) -> str:
    if value > 4999:
        return str(value)
    out = ""
    for size, glyph in _ROMAN:
        out += glyph * (value // size)
        value %= size
    return out


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value <= 60 else str(value)


def _ordinal(value: int) -> str:
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH = "０１２３４５６７８９"

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _positional(_FULL_WIDTH),
    "decimalFullWidth2": _positional(_FULL_WIDTH),
    "decimalEnclosedCircle": _range(0x2460, 0x2473),
    "decimalEnclosedCircleChinese": _range(0x2460, 0x2473),
    "decimalEnclosedParen": _range(0x2474, 0x2487),
    "decimalEnclosedFullstop": _range(0x2488, 0x249B),
    "ideographEnclosedCircle": _range(0x3280, 0x3289),
    "chineseCounting": _tens(_DIGITS),
    "chineseCountingThousand": _counting(_CHINESE),
    "chineseLegalSimplified": _counting(_LEGAL),
    "ideographDigital": _positional(_DIGITS),
    "japaneseDigitalTenThousand": _positional(_DIGITS),
    "japaneseCounting": _counting(_JAPANESE),
    "japaneseLegal": _counting(_JAPANESE_LEGAL),
    "taiwaneseCounting": _tens(_TAIWANESE),
    "taiwaneseCountingThousand": _counting(_TAIWAN),
    "taiwaneseDigital": _positional(_TAIWANESE),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL),
    "ideographTraditional": _sequence(_STEMS),
    "ideographZodiac": _sequence(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters(_LATIN.upper()),
    "lowerLetter": _letters(_LATIN),
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
    "aiueoFullWidth": _letters(_AIUEO),
    "irohaFullWidth": _letters(_IROHA),
}
_WITH_ZERO = {
    "decimal", "decimalHalfWidth", "decimalZero", "decimalFullWidth", "decimalFullWidth2",
    "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "hex", "numberInDash",
}  # fmt: skip

"""Arabic, Chinese and mixed numerals: text → exact number, number → text.

A numeral here is the number alone, without unit: ``2.55万``, ``五千``, ``1.5万亿``, ``三分之一``,
``翻两番``, ``1500多亿``. Values are `~decimal.Decimal`, or `~fractions.Fraction` where a decimal
would not be exact; no binary floating point is used anywhere.

Notes
-----
Characters and grouping by 万 and 亿 follow GB/T 15835-2011 (use of numerals in publications).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Number = Decimal | Fraction

# The default context rounds to 28 digits; nothing here is ever rounded.
_EXACT = Context(prec=200, traps=[Inexact])
# Longer digit runs are serial numbers or damage, never quantities.
MAX_DIGITS = 40

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_SMALL = {"十": 1, "百": 2, "千": 3, "拾": 1, "佰": 2, "仟": 3}
_LARGE = {"万": 4, "亿": 8, "萬": 4, "億": 8}
_FLOOR_MARKS = "多余"
_VAGUE_HEADS = "数几上"
_PARTS = {"百": 2, "千": 3, "万": 4}

# Full-width digits and signs, character for character, so that offsets hold.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，＋－％", "0123456789.,+-%")

_ARABIC = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_PLAIN_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A parsed numeral.

    Attributes
    ----------
    value
        The exact number; for ``1500多亿`` the number it starts from.
    is_floor
        True where the numeral says "and more" (多, 余, 数, 几).
    """

    value: Number
    is_floor: bool = False


def parse_number(text: str) -> Number | None:
    """Return the number that `text` writes, None where it writes none.

    Parameters
    ----------
    text
        A numeral alone: Arabic (half or full width, with or without thousands separators),
        Chinese, mixed, a fraction, a share (``百分之五``, ``两成``, ``一半``) or a multiple
        (``翻一番``: twice). Numerals that say "and more" give the number they start from.

    Returns
    -------
    Decimal or Fraction or None
        A `~fractions.Fraction` only where no decimal is exact.

    Examples
    --------
    >>> parse_number("2.55万"), parse_number("１，２００")
    (Decimal('25500'), Decimal('1200'))
    >>> parse_number("三分之一"), parse_number("百分之五"), parse_number("翻两番")
    (Fraction(1, 3), Decimal('0.05'), Decimal('4'))
    >>> parse_number("1500多亿"), parse_number("三十余"), parse_number("若干")
    (Decimal('150000000000'), Decimal('30'), None)
    """
    numeral = parse_numeral(text)
    return None if numeral is None else numeral.value


def parse_numeral(text: str) -> Numeral | None:
    """Return the numeral that `text` writes, None where it writes none.

    Examples
    --------
    >>> parse_numeral("1500多亿")
    Numeral(value=Decimal('150000000000'), is_floor=True)
    """
    text = text.strip()
    return _parse(text) if 0 < len(text) <= MAX_DIGITS + 20 else None


# a circular prints few different numerals, and each of them is read several times
@lru_cache(maxsize=4096)
def _parse(text: str) -> Numeral | None:
    text = text.translate(_HALF_WIDTH)
    share = _parse_share(text)
    if share is not None:
        return share
    sign = 1
    if text[0] in "负-":
        sign, text = -1, text[1:]
    elif text[0] == "+":
        text = text[1:]
    parsed = _parse_scaled(text)
    if parsed is None:
        return None
    value, floor = parsed
    return Numeral(value.copy_negate() if sign < 0 else value, floor)


def _parse_share(text: str) -> Numeral | None:
    """Parse fractions, shares and multiples; None where `text` is none of them."""
    if text in ("半", "一半", "半数", "过半", "过半数", "大半", "多半", "对半"):
        return Numeral(Decimal("0.5"), text in ("过半", "过半数", "大半", "多半"))
    if text.startswith("翻") and text.endswith("番"):
        times = _parse_scaled(text[1:-1] or "一")
        # More than twenty doublings is no target but damage.
        if times is None or not 0 < times[0] <= 20 or times[0] % 1:
            return None
        return Numeral(Decimal(2 ** int(times[0])), times[1])
    head, found, tail = text.partition("成")
    if found:
        return _parse_tenths(head, tail)
    head, found, tail = text.partition("分之")
    top = _parse_scaled(tail) if found else None
    if top is None:
        return None
    if head in _PARTS:
        return Numeral(_shift(top[0], -_PARTS[head]), top[1])
    bottom = _parse_scaled(head)
    if bottom is None or not bottom[0] or bottom[1]:
        return None
    return Numeral(simplest(Fraction(top[0]) / Fraction(bottom[0])), top[1])


def _parse_tenths(head: str, tail: str) -> Numeral | None:
    """Parse ``七成``, ``七成五``, ``七成半``: `head` before 成, `tail` after it."""
    tenths = _parse_scaled(head)
    if tenths is None or tenths[0] > 10:
        return None
    extra = Decimal("0.05") if tail == "半" else Decimal(_DIGITS.get(tail, 0)).scaleb(-2)
    if tail and (not extra or tenths[1]):
        return None
    return Numeral(_EXACT.add(_shift(tenths[0], -1), extra), tenths[1])


def _parse_scaled(text: str) -> tuple[Decimal, bool] | None:
    """Parse an unsigned Arabic, Chinese or mixed numeral: its value and whether it is a floor."""
    match = _ARABIC.match(text)
    if match is None:
        return _parse_chinese(text)
    if match[0][0] in "+-" or match.end() > MAX_DIGITS:
        return None
    value = Decimal(match[0].replace(",", ""))
    return _apply_scales(value, text, match.end())


def _apply_scales(value: Decimal, text: str, at: int) -> tuple[Decimal, bool] | None:
    """Apply the multipliers that follow an Arabic number: ``1.5万亿``, ``3万5千``, ``10余万``."""
    total, floor, last = Decimal(0), False, 99
    while True:
        if at < len(text) and text[at] in _FLOOR_MARKS:
            floor, at = True, at + 1
        power, begin = 0, at
        while at < len(text) and text[at] in "十百千万亿":
            power += _SMALL.get(text[at]) or _LARGE[text[at]]
            at += 1
        if at - begin > 4 or (power >= last and last != 99):
            return None
        if at < len(text) and text[at] in _FLOOR_MARKS and not floor:
            floor, at = True, at + 1
        total = _EXACT.add(total, _shift(value, power))
        if at == len(text):
            return total, floor
        # 3万5千: a further Arabic part counts only under a smaller multiplier.
        match = _PLAIN_DIGITS.match(text, at)
        if match is None or floor or power == 0 or match.end() - at > 4:
            return None
        if match.end() == len(text):
            return None
        value, last, at = Decimal(match[0]), power, match.end()


def _parse_chinese(text: str) -> tuple[Decimal, bool] | None:
    """Parse an unsigned Chinese numeral: ``一百二十三``, ``二〇二〇``, ``三点五万``, ``数十``."""
    floor = False
    for mark in _FLOOR_MARKS + "几":
        head, found, tail = text.partition(mark)
        if found and head:
            # 多, 余 and 几 follow a number and precede only 万 and 亿.
            if floor or tail.strip("万亿萬億"):
                return None
            floor, text = True, head + tail
    if len(text) > 1 and text[0] in _VAGUE_HEADS and not text[1:].strip("十百千万亿"):
        if floor:
            return None
        floor, text = True, "一" + text[1:]
    value = _chinese_value(text)
    return None if value is None else (value, floor)


def _chinese_value(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral without marks of vagueness."""
    if not text or any(
        c not in _DIGITS and c not in _SMALL and c not in _LARGE and c != "点" for c in text
    ):
        return None
    whole, point, rest = text.partition("点")
    if point:
        return _chinese_decimal(whole, rest)
    if all(c in _DIGITS for c in text):
        if len(text) > 1 and ("两" in text or "俩" in text):
            return None
        return (
            Decimal(int("".join(str(_DIGITS[c]) for c in text)))
            if len(text) <= MAX_DIGITS
            else None
        )
    return _chinese_integer(text)


def _chinese_decimal(whole: str, rest: str) -> Decimal | None:
    """Return the value of ``三点五万``: `whole` before the point, `rest` after it."""
    digits = rest.rstrip("十百千万亿萬億")
    scale = rest[len(digits) :]
    base = _chinese_value(whole) if "点" not in whole else None
    if base is None or not digits or any(c not in _DIGITS for c in digits) or len(scale) > 3:
        return None
    power = sum(_SMALL.get(c) or _LARGE[c] for c in scale)
    text = f"{base:f}." + "".join(str(_DIGITS[c]) for c in digits)
    return _shift(Decimal(text), power)


def _chinese_integer(text: str) -> Decimal | None:
    """Return the value of a Chinese integer with place words, None where they are out of order."""
    total = section = 0  # total in 万 and 亿, section below 万
    digit: int | None = None
    last_small, last_large, zero = 9, 99, False
    place = 0  # power of the place word just read, for colloquial 两千五
    for c in text:
        if c in _DIGITS:
            value = _DIGITS[c]
            if value == 0:
                if digit is not None:
                    return None
                zero = True
                continue
            if digit is not None:
                return None
            digit = value
        elif c in _SMALL:
            power = _SMALL[c]
            if power >= last_small:
                return None
            section += (1 if digit is None else digit) * 10**power
            digit, last_small, place, zero = None, power, power, False
        else:
            power = _LARGE[c]
            section += digit or 0
            if power >= last_large:
                # 一万亿: 亿 multiplies all that was read; 万 after 万 is out of order.
                if power != 8 or last_large != 4:
                    return None
                total = (total + section) * 10**8
                last_large = 8
            else:
                total += (section or (1 if not total else 0)) * 10**power
                last_large = power
            section, digit, last_small, place, zero = 0, None, 9, power, False
    if digit is not None:
        # 两千五 and 三万五: a last digit without 零 counts the next place down.
        section += digit * (10 ** (place - 1) if place > 1 and not zero else 1)
    elif zero and text not in ("零", "〇"):
        return None
    return Decimal(total + section)


def _shift(value: Decimal, power: int) -> Decimal:
    """Return `value` times ten to the `power`, exactly, whatever the context's precision."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return value
    moved = exponent + power
    if moved > 0:
        return Decimal((sign, digits + (0,) * moved, 0))
    while moved < 0 and len(digits) > 1 and digits[-1] == 0:
        digits, moved = digits[:-1], moved + 1
    return Decimal((sign, digits, moved))


def simplest(value: Fraction) -> Number:
    """Return `value` as a `~decimal.Decimal` where that is exact, else as it is.

    Examples
    --------
    >>> simplest(Fraction(9, 5)), simplest(Fraction(1, 3))
    (Decimal('1.8'), Fraction(1, 3))
    """
    rest, power = value.denominator, 0
    while rest % 10 == 0:
        rest, power = rest // 10, power + 1
    for factor in (2, 5):
        while rest % factor == 0:
            rest, power = rest // factor, power + 1
    if rest != 1:
        return value
    return _shift(Decimal(int(value * 10**power)), -power)


def format_number(value: Number, style: Literal["arabic", "mixed", "chinese"] = "mixed") -> str:
    """Return `value` as a numeral that `parse_number` reads back exactly.

    Parameters
    ----------
    value
        A finite number; a `~fractions.Fraction` is written as ``a分之b`` unless a decimal is exact.
    style
        ``arabic`` (25500), ``mixed`` (2.55万) or ``chinese`` (二万五千五百).

    Raises
    ------
    ValueError
        Where `value` is infinite or not a number.

    Examples
    --------
    >>> format_number(Decimal(25500)), format_number(Decimal(25500), "chinese")
    ('2.55万', '二万五千五百')
    >>> format_number(Fraction(1, 3)), format_number(Decimal("0.05"), "arabic")
    ('3分之1', '0.05')
    """
    if isinstance(value, Fraction):
        simple = simplest(value)
        if isinstance(simple, Fraction):
            top = format_number(Decimal(abs(simple.numerator)), style)
            bottom = format_number(Decimal(simple.denominator), style)
            if simple < 0:
                raise ValueError("a negative fraction has no numeral")
            return f"{bottom}分之{top}"
        value = simple
    if not value.is_finite():
        raise ValueError(f"{value} has no numeral")
    if value < 0:
        return ("负" if style == "chinese" else "-") + format_number(value.copy_abs(), style)
    if style == "chinese":
        return _format_chinese(value)
    if style == "mixed":
        for word, power in (("亿", 8), ("万", 4)):
            scaled = _shift(value, -power)
            if scaled >= 1 and len(_plain(scaled)) < len(_plain(value)):
                return _plain(scaled) + word
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _format_chinese(value: Decimal) -> str:
    whole, _, rest = _plain(value).partition(".")
    if len(whole) > 16:
        raise ValueError("a Chinese numeral of more than 16 digits is not written")
    text = _format_group(whole)
    return text + ("点" + "".join("零一二三四五六七八九"[int(c)] for c in rest) if rest else "")


def _format_group(digits: str) -> str:
    """Write an integer of up to 16 digits with place words."""
    digits = digits.lstrip("0")
    if not digits:
        return "零"
    for length, word in ((8, "亿"), (4, "万")):
        if len(digits) > length:
            head, tail = digits[:-length], digits[-length:]
            rest = tail.lstrip("0")
            gap = "零" if rest and (tail[0] == "0" or head[-1] == "0") else ""
            return _format_group(head) + word + gap + (_format_group(rest) if rest else "")
    out, zero = "", False
    for i, c in enumerate(digits):
        if c == "0":
            zero = True
            continue
        out += (
            ("零" if zero else "")
            + "零一二三四五六七八九"[int(c)]
            + ("", "十", "百", "千")[len(digits) - 1 - i]
        )
        zero = False
    return out[1:] if out.startswith("一十") else out

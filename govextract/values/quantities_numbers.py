"""Number, range, unit and bound as they stand around one numeral; no decision about their use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from govextract.records import Comparison
from govextract.values.folding import remembering, translated
from govextract.values.numerals import Number, parse_numeral, simplest
from govextract.values.quantities_registers import Bound, Unit, bounds, lengths_before, units
from govextract.values.stops import full_stops

# One character for one character, so that offsets hold: full-width forms, dashes, colons, spaces.
_FOLD = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {ord(c): "-" for c in "–—―﹣−‐‑‒"}
    | {ord(c): ":" for c in "∶︰﹕"}
    | {ord(c): " " for c in "\u3000\xa0"}
    | {ord("〜"): "~", ord("﹪"): "%"}
)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 千 and 百 that begin a unit (千瓦, 百分点) are no multiplier.
_MULTIPLIER = r"(?:十|百(?![分帕])|千(?![米克瓦伏帕卡分焦])|万|亿)"
_SCALE = rf"(?: ?[余多]?{_MULTIPLIER}{{1,4}}[余多]?|[余多])?"
_HANZI = rf"(?:[一二两三四五六七八九〇零]|{_MULTIPLIER})"
_CHINESE = (
    rf"(?:[数几]|上(?=[百千万亿]))?{_HANZI}{{1,40}}"
    r"(?:点[一二三四五六七八九〇零]{1,9}[万亿]{0,2})?[余多几]?[万亿]{0,2}"
)
FRACTION = (
    rf"(?:[百千万]分之(?:{DIGITS}|[一二三四五六七八九十百点]{{1,9}})"
    r"|[二三四五六七八九十]{1,3}分之[一二三四五六七八九十]{1,3})"
)
NUMERAL = rf"(?:{FRACTION}|{DIGITS}{_SCALE}|{_CHINESE})"
RANGE = re.compile(rf" ?(?:-{{1,2}}|~{{1,2}}|至|到) ?(?P<number>{NUMERAL})")
_SHARED_UNIT = re.compile(rf"(?: ?[、和及与] ?{DIGITS}{_SCALE}){{1,4}}")
# What may stand between a number and the unit behind a second one: a range, a rate, a list.
_GOES_ON = frozenset(" /-~至到、和及与")
_RATE = re.compile(r" ?/ ?(?P<base>(?:10{0,2}|十)?[百千万]+)(?![0-9元吨人户亩平])")
_BRACKETED = re.compile(r"\((?:含|含本数|含以上)\)")
_SUCCESSIVE = frozenset(
    ("一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
)
_MEASURES = frozenset(("point", "duration", "length", "area", "mass", "volume", "energy", "data"))
# What an amount may be reckoned by without being a unit of the register.
_PER_WORDS = (
    "地区生产总值",
    "人次",
    "床日",
    "台班",
    "学期",
    "学年",
    "季度",
    "单位",
    "GDP",
    *"人户年月日天车次班亩季",
)
_PERCENTS = {"百": "%", "千": "‰"}
_HALF_TENTHS = frozenset("一二三四五六七八九半")
RATIO_UNIT = Unit(":1", "ratio", ())
SHARE_UNIT = Unit("%", "share", ())


@dataclass(slots=True)
class Measured:
    """A number with its unit.

    Attributes
    ----------
    value, upper
        The number; the upper one of a range, else None.
    unit, form
        The unit of the register, and as written (``元/吨``).
    end
        Where number and unit end.
    is_floor
        True where the number says "and more".
    """

    value: Number
    upper: Number | None
    unit: Unit
    form: str
    end: int
    is_floor: bool = False


@remembering
def fold(text: str) -> str:
    """Return `text` with full-width forms, dashes and spaces folded, length unchanged.

    Examples
    --------
    >>> fold("８％—８．５％，")
    '8%-8.5%,'
    """
    return full_stops(translated(text, _FOLD))


def read_number(folded: str, begin: int, after: int, end: int) -> Measured | None:
    """Return number, range and unit of the numeral ``folded[begin:after]``."""
    found = unit_at(folded, after, end)
    if found is None and folded[after : after + 1] not in _GOES_ON:
        return None
    written = folded[begin:after].replace(" ", "")
    pair = _successive(folded, begin, after, end)
    if pair is not None:
        return pair
    first = parse_numeral(written)
    if first is None or not (first.value or folded[begin].isdigit()):
        return None
    value = first.value
    rate = _RATE.match(folded, after, end)
    base = parse_numeral(rate["base"]) if rate else None
    if rate is not None and base is not None and base.value:
        # 18/10万: so many in a hundred thousand, a ratio.
        value = simplest(Fraction(value) / Fraction(base.value))
        return Measured(value, None, RATIO_UNIT, ":1", rate.end(), first.is_floor)
    ranged = _range(folded, written, value, found, after, end)
    if ranged is not None:
        return ranged
    if found is None:
        shared = _SHARED_UNIT.match(folded, after, end)
        if shared is None or "分别" not in folded[max(0, begin - 40) : begin]:
            return None
        # 分别控制在40、45人: the unit printed once holds for both.
        found = unit_at(folded, shared.end(), end)
        return None if found is None else Measured(value, None, found[0], found[1], after)
    unit, form, stop = found
    if unit.kind == "tenth":
        half = parse_numeral(folded[begin : stop + 1])
        if half is not None and folded[stop : stop + 1] in _HALF_TENTHS:
            # 七成五, 七成半
            return Measured(half.value, None, unit, ":1", stop + 1, half.is_floor)
        # 七成 is a fraction, 7/10.
        return Measured(tenth(value), None, unit, ":1", stop, first.is_floor)
    return Measured(value, None, unit, form, stop, first.is_floor)


def read_fraction(folded: str, begin: int, after: int, end: int) -> Measured | None:
    """Return 百分之五 (5 %), 千分之三 (3 ‰), 百分之五至百分之八 or 三分之一 (1/3 :1)."""
    first = _fraction(folded[begin:after])
    if first is None:
        return None
    value, unit, form, floor = first
    second = RANGE.match(folded, after, end)
    if second is not None and "分之" in second["number"]:
        upper = _fraction(second["number"])
        if upper is not None and upper[2] == form and value < upper[0]:
            return Measured(value, upper[0], unit, form, second.end())
    return Measured(value, None, unit, form, after, floor)


def _fraction(written: str) -> tuple[Number, Unit, str, bool] | None:
    head, _, tail = written.partition("分之")
    form = _PERCENTS.get(head)
    parsed = parse_numeral(written if form is None else tail)
    if parsed is None:
        return None
    unit = RATIO_UNIT if form is None else SHARE_UNIT
    return parsed.value, unit, form or ":1", parsed.is_floor


def tenth(value: Number) -> Number:
    """Return the tenth part of `value`, exactly."""
    return simplest(Fraction(value) / 10)


def _successive(folded: str, begin: int, after: int, end: int) -> Measured | None:
    """Return 三四家 and 十二三家: from three to four; 二〇一九 is none of these."""
    digits = folded[begin:after].rstrip("十百千万亿")
    if digits[-2:] not in _SUCCESSIVE:
        return None
    found = unit_at(folded, after, end)
    if found is None:
        return None
    scale = folded[begin + len(digits) : after]
    low = parse_numeral(digits[:-1] + scale)
    high = parse_numeral(digits[:-2] + digits[-1] + scale)
    if low is None or high is None or low.value >= high.value:
        return None
    return Measured(low.value, high.value, *found)


def _range(
    folded: str,
    written: str,
    value: Number,
    found: tuple[Unit, str, int] | None,
    after: int,
    end: int,
) -> Measured | None:
    """Return 300-500家, 8%—8.5%, 20-30万元; None where no second number follows."""
    second = RANGE.match(folded, found[2] if found else after, end)
    if second is None:
        return None
    upper = parse_numeral(second["number"].replace(" ", ""))
    upper_unit = unit_at(folded, second.end(), end)
    if upper is None or upper_unit is None:
        return None
    high = upper.value
    digits = second["number"].rstrip("十百千万亿")
    scale = second["number"][len(digits) :]
    if found is None and scale and written[-1:].isdigit():
        # The multiplier printed once holds for both.
        scaled = parse_numeral(written + scale)
        value = scaled.value if scaled is not None and scaled.value < high else value
    if value >= high or (found is not None and found[0] != upper_unit[0]):
        return None
    unit, form, stop = upper_unit
    if unit.kind == "tenth":
        return Measured(tenth(value), tenth(high), unit, ":1", stop)
    return Measured(value, high, unit, form, stop)


def unit_at(folded: str, at: int, end: int) -> tuple[Unit, str, int] | None:
    """Return the unit at `at`, as written, and its end; None where there is none."""
    if folded[at : at + 1] == " ":
        at += 1
    if folded[at : at + 1] == "个":
        measure = _lookup(folded, at + 1, end)
        if measure is not None and measure.kind in _MEASURES:
            return measure, measure.text, at + 1 + len(measure.text)
    unit = _lookup(folded, at, end)
    if unit is None:
        return None
    after = at + len(unit.text)
    if folded[after : after + 1] == "/":
        tail = _denominator(folded, after + 1, end)
        if tail > after + 1:
            return unit, unit.text + folded[after:tail], tail
    if unit.kind == "count" and folded[after : after + 1] == "(":
        other = _lookup(folded, after + 1, end)
        stop = after + 2 + (len(other.text) if other else 0)
        if other is not None and folded[stop - 1 : stop] == ")":
            # 台(件), 套(间): two measure words for one number.
            return unit, folded[at:stop], stop
    return unit, unit.text, after


def _lookup(folded: str, at: int, end: int) -> Unit | None:
    for unit in units().get(folded[at : at + 1], ()):
        stop = at + len(unit.text)
        if stop > end or not folded.startswith(unit.text, at):
            continue
        if unit.not_before and folded.startswith(unit.not_before, stop):
            continue
        following = folded[stop : stop + 1]
        if (
            unit.text[-1].isascii()
            and unit.text[-1].isalpha()
            and following.isascii()
            and following.isalnum()
        ):
            continue
        return unit
    return None


def _denominator(folded: str, at: int, end: int) -> int:
    """Return the end of ``万元`` in ``吨标准煤/万元``, ``人·月`` in ``元/人·月``; `at` where none."""
    stop = at
    for _ in range(3):
        while folded[at : at + 1] and folded[at] in "每十百千万亿":
            at += 1
        word = next((w for w in _PER_WORDS if folded.startswith(w, at)), "")
        unit = _lookup(folded, at, end)
        if unit is not None and len(unit.text) > len(word):
            word = unit.text
        if not word:
            return stop
        stop = at + len(word)
        if folded[stop : stop + 1] not in ("·", "•", "/"):
            return stop
        at = stop + 1
    return stop


def bound_before(folded: str, begin: int, start: int) -> tuple[int, Bound | None]:
    """Return where the bound words before `begin` start, and the bound that decides."""
    words, lengths = bounds("before"), lengths_before()
    decisive, low = None, begin
    for _ in range(4):
        at = low - 1 if low > start and folded[low - 1] == " " else low
        found = None
        for length in lengths.get(folded[at - 1 : at], ()):
            bound = words.get(folded[at - length : at])
            if bound is None or length > at - start:
                continue
            if bound.not_after and folded.endswith(bound.not_after, start, at - length):
                continue
            found = bound
            break
        if found is None:
            break
        low = at - len(found.word)
        # 约不低于: a true bound outranks an approximation; the nearest of two bounds decides.
        if decisive is None or decisive.comparison == "approx":
            decisive = found
    return low, decisive


def bound_after(folded: str, after: int, end: int, kind: str) -> tuple[int, Bound | None]:
    """Return where number and bound end, and the bound."""
    bracket = _BRACKETED.match(folded, after, end)
    at = bracket.end() if bracket else after
    words = bounds("after")
    if folded[at : at + 1] == " ":  # 98% 以上
        apart = at + 2 if folded[at + 1 : at + 2] == " " else at + 1
        if any(folded[apart : apart + length] in words for length in (2, 3)):
            at = apart
    for length in (3, 2, 1):
        bound = words.get(folded[at : at + length])
        if bound is None or at + length > end:
            continue
        if length > 1 or _single_fits(folded, bound.word, at, kind):
            return at + length, bound
    return after, None


def _single_fits(folded: str, word: str, at: int, kind: str) -> bool:
    """内 bounds durations only and 起 ends its clause: 5家内资企业, 3起重机."""
    following = folded[at + 1 : at + 2]
    if word == "内":
        return kind == "duration" and following not in ("部", "地", "外", "容", "涵")
    return following in ("", ",", "。", ";", "、", ")")


def comparison_of(before: Bound | None, after: Bound | None, measured: Measured) -> Comparison:
    """Return what bounds, range and "and more" say together."""
    if measured.upper is not None:
        return "range"
    for bound in (before, after):
        if bound is not None and bound.comparison in ("ge", "le"):
            return bound.comparison
    if before is not None or after is not None:
        return "approx"
    return "ge" if measured.is_floor else "eq"

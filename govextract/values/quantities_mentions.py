"""Mentions of quantities: every number with a unit, its value, unit and bound.

Nothing is decided here about what the number is for; see `quantities_targets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from govextract.records import Comparison
from govextract.values.numerals import Number, parse_numeral, simplest
from govextract.values.quantities_registers import Bound, Unit, bounds, units

# One character for one character, so that offsets hold: full-width forms, dashes, colons, spaces.
_FOLD = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord(c): "-" for c in "–—―﹣−‐‑‒"}
    | {
        ord("〜"): "~",
        ord("∶"): ":",
        ord("︰"): ":",
        ord("﹕"): ":",
        ord("\u3000"): " ",
        ord("\xa0"): " ",
        ord("％"): "%",
        ord("﹪"): "%",
        ord("／"): "/",
    }
)

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 千 and 百 that begin a unit (千瓦, 百分点) are no multiplier.
_MULTIPLIER = r"(?:十|百(?![分帕])|千(?![米克瓦伏帕卡分焦])|万|亿)"
_SCALE = rf"(?: ?[余多]?{_MULTIPLIER}{{1,4}}[余多]?|[余多])?"
_HANZI = rf"(?:[一二两三四五六七八九〇零]|{_MULTIPLIER})"
_CHINESE = rf"(?:[数几]|上(?=[百千万亿]))?{_HANZI}{{1,40}}(?:点[一二三四五六七八九〇零]{{1,9}}[万亿]{{0,2}})?[余多几]?[万亿]{{0,2}}"
_FRACTION = (
    rf"(?:[百千万]分之(?:{_DIGITS}|[一二三四五六七八九十百点]{{1,9}})"
    r"|[二三四五六七八九十]{1,3}分之[一二三四五六七八九十]{1,3})"
)
_NUMERAL = rf"(?:{_FRACTION}|{_DIGITS}{_SCALE}|{_CHINESE})"
_CANDIDATE = re.compile(
    rf"(?P<multiple>翻(?:[一二两三四五]|\d)?番)|(?P<half>一半|过?半数|对半)|(?P<number>{_NUMERAL})"
)
_SECOND = re.compile(rf" ?(?:-{{1,2}}|~{{1,2}}|至|到) ?(?P<number>{_NUMERAL})")
_RATIO = re.compile(rf" ?(?::|比) ?(?P<number>{_DIGITS})(?![\d:])")
_RATIO_BEFORE = re.compile("比|按$|按照$")
_RATIO_AFTER = re.compile(r"的?(?:比例|比率|配|比|分担|分成|分摊)")
_HEADCOUNT = re.compile(
    r"(?:名)?[\u4e00-\u9fff]{0,6}?(?=人口|群众|职工|居民|农民|老人|学生|劳动力)"
)
_RATE = re.compile(r" ?/ ?(?P<base>(?:10{0,2}|十)?[百千万]+)(?=[以之,;。、)]|$)")
_BRACKETED = re.compile(r"\((?:含|含本数|含以上)\)")
_SUCCESSIVE = frozenset(
    ("一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
)
_MEASURES = frozenset(("point", "duration", "length", "area", "mass", "volume", "energy", "data"))
_PER_WORDS = (
    "人",
    "户",
    "年",
    "月",
    "日",
    "天",
    "车",
    "次",
    "班",
    "床日",
    "台班",
    "亩",
    "人次",
    "学期",
    "学年",
    "季度",
    "季",
    "单位",
    "GDP",
    "地区生产总值",
)
MAX_BOUND = 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, wherever it stands and whatever it is for.

    Attributes
    ----------
    start, end
        Half-open range in the text, bounds included (``不低于5家``, ``5家以上``).
    value, value_max
        Exact numbers with multipliers worked out; `value_max` only for a range.
    unit
        The unit as written, without multiplier and without 个 before a unit of measure;
        ``:1`` for a ratio or fraction.
    comparison
        What the bound says.
    kind
        Kind of the unit, from the register of units.
    number_start, number_end
        Range of number and unit without bounds.
    bare
        True where the numeral is a multiplier alone (``亿元``).
    """

    text: str
    start: int
    end: int
    value: Number
    value_max: Number | None
    unit: str
    comparison: Comparison
    kind: str
    number_start: int
    number_end: int
    bare: bool = False


# one text is folded many times in a row, a paragraph at a time
@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Return `text` with full-width forms, dashes and spaces folded, length unchanged.

    Examples
    --------
    >>> fold("８％—８．５％，")
    '8%-8.5%,'
    """
    return text.translate(_FOLD)


def scan(folded: str, start: int, end: int, text: str) -> Iterator[Quantity]:
    """Yield the quantities of ``folded[start:end]`` in order; `text` gives their surfaces."""
    at = start
    while at < end:
        match = _CANDIDATE.search(folded, at, end)
        if match is None:
            return
        mention = _mention(folded, match, start, end, text)
        at = max(match.end(), mention.end if mention else 0)
        if mention is not None:
            yield mention


def _mention(folded: str, match: re.Match[str], start: int, end: int, text: str) -> Quantity | None:
    """Return the quantity that begins at a candidate numeral, None where there is none."""
    begin, after = match.span()
    if begin > start and _continues_a_name(folded, begin, match[0][0]):
        return None
    if match["number"] is None:
        return _share_word(folded, match, start, end, text)
    if "分之" in match["number"]:
        return _fraction(folded, match, start, end, text)
    found = _read_number(folded, begin, after, end)
    if found is None:
        return _ratio(folded, match, start, end, text) or _people(folded, match, start, end, text)
    value, value_max, floor, unit, form, after = found
    if unit.kind == "tenth":
        # 七成 is a fraction, 7/10.
        value, form = _tenth(value), ":1"
        value_max = None if value_max is None else _tenth(value_max)
    if _is_date(folded, begin, after, unit, value):
        return None
    low, bound = _bound_before(folded, begin, start)
    bare = match[0][0] in "百千万亿" and match[0].strip("百千万亿") == ""
    if bare and bound is None and folded[low - 1 : low] not in ("达", "到", "为"):
        return None
    high, bound_after = _bound_after(folded, after, end, unit.kind)
    comparison = _comparison(bound, bound_after, floor, value_max is not None)
    return Quantity(
        text[low:high], low, high, value, value_max, form, comparison, unit.kind, begin, after, bare
    )


def _tenth(value: Number) -> Number:
    return simplest(Fraction(value) / 10)


_Found = tuple[Number, Number | None, bool, Unit, str, int]


def _read_number(folded: str, begin: int, after: int, end: int) -> _Found | None:
    """Read number, range and unit: value, upper value, floor mark, unit, its form, end."""
    first = parse_numeral(folded[begin:after].replace(" ", ""))
    pair = folded[begin:after].rstrip("十百千万亿")
    if len(pair) > 1 and pair[-2:] in _SUCCESSIVE:
        # 三四家 and 十二三家: from three to four; a positional numeral (二〇一九) is none of these.
        low, high = pair[:-1], pair[:-2] + pair[-1]
        scale = folded[begin + len(pair) : after]
        small, large = parse_numeral(low + scale), parse_numeral(high + scale)
        unit = _unit_at(folded, after, end)
        if small and large and unit and small.value < large.value:
            return small.value, large.value, False, *unit
    if first is None or (not first.value and not folded[begin].isdigit()):
        return None
    rate = _RATE.match(folded, after, end)
    base = parse_numeral(rate["base"]) if rate else None
    if base is not None and base.value:
        # 18/10万: so many in a hundred thousand, a ratio.
        value = simplest(Fraction(first.value) / Fraction(base.value))
        return (
            value,
            None,
            first.is_floor,
            Unit(":1", "ratio", ()),
            ":1",
            rate.end() if rate else after,
        )
    unit = _unit_at(folded, after, end)
    second = _SECOND.match(folded, unit[2] if unit else after, end)
    if second is not None:
        upper = parse_numeral(second["number"].replace(" ", ""))
        upper_unit = _unit_at(folded, second.end(), end)
        if upper is not None and upper_unit is not None:
            low_value = first.value
            scale = re.search(r"[十百千万亿]*$", second["number"])
            if unit is None and low_value >= upper.value and scale:
                return None
            if unit is None and scale and scale[0] and folded[after - 1].isdigit():
                # 20-30万元: the multiplier printed once holds for both.
                scaled = parse_numeral(folded[begin:after] + scale[0])
                low_value = scaled.value if scaled and scaled.value < upper.value else low_value
            if low_value < upper.value and (unit is None or unit[0] == upper_unit[0]):
                return low_value, upper.value, False, *upper_unit
    if unit is None:
        return None
    return first.value, None, first.is_floor, *unit


def _unit_at(folded: str, at: int, end: int) -> tuple[Unit, str, int] | None:
    """Return the unit at `at` with its written form and end; None where there is none."""
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
    form = unit.text
    if folded[after : after + 1] == "/":
        tail = _denominator(folded, after + 1, end)
        if tail > after + 1:
            return unit, form + folded[after:tail], tail
    return unit, form, after


def _lookup(folded: str, at: int, end: int) -> Unit | None:
    for unit in units().get(folded[at : at + 1], ()):
        stop = at + len(unit.text)
        if folded.startswith(unit.text, at) and stop <= end:
            if unit.not_before and folded.startswith(unit.not_before, stop):
                continue
            if (
                unit.text[-1].isascii()
                and unit.text[-1].isalpha()
                and folded[stop : stop + 1].isascii()
                and folded[stop : stop + 1].isalnum()
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


def _bound_before(folded: str, begin: int, start: int) -> tuple[int, Bound | None]:
    """Return where the bound words before `begin` start, and the bound that decides."""
    words, decisive = bounds("before"), None
    low = begin
    while True:
        at = low - 1 if low - 1 >= start and folded[low - 1] == " " else low
        found = None
        for length in range(min(MAX_BOUND, at - start), 0, -1):
            bound = words.get(folded[at - length : at])
            if bound and not (
                bound.not_after and folded.endswith(bound.not_after, start, at - length)
            ):
                found = bound
                break
        if found is None:
            return low, decisive
        low = at - len(found.word)
        # 约不低于: a true bound outranks an approximation; the nearest of two bounds decides.
        if decisive is None or decisive.comparison == "approx":
            decisive = found


def _bound_after(folded: str, after: int, end: int, kind: str) -> tuple[int, Bound | None]:
    """Return where number and bound end, and the bound."""
    at = after
    bracket = _BRACKETED.match(folded, at, end)
    if bracket is not None:
        at = bracket.end()
    words = bounds("after")
    for length in (3, 2, 1):
        bound = words.get(folded[at : at + length])
        if bound is None or at + length > end:
            continue
        if length == 1 and not _single_bound_fits(folded, bound.word, at, kind):
            continue
        return at + length, bound
    return after, None


def _single_bound_fits(folded: str, word: str, at: int, kind: str) -> bool:
    """内 bounds durations only and 起 ends its clause: 5家内资企业, 3起重机."""
    if word == "内":
        return kind == "duration" and folded[at + 1 : at + 2] not in ("部", "地", "外", "容", "涵")
    return folded[at + 1 : at + 2] in ("", ",", "。", ";", "、", ")")


def _comparison(before: Bound | None, after: Bound | None, floor: bool, ranged: bool) -> Comparison:
    if ranged:
        return "range"
    for bound in (before, after):
        if bound is not None and bound.comparison in ("ge", "le"):
            return bound.comparison
    if before is not None or after is not None:
        return "approx"
    return "ge" if floor else "eq"


def _continues_a_name(folded: str, begin: int, first: str) -> bool:
    """True where the numeral belongs to a name: 第45次, PM2.5, 5A, “3+3”, 统一."""
    previous = folded[begin - 1]
    if previous in "第+#№×*" or (previous.isascii() and (previous.isalnum() or previous in "._")):
        return True
    if (
        previous == "-"
        and begin > 1
        and folded[begin - 2].isascii()
        and folded[begin - 2].isalnum()
    ):
        return True
    return not first.isascii() and previous in "统唯之逐专划星期拜腊初单归合大小老"


def _is_date(folded: str, begin: int, after: int, unit: Unit, value: Number) -> bool:
    """True for points of time: 2019年, 6月, 15日, 15日前."""
    if unit.text == "年":
        digits = folded[begin:after].rstrip("年 ")
        return len(digits) == 4 and (value >= 1900 or "〇" in digits)
    if unit.text in ("月", "季度"):
        return folded[after - len(unit.text) - 1] != "个"
    if unit.text != "日":
        return False
    return (
        "月" in folded[max(0, begin - 4) : begin]
        or folded[begin - 1 : begin] in ("至", "到")
        and folded[begin - 2 : begin - 1] in ("日", ")")
    )


def _share_word(
    folded: str, match: re.Match[str], start: int, end: int, text: str
) -> Quantity | None:
    """Return 翻一番 (twice) or 一半 (half) as a quantity."""
    parsed = parse_numeral(match[0])
    if parsed is None:
        return None
    begin, after = match.span()
    low, before = _bound_before(folded, begin, start)
    high, behind = _bound_after(folded, after, end, "share")
    comparison = _comparison(before, behind, parsed.is_floor, False)
    value, unit, kind = parsed.value, ":1", "ratio"
    if match["multiple"]:
        # 翻两番 is written with the number of doublings; `parse_number` works the multiple out.
        doublings = parse_numeral(match[0][1:-1] or "一")
        value, unit, kind = (doublings.value if doublings else value), "番", "times"
    return Quantity(text[low:high], low, high, value, None, unit, comparison, kind, begin, after)


def _fraction(
    folded: str, match: re.Match[str], start: int, end: int, text: str
) -> Quantity | None:
    """Return 百分之五 (5 %), 千分之三 (3 ‰) or 三分之一 (1/3 :1)."""
    begin, after = match.span()
    head, _, tail = match[0].partition("分之")
    unit, kind = {"百": "%", "千": "‰"}.get(head, ":1"), "share"
    parsed = parse_numeral(tail if unit != ":1" else match[0])
    if parsed is None:
        return None
    kind = "ratio" if unit == ":1" else "share"
    low, before = _bound_before(folded, begin, start)
    high, behind = _bound_after(folded, after, end, kind)
    comparison = _comparison(before, behind, parsed.is_floor, False)
    return Quantity(
        text[low:high], low, high, parsed.value, None, unit, comparison, kind, begin, after
    )


def _ratio(folded: str, match: re.Match[str], start: int, end: int, text: str) -> Quantity | None:
    """Return 1.8:1 as a quantity where the words around it say that it is a ratio, not a time."""
    begin, after = match.span()
    second = _RATIO.match(folded, after, end)
    if second is None or not folded[after - 1].isdigit():
        return None
    said = _RATIO_BEFORE.search(folded, max(start, begin - 12), begin) is not None
    if not said and not _RATIO_AFTER.match(folded, second.end(), end):
        return None
    top, bottom = parse_numeral(match[0]), parse_numeral(second["number"])
    if top is None or bottom is None or not bottom.value:
        return None
    value = simplest(Fraction(top.value) / Fraction(bottom.value))
    low, before = _bound_before(folded, begin, start)
    high, behind = _bound_after(folded, second.end(), end, "ratio")
    comparison = _comparison(before, behind, False, False)
    return Quantity(
        text[low:high], low, high, value, None, ":1", comparison, "ratio", begin, second.end()
    )


def _people(folded: str, match: re.Match[str], start: int, end: int, text: str) -> Quantity | None:
    """Return 3.4万农村人口: a count of people whose measure word is left out."""
    begin, after = match.span()
    if folded[after - 1] not in "万亿" or not folded[begin].isdigit():
        return None
    if not _HEADCOUNT.match(folded, after, end):
        return None
    parsed = parse_numeral(match[0].replace(" ", ""))
    if parsed is None:
        return None
    low, before = _bound_before(folded, begin, start)
    comparison = _comparison(before, None, parsed.is_floor, False)
    return Quantity(
        text[low:after], low, after, parsed.value, None, "人", comparison, "count", begin, after
    )

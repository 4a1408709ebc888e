"""Mentions of quantities: every number with a unit, its value, unit and bound.

Nothing is decided here about what the number is for; see `quantities_targets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from govextract.records import Comparison
from govextract.values.numerals import Number, parse_numeral, simplest
from govextract.values.quantities_numbers import (
    DIGITS,
    NUMERAL,
    RATIO_UNIT,
    Measured,
    bound_after,
    bound_before,
    comparison_of,
    read_fraction,
    read_number,
)
from govextract.values.quantities_registers import Unit

_CANDIDATE = re.compile(
    # the first characters, so that most places are ruled out before a form is tried
    r"(?=[翻过半对数几上百千万亿十一二两三四五六七八九〇零\d])"
    r"(?:(?P<multiple>翻(?:[一二两三四五]|\d)?番)|(?P<half>一半|过?半数|对半)"
    rf"|(?P<number>{NUMERAL}))"
)
_RATIO = re.compile(rf" ?(?::|比) ?(?P<number>{DIGITS})(?![\d:])")
# What tells 1/3 from a number of pages, tables or documents.
_BELOW = re.compile(r"/(?P<number>[2-9]|1[0-9]|20)(?![0-9/.:年月日号%‰])")
_SHARE_BEFORE = re.compile(
    "(?:压减|压缩|缩减|缩短|精简|削减|减少|降低|下降|减|提高|提升|增加|增长|占|达到?|超过?|突破|不低于|不少于|不超过|近|约)[^,。;]{0,4}$"
)
_SHARE_AFTER = re.compile("以上|以下|以内|左右")
# What tells a ratio from a time of the day.
_RATIO_BEFORE = re.compile("比|按$|按照$")
_RATIO_AFTER = re.compile(r"的?(?:比例|比率|配|比|分担|分成|分摊)")
_PEOPLE_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?=人口|群众|职工|居民|农民|老人|学生|劳动力|农户|贫困户)"
)
_MULTIPLES = Unit("番", "times", ())
_COUNT_AFTER = re.compile(r"[,;。、)!\n]|以上|左右")
_COUNTED_BEFORE = re.compile(
    r"(?:总量|总数|数量|数|量|用户|会员|客户)(?:累计|将|力争|要)?(?:突破|达到|达|超过|超|不少于|稳定在|保持在|控制在)$"
)
# What is stated without a unit: coefficients, indices, power usage effectiveness, death rates.
_COEFFICIENT = re.compile(
    r"(?:系数|指数|PUE|PUE值|利用效率|死亡率|容积率)(?:由[\d.]+|力争|稳定|平均)?"
    r"(?:(?:提高|提升|降低|下降|降|提|控制|压降|优化|达|调整|维持|保持|稳定)?[到至为在]|达|不?[高低大小]于|不超过|超过)+$"
)
_LEVELS = frozenset("到至为在达于过")
_PLAIN_AFTER = re.compile(r"[,;。、)!\n\t| ]|以[上下内]|左右|及以[上下]")
_PLAIN = Unit("", "none", ())
_THINGS = Unit("个", "count", ())
_PEOPLE = Unit("人", "count", ())
# 大二, 统一, 第三, 老三: a Chinese numeral behind one of these belongs to a word or a name.
_NAME_BEFORE = frozenset("第统唯之逐专划星期拜腊初单归合大小老")


@dataclass(slots=True)
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


def without_unit(folded: str, start: int, end: int, text: str) -> Quantity | None:
    """Return the last Arabic number of ``folded[start:end]`` that has no unit, None without any."""
    found = None
    for match in _CANDIDATE.finditer(folded, start, end):
        value = parse_numeral(match[0].replace(" ", ""))
        dated = folded[match.end() : match.end() + 1] in ("年", "月", "日", "号")
        if value is not None and match[0][0].isdigit() and not dated:
            found = match, value
    if found is None:
        return None
    match, value = found
    begin, after = match.span()
    low, before = bound_before(folded, begin, start)
    high, behind = bound_after(folded, after, end, "none")
    measured = Measured(value.value, None, Unit("", "none", ()), "", after, value.is_floor)
    comparison = comparison_of(before, behind, measured)
    return Quantity(
        text[low:high], low, high, value.value, None, "", comparison, "none", begin, after
    )


_NUMBERED_BEFORE = re.compile("第[一二三四五六七八九十0-9]{1,3}、$")
# what stands around the numbers of items and days, a third of all that count nothing
_NEVER_COUNTED = frozenset(
    {(before, after) for before in "\n(" for after in ("、", ".", ")")}
    | {("月", "日"), ("月", "号"), ("年", "月")}
)


def _mention(folded: str, match: re.Match[str], start: int, end: int, text: str) -> Quantity | None:
    """Return the quantity that begins at a candidate numeral, None where there is none."""
    begin, after = match.span()
    if begin > 0 and (folded[begin - 1], folded[after : after + 1]) in _NEVER_COUNTED:
        return None
    if begin > start and _continues_a_name(folded, begin):
        return None
    measured = _measured(folded, match, start, end)
    if measured is None or _is_date(folded, begin, measured):
        return None
    low, before = bound_before(folded, begin, start)
    bare = not match[0].strip("百千万亿")
    if bare and before is None and folded[low - 1 : low] not in ("达", "到", "为"):
        return None
    high, behind = bound_after(folded, measured.end, end, measured.unit.kind)
    return Quantity(
        text[low:high],
        low,
        high,
        measured.value,
        measured.upper,
        measured.form,
        comparison_of(before, behind, measured),
        measured.unit.kind,
        begin,
        measured.end,
        bare,
    )


def _measured(folded: str, match: re.Match[str], start: int, end: int) -> Measured | None:
    """Return number and unit of a candidate."""
    begin, after = match.span()
    if match["multiple"] is not None:
        # 翻两番 is written with the number of doublings; `parse_number` works the multiple out.
        doublings = parse_numeral(match[0][1:-1] or "一")
        return Measured(doublings.value, None, _MULTIPLES, "番", after) if doublings else None
    if match["half"] is not None:
        half = parse_numeral(match[0])
        if half is None:
            return None
        return Measured(half.value, None, RATIO_UNIT, ":1", after, half.is_floor)
    if "分之" in match[0]:
        return read_fraction(folded, begin, after, end)
    measured = read_number(folded, begin, after, end)
    if measured is not None or not (folded[begin].isdigit() or folded[after - 1].isdigit()):
        return measured
    return (
        _ratio(folded, match, start, end)
        or _slashed(folded, match, start, end)
        or _people(folded, match, end)
        or _bare_count(folded, match, start, end)
        or _coefficient(folded, match, start, end)
    )


def _ratio(folded: str, match: re.Match[str], start: int, end: int) -> Measured | None:
    """Return 1.8:1 where the words around it say that it is a ratio, not a time."""
    begin, after = match.span()
    second = _RATIO.match(folded, after, end)
    if second is None or not folded[after - 1].isdigit():
        return None
    said = _RATIO_BEFORE.search(folded, max(start, begin - 12), begin)
    if said is None and not _RATIO_AFTER.match(folded, second.end(), end):
        return None
    top, bottom = parse_numeral(match[0]), parse_numeral(second["number"])
    if top is None or bottom is None or not bottom.value:
        return None
    value = simplest(Fraction(top.value) / Fraction(bottom.value))
    return Measured(value, None, RATIO_UNIT, ":1", second.end())


def _slashed(folded: str, match: re.Match[str], start: int, end: int) -> Measured | None:
    """Return 1/3 of 压减1/3, a proper fraction where the words around it say what it is of."""
    begin, after = match.span()
    below = _BELOW.match(folded, after, end)
    if below is None or not match[0].isdigit() or folded[begin - 1 : begin] in ("/", ".", "-"):
        return None
    top, bottom = int(match[0]), int(below["number"])
    if not 0 < top < bottom:
        return None
    said = _SHARE_BEFORE.search(folded, max(start, begin - 12), begin)
    if said is None and not _SHARE_AFTER.match(folded, below.end(), end):
        return None
    return Measured(simplest(Fraction(top, bottom)), None, RATIO_UNIT, ":1", below.end())


def _bare_count(folded: str, match: re.Match[str], start: int, end: int) -> Measured | None:
    """Return 注册总量突破3亿: a count of things whose measure word is left out."""
    begin, after = match.span()
    if folded[after - 1] not in "万亿" or not folded[begin].isdigit():
        return None
    if after < end and not _COUNT_AFTER.match(folded, after):
        return None
    if not _COUNTED_BEFORE.search(folded, max(start, begin - 12), begin):
        return None
    number = parse_numeral(match[0].replace(" ", ""))
    return Measured(number.value, None, _THINGS, "个", after, number.is_floor) if number else None


def _coefficient(folded: str, match: re.Match[str], start: int, end: int) -> Measured | None:
    """Return 有效利用系数提高到0.57: a number that has no unit, of what never has one."""
    begin, after = match.span()
    if not folded[after - 1].isdigit() or (after < end and not _PLAIN_AFTER.match(folded, after)):
        return None
    if folded[begin - 1 : begin] not in _LEVELS or not _COEFFICIENT.search(
        folded, max(start, begin - 16), begin
    ):
        return None
    number = parse_numeral(match[0].replace(" ", ""))
    return Measured(number.value, None, _PLAIN, "", after, number.is_floor) if number else None


def _people(folded: str, match: re.Match[str], end: int) -> Measured | None:
    """Return 3.4万农村人口: a count of people whose measure word is left out."""
    begin, after = match.span()
    if folded[after - 1] not in "万亿" or not folded[begin].isdigit():
        return None
    if not _PEOPLE_AFTER.match(folded, after, end):
        return None
    parsed = parse_numeral(match[0].replace(" ", ""))
    if parsed is None:
        return None
    return Measured(parsed.value, None, _PEOPLE, "人", after, parsed.is_floor)


def _continues_a_name(folded: str, begin: int) -> bool:
    """Tell a numeral that belongs to a name: 第45次, PM2.5, 5A, “3+3”, 统一."""
    previous = folded[begin - 1]
    if previous == "、" and _NUMBERED_BEFORE.search(folded, max(0, begin - 6), begin):
        return True  # 第八、九批
    if previous in "第+#№×*" or (previous.isascii() and (previous.isalnum() or previous in "._")):
        return True
    if (
        previous == "-"
        and begin > 1
        and folded[begin - 2].isascii()
        and folded[begin - 2].isalnum()
    ):
        return True
    return not folded[begin].isascii() and previous in _NAME_BEFORE


def _is_date(folded: str, begin: int, measured: Measured) -> bool:
    """Tell points of time (2019年, 6月, 15日前) and 十分, which is an adverb."""
    unit, after = measured.unit.text, measured.end
    if unit == "分" and not folded[begin].isdigit():
        return True
    if unit == "年":
        return 1900 <= measured.value <= 2200
    if unit in ("月", "季度"):
        return folded[after - len(unit) - 1] != "个"
    if unit != "日":
        return False
    since = folded[begin - 1 : begin] in ("至", "到") and folded[begin - 2 : begin - 1] in (
        "日",
        ")",
    )
    return since or "月" in folded[max(0, begin - 4) : begin]

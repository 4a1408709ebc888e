"""Durations and recurrences in Chinese words: 三年内, 印发之日起30日内, 每季度末, 每月25日前.

All functions take text that `govextract.values.dates_lexicon.fold` has folded, a place in it and
the end of the sentence; they return None where nothing of theirs begins at that place.
"""

from __future__ import annotations

import re
from typing import Literal

from govextract.values.dates_expression import TimeExpression, Unit
from govextract.values.dates_lexicon import words
from govextract.values.dates_points import (
    CLOCK,
    DAY,
    NUMERIC,
    OR,
    is_other_word,
    patterns,
    read_boundary,
    read_point,
    small_number,
)

_N = r"(?:[0-9]{1,3}|[一二三四五六七八九两]?十[一二三四五六七八九]?|[一二三四五六七八九两])"
_UNIT = r"(?:年|个?季度|个半月|个月|周|个?星期|个?工作日|天|日|个?学期|学年)"
_DURATION = re.compile(
    # 两三年 is two to three years
    rf"(?:{_N}(?: ?个?[年月周天日])? ?(?:-{{1,2}}|至|到|、) ?"
    r"|[一二两三四五六七八](?=[二三四五六七八九] ?个?[年月周]))?"
    rf"(?:(?P<n>{_N}) ?(?P<unit>{_UNIT})(?P<half>半(?![年月]))?|(?P<half_unit>半年|半个?月))"
)
_DURATION_TAIL = re.compile(r"(?: ?左右| ?上下)?(?:的?时间(?= ?(?:之内|以内|内)))?")
_TIME = re.compile(r" ?(?:左右)?的?时间")
_AHEAD = re.compile(r"(?:今后|未来|接下来|此后)的? ?")
_ISSUE = r"(?:印发|发布|公布|下发|颁布|发文|出台|施行|实施|印制|公告)(?:施行|实施)?"
_SINCE_ISSUE = re.compile(rf"{_ISSUE}(?:之日起|当日起|日起)的? ?$")
_AFTER_ISSUE = re.compile(
    rf"{_ISSUE}(?:之日)?(?:之后|以后|后|起)的? ?$|(?:收到|接到)本[^,。;]{{1,4}}(?:之日起|之后|后|起)的? ?$"
)
_AFTER_EVENT = re.compile(r"(?:之日起|之后|以后|后|日起|起|(?:之|以)内)的? ?$")
_ANCHOR_WINDOW = 14
_NOT_DURATION = frozenset("级龄制生期版份度代薪以底末均")

_NTH_DAY = rf"(?:的?(?:最后|第) ?{_N}? ?个?(?:工作日|日|天))"
_LISTED_DAYS = rf"(?: ?(?:{DAY} ?[日号]?{OR}){{0,6}}{DAY} ?[日号])"
_EVERY = re.compile(
    rf"每隔? ?(?:(?P<n>{_N})|(?P<half>半)|(?P<double>双))? ?个? ?"
    r"(?P<unit>年度|学年|年(?![级龄份轻])|学期|季度|季(?!节)|月份|月(?![薪均])|旬|星期"
    r"|周(?![边围转期岁刊])|工作日|天|日(?!均)|晚(?!上))"
)
_QUARTER_TAIL = re.compile(
    rf"(?:(?:结束|终了)?(?:之|以)?后(?=的?(?:第?{_N}|首|次)))?"
    r"(?:的?(?:末月|首个?月|次月|第[一二三]个月|最后[一1]?个月|末|底|初))?"
    rf"(?:的?(?:上旬|中旬|下旬|月?底|月?末|{_LISTED_DAYS}))?"
    rf"(?:{_NTH_DAY}|的?第?{_N} ?个?(?:工作日|日|天)(?=内|之内|以内))?"
)
_MONTH_TAIL = re.compile(
    rf"(?:(?:的?前|的?第?|(?:结束|终了)后){_N} ?个?(?:工作日|天)(?=内|之内|以内)|的?(?:月?底|月?末|月?初|上旬|中旬|下旬|{_NTH_DAY}|{_LISTED_DAYS}))?"
)
_WEEK_TAIL = re.compile(
    r"(?:[一二三四五六日天末](?: ?[上下]午)?(?: ?[0-9]{1,2} ?(?:时|点|:[0-9]{2})半?)?(?: ?下班)?)?"
)
_TERM_TAIL = re.compile(r"(?:末|初|结束前|开学前|开学初|期中|期末)?")
_TAILS = {
    "月": _MONTH_TAIL,
    "月份": _MONTH_TAIL,
    "周": _WEEK_TAIL,
    "星期": _WEEK_TAIL,
    "学期": _TERM_TAIL,
    "天": CLOCK,
    "日": CLOCK,
    "工作日": CLOCK,
}
# 季度末 alone is the end of every quarter
_QUARTER_END = re.compile(r"(?<![0-9一二三四本每下上当个])季度?末")
_AND = re.compile(r" ?[、和及] ?")


def read_duration(s: str, at: int, end: int) -> TimeExpression | None:
    """Read ``3年内``, ``2至3年``, ``三年左右`` and ``印发之日起30日内``."""
    ahead = _AHEAD.match(s, at, end)
    begin = ahead.end() if ahead else at
    # PM10年均 and 第三年 hold no duration
    before = s[begin - 1 : begin]
    if before and (before in NUMERIC or before in "第." or (before.isascii() and before.isalnum())):
        return None
    found = _DURATION.match(s, begin, end)
    if found is None:
        return None
    amount, unit = _amount(found)
    if not 0 < amount <= 366:
        return None
    tail = _DURATION_TAIL.match(s, found.end(), end)
    after = tail.end() if tail else found.end()
    boundary = read_boundary(s, after, end)
    bounded = boundary is not None and not boundary[0]
    if boundary is not None and bounded:
        after = boundary[1]
    elif s[after : after + 1] in _NOT_DURATION or (
        unit in "DB" and not _TIME.match(s, found.end(), end)
    ):
        return None
    start, anchor = _anchor(s, at) if bounded else (at, "")
    return TimeExpression(
        start,
        after,
        "duration",
        bounded,
        amount=amount,
        unit=unit,
        anchor=anchor,
        coming=ahead is not None,
    )


def _anchor(s: str, at: int) -> tuple[int, Literal["", "issue", "event"]]:
    """Return where a duration begins with the event it counts from, and what that event is."""
    left = max(0, at - _ANCHOR_WINDOW)
    since = _SINCE_ISSUE.search(s, left, at)
    if since:
        return since.start(), "issue"
    if _AFTER_ISSUE.search(s, left, at):
        return at, "issue"
    return at, "event" if _AFTER_EVENT.search(s, left, at) else ""


def _amount(found: re.Match[str]) -> tuple[float, Unit]:
    """Return the largest number of a duration, and its unit."""
    if found["half_unit"]:
        return (6, "M") if found["half_unit"] == "半年" else (15, "D")
    number = small_number(found["n"])
    unit = found["unit"].removeprefix("个")
    half = 0.5 if found["half"] else 0
    if unit == "年" and half:
        return number * 12 + 6, "M"
    if unit == "半月":
        return number * 30 + 15, "D"
    factor, letter = _UNITS[unit]
    return (number + half) * factor, letter


_UNITS: dict[str, tuple[int, Unit]] = {
    "年": (1, "Y"),
    "学年": (1, "Y"),
    "学期": (6, "M"),
    "季度": (3, "M"),
    "月": (1, "M"),
    "周": (1, "W"),
    "星期": (1, "W"),
    "工作日": (1, "B"),
    "天": (1, "D"),
    "日": (1, "D"),
}


def read_recurrence(s: str, at: int, end: int) -> TimeExpression | None:
    """Read ``每年``, ``每两年``, ``每月25日前``, ``每季度末``, ``每年3月底前``."""
    found = _EVERY.match(s, at, end)
    if found is None:
        return _quarter_end(s, at, end)
    period = words("unit")[found["unit"]]
    factor, letter = int(period[1:-1]), period[-1]
    if found["n"]:
        factor *= small_number(found["n"])
    elif found["double"]:
        factor *= 2
    elif found["half"]:
        half = {"年": (6, "M"), "月": (15, "D")}.get(found["unit"])
        if half is None:
            return None
        factor, letter = half
    if not factor:
        return None
    after, bounded = _tail(s, end, found)
    return TimeExpression(at, after, "recurrence", bounded, period=f"P{factor}{letter}")


def _quarter_end(s: str, at: int, end: int) -> TimeExpression | None:
    """Read ``季度末`` and ``季末前``."""
    found = _QUARTER_END.match(s, at, end)
    if found is None or is_other_word(s, found.end() - 1, end):
        return None
    boundary = read_boundary(s, found.end(), end)
    stop = boundary[1] if boundary else found.end()
    return TimeExpression(at, stop, "recurrence", True, period="P3M")


def _tail(s: str, end: int, found: re.Match[str]) -> tuple[int, bool]:
    """Return where a recurrence ends with its day and boundary, and whether it has any."""
    after = found.end()
    if found["unit"] in ("年", "年度", "学年") and not found["half"]:
        return _yearly(s, after, end) or (after, False)
    tail = _TAILS.get(found["unit"], _QUARTER_TAIL).match(s, after, end)
    stop = tail.end() if tail else after
    if stop > after and is_other_word(s, stop - 1, end):
        stop = after
    boundary = read_boundary(s, stop, end)
    return (boundary[1], True) if boundary else (stop, stop > after)


def _yearly(s: str, after: int, end: int) -> tuple[int, bool] | None:
    """Read the edge, months, quarters or festival that follow 每年."""
    step = after
    for mark in " 的":
        step += s[step : step + 1] == mark
    edge = patterns()["year_edge"].match(s, step, end)
    if edge and not is_other_word(s, edge.end() - 1, end):
        boundary = read_boundary(s, edge.end(), end)
        return (boundary[1] if boundary else edge.end()), True
    stop: int | None = None
    # several months may follow one 每年: 每年3月、9月底前
    for _ in range(12):
        read = _within_every_year(s, step, end)
        if read is None:
            break
        stop = read
        link = _AND.match(s, stop, end)
        if link is None:
            break
        step = link.end()
    return (stop, True) if stop else None


_TO = re.compile(r" ?(?:-{1,2}|至|到) ?")


def _within_every_year(s: str, at: int, end: int) -> int | None:
    """Return the end of a point, or of a range of points, that may follow 每年."""
    if at >= end or s[at] in "今明去":
        return None
    read = read_point(s, at, end)
    if read is None or read[0].year is not None or read[0].ahead is not None:
        return None
    link = _TO.match(s, read[1], end)
    if link and not read[0].before and link.end() < end:
        last = read_point(s, link.end(), end)
        if last is not None and last[0].year is None:
            return last[1]
    return read[1]

"""Points of the calendar in Chinese words: years, quarters, months, days, festivals, plans' ends.

All functions take text that `govextract.values.dates_lexicon.fold` has folded, a place in it and
the end of the sentence; they return None where nothing of theirs begins at that place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from govextract.values.dates_expression import Point
from govextract.values.dates_lexicon import alternation, festivals, plans, words
from govextract.values.numerals import parse_number

# A point, where it ends, and whether an edge (底, 末, 内) makes it a limit.
Read = tuple[Point, int, bool]

YEAR_DIGITS = r"(?:(?:19|20|21)[0-9]{2}|[一二][〇零0-9一二三四五六七八九]{3})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
OR = r" ?(?:-{1,2}|至|到|、|和|及) ?"
# 2022年、2023年 are two points, 2022、2023年 is one
_TO = r" ?(?:-{1,2}|至|到) ?"
_QUARTER_DIGIT = r"[一二三四1-4]"
_CLOCK = (
    r"(?: ?\((?:星期|周|礼拜)[一二三四五六日天]\))?(?: ?[上下]午| ?中午| ?晚上?)?"
    r"(?: ?[0-9]{1,2} ?(?:时|点|:[0-9]{2})(?:整|半|[0-9]{1,2}分?)?| ?下班时?)?"
)

# two digits are a year only before a month or an edge: 21年6月, 21年底
_YEAR = re.compile(
    rf"(?:{YEAR_DIGITS} ?(?:{OR}|年度?{_TO}))?({YEAR_DIGITS}|[12][0-9](?= ?年 ?(?:[01]?[0-9] ?月|年?底))) ?年度?"
)
_HALF = re.compile(r"(?<!以)([上下])半年")
_QUARTER = re.compile(
    rf"[前头]?(?P<nth>第)?{_QUARTER_DIGIT}(?:(?:{OR}| ?季度{_TO})第?{_QUARTER_DIGIT})? ?季度"
)
_QUARTER_DIGITS = re.compile(_QUARTER_DIGIT)
_QUARTER_EDGE = re.compile(r" ?(?:末|底|内(?![涝河]))")
_MONTH = re.compile(rf"(?:{MONTH}{OR}){{0,11}}({MONTH}) ?月份?")
_ONE_MONTH = re.compile(rf"{MONTH} ?月份?")
_DAYS = re.compile(rf" ?(?:{DAY} ?[日号]?{OR}){{0,6}}({DAY}) ?[日号]")
_DOTTED = re.compile(r"((?:19|20)[0-9]{2})([./-])(1[0-2]|0?[1-9])(?:\2(3[01]|[12][0-9]|0?[1-9]))?")
_BARE_DAY = re.compile(rf"({DAY}) ?[日号] ?(?=之前|以前|前)")
CLOCK = re.compile(rf"{_CLOCK}(?= ?(?:之前|以前|前|止))")
_PAIR = re.compile(r'"?[两双]节"?前')
_ITEM_NUMBER = re.compile(r"(?:^|[\n(, ])[0-9]{1,2}\.$")
_RELATIVE_MONTH = re.compile(r"(?P<which>[本当下次])?月(?P<part>底|末|内|初|[上中下]旬)?")
_RELATIVE_QUARTER = re.compile(r"(?P<which>[本当下])季度?(?P<part>末|底|内)?")
_RELATIVE_WEEK = re.compile(r"(?P<which>[本下])(?:周|星期)(?P<part>内|末|[一二三四五六日天])")
_PLAN_END = re.compile(
    r"(?:规划|计划)?(?:期间|时期|期)?(?:末期|期末|末|结束(?:之?前|时)|收官之?前)"
)

# A number may not begin inside a longer one.
NUMERIC = frozenset("0123456789〇零一二三四五六七八九十百千两")
_NOT_MIDDLE = frozenset("央国共小心部华期旬医等高秋介级药标西低超欧东外")
_AFTER_MONTH_NAME = frozenset("龄薪均嫂刊")
_AHEAD_OF = {"本": 0, "当": 0, "下": 1, "次": 1, None: 0}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Compile the patterns that are made of the words of the data files."""
    quoted = alternation(name for name, f in festivals().items() if f.quoted)
    plain = alternation(name for name, f in festivals().items() if not f.quoted)
    festival = (
        rf'(?:"(?:{quoted}|{plain})"(?:节|假期)?|{plain}节?|{quoted}(?:节|(?=黄金周|之?前|以前)))'
        r"(?:黄金周|假期|假日|期间|小?长假)?"
    )
    return {
        # the words also end longer ones: 基本年, 说明年, 人次年
        "year_word": re.compile(
            rf"(?<!(?<![路地])基)(?<![成资根标样说声证透层批档首每此逐相应以版]){alternation(words('year_word'))}(?![龄级轻代份均])"
        ),
        # 近年内, 学年末, 老年中 and numbers of years are other words
        "year_part": re.compile(
            r"(?<![0-9〇零一二三四五六七八九十百千两几数多近历往学财周青少壮童老同各成半上去今明当本次来后前翌安健每早晚])"
            rf"(?<![个计政然一]){alternation(words('year_part'))}"
        ),
        "year_edge": re.compile(rf" ?{alternation(words('year_edge'))}"),
        "month_edge": re.compile(rf" ?{alternation(words('month_edge'))}"),
        # 3月10日(星期五)前, 2月10日(正月二十)前
        "before": re.compile(
            r"(?:\((?:(?:星期|周)[一二三四五六日天]|(?:农历)?[正一二三四五六七八九十冬腊]{1,2}月[^()]{1,4})\))?"
            rf" ?{alternation(words('before'))}"
        ),
        "within": re.compile(rf" ?{alternation(words('within'))}"),
        "around": re.compile(rf" ?{alternation(words('around'))}"),
        "not_boundary": re.compile(
            "|".join(
                re.escape(word) + (f"(?![{signs}])" if signs else "")
                for word, signs in words("not_boundary").items()
            )
        ),
        "counted": re.compile(
            r"[一二三四五六七八九十两0-9]{1,3}"
            r"(?:名|位|个|季|年|月|期|批|类|天|周|者|强|次(?!性)|项)"
        ),
        "festival": re.compile(rf"{festival}(?:[、和及 ]{{0,2}}{festival}){{0,3}}"),
        "festival_name": re.compile(alternation(festivals())),
        "plan": re.compile(rf'"{alternation(plans())}"|{alternation(plans())}'),
        "term": re.compile(
            rf"(?<![一二三四五每]){alternation(words('term'))}"
            r"(?:期?末|(?:结束|开学|开始)?之?前)"
        ),
        "season": re.compile(rf"{alternation(words('season'))}(?:到?来)?(?:之前|以前|前)"),
    }


def read_point(s: str, at: int, end: int) -> Read | None:
    """Read a point with its clock time and its boundary word."""
    read = _core(s, at, end)
    if read is None:
        return None
    point, after, bounded = read
    if point.grain == "day":
        clock = CLOCK.match(s, after, end)
        after = clock.end() if clock else after
    around = patterns()["around"].match(s, after, end)
    if around and point.grain != "festival":
        after = around.end()
    boundary = read_boundary(s, after, end)
    if boundary is None:
        if point.grain == "festival":
            return None
        return point, after, bounded
    before, after = boundary
    return replace(point, before=point.before or before), after, True


def read_boundary(s: str, at: int, end: int) -> tuple[bool, int] | None:
    """Read 前, 内 and their like: whether it means "before", and where it ends."""
    for key in ("before", "within"):
        found = patterns()[key].match(s, at, end)
        if found is None or is_other_word(s, found.end() - 1, end):
            continue
        # 2020年前10个月 counts months, 6月底前10个县 does not
        counts = s[found.end() - 1] == "前" and s[found.end() - 2] not in "底末日号旬之以"
        if counts and patterns()["counted"].match(s, found.end(), end):
            continue
        return key == "before", found.end()
    return None


def is_other_word(s: str, at: int, end: int) -> bool:
    """Tell whether a longer word begins at `at`, of which 前, 内, 底 or 初 is only the head."""
    return patterns()["not_boundary"].match(s, at, end) is not None


def _core(s: str, at: int, end: int) -> Read | None:
    """Read a point without its boundary word."""
    dotted = _dotted(s, at, end)
    if dotted is not None:
        return dotted
    printed = _YEAR.match(s, at, end)
    if printed:
        year = year_number(printed[1])
        if year is None or (at and s[at - 1] in NUMERIC):
            return None
        return _after_year(s, printed.end(), end, Point("year", year))
    named = patterns()["year_word"].match(s, at, end)
    if named:
        return _after_year(
            s, named.end(), end, Point("year", year_word=words("year_word")[named[0]])
        )
    return _within_year(s, at, end)


def _after_year(s: str, at: int, end: int, point: Point) -> Read:
    """Read what follows a year: an edge, a quarter, a month, a festival, or nothing."""
    edge = patterns()["year_edge"].match(s, at, end)
    if edge and not is_other_word(s, edge.end() - 1, end):
        return replace(point, edge=words("year_edge")[edge[0].strip()]), edge.end(), True
    step = at
    for mark in " 的":
        step += s[step : step + 1] == mark
    rest = _within_year(s, step, end)
    if rest is not None and rest[0].year is None and rest[0].ahead is None:
        inner, after, bounded = rest
        if inner.year_word is None:
            return replace(inner, year=point.year, year_word=point.year_word), after, bounded
    return point, at, False


def _within_year(s: str, at: int, end: int) -> Read | None:
    """Read a point that names no year."""
    if at >= end:
        return None
    # a digit begins a quarter, a month or a day, and no word
    words_too = (_year_part, _half, _quarter, _month, _relative, _festival, _plan, _season)
    for read in (_quarter, _month, _bare_day) if s[at].isdigit() else words_too:
        found = read(s, at, end)
        if found is not None:
            return found
    return None


def _year_part(s: str, at: int, end: int) -> Read | None:
    part = patterns()["year_part"].match(s, at, end)
    if part is None or is_other_word(s, part.end() - 1, end):
        return None
    word, after = part[0], part.end()
    following = s[after : after + 1]
    # 年中国…, 全年龄段, 年前6个月
    other = {"年中": _NOT_MIDDLE, "全年": frozenset("龄级段"), "年前": NUMERIC}.get(word, "")
    if following and following in other:
        return None
    return Point("year", year_word="part", edge=words("year_part")[word]), after, word != "全年"


def _half(s: str, at: int, end: int) -> Read | None:
    found = _HALF.match(s, at, end)
    return (
        (Point("half", number=1 if found[1] == "上" else 2), found.end(), False) if found else None
    )


def _quarter(s: str, at: int, end: int) -> Read | None:
    found = _QUARTER.match(s, at, end)
    if found is None or (not found["nth"] and at and s[at - 1] in "第每"):
        return None
    point = Point("quarter", number=small_number(_QUARTER_DIGITS.findall(found[0])[-1]))
    edge = _QUARTER_EDGE.match(s, found.end(), end)
    if edge:
        return replace(point, edge="end"), edge.end(), True
    return point, found.end(), False


def _month(s: str, at: int, end: int) -> Read | None:
    if at and (s[at - 1] in NUMERIC or s[at - 1] in "/第每"):
        return None
    if s[max(0, at - 1) : at] == "." and not _ITEM_NUMBER.search(s, max(0, at - 4), at):
        return None
    found = _MONTH.match(s, at, end)
    if found is None:
        return None
    # at the head of a line "3、" is an item's number
    head = s[max(0, at - 1) : at].strip() == ""
    if head and "、" in found[0] and not _ONE_MONTH.match(s, at, end):
        return None
    number, after = small_number(found[1]), found.end()
    days = _DAYS.match(s, after, end)
    if days:
        return Point("day", number=number, day=small_number(days[1])), days.end(), False
    following = s[after : after + 1]
    if following in _AFTER_MONTH_NAME or following.isdigit():
        return None
    if found[1] in "一二三四五六七八九十" and following and following in NUMERIC:
        return None
    edge = patterns()["month_edge"].match(s, after, end)
    if edge and not is_other_word(s, edge.end() - 1, end):
        last = int(words("month_edge")[edge[0].strip()])
        return Point("month", number=number, day=last), edge.end(), True
    return Point("month", number=number, spelt=not found[1].isascii()), after, False


def _dotted(s: str, at: int, end: int) -> Read | None:
    """Read 2019.12.31, 2019-12-31, 2019/12 and 2019.6底."""
    found = _DOTTED.match(s, at, end)
    if found is None or (at and _joins_number(s[at - 1])):
        return None
    after = found.end()
    if s[after : after + 1] and (_joins_number(s[after]) or s[after] in "%年"):
        return None
    point = Point("day" if found[4] else "month", int(found[1]), number=int(found[3]), dotted=True)
    if found[4]:
        return replace(point, day=int(found[4])), after, False
    edge = patterns()["month_edge"].match(s, after, end)
    if edge and not is_other_word(s, edge.end() - 1, end):
        return replace(point, day=int(words("month_edge")[edge[0].strip()])), edge.end(), True
    return point, after, False


def _joins_number(c: str) -> bool:
    return (c.isascii() and c.isalnum()) or c in "./-"


def _bare_day(s: str, at: int, end: int) -> Read | None:
    bare = _BARE_DAY.match(s, at, end)
    if bare and s[max(0, at - 1) : at] in ("于", "在"):
        return Point("day", day=small_number(bare[1])), bare.end(), False
    return None


def _relative(s: str, at: int, end: int) -> Read | None:
    """Read a month, quarter or week named by its place beside the present one, or a bare day."""
    bare = _bare_day(s, at, end)
    if bare is not None:
        return bare
    found = _RELATIVE_MONTH.match(s, at, end)
    if found:
        return _relative_month(s, at, end, found)
    found = _RELATIVE_QUARTER.match(s, at, end)
    if found and (found["part"] or "季度" in found[0]):
        point = Point("quarter", ahead=_AHEAD_OF[found["which"]])
        return point, found.end(), found["part"] is not None
    found = _RELATIVE_WEEK.match(s, at, end)
    if found:
        weekday = "一二三四五六日".find(found["part"].replace("天", "日"))
        day = weekday + 1 if weekday >= 0 else 7
        return Point("week", ahead=_AHEAD_OF[found["which"]], day=day), found.end(), weekday < 0
    return None


def _relative_month(s: str, at: int, end: int, found: re.Match[str]) -> Read | None:
    part = found["part"]
    if found["which"] is None and (
        part is None or (at and (s[at - 1] in NUMERIC or s[at - 1] in "元个每份岁满"))
    ):
        return None
    # 次月 and 当月 follow the months of a rhythm where the sentence has one
    name = "rhythm" if found["which"] in ("次", "当") else ""
    point = Point("month", ahead=_AHEAD_OF[found["which"]], name=name)
    if part:
        return replace(point, day=int(words("month_edge")[part])), found.end(), True
    days = _DAYS.match(s, found.end(), end)
    return (replace(point, day=small_number(days[1])), days.end(), False) if days else None


def _festival(s: str, at: int, end: int) -> Read | None:
    found = patterns()["festival"].match(s, at, end)
    if found and at and s[at - 1] in NUMERIC:
        return None
    if found is None:
        pair = _PAIR.match(s, at, end)
        return (Point("season", name=pair[0], before=True), pair.end(), True) if pair else None
    if found[0].endswith("期间"):
        return None
    names = patterns()["festival_name"].findall(found[0])
    return Point("festival", name=names[-1]), found.end(), False


def _plan(s: str, at: int, end: int) -> Read | None:
    found = patterns()["plan"].match(s, at, end)
    if found is None or (at and s[at - 1] in NUMERIC):
        return None
    close = _PLAN_END.match(s, found.end(), end)
    if close is None:
        return None
    return Point("plan", year=plans()[found[0].strip('"')]), close.end(), True


def _season(s: str, at: int, end: int) -> Read | None:
    for key in ("term", "season"):
        found = patterns()[key].match(s, at, end)
        if found and not is_other_word(s, found.end() - 1, end):
            return Point("season", name=found[0], before=True), found.end(), True
    return None


def small_number(text: str) -> int:
    """Return the value of a small numeral; 元 is the first month."""
    if text == "元":
        return 1
    value = parse_number(text)
    return int(value) if value is not None else 0


def year_number(text: str) -> int | None:
    """Return the year that digits in any script write, None where it is none of our time."""
    year = int("".join(_DIGITS.get(c, c) for c in text))
    year += 2000 if len(text) == 2 else 0
    return year if 1900 <= year <= 2199 else None


_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}

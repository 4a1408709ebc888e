"""Cuts a list of units into its items: the pieces between separators, collectives kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from govextract.rules.unit_words import UnitGrade, ends_as_unit, looks_like_person, unit_grade
from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.persons import DOTTED_NAME

OPEN = "(（[［【〔﹙"
CLOSE = ")）]］】〕﹚"
BLANK = " \t\u3000\xa0\n\r"
_EDGE = (
    "：:，,、；;。. \t\u3000\xa0\n\r“”\"'’‘—-*★＊@＠※①②③④⑤⑥⑦⑧⑨⑩"  # the last are marks of footnotes
)
_EDGE_OR_OPEN = _EDGE + OPEN
_EDGE_OR_CLOSE = _EDGE + CLOSE
_EDGES = _EDGE + OPEN + CLOSE
_HARD = "；;。！!"
_SOFT = "、，,/／｜|\\ \t\u3000\xa0\n\r·﹑､"

_LEVEL = "(?:省|自治区|自治州|自治县|自治旗|直辖市|设区市|设区的市|地级市|县级市|地市|市州|市地|州市|县市区|市县区|县区|区县|市区|市县|市|州|地区|盟|县|区|旗|乡镇街道|乡镇|镇街|镇|乡|街道)"
_NOTE_BRACKET = r"(?:[(（][^()（）\n]{1,16}[)）])?"
# 各市、县（区）人民政府 is one collective, though separators stand inside it.
_COLLECTIVE = re.compile(
    # 各 governs both: 各乡镇人民政府、街道办事处
    r"各(?:有关)?(?:乡镇|镇|乡)(?:人民政府|政府|党委)、(?:街道|镇)(?:办事处|党工委|人民政府|政府)(?=$|[、，,；;。)）\s])"
    rf"|(?:各(?:有关|相关|试点|地)?|有关|相关){_LEVEL}{_NOTE_BRACKET}(?:[、和及]{_LEVEL}{_NOTE_BRACKET})*"
    r"(?:人民政府|政府(?!采购|办|督查|研究|金融|法制|外事|政务|国资|扶贫|新闻|门户|网站|参事|驻)|党委(?:[、和]?(?:人民)?政府)?)(?![、和及]?部门)"
    r"|(?:各|有关|相关)(?:有关|相关|直属)?(?:部门|委办局)[、和及]单位"
    # 区政府各委、办、局
    r"|各(?:部、)?委、办、局"
    # 各区县委、区县人民政府, 各盟行政公署、市人民政府: 各 governs both
    rf"|各{_LEVEL}(?:委|党委|行政公署|行署|政府|人民政府)[、和]{_LEVEL}{_NOTE_BRACKET}(?:人民政府|政府|党委)(?=$|[、，,；;。)）\s负配参牵按])"
    # 各省级卫生健康、教育行政部门
    r"|各(?:省级|市级|县级)[\u4e00-\u9fff]{2,6}、[\u4e00-\u9fff]{2,6}(?:行政|主管)部门"
    # 各县、区民政局, 各市（州）、县（市、区）民政局, …有关部门
    rf"|各(?:[市县区州旗](?:、[县区旗])+|[市州盟]{_NOTE_BRACKET}(?:、[县区旗]{_NOTE_BRACKET})+)(?=[\u4e00-\u9fff]{{2,12}}(?:局|委|办|厅|院|部门)(?:$|[、，,；;。)） ]))"
    # 各县、区: a bare level word is no unit of its own
    rf"|(?:各|有关|相关){_LEVEL}{_NOTE_BRACKET}(?:、[市县区州旗镇乡]{_NOTE_BRACKET}(?=$|[、，,；;。和及按负牵配)）]))+(?:、行委)?"
)
# 市、县（区）人民政府 without 各: a bare level in front of another is no unit of its own
_LEVELS = re.compile(
    rf"(?:[省市州盟县区旗](?:级)?{_NOTE_BRACKET}[、和及与])+(?=[市州盟县区旗乡镇][^、，,；;。和及与]*[\u4e00-\u9fff)）])"
)
# what a conjunction puts before 各: 和沿江各区县政府
_JOINED_FRONT = re.compile("[和及与暨][\u4e00-\u9fff]{1,4}$")
# a line break that a page's source left in a cell
_BREAK_MARK = re.compile(r"<br ?/?>", re.IGNORECASE)
# where a second name of the same level may begin
_SEAM = re.compile("(?:(?<=[局办厅院])|(?<=[改健建信教科农商资育生]委))(?=[省市县区州盟旗])")
# the signs that decide something; what stands between them is passed over at once
_SIGN = re.compile(f"[各有相<{re.escape(OPEN + CLOSE + _HARD + _SOFT)}]")
_STRAY = 4
_BARE_LEVELS = ("市", "县", "省", "区", "州", "盟", "旗")
_LONE_ENDINGS = ("局", "委", "办", "厅", "部", "院", "处", "站", "所", "会")
_SEPARATOR = re.compile("[、，,；;]")
_BARE_ORGANS = ("政府", "人民政府", "管委会")
_BEHIND_COLON = re.compile(r"[^:：]*$")
_BEFORE_BRACKET = re.compile(r"[^(（]*")
_NEXT_PIECE = re.compile(r"[ \t\u3000\xa0]*(?P<piece>[^、，,；;。/｜| \t\u3000\xa0\n\r]*)")


@dataclass(slots=True)
class Item:
    """A piece ``text[start:end]`` of a list, and which signs stand before it."""

    start: int
    end: int
    hard_before: bool
    comma_before: bool = False


def list_items(text: str, start: int, end: int) -> Iterator[Item]:
    """Yield the pieces between separators outside brackets, collectives kept whole.

    Two names between which the separator is lost are two pieces: 县交通局县公路局.
    """
    for item in _parted(text, start, end):
        if _SEAM.search(text, item.start + 2, item.end) is None:
            yield item
            continue
        begin = item.start
        for cut in _seams(text, item):
            yield Item(begin, cut, item.hard_before and begin == item.start, item.comma_before)
            begin = cut
        yield item if begin == item.start else Item(begin, item.end, False)


def _seams(text: str, item: Item) -> list[int]:
    """Return where a piece falls into names that are all known, each with the same level before it."""
    begin = max(text.rfind(sign, item.start, item.end - 1) for sign in ":：") + 1 or item.start
    seams = [m.start() for m in _SEAM.finditer(text, begin + 2, item.end)]
    cuts = [at for at in seams if text[at] == text[begin]]
    names = (text[a:b] for a, b in pairwise([begin, *cuts, item.end]))
    return cuts if all(unit_grade(name) == UnitGrade.KNOWN for name in names) else []


def _parted(text: str, start: int, end: int) -> Iterator[Item]:
    depth = 0
    begin = start
    hard, comma = True, False
    i = start
    while i < end:
        if begin == i and depth == 0 and text[i] in "省市州盟县区旗":
            levels = _LEVELS.match(text, i, end)
            if levels:
                i = levels.end()
                continue
        sign = _SIGN.search(text, i, end)
        if sign is None:
            break
        i = sign.start()
        ch = text[i]
        if ch in "各有相" and depth == 0:
            match = _COLLECTIVE.match(text, i, end)
            if match:
                joined = _JOINED_FRONT.search(text, begin, i)  # 市电力公司和沿江各县区政府
                owned = text[i : i + 3] in ("各委、", "各部、")  # 区政府各委、办、局
                if (
                    begin < i
                    and not joined
                    and not owned
                    and unit_grade(text[begin:i]) >= UnitGrade.SUFFIX
                ):
                    # 市财政局各县区政府: the separator is lost
                    yield Item(begin, i, hard, comma)
                    begin, hard, comma = i, False, False
                i = match.end()
                continue
        if ch in OPEN:
            depth += 1
        elif ch in CLOSE:
            depth = max(0, depth - 1)
        elif ch == "<" and (mark := _BREAK_MARK.match(text, i, end)):
            if begin < i:
                yield Item(begin, i, hard, comma)
                hard = comma = False
            begin = i = mark.end()
            continue
        elif depth == 0 and (ch in _HARD or ch in _SOFT):
            if ch in BLANK and _blank_joins(text, start, begin, i, end):
                i += 1
                continue
            if ch in "·" and (stop := _dotted_name(text, begin, i, end)):
                i = stop
                continue
            if begin < i:
                yield Item(begin, i, hard, comma)
                hard = comma = False
            hard = hard or ch in _HARD
            comma = comma or ch in "，,"
            begin = i + 1
        i += 1
    if begin < end:
        yield Item(begin, end, hard, comma)


def _dotted_name(text: str, begin: int, dot: int, end: int) -> int:
    """Return the end of a person's name whose parts a dot joins (叶尔兰·木拉提), 0 where it is none."""
    begin = max(begin, text.rfind(":", begin, dot) + 1, text.rfind("：", begin, dot) + 1)
    while begin < dot and text[begin] in BLANK:
        begin += 1
    name = DOTTED_NAME.match(text, begin, end)
    if name is None or not begin < dot < name.end():
        return 0
    parts = name.group().split("·")
    return 0 if any(unit_grade(p) >= UnitGrade.SUFFIX for p in parts) else name.end()


def _blank_joins(text: str, start: int, begin: int, at: int, end: int) -> bool:
    """Tell a blank inside a name (张 三, PPP 办) or after a colon from one between names."""
    if begin == at:
        return False
    left = text[begin:at].rstrip(BLANK)
    if left[-1:] in ":：":
        return True
    left = _BEHIND_COLON.search(left).group().strip(BLANK)  # type: ignore[union-attr]  # always found
    right = _NEXT_PIECE.match(text, at + 1, end)
    next_piece = right["piece"] if right else ""
    if not next_piece:
        return False
    if text[at] in "\n\r":
        if looks_like_person(left) and unit_grade(next_piece) >= UnitGrade.SUFFIX:
            return False  # the unit of the leader above
        # a name broken over two lines: the first half alone is none, or less of one
        whole = unit_grade(left + next_piece)
        if unit_grade(left) == UnitGrade.NO:
            return whole != UnitGrade.NO
        return not ends_as_unit(left) and whole > unit_grade(left) and whole == UnitGrade.KNOWN
    bare = _BEFORE_BRACKET.match(next_piece).group()  # type: ignore[union-attr]  # 瑜（副县长）
    if len(left) == 1 and 0 < len(bare) <= 2:
        return True
    if (
        next_piece in _LONE_ENDINGS
        and not ends_as_unit(left)
        and unit_grade(left + next_piece) >= UnitGrade.SUFFIX
    ):
        return True  # 市国土 局
    solid = "".join(left.split())
    spaced = len(left) > 2 and bare != next_piece  # 锁 国 华（副县长）
    if len(bare) == 1 and len(solid) == 2 and (spaced or looks_like_person(solid + bare)):
        return True  # 张剑 锋, 谭 雪 梅
    if (
        unit_grade(left) == UnitGrade.NO
        and len(left) <= _STRAY
        and unit_grade(next_piece) < UnitGrade.KNOWN
        and unit_grade(left + next_piece) == UnitGrade.KNOWN
    ):
        return True  # 市公 安局
    if (
        _SEPARATOR.search(text, start, end)
        and not ends_as_unit(left)
        and suffix_of(left) is None
        and not looks_like_person(left)
        and unit_grade(left + next_piece) >= max(UnitGrade.SUFFIX, unit_grade(next_piece))
    ):
        return True  # 县农业 农村局、县财政局: the list has signs between its names
    if left in _BARE_LEVELS or next_piece in _BARE_ORGANS:
        return True  # 市 工信委, 靖远县 政府: a stray blank
    return left[-1].isascii() and next_piece[0].isascii() and not left[-1].isdigit()


def trimmed_item(text: str, a: int, b: int) -> tuple[int, int]:
    """Leave out separators, blanks and unmatched brackets at the edges."""
    while a < b and (text[a] in _EDGES or text[b - 1] in _EDGES):
        before = a, b
        while a < b and text[a] in _EDGE_OR_CLOSE:
            a += 1
        while b > a and text[b - 1] in _EDGE:
            b -= 1
        # all of them at once: looked for one by one, many brackets would take quadratic time
        if a < b and text[a] in OPEN and not any(c in CLOSE for c in text[a:b]):
            while a < b and text[a] in _EDGE_OR_OPEN:
                a += 1
        if a < b and text[b - 1] in CLOSE and not any(c in OPEN for c in text[a:b]):
            while b > a and text[b - 1] in _EDGE_OR_CLOSE:
                b -= 1
        wraps = b - a > 2 and text[a] in OPEN and text[b - 1] in CLOSE
        if wraps and text.find(text[a], a + 1, b - 1) < 0:
            a, b = a + 1, b - 1
        if (a, b) == before:
            break
    return a, b

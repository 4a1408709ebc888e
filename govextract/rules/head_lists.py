"""Finds lists of units that stand in front of what they are charged with: 【市环保局】治理河道….

Some offices put the units first, in a bracket or with a colon, and the work behind them. Only
where a document does so several times: a single name in front of a sentence is an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govextract.ranges import meets
from govextract.rules.assignments import Assignment
from govextract.rules.brackets import outer_brackets
from govextract.rules.cues import cues
from govextract.rules.listed_units import UnitList
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import may_end_list, parse_unit_list
from govextract.rules.unit_words import UnitGrade, unit_grade

Range = tuple[int, int]

_COLON = re.compile("[:：。]")
_BLANK = re.compile(r"[ \t\u3000\xa0]*")
_STOP = "。；;！!”"
_REACH = 100
_SHORTEST_TEXT = 6
_HABIT = 3
# 市商务局：联系人：李明；市工信局：湖滨路15号605室
_CONTACT = re.compile(
    r"[ \t\u3000\xa0]*(?:(?:联系|咨询|受理|办公|通讯|报名|举报|监督|投诉)?(?:人|电话|地址|方式|邮箱|传真|热线)[:： \t0-9０-９]"
    r"|[\u4e00-\u9fff]{2,14}[路街道巷][0-9０-９]{1,5}号|[^，,。；;]{0,16}[0-9０-９\-－]{7,})"
)


def head_assignments(
    text: str, paras: Sequence[Paragraph], taken: Sequence[Range], since: int = 0
) -> list[Assignment]:
    r"""Return the lists in front of the texts of `paras` outside `taken`, with a colon from `since` on.

    Examples
    --------
    >>> from govextract.rules.paragraphs import lines, paragraphs
    >>> text = "【市环保局】治理河道。\n【市住建局】改造管网。\n【市水利局】清淤八公里。"
    >>> found = head_assignments(text, paragraphs(text, lines(text)), [])
    >>> [a.units[0].surface for a in found]
    ['市环保局', '市住建局', '市水利局']
    """
    found: list[Assignment] = []
    paragraphs = 0
    for i, para in enumerate(paras):
        if para.end - para.start < _SHORTEST_TEXT:
            continue
        begin = para.number.end if para.number else para.start
        blank = _BLANK.match(text, begin, para.end)
        begin = blank.end() if blank else begin
        if meets(taken, begin, begin + 1):
            continue
        heads = _bracketed(text, para, begin, i, paragraphs >= _HABIT)
        if not heads and para.start >= since:  # whom a letter is sent to stands before it
            heads = _with_colon(text, para, begin, i, paragraphs >= _HABIT)
        found += heads
        paragraphs += bool(heads)
    return found if paragraphs >= _HABIT else []


def _bracketed(text: str, para: Paragraph, begin: int, index: int, among: bool) -> list[Assignment]:
    """Return the brackets that open the paragraph's text and, behind a stop, its further pieces.

    A collective (【各镇】) is taken `among` other such paragraphs only.
    """
    if text[begin : begin + 1] not in tuple("【[［〔(（"):
        return []
    found: list[Assignment] = []
    for bracket in outer_brackets(text, begin, para.end):
        opens = bracket.start == begin or (found and text[bracket.start - 1] in _STOP)
        if not bracket.closed or not opens:
            if not found:
                return []
            continue
        follows = text[bracket.end : min(para.end, bracket.end + _SHORTEST_TEXT)].strip()
        if len(follows) < 2 or follows[0] in "。；;，,、":
            if not found:
                return []
            continue
        if cues().whole_label.fullmatch(text, *bracket.inner):
            return []  # 【攻坚专班】 announces
        parsed = parse_unit_list(text, *bracket.inner)
        if _charges(parsed) or (among and _is_of_many(parsed)):
            assignment = Assignment("head", bracket.start, bracket.end, index, index)
            assignment.absorb(parsed)
            found.append(assignment)
        elif not found:
            return []
    return found


def _is_of_many(parsed: UnitList) -> bool:
    """Tell a list of one collective: 各镇（街道）."""
    if len(parsed.units) != 1 or parsed.residue:
        return False
    surface = parsed.units[0].surface
    return surface.startswith("各") and unit_grade(surface) == UnitGrade.COLLECTIVE


def _with_colon(
    text: str, para: Paragraph, begin: int, index: int, among: bool
) -> list[Assignment]:
    """Return the names before the sign that opens the text: 市教育局：新建学校; 市林业局。植树.

    A collective (各镇：) is taken `among` other such paragraphs only.
    """
    colon = _COLON.search(text, begin, min(para.end, begin + _REACH))
    if colon is None or para.end - colon.end() < _SHORTEST_TEXT:
        return []
    if colon.start() <= begin or not may_end_list(text, begin, colon.start()):
        return []
    if any(not b.closed for b in outer_brackets(text, begin, colon.start())):
        return []  # 优化流程〔责任科室：…: the colon is that of a label in a bracket
    if cues().label.match(text, begin, colon.end()):
        return []
    if cues().is_spaced_label(text, begin, colon.start()):
        return []
    if _CONTACT.match(text, colon.end(), para.end):
        return []
    parsed = parse_unit_list(text, begin, colon.start())
    if among and _is_of_many(parsed):
        assignment = Assignment("head", begin, colon.end(), index, index)
        assignment.absorb(parsed)
        return [assignment]
    sure = all(unit_grade(u.surface) == UnitGrade.KNOWN for u in parsed.units)
    vague = any(_is_vague(u.surface) for u in parsed.units)
    # 县供电公司，电信、移动公司：负责…: among others, what follows charges those in short, too
    short = among and text.startswith("负责", colon.end()) and _mostly_known(parsed)
    if not (_charges(parsed) or short) or vague or (colon.group() == "。" and not sure):
        return []
    if text.startswith("牵头", colon.end()):
        for unit in parsed.units:
            unit.role = "lead"
    assignment = Assignment("head", begin, colon.end(), index, index)
    assignment.absorb(parsed)
    return [assignment]


def _is_vague(surface: str) -> bool:
    return surface.endswith(("单位", "部门"))


def _mostly_known(parsed: UnitList) -> bool:
    return not parsed.residue and 2 * parsed.known >= len(parsed.units) > 1


def _charges(parsed: UnitList) -> bool:
    # behind a label one of several names may be unknown
    labelled = parsed.has_cue and _mostly_known(parsed)
    return (
        (parsed.names_units or labelled)
        and not parsed.times
        and not all(_is_vague(u.surface) for u in parsed.units)
    )

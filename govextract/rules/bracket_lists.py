"""Whether a bracket holds a list of units: (市教育局、财政局), and no remark such as (一期)."""

from __future__ import annotations

import re
from itertools import pairwise

from govextract.rules.brackets import Bracket
from govextract.rules.listed_units import ListedUnit, UnitList
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.unit_words import (
    UnitGrade,
    ends_as_unit,
    is_generic_unit,
    is_of_every_place,
    unit_grade,
)
from govextract.values.agencies.levels import split_prefix

_SHORT_NAME = 6
# 重点水域（包括水库、滞洪区）: what belongs to something
_EXAMPLES = re.compile("包括|包含|不包括|不?含|例?如|比如|以及|即")
_CLOSING_PUNCTUATION = re.compile(r"[。；;，,.、\s]*")
_NEXT_POINT = re.compile(
    "[，,、](?:[二三四五六七八九十]是|[二三四五六七八九十]要|第[二三四五六七八九十][，,])"
)
_OF_LEVEL = re.compile(
    "[市县区乡镇村场道](?:街道|社区|园区|管委会|办事处|街道办|居委会|农场|[乡镇村场])"
)
# 各成员单位（市公安局、市教育局），…: the bracket tells who they are
_NAMED_AFTER = ("部门", "单位", "机构", "企业", "主体", "各方", "地区", "各地", "成员", "小组")
# the longest of the ends of units that count things, too: 学校两所, 泵站3处, 公园十余个
_COUNTED = re.compile("[一二两三四五六七八九十百千万余多几0-9０-９](?:所|站|处|馆|院|台|行|队|组)$")
_ORGAN = re.compile("(?:局|委|厅|办|政府|管委会|海关|支队|大队|公司|集团|银行)$")


def is_unit_bracket(text: str, para: Paragraph, bracket: Bracket, parsed: UnitList) -> bool:
    """Decide whether a bracket is a unit list.

    Examples
    --------
    >>> from govextract.rules.brackets import outer_brackets
    >>> from govextract.rules.unit_lists import parse_unit_list
    >>> def tell(text):
    ...     [bracket] = outer_brackets(text, 0, len(text))
    ...     parsed = parse_unit_list(text, *bracket.inner)
    ...     return is_unit_bracket(text, Paragraph(0, len(text)), bracket, parsed)
    >>> tell("新建学校两所。（市教育局）"), tell("新建学校两所（一期）。")
    (True, False)
    """
    units = parsed.units
    if not units or (not parsed.has_cue and _EXAMPLES.match(text, *bracket.inner)):
        return False
    persons = [u for u in units if u.role == "leader"]
    if parsed.has_cue:
        if parsed.says_first_leads and not any(_is_own_name(u.surface) for u in units):
            return False  # (括号内为责任单位,列前者牵头)
        alone = bool(persons) and len(persons) == len(units) and not parsed.says_first_leads
        return parsed.known > 0 or alone
    if parsed.residue or (persons and not (_led_by_persons(units) or _in_pairs(units))):
        return False
    if parsed.known < len(units) and not _mostly_known(text, para, bracket, parsed):
        return False
    before = text[bracket.start - 1] if bracket.start > para.start else ""
    if len(units) == 1 and before and _OF_LEVEL.fullmatch(before + units[0].surface):
        return False  # 各镇（街道）
    tail = _CLOSING_PUNCTUATION.match(text, bracket.end, para.end)
    at_end = tail is not None and tail.end() == para.end
    if not before:
        sure = len(units[0].surface) > 3 or unit_grade(units[0].surface) == UnitGrade.KNOWN
        return at_end and len(units) + sure > 1
    named = sum(
        unit_grade(u.surface) in (UnitGrade.KNOWN, UnitGrade.SUFFIX) or is_of_every_place(u.surface)
        for u in units
    )
    after_sentence = before in "。；;！!”" or _ends_sentence(text, bracket.start - 1)
    if not bracket.closed:
        whole = named > 0 and parsed.known == len(units)
        return whole and (after_sentence or para.number is not None)
    if at_end:
        if len(units) > 1:
            return named > 0 or after_sentence or para.number is not None
        if after_sentence or para.number is not None:
            return named > 0 or unit_grade(units[0].surface) == UnitGrade.COLLECTIVE
    before_break = bracket.end < para.end and (
        text[bracket.end] in "。；;"
        or _ends_sentence(text, bracket.end)
        or _NEXT_POINT.match(text, bracket.end) is not None
        or _goes_on(text, para, bracket, parsed)
    )
    if after_sentence:
        return named > 0
    if not (before_break or at_end) or not named:
        return False
    if len(units) > 1:
        return True
    # 改造危房八百户(市住建局); but not 市改革办(市医管中心), another name of the same unit
    first = units[0].surface
    is_organ = split_prefix(first) is not None or _ORGAN.search(first) or is_of_every_place(first)
    return bool(is_organ) and not _behind_unit(text, para, bracket)


def _goes_on(text: str, para: Paragraph, bracket: Bracket, parsed: UnitList) -> bool:
    """Tell a list behind a clause of an item that ends in a list: 建学校（教育局），修道路（交通局）."""
    return (
        para.number is not None
        and text[bracket.end] in "，,"
        and parsed.known == len(parsed.units)
        and not _behind_unit(text, para, bracket)
        and not text.endswith(_NAMED_AFTER, para.start, bracket.start)
        and _ends_in_list(text, bracket.end, para.end)
    )


def _behind_unit(text: str, para: Paragraph, bracket: Bracket) -> bool:
    """Tell a bracket behind a unit's name, 市改革办（…）; in 学校两所（…） the last sign counts."""
    low = max(para.start, bracket.start - 8)
    return ends_as_unit(text[low : bracket.start]) and not _COUNTED.search(text, low, bracket.start)


def _ends_in_list(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` ends in a bracket of units; in （一期） or none it does not."""
    while end > start and text[end - 1] in "。；;，, \t\u3000\xa0":
        end -= 1
    if end == start or text[end - 1] not in ")）":
        return False
    opened = max(text.rfind(sign, start, end) for sign in "(（")
    if opened < 0:
        return False
    last = parse_unit_list(text, opened + 1, end - 1)
    # an alias at the end, （市水利局（移民局）), is a unit, too
    return bool(last.units) and not last.residue and last.known == len(last.units)


def _is_own_name(surface: str) -> bool:
    return unit_grade(surface) >= UnitGrade.SUFFIX and not is_generic_unit(surface)


def _led_by_persons(units: list[ListedUnit]) -> bool:
    """Tell the leader in front of the units: (李明 县招商局、各镇区)."""
    first = next((i for i, u in enumerate(units) if u.role != "leader"), len(units))
    behind = units[first:]
    sure = any(unit_grade(u.surface) == UnitGrade.KNOWN for u in behind)
    return first > 0 and sure and all(u.role != "leader" for u in behind)


def _in_pairs(units: list[ListedUnit]) -> bool:
    """Tell persons behind their units: (市经贸委 吴汉民  市体改办 高启才  工商银行)."""
    named = [u for u in units if u.role != "leader"]
    behind = all(left.role != "leader" for left, u in pairwise(units) if u.role == "leader")
    sure = sum(unit_grade(u.surface) == UnitGrade.KNOWN for u in named)
    return units[0].role != "leader" and behind and 2 * sure >= len(named)


def _ends_sentence(text: str, at: int) -> bool:
    """Tell a dot that is a full stop (…120个.(县农委)) from one in a number or between letters."""
    return text[at] in ".．" and not text[at - 1].isascii() and not text[at + 1 : at + 2].isdigit()


def _mostly_known(text: str, para: Paragraph, bracket: Bracket, parsed: UnitList) -> bool:
    """Tell the list behind an item that names a company in short, too: (市经信委、国资委,涟钢)."""
    short = all(u.known or len(u.surface) <= _SHORT_NAME for u in parsed.units)
    ends = not text[bracket.end : para.end].strip("。；; \t\u3000")
    return (
        para.number is not None
        and bracket.closed
        and ends
        and short
        and parsed.known > 1
        and 2 * parsed.known >= len(parsed.units)
    )

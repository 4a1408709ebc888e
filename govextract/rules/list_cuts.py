"""Where one item of a list ends and another, or a sentence, begins without a sign between them."""

from __future__ import annotations

import re

from govextract.rules.unit_words import UnitGrade, ends_as_unit, is_generic_unit, unit_grade
from govextract.values.agencies.levels import find_place, split_prefix
from govextract.values.agencies.stems import is_stem

_BIDDEN = re.compile("[\u4e00-\u9fff]{2,12}?(?=要|应当|应该|必须|须)")
# 商务、财政等部门: the word that fields of work share
SHARED_END = re.compile("等((?:行政)?(?:主管)?部门)")
_FIELDS_LEFT = re.compile(r"(?:[、和及与][^、和及与，,；;。等\s]{2,8}){0,8}" + SHARED_END.pattern)
_COUNT = "第[一二三四五六七八九十百0-9]{1,4}"
_COUNTED = re.compile(rf"(?:[\u4e00-\u9fff]{{1,4}})?{_COUNT}")
_COUNTED_LEFT = re.compile(
    rf"(?:[、和及与]{_COUNT})*[、和及与](?P<last>{_COUNT}[\u4e00-\u9fff]{{1,6}})(?=$|[、，,；;。)）\s])"
)
_GOVERNMENTS = ("", "政府", "人民政府", "委、政府")


def unit_in_front(surface: str) -> int | None:
    """Return where the name ends that text runs on behind: 市财政局积极推进…."""
    for cut in range(min(len(surface) - 4, 26), 2, -1):
        name = surface[:cut]
        if ends_as_unit(name) and unit_grade(name) >= UnitGrade.SUFFIX:
            return cut if not ends_as_unit(surface) else None
    return None


def bidden(surface: str) -> int | None:
    """Return where a unit's name ends that a sentence bids do something: 各部门要统一思想."""
    found = _BIDDEN.match(surface)
    if found is None or unit_grade(found.group()) < UnitGrade.COLLECTIVE:
        return None
    return found.end() if ends_as_unit(found.group()) else None


def joint_item(left: str, right: str) -> bool:
    """各专委会及牵头部门 is one unit: what follows is a generic word that leans on the first."""
    if right in ("政府", "人民政府") and left.endswith("委"):
        return True
    return (
        left.startswith("各")
        and is_generic_unit(right)
        and not re.match("各|有关|相关|省|市|县|区|州|其他", right)
    )


def is_one_name(whole: str, left: str, right: str) -> bool:
    """Tell a name with 和 in it from two names that 和 joins."""
    known = unit_grade(left) == UnitGrade.KNOWN or unit_grade(right) == UnitGrade.KNOWN
    return not known and unit_grade(whole) == UnitGrade.SUFFIX


def shares_last_word(text: str, start: int, end: int) -> bool:
    """Tell 公安 and 农业农村 in 公安、农业农村等部门: fields of work that share their last word."""
    return is_stem(text[start:end]) and _FIELDS_LEFT.match(text, end) is not None


def shares_what_is_counted(text: str, start: int, end: int, stop: int) -> bool:
    """Tell 第四 in 第四、第五、第九师, the end of the list at `stop`."""
    if not _COUNTED.fullmatch(text, start, end):
        return False
    left = _COUNTED_LEFT.match(text, end, stop)
    return left is not None and unit_grade(left["last"]) >= UnitGrade.SUFFIX


def is_bare_place(name: str) -> bool:
    """Tell 南平 from 南平市."""
    place = find_place(name)
    return place is not None and place.name != name


def is_place_government(name: str) -> bool:
    """Tell 龙岩市政府, and 龙岩市 alone, from a bureau of that place."""
    prefix = split_prefix(name)
    rest = name[len(prefix.text) :] if prefix is not None else ""
    return prefix is not None and prefix.kind == "place" and rest in _GOVERNMENTS

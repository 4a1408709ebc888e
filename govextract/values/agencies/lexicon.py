"""Whether a string can be the name of a unit that stands in a list of responsible units."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from govextract.data import DataFileError, read_rows
from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.levels import find_place, place_stem, split_prefix
from govextract.values.agencies.owners import owner_words
from govextract.values.agencies.register import load_register
from govextract.values.agencies.stems import is_stem

Grade = Literal["known", "unit", "collective", "weak", "none"]
SCORES: dict[Grade, float] = {
    "known": 1.0,
    "unit": 0.9,
    "collective": 0.8,
    "weak": 0.4,
    "none": 0.0,
}
_LONGEST = 40
_PUNCTUATION = re.compile(r"[。;；:：!！?？“”\"《》〈〉%％①-⑳]")
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘’]{1,8})[”\"’](?=.)")
"""A quoted word inside a name: 市“双减”工作专班."""

_COUNTED = re.compile(
    "[0-9０-９.．—–~～-]{1,9}(?:个|家|座|项|户|名|条|万|亿|月|年|日)|[0-9０-９]{1,3}[.．、]"
)
"""How a number of things or a date begins: 2个集控中心, 4月开园."""

_REGIMENT = re.compile(
    "第?[一二三四五六七八九十百零〇○0-9]{1,4}(?:师|团|连|营)(?:场)?(?:[(（][\u4e00-\u9fff]{1,8}[)）])?"
)
"""Bodies of the Xinjiang corps that are called by their number: 一四三团, 八团（塔门镇）."""

_COUNT = re.compile(
    r"[0-9０-９]{1,4}(?:处|所|家|个|座|项|片区|区|县|市|州|镇|乡|街道|村|社区|园|站|馆|中心)"
)
"""How many there are of something: 一、整合片区(3处)."""

_COUNT_LAST = re.compile(r"[0-9０-９](?:处|所|家|个|座|项|户|名)$")
"""What a count ends: 改造村卫生室120处."""

_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关|全市各|全省各|全县各|全区各|其他|所有|驻)"
    r"|(?:各|有关|相关|直|级|属|成员|责任|牵头|主管|职能|审批|执法|监管|帮扶|结对|承办|实施)(?:部门|单位)"
    r"|委办局|部门和单位|成员单位$|各(?!族)|县[、（(]市|市[、（(]县|县[、（(]区|乡镇街|县市区|市县区|试点(?:城市|地区)(?:人民)?政府"
    r"|(?:县市|市县|县区|区县)(?:人民)?政府"
)
_COLLECTIVE_END = re.compile(
    r"(?:部门|单位|地区|政府|镇|乡|街道|街办|办事处|园区|开发区|新区|区|县|市|州|旗|地|局|委|办|会|企业|公司|集团|机构"
    r"|银行|高校|院校|学校|医院|院所|村|社区|小组|专班|指挥部|中心|组|方|功能区|平台|协会|商会|队伍|街|场|园|业主|处|处室|[)）])$"
)
_ALONE = frozenset(
    ("街道", "园区", "乡镇", "镇街", "开发区", "高新区", "经开区", "镇村", "县区", "市县", "区县")
)
"""Generic names that stand alone in a unit list and mean every such unit."""

_SURE_IN_LISTS = ("中心", "站", "所", "馆", "司")
"""Weak endings that in a name of three and more characters are a unit's."""

_ABROAD = ("对外", "对俄", "对台", "对日", "对韩", "对蒙", "对港澳")
"""Fronts of sections that deal with abroad (对外贸易处), though 对 opens phrases."""

_CENTRE = ("国家", "中央", "国务院", "全国", "中华")
"""Fronts whose bodies always print their form (国家统计局): without it the words are a sentence's."""

_NAMED_AFTER_PLACES = ("town", "subdistrict", "place", "village")
"""Kinds whose names begin with any character (和桥镇), particles included."""


class _NonUnits(NamedTuple):
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    anywhere: re.Pattern[str]
    bare: frozenset[str]


@cache
def _nonunits() -> _NonUnits:
    words: dict[str, list[str]] = {"start": [], "end": [], "any": [], "bare": []}
    for row in read_rows("agencies_nonunits.tsv", ("word", "where")):
        if row["where"] not in words:
            raise DataFileError(f"agencies_nonunits.tsv: unknown place {row['where']!r}")
        words[row["where"]].append(row["word"])
    anywhere = re.compile("|".join(map(re.escape, words["any"])))
    return _NonUnits(tuple(words["start"]), tuple(words["end"]), anywhere, frozenset(words["bare"]))


@lru_cache(maxsize=32768)
def unit_grade(surface: str) -> Grade:
    """Return how `surface` reads as a unit of a list.

    Returns
    -------
    str
        ``known`` a level or place with a known field of work, or a division; ``unit`` the form of a
        unit's name; ``collective`` a group of units (各有关部门); ``weak`` an ending that other words
        have too (a town-like or 会-like word); ``none`` not a unit.

    Examples
    --------
    >>> unit_grade("市财政局"), unit_grade("昌达公司"), unit_grade("各相关镇")
    ('known', 'unit', 'collective')
    >>> unit_grade("此件公开发布"), unit_grade("试点城市")
    ('none', 'none')
    """
    name = "".join(surface.split())
    if _QUOTED.search(
        name
    ):  # a substitution costs more than a search, and most names quote nothing
        name = _QUOTED.sub(r"\1", name)
    if not 2 <= len(name) <= _LONGEST or _PUNCTUATION.search(name):
        return "none"
    if _REGIMENT.fullmatch(name):
        return "unit"
    if _COUNT.fullmatch(name) or _COUNTED.match(name) or _COUNT_LAST.search(name):
        return "none"
    words = _nonunits()
    core = without_alias(name)
    if name in _ALONE:
        return "collective"
    if name in words.bare:
        return "weak"
    if _COLLECTIVE.search(core) and _COLLECTIVE_END.search(name):
        return "collective" if not words.anywhere.search(name.replace("设区的市", "")) else "none"
    if words.anywhere.search(name) and not _is_long_ad_hoc(core):
        return "none"
    return _grade_of_name(core, words.starts, words.ends)


def _grade_of_name(core: str, starts: tuple[str, ...], ends: tuple[str, ...]) -> Grade:
    suffix = suffix_of(core)
    if suffix is None:
        return _grade_without_suffix(core)
    prefix = split_prefix(core)
    rest = core[len(prefix.text) :] if prefix else core
    stem = rest[: len(rest) - len(suffix.text)] if len(rest) >= len(suffix.text) else ""
    if is_stem(stem) or _is_division(core) or _is_registered(core, rest):
        return "known"
    organ = prefix is not None and rest.startswith(("委", "政府"))
    if (core.endswith(ends) and not organ) or any(ch in core for ch in "、,，"):
        return "none"
    named = suffix.kind in _NAMED_AFTER_PLACES and len(core) <= 6
    located = prefix is not None or place_stem(core) is not None
    foreign = core.startswith(_ABROAD) and suffix.kind in ("department", "institution")
    if core.startswith(starts) and not located and not named and not foreign:
        return "none"
    if suffix.strong:
        return "known" if prefix is not None and len(rest) == len(suffix.text) else "unit"
    if prefix is not None and rest:
        return "unit"
    if place_stem(core) is not None or (len(core) > 2 and suffix.text in _SURE_IN_LISTS):
        return "unit"
    return "weak"


def _is_long_ad_hoc(core: str) -> bool:
    """Return whether a name that holds a particle is a headquarters': 市防控…的肺炎疫情指挥部."""
    suffix = suffix_of(core)
    strong = suffix is not None and suffix.strong and suffix.kind == "ad_hoc"
    return strong and split_prefix(core) is not None


def _is_division(core: str) -> bool:
    place = find_place(core)
    return place is not None and place.name == core


def _is_registered(core: str, rest: str) -> bool:
    """Return whether the register lists the name; short names of companies need a level or place."""
    names = load_register().names
    if len(rest) > 2 or rest != core:
        stem = place_stem(rest)
        if ("local", rest) in names or (stem and ("local", rest[len(stem) :]) in names):
            return True
    return len(core) > 2 and ("central", core) in names


def _grade_without_suffix(core: str) -> Grade:
    prefix = split_prefix(core)
    rest = core[len(prefix.text) :] if prefix else core
    if _is_division(core) or (rest and _is_registered(core, rest)):
        return "known"
    if find_place(core) is not None:
        return "weak"
    if core.startswith(owner_words()) and len(core) >= 4 and not core.startswith(_CENTRE):
        return "unit"
    return "weak" if is_stem(rest) else "none"


def without_alias(name: str) -> str:
    """Return the name without a closing bracket: 市政府办(市应急办)."""
    if name.endswith((")", "）")):
        opening = max(name.find("("), name.find("（"))
        if opening >= 2:
            return name[:opening]
    return name


def unit_score(surface: str) -> float:
    """Return `unit_grade` as a number from 0 (no unit) to 1 (a known unit).

    Examples
    --------
    >>> unit_score("市财政局"), unit_score("今年内")
    (1.0, 0.0)
    """
    return SCORES[unit_grade(surface)]


def is_unit(surface: str) -> bool:
    """Return whether `surface` reads as a unit or a collective of units.

    Examples
    --------
    >>> is_unit("市教体局"), is_unit("各乡镇"), is_unit("(试行)")
    (True, True, False)
    """
    return unit_score(surface) >= 0.5

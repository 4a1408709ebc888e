"""Full names of the units of one list: elided prefixes and suffixes restored.

The rules are those of the annotation guidelines, section 2 (`name`): a level prefix holds from left
to right until another replaces it, a party prefix hands down its level only, and bodies that a
city's own papers never call 市X (banks, customs, universities, towns, parks, collectives) stay as
written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.levels import (
    Prefix,
    find_place,
    holds_place,
    place_stem,
    split_prefix,
)
from govextract.values.agencies.owners import is_function, is_named_company, owner_words
from govextract.values.agencies.register import is_listed
from govextract.values.agencies.stems import is_stem

_BLANK = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
# Marks of a collective: what they stand in names many units, whose level is not elided.
_COLLECTIVE = re.compile(r"各|有关|相关|成员单位|其他|所有|部门和单位|等部门|[级属直]单位")
_COMPANY_STEM = re.compile(
    r"^(?:城投|交投|水投|国投|农投|旅投|文投|产投|金投|建投|城建|城发|文旅|水务|公交|供水|燃气|热力|国控|产控"
    r"|国资|交通|城市|港口|机场|地铁|轨道)"
)
_DEPARTMENT_KINDS = frozenset(
    (
        "department",
        "party_organ",
        "mass_organisation",
        "court",
        "procuratorate",
        "congress",
        "cppcc",
        "institution",
        "ad_hoc",
    )
)
# Names of places that no register lists, in front of what manages them.
_OWN_PLACE = re.compile(
    "(?:新区|新城|开发区|高新区|经开区|度假区|风景区|自贸区|大桥|峡谷|湿地|森林公园|古城|半岛|群岛|农场|林场|牧场|垦区).{2,}"
    "|[\u4e00-\u9fff]{2}(?:流域|产业园|工业园|产业基地|[\u4e00-\u9fff]业基地).{2,}"
    "|[\u4e00-\u9fff]{2}[山湖岛](?:[\u4e00-\u9fff]{0,4})(?:管理局|管理处|管理中心|保护局|管护中心|林场)$"
)
# 部公路局: a ministry's circular calls its own bureaus so, and those behind the first without 部.
_OWN_BUREAU = re.compile(
    "部(?![队分门属省管])[\u4e00-\u9fff]{2,10}(?:(?<!公)司|局|厅|研究院|研究所|中心)$"
)
_BUREAU = re.compile(
    "(?!各|有关|相关|其他|.*(?:[部委署]|总局))[\u4e00-\u9fff]{2,10}(?:(?<!公)司|局)"
)
_CENTRE = ("国家", "中央", "全国")
_OF_PLACE = "place "  # and the level that the place prints
# 行政服务中心管委会 is an organ of its level; the 管委会 of a park is its park's
_CENTRE_BOARDS = ("服务中心管委会", "服务中心管理委员会", "交易中心管委会", "交易中心管理委员会")
_ORDINAL = "ordinal"
_COUNTED = re.compile("第[一二三四五六七八九十百0-9]{1,4}$")
_COUNTED_NAME = re.compile(_COUNTED.pattern[:-1] + "(?P<form>[\u4e00-\u9fff]{1,6})$")
_PLACE_KINDS = ("place", "park", "town", "subdistrict")


def restore(
    surfaces: Sequence[str], *, level: str | None = None, place: str | None = None
) -> list[str]:
    """Return the full names of the units of one list, in its order.

    Parameters
    ----------
    surfaces
        The units as written, in the order of the list. Persons are returned as they are.
    level
        Level of the document (``ministry``, ``province``, ``city``, ``county``): a list of a
        ministry's document has no local level to hand down.
    place
        The document's own place (``宜兴市``), whose name on a unit is the document's own level.

    Returns
    -------
    list of str
        As long as `surfaces`.

    Examples
    --------
    >>> restore(["市委政法委", "统计局", "人民银行", "法院", "丁蜀镇"])
    ['市委政法委', '市统计局', '人民银行', '市法院', '丁蜀镇']
    >>> restore(["福州市", "南平市人民政府"]), restore(["市发展改革", "财政部门"])
    (['福州市人民政府', '南平市人民政府'], ['市发展改革部门', '市财政部门'])
    """
    names = complete_suffixes([_BLANK.sub("", surface) for surface in surfaces])
    running: Prefix | None = None
    centre = ""
    of_ministry = False
    ministry = ""
    for at, name in enumerate(names):
        prefix = split_prefix(name, place) or split_prefix(_core(name), place)
        if running is not None and level != "ministry" and _is_of_every_level(name):
            names[at] = running.carried + name
        elif prefix is not None:
            if at and prefix.kind == "level":
                names[at] = _beside_committee(name, names[at - 1], prefix, place)
            if prefix.text == "行署" and running is not None and running.carried == "地区":
                names[at] = "地区" + name
                continue
            of_ministry, ministry = False, ""
            centre = prefix.carried if prefix.carried in _CENTRE else centre
            running = _next_running(running, prefix, name, place)
        elif running is None and _OWN_BUREAU.match(name):
            of_ministry = True
        elif own := ministry_of(name):
            ministry = own
        elif ministry and _BUREAU.fullmatch(name) and not is_listed(name, "central"):
            names[at] = ministry + name  # 水利部监督司、运行管理司
        elif of_ministry and _BUREAU.fullmatch(name) and not is_listed(name, "central"):
            names[at] = "部" + name
        elif running is None and centre and _is_central(centre + name):
            names[at] = centre + name
        elif running is not None and _inherits(name, running, place, level):
            names[at] = running.carried + name
    return names


def _is_of_every_level(name: str) -> bool:
    """Tell 国家安全局, which every level has, from bodies of the centre alone (国家统计局)."""
    return name.startswith("国家") and is_listed(name)


def _beside_committee(name: str, before: str, prefix: Prefix, place: str | None) -> str:
    """Return 汾阳市政府 for the 市政府 of 汾阳市委、市政府."""
    if name not in (prefix.text + "政府", prefix.text + "人民政府"):
        return name
    committee = before.removesuffix("委")
    if committee == before or not committee.endswith(prefix.text) or len(committee) < 3:
        return name
    owner = split_prefix(before, place)
    other = owner is not None and owner.kind == "place" and committee not in (place, "")
    return committee + name[len(prefix.text) :] if other else name


def _is_central(name: str) -> bool:
    """Return whether a central bureau, commission or party office is called `name`.

    Ministries and general administrations stand without 国家 in every circular.
    """
    if name.endswith(("总局", "总署")) or (name.startswith("国家") and name.endswith("部")):
        return False
    return is_listed(name, "central")


def _next_running(
    running: Prefix | None, prefix: Prefix, name: str, place: str | None
) -> Prefix | None:
    """Return the prefix in force after a unit that has `prefix` itself."""
    rest = name[len(prefix.text) :]
    if prefix.carried in _CENTRE:
        return running
    bare = rest in ("", "政府", "人民政府", "委", "管委会", "管理委员会") or rest.startswith(
        ("委、", "行署")
    )
    if _COLLECTIVE.search(name) or rest[:1] in ("级", "属"):
        return running or (prefix if prefix.kind == "level" else None)
    if prefix.kind == "level":
        lower_government = bare and running is not None and prefix.rank > running.rank
        if lower_government or (prefix.rank == 5 and running is not None and running.rank < 5):
            return running
        return prefix
    suffix = suffix_of(name)
    if bare or suffix is None or suffix.kind not in _DEPARTMENT_KINDS:
        return running
    if rest.endswith("分局") and not is_stem(rest.removesuffix("分局")):
        return running  # 长春市生态环境局榆树分局 is a higher city's, those behind it are not
    own = place is not None and place in (prefix.text, prefix.carried)
    same_level = running is not None and prefix.carried.endswith(running.carried)
    if running is not None and same_level and own:
        return running
    return prefix


def _inherits(name: str, running: Prefix, place: str | None, level: str | None) -> bool:
    """Return whether a unit without level takes the prefix in force."""
    if running.rank == 5 and name.startswith(running.carried):
        return False  # 镇团委 beside 镇财政局
    if level == "ministry" or name.startswith(owner_words()) or _COLLECTIVE.search(name):
        return False
    if name.startswith(running.carried) and is_listed(name[len(running.carried) :]):
        return False  # 州河长办
    core = _core(name)
    if core.endswith(_CENTRE_BOARDS):
        return True
    suffix = suffix_of(core)
    if suffix is None:
        return is_stem(core)
    stem = core[: len(core) - len(suffix.text)]
    if suffix.text == "部门":
        return is_stem(stem)
    if suffix.text in ("有限公司", "有限责任公司"):
        return bool(_COMPANY_STEM.match(stem)) and place_stem(name, place) is None
    if ministry_of(core):
        return False  # 工业和信息化部信息中心
    if suffix.text == "署":
        return not is_listed(core, "central")  # 建筑工务署, but not 审计署
    if core == "办公室" or _OWN_PLACE.search(core):
        return False  # a bureau's own office; 港珠澳大桥管理局, 两江新区水土新城管理中心
    if _own_branch(core) or _branch_suffix(core):
        return False
    if not suffix.takes_prefix or (suffix.text == "厅" and running.rank != 2):
        return False
    if is_stem(stem) or is_listed(core):
        return True
    if place_stem(core, place) is not None or (suffix.kind != "ad_hoc" and holds_place(stem)):
        return False
    if suffix.text.endswith("集团") or (suffix.text == "公司" and len(stem) > 2):
        return is_function(stem)
    return suffix.kind != "enterprise" or not is_named_company(stem)


def ministry_of(name: str) -> str:
    """Return the ministry that the name of one of its bodies begins with, else nothing.

    Examples
    --------
    >>> ministry_of("水利部信息中心"), ministry_of("水利部"), ministry_of("市水利局")
    ('水利部', '', '')
    """
    end = name.find("部", 1, 12)
    listed = 0 < end < len(name) - 1 and name[end + 1] != "门"  # 财政部门 is no ministry's
    listed = listed and is_listed(name[: end + 1], "central")
    return name[: end + 1] if listed else ""


def _own_branch(core: str) -> bool:
    """Return whether a branch names its own place: 管城公安分局, 工商管城分局; not 公安分局."""
    if not core.endswith("分局"):
        return False
    rest = core.removesuffix("分局")
    for cut in (2, 3):
        front, back = rest[:cut], rest[cut:]
        if back and is_stem(back) and not is_stem(front) and not is_stem(rest):
            return True
    for cut in range(len(rest) - 2, len(rest) - 4, -1):
        front, back = rest[:cut], rest[cut:]
        if cut > 1 and is_stem(front) and not is_stem(back) and not is_stem(rest):
            return True
    return False


def _core(name: str) -> str:
    """Return the name without a closing alias in brackets: 市政府办(市应急办)."""
    if name.endswith((")", "）")):
        opening = max(name.rfind("("), name.rfind("（"))
        if opening > 0:
            return name[:opening]
    return name


def complete_suffixes(names: Sequence[str]) -> list[str]:
    """Return `names` with the suffix that a later member prints for all of them.

    Examples
    --------
    >>> complete_suffixes(["区住建", "交通", "水务局"])
    ['区住建局', '交通局', '水务局']
    """
    out = list(names)
    shared = ""
    kind = ""
    for at in range(len(out) - 1, -1, -1):
        name = out[at]
        level = kind.removeprefix(_OF_PLACE)
        if _lacks_level(name, shared, level):
            out[at] = name + level + shared
            continue
        if shared and not name.endswith(shared) and _lacks(name, shared, kind):
            out[at] = name + shared
            continue
        shared, kind = _shared_suffix(name)
    return out


@lru_cache(maxsize=16384)
def _shared_suffix(name: str) -> tuple[str, str]:
    """Return the suffix that `name` may print for the units before it, and its sort."""
    if _COLLECTIVE.search(name):
        return "", ""
    for text in ("人民政府", "政府", "管理委员会", "管委会", "管委", "办事处"):
        stem = name.removesuffix(text)
        if stem != name and len(stem) >= 2:
            return text, "街道" if stem.endswith("街道") else stem[-1]
    if name.endswith("街道办") and len(name) > 4:
        return "办", "街道"  # 东关、南关街道办
    for text in ("镇", "乡", "街道", "村", "社区", "社区居委会", "村委会"):
        if len(name) - len(text) in (2, 3) and name.endswith(text):
            return "", text
    branch = _branch_suffix(name)
    if branch:
        return branch, "stem"
    if counted := _COUNTED_NAME.search(name):
        return counted["form"], _ORDINAL
    prefix = split_prefix(name)
    rest = name[len(prefix.text) :] if prefix else name
    for text in ("部门", "厅", "局", "委", "办", "公司", "银行"):
        stem = rest.removesuffix(text)
        if stem != rest and is_stem(stem):
            if prefix is not None and prefix.kind == "place":
                return rest, _OF_PLACE + prefix.text[-1]
            return text, "stem"
    return "", ""


def _branch_suffix(name: str) -> str:
    """Return the place and form that follow a company's field: 联通阜阳分公司 -> 阜阳分公司."""
    if not name.endswith(("分公司", "支公司")):
        return ""
    for at in (2, 3, 4):
        place = name[at:-3]
        town = len(place) in (2, 3) and not is_stem(place)  # no register lists towns
        if is_stem(name[:at]) and (town or place_stem(name[at:])):
            return name[at:]
    return ""


def _lacks_level(name: str, shared: str, kind: str) -> bool:
    """Return whether `name` is a bare place before one that prints the level for both.

    罗阳、园洲镇, 阳江、汕尾市人民政府 and 开封、商丘市水利局 name 罗阳镇, 阳江市人民政府, 开封市水利局.
    """
    if kind in ("省", "市", "县", "区", "州", "旗") and shared:
        place = find_place(name)
        return place is not None and not place.name.endswith(name[-1])  # 福州 lacks it, 黔南州 not
    if (
        kind not in ("镇", "乡", "街道", "村", "社区", "村委会", "社区居委会")
        or not 2 <= len(name) <= 3
        or is_stem(name)
    ):
        return False
    suffix = suffix_of(name)
    return suffix is None or (len(name) == 2 and (not suffix.strong or name[-1] in "镇乡"))


def _lacks(name: str, shared: str, kind: str) -> bool:
    """Return whether `name` is the same sort of name as the later one, without its suffix."""
    if kind == _ORDINAL:
        return _COUNTED.search(name) is not None
    if kind == "stem":
        prefix = split_prefix(name)
        rest = name[len(prefix.text) :] if prefix else name
        return is_stem(rest)
    suffix = suffix_of(name)
    bare = suffix is None or (len(name) == 2 and not suffix.strong)
    if shared == "办事处" and bare and 2 <= len(name) <= 3 and not is_stem(name):
        return True  # 东关、南关办事处
    if kind == "场" and shared.startswith("管"):
        return suffix is not None and suffix.text.endswith("场")  # 东风、黎明农场管委会's farms
    if suffix is None or suffix.kind not in _PLACE_KINDS or _COLLECTIVE.search(name):
        return False
    divided = name[-1] in "省市县区州旗"
    if kind.startswith(_OF_PLACE):
        return suffix.kind == "place" and divided
    if shared in ("人民政府", "政府"):
        return suffix.kind in ("place", "town") and divided == (kind in "省市县区州旗")
    if shared in ("管委会", "管理委员会", "管委"):
        park = suffix.kind == "park" or (shared == "管委" and find_place(name) is None)
        return park and name[-1] in "区园城"
    return suffix.kind == "subdistrict" and name.endswith(kind)

"""How a string reads as a unit, graded for the parser of lists."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from govextract.values.agencies import lexicon
from govextract.values.agencies.persons import (
    behind_title,
    ends_in_title,
    is_title,
    looks_like_person,
    person_spans,
)

__all__ = [
    "UnitGrade",
    "behind_title",
    "ends_as_unit",
    "ends_in_title",
    "is_generic_unit",
    "is_of_every_place",
    "is_title",
    "looks_like_person",
    "person_spans",
    "speaks_of_a_time",
    "states_a_limit",
    "unit_grade",
]


class UnitGrade(IntEnum):
    """From no unit at all to a name that the lexicon knows."""

    NO = 0
    WEAK = 1
    COLLECTIVE = 2
    SUFFIX = 3
    KNOWN = 4


_GRADES: dict[lexicon.Grade, UnitGrade] = {
    "none": UnitGrade.NO,
    "weak": UnitGrade.WEAK,
    "collective": UnitGrade.COLLECTIVE,
    "unit": UnitGrade.SUFFIX,
    "known": UnitGrade.KNOWN,
}
_GENERIC = re.compile(
    "^(?:各|有关|相关|其他|其它|所有|同级|上级|下级|本级|牵头|责任|配合|成员|(?:组织|参与|协同|落实|承办|主办|协办)(?=单位|部门)|主管|主责|行业主管|属地|职能|业务|监管|执法|审批|负责|参与)"
    "|^(?:各级|地方|上述|以上)|^(?:(?:县级|市级|省级|设区|乡镇|当地|所在地|基层).{0,12})?(?:人民政府|政府|部门|单位|机构|党委|机关)$"
    "|(?:行政|主管|监管|管理|执法|职能|有关|相关|审批|登记|监督|责任|牵头|成员)(?:主管)?(?:部门|单位|机关|机构)$"
)

_UNIT_ENDS = (
    "局", "委", "办", "厅", "部", "院", "会", "社", "府", "中心", "公司", "司", "集团", "中支", "镇", "乡",
    "街道", "区", "县", "市", "州", "旗", "园", "所", "处", "站", "队", "行", "台", "网", "大学", "学院",
    "学校", "校", "组", "部门", "单位", "专班", "公路段", "养护段", "管理段", "车务段", "工务段", "署", "室", "团",
    "馆", "股", "企业", "海关", "协", "协会", "联", "联社", "法庭", "地区", "各地", ")", "）",
)  # fmt: skip

_LOCAL_GOVERNMENTS = re.compile(
    "各(?:设区|地级|省|省级|乡|县|市|区|镇|街道|州|旗|盟|地).{0,12}(?:政府|办事处|管委会|管理委员会|行署)$|.{1,8}[区园县市](?:管委会|人民政府|政府)$"
)
# 各市（州）农业农村局, 各试点城市自然资源主管部门: the same office of every place, by its field of work
_LOCAL_OFFICES = re.compile(
    "各(?:试点)?(?:设区|地级|省级?|乡镇?|县级?|市级?|区|镇|街道|州|旗|盟|地|城市|级)(?!有关|相关|部门|职能|单位).{0,12}?"
    "[\u4e00-\u9fff]{2}(?<!有关|相关|职能|责任|牵头|成员|监管|执法|业务|主管|行政)(?:(?:行政)?(?:主管)?部门|局|厅|委员会|办公室|办|委)(?:[（(].{1,4}[)）])?"
)


def unit_grade(surface: str) -> UnitGrade:
    """Return how `surface` reads as the name of a unit.

    Examples
    --------
    >>> unit_grade("市财政局").name, unit_grade("各有关部门").name, unit_grade("一期").name
    ('KNOWN', 'COLLECTIVE', 'NO')
    """
    return _GRADES[lexicon.unit_grade(surface)]


@lru_cache(maxsize=16384)
def is_generic_unit(surface: str) -> bool:
    """Tell a word for units in general (有关部门, 牵头单位) from the name of one.

    Examples
    --------
    >>> is_generic_unit("牵头部门"), is_generic_unit("市教育局")
    (True, False)
    """
    return _GENERIC.search(surface) is not None


def is_of_every_place(surface: str) -> bool:
    """Tell the government or the same office of every place, named by its field of work.

    Examples
    --------
    >>> is_of_every_place("各市（州）农业农村局"), is_of_every_place("各有关部门")
    (True, False)
    """
    governs = _LOCAL_GOVERNMENTS.match(surface) is not None
    return governs or _LOCAL_OFFICES.fullmatch(surface) is not None


def ends_as_unit(name: str) -> bool:
    """Tell whether the last characters of `name` are those of a unit's name."""
    return name.endswith(_UNIT_ENDS)


# 三、四季度 in pieces, and a date with what is due then
_QUARTERS = ("一", "二", "三", "四")
_DATED = re.compile(
    "20[0-9]{2}年(?![一-龥]{0,4}(?:办|组|指挥部))"
    "|[0-9]{1,2}月(?:[底末初前内份0-9上中下旬]|[出完建印启兑])"
)


def speaks_of_a_time(surface: str) -> bool:
    """Return whether a piece of a list says by when, and names nobody.

    Examples
    --------
    >>> speaks_of_a_time("9月底前出台方案"), speaks_of_a_time("2023年创城办")
    (True, False)
    """
    return surface in _QUARTERS or _DATED.match(surface) is not None


_TIME = re.compile(
    "[0-9０-９〇零一二三四五六七八九十两]+(?:个)?(?:年|月|日|季度|工作日)|年底|年内|年末|月底|季度|上半年|下半年|全年|"
    "长期|持续|常态|立即|[即立边][知行查整接][即立边]改|分[年阶步批期]|每[年月季周日半]|逐[年月]|近期|适时|节前|期间|[五七八十]一前|国庆|春节|元旦|五一"
)
_TIME_ENDS = re.compile(
    "(?:[年月日度旬节](?:份)?(?:之)?(?:前|底|末|起|内)|季度$|旬$)|(?:前|内|底|末|完成|推进|坚持|实施|落实|见效|到位|开展|[一二两三四1-4]次|日|月|年|起|施行|验收|投用|启用|投入使用|开工|竣工|完工|交付|通车|上线|启动|封顶|入住|出台|建成|运营|开园|挂牌|报送|[即立边]改)$|分(?:年度?|阶段|步|批|期)$|每(?:半?年|季度|月|周).{0,12}一次|长期|持续|常态"
)


def states_a_limit(surface: str) -> bool:
    """Return whether a piece of a list that is no unit is a time limit: 年底前完成, 长期坚持.

    Examples
    --------
    >>> states_a_limit("年底前完成"), states_a_limit("完成任务")
    (True, False)
    """
    return _TIME.search(surface) is not None and _TIME_ENDS.search(surface) is not None

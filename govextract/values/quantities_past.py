"""Whether a number reports what has been, instead of saying what is to be reached."""

from __future__ import annotations

import re

from govextract.values.quantities_parts import Reading
from govextract.values.quantities_registers import lexicon, pattern

# Comparisons with the past (比上年) say nothing about when the target itself holds.
_COMPARED = re.compile(
    r"(?=[比较与超按高低恢到去上前])"
    r"(?:(?:比|较|与|超过|按|高于|低于|恢复到|到)(?:去年|上年|上一年|前年|上年度|以往|往年|历年)"
    r"|(?:去年|上年|上一年|前年)(?:同期|相比|水平|基数)|去年同)"
)
_YEAR = re.compile(
    r"(?=20)(?<![比较与以按由从照据])(?<!恢复到)(20\d\d)年(?!以前|以来|为基|基数|基础|水平|同期|的|年?底?前|相比|版|度?[“《])"
)
_PLAN = re.compile(r"[“\"]十([一二三四五])五[”\"](?:时期|期间|以来)")
_OPENS = re.compile(r"(?:^|[,:。 (])(?:[\u4e00-\u9fff][市县区省州盟旗镇乡]|全[市县区省州国])?$")
_NAMED_DONE = re.compile(
    r"已[\u4e00-\u9fff]{2}的?(?:项目|企业|工程|地块|人口|路段|设施|小区|学校|村)[^,。;]{0,8}?(?:率|形成|占比|比例)"
)
# 走访了320家企业, 支出率仅31%: directly before the number
_SAID_DONE = re.compile(r"(?:(?<![除为])了|(?<!不)仅)(?:约|近|超过)?$")
# 改造小区，涉及居民4310户: what the work concerns
_CONCERNS = re.compile(
    r"涉及(?:[\u4e00-\u9fff]{1,2}(?:[县市区镇乡村]|街道)){0,2}[\u4e00-\u9fff]{0,6}$"
)
# 新区规划面积298平方公里, 码头设计能力1400万吨: how large a thing is, where no bound says more
_DESCRIBES = re.compile(
    r"(?:规划|占地|设计年?|核定)(?:总|建设)?(?:用地|占地|建筑|通过)?(?:面积|能力|库容)(?:约|近)?$"
)
_LONGEST_SIZE = 16
_REACHED = re.compile("新增|增加|增[至到]|形成|提[升高]|扩[大建]|[达为]到?|新建|建[成设]|调整")
# 前三季度利用外资7188亿元，同比增长5.2%: results are told to the decimal or as done, and nothing bounds them
_RESULT_OF = re.compile(
    r"^[^,]{0,16}(?:今年以来|上半年|[一二三]季度|前[一二三四五六七八九十两]个?月|1-[0-9]{1,2}月)"
)
_TOLD = re.compile(
    r"同比(?:增长|下降|上升|提高|回落|减少|增加)[0-9]+\.[0-9]|[,;、]已[\u4e00-\u9fff]{2}|[高低快慢]于序时进度"
)
_BOUND_WORDS = re.compile(
    r"以上|以内|左右|不低于|不少于|不超过|不高于|控制在|达到|力争|确保|目标|(?<!年度)计划|预计"
)
_INCLUDED = re.compile(r"^(?:其中|包括|分别)")
_CONTRAST = re.compile(r"^[^。\n]{0,60}?,(?:但(?!不|[^,。;]{0,24}除外)|然而|与此同时)")
_WINDOW = 160
# (去年3个): what a closed bracket says ends with it.
_CLOSED = re.compile(r"\([^()]*\)")
# Behind what there is so far, a time limit turns to what is to be done, and so does a binding bound.
_FROM_NOW = re.compile(
    r"(?<!截至)(?<!截止)(?:年内|(?:年底|月底|月末|旬|[日月])前|(?:今年|本年度)(?!以来|初|前|[1一]|上半年))"
    r"|到(20\d\d)年(?!底?已)"
)
_BINDING = re.compile(r"(?:不低于|不少于|不小于|不超过|不高于|不大于|控制在)$")
_IS_THERE = re.compile("[现原共]有|现存")
_KEPT_WITHIN = re.compile("^[^,]{2,24}(?:控制在|压[减降缩]|减少|[降提]高?[至到])")
# 按已缴契税的50%, 对已建成小区改造30个: what there is already is what the words act upon.
_ACTED_UPON = ("按", "按照", "对", "将", "把", "为", "向", "给")
# 在现有标准的基础上提高10%: what a change starts from is no result that is told.
_BASIS = re.compile(r"(?<=在)[^,;。]{1,30}?(?=基础上)")


def is_past(folded: str, sentence: int, reading: Reading, year: int | None) -> bool:
    """Tell whether the words around the number report a result or a state.

    Parameters
    ----------
    folded
        The folded text.
    sentence
        Begin of the sentence.
    reading
        How the clause states the number.
    year
        The circular's year: a year printed last before the number and before it is past.
    """
    number = reading.site.quantity.start
    begin = _continued(folded, max(sentence, number - _WINDOW), number)
    lead = _COMPARED.sub(lambda m: " " * len(m[0]), folded[begin:number])
    if "基础上" in lead:
        lead = _BASIS.sub(lambda m: " " * len(m[0]), lead)
    lead = _CLOSED.sub(lambda m: "□" * len(m[0]), lead)
    lead = lead[lead.rfind(";") + 1 :]
    aim = pattern("aim")
    length = number - reading.site.clause.start
    clause = lead[max(0, len(lead) - length) :]
    if _INCLUDED.match(clause):
        clause = lead[max(0, lead.rfind(",", 0, max(0, len(lead) - length - 1))) :]
    actions = lexicon("action", "work")
    # 由现有的131户压减到60户: what is there is where the change begins
    base = number if reading.site.base is None else reading.site.base
    stop = len(clause) - (number - base)
    for match in pattern("done").finditer(clause, 0, max(0, stop)):
        if _NAMED_DONE.match(clause, match.start()):
            continue  # 已签约项目履约率
        there = _IS_THERE.fullmatch(match[0]) and _KEPT_WITHIN.search(clause[match.end() :])
        if there or clause.endswith(_ACTED_UPON, 0, match.start()):
            continue
        # 淘汰现有锅炉46台: what is there is what the verb acts upon.
        if actions.at_end(clause, 0, match.start()) == match.start() and not aim.search(clause):
            return True
    said = _SAID_DONE.search(clause, max(0, stop - 4), max(0, stop))
    if (said or _CONCERNS.search(clause)) and not aim.search(clause):
        return True
    quantity = reading.site.quantity
    bare = quantity.start == quantity.number_start and quantity.end == quantity.number_end
    if bare and reading.site.base is None and _describes(clause):
        return True
    if bare and _is_result(folded, number):
        return True
    opened = _opened(lead, year)
    if opened is not None:
        at = reading.site.quantity.number_start
        if _IS_THERE.search(lead, max(0, opened - 2), opened) and (
            _turns(lead[:opened], 0, year) or _KEPT_WITHIN.search(lead[opened:])
        ):
            return False  # 到2025年，现有人员占比控制在2%以内: a part of what is measured
        return not (
            aim.search(lead, opened)
            or _turns(lead, opened, year)
            or ("," in lead[opened:] and _BINDING.search(folded, begin, at))
            or reading.construction == "limit"
        )
    if pattern("fact").search(lead, 0, max(0, len(lead) - (number - base))):
        return True
    # 茶园面积60万亩,但树势老化: what is said before the objection is the state of things.
    rest = folded[reading.end : reading.end + _WINDOW].partition(";")[0]
    return not reading.cut and _CONTRAST.search(rest) is not None and not aim.search(lead)


def _describes(clause: str) -> bool:
    """Tell the size of a thing, told in passing, from one that is to be reached."""
    size = _DESCRIBES.search(clause, max(0, len(clause) - _LONGEST_SIZE))
    return size is not None and _REACHED.search(clause) is None


def _is_result(folded: str, number: int) -> bool:
    """Tell a number of a sentence that reports what a part of the year has brought."""
    low, high = max(0, number - _WINDOW), min(len(folded), number + _WINDOW)
    begin = max(folded.rfind("。", low, number), folded.rfind("\n", low, number)) + 1 or low
    if _RESULT_OF.search(folded[begin:number]) is None:
        return False
    ends = (folded.find(sign, number, high) for sign in "。\n")
    stop = min((end for end in ends if end >= 0), default=high)
    told = _TOLD.search(folded, begin, stop) is not None
    return told and _BOUND_WORDS.search(folded, begin, stop) is None


def _turns(lead: str, opened: int, year: int | None) -> bool:
    """Tell a time limit behind `opened`, that of a year to come where it names one."""
    return any(
        match[1] is None or year is None or int(match[1]) >= year
        for match in _FROM_NOW.finditer(lead, opened)
    )


def _opened(lead: str, year: int | None) -> int | None:
    """Return the end of the adverbial that puts `lead` into the past."""
    opened = None
    for match in pattern("past").finditer(lead):
        if _OPENS.search(lead, max(0, match.start() - 6), match.start()):
            opened = match.end()
    if opened is None and year is not None:
        for match in _PLAN.finditer(lead):
            # The twelfth plan ended in 2015, each further one five years later.
            if 2005 + 5 * ("一二三四五".index(match[1]) + 1) < year:
                opened = match.end()
        printed = list(_YEAR.finditer(lead))
        if printed and int(printed[-1][1]) < year:
            opened = printed[-1].end()
    return opened


def _continued(folded: str, begin: int, number: int) -> int:
    """Return where the sentence begins that a line break cuts after a comma."""
    back = begin
    for _ in range(2):
        while back > 0 and folded[back - 1].isspace():
            back -= 1
        if back == begin or back == 0 or folded[back - 1] not in ",、" or number - back > _WINDOW:
            return begin
        stop = max(
            folded.rfind("。", max(0, back - _WINDOW), back),
            folded.rfind("\n", max(0, back - 80), back),
        )
        begin = back = stop + 1 if stop >= 0 else max(0, back - _WINDOW)
    return begin

"""Which numbers are targets: could it be met or missed when the period ends?"""

from __future__ import annotations

import re
from functools import cache

from govextract.values.quantities_clauses import QUOTES, TITLES
from govextract.values.quantities_reading import Reading
from govextract.values.quantities_registers import lexicon

_MONEY_NOUNS = re.compile(
    r"[^,、]{0,16}?(?:资金|投资|贷款|债券|经费|补助|奖励|补贴|基金|收入|税收|产值|授信|融资|贴息|奖补|救助|保险金|消费券|资产|欠款|成本|费用|罚款|善款|保费|订单|外资|内资|税费|奖金|善款|担保|红利|学费|土地出让金|出口|交易额|销售额|营收)"
)
_SIZES = ("money", "area", "mass", "length", "energy", "volume", "data", "age", "times")
_RATINGS = (
    "千伏",
    "千伏安",
    "伏",
    "伏安",
    "英寸",
    "KV",
    "KVA",
    "kV",
    "kVA",
    "MVA",
    "兆伏安",
    "GHz",
    "MHz",
    "纳米",
    "微米",
)
_ANNOUNCED = re.compile(r"(?:印发|发布|公布|施行|下发|出台|签发|实施)之日起")
_COMPARED = re.compile(
    r"(?:比|较|与|超过|按)(?:去年|上年|上一年|前年|上年度|以往|往年|历年)|(?:去年|上年|上一年|前年)(?:同期|相比|水平|基数)|去年同"
)
_YEAR = re.compile(r"(?<![比较与以按由从])(20\d\d)年(?!以前|以来|为基|基数|水平)")
_NAMED_SPAN = re.compile(
    r"(?:生活圈|交通圈|经济圈|服务圈|健身圈|便民|自助|值班|值守|行动|计划|攻坚|规划|服务|圈|监控|在线|热线|政务|城市|通勤)"
)
_OPENS = re.compile(r"(?:^|[,:。 ])[\u4e00-\u9fff]{0,3}$")
_CONTRAST = re.compile(r"^[^。\n]{0,60}?,(?:但(?!不)|然而|与此同时)")
_FORBIDDEN = re.compile(r"(?:禁止|严禁|禁用|严控|不予|不再)")
_MEANS = re.compile(r"(?:督导|督查|检查|工作|巡查|暗访|指导|专家|领导|协调)(?:小)?组|专班|小分队")
_CONDITION_TAIL = re.compile(r"的(?:[,;。、)]|$|\s)")
_TALLY_VERB = re.compile(
    r"(?:分解|分成|分为|确定|明确|提出|梳理|列出|以下|下列|如下|上述|本|形成|细化)"
)
_QUALITY_VERBS = ("提升", "提高", "改善", "优化", "完善", "加强", "巩固", "增强", "扩大")
_PURE_GENERIC = (
    "方面",
    "环节",
    "领域",
    "层面",
    "阶段",
    "类别",
    "大类",
    "方向",
    "等级",
    "原则",
    "维度",
)
_WEAK_UNITS = ("期", "类", "种", "层", "位", "轮", "课", "步", "回", "包")
_FREQUENCIES = ("次数", "频次", "人次", "量")
_LIMIT_UNITS = ("小时", "分钟", "工作日", "天", "日", "自然日", "秒", "工作小时", "刻钟")


def is_target(
    folded: str, sentence: int, reading: Reading, before: Reading | None, year: int | None
) -> bool:
    """Tell whether the number read is a target.

    Parameters
    ----------
    folded
        The folded text.
    sentence
        Begin of the sentence.
    reading
        How the clause states the number.
    before
        The target accepted before it in the same sentence, to which it may be tied.
    year
        The circular's year, None where unknown; a year printed before it tells of the past.
    """
    quantity = reading.site.quantity
    if reading.site.clause.within in TITLES or reading.site.clause.within in QUOTES:
        return False
    if _is_named(folded, reading) or _is_condition(folded, reading):
        return False
    if quantity.kind == "frequency" and quantity.value < 100:
        measured = folded[reading.subject[0] : reading.subject[1]].endswith(_FREQUENCIES)
        return measured and reading.construction == "predicate"
    if quantity.bare and reading.construction == "counted":
        return False
    if quantity.kind in ("duration", "age") and not _is_limit_per_case(folded, reading):
        return False
    if reading.construction == "counted" and not _counts(folded, reading, before):
        return False
    if _is_past(folded, sentence, reading, year):
        return False
    return _has_indicator(folded, reading, before)


def _is_named(folded: str, reading: Reading) -> bool:
    """True where the number belongs to a name, a rank, a copy or a denominator."""
    quantity = reading.site.quantity
    begin = quantity.number_start
    ranked = folded[begin - 1 : begin] == "前" and quantity.unit in ("名", "位", "强", "列")
    if ranked or reading.site.base is not None and reading.site.base >= begin - 5:
        return True
    if quantity.unit == "份" and re.search("一式|印", folded[max(0, begin - 4) : begin + 1]):
        return True
    if quantity.unit == "分" and re.search(
        "(?:[扣加减得计]|满分|每[低高少多])$", folded[max(0, begin - 3) : begin]
    ):
        return True
    if folded.startswith("范围", quantity.end) or (
        quantity.unit == "G" and reading.construction != "predicate"
    ):
        return True
    if quantity.unit in _RATINGS and reading.construction == "counted":
        return True
    if _is_single(folded, reading):
        return True
    return quantity.unit in _WEAK_UNITS and not folded[begin].isdigit()


def _is_single(folded: str, reading: Reading) -> bool:
    """True for a Chinese one that counts nothing: 一个体系, 一批, 一支队伍."""
    quantity = reading.site.quantity
    if quantity.value != 1 or folded[quantity.number_start] != "一" or quantity.kind != "count":
        return False
    if quantity.number_start - quantity.start >= 2:
        return False
    if "每" in folded[reading.start : quantity.start]:
        return folded[quantity.start - 1] == "由"
    return not (
        reading.construction == "object" and reading.verb[0] < reading.verb[1] < reading.subject[1]
    )


def _is_condition(folded: str, reading: Reading) -> bool:
    """True for thresholds and sizes: 达到1亿元的,给予; 100亩左右的家庭农场; 亿元以上项目."""
    quantity = reading.site.quantity
    after = quantity.end
    if _CONDITION_TAIL.match(folded, after):
        return True
    lead = reading.site.left
    if (
        lexicon("eligible").at_start(folded, lead, quantity.start) > lead
        and folded[after : after + 1] == "的"
        and not reading.cut
    ):
        return True
    if quantity.kind in _SIZES and reading.construction in ("counted", "group"):
        bounded = quantity.end > quantity.number_end
        attributive = folded[after : after + 1] == "的"
        noun = after + 1 if attributive else after
        if quantity.kind == "money":
            if not (bounded or attributive):
                return False
            return not _MONEY_NOUNS.match(folded, noun)
        return bounded or attributive
    attributes = lexicon("attribute")
    subject = reading.subject
    if (
        attributes.at_end(folded, subject[0], subject[1]) < subject[1]
        and folded[after : after + 1] == "的"
    ):
        return True
    return False


def _is_relative(folded: str, reading: Reading) -> bool:
    """Tell whether the number only narrows the noun: 满意率低于六成的科室, 列入清单的12个对象."""
    quantity = reading.site.quantity
    low = reading.site.left
    if lexicon("reach", "up", "down").at_end(folded, low, quantity.start) < quantity.start:
        return not reading.verb[0] < reading.verb[1]
    bounded = quantity.start < quantity.number_start
    return (
        bounded
        and low < quantity.start
        and not reading.cut
        and not reading.verb[0] < reading.verb[1]
    )


def _is_limit_per_case(folded: str, reading: Reading) -> bool:
    """True for 48小时内办结, 压缩至3个工作日, 培训不少于15天; not for periods and ages."""
    quantity = reading.site.quantity
    lead = folded[max(0, quantity.start - 24) : quantity.start]
    if _ANNOUNCED.search(lead):
        return False
    if reading.construction == "limit":
        return True
    if reading.construction == "predicate":
        return reading.subject[0] < reading.subject[1] or reading.cut
    if quantity.kind == "age":
        return False
    within = quantity.comparison == "le" and quantity.unit in _LIMIT_UNITS
    if reading.construction in ("counted", "group"):
        if _NAMED_SPAN.match(folded, quantity.end):
            return False
        return within or (
            quantity.unit in ("工作日", "小时") and reading.noun[1] - reading.noun[0] <= 4
        )
    if within:
        return True
    return (
        quantity.start < quantity.number_start
        and quantity.unit not in ("年",)
        or quantity.unit in ("学时", "课时", "学分")
    )


def _counts(folded: str, reading: Reading, before: Reading | None) -> bool:
    """True where a verb, a goal or a preceding target governs the counted noun."""
    quantity = reading.site.quantity
    noun = folded[quantity.end : reading.end]
    chinese = not folded[quantity.number_start].isdigit()
    if noun.endswith(_PURE_GENERIC) or noun.startswith(_PURE_GENERIC):
        return False
    if chinese and quantity.kind == "count":
        bare = noun.rstrip("的")
        if lexicon("generic").at_end(bare, 0, len(bare)) < len(bare) or noun.startswith("全覆盖"):
            return False
        verb = folded[reading.verb[0] : reading.verb[1]]
        if verb and lexicon("action").at_end(verb, 0, len(verb)) == len(verb):
            return False
    if "民生实事" in noun or _MEANS.search(noun) is not None:
        return False
    if folded[reading.subject[1] - 1] == "的" and reading.subject[0] < reading.subject[1]:
        return False
    tally = lexicon("tally")
    lead = folded[max(0, reading.start - 12) : quantity.start]
    if quantity.unit in ("项", "条", "件", "个") and tally.at_end(noun, 0, len(noun)) < len(noun):
        if _TALLY_VERB.search(lead):
            return False
    if reading.verb[0] < reading.verb[1]:
        verb = folded[reading.verb[0] : reading.verb[1]]
        # 提升40家平价商店的管理水平: the verb governs the quality, the number what is there.
        return not (verb in _QUALITY_VERBS and "的" in noun)
    if "每" in folded[reading.start : quantity.start]:
        return True
    if reading.site.joint and before is not None and reading.site.previous is before.site:
        return True
    if reading.cut and reading.start == quantity.start:
        return quantity.kind != "duration"
    return reading.site.base is not None and reading.cut


def _is_past(folded: str, sentence: int, reading: Reading, year: int | None) -> bool:
    """Tell whether the words before the number report a result."""
    number = reading.site.quantity.start
    begin = _continued(folded, max(sentence, number - 160), number)
    lead = _COMPARED.sub(lambda m: " " * len(m[0]), folded[begin:number])
    lead = lead[lead.rfind(";") + 1 :]
    clause = lead[max(0, len(lead) - (number - reading.site.clause.start)) :]
    if _pattern("done").search(clause) and not _pattern("aim").search(clause):
        return True
    opened = None
    for match in _pattern("past").finditer(lead):
        if _OPENS.search(lead, 0, match.start()):
            opened = match.end()
    if year is not None and opened is None:
        printed = list(_YEAR.finditer(lead))
        if printed and int(printed[-1][1]) < year:
            opened = printed[-1].end()
    if opened is None and _pattern("fact").search(lead):
        return True
    rest = folded[reading.end : reading.end + 160].partition(";")[0]
    if (
        opened is None
        and _CONTRAST.search(rest)
        and not (reading.cut or _pattern("aim").search(lead))
    ):
        # 茶园面积60万亩,但树势老化: what is said before the objection is the state of things.
        return True
    return opened is not None and _pattern("aim").search(lead, opened) is None


def _continued(folded: str, begin: int, number: int) -> int:
    """Return where the sentence begins that a line break cuts after a comma."""
    back = begin
    for _ in range(2):
        while back > 0 and folded[back - 1].isspace():
            back -= 1
        if back == begin or back == 0 or folded[back - 1] not in ",、" or number - back > 200:
            return begin
        begin = back = (
            max(folded.rfind("。", 0, back), folded.rfind("\n", max(0, back - 80), back)) + 1
        )
    return begin


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(lexicon(name).exceptions, key=lambda w: -len(w))
    return re.compile("|".join(map(re.escape, words)))


def _has_indicator(folded: str, reading: Reading, before: Reading | None) -> bool:
    """True where something says what is measured."""
    quantity = reading.site.quantity
    if reading.construction in ("counted", "group", "limit"):
        return True
    if reading.subject[0] < reading.subject[1] or reading.verb[0] < reading.verb[1]:
        return _is_word(folded, reading)
    if reading.construction == "predicate" or reading.cut:
        return True
    return bool(reading.site.joint) and before is not None or quantity.start < quantity.number_start


def _is_word(folded: str, reading: Reading) -> bool:
    lead = folded[reading.start : reading.site.quantity.start]
    return any("\u4e00" <= c <= "\u9fff" for c in lead)

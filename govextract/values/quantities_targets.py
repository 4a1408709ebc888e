"""Which numbers are targets: those that can be met or missed when the period ends."""

from __future__ import annotations

import re

from govextract.values.quantities_clauses import QUOTES, TITLES
from govextract.values.quantities_conditions import is_offered, is_threshold
from govextract.values.quantities_opening import REACHES_RANK
from govextract.values.quantities_parts import TIME_UNITS, Reading, is_tied
from govextract.values.quantities_past import is_past
from govextract.values.quantities_registers import lexicon, pattern
from govextract.values.quantities_sites import MAX_REACH

_SIZES = ("money", "area", "mass", "length", "energy", "volume", "data", "age", "times")
_TRAINING_UNITS = ("学时", "课时", "学分")
# Measure words that as often order or sort as they count.
_WEAK_UNITS = ("度", "方", "路", "线", "期", "类", "种", "层", "位", "轮", "课", "步", "回", "包")
_PORTIONS = ("批", "步", "期", "块", "片", "段", "组", "档", "类", "路", "次")
_RANKS = ("名", "位", "强", "列")
_QUALITY_VERBS = ("提升", "提高", "改善", "优化", "完善", "加强", "巩固", "增强", "扩大")
_ANNOUNCED = re.compile(
    r"(?:印发|(?<!预警)(?<!信息)发布|公布|施行|下发|出台|签发|实施)(?:之日起|后|$)"
)
# 每季度结束后7个工作日内, 每月前5个工作日内: by when, not for how long
_RECURS = re.compile(
    r"每个?(?:月份?|季度?|半年|年度?|周|学期)的?(?:结束|终了)?(?:之|以)?[前后](?:的?第|首)?$"
)
# 落实稳增长18条措施: a paper by its name
_MEASURES = ("措施", "政策", "举措", "意见", "新政")
_ISSUED = re.compile("出台|制定|推出|提出|形成|研究|细化|梳理|实施")
_ARTICLES = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[项条款章节个](?:至|到|、|-)$")
# 并处以二万元以上, 责令停业2个月: what befalls those who offend
_SANCTION = re.compile(r"(?:并处以?|处以|责令[^,。;]{0,8}?(?:停|关闭|改正)[^,。;]{0,4})$")
# 申报单位应具备以下条件: 营业收入不低于5亿元
_ELIGIBILITY = re.compile(r"(?:具备|符合|满足)(?:以下|下列|如下)[^。;]{0,6}条件")
_DIVIDED = re.compile("[\u4e00-\u9fff]{0,6}?(?:工作|任务|事项)[^,。;]{0,6}?(?:分解|分工|印发|下达)")
_EACH_ONE = re.compile("一[\u4e00-\u9fff]一")
_RANKED = re.compile("(?:排名|位次|排位|名次)[^,。;]{0,6}" + REACHES_RANK)
_NAMES = re.compile("[^、,0-9各每]{1,12}(?:、[^、,0-9各每]{1,12})+")
_ASPECTS = re.compile(r"(?:方面|环节|领域|层面|阶段|大类|维度)")
_CONDITION_TAIL = re.compile(r"的(?:[,;。、)]|$|\s)")
_PENALTY = re.compile(r"[^,。;]{0,14}?(?:罚款|拘留|罚金|滞纳金|通报批评|约谈|问责|诫勉)")
# 58个县中选择几个, 200米内不得新建: the number is a stock to choose from or a ban.
_PART_OF = re.compile(r"中(?:选择|遴选|选取|择优|评选)|不得|禁止")
_COPIES = re.compile(r"(?:一式|印|正本|副本)[^,。]{0,2}$")
_SCORED = re.compile(r"(?:[扣加减得计]|满分|每[低高少多])$")
_ROAD = re.compile(r"[国省县乡]道$")
_STOCK = re.compile(r"的?[\u4e00-\u9fff]{0,4}(?:用量|使用量|消费量|需求量|需要量|库存|储备|耗量)")
_TERM = re.compile("期限?(?:一般|通常|原则上)?$")
_SPANS = ("期", "期限", "时间", "年限", "寿命", "周期", "年数")
# 在创建40家的基础上, 将16%税率改按13%: what has been so far. (≥0.5吨) sizes what it follows.
_SIZE_OF = re.compile(
    "(?:总投资|投资概算|概算(?:投资)?|[估预]算(?:总)?投资|计划总投资|建设(?:范围|规模|工期)|(?:规划|总)?(?:建筑|用地|占地)(?:总)?面积|[全线]长"
    "|设计(?:床位|能力|产能|规模|库容|年限)|总库容)(?:约|共)?$"
)
_SUPERSEDED = re.compile(r"[^,;。]{0,24}基础上|[^,;。]{0,30}改按")
_FACED = re.compile(r"面向[^,]{0,6}$")
_MEASURED_OFTEN = ("次数", "频次", "人次", "量")
# 20户以上自然村, 500人以上学校: the number sorts the places, it counts nobody.
_SORTED_PLACES = re.compile(
    r"的?(?:规模|规模化|大型|重点)?(?:养殖场|养猪场|猪场|养殖户|自然村|行政村|村|屯|小区|聚居|居民点|安置点|超?大?班额|学校|工地|机构|场所|企业|自建房|建筑|楼)"
)


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
    if _is_named(folded, reading) or _is_single(folded, reading) or _is_condition(folded, reading):
        return False
    if is_threshold(folded, sentence, reading.site.clause, quantity):
        return False
    if _ELIGIBILITY.search(folded, max(sentence, quantity.start - 2 * MAX_REACH), quantity.start):
        return False
    if quantity.kind == "frequency" and quantity.value < 100:
        measured = folded.endswith(_MEASURED_OFTEN, *reading.subject)
        return measured and (
            reading.construction == "predicate" or quantity.start < quantity.number_start
        )
    if quantity.kind in ("duration", "age") and not _is_limit_per_case(folded, reading):
        return False
    if _tells_tasks(folded, reading) or _sizes_project(folded, reading):
        return False
    if reading.construction == "counted" and not _counts(folded, reading, before):
        return False
    if reading.construction == "group" and not _is_group(folded, reading):
        return False
    return _has_indicator(folded, reading, before) and not is_past(folded, sentence, reading, year)


def _is_named(folded: str, reading: Reading) -> bool:
    """Tell whether the number belongs to a name, a rank, a score, copies or a denominator."""
    quantity, site = reading.site.quantity, reading.site
    begin = quantity.number_start
    if folded[begin - 1 : begin] == "前" and quantity.unit in _RANKS:
        # 排名进入全省前10位 can be met; 前10名的企业 names some
        return not _RANKED.search(folded, max(0, begin - MAX_REACH), begin)
    if site.base is not None and site.base >= begin - 5 and folded[site.base] not in "由从":
        return True
    if lexicon("phrase").at_start(folded, begin, len(folded)) > begin:
        # 拓展两个市场: a set phrase for what everybody knows.
        return True
    if reading.construction == "object" and reading.verb[0] == reading.verb[1]:
        # 甲、乙、丙三个集散中心: the number counts the names in front of it
        names = _NAMES.fullmatch(folded, reading.subject[0], begin)
        if names is not None and quantity.value == names[0].count("、") + 1:
            return True
    if _ARTICLES.search(folded, max(0, begin - 8), begin):
        return True  # 违反第三项至八项规定
    if folded[begin - 1 : begin] == "分" and quantity.unit in _PORTIONS:
        return True  # 分两批, 分三步
    low = max(0, begin - 4)
    if quantity.unit == "份" and _COPIES.search(folded, low, begin + 1):
        return True
    if quantity.unit == "分" and _SCORED.search(folded, low, begin):
        return True
    if (
        folded.startswith("范围", quantity.end)
        or (_ASPECTS.match(folded, quantity.end) and reading.construction != "predicate")
        or (quantity.kind != "length" and _ROAD.search(folded, low, begin))
    ):
        return True
    # 5G基站, 亿元产业: only between a predicate and its end do these state a figure.
    if quantity.unit == "G" and reading.construction != "predicate":
        return True
    if quantity.unit == "页" and quantity.start == quantity.number_start:
        return True
    if quantity.unit == "条" and folded.startswith(_MEASURES, quantity.end):
        return not _ISSUED.search(folded, *reading.verb)
    if quantity.unit == "路" and reading.construction == "group":
        return True
    if quantity.kind == "mass" and reading.construction in ("counted", "group"):
        # 年产30万吨己内酰胺, 400万吨煤制油项目完成核准: the capacity is part of the name.
        named = reading.construction == "group" and "项目" in folded[quantity.end : reading.end]
        if named or folded.endswith("年产", 0, quantity.start):
            return True
    if reading.construction in ("counted", "group") and (
        quantity.bare or quantity.unit in lexicon("rated").exceptions
    ):
        return True
    return quantity.unit in _WEAK_UNITS and not folded[begin].isdigit()


def _is_single(folded: str, reading: Reading) -> bool:
    """Tell whether a Chinese one counts nothing: 一个体系, 一批, 一支队伍."""
    quantity = reading.site.quantity
    if quantity.value != 1 or folded[quantity.number_start] != "一" or quantity.kind != "count":
        return False
    if quantity.number_start - quantity.start >= 2:
        return False
    if _EACH_ONE.search(folded, quantity.number_start - 2, quantity.number_end + 3):
        return True
    if any(size.value == 1 and size.unit == quantity.unit for size in reading.site.sizes):
        # 发现一起曝光一起: the one stands for each.
        return True
    if "每" in folded[reading.start : quantity.start]:
        return folded[quantity.start - 1] == "由"
    if quantity.unit == "批":
        return True  # 新增示范社一批
    object_named = reading.verb[0] < reading.verb[1] < reading.subject[1]
    return not (reading.construction == "object" and object_named)


def _is_condition(folded: str, reading: Reading) -> bool:
    """Tell thresholds and sizes: 达到1亿元的,给予; 100亩左右的家庭农场; 亿元以上项目."""
    quantity, site = reading.site.quantity, reading.site
    after = quantity.end
    if quantity.kind == "duration" and is_offered(folded, quantity):
        return False
    if folded.endswith("的", quantity.end, reading.end):
        return True  # 有两个主办单位的,按属地原则办理
    if _SUPERSEDED.match(folded, after) or (
        site.clause.within == "("
        and quantity.start == site.clause.start
        and folded[quantity.start] in "≥>≤<"
    ):
        return True
    attributive = folded.startswith("的", after)
    if attributive and _CONDITION_TAIL.match(folded, after):
        return True
    if folded.startswith("不足", quantity.start):
        # What falls short is a state or a threshold.
        return True
    if _PENALTY.match(folded, after) or (
        site.clause.within == "(" and folded.startswith("含", site.clause.start)
    ):
        return True
    if _SANCTION.search(folded, max(0, quantity.start - 20), quantity.start):
        return True
    if pattern("barred").search(
        folded, max(site.clause.start, quantity.start - MAX_REACH), quantity.start
    ):
        return True
    if quantity.kind == "age" and folded.endswith(("放宽至", "放宽到"), 0, quantity.start):
        return True
    if reading.construction not in ("counted", "group"):
        return False
    if (
        attributive
        and not reading.cut
        and lexicon("eligible").at_start(folded, site.left, after) > site.left
    ):
        return True
    if attributive and _is_relative(folded, reading):
        return True
    if _is_case(folded, reading):
        return True
    bounded = quantity.end > quantity.number_end
    if quantity.kind == "count" and bounded and _SORTED_PLACES.match(folded, after):
        return quantity.unit in ("户", "人", "张", "床", "头", "名", "层")
    # 50亿元企业实现零的突破: so much as those have of which the sentence speaks
    sized = quantity.kind == "money" and folded.startswith(("企业", "项目"), after)
    if quantity.kind not in _SIZES or not (bounded or attributive or sized):
        return False
    noun = folded[after : min(reading.site.right, after + 18)]
    if quantity.kind == "money":
        return pattern("money").search(noun) is None
    return attributive or pattern("entity").search(noun) is not None


def _is_case(folded: str, reading: Reading) -> bool:
    """Tell the number of those to whom something applies: 对带动30户以上的主体,给予奖励."""
    clause = reading.site.clause
    if reading.cut or not folded.startswith(("对", "凡"), clause.start):
        return False
    after = reading.site.quantity.end
    return "的" in folded[after : min(clause.end, after + MAX_REACH)]


def _is_relative(folded: str, reading: Reading) -> bool:
    """Tell whether the number only narrows the noun: 满意率低于六成的科室."""
    quantity = reading.site.quantity
    low = max(reading.opening, reading.verb[1] if reading.verb[0] < reading.verb[1] else 0)
    if low >= quantity.start:
        return False
    said = lexicon("reach", "up", "down").at_end(folded, low, quantity.start) < quantity.start
    return said or quantity.start < quantity.number_start


def _is_limit_per_case(folded: str, reading: Reading) -> bool:
    """Tell 48小时内办结, 压缩至3个工作日, 培训不少于15天 from periods, ages and terms."""
    quantity = reading.site.quantity
    if _ANNOUNCED.search(folded, max(0, quantity.start - 24), quantity.start):
        return False
    if _RECURS.search(folded, max(0, quantity.start - 12), quantity.start):
        return False
    if is_offered(folded, quantity):
        return True
    if reading.construction == "limit":
        return quantity.unit != "月" or reading.opening < reading.start
    named = reading.site.base is None and folded[quantity.start - 1] == "为"
    if named and _TERM.search(folded, *reading.subject):
        return False
    if quantity.kind == "age":
        return reading.construction == "predicate" and "寿命" in folded[slice(*reading.subject)]
    if reading.construction == "predicate":
        return reading.subject[0] < reading.subject[1] or reading.cut
    if folded.endswith(("之日起", "后"), 0, quantity.start):
        return False
    within = quantity.comparison == "le" and quantity.unit in TIME_UNITS
    if quantity.start < quantity.number_start and _STOCK.match(folded, quantity.end):
        # 储备不少于10天用量: so much as is used in that time.
        return True
    if reading.construction in ("counted", "group"):
        return (
            within
            and lexicon("named").at_start(folded, quantity.end, reading.site.right) == quantity.end
        )
    bounded = quantity.start < quantity.number_start or quantity.comparison == "ge"
    kept = lexicon("kept").at_end(folded, *reading.subject) < reading.subject[1]
    if quantity.unit == "年":
        return bounded and (kept or folded.endswith(_SPANS, *reading.subject))
    counted = quantity.unit == "小时" and reading.verb[0] < reading.verb[1] < reading.subject[1]
    return within or bounded or counted or quantity.unit in _TRAINING_UNITS


def _counts(folded: str, reading: Reading, before: Reading | None) -> bool:
    """Tell whether a verb, a goal or a preceding target governs the counted noun."""
    quantity = reading.site.quantity
    noun = folded[quantity.end : reading.end]
    verb = folded[reading.verb[0] : reading.verb[1]]
    if not _is_countable(folded, reading, noun):
        return False
    if verb:
        if verb in lexicon("keeping").exceptions:
            return False
        # 提升40家平价商店的管理水平: the verb governs the quality, the number what is there.
        return not (verb in _QUALITY_VERBS and "的" in noun)
    if "每" in folded[reading.start : quantity.start]:
        return True
    if _faces(folded, reading) or quantity.kind == "duration":
        return True
    if before is not None and is_tied(folded, reading, before):
        return True
    if (
        reading.cut
        and quantity.kind in ("money", "share")
        and (quantity.start < quantity.number_start or folded.startswith("一次性", reading.start))
    ):
        return True
    if reading.cut and reading.start == quantity.start:
        return quantity.kind != "duration" and not _leaves_words(folded, reading)
    return reading.site.base is not None and reading.cut


def _tells_tasks(folded: str, reading: Reading) -> bool:
    """Tell the number of the circular's own tasks: 分解成52项具体工作任务, 形成预期目标7项."""
    quantity = reading.site.quantity
    if quantity.unit not in ("项", "条", "件", "个"):
        return False
    if folded[quantity.start - 1] == "为" and reading.noun[0] == reading.noun[1]:
        begin = max(reading.site.clause.start, quantity.start - 8)
        return pattern("divided").search(folded, begin, quantity.start) is not None
    if _DIVIDED.match(folded, quantity.end):
        return True  # 现将22项重点工作任务分解印发给你们
    low, high = reading.noun if reading.noun[0] < reading.noun[1] else reading.subject
    if lexicon("tally").at_end(folded, low, high) == high:
        return False
    begin = max(reading.site.clause.start, reading.start - 12)
    return pattern("divided").search(folded, begin, quantity.start) is not None


def _sizes_project(folded: str, reading: Reading) -> bool:
    """Tell how large or dear a project is (总投资2.6亿元, 全长57公里) from what is to be reached."""
    quantity = reading.site.quantity
    if (
        reading.construction != "object"
        or reading.cut
        or quantity.comparison not in ("eq", "approx")
    ):
        return False
    lead = folded[reading.start : quantity.start]
    planned = lead.startswith(("规划", "设计", "计划"))
    verbs = lexicon("action", "up", "down")
    begins = verbs.at_start(folded, reading.start, quantity.start) > reading.start
    acts = reading.verb[0] < reading.verb[1] or begins
    if "每" in lead or (acts and not planned):
        return False
    return _SIZE_OF.search(folded, reading.start, quantity.start) is not None


def _is_group(folded: str, reading: Reading) -> bool:
    """Tell whether something to be reached is said of a group: 50%的村完成确权."""
    quantity = reading.site.quantity
    noun = folded[quantity.end : reading.end]
    if not _is_countable(folded, reading, noun):
        return False
    lead = folded[reading.opening : reading.start]
    if _faces(folded, reading):
        return True
    if lead.endswith(("与", "和", "同", "跟", "向", "由")):
        return False
    if lead.endswith("对") and pattern("treated", "worked").search(noun) is None:
        # 对115家企业实行专人服务 counts what is there, 对9座填埋场封场 what is done.
        return False
    if folded[quantity.number_start].isdigit() or quantity.kind != "count":
        return True
    # 三张清单印发给你们: a Chinese numeral of things is a target only where something aims at it.
    return reading.cut and not _leaves_words(folded, reading)


def _faces(folded: str, reading: Reading) -> bool:
    """Tell those who are to be reached: 面向2000名技工开展培训."""
    quantity = reading.site.quantity
    if quantity.unit not in ("名", "人", "人次", "户", "家"):
        return False
    faced = _FACED.search(folded, max(0, quantity.start - 10), quantity.start)
    return faced is not None and folded[quantity.number_start].isdigit()


def _is_countable(folded: str, reading: Reading, noun: str) -> bool:
    """Tell things that can be counted off from aspects, means and what is already there."""
    quantity = reading.site.quantity
    if _ASPECTS.search(noun[:10]):
        return False
    if _PART_OF.search(noun) or pattern("means").search(noun) or noun.startswith("全覆盖"):
        return False
    if not folded[quantity.number_start].isdigit() and quantity.kind == "count":
        bare = noun.rstrip("的")
        if lexicon("generic").at_end(bare, 0, len(bare)) < len(bare):
            return False
    lead = folded[reading.opening : quantity.start]
    return not lead.endswith(("的", "的约", "的近"))


def _leaves_words(folded: str, reading: Reading) -> bool:
    """Tell whether words that are neither names nor a place stand between goal and number."""
    lead = folded[reading.opening : reading.start]
    return bool(lead) and "、" not in lead and not lead.endswith(("等", "及", "和", "与", "在"))


def _has_indicator(folded: str, reading: Reading, before: Reading | None) -> bool:
    """Tell whether something says what is measured."""
    quantity = reading.site.quantity
    if reading.construction in ("counted", "group", "limit"):
        return True
    if reading.start < reading.subject[1]:
        lead = folded[reading.start : reading.subject[1]]
        return any("\u4e00" <= c <= "\u9fff" for c in lead)
    if reading.construction == "predicate" or reading.cut or reading.opening < reading.start:
        return True
    if "每" in folded[reading.start : quantity.start]:
        return True
    if folded.endswith("其中", 0, reading.start):
        return True
    tied = bool(reading.site.joint) and before is not None
    return tied or quantity.start < quantity.number_start

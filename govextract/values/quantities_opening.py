"""Where the words of a target may begin: behind aspirations, times, adverbs, places, conditions."""

from __future__ import annotations

import re
from functools import cache

from govextract.values.quantities_registers import lexicon, pattern

_YEAR = r"(?:20\d\d|二〇[一二三四][〇一二三四五六七八九])年(?:度)?"
_MONTH = r"(?:\d{1,2}|十[一二]|[一二三四五六七八九十元])月(?:份|\d{1,2}日)?"
_LIMIT = r"(?:年?[底末终]|年?(?:中(?![央心小等型华国外共药医学高西东部])|初(?![中级次步期]))|上旬|中旬|下旬|以?[内前]|之[前内]|期间|时|起|上半年|下半年|年内)"
# The first characters rule most places out before a form is tried.
_TIME_FIRST = '到至于在自从再用截今明当次本年全上下前第“"十春国元中汛入采端重清古开泼以每秋'
_NUMERALS = "0123456789〇一二两三四五六七八九十百"
TIME = re.compile(
    rf"(?=[{_TIME_FIRST}\d〇一二两三四五六七八九])"
    rf"(?:(?:到|至|于|在|自|从|再用|用|截至)?(?:{_YEAR}(?:{_MONTH}|[一二三四1-4]季度|{_LIMIT})*"
    rf"|(?:今|明|当|次|(?<!基)本)年(?:度)?(?:{_MONTH}|{_LIMIT})*|{_MONTH}{_LIMIT}*|年(?:内|底|末|终|中|度内)前?"
    r"|全年|上半年|下半年|前三季度|(?:[一二三四1-4]|第[一二三四])季度[末底]?前?"
    r"|[“\"]?十[三四五]五[”\"]?(?:期间|时期|期?末)"
    r"|(?:春节|国庆节?|元旦|中秋节?|汛期|入冬|采暖季|[五七八]一|十一|端午节?|重阳节?|清明节?"
    r"|古尔邦节|开斋节|泼水节)[前后]|(?:\d+|[一二两三四五])年(?:内|左右|时间|(?=累计))"
    r"|(?:\d+|[一二两三四五六])个月内|以后每年|每年|每月|每季度?|每半年|每周|每学[年期]|[春秋]季学期起)(?:,|前)?)"
)
_TIME_SIGNS = frozenset(_TIME_FIRST + _NUMERALS)
# A time word with these around it names what is measured or compared, and bounds nothing.
_COMPARED_BEFORE = ("比", "较", "以", "与", "同", "均")
# 不少于全年用量的60%: the time belongs to what the bound compares with.
_WITHIN_BEFORE = (
    "不少于",
    "不低于",
    "不超过",
    "不高于",
    "超过",
    "低于",
    "高于",
    "相当于",
    "的",
    "其",
)
_NAMED_AFTER = re.compile(
    r"(?:以前|之前|以后|之后|以来|相比|同期|建成的|建成并|绩效|度|版|水平|基数|基础|为基|的|(?:登记|注册|建成)的)"
)
_RATED = re.compile(r"[^,、。]{0,9}?(?:率|产消比|占比)")
_FISCAL = ("补助", "补贴", "出资", "贴息")
_TURNS = re.compile(r"将|把|由|对(?!外|口|接|标|比|象|账|欧|美|日|俄|华|台|港)")
_LEAD = re.compile(
    r"(?:<br ?/?>|[\s\-•·★■◆●▲○□※*#|]+|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)"
    r"|[一二三四五六七八九十]是(?:要)?|第[一二三四五六七八九十百]{1,4}(?:[,、]|条\s)|[①-⑳])+"
)
_LEAD_FIRST = frozenset("<-•·★■◆●▲○□※*#|(（第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" + _NUMERALS)
# An amount that is given: what stands before it says to whom or when; 将 and 把 open their object.
_GIVEN = re.compile(
    r"(?=[最将把的按比可申享获返])(?:(?<=.)(?=最高(?:奖励|补助|补贴|给予|限额|\d))|(?:将|把)(?!近|军|来|要|于|会|握|关|手)|的(?=(?:分别|各|一次性|可|按|每[\u4e00-\u9fff]){0,3}(?:奖励|补助|补贴|给予|资助|奖补|最高|罚款))"
    r"|按照|比照|按(?!照|时|期|揭|需|规|质|量|比例|劳|项(?!目)|月|季|年(?!度)|人头)|可?(?:申请|享受|获得|返还)(?=最高|不超过))"
)
_ASKED = re.compile(r"可?以?(?:申请|享受|获得|领取|申领|给予|提出|发放)$")
_GIVING_LAST = re.compile(
    r"(?:分别|各|一次性|每[\u4e00-\u9fff]{1,2}){0,2}(?:奖励|补助|补贴|资助|奖补|救助)$"
)
_TO_WHOM = re.compile(r"[对向为给](?!外|口|接|标|比|象)")
_EACH_CASE = re.compile("每|单|一次性")
_EACH = re.compile(r"每[\u4e00-\u9fff]{1,6}$")
SINGLE = re.compile(r"(?:单个|单户|单家|单项|每(?![年月]))(?:[\u4e00-\u9fff()]){1,10}$")
_AIMING = ("力争", "争取", "确保", "力求", "力促")
# 排名进入全省前10位: how a rank is reached, up to its number
REACHES_RANK = (
    "(?:进入|跻身|位居|位列|列|居|保持在?|稳定在|稳居|达到?|升至|提升到|上升到)[^,。;]{0,8}前$"
)
MEASURE_END = re.compile(r"(?:[率量额值数面度比]|收入|投资|规模|面积|水平|能力)$")
_YEARS = re.compile(r"(?:[一二两三四五六]|\d{1,2})年")
_AGAIN = ("再", "又")
_WANTED = re.compile("[素点求害闻是件道]")  # 要素, 要点: no 要 of what is to be done
_SHORT_BRACKET = re.compile(r"\([^()]{1,6}\)")
_PLACE = re.compile(
    r"(?:(?:在|依托|利用|借助|依靠|围绕|沿|面向|结合|从|于|为|与|同|会同|通过|采取)[^,]{1,40}|[^,]{0,40}?(?:等(?:方式|形式|途径|渠道|手段|举措|地|县|市|区|地区|县区|镇|县\(市\))|范围内"
    r"|街道|两[地市县镇区乡]|流域|片区|[涝林牧]区|控股集团|(?:财政|民政|水利|水务|教育|住建|交通|林业|商务)局"
    r"|领域|财政|本级|(?:市|县|区|省|州)[\u4e00-\u9fff]{1,8}(?:局|委|办|厅|政府|委员会|管委会|指挥部|办公室|社|公司|集团|医院|中心)|(?:主|中心|老)?城区|建成区|沿线|两侧|周边|境内|辖区内|园区内|所在地))(?:内|中|上)?$"
    # 供销社要储备化肥, 水利部门应当新建泵站: who has to
    r"|[^,、]{1,16}(?:[局委办厅社站所院校园镇乡村县市区州旗]|政府|委员会|部门|单位|企业|公司|集团|中心|街道|银行|医院)(?:要|应当|应|须|必须|需要?)$"
)
# 在现有标准的基础上提高10%: what a change starts from
_BASIS = re.compile(r"(?:在|以)[^,;]{1,30}?基础上再?")
# 由甲局牵头遴选1家: who does it
_CHARGED = re.compile(r"由[^,;]{2,24}?(?:牵头|负责|组织)")
# 工业园区铺设管网6公里: where it is done, in front of a verb that has its object
_SITE = re.compile(
    r"(?![每各])[^,、的和及]{0,12}(?:[园景库矿牧林灌片校厂辖]区|服务区|社区|街道|大道|集镇|圩镇|行政村|[市县]区|口岸|码头|车站)"
)
# (通过收回、)置换等方式处置土地2600亩
# 且不超过总投资的10%
_BOUNDS_NEXT = ("不超过", "不低于", "不少于", "不高于", "最高", "最多", "达到", "控制在")
# what a verb before it makes a place of: 开发地块, 聚集地区, 利用计划中
_SPOT = re.compile(
    "(?:集中|示范|重点|核心)?(?:地区|地块|地段|区域?|片区|园区|用地|场地|计划|规划|项目)[内中上]?"
)
_MANNER = re.compile(r"[^,]{0,40}?等(?:方式|形式|途径|渠道|手段|举措)")
_PREPOSITION = re.compile("在|依托|利用|沿|面向|结合|通过|借助|依靠|围绕")
# 为农户挽回损失, 与结对县互派教师
_RECEIVING = ("为", "与")
_SOURCE = re.compile(r"从[^,]{2,30}?中")
REGIONS = ("全市", "全省", "全县", "全区", "全州", "全国", "全旗", "全盟", "全镇", "全系统")


def opening(folded: str, left: int, begin: int, number_last: bool) -> tuple[int, bool]:
    """Return where the words of a target may begin in ``folded[left:begin]``.

    Parameters
    ----------
    folded
        The folded text.
    left, begin
        The words before the number.
    number_last
        True where no noun follows the number, so that 完成 before it may state a result.

    Returns
    -------
    tuple
        The offset, and whether an aspiration or a time stands directly before it.
    """
    at, cut = left, False
    for match in pattern("goal").finditer(folded, left, begin):
        if match[0] == "有" and (
            "每" in folded[at : match.start()]
            or (match.end() != begin and folded[match.end()] != "每")
        ):
            continue
        if match[0] == "完成" and folded.endswith("累计", at, match.start()):
            continue  # 三年累计完成投资320亿元
        if _EACH.search(folded, at, match.start()):
            # 每个县落实资金不少于2000万元: the base stays inside.
            continue
        # 产值完成240亿元, 占比力争达到50%: between indicator and number the word stays inside.
        if not number_last or not (
            _states_level(folded, at, match, begin) or _invests(folded, at, match)
        ):
            at, cut = match.end(), True
    for match in TIME.finditer(folded, at, begin):
        if _is_limit(folded, match, begin):
            at, cut = match.end(), True
    basis = _BASIS.search(folded, at, begin)
    if basis and (basis.start() == at or folded[at] in "对向给"):
        at, cut = basis.end(), True
    charged = _CHARGED.match(folded, at, begin)
    if charged and lexicon("action", "work").at_start(folded, charged.end(), begin) > charged.end():
        at = charged.end()
    for match in _GIVEN.finditer(folded, at, begin):
        # 单个企业最高补助500万元: the case to which the amount applies stays inside.
        if match[0] or not _EACH_CASE.search(folded, at, match.start()):
            at, cut = match.end(), True
    for match in _GIVING_LAST.finditer(folded, at, begin):
        # 对首次上规企业一次性奖励20万元: to whom it is given stays outside.
        received = folded.endswith(("给予", "予以"), 0, at) and at < match.start()
        received = received and not folded.startswith(("一次性", "每"), at)
        payer = lexicon("payer").at_start(folded, at, begin)  # 省级财政对每个科室一次性奖补20万元
        if received or _TO_WHOM.match(folded, payer):
            at, cut = match.start(), True
    if folded.startswith(("最高", "最多", "最长", "不超过", "不高于"), begin):
        asked = _ASKED.search(folded, at, begin)
        at, cut = (asked.end(), True) if asked else (at, cut)
    at, cut = strip(folded, at, begin, cut)
    return _behind_payer(folded, at, begin), cut


def _behind_payer(folded: str, at: int, begin: int) -> int:
    """Return where the verb begins behind who pays and from what: 省财政继续从…资金中安排."""
    verbs, given = lexicon("give"), lexicon("payer")
    stop = given.at_start(folded, at, begin)
    stop = strip(folded, stop, begin, False)[0]
    source = _SOURCE.match(folded, stop, begin)
    if source is not None:
        stop = source.end()
    if folded.endswith("财政", at, stop) and folded.startswith(_FISCAL, stop):
        return at  # 省级财政补助55%: one noun
    return stop if verbs.at_start(folded, stop, begin) > stop else at


def topic_end(folded: str, left: int, start: int) -> int:
    """Return where the first aspiration, time or 按 behind a subject begins before `start`."""
    at = strip(folded, left, start, False)[0]
    found = start
    for words in (pattern("goal"), TIME, _GIVEN):
        match = words.search(folded, at, start)
        if match is not None:
            found = min(found, match.start())
    return found


def _states_level(folded: str, left: int, match: re.Match[str], begin: int) -> bool:
    """Tell whether only words of reaching stand between a goal word and its number."""
    at = begin
    words = lexicon("filler", "reach", "up", "down")
    while at > match.end() and (further := words.at_end(folded, match.end(), at)) < at:
        at = further
    if at > match.end():
        return False
    subject = strip(folded, left, match.end(), False)[0]
    if at == begin and match[0] not in lexicon("reach").exceptions:
        # 利用率力争突破22%, 吞吐量力争150万人次
        measured = MEASURE_END.search(folded, subject, match.start()) is not None
        if match[0] not in _AIMING or not measured:
            return False
    # 分别给予每人每月3000元: nothing is measured before the verb
    said = folded[subject : match.start()]
    return bool(said) and said not in ("分别", "各", "一次性", "均")


def _invests(folded: str, left: int, match: re.Match[str]) -> bool:
    """Tell 甲至乙高速公路完成投资18亿元, whose subject stands directly before the verb."""
    if match[0] != "完成" or not folded.startswith("投资", match.end()):
        return False
    subject = strip(folded, left, match.start(), False)[0]
    return subject < match.start() and not folded.endswith("领域", 0, match.start())


def _is_limit(folded: str, match: re.Match[str], begin: int, at_head: bool = False) -> bool:
    """Tell a time that bounds the target from one that names or compares something."""
    at = match.start()
    if folded.endswith(_WITHIN_BEFORE, 0, at):
        return False
    if folded.endswith(_COMPARED_BEFORE, 0, at) and not folded.startswith("年均", at):
        return False
    if "每" in match[0] and not at_head:
        said = lexicon("up", "down", "reach").at_start(folded, match.end(), begin) > match.end()
        # 由每月50元提高到100元: the change begins at so much a month
        bounded = folded[at - 1] in "人户亩生园床由从" or match[0].startswith("从")
        if said or match.end() == begin or bounded or folded[match.end()] == "每":
            return False
        if SINGLE.search(folded, max(0, at - 12), at):
            # 单个项目每年补助不超过50万元: the base stays inside.
            return False
    if match[0] == "当年" and _RATED.match(folded, match.end()):
        return False  # 当年签约项目开工率
    return not _NAMED_AFTER.match(folded, match.end())


@cache
def _stripped_first() -> frozenset[str]:
    """Return the characters that something to be skipped can begin with."""
    words = lexicon("head", "minor", "light").by_first
    signs = "<-•··★■◆●▲○□※*#|(（第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳将把由对累要、"
    return frozenset({*words, *signs, *_TIME_FIRST, *_NUMERALS})


def strip(folded: str, at: int, begin: int, cut: bool) -> tuple[int, bool]:
    """Skip numbering, adverbs, times and connectives at the head of a target's words."""
    if not _is_skipped(folded[at : at + 1]):
        return min(at, begin), cut
    heads, minor = lexicon("head"), lexicon("minor")
    verbs = lexicon("action", "goal", "up", "down", "work")
    strong = lexicon("action", "goal", "up", "down")
    begins = lexicon("action", "work", "up", "down")
    for _ in range(10):
        last = at
        sign = folded[at : at + 1]
        # each pattern is tried only where one of its first characters stands
        if sign in _LEAD_FIRST or sign.isspace() or sign.isdigit():
            lead = _LEAD.match(folded, at, begin)
            if lead:
                at = lead.end()
                sign = folded[at : at + 1]
        if sign in _TIME_SIGNS:
            time = TIME.match(folded, at, begin)
            if time and _is_limit(folded, time, begin, at_head=True):
                at, cut = time.end(), True
                sign = folded[at : at + 1]
        if sign in _NUMERALS:
            span = _YEARS.match(folded, at, begin)
            if span and verbs.at_start(folded, span.end(), begin) > span.end():
                at, cut = span.end(), True
        stop = heads.at_start(folded, at, begin)
        only = stop == begin and folded.startswith("其中", at)
        # 基本建成, 统筹安排: an adverb that makes one verb with what follows is no adverb.
        if at < stop and (stop < begin or only) and begins.at_start(folded, at, begin) <= stop:
            bracket = _SHORT_BRACKET.match(folded, stop, begin)
            at = bracket.end() if bracket else stop
        if at + 1 < begin and folded[at] == "要" and not _WANTED.match(folded, at + 1):
            at += 1
        if at + 1 < begin and folded[at] in "将把由对" and _TURNS.match(folded, at, begin):
            at += 1
        stop = minor.at_start(folded, at, begin)
        if stop > at and (
            stop == begin
            or (folded[at:stop] in "且并" and folded.startswith(_BOUNDS_NEXT, stop))
            or (
                _acts(
                    folded,
                    (begins if folded[at:stop] in _AGAIN else strong).at_start(folded, stop, begin),
                    stop,
                )
                and begins.at_start(folded, at, begin) <= stop
            )
        ):
            at = stop
        if begin - at == 2 and folded.startswith("累计", at):
            at = begin
        light = lexicon("light").at_start(folded, at, begin)
        if at < light < begin and (
            begins.at_start(folded, light, begin) > light
            or past_region(folded, light, begin) > light  # 支持全省培育1000家
        ):
            at = light
        if at > last and folded[at : at + 1] == "、" and at + 1 < begin:
            at += 1
        if at == last or not _is_skipped(folded[at : at + 1]):
            break
    return min(at, begin), cut


def _is_skipped(sign: str) -> bool:
    """Tell whether something to be skipped can begin with `sign`."""
    return sign in _stripped_first() or sign.isspace() or sign.isdigit()


def _acts(folded: str, stop: int, at: int) -> bool:
    """Tell a verb ``folded[at:stop]`` from the beginning of an indicator (集中安置率)."""
    return stop > at and folded[stop : stop + 1] != "率"


def past_region(folded: str, at: int, end: int) -> int:
    """Return where an action verb begins behind 全市, 全省; `at` where none does."""
    actions = lexicon("action")
    for region in REGIONS:
        stop = at + len(region)
        if folded.startswith(region, at) and actions.at_start(folded, stop, end) > stop:
            return stop
    return at


def _tells_where(folded: str, stop: int, end: int) -> bool:
    """Tell a verb that ends at `stop` and belongs to a place: 利用待开发地块设置…, 在聚集地区新建…."""
    place = _SPOT.match(folded, stop, end)
    return place is not None and (
        lexicon("action", "work").at_start(folded, place.end(), end) > place.end()
    )


def past_place(folded: str, at: int, end: int) -> int:
    """Return where an action verb begins behind a place or region; `at` where none does.

    Examples
    --------
    >>> past_place("依托村级场所新建儿童之家", 0, 12)
    6
    """
    actions, verbs = lexicon("action"), lexicon("action", "work")
    # Behind a preposition a verbal noun (建设, 放映) is the verb, elsewhere it may be a noun.
    if _PREPOSITION.match(folded, at) or _MANNER.match(folded, at, end):
        actions = verbs
    elif folded.startswith(_RECEIVING, at):
        actions = lexicon("action", "work", "up", "down")
    acts = verbs.at_start(folded, at, end) > at
    for begin in range(at + 2, min(end - 1, at + 45)):
        if (
            folded[begin] in actions.by_first
            and (stop := actions.verb_at(folded, begin, end)) > begin
            and not _tells_where(folded, stop, end)
            and (
                _PLACE.fullmatch(folded, at, begin)
                or (not acts and end - stop > 1 and _SITE.fullmatch(folded, at, begin))
            )
        ):
            return begin
    return at

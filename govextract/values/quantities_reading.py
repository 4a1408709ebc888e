"""How a clause states its number: where the target's span begins and ends, and its parts.

Five constructions cover the genre: a *predicate* (地区生产总值增长8%), an *object* whose number
follows (建设高标准农田7500亩), a *counted* noun that follows the number (新建70只候车亭), a *group*
of which something is said (50%的村完成确权) and a *limit* per case (一般投诉3日内办结).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from govextract.records import Change
from govextract.values.quantities_conditions import is_offered
from govextract.values.quantities_counted import noun_end, predicate_after, read_counted
from govextract.values.quantities_opening import (
    MEASURE_END,
    SINGLE,
    TIME,
    opening,
    past_place,
    topic_end,
)
from govextract.values.quantities_parts import (
    TIME_UNITS,
    Reading,
    before_fillers,
    tidy,
    trimmed,
    verb_chain,
)
from govextract.values.quantities_registers import lexicon, pattern
from govextract.values.quantities_sites import Site

_BREAK = re.compile(r"[,;。:、()|\s\[【〔]")
_RECEIVER = re.compile(r"[^,、每单次]{0,14}(?:企业|政府|主体|单位|机构|个人|人员|者|农户|用户)")
_GRANTED_BEFORE = re.compile("给予|予以|享受|提供")
_PER_HEAD = re.compile(r"每[\u4e00-\u9fff]{1,2}每[\u4e00-\u9fff]$")
_PER = re.compile(r"每(?:[百千万\d]*[\u4e00-\u9fff]{1,8}?)$")
# 1小时内报送制度: the noun tells what the limit is written in.
_CASE_STOP = re.compile(
    "(?:,|一?并(?!联|网|案|行)|以及|(?:制度|机制|原则|要求|规定|承诺|目标|标准)(?![\u4e00-\u9fff]))"
)
_EACH_PLACE = re.compile(
    r"(?=[^各]{0,60}?(?:[、由]|[两三][市县区乡镇地]))[^,的每\d]{2,60}?各(?![类种地项级市县区乡镇村单部街])"
)
_TO = ("对", "给", "向", "级", "按")
_EACH_VERB = re.compile(r"(?:每[\u4e00-\u9fff]){1,3}")
_ASIDE = re.compile(r"\([\u4e00-\u9fff]{1,2}\)(?=[\u4e00-\u9fff])")
_PLACE_ALONE = re.compile(r"(?:主|中心|老)?城区|其余|市本级|市级|县级|省级")
_HANZI = re.compile("[\u4e00-\u9fff]")
_GROWTH = ("的增速", "的增幅", "的增长率", "的增长速度")
_GIVING = (
    "申请",
    "享受",
    "获得",
    "领取",
    "申领",
    "提出",
    "发放",
    "给予",
    "予以",
    "按",
    "按照",
    "减按",
    "支付",
)
_ANCHOR = re.compile("(?:之日起|之日|[后起于]|(?<![制定持缩限])在)$")
_GRANTS = ("给予", "予以")
_HELPED = re.compile(
    "(?:企业|主体|组织|合作社|农场|农户|大户|学校|高校|院校|院所|机构|医院|园区|银行|人员|村民|群众|牧民)$"
)
_LIMIT_UNITS = (*TIME_UNITS, "月")


def read(folded: str, site: Site) -> Reading:
    """Return how the part of `site` states its number."""
    reading = _read(folded, site)
    if folded.startswith(_GROWTH, reading.end):
        reading.change = "increase"
    elif reading.end == site.quantity.end:
        reading.end = _rate_end(folded, site, reading)
        reading.noun = reading.noun[0], reading.end
    tidy(folded, reading)
    begin = _after_bracket(folded, site)
    end = topic_end(folded, begin, reading.start) if reading.cut else reading.opening
    if reading.opening < reading.start or reading.construction == "limit":
        end = max(end, reading.start) if not reading.cut else end
    if reading.construction == "limit" and reading.cut and end <= begin < reading.opening:
        begin, end = reading.opening, reading.start  # 实现一般登记2个工作日内办结
    reading.topic = begin, max(begin, min(end, reading.start))
    return reading


def _rate_end(folded: str, site: Site, reading: Reading) -> int:
    """Return where a rate or grant ends with the noun directly behind it: 按15%税率, 3万元补助."""
    end, kind = reading.end, site.quantity.kind
    if kind == "money":
        stop = lexicon("rate", "bounty").at_start(folded, end, site.right)
        return stop if not _HANZI.match(folded, stop, site.right) else end
    if kind not in ("share", "ratio", "tenth"):
        return end
    stated = reading.verb[0] < reading.verb[1] and folded[site.quantity.start - 1] != "的"
    bounded = site.quantity.start < site.quantity.number_start
    stated = stated or bounded or folded.startswith("不", reading.start)
    stated = stated or reading.construction != "object"
    if folded.startswith("用于", end) and not stated and reading.subject[0] < reading.subject[1]:
        # 发电收益的60%用于设置公益岗位: a share goes on through its predicate.
        return trimmed(folded, end, site.right)
    if folded.endswith(_GRANTS, 0, reading.start):
        return lexicon("rate", "bounty").at_start(folded, end, site.right)
    return lexicon("rate").at_start(folded, end, site.right)


def _read(folded: str, site: Site) -> Reading:
    quantity = site.quantity
    left = _after_bracket(folded, site)
    number_last = ":" in folded[quantity.number_start : quantity.number_end]
    number_last = number_last or _number_ends_part(folded, quantity.end, site.right)
    begin, cut = opening(folded, left, quantity.start, number_last)
    if not number_last and folded.startswith("的", quantity.end):
        # 给予每月不低于200元的补贴: the noun behind 的 stays outside.
        offered = quantity.kind == "duration" and is_offered(folded, quantity)
        number_last = offered or _is_given(folded, quantity.kind, begin)
        if site.joint and quantity.kind == "money":
            # 给予50万元、30万元的奖励
            low = max(site.clause.start, quantity.start - 40)
            number_last |= _GRANTED_BEFORE.search(folded, low, quantity.start) is not None
        if quantity.kind == "money" and _PER_HEAD.search(folded, begin, quantity.start):
            number_last = True
    elif not number_last and quantity.kind in ("share", "tenth", "ratio"):
        # 给予不高于投资额30%资金补助, 按服务费的30%补贴
        number_last = folded.endswith(("按", "按照"), 0, begin) or (
            lexicon("bounty").at_start(folded, quantity.end, site.right) > quantity.end
        )
    if quantity.kind == "duration" and quantity.unit in _LIMIT_UNITS:
        limit = _read_limit(folded, site, begin, cut)
        if limit is not None:
            return limit
    if not number_last:
        # 选送后代50名就读专业, 预警提前48小时发布到户: a predicate follows, not a noun.
        number_last = pattern("next").match(folded, quantity.end) is not None or (
            lexicon("action").at_start(folded, quantity.end, site.right) > quantity.end
        )
        if number_last:
            predicate = _read_predicate(folded, site, begin, cut)
            if predicate is not None and predicate.subject[0] < predicate.subject[1]:
                return predicate
            whole = _read_object(folded, site, begin, cut)
            bounded = quantity.start < quantity.number_start
            stated = whole.verb[0] < whole.verb[1] < whole.subject[1]
            if stated or bounded or _is_daily(folded, site):
                return whole
        extended = _read_level(folded, site, begin, cut)
        if extended is not None:
            return extended
        return read_counted(folded, site, begin, cut)
    return _read_predicate(folded, site, begin, cut) or _read_object(folded, site, begin, cut)


def _is_daily(folded: str, site: Site) -> bool:
    """Tell a rate per head and time, behind which no counted noun stands: 每生每天4元全部吃进."""
    return site.quantity.kind == "money" and folded.rfind("每", site.left, site.quantity.start) >= 0


def _is_given(folded: str, kind: str, begin: int) -> bool:
    """Tell an amount or rate to apply (给予3%的奖励), whose noun behind 的 stays outside."""
    if kind not in ("money", "share", "times", "ratio", "tenth"):
        return False
    return folded.endswith(_GIVING, 0, begin)


def _read_level(folded: str, site: Site, begin: int, cut: bool) -> Reading | None:
    """Read 候客区扩容至120个车位: a level is reached, and what is counted stands behind it."""
    if (
        folded.startswith("的", site.quantity.end)
        or folded[site.quantity.start - 1] not in "至到上"
    ):
        return None
    reading = _read_predicate(folded, site, begin, cut)
    if reading is None or reading.subject[0] == reading.subject[1]:
        return None
    end, _ = noun_end(folded, site, True, predicate_after(folded, site, True), False)
    reading.end = trimmed(folded, site.quantity.end, end)
    reading.noun = site.quantity.end, reading.end
    return reading


def _after_bracket(folded: str, site: Site) -> int:
    """Return where the part begins behind a bracketed list of units at its head."""
    brackets = site.clause.brackets
    at = bisect_left(brackets, (site.left, 0))
    if at < len(brackets):
        begin, end = brackets[at]
        if end < site.quantity.start and not folded[site.left : begin].strip(" ①②③④⑤⑥⑦⑧⑨"):
            return end + 1
    return site.left


def _number_ends_part(folded: str, stop: int, right: int) -> bool:
    while stop < right and folded[stop] == " ":
        stop += 1
    aside = _ASIDE.match(folded, stop, right)
    if aside is not None:
        # 12万头(只)牲畜: the bracket gives another measure word.
        stop = aside.end()
    return stop >= right or any(
        words.match(folded, stop) is not None
        for words in (_BREAK, _tail(), pattern("purpose"), TIME)
    )


@cache
def _tail() -> re.Pattern[str]:
    """Return the pattern of nouns that only call the number a target: 75%目标, 90%的标准."""
    nouns = pattern("tail").pattern
    return re.compile(
        rf"的?(?:{nouns})(?![\u4e00-\u9fff])|的标准|的比例(?=给予|予以|由|进行|用于|安排|提取|计提|列支|配套|补助|奖励|分担)|的部分(?![\u4e00-\u9fff])"
        r"|等(?:政策|目标|任务|指标|措施)|目标(?=顺利|如期|全面|圆满)"
    )


@cache
def _event() -> re.Pattern[str]:
    """Return the pattern of an event that 、 ends (全面开工、)."""
    return re.compile(rf"(?:{pattern('event').pattern})(?![率量额数])[^、,率]{{0,2}}、")


def _read_limit(folded: str, site: Site, begin: int, cut: bool) -> Reading | None:
    """Read 一般投诉3日内办结; None where nothing is done within the time."""
    quantity = site.quantity
    if quantity.comparison == "ge":
        return None
    within = quantity.end > quantity.number_end and quantity.comparison == "le"
    verb = pattern("case").match(folded, quantity.end, site.right)
    if not within and verb is None:
        return None
    if within and folded.startswith(",", quantity.end):
        # 自受理之日起15个工作日内,作出决定
        anchored = _ANCHOR.search(folded, max(0, quantity.start - 8), quantity.start)
        if not anchored or quantity.unit == "月":
            return None
        return _limit(site, quantity.end, begin, cut)
    if quantity.end >= site.right or _BREAK.match(folded, quantity.end):
        return None
    said = lexicon("up", "down", "reach").at_end(folded, begin, quantity.start) < quantity.start
    if said or folded.startswith("的", quantity.end):
        return None
    if quantity.unit == "月" and verb is None:
        return None
    end = trimmed(folded, quantity.end, _case_end(folded, quantity.end, site.right))
    return _limit(site, end, begin, cut)


def _limit(site: Site, end: int, opening: int, cut: bool) -> Reading:
    """Return a limit per case: it begins with its number, and what is done follows up to `end`."""
    quantity = site.quantity
    begins = quantity.start, quantity.start
    done = quantity.end, end
    return Reading(site, quantity.start, end, "limit", begins, begins, done, "level", cut, opening)


def _case_end(folded: str, at: int, right: int) -> int:
    """Return where what is done within the limit ends: with its clause, before a second verb."""
    stop = _CASE_STOP.search(folded, at, right)
    return stop.start() if stop else right


def _read_predicate(folded: str, site: Site, begin: int, cut: bool) -> Reading | None:
    """Read 地区生产总值增长8%, 占比提升至35%; None where no word of change or level stands there."""
    number = site.quantity.start
    if folded[number - 1 : number] == " ":
        number -= 1  # 保持在 97%
    at, predicate, level = number, number, False
    change: Change = "level"
    reach, up, down = lexicon("reach"), lexicon("up"), lexicon("down")
    for _ in range(8):
        stop = at
        if folded[stop - 1] not in _predicate_ends():
            per = _PER.search(folded[max(begin, stop - 14) : stop])
            if per is None or predicate < number:
                break
            at = stop - len(per[0])
            continue
        at = reach.at_end(folded, begin, stop)
        if at < stop:
            predicate, level = at, True
            continue
        if lexicon("action").at_end(folded, begin, stop) < min(
            up.at_end(folded, begin, stop), down.at_end(folded, begin, stop)
        ):
            # 改造提升21万亩, 新增2万吨: the word of change is part of a longer verb.
            at = stop
            break
        if (at := up.at_end(folded, begin, stop)) < stop:
            predicate, change = at, "increase" if change == "level" else change
        elif (at := down.at_end(folded, begin, stop)) < stop:
            predicate, change = at, "decrease" if change == "level" else change
        elif (at := before_fillers(folded, begin, stop)) == stop:
            per = _PER.search(folded[max(begin, stop - 14) : stop])
            if per is None or predicate < number:
                break
            at = stop - len(per[0])
    if predicate == number:
        return None
    if level and folded[number - 1] in "到至为":
        change = "level"
    begin = _after_event(folded, begin, predicate)
    begin = _after_urging(folded, begin, predicate)
    subject_end = before_fillers(folded, begin, predicate)
    if folded.endswith("的", begin, subject_end):
        begin = subject_end  # 建有研发机构的提高5个百分点: whom it concerns
    if site.base is not None and begin <= site.base < subject_end:
        # 30种大病救治率达到100%: the group is part of what is measured
        grouped = begin == site.base and folded[begin] not in "由从每自比较"
        subject_end = subject_end if grouped else site.base
    end = site.quantity.end
    return Reading(
        site,
        begin,
        end,
        "predicate",
        (begin, begin),
        (begin, subject_end),
        (end, end),
        change,
        cut,
        begin,
    )


@cache
def _predicate_ends() -> frozenset[str]:
    """Return the characters that the words between a subject and its number end in."""
    ends: set[str] = set()
    for name in ("reach", "up", "down", "filler", "action"):
        ends.update(lexicon(name).by_last)
    return frozenset(ends)


def _after_urging(folded: str, begin: int, end: int) -> int:
    """Return where the clause begins that is urged: 推进平台开放数据集超过500个."""
    urged = lexicon("urging").at_start(folded, begin, end)
    if end - urged > 3 and urged > begin:
        return urged
    # 带动产业规模突破百亿元, but 带动农户300户
    caused = lexicon("causing").at_start(folded, begin, end)
    return caused if caused > begin and MEASURE_END.search(folded, caused, end) else begin


def _after_event(folded: str, begin: int, end: int) -> int:
    """Return where the subject begins behind an event joined by 、: 全面开工、投资完成率超60%."""
    for match in _event().finditer(folded, begin, end):
        if match.start() > begin:
            begin = match.end()
    return begin


def _read_object(folded: str, site: Site, begin: int, cut: bool) -> Reading:
    """Read 建设高标准农田7500亩, 专利申请4800件: what is counted stands before the number."""
    stop = before_fillers(folded, begin, site.quantity.start)
    if site.quantity.start < site.quantity.number_start or site.quantity.unit == "番":
        begin = _after_urging(folded, begin, stop)
    start = past_place(folded, _after_event(folded, begin, stop), stop)
    bounded = site.quantity.start < site.quantity.number_start
    if not bounded and "各" in folded[start:stop]:
        start = _behind_each(folded, start, stop)
    if _PLACE_ALONE.fullmatch(folded, start, stop):
        # 其中中心城区1200个: what is counted has been said before.
        start = stop
    if site.joint == "run":
        # 在36个城市选取社区1000个: behind a number that is only a place, the verb begins anew.
        start = _first_verb(folded, start, stop)
    each = _EACH_VERB.search(folded, start, stop)
    if (
        each
        and (folded[start - 1 : start] in _TO or folded[start] in "对给向")
        and not SINGLE.search(folded, start, each.start())
        and lexicon("action", "work").at_start(folded, each.end(), stop) > each.end()
    ):
        # 对带教老师每人每年补助2万元: to whom it is given stays outside; 学员每天补助50元
        start = each.start()
    start = _behind_supported(folded, start, stop)
    if _is_given(folded, site.quantity.kind, begin) and _RECEIVER.fullmatch(folded, start, stop):
        start = stop  # 给予企业30万元: to whom it is given stays outside
    verb_start = start + 1 if folded[start : start + 1] == "各" else start
    verb, change = (verb_start, verb_chain(folded, verb_start, stop)), _level()
    if verb[0] < verb[1] < stop:
        change = _change_of(folded, *verb)
    if site.quantity.unit == "番":
        change = "increase"
    end = site.quantity.end
    return Reading(site, start, end, "object", verb, (start, stop), (end, end), change, cut, begin)


def _behind_supported(folded: str, start: int, stop: int) -> int:
    """Return where the verb begins behind those who are helped: 支持企业新建厂房3万平方米."""
    at = lexicon("light").at_start(folded, start, stop)
    actions = lexicon("action")
    for begin in range(at + 2, min(stop - 1, at + 30)) if at > start else ():
        if actions.verb_at(folded, begin, stop) > begin and _HELPED.search(folded, at, begin):
            return begin
    return start


def _behind_each(folded: str, start: int, stop: int) -> int:
    """Return where 各 stands in 甲、乙两县各新建冷库1座: those who do it stay outside."""
    each = _EACH_PLACE.match(folded, start, stop)
    verbs = lexicon("action", "work")
    if each and verbs.at_start(folded, each.end(), stop) > each.end():
        return each.end() - 1
    return start


def _first_verb(folded: str, at: int, stop: int) -> int:
    verbs = lexicon("action", "work")
    begin = next((i for i in range(at, stop) if verbs.verb_at(folded, i, stop) > i), at)
    return begin - 2 if folded.endswith("累计", at, begin) else begin


def _level() -> Change:
    return "level"


def _change_of(folded: str, begin: int, stop: int) -> Change:
    if lexicon("up").at_start(folded, begin, stop) == stop:
        return "increase"
    return "decrease" if lexicon("down").at_start(folded, begin, stop) == stop else "level"

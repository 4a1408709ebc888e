"""How a clause states its number: where the target's span begins and ends, and its parts.

Five constructions cover the genre: a *predicate* (地区生产总值增长8%), an *object* whose number
follows (建设高标准农田7500亩), a *counted* noun that follows the number (新建70只候车亭), a *group*
of which something is said (50%的村完成确权) and a *limit* per case (一般投诉3日内办结).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal

from govextract.records import Change
from govextract.values.quantities_opening import REGIONS, TIME, opening, past_place, topic_end
from govextract.values.quantities_registers import lexicon
from govextract.values.quantities_sites import Site

Construction = Literal["predicate", "object", "counted", "group", "limit"]

_TAIL = re.compile(
    r"的?(?:目标|水平|标准|要求|比例|规模|速度|幅度|任务要求|目标要求|目标任务|额度|办法|方式|原则|价格|强度|频次|红线|底线|上限)(?![\u4e00-\u9fff])|的标准"
)
_VERB_NEXT = re.compile(r"(?:就读|直至|直接|随机|专门|一并|同步|统一|免费|优先|分别|全部)")
_BREAK = re.compile(r"[,;。:、()|\s]")
_PURPOSE = re.compile(
    r"(?:用于|用以|用来|支持|作为|以支持|并|后|时|进行|来自|和|及|与|或|给予|予以|安排|配建|拨付|筹集|执行|支付|收取|征收|列支|核定|缴存|缴纳|提取|计提|足额|分担|分成|分摊|落实|计算|测算|比例)"
)
_PER = re.compile(r"每(?:[百千万\d]*[\u4e00-\u9fff]{1,8}?)$")
_PREDICATE_AFTER = re.compile(
    r"(?:完成|实现|达到|达标|建成|设立|成立|建立|通过|安装|接入|纳入|进入|入驻|参加|参与|开展|推行|实行|实施|使用|采用|享受"
    r"|获得|取得|具备|配备|拥有|形成|落实|符合|创建|用于|投入|能够|脱贫|摘帽|开工|竣工|投产|运行|接受|签订|建档|转型|升级"
    r"|退出|关闭|覆盖|用上|全部|组建|分配|挂牌|改制|就读|驻点|通硬化|通公路|通客车|通[\u4e00-\u9fff]{1,3}$)"
)
_CASE_VERB = re.compile(
    r"(?:办结|答复|反馈|回应|响应|受理|上报|报送|移送|处置|处理|整改|清理|拆除|到场|到达|恢复|办理|完成|审结|发布|推送|通报|核查|核实|查勘|启动|送达|告知|公开|结算|拨付|到户|接电|通气|联办|退付|审批|出具|赶到|修复|派单|办妥|反馈|解决|放行|通关|签发|管控|叫应|回复|联系|发送|报告|撤离|撤除|赶赴)"
)
_CASE_OBJECT = ("完成", "启动", "公开", "整改", "反馈")
_CASE_TAIL = re.compile(r"(?:到位|到户|到村|完毕|结果|或[\u4e00-\u9fff]{2}(?![\u4e00-\u9fff]))")
_EACH_VERB = re.compile(r"(?:每[\u4e00-\u9fff]){1,3}")
_ASIDE = re.compile(r"\([\u4e00-\u9fff]{1,2}\)(?=[\u4e00-\u9fff])")
_EVENT = re.compile(
    r"(?:全面|全部|顺利|如期|正式|建成|开工|竣工|投产|投用|完工|通车|交付|落户|封顶|上线|落地|获批|启用)[^、,]{0,2}、"
)
_PLACE_ALONE = re.compile(r"(?:主|中心|老)?城区|其余|市本级|市级|县级|省级")
_GIVING = ("给予", "予以", "按", "按照", "减按", "支付")
_CAUSATIVE = ("引导", "推动", "支持", "帮助", "指导", "鼓励", "促进", "动员")
_LIMIT_UNITS = ("小时", "分钟", "工作日", "天", "日", "自然日", "秒", "工作小时", "刻钟", "月")
_SHARES = ("share", "ratio", "tenth")


@dataclass(slots=True)
class Reading:
    """A target as read: span and the parts of its record.

    Attributes
    ----------
    start, end
        The span.
    verb
        Range of the action verb with which the span begins, empty where none.
    subject
        Range of what is measured before the number, empty where the number comes first.
    noun
        Range of what follows the number within the span.
    change
        Change by the number, or a level.
    cut
        True where an aspiration or a time stands directly before the words of the target.
    topic
        Range of what stands before the first aspiration or time in the part.
    opening
        Where these words may begin; words between it and the span are a place or names.
    """

    site: Site
    start: int
    end: int
    construction: Construction
    verb: tuple[int, int]
    subject: tuple[int, int]
    noun: tuple[int, int]
    change: Change
    cut: bool
    opening: int
    topic: tuple[int, int] = (0, 0)


def is_tied(folded: str, reading: Reading, last: Reading) -> bool:
    """Tell a further member of a coordination: 商标8件、省著名商标10件; 3家甲平台,20家乙平台."""
    if reading.site.joint in ("、", "and") and reading.site.previous is last.site:
        return True
    counted = reading.construction == last.construction == "counted"
    return counted and folded[last.end : reading.start].strip() == ","


def read(folded: str, site: Site) -> Reading:
    """Return how the part of `site` states its number."""
    reading = _read(folded, site)
    _tidy(folded, reading)
    begin = _after_bracket(folded, site)
    end = topic_end(folded, begin, reading.start) if reading.cut else reading.opening
    if reading.opening < reading.start or reading.construction == "limit":
        end = max(end, reading.start) if not reading.cut else end
    reading.topic = begin, max(begin, min(end, reading.start))
    return reading


_EDGE = frozenset(" 、,;:。·-\t|")
_BRACKETS = {
    ")": "(",
    "]": "[",
    "】": "【",
    "〕": "〔",
    "”": "“",
    "》": "《",
    "’": "‘",
    "』": "『",
    "」": "「",
}
_OPENED = frozenset(_BRACKETS.values())


def _tidy(folded: str, reading: Reading) -> None:
    """Let the span begin and end at words, with brackets in pairs."""
    quantity = reading.site.quantity
    start, end = reading.start, reading.end
    stack: list[int] = []
    for at in range(start, end):
        mark = folded[at]
        if mark in _OPENED:
            stack.append(at)
        elif mark in _BRACKETS:
            if stack and folded[stack[-1]] == _BRACKETS[mark]:
                stack.pop()
            elif at < quantity.start:
                start, stack = at + 1, []
            elif at >= quantity.end:
                end = at
                break
    for at in stack:
        if at < quantity.start:
            start = max(start, at + 1)
        elif at >= quantity.end:
            end = min(end, at)
    while start < quantity.start and folded[start] in _EDGE:
        start += 1
    while end > quantity.end and folded[end - 1] in _EDGE:
        end -= 1
    reading.start, reading.end = start, end
    reading.verb = _within(reading.verb, start, end)
    reading.subject = _within(reading.subject, start, end)
    reading.noun = _within(reading.noun, start, end)


def _within(part: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    low = min(max(part[0], start), end)
    return low, max(low, min(part[1], end))


def fitted(folded: str, reading: Reading, start: int, end: int) -> Reading:
    """Return `reading` with the span ``[start, end)`` that someone else gave it."""
    quantity = reading.site.quantity
    number = max(start, quantity.start)
    subject_end = min(max(start, reading.subject[1]), number)
    verb = start, _verb_chain(folded, start, number)
    if reading.construction in ("predicate", "limit", "group"):
        verb = start, start
    elif reading.verb[0] >= start and reading.verb[1] <= number:
        verb = reading.verb
    noun_end = max(quantity.end, end)
    construction = reading.construction
    if noun_end > quantity.end and construction == "object":
        construction = "counted"
    return replace(
        reading,
        start=start,
        end=end,
        construction=construction,
        verb=verb,
        subject=(start, subject_end),
        noun=(quantity.end, noun_end),
    )


def _read(folded: str, site: Site) -> Reading:
    quantity = site.quantity
    left = _after_bracket(folded, site)
    number_last = ":" in folded[quantity.number_start : quantity.number_end]
    number_last = number_last or _number_ends_part(folded, quantity.end, site.right)
    begin, cut = opening(folded, left, quantity.start, number_last)
    if not number_last and folded.startswith("的", quantity.end):
        # 给予每月不低于200元的补贴: the noun behind 的 stays outside.
        number_last = _is_given(folded, quantity.kind, begin)
    if quantity.kind == "duration" and quantity.unit in _LIMIT_UNITS:
        limit = _read_limit(folded, site, begin, cut)
        if limit is not None:
            return limit
    if not number_last:
        # 选送后代50名就读专业, 预警提前48小时发布到户: a predicate follows, not a noun.
        number_last = _VERB_NEXT.match(folded, quantity.end) is not None or (
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
        return _read_counted(folded, site, begin, cut)
    return _read_predicate(folded, site, begin, cut) or _read_object(folded, site, begin, cut)


def _is_daily(folded: str, site: Site) -> bool:
    """Tell a rate per head and time, behind which no counted noun stands: 每生每天4元全部吃进."""
    return site.quantity.kind == "money" and folded.rfind("每", site.left, site.quantity.start) >= 0


def _read_level(folded: str, site: Site, begin: int, cut: bool) -> Reading | None:
    """Read 候客区扩容至120个车位: a level is reached, and what is counted stands behind it."""
    if folded.startswith("的", site.quantity.end) or folded[site.quantity.start - 1] not in "至到":
        return None
    reading = _read_predicate(folded, site, begin, cut)
    if reading is None or reading.subject[0] == reading.subject[1]:
        return None
    end, _ = _noun_end(folded, site, True, _predicate_after(folded, site, True), False)
    reading.end = _trimmed(folded, site.quantity.end, end)
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
        pattern.match(folded, stop) is not None for pattern in (_BREAK, _TAIL, _PURPOSE, TIME)
    )


def _read_limit(folded: str, site: Site, begin: int, cut: bool) -> Reading | None:
    """Read 一般投诉3日内办结; None where nothing is done within the time."""
    quantity = site.quantity
    if quantity.comparison == "ge":
        return None
    within = quantity.end > quantity.number_end and quantity.comparison == "le"
    verb = _CASE_VERB.match(folded, quantity.end, site.right)
    if not within and verb is None:
        return None
    if quantity.end >= site.right or _BREAK.match(folded, quantity.end):
        return None
    said = lexicon("up", "down", "reach").at_end(folded, begin, quantity.start) < quantity.start
    if said or folded.startswith("的", quantity.end):
        return None
    if quantity.unit == "月" and verb is None:
        return None
    start = quantity.start
    end = _trimmed(folded, quantity.end, _case_end(folded, quantity.end, site.right))
    return Reading(
        site,
        start,
        end,
        "limit",
        (start, start),
        (start, start),
        (quantity.end, end),
        "level",
        cut,
        begin,
    )


def _case_end(folded: str, at: int, right: int) -> int:
    """Return where what is done within the limit ends: at its verb, with 完成 at its object."""
    match = _CASE_VERB.match(folded, at, right)
    if match is None or match[0] in _CASE_OBJECT:
        stop = _NOUN_STOP.search(folded, at, right)
        return stop.start() if stop else right
    while match is not None:
        at = match.end()
        match = _CASE_VERB.match(folded, at, right)
    tail = _CASE_TAIL.match(folded, at, right)
    return tail.end() if tail else at


def _before_fillers(folded: str, low: int, at: int) -> int:
    """Return where the words between indicator and number (均, 分别, 约) begin."""
    fillers = lexicon("filler")
    while (further := fillers.at_end(folded, low, at)) < at:
        at = further
    return at


def _read_predicate(folded: str, site: Site, begin: int, cut: bool) -> Reading | None:
    """Read 地区生产总值增长8%, 占比提升至35%; None where no word of change or level stands there."""
    number = site.quantity.start
    at, predicate, level = number, number, False
    change: Change = "level"
    reach, up, down = lexicon("reach"), lexicon("up"), lexicon("down")
    for _ in range(8):
        stop = at
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
        elif (at := _before_fillers(folded, begin, stop)) == stop:
            per = _PER.search(folded[max(begin, stop - 14) : stop])
            if per is None or predicate < number:
                break
            at = stop - len(per[0])
    if predicate == number:
        return None
    if level and folded[number - 1] in "到至为":
        change = "level"
    begin = _after_event(folded, begin, predicate)
    subject_end = _before_fillers(folded, begin, predicate)
    if site.base is not None and begin <= site.base < subject_end:
        subject_end = site.base
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


def _after_event(folded: str, begin: int, end: int) -> int:
    """Return where the subject begins behind an event joined by 、: 全面开工、投资完成率超60%."""
    for match in _EVENT.finditer(folded, begin, end):
        if match.start() > begin:
            begin = match.end()
    return begin


def _read_object(folded: str, site: Site, begin: int, cut: bool) -> Reading:
    """Read 建设高标准农田7500亩, 专利申请4800件: what is counted stands before the number."""
    stop = _before_fillers(folded, begin, site.quantity.start)
    start = past_place(folded, _after_event(folded, begin, stop), stop)
    if _PLACE_ALONE.fullmatch(folded, start, stop):
        # 其中中心城区1200个: what is counted has been said before.
        start = stop
    if site.joint == "run":
        # 在36个城市选取社区1000个: behind a number that is only a place, the verb begins anew.
        start = _first_verb(folded, start, stop)
    each = _EACH_VERB.search(folded, start, stop)
    if each and lexicon("action", "work").at_start(folded, each.end(), stop) > each.end():
        # 对带教老师每人每年补助2万元: to whom it is given stays outside.
        start = each.start()
    verb, change = (start, _verb_chain(folded, start, stop)), _level()
    if verb[0] < verb[1] < stop:
        change = _change_of(folded, *verb)
    if site.quantity.unit == "番":
        change = "increase"
    end = site.quantity.end
    return Reading(site, start, end, "object", verb, (start, stop), (end, end), change, cut, begin)


def _first_verb(folded: str, at: int, stop: int) -> int:
    verbs = lexicon("action", "work")
    return next((i for i in range(at, stop) if verbs.verb_at(folded, i, stop) > i), at)


def _level() -> Change:
    return "level"


def _change_of(folded: str, begin: int, stop: int) -> Change:
    if lexicon("up").at_start(folded, begin, stop) == stop:
        return "increase"
    return "decrease" if lexicon("down").at_start(folded, begin, stop) == stop else "level"


def _verb_chain(folded: str, at: int, end: int) -> int:
    """Return the end of the verbs that begin at `at`: 新建, 改造提升, 新建、改扩建."""
    verbs = lexicon("action", "work", "up", "down")
    stop = verbs.at_start(folded, at, end)
    if stop == at:
        return at
    for _ in range(4):
        further = stop + 1 if folded[stop : stop + 1] in "、和及或" and stop + 1 < end else stop
        longer = verbs.at_start(folded, further, end)
        if longer == further:
            return stop
        stop = longer
    return stop


def _chain_back(folded: str, low: int, at: int) -> int:
    """Return where the verbs that end before `at` begin: 新建、改扩建200所, 启动建设2所."""
    verbs = lexicon("action", "work", "up", "down")
    for _ in range(4):
        before = at - 1 if at - 1 > low and folded[at - 1] in "、和及或" else at
        begin = verbs.at_end(folded, low, before)
        if begin == before:
            return at
        at = begin
    return at


def _read_counted(folded: str, site: Site, begin: int, cut: bool) -> Reading:
    """Read 新建70只候车亭, 完成8个老集镇改造任务, 50%的村完成确权: the noun follows the number."""
    quantity = site.quantity
    stop = _before_fillers(folded, begin, quantity.start)
    each = folded.find("每", begin, stop)
    if each >= 0 and folded.startswith(("每年", "每月"), each):
        each = -1
    start, verb = _counted_start(folded, site, begin, stop)
    if each >= 0:
        start = each
    if quantity.kind in _SHARES and folded.startswith("的", quantity.end) and verb[1] < stop:
        start, verb = begin, (stop, stop)
    has_verb = verb[0] < verb[1]
    predicate = _predicate_after(folded, site, has_verb)
    causative = folded.endswith(_CAUSATIVE, verb[0], verb[1])
    end, construction = _noun_end(folded, site, has_verb, predicate, each >= 0 or causative)
    if causative and construction == "group" and each < 0:
        # 引导200户个体户转为企业: like 推动, the verb stands outside.
        start, verb, cut = quantity.start, (stop, stop), True
    end = _trimmed(folded, quantity.end, end)
    noun = quantity.end, end
    return Reading(site, start, end, construction, verb, (start, stop), noun, "level", cut, begin)


def _counted_start(folded: str, site: Site, begin: int, stop: int) -> tuple[int, tuple[int, int]]:
    """Return where the span of a counted noun begins, and its verb (empty where it has none)."""
    number = site.quantity.start
    head = past_place(folded, begin, stop)
    at = lexicon("action", "work", "up", "down").at_end(folded, head, stop)
    if at < stop:
        verb = _chain_back(folded, head, at), stop
        if lexicon("action").at_end(folded, head, stop) < stop and folded[begin] not in "在对与":
            # 公示牌覆盖163处供水点: the subject of the verb belongs to what is measured.
            return head, verb
        return verb[0], verb
    if begin < stop:
        chain = _verb_chain(folded, head, stop)
        near = stop - chain <= 8 and folded[stop - 1] not in "与和对在向同以为"
        if chain > head and (_names_things(folded, chain, stop) or near):
            return head, (head, chain)
        share = site.quantity.kind in _SHARES and folded[begin] not in "在对与"
        if folded.startswith(REGIONS, begin) or site.base is not None or share:
            return begin, (stop, stop)
    return number, (stop, stop)


def _is_given(folded: str, kind: str, begin: int) -> bool:
    """Tell an amount or rate to apply (给予3%的奖励), whose noun behind 的 stays outside."""
    if kind not in ("money", "share", "times", "ratio", "tenth"):
        return False
    return folded.endswith(_GIVING, 0, begin)


def _predicate_after(folded: str, site: Site, has_verb: bool) -> int | None:
    """Return where something is said of the noun behind the number, None where nothing is."""
    low, right = site.quantity.end + 1, site.right
    match = _PREDICATE_AFTER.search(folded, low, right)
    if match is not None or has_verb:
        return match.start() if match else None
    actions = lexicon("action")
    for at in range(low + 1, min(right - 2, low + 30)):
        if actions.at_start(folded, at, right) - at >= 2:
            return at
    return None


def _names_things(folded: str, at: int, stop: int) -> bool:
    """Tell whether names are enumerated before the number: 打造甲、乙、丙等4所."""
    return "、" in folded[at:stop] or folded[stop - 1] == "等"


def _noun_end(
    folded: str, site: Site, has_verb: bool, predicate: int | None, embedded: bool
) -> tuple[int, Construction]:
    """Return where the counted noun ends, and whether something is said of it as a group."""
    quantity, right = site.quantity, site.right
    share_of = folded.startswith("的", quantity.end) and quantity.kind in _SHARES
    if share_of and predicate is not None and not _covers(folded, site):
        return right, "group"
    if not has_verb and (predicate is not None or share_of):
        return right, "group"
    if (
        folded.startswith("标准", quantity.end)
        and folded[quantity.end + 2 : quantity.end + 3] != "化"
    ):
        return quantity.end + 2, "counted"
    if embedded and predicate is not None:
        return right, "group"
    if predicate is not None and predicate > quantity.end + 1:
        right = predicate
    at = folded.find("、", quantity.end, right)
    actions = lexicon("action")
    while at >= 0:
        # 创新中心、推广中心: before such a noun the verb is part of a name.
        verb = actions.verb_at(folded, at + 1, right)
        if verb > at + 1 and not _NAMED_BY_VERB.match(folded, verb):
            return at, "counted"
        at = folded.find("、", at + 1, right)
    match = _NOUN_STOP.search(folded, quantity.end, right)
    return (match.start() if match else right), "counted"


_NAMED_BY_VERB = re.compile(r"(?:中心|基地|平台|[站园点室区所]|机构|工程|项目|服务|示范)")
_NOUN_STOP = re.compile("(?:,|一?并|以及|作为|或者)")


def _covers(folded: str, site: Site) -> bool:
    return folded.endswith(("覆盖", "惠及", "达到", "占"), 0, site.quantity.start)


def _trimmed(folded: str, low: int, stop: int) -> int:
    """Return `stop` without closing white space, separators or a closing bracketed remark."""
    for _ in range(3):
        while stop > low and folded[stop - 1] in " 、,;:。":
            stop -= 1
        if stop > low and folded[stop - 1] == ")":
            opened = folded.rfind("(", low, stop)
            if opened > low:
                stop = opened
                continue
        break
    return stop

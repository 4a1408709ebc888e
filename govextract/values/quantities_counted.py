"""Numbers with their noun behind them: 新建70只候车亭, 完成8个改造任务, 50%的村完成确权."""

from __future__ import annotations

import re

from govextract.values.quantities_opening import REGIONS, past_place, past_region
from govextract.values.quantities_parts import (
    Construction,
    Reading,
    before_fillers,
    chain_back,
    trimmed,
    verb_chain,
)
from govextract.values.quantities_registers import lexicon, pattern
from govextract.values.quantities_sites import Site

_CAUSATIVE = ("引导", "推动", "支持", "帮助", "指导", "鼓励", "促进", "动员")
# 面向2000名技工开展培训, 面向50家企业的服务
_FACED_STOP = re.compile(
    "的|(?:广泛|集中|分批|免费)?(?:开展|进行|组织|举办|实施|提供|发放|征集|推广)"
)
_SHARES = ("share", "ratio", "tenth")
_NAMED_BY_VERB = re.compile(r"(?:中心|基地|平台|[站园点室区所]|机构|工程|项目|服务|示范)")
_HAS = re.compile("(?:稳定)?就业|为|持证|在岗|常驻")
# 通自来水, 通客车 at the end of a clause
_COMES = re.compile(r"通[\u4e00-\u9fff]{1,3}$")
_NOUN_STOP = re.compile(
    "(?:[,\\[【〔]|等?一?并|先行(?!区|示范|指标|启动)|待(?!遇|办|业|命|建|岗|产|定)|以及|[和及、](?:若干|一批)|作为|或者|的(?:要求|标准|比例|原则|办法|方式))"
)
_REST = re.compile("(?:剩余|剩下|余下|其余)的?$")


def read_counted(folded: str, site: Site, begin: int, cut: bool) -> Reading:
    """Read 新建70只候车亭, 完成8个老集镇改造任务, 50%的村完成确权: the noun follows the number."""
    quantity = site.quantity
    stop = before_fillers(folded, begin, quantity.start)
    each = folded.find("每", begin, quantity.start if begin == stop else stop)
    if each >= 0 and folded.startswith(("每年", "每月"), each):
        each = -1
    start, verb = _counted_start(folded, site, begin, stop)
    caused = lexicon("causing").at_start(folded, *verb)
    if verb[0] == start < caused < verb[1]:
        # 带动形成12个集群: like 推动, the causative stands outside.
        start, verb = caused, (caused, verb[1])
    if each >= 0:
        start = each
    if quantity.kind in _SHARES and folded.startswith("的", quantity.end) and verb[1] < stop:
        start, verb = begin, (stop, stop)
    has_verb = verb[0] < verb[1]
    predicate = predicate_after(folded, site, has_verb)
    causative = folded.endswith(_CAUSATIVE, verb[0], verb[1])
    end, construction = noun_end(folded, site, has_verb, predicate, each >= 0 or causative)
    if causative and construction == "group" and each < 0:
        # 引导200户个体户转为企业: like 推动, the verb stands outside.
        start, verb, cut = quantity.start, (stop, stop), True
    end = trimmed(folded, quantity.end, end)
    noun = quantity.end, end
    return Reading(site, start, end, construction, verb, (start, stop), noun, "level", cut, begin)


def _counted_start(folded: str, site: Site, begin: int, stop: int) -> tuple[int, tuple[int, int]]:
    """Return where the span of a counted noun begins, and its verb (empty where it has none)."""
    number = site.quantity.start
    head = past_region(folded, past_place(folded, begin, stop), stop)
    at = lexicon("action", "work", "up", "down").at_end(folded, head, stop)
    if at < stop:
        verb = chain_back(folded, head, at), stop
        if lexicon("action").at_end(folded, head, stop) < stop and folded[begin] not in "在对与":
            # 公示牌覆盖163处供水点: the subject of the verb belongs to what is measured.
            return head, verb
        return verb[0], verb
    if folded.endswith("一次性", begin, stop):
        return stop - 3, (stop, stop)
    if begin < stop:
        chain = verb_chain(folded, head, stop)
        near = stop - chain <= 8 and folded[stop - 1] not in "与和对在向同以为"
        if chain > head and (_names_things(folded, chain, stop) or near):
            return head, (head, chain)
        at_least = folded.startswith(("至少", "不少于", "最少"), number)
        if at_least and folded[begin] not in "在对与" and not site.joint:
            # 有劳动力的家庭至少1人就业
            return begin, (stop, stop)
        share = site.quantity.kind in _SHARES and folded[begin] not in "在对与"
        # 防护物资储备不少于10天用量
        lasting = site.quantity.kind == "duration" and not folded.startswith(
            "的", site.quantity.end
        )
        if folded.startswith(REGIONS, begin) or site.base is not None or share or lasting:
            return begin, (stop, stop)
        # 剩余300户贫困户全部脱贫, 完成剩余14处整治
        rest = _REST.search(folded, head, stop)
        if rest is not None:
            return rest.start(), (stop, stop)
    return number, (stop, stop)


def _names_things(folded: str, at: int, stop: int) -> bool:
    """Tell whether names are enumerated before the number: 打造甲、乙、丙等4所."""
    return "、" in folded[at:stop] or folded[stop - 1] == "等"


def predicate_after(folded: str, site: Site, has_verb: bool) -> int | None:
    """Return where something is said of the noun behind the number, None where nothing is."""
    low, right = site.quantity.end + 1, site.right
    if folded[site.quantity.start - 1] in "对为":
        # 为2000名妇女进行筛查: what is done to them.
        match = pattern("treated").search(folded, low, right)
        if match is not None:
            return match.start()
    if site.quantity.start < site.quantity.number_start and not has_verb:
        low -= 1  # 至少10个具备托养功能, 至少1人就业
        if _HAS.match(folded, low, right):
            return low
    match = pattern("said").search(folded, low, right) or _COMES.search(folded, low, right)
    if match is not None or has_verb:
        return match.start() if match else None
    actions = lexicon("action")
    for at in range(low + 1, min(right - 2, low + 30)):
        if actions.at_start(folded, at, right) - at >= 2:
            return at
    return None


def noun_end(
    folded: str, site: Site, has_verb: bool, predicate: int | None, embedded: bool
) -> tuple[int, Construction]:
    """Return where the counted noun ends, and whether something is said of it as a group."""
    quantity, right = site.quantity, site.right
    share_of = folded.startswith("的", quantity.end) and quantity.kind in _SHARES
    if share_of and predicate is not None and not _covers(folded, site):
        return right, "group"
    if folded.endswith("面向", 0, quantity.start) and not share_of:
        found = _FACED_STOP.search(folded, quantity.end, right)
        return (found.start() if found else right), "counted"
    if (
        folded.startswith("标准", quantity.end)
        and folded[quantity.end + 2 : quantity.end + 3] != "化"
    ):
        return quantity.end + 2, "counted"
    if not has_verb and (predicate is not None or share_of):
        return right, "group"
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


def _covers(folded: str, site: Site) -> bool:
    return folded.endswith(("覆盖", "惠及", "达到", "占"), 0, site.quantity.start)

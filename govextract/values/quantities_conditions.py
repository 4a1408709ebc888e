"""Thresholds: numbers that say who is given something, not what is to be reached.

``对年营业收入首次超过2000万元、且新增就业20人以上的企业,给予奖励`` holds two of them, before the number
of the grant itself.
"""

from __future__ import annotations

import re
from functools import cache

from govextract.values.quantities_clauses import Clause
from govextract.values.quantities_mentions import Quantity
from govextract.values.quantities_registers import lexicon, pattern

_WINDOW = 120
_OPENERS = ("对", "凡", "符合", "属于")
# 对口, 对外, 对标: no preposition.
_NO_OPENER = ("对口", "对外", "对标", "对接", "对比", "对照", "对象")
_GRANTED = re.compile(r"给予|予以|按(?!时|期|规|质|需)|安排|最高|一次性|发放")
# 3000平方米以下的标准厂房，可以先行办理
_PERMITTED = re.compile(
    "的[^,，。;的]{2,16},?(?:可以?(?=[\u4e00-\u9fff])(?!持续|再生|靠|控)|一律|免于|无需|不再)"
)
_OPENED = re.compile("[,:、]")
# 的企业,由省财政一次性 before 给予
_BETWEEN = r"[^;的]{0,26}"
_LIST = r"(?:\([^()]{1,30}\))?(?:、[^,;、的]{1,16}){0,4}"


def is_threshold(folded: str, sentence: int, clause: Clause, quantity: Quantity) -> bool:
    """Tell whether the number stands in the condition under which something is given.

    Examples
    --------
    >>> from govextract.values.quantities import find_metrics
    >>> [m.text for m in find_metrics("对年产值达到2亿元、利润增长5%以上的企业，给予奖励20万元。")]
    ['奖励20万元']
    """
    stop = quantity.end
    if _GRANTED.search(folded, max(clause.start, quantity.start - _WINDOW), quantity.start):
        # 给予50%的贴息支持: this is what is given.
        return False
    if clause.within == "(" and clause.end < len(folded):
        # 职工总数的25%(超过百人的企业达到15%)并签订合同的,可申请: the bracket shares the condition.
        stop = clause.end + 1
        if folded[sentence : clause.start - 1].count(",") and not _ends_case().match(folded, stop):
            return False
        return _ends_case().match(folded, stop) is not None
    if _ends_case().match(folded, stop):
        return True
    bounded = quantity.end > quantity.number_end and quantity.kind != "share"
    if bounded and _PERMITTED.match(folded, stop):
        return True
    begin = _opener(folded, max(sentence, quantity.start - _WINDOW), quantity.start)
    if begin is None or pattern("grant").search(folded, begin, quantity.start):
        return False
    if _ends_receivers().match(folded, stop):
        return True
    bounded = quantity.end > quantity.number_end
    given = re.compile(rf"[^,;。]{{0,30}}(?:{pattern('grant').pattern})")
    return bounded and given.match(folded, stop) is not None


def is_offered(folded: str, quantity: Quantity) -> bool:
    """Tell a term that is granted: 不超过3个月的延期, 12-18个月的租金补助, 免收3个月租金."""
    after = quantity.end
    if folded.startswith("的", after):
        nouns = lexicon("offer")
        return any(
            nouns.at_start(folded, at, len(folded)) > at
            for at in range(after + 1, min(after + 8, len(folded)))
        )
    begin = max(0, quantity.start - 30)
    lead = folded[begin : quantity.start]
    lead = lead[max(lead.rfind(","), lead.rfind("。"), lead.rfind(";")) + 1 :]
    waived = pattern("waive").search(lead)
    return waived is not None and lexicon("charge").at_start(folded, after, len(folded)) > after


def _opener(folded: str, low: int, number: int) -> int | None:
    """Return where the condition opens that the number may stand in, None where none does."""
    low = max(low, folded.rfind(";", low, number) + 1)
    starts = [low, *(m.end() for m in _OPENED.finditer(folded, low, number))]
    for at in reversed(starts):
        if folded.startswith(_OPENERS, at) and not folded.startswith(_NO_OPENER, at):
            return at
    return None


@cache
def _ends_case() -> re.Pattern[str]:
    """Return the pattern of a condition that ends in 的: 、1亿元的,分别给予; 并签订合同的,可申请."""
    grant = pattern("grant").pattern
    return re.compile(
        rf"{_LIST}(?:[,、]?(?:且|并)[^,;。的]{{0,40}}(?:的[^,;。的]{{1,20}})?)?的"
        rf"(?:[^,;。的]{{0,12}})?,{_BETWEEN}?(?:{grant})"
    )


@cache
def _ends_receivers() -> re.Pattern[str]:
    """Return the pattern of receivers behind an opened condition: …以上的企业,给予."""
    grant = pattern("grant").pattern
    return re.compile(rf"[^;。]{{0,80}}?的[^;。的]{{0,24}}?(?:{grant})")

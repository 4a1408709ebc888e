"""How the numbers of one clause divide it: which words belong to which number.

``改造150公里镇村道路和25座农村危旧桥梁`` holds two targets, ``由41%提高到50%`` one with its base,
``5个10亿元以上项目`` one with a size, ``每3个村配备1名`` one with its denominator.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from govextract.values.quantities_clauses import Clause
from govextract.values.quantities_mentions import Quantity
from govextract.values.quantities_registers import lexicon

Joint = Literal["", "、", "and", "run"]

_CONNECTIVE = re.compile("(?:以及|并且|或者|同时|和|及|与|或|并|且)")
_EACH = re.compile(
    r"每(?:培育|引进|吸纳|招用|招收|认定|建成|培养|入选|介绍|低|高|少|多|超|超过|低于|高于|增加|减少|下降|提高|降低|上升|新增|满|隔)?$"
)
_FROM = re.compile(r"(?:由|从)[^,、]{0,14}$")
_PLACED = ("在", "对", "于", "向", "与", "为")
_SIZES = frozenset(
    ("money", "length", "area", "volume", "mass", "energy", "data", "duration", "age", "times")
)
# Words further than this from their number never belong to it; it also keeps the work linear.
MAX_REACH = 90
_MAX_SIZES = 4


@dataclass(slots=True)
class Site:
    """A number that may be a target, and the part of its clause that belongs to it.

    Attributes
    ----------
    left, right
        Half-open range of the part.
    joint
        How the part is tied to the number before it: not at all, by 、, by a connective,
        or running on without a break.
    base
        Begin of a denominator or starting value (``每3个村``, ``由41%``) within the part, else None.
    sizes
        Numbers within the part that only describe what is counted.
    """

    quantity: Quantity
    clause: Clause
    left: int
    right: int
    joint: Joint = ""
    base: int | None = None
    sizes: tuple[Quantity, ...] = ()
    previous: Site | None = None


def sites(folded: str, clause: Clause) -> list[Site]:
    """Return the sites of `clause`, one for every number that is no size, base or denominator."""
    found: list[Site] = []
    for quantity in clause.quantities:
        if len(clause.quantities) > 1 and _only_orders(folded, quantity):
            continue
        if not found:
            found.append(_site(folded, clause, quantity, clause.start, "", None))
            continue
        last = found[-1]
        left, joint = _joint(folded, clause, last.quantity, quantity)
        if joint == "run" and _grants(folded, last.quantity.end, quantity.start):
            joint = ""
        elif joint == "run":
            merged = _absorb(folded, clause, last, quantity)
            if merged is not None:
                found[-1] = merged
                continue
        last.right = min(last.right, _right_of(folded, last.quantity.end, left, joint))
        found.append(_site(folded, clause, quantity, left, joint, last))
    return found


def _only_orders(folded: str, quantity: Quantity) -> bool:
    """Tell numbers that order or repeat and never divide a clause: 一期, 二类, 两次."""
    if quantity.kind == "frequency":
        return True
    if quantity.kind == "duration" and folded.endswith("学前", 0, quantity.start):
        return True
    return quantity.unit in ("期", "类", "层", "路") and not folded[quantity.number_start].isdigit()


def _site(
    folded: str, clause: Clause, quantity: Quantity, left: int, joint: Joint, last: Site | None
) -> Site:
    left = max(left, quantity.start - MAX_REACH)
    right = min(clause.end, quantity.end + MAX_REACH)
    base = None
    each = _EACH.search(folded, max(left, quantity.number_start - 5), quantity.number_start)
    if each:
        base = each.start()
    return Site(quantity, clause, left, right, joint, base, (), last)


def _joint(folded: str, clause: Clause, last: Quantity, quantity: Quantity) -> tuple[int, Joint]:
    """Return where the part of `quantity` begins and how it is tied to the number before."""
    begin, end = last.end, quantity.start
    first = bisect_left(clause.caesuras, begin)
    marks = clause.caesuras[first : first + 12]
    marks = [c for c in marks if c < end]
    if marks:
        if marks[0] == begin:
            return begin + 1, "、"
        for mark in marks:
            if _begins_action(folded, mark + 1, end):
                return mark + 1, "、"
        return marks[-1] + 1, "、"
    segment = folded[max(begin, end - MAX_REACH) : end]
    offset = end - len(segment)
    for match in _CONNECTIVE.finditer(segment):
        at, stop = offset + match.start(), offset + match.end()
        if at == begin or stop == end or _begins_action(folded, stop, end):
            return stop, "and"
    return begin, "run"


def _begins_action(folded: str, at: int, end: int) -> bool:
    heads = lexicon("head", "minor")
    for _ in range(3):
        stop = heads.at_start(folded, at, end)
        if stop == at:
            break
        at = stop
    return lexicon("action", "work", "goal", "up", "down", "reach").at_start(folded, at, end) > at


def _right_of(folded: str, after: int, left: int, joint: Joint) -> int:
    """Return where the part of the number before ends, given where the next one begins."""
    if joint == "、":
        return left - 1
    if joint == "and":
        segment = folded[max(after, left - 2) : left]
        match = _CONNECTIVE.search(segment)
        return left - len(segment) + match.start() if match else left
    return left


def _absorb(folded: str, clause: Clause, last: Site, quantity: Quantity) -> Site | None:
    """Return one site for two numbers that run on, where one serves the other; else None."""
    first = last.quantity
    between = folded[first.end : quantity.start]
    if len(between) > MAX_REACH or len(last.sizes) >= _MAX_SIZES:
        return None
    right = min(clause.end, quantity.end + MAX_REACH)
    whole = Site(quantity, clause, last.left, right, last.joint, None, last.sizes, last.previous)
    if last.base is not None and folded[last.base] == "每":
        whole.base = last.base
        return whole
    before = folded[max(last.left, first.start - 16) : first.start]
    source = _FROM.search(before)
    if source and lexicon("reach").at_end(folded, first.end, quantity.start) < quantity.start:
        whole.base = first.start - len(before) + source.start()
        return whole
    if not between and _sizes(first, quantity):
        # 10亿元以上2个: what is counted has been said before.
        whole.sizes = (*last.sizes, first)
        return whole
    # A verb right before the second number is its own predicate: 超亿元企业净增150户.
    last_verb = lexicon("action", "work").at_end(folded, first.end, quantity.start)
    verb = _holds_action(folded[first.end : last_verb])
    reached = lexicon("reach", "up", "down").at_end(folded, first.end, quantity.start)
    said = reached < quantity.start or quantity.start < quantity.number_start
    noun = folded[first.end : min(reached, quantity.start)]
    if quantity.kind == "duration" and first.kind != "duration":
        return None
    if first.kind == "age" or noun.startswith("的"):
        whole.sizes = (*last.sizes, first)
        return whole
    if folded.endswith(_PLACED, 0, first.start) or folded[first.number_start - 1] == "前":
        # 资金向88个县倾斜的比例: a place or a rank within what is measured.
        whole.sizes = (*last.sizes, first)
        return whole if said and not verb else None
    if first.kind in _SIZES and len(noun) > 1 and not verb:
        # 100亿元以上项目5个: the first number tells the size of what the second counts.
        whole.sizes = (*last.sizes, first)
        return whole
    if quantity.kind in _SIZES and first.kind not in _SIZES and not verb:
        followed = quantity.end < clause.end and folded[quantity.end] not in "、和及与并"
        if followed:
            last.right = right
            last.sizes = (*last.sizes, quantity)
            return last
    ordinary = folded[first.number_start].isdigit() or not folded[quantity.number_start].isdigit()
    if not ordinary and between and not said and not verb:
        # 两个片区老旧小区31个: the Chinese numeral belongs to a name.
        whole.sizes = (*last.sizes, first)
        return whole
    verb_before = lexicon("action", "work").at_end(folded, last.left, first.start) < first.start
    if first.kind not in _SIZES and said and between and not verb_before:
        # 20个村人均收入突破5000元: the first number is the group of which the second speaks.
        whole.base = first.start
        return whole
    if first.number_end - first.number_start == 2 and folded[first.number_start] == "一":
        whole.sizes = (*last.sizes, first)
        return whole
    return None


def _grants(folded: str, begin: int, end: int) -> bool:
    """Tell a rate and a cap: 按投入的30%给予最高100万元补助."""
    return end - begin <= MAX_REACH and any(w in folded[begin:end] for w in ("给予", "予以"))


def _sizes(first: Quantity, quantity: Quantity) -> bool:
    """Tell a bounded size and the count of those that have it: 超千亿元5个, 50亿元以上不少于12个."""
    bounded = first.start < first.number_start or first.end > first.number_end
    return bounded and first.kind in _SIZES and quantity.kind == "count"


def _holds_action(segment: str) -> bool:
    actions = lexicon("action")
    return any(actions.verb_at(segment, i, len(segment)) > i for i in range(len(segment)))

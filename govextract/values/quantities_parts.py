"""The parts of a stated number, and what all constructions need to find them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from govextract.records import Change
from govextract.values.quantities_registers import lexicon
from govextract.values.quantities_sites import Site

Construction = Literal["predicate", "object", "counted", "group", "limit"]
# What the time is given in that one case may take.
TIME_UNITS = (
    "小时",
    "分钟",
    "工作日",
    "天",
    "日",
    "自然日",
    "秒",
    "毫秒",
    "微秒",
    "工作小时",
    "刻钟",
)

_EDGE = frozenset(" 、,;:。·-\t|")
_BRACKETS = dict(zip(")]】〕”》’』」", "([【〔“《‘『「", strict=True))
_OPENED = frozenset(_BRACKETS.values())


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
    previous = reading.site.previous
    if previous is not None and previous is not last.site and _is_some(folded, previous):
        # 100家企业和一批示范企业、50家平台: 一批 counts nothing and parts nothing.
        previous = previous.previous
    if reading.site.joint in ("、", "and") and previous is last.site:
        return True
    counted = reading.construction == last.construction == "counted"
    return counted and folded[last.end : reading.start].strip() == ","


def _is_some(folded: str, site: Site) -> bool:
    return folded.startswith("一批", site.quantity.number_start)


def fitted(folded: str, reading: Reading, start: int, end: int) -> Reading:
    """Return `reading` with the span ``[start, end)`` that someone else gave it."""
    quantity = reading.site.quantity
    number = max(start, quantity.start)
    subject_end = min(max(start, reading.subject[1]), number)
    verb = start, verb_chain(folded, start, number)
    if reading.construction in ("predicate", "limit", "group"):
        verb = start, start
    elif reading.verb[0] >= start and reading.verb[1] <= number:
        verb = reading.verb
    noun_end = max(quantity.end, end)
    construction = reading.construction
    spent = folded.startswith("用于", quantity.end)
    given = lexicon("rate", "bounty").at_start(folded, quantity.end, noun_end)
    rate = quantity.kind in ("share", "tenth", "ratio") and given == noun_end
    if noun_end > quantity.end and construction == "object" and not spent and not rate:
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


def tidy(folded: str, reading: Reading) -> None:
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
    low, high = part
    if start <= low <= high <= end:
        return part
    low = min(max(low, start), end)
    return low, max(low, min(high, end))


def before_fillers(folded: str, low: int, at: int) -> int:
    """Return where the words between indicator and number (均, 分别, 约) begin."""
    fillers = lexicon("filler")
    while (further := fillers.at_end(folded, low, at)) < at:
        at = further
    return at


def verb_chain(folded: str, at: int, end: int) -> int:
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


def chain_back(folded: str, low: int, at: int) -> int:
    """Return where the verbs that end before `at` begin: 新建、改扩建200所, 启动建设2所."""
    verbs = lexicon("action", "work", "up", "down")
    for _ in range(4):
        before = at - 1 if at - 1 > low and folded[at - 1] in "、和及或" else at
        begin = verbs.at_end(folded, low, before)
        if begin == before:
            return at
        at = begin
    return at


def trimmed(folded: str, low: int, stop: int) -> int:
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

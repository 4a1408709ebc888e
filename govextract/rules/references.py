"""Words that lead an assignment back to several items above it: 以上两项工作由…, 上述1—3项责任单位：…."""

from __future__ import annotations

import re
from itertools import pairwise

from govextract.values.numerals import parse_numeral

_NUMBER = "[一二两三四五六七八九十0-9０-９]{1,3}"
_NOUN = "(?:重点)?(?:工作|任务|措施|事项|内容|举措|改革)"
REFERENCE = re.compile(
    rf"(?:以上|上述|前述|上面)(?:第?[（(]?(?P<first>{_NUMBER})[)）]?"
    rf"(?:[、和至到—–－\-～~]{{1,2}}第?[（(]?(?P<last>{_NUMBER})[)）]?)?"
    rf"(?:项|条|款|点|个方面)(?:{_NOUN})?|(?:各项)?{_NOUN})(?:的)?(?:均|都|分别)?"
    # 第5至7项责任单位：, 19、20、21项由…: two numbers and more, in a row
    rf"|(?P<listed>第?[（(]?{_NUMBER}[)）]?(?:[、和至到—–－\-～~]{{1,2}}第?[（(]?{_NUMBER}[)）]?)+(?:项|条|款){_NOUN}?)(?:的)?(?:均|都|分别)?"
    rf"|(?P<section>本(?:部分|章|节|方面)(?:各项|全部|所有)?(?:{_NOUN})?(?:的)?(?:均|都|分别)?(?=[由，,责牵配]))"
)
_NAMES_WHO = re.compile(
    r"[ \t\u3000]*(?:[:：由]|(?:牵头|责任|主办|承办|配合|落实|实施)(?:单位|部门|科室|领导|人))"
)
ALL_ABOVE, WHOLE_SECTION = -1, -2


def reach_of(text: str, at: int) -> int:
    """Return how many items the words at `at` lead back to, or ``ALL_ABOVE``, ``WHOLE_SECTION``.

    Where they name none it is 0.

    Examples
    --------
    >>> [reach_of(s, 0) for s in ("以上两项责任单位：", "上述1—3项由市教育局负责", "本章由", "责任单位：")]
    [2, 3, -2, 0]
    """
    match = REFERENCE.match(text, at)
    if match is None:
        return 0
    if match["section"] is not None:
        return WHOLE_SECTION
    if match["listed"] is not None:
        return _length_of(match["listed"])
    if match["first"] is None:
        return ALL_ABOVE
    first = parse_numeral(match["first"])
    last = parse_numeral(match["last"]) if match["last"] else None
    if first is None:
        return 0
    if last is not None:
        count = int(last.value) - int(first.value) + 1
        return count if count > 1 else 0
    return int(first.value)


def names_items(text: str, at: int) -> bool:
    """Tell numbers of items in a row (19、20、21项) from a number and what it counts.

    Examples
    --------
    >>> names_items("19、20、21项责任单位：", 0), names_items("19、20项工程开工", 0)
    (True, False)
    """
    match = REFERENCE.match(text, at)
    return (
        match is not None
        and match["listed"] is not None
        and bool(_NAMES_WHO.match(text, match.end()))
    )


def _length_of(listed: str) -> int:
    """Return how many items numbers in a row name, 0 where one is left out (1、3、5项)."""
    values = [parse_numeral(n) for n in re.findall(_NUMBER, listed)]
    known = [int(v.value) for v in values if v is not None]
    if len(known) < len(values):
        return 0
    steps = [b - a for a, b in pairwise(known)]
    ranged = [not re.fullmatch("[、和]", s) for s in _separators(listed)]
    if any(step < 1 or (step > 1 and not over) for step, over in zip(steps, ranged, strict=True)):
        return 0
    return known[-1] - known[0] + 1


def _separators(listed: str) -> list[str]:
    return [s.strip("第（(）)") for s in re.split(_NUMBER, listed)[1:-1]]

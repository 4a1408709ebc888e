"""Words that lead an assignment back to several items above it: 以上两项工作由…, 上述1—3项责任单位：…."""

from __future__ import annotations

import re

from govextract.values.numerals import parse_numeral

_NUMBER = "[一二两三四五六七八九十0-9０-９]{1,3}"
_NOUN = "(?:重点)?(?:工作|任务|措施|事项|内容|举措|改革)"
REFERENCE = re.compile(
    rf"(?:以上|上述|前述|上面)(?:第?[（(]?(?P<first>{_NUMBER})[)）]?"
    rf"(?:[、和至到—–－\-～~]{{1,2}}第?[（(]?(?P<last>{_NUMBER})[)）]?)?"
    rf"(?:项|条|款|点|个方面)(?:{_NOUN})?|{_NOUN})(?:的)?(?:均|都|分别)?"
)


def reach_of(text: str, at: int) -> int:
    """Return how many items the words at `at` lead back to: 0 where they name none, -1 for all.

    Examples
    --------
    >>> [reach_of(s, 0) for s in ("以上两项责任单位：", "上述1—3项由市教育局负责", "以上工作由", "责任单位：")]
    [2, 3, -1, 0]
    """
    match = REFERENCE.match(text, at)
    if match is None:
        return 0
    if match["first"] is None:
        return -1
    first = parse_numeral(match["first"])
    last = parse_numeral(match["last"]) if match["last"] else None
    if first is None:
        return 0
    if last is not None:
        count = int(last.value) - int(first.value) + 1
        return count if count > 1 else 0
    return int(first.value)

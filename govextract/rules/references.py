"""Words that lead an assignment back to several items above it: 以上两项工作由…, 上述1—3项责任单位：…."""

from __future__ import annotations

import re

from govextract.values.numerals import parse_numeral

_NUMBER = "[一二两三四五六七八九十0-9０-９]{1,3}"
_NOUN = "(?:重点)?(?:工作|任务|措施|事项|内容|举措|改革)"
REFERENCE = re.compile(
    rf"(?:以上|上述|前述|上面)(?:第?[（(]?(?P<first>{_NUMBER})[)）]?"
    rf"(?:[、和至到—–－\-～~]{{1,2}}第?[（(]?(?P<last>{_NUMBER})[)）]?)?"
    rf"(?:项|条|款|点|个方面)(?:{_NOUN})?|(?:各项)?{_NOUN})(?:的)?(?:均|都|分别)?"
    rf"|(?P<section>本(?:部分|章|节|方面)(?:各项|全部|所有)?(?:{_NOUN})?(?:的)?(?:均|都|分别)?(?=[由，,责牵配]))"
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

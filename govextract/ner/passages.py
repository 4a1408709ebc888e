"""Cuts a text into the passages that the model reads: sentences, never one inside a long clause.

Training and prediction cut alike. A passage ends behind 。；！？ or at a line break; which of
them the hybrid hands to the model is said by `worth_reading`: a target has a numeral, a time
limit a numeral or a word of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Range = tuple[int, int]

_PASSAGE = re.compile(r"[^\n\r。；;！!？?]+[。；;！!？?]?")
_MAX_LENGTH = 400
# 一 stands in so many words (统一, 进一步, 一体) that it counts only before a measure word
_NUMERAL = re.compile(
    "[0-9０-９二三四五六七八九十百千万亿两半%％‰]|一(?=[个家所座项条件支名户批次年月季])"
)
_ANY_NUMERAL = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两半翻]")
_TIME = re.compile(
    "[年月季周旬](?:内|底|末|中|终|度|初|前)|[今全每当本上下半][半]?[年月季天日周旬]|月底|年底|日前"
)
_ORGAN = re.compile(
    "[局委办厅部院署会处队室](?![一-鿿]{0,1}[题署分])|政府|人大|政协|总工会|团[省市县]?委|妇联|检察院|法院"
)


def passages(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    r"""Yield the passages of ``text[start:end]`` in order, blanks at their edges left out.

    Examples
    --------
    >>> list(passages("一、建泵站3座。二、修渠；\n清淤"))
    [(0, 8), (8, 13), (14, 16)]
    """
    for match in _PASSAGE.finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        while b - a > _MAX_LENGTH:
            yield a, a + _MAX_LENGTH
            a += _MAX_LENGTH
        if b - a > 1:
            yield a, b


def joined(ranges: Iterable[Range], spans: Iterable[Range]) -> list[Range]:
    """Return passages of which none ends within one of `spans`: those that one cuts are joined.

    Examples
    --------
    >>> joined([(0, 4), (4, 8)], [(3, 5)])
    [(0, 8)]
    """
    inside = sorted(spans)
    out: list[Range] = []
    at = 0
    for a, b in sorted(ranges):
        while at < len(inside) and inside[at][1] <= a:
            at += 1
        if out and at < len(inside) and inside[at][0] < out[-1][1] and inside[at][1] > a:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def has_numeral(text: str) -> bool:
    """Tell whether a text holds a numeral, Arabic or Chinese, as every target does.

    Examples
    --------
    >>> has_numeral("建泵站三座"), has_numeral("建泵站")
    (True, False)
    """
    return _ANY_NUMERAL.search(text) is not None


def worth_reading(passage: str, *, agencies: bool = False) -> bool:
    """Tell whether a passage can hold a target or time limit, or, where asked, an organ's name.

    Examples
    --------
    >>> [worth_reading(s) for s in ("建泵站3座。", "进一步统一认识。", "年底前完成。")]
    [True, False, True]
    """
    if _NUMERAL.search(passage) or _TIME.search(passage):
        return True
    return agencies and _ORGAN.search(passage) is not None

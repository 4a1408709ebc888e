"""Where the title of a task ends: its first sentence, without numbers, stops and units."""

from __future__ import annotations

import re

Range = tuple[int, int]

_EDGE = frozenset("。；;，,、：: \t\u3000\xa0\r\n")
_STOP = re.compile("[。！!？?\n]")


def trimmed_title(text: str, start: int, end: int) -> Range:
    """Return ``text[start:end]`` without stops and blanks at its ends.

    Examples
    --------
    >>> trimmed_title("、建泵站三座，由", 0, 8)
    (1, 6)
    """
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    # 建泵站三座，由 is cut where its units begin
    if end - start > 1 and text[end - 1] == "由" and text[end - 2] in _EDGE:
        return trimmed_title(text, start, end - 1)
    return start, end


def first_sentence(text: str, start: int, end: int) -> Range:
    """Return the first sentence of ``text[start:end]``, trimmed.

    Examples
    --------
    >>> first_sentence("修路。架桥。", 0, 6)
    (0, 2)
    """
    stop = _STOP.search(text, start, end)
    return trimmed_title(text, start, stop.start() if stop else end)


def piece_title(text: str, start: int, limit: int, end: int) -> Range:
    """Return the first sentence up to the units at `limit`; whole where they stand inside it.

    Examples
    --------
    >>> s = "泵站由县水利局建设。道路由县交通局建设。"
    >>> a, b = piece_title(s, 0, 3, len(s))
    >>> s[a:b]
    '泵站由县水利局建设'
    """
    title = first_sentence(text, start, limit)
    ordinal = title[1] - title[0] == 2 and text[title[1] - 1] == "是"  # 三是市应急局牵头
    inside = limit < end and (ordinal or text[title[1] - 1] in "由请")
    return first_sentence(text, start, end) if inside else title

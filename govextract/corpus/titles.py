"""Number and title of a task, read off its beginning.

The numbers are read with the register of the outline rules but not with their code: what the
corpus holds must not depend on the component that is measured with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govextract.corpus.model import Mark, Range
from govextract.data import read_rows

_CHINESE = "[一二三四五六七八九十百〇零]{1,5}"
_ARABIC = "[0-9０-９]{1,3}"
_BULLET = "bullet"
_OPENING = "(（[［【〔﹙「"
_CLOSING = ")）]］】〕﹚」"
_EDGE = "。；;：:，,、. \t\u3000\xa0\r\n"
_LABEL_START = "。；;，, \t\u3000\n|" + _CLOSING
_LABEL = re.compile("单位|部门|领导|责任|主体")
# A title ends with its sentence, its line or its cell; where the text lost its line breaks, those
# that are left stand anywhere.
_TITLE_END = re.compile(r"[。\n\r\t|]")
_SENTENCE_END = re.compile(r"[。\t|]")
_BREAKS = re.compile(r"[\n\r\t]+")


@cache
def _numbers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_rows("numbering.tsv", ("kind", "rank", "pattern", "source"))
    return tuple(
        (
            row["kind"],
            re.compile(row["pattern"].replace("{cn}", _CHINESE).replace("{ar}", _ARABIC)),
        )
        for row in rows
    )


def leading_number(text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return the number as printed at `start`, None for a bullet or none, and where it ends.

    Examples
    --------
    >>> leading_number("（三）加强监管。", 0, 8)
    ('（三）', 3)
    >>> leading_number("★ 办好赛事", 0, 6), leading_number("办好赛事", 0, 4)
    ((None, 2), (None, 0))
    """
    for kind, pattern in _numbers():
        match = pattern.match(text, start, end)
        if match:
            return None if kind == _BULLET else match["n"], match.end()
    return None, start


def title_range(
    text: str, mark: Mark, begin: int, inside: Sequence[Mark], *, flattened: bool = False
) -> Range:
    """Return where the title of a task stands.

    Parameters
    ----------
    mark
        The task.
    begin
        Where its leading number ends.
    inside
        The marks inside the task, in order.
    flattened
        Whether line breaks of the text mean nothing.
    """
    heading = next((m for m in inside if m.kind == "H"), None)
    if heading is not None and heading.start <= begin:
        return trimmed(text, begin, heading.end)
    found = (_SENTENCE_END if flattened else _TITLE_END).search(text, begin, mark.end)
    end = found.start() if found else mark.end
    assigned = next((m for m in inside if m.kind in "AP" and m.role), None)
    if assigned is not None and assigned.start <= end:
        end = min(end, _list_start(text, begin, assigned.start))
    return trimmed(text, begin, end)


def _list_start(text: str, begin: int, unit: int) -> int:
    """Return where the list of units begins whose first unit stands at `unit`.

    It begins with its bracket or its label; in prose, where the sentence goes on to say what the
    unit does, it begins nowhere before the title's own end.
    """
    before = text[begin:unit].rstrip()
    still_open: list[int] = []
    last_closed = 0
    for at, character in enumerate(before):
        if character in _OPENING:
            still_open.append(at)
        elif character in _CLOSING and still_open:
            last_closed = still_open.pop()
    if still_open:
        return begin + still_open[0]
    if before.endswith(tuple(_CLOSING)) and _LABEL.search(before, last_closed):
        return begin + last_closed
    if before.endswith((":", "：")):
        return begin + 1 + max(before.rfind(c) for c in _LABEL_START)
    return len(text)


def trimmed(text: str, start: int, end: int) -> Range:
    """Return the range without blanks and stops at its ends; without both where nothing is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def joined(text: str, place: Range) -> str:
    r"""Return a part of the text as one line.

    Examples
    --------
    >>> joined("一、推进\n改革", (0, 7))
    '一、推进改革'
    """
    return _BREAKS.sub("", text[place[0] : place[1]])

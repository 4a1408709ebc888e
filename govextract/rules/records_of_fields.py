"""Records whose fields stand on lines of their own: 提案号：…, 案由：…, 主办：…, 办结时限：….

Such a record is told by its first field, which names a number or what is to be done, and which the
document repeats; a number may stand in front of it (3．任务名称：…).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govextract.rules.paragraphs import Paragraph
from govextract.rules.tables import column_of

_NAME = re.compile(
    r"[【\[]?(?P<name>[\u4e00-\u9fff](?:[ \t\u3000\xa0]*[\u4e00-\u9fff]){1,9})[】\]]?[：:]"
)
_OPENS_AS_CONTENT = ("名称", "任务", "项目", "事项", "议题", "问题")
_HABIT = 3


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """The paragraphs ``first`` to ``last`` of a record, and where its number and title stand."""

    first: int
    last: int
    number: tuple[int, int] | None
    title: tuple[int, int]


def field_name(text: str, para: Paragraph) -> str | None:
    """Return the name of the field that a paragraph begins with, blanks inside left out.

    None behind a number: what is numbered is an item.
    """
    return None if para.number else _name_at(text, para.start, para.end)


def _name_at(text: str, start: int, end: int) -> str | None:
    match = _NAME.match(text, start, end)
    return "".join(match["name"].split()) if match else None


def field_records(text: str, paras: Sequence[Paragraph]) -> list[FieldRecord]:
    r"""Return the records of a document in order.

    Examples
    --------
    >>> from govextract.rules.paragraphs import lines, paragraphs
    >>> text = "提案号：001\n案由：修路\n主办：市交通局\n" * 3
    >>> [text[slice(*r.title)] for r in field_records(text, paragraphs(text, lines(text)))]
    ['修路', '修路', '修路']
    """
    names = [field_name(text, para) for para in paras]
    opener = _opener(names)
    starts = [i for i, name in enumerate(names) if name == opener]
    if opener is None:
        numbered = [_name_at(text, p.number.end, p.end) if p.number else None for p in paras]
        opener = _opener(numbered)
        starts = [i for i, name in enumerate(numbered) if name == opener]
    elif _below_numbers(paras, names, starts):
        return []  # 1.扩大学位 / 工作目标：… / 具体任务：…: the items are the records
    if opener is None:
        return []
    records = []
    for first, following in zip(starts, [*starts[1:], len(paras)], strict=True):
        last = first
        while last + 1 < following and names[last + 1] is not None:
            last += 1
        if paras[first].number is not None:
            last = _last_field(names, paras, first, following)
        number = None
        title = _value(text, paras[first])
        column = column_of(opener)
        if column is not None and column.use == "number":
            number = title
            for i in range(first + 1, last + 1):
                behind = column_of(names[i] or "")
                if behind is not None and behind.use == "content":
                    title = _value(text, paras[i])
                    break
        records.append(FieldRecord(first, last, number, title))
    return records


def _below_numbers(
    paras: Sequence[Paragraph], names: Sequence[str | None], starts: Sequence[int]
) -> bool:
    """Tell fields that stand below numbered headings, one group below each."""
    headed = 0
    for at in starts:
        above = at - 1
        while above >= 0 and names[above] is not None:
            above -= 1
        number = paras[above].number if above >= 0 else None
        headed += number is not None and number.end < paras[above].end
    return 2 * headed > len(starts)


def _last_field(
    names: Sequence[str | None], paras: Sequence[Paragraph], first: int, following: int
) -> int:
    """Return the last field of a record that is no note, what a field says over lines passed over."""
    last = first
    own = paras[first].number
    for i in range(first + 1, following):
        number = paras[i].number
        if own is not None and number is not None and number.rank < own.rank:
            break  # a heading above the records
        column = column_of(names[i] or "")
        if column is not None:
            last = i if column.use != "note" else last
    return last


def _opener(names: Sequence[str | None]) -> str | None:
    """Return the name of the field that begins the records of a document."""
    for name, count in Counter(n for n in names if n is not None).items():
        column = column_of(name) if count >= _HABIT else None
        if column is None:
            continue
        if column.use == "number":
            return name
        opens = name.endswith(_OPENS_AS_CONTENT) and not name.startswith("存在")
        if column.use == "content" and opens:  # 存在问题 stands below the name of the place
            return name
    return None


def _value(text: str, para: Paragraph) -> tuple[int, int]:
    begin = para.number.end if para.number else para.start
    match = _NAME.match(text, begin, para.end)
    begin = match.end() if match else begin
    while begin < para.end and text[begin].isspace():
        begin += 1
    stop = text.find("。", begin, para.end)  # what a problem is called, not all that is said of it
    return begin, stop if stop > begin else para.end

"""A ledger as the table that a supervision office keeps: one row a task, eleven columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from govextract.exporters.cells import joined, lines, one_line
from govextract.records import Deadline, LedgerRecord, Metric, Role, Task

Language = Literal["zh", "en"]
Cell = int | str

_AFTER_NUMBER = "、.．﹒。,，:： \t\u3000"
_CLOSING = ")）]］】〕"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table.

    Attributes
    ----------
    english, chinese
        Its name in either language.
    separator
        What stands between the parts of a cell that is written on one line.
    stacked
        Whether each part has a line of its own where cells may have several.
    least, most
        Bounds of its width in a spreadsheet, in Latin characters.
    """

    english: str
    chinese: str
    separator: str
    stacked: bool
    least: int
    most: int


COLUMNS: tuple[Column, ...] = (
    Column("no", "序号", "", False, 6, 6),
    Column("section", "章节", " / ", True, 16, 28),
    Column("task", "任务", "", False, 24, 44),
    Column("measures", "具体举措", "；", True, 30, 90),
    Column("lead_units", "牵头单位", "、", False, 12, 24),
    Column("responsible_units", "责任单位", "、", False, 16, 36),
    Column("assisting_units", "配合单位", "、", False, 12, 36),
    Column("leaders", "责任领导", "、", False, 10, 16),
    Column("targets", "量化指标", "；", True, 16, 44),
    Column("time_limits", "完成时限", "；", True, 12, 28),
    Column("position", "原文位置", "", False, 12, 26),
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task's row; the fields stand in the order of `COLUMNS`, several parts as a tuple."""

    serial: int
    section: tuple[str, ...]
    task: str
    measures: tuple[str, ...]
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    assist: tuple[str, ...]
    leaders: tuple[str, ...]
    metrics: tuple[str, ...]
    deadlines: tuple[str, ...]
    position: str

    def cells(self, *, stacked: bool) -> list[Cell]:
        """Return the row's cells; with `stacked` they may have several lines, else one each."""
        out: list[Cell] = []
        for name, column in zip(self.__dataclass_fields__, COLUMNS, strict=True):
            value = getattr(self, name)
            if not isinstance(value, tuple):
                out.append(value)
            elif stacked and column.stacked:
                out.append("\n".join(value))
            else:
                out.append(joined(value, column.separator))
        return out


class Lines:
    """The lines of a text, for finding the 1-based number of the line that holds an offset."""

    def __init__(self, text: str) -> None:
        # As text editors count: `str.splitlines` would also break at form feeds and others.
        self._starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text))]

    def number(self, offset: int) -> int:
        r"""Return the number of the line that the character at `offset` stands in.

        Examples
        --------
        >>> lines = Lines("甲\r\n乙\n")
        >>> lines.number(0), lines.number(3), lines.number(5)
        (1, 2, 3)
        """
        return bisect_right(self._starts, offset)

    def place(self, start: int, end: int) -> str:
        r"""Return lines and characters of ``text[start:end]`` as the column 原文位置 shows them.

        Examples
        --------
        >>> Lines("甲乙\n丙丁\n").place(1, 5)
        '第1-2行 字符1-5'
        """
        first, last = self.number(start), self.number(max(start, end - 1))
        rows = f"{first}" if first == last else f"{first}-{last}"
        return f"第{rows}行 字符{start}-{end}"


def task_rows(ledger: LedgerRecord) -> Iterator[TaskRow]:
    """Yield the row of each task of `ledger`, in its order.

    Units appear with their full names, since an elided ``统计局`` says nothing outside its list.

    Examples
    --------
    >>> from govextract.records import Meta, Responsibility, Source
    >>> task = Task("1", "1", ["一、农业"], "建设泵站", 0, 6, responsibilities=[
    ...     Responsibility("市水利局", "市水利局", None, "lead", 0, 4),
    ...     Responsibility("财政局", "市财政局", None, "assist", 5, 8)])
    >>> row = next(task_rows(LedgerRecord(Source(None, "0" * 64, "txt"), Meta(), "", [task])))
    >>> row.serial, row.task, row.lead, row.assist
    (1, '1 建设泵站', ('市水利局',), ('市财政局',))
    """
    index = Lines(ledger.text)
    for serial, task in enumerate(ledger.tasks, 1):
        yield TaskRow(
            serial=serial,
            section=tuple(filter(None, map(one_line, task.path))),
            task=_headline(ledger.text, task),
            measures=tuple(line for measure in task.measures for line in lines(measure.text)),
            lead=_names(task, "lead"),
            responsible=_names(task, "responsible"),
            assist=_names(task, "assist"),
            leaders=_names(task, "leader"),
            metrics=_distinct(map(target_text, task.metrics)),
            deadlines=_distinct(map(time_limit_text, task.deadlines)),
            position=index.place(task.start, task.end),
        )


def target_text(metric: Metric) -> str:
    """Return a target as its cell shows it, its indicator before it where the words lack it.

    Examples
    --------
    >>> from decimal import Decimal
    >>> target_text(Metric("省著名商标10件", "申报省著名商标", "level", "eq", Decimal(10), None,
    ...                    "件", 0, 8))
    '申报省著名商标：省著名商标10件'
    """
    text, indicator = one_line(metric.text), one_line(metric.indicator)
    return text if _is_subsequence(indicator, text) else f"{indicator}：{text}"


def time_limit_text(deadline: Deadline) -> str:
    """Return a time limit as its cell shows it: its words, its date, whether it is inherited.

    Examples
    --------
    >>> time_limit_text(Deadline("6月底前", "2015-06-30", None, 0, 4))
    '6月底前（2015-06-30）'
    >>> time_limit_text(Deadline("每半年", None, "P6M", 0, 3, inherited=True))
    '每半年（承上）'
    """
    notes = [deadline.date] if deadline.date else []
    if deadline.inherited:
        notes.append("承上")
    text = one_line(deadline.text)
    return f"{text}（{'，'.join(notes)}）" if notes else text


def _names(task: Task, role: Role) -> tuple[str, ...]:
    return tuple(one_line(r.name) for r in task.responsibilities if r.role == role)


def _headline(text: str, task: Task) -> str:
    """Return number and title, with what the circular prints between them."""
    title, number = one_line(task.title), one_line(task.number or "")
    if not number:
        return title
    between = " "
    if task.number and text.startswith(task.number, task.start):
        rest = text[task.start + len(task.number) : task.end]
        printed = rest[: len(rest) - len(rest.lstrip(_AFTER_NUMBER))]
        # A bare digit must not run into a title that may begin with one.
        between = printed.strip() or (" " if printed or number[-1].isascii() else "")
        if number[-1] in _CLOSING:
            between = between.strip()
    return number + between + title


def _distinct(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the non-empty `parts` in their order, each once."""
    return tuple(part for part in dict.fromkeys(parts) if part)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)

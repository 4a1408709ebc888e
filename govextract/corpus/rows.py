"""Which marks belong to which task: those inside it, and those of its table row outside it.

A task of a table runs from its content cell to the last of its unit cells. A unit, a person, a
target or a time limit in another cell of its row (完成时限 to the right of the units, 责任领导 to the
left of the content; in a table that lost its borders, the line behind the units) is part of the assignment too, and so is one in a merged cell that reaches
down to the row. Where a line of the text is the row of several tasks, all of them have it. A mark
inside a task belongs to that task alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from govextract.corpus.model import Document, Mark, MarkedTable, Range

_NEXT_CELL = re.compile(r"\n[ \t\u3000]*\|")
_CELL_LINE = re.compile(r"[ \t\u3000]*\|")
_NEXT_LINE = re.compile(r"\s*\n[ \t\u3000]*(?P<cell>[^\n]*[^\n。；;\s])[ \t\u3000]*(?=\n|$)")
_LONGEST_CELL = 30
_END_LINE = re.compile(r"[ \t\u3000]*\|?[ \t\u3000]*")


def marks_of_tasks(document: Document) -> list[tuple[Mark, list[Mark]]]:
    """Return every task with the marks that belong to it, in the order of the text."""
    tasks = list(document.of("T"))
    starts = [task.start for task in tasks]
    inside: list[list[Mark]] = [[] for _ in tasks]
    outside: list[Mark] = []
    for mark in document.marks:
        if mark.kind == "T":
            continue
        at = bisect_right(starts, mark.start) - 1
        if at >= 0 and mark.end <= tasks[at].end:
            inside[at].append(mark)
        elif mark.kind in "PMD" or (mark.kind == "A" and mark.role):
            outside.append(mark)
    for at, task in enumerate(tasks):
        bounds = (tasks[at - 1].end if at else 0, starts[at + 1] if at + 1 < len(tasks) else None)
        places = _row(document, task, bounds) if outside else []
        for mark in outside:
            if any(a <= mark.start and mark.end <= b for a, b in places):
                inside[at].append(mark)
        inside[at].sort(key=lambda m: (m.start, -m.end))
    return list(zip(tasks, inside, strict=True))


def _row(document: Document, task: Mark, bounds: tuple[int, int | None]) -> list[Range]:
    """Return the parts of the text that make up the table row of a task, none in prose."""
    for table in document.tables:
        if table.start <= task.start and task.end <= table.end:
            return _table_row(table, task)
    stop = len(document.text) if bounds[1] is None else bounds[1]
    return _piped_row(document.text, task, bounds[0], stop) or _bare_row(document, task, stop)


def _table_row(table: MarkedTable, task: Mark) -> list[Range]:
    above: dict[int, Range] = {}
    places = []
    for row in table.rows:
        above |= {column: cell for column, cell in enumerate(row) if cell is not None}
        cells = [cell for cell in row if cell is not None]
        if cells[0][0] < task.end and task.start < cells[-1][1]:
            places += [above[column] for column in range(len(row)) if column in above]
    return places


def _piped_row(text: str, task: Mark, first: int, stop: int) -> list[Range]:
    """Return the row of a table that is flattened with ``|``.

    Either a row is a line, or each cell begins a line with ``|`` and the row ends with a line
    that holds nothing else; it reaches from `first` to `stop` at most, where other tasks stand.
    """
    if not _NEXT_CELL.search(text, task.start, task.end):
        line = text.rfind("\n", 0, task.start) + 1, _line_end(text, task.end, len(text))
        outside = text[line[0] : task.start] + text[task.end : line[1]]
        return [line] if "|" in outside else []
    line_start = max(text.rfind("\n", 0, task.start) + 1, first)
    line_end = _line_end(text, task.end, stop)
    end = line_end
    while end < stop and _CELL_LINE.match(text, end + 1):
        next_end = _line_end(text, end + 1, stop)
        if _END_LINE.fullmatch(text, end + 1, next_end):
            break
        end = next_end
    start = line_start
    while start > first and _CELL_LINE.match(text, start):
        previous = max(text.rfind("\n", 0, start - 1) + 1, first)
        if _END_LINE.fullmatch(text, previous, start - 1):
            break
        start = previous
    return [(start, end)]


def _bare_row(document: Document, task: Mark, stop: int) -> list[Range]:
    """Return the cell with the time limit of a row that lost its borders: the line behind the units.

    Only in a flattened document, a short line that holds a time limit and is no sentence.
    """
    if "flattened" not in document.head.layouts:
        return []
    line = _NEXT_LINE.match(document.text, task.end, stop)
    if line is None or line.end("cell") - line.start("cell") > _LONGEST_CELL:
        return []
    cell = line.span("cell")
    inside = [m for m in document.marks if cell[0] <= m.start and m.end <= cell[1]]
    limits = any(m.kind == "D" for m in inside)
    return [cell] if limits and not any(m.kind in "HT" for m in inside) else []


def _line_end(text: str, at: int, stop: int) -> int:
    end = text.find("\n", at, stop)
    return stop if end < 0 else end

"""What the ledger checks of itself: declared against extracted tasks, numbering, lists, units."""

from __future__ import annotations

import re
from collections import Counter

from govextract.ledger import Ledger
from govextract.ranges import meets
from govextract.records import LedgerWarning
from govextract.rules.circular import Circular
from govextract.rules.numbering import chinese_value
from govextract.rules.outline import Item
from govextract.rules.unit_lists import is_list_of_units

_DECLARED = re.compile(
    "(?:分解|细化|分为|梳理|确定|明确|形成|列出|提出|安排|制定|共|涉及)[^。；;\n\\d一二三四五六七八九十百]{0,16}?"
    "(?P<n>\\d{1,3}|[一二三四五六七八九十百]{1,5})(?:项|条|件|大项|个(?!工作日|月|季度|时期|阶段|方面|环节|小时|年度|[县市区乡镇村]|部门|单位))"
    "[^。；;，,\n、]{0,10}?(?:任务|工作|事项|实事|措施|举措|目标|项目)"
)


def self_checks(circular: Circular, ledger: Ledger) -> list[LedgerWarning]:
    """Return the warnings that a reader of the ledger should look at, with their places."""
    return [
        *_declared_count(circular, ledger),
        *_numbering(circular),
        *_brackets(circular),
        *_unread(circular),
        *_units(circular),
        *_rows(circular),
        *_empty(circular, ledger),
    ]


def _declared_count(circular: Circular, ledger: Ledger) -> list[LedgerWarning]:
    """52项 stated in the covering text against the tasks found."""
    low = ledger.tasks[0].start if ledger.tasks else len(circular.text)
    match = _DECLARED.search(circular.text, 0, low)
    if match is None or not ledger.tasks:
        return []
    raw = match["n"]
    declared = int(raw) if raw.isdigit() else chinese_value(raw)
    per_sequence = Counter(
        s.item.sequence for s in circular.scopes if s.item is not None and s.item.number is not None
    )
    if declared in (None, len(ledger.tasks)) or declared in per_sequence.values():
        return []
    message = f"the document declares {declared}, {len(ledger.tasks)} tasks were found"
    return [LedgerWarning("declared-count", message, match.start("n"), match.end("n"))]


def _numbering(circular: Circular) -> list[LedgerWarning]:
    """Gaps and repeats in a run of numbers."""
    found = []
    last: dict[int, Item] = {}
    for item in circular.outline.items:
        if item.number is None:
            continue
        before = last.get(item.sequence)
        last[item.sequence] = item
        if before is None or before.number is None:
            continue
        step = item.number.value - before.number.value
        if step == 1:
            continue
        code, word = ("numbering-repeat", "repeats") if step == 0 else ("numbering-gap", "follows")
        found.append(
            LedgerWarning(
                code,
                f"number {item.number.printed} {word} {before.number.printed}",
                item.number.start,
                item.number.start + len(item.number.printed),
            )
        )
    return found


def _brackets(circular: Circular) -> list[LedgerWarning]:
    return [
        LedgerWarning("bracket-unclosed", "the bracket of this list is not closed", a.start, a.end)
        for a in circular.assignments
        if not a.closed
    ]


def _unread(circular: Circular) -> list[LedgerWarning]:
    """Brackets of known units, and lines of several, among the tasks that none of them names."""
    if not circular.scopes:
        return []
    first = min(scope.start for scope in circular.scopes)  # before it: whom the circular addresses
    last = max(scope.end for scope in circular.scopes)
    named = sorted(
        (unit.start, unit.end)
        for scope in circular.scopes
        if scope.assignment is not None
        for unit in scope.assignment.units
    )
    idle = sorted(line for a in circular.assignments for line in a.idle)
    lines = [
        (para.start, para.end)
        for para in circular.paragraphs
        if para.number is None
        and first <= para.start < last
        and not meets(named, para.start, para.end)
        and not meets(idle, para.start, para.end)
        and is_list_of_units(circular.text, para.start, para.end)
    ]
    message = "these units were not read as charged with a task"
    return [
        LedgerWarning("list-unread", message, a, b)
        for a, b in sorted([*circular.refused, *lines])
        if first <= a < last and not meets(named, a, b)
    ]


def _units(circular: Circular) -> list[LedgerWarning]:
    found = []
    for scope in circular.scopes:
        if scope.assignment is None:
            continue
        for unit in scope.assignment.units:
            if not unit.known and unit.role != "leader":
                message = f"{unit.surface!r} does not read as the name of a unit"
                found.append(LedgerWarning("unknown-unit", message, unit.start, unit.end))
    return found


def _rows(circular: Circular) -> list[LedgerWarning]:
    return [
        LedgerWarning("row-without-units", "this row of the table names no unit", a, b)
        for table in circular.tables
        for a, b in table.unread_rows
    ]


def _empty(circular: Circular, ledger: Ledger) -> list[LedgerWarning]:
    if ledger.tasks:
        return []
    return [LedgerWarning("no-tasks", "no task that assigns a unit was found")]

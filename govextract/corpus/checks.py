"""What the guidelines forbid in a document whose marks keep their form.

Each check yields what is wrong and where in the text; nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from govextract.corpus.model import Annotation, Document, Mark, MarkKind
from govextract.corpus.rows import marks_of_tasks
from govextract.corpus.standoff import find_spaced

Found = Iterator[tuple[int, str]]

EDGES = "、,，;；。:："
_BRACKETS = {
    "(": ")",
    "（": "）",
    "〔": "〕",
    "[": "]",
    "【": "】",
    "［": "］",
    "《": "》",
    "“": "”",
}
_NUMERAL = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿半几数倍]")
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]")
_NAMES: dict[MarkKind, str] = {
    "A": "AGENCY",
    "P": "person",
    "M": "METRIC",
    "D": "DEADLINE",
    "H": "heading",
    "T": "task",
}
_FULL_WIDTH = "，；：（）"
_HALF_WIDTH = ",;:()"


def _edges(document: Document) -> Found:
    for mark in document.of("A", "P", "M", "D", "H"):
        words = document.text[mark.start : mark.end]
        edges = "" if mark.kind == "H" else EDGES
        if words != words.strip() or words[0] in edges or words[-1] in edges:
            yield mark.start, f"{_NAMES[mark.kind]} begins or ends with a blank or stop: {words!r}"
    for mark in document.of("T"):
        words = document.text[mark.start : mark.end]
        if words != words.strip():
            yield mark.start, "the task begins or ends with a blank"


def _brackets(document: Document) -> Found:
    for mark in document.of("A", "M", "D"):
        words = document.text[mark.start : mark.end]
        for opening, closing in _BRACKETS.items():
            if words.count(opening) != words.count(closing):
                yield mark.start, f"{_NAMES[mark.kind]} cuts a pair {opening}{closing}: {words!r}"


def _line_breaks(document: Document) -> Found:
    # Where the text lost its line breaks those that are left stand anywhere.
    if "flattened" in document.head.layouts:
        return
    for mark in document.of("A", "P", "M", "D", "H"):
        if "\n" in document.text[mark.start : mark.end]:
            yield mark.start, f"{_NAMES[mark.kind]} runs over the end of a line"


def _overlaps(document: Document) -> Found:
    last: dict[str, Mark] = {}
    for mark in document.of("A", "P", "M", "D"):
        group = "A" if mark.kind == "P" else mark.kind
        before = last.get(group)
        if before is not None and mark.start < before.end:
            words = document.text[mark.start : mark.end]
            yield mark.start, f"{_NAMES[mark.kind]} {words!r} stands inside another"
        last[group] = mark


def _numerals(document: Document) -> Found:
    for mark in document.of("M"):
        words = document.text[mark.start : mark.end]
        if not _NUMERAL.search(words):
            yield mark.start, f"METRIC without a numeral: {words!r}"


def _assigned(document: Document) -> Found:
    held = {mark for _, marks in marks_of_tasks(document) for mark in marks}
    for mark in document.of("A", "P"):
        if mark.role and mark not in held:
            words = document.text[mark.start : mark.end]
            yield mark.start, f"{words!r} is assigned outside every task and its table row"


def _mentions(document: Document) -> Found:
    tasks = list(document.of("T"))
    for mark in document.of("A"):
        if mark.role:
            continue
        words = document.text[mark.start : mark.end]
        if not tasks:
            yield mark.start, f"AGENCY {words!r} in a document without tasks"
        elif mark.end <= tasks[0].start or mark.start >= tasks[-1].end:
            yield mark.start, f"AGENCY {words!r} before the first task or after the last"


def _headings(document: Document) -> Found:
    level = 0
    for mark in document.of("H"):
        if (mark.level or 0) > level + 1:
            yield mark.start, f"a heading of level {mark.level} under one of level {level}"
        level = mark.level or 0


def _nesting(document: Document) -> Found:
    """Find marks inside a heading or span that only stand beside it; a heading may be a target."""
    outer: Mark | None = None
    for mark in document.marks:
        if outer is not None and mark.start >= outer.end:
            outer = None
        if mark.kind == "T" and outer is not None:
            yield mark.start, f"a task begins inside a {_NAMES[outer.kind]}"
        if mark.kind == "H" and outer is not None:
            yield mark.start, f"a heading stands inside a {_NAMES[outer.kind]}"
        if mark.kind != "T" and outer is None:
            outer = mark


def _layouts(document: Document) -> Found:
    layouts = document.head.layouts
    marks = {mark.kind for mark in document.marks}
    assigned = any(mark.role for mark in document.of("A"))
    if document.tables and not {"table-html", "table-docx"} & set(layouts):
        yield 0, "the document has a ⟦TABLE⟧ and neither layout table-html nor table-docx"
    if {"table-html", "table-docx"} & set(layouts) and not document.tables:
        yield 0, "the layout is of tables and the document has no ⟦TABLE⟧"
    if "leaders" in layouts and "P" not in marks:
        yield 0, "the layout is leaders and no person is marked"
    if "no-units" in layouts and assigned:
        yield 0, "the layout is no-units and units are assigned"
    if "no-units" not in layouts and "T" not in marks:
        yield 0, "the document has no task and the layout is not no-units"


def _characters(document: Document) -> Found:
    for match in _UNPRINTED.finditer(document.text):
        yield match.start(), f"the character U+{ord(match[0]):04X} is not printed"
    if not document.text.strip():
        yield 0, "the document has no text"


def _width(document: Document) -> Found:
    width = document.head.width
    full = sum(document.text.count(c) for c in _FULL_WIDTH)
    half = sum(document.text.count(c) for c in _HALF_WIDTH)
    mostly = full if width == "full" else half
    if width != "mixed" and mostly * 2 < full + half:
        yield 0, f"width is {width}, and of the punctuation {full} are full and {half} half"


def _tasks(document: Document, annotation: Annotation) -> Found:
    for task in annotation.tasks:
        if not task.title:
            yield task.start, "no title can be read off the task: give title="
        elif not find_spaced(document.text, task.title, task.start, task.end):
            words = task.title
            yield task.start, f"the title given by hand is not of the text: {words!r}"


def _records(document: Document, annotation: Annotation) -> Found:
    for metric in annotation.metrics():
        if not metric.indicator:
            yield metric.start, f"no indicator can be read for {metric.text!r}: give indicator="
        if metric.value_max is not None and metric.value_max <= metric.value:
            yield metric.start, f"the range of {metric.text!r} ends before it begins"
    for deadline in annotation.deadlines():
        if deadline.date and abs(int(deadline.date[:4]) - document.head.year) > 30:
            yield deadline.start, f"{deadline.text!r} is dated {deadline.date}"


_MARK_CHECKS: tuple[Callable[[Document], Found], ...] = (
    _edges, _brackets, _line_breaks, _overlaps, _numerals, _assigned, _mentions, _headings,
    _nesting, _layouts, _characters, _width,
)  # fmt: skip
_RECORD_CHECKS: tuple[Callable[[Document, Annotation], Found], ...] = (_tasks, _records)


def check_marks(document: Document) -> list[tuple[int, str]]:
    """Return what is wrong with the marks of a document, by place in its text.

    Examples
    --------
    >>> from govextract.corpus import EXAMPLE, parse
    >>> check_marks(parse(EXAMPLE))
    []
    >>> check_marks(parse(EXAMPLE.replace("6月底前⟧", "6月底前，⟧")))[0][1]
    "DEADLINE begins or ends with a blank or stop: '6月底前，'"
    """
    return sorted(found for check in _MARK_CHECKS for found in check(document))


def check_records(document: Document, annotation: Annotation) -> list[tuple[int, str]]:
    """Return what is wrong with the records that the marks of a document amount to."""
    return sorted(found for check in _RECORD_CHECKS for found in check(document, annotation))

"""What the marks of a document amount to: spans and tasks with their records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.model import (
    MAX_HEADING,
    SPAN_LABELS,
    Annotation,
    Document,
    Mark,
    Range,
    Span,
    TaskRecord,
)
from govextract.corpus.rows import marks_of_tasks
from govextract.corpus.titles import joined, leading_number, title_range
from govextract.corpus.values import (
    UnreadableValueError,
    deadline_record,
    metric_record,
    responsibilities,
)
from govextract.records import Deadline, Metric

NO_NUMBER = "-"
Value = TypeVar("Value", Metric, Deadline)


def compile_document(document: Document, path: str = "") -> Annotation:
    """Return spans and tasks of a document, with every record worked out.

    Parameters
    ----------
    path
        Name of the file in messages.

    Raises
    ------
    CorpusError
        Naming every mark whose record cannot be worked out, with its line.

    Examples
    --------
    >>> from govextract.corpus import EXAMPLE, parse
    >>> annotation = compile_document(parse(EXAMPLE))
    >>> [(t.number, t.title, t.path) for t in annotation.tasks]
    [('1', '推进灌区改造', ('一、水利建设',))]
    >>> [(r.name, r.role) for r in annotation.tasks[0].responsibilities]
    [('县水利局', 'lead'), ('县财政局', 'responsible')]
    """
    faults: list[Fault] = []
    metrics = _records(document, "M", metric_record, faults, path)
    deadlines = _records(document, "D", deadline_record, faults, path)
    if faults:
        raise CorpusError(sorted(faults))
    paths = _paths(document)
    tasks = []
    taken: set[Mark] = set()
    for mark, inside in marks_of_tasks(document):
        above = _within(paths[mark], deadlines)
        tasks.append(_task(document, mark, inside, paths[mark], above, metrics, deadlines))
        taken.update(inside, above)
    return Annotation(
        spans=tuple(
            sorted(
                Span(mark.start, mark.end, SPAN_LABELS[mark.kind])
                for mark in document.of(*SPAN_LABELS)
            )
        ),
        tasks=tuple(tasks),
        other_metrics=tuple(record for mark, record in metrics.items() if mark not in taken),
        other_deadlines=tuple(record for mark, record in deadlines.items() if mark not in taken),
    )


def _records(
    document: Document,
    kind: str,
    make: Callable[[Document, Mark], Value],
    faults: list[Fault],
    path: str,
) -> dict[Mark, Value]:
    found = {}
    for mark in document.marks:
        if mark.kind == kind:
            try:
                found[mark] = make(document, mark)
            except UnreadableValueError as error:
                faults.append(Fault(path, document.line(mark.start), str(error)))
    return found


def _paths(document: Document) -> dict[Mark, tuple[Range, ...]]:
    """Return the headings above each task, outermost first."""
    found = {}
    stack: list[Mark] = []
    headings = list(document.of("H"))
    for mark in document.of("H", "T"):
        if mark.kind == "T":
            # A task that begins with its own heading stands below the parents of that heading,
            # not below the heading before it.
            _, begin = leading_number(document.text, mark.start, mark.end)
            own = (h.level or 0 for h in headings if mark.start <= h.start <= begin)
            level = next(own, MAX_HEADING + 1)
            found[mark] = tuple((h.start, h.end) for h in stack if (h.level or 0) < level)
            continue
        level = mark.level or 0
        stack = [above for above in stack if (above.level or 0) < level]
        if level:
            stack.append(mark)
    return found


def _within(path: tuple[Range, ...], deadlines: dict[Mark, Deadline]) -> list[Mark]:
    """Return the time limits that stand in the headings above a task and reach down to it."""
    return [m for start, end in path for m in deadlines if start <= m.start and m.end <= end]


def _task(
    document: Document,
    mark: Mark,
    inside: Iterable[Mark],
    path: tuple[Range, ...],
    above: Iterable[Mark],
    metrics: dict[Mark, Metric],
    deadlines: dict[Mark, Deadline],
) -> TaskRecord:
    text = document.text
    held = list(inside)
    number, begin = leading_number(text, mark.start, mark.end)
    given_number, given_title = mark.get("number"), mark.get("title")
    if given_number is not None:
        number = None if given_number == NO_NUMBER else given_number
    own = [m for m in held if mark.start <= m.start and m.end <= mark.end]
    place = None
    if given_title is None:
        flattened = "flattened" in document.head.layouts
        place = title_range(text, mark, begin, own, flattened=flattened)
    return TaskRecord(
        number=number,
        path=tuple(joined(text, place) for place in path),
        title=joined(text, place) if place is not None else given_title or "",
        start=mark.start,
        end=mark.end,
        responsibilities=responsibilities(document, held),
        metrics=tuple(metrics[m] for m in held if m.kind == "M"),
        deadlines=(
            *(replace(deadlines[m], inherited=True) for m in above),
            *(deadlines[m] for m in held if m.kind == "D"),
        ),
        title_range=place,
        path_ranges=path,
    )

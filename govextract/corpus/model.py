"""A document of the corpus: its head, its text, and the marks that annotators set."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal, TypeVar

from govextract.records import LABELS, Deadline, Label, Metric, Responsibility, Role

Range = tuple[int, int]
Value = TypeVar("Value", Metric, Deadline)
MarkKind = Literal["A", "P", "M", "D", "H", "T"]
Level = Literal["ministry", "province", "city", "county"]
Width = Literal["half", "full", "mixed"]

LEVELS: tuple[Level, ...] = ("ministry", "province", "city", "county")
WIDTHS: tuple[Width, ...] = ("half", "full", "mixed")
LAYOUTS = (
    "bracket-after-heading",
    "bracket-at-end",
    "several-brackets",
    "label-lines",
    "prose",
    "leaders",
    "pipe-table",
    "table-html",
    "table-docx",
    "several-texts",
    "scraped",
    "flattened",
    "no-units",
)
SPAN_LABELS: dict[MarkKind, Label] = dict(zip(("A", "M", "D"), LABELS, strict=True))
MAX_HEADING = 6


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a source file says of its document.

    Attributes
    ----------
    year
        The year that 年内 and 今年 of the text refer to.
    issued_on, doc_number
        None where the text does not tell.
    layouts
        Names from `LAYOUTS`, the document's main form first.
    width
        Width of the text's punctuation.
    source
        Where the text of a real document lies: the name of a file, or ``line N`` of a file of
        JSON lines.
    """

    id: str
    title: str
    issuer: str
    level: Level
    year: int
    issued_on: dt.date | None
    doc_number: str | None
    subject: str
    layouts: tuple[str, ...]
    width: Width
    source: str | None = None


HEAD_KEYS = tuple(f.name for f in fields(Head) if f.name != "source")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that an annotator set around ``text[start:end]``.

    Attributes
    ----------
    kind
        A (unit), P (person), M (target), D (time limit), H (heading) or T (task).
    role
        Role of an assigned unit or person; None for a unit that running text mentions.
    level
        Level of a heading; 0 begins a new text.
    attributes
        Values given by hand, in the order written: they win over what the library derives.
    """

    kind: MarkKind
    start: int
    end: int
    role: Role | None = None
    level: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str | None:
        """Return the value given by hand for `key`."""
        return dict(self.attributes).get(key)


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """A table of the text, whose cells are joined by tabs and rows by line feeds.

    Attributes
    ----------
    merge
        Columns in which an empty cell continues the merged cell above it.
    rows
        Range of each cell; None for one that continues the cell above and has no text.
    """

    start: int
    end: int
    merge: tuple[int, ...]
    rows: tuple[tuple[Range | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its source file gives it.

    Attributes
    ----------
    marks
        In the order in which they begin; an outer mark stands before those inside it.
    """

    head: Head
    text: str
    marks: tuple[Mark, ...] = ()
    tables: tuple[MarkedTable, ...] = ()

    def of(self, *kinds: MarkKind) -> Iterator[Mark]:
        """Yield the marks of `kinds` in order."""
        return (mark for mark in self.marks if mark.kind in kinds)

    def line(self, offset: int) -> int:
        """Return the line of the source file on which a character of the text stands."""
        tags = sum((t.start <= offset) + (t.end < offset) for t in self.tables)
        # Two lines of dashes stand around the keys.
        head = len(HEAD_KEYS) + 2 + (self.head.source is not None)
        return head + 1 + tags + self.text.count("\n", 0, offset)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An AGENCY, METRIC or DEADLINE, ``text[start:end]``."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task with its records, in the form of the annotation guidelines.

    Attributes
    ----------
    title_range, path_ranges
        Where title and headings stand; None for a title that was given by hand.
    """

    number: str | None
    path: tuple[str, ...]
    title: str
    start: int
    end: int
    responsibilities: tuple[Responsibility, ...]
    metrics: tuple[Metric, ...]
    deadlines: tuple[Deadline, ...]
    title_range: Range | None
    path_ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the marks of a document amount to.

    Attributes
    ----------
    other_metrics, other_deadlines
        Records of the targets and time limits that belong to no task.
    """

    spans: tuple[Span, ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    other_metrics: tuple[Metric, ...] = ()
    other_deadlines: tuple[Deadline, ...] = ()

    def metrics(self) -> Iterator[Metric]:
        """Yield every target of the document once, in order."""
        return _once(*(t.metrics for t in self.tasks), self.other_metrics)

    def deadlines(self) -> Iterator[Deadline]:
        """Yield every time limit of the document once, in order."""
        return _once(*(t.deadlines for t in self.tasks), self.other_deadlines)


def _once(*groups: tuple[Value, ...]) -> Iterator[Value]:
    found = {(record.start, record.end): record for group in groups for record in group}
    return (found[place] for place in sorted(found))


def text_sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of a text in UTF-8.

    Examples
    --------
    >>> text_sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

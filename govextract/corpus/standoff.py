"""Documents ⇄ standoff records: one JSON object a document, offsets into its text.

The layer ``marks`` (with ``tables``) is what annotators set, and the inline form can be made from
it again; ``spans``, ``tasks``, ``other_metrics`` and ``other_deadlines`` are what it amounts to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from govextract.corpus.heads import head_of
from govextract.corpus.markup import ROLE_NAMES
from govextract.corpus.model import (
    HEAD_KEYS,
    Annotation,
    Document,
    Mark,
    MarkedTable,
    Range,
    Span,
    TaskRecord,
    text_sha256,
)
from govextract.corpus.titles import joined
from govextract.corpus.values import plain_name
from govextract.records import Deadline, Metric, Responsibility

CORPUS_VERSION = "1.0"
Origin = Literal["authored", "real"]
Record = dict[str, Any]

_NAMES = {role: name for name, role in ROLE_NAMES.items()}
# The words of an indicator stand in the sentence of its number or near it, in a few pieces.
_NEAR = 160
_MOST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the corpus with what its marks amount to.

    Attributes
    ----------
    split
        None for a document that is in no split yet.
    """

    document: Document
    annotation: Annotation
    split: str | None = None
    origin: Origin = "authored"

    @property
    def id(self) -> str:
        """The document's identifier."""
        return self.document.head.id

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text


def to_record(entry: Entry) -> Record:
    """Return an entry as JSON-ready data, its text included."""
    document, annotation = entry.document, entry.annotation
    head, text = document.head, document.text
    values: Record = asdict(head)
    values["issued_on"] = head.issued_on.isoformat() if head.issued_on else None
    values["layouts"] = list(head.layouts)
    return {
        **{key: values[key] for key in HEAD_KEYS},
        "corpus_version": CORPUS_VERSION,
        "split": entry.split,
        "origin": entry.origin,
        "source": head.source,
        "sha256": text_sha256(text),
        "length": len(text),
        "title_range": _place(_title_place(text, head.title)),
        "text": text,
        "spans": [{"start": s.start, "end": s.end, "label": s.label} for s in annotation.spans],
        "tasks": [_task(text, task) for task in annotation.tasks],
        "other_metrics": [_metric(text, metric) for metric in annotation.other_metrics],
        "other_deadlines": [_deadline(d) for d in annotation.other_deadlines],
        "marks": [_mark(mark) for mark in document.marks],
        "tables": [_table(table) for table in document.tables],
    }


def _task(text: str, task: TaskRecord) -> Record:
    place = task.title_range or find_spaced(text, task.title, task.start, task.end)
    if place is not None and joined(text, place) != task.title:
        place = None
    return {
        "number": task.number,
        "path": list(task.path),
        "path_ranges": [_place(at) for at in task.path_ranges],
        "title": task.title,
        "title_range": _place(place),
        "start": task.start,
        "end": task.end,
        "responsibilities": [
            {"surface": r.surface, "name": r.name, "role": r.role, "start": r.start, "end": r.end}
            for r in task.responsibilities
        ],
        "metrics": [_metric(text, metric) for metric in task.metrics],
        "deadlines": [_deadline(deadline) for deadline in task.deadlines],
    }


def _metric(text: str, metric: Metric) -> Record:
    return {
        "text": metric.text,
        "indicator": metric.indicator,
        "indicator_ranges": [_place(at) for at in _indicator_places(text, metric)],
        "change": metric.change,
        "comparison": metric.comparison,
        # Always with a decimal point: readers of JSON lines infer one type for a whole column.
        "value": float(metric.value),
        "value_max": None if metric.value_max is None else float(metric.value_max),
        "unit": metric.unit,
        "start": metric.start,
        "end": metric.end,
    }


def _title_place(text: str, title: str) -> Range | None:
    return find_spaced(text, title, 0, len(text)) if title == plain_name(title) else None


def _indicator_places(text: str, metric: Metric) -> list[Range]:
    """Return the passages that put together spell out an indicator, none where none do.

    The verb or the noun of an indicator may be restored from elsewhere in the sentence, and its
    number stands between its words.
    """
    words = metric.indicator
    if not words or words != plain_name(words):
        return []
    whole = find_spaced(text, words, metric.start, metric.end)
    if whole is not None:
        return [whole]
    start = max(0, metric.start - _NEAR)
    window = text[start : metric.end + _NEAR]
    places: list[Range] = []
    at = 0
    while at < len(words) and len(places) < _MOST_PIECES:
        size = len(words) - at
        while size and words[at : at + size] not in window:
            size -= 1
        if not size:
            return []
        found = start + window.rfind(words[at : at + size], 0, metric.end - start)
        if found < start:
            found = start + window.find(words[at : at + size])
        places.append((found, found + size))
        at += size
    return places if at == len(words) else []


def _deadline(deadline: Deadline) -> Record:
    keys = ("text", "date", "recurrence", "inherited", "start", "end")
    return {key: getattr(deadline, key) for key in keys}


def _mark(mark: Mark) -> Record:
    name = mark.kind if mark.level is None else f"{mark.kind}{mark.level}"
    if mark.kind == "A" and mark.role:
        name = f"A.{_NAMES[mark.role]}"
    attributes = [{"key": key, "value": value} for key, value in mark.attributes]
    return {"start": mark.start, "end": mark.end, "mark": name, "attributes": attributes}


def _table(table: MarkedTable) -> Record:
    cells = [
        {"row": r, "col": c, "start": cell[0], "end": cell[1]}
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row)
        if cell is not None
    ]
    merge = list(table.merge)
    size = {"n_rows": len(table.rows), "n_cols": len(table.rows[0])}
    return {"start": table.start, "end": table.end, "merge": merge, **size, "cells": cells}


def _place(at: Range | None) -> Record | None:
    return None if at is None else {"start": at[0], "end": at[1]}


def find_spaced(text: str, words: str, start: int, end: int) -> Range | None:
    r"""Return where `words` stand in the text, which may have blanks and line breaks between them.

    Examples
    --------
    >>> find_spaced("关于印发\n工作方案的通知", "印发工作", 0, 12)
    (2, 7)
    """
    bare = plain_name(words)
    if not bare:
        return None
    window = text[start:end]
    squashed = plain_name(window)
    at = squashed.find(bare)
    if at < 0:
        return None
    places = [i for i, c in enumerate(window, start) if not c.isspace()]
    return places[at], places[at + len(bare) - 1] + 1


# Back from records


def from_record(record: Mapping[str, Any]) -> Entry:
    """Return the entry of a record.

    Raises
    ------
    ValueError
        Where the record has no text: it must be hydrated first.
    """
    text = record["text"]
    if text is None:
        raise ValueError(f"{record['id']} has no text: hydrate it with a copy of the document")
    values = {k: "null" if record[k] is None else str(record[k]) for k in HEAD_KEYS}
    values["layouts"] = f"[{', '.join(record['layouts'])}]"
    document = Document(
        head=replace(head_of(values), source=record["source"]),
        text=text,
        marks=tuple(map(_read_mark, record["marks"])),
        tables=tuple(map(_read_table, record["tables"])),
    )
    annotation = Annotation(
        spans=tuple(Span(s["start"], s["end"], s["label"]) for s in record["spans"]),
        tasks=tuple(map(_read_task, record["tasks"])),
        other_metrics=tuple(map(_read_metric, record["other_metrics"])),
        other_deadlines=tuple(map(_read_deadline, record["other_deadlines"])),
    )
    return Entry(document, annotation, record["split"], record["origin"])


def _read_task(record: Mapping[str, Any]) -> TaskRecord:
    return TaskRecord(
        number=record["number"],
        path=tuple(record["path"]),
        title=record["title"],
        start=record["start"],
        end=record["end"],
        responsibilities=tuple(
            Responsibility(agency=None, **fields) for fields in record["responsibilities"]
        ),
        metrics=tuple(map(_read_metric, record["metrics"])),
        deadlines=tuple(map(_read_deadline, record["deadlines"])),
        title_range=_read_place(record["title_range"]),
        path_ranges=tuple((at["start"], at["end"]) for at in record["path_ranges"]),
    )


def _read_metric(record: Mapping[str, Any]) -> Metric:
    fields = {key: value for key, value in record.items() if key != "indicator_ranges"}
    for key in ("value", "value_max"):
        fields[key] = None if fields[key] is None else _decimal(fields[key])
    return Metric(**fields)


def _decimal(value: float) -> Decimal:
    number = Decimal(str(value))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _read_deadline(record: Mapping[str, Any]) -> Deadline:
    return Deadline(**record)


def _read_mark(record: Mapping[str, Any]) -> Mark:
    name: str = record["mark"]
    attributes = tuple((a["key"], a["value"]) for a in record["attributes"])
    start, end = record["start"], record["end"]
    if name.startswith("A."):
        return Mark("A", start, end, role=ROLE_NAMES[name[2:]], attributes=attributes)
    if name.startswith("H"):
        return Mark("H", start, end, level=int(name[1:]))
    if name == "P":
        return Mark("P", start, end, role="leader")
    for kind in ("A", "M", "D", "T"):
        if name == kind:
            return Mark(kind, start, end, attributes=attributes)
    raise ValueError(f"no such mark: {name!r}")


def _read_table(record: Mapping[str, Any]) -> MarkedTable:
    rows: list[list[Range | None]] = [[None] * record["n_cols"] for _ in range(record["n_rows"])]
    for cell in record["cells"]:
        rows[cell["row"]][cell["col"]] = cell["start"], cell["end"]
    merge = tuple(record["merge"])
    return MarkedTable(record["start"], record["end"], merge, tuple(map(tuple, rows)))


def _read_place(record: Mapping[str, Any] | None) -> Range | None:
    return None if record is None else (record["start"], record["end"])

"""Gold files of spans and tasks (one JSON object a document) → documents of the corpus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from govextract.corpus.compiling import NO_NUMBER
from govextract.corpus.model import Document, Head, Mark, Range, text_sha256
from govextract.corpus.titles import joined, leading_number, title_range
from govextract.corpus.values import plain_name

_METRIC_FIELDS = ("indicator", "change", "comparison", "value", "value_max", "unit")


def document_from_gold(gold: Mapping[str, Any], text: str, head: Head) -> Document:
    """Return the document whose marks amount to the spans and tasks of a gold file.

    Every value is given by hand, as it stands in the gold.

    Raises
    ------
    ValueError
        Where the gold is of another text, a heading of a path cannot be found above its task, or
        spans cross.
    """
    if gold["sha256"] != text_sha256(text):
        raise ValueError(f"{head.id}: the gold is of a text with another sha256")
    roles = {}
    metrics = {}
    deadlines = {}
    tasks = []
    for task in gold["tasks"]:
        roles.update({(r["start"], r["end"]): r for r in task["responsibilities"]})
        metrics.update({(m["start"], m["end"]): m for m in task["metrics"]})
        deadlines.update({(d["start"], d["end"]): d for d in task["deadlines"]})
        tasks.append(_task(text, task, head))
    marks = list(tasks)
    for span in gold["spans"]:
        place = span["start"], span["end"]
        if span["label"] == "METRIC":
            marks.append(Mark("M", *place, attributes=_metric_fields(metrics.get(place))))
        elif span["label"] == "DEADLINE":
            marks.append(Mark("D", *place, attributes=_deadline_fields(deadlines.get(place))))
        else:
            marks.append(_unit(text, place, roles.get(place)))
    marks += [
        Mark("P", *place, role="leader") for place, r in roles.items() if r["role"] == "leader"
    ]
    marks += _headings(text, gold["tasks"])
    marks.sort(key=lambda m: (m.start, -m.end, m.kind != "T"))
    return Document(head, text, tuple(marks))


def head_from_gold(gold: Mapping[str, Any], identifier: str, **given: Any) -> Head:
    """Return a head with what a gold file says of its document, and `given` for the rest."""
    meta = gold["meta"]
    issued_on = gold["issued_on"]
    return Head(
        id=identifier,
        title=meta["title"],
        issuer=meta["issuer"],
        year=gold["year"],
        issued_on=dt.date.fromisoformat(issued_on) if issued_on else None,
        doc_number=meta["doc_number"],
        source=gold["doc"],
        **given,
    )


def _task(text: str, task: Mapping[str, Any], head: Head) -> Mark:
    """Return the mark of a task; number and title are given where they cannot be read off it."""
    mark = Mark("T", task["start"], task["end"])
    number, begin = leading_number(text, mark.start, mark.end)
    units = [
        Mark("A", r["start"], r["end"], role=r["role"])
        for r in sorted(task["responsibilities"], key=lambda r: int(r["start"]))
    ]
    flattened = "flattened" in head.layouts
    title = joined(text, title_range(text, mark, begin, units, flattened=flattened))
    attributes = []
    if number != task["number"]:
        attributes.append(("number", task["number"] or NO_NUMBER))
    if title != task["title"]:
        attributes.append(("title", task["title"]))
    return Mark("T", mark.start, mark.end, attributes=tuple(attributes))


def _metric_fields(record: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    if record is None:
        return ()
    present = [key for key in _METRIC_FIELDS if record.get(key) not in (None, "")]
    return tuple((key, str(record[key])) for key in present)


def _deadline_fields(record: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    if record is None:
        return ()
    if record.get("recurrence"):
        return (("recurrence", record["recurrence"]),)
    return (("date", record.get("date") or "null"),)


def _unit(text: str, place: Range, record: Mapping[str, Any] | None) -> Mark:
    if record is None:
        return Mark("A", *place)
    surface = plain_name(text[place[0] : place[1]])
    name = () if record["name"] == surface else (("name", record["name"]),)
    return Mark("A", *place, role=record["role"], attributes=name)


def _headings(text: str, tasks: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Return a mark for each heading of the paths: the nearest such line above its first task."""
    found: dict[Range, int] = {}
    for task in tasks:
        limit = task["start"]
        for level in range(len(task["path"]), 0, -1):
            words = task["path"][level - 1]
            place = _nearest(text, words, limit)
            if place is None:
                raise ValueError(f"no heading {words!r} stands above {limit}")
            if found.setdefault(place, level) != level:
                raise ValueError(f"the heading {words!r} has two levels")
            limit = place[0]
    return [Mark("H", *place, level=level) for place, level in found.items()]


def _nearest(text: str, words: str, limit: int) -> Range | None:
    """Return where `words` stand last before `limit`, at the beginning of a line if they do."""
    at = limit
    fallback = None
    while (at := text.rfind(words, 0, at)) >= 0:
        place = at, at + len(words)
        if not text[max(0, text.rfind("\n", 0, at) + 1) : at].strip(" \t\u3000|"):
            return place
        fallback = fallback or place
    return fallback

"""What two annotations of one text have in common, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govextract.corpus.model import Range, TaskRecord
from govextract.corpus.standoff import Entry
from govextract.corpus.values import plain_name
from govextract.records import Label

Values = dict[str, Any]
METRIC_VALUES = ("indicator", "change", "comparison", "value", "value_max", "unit")
DEADLINE_VALUES = ("date", "recurrence")
UNIT_VALUES = ("role", "name")
TASK_VALUES = ("number", "path", "title")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two annotations differ.

    Attributes
    ----------
    line
        Line of the source file, of the second where the first has nothing there.
    sign
        ``-`` only in the first, ``+`` only in the second, ``~`` with other values.
    """

    id: str
    line: int
    sign: str
    message: str

    def __str__(self) -> str:
        return f"{self.id}:{self.line}: {self.sign} {self.message}"


def span_values(entry: Entry) -> dict[Label, dict[Range, Values]]:
    """Return the values of every span of an entry, by label and place."""
    found: dict[Label, dict[Range, Values]] = {"AGENCY": {}, "METRIC": {}, "DEADLINE": {}}
    for mark in entry.document.of("A"):
        name = mark.get("name") or plain_name(entry.text[mark.start : mark.end])
        found["AGENCY"][mark.start, mark.end] = {"role": mark.role, "name": name}
    for metric in entry.annotation.metrics():
        values = {key: getattr(metric, key) for key in METRIC_VALUES}
        found["METRIC"][metric.start, metric.end] = values
    for deadline in entry.annotation.deadlines():
        values = {key: getattr(deadline, key) for key in DEADLINE_VALUES}
        found["DEADLINE"][deadline.start, deadline.end] = values
    return found


def task_values(task: TaskRecord) -> Values:
    """Return what a task says of itself, its units included."""
    units = sorted((r.name, r.role) for r in task.responsibilities)
    return {key: getattr(task, key) for key in TASK_VALUES} | {"units": units}


def same_texts(first: Sequence[Entry], second: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the pairs of entries with one identifier.

    Raises
    ------
    ValueError
        Where their texts differ.
    """
    others = {entry.id: entry for entry in second}
    pairs = [(entry, others[entry.id]) for entry in first if entry.id in others]
    for one, other in pairs:
        if one.text != other.text:
            at = _first_difference(one.text, other.text)
            raise ValueError(
                f"{one.id}: the two texts differ from character {at} on: "
                f"{one.text[at : at + 12]!r} and {other.text[at : at + 12]!r}"
            )
    return pairs


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def differences(first: Sequence[Entry], second: Sequence[Entry]) -> Iterator[Difference]:
    """Yield in what two versions of a collection of documents differ, document by document."""
    others = {entry.id: entry for entry in second}
    for entry in first:
        if entry.id not in others:
            yield Difference(entry.id, 1, "-", "the document")
        elif entry.text != others[entry.id].text:
            at = _first_difference(entry.text, others[entry.id].text)
            yield Difference(entry.id, entry.document.line(at), "~", "the text, from this line on")
        else:
            yield from _entry_differences(entry, others[entry.id])
    known = {entry.id for entry in first}
    for entry in second:
        if entry.id not in known:
            yield Difference(entry.id, 1, "+", "the document")


def _entry_differences(one: Entry, other: Entry) -> Iterator[Difference]:
    found = []
    for key in one.document.head.__dataclass_fields__:
        before, after = getattr(one.document.head, key), getattr(other.document.head, key)
        if before != after:
            found.append(Difference(one.id, 1, "~", f"{key}: {before} → {after}"))
    spans, other_spans = span_values(one), span_values(other)
    for label, held in spans.items():
        found += _place_differences(label, held, other_spans[label], one, other)
    tasks = {(t.start, t.end): task_values(t) for t in one.annotation.tasks}
    other_tasks = {(t.start, t.end): task_values(t) for t in other.annotation.tasks}
    found += _place_differences("task", tasks, other_tasks, one, other)
    yield from sorted(found, key=lambda d: (d.line, d.sign, d.message))


def _place_differences(
    label: str,
    held: Mapping[Range, Values],
    others: Mapping[Range, Values],
    one: Entry,
    other: Entry,
) -> Iterator[Difference]:
    for place, values in held.items():
        line = one.document.line(place[0])
        words = _words(one.text, place)
        if place not in others:
            yield Difference(one.id, line, "-", f"{label} {words}")
        elif values != others[place]:
            now = others[place]
            changes = [f"{k}: {v} → {now[k]}" for k, v in values.items() if v != now[k]]
            yield Difference(one.id, line, "~", f"{label} {words} {'; '.join(changes)}")
    for place in others:
        if place not in held:
            line = other.document.line(place[0])
            yield Difference(one.id, line, "+", f"{label} {_words(other.text, place)}")


def _words(text: str, place: Range, most: int = 40) -> str:
    words = text[place[0] : place[1]].replace("\n", "⏎").replace("\t", "⇥")
    return words if len(words) <= most else words[: most // 2] + "…" + words[-most // 2 :]

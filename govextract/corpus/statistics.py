"""Figures of a collection of documents: sizes, spread over layouts and years, lengths, novelty."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from govextract.corpus.model import LAYOUTS, LEVELS
from govextract.corpus.standoff import Entry, Record
from govextract.records import LABELS, ROLES, Label

SIZES = ("documents", "issuers", "characters", "tasks", "units", *LABELS)


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures: a column of names, then a column of numbers for each of `columns`.

    Attributes
    ----------
    rows
        Numbers by the name of their row; None where a figure is not defined.
    shares
        Whether the numbers are shares from 0 to 1.
    """

    title: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[float | None, ...]]
    shares: bool = False


def sizes(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the numbers that `SIZES` names; units are the records of tasks, persons included."""
    spans = Counter(span.label for entry in entries for span in entry.annotation.spans)
    tasks = [task for entry in entries for task in entry.annotation.tasks]
    return (
        len(entries),
        len({entry.document.head.issuer for entry in entries}),
        sum(len(entry.text) for entry in entries),
        len(tasks),
        sum(len(task.responsibilities) for task in tasks),
        *(spans[label] for label in LABELS),
    )


def sizes_of_records(records: Sequence[Record]) -> tuple[int, ...]:
    """Return the numbers that `SIZES` names of records, which need no text for that."""
    spans = Counter(span["label"] for record in records for span in record["spans"])
    tasks = [task for record in records for task in record["tasks"]]
    return (
        len(records),
        len({record["issuer"] for record in records}),
        sum(record["length"] for record in records),
        len(tasks),
        sum(len(task["responsibilities"]) for task in tasks),
        *(spans[label] for label in LABELS),
    )


def grouped(
    entries: Sequence[Entry], what: str, groups: Iterable[str], of: Callable[[Entry], Iterable[str]]
) -> Figures:
    """Return the sizes of groups of documents; a document may be in several."""
    rows = {}
    for group in groups:
        members = [entry for entry in entries if group in of(entry)]
        if members:
            rows[group] = sizes(members)
    return Figures(what, SIZES, rows)


def summary(entries: Sequence[Entry]) -> list[Figures]:
    """Return the tables of sizes: whole, by split, layout, level, year, subject and width."""
    splits = sorted({e.split or "none" for e in entries})
    years = sorted({str(e.document.head.year) for e in entries})
    subjects = sorted({e.document.head.subject for e in entries})
    return [
        Figures("All documents", SIZES, {"all": sizes(entries)}),
        grouped(entries, "By split", splits, lambda e: (e.split or "none",)),
        grouped(entries, "By layout", LAYOUTS, lambda e: e.document.head.layouts),
        grouped(entries, "By level", LEVELS, lambda e: (e.document.head.level,)),
        grouped(entries, "By width", ("half", "full", "mixed"), lambda e: (e.document.head.width,)),
        grouped(entries, "By year", years, lambda e: (str(e.document.head.year),)),
        grouped(entries, "By subject", subjects, lambda e: (e.document.head.subject,)),
    ]


def lengths(entries: Sequence[Entry]) -> Figures:
    """Return the spread of lengths in characters, and of units and targets a task."""
    tasks = [task for entry in entries for task in entry.annotation.tasks]
    series: dict[str, list[int]] = {
        "document": [len(entry.text) for entry in entries],
        "task": [task.end - task.start for task in tasks],
    }
    for label in LABELS:
        series[label] = [
            s.end - s.start for e in entries for s in e.annotation.spans if s.label == label
        ]
    series["units a task"] = [len(task.responsibilities) for task in tasks]
    series["targets a task"] = [len(task.metrics) for task in tasks]
    series["time limits a task"] = [len(task.deadlines) for task in tasks]
    rows = {name: _spread(values) for name, values in series.items() if values}
    return Figures(
        "Lengths", ("least", "lower quartile", "median", "upper quartile", "most", "mean"), rows
    )


def _spread(values: Sequence[int]) -> tuple[float, ...]:
    # Quartiles need two values; the spread of a single one is the value itself.
    several = values if len(values) > 1 else [*values, *values]
    low, middle, high = statistics.quantiles(several, n=4, method="inclusive")
    return min(values), low, middle, high, max(values), round(statistics.fmean(values), 1)


def kinds(entries: Sequence[Entry]) -> Figures:
    """Return how often each role, kind of change and comparison occurs."""
    counts = Counter[str]()
    for entry in entries:
        counts.update(r.role for t in entry.annotation.tasks for r in t.responsibilities)
        metrics = list(entry.annotation.metrics())
        counts.update(f"change {m.change}" for m in metrics)
        counts.update(f"comparison {m.comparison}" for m in metrics)
        for deadline in entry.annotation.deadlines():
            kind = "recurring" if deadline.recurrence else "dated" if deadline.date else "undated"
            counts[f"time limit {kind}"] += 1
    names = [*ROLES, *sorted(name for name in counts if " " in name)]
    return Figures("Roles and values", ("records",), {name: (counts[name],) for name in names})


def mentions(entries: Iterable[Entry]) -> dict[Label | str, Counter[str]]:
    """Return the mentions of each label, and the indicators of targets, with their numbers."""
    found: dict[Label | str, Counter[str]] = {
        label: Counter[str]() for label in (*LABELS, "indicator")
    }
    for entry in entries:
        for span in entry.annotation.spans:
            found[span.label][entry.text[span.start : span.end]] += 1
        found["indicator"].update(metric.indicator for metric in entry.annotation.metrics())
    return found


def unseen(train: Iterable[Entry], others: Mapping[str, Sequence[Entry]]) -> Figures:
    """Return the shares of mentions, and of different mentions, that `train` does not hold."""
    known = mentions(train)
    rows: dict[str, tuple[float | None, ...]] = {}
    for split, entries in others.items():
        for kind, found in mentions(entries).items():
            new = {words: n for words, n in found.items() if words not in known[kind]}
            total = found.total()
            shares = (sum(new.values()) / total, len(new) / len(found)) if total else (None, None)
            rows[f"{split}: {kind}"] = shares
    title = "Mentions that the training split does not hold"
    return Figures(title, ("of mentions", "of different ones"), rows, shares=True)

"""Agreement of two annotators of the same texts.

F1 is symmetric here: neither annotator is right. *Strict*: spans of one label with the same ends.
*Partial*: spans of one label that share a character, matched one to one so that their number is
largest. Roles, names and values are compared on the spans that agree strictly; tasks agree where
both ends are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govextract.corpus.comparing import (
    DEADLINE_VALUES,
    METRIC_VALUES,
    TASK_VALUES,
    UNIT_VALUES,
    same_texts,
    span_values,
    task_values,
)
from govextract.corpus.model import Range
from govextract.corpus.standoff import Entry
from govextract.records import LABELS, Label

RangesByLabel = Mapping[Label, Iterable[Range]]


@dataclass(slots=True)
class Counts:
    """What both annotators have, and what only one of them has."""

    both: int = 0
    first: int = 0
    second: int = 0

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both shares, None where neither annotator has anything."""
        total = 2 * self.both + self.first + self.second
        return 2 * self.both / total if total else None

    def add(self, both: int, first: int, second: int) -> None:
        """Add the counts of another document."""
        self.both += both
        self.first += first
        self.second += second


@dataclass(slots=True)
class Share:
    """How many of the cases that both annotators have are the same in a value."""

    same: int = 0
    cases: int = 0

    @property
    def value(self) -> float | None:
        """The share, None where there is no case."""
        return self.same / self.cases if self.cases else None


@dataclass(slots=True)
class SpanAgreement:
    """Agreement on spans alone, over a collection of documents.

    Attributes
    ----------
    strict, partial
        Spans by label.
    """

    documents: int = 0
    strict: dict[str, Counts] = field(default_factory=lambda: {x: Counts() for x in LABELS})
    partial: dict[str, Counts] = field(default_factory=lambda: {x: Counts() for x in LABELS})

    def add(self, first: RangesByLabel, second: RangesByLabel) -> None:
        """Add what the two annotators marked in one document.

        Examples
        --------
        >>> found = SpanAgreement()
        >>> found.add({"AGENCY": {(0, 4), (6, 9)}}, {"AGENCY": {(0, 4), (5, 9)}})
        >>> found.strict["AGENCY"].f1, found.partial["AGENCY"].f1
        (0.5, 1.0)
        """
        self.documents += 1
        for label in LABELS:
            held, others = set(first.get(label, ())), set(second.get(label, ()))
            both = len(held & others)
            self.strict[label].add(both, len(held) - both, len(others) - both)
            met = overlapping(held, others)
            self.partial[label].add(met, len(held) - met, len(others) - met)


@dataclass(slots=True)
class Agreement(SpanAgreement):
    """Agreement over a collection of documents.

    Attributes
    ----------
    tasks
        Tasks with the same ends.
    values
        Shares by label and value; ``all`` counts the cases that are the same in every value.
    """

    tasks: Counts = field(default_factory=Counts)
    values: dict[str, dict[str, Share]] = field(default_factory=dict)


def agreement(first: Sequence[Entry], second: Sequence[Entry]) -> Agreement:
    """Return the agreement on the documents that both collections hold.

    Raises
    ------
    ValueError
        Where a document has two texts, or the collections share no document.
    """
    pairs = same_texts(first, second)
    if not pairs:
        raise ValueError("the two annotators have no document in common")
    result = Agreement()
    keys = {"AGENCY": UNIT_VALUES, "METRIC": METRIC_VALUES, "DEADLINE": DEADLINE_VALUES}
    keys["task"] = (*TASK_VALUES, "units")
    for layer, names in keys.items():
        result.values[layer] = {name: Share() for name in (*names, "all")}
    for one, other in pairs:
        spans, other_spans = span_values(one), span_values(other)
        result.add(spans, other_spans)
        for label in LABELS:
            held, others = spans[label], other_spans[label]
            for place in held.keys() & others.keys():
                _count(result.values[label], held[place], others[place])
        tasks = {(t.start, t.end): task_values(t) for t in one.annotation.tasks}
        other_tasks = {(t.start, t.end): task_values(t) for t in other.annotation.tasks}
        both = tasks.keys() & other_tasks.keys()
        result.tasks.add(len(both), len(tasks) - len(both), len(other_tasks) - len(both))
        for place in both:
            _count(result.values["task"], tasks[place], other_tasks[place])
    return result


def _count(shares: dict[str, Share], one: dict[str, object], other: dict[str, object]) -> None:
    for name, share in shares.items():
        share.cases += 1
        share.same += one == other if name == "all" else one[name] == other[name]


def overlapping(first: Iterable[Range], second: Iterable[Range]) -> int:
    """Return how many of two sets of disjoint ranges can be paired so that each pair overlaps.

    Examples
    --------
    >>> overlapping([(0, 10)], [(0, 3), (4, 12)]), overlapping([(0, 3), (4, 12)], [(2, 5), (8, 9)])
    (1, 2)
    """
    one, other = sorted(first), sorted(second)
    i = j = met = 0
    # Ranges of one set do not overlap, so pairing in order of the text loses no pair.
    while i < len(one) and j < len(other):
        if one[i][0] < other[j][1] and other[j][0] < one[i][1]:
            met += 1
            i += 1
            j += 1
        elif one[i][1] <= other[j][0]:
            i += 1
        else:
            j += 1
    return met

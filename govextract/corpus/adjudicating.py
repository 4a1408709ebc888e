"""The cases in which two annotations of one text differ, and which of the two a third follows.

A case is one decision: spans of one label that differ and touch each other, or one value of a span
or task that both have. What a unit's role or extent changes in its task's list is no case again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govextract.corpus.comparing import (
    TASK_VALUES,
    Values,
    same_texts,
    span_values,
    task_values,
)
from govextract.corpus.model import Range
from govextract.corpus.standoff import Entry

EXTENT = "extent"
COLUMNS = ("document", "layer", "place", "field", "first", "second", "decision", "ruling")
Layers = dict[str, dict[Range, Values]]


@dataclass(frozen=True, slots=True)
class Case:
    """One decision between two annotations.

    Attributes
    ----------
    layer
        A label, or ``task``.
    place
        The characters that the case is about, of both annotations together.
    field
        ``extent``, or the name of the value that differs.
    first, second
        What either has there: its ranges, empty for none, or its value.
    decision
        ``first``, ``second`` or ``neither``: whom the third annotation follows.
    """

    document: str
    layer: str
    place: Range
    field: str
    first: str
    second: str
    decision: str

    def row(self, ruling: str = "") -> list[str]:
        """Return the case as the cells of `COLUMNS`."""
        place = _ranges([self.place])
        cells = [self.document, self.layer, place, self.field, self.first, self.second]
        return [*cells, self.decision, ruling]


def cases(
    first: Sequence[Entry], second: Sequence[Entry], adjudicated: Sequence[Entry]
) -> list[Case]:
    """Return every case in which `first` and `second` differ, with the decision of the third.

    Raises
    ------
    ValueError
        Where a document has two texts, or is not adjudicated.
    """
    found: list[Case] = []
    decided = {entry.id: other for entry, other in same_texts(first, adjudicated)}
    for one, other in same_texts(first, second):
        if one.id not in decided:
            raise ValueError(f"{one.id}: not among the adjudicated documents")
        sides = [_layers(entry) for entry in (one, other, decided[one.id])]
        for layer in sides[0]:
            held = [side[layer] for side in sides]
            found += [Case(one.id, layer, *case) for case in _layer_cases(held)]
    return found


def counted(found: Iterable[Case]) -> dict[tuple[str, str], Counter[str]]:
    """Return how often each decision was taken, by layer and field."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for case in found:
        counts.setdefault((case.layer, case.field), Counter())[case.decision] += 1
    return counts


def _layers(entry: Entry) -> Layers:
    layers: Layers = {str(label): held for label, held in span_values(entry).items()}
    tasks = {(t.start, t.end): task_values(t) for t in entry.annotation.tasks}
    layers["task"] = {p: {k: values[k] for k in TASK_VALUES} for p, values in tasks.items()}
    return layers


def _layer_cases(
    held: Sequence[dict[Range, Values]],
) -> Iterator[tuple[Range, str, str, str, str]]:
    one, other, third = held
    for place in sorted(one.keys() & other.keys()):
        for key, value in one[place].items():
            if value == other[place][key]:
                continue
            now = third.get(place, {}).get(key)
            which = "first" if now == value else "second" if now == other[place][key] else "neither"
            yield place, key, _cell(value), _cell(other[place][key]), which
    apart = sorted(one.keys() ^ other.keys())
    while apart:
        group = [apart.pop(0)]
        while apart and apart[0][0] < max(end for _, end in group):
            group.append(apart.pop(0))
        place = (group[0][0], max(end for _, end in group))
        sides = [[p for p in group if p in side] for side in (one, other)]
        now = sorted(p for p in third if p[0] < place[1] and place[0] < p[1])
        which = "first" if now == sides[0] else "second" if now == sides[1] else "neither"
        yield place, EXTENT, _ranges(sides[0]), _ranges(sides[1]), which


def _ranges(places: Iterable[Range]) -> str:
    return " ".join(f"{start}-{end}" for start, end in places)


def _cell(value: object) -> str:
    return " › ".join(value) if isinstance(value, tuple | list) else str(value)

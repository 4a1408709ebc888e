"""The named policies that merge the spans of rules and model into the final entities."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from govextract.ranges import overlapping
from govextract.records import EntitySource

# A span below it is more likely wrong than right.
LIKELY = 0.5

Policy = Callable[[list["Candidate"], list["Candidate"]], list["Candidate"]]


@dataclass(slots=True)
class Candidate:
    """A span that rules or model propose.

    Attributes
    ----------
    firm
        True where the document's form vouches for the span (a unit in a parsed list).
    """

    start: int
    end: int
    label: str
    source: EntitySource
    score: float = 1.0
    firm: bool = False


def rules_only(rules: list[Candidate], model: list[Candidate]) -> list[Candidate]:
    """Return the rule spans, longest first where two of a label overlap."""
    return without_overlaps(rules)


def model_only(rules: list[Candidate], model: list[Candidate]) -> list[Candidate]:
    """Return the model's spans."""
    return without_overlaps(model)


def hybrid(rules: list[Candidate], model: list[Candidate]) -> list[Candidate]:
    """Return firm rule spans, and of the others those more likely right than wrong.

    The scores of both sources are calibrated, each in view of what the other one says of the
    place; where spans of a label overlap, the likelier stays, and a rule span where they are equal.

    Examples
    --------
    >>> rules = [Candidate(2, 6, "METRIC", "rule", 0.8), Candidate(9, 12, "METRIC", "rule", 0.3)]
    >>> model = [Candidate(0, 6, "METRIC", "model", 0.6), Candidate(20, 25, "METRIC", "model", 0.7)]
    >>> [(c.start, c.end, c.source) for c in hybrid(rules, model)]
    [(2, 6, 'rule'), (20, 25, 'model')]
    """
    likely = [c for c in [*rules, *model] if c.firm or c.score >= LIKELY]
    likely.sort(key=lambda c: (not c.firm, -c.score, c.source != "rule", c.start, c.end))
    return _first_of_each(likely)


def without_overlaps(spans: Iterable[Candidate]) -> list[Candidate]:
    """Return `spans` sorted, firm before longer before earlier where two of one label overlap.

    Examples
    --------
    >>> spans = [Candidate(0, 4, "METRIC", "rule"), Candidate(2, 4, "METRIC", "rule")]
    >>> [(c.start, c.end) for c in without_overlaps(spans)]
    [(0, 4)]
    """
    kept: list[Candidate] = []
    for bunch in overlapping(sorted(spans, key=attrgetter("start", "end", "label"))):
        if len(bunch) > 1:
            bunch.sort(key=lambda c: (not c.firm, c.start - c.end, c.start))
            bunch = _first_of_each(bunch)
        kept += bunch
    return kept


def _first_of_each(order: Iterable[Candidate]) -> list[Candidate]:
    """Return the spans that overlap none of their label before them in `order`, sorted."""
    kept: dict[str, list[Candidate]] = {}
    taken: dict[str, list[tuple[int, int]]] = {}
    for span in order:
        ranges = taken.setdefault(span.label, [])
        if _fits(ranges, span.start, span.end):
            kept.setdefault(span.label, []).append(span)
    return sorted((c for v in kept.values() for c in v), key=lambda c: (c.start, c.end, c.label))


def _fits(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    """Insert a range into sorted disjoint `ranges` if it overlaps none."""
    i = bisect_left(ranges, (start, end))
    if i < len(ranges) and ranges[i][0] < end:
        return False
    if i and ranges[i - 1][1] > start:
        return False
    ranges.insert(i, (start, end))
    return True


POLICIES: dict[str, Policy] = {"rules": rules_only, "model": model_only, "hybrid": hybrid}

"""Sorted ranges: whether one holds an offset or meets another, which overlap, and those made one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Protocol, TypeVar

Range = tuple[int, int]


class _Ranged(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Ranged)


def holds(ranges: Sequence[Range], offset: int) -> bool:
    """Tell whether one of the sorted, disjoint `ranges` holds `offset`.

    Examples
    --------
    >>> holds([(2, 5), (8, 9)], 4), holds([(2, 5), (8, 9)], 5)
    (True, False)
    """
    i = bisect_right(ranges, (offset, inf)) - 1
    return i >= 0 and offset < ranges[i][1]


def meets(ranges: Sequence[Range], start: int, end: int) -> bool:
    """Tell whether one of the sorted, disjoint `ranges` overlaps ``[start, end)``.

    Examples
    --------
    >>> meets([(2, 5), (8, 9)], 4, 6), meets([(2, 5), (8, 9)], 5, 8)
    (True, False)
    """
    i = bisect_left(ranges, (end,))
    return i > 0 and ranges[i - 1][1] > start


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return `ranges` sorted and disjoint, those that touch or overlap made one.

    Examples
    --------
    >>> merged([(8, 9), (2, 5), (5, 6)])
    [(2, 6), (8, 9)]
    """
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def without(ranges: Iterable[Range], holes: Sequence[Range]) -> list[Range]:
    """Return the sorted, disjoint `ranges` as far as none of the sorted, disjoint `holes` covers them.

    Examples
    --------
    >>> without([(0, 9), (12, 15)], [(3, 5), (8, 13)])
    [(0, 3), (5, 8), (13, 15)]
    """
    out: list[Range] = []
    at = 0
    for start, end in ranges:
        while at < len(holes) and holes[at][1] <= start:
            at += 1
        further = at
        while further < len(holes) and holes[further][0] < end:
            low, high = holes[further]
            if low > start:
                out.append((start, low))
            start = max(start, high)
            further += 1
        if start < end:
            out.append((start, end))
    return out


def overlapping(spans: Iterable[_S]) -> Iterator[list[_S]]:
    """Yield runs of the sorted `spans`, so that no span overlaps one of another run.

    Most runs are one span long: who must choose has little to choose from.

    Examples
    --------
    >>> from types import SimpleNamespace as Span
    >>> spans = [Span(start=0, end=4), Span(start=3, end=6), Span(start=6, end=8)]
    >>> [[(s.start, s.end) for s in run] for run in overlapping(spans)]
    [[(0, 4), (3, 6)], [(6, 8)]]
    """
    run: list[_S] = []
    end = 0
    for span in spans:
        if run and span.start >= end:
            yield run
            run = []
        end = max(end, span.end) if run else span.end
        run.append(span)
    if run:
        yield run

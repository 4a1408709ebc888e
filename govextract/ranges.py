"""Sorted, disjoint ranges: whether one holds an offset or meets another range."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

Range = tuple[int, int]


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

"""Optimal one-to-one assignment: no figure may depend on the order in which items are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Range = tuple[int, int]
G = TypeVar("G")
P = TypeVar("P")


def assign(weights: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return pairs (row, column) of the greatest total weight, each row and column at most once.

    Pairs of weight 0 are left out; weights are not negative. The shortest augmenting path method
    of Jonker and Volgenant (1987), cubic in the smaller side.

    Examples
    --------
    >>> assign(np.array([[0.9, 0.8], [0.8, 0.0]]))
    [(0, 1), (1, 0)]
    """
    rows, columns = weights.shape
    if not rows or not columns:
        return []
    if rows > columns:
        return sorted((r, c) for c, r in assign(weights.T))
    cost = np.zeros((rows + 1, columns + 1))
    cost[1:, 1:] = -weights
    row_price = np.zeros(rows + 1)
    column_price = np.zeros(columns + 1)
    match = np.zeros(columns + 1, dtype=np.intp)  # the row that holds each column; 0 for none
    for row in range(1, rows + 1):
        match[0] = row
        column = 0
        least = np.full(columns + 1, np.inf)
        came_from = np.zeros(columns + 1, dtype=np.intp)
        used = np.zeros(columns + 1, dtype=bool)
        while True:
            used[column] = True
            holder = match[column]
            reduced = cost[holder] - row_price[holder] - column_price
            better = ~used & (reduced < least)
            least[better] = reduced[better]
            came_from[better] = column
            open_columns = np.where(used, np.inf, least)
            open_columns[0] = np.inf
            nearest = int(np.argmin(open_columns))
            step = open_columns[nearest]
            row_price[match[used]] += step
            column_price[used] -= step
            least[~used] -= step
            column = nearest
            if match[column] == 0:
                break
        while column:
            previous = int(came_from[column])
            match[column] = match[previous]
            column = previous
    return sorted(
        (int(match[c]) - 1, c - 1)
        for c in range(1, columns + 1)
        if match[c] and weights[match[c] - 1, c - 1] > 0
    )


def pair_up(
    gold: Sequence[G], predicted: Sequence[P], weight: Callable[[G, P], float]
) -> list[tuple[int, int]]:
    """Return the pairs (index in gold, index in predicted) of the greatest total weight.

    Items that share no weight, directly or over others, are solved apart from each other.
    """
    links = {
        (i, j): w
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if (w := weight(g, p)) > 0
    }
    return _solve(links)


def pair_ranges(
    gold: Sequence[Range],
    predicted: Sequence[Range],
    weight: Callable[[int, int], float],
) -> list[tuple[int, int]]:
    """Return the pairs of overlapping ranges of the greatest total weight.

    Parameters
    ----------
    weight
        Of the ranges at two indices, which overlap; 0 where they must not be paired.
    """
    links = {(i, j): w for i, j in overlapping(gold, predicted) if (w := weight(i, j)) > 0}
    return _solve(links)


def overlapping(gold: Sequence[Range], predicted: Sequence[Range]) -> list[tuple[int, int]]:
    """Return the indices of every two ranges that share a character.

    Examples
    --------
    >>> overlapping([(0, 3), (5, 9)], [(2, 6), (9, 12)])
    [(0, 0), (1, 0)]
    """
    begins = [(start, 0, i) for i, (start, end) in enumerate(gold) if start < end]
    begins += [(start, 1, j) for j, (start, end) in enumerate(predicted) if start < end]
    alive: tuple[dict[int, int], dict[int, int]] = ({}, {})
    sides = (gold, predicted)
    found = []
    for start, side, index in sorted(begins):
        others = alive[1 - side]
        for other in [o for o, end in others.items() if end <= start]:
            del others[other]
        found += [(index, other) if side == 0 else (other, index) for other in others]
        alive[side][index] = sides[side][index][1]
    return sorted(found)


def iou(a: Range, b: Range) -> float:
    """Return intersection over union of two half-open ranges (Jaccard 1901).

    Examples
    --------
    >>> iou((0, 4), (2, 6)), iou((0, 4), (4, 6))
    (0.3333333333333333, 0.0)
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    if shared <= 0:
        return 0.0
    return shared / (max(a[1], b[1]) - min(a[0], b[0]))


def _solve(links: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the best pairs among `links`, component by component."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for i, j in links:
        root[find(("g", i))] = find(("p", j))
    components: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for i, j in sorted(links):
        components.setdefault(find(("g", i)), []).append((i, j))
    found = []
    for component in components.values():
        if len(component) == 1:
            found += component
            continue
        rows = sorted({i for i, _ in component})
        columns = sorted({j for _, j in component})
        row_of = {i: n for n, i in enumerate(rows)}
        column_of = {j: n for n, j in enumerate(columns)}
        weights = np.zeros((len(rows), len(columns)))
        for i, j in component:
            weights[row_of[i], column_of[j]] = links[i, j]
        found += [(rows[r], columns[c]) for r, c in assign(weights)]
    return sorted(found)
